"""Which words of a sentence speak of a pair of posts, and what they say beside its state: places, level, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.text import key
from graph.vocabulary import Model
from loaders.reading.entities import NumberAt
from loaders.reading.items import Item, Sentence
from loaders.reading.model_pairs import Pair
from loaders.reading.model_states import URGED, Around, Count, counts_in
from loaders.reading.places import LEVEL_OF, Place

LEVELS = {"xã": "commune", "cơ sở": "commune", "huyện": "district", "tỉnh": "province"}


@dataclass(frozen=True)
class Region:
    """What belongs to a pair of posts: its clause, the words before it and behind it."""

    clause: tuple[int, int]
    before: tuple[int, int]
    behind: tuple[int, int]


def clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """The spans between semicolons."""
    cuts = [i.start for i in sentence.items if i.symbol == ";"]
    return list(zip([sentence.start, *(cut + 1 for cut in cuts)], [*cuts, sentence.end], strict=True))


# what between two pairs only joins them
_JOINING = re.compile(r"[\s,;]*(?:và|hoặc|với|cùng)?\s*(?:các |việc |mô hình |chức danh |bố trí )*$")


def regions(sentence: Sentence, pairs: Sequence[Pair]) -> list[Region]:
    """The clause of each pair, and what before and behind it is said of it: to the pairs beside it, or of all that
    a list joins."""
    spans = clauses(sentence)
    found: list[Region] = []
    for pair in pairs:
        start, end = next(span for span in reversed(spans) if span[0] <= pair.start)
        end = max(end, pair.end)
        found.append(Region((start, end), (start, pair.start), (pair.end, end)))
    joined: set[int] = set()
    for n in range(1, len(pairs)):
        one, two = found[n - 1], found[n]
        if one.clause != two.clause:
            continue
        if _JOINING.match(sentence.between(pairs[n - 1].end, pairs[n].start)):
            found[n] = Region(two.clause, one.before, two.behind)
            joined.add(n)
        else:
            cut = _cut(sentence, pairs[n - 1].end, pairs[n].start)
            found[n - 1] = Region(one.clause, one.before, (pairs[n - 1].end, cut))
            found[n] = Region(two.clause, (cut, pairs[n].start), two.behind)
    for n in sorted(joined, reverse=True):
        found[n - 1] = Region(found[n - 1].clause, found[n - 1].before, found[n].behind)
    return [_from_part(sentence, region) for region in found]


def _cut(sentence: Sentence, start: int, end: int) -> int:
    """Where what is said behind one pair ends and what is said before the next begins: at the last comma or "và"
    that is no part of what is counted, or at a full stop."""
    marks = [i.start for i in sentence.items if start <= i.start < end and i.symbol in (",", "và")]
    stop = sentence.between(start, end).rfind(". ")
    return max([start, *marks, *([start + stop] if stop >= 0 else [])])


def _from_part(sentence: Sentence, region: Region) -> Region:
    """What is said "trong đó" has its own verb and number."""
    start, end = region.before
    at = sentence.between(start, end).rfind("trong đó")
    return region if at < 0 else Region(region.clause, (start + at, end), region.behind)


# how far behind the posts the number of places may stand, in characters
_FAR = 110
# what stands between the counts of two levels: 1 quận và 18 xã; 26/63 (41%), cấp huyện là 466/712
_BETWEEN_COUNTS = frozenset(("M", "và", ",", "(", ")", "#%", "cấp", "tỉnh", "huyện", "xã", "v:called", "có"))


def counts_of(sentence: Sentence, region: Region) -> list[Count]:
    """In how many places, or of how many people the posts are."""
    start, end = region.before
    before = [i for i in sentence.items if start <= i.start and i.end <= end]
    # 1.402 (đồng chí) bí thư chi bộ đồng thời là trưởng thôn
    people = before[:-1] if before and (before[-1].symbol, before[-1].value) == ("M", "staff") else before
    if people and people[-1].symbol == "#" and isinstance(people[-1].value, NumberAt) and people[-1].value.value > 1:
        return [Count(people[-1].value.value, None, None, people[-1].start)]
    return counts_beside(sentence, region)


def counts_beside(sentence: Sentence, region: Region) -> list[Count]:
    """The last count before, else the first behind, with the one that is joined to it."""
    first, last = region.behind
    before = _joined(sentence, counts_in(sentence, *region.before)[-2:])
    return before or _joined(sentence, counts_in(sentence, first, min(last, first + _FAR))[:2], first=True)


def _joined(sentence: Sentence, counts: list[Count], *, first: bool = False) -> list[Count]:
    """Two counts that are joined, or the last of them, or the first."""
    if len(counts) == 2 and None not in (levels := {count.level for count in counts}) and len(levels) == 2:
        between = {i.symbol for i in sentence.items if counts[0].at < i.start < counts[1].at}
        if between <= _BETWEEN_COUNTS:
            return counts
    return counts[:1] if first else counts[-1:]


# the posts are followed by the places that are named: mô hình … cấp huyện ở Tân Phú, Tân Hòa
_AT_PLACES = re.compile(
    r"\s*(?:cấp (?:xã|huyện|tỉnh)\s+)?(?:ở|tại)\s+(?:(?:xã|phường|huyện|quận|tỉnh|thành phố|TP\.?) )?[A-ZĐ]"
)
# and are so in a place, or since a time: Tại huyện Tân Phú, A kiêm B; thực hiện A kiêm B từ năm 2018
_AT_BEGINNING = re.compile(r"\s*(?:tại|ở)\s[^,;]{3,40},\s*(?:(?:một|mỗi)\s[^,;]{0,40})?$", re.I)
_SINCE = re.compile(r"\s*,?\s*từ (?:(?:đầu|giữa|cuối) )?(?:năm|tháng|quý|nhiệm kỳ)\b", re.I)
_UNTIL_NOW = re.compile(r"\b(?:đến nay|(?:nhiều|những|mấy|các|\d+) năm (?:qua|nay)|thời gian qua|vừa qua),[^;]*$", re.I)
_ALONE = re.compile(r"\b(?:đầu tiên|duy nhất|đi đầu|tiên phong)\b", re.I)


def is_done(sentence: Sentence, region: Region, around: Around, counts: Sequence[Count]) -> bool:
    """Whether the posts are said to be in one hand: in so many places, in each, or by the place that does it."""
    start, end = region.before
    items = [i for i in sentence.items if start <= i.start and i.end <= end]
    if is_ahead(sentence, start, end):
        return False
    behind = [i.symbol for i in sentence.items if region.behind[0] <= i.start < region.behind[1]]
    share = "#%" in behind[:4] or any(pair == ("đạt", "#%") for pair in pairwise(behind))
    if counts or share or any(i.symbol == "#%" for i in items[-8:]):
        return True
    if not {"policy", URGED}.isdisjoint((*around.before, around.between)):
        return False
    if around.before and _UNTIL_NOW.search(sentence.between(start, end)):
        return True
    if _AT_BEGINNING.match(sentence.between(start, end)) or (
        around.before and _SINCE.match(sentence.between(*region.behind))
    ):
        return True
    alone = bool(around.before) and _ALONE.search(sentence.between(start, end)) is not None
    return alone or _is_had(items) or _does(items) or _AT_PLACES.match(sentence.between(*region.behind)) is not None


def is_ahead(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words tell what is to come."""
    return re.search(r"\b(?:sẽ|dự kiến|phải|cần|đề án)\b", sentence.between(start, end)) is not None


