"""Units of one kind whose own names stand in brackets behind it: "3 Ban Quản lý dự án (Giao thông; Dân dụng và công
nghiệp; Thủy lợi)", "các Ban Quản lý rừng phòng hộ (Sông Khê, Núi Khê)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.text import key
from loaders.reading.places import level_word, shown
from loaders.reading.unit_heads import begins_unit, number_before
from loaders.reading.unit_names import Unit
from loaders.reading.words import Word

_LONGEST = 60  # words in the brackets


def units_in_brackets(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int] | None:
    """The units that are named in brackets behind the kind at the word, and the index after them; None where the
    brackets do not hold just so many names as are said."""
    number = number_before(words, at)
    several = number or (at and not words[at].gap and words[at - 1].key in ("các", "những"))
    if not several or first.place or first.parent or after >= len(words) or words[after].gap != "(":
        return None
    end = after + 1
    while end < len(words) and end - after < _LONGEST and ")" not in words[end].gap:
        end += 1
    names = _names(words, after, end, ";") or _names(words, after, end, ",")
    if not names or (number and number != len(names)):
        return None
    stem = first.name
    units = [
        replace(first, name=f"{stem} {shown(words, a, b)}", basis="deduced", start=words[a].start, end=words[b - 1].end)
        for a, b in names
    ]
    return units, end


def _names(words: Sequence[Word], at: int, end: int, mark: str) -> list[tuple[int, int]]:
    """The spans of the names that the mark divides, the last also "và"; none if one is no name."""
    cuts = [i for i in range(at + 1, end) if words[i].gap == mark]
    behind = cuts[-1] if cuts else at + 1
    joints = [i for i in range(behind, end - 1) if words[i].key == "và" and not words[i].gap and mark == ","]
    if not cuts and not joints:
        return []
    starts = [at, *cuts, *(i + 1 for i in joints[-1:])]
    ends = [*cuts, *joints[-1:], end]
    for start in starts:
        if not words[start].capital or begins_unit(words, start) or level_word(words, start):
            return []
    whole = all(key(shown(words, a, b)) and words[a].gap in ("(", mark, "") for a, b in zip(starts, ends, strict=True))
    return list(zip(starts, ends, strict=True)) if whole else []
