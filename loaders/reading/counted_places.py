"""Places that are counted with a change and then named without their kind: "chia thành 2 huyện: Sơn Hạ và Sơn Thượng",
"sáp nhập ba xã là An Hạ, An Thượng, An Lạc"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.items import Item
from loaders.reading.places import Place, level_word, proper_end, proper_name
from loaders.reading.unit_heads import begins_unit, number_before
from loaders.reading.words import Word, stands_at, without_gap

# what may stand between the kind and the names (2 huyện cũ: …; hai tỉnh như cũ là …)
_BETWEEN = frozenset(("cũ", "mới", "như", "là", "gồm", "trên", "lấy", "tên"))
_OPENS = frozenset(("là", "gồm"))
_CHANGING = (("sáp", "nhập"), ("hợp", "nhất"), ("nhập",), ("gộp",), ("ghép",), ("chia",), ("tách",), ("thành",))
# words between the change and the number
_NEAR = 8
_LONGEST = 4


def counted_places(words: Sequence[Word], at: int) -> tuple[list[Item], int] | None:
    """The items of the places whose kind stands at the word, behind their number, and the index after them; None where
    not just so many are named. The first begins with the kind."""
    number = number_before(words, at)
    kind = level_word(words, at) if number else None
    if kind is None or not _changes(words, at):
        return None
    start = kind[1]
    while start < len(words) and not words[start].gap and words[start].key in _BETWEEN:
        start += 1
    opened = start < len(words) and (":" in words[start].gap or words[start - 1].key in _OPENS)
    if not opened:
        return None
    found: list[Item] = []
    many = 0
    while start < len(words):
        end = _name(words, start)
        if end is None:
            break
        begins = words[at].start if not found else words[start].start
        basis = "stated" if not found else "deduced"
        place = Place(proper_name(words, start, end), kind[0], begins, words[end - 1].end, basis)
        found.append(Item("P", place.start, place.end, place))
        many += 1
        if many == number:
            return found, end
        joined = end < len(words) and words[end].key == "và" and not words[end].gap
        if end >= len(words) or (not joined and words[end].gap != ","):
            break
        if joined:
            found.append(Item("và", words[end].start, words[end].end, "và"))
        start = end + 1 if joined else end
    return None


def _changes(words: Sequence[Word], at: int) -> bool:
    """Whether a change of places is told a few words before."""
    for index in range(at - 1, max(-1, at - 1 - _NEAR), -1):
        if stands_at(words, index, _CHANGING):
            return True
        if words[index].gap in (";", ":", "."):
            return False
    return False


def _name(words: Sequence[Word], at: int) -> int | None:
    """The index after the bare name at the word; None where something else stands there."""
    if at >= len(words) or not (words[at].capital or words[at].key.isdigit()):
        return None
    if level_word(words, at) or begins_unit(words, at):
        return None
    end = proper_end([without_gap(words[at]), *words[at + 1 : at + 8]], 0)
    return at + end if 0 < end <= _LONGEST else None
