"""Posts whose unit or holder stands elsewhere in the sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from graph.text import key
from graph.titles import ParsedPosts, Post
from graph.vocabulary import title, unit_kind, unit_kind_of
from loaders.reading.items import Item, Sentence
from loaders.reading.post_runs import SaidPost
from loaders.reading.unit_names import Unit


def in_named_unit(
    parsed: ParsedPosts, sentence: Sentence, before: int, left: Collection[tuple[int, int] | None] = ()
) -> ParsedPosts:
    """The posts; one that names no unit, or says "sở này", is in the unit named last before it that has such a post,
    but not in one of those `left`, which are told by where they stand."""
    if all(post.unit_name and not _points_back(post) for post in parsed.posts):
        return parsed
    held = _without_above(sentence, _without_left(sentence, before))
    now = [item for item in held if (item.start, item.end) not in left]
    units = units_of(_without_givers(sentence, now))
    # what someone says is no part of his post, and what he was before is another's
    ended = _NO_MORE.search(sentence.text(), max(before - sentence.start, 0))
    stop = sentence.start + ended.start() if ended else sentence.end
    rest = _without_left(sentence, sentence.end)
    later = units_of([item for item in rest if before < item.start < stop])
    if not units and _OF_BEFORE.search(sentence.text()):
        later = []
    starts = {item.start for item in now}
    merged = [item for item in _without_merged(sentence, before) if item.start in starts]
    lasting = units_of(_without_givers(sentence, merged))
    others = [*reversed(later), *lasting]
    posts = [post if _of_unread(post, parsed) else _first_placed(post, others, units) for post in parsed.posts]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)


def _of_unread(post: Post, parsed: ParsedPosts) -> bool:
    """Whether what stands right behind a title, and is not understood, is its unit: Tư lệnh *Quân khu 9*."""
    return any(0 <= span[0] - post.span[1] <= 1 and text[:1].isupper() for text, span in parsed.unknown)


def no_longer_of(beside: Sequence[Post], new: Sequence[Post]) -> set[tuple[int, int] | None]:
    """Where the units stand that a person leaves for a new post, since nobody is given in a unit what he is there, or
    from head becomes a deputy: Chủ tịch Công đoàn Viên chức tỉnh giữ chức *Chủ tịch*."""

    def leaves(post: Post, other: Post) -> bool:
        down = title(post.title_code).role == "head" and title(other.title_code).role == "deputy"
        same = post.title_code == other.title_code and other.mode == "full"
        return other.unit_name is None and (down or same)

    return {post.mention for post in beside if isinstance(post, SaidPost) and any(leaves(post, n) for n in new)}


_NO_MORE = re.compile(r":|\b(?:trước (?:đó |đây )?là|nguyên|từng)\b", re.I)
_BODY = r"(?:ban|sở|trung tâm|chi cục|viện|trường|cơ quan|đơn vị|bệnh viện|báo|đài|phòng|cục)"
# a unit that the sentence before names: Giám đốc ban này nay do ông A …; Lãnh đạo đơn vị gồm …
_OF_BEFORE = re.compile(
    rf"\b{_BODY} (?:này|trên|nói trên|mới)\b|\btrong (?:ban (?:giám đốc|lãnh đạo)|tập thể lãnh đạo)\b"
    rf"|\blãnh đạo {_BODY} (?:này )?(?:có|gồm|hiện)\b"
    r"|\bthủ trưởng (?:cơ quan|đơn vị) (?:là|do|được)\b",
    re.I,
)

_DEPUTIES = re.compile(
    r"\W*(?:(?:các|hai|ba|bốn|\d+)\s+)(?:đồng chí\s+)?(?:cấp )?phó\s"
    r"|\W*(?:giúp việc|giúp)(?: cho)? (?:ông|bà|đồng chí|giám đốc|trưởng ban|người đứng đầu)\s",
    re.I,
)


# the unit of a post that is told as one of former times: (nguyên Giám đốc Trung tâm A) giữ chức Giám đốc Trung tâm
_LEFT = re.compile(r"(?:nguyên|nguyên là|cựu|trước là|trước đó là|trước đây là|từng là|vốn là)\s*$", re.I)


def _without_left(sentence: Sentence, before: int) -> list[Item]:
    """The items before the offset without posts of former times."""
    text, first = sentence.text(), sentence.start
    items = [item for item in sentence.items if item.end <= before]

    def is_left(item: Item) -> bool:
        at = item.start - first
        return item.symbol == "C" and _LEFT.search(text, max(0, at - 16), at) is not None

    return [item for item in items if not is_left(item)]


def points_back(sentence: Sentence) -> bool:
    """Whether the sentence speaks of a unit that another one has named."""
    return _OF_BEFORE.search(sentence.text()) is not None or _DEPUTIES.match(sentence.text()) is not None


def _first_placed(post: Post, units: list[Unit], others: list[Unit]) -> Post:
    """The post in the last of the units that has such a post; in one of the others where none has."""
    placed = _placed(post, units)
    return placed if placed is not post and placed.unit_name else _placed(post, others)


# what a unit was made of: A is made by the merger of B and C
_MADE_OF = re.compile(
    r"(?:từ|do|qua|sau|trên cơ sở)(?: việc)?(?: được)? (?:hợp nhất|sáp nhập|tổ chức lại|nhập|nguyên trạng)"
    r"|(?:hợp nhất|sáp nhập|hình thành|thành lập)(?: lại)? từ",
    re.I,
)
_MADE = re.compile(r"\b(?:thành(?! (?:lập|phố|viên|ủy))|lấy tên|mang tên|tên gọi|tên mới|vào)\b", re.I)


def _without_merged(sentence: Sentence, before: int) -> list[Item]:
    """The items before the offset, without the units that the sentence's own unit was made of."""
    items = [item for item in sentence.items if item.end <= before]
    made_of = _MADE_OF.search(sentence.text(), 0, before - sentence.start)
    if made_of is None:
        return items
    result = _MADE.search(sentence.text(), made_of.end(), before - sentence.start)
    begin, end = sentence.start + made_of.start(), sentence.start + result.start() if result else before
    return [item for item in items if not begin < item.start < end]


