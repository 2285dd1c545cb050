"""Whether the numbers of a text agree with each other; where they do not, a remark with the words of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.reading.document import CAPTION, TITLE, Document
from loaders.reading.facts import Fact, Remark
from loaders.reading.figures import figures_in
from loaders.reading.items import Sentence
from loaders.reading.known import Register

# nouns that may stand for what was counted before: from 19 to 14 cơ quan, giảm 5 đầu mối
_STANDS_FOR = frozenset(("đầu mối", "đơn vị", "cơ quan", "người"))
_FARTHEST = 60  # characters between two figures that are compared
_SHARE_OFF = 0.6  # percentage points by which a rounded share may be off
_MERGES = ("merge", "absorb", "merge_two_seals")


def find_contradictions(
    document: Document, sentences: Sequence[Sentence], facts: Sequence[Fact], units: Register
) -> list[Remark]:
    """The remarks on a document: differences, shares, parts and merges that do not add up, a title that says
    another number than the text."""
    figures = [fact for fact in facts if fact.sheet == "figures"]
    events = [fact for fact in facts if fact.sheet == "events"]
    remarks: list[Remark] = []
    for sentence in sentences:
        here = _within(figures, sentence)
        for fact in here:
            remarks += _more_than_all(fact)
        for fact, following in pairwise(here):
            between = document.normal.text[fact.evidence.end : following.evidence.start]
            if len(between) <= _FARTHEST and ";" not in between:
                remarks += _difference(fact, following)
                remarks += _difference(following, fact)
                remarks += _share(fact, following)
        remarks += _parts(document, sentence, here)
        remarks += _merged(document, _within(events, sentence), here)
    return [*remarks, *_title(document, sentences, figures, units)]


def _within(facts: Sequence[Fact], sentence: Sentence) -> list[Fact]:
    found = [f for f in facts if sentence.start <= f.evidence.start < sentence.end]
    return sorted(found, key=lambda f: (f.evidence.start, f.evidence.end))


def _shown(value: object) -> str:
    """A number as Vietnamese texts write it."""
    number = float(str(value))
    if number.is_integer():
        return f"{int(number):,}".replace(",", ".")
    return f"{number:g}".replace(".", ",")


def _remark(text: str, *facts: Fact) -> Remark:
    return Remark("contradiction", text, [fact.evidence for fact in facts], list(facts))


def _more_than_all(fact: Fact) -> Iterator[Remark]:
    value, of = fact.values.get("value"), fact.values.get("of")
    if of is not None and value is not None and value > of:
        yield _remark(f"{_shown(value)} trên {_shown(of)}: phần nhiều hơn tổng", fact)


def _difference(change: Fact, stated: Fact) -> Iterator[Remark]:
    """From 19 to 14 is fewer by 5; the text says by how many."""
    one, other = change.values, stated.values
    if one.get("from_value") is None or other.get("from_value") is not None or other.get("to_value") is not None:
        return
    if other["direction"] == "level" or other["measure"] == "share" or one["measure"] == "share":
        return
    same = one["measure"] == other["measure"] or other["unit_of_count"].lower() in _STANDS_FOR
    exact = not (one.get("approximate") or other.get("approximate"))
    if same and exact and (other["direction"] != one["direction"] or other["value"] != one["value"]):
        said = "giảm" if other["direction"] == "decrease" else "tăng"
        is_ = "giảm" if one["direction"] == "decrease" else "tăng"
        yield _remark(
            f"từ {_shown(one['from_value'])} còn {_shown(one['to_value'])} là {is_} {_shown(one['value'])}, "
            f"nguồn ghi {said} {_shown(other['value'])}",
            change,
            stated,
        )


def _share(change: Fact, share: Fact) -> Iterator[Remark]:
    """From 134 to 98 is fewer by 26,9%."""
    one, other = change.values, share.values
    before = one.get("from_value")
    if not before or other["measure"] != "share" or other["direction"] != one["direction"]:
        return
    if other.get("from_value") is not None or one.get("approximate") or other.get("approximate"):
        return
    is_ = 100 * one["value"] / before
    if abs(is_ - other["value"]) > _SHARE_OFF:
        yield _remark(
            f"từ {_shown(before)} còn {_shown(one['to_value'])} là {_shown(round(is_, 1))}%, "
            f"nguồn ghi {_shown(other['value'])}%",
            change,
            share,
        )


_PARTS = re.compile(r"(?<!\w)(trong đó|bao gồm|gồm)(?!\w)")


def _parts(document: Document, sentence: Sentence, here: Sequence[Fact]) -> Iterator[Remark]:
    """What a total is made of is not more than the total."""
    for total, following in pairwise(here):
        between = re.split(r"\d", document.normal.text[total.evidence.end : following.evidence.end])[0]
        word = _PARTS.search(between)
        if word is None or ";" in between or total.values.get("of") is not None:
            continue
        end = document.normal.text.find(";", following.evidence.start, sentence.end)
        stop = end if end >= 0 else sentence.end
        parts = [f for f in here if following.evidence.start <= f.evidence.start < stop and _is_part(f, total)]
        if not parts or total.values.get("to_value") is not None:
            continue
        value = total.values["value"]
        too_many = next((part for part in parts if part.values["value"] > value), None)
        if too_many is not None:
            yield _remark(f"phần {_shown(too_many.values['value'])} nhiều hơn tổng {_shown(value)}", total, too_many)
        elif word[1] != "trong đó" and (added := sum(part.values["value"] for part in parts)) > value:
            yield _remark(f"các phần cộng lại là {_shown(added)}, nguồn ghi tổng {_shown(value)}", total, *parts)


def _is_part(fact: Fact, total: Fact) -> bool:
    return fact.values["measure"] == total.values["measure"] and fact.values.get("from_value") is None


def _merged(document: Document, events: Sequence[Fact], here: Sequence[Fact]) -> Iterator[Remark]:
    """A merge of named units makes fewer by those that go; the text says by how many right behind it."""
    merges = [event for event in events if event.values["kind"] in _MERGES]
    if len(merges) != 1 or len(merges[0].values["inputs"]) < 2 or not merges[0].values["outputs"]:
        return
    merge = merges[0]
    inputs, outputs = merge.values["inputs"], merge.values["outputs"]
    fewer = len(inputs) - len(outputs)
    if merge.values["kind"] == "absorb":
        fewer = len(inputs)
    head = inputs[0].name.split()[0].lower()
    for figure in here:
        between = document.normal.text[merge.evidence.end : figure.evidence.start]
        behind = figure.evidence.start >= merge.evidence.end and len(between) <= _FARTHEST and ";" not in between
        noun = figure.values["unit_of_count"].lower()
        counts = noun in ("đầu mối", "đơn vị", "cơ quan") or (noun == head and all(_is(u.name, head) for u in inputs))
        if behind and counts and figure.values["direction"] == "decrease" and figure.values.get("from_value") is None:
            if figure.values["value"] != fewer:
                text = f"{len(inputs)} đơn vị nhập thành {len(outputs)} là giảm {fewer}"
                yield _remark(f"{text}, nguồn ghi giảm {_shown(figure.values['value'])}", merge, figure)
            return


def _is(name: str, head: str) -> bool:
    return name.lower().startswith(f"{head} ")


def _title(
    document: Document, sentences: Sequence[Sentence], figures: Sequence[Fact], units: Register
) -> Iterator[Remark]:
    """A title or caption that gives another number than the one sentence of the text that says the same."""
    headings = {s.paragraph.number for s in sentences if s.paragraph.role in (TITLE, CAPTION)}
    figures = [fact for fact in figures if fact.evidence.paragraph not in headings]
    for sentence in sentences:
        if sentence.paragraph.number not in headings:
            continue
        for values, evidence in figures_in(document, sentence, units, False):
            told = Fact("figures", values, evidence)
            alike = [f for f in figures if _alike(f, told)]
            if len(alike) == 1 and not any(_same(f, told) for f in figures):
                shown = f"tiêu đề ghi {_shown(values['value'])} {values['unit_of_count']}"
                yield _remark(f"{shown}, trong bài là {_shown(alike[0].values['value'])}", told, alike[0])


_TELLING = ("measure", "direction", "unit_of_count", "state")


def _alike(one: Fact, other: Fact) -> bool:
    if other.values["direction"] == "level" or one.values.get("of") != other.values.get("of"):
        return False
    return all(one.values.get(name) == other.values.get(name) for name in _TELLING)


def _same(one: Fact, other: Fact) -> bool:
    return other.values["value"] in (one.values["value"], one.values.get("from_value"), one.values.get("to_value"))
