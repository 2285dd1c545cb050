"""Posts that are said to end: "ông A thôi giữ chức Giám đốc Sở B", "miễn nhiệm chức danh Chủ tịch đối với ông C"."""

from __future__ import annotations

import re
from itertools import takewhile

from loaders.reading.items import Item, Sentence
from loaders.reading.post_runs import is_post, run_end, titled, wording

_CALLED = r"(?:\s+(?:giữ\s+)?(?:chức vụ|chức danh|chức|vị trí|cương vị))?"
# what ends a post, before it
_ENDS = re.compile(
    rf"(?:\b(?:miễn nhiệm|bãi nhiệm|cách chức|cho thôi|thôi giữ|thôi làm|thôi đảm nhiệm|rời|không còn giữ){_CALLED}"
    r"|\bcách chức|\bthôi chức)\s+$",
    re.I,
)
# between the post and whom it is taken from
_FROM = re.compile(
    r"[\s,]*(?:nhiệm kỳ\s+[\d\s–-]+)?,?\s*(?:đối với|của|cho)\s+(?:các\s+|đồng chí\s+|ông,? bà\s+|ông\s+|bà\s+|:\s*)*$"
)
# what is still to come, or does not come
_NOT_YET = re.compile(r"\b(?:sẽ|xin|đề nghị|đề xuất|dự kiến|chưa|không phải|xem xét)\b", re.I)
_FAR = 90


def ended_post(sentence: Sentence, item: Item) -> tuple[int, int] | None:
    """The span of the post that the person is said to hold no more."""
    return _behind(sentence, item) or _before(sentence, item)


def _behind(sentence: Sentence, item: Item) -> tuple[int, int] | None:
    """Ông A (…) thôi giữ chức *Giám đốc Sở B*."""
    text, first = wording(sentence), sentence.start
    following = sentence.items[sentence.position(item) + 1 :]
    own = takewhile(lambda each: each.symbol not in ("N", ";", ":"), following)
    for post in (each for each in own if is_post(sentence, each)):
        begin = post.start - first
        said = text[item.end - first : begin]
        if len(said) < _FAR and _ENDS.search(said):
            return None if _NOT_YET.search(said) or not titled(text[begin:]) else (begin, run_end(sentence, begin))
    return None


def _before(sentence: Sentence, item: Item) -> tuple[int, int] | None:
    """Miễn nhiệm chức danh *Chủ tịch UBND huyện* đối với ông A."""
    text, first, start = wording(sentence), sentence.start, item.start - sentence.start
    earlier = reversed(sentence.items[: sentence.position(item)])
    post = next((each for each in earlier if each.symbol == "N" or is_post(sentence, each)), None)
    if post is None or post.symbol == "N":
        return None
    begin = post.start - first
    end = run_end(sentence, begin)
    said = text[max(0, begin - _FAR) : begin]
    if end > start or not _FROM.match(text[end:start] or " ") or not _ENDS.search(said) or _NOT_YET.search(said):
        return None
    return begin, end
