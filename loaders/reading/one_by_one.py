"""Changes that a sentence tells of several units in turn, as a sentence for each: "A, B lần lượt đổi tên thành C, D"
says of A what "A đổi tên thành C" says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.deciders import ISSUERS
from loaders.reading.event_checks import next_subject
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Register

_JOIN = "(?:, và |, |và |cùng |với |; )"
_IN_TURN = re.compile(r"(?<!\S)(?:lần lượt|tương ứng|theo thứ tự) ")
_CHANGE = re.compile(r"v:(?:rename|merge|convert|move|reorganise|becoming|into) ")
# the two rows, of units or of places, and what stands between them
_ROWS = tuple(
    re.compile(
        rf"(?P<first>{kind} (?:{_JOIN}{kind} )*)"
        rf"(?P<between>(?:(?:được|bị|do) U )?(?:(?!(?:U|P|;|:|N|C) |, {kind} )\S+ ){{1,12}}?)"
        rf"(?P<second>{kind} (?:{_JOIN}{kind} )+)(?P<behind>(?:lần lượt|tương ứng|theo thứ tự) )?"
    )
    for kind in ("U", "P")
)
_TO = ("v:becoming ", "v:into ", "sang ", "cho ", "v:called ", "tên ", "v:under ")


def one_by_one(sentence: Sentence, units: Register) -> list[Sentence] | None:
    """The sentence once for each pair of its units; none of them where the rows do not go together, None where it
    tells of no units in turn."""
    for pattern in _ROWS:
        begins = [each.start() for each in re.finditer(r"(?<!\S)[UP] ", sentence.symbols)]
        for match in filter(None, (pattern.match(sentence.symbols, at) for at in begins)):
            between = match["between"]
            if not _IN_TURN.sub("", between).endswith(_TO) or _CHANGE.search(between) is None:
                continue
            if _of_another(sentence, match):
                continue
            first, second = _row(sentence, match, "first"), _row(sentence, match, "second")
            in_turn = bool(match["behind"]) or _IN_TURN.search(between) is not None
            renamed = "v:rename " in sentence.symbols[: match.start("second")]
            if len(first) == len(second) + 1 and _decides(first[0], units):
                first = first[1:]
            if in_turn and renamed and len(first) == 1:
                first = [*first, *second[:-1]]  # one unit gets one name after the other
            if len(first) == len(second) and (in_turn or _only_renamed(sentence, match)):
                return [_of_pair(sentence, match, *pair) for pair in zip(first, second, strict=True)]
            if in_turn and len(first) > 1:
                return []
    return None


def _of_another(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether one of the rows is no row of this change: the first ends another, or the last of the second begins one
    (A đổi tên thành B, C đổi tên thành D)."""
    first, last = sentence.index(match.start("first")), sentence.index(match.end("second") - 2)
    if first and sentence.items[first - 1].symbol in ("v:becoming", "v:into", "sang", "v:called"):
        return True
    return not match["behind"] and next_subject(sentence, last)


def _only_renamed(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether all that is told is that they get new names, which each gets for itself."""
    if "v:rename " in match["between"]:
        return True
    first = sentence.index(match.start("first"))
    return match["between"] == "v:becoming " and first > 0 and sentence.items[first - 1].symbol == "v:rename"


def _row(sentence: Sentence, match: re.Match[str], name: str) -> list[Item]:
    at, end = sentence.index(match.start(name)), sentence.index(match.end(name) - 2)
    return [item for item in sentence.items[at : end + 1] if item.symbol in ("U", "P")]


def _decides(item: Item, units: Register) -> bool:
    """Whether the item names the organ that decides on the change (Theo UBND huyện, A và B lần lượt …)."""
    known = units.at(item)
    return known is not None and known.kind in ISSUERS


def _of_pair(sentence: Sentence, match: re.Match[str], one: Item, other: Item) -> Sentence:
    """The sentence with one unit in the stead of each row."""
    items = sentence.items
    start, middle = sentence.index(match.start("first")), sentence.index(match.start("between"))
    second, end = sentence.index(match.start("second")), sentence.index(match.end() - 2) + 1
    between = _without_turns(items[middle:second])
    plain = Sentence(
        sentence.paragraph, sentence.start, sentence.end, [*items[:start], one, *between, other, *items[end:]]
    )
    plain.close()
    return plain


_TURNS = (("lần", "lượt"), ("tương", "ứng"), ("theo", "thứ", "tự"))


def _without_turns(items: Sequence[Item]) -> list[Item]:
    left: list[Item] = []
    at = 0
    while at < len(items):
        words = next((w for w in _TURNS if tuple(item.symbol for item in items[at : at + len(w)]) == w), None)
        if words is None:
            left.append(items[at])
        at += len(words or "1")
    return left
