"""Readings compared with an answer key: precision, recall, F1 per kind of fact, each miss and false alarm.

A key is YAML: `texts`, a list with the `file` name and, per kind, the facts that the text states. A fact
with `optional: true` is neither asked for nor wrong. What a key leaves out of a fact is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from graph.dates import FuzzyDate
from graph.errors import UserError
from graph.text import key
from loaders.reading.entities import parsed
from loaders.reading.facts import Fact, Reading
from loaders.reading.register import Known

KINDS = ("units", "holdings", "memberships", "events", "figures", "documents", "models", "functions")
_DONE = frozenset(("in_force", "announced", "adopted"))
_PLANNED = frozenset(("policy", "scheme"))
Row = dict[str, Any]


@dataclass
class Score:
    """What was found of one kind of fact, in all texts."""

    kind: str
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found; 1 where there is nothing."""
        there = self.right + len(self.missed)
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_keys(paths: Iterable[Path]) -> dict[str, Row]:
    """The keys of all texts by file name. Raises UserError where a file is no key."""
    found: dict[str, Row] = {}
    for path in paths:
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise UserError(f"{path}: the key cannot be read: {error}") from error
        texts = content.get("texts") if isinstance(content, dict) else None
        if not isinstance(texts, list) or not all(isinstance(t, dict) and t.get("file") for t in texts):
            raise UserError(f"{path}: not an answer key", "texts: [{file: article.txt, units: [{name: Sở Nội vụ}]}]")
        for text in texts:
            unknown = sorted(set(text) - {"file", *KINDS})
            if unknown:
                raise UserError(f"{path}: unknown kind of fact: {', '.join(unknown)}", f"there are: {', '.join(KINDS)}")
            found[str(text["file"])] = text
    return found


def score(readings: Sequence[Reading], keys: dict[str, Row]) -> list[Score]:
    """The scores of all kinds over the readings that have a key."""
    scores = {kind: Score(kind) for kind in KINDS}
    for reading in readings:
        wanted = keys.get(reading.document.name)
        if wanted is None:
            continue
        for kind in KINDS:
            if kind in wanted:
                _compare(scores[kind], reading, list(wanted[kind] or ()))
    return [s for s in scores.values() if s.right or s.missed or s.wrong]


def _compare(result: Score, reading: Reading, wanted: list[Row]) -> None:
    """Pair each fact of the key with the first fact found that fits it."""
    name = reading.document.name
    facts = [f for f in reading.of(result.kind) if not f.values.get("former") or result.kind != "holdings"]
    left = list(facts)
    fits = _FITS[result.kind]
    for row in sorted(wanted, key=lambda r: bool(r.get("optional"))):
        at = next((i for i, fact in enumerate(left) if fits(row, fact)), None)
        if at is not None:
            left.pop(at)
            result.right += not row.get("optional")
        elif not row.get("optional"):
            result.missed.append(f"{name}: {_shown(row)}")
    result.wrong += [f"{name}: {describe(fact, reading)}" for fact in left]


def _shown(row: Row) -> str:
    return ", ".join(f"{k}: {'; '.join(v) if isinstance(v, list) else v}" for k, v in row.items() if k != "optional")


def describe(fact: Fact, reading: Reading) -> str:
    """A fact that was found, for the list of false alarms: what it says, by which rule, from which words."""
    said = "; ".join(f"{name}: {_value(value)}" for name, value in fact.values.items() if _tells(name, value))
    evidence = fact.evidence
    quote = reading.document.quote(evidence.start, evidence.end)[:120]
    return f"{said} [{evidence.rule}, paragraph {evidence.paragraph}: “{quote}”]"


def _tells(name: str, value: object) -> bool:
    return value not in (None, [], False, "") and name not in ("scope", "unit_kind", "level", "issued_by", "title_text")


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value)
    return value.name if isinstance(value, Known) else str(value)


# --- when a fact fits a row of the key -------------------------------------------------------------------


