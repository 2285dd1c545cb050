"""Changes whose verb stands once for several: the further ones as sentences of their own, with the verb in its place.

"Bệnh viện A đổi tên thành Bệnh viện B, Bệnh viện C thành Bệnh viện D" says of C what it says of A; so does an item
"- C thành D" under "đổi tên các bệnh viện như sau:". What counts is the form: units, a link (thành, vào, với, trên cơ
sở), a unit, and no verb between; the verb is that of the clause before that has the same links, or of the lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.text import key
from loaders.reading.items import Item, Sentence

_LINKS = frozenset(("v:becoming", "v:into", "sang", "với", "v:basis"))
_VERBS = frozenset(("v:merge", "v:rename", "v:convert", "v:move", "v:create", "v:reorganise", "v:split", "lập"))
_UNITS = ("U", "P")
_JOINS = frozenset((",", "và"))
# words before a unit of a list, and between the units and the link
_BEFORE = frozenset(("các", "hai", "ba", "bốn", "#", "M"))
_BETWEEN = frozenset(("cũng", "thì", "nay", "được", "sẽ", "đã", "đều", "lại", "nguyên", "trạng"))
_BEHIND = frozenset(
    ("mới", "v:called", "tên", "gọi", "nguyên", "trạng", "các", "hai", "#", "M", "toàn", "bộ", "v:becoming")
)
_STARTS = frozenset(
    ("-", "–", "+", "*", "•", ",", ";", ":", "và", "còn", "riêng", "rồi", "cụ", "thể", "tại", "ở", "v:becoming")
)
_ENDS = frozenset(("", ",", ";", ".", "(", "và", "T", "theo", "v:from_old", "kể", "trong", "còn", "ngày"))
# a list has not more items than this between its lead and the last
_ITEMS = 30


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a sentence: its verb if it has one of its own, the units before its first link, its links, and the
    span of its items."""

    verb: Item | None
    units: tuple[int, ...]
    links: tuple[str, ...]
    start: int
    link: int
    end: int
    lead: Item | None  # the verb before the colon that the clause stands behind
    marked: bool  # "cũng" or "thì" says that it goes on with what was told


def completed(
    sentences: Sequence[Sentence], index: int, sentence: Sentence
) -> Iterator[tuple[Sentence, tuple[int, Item]]]:
    """Each clause of the sentence that leaves out its verb, with one in its place, and where the verb stands that it
    leaves out: the sentence at that index, and the item; `sentence` is the one at the index as it was matched."""
    before: _Clause | None = None
    verb: Item | None = None
    for clause in _clauses(sentence):
        if clause.verb is not None:
            before, verb = clause, clause.verb
            continue
        lead: tuple[int, Item] | None = None
        if before is not None and before.links == clause.links and verb is not None:
            lead = index, verb
        elif clause.lead is not None:
            lead = index, clause.lead
        elif before is None:
            lead = _lead_before(sentences, index, clause)
        before, verb = clause, lead[1] if lead else None
        symbol = _verb_for(sentence, clause, lead[1].symbol) if lead else ""
        if lead and symbol:
            yield _with_verb(sentence, clause, symbol), lead


def _clauses(sentence: Sentence) -> Iterator[_Clause]:
    """The clauses of the sentence that link units to units."""
    items = sentence.items
    at = 0
    while at < len(items):
        link = next((i for i in range(at, len(items)) if items[i].symbol in _LINKS and _unit_behind(items, i)), None)
        if link is None:
            return
        links = [link]
        end = _unit_behind(items, link) + 1
        while (following := _next_link(items, end)) is not None:
            links.append(following)
            end = _unit_behind(items, following) + 1
        end = _behind_owner(items, end)
        clause = _clause(items, at, links, end)
        if clause is not None:
            yield clause
        at = end


def _clause(items: Sequence[Item], at: int, links: list[int], end: int) -> _Clause | None:
    said = items[at : links[0]]
    colon = max((i for i, item in enumerate(said) if item.symbol == ":"), default=-1)
    own = [item for item in said[colon + 1 :] if item.symbol in _VERBS]
    form = tuple(items[i].symbol for i in links)
    if own:
        return _Clause(own[-1], (), form, at, links[0], end, None, False)
    heads = [item for item in said[: colon + 1] if item.symbol in _VERBS]
    start = _start(items, at + colon + 1, links[0])
    units = _units(items, start, links[0])
    if not units or not _is_over(items, end):
        return None
    marked = any(item.symbol in ("cũng", "thì") for item in items[units[-1] : links[0]])
    return _Clause(None, units, form, start, links[0], end, heads[-1] if heads else None, marked)


def _unit_behind(items: Sequence[Item], link: int) -> int:
    """The index of the unit that the link leads to; 0 if there is none."""
    at = link + 1
    while at < len(items) and items[at].symbol in _BEHIND:
        at += 1
    return at if at < len(items) and items[at].symbol in _UNITS else 0


