"""What another place of the text says of a change: the lead of a list, and what a sentence only counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.text import key
from loaders.reading.entities import NumberAt
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register

# a list has not more items than this between its lead and the last
_ITEMS = 20


def begins_item(sentence: Sentence, at: int) -> bool:
    """Whether an item of a list can begin at the index: behind a comma only where the result of another stands, or
    another pair (A với B, C với D) or another taker (A về B, C về D)."""
    if sentence.items[at].symbol not in (",", "và"):
        return True
    if not any(_of_change(item) for item in sentence.items[:at]):
        return True  # Sau 10 năm, Trung tâm A trở thành …
    before = {item.symbol for item in sentence.items[max(at - 4, 0) : at]}
    return not before.isdisjoint(("v:becoming", "với", "v:into", "sang", "cho", "giao"))


def _of_change(item: Item) -> bool:
    return item.symbol in ("U", "P", "K") or (item.symbol.startswith("v:") and item.symbol != "v:from_old")


def lead_of(
    sentences: Sequence[Sentence], index: int, sentence: Sentence, verb: Item, symbol: str
) -> tuple[int, Item] | None:
    """The sentence and the verb, of the symbol, that a list of mergers or new names stands under (hợp nhất các sở
    sau: A và B thành C; …): in the same sentence before, or in the one that introduces the list with a colon. New
    names are listed only where no other change comes between (đổi tên A thành B; C thành D)."""
    said = sentence.items[: sentence.items.index(verb)]
    changes = [item for item in said if item.symbol in ("v:merge", "v:new_unit", "v:rename", "v:split")]
    if symbol == "v:rename" and changes:
        return (index, changes[-1]) if changes[-1].symbol == symbol else None
    own = [item for item in said if _leads(sentence, item, symbol)]
    if own and verb.symbol in _TAKER_BEHIND and _last_of(said, _TAKING) != symbol:
        return None
    if own:
        return index, own[0]
    if symbol == "v:merge" and index and _goes_on(sentences[index - 1], sentence):
        return index - 1, next(item for item in sentences[index - 1].items if item.symbol == symbol)
    # Trường A nay thành Trường B, các xã A và B thành xã C stand for themselves
    alone = (index, verb) if symbol == "v:rename" or verb.symbol == "v:becoming" else None
    for back in range(index - 1, max(index - _ITEMS, -1), -1):
        before = sentences[back]
        if before.symbols.endswith(": "):
            found = [item for item in before.items if _leads(before, item, symbol)]
            return (back, found[-1]) if found else alone
        if "v:becoming " not in before.symbols:
            return alone
    return alone


_ONLY_NAMED = re.compile(r"\AU (?:P )?(?:(?:, |và |với |cùng )U (?:P )?)+v:becoming U (?:P )?\Z")
_PAIR_MERGED = re.compile(r"v:merge (?:[UP] )?với [UP] ")
_PAIR = re.compile(r"(?:\A|: |, |và )(?P<kind>[UP]) với (?P=kind) ")


def _goes_on(before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence without a verb goes on with the mergers that the one before it in the paragraph tells (Trường
    A và B nhập thành C. Trường D và E thành F.; Xã A nhập với xã B. Có hai cặp nữa: xã C với xã D, …)."""
    if before.paragraph is not sentence.paragraph:
        return False
    if _ONLY_NAMED.match(sentence.symbols):
        return "v:merge " in before.symbols and "v:becoming " in before.symbols
    no_verb = "v:" not in sentence.symbols
    return no_verb and bool(_PAIR.search(sentence.symbols)) and bool(_PAIR_MERGED.search(before.symbols))


# the verb of an item whose taker stands behind "vào" or "về": a merger or a move, as the last verb before says
_TAKER_BEHIND = frozenset(("v:into", "sang", ";", ",", "và"))
_TAKING = ("v:merge", "v:move")


def _last_of(items: Sequence[Item], symbols: tuple[str, ...]) -> str:
    return next((item.symbol for item in reversed(items) if item.symbol in symbols), "")


_ALSO_LEAD = frozenset((("v:merge", "v:reorganise"), ("v:create", "lập")))


def _leads(sentence: Sentence, item: Item, symbol: str) -> bool:
    """Whether the item speaks of changes of the symbol ("các sở sau hợp nhất" does of mergers, "đơn vị mới" does
    not)."""
    if item.symbol == "v:new_unit" and symbol == "v:merge":
        said = sentence.text()[item.start - sentence.start : item.end - sentence.start]
        return bool(re.search(r"hợp nhất|sáp nhập", said, re.I))
    # sắp xếp các xã như sau: a) xã A và xã B thành xã C
    return item.symbol == symbol or (symbol, item.symbol) in _ALSO_LEAD


_CITING = frozenset(("theo", "của", "do", "tại", "ở"))


def subject_before(sentences: Sequence[Sentence], index: int, units: Register) -> list[Known]:
    """The unit that the sentence before is about ("Đây là …" says more of it): its first one that is not only cited
    there."""
    if index == 0 or sentences[index - 1].paragraph is not sentences[index].paragraph:
        return []
    return first_unit(sentences[index - 1], units)


def first_unit(sentence: Sentence, units: Register) -> list[Known]:
    """The first unit of the sentence that is not only cited."""
    items = sentence.items
    for at, item in enumerate(items):
        if item.symbol == "U" and (at == 0 or items[at - 1].symbol not in _CITING):
            known = units.at(item)
            return [known] if known else []
    return []


