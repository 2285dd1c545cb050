"""The name of what came out of a merger, where another clause or sentence says it ("Đơn vị mới mang tên …"), or is
about it for the first time ("Trung tâm … chính thức hoạt động từ ngày 1/4")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.text import key
from graph.vocabulary import fields_of
from loaders.reading.deciders import decides_on
from loaders.reading.document import TITLE
from loaders.reading.items import Sentence
from loaders.reading.known import Known, Register
from loaders.reading.places import LEVEL_OF, Place
from loaders.reading.references import MEANT, is_bare

_NAMES = re.compile(r"v:new_unit (?:\S+ ){0,3}?(?:v:called |v:becoming |: )(?:\S+ ){0,2}?(?P<outputs>U )")
_AFTER_IT = re.compile(r"\A(?:sau|sau khi) v:merge , (?:(?!U )\S+ ){0,9}?(?:v:called |v:becoming )(?P<outputs>U )")
# hợp nhất A và B từ ngày 1/3; sau khi hợp nhất có tên gọi C
_AFTER_OWN = re.compile(r"(?:sau|sau khi) v:merge (?:, )?(?:(?!U )\S+ ){0,6}?(?:v:called |v:becoming )(?P<outputs>U )")
# a merger that is told, and not only looked back at (sau khi hợp nhất, đơn vị mới có tên là …)
_ANOTHER = re.compile(r"(?<!sau )(?<!sau khi )(?<!khi )(?<!việc )v:merge ")

_HEADS = "|".join(sorted({key(word) for word in (*MEANT, *LEVEL_OF, "thôn", "ấp", "bản")}, key=len, reverse=True))
_LEAD = r"(?:(?:T|v:from_old|v:into|từ|kể|ngày|theo|đó|đến|nay|hiện|như|vậy|năm|tháng|sáng|và|còn|trong|,) ){0,6}"
_OF_MERGER = r"sau (?:khi )?(?:v:merge|v:reorganise) "
_BEHIND = rf"\A(?:{_OF_MERGER}(?:, )?)?{_LEAD}"
_KEEPS = r"(?:giữ|lấy|mang|dùng) (?:nguyên |lại )?(?:tên gọi|tên) "
_NAMED = (
    r"(?:(?:sẽ|được|nay|vẫn|đã|dự|kiến|cũng|chính|thức|cùng|thống|nhất|tiếp|tục) ){0,4}"
    rf"(?P<naming>(?:có )?(?:tên gọi |tên )?v:called |v:becoming |{_KEEPS})"
    r"(?:(?:cũ|mới|chung|tên|gọi|là|v:called|:|của|dự|kiến) ){0,3}(?P<outputs>[UP] )"
)
# who gets the name: Đơn vị mới, Xã mới, Trường sau sáp nhập, Cả hai, Đơn vị
_SUBJECT = (
    rf"(?:{_OF_MERGER},? )?(?:(?:tên gọi|tên) (?:của )?)?"
    rf"(?P<new>v:new_unit |(?:{_HEADS}|U) (?:mới |{_OF_MERGER}|hợp nhất )|cả (?:hai|#) (?:M )?)"
)
_ONLY_HEAD = rf"(?:(?P<after>{_OF_MERGER}),? )?(?P<bare>(?:{_HEADS}|U|# M) (?:này |trên |đó |chung )?)"
# phòng mới do ông Lê Văn A làm Trưởng phòng, mang tên …
_FURTHER = r"(?:(?![UP;] )\S+ ){1,12}?, (?:và )?"
_NEXT = (
    re.compile(rf"\A{_LEAD}{_SUBJECT}{_NAMED}"),
    re.compile(rf"\A{_LEAD}{_SUBJECT}{_FURTHER}(?P<bare>){_NAMED}"),
    re.compile(rf"\A{_LEAD}{_ONLY_HEAD}{_NAMED}"),
    # doanh nghiệp mới, tổ chức hội sau sáp nhập
    re.compile(rf"\A(?:(?!(?:U|P|C|N|v:\S+) )\S+ ){{1,3}}(?:mới |{_OF_MERGER})(?P<bare>){_NAMED}"),
)
# the same in a further clause (…; cả hai nay mang tên …; …, tên gọi giữ nguyên là …)
_CLAUSE = (
    re.compile(rf"(?:, |; |và ){_SUBJECT}{_NAMED}"),
    re.compile(rf"(?:, |; |và ){_SUBJECT}{_FURTHER}(?P<bare>){_NAMED}"),
    re.compile(
        rf"(?:, |; |và )(?:(?:vẫn|và|nhưng|sẽ|được|thống|nhất) )*(?P<naming>{_KEEPS})"
        r"(?:(?:cũ|mới|chung|là|v:called|:|của) ){0,2}(?P<outputs>[UP] )"
    ),
    re.compile(
        r"(?:, |; |và )(?:tên gọi|tên) (?:(?:mới|chung|sau|v:merge|vẫn|sẽ|dự|kiến|được|giữ|nguyên|lấy) ){0,4}"
        r"(?P<naming>v:called |: |là )(?P<outputs>[UP] )"
    ),
)
_NEAR = 3

# the sentence behind tells of a unit that the text has not named before that it is at work now …
_AT_WORK = re.compile(
    rf"{_BEHIND}(?P<outputs>U )(?:(?P<now>chính thức |mới |vừa |bắt đầu )|(?:đã|sẽ|dự kiến|được|cũng) ){{0,4}}"
    r"(?:(?P<begins>đi v:into (?:hoạt động|vận hành)|v:create|v:born|ra mắt|vận hành|hoạt động) )"
    r"(?P<when>(?:\S+ )?(?:T )?)"
)
# … that it is new, or how it is after the merger …
_NEW = re.compile(
    rf"{_BEHIND}(?P<outputs>U )(?:mới (?:có|gồm|sẽ|do|,|là|v:called|trực)"
    rf"|(?:\( mới \) |{_OF_MERGER})(?:có|gồm|sẽ|được|đã|hoạt|chính|đi|do|,|là|v:called|trực)) "
)
# … or that it does what those did that merged
_TAKES_ALL = re.compile(
    rf"{_BEHIND}(?P<outputs>U )(?:\S+ )?(?:v:receive|kế thừa|nhận|thừa hưởng) (?:(?![UP;] )\S+ ){{0,14}}?"
    r"(?:các|hai|#|cả hai|cả #) (?:M|đơn vị|cơ quan) (?:này|trên|nói trên|cũ|trước đây)"
)
# what is made says so of itself
_MADE_OF = re.compile(r"(?:v:basis|v:from_old|do|nhờ|bởi|từ) (?:(?![UPT] )\S+ ){0,4}?v:(?:merge|split|reorganise) ")
_FIRST = re.compile(rf"{_BEHIND}(?P<outputs>[UC] )")
_ONLY_YEAR = re.compile(r"\A(?:từ |kể từ |vào )?(?:năm )?\d{4}\Z")
_NO_PARTS = frozenset(("và", "tỉnh", "huyện", "xã", "phường", "thành", "phố", "thị", "khu", "vực", "các"))


def named_result(
    sentences: Sequence[Sentence], index: int, own: Sentence, end: int, inputs: Sequence[Known], units: Register
) -> list[Known]:
    """The result of a merger of the inputs that the rest of its sentence or the next ones name (…, tên gọi sau hợp
    nhất là …; Đơn vị mới có tên là …), or tell of for the first time; `own` is the sentence as it was matched, `end`
    where the merger ends in its symbols."""
    for pattern in (_NAMES, _AFTER_OWN, *_CLAUSE):
        match = pattern.search(own.symbols, max(end - 2, 0))
        if match and _of_result(own, match) and _ANOTHER.search(own.symbols, end, match.start("outputs")) is None:
            return _unit(own, match, inputs, units)
    for sentence in sentences[index + 1 : index + 1 + _NEAR]:
        match = _NAMES.search(sentence.symbols) or _AFTER_IT.search(sentence.symbols) or _named_next(sentence)
        if match and _ANOTHER.search(sentence.symbols, 0, match.start()):
            return []  # it is the result of that
        if match:
            return _unit(sentence, match, inputs, units)
    looked_back = _looked_back_at(own, end, inputs, units)
    if looked_back:
        return looked_back
    if _MADE_OF.search(own.symbols, 0, end):
        return []  # Trung tâm A ra đời từ việc hợp nhất B và C: it says itself what came out of it
    return _told_of_next(sentences, index, inputs, units) or _titled(sentences, index, inputs, units)


def _told_of_next(sentences: Sequence[Sentence], index: int, inputs: Sequence[Known], units: Register) -> list[Known]:
    """The unit of which the next sentence with units tells, where it can only be the result of the merger."""
    near = (each for each in sentences[index + 1 : index + 3] if "U " in each.symbols or "C " in each.symbols)
    behind = next(near, None)
    if behind is None or len(inputs) < 2 or not all(unit.kind for unit in inputs):
        return []
    if _MADE_OF.search(behind.symbols) or _ANOTHER.search(behind.symbols):
        return []
    match = _FIRST.match(behind.symbols)
    made = _unit(behind, match, inputs, units) if match else []
    if not made or _made_by_another(sentences, behind, made[0], units):
        return []
    if not any(_may_be_one_place(made[0], unit) for unit in inputs) or decides_on(made[0], inputs):
        return []
    kinds = {_head(unit) for unit in inputs}
    of_kind = _head(made[0]) in kinds
    if of_kind and _NEW.match(behind.symbols):
        return made
    if made[0] in inputs or not _first_named(sentences, index, behind, made[0], units):
        return []
    if _compound(made[0], inputs):
        return made
    if _of_other_schools(made[0], inputs) or _of_another_field(made[0], inputs):
        return []
    alike = kinds == {_head(made[0])} or _shares(made[0], inputs)
    alike = alike or (_head(made[0]) == _CENTRE and kinds <= _MAKE_CENTRES)
    return made if alike and (_begins_to_work(behind) or _TAKES_ALL.match(behind.symbols)) else []


# sau khi hai đơn vị này sáp nhập, Trung tâm C có 250 giường
_AFTER_WHICH = re.compile(r"(?:\A|, )(?:sau|sau khi|từ khi|kể từ khi) (?:việc )?(?:v:merge )?U ")
_IS_NOW = re.compile(r", (?P<outputs>U )(?:có|gồm|hiện|sẽ|đã|chính|đi|hoạt|trực|v:under|còn|được) ")


def _looked_back_at(own: Sentence, end: int, inputs: Sequence[Known], units: Register) -> list[Known]:
    """The unit of which a sentence tells that looks back at the merger in its first clause."""
    match = _IS_NOW.match(own.symbols, end)
    if match is None or _AFTER_WHICH.search(own.symbols, 0, end) is None or len(inputs) < 2:
        return []
    made = _unit(own, match, inputs, units)
    if not made or made[0] in inputs or not any(_may_be_one_place(made[0], unit) for unit in inputs):
        return []
    if decides_on(made[0], inputs) or _of_other_schools(made[0], inputs) or _of_another_field(made[0], inputs):
        return []
    near = _head(made[0]) in {_head(unit) for unit in inputs} or _compound(made[0], inputs)
    return made if near else []


def _may_be_one_place(one: Known, other: Known) -> bool:
    said = one.place and other.place and one.place_basis == other.place_basis == "stated"
    return not said or one.place == other.place


def _titled(sentences: Sequence[Sentence], index: int, inputs: Sequence[Known], units: Register) -> list[Known]:
    """The unit of which the title above the merger says that it begins to work, where its name is of theirs."""
    for sentence in sentences[:index]:
        match = _FIRST.match(sentence.symbols) if sentence.paragraph.role == TITLE else None
        made = _unit(sentence, match, inputs, units) if match and _begins_to_work(sentence) else []
        if made and made[0] not in inputs and len(inputs) > 1 and _compound(made[0], inputs):
            return [] if _made_by_another(sentences, sentence, made[0], units) else made
    return []


def _begins_to_work(sentence: Sentence) -> bool:
    """Whether the sentence says that its subject begins to work, and not only since which year it works."""
    match = _AT_WORK.match(sentence.symbols)
    if match is None:
        return False
    if match["now"] or match["begins"] != "hoạt động":
        return True
    if "T " not in match["when"]:
        return False
    day = sentence.items[sentence.index(match.end() - 2)]
    return _ONLY_YEAR.match(key(sentence.between(day.start, day.end))) is None


def _first_named(sentences: Sequence[Sentence], index: int, behind: Sentence, unit: Known, units: Register) -> bool:
    """Whether the unit is not named before the sentence behind the one at the index, but in titles."""
    return not any(
        units.at(item) is unit
        for sentence in sentences[: index + 2]
        if sentence is not behind and sentence.paragraph.role != TITLE
        for item in sentence.items
        if item.symbol in ("U", "C", "Y")
    )


_MAKES = frozenset(("v:becoming", "v:into"))
# three stations make a centre
_CENTRE = "trung tâm"
_MAKE_CENTRES = frozenset(("trạm", "đài", _CENTRE))


def _made_by_another(sentences: Sequence[Sentence], behind: Sentence, unit: Known, units: Register) -> bool:
    """Whether another sentence says what the unit is made of, or takes in."""
    return any(
        at > 0 and sentence.items[at - 1].symbol in _MAKES and units.at(item) is unit
        for sentence in sentences
        if sentence is not behind
        for at, item in enumerate(sentence.items)
        if item.symbol == "U"
    )


def _head(unit: Known) -> str:
    """The word for the kind with which the name begins."""
    name = key(unit.name)
    heads = [word for word in MEANT if name.startswith(key(word) + " ")]
    return max(heads, key=len, default=name.split()[0])


def _said(unit: Known) -> set[str]:
    """What the name says beside its head, and where the unit lies."""
    name = key(unit.name).removeprefix(_head(unit)) + " " + key(unit.place or "")
    return {word for word in name.split() if word.isalnum()} - _NO_PARTS


def _compound(unit: Known, inputs: Sequence[Known]) -> bool:
    """Whether the name is made of the names of all the inputs: it has words of each that no other of them has."""
    said = [_said(each) for each in inputs]
    others = [set().union(*said[:at], *said[at + 1 :]) for at in range(len(said))]
    return all((own - other) & _said(unit) for own, other in zip(said, others, strict=True))


def _shares(unit: Known, inputs: Sequence[Known]) -> bool:
    """Whether the name says in two words or more what that of an input says, or is of its field."""
    fields = set(fields_of(unit.name))
    return any(len(_said(unit) & _said(each)) > 1 or fields & set(fields_of(each.name)) for each in inputs)


_SCHOOLS = ("mầm non", "mẫu giáo", "tiểu học", "trung học cơ sở", "trung học phổ thông", "trung cấp", "cao đẳng")


def _of_other_schools(unit: Known, inputs: Sequence[Known]) -> bool:
    """Whether the unit is a school of a kind that none of the inputs is of."""
    own = {kind for kind in _SCHOOLS if kind in key(unit.name)}
    return bool(own) and own.isdisjoint(kind for kind in _SCHOOLS for each in inputs if kind in key(each.name))


def _of_another_field(unit: Known, inputs: Sequence[Known]) -> bool:
    """Whether the names say the fields of all of them, and that of the unit is none of the inputs'."""
    own, others = set(fields_of(unit.name)), [set(fields_of(each.name)) for each in inputs]
    return bool(own) and all(others) and own.isdisjoint(set().union(*others))


