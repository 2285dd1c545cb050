"""What a unit was before, by the changes that were told of it: "lại tách ra như cũ", "trở lại tên cũ"."""

from __future__ import annotations

from loaders.reading.deciders import ISSUERS
from loaders.reading.event_context import Context
from loaders.reading.facts import Fact
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known
from loaders.reading.places import Place
from loaders.reading.references import is_bare

_UNDONE_BY = {"split": ("merge", "merge_two_seals"), "rename": ("rename",)}


def undone(told: Context, sentence: Sentence, verb: Item, kind: str) -> tuple[list[Known], list[Known]]:
    """What the change told before made, that one of the kind undoes, and of what; nothing where none was told."""
    fact = _told_before(told, sentence, verb, kind)
    return (fact.values["outputs"], fact.values["inputs"]) if fact else ([], [])


def _told_before(told: Context, sentence: Sentence, verb: Item, kind: str) -> Fact | None:
    """The change told before that one of the kind undoes: the last that made the unit that stands before the verb, or,
    where none stands there, what was told last."""
    changes = [each for each in told.changes() if each.values["kind"] in _UNDONE_BY[kind] and each.values["inputs"]]
    named = _named_behind(told, sentence, verb) or _named_before(told, sentence, verb)
    if named:
        made = [each for each in changes if each.values["outputs"] == named[-1:]]
        return made[-1] if made else None
    last = changes[-1] if changes else None
    near = told.sentences[max(0, told.index - 1)]
    if last is None or len(last.values["outputs"]) != 1 or last.evidence.start < near.start:
        return None
    return last if near.paragraph is told.sentence.paragraph or last.evidence.start >= told.sentence.start else None


def _named_before(told: Context, sentence: Sentence, verb: Item) -> list[Known]:
    """The units that the clause of the verb names before it; in one that tells a change itself, what that made."""
    before = sentence.items[: sentence.items.index(verb)]
    begins = max((at for at, item in enumerate(before) if item.symbol == ";" or _is_change(item)), default=-1)
    return [known for item in before[begins + 1 :] if (known := _known(told, sentence, item)) is not None]


def _named_behind(told: Context, sentence: Sentence, verb: Item) -> list[Known]:
    """The unit that gets back what it had (trả lại tên cũ cho Trường A)."""
    at = sentence.items.index(verb)
    behind = sentence.items[at : at + 6]
    given = next((i for i, item in enumerate(behind[:-1]) if item.symbol == "cho"), None)
    known = _known(told, sentence, behind[given + 1]) if given is not None else None
    return [known] if known is not None else []


def _is_change(item: Item) -> bool:
    return item.symbol in ("v:merge", "v:rename", "v:becoming", "v:create")


def _known(told: Context, sentence: Sentence, item: Item) -> Known | None:
    if item.symbol == "P" and isinstance(item.value, Place):
        return told.units.as_place(item.value)
    known = told.units.at(item) if item.symbol == "U" and not is_bare(sentence, item) else None
    return known if known is not None and known.kind not in ISSUERS else None
