"""Party groups whose head stands once: "3 đảng đoàn gồm Đảng đoàn HĐND tỉnh, *Hội Nông dân tỉnh*"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.vocabulary import data
from loaders.reading.unit_names import Unit, read_unit
from loaders.reading.words import Word, without_gap

_HEADS = {"dang_doan": "Đảng đoàn", "ban_can_su_dang": "Ban cán sự đảng"}
# organs of the state that have such a group; the front and the unions have one each, too
_ORGANS = {"dang_doan": frozenset(("hdnd",)), "ban_can_su_dang": frozenset(("ubnd", "toa_an", "vien_kiem_sat"))}
_COUNTED = frozenset(("các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"))
_BACK = 40


def further_groups(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int]:
    """The groups of the organs that follow the group at the word, where the text speaks of several groups, and the
    index after them; none if no organ follows that has one."""
    found: list[Unit] = []
    if first.kind not in _HEADS or first.group or not _of_several(words, at):
        return found, after
    while after < len(words):
        joined = words[after].key == "và" and not words[after].gap
        start = after + 1 if joined else after
        if start >= len(words) or words[start].gap not in (("",) if joined else (",", ";")):
            break
        bare = [without_gap(words[start]), *words[start + 1 : start + 16]]
        own = read_unit(bare, 0)
        if own is None or own[0].group or not _has_group(own[0].kind, first.kind):
            break
        name = f"{_HEADS[first.kind]} {own[0].name}"
        begins, ends = words[start].start, own[0].end
        found.append(replace(first, name=name, place=own[0].place, basis="deduced", start=begins, end=ends))
        after = start + own[1]
    return found, after


def _of_several(words: Sequence[Word], at: int) -> bool:
    """Whether several such groups are spoken of before (kết thúc hoạt động của 8 đảng đoàn, gồm …)."""
    for index in range(max(1, at - _BACK), at - 1):
        two = (words[index].key, words[index + 1].key)
        counted = words[index - 1].key in _COUNTED or words[index - 1].key.isdigit()
        if counted and two in (("đảng", "đoàn"), ("ban", "cán")):
            return True
    return False


def _has_group(kind: str, group: str) -> bool:
    if kind in _ORGANS[group]:
        return True
    return group == "dang_doan" and data("unit_kinds").get(kind, {}).get("system") == "front"
