"""Several units that a change points back to at once: "hai phòng này", "các đơn vị nói trên", "cả ba trường"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.text import key
from loaders.reading.deciders import ISSUERS
from loaders.reading.document import TITLE
from loaders.reading.entities import NumberAt
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register
from loaders.reading.places import LEVEL_OF, Place, kind_word
from loaders.reading.references import ANY, MEANT

_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
_ALL = frozenset(("các", "những", "mấy"))
# hai bên hợp lại
_SIDES = "bên"
_POINTING = (("này",), ("đó",), ("trên",), ("nói", "trên"), ("kể", "trên"), ("nêu", "trên"), ("vừa", "nêu"))
_LEVELS = frozenset((*LEVEL_OF, "thôn", "ấp", "bản", "xóm", "khóm"))
# what a reference may stand behind where it is the subject of the change
_BEFORE = frozenset(
    (",", ";", ":", "T", "khi", "việc", "nay", "thì", "nên", "rằng", "biết", "để", "cho", "đó", "sau", "án")
)
_MODAL = frozenset(
    ("được", "bị", "đã", "sẽ", "vừa", "nay", "lại", "cũng", "cùng", "đều", "phải", "sắp", "chính", "thức", "dự", "kiến")
)
_DONE_TO = frozenset(
    f"v:{name}" for name in ("merge", "dissolve", "rename", "move", "split", "convert", "reorganise", "abolish", "into")
)
# … and behind its verb, or behind that with which something merges
_WITH = frozenset(("với", "cùng"))
_BESIDE_VERB = frozenset(("lại", "nguyên", "trạng", "toàn", "bộ", "cả"))
_LISTING = frozenset(("v:called", "gồm", "bao", ":", "v:create"))
_JOINS = frozenset((",", "và", "với", "cùng"))
_BACK = 2


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that mean several units: from and to which item, how many (0: they do not say), what they call them, and
    whether they point back (hai phòng này, cả hai phòng) or may count others (hai phòng)."""

    at: int
    end: int
    number: int
    head: str
    points: bool


def with_several(sentences: Sequence[Sentence], index: int, meant: Sentence, units: Register) -> Sentence:
    """The sentence with the units in the stead of the words that point back to several; `meant` is the one at the
    index, with what stands for one unit already read."""
    items: list[Item] = []
    at = 0
    while at < len(meant.items):
        words = _reference(meant, at)
        found = _units_meant(sentences, index, meant, words, units) if words and _changes(meant, words) else []
        if words is None or not found or len(found) > meant.items[words.end - 1].end - meant.items[at].start:
            items.append(meant.items[at])
            at += 1
            continue
        items += _in_stead(meant.items[at].start, meant.items[words.end - 1].end, found, units)
        at = words.end
    if items == meant.items:
        return meant
    plain = Sentence(meant.paragraph, meant.start, meant.end, items)
    plain.close()
    return plain


def _reference(sentence: Sentence, at: int) -> _Words | None:
    """The words that begin at the index, where they mean several units."""
    items = sentence.items
    both = items[at].symbol == "cả"
    first = at + both
    if first >= len(items):
        return None
    number = _number(items[first])
    end = _end_of_head(sentence, first + 1)
    if end == first + 1 or (number < 2 and items[first].symbol not in _ALL):
        return None
    head = key(sentence.between(items[first + 1].start, items[end - 1].end))
    for words in _POINTING:
        if tuple(item.symbol for item in items[end : end + len(words)]) == words:
            return _Words(at, end + len(words), max(number, 0), head, points=True)
    return _Words(at, end, number, head, points=both) if number > 1 else None


def _number(item: Item) -> int:
    value = item.value.value if isinstance(item.value, NumberAt) else _NUMBERS.get(item.symbol, 0)
    return int(value)


def _end_of_head(sentence: Sentence, at: int) -> int:
    """Where the word for what is meant ends: what is counted, a word for a unit, or one for a kind of place."""
    items = sentence.items
    if at < len(items) and items[at].symbol == "M":
        return at + 1
    for words in (3, 2, 1):
        said = key(" ".join(item.symbol for item in items[at : at + words]))
        if said in MEANT or said in _LEVELS or said == _SIDES:
            return min(at + words, len(items))
    if at < len(items) and items[at].symbol in ("U", "K"):
        named = key(sentence.between(items[at].start, items[at].end))
        return at + 1 if named in MEANT else at
    return at


