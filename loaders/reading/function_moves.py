"""What transfers hand over: functions of the unit that gives, and the rows that say to whom they go.

Where the text only says "chức năng, nhiệm vụ", these are the functions that it names of the giving unit; where it
names none, one that is called as the text calls it ("Chức năng, nhiệm vụ của Phòng Pháp chế"), which is deduced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from graph.text import key
from loaders.reading.document import Document
from loaders.reading.facts import Fact
from loaders.reading.known import Known
from loaders.reading.modality import DONE

_WORD = r"(?:chức năng|nhiệm vụ|quyền hạn)"
_SOME = r"(?:một phần|một số)"
_WORDS = re.compile(rf"(?:(?:toàn bộ|các|{_SOME}) )?{_WORD}(?:(?:, | và |, và ){_WORD})*", re.I)
# "chức năng quản lý báo chí" is "quản lý báo chí", but "nhiệm vụ về báo chí" stays what it is
_NAMED = re.compile(
    rf"(?:toàn bộ |các )?{_WORD}(?:(?:, | và |, và ){_WORD})* "
    r"(?!(?:về|trong|đối với|của|và|liên quan|theo|như)\b)(?P<text>\S+ \S.*)",
    re.I,
)
# a new unit gets what is taken from another (thành lập Sở A trên cơ sở tách chức năng … từ Sở B)
_PARTED = re.compile(
    rf"\btách(?: ra)? (?P<scope>(?:toàn bộ |{_SOME} )?{_WORD}\b[^;]*?) (?:từ|của|ra khỏi|khỏi|thuộc) (?=[A-ZĐ])", re.I
)
_NOT_TOLD = "Nguồn không nêu là những chức năng, nhiệm vụ nào"


def find_moves(document: Document, events: Sequence[Fact], functions: Sequence[Fact]) -> list[Fact]:
    """Rows of `functions` and `transfers` for what the events hand over; a function that the text states as well is
    not made again."""
    made: list[Fact] = []
    transfers: list[Fact] = []
    for event in events:
        scope = _scope(document, event)
        if scope is None:
            continue
        takers = [unit for unit in event.values["outputs"] if unit.kind]
        givers = [unit for unit in event.values["inputs"] if unit.kind]
        for giver in givers:
            if scope:
                handed = _named(event, giver, scope, [*functions, *made])
            else:
                handed = _all_of(document, event, giver, functions, made)
            made += [what for what in handed if what not in made and what not in functions]
            transfers += [
                _transfer(event, what, giver, taker) for what in handed for taker in takers if taker is not giver
            ]
        for taker in takers if scope and not givers and event.values["status"] == DONE else ():
            # whose it was is not said: the taker has it from then on
            what = _function(event, taker, scope)
            what.values["valid_from"] = event.values["date"]
            made.append(what)
            transfers.append(_transfer(event, what, None, taker))
    return [*made, *transfers]


def transfer_row(fact: Fact, id_of: Callable[[Fact], str]) -> dict[str, Any]:
    """The row of a transfer; the ids of the event and the function are those of their rows."""
    values = fact.values
    row = {"event": id_of(values["event"]), "what": id_of(values["what"]), "to": values["to"].id}
    return row if values["from"] is None else {**row, "from": values["from"].id}


def _scope(document: Document, event: Fact) -> str | None:
    """The words for the functions that the event hands over, empty where it only says that it does; None where it
    hands over none."""
    if event.values["kind"] == "transfer":
        return event.values["scope"] or ""
    if event.values["kind"] != "separate":
        return None
    parted = _PARTED.search(document.quote(event.evidence.start, event.evidence.end))
    return parted["scope"] if parted is not None else None


def _transfer(event: Fact, what: Fact, giver: Known | None, taker: Known) -> Fact:
    return Fact("transfers", {"event": event, "what": what, "from": giver, "to": taker}, event.evidence)


def _named(event: Fact, giver: Known, scope: str, known: Sequence[Fact]) -> list[Fact]:
    """The function of the unit that the words name."""
    what = _function(event, giver, scope)
    text = key(what.values["text"])
    return [next((f for f in known if f.values["unit"] is giver and key(f.values["text"]) == text), what)]


def _all_of(
    document: Document, event: Fact, giver: Known, functions: Sequence[Fact], made: Sequence[Fact]
) -> list[Fact]:
    """All functions of the unit, where the text only says that they go."""
    words = _WORDS.search(document.quote(event.evidence.start, event.evidence.end))
    if words is None:
        return []
    own = [fact for fact in functions if fact.values["unit"] is giver]
    if own and re.match(_SOME, words[0], re.I) is None:
        return own
    (what,) = _named(event, giver, f"{words[0]} của {giver.name}", made)
    what.evidence = replace(what.evidence, basis="deduced", confidence=0.6)
    what.values["note"] = _NOT_TOLD
    return [what]


def _function(event: Fact, unit: Known, scope: str) -> Fact:
    named = _NAMED.fullmatch(scope)
    text = named["text"] if named is not None else scope
    kind = "function" if "chức năng" in scope.lower() else "task"
    values = {"unit": unit, "text": text[:1].upper() + text[1:], "kind": kind, "_with": event}
    return Fact("functions", values, event.evidence)
