"""Runs of titles in a sentence: posts with their units and places, and the words that join them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice

from graph.text import key
from graph.titles import ParsedPosts, Post, parse_posts
from graph.vocabulary import data, title, unit_kind, unit_kind_of
from loaders.reading.items import Item, PostAt, Sentence
from loaders.reading.lexicon import alternatives, listed
from loaders.reading.words import written_out

_NAMED = frozenset(("C", "U", "Y", "K", "P", "T", "#"))
_MARKS = frozenset((",", "-", "–"))
# words that do not join titles but say or give them
_NO_JOINERS = frozenset(("và", "là", "ông", "bà", "đồng chí", "đ/c", "giữ chức", "giữ chức vụ", "giữ chức danh"))


def _one_of(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda t: (-len(t), t)))


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    """Words that stand inside a run of titles: qualifiers, joiners, terms of office, parts of names."""
    file = data("titles")
    before = [text for sense, texts in file["before"].items() if sense != "skip" for text in texts]
    joiners = [text for texts in file["joiners"].values() for text in texts]
    after = [text for texts in file["after"].values() for text in texts]
    others = ("hiện là", "hiện nay là", "đương kim", "tân", "của", "thuộc", "đứng đầu")
    words = {*before, *joiners, *after, *file["terms"], *others}
    return re.compile(rf"(?:{_one_of(words - _NO_JOINERS)})(?!\w)|và(?=\s)", re.I)


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    """Words of the names of units that stand for no unit by themselves (Đảng ủy, xã)."""
    words = [*listed("bare_names"), *listed("level_names"), "khu vực", "nhân dân", "trung ương", "ủy ban"]
    # Đoàn đại biểu Quốc hội đơn vị tỉnh Hòa Sơn
    return re.compile(rf"(?:{_one_of(words)}|đơn vị(?= tỉnh| thành phố))(?!\w)", re.I)


@lru_cache(maxsize=1)
def _qualifier() -> re.Pattern[str]:
    """Qualifiers behind a title: phụ trách, lâm thời."""
    return re.compile(rf"(?:{_one_of(t for texts in data('titles')['after'].values() for t in texts)})(?!\w)", re.I)


_TONES = {
    last + toned: first + plain
    for last, plain, first_tones, toned_letters in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for first, toned in zip(first_tones, toned_letters, strict=True)
}
_LATE_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)", re.I)


def _early_tone(found: re.Match[str]) -> str:
    plain = _TONES[found[0].lower()]
    return "".join(new.upper() if old.isupper() else new for old, new in zip(found[0], plain, strict=True))


@lru_cache(maxsize=4096)
def _one_spelling(text: str) -> str:
    return _LATE_TONE.sub(_early_tone, text)


def wording(sentence: Sentence) -> str:
    """The sentence, character for character, its tones where the patterns have them (uỷ as ủy, khoá as khóa), and
    without short forms in the middle of a name (Trung tâm Kiểm soát bệnh tật (CDC) tỉnh)."""
    return _SHORT_FORM.sub(lambda found: " " * len(found[0]), _one_spelling(sentence.text()))


_SHORT_FORM = re.compile(r"(?<=\w )\([A-ZĐ][A-ZĐ&.-]{1,11}\)(?= \w)")


@cache
def parse(text: str) -> ParsedPosts:
    """The posts in a text, its abbreviations written out."""
    plain = re.sub(r" {2,}", " ", _minister().sub(r"\1 Bộ \2", text))
    plain = re.sub(r"\b([Đđ])oàn ĐBQH\b", r"\1oàn đại biểu Quốc hội", written_out(plain))
    return parse_posts(_head_in_charge(plain))


@dataclass(frozen=True)
class SaidPost(Post):
    """A post as a sentence says it; `mention` is where the text names its unit beside the title."""

    mention: tuple[int, int] | None = None


def posts_said(sentence: Sentence, start: int, end: int) -> ParsedPosts:
    """The posts between two offsets of the sentence's text, each with the unit that the sentence's item of its title
    has: Thủ trưởng *Cơ quan Tổ chức - Nội vụ huyện*."""
    parsed = parse(wording(sentence)[start:end].rstrip(" ,").removesuffix(" là"))
    first = sentence.start
    inside = [item for item in sentence.items if first + start <= item.start < first + end]
    titles = iter([(item, item.value) for item in inside if isinstance(item.value, PostAt)])
    posts: list[Post] = []
    for post in parsed.posts:
        named = next(((item, said) for item, said in titles if said.title == post.title_code), None)
        posts.append(_said(post, *named) if named is not None else post)
    read = [sentence.between(*post.mention) for post in posts if isinstance(post, SaidPost) and post.mention]
    unknown = [(text, span) for text, span in parsed.unknown if not any(text in each for each in read)]
    return ParsedPosts(posts, parsed.memberships, unknown)


def _said(post: Post, item: Item, said: PostAt) -> Post:
    """The post with the unit of the sentence's item; as it is where that has none, or only its kind."""
    unit = said.unit
    if unit is None or unit.group or unit.basis == "short":
        return post
    if post.unit_name and key(unit.name).endswith(f" {key(post.unit_name)}"):
        return post  # Trưởng thôn Bản Mạ
    mention = (item.start, item.end)
    if post.unit_name and not key(unit.name).startswith(f"{key(post.unit_name)} "):
        return SaidPost(**vars(post), mention=mention)
    place = unit.place or post.place
    beside = replace(post, unit_name=unit.name, unit_kind=unit.kind, level=unit.level or post.level, place=place)
    return SaidPost(**vars(beside), mention=mention)


