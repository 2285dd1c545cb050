"""Units that a change only points back to: "phòng này", "chuyển về đây", "Năm 2010, đổi tên thành …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.text import key
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register

# what stands before "này" and means a unit of any kind
_ANY = ("đơn vị", "cơ quan", "tổ chức")
_HEADS = ("trung tâm", "bệnh viện", "chi cục", "đảng bộ", "chi bộ", "văn phòng", "ban quản lí", "phòng", "sở", "ban")
_MEANT = (*_ANY, *_HEADS, "trường", "trạm", "cục", "viện", "đài", "hội", "quỹ", "báo")
_SEVERAL = frozenset(("#", "các", "những", "hai", "ba", "bốn", "năm", "mỗi", "M"))
_MADE = frozenset(("v:becoming", "v:create", "v:into"))
# a history of names goes not further back than this from one name to the next
_BACK = 8


def with_references(sentences: Sequence[Sentence], index: int, units: Register) -> Sentence:
    """The sentence with a unit in the stead of "phòng này" and of "đây" behind "về": the one named last before."""
    sentence = sentences[index]
    if "này " not in sentence.symbols and "v:into đây " not in sentence.symbols:
        return sentence
    items: list[Item] = []
    for at, item in enumerate(sentence.items):
        found: Known | None = None
        first = item
        if item.symbol == "này":
            words = _words_before(items) or _bare_before(sentence, items)
            if words:
                first = items[-words]
                head = key(sentence.text()[first.start - sentence.start : items[-1].end - sentence.start])
                found = _named(sentences, index, at - words, units, head)
                if found and first.symbol == "U":
                    units.of_mention[(first.start, first.end)] = found
                items = items[:-words] if found else items
        elif item.symbol == "đây" and items and items[-1].symbol == "v:into":
            found = _taker(items, units)
        if found is None:
            items.append(item)
            continue
        units.of_mention[(first.start, item.end)] = found
        items.append(Item("U", first.start, item.end))
    if items == sentence.items:
        return sentence
    plain = Sentence(sentence.paragraph, sentence.start, sentence.end, items)
    plain.close()
    return plain


def _words_before(items: Sequence[Item]) -> int:
    """How many of the last items are the word for one unit; none where several are meant (hai sở này)."""
    for words in (3, 2, 1):
        said = " ".join(item.symbol for item in items[-words:])
        if len(items) >= words and said in _MEANT:
            several = len(items) > words and items[-words - 1].symbol in _SEVERAL
            return 0 if several else words
    return 0


def _bare_before(sentence: Sentence, items: Sequence[Item]) -> int:
    """1 where the last item is read as a unit of which only the head is said (Ban này, Chi cục này)."""
    if not items or items[-1].symbol != "U" or not is_bare(sentence, items[-1]):
        return 0
    return 0 if len(items) > 1 and items[-2].symbol in _SEVERAL else 1


def _named(sentences: Sequence[Sentence], index: int, at: int, units: Register, head: str) -> Known | None:
    """The unit with the head that is named last before the item of the sentence, or in the sentence before it."""
    for known, _ in _before(sentences, index, at, units, 1):
        if head in _ANY or key(known.name).startswith(head + " "):
            return known
    return None


def _taker(items: Sequence[Item], units: Register) -> Known | None:
    """The unit that the sentence said last to be made or to take something."""
    for at in range(len(items) - 1, 0, -1):
        if items[at].symbol == "U" and items[at - 1].symbol in _MADE:
            return units.at(items[at])
    return None


def _before(
    sentences: Sequence[Sentence], index: int, at: int, units: Register, back: int
) -> Iterator[tuple[Known, bool]]:
    """The units named before the item, last first, each with whether it is said to be made."""
    said = ("U", "C") if back == 1 else ("U",)  # Giám đốc Sở A, sau khi sở này …
    for place in range(index, max(index - back, 0) - 1, -1):
        sentence = sentences[place]
        if back == 1 and sentence.paragraph is not sentences[index].paragraph:
            return
        items = sentence.items[:at] if place == index else sentence.items
        for each in range(len(items) - 1, -1, -1):
            known = units.at(items[each]) if items[each].symbol in said else None
            if known is not None and not (back > 1 and is_bare(sentence, items[each])):
                yield known, not _MADE.isdisjoint(item.symbol for item in items[max(0, each - 2) : each])


def _names_before(
    sentences: Sequence[Sentence], index: int, verb: Item, outputs: list[Known], units: Register
) -> list[tuple[Known, bool]]:
    sentence = sentences[index]
    at = next((i for i, item in enumerate(sentence.items) if item.start >= verb.start), len(sentence.items))
    return [each for each in _before(sentences, index, at, units, _BACK) if each[0] not in outputs]


def former_name(
    sentences: Sequence[Sentence], index: int, verb: Item, outputs: list[Known], units: Register
) -> list[Known]:
    """The unit that gets the new name where the sentence does not name it itself ("Năm 2010, đổi tên thành …"): the
    one of the kind that is named last before, or that was said to be made."""
    before = _names_before(sentences, index, verb, outputs, units)
    of_kind = [each for each in before if each[0].kind == outputs[0].kind]
    made = [each for each in of_kind if each[1]] or of_kind[:1] or [each for each in before if each[1]]
    return [made[0][0]] if made else []


def last_name(
    sentences: Sequence[Sentence], index: int, verb: Item, outputs: list[Known], units: Register
) -> list[Known]:
    """The unit that a history tells of: the name that it was said to get last before the verb."""
    named = [each for each in _names_before(sentences, index, verb, outputs, units) if each[1]]
    return [named[0][0]] if named else []


def made_before(sentences: Sequence[Sentence], index: int, units: Register) -> list[Known]:
    """The unit that the sentence before, or the one before that, says is made."""
    return next(([known] for known, made in _before(sentences, index, 0, units, 2) if made), [])


def is_bare(sentence: Sentence, item: Item) -> bool:
    """Whether the item names a unit by its head only (Trung tâm được đổi tên thành …)."""
    said = sentence.text()[item.start - sentence.start : item.end - sentence.start]
    return key(said) in (*_MEANT, "nhà trường")
