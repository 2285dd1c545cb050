"""What the numbers of one match of a rule mean: the figures that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.text import key
from loaders.reading.document import Document
from loaders.reading.entities import NumberAt
from loaders.reading.figure_nouns import (
    Noun,
    are_inhabitants,
    bare_subject,
    held_by_one,
    is_of_apparatus,
    just_counted,
    last_noun,
    longer_subject,
    measure_of,
    names_kind,
    noun_behind,
    nouns_before,
    refused,
    told_by_subject,
)
from loaders.reading.figure_rules import FigureRule
from loaders.reading.figure_state import is_about
from loaders.reading.items import Item, Sentence

_OF_SEVERAL = frozenset(("so-many-into-so-many", "number-to-number"))
# a number in words says here what was done, and is no figure
_IN_DIGITS = frozenset(
    ("counted", "total", "so-many-ended", "so-many-ended-of-a-kind", "so-many-ended-by-a-day", "so-many-made")
)
_BARE = frozenset(("less-bare", "more-bare"))
# what counts as a figure wherever it is counted; the others need a word that says so
_ALWAYS = frozenset(
    (
        *("organs", "divisions", "service_units", "hamlets", "staff_quota", "heads", "leaders", "part_time"),
        *("hamlet_workers", "departments"),
    )
)
_LISTED_BEHIND = frozenset(("level", "total", "counted", "parts-by-whose"))


@dataclass
class Found:
    """A match of a rule in a sentence with its numbers and nouns."""

    document: Document
    sentence: Sentence
    rule: FigureRule
    match: re.Match[str]

    def item(self, group: str) -> Item | None:
        """The item of a group; None where it is not there."""
        if group not in self.match.re.groupindex or self.match[group] is None:
            return None
        return self.sentence.items[self.sentence.index(self.match.start(group))]

    def number(self, at: int) -> tuple[Item, NumberAt] | None:
        """The number of the group n1, n2 …"""
        item = self.item(f"n{at}")
        return (item, item.value) if item is not None and isinstance(item.value, NumberAt) else None

    def said_noun(self, at: int) -> Noun | None:
        """The noun m1, m2 … as the text has it."""
        item = self.item(f"m{at}")
        if item is None:
            return None
        text = self.document.quote(item.start, item.end)
        return Noun(str(item.value) if item.symbol == "M" else measure_of(text), text)


def values_of(found: Found) -> Iterator[dict[str, Any]]:
    """The figures of a match, by what its numbers mean."""
    means = found.rule.means
    if means == "pairs":
        yield from _changed(found, 1, 3)
        yield from _second(found, _changed(found, 2, 4))
    elif means == "pairs-before":
        yield from _changed(found, 3, 1)
        yield from _second(found, _changed(found, 4, 2))
    elif means == "change":
        yield from _changed(found, 1, 2)
    elif means == "before":
        yield from _changed(found, 2, 1) if not _of_other_things(found) else _level(found)
    elif means == "share":
        of = found.number(2)
        for values in _counted(found, 1, noun_at=2):
            yield {**values, "of": of[1].value if of else None}
    elif means == "left":
        left = found.number(2)
        for values in _counted(found, 1):
            yield {**values, "to_value": left[1].value if left else None}
        for values in _second(found, _counted(found, 2, noun_at=2 if found.said_noun(2) else 1)):
            yield {**values, "direction": "level"}
    elif means == "range" and (upper := found.number(2)) and upper[1].percent:
        lower = found.number(1) or upper  # 1,5 - 2%
        for values in _share(found, *lower):
            yield {**values, "approximate": True}
    elif means in ("range", "inner"):
        yield from _counted(found, 1, noun_at=2 if found.said_noun(2) else 1)
    elif means == "each":
        yield from _counted(found, 1)
        yield from _second(found, _counted(found, 2, noun_at=2))
    elif means == "turn":
        yield from _in_turn(found)
    else:
        yield from _counted(found, 1)


def _of_other_things(found: Found) -> bool:
    """Whether what there is now stands for things of another kind: 11 phòng giao dịch thay cho 21 kho bạc cấp huyện."""
    one, other = found.said_noun(1), found.said_noun(2)
    if found.rule.name != "instead-of" or one is None or other is None:
        return False
    return not _same_thing(one, other, of_bodies=False)


def _level(found: Found) -> Iterator[dict[str, Any]]:
    for values in _counted(found, 1):
        yield {**values, "direction": "level"}


def _in_turn(found: Found) -> Iterator[dict[str, Any]]:
    """Figures of the numbers, each of the noun that stands before them in the same order, or all of one noun."""
    at = [each for each in (1, 2, 3) if found.number(each) is not None]
    first = found.sentence.items[found.sentence.index(found.match.start())]
    nouns: Sequence[Noun | None] = nouns_before(found.sentence, first)
    nouns = nouns[-len(at) :] if len(nouns) >= len(at) else [*nouns[-1:]] * len(at)
    last = next((noun for each in reversed(at) if (noun := found.said_noun(each)) is not None), None)
    for each, subject in zip(at, nouns or [last] * len(at), strict=True):
        figures = _counted(found, each, noun_at=each, subject=subject)
        yield from figures if each == 1 else _from_number(found, each, figures)


def _from_number(found: Found, at: int, figures: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Figures of the number; their words begin with it."""
    known = found.number(at)
    for values in figures:
        yield {**values, "_start": known[0].start} if known else values


