"""Units that a change only points back to: "phòng này", "chuyển về đây", "Năm 2010, đổi tên thành …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.text import key
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register

# what stands before "này" and means a unit of any kind
ANY = ("đơn vị", "cơ quan", "tổ chức")
_HEADS = ("trung tâm", "bệnh viện", "chi cục", "đảng bộ", "chi bộ", "văn phòng", "ban quản lí", "phòng", "sở", "ban")
_OTHERS = ("trường", "trạm", "cục", "viện", "đài", "hội", "quỹ", "báo", "hạt", "đội", "khoa", "bộ", "vụ", "công ti")
_LONG = ("liên đoàn", "thư viện", "bảo tàng", "nhà hát", "học viện", "tạp chí", "tổng cục", "vườn quốc gia")
MEANT = (*ANY, *_HEADS, *_OTHERS, *_LONG)
_SEVERAL = frozenset(("#", "các", "những", "hai", "ba", "bốn", "năm", "mỗi", "M"))
_MADE = frozenset(("v:becoming", "v:create", "v:into"))
# a history of names goes not further back than this from one name to the next
_BACK = 8


def with_references(sentences: Sequence[Sentence], index: int, units: Register) -> Sentence:
    """The sentence with a unit in the stead of "phòng này" and of "đây" behind "về": the one named last before."""
    sentence = sentences[index]
    bare = _bare_subject(sentence)
    if not bare and "này " not in sentence.symbols and "v:into đây " not in sentence.symbols:
        return sentence
    items: list[Item] = []
    for at, item in enumerate(sentence.items):
        found: Known | None = None
        first = item
        if item.symbol == "này":
            words = _words_before(items) or _bare_before(sentence, items)
            if words:
                first = items[-words]
                head = key(sentence.between(first.start, items[-1].end))
                found = _named(sentences, index, at - words, units, head)
                if found and first.symbol == "U":
                    units.of_mention[(first.start, first.end)] = found
                items = items[:-words] if found else items
        elif item.symbol == "đây" and items and items[-1].symbol == "v:into":
            found = _taker(items, units)
        elif bare and at == bare[1] - 1:
            first = sentence.items[bare[0]]
            found = _told_of(sentences, index, units, key(sentence.between(first.start, item.end)))
            items = items[: bare[0]] if found else items
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
        if len(items) >= words and said in MEANT:
            several = len(items) > words and items[-words - 1].symbol in _SEVERAL
            return 0 if several else words
    return 0


# a history goes on with its unit by a bare word (Năm 2005, trường được nâng cấp thành …)
_CHANGES = frozenset(("merge", "split", "rename", "convert", "move", "reorganise", "called", "becoming", "dissolve"))
_GOES_ON = frozenset(("được", "bị", "đã", "sẽ", "lại", "chính", "cũng", "tiếp", *(f"v:{name}" for name in _CHANGES)))
# … and stands behind nothing that has a unit of its own, but what it merged with (do sáp nhập với Trường A, trường …)
_ITS_OWN = frozenset(("do", "khi", "sau", "nhờ"))
_TOLD_BACK = 3


def _bare_subject(sentence: Sentence) -> tuple[int, int] | None:
    """Where the word stands that the clause of a change has for its subject, without a name: from, to."""
    items = sentence.items
    if "v:" not in sentence.symbols:
        return None
    for at, item in enumerate(items):
        begins = at == 0 or items[at - 1].symbol == ","
        if begins:
            for words in (3, 2, 1):
                end = at + words
                said = " ".join(each.symbol for each in items[at:end])
                if end < len(items) and said in MEANT and items[end].symbol in _GOES_ON:
                    return at, end
        if item.symbol in ("N", "C", "P", ":") or (item.symbol == "U" and not _goes_before(items[:at])):
            return None
    return None


def _goes_before(items: Sequence[Item]) -> bool:
    """Whether the unit behind the items is one with which the subject of the sentence merged."""
    return [item.symbol for item in items[-2:]] in (["v:merge", "với"], ["v:merge", "cùng"]) and any(
        item.symbol in _ITS_OWN for item in items
    )


def _told_of(sentences: Sequence[Sentence], index: int, units: Register, head: str) -> Known | None:
    """The unit with the head that the sentences before tell of: what is said to be made last, or the first one named;
    not one that the sentence itself names besides."""
    besides = [units.at(item) for item in sentences[index].items if item.symbol == "U"]
    for sentence in reversed(sentences[max(0, index - _TOLD_BACK) : index]):
        found: list[Known] = []
        for at, item in enumerate(sentence.items):
            known = units.at(item) if item.symbol == "U" and not is_bare(sentence, item) else None
            if known is None or known in besides or _is_partner(sentence.items, at):
                continue
            if not (head in ANY or key(known.name).startswith(head + " ")):
                continue
            made = at > 0 and sentence.items[at - 1].symbol in _MADE
            found = [known] if made else found or [known]
        if found:
            return found[0]
    return None


def _bare_before(sentence: Sentence, items: Sequence[Item]) -> int:
    """1 where the last item is read as a unit of which only the head is said (Ban này, Chi cục này)."""
    if not items or items[-1].symbol != "U" or not is_bare(sentence, items[-1]):
        return 0
    return 0 if len(items) > 1 and items[-2].symbol in _SEVERAL else 1


def _named(sentences: Sequence[Sentence], index: int, at: int, units: Register, head: str) -> Known | None:
    """The unit with the head that is named last before the item of the sentence, or in the sentence before it."""
    own = sentences[index]
    behind = [units.at(item) for item in own.items[at:] if item.symbol == "U" and not is_bare(own, item)]
    made = _made_in_apposition(own, at, units)
    for known, _ in _before(sentences, index, at, units, 1):
        if known in behind or known is made:
            continue  # Sở A tách khỏi Sở B; năm 2008, sở này nhập với Sở B
        if head in ANY or key(known.name).startswith(head + " "):
            return known
    return None


_APPOSED = frozenset(("đơn", "cơ", "tổ", "nơi"))
_SET_UP = frozenset(("v:create", "v:born", "lập", "v:becoming"))


def _made_in_apposition(sentence: Sentence, at: int, units: Register) -> Known | None:
    """The unit of which an apposition before the item says that it was made, and so not of itself (Phòng A, đơn vị
    được lập khi nhập phòng này với Phòng B)."""
    items = sentence.items
    for first in range(at - 3, -1, -1):
        if items[first].symbol == "U":
            apposed = items[first + 1].symbol == "," and items[first + 2].symbol in _APPOSED
            made = any(item.symbol in _SET_UP for item in items[first + 2 : at])
            return units.at(items[first]) if apposed and made else None
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
    # Giám đốc Sở A, sau khi sở này …; Địa bàn thuộc Chi cục A. Chi cục này …
    said = ("U", "C", "Y") if back == 1 else ("U",)
    for place in range(index, max(index - back, 0) - 1, -1):
        sentence = sentences[place]
        if back == 1 and sentence.paragraph is not sentences[index].paragraph:
            return
        items = sentence.items[:at] if place == index else sentence.items
        for each in range(len(items) - 1, -1, -1):
            known = units.at(items[each]) if items[each].symbol in said else None
            if back == _BACK and _is_partner(items, each):
                continue
            if known is not None and not (back > 1 and is_bare(sentence, items[each])):
                yield known, not _MADE.isdisjoint(item.symbol for item in items[max(0, each - 2) : each])


def _is_partner(items: Sequence[Item], at: int) -> bool:
    """Whether the unit at the index is only the one with which the unit that is told of merged (Năm 2008, đơn vị này
    sáp nhập với Trung tâm B; năm 2019, trung tâm …)."""
    return at > 1 and items[at - 2].symbol == "v:merge" and items[at - 1].symbol in ("với", "cùng")


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
    if any(item.symbol == "v:dissolve" and item.start < verb.start for item in sentences[index].items):
        return []  # giải thể Trạm A, nhập vào Trạm B
    named = [each for each in _names_before(sentences, index, verb, outputs, units) if each[1]]
    first = sentences[index].items[0]
    if named and first.symbol == "U" and units.at(first) not in (None, named[0][0]):
        return []  # Trường A, trực thuộc Sở B, được sáp nhập vào …: it is told of itself
    return [named[0][0]] if named else []


def made_before(sentences: Sequence[Sentence], index: int, units: Register) -> list[Known]:
    """The unit that the sentence before, or the one before that, says is made."""
    return next(([known] for known, made in _before(sentences, index, 0, units, 2) if made), [])


def called_so(
    sentences: Sequence[Sentence], index: int, sentence: Sentence, verb: Item, units: Register
) -> list[Known]:
    """The unit that "đổi tên trường thành …" gives a new name: the one named last before that is called so; `sentence`
    is the one at the index as it was matched."""
    at = sentence.items.index(verb) + 1
    end = next(i for i in range(at, len(sentence.items)) if sentence.items[i].symbol in ("v:becoming", "này"))
    said = sentence.text()[sentence.items[at].start - sentence.start : sentence.items[end - 1].end - sentence.start]
    named = sentences[index].items
    place = next((i for i, item in enumerate(named) if item.start >= verb.start), len(named))
    known = _named(sentences, index, place, units, key(said).removeprefix("nhà "))
    return [known] if known else []


def is_bare(sentence: Sentence, item: Item) -> bool:
    """Whether the item names a unit by its head only (Trung tâm được đổi tên thành …)."""
    return key(sentence.between(item.start, item.end)) in (*MEANT, "nhà trường")
