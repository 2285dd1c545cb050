"""The same change said again in other words: kept once, with its further places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.text import key
from loaders.reading.document import CAPTION, TITLE
from loaders.reading.facts import Fact
from loaders.reading.items import Sentence
from loaders.reading.known import Known
from loaders.reading.modality import ADOPTED, ANNOUNCED, DONE, PLANNED


def parties(fact: Fact) -> list[Known | None]:
    """The units that a change is about; None stands for a change that names none."""
    return [*fact.values["inputs"], *fact.values["outputs"]] or [None]


def sharing(by_unit: dict[int, list[Fact]], fact: Fact) -> list[Fact]:
    """The changes found so far that have a unit with this one in common, in their order."""
    shared = {id(each): each for unit in parties(fact) for each in by_unit.get(id(unit), ())}
    return sorted(shared.values(), key=lambda each: each.evidence.start)


def keep(found: list[Fact], fact: Fact, sentence: Sentence) -> None:
    """Add the change, or a further place to the one that is the same."""
    for known in found:
        if _only_creates(fact, known) or _only_names(fact, known):
            return
        if _part_of_split(fact, known):
            known.also.append(fact.evidence)
            return
        if _only_creates(known, fact):
            known.also.append(known.evidence)
            known.values, known.evidence = fact.values, fact.evidence
            return
        if _same(known, fact):
            _other_date(known, fact)
            weak = sentence.paragraph.role in (TITLE, CAPTION)
            known_date = str(known.values.get("date") or "")
            if not weak and known.evidence.rule and _weak(known):
                known.also.append(known.evidence)
                known.values, known.evidence = {**known.values, **_given(fact)}, fact.evidence
            else:
                known.also.append(replace(fact.evidence))
                if not known_date or known_date.startswith("≤"):
                    known.values["date"] = fact.values["date"] or known.values["date"]
                if known.values["status"] in PLANNED and fact.values["status"] in (DONE, ANNOUNCED, ADOPTED):
                    known.values["status"] = fact.values["status"]
                    known.values["date"] = fact.values["date"] or known.values["date"]
            known.values["outputs"] = known.values["outputs"] or fact.values["outputs"]
            if set(known.values["inputs"]) < set(fact.values["inputs"]) and known.values["outputs"]:
                known.values["inputs"], known.values["title"] = fact.values["inputs"], fact.values["title"]
            if {known.values["kind"], fact.values["kind"]} == {"move", "absorb"}:
                known.values["kind"] = "absorb"
            return
    if sentence.paragraph.role in (TITLE, CAPTION):
        fact.values["_weak"] = True
    found.append(fact)


_MAKING = frozenset(("merge", "merge_two_seals", "absorb", "create", "split", "separate"))


def take_fuller(made: list[Fact], fact: Fact) -> None:
    """Add what a second look at the sentence finds: in place of a change of the same words that has only a part of its
    units, or as one of its own; nothing where the words are used already."""
    first, last = fact.evidence.start, fact.evidence.end
    for at, known in enumerate(made):
        if known.evidence.end <= first or last <= known.evidence.start:
            continue
        one, other = set(map(id, parties(known))), set(map(id, parties(fact)))
        if {known.values["kind"], fact.values["kind"]} <= _MAKING:
            named = one == other and bool(fact.values["outputs"]) and not known.values["outputs"]
            if one < other or named:
                made[at] = fact
            return
        if known.values["kind"] == fact.values["kind"] or other <= one:
            return
    made.append(fact)


def only_part(fact: Fact, made: list[Fact]) -> bool:
    """Whether it only says again what merged (B thành lập trên cơ sở sáp nhập A với C: A does not go over into C)."""
    if fact.values["kind"] not in ("absorb", "rename"):
        return False
    units = set(map(id, parties(fact)))
    if fact.values["kind"] == "rename":  # A sáp nhập B, đổi tên thành C
        return any(_renamed_by(fact, each, units) for each in made)
    mergers = (each.values for each in made if each.values["kind"] == "merge" and each.values["outputs"])
    return any(units <= set(map(id, values["inputs"])) for values in mergers)


def _renamed_by(fact: Fact, other: Fact, units: set[int]) -> bool:
    if other.values["kind"] != "merge" or other.values["outputs"] != fact.values["outputs"]:
        return False
    return units <= set(map(id, parties(other)))


def without_schemes_named(found: list[Fact]) -> list[Fact]:
    """The changes without a scheme to merge some units, where the text also tells which (đề án hợp nhất một số cơ
    quan; … Sở A hợp nhất với Sở B)."""
    kinds = {fact.values["kind"] for fact in found if fact.values["inputs"]}
    if not kinds & {"merge", "absorb"}:
        return found
    return [fact for fact in found if fact.values["kind"] != "merge" or fact.values["inputs"]]


def _only_creates(one: Fact, other: Fact) -> bool:
    """Whether one says that a unit was created, and the other of what it was made."""
    a, b = one.values, other.values
    of_it = b["kind"].startswith("merge") or b["kind"] in ("split", "separate")
    return a["kind"] == "create" and of_it and bool(a["outputs"]) and set(a["outputs"]) == set(b["outputs"])


def _only_names(one: Fact, other: Fact) -> bool:
    """Whether one says only of a part of what merged that it got the name of the result (Trung tâm A hợp nhất với
    Đài B. Đơn vị lấy tên là C)."""
    a, b = one.values, other.values
    merged = a["kind"] == "rename" and b["kind"] == "merge" and bool(b["outputs"])
    return merged and set(a["outputs"]) == set(b["outputs"]) and set(a["inputs"]) <= set(b["inputs"])


def _part_of_split(one: Fact, other: Fact) -> bool:
    """Whether one says of one result what the other says of all: that it came out of the unit that was split."""
    a, b = one.values, other.values
    parts = a["kind"] == "separate" and b["kind"] == "split" and len(b["outputs"]) > 1
    return parts and a["inputs"] == b["inputs"] and set(a["outputs"]) <= set(b["outputs"])


def _other_date(known: Fact, fact: Fact) -> None:
    """Keep both dates where the text gives two."""
    one, other = known.values.get("date"), fact.values.get("date")
    if one and other and one != other and "≤" not in one + other:
        weak = _weak(known)
        known.dates.append((one, known.evidence) if weak else (other, fact.evidence))


def _weak(fact: Fact) -> bool:
    return bool(fact.values.get("_weak"))


def _given(fact: Fact) -> dict[str, Any]:
    return {name: value for name, value in fact.values.items() if value} | {"_weak": False}


def _same(one: Fact, other: Fact) -> bool:
    a, b = one.values, other.values
    kinds = {a["kind"], b["kind"]}
    if kinds == {"move", "absorb"} and a["outputs"] == b["outputs"]:
        # the move of a unit to one that absorbs it (đưa Bệnh viện A về Bệnh viện B)
        return set(a["inputs"]) <= set(b["inputs"]) or set(b["inputs"]) <= set(a["inputs"])
    if a["kind"] != b["kind"] and not kinds <= {"merge", "absorb", "merge_two_seals"}:
        return False
    if not a["inputs"] and not a["outputs"]:
        return key(str(a["title"])) == key(str(b["title"]))
    if a["kind"] == b["kind"] == "transfer" and a["inputs"] and set(b["outputs"]) < set(a["outputs"]):
        return bool(a["inputs"] == b["inputs"] and b["outputs"])  # one of those that took what was handed over
    if a["outputs"] and b["outputs"] and a["outputs"] != b["outputs"]:
        return False
    first, second = {u.name for u in a["inputs"]}, {u.name for u in b["inputs"]}
    if kinds <= {"merge", "absorb", "merge_two_seals"}:
        return first <= second or second <= first
    return first == second and (a["outputs"] == b["outputs"] or not a["outputs"] or not b["outputs"])