def _next_link(items: Sequence[Item], at: int) -> int | None:
    """The index of a further link of the same clause (A với B *thành* C)."""
    at = _behind_owner(items, at)
    if at < len(items) and items[at].symbol == ",":
        at += 1
    linked = at < len(items) and items[at].symbol in _LINKS and items[at].symbol != "với"
    return at if linked and _unit_behind(items, at) else None


def _behind_owner(items: Sequence[Item], at: int) -> int:
    """The index behind what says whose the unit before the index is, or where (thuộc huyện A, xã B)."""
    if at + 1 < len(items) and items[at].symbol in ("của", "v:under") and items[at + 1].symbol in ("Y", "P"):
        return at + 2
    return at + 1 if at < len(items) and items[at].symbol == "P" and items[at - 1].symbol == "U" else at


def _start(items: Sequence[Item], at: int, end: int) -> int:
    """The index of the first item of a clause behind what may stand before it (; còn …, Tại huyện A, …)."""
    while at < end and (items[at].symbol in _STARTS or _is_mark(items, at)):
        if items[at].symbol in ("tại", "ở") and [item.symbol for item in items[at + 1 : at + 3]] == ["P", ","]:
            at += 2
        at += 1 + _is_mark(items, at)
    return at


def _is_mark(items: Sequence[Item], at: int) -> bool:
    """Whether the letter or number of an item of a list stands at the index (a), 1))."""
    said = items[at].symbol
    return at == 0 and len(items) > 1 and items[1].symbol == ")" and (said == "#" or len(said) == 1)


def _units(items: Sequence[Item], at: int, end: int) -> tuple[int, ...]:
    """The indices of the units of which the items [at, end) are a list, with nothing else but words that say no more
    of them; none if other words are there."""
    found: list[int] = []
    while at < end:
        while at < end and items[at].symbol in _BEFORE:
            at += 1
        if at >= end or items[at].symbol not in _UNITS or (found and items[at].symbol != items[found[0]].symbol):
            return ()
        found.append(at)
        at = _behind_owner(items, at + 1)
        if at < end and items[at].symbol in _JOINS:
            at += 1 + (items[at].symbol == "," and at + 1 < end and items[at + 1].symbol == "và")
            continue
        break
    while at < end and items[at].symbol in _BETWEEN:
        at += 1
    return tuple(found) if at == end else ()


def _is_over(items: Sequence[Item], at: int) -> bool:
    return (items[at].symbol if at < len(items) else "") in _ENDS


def _lead_before(sentences: Sequence[Sentence], index: int, clause: _Clause) -> tuple[int, Item] | None:
    """The sentence and the verb that the first clause of a sentence leaves out: those of the lead of its list, or of
    the sentence before in the paragraph whose last clause has the same links."""
    for back in range(index - 1, max(index - _ITEMS, -1), -1):
        sentence = sentences[back]
        near = sentence.paragraph is sentences[index].paragraph or clause.marked
        clauses = list(_clauses(sentence))
        if sentence.symbols.endswith(": "):
            heads = [item for item in sentence.items if item.symbol in _VERBS]
            return (back, heads[-1]) if heads else None
        if not clauses or clauses[-1].links != clause.links:
            if near and _says_nothing(sentence):
                continue
            return None
        if clauses[-1].verb is not None and near:
            return back, clauses[-1].verb
    return None


def _says_nothing(sentence: Sentence) -> bool:
    """Whether the sentence tells of no change and names no unit."""
    return "v:" not in sentence.symbols and "U " not in sentence.symbols and "P " not in sentence.symbols


def _verb_for(sentence: Sentence, clause: _Clause, lead: str) -> str:
    """The verb that the clause leaves out under a lead; none where the lead leaves out no such verb."""
    several, last = len(clause.units) > 1 or "với" in clause.links, clause.links[-1]
    if last == "v:becoming":
        if lead == "v:split":
            return ""
        return "v:merge" if several else "" if lead == "v:merge" else lead if lead in _NAMING else "v:rename"
    if last == "với":
        return "v:merge" if lead == "v:merge" else ""
    if last == "v:basis":
        return "v:create" if lead in ("v:create", "lập") else ""
    link = sentence.items[clause.link]
    taken = key(sentence.between(link.start, link.end)) == "vào"
    if lead == "v:reorganise":
        return "v:merge" if taken else "v:move"
    return lead if lead in ("v:merge", "v:move") else ""


_NAMING = ("v:rename", "v:convert")


def _with_verb(sentence: Sentence, clause: _Clause, symbol: str) -> Sentence:
    """The clause alone, with the verb before its link."""
    items = sentence.items
    at = items[clause.units[-1]].end
    said = [Item("được", at, at), Item(symbol, at, at)]
    row = [*items[clause.start : clause.link], *said, *items[clause.link : clause.end]]
    whole = Sentence(sentence.paragraph, sentence.start, sentence.end, row)
    whole.close()
    return whole