def _second(found: Found, figures: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Figures of the second number; their words begin with it."""
    return _from_number(found, 2, figures)


def _noun(found: Found, item: Item, said: Noun | None, subject: Noun | None = None) -> Noun | None:
    """What a number counts: the noun behind it; where that is missing or general, what the clause is about."""
    if refused(found.sentence, item) and (said is not None or noun_behind(found.sentence, item) is not None):
        return None
    said = said or noun_behind(found.sentence, item)
    if said is not None and held_by_one(found.sentence, item, said):
        return None
    if said is not None and not said.general:
        return longer_subject(found.sentence, item, said) or said
    return subject or told_by_subject(found.sentence, item, said) or said


def _counted(found: Found, at: int, *, noun_at: int = 1, subject: Noun | None = None) -> Iterator[dict[str, Any]]:
    """The figure of one number, where it counts something of the apparatus."""
    known = found.number(at)
    if known is None:
        return
    item, number = known
    if number.percent:
        yield from _share(found, item, number)
        return
    noun = _noun(found, item, found.said_noun(noun_at), subject)
    if noun is None and found.rule.name in _BARE:
        noun = just_counted(found.sentence, found.match.start(f"n{at}"))
    if found.rule.name == "n-of-m-alone" and not _is_share(found, number):
        return
    if noun is None and number.of is not None:
        noun = last_noun(found.sentence, item)
    if noun is None or (found.rule.direction == "level" and are_inhabitants(found.sentence, noun)):
        return
    if found.rule.direction == "level" and not number.digits and not _tells(found, number):
        return
    if found.match[0].startswith("của ") and _SAID_OF.match(found.sentence.symbols, found.match.end()):
        return  # tổng biên chế của 2 đơn vị là 38 người
    if found.rule.name in _OF_WHAT_IS_COUNTED and _is_owner(found, at):
        return
    carried = found.match.re is not found.rule.pattern
    if found.rule.name == "counted" and noun.measure not in _ALWAYS and not carried:
        return
    if carried and _is_no_kind(found):
        return
    if found.rule.direction == "level" and _is_bound(found, noun, at):
        return
    if found.rule.name in _IN_DIGITS and not number.digits:
        return
    direction = found.rule.direction
    if _is_part_of_decrease(found):
        direction = "decrease"
    if found.match[0].startswith("v:create ") and _ANEW.search(_first_words(found)):
        direction = "increase"
    if found.rule.name == "equal-in-numbers":
        direction = _direction_before(found)
    about = is_about(found.sentence, item) or number.to is not None or found.rule.means == "range"
    yield {**_plain(noun, direction, number.value, about), "of": number.of}


_AND_MORE = re.compile(r" trở (?:lên|xuống)(?!\w)", re.I)


def _is_bound(found: Found, noun: Noun, at: int) -> bool:
    """Whether the number is a bound that a rule sets (phòng có từ 7 biên chế trở lên), not of people of a rank."""
    last = found.sentence.items[found.sentence.index(found.match.end() - 2)]
    said_from = found.sentence.symbols[: found.match.start(f"n{at}")].endswith("v:from_old ")
    more = _AND_MORE.match(found.sentence.between(last.end, found.sentence.end)) is not None
    return more and (said_from or noun.measure == "staff_quota")


def _is_no_kind(found: Found) -> bool:
    """Whether what a list counts is no kind of unit by its name: 12 ban quản lý, 4 quỹ; but: 4 Hạt Kiểm lâm."""
    item = found.item("m1")
    if item is None or item.symbol == "M":
        return False
    return not names_kind(found.document.quote(item.start, item.end))


_OF_WHAT_IS_COUNTED = frozenset(("level", "so-many-have", "so-many-made", "so-many-lack", "counted"))
_OWNED = re.compile(r"# M (?:(?![#,;:()])\S+ ){0,3}(?:của |v:under )\Z")


def _is_owner(found: Found, at: int) -> bool:
    """Whether the number only says whose the things counted before it are: 19 công chức của 3 kho bạc nghỉ hưu."""
    end = found.match.start(f"n{at}")
    return _OWNED.search(found.sentence.symbols, max(0, end - _FAR_BACK), end) is not None


_SAID_OF = re.compile(r"(?:v:called |là |còn |có )(?:\S+ )?#")
_ANEW = re.compile(r"(?:mới|thêm)\s*$", re.I)  # lập mới 2 đảng bộ


def _first_words(found: Found) -> str:
    first = found.sentence.items[found.sentence.index(found.match.start())]
    return found.document.quote(first.start, first.end)


def _tells(found: Found, number: NumberAt) -> bool:
    """Whether a level in words is a figure: not "một phòng", not the parts of a change (nhập hai huyện),
    and not whose something is (của hai sở)."""
    return number.value >= 2 and not found.match[0].startswith((*_OF_CHANGE, "của ", "cho "))


_OF_CHANGE = tuple(f"v:{verb} " for verb in ("merge", "dissolve", "create", "reorganise", "becoming"))


def _plain(noun: Noun, direction: str, value: float, about: bool) -> dict[str, Any]:
    return {
        "measure": noun.measure,
        "direction": direction,
        "value": value,
        "unit_of_count": noun.text,
        "approximate": about or None,
    }


def _share(found: Found, item: Item, number: NumberAt) -> Iterator[dict[str, Any]]:
    if not is_of_apparatus(found.sentence):
        return
    direction = found.rule.direction
    if direction == "level" and found.rule.name in ("share-plain", "share-in-brackets"):
        direction = _direction_before(found)
    yield _plain(Noun("share", "%"), direction, number.value, is_about(found.sentence, item) or number.to is not None)


def _is_share(found: Found, number: NumberAt) -> bool:
    """Whether n/m without a noun is no date: in brackets it explains a percentage, 46,7% (623/1.334)."""
    if number.of is None or number.value > number.of:
        return False
    return not found.match[0].startswith("(") or found.sentence.symbols[: found.match.start()].endswith("#% ")


# the parts in brackets are of a decrease: giảm 5 đơn vị (3 phòng, 2 trung tâm); not of what is left (giảm còn 5)
_NOT_LEFT = r"(?!còn |xuống |v:from_old |v:becoming |# )"
_FEWER = re.compile(rf"(?<!\S)(?:giảm|giản|bớt) (?:{_NOT_LEFT}\S+ )?# M (?:(?![#(,;]|còn )\S+ ){{0,5}}\( [^()]*$")
# … and what stands behind its share goes on: giảm 9 phòng (43%) và 18 lãnh đạo phòng
_FEWER_SHARE = re.compile(
    rf"(?<!\S)(?:giảm|giản|bớt) (?:{_NOT_LEFT}\S+ )?# M (?:(?![#(,;]|còn )\S+ ){{0,5}}"
    r"\( (?:[^()# ]+ ){0,3}#% \) \S+ $"
)
# … or are told behind it: giảm 10 đơn vị, gồm 3 trung tâm và 7 trường
_FEWER_LISTED = re.compile(
    rf"(?<!\S)(?:giảm|giản|bớt) (?:{_NOT_LEFT}\S+ ){{0,2}}#/? M (?:(?![#(,;:]|còn )\S+ ){{0,8}}[,:(] "
    r"(?:trong đó |gồm |bao gồm |cụ thể )(?:(?!; |còn |tăng |giảm |nay |v:(?!under |called ))\S+ ){0,40}$"
)


def _is_part_of_decrease(found: Found) -> bool:
    before = found.sentence.symbols[: found.match.start("n1")][-_FAR_BACK:]
    if found.rule.name == "parts":
        return _FEWER.search(before) is not None
    if found.rule.name == "after-a-figure":
        return _FEWER_SHARE.search(before) is not None
    return found.rule.name in _LISTED_BEHIND and _FEWER_LISTED.search(before) is not None


_FAR_BACK = 400  # characters of symbols
_EQUAL = re.compile(r"^(?:M .*)?(?:\( )?(?:tương|tức|bằng|ứng|#)")
_LESS = re.compile(r"(?<!\S)(?:giảm|giản|bớt) (?!.*(?<!\S)(?:tăng|đạt) )")


def _direction_before(found: Found) -> str:
    """A share that says the same as the change before it (giảm 38 phòng, tương đương 32%) has its direction."""
    said = found.match[0]
    if said.startswith(("giảm ", "tăng ")):
        return "decrease" if said.startswith("giảm ") else "increase"
    before = found.sentence.symbols[: found.match.start("n1")].rsplit("; ", 1)[-1]
    same = found.rule.name == "share-in-brackets" or _EQUAL.search(said)
    return "decrease" if same and _LESS.search(before) else "level"


def _changed(found: Found, from_at: int, to_at: int) -> Iterator[dict[str, Any]]:
    """A change between two numbers of the same thing."""
    before, after = found.number(from_at), found.number(to_at)
    if before is None or after is None or before[1].percent != after[1].percent:
        return
    one, other = found.said_noun(from_at), found.said_noun(to_at)
    if one and other and not _same_thing(one, other, of_bodies=found.rule.name.startswith("so-many-")):
        return
    if found.rule.name in _OF_SEVERAL and _is_last_of_several(found, one, other):
        return
    named = next((n for n in (one, other) if n is not None and not n.general), None)
    first = min(before[0], after[0], key=lambda i: i.start)
    noun = named or _noun(found, first, one or other)
    if noun is None and found.sentence.symbols[: found.match.start()].endswith("( "):
        noun = just_counted(found.sentence, found.match.start("n1"))  # giảm 17 trường (từ 52 còn 35)
    noun = noun or bare_subject(found.sentence, first)
    if named is not None:
        noun = longer_subject(found.sentence, first, named) or named
    if before[1].percent:
        noun = Noun("share", "%") if is_of_apparatus(found.sentence) else None
    if noun is None:
        return
    change = after[1].value - before[1].value
    other_kind = one is not None and other is not None and key(one.text) != key(other.text)
    if change > 0 and (found.rule.name == "so-many-into-so-many" or other_kind) and _STAYS.search(found.match[0]):
        return  # sắp xếp 3 tổ chức hành chính còn 7 chi cục: what is left is of another kind
    if change > 0 and (found.rule.name in ("less-to", "number-to-number") or before[1].to is not None):
        # giảm 5 phòng còn 14 phòng: fewer by five, not from five; giảm từ 5 - 7 phòng, còn 14 phòng
        yield {**_plain(noun, "decrease", before[1].value, False), "to_value": after[1].value}
        yield {**_plain(other or noun, "level", after[1].value, False), "_start": after[0].start}
        return
    about = is_about(found.sentence, before[0]) or is_about(found.sentence, after[0])
    values = _plain(noun, "decrease" if change < 0 else "increase", abs(change), about)
    yield {**values, "from_value": before[1].value, "to_value": after[1].value}


_STAYS = re.compile(r"(?<!\S)(?:còn|xuống) ")
# what may be made of each other: 2 cơ quan chuyên môn of 4 phòng
_BODIES = frozenset(("units", "organs", "departments", "divisions", "service_units"))
# the last of several from which something is made together: 7 chi cục và 3 trung tâm thành 4 đơn vị
_LAST_OF_SEVERAL = re.compile(r"# M (?:(?![#,;:()]|v:)\S+ ){0,5}và \Z")


def _is_last_of_several(found: Found, one: Noun | None, other: Noun | None) -> bool:
    if one is None or other is None or key(one.text) == key(other.text) or found.rule.direction != "decrease":
        return False
    at = found.match.start("n1")
    return _LAST_OF_SEVERAL.search(found.sentence.symbols, max(0, at - 80), at) is not None


def _same_thing(one: Noun, other: Noun, *, of_bodies: bool) -> bool:
    if of_bodies and {one.measure, other.measure} <= _BODIES:
        return True
    return one.measure == other.measure or one.general or other.general or "organs" in (one.measure, other.measure)
