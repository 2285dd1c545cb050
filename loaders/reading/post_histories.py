"""Who held a post in which years: "Giám đốc qua các thời kỳ: ông A (1993 - 1999), bà B (2017 đến nay)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph.text import key
from graph.titles import ParsedPosts, Post
from graph.vocabulary import code_of, unit_kind
from loaders.reading.document import Document
from loaders.reading.facts import Fact
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register
from loaders.reading.post_runs import all_former, wording

_HISTORY = re.compile(
    r"\b(?:qua|trong) các (?:thời kỳ|thời kì|giai đoạn|nhiệm kỳ|thế hệ|khóa)\b"
    r"|\bcác (?:thế hệ|đời) (?:lãnh đạo|giám đốc|chủ tịch|hiệu trưởng|bí thư|thủ trưởng|cán bộ)\b"
    r"|\b(?:lãnh đạo|giám đốc|chủ tịch|hiệu trưởng|bí thư|thủ trưởng) các (?:thời kỳ|thời kì|khóa)\b",
    re.I,
)
_DAY = r"(?:(?:ngày|tháng|năm|đầu năm|cuối năm)\s+)*(?:\d{1,2}[/.-]){0,2}(?:19|20)\d{2}"
_NOW = r"(?:hiện )?nay"
_PERIOD = re.compile(
    rf"(?:(?:từ|giai đoạn|thời kỳ|thời kì|nhiệm kỳ)\s+)*"
    rf"(?:(?P<since>{_DAY})\s*(?:[-–—]|đến(?: hết)?|tới|->)\s*(?P<until>{_DAY}|{_NOW})|từ (?P<from>{_DAY}))",
    re.I,
)
# a line of a list that begins with the years: - Từ 1993 - 1999: Ông A; 1993 - 1999: Ông A
_DATED_LINE = re.compile(rf"\s*(?:[-–•+*]\s*|\d{{1,2}}[.)]\s*)?{_PERIOD.pattern}\s*[:,;–-]", re.I)
_LONGEST_HEADING = 120


@dataclass(frozen=True)
class Period:
    """When a post was held; `until` is None where it still is."""

    since: str | None
    until: str | None


def tells_history(said: str) -> bool:
    """Whether the words tell of who had a post one after the other."""
    return _HISTORY.search(said) is not None


def heads_history(said: str) -> bool:
    """Whether a line heads a list of those who had a post one after the other, also without a colon."""
    return len(said) < _LONGEST_HEADING and tells_history(said) and not said.rstrip().endswith((".", ";"))


def begins_dated(said: str) -> bool:
    """Whether a line begins with the years of which it tells."""
    return _DATED_LINE.match(said) is not None


def period_of(sentence: Sentence, item: Item) -> Period | None:
    """The years that stand in brackets behind a person, or with which the person's line begins."""
    text, first = wording(sentence), sentence.start
    behind = re.match(r"(?:\s*[,–-])?[^,;()]{0,60}\(([^()]{4,60})\)", text[item.end - first :])
    found = _PERIOD.search(behind[1]) if behind else None
    if found is None and sentence.start <= sentence.paragraph.start + 1:
        found = _DATED_LINE.match(text)
    if found is None:
        return None
    until = found["until"]
    return Period(_day(found["since"] or found["from"]), _day(until) if until and until[-3:].lower() != "nay" else None)


def _day(said: str) -> str:
    return re.sub(r"^(?:\D+)", "", said).replace(".", "/").replace("-", "/")


def in_period(parsed: ParsedPosts, period: Period | None) -> ParsedPosts:
    """The posts, former where the period has an end."""
    return all_former(parsed) if period is not None and period.until is not None else parsed


def of_unit_told_of(parsed: ParsedPosts, document: Document, units: Register, said: str) -> ParsedPosts:
    """The posts; one that names no unit is of the unit of which the text tells: the one in its title, or the one that
    it names most; `said` is the heading, which may name its kind (Lãnh đạo Trung tâm qua các thời kỳ)."""
    posts = [post if post.unit_name else _placed(post, document, units, said) for post in parsed.posts]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)


def _placed(post: Post, document: Document, units: Register, said: str) -> Post:
    fitting = [known for known in units.units if known.mentions and known.kind and _has(known, post)]
    of_kind = [known for known in fitting if key(known.name).split()[0] in key(said).split()]
    fitting = of_kind or fitting
    title = key(document.title)
    told = [known for known in fitting if key(known.name) in title] or fitting
    ranked = sorted(told, key=lambda known: -len(known.mentions))
    if not ranked or (len(ranked) > 1 and _is_no_more(ranked[0], ranked[1])):
        return post
    unit = ranked[0]
    return replace(post, unit_name=unit.name, unit_kind=unit.kind, level=unit.level, place=unit.place)


def _has(known: Known, post: Post) -> bool:
    about = unit_kind(known.kind)
    return post.title_code in about.heads + about.deputies


def _is_no_more(one: Known, other: Known) -> bool:
    """Whether the text names the one no more often than the other."""
    return len(one.mentions) <= len(other.mentions)


def in_unit_of_title(fact: Fact, document: Document, units: Register) -> Fact:
    """The holding; one whose unit nothing names is in the only unit of the title that has such a post (the page of an
    agency: "Phó Hiệu trưởng: TS. Lê Văn A")."""
    values = fact.values
    if fact.sheet != "holdings" or values["unit"] is not None or values["unit_name"]:
        return fact
    title, code = key(document.title), code_of("titles", values["title"])
    fitting = [known for known in units.units if known.mentions and known.kind and key(known.name) in title]
    fitting = [known for known in fitting if code in unit_kind(known.kind).heads + unit_kind(known.kind).deputies]
    if len(fitting) != 1:
        return fact
    unit = fitting[0]
    named = {"unit": unit, "unit_name": unit.name, "unit_kind": unit.kind, "level": unit.level, "place": unit.place}
    evidence = replace(fact.evidence, basis="deduced", confidence=0.7, rule="post-of-title")
    return Fact(fact.sheet, {**values, **named}, evidence, fact.also, fact.dates)
