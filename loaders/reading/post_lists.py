"""One post that is given to several people: a list of names behind it, or lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

from graph.titles import ParsedPosts
from loaders.reading.items import Item, Sentence
from loaders.reading.post_histories import begins_dated, heads_history
from loaders.reading.post_runs import is_post, posts_said, run_end, titled, wording
from loaders.reading.post_units import in_named_unit, units_of
from loaders.reading.unit_names import Unit

_AHEAD = re.compile(r"\b(?:dự kiến|sẽ|giới thiệu|đề cử|ứng cử|quy hoạch|xem xét)\b", re.I)
_ELECTED = re.compile(r"\b(?:đã|được|vừa|tiến hành)\s+(?:tín nhiệm\s+)?bầu\b")


def is_ahead(said: str) -> bool:
    """Whether the words before a post say that it is still to be given."""
    found = _AHEAD.search(said)
    return found is not None and not _ELECTED.search(said, found.end())


def clause_start(text: str, at: int) -> int:
    """Where the clause begins that the offset is in: behind a semicolon."""
    return text.rfind(";", 0, at) + 1


def said_before(text: str, at: int) -> str:
    """What is said before the offset: its clause, and what heads the list that it is in (bổ nhiệm 4 cán bộ: …;)."""
    start = clause_start(text, at)
    return text[: text.find(":", 0, start) + 1] + text[start:at]


# between a post and the people who have it: gồm các ông, bà:
_LIST = re.compile(
    r"(?:\s*(?:mới|còn lại|khác|(?:ban|sở|trung tâm|chi cục|viện|trường|cơ quan|đơn vị|báo|đài|cục) (?:này|nói trên)))?"
    r"(?:\s*đầu tiên)?(?:\s*của\s[^,;:.()]{3,60}?)?(?:\s*(?:nay|hiện|hiện nay|đầu tiên))?"
    r"(?:,?\s*(?:qua|trong) các (?:thời kỳ|thời kì|giai đoạn|nhiệm kỳ|thế hệ|khóa))?"
    r"(?:,?\s*(?:khóa|nhiệm kỳ)\s[\w\s–-]{1,14}?)*,?\s*"
    r"(?P<many>có\s+(?:\d+|hai|ba|bốn|năm)\s+(?:người|đồng chí|thành viên),?\s+(?=gồm|là|:|bao gồm))?"
    r"(?:(?:(?:đã |vừa |mới )?được (?:chỉ định|bổ nhiệm|phê chuẩn)\s+)?(?:gồm|bao gồm|là|:)(?:\s*có)?"
    r"|có\s+(?=các|\w+ ông|\w+ đồng chí)"
    r"|(?P<for>(?:(?:(?:đã|vừa)\s+)?được\s+(?:tin tưởng\s+)?(?:giao|trao|phân công)\s+(?:lại\s+)?)?cho|đối với"
    r"|thuộc về)|(?P<by>do))"
    r"(?:[\s,:]|các|hai|ba|bốn|năm|ông|bà|đồng chí|cán bộ|anh|chị|và|sau đây|sau|\d+"
    r"|kỹ sư|bác sĩ|dược sĩ|luật sư|nhà báo|nhà giáo|thạc sĩ|tiến sĩ|(?:PGS|GS|TS|ThS|BS|CK|DS)[\w.]*)*"
)
_GIVES = re.compile(r"bổ nhiệm|giao|phê chuẩn|bầu|phân công|chuẩn y|trao|chức vụ|chức danh|vị trí|cương vị", re.I)
# chức vụ Giám đốc do ông A đảm nhiệm
_HOLDS = re.compile(
    r"(?:,[^,;:]{3,90},)?\s*(?:hiện |đang |tạm )*(?:đảm nhiệm|đảm nhận|đảm trách|nắm giữ|giữ|kiêm nhiệm)\s*(?:[.,;]|$)"
)
# two posts of one person: hai phó giám đốc là ông A và ông B, Trưởng phòng C
_IS = re.compile(r"(?:gồm|là)[\s:,]*(?:các|hai|ba|bốn|năm|\s)*(?:ông|bà|đồng chí)?[\s,:]*$")
_TAKES_AWAY = re.compile(
    r"miễn nhiệm|thôi|cách chức|kỷ luật|kỉ luật|khiển trách|cảnh cáo|bãi nhiệm|nghỉ hưu|đề nghị|giới thiệu", re.I
)
# các Phó Giám đốc A, B và C
_SEVERAL = re.compile(r"\b(?:các|những|hai|ba|bốn|năm|\d+)\s+(?:đồng chí\s+|ông\s+)?$", re.I)
_IN_LIST = frozenset((",", "và", "N"))


def group(sentence: Sentence, item: Item) -> list[Item]:
    """The people of the list that the person is in: names with nothing but commas and "và" between them."""
    at = sentence.position(item)
    low, high = _list_ends(sentence, -1)[at], _list_ends(sentence, 1)[at]
    return [each for each in sentence.items[low : high + 1] if each.symbol == "N"]


@lru_cache(maxsize=2)
def _list_ends(sentence: Sentence, step: int) -> list[int]:
    """For each item the index of the last one to which a list goes on from it, behind it (1) or before it (-1)."""
    ends = list(range(len(sentence.items)))
    for at in ends[::-step]:
        further = _behind_brackets(sentence, at + step, step) if 0 <= at + step < len(ends) else None
        if further is not None:
            ends[at] = ends[further]
    return ends


def _behind_brackets(sentence: Sentence, at: int, step: int) -> int | None:
    """The index, if the item there belongs to a list of people; of brackets between two of them, that of their end."""
    if sentence.items[at].symbol in _IN_LIST:
        return at
    if (aside := _behind_aside(sentence.items, at, step)) is not None:
        return aside
    opening, closing = ("(", ")") if step > 0 else (")", "(")
    if sentence.items[at].symbol != opening:
        return None
    until = at + step
    while 0 <= until < len(sentence.items) and sentence.items[until].symbol not in (closing, opening):
        until += step
    beyond = until + step
    if not (0 <= until < len(sentence.items) and 0 <= beyond < len(sentence.items)):
        return None
    wanted = (",", "và") if step > 0 else ("N",)
    closed = sentence.items[until].symbol == closing and sentence.items[beyond].symbol in wanted
    return until if closed else None


def _behind_aside(items: Sequence[Item], at: int, step: int) -> int | None:
    """The index of the other end of the former post of a person of a list that the index begins (là ông A, *nguyên
    Giám đốc B*, ông C và ông D)."""
    first, last = (at, at + 1) if step > 0 else (at - 1, at)
    if first < 1 or last + 1 >= len(items):
        return None
    said = [item.symbol for item in items[first - 1 : last + 2]]
    return at + step if said[:3] == [",", "nguyên", "C"] and said[3] in (",", "và") else None


_DEGREE = r"(?:(?:các|nhà báo|bác sĩ|thạc sĩ|tiến sĩ|kỹ sư|luật sư|thượng tá|trung tá|thiếu tá|đại tá)\s+)*"
# between two people of whom one thing is said: ông A, nguyên Giám đốc Sở B, và bà C
_APART = re.compile(
    rf"\s*(?:\([^()]*\)\s*)?"
    rf"(?:[,;–-]\s*(?:cùng |đều )?(?:hiện là |nguyên là |nguyên )?(?P<post>[^;]+?)(?<!đối)(?<!đối ))?"
    rf"\s*(?P<joint>(?:[,;–-]\s*)?(?:và|cùng|với)\s|[,;])\s*{_DEGREE}",
    re.I,
)
_SAYS = re.compile(r"\b(?:được|giữ|làm|đã|nhận|sẽ|thôi|là|có|do|tại|để)\b")
_BEGINS = re.compile(
    rf"\s*(?:[-–+*•]\s*|\d+[.)]\s*)?(?:[^,;:]{{1,40}},\s+)?(?:hai|ba|bốn|\d+)?\s*(?:cán bộ|nhân sự)?:?\s*{_DEGREE}",
    re.I,
)


# HĐND tỉnh đã bầu bà A, Giám đốc Sở B, và ông C, Bí thư Huyện ủy D, giữ chức …
_GIVEN_TO = re.compile(
    rf"\b(?:bầu|bổ nhiệm|chỉ định|điều động|phân công|phê chuẩn|cử)(?: bổ sung)?(?: đối với| các)*\s+{_DEGREE}$", re.I
)
_MOST_TOGETHER = 12


def said_together(sentence: Sentence, item: Item) -> list[Item]:
    """The people with whom one begins its sentence, each with the post beside the name, before what is said of all of
    them (ông A, nguyên Giám đốc B, và bà C, nguyên Giám đốc D, được bổ nhiệm …); empty where it is alone."""
    text, first = wording(sentence), sentence.start
    everybody = [each for each in sentence.items if each.symbol == "N"]
    clause = first + clause_start(text, item.start - first)
    return _together(sentence, item, everybody, first) or _together(
        sentence, item, [each for each in everybody if each.start >= clause], clause
    )


# of the last ones only: Trần A và Nguyễn B, cùng là Phó Trưởng ban C
_THEY_ARE = re.compile(
    r",?\s*(?:cùng|đều)\s+(?:hiện\s+)?(?:là|nguyên)\b(?![^;:]*\b(?:được|giữ chức|làm|bổ nhiệm|nhận)\b)"
)


def _together(sentence: Sentence, item: Item, people: list[Item], start: int) -> list[Item]:
    """The same, of people who are told of from the offset on."""
    text, first = wording(sentence), sentence.start
    if len(people) > _MOST_TOGETHER or item not in people[:-1]:
        return []
    before = text[start - first : people[0].start - first]
    if not (_BEGINS.fullmatch(before) or _GIVEN_TO.search(before)):
        return []
    together = False
    for one, other in pairwise(people):
        between = _APART.fullmatch(text[one.end - first : other.start - first])
        if between is None:
            return []
        post = between["post"]
        if post and (not titled(post) or _SAYS.search(post)):
            return []
        together = together or re.search(r"và|cùng|với", between["joint"], re.I) is not None
    together = together or re.match(r",?\s*(?:cùng|đều)\s", text[people[-1].end - first :]) is not None
    apart = _THEY_ARE.match(text, people[-1].end - first) and item not in group(sentence, people[-1])
    return people if together and not apart else []


# các Phó Giám đốc gồm: ông A, nguyên Trưởng phòng B; bà C, …
_OF_SEVERAL = re.compile(r"gồm|:|\blà\b")
_MANY = re.compile(r"\b(?:các|những|hai|ba|bốn|năm|\d+)\s+(?:đồng chí\s+|chức danh\s+|chức vụ\s+)?$", re.I)


def _first_of_several(sentence: Sentence, item: Item) -> Item | None:
    """The first of a list whose people stand behind semicolons, of whom the item is a later one."""
    at = sentence.position(item)
    if at > 0 and sentence.items[at - 1].symbol != ";":
        return _first_with_posts(sentence, item)
    if at == 0:
        return None
    opened = max((i for i in range(at) if sentence.items[i].symbol in (":", "gồm")), default=None)
    later = sentence.items[opened + 1 : at] if opened is not None else []
    return next((each for each in later if each.symbol == "N"), None)


def _first_with_posts(sentence: Sentence, item: Item) -> Item | None:
    """The same, where the posts beside the names stand between commas: là ông A, nguyên Giám đốc B, và ông C."""
    text, first = wording(sentence), sentence.start
    earlier = (sentence.items[at] for at in range(sentence.position(item) - 1, -1, -1))
    people = islice((each for each in earlier if each.symbol == "N"), _MOST_TOGETHER)
    found = None
    for other, one in pairwise(chain([item], people)):
        between = _APART.fullmatch(text[one.end - first : other.start - first])
        if between is None or (between["post"] and (not titled(between["post"]) or _SAYS.search(between["post"]))):
            break
        found = one
    return found


def head_of_list(sentence: Sentence, item: Item, *, alone: bool) -> tuple[int, int] | None:
    """The span of the post before a list of people, of whom the item is one; where another post stands
    beside the name (not `alone`), only one that is given (giao quyền Giám đốc cho ông B, Phó Giám đốc)."""
    text, first = wording(sentence), sentence.start
    names = group(sentence, item)
    several = _first_of_several(sentence, names[0])
    if several is not None:
        names = group(sentence, several)
    start = names[0].start
    before = reversed(sentence.items[: sentence.position(names[0])])
    post = next((i for i in before if i.symbol == "N" or is_post(sentence, i)), None)
    if post is None or post.symbol == "N":
        return None
    begin = post.start - first
    end = run_end(sentence, begin)
    found = _LIST.fullmatch(text[end : start - first])
    if found is None and alone and not text[end : start - first].strip() and _SEVERAL.search(text[:begin]):
        return None if is_ahead(said_before(text, begin)) else (begin, end)
    if found is None or not (alone or found["for"] or found["by"] or _IS.search(found[0])):
        return None
    if found["by"] and not _HOLDS.match(text, names[-1].end - first):
        return None
    many = found["many"] or _MANY.search(text[:begin])
    if several is not None and not (_OF_SEVERAL.search(found[0]) and many):
        return None
    return (begin, end) if _is_given(text, begin, found) else None


_BY = re.compile(r",?\s*(?:hiện |nay |đang )?(?:do|(?P<is>là))\s+(?:ông|bà|đồng chí)?\s*")


def given_by(sentence: Sentence, item: Item, before: int) -> tuple[int, int] | None:
    """The span of a post that the person has besides the one right before the name, which begins at the offset of the
    text: chức danh Trưởng bản do Bí thư chi bộ A kiêm nhiệm, có Giám đốc là Phó Chủ tịch UBND xã B."""
    text, first = wording(sentence), sentence.start
    earlier = reversed(sentence.items[: sentence.position(item)])
    post = next((i for i in earlier if i.end - first <= before and (i.symbol == "N" or is_post(sentence, i))), None)
    if post is None or post.symbol == "N":
        return None
    begin = post.start - first
    end = run_end(sentence, begin)
    found = _BY.fullmatch(text[end:before]) if end <= before else None
    if found is None or not (found["is"] or _HOLDS.match(text, item.end - first)):
        return None
    return None if is_ahead(text[clause_start(text, begin) : begin]) else (begin, end)


def _is_given(text: str, begin: int, found: re.Match[str]) -> bool:
    """Whether the words before a post that heads a list say that it is given, or, where it is only named, do not
    say that it is still to be."""
    said = text[clause_start(text, begin) : begin]
    if found["for"]:
        said = said_before(text, begin)
        return _GIVES.search(said + found[0]) is not None and not _TAKES_AWAY.search(said)
    return not is_ahead(said)


# --- lines below a heading -----------------------------------------------------------------------------------

_BULLET = re.compile(r"\s*(?:[-–•+*]|\d{1,2}[.)])\s*")
_PERSON = re.compile(r"\s*(?:ông|bà|đồng chí|đ/c)\s", re.I)


@dataclass(frozen=True)
class Heading:
    """The line above a list: its units, what it says, and the post that it gives to those named below; `to_all`: also
    to those who have another beside the name (Các Phó Giám đốc gồm: …, Trưởng phòng A); `moves`: which they leave."""

    units: Sequence[Unit] = ()
    said: str = ""
    given: ParsedPosts | None = None
    to_all: bool = False
    moves: bool = False


_NONE = Heading()


def with_headings(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Heading]]:
    """Each sentence with the line that heads its list (Lãnh đạo Sở Nội vụ:)."""
    heading = _NONE
    before: Sentence | None = None
    for sentence in sentences:
        text = sentence.paragraph.text
        earlier, before = before, sentence
        if earlier is not None and earlier.paragraph is sentence.paragraph and _THOSE_ARE.match(wording(sentence)):
            given = _given_before(earlier)
            if given is not None:
                yield sentence, Heading(units_of(earlier.items), wording(earlier), given, to_all=True, moves=True)
                continue
        if text.rstrip().endswith(":") or (heads_history(text) and not _names_person(sentence)):
            given, to_all = _given_below(sentence)
            heading = Heading(units_of(sentence.items), wording(sentence), given, to_all)
            yield sentence, _NONE
            continue
        if not (_BULLET.match(text) or _PERSON.match(text) or begins_dated(text)):
            heading = _NONE
        yield sentence, heading


def _names_person(sentence: Sentence) -> bool:
    return any(item.symbol == "N" for item in sentence.items)


# Ba cán bộ được bổ nhiệm làm Phó Giám đốc. Đó là các ông: …
_THOSE_ARE = re.compile(
    r"\s*(?:Đó là|Gồm|Bao gồm|Gồm có|Cụ thể(?: là)?|Trong đó có)[:,]?\s*(?:lần lượt là\s*)?"
    r"(?:(?:các|hai|ba|bốn|năm|\d+)\s+)?(?:ông|bà|đồng chí|cán bộ)\b",
    re.I,
)
_GIVEN_TO_SEVERAL = re.compile(
    r"\b(?:bổ nhiệm|giữ chức|phân công|điều động|chỉ định|phê chuẩn|bầu|trao quyết định)\b", re.I
)


def _given_before(sentence: Sentence) -> ParsedPosts | None:
    """The one post that a sentence gives to people whom only the next one names."""
    text, first = wording(sentence), sentence.start
    posts = [i for i in sentence.items if i.symbol == "N" or is_post(sentence, i)]
    if not posts or any(i.symbol == "N" for i in posts):
        return None
    begin = posts[-1].start - first
    if not _GIVEN_TO_SEVERAL.search(text[:begin]) or is_ahead(text[:begin]) or _TAKES_AWAY.search(text[:begin]):
        return None
    return in_named_unit(posts_said(sentence, begin, run_end(sentence, begin)), sentence, first + begin)


def _given_below(sentence: Sentence) -> tuple[ParsedPosts | None, bool]:
    """The post that a heading gives to the people in the lines below (bổ nhiệm Phó Giám đốc đối với các ông, bà:), and
    whether it is one that several have (Các Phó Giám đốc gồm:)."""
    text, first = wording(sentence).rstrip(), sentence.start
    text = text if text.endswith(":") else f"{text}:"
    posts = [i for i in sentence.items if i.symbol == "N" or is_post(sentence, i)]
    if not posts or posts[-1].symbol == "N":
        return None, False
    begin = posts[-1].start - first
    end = run_end(sentence, begin)
    found = _LIST.fullmatch(text[end:])
    if found is None or found["by"] or not _is_given(text, begin, found):
        return None, False
    return in_named_unit(posts_said(sentence, begin, end), sentence, first + begin), _MANY.search(
        text[:begin]
    ) is not None