def _without_givers(sentence: Sentence, items: list[Item]) -> list[Item]:
    """The items without units from which something is taken over (nhận nhiệm vụ từ Sở Nội vụ)."""
    text, first = sentence.text(), sentence.start
    return [i for i in items if i.symbol != "U" or not text[: i.start - first].endswith(("từ ", "từ các "))]


# whose the direction is, or the decision: chịu sự hướng dẫn về chuyên môn của Sở Nông nghiệp
_OF_ABOVE = re.compile(
    r"\b(?:hướng dẫn|kiểm tra|chỉ đạo|quản lý|quản lí|lãnh đạo|giám sát|điều hành|quyết định)\b[^.;:]{0,60}\bcủa\s+$",
    re.I,
)


def _without_above(sentence: Sentence, items: list[Item]) -> list[Item]:
    """The items without the units under whose direction, or by whose decision, something is."""
    text, first = sentence.text(), sentence.start

    def is_above(item: Item) -> bool:
        at = item.start - first
        return item.symbol == "U" and _OF_ABOVE.search(text[max(0, at - 90) : at]) is not None

    return [item for item in items if not is_above(item)]


# one word of a kind, for a unit that is named before (Phó Giám đốc Sở)
_KIND_ONLY = frozenset(
    ("sở", "trung tâm", "bệnh viện", "trường", "chi cục", "viện", "cục", "nhà trường", "ban quản lý")
)


def _points_back(post: Post) -> bool:
    return _kind_said(post) in _KIND_ONLY or key(post.unit_name or "").endswith((" này", " nói trên"))


def _kind_said(post: Post) -> str:
    """The words of a unit without those that point back (bệnh viện này)."""
    return re.sub(r" (?:này|nói trên|trên)$", "", key(post.unit_name or ""))


# who leads a delegation for a day holds no post; who leads that of the National Assembly's deputies does
OF_A_VISIT = frozenset(("truong_doan", "pho_truong_doan"))


def is_of_kind_said(post: Post, name: str) -> bool:
    """Whether a post that names no unit, or only the word of its kind, can be in the unit of the name."""
    if post.unit_name and not _points_back(post):
        return False
    said = _kind_said(post).removeprefix("nhà ")
    return said not in _KIND_ONLY or key(name).startswith(f"{said} ")


