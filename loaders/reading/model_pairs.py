"""Where a sentence names the two posts of a model of concurrent posts (A đồng thời là B, A kiêm B, A là B)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.packaged import packaged_yaml
from graph.text import key
from graph.vocabulary import Model, models, titles, unit_kind
from loaders.reading.document import Document
from loaders.reading.items import Item, PostAt, Sentence
from loaders.reading.lexicon import title_phrases
from loaders.reading.places import LEVEL_OF
from loaders.reading.post_runs import parse, wording
from loaders.reading.scan import words_of
from loaders.reading.unit_names import Unit

_OFFICE = r"(?:chức )?(?:danh |vụ )?"
# what joins the two posts of a model, over the symbols of a sentence
_JOIN = (
    rf"(?:(?:, )?đồng thời (?:cũng )?(?:(?:v:called|là|làm|giữ|kiêm|đảm nhiệm|đảm nhận) )?(?:nhiệm )?{_OFFICE}"
    rf"|(?:, )?(?:kiêm|phụ trách) (?:nhiệm )?(?:luôn |thêm )?(?:giữ )?{_OFFICE}"
    rf"|(?:trúng cử|đắc cử|được (?:\S+ ){{0,2}}?bầu) (?:(?:làm|giữ|vào) )?{_OFFICE}"
    rf"|(?:v:called|là|làm) )"
)
# between the first post and what joins it: cấp ủy; quận, huyện
_OF = r"(?:(?![,CN;:] )\S+ |, (?=(?:xã|phường|thị[_ ]trấn|huyện|quận|thị[_ ]xã|thành[_ ]phố|tỉnh|đặc[_ ]khu) )){0,6}?"
# further posts behind the last; not the first of what follows: A kiêm B, C là D
_LAST = r"(?:(?:hoặc |và |, )(?:C |U |K )(?!(?:v:called|là|kiêm|đồng thời|được|do) ))*"
_JOINED = re.compile(rf"C {_OF}{_JOIN}(?:(?![,;:] )\S+ ){{0,3}}?C {_LAST}")
# two posts made one: nhất thể hóa chức danh A và B; hợp nhất hai chức danh A, B; mô hình A - B
_ONE = re.compile(
    r"(?:(?<!\S)nhất thể hóa (?:(?:việc|các|hai|cặp|chức|danh|vị|trí|#|M) ){0,5}"
    r"|(?<!\S)(?:v:merge|kết hợp|gộp|ghép) (?:(?:các|hai|cặp|#) ){0,2}(?:M|chức danh|vị trí) (?:chức danh )?"
    r"|(?<!\S)(?:tách|v:split) (?:riêng )?(?:(?:các|hai|#|M|chức|danh) ){0,4}"
    r"|(?<!\S)(?:mô hình|chức danh|bố trí|thực hiện) (?:: )?(?=C - C ))C (?:[KU] )?(?:, |và |với |- |/ )C "
    # two posts in one hand: A và B do một người đảm nhiệm; A do một B kiêm nhiệm
    r"|C (?:và |, )C (?=(?:đều )?(?:do|giao|giao cho) (?:cùng )?(?:#|một) (?:M|người) )"
    r"|C (?:(?![,CN;:] )\S+ ){0,4}?do (?:# |một )?C (?=(?:(?![,;:CNM] )\S+ ){0,3}?"
    r"(?:kiêm|đảm nhiệm|đảm nhận|phụ trách) )"
    # một người giữ cả hai chức danh A và B
    r"|(?<!\S)(?:#|một) M (?:(?:đồng|thời|cùng|lúc|đã|đang) ){0,3}(?:đảm nhiệm|đảm nhận|giữ|gánh|kiêm|làm) "
    r"(?:cả |luôn )?(?:(?:#|hai|các) M )?(?:chức danh )?C (?:và |với |kiêm )C "
)
# a further two of a list: nhất thể hóa A và B, C và D
_FURTHER = re.compile(r"[,;] C (?:và |với |- )C ")
# what stands before two posts that only "là" joins: bố trí bí thư chi bộ là trưởng thôn
_PLAIN = re.compile(
    r"mô hình|bố trí|nhất thể hóa|kiêm nhiệm|hợp nhất|quy định\s*$"
    r"|\b(?:trung tâm|cấp xã|cấp huyện)\b[^,;:.]{0,40} (?:có|gồm)\s*$"
    r"|\b(?:thôn|ấp|bản|xóm|phố|xã|phường|huyện) (?:đều )?có\s*$"
    r"|\d\s*(?:thôn|ấp|bản|xóm|khu phố|tổ dân phố|xã|phường|thị trấn|huyện|quận|thị xã|thành phố|đơn vị|nơi|,| )+$",
    re.I,
)
# … là giám đốc trung tâm chính trị cấp huyện theo chế độ kiêm nhiệm
_BY_THE_WAY = re.compile(r"(?:\s+cấp \w+)?\s+theo chế độ kiêm nhiệm\b")
_MORE_THAN_IS = re.compile(
    r"đồng thời|kiêm|nhất thể hóa|trúng cử|đắc cử|bầu|v:merge|kết hợp|gộp|ghép|v:split|tách|cũng"
    r"|\b(?:do|làm)\b|C - C|C (?:và|,) C $"
)
_NOT = re.compile(r"không phải|người địa phương")
# what tells that the posts are those of a model, though a person is named before them
_GENERAL = re.compile(
    r"mô hình|chức danh|chủ trương|nhất thể hóa|(?<!được )bố trí|thực hiện|thí điểm"
    r"|\d\s*(?:xã|phường|huyện|quận|thôn|ấp|bản|xóm|khu|đơn vị|địa phương)\b",
    re.I,
)
# what makes the person who is named the one who says it
_SAYS = re.compile(
    r"[^;:]{0,80}?\b(?:cho biết|cho hay|cho rằng|nói|khẳng định|nhấn mạnh|thông tin|báo cáo|đánh giá|đề nghị|đề xuất"
    r"|yêu cầu|chia sẻ|nhận định|kiến nghị|lưu ý)\b",
    re.I,
)
_PLACE_OF_POST = re.compile(r"\s+(?:cấp )?(xã|phường|thị trấn|huyện|quận|thị xã|tỉnh)\b")


@dataclass(frozen=True)
class Side:
    """One post of a model as named: title code, kind of unit (empty where it is only said "cấp ủy")."""

    title: str
    kind: str
    level: str | None


@dataclass(frozen=True)
class Pair:
    """Two posts that a sentence joins, and the models of which they are the sides. `start`, `end`: from the first
    to the last; `between`: from the end of the first to the next."""

    models: tuple[Model, ...]
    start: int
    end: int
    between: tuple[int, int]
    rule: str = "two-posts"


@lru_cache(maxsize=1)
def _heads() -> dict[str, list[str]]:
    found: dict[str, list[str]] = packaged_yaml("loaders", "reading", "data", "models.yaml")["heads"]
    return found


def find_pairs(document: Document, sentence: Sentence, *, listed: bool = False) -> Iterator[Pair]:
    """The pairs of posts of the sentence that are a model's, from left to right. Those of one person are none;
    `listed`: it stands in a list of models, where "là" is enough."""
    row = _with_heads(sentence)
    if row.symbols.count("C ") < 2:
        return
    at = 0
    while at < len(row.symbols):
        found = [m for m in (_JOINED.search(row.symbols, at), _ONE.search(row.symbols, at)) if m is not None]
        if not found:
            return
        match = min(found, key=lambda m: m.start())
        pair = _pair(document, row, match, listed)
        if pair is not None:
            yield pair
            at = match.end() - 2  # the last post may be the first of the next pair: A kiêm B đồng thời là C
            further = _FURTHER.match(row.symbols, match.end()) if match.re is _ONE else None
            while further is not None:
                pair = _pair(document, row, further, listed)
                if pair is None:
                    break
                yield pair
                at = further.end()
                further = _FURTHER.match(row.symbols, at)
        else:
            at = match.start() + 2


def _pair(document: Document, sentence: Sentence, match: re.Match[str], listed: bool) -> Pair | None:
    items = sentence.items[sentence.index(match.start()) : sentence.index(match.end() - 2) + 1]
    posts = [item for item in items if item.symbol in ("C", "U", "K")]
    start, end = posts[0].start, posts[-1].end
    if _NOT.search(document.normal.text[items[0].start : end]) or _of_a_person(sentence, start, end):
        return None
    before = sentence.between(sentence.start, start)
    behind = sentence.between(end, sentence.end)
    told = listed or _MORE_THAN_IS.search(match[0]) or _PLAIN.search(before) or _BY_THE_WAY.match(behind)
    if not told:
        return None
    sides = [side for side in (side_of(item, document, sentence) for item in posts) if side is not None]
    around = key(document.normal.text[start : min(end + 24, sentence.end)])
    named = [m for m in known_models(sides) if not m.b_name or " ".join(key(m.b_name).split()[1:]) in around]
    # nobody is both where "và" may join the posts of two: only what is made one
    return Pair(tuple(named), start, end, (posts[0].end, posts[1].start)) if named else None


_WITH_HEADS = re.compile(r" đứng đầu | M [UK] |(?:^| )M (?:[^,;:C ]+ ){0,5}(?:đồng thời|kiêm) ")


def _with_heads(sentence: Sentence) -> Sentence:
    """The sentence with "người đứng đầu" and the unit behind it as the post of its head, and with "một phó chủ tịch"
    and the unit behind it as that post."""
    if not _WITH_HEADS.search(sentence.symbols):
        return sentence
    found = Sentence(sentence.paragraph, sentence.start, sentence.end)
    at = 0
    while at < len(sentence.items):
        post, length = _post_of_head(sentence, at) or _post_counted(sentence, at) or (sentence.items[at], 1)
        found.items.append(post)
        at += length
    found.close()
    return found


_LONGEST_POST = 90  # characters


def _post_of_head(sentence: Sentence, at: int) -> tuple[Item, int] | None:
    items = sentence.items[at : at + 4]
    unit = items[-1].value
    if [i.symbol for i in items[:3]] != ["người", "đứng", "đầu"] or not isinstance(unit, Unit):
        return None
    heads = unit_kind(unit.kind).heads
    return (Item("C", items[0].start, unit.end, PostAt(heads[0], unit, items[0].start, unit.end)), 4) if heads else None


def _post_counted(sentence: Sentence, at: int) -> tuple[Item, int] | None:
    items = sentence.items[at : at + 2]
    unit = items[-1].value
    if items[0].symbol != "M" or len(items) < 2:
        return None
    first = sentence.paragraph.start
    words = words_of(sentence.paragraph.text, items[0].start - first, items[0].end - first)
    title = title_phrases().match(words, 0)
    if title is None or title[1] < len(words):
        return None
    if isinstance(unit, Unit):
        return Item("C", items[0].start, unit.end, PostAt(title[0], unit, items[0].start, unit.end)), 2
    return _post_in_words(sentence, at, title[0])


def _post_in_words(sentence: Sentence, at: int, title: str) -> tuple[Item, int] | None:
    """The counted post at the index whose unit begins with the title's last word: 9/11 *trưởng ban dân vận*; one
    without a unit before "kiêm"."""
    item = sentence.items[at]
    said = wording(sentence)[item.start - sentence.start :][:_LONGEST_POST]
    post = next((post for post in parse(said).posts[:1] if post.span[0] == 0 and said.startswith(post.raw)), None)
    if post is None:
        return None
    end = max(item.end, item.start + len(post.raw))
    kind = post.unit_kind if post.unit_name else None
    unit = Unit(post.unit_name or "", kind, post.level, post.place, item.start, end) if kind else None
    count = sum(1 for other in sentence.items[at:] if other.start < end)
    return Item("C", item.start, end, PostAt(title, unit, item.start, end)), count


def _of_a_person(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the two posts are those of a person who is named beside them, or before them in the clause."""
    before = [item for item in sentence.items if item.end <= start]
    for item in before[::-1]:
        if item.symbol in (";", ":"):
            break
        if item.symbol == "N":
            between = sentence.between(item.end, start)
            return _GENERAL.search(between) is None and _SAYS.match(between) is None
    behind = [item for item in sentence.items if item.start >= end][:2]
    if behind and behind[0].symbol not in (";", ":") and any(item.symbol == "N" for item in behind):
        return True
    return any(item.symbol == "N" and start <= item.start < end for item in sentence.items)


