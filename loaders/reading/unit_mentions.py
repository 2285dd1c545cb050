"""Which items of a sentence name units, and which stand for all of their kind."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.text import key
from graph.vocabulary import unit_kind
from loaders.reading.entities import NumberAt
from loaders.reading.items import Item, PostAt, Sentence
from loaders.reading.known import Mention
from loaders.reading.lexicon import keys, phrases
from loaders.reading.place_lists import IN_EACH_PLACE
from loaders.reading.places import LEVEL_OF
from loaders.reading.unit_names import Unit
from loaders.reading.unit_places import HAMLETS
from loaders.reading.words import split_words

_COMMITTEES = frozenset(("huyen_uy", "quan_uy", "thi_uy", "thanh_uy", "dang_uy"))
_OF_LEVELS = re.compile(r" (?:hai|ba|các|2|3) cấp\b")
_BODIES = re.compile(
    r"(?: Việt Nam)?(?:,| và| -| –) (?:các )?(?:tổ chức |ban, ngành, |ban ngành, |ngành, )?(?:đoàn thể|chính trị)"
)
_HELD_AT = re.compile(r"\b(?:tại|ở) (?:(?:hội trường|trụ sở|khuôn viên|sảnh|sân)(?: lớn| chính)? )?$", re.I)
_CENTRAL_BODIES = frozenset(("bo", "bch_trung_uong"))
_MOST_COUNTED = 100


def mentions_in(sentence: Sentence) -> list[Mention]:
    """The units that a sentence names; what stands for a class of them is none."""
    found: list[Mention] = []
    for item in sentence.items:
        value = item.value
        if isinstance(value, Unit) and not value.group and not _is_class(sentence, item, value):
            bare = value.place is None and value.parent is None and key(value.name) in keys("bare_offices")
            unit = replace(value, basis="short") if bare and value.basis == "stated" else value
            found.append((sentence, (item.start, item.end), unit))
        elif isinstance(value, PostAt) and value.unit is not None and not _of_any(sentence, item, value.unit):
            found.append((sentence, (item.start, item.end), value.unit))
    return found


def _is_class(sentence: Sentence, item: Item, unit: Unit) -> bool:
    """Whether a unit is any of its kind, since a class is above it (Phòng Nội vụ thuộc UBND cấp huyện), it is counted
    (còn 22 Trạm Y tế), or kinds of places follow (Trạm Y tế xã, phường, thị trấn; Công an các tỉnh)."""
    at = sentence.position(item)
    symbols = [each.symbol for each in sentence.items[at + 1 : at + 3]]
    about = unit_kind(unit.kind)
    kinds = [symbol.replace("_", " ") for symbol in symbols if symbol not in (",", "/")]
    if unit.place is None and about.level_in_name and about.vertical:
        several = symbols[:1] == [","] and kinds and kinds[0] in ("huyện", "quận", "thành", "thị", "xã", "phường")
        if (several and unit.level is not None) or (unit.level is None and symbols[:1] in (["các"], ["cùng"], ["cấp"])):
            return True
    if unit.place is None and unit.kind in IN_EACH_PLACE:
        before = sentence.items[at - 1] if at > 0 else None
        counted = before is not None and before.symbol == "#" and item.start - before.end <= 1
        if counted or (kinds and kinds[0] in LEVEL_OF):
            return True
    if unit.place is None and unit.kind in _COMMITTEES and _behind_class(sentence.items, at):
        return True
    behind = sentence.paragraph.text[item.end - sentence.paragraph.start :]
    if about.vertical and unit.place is None and _OF_LEVELS.match(behind):
        return True
    if _is_counted(sentence.items, at, unit) or _beside_bodies(sentence, item, unit):
        return True
    return symbols == ["v:under", "K"] and "cấp" in key(behind[:60])


_PLURAL = frozenset(("các", "những", "nhiều", "mỗi", "từng"))


def _is_counted(items: list[Item], at: int, unit: Unit) -> bool:
    """Whether the unit, which nothing tells apart from others of its name, stands for several (3 *Ban Chỉ huy Phòng
    thủ khu vực* trực thuộc …; các *ban chỉ huy Phòng thủ khu vực*); not the first of a list."""
    before = items[at - 1] if at > 0 else None
    if before is None or items[at].start - before.end > 1 or unit.kind in HAMLETS | _CENTRAL_BODIES:
        return False
    number = before.value.value if isinstance(before.value, NumberAt) else 0
    if before.symbol not in _PLURAL and not 1 < number < _MOST_COUNTED:
        return False
    following = [item.symbol for item in items[at + 1 : at + 3]]
    return unit.place is None and unit.parent is None and "U" not in following and following[:1] not in (["("], [":"])


def _beside_bodies(sentence: Sentence, item: Item, unit: Unit) -> bool:
    """Whether the Front stands for all its committees, beside the mass organisations that are not named either (khối
    Đảng, *Mặt trận Tổ quốc*, đoàn thể; *Mặt trận* và các đoàn thể)."""
    behind = sentence.paragraph.text[item.end - sentence.paragraph.start :]
    front = unit.kind == "mttq" and unit.place is None and key(unit.name).startswith("mặt trận")
    return front and _BODIES.match(behind) is not None


def _behind_class(items: list[Item], at: int) -> bool:
    """Whether the committee ends a list that begins with a class (các Huyện ủy, *Thị ủy*, *Thành ủy*)."""
    while at > 1 and items[at - 1].symbol in (",", "và"):
        at -= 2
        unit = items[at].value
        if not isinstance(unit, Unit) or unit.kind not in _COMMITTEES or unit.place is not None:
            return False
        if unit.group:
            return True
    return False


def _of_any(sentence: Sentence, item: Item, unit: Unit) -> bool:
    """Whether a post stands for all of its kind: a title in small letters, a unit of no place, and nobody named
    (trưởng ban dân vận đồng thời là chủ tịch Ủy ban MTTQ)."""
    if unit.group:
        return True
    first = sentence.paragraph.text[item.start - sentence.paragraph.start]
    at = sentence.position(item)
    following = sentence.items[at + 1].symbol if at + 1 < len(sentence.items) else ""
    told = unit.place or unit.parent or unit.level or following in ("N", "v:under")
    return first.islower() and not told


def in_brackets(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether the mention is an abbreviation that brackets introduce: Ủy ban Kiểm tra (UBKT) Huyện ủy."""
    first = sentence.paragraph.start
    text = sentence.paragraph.text
    start, end = span[0] - first, span[1] - first
    written = text[start:end]
    return written.isupper() and " " not in written and text[start - 1 : start] == "(" and text[end : end + 1] == ")"