def _named_next(sentence: Sentence) -> re.Match[str] | None:
    """Where the sentence gives its subject, which is what the one before made, a name."""
    found = (pattern.match(sentence.symbols) for pattern in _NEXT)
    return next((match for match in found if match and _of_result(sentence, match)), None)


def _of_result(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether what gets the name is not named itself, but meant as what was made (Trường mới, and not Trường A mới)."""
    groups = match.groupdict()
    for name in ("new", "bare"):
        by_head = (groups.get(name) or "").startswith("U ")
        if by_head and not is_bare(sentence, sentence.items[sentence.index(match.start(name))]):
            return False
    return "bare" not in groups or _says_name(sentence, match)


def _says_name(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the words before the name say that it is one (lấy tên, and not only là)."""
    first = sentence.items[sentence.index(match.start("naming"))]
    last = sentence.items[sentence.index(match.start("outputs")) - 1]
    return bool(re.search(r"\b(?:tên|gọi)\b", key(sentence.between(first.start, last.end))))


def _unit(sentence: Sentence, match: re.Match[str], inputs: Sequence[Known], units: Register) -> list[Known]:
    """The unit that the match names; a place where places merge, else none."""
    item = sentence.items[sentence.index(match.start("outputs"))]
    of_places = bool(inputs) and not any(unit.kind for unit in inputs)
    if item.symbol == "P":
        return [units.as_place(item.value)] if of_places and isinstance(item.value, Place) else []
    known = units.at(item)
    return [known] if known else []
