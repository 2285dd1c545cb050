"""Posts that several people get each in turn: ông A và bà B *lần lượt* giữ chức Giám đốc và Phó Giám đốc Sở C."""

from __future__ import annotations

import re

from graph.titles import Post
from loaders.reading.items import Item, Sentence
from loaders.reading.post_lists import group, said_together
from loaders.reading.post_runs import wording

_IN_TURN = re.compile(r"\b(?:lần lượt|theo thứ tự|tương ứng)\b", re.I)


def in_turn(sentence: Sentence, item: Item, at: int, posts: list[Post]) -> list[Post]:
    """Of the posts that a verb gives at the offset of the text, those of the person: all, or the one that is his where
    they are given in turn; none where these are not as many as the people."""
    people = _given_together(sentence, item, at)
    if len(posts) < 2 or len(people) < 2:
        return posts
    if not _IN_TURN.search(wording(sentence), people[-1].end - sentence.start, at):
        return posts
    return [posts[people.index(item)]] if len(people) == len(posts) else []


def _given_together(sentence: Sentence, item: Item, at: int) -> list[Item]:
    """The people of whom the verb before the offset says one thing, the person among them."""
    before = [each for each in sentence.items if each.symbol == "N" and each.end - sentence.start <= at]
    if item not in before:
        return []
    people = group(sentence, before[-1])
    if len(people) < 2:
        people = said_together(sentence, before[0])
    return people if item in people else []