def is_venue(sentence: Sentence, at: int, unit: Unit) -> bool:
    """Whether a house with a hall is named as the place of a meeting (tại Hội trường *Nhà văn hóa xã An Khê*)."""
    before = sentence.paragraph.text[: at - sentence.paragraph.start]
    return phrases("halls").match(split_words(unit.name), 0) is not None and _HELD_AT.search(before) is not None


def is_listed_paper(sentence: Sentence, at: int) -> bool:
    """Whether the paper at the offset stands in a list of units that are no papers (gồm: Trung tâm Thông tin, *Báo
    Khe Tre*), so that it is not only the one in which something was written."""
    index = next((i for i, item in enumerate(sentence.items) if item.start == at), 0)
    opens = index > 0 and sentence.items[index - 1].symbol in (":", "gồm", "có")
    for step in (-1, 1) if opens else (-1,):
        near = index + step
        while 0 < near < len(sentence.items) - 1 and sentence.items[near].symbol in (",", "và", ";"):
            near += step
        unit = sentence.items[near].value if 0 <= near < len(sentence.items) and abs(near - index) > 1 else None
        named = isinstance(unit, Unit) and unit.basis != "short"
        if isinstance(unit, Unit) and named and (unit.kind != "bao" or _is_beside(sentence, near, step)):
            return True
    return False


def _is_beside(sentence: Sentence, index: int, step: int) -> bool:
    """Whether a unit that is no paper stands behind the next mark in the direction."""
    beyond = index + 2 * step
    unit = sentence.items[beyond].value if 0 <= beyond < len(sentence.items) else None
    return isinstance(unit, Unit) and unit.kind != "bao"