def side_of(item: Item, document: Document, sentence: Sentence) -> Side | None:
    value = item.value
    if isinstance(value, PostAt):
        unit = value.unit
        if unit is not None and unit.basis == "short":  # Trung tâm: the one named before
            unit = _in_full(unit, item, sentence) or unit
        text = document.normal.text
        if unit is None and key(text[item.end : item.end + 7]) == "chi bộ":
            return Side(value.title, "chi_bo", "hamlet")
        if unit is None and key(text[item.end : item.end + 9]) == "mặt trận":
            return Side(value.title, "mttq", None)
        place = _PLACE_OF_POST.match(text, item.end)
        if unit is None and place is not None and value.title in _CHAIRS:  # Chủ tịch xã: of its people's committee
            return Side(value.title, "ubnd", LEVEL_OF[place[1]])
        kind = unit.kind if unit is not None else _kind_of_title(value.title) or _kind_before(item, sentence)
        return Side(value.title, kind, unit.level if unit is not None else None)
    kind = getattr(value, "kind", "")
    return Side("", kind, getattr(value, "level", None)) if kind in ("ubnd", "hdnd") else None


def _in_full(unit: Unit, item: Item, sentence: Sentence) -> Unit | None:
    named = [i.value for i in sentence.items if i.symbol == "U" and i.end <= item.start]
    begins = key(unit.name) + " "
    return next((u for u in reversed(named) if isinstance(u, Unit) and key(u.name).startswith(begins)), None)


