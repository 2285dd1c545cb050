"""The posts that a sentence gives to the people in it: beside the name, in a list, or by a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from graph.titles import ParsedPosts, Post
from graph.vocabulary import unit_kind
from loaders.reading.evidence import Evidence
from loaders.reading.items import Item, Sentence
from loaders.reading.lexicon import alternatives
from loaders.reading.people import PersonAt
from loaders.reading.post_ends import ended_post
from loaders.reading.post_left import GAVE, STAYS, goes_away, left_posts, said_of
from loaders.reading.post_lists import clause_start, given_by, group, head_of_list, is_ahead, said_before, said_together
from loaders.reading.post_runs import all_former, posts_said, run_end, titled, wording
from loaders.reading.post_turns import in_turn
from loaders.reading.post_units import in_named_unit, no_longer_of
from loaders.reading.unit_names import Unit

_STOP = r"(?<!TP)(?<!Tp)\."  # UBND TP.Biên Hòa goes on
_FAR = 300


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns of data/people.yaml."""
    words = alternatives("people", name)
    return {
        "takes": re.compile(
            rf"\s*(?:{alternatives('people', 'given')})?(?:\s*,?\s*(?:bổ nhiệm|và bổ nhiệm))?\s*"
            rf"(?:{alternatives('people', 'takes')}|(?:giao|giữ)(?=\s+quyền\s)|bổ nhiệm)\s+(?=\S)"
        ),
        "weak": re.compile(rf"(?:{alternatives('people', 'weak')})", re.I),
        "ends": re.compile(
            rf"[;:?!()]|{_STOP}|\n|(?<!đồng thời)\s(?!dự khuyết)(?:{alternatives('people', 'ends')})(?=[\s,.;:]|$)"
        ),
        "until": re.compile(rf"[;:]|{_STOP}|\s(?:{alternatives('people', 'until')})\s"),
    }.get(name) or re.compile(rf"\b(?:{words})\b", re.I)


@dataclass(frozen=True, slots=True)
class Given:
    """Posts that a person is given, and where that is said."""

    person: Item
    parsed: ParsedPosts
    evidence: Evidence
    bare: ParsedPosts | None = None  # the same as said, where it names no unit
    said: ParsedPosts | None = None  # what a verb gives, before units from elsewhere are taken


def posts_in(sentence: Sentence, heading: str = "") -> Iterator[Given]:
    """The posts of all people of the sentence, in the order of their names; `heading` is the line above its list."""
    people = [item for item in sentence.items if isinstance(item.value, PersonAt)]
    used = sentence.start  # up to here, titles belong to someone named before
    given: Post | None = None  # the last post in a unit that another was given
    for number, item in enumerate(people):
        following = people[number + 1].start if number + 1 < len(people) else sentence.end
        found, used_by_this = _of_person(sentence, item, used, following, heading)
        found = [each if each.bare is None else _beside_given(each, given) for each in found]
        yield from found
        taken = [p for each in found if each.evidence.rule == "takes-the-post" for p in each.parsed.posts]
        given = next((p for p in reversed(taken) if p.unit_kind and not p.former), given)
        used = max(used, used_by_this, item.end)


def _is_bare(text: str, at: int, post: Post) -> bool:
    """Whether a post that begins at the offset is said by its title alone."""
    said = not post.unit_name and not post.former and post.mode == "full"
    return said and re.match(r"\s*(?:[.;]|$)", text[at + post.span[1] :]) is not None


def _beside_given(each: Given, given: Post | None) -> Given:
    """The posts that a person is given without a unit, in that in which another was given one before: ông A được bổ
    nhiệm làm Tổng Biên tập Báo B; ông C, Phó Tổng Biên tập Báo D, làm Phó Tổng Biên tập."""
    if given is None or given.unit_kind is None or each.bare is None:
        return each
    about = unit_kind(given.unit_kind)
    if any(post.title_code not in about.heads + about.deputies for post in each.bare.posts):
        return each
    posts = [
        replace(p, unit_name=given.unit_name, unit_kind=given.unit_kind, level=given.level, place=given.place)
        for p in each.bare.posts
    ]
    return replace(each, parsed=ParsedPosts(posts, each.parsed.memberships, each.parsed.unknown))


