"""Readings compared with an answer key: precision, recall, F1 per kind of fact, each miss and false alarm."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from graph.dates import FuzzyDate
from graph.text import key
from graph.vocabulary import code_of
from loaders.reading.answer_keys import KINDS, Row
from loaders.reading.entities import parsed
from loaders.reading.facts import Fact, Reading
from loaders.reading.known import Known
from loaders.reading.single_changes import single_facts, single_rows
from loaders.reading.words import written_out

_DONE = frozenset(("in_force", "announced", "adopted"))
_PLANNED = frozenset(("policy", "scheme"))
# a commune's party committee, said with its level or without (Bí thư Đảng ủy, Chủ tịch UBND xã)
_OF_COMMUNES = frozenset(("đảng ủy xã", "đảng ủy phường", "đảng ủy thị trấn", "đảng ủy đặc khu"))

_SCHOOLS = ("phổ thông ", "mầm non ", "mẫu giáo ", "tiểu học ", "trung học ", "trung cấp ", "cao đẳng ", "đại học ")


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
    """Pair the facts of the key with those found, so that as many as can be have their pair; what is asked for
    comes before what is optional."""
    name = reading.document.name
    # a post of now is paired before one of former times
    facts = sorted(reading.of(result.kind), key=_is_former)
    if result.kind == "events":
        facts, wanted = single_facts(facts), single_rows(wanted)
    fits = _FITS[result.kind]
    pairs: dict[int, int] = {}  # place of the fact → place of the row
    rows = sorted(wanted, key=lambda r: bool(r.get("optional")))
    fitting = [[i for i, fact in enumerate(facts) if fits(row, fact)] for row in rows]
    for at, row in enumerate(rows):
        if _paired(at, fitting, pairs, set()) or (result.kind == "documents" and _is_own(row, reading)):
            result.right += not row.get("optional")
        elif not row.get("optional"):
            result.missed.append(f"{name}: {_shown(row)}")
    result.wrong += [
        f"{name}: {describe(fact, reading)}" for i, fact in enumerate(facts) if i not in pairs and not _unasked(fact)
    ]


def _paired(at: int, fitting: list[list[int]], pairs: dict[int, int], tried: set[int]) -> bool:
    """Whether the row finds a fact, if need be by giving another row one that fits it as well (Kuhn's way)."""
    for fact in fitting[at]:
        if fact in tried:
            continue
        tried.add(fact)
        if fact not in pairs or _paired(pairs[fact], fitting, pairs, tried):
            pairs[fact] = at
            return True
    return False


def _is_own(row: Row, reading: Reading) -> bool:
    """Whether a row of the key is the document itself, which is read without being a fact of its text."""
    own = reading.document.number
    return bool(own) and key(str(row.get("number") or "")) == key(own)


def _is_former(fact: Fact) -> bool:
    """Whether the fact is a post of former times."""
    return fact.sheet == "holdings" and bool(fact.values["former"])


def _unasked(fact: Fact) -> bool:
    """Whether a key need not list the fact: a unit that only a membership names (Tỉnh ủy viên), a former post."""
    return _is_former(fact) or (fact.sheet == "units" and bool(fact.values["unit"].implied))


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


def _same_name(wanted: object, found: object, place: object = None) -> bool:
    """Whether two names are of one unit; one may have its place behind it (UBND tỉnh Hòa Sơn, UBND tỉnh)."""
    name = found.name if isinstance(found, Known) else str(found or "")
    places = [str(each) for each in (place, found.place if isinstance(found, Known) else None) if each]
    names = {name, *found.aliases} if isinstance(found, Known) else {name}
    if isinstance(found, Known) and found.parent and not key(name).endswith(f" {key(found.parent)}"):
        names.add(f"{name} {found.parent}")  # Phòng Tổ chức cán bộ (Viện kiểm sát nhân dân tỉnh)
    forms = {form for each in names for form in _forms(written_out(each), places)}
    return not _forms(written_out(str(wanted)), places).isdisjoint(forms)


def _forms(name: str, places: Sequence[str]) -> set[str]:
    """The folded name, and the same without the place behind it."""
    forms = {_bare(name)}
    for place in places:
        words = key(place).split()
        length = 2 if " ".join(words[:2]) in ("thị xã", "thị trấn", "thành phố", "đặc khu") else 1
        level, proper = " ".join(words[:length]), " ".join(words[length:])
        without = key(name).removesuffix(f" {proper}")
        forms |= {_bare(without), _bare(without.removesuffix(f" {level}"))} if without != key(name) else set()
    return forms


def _bare(name: str) -> str:
    """The folded name without the level word at its end, and a school's without its head (Trường Cao đẳng Y tế)."""
    folded = key(name)
    school = key(written_out(name if folded.startswith("trường ") else f"Trường {name}")).removeprefix("trường ")
    folded = school if school.startswith(_SCHOOLS) else folded
    if folded in _OF_COMMUNES:
        return "đảng ủy"
    for word in (" tỉnh", " huyện", " quận", " thị xã", " thành phố", " xã", " phường", " thị trấn"):
        if len(folded.split()) > 3:
            folded = folded.removesuffix(word)
    return folded


def _unit(row: Row, fact: Fact) -> bool:
    unit = fact.values["unit"]
    if not _same_name(row["name"], unit, row.get("place")):
        return False
    return not row.get("place") or (unit.place is not None and key(row["place"]) == key(unit.place))


def _holding(row: Row, fact: Fact) -> bool:
    values = fact.values
    unit = values["unit"] if values["unit"] is not None else values["unit_name"]
    return (
        key(row["person"]) == key(values["person"])
        and _same_title(row["title"], values["title"])
        and ("unit" not in row or _same_name(row["unit"], unit))
        and row.get("former") in (None, bool(values["former"]))
    )


_HOW_HELD = re.compile(r"\A(?:quyền|nguyên)\b|\b(?:lâm thời|phụ trách)\Z", re.I)


def _same_title(wanted: object, found: object) -> bool:
    """Whether two titles are one, also where the key spells it as the text does (Phó ban for Phó Trưởng ban) or with
    how the post is held (Chủ tịch lâm thời), which a fact tells apart."""
    plain = [_HOW_HELD.sub("", str(title)).strip() for title in (wanted, found)]
    codes = [code_of("titles", title) or key(title) for title in plain]
    return codes[0] == codes[1]


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


# a kind of change → the one that a key may call it too
_COARSER = {"merge_two_seals": "merge", "separate": "split"}


def _event(row: Row, fact: Fact) -> bool:
    values = fact.values
    kinds = {values["kind"], _COARSER.get(values["kind"], "")}
    halted = row["kind"] == "pause" and (row["status"], values["status"]) == ("done", "paused")
    if row["kind"] not in kinds or not (halted or _group(row["status"]) == _group(values["status"])):
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
    return one is not None and any(_close(one, parsed(each), each) for each in dates if each)


def _close(one: FuzzyDate, other: FuzzyDate | None, said: str) -> bool:
    """Whether the dates end on the same day; "trước 1/9" may be kept as the day itself."""
    if other is None:
        return False
    before = said.startswith("trước") and one.latest == other.latest + timedelta(days=1)
    return one.latest == other.latest or before


def _figure(row: Row, fact: Fact) -> bool:
    values = fact.values
    for name in ("value", "of", "from_value", "to_value"):
        if name in row and (values.get(name) is None or abs(float(row[name]) - float(values[name])) > 1e-9):
            return False
    for name in ("measure", "direction"):
        if name in row and row[name] != values.get(name):
            return False
    state = row.get("state", values["state"] if row.get("optional") else "achieved")
    return bool((state == "achieved") == (values["state"] == "achieved"))


def _document(row: Row, fact: Fact) -> bool:
    values = fact.values
    if row.get("number"):
        return bool(values["number"]) and _same_number(str(row["number"]), str(values["number"]))
    return not values["number"] and row.get("kind", values["kind"]) == values["kind"]


def _same_number(wanted: str, found: str) -> bool:
    """Whether two numbers are one; a bare number in the key stands for the full one that the reader knows."""
    return key(wanted.replace("/TƯ", "/TW")) == key(found) or (
        wanted.isdigit() and bool(re.match(rf"0*{int(wanted)}\D", found))
    )


def _model(row: Row, fact: Fact) -> bool:
    if row.get("model") and row["model"] != fact.values["model"]:
        return False
    if not row.get("model") and not fact.values.get("name"):
        return False
    return row.get("status") in (None, fact.values["status"]) and ("n" not in row or row["n"] == fact.values.get("n"))


def _function(row: Row, fact: Fact) -> bool:
    found = str(fact.values.get("address", ""))
    # the key may leave out of which attached document the article is
    named = {key(found), key(found.partition(" (")[0])}
    return key(str(row["at"])) in named and ("unit" not in row or _same_name(row["unit"], fact.values["unit"]))


def _position(row: Row, fact: Fact) -> bool:
    values = fact.values
    if not _same_title(row["title"], values["title"]) or not _same_name(row["unit"], values["unit"]):
        return False
    return "seats" not in row or row["seats"] == values["seats"]


def _relation(row: Row, fact: Fact) -> bool:
    values = fact.values
    ends = all(_same_name(row[side], values[side]) for side in ("from", "to"))
    return ends and row["kind"] == values["kind"]


_FITS: dict[str, Callable[[Row, Fact], bool]] = {
    "units": _unit,
    "holdings": _holding,
    "memberships": _membership,
    "events": _event,
    "figures": _figure,
    "documents": _document,
    "models": _model,
    "functions": _function,
    "positions": _position,
    "relations": _relation,
}