def _kind_of_title(title: str) -> str:
    known = titles().get(title)
    return _heads().get(title, [known.kind if known else ""])[0]


def _kind_before(item: Item, sentence: Sentence) -> str:
    """The kind of the last unit before that has such a post: trung tâm chính trị có *giám đốc* là …"""
    if not isinstance(item.value, PostAt) or item.value.title not in ("giam_doc", "pho_chu_tich"):
        return ""
    units = [i.value for i in sentence.items if i.symbol in ("U", "K", "Y") and i.end <= item.start]
    for unit in reversed(units):
        if isinstance(unit, Unit) and item.value.title in unit_kind(unit.kind).heads + unit_kind(unit.kind).deputies:
            return unit.kind
    return ""


_CHAIRS = frozenset(("chu_tich", "pho_chu_tich", "pho_chu_tich_thuong_truc"))


def known_models(sides: Sequence[Side]) -> list[Model]:
    """The models of graph/data of which the posts are the two sides; the last side may be several (hoặc)."""
    if len(sides) < 2:
        return []
    # Bí thư kiêm Chủ tịch: of the people's committee
    first, *others = [
        replace(side, kind="ubnd") if side.title == "chu_tich" and not side.kind and _is_secretary(sides) else side
        for side in sides
    ]
    found: list[Model] = []
    last = first
    for side in others:
        titled = side if side.title else Side(last.title or "chu_tich", side.kind, side.level)
        last = titled
        for model in sorted(models(), key=lambda m: len(m.a_titles)):  # the most exact first
            if _fits(first, titled, model) or _fits(titled, first, model):
                if model not in found:
                    found.append(model)
                break
    return found