def _of_person(sentence: Sentence, item: Item, used: int, following: int, heading: str) -> tuple[list[Given], int]:
    text, first, number = wording(sentence), sentence.start, sentence.paragraph.number
    start, end = item.start - first, item.end - first
    beside: list[Given] = []
    before = _before(sentence, item, used)
    behind = _apposition(sentence, end, following - first, before is not None)
    reach = end
    if behind is not None:
        a, reach = behind
        parsed = in_named_unit(_of_former_times(sentence, a, reach), sentence, item.start)
        span = Evidence(number, item.start, first + reach, "stated", 0.95, "post-behind-name")
        beside.append(Given(item, parsed, span))
    if before is not None:
        parsed = in_named_unit(posts_said(sentence, before, start), sentence, first + before)
        span = Evidence(number, first + before, item.end, "stated", 0.9, "post-before-name")
        beside.append(Given(item, parsed, span))
    elif (
        head := head_of_list(sentence, item, alone=all(p.former for g in beside for p in g.parsed.posts))
    ) is not None:
        parsed = in_named_unit(posts_said(sentence, *head), sentence, first + head[0])
        parsed = all_former(parsed) if "đầu tiên" in text[head[1] : start] else parsed
        span = Evidence(number, first + head[0], item.end, "stated", 0.9, "post-before-list")
        said = said_before(text, head[1])
        beside = [replace(g, parsed=left_posts(g.parsed, parsed.posts, said)) for g in beside]
        beside.append(Given(item, parsed, span))
    if before is not None and (by := given_by(sentence, item, before)) is not None:
        parsed = in_named_unit(posts_said(sentence, *by), sentence, first + by[0])
        beside.append(Given(item, parsed, Evidence(number, first + by[0], item.end, "stated", 0.85, "post-given-by")))
    taken = _taken(text, reach, start, alone=not beside) or _taken_by_all(sentence, item, alone=not beside)
    given: list[Given] = []
    each, since, last = taken, start, following - first
    if taken is not None and taken[0] > last:
        last = len(text)  # what is said of several
    while each is not None and len(given) < _MOST_TAKEN:
        a, b = each
        parsed = posts_said(sentence, a, min(b, max(run_end(sentence, a), a + 1)))
        posts = [p for p in parsed.posts if p.span[0] == 0 or p.joined_by or p.span[0] < 60]
        posts = in_turn(sentence, item, a, posts)
        past = _is_past(text, start, a) if since == start else _PAST.search(text[since:a]) is not None
        if posts and past and beside and a > following - first:
            posts = []  # cùng nguyên là: what the last of several was
        elif posts and past:
            posts = [replace(post, former=True) for post in posts]
        if posts:
            stated = ParsedPosts(posts, parsed.memberships, [])
            bare = stated if beside and all(_is_bare(text, a, post) for post in posts) else None
            placed = _of_subject(stated, sentence, item)
            if not _NEW_ONE.match(text, run_end(sentence, a)):
                held = [post for g in beside for post in g.parsed.posts if not STAYS.search(text[start:a])]
                placed = in_named_unit(placed, sentence, first + a, no_longer_of(held, posts))
            span = Evidence(number, item.start, first + b, "stated", 0.85, "takes-the-post")
            given.append(Given(item, placed, span, bare, stated))
        since = run_end(sentence, a)
        each = _taken_too(sentence, since, last)
    if taken is not None and any(not p.former for g in given for p in g.parsed.posts):
        said = f"{heading} {said_of(sentence, item)}{text[start : taken[0]]}"
        beside = [
            replace(g, parsed=left_posts(g.parsed, [p for new in given for p in new.parsed.posts], said))
            for g in beside
        ]
    elif goes_away(text, start, reach):
        beside = [replace(g, parsed=all_former(g.parsed)) for g in beside]
    if (ended := ended_post(sentence, item)) is not None:
        parsed = all_former(in_named_unit(posts_said(sentence, *ended), sentence, first + ended[0]))
        begin, end_of_post = min(item.start, first + ended[0]), max(item.end, first + ended[1])
        given.append(Given(item, parsed, Evidence(number, begin, end_of_post, "stated", 0.85, "post-ended")))
    return [*beside, *given], first + max(reach, taken[1] if taken and taken[0] > end else reach)


# --- beside the name ---------------------------------------------------------------------------------

