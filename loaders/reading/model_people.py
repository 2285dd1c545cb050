"""The two posts of a model in the hands of a person who is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from loaders.reading.document import Document
from loaders.reading.items import Item, Sentence
from loaders.reading.model_pairs import Pair, known_models, side_of

# a post of former times, or one that somebody leaves
_FORMER = re.compile(
    r"(?:nguyên|nguyên là|cựu|trước là|từng là|thôi|thôi giữ|thôi giữ chức|rời|miễn nhiệm|thay)\s*$", re.I
)
# between two posts of one person
_OF_ONE = re.compile(r"(?:[,–-]|và|kiêm|kiêm nhiệm|đồng thời|là|giữ|làm|chức|vụ|danh|luôn|cấp ủy|đảng ủy|\s)*", re.I)


def pairs_of_people(sentence: Sentence, document: Document) -> Iterator[Pair]:
    """The pairs of posts, both sides of a model, that one person who is named has now: đồng chí Hoàng Văn Sáu, Trưởng
    Ban Tuyên giáo Quận ủy đồng thời là Giám đốc Trung tâm Chính trị."""
    text, first = sentence.text(), sentence.start
    people = [item for item in sentence.items if item.symbol == "N"]
    posts = [item for item in sentence.items if item.symbol == "C"]
    for one, other in pairwise(posts) if people else ():
        if not any(_has(sentence, person, one, other) for person in people):
            continue
        if not _OF_ONE.fullmatch(sentence.between(one.end, other.start)):
            continue
        if any(_FORMER.search(text, max(0, post.start - first - 18), post.start - first) for post in (one, other)):
            continue
        sides = [side for side in (side_of(post, document, sentence) for post in (one, other)) if side is not None]
        named = tuple(model for model in known_models(sides) if not model.b_name)
        if named:
            yield Pair(named, one.start, other.end, (one.end, other.start), "two-posts-of-one")


# what stands between a person and the posts that are his
_BESIDE = frozenset(
    (",", "-", "–", "(", "C", "U", "K", "Y", "P", "v:called", "hiện", "đang", "là", "giữ", "chức", "vụ")
)


def _has(sentence: Sentence, person: Item, one: Item, other: Item) -> bool:
    """Whether two posts stand beside the name of a person: behind it with nothing but further posts between, or right
    before it."""
    at = sentence.position(person)
    if person.end <= one.start:
        return all(item.symbol in _BESIDE for item in sentence.items[at + 1 : sentence.position(one)])
    return other.end <= person.start and all(
        item.symbol in _BESIDE for item in sentence.items[sentence.position(other) + 1 : at]
    )