# the results of a unit that a headline splits into so many are named not further behind
_NAMED_WITHIN = 6
_CREATED = re.compile(r"v:create (?:(?!U )\S+ ){0,3}?(?P<made>U (?:(?:, |; |và )U ){1,5})")


_ORDINAL = re.compile(
    r"\A(?:- )?(?:một|hai|ba|bốn|năm|thứ nhất|thứ hai|thứ ba|thứ tư|#) (?:v:called |: |, )(?P<made>U )"
)
# the units that were counted before, behind what they are called (Bảy đảng đoàn gồm: …; Ba trung tâm này là …), all or
# those of one side (Phía đảng đoàn có …)
_COUNTED = re.compile(
    r"\A(?:- )?(?:(?:(?:# M|M|các M|(?:#|các|hai|ba|bốn) (?:\S+ ){1,2}?)(?: này| trên| nói trên| đó)?"
    r"|trong đó|cụ thể|đó) (?:, )?(?:gồm |v:called |bao gồm |: |, ){1,2}"
    r"|(?:về )?(?:phía|khối|bên) (?:K|M) (?:có|gồm|bao gồm|:) (?:: )?)(?P<made>U (?:(?:, |; |và |; và |cùng )U )*)"
)
# the same where the counted word is read with the first name (Ba trung tâm này gồm Trung tâm A, Trung tâm B)
_COUNTED_ONLY = re.compile(r"\A# (?P<made>U (?:(?:, |; |và |; và )?U )+)\Z")
_THOSE = re.compile(r"\Ađó v:called (?P<made>U (?:(?:, |và )U ){0,6})")


def ordinal_results(
    sentences: Sequence[Sentence], index: int, own: Sentence, match: re.Match[str], units: Register
) -> list[Known]:
    """The units that a sentence only counts (hai đảng bộ mới được lập) and the next ones name: one each ("Một là A.",
    "Thứ hai là B."), or all ("Đó là A và B"); as many as that, else none."""
    counted = own.items[own.index(match.start()) : own.index(match.end() - 2) + 1]
    numbers = [item.value.value for item in counted if isinstance(item.value, NumberAt)]
    nouns = [key(own.between(item.start, item.end)) for item in counted if item.symbol == "M"]
    for listed in (_by_clauses(sentences, index, units), _by_subjects(sentences, index, nouns, units)):
        if numbers and len(listed) == numbers[0]:
            return listed
    made: list[Known] = []
    for sentence in sentences[index + 1 : index + 1 + _NAMED_WITHIN]:
        found = _ORDINAL.search(sentence.symbols) or _THOSE.search(sentence.symbols)
        found = found or _COUNTED.search(sentence.symbols) or _COUNTED_ONLY.search(sentence.symbols)
        if found is None:
            continue
        first, last = sentence.index(found.start("made")), sentence.index(found.end("made") - 2)
        known = [units.at(item) for item in sentence.items[first : last + 1] if item.symbol == "U"]
        made += [unit for unit in known if unit is not None and unit not in made]
        if numbers and len(made) == numbers[0]:
            return made
    return []


def _by_subjects(sentences: Sequence[Sentence], index: int, nouns: list[str], units: Register) -> list[Known]:
    """The units of the counted kind with which the next sentences begin, one after the other (Hai đảng bộ mới ra đời.
    Đảng bộ A có 30 chi bộ. Đảng bộ B có 40 chi bộ.)."""
    found: list[Known] = []
    for sentence in sentences[index + 1 : index + 1 + _NAMED_WITHIN]:
        begins = next((item for item in sentence.items if item.symbol != "-"), None)
        known = units.at(begins) if begins is not None and begins.symbol == "U" else None
        if known is None or not nouns or not key(known.name).startswith(f"{nouns[0]} "):
            break
        found.append(known)
    return found


_EACH = re.compile(r"(?:\A(?:cụ thể|trong đó|theo đó|bao gồm|gồm) [,:]? ?|; (?:và )?)(?P<made>U )")


def _by_clauses(sentences: Sequence[Sentence], index: int, units: Register) -> list[Known]:
    """The units with which the clauses of the next sentence begin (Cụ thể, A có 30 chi bộ; B có 40 chi bộ)."""
    following = sentences[index + 1 : index + 2]
    if not following or not _EACH.match(following[0].symbols):
        return []
    items = [following[0].items[following[0].index(m.start("made"))] for m in _EACH.finditer(following[0].symbols)]
    return [unit for unit in map(units.at, items) if unit is not None]


def counted_results(
    sentences: Sequence[Sentence],
    index: int,
    own: Sentence,
    match: re.Match[str],
    inputs: list[Known],
    units: Register,
) -> list[Known]:
    """The results of a split that only counts them (tách Sở A thành 2 sở): as many units as that, which one of the
    next sentences says are created."""
    numbers = [item.value for item in own.items[: own.index(match.end() - 2) + 1] if isinstance(item.value, NumberAt)]
    for sentence in sentences[index + 1 : index + 1 + _NAMED_WITHIN]:
        for found in _CREATED.finditer(sentence.symbols):
            first, last = sentence.index(found.start("made")), sentence.index(found.end("made") - 2)
            known = [units.at(item) for item in sentence.items[first : last + 1] if item.symbol == "U"]
            made = [unit for unit in dict.fromkeys(known) if unit is not None and unit not in inputs]
            if numbers and len(made) == numbers[-1].value:
                return made
    return []