# what is said of a person between the name and the post: (55 tuổi), sinh năm 1970, quê xã A
_LIFE = re.compile(
    r"\s*(?:\((?![^()]*\b(?:[Gg]iám đốc|[Bb]í thư|[Cc]hủ tịch|[Tt]rưởng|[Pp]hó|[Cc]hánh)\b)[^()]{1,60}\)"
    r"|[,;]\s*(?:(?:sinh|quê|nguyên quán|trình độ|dân tộc|năm sinh|chuyên môn|cử nhân|thạc sĩ)\b|\d+ tuổi)[^,;()]*)"
)


def _behind_life(text: str, end: int) -> int:
    while found := _LIFE.match(text, end):
        end = found.end()
    return end


# between a title and the next person, whose it is: ông A, *Chủ tịch UBND xã* là ông B
_OF_NEXT = re.compile(r"\s*(?:(?:hiện |nay |hiện nay )?là\s*)?")


def _apposition(sentence: Sentence, end: int, following: int, has_before: bool) -> tuple[int, int] | None:
    """The span of the titles behind a name: ", Bí thư …" up to where they end."""
    text = wording(sentence)
    end = _behind_life(text, end)
    match = re.match(r"\s*[,(–:-]\s*(?:hiện (?:là|nay là)\s+|tân\s+|đương kim\s+)?", text[end : end + 24])
    if not match:
        return None
    start = end + match.end()
    if re.match(r"\s*(?:ông|bà|đồng chí)\b", text[start : start + 10]):
        return None
    stop = _pattern("ends").search(text, start, start + _FAR)
    limit = min(stop.start() if stop else len(text), start + _FAR, max(run_end(sentence, start), start))
    another = re.search(r"[,;]?\s(?:và\s)?(?:ông|bà|đồng chí|các đồng chí|đ/c)\s", text[start:limit])
    limit = start + another.start() if another else limit
    # a title right before the next name is that person's
    last = [i for i in sentence.items if i.symbol == "C" and start <= i.start - sentence.start < limit]
    if last and following < len(text) and _OF_NEXT.fullmatch(text[limit:following]):
        limit = start if has_before else last[-1].start - sentence.start
    limit = start + len(text[start:limit].rstrip(" ,–-"))
    return (start, limit) if limit > start and titled(text[start:limit]) else None


# a post that nobody holds: trong thời gian chờ kiện toàn chức vụ Bí thư, đồng chí …
_VACANT = re.compile(r"(?:\bchờ|\bkhuyết|\bđể trống)\b[^,;.:]{0,40}\Z")


_FORMERLY = re.compile(r"\s*(?:nguyên(?: là)?|cựu)\s", re.I)
_OLD = re.compile(r"\s*(?:\(cũ\)|cũ|trước đây)(?!\w)")
_SINCE = re.compile(r"(?<!\w)(?:nay|hiện|đương nhiệm)(?!\w)", re.I)


def _of_former_times(sentence: Sentence, start: int, end: int) -> ParsedPosts:
    """The posts of the span; all are former where the first is and none is said to be of now (nguyên Bí thư Đảng ủy,
    Chủ tịch HĐND xã A), and where the unit is said to be old (Chủ tịch UBND xã A cũ)."""
    text = wording(sentence)
    parsed = posts_said(sentence, start, end)
    formerly = _FORMERLY.match(text, start) or _OLD.match(text, end)
    return all_former(parsed) if formerly and not _SINCE.search(text, start, end) else parsed


# between a post and who has it: Giám đốc *trung tâm* Trần Thị A, Giám đốc *hiện là* ông B
_BESIDE = re.compile(
    r"\s*(?:(?:trung tâm|sở|bệnh viện|trường|chi cục|viện|cục)(?: này)?\s)?\s*[,–-]?\s*(?:(?:hiện nay |hiện )?là\s*)?"
)


def _before(sentence: Sentence, item: Item, used: int) -> int | None:
    """Where the posts right before a name begin, if the words between are all theirs."""
    text, first, start = wording(sentence), sentence.start, item.start - sentence.start
    honoured = isinstance(item.value, PersonAt) and item.value.honorific
    best = None
    for post in reversed([i for i in sentence.items if i.symbol == "C" and used <= i.start < item.start]):
        begin = post.start - first
        if start - begin > 260 or re.search(r"[;:?!()]|–(?!\s*$)", text[begin:start]):
            break
        if best is not None and text[:begin].rstrip().endswith(("của", "thay mặt")):
            break  # thừa ủy quyền của Thủ tướng, Thứ trưởng …
        between = text[run_end(sentence, begin) : start]
        apart = re.search(r"[,–-]", between) is not None
        if not _BESIDE.fullmatch(between) or (apart and not honoured):
            break
        parsed = posts_said(sentence, begin, start)
        if parsed.unknown or not (parsed.posts or parsed.memberships):
            break
        best = begin
    if best is None or _VACANT.search(text[max(0, best - 60) : best]):
        return None
    qualifier = re.search(r"(?:nguyên là|nguyên|quyền|cựu|cố)\s*$", text[max(0, best - 18) : best], re.I)
    return max(0, best - 18) + qualifier.start() if qualifier else best