def _changes(sentence: Sentence, words: _Words) -> bool:
    """Whether what is meant is the subject or the object of a verb of change; who does not point back begins a clause
    that does not say which they are (hai phòng hợp nhất là …)."""
    items, at, end = sentence.items, words.at, words.end
    before = at - 1
    while before >= 0 and items[before].symbol in _BESIDE_VERB:
        before -= 1
    if words.points and before >= 0 and items[before].symbol in _DONE_TO - {"v:into"}:
        return True
    if words.points and before > 0 and items[before].symbol in _WITH and items[before - 1].symbol == "v:merge":
        return True
    if words.points and _of_them(items, at):
        return True
    if at and items[at - 1].symbol not in _BEFORE:
        return False
    while end < len(items) and items[end].symbol in _MODAL:
        end += 1
    if end >= len(items) or items[end].symbol not in _DONE_TO:
        return False
    following = items[end + 1].symbol if end + 1 < len(items) else ""
    return words.points or following not in _LISTING


def _of_them(items: Sequence[Item], at: int) -> bool:
    """Whether what they do, or where they lie, goes over (nhiệm vụ của hai phòng này; dân số của hai xã này)."""
    if at < 2 or items[at - 1].symbol != "của":
        return False
    return items[at - 2].symbol in ("v:function", "số", "tích", "quyền", "hạn")


def _units_meant(
    sentences: Sequence[Sentence], index: int, meant: Sentence, words: _Words, units: Register
) -> list[Item]:
    """The items of the units of the kind that were named last before, as many as are meant; none where the text names
    others, or not so many."""
    for said in _said_before(sentences, index, meant, words):
        named = [item for item in said if _fits(item, words.head, units)]
        if not named:
            continue
        last = _last_row(said, named)
        each = list(_each_once(named, units))
        made = [item for item in named if _is_made(said, item)]
        for found in (last, each, made) if words.points else (each,):
            if len(found) > 1 and len(found) == (words.number or len(last)):
                return found
        return []
    return []


def _said_before(sentences: Sequence[Sentence], index: int, meant: Sentence, words: _Words) -> Iterator[Sequence[Item]]:
    """What stands before the words: in the sentence, and in the one or two before."""
    yield meant.items[: words.at]
    for back in range(index - 1, max(index - _BACK, 0) - 1, -1):
        before = sentences[back]
        apart = before.paragraph is not sentences[index].paragraph
        if before.paragraph.role == TITLE or ((apart or not words.points) and back < index - 1):
            return
        if apart and not words.points:
            return
        yield before.items


def _fits(item: Item, head: str, units: Register) -> bool:
    """Whether the item names a unit, or a place, that may be called so."""
    if item.symbol == "P" and isinstance(item.value, Place):
        level = kind_word(item.value.full)
        return bool(level) and (head == level or head.startswith(("đơn vị hành chính", "địa phương")))
    known = units.at(item) if item.symbol == "U" else None
    if known is None or not known.kind:
        return False
    if head.startswith(ANY) or head == _SIDES:
        return known.kind not in ISSUERS
    name = key(known.name)
    return any(name.startswith(said + " ") for said in (head, *_kinds_in(head)))


def _kinds_in(head: str) -> list[str]:
    """The words for a unit with which the word for what is counted begins (phòng chuyên môn: phòng)."""
    return [said for said in MEANT if head.startswith(said + " ")]


def _last_row(said: Sequence[Item], named: Sequence[Item]) -> list[Item]:
    """The last of the items with those that stand before it in one list."""
    row = [named[-1]]
    at = next(i for i, item in enumerate(said) if item is named[-1])
    while at > 1 and said[at - 1].symbol in _JOINS:
        before = next((each for each in named if each is said[at - 2]), None)
        if before is None:
            break
        row.insert(0, before)
        at -= 2
    return row


def _is_made(said: Sequence[Item], item: Item) -> bool:
    """Whether the item names what a change makes (đổi tên A thành B)."""
    at = next(i for i, each in enumerate(said) if each is item)
    return at > 0 and said[at - 1].symbol in ("v:becoming", "v:create")


def _each_once(named: Sequence[Item], units: Register) -> Iterator[Item]:
    seen: set[str] = set()
    for item in named:
        known = _known(item, units)
        if known is not None and known.name + str(known.place) not in seen:
            seen.add(known.name + str(known.place))
            yield item


def _known(item: Item, units: Register) -> Known | None:
    return units.as_place(item.value) if isinstance(item.value, Place) else units.at(item)


def _in_stead(start: int, end: int, found: Sequence[Item], units: Register) -> list[Item]:
    """A list of the units where the words from the one offset to the other stand."""
    items: list[Item] = []
    for at, item in enumerate(found):
        last = at == len(found) - 1
        if at:
            items.append(Item("và" if last else ",", start + at, start + at))
        span = start + at, end if last else start + at + 1
        known = units.at(item)
        if item.symbol == "U" and known is not None:
            units.of_mention[span] = known
        items.append(Item(item.symbol, *span, item.value))
    return items