@lru_cache(maxsize=1)
def _minister() -> re.Pattern[str]:
    """A minister with a ministry that is said without "Bộ" (Bộ trưởng Nội vụ)."""
    return re.compile(rf"\b(Bộ trưởng|Thứ trưởng) ({alternatives('people', 'ministries')})(?!\w)")


_IN_CHARGE = re.compile(r"(?:người )?(?:(?P<acting>phụ trách)(?:, điều hành)?|đứng đầu) (?=[A-ZĐ])")


def _head_in_charge(text: str) -> str:
    """The text, where it begins with who is in charge of a unit, with the post that this is: phụ trách Sở Nội vụ is
    phụ trách Giám đốc Sở Nội vụ, đứng đầu Sở Nội vụ is Giám đốc Sở Nội vụ."""
    found = _IN_CHARGE.match(text)
    kind = unit_kind_of(text[found.end() :]) if found else None
    heads = unit_kind(kind).heads if kind else ()
    if found is None or not heads:
        return text
    return f"{'phụ trách ' if found['acting'] else ''}{title(heads[0]).vi} {text[found.end() :]}"


def titled(text: str) -> bool:
    """Whether the text begins with a title, a membership or a qualifier of one."""
    parsed = parse(text[:120])
    spans = [p.span[0] for p in parsed.posts] + [m.span[0] for m in parsed.memberships]
    return bool(spans) and min(spans) <= 1


def is_post(sentence: Sentence, item: Item) -> bool:
    """Whether the item is a post, also one that is counted (bốn Phó Giám đốc)."""
    if item.symbol != "M":
        return item.symbol == "C"
    return titled(wording(sentence)[item.start - sentence.start : item.end - sentence.start])


_COUNTED_ENDS = re.compile(r"\s(?:là|gồm|bao gồm|cũ|trước đây|mới|nay|hiện)\b|[:;(]")


def _counted_end(sentence: Sentence, item: Item) -> int:
    """Where a post that is counted ends with its unit (Ba *Phó Trưởng Ban Tuyên giáo Tỉnh ủy*), before a name."""
    text, at, stop = wording(sentence), item.start - sentence.start, item.end - sentence.start
    following = islice(sentence.items, sentence.position(item) + 1, None)
    person = next((i.start - sentence.start for i in following if i.symbol == "N"), len(text))
    said = _COUNTED_ENDS.split(text[at : min(at + 160, person)], maxsplit=1)[0]
    posts = parse(said).posts
    return max(stop, at + len(posts[0].raw)) if posts and text.startswith(posts[0].raw, at) else stop


def run_end(sentence: Sentence, start: int) -> int:
    """Where the run of titles that begins at the offset of the sentence's text ends."""
    text, first = wording(sentence), sentence.start
    at = end = start
    last = ""
    for item in sentence.items:
        begin, stop = item.start - first, item.end - first
        if begin < at or text[begin:stop].isspace():
            continue
        if item.symbol == "C" and (minister := _minister().match(text, begin)):
            at = end = minister.end()
        elif item.symbol in _NAMED or is_post(sentence, item):
            if item.symbol == "#" and last == ",":
                break
            at = end = _counted_end(sentence, item) if item.symbol == "M" else stop
        elif item.symbol in _MARKS:
            at = stop
        elif found := _bare().match(text, begin):
            at = end = found.end()
        elif found := _between().match(text, begin):
            at = found.end()
            if _qualifier().fullmatch(found[0]) and re.match(r"\s*(?:[,.;:()]|$)", text[at:]):
                end = at
        elif item.symbol != "N" and last != "," and text[begin].isupper():
            at = end = stop  # a part of a name that is not known
        else:
            break
        last = item.symbol
    return end


def all_former(parsed: ParsedPosts) -> ParsedPosts:
    """The posts as those of former times."""
    return ParsedPosts([replace(p, former=True) for p in parsed.posts], parsed.memberships, parsed.unknown)