# --- given by a verb -----------------------------------------------------------------------------------------


_MOST_TAKEN = 3
# behind a post: of the unit that the sentence before names (được bổ nhiệm làm Trưởng ban mới)
_NEW_ONE = re.compile(r"\s*mới(?!\w)")


def _taken_too(sentence: Sentence, end: int, last: int) -> tuple[int, int] | None:
    """A further post that the person is given behind the first: giữ chức Bí thư Chi bộ, được bầu làm Trưởng thôn."""
    text = wording(sentence)
    found = _taken(text, end, end)
    if found is None or found[0] > last:
        return None
    return (
        found
        if re.match(r"\s*(?:\([^()]*\)\s*)?(?:,|và\b|đồng thời\b|được\b|nay\b|hiện\b)", text[end : found[0]])
        else None
    )


def _taken_by_all(sentence: Sentence, item: Item, *, alone: bool) -> tuple[int, int] | None:
    """The post that a verb behind the last person of a list gives to all of them; where posts stand beside the names
    (not `alone`), of a list that begins the sentence."""
    names = group(sentence, item) if alone else []
    if len(names) < 2 or names[-1] is item:
        names = said_together(sentence, item)
    if not names:
        return None
    text = wording(sentence)
    return _taken(text, names[-1].end - sentence.start, names[0].start - sentence.start)


_MOST_BEFORE_WEAK = 8
# a clause that goes on with the same person: …; chỉ định giữ chức
_SAME_PERSON = re.compile(r";\s*(?:đồng thời\s+)?(?:chỉ định|phân công|bổ nhiệm|phân công, bổ nhiệm)\s*$")
# what follows is of another than who says it: Bà A cho hay, số trưởng ban dân vận đồng thời là …
_SAYS = re.compile(r"\b(?:cho biết|cho hay|cho rằng|nói rằng|khẳng định|nhấn mạnh)\b", re.I)
# … but of himself: Ông A cho biết, hơn 6 tháng kiêm Giám đốc Trung tâm B, ông …
_SAYS_OF_HIMSELF = re.compile(
    rf"{_SAYS.pattern}[,:]?\s*(?:rằng\s+)?(?:hơn|gần|sau|trong|qua|từ|kể từ|khi|lúc)\b[^,;.:]{{0,40}}$", re.I
)
_HE = re.compile(r",\s*(?:ông|bà|anh|chị|đồng chí|tôi)\s")
# whom someone else follows in a post: thay ông B
_REPLACED = re.compile(r"\b(?:thay|thay thế|kế nhiệm|thế chỗ)(?:\s+cho)?\s+$", re.I)
# … who has another post since: thay ông B đã được điều động giữ chức …
_SINCE_MOVED = re.compile(r"\s+(?:(?:đã|vừa|mới) được|được (?:điều động|phân công))\b")
_INSTEAD = re.compile(rf"{_REPLACED.pattern[:-1]}(?:ông|bà|đồng chí)\b")


