"""Runs of places that name the kind once: "phường 6, 7 và 8"; "nhập xã Tân Thành và Tân Lợi thành …"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.places import Place
from loaders.reading.words import Word, stands_at

_JOINS = frozenset(("và", "với", "cùng"))
# what may stand right behind the last number of a run of places; else it counts (phường 6 và 12 khu phố)
_TIES = frozenset(("thành", "vào", "về", "và", "với", "cùng", "của", "thuộc", "từ", "tại", "ở", "theo", "quận", "cũ"))
_SAID = frozenset(("được", "đã", "sẽ", "để", "nay", "nhập", "sáp", "hợp", "trước", "có", "là", "không", "phải", "bị"))
_NUMBERED = ("phường", "quận")
# digits of the number of a ward
_DIGITS = 2
_MERGING = (("sáp", "nhập"), ("hợp", "nhất"), ("nhập",), ("gộp",), ("ghép",))
# words between a merger and the places that it joins
_NEAR = 8


def next_number(words: Sequence[Word], after: int, place: Place) -> int | None:
    """The index of the number of the place that follows one with a number (phường 6, *7* và *8*); None: no run."""
    if place.kind not in _NUMBERED or not place.name.isdigit() or after >= len(words):
        return None
    at = after
    if words[at].key in _JOINS and not words[at].gap:
        at += 1
    elif words[at].gap != ",":
        return None
    if at >= len(words) or not _is_number(words, at) or (at > after and words[at].gap):
        return None
    behind = words[at + 1] if at + 1 < len(words) else None
    if behind is None or behind.gap in (",", ";", ")", "(", ":", "."):
        return at
    return at if not behind.gap and ends_run(behind) else None


def ends_run(word: Word) -> bool:
    """Whether the word may stand right behind the last number of a run (thôn 4, 5, 6 *thành* thôn A); a noun is what
    the number counts."""
    return word.key in _TIES | _SAID


def _is_number(words: Sequence[Word], at: int) -> bool:
    return words[at].key.isdigit() and len(words[at].key) <= _DIGITS


def are_merged(words: Sequence[Word], at: int, after: int) -> bool:
    """Whether the places [at, after) are what a merger joins: it stands before them in the clause (sáp nhập xã A và B),
    or behind them (xã A và B nhập thành …)."""
    first = at
    while first > max(0, at - _NEAR) and words[first].gap not in (";", ":", ".", ")"):
        first -= 1
    if any(stands_at(words, index, _MERGING) for index in range(first, at)):
        return True
    for index in range(after, min(after + _NEAR, len(words))):
        if words[index].gap:
            return False
        if stands_at(words, index, _MERGING):
            return True
    return False
