"""What a unit does besides: its second predicate as a sentence of its own, so that the rules for changes fit it.

"Phòng A được thành lập trên cơ sở …, đồng thời nhận nhiệm vụ … do Phòng B chuyển sang" says of A what
"Phòng A nhận nhiệm vụ … do Phòng B chuyển sang" says; "… hợp nhất thành Phòng A, tiếp nhận …" says it of the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.reading.deciders import ISSUERS
from loaders.reading.facts import Fact
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Register
from loaders.reading.same_events import take_fuller

_RECEIVES = frozenset(("v:receive", "nhận"))
_NAMES = frozenset(("v:rename", "v:becoming", "v:called"))
_HANDS = frozenset(("v:move",))
_GIVEN = frozenset((("bổ", "sung"), ("giao", "thêm")))
# what stands between the join and the verb: , đồng thời được …
_BETWEEN = frozenset(("đồng", "thời", "đã", "được", "sẽ", "còn", "cũng", "chính", "thức", "nay", "vừa"))
_JOINS = frozenset((",", ";", "và", "rồi"))
_AFTER = frozenset(("sau", "khi"))
# behind a unit at the beginning of a clause: it is the subject
_ACTS = frozenset(
    ("đã", "được", "sẽ", "nay", "còn", "cũng", "vừa", "nhận", "giữ", "tiếp", "thay", "điều", "bổ", "chính")
)
_MAKES = frozenset(
    ("v:merge", "v:split", "v:create", "v:convert", "v:reorganise", "v:becoming", "v:dissolve", "v:move")
)
# before a unit that only gives what the subject takes
_GIVES = frozenset(("của", "v:from_old", "do", "được"))
_NO_ACT = frozenset(("v:under", "v:into", "v:from_old", "v:basis", "v:called", "v:new_unit", "v:function"))


def second_predicates(sentence: Sentence, units: Register) -> Iterator[tuple[Sentence, int]]:
    """Each further predicate of the sentence behind its subject, and where it begins: the subject is the unit with
    which the clause begins, or which the change told before makes."""
    items = sentence.items
    begins = {at for at in range(1, len(items)) if _begins(items, at)}
    subject: int | None = None
    taking: Item | None = None  # the verb by which the subject took what stands before
    for at, item in enumerate(items):
        if item.symbol == "U" and (_is_subject(items, at) or _is_made(items, at)):
            subject, taking = at, None
        taking = item if item.symbol in _RECEIVES else None if item.symbol == ";" else taking
        if at not in begins or subject is None:
            continue
        verb = [taking] if item.symbol == "v:function" and taking is not None else []
        if item.symbol == "v:function" and not verb:
            continue
        end = next((i for i in range(at + 1, len(items)) if items[i].symbol == ";" or i in begins), len(items))
        if items[at].symbol in _NAMES | _HANDS and not _only_named(items, subject, at, units):
            continue
        plain = Sentence(sentence.paragraph, sentence.start, sentence.end, [items[subject], *verb, *items[at:end]])
        plain.close()
        yield plain, item.start


_KINDS = frozenset(("transfer", "rename"))


def take_second(made: list[Fact], fact: Fact, start: int) -> None:
    """Add what a second predicate tells; who gets a new name or a function is its subject, and not the unit named
    last before."""
    if fact.values["kind"] not in _KINDS:
        return
    # the subject stands further in front, beyond what else is told of it
    first = max(fact.evidence.start, start)
    made[:] = [each for each in made if not _of_another(each, fact, first)]
    take_fuller(made, Fact(fact.sheet, fact.values, replace(fact.evidence, start=first)))


def _of_another(one: Fact, fact: Fact, first: int) -> bool:
    """Whether the change is the same as the fact, from the offset on, said of another unit."""
    if one.values["kind"] != fact.values["kind"]:
        return False
    if fact.values["kind"] == "rename":
        return bool(one.values["outputs"] == fact.values["outputs"])
    same = bool(fact.values["inputs"]) and one.values["inputs"] == fact.values["inputs"]
    return same and one.evidence.end > first and one.evidence.start < fact.evidence.end


def _begins(items: Sequence[Item], at: int) -> bool:
    """Whether a further predicate has its verb at the index."""
    symbol = items[at].symbol
    if symbol == "v:function":
        return items[at - 1].symbol in _JOINS and _symbol(items, at - 2) in ("U", "P")
    given = (symbol, _symbol(items, at + 1)) in _GIVEN
    hands = symbol in _HANDS and _symbol(items, at + 1) == "v:function"
    if symbol not in _RECEIVES | _NAMES and not given and not hands:
        return False
    before = at - 1
    while before > 0 and items[before].symbol in _BETWEEN:
        before -= 1
    if symbol in _RECEIVES and items[before].symbol in _AFTER:
        return True
    return items[before].symbol in _JOINS


def _is_subject(items: Sequence[Item], at: int) -> bool:
    if at and items[at - 1].symbol not in (",", ";", ":"):
        return False
    following = _symbol(items, at + 1)
    if at == 0 and following == "," and _symbol(items, 2) in _ACTS:
        return True  # Trung tâm A, được giao thêm …, nay mang tên …
    return following in _ACTS or (following.startswith("v:") and following not in _NO_ACT)


def _is_made(items: Sequence[Item], at: int) -> bool:
    return at > 0 and items[at - 1].symbol in ("v:becoming", "v:create")


def _only_named(items: Sequence[Item], subject: int, at: int, units: Register) -> bool:
    """Whether the subject itself gets the name: no other change stands before, nor a unit that it takes in, and it is
    no organ that decides."""
    known = units.at(items[subject])
    if known is None or known.kind in ISSUERS or _is_made(items, subject):
        return False
    if any(items[i].symbol == "U" and items[i - 1].symbol not in _GIVES for i in range(subject + 1, at)):
        return False  # tiếp nhận Trường B và đổi tên thành …
    return _MAKES.isdisjoint(item.symbol for item in items[subject + 1 : at])


def _symbol(items: Sequence[Item], at: int) -> str:
    return items[at].symbol if at < len(items) else ""