def _same_name(wanted: object, found: object) -> bool:
    one, other = _bare(str(wanted)), _bare(found.name if isinstance(found, Known) else str(found or ""))
    return one == other


def _bare(name: str) -> str:
    """The folded name without the level word at its end."""
    folded = key(name)
    for word in (" tỉnh", " huyện", " thị xã", " thành phố", " xã"):
        if len(folded.split()) > 3:
            folded = folded.removesuffix(word)
    return folded


def _unit(row: Row, fact: Fact) -> bool:
    unit = fact.values["unit"]
    if not _same_name(row["name"], unit):
        return False
    return not row.get("place") or (unit.place is not None and key(row["place"]) == key(unit.place))


def _holding(row: Row, fact: Fact) -> bool:
    values = fact.values
    unit = values["unit"] if values["unit"] is not None else values["unit_name"]
    return (
        key(row["person"]) == key(values["person"])
        and key(row["title"]) == key(values["title"])
        and ("unit" not in row or _same_name(row["unit"], unit))
    )


def _membership(row: Row, fact: Fact) -> bool:
    return key(row["person"]) == key(fact.values["person"]) and row["kind"] == fact.values["kind"]


def _group(status: str) -> str:
    return (
        "done"
        if status in _DONE or status == "done"
        else "planned"
        if status in _PLANNED or status == "planned"
        else status
    )


def _event(row: Row, fact: Fact) -> bool:
    values = fact.values
    kinds = {values["kind"]} | ({"merge"} if values["kind"] == "merge_two_seals" else set())
    if row["kind"] not in kinds or _group(row["status"]) != _group(values["status"]):
        return False
    if "says" in row:
        return key(row["says"]) in key(f"{values['title']} {values.get('scope') or ''}")
    for side in ("inputs", "outputs"):
        if side in row and not _same_units(row[side] or [], values[side]):
            return False
    return "date" not in row or _same_date(str(row["date"]), values["date"], fact)


def _same_units(wanted: Sequence[str], found: Sequence[Known]) -> bool:
    return len(wanted) == len(found) and all(any(_same_name(w, f) for f in found) for w in wanted)


def _same_date(wanted: str, found: str | None, fact: Fact) -> bool:
    dates = [found, *(says for says, _ in fact.dates)]
    one = parsed(wanted)
    return one is not None and any(_close(one, parsed(each)) for each in dates if each)


def _close(one: FuzzyDate, other: FuzzyDate | None) -> bool:
    return other is not None and one.latest == other.latest


def _figure(row: Row, fact: Fact) -> bool:
    values = fact.values
    for name in ("value", "of", "from_value", "to_value"):
        if name in row and (values.get(name) is None or abs(float(row[name]) - float(values[name])) > 1e-9):
            return False
    for name in ("measure", "direction"):
        if name in row and row[name] != values.get(name):
            return False
    state = row.get("state", "achieved")
    return bool((state == "achieved") == (values["state"] == "achieved"))


def _document(row: Row, fact: Fact) -> bool:
    values = fact.values
    if row.get("number"):
        return bool(values["number"]) and key(str(row["number"])) == key(str(values["number"]))
    return not values["number"] and row.get("kind", values["kind"]) == values["kind"]


def _model(row: Row, fact: Fact) -> bool:
    if row.get("model") and row["model"] != fact.values["model"]:
        return False
    if not row.get("model") and not fact.values.get("name"):
        return False
    return row["status"] == fact.values["status"] and ("n" not in row or row["n"] == fact.values.get("n"))


def _function(row: Row, fact: Fact) -> bool:
    return key(str(row["at"])) == key(str(fact.values.get("address", ""))) and (
        "unit" not in row or _same_name(row["unit"], fact.values["unit"])
    )


_FITS: dict[str, Callable[[Row, Fact], bool]] = {
    "units": _unit,
    "holdings": _holding,
    "memberships": _membership,
    "events": _event,
    "figures": _figure,
    "documents": _document,
    "models": _model,
    "functions": _function,
}