def _taken(text: str, end: int, start: int, *, alone: bool = False) -> tuple[int, int] | None:
    """The span of a post that a verb behind the name gives to the person; `start` is where the name begins. Only who
    has no other post beside the name (`alone`) heads the unit that he is in charge of."""
    end = _behind_life(text, end)
    if is_ahead(text[clause_start(text, start) : start]):
        return None
    replaced = _REPLACED.search(text[max(0, start - 20) : start]) is not None
    for match in _pattern("takes").finditer(text, end, min(len(text), end + 200)):
        between = _INSTEAD.sub("", _SAME_PERSON.sub("", text[end : match.start()]))
        if match[0].strip().startswith(("bổ nhiệm giữ", "bổ nhiệm làm")):
            between = between.rstrip().removesuffix(";")  # về nhận công tác tại …; bổ nhiệm giữ chức …
        if replaced and not (_SINCE_MOVED.match(text, end) or re.search(r"[,(–-]|\bngười\b", between)):
            return None  # thay ông A giữ chức … là bà B
        later = re.search(r"trước khi\s*$", between)  # từng giữ … trước khi làm …
        left = _pattern("leaves").search(between)  # thôi giữ chức …, làm …
        weak = _pattern("weak").fullmatch(match[0].strip())
        of_himself = _SAYS_OF_HIMSELF.search(between) and _HE.search(text, match.end(), match.end() + 120)
        others = len(between.split()) > _MOST_BEFORE_WEAK or _SAYS.search(between)
        if weak and others and not (later or left or of_himself):
            return None
        if re.search(r"[;:]|(?<!TP)\.|\b(?:ông|bà|đồng chí)\b", between) or _pattern("planned").search(
            text[max(0, end - 60) : match.end()]
        ):
            return None
        if _pattern("leaves").search(text[max(end, match.start() - 8) : match.end()]):
            continue  # a post that is left; one that is taken may follow
        gives = match[0].strip() == "bổ nhiệm" or match[0].split()[0] == "giao"
        if gives and not re.search(r"\b(?:được|điều động|tiếp nhận)\b", text[end : match.end()]):
            continue  # who gives a post to another
        if re.search(r"\b(?:từng|kinh qua)\s*$", between) and "trước khi" in text[match.end() :]:
            continue
        stop = _pattern("until").search(text, match.end(), match.end() + 220)
        segment = text[match.end() : min(stop.start() if stop else len(text), match.end() + 200)]
        if titled(segment):
            return match.end(), match.end() + len(segment)
        heads = text.rfind("đứng đầu", match.start(), match.end())
        if heads >= 0 and titled(text[heads : match.end() + 120]):
            return heads, match.end() + len(segment)
        in_charge = text.rfind("phụ trách", match.start(), match.end())
        if alone and in_charge >= 0 and titled(text[in_charge : match.end() + 120]):
            return in_charge, match.end() + len(segment)
    return None


_PAST = re.compile(
    r"\b(?:trước đó|trước đây|từng|kinh qua|trải qua|vốn là|trước là|(?:khi|lúc|hồi|thời) (?:còn|đang)"
    r"|(?:khi|lúc|thời điểm) (?:đó|ấy)|bấy giờ|nguyên là)\b",
    re.I,
)

# what is said of somebody else: bà A, trước là Phó Giám đốc, …, còn ông B được điều động làm …
_ANOTHER = re.compile(r",\s*(?:còn|riêng|trong khi(?: đó)?)\s")


def _is_past(text: str, start: int, at: int) -> bool:
    """Whether a post that is said of the person from `start` on is one of former times."""
    clause = max([clause_start(text, start), *(found.end() for found in _ANOTHER.finditer(text, 0, start))])
    if "trước khi" in text[start:at]:
        return False
    if re.search(r"trước (?:khi|lúc)\s+(?:được|giữ|làm|nhận|về)", text[clause:start], re.I):
        return True
    before = re.match(r"[\s\d.)–-]*trước (?:đó|đây),", text[clause:start], re.I)
    if before and (GAVE.search(text[clause:start]) or re.search(r"\btiếp tục\b", text[start:at])):
        clause = start  # Trước đó, HĐND đã bầu ông A: something that was done before, and is so since
    return _PAST.search(_IN_BRACKETS.sub("", text[clause:at])) is not None


# what stands in brackets is another post: bà A (nguyên Bí thư Đảng ủy xã B trước đây) làm …
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def _of_subject(parsed: ParsedPosts, sentence: Sentence, item: Item) -> ParsedPosts:
    """ "Đảng ủy A do ông B làm Bí thư", "Ban C do Phó Giám đốc Sở D ông B kiêm Giám đốc": the post without a unit is
    one of the unit before "do"."""
    before = sentence.items[: sentence.position(item)]
    while before and before[-1].symbol in ("C", "U", "P"):
        before = before[:-1]
    if len(before) < 2 or before[-1].symbol != "do":
        return parsed
    unit = before[-2].value
    if not isinstance(unit, Unit):
        return parsed
    posts = [
        p if p.unit_name else replace(p, unit_name=unit.name, unit_kind=unit.kind, level=unit.level, place=unit.place)
        for p in parsed.posts
    ]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)