def _placed(post: Post, units: list[Unit]) -> Post:
    if (post.unit_name and not _points_back(post)) or post.title_code in OF_A_VISIT:
        return post
    if _kind_said(post) in _KIND_ONLY:
        said = _kind_said(post).removeprefix("nhà ")
        same = [u for u in units if key(u.name).startswith(f"{said} ") and u.basis != "short" and not u.group]
        if not same:
            return post
        units = same
    plain = replace(post, unit_name=None, unit_kind=None) if post.unit_name else post
    for unit in map(_whole_body, reversed(units)):
        about = unit_kind(unit.kind)
        if not unit.group and unit.basis != "short" and post.title_code in about.heads + about.deputies:
            return replace(plain, unit_name=unit.name, unit_kind=unit.kind, level=unit.level, place=unit.place)
    return plain


_COMMITTEE = re.compile(r"(?:Ban Thường vụ|Ban Chấp hành|Ban Thường trực|Thường trực|Thường vụ) (?=\w)")
_PARTY = {"huyện": "Huyện ủy", "tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "thị xã": "Thị ủy", "quận": "Quận ủy"}


def _whole_body(unit: Unit) -> Unit:
    """The body of which a unit is a committee, whose posts it has: Đảng ủy UBND tỉnh for Ban Thường vụ Đảng ủy UBND
    tỉnh, Huyện ủy for Ban Chấp hành Đảng bộ huyện."""
    found = _COMMITTEE.match(unit.name)
    if found is None:
        return unit
    name = unit.name[found.end() :]
    of_party = re.fullmatch(r"Đảng bộ (?:(tỉnh|huyện|thành phố|thị xã|quận)|(xã|phường|thị trấn|đặc khu)\b.*)", name)
    if of_party:
        name = _PARTY[of_party[1]] if of_party[1] else name.replace("Đảng bộ", "Đảng ủy")
    kind = unit_kind_of(name)
    return replace(unit, name=name, kind=kind) if kind else unit


def units_of(items: Sequence[Item]) -> list[Unit]:
    """The units of items in their order, those of posts included."""
    values = [item.value for item in items if item.symbol in ("U", "C")]
    units = [value if isinstance(value, Unit) else getattr(value, "unit", None) for value in values]
    return [unit for unit in units if isinstance(unit, Unit)]


def lasting_units(sentence: Sentence) -> list[Unit]:
    """The units of a sentence without those that another was made of, and those of posts of former times."""
    lasting = _without_merged(sentence, sentence.end)
    left = _without_above(sentence, _without_left(sentence, sentence.end))
    return units_of([item for item in lasting if item in left] or left)


def names_unit(sentence: Sentence) -> bool:
    """Whether the sentence names a unit, not only by a word of its kind (Trung tâm có 19 biên chế; …)."""
    return any(unit.basis != "short" for unit in units_of(sentence.items))


def names_other_unit(sentence: Sentence, before: int, beside: Sequence[ParsedPosts]) -> bool:
    """Whether the sentence names a unit before the offset besides those of a person's own posts."""
    own = {post.mention for parsed in beside for post in parsed.posts if isinstance(post, SaidPost)}
    items = [item for item in sentence.items if item.end <= before and (item.start, item.end) not in own]
    return any(unit.basis != "short" for unit in units_of(items))


def in_unit_before(parsed: ParsedPosts, before: Sequence[Unit]) -> ParsedPosts:
    """The posts; one that names no unit is in the last unit of the sentence before that has such a post."""
    posts = [
        post if post.unit_name and not _points_back(post) else _placed(post, list(before)) for post in parsed.posts
    ]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)


def is_of_named_kind(parsed: ParsedPosts) -> bool:
    """Whether a post is in a unit of which only the kind is said (Phó Giám đốc Sở)."""
    return any(post.unit_name and _points_back(post) for post in parsed.posts)


def in_heading(parsed: ParsedPosts, heading: Sequence[Unit]) -> ParsedPosts:
    """The posts; one that names no unit is in that of the line above the list."""
    if len(heading) != 1 or all(post.unit_name for post in parsed.posts):
        return parsed
    posts = [_placed(post, list(heading)) for post in parsed.posts]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)
