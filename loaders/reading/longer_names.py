"""Names that go on in words which no vocabulary has: sáp nhập A vào Chi cục Hải quan *khu thương mại Lao Bảo*.

Behind a subject such words could say what it does. What is merged, ended, set up or renamed is an object: nothing is
said of it before the next mark, verb or word that names do not go on with, so that all up to there is its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from graph.text import key
from graph.vocabulary import data
from loaders.reading.items import Item
from loaders.reading.lexicon import keys, listed
from loaders.reading.unit_names import Unit

_OBJECT_OF = frozenset(
    (
        *("v:merge", "v:dissolve", "v:rename", "v:create", "v:split", "v:into", "v:becoming", "v:called"),
        *("v:from_old", "v:basis", "thành", "lập"),
    )
)
_JOINS = frozenset((",", "và", "với", "cùng", ";", ":", "gồm"))
_LISTED = frozenset(("U", "P", "K", "#", "M"))
_OVER = frozenset(
    (",", ";", ".", "(", ")", "và", "với", "thành", "của", "thuộc", "T", "D", "để", "từ", "theo", "sẽ", "đã")
)
# committees and places have no names of their own, and of departments and ministries all are known
_NEVER = frozenset(
    ("ubnd", "hdnd", "so", "bo", "tinh_uy", "huyen_uy", "thi_uy", "thanh_uy", "quan_uy", "thon", "to_dan_pho")
)
_MOST_WORDS = 9
_BECOMING = frozenset(("v:becoming", "v:called", "thành"))
_OF_ONE_RESULT = frozenset(("v:rename", "v:merge", "v:convert", "v:reorganise"))
_ENDS = frozenset((";", ".", ")", "(", "T"))
# words that stand in names again behind a hyphen (châu Á - châu Phi)
_PAIRED = frozenset(("châu", "miền", "vùng"))


def with_longer_names(items: list[Item], text: str, offset: int) -> list[Item]:
    """The items of a sentence; the names of what is changed go on up to the next mark, verb or word that names do
    not go on with. `text` begins at the offset."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        end = _end_of_name(items, at, found)
        unit = items[at].value
        if end > at + 1 and isinstance(unit, Unit):
            last = items[end - 1].end
            name = unit.name + text[items[at].end - offset : last - offset]
            longer = replace(unit, name=name, end=unit.end + last - items[at].end)
            found.append(replace(items[at], end=last, value=longer))
        else:
            found.append(items[at])
        at = max(end, at + 1)
    return found


def _end_of_name(items: Sequence[Item], at: int, before: Sequence[Item]) -> int:
    """The index behind the unit at the index with what its name goes on with; 0 if it does not go on."""
    unit = items[at].value
    plain = items[at].symbol == "U" and isinstance(unit, Unit) and unit.place is None and unit.parent is None
    if not plain or not isinstance(unit, Unit) or unit.kind in _NEVER:
        return 0
    whole = _halved(items, at, unit)
    if not _is_object(before):
        return whole
    end = _words_end(items, max(at + 1, whole))
    while end + 1 < len(items) and items[end].symbol == ",":  # dược phẩm, mỹ phẩm, thực phẩm
        following = _words_end(items, end + 1)
        if following == end + 1 or not all(_of_names(item) for item in items[end + 1 : following]):
            break
        end = following
    end = max(end, _end_of_parts(items, end, before))
    over = items[end].symbol if end < len(items) else "."
    closed = over in _OVER or over.startswith("v:")
    return end if at + 1 < end <= at + 1 + _MOST_WORDS and closed else whole


def _halved(items: Sequence[Item], at: int, unit: Unit) -> int:
    """The index behind the rest of a word of two syllables in whose middle the name ends (Trường A Trung *ương*, thị
    trường nước *ngoài*), or of a pair of the same word (châu Âu *- châu Mỹ*); 0 where it ends with a word."""
    end = at + 1
    last = key(unit.name).split()[-1]
    while end < len(items) and isinstance(items[end].value, str) and (last, items[end].symbol) in _pairs():
        last, end = items[end].symbol, end + 1
    pair = [item.symbol for item in items[end : end + 2]]
    if len(pair) == 2 and pair[0] == "-" and pair[1] in _PAIRED and pair[1] in key(unit.name).split():
        end += 2
        while end < len(items) and _is_large(items[end]) and items[end].start - items[end - 1].end <= 1:
            end += 1
    return end if end > at + 1 else 0


def _end_of_parts(items: Sequence[Item], at: int, before: Sequence[Item]) -> int:
    """The index behind ", B và C" with which the name of the one result goes on (đổi tên thành Cục A, *Chuyển đổi xanh
    và Khuyến công*); the index itself where no such list ends here."""
    one = bool(before) and before[-1].symbol in _BECOMING and any(i.symbol in _OF_ONE_RESULT for i in before)
    end, joined = at, False
    while one and not joined and end + 1 < len(items) and _is_large(items[end + 1]):
        if items[end].symbol not in (",", "và"):
            break
        joined = items[end].symbol == "và"
        end += 2
        while end < len(items) and _is_word(items[end]) and items[end].start - items[end - 1].end <= 1:
            end += 1
    over = items[end].symbol if end < len(items) else "."
    return end if joined and over in _ENDS else at


def _words_end(items: Sequence[Item], at: int) -> int:
    """The index behind the words at the index with which a name may go on; none where they only say what it does (về
    Công an tỉnh *quản lý*)."""
    end = at
    while end < len(items) and items[end].start - items[end - 1].end <= 1:
        hyphen = items[end].symbol == "-" and end + 1 < len(items)
        if not _may_go_on(items, end + hyphen):
            break
        end += 1 + hyphen
    said = " ".join(item.symbol for item in items[at:end])
    return at if said in keys("also_verbs") | keys("name_verbs") else end


def _may_go_on(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    two = f"{item.symbol} {items[at + 1].symbol}" if at + 1 < len(items) else ""
    word = isinstance(item.value, str) and item.symbol.isalpha()
    return word and not {item.symbol, two} & (keys("stops") | _OVER)


def _is_word(item: Item) -> bool:
    return isinstance(item.value, str) and item.symbol not in keys("stops") | _OVER


def _is_large(item: Item) -> bool:
    """Whether a word with a capital stands there, a word of change among them (*Chuyển* đổi xanh)."""
    return isinstance(item.value, str) and item.value[:1].isupper()


def _of_names(item: Item) -> bool:
    return item.symbol in _words_of_names() and isinstance(item.value, str) and item.value.islower()


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    """The two syllables of words that no name ends in the middle of."""
    return frozenset((first, second) for first, second in (key(text).split() for text in listed("whole_words")))


@lru_cache(maxsize=1)
def _words_of_names() -> frozenset[str]:
    """The words that names of units are known to have."""
    known = (*listed("name_parts"), *data("titles")["name_words"])
    return frozenset(word for text in known for word in key(text).split())


def _is_object(before: Sequence[Item]) -> bool:
    """Whether what follows these items is changed, or is what a change makes."""
    at = len(before)
    while at and before[at - 1].symbol in _JOINS | _LISTED:
        at -= 1
    joined = at < len(before) and before[-1].symbol in _JOINS
    return at > 0 and before[at - 1].symbol in _OBJECT_OF and (joined or at == len(before))
