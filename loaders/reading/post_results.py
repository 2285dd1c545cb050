"""Posts in what a change made of the unit that a person leaves: Trạm A and Trạm B became Trung tâm C; "ông D, nguyên
Trưởng trạm A, được bổ nhiệm làm Giám đốc"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.titles import ParsedPosts, Post
from graph.vocabulary import unit_kind
from loaders.reading.facts import Fact
from loaders.reading.known import Known, Register
from loaders.reading.post_runs import SaidPost
from loaders.reading.post_units import is_of_kind_said

_DONE = frozenset(("done", "in_force", "announced", "adopted"))
Results = dict[int, Known]


def results_of(events: Sequence[Fact]) -> Results:
    """What the one result of a change is, by the identity of each unit that it was made of; none where a unit was made
    into several."""
    found: dict[int, list[Known]] = {}
    for event in events:
        made = event.values["outputs"]
        if len(made) != 1 or event.values["status"] not in _DONE:
            continue
        for unit in event.values["inputs"]:
            if unit is not made[0] and made[0] not in found.setdefault(id(unit), []):
                found[id(unit)].append(made[0])
    return {unit: made[0] for unit, made in found.items() if len(made) == 1}


def in_result(
    said: ParsedPosts, beside: Sequence[ParsedPosts], units: Register, results: Results
) -> ParsedPosts | None:
    """The posts that a verb gives without their unit, in what was made of the unit of the posts beside the name; None
    where that is not known."""
    left = [
        units.of_mention.get(p.mention)
        for parsed in beside
        for p in parsed.posts
        if isinstance(p, SaidPost) and p.mention
    ]
    made = [results[id(known)] for known in left if known is not None and id(known) in results]
    if not made or any(not _fits(post, made[-1]) for post in said.posts):
        return None
    unit = made[-1]
    posts = [
        replace(post, unit_name=unit.name, unit_kind=unit.kind, level=unit.level, place=unit.place)
        for post in said.posts
    ]
    return ParsedPosts(posts, said.memberships, said.unknown)


def _fits(post: Post, unit: Known) -> bool:
    """Whether a post that names no unit, or its kind only, can be one of the unit."""
    if not unit.kind or not is_of_kind_said(post, unit.name):
        return False
    about = unit_kind(unit.kind)
    return post.title_code in about.heads + about.deputies
