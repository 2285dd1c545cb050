"""Places that a change names only by their kind or by their bare name: "*Xã* được thành lập trên cơ sở …", "*Yên Hòa là
xã mới*, được thành lập trên cơ sở …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.items import Item, Sentence
from loaders.reading.places import LEVEL_OF, Place

_KINDS = frozenset((*(word.replace(" ", "_") for word in LEVEL_OF), "thôn"))
_THEN = frozenset(("được", "đã", "mới", "chính", "ra", "v:born"))
_LONGEST = 4  # words of a name
_BACK = 3  # sentences


def with_places_meant(sentences: Sequence[Sentence], index: int, sentence: Sentence) -> Sentence:
    """The sentence at the index with the place in the stead of the words at its beginning that mean it."""
    items = _named_as_new(sentence.items) or _of_kind(sentences, index, sentence)
    if items is None:
        return sentence
    plain = Sentence(sentence.paragraph, sentence.start, sentence.end, items)
    plain.close()
    return plain


def _named_as_new(items: Sequence[Item]) -> list[Item] | None:
    """The items with "Yên Hòa là xã mới," as the commune Yên Hòa."""
    symbols = [item.symbol for item in items[: _LONGEST + 4]]
    called = symbols.index("v:called") if "v:called" in symbols else 0
    name = [item.value for item in items[:called]]
    if not 0 < called <= _LONGEST or not all(isinstance(word, str) and word[:1].isupper() for word in name):
        return None
    if symbols[called + 2 : called + 3] != ["mới"] or symbols[called + 1] not in _KINDS:
        return None
    end = called + 3 + (symbols[called + 3 : called + 4] == [","])
    kind = symbols[called + 1].replace("_", " ")
    place = Place(" ".join(map(str, name)), kind, items[0].start, items[end - 1].end)
    return [Item("P", items[0].start, items[called - 1].end, place), *items[end:]]


def _of_kind(sentences: Sequence[Sentence], index: int, sentence: Sentence) -> list[Item] | None:
    """The items with "Xã" at the beginning as the commune that the sentences before spoke of last."""
    items = sentence.items
    bare = len(items) > 1 and items[0].symbol in _KINDS and items[0].value is None and items[1].symbol in _THEN
    kind = items[0].symbol.replace("_", " ") if bare else ""
    for before in reversed(sentences[max(0, index - _BACK) : index]) if bare else ():
        of_kind = [item for item in before.items if isinstance(item.value, Place) and item.value.kind == kind]
        if of_kind:
            return [replace(of_kind[-1], start=items[0].start, end=items[0].end), *items[1:]]
    return None
