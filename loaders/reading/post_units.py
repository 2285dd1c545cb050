"""Posts whose unit or holder stands elsewhere in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.text import key
from graph.titles import ParsedPosts, Post
from graph.vocabulary import unit_kind
from loaders.reading.scan import Item, Sentence
from loaders.reading.unit_names import Unit


def in_named_unit(parsed: ParsedPosts, sentence: Sentence, before: int) -> ParsedPosts:
    """The posts; one that names no unit, or says "sở này", is in the unit named last before it that has such a post."""
    if all(post.unit_name and not _points_back(post) for post in parsed.posts):
        return parsed
    units = _units([item for item in sentence.items if item.end <= before])
    later = _units([item for item in sentence.items if item.start > before])
    posts = [_placed(post, [*reversed(later), *units]) for post in parsed.posts]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)


def _points_back(post: Post) -> bool:
    return key(post.unit_name or "").endswith((" này", " nói trên"))


def _placed(post: Post, units: list[Unit]) -> Post:
    if post.unit_name and not _points_back(post):
        return post
    plain = replace(post, unit_name=None, unit_kind=None) if post.unit_name else post
    for unit in reversed(units):
        about = unit_kind(unit.kind)
        if not unit.group and unit.basis != "short" and post.title_code in about.heads + about.deputies:
            return replace(plain, unit_name=unit.name, unit_kind=unit.kind, level=unit.level, place=unit.place)
    return plain


def _units(items: Sequence[Item]) -> list[Unit]:
    """The units of items in their order, those of posts included."""
    values = [item.value for item in items if item.symbol in ("U", "C")]
    units = [value if isinstance(value, Unit) else getattr(value, "unit", None) for value in values]
    return [unit for unit in units if isinstance(unit, Unit)]


_BULLET = re.compile(r"\s*(?:[-–•+*]|\d{1,2}[.)])\s*")


def with_headings(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sequence[Unit]]]:
    """Each sentence with the units of the line that heads its list (Lãnh đạo Sở Nội vụ:)."""
    heading: Sequence[Unit] = ()
    for sentence in sentences:
        text = sentence.paragraph.text
        if text.rstrip().endswith(":"):
            heading = _units(sentence.items)
        elif not _BULLET.match(text):
            heading = ()
        yield sentence, heading


def in_heading(parsed: ParsedPosts, heading: Sequence[Unit]) -> ParsedPosts:
    """The posts; one that names no unit is in that of the line above the list."""
    if len(heading) != 1 or all(post.unit_name for post in parsed.posts):
        return parsed
    posts = [_placed(post, list(heading)) for post in parsed.posts]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)