def _is_had(items: Sequence[Item]) -> bool:
    """Whether the posts are what something has, or its head is: có hai chức danh kiêm nhiệm là …; Thủ trưởng cơ quan là
    … A đồng thời là B."""
    at = len(items)
    while at and items[at - 1].symbol in (",", "C", ":"):
        at -= 1
    before = {i.symbol for i in items[max(0, at - 7) : at - 1]}
    return at > 1 and items[at - 1].symbol in ("v:called", "gồm", "như") and not before.isdisjoint(("C", "có"))


def _does(items: Sequence[Item]) -> bool:
    """Whether a place is the subject that carries the model out: huyện Tân Phú thực hiện mô hình."""
    verbs = ("thực", "triển", "bố", "áp", "nhất")
    return any(item.symbol == "P" and following.symbol in verbs for item, following in pairwise(items))


@dataclass(frozen=True)
class Where:
    """Of what words speak: the places that they name → their levels, and "country" or "province" where they say so."""

    places: dict[str, str]
    scope: str | None


_COUNTRY = re.compile(r"\b(?:cả nước|toàn quốc)\b", re.I)
_PROVINCE = re.compile(r"\b(?:toàn|trong|của|địa bàn|cả) tỉnh\b|\btỉnh (?:đã|có|hiện|đang)\b", re.I)


def where_of(sentence: Sentence, start: int, end: int) -> Where | None:
    """Of what place the words speak; None where they name none."""
    found = [i.value for i in sentence.items if start <= i.start and i.end <= end and isinstance(i.value, Place)]
    places = {place.full: LEVEL_OF[place.kind] for place in found if place.kind in LEVEL_OF}
    text = sentence.between(start, end)
    scope = "country" if _COUNTRY.search(text) else "province" if _PROVINCE.search(text) else None
    return Where(places, scope) if places or scope else None


def level_of(sentence: Sentence, model: Model, span: tuple[int, int]) -> str | None:
    """The level at which the posts are, by the words of them and beside them."""
    text = key(sentence.between(max(sentence.paragraph.start, span[0] - 30), span[1] + 40))
    for word, level in LEVELS.items():
        said = rf"\bcấp {word}\b|\b{word}, phường\b|\bủy ban nhân dân {word}\b|\bhội đồng nhân dân {word}\b|\b{word}$"
        if level in model.levels and re.search(said, text):
            return level
    if re.search(r"\bhuyện ủy\b", text) and "district" in model.levels:
        return "district"
    return model.levels[0] if len(model.levels) == 1 else None
