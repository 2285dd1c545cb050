"""Offices and organs that serve several bodies at once: "Văn phòng Huyện ủy - HĐND - UBND huyện Sơn Khê"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.unit_heads import unit_head
from loaders.reading.words import Word, without_gap

_COMMITTEES = frozenset(("tinh_uy", "thanh_uy", "huyen_uy", "quan_uy", "thi_uy", "dang_uy"))
_COUNCILS = frozenset(("hdnd", "ubnd", "doan_dbqh"))
# offices of councils with "và" in their name
_OF_COUNCILS = frozenset(("vp_hdnd_ubnd", "vp_doan_dbqh_hdnd", "vp_doan_dbqh_hdnd_ubnd"))
_BETWEEN = ("-", "–", ",")


def office_of_councils(words: Sequence[Word], at: int) -> bool:
    """Whether an office that serves several councils is named at the word, as a whole (Đảng bộ *Văn phòng HĐND và
    UBND* huyện)."""
    found = unit_head(words, at) if at < len(words) and not words[at].gap else None
    return found is not None and found[0] in _OF_COUNCILS


def joint_office(words: Sequence[Word], at: int) -> int | None:
    """The index after the bodies that an office named at the word serves, where they are a party committee and
    councils; None where it serves one body, or councils alone."""
    if (words[at].key, words[at + 1].key if at + 1 < len(words) else "") != ("văn", "phòng"):
        return None
    end, found, marks = at + 2, list[str](), set[str]()
    while end < len(words):
        joined = words[end].key == "và" and not words[end].gap
        start = end + 1 if joined else end
        between = words[start].gap if start < len(words) else ""
        if start >= len(words) or (found and not joined and between not in _BETWEEN) or (not found and between):
            break
        body = unit_head([without_gap(words[start]), *words[start + 1 : start + 8]], 0)
        if body is None or body[0] not in (_COUNCILS if found else _COMMITTEES):
            break
        found.append(body[0])
        marks.add("và" if joined else between)
        end = start + body[1]
    one = bool(marks & {"-", "–"}) or (len(found) > 2 and "và" in marks)  # Văn phòng Huyện ủy và UBND huyện are two
    return end if one and len(found) > 1 else None
