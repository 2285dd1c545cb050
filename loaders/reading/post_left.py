"""Posts that a person leaves: those beside the name, where another is given or the person goes away."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.titles import ParsedPosts, Post
from loaders.reading.items import Item, Sentence
from loaders.reading.post_lists import said_before
from loaders.reading.post_runs import wording

GAVE = re.compile(r"\b(?:bầu|bổ nhiệm|chỉ định|giao|chuẩn y|phê chuẩn|điều động|luân chuyển|phân công)\b", re.I)
_MOVES = re.compile(
    r"điều động|được điều (?:về|đến|sang)|luân chuyển|thôi giữ|miễn nhiệm|bổ nhiệm(?! lại)|chuẩn y|nhận công tác"
    r"|thôi làm"
    r"|(?:về|đến|sang) (?:nhận )?(?:công tác|nhiệm vụ)|chuyển (?:về|đến|sang|công tác)"
    r"|(?:về|sang) (?:làm|giữ)|tiếp nhận",
    re.I,
)
STAYS = re.compile(
    r"\b(?:kiêm|đồng thời|tiếp tục|phụ trách|bổ nhiệm lại|tái bổ nhiệm|tái cử|tái đắc cử|giữ nguyên)\b", re.I
)
_LEADS = frozenset(("bi_thu", "pho_bi_thu", "pho_bi_thu_thuong_truc"))
_AWAY = re.compile(
    r"[\s,)–-]*(?:(?:vừa|đã|cũng|được|sẽ|xin|bị|cho|nhận quyết định)\s+)*(?:điều động|luân chuyển"
    r"|thôi(?! tham gia| kiêm)|nghỉ hưu|chuyển công tác|miễn nhiệm|cách chức|nghỉ công tác|nghỉ chế độ"
    r"|(?:đến|về) (?:nhận )?công tác)"
)
_SENT = re.compile(
    r"(?:(?:điều động|luân chuyển|miễn nhiệm|cho thôi chức)(?: đối với)?"
    r"|(?:nghỉ hưu|nghỉ chế độ|nghỉ việc|thôi việc|nghỉ công tác)(?: trước tuổi)? (?:cho|đối với))\s*$"
)


# why another leaves: miễn nhiệm ông A (chuyển công tác) và bầu ông B
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def said_of(sentence: Sentence, item: Item) -> str:
    """What is said before a person; of two of whom another thing is said each, only the latter (miễn nhiệm ông A, Phó
    Bí thư, và bầu ông B)."""
    text, start = wording(sentence), item.start - sentence.start
    before = (sentence.items[at] for at in range(sentence.position(item) - 1, -1, -1))
    earlier = next((each for each in before if each.symbol == "N"), None)
    if earlier is not None and (apart := text[earlier.end - sentence.start : start]) and GAVE.search(apart):
        return _IN_BRACKETS.sub("", apart)
    return said_before(text, start)


def left_posts(parsed: ParsedPosts, new: list[Post], said: str) -> ParsedPosts:
    """The posts beside a name; those that end with the new one are former. A party post is kept where the person
    is elected to, or put in charge of, another."""
    moved, elected = _MOVES.search(said) is not None, re.search(r"\bbầu\b", said) is not None
    if STAYS.search(said) or not (moved or elected):
        return parsed

    def stays(post: Post, other: Post) -> bool:
        same = (post.title_code, post.unit_name) == (other.title_code, other.unit_name)
        return same and (post.place is None or other.place is None or post.place == other.place)

    def ends(post: Post) -> bool:
        if any(stays(post, other) for other in new):
            return False
        return moved if post.title_code in _LEADS else moved or post.title_code not in ("chu_tich", "pho_chu_tich")

    posts = [replace(post, former=True) if ends(post) else post for post in parsed.posts]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)


def goes_away(text: str, start: int, reach: int) -> bool:
    """Whether the person leaves the post beside the name, and no other is said."""
    return bool(_AWAY.match(text, reach) or _SENT.search(text[max(0, start - 40) : start]))
