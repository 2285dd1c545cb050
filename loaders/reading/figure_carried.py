"""What a figure takes from the words before it: the change that the sentence before tells, and the noun that is said
in full there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from graph.text import key
from loaders.reading.figure_rules import about_words
from loaders.reading.items import Item, Sentence

_ALL_OF_IT = r"(?:trong đó|trong số đó|trong số này|cụ thể)"
_BESIDE_IT = (
    r"(?:(?:cùng|cùng với|kèm theo|kéo theo|đi kèm|đi cùng|ngoài|bên cạnh|song song với|theo|đồng thời) "
    r"(?:đó|đấy|việc này)|ngoài ra|kèm theo|kéo theo|còn nữa)"
)
_VERBS = r"[#,;:.()]|M |v:(?!under |from_old )|có |còn |được |đã |sẽ |mới |vẫn |giữ |tăng |giảm |thì "
_NOTHING_SAID = rf"(?:(?!{_VERBS})\S+ ){{0,9}}"
_COUNTED = rf"(?:(?:{about_words()}) )?#/? (?:(?:tổng )?số )?M {_NOTHING_SAID}"
_GOES_ON = re.compile(
    rf"(?:(?P<all>{_ALL_OF_IT})|{_BESIDE_IT}) (?:, )?(?:còn )?(?:v:called |có |gồm |là |cả )?(?:: )?"
    rf"{_COUNTED}(?:(?:, và |, |và |cùng )(?:có |v:called )?{_COUNTED})*(?:\. )?\Z"
)


def goes_on(sentence: Sentence, before: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The figure of the sentence before of whose direction and state are those of a sentence that only counts further
    (Cùng với đó là 366 biên chế); what it counts "trong đó" is a part only where nothing but one change is told."""
    found = _GOES_ON.match(sentence.symbols) if before else None
    if found is None or before[-1]["direction"] == "level":
        return None
    directions = {values["direction"] for values in before}
    return before[-1] if not found["all"] or len(directions) == 1 else None


_PARTS = re.compile(r"trong đó|trong số|gồm|bao gồm|cụ thể|[:(]", re.I)
_LEAST_WORDS = 2


def with_short_nouns(sentence: Sentence) -> Sentence:
    """The sentence with what the parts of a number count, where they only say it shortly: 638 cơ sở giáo dục, trong đó
    520 *cơ sở* do xã quản lý."""
    counted = {each.start("noun") for each in _PROVINCES.finditer(sentence.symbols)}
    if not counted and (sentence.symbols.count("#") < 2 or not _PARTS.search(sentence.text())):
        return sentence
    found = Sentence(sentence.paragraph, sentence.start, sentence.end)
    said: list[tuple[list[str], Item]] = []
    at = 0
    while at < len(sentence.items):
        item = sentence.items[at]
        length = _short_of(sentence, at, said) if at and sentence.items[at - 1].symbol in ("#", "#/") else None
        if item.symbol == "tỉnh" and sentence.starts[at] in counted:
            length = 1, "provinces"
        if item.symbol == "M":
            said.append((key(sentence.between(item.start, item.end)).split(), item))
        if length is None:
            found.items.append(item)
            at += 1
        else:
            words, measure = length
            found.items.append(Item("M", item.start, sentence.items[at + words - 1].end, measure))
            at += words
    if len(found.items) == len(sentence.items) and not counted:
        return sentence
    found.close()
    return found


# counted, where a change says so; else the province is one that is named
_PROVINCES = re.compile(r"(?<!\S)(?:giảm|bớt|còn|xuống|v:becoming) (?:\S+ )?# (?P<noun>tỉnh )(?=[,;.)] |và # |\Z)")


def _short_of(sentence: Sentence, at: int, said: Sequence[tuple[list[str], Item]]) -> tuple[int, str] | None:
    """How many items from the index on are the first words of a noun that is said before, and its measure."""
    for words, item in reversed(said):
        for length in range(len(words) - 1, _LEAST_WORDS - 1, -1):
            if [each.symbol for each in sentence.items[at : at + length]] != words[:length]:
                continue
            if _PARTS.search(sentence.between(item.end, sentence.items[at].start)):
                return length, str(item.value)
    return None