def _is_secretary(sides: Sequence[Side]) -> bool:
    return any(side.title == "bi_thu" and (not side.kind or side.kind in _COMMITTEES) for side in sides)


_COMMITTEES = frozenset(("dang_uy", "huyen_uy", "quan_uy", "thi_uy", "thanh_uy"))


def _fits(a: Side, b: Side, model: Model) -> bool:
    return _is(a, model.a_titles, model.a_kinds) and _is(b, model.b_titles, model.b_kinds)


_PARTY_TITLES = frozenset(("bi_thu", "pho_bi_thu", "pho_bi_thu_thuong_truc"))
# which inspectorate is meant is said by the level only
_INSPECTORATES = frozenset(("thanh_tra", "thanh_tra_so", "thanh_tra_huyen", "thanh_tra_tinh"))


def _is(side: Side, titles: Sequence[str], kinds: Sequence[str]) -> bool:
    if side.title not in titles:
        return False
    if side.kind == "ban_tuyen_giao_dan_van" and "ban_tuyen_giao" in kinds:
        return True  # what the commission became
    if side.kind in _INSPECTORATES and not _INSPECTORATES.isdisjoint(kinds):
        return True
    bare = not side.kind and side.title in _PARTY_TITLES
    return side.kind in kinds or (bare and not {"dang_uy", "chi_bo"}.isdisjoint(kinds))
