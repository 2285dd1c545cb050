"""Changes of the apparatus: what the rules find, with status, date, and the units before and after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.text import key
from loaders.reading.document import Document
from loaders.reading.event_checks import (
    in_brackets,
    kind_of_several,
    next_subject,
    no_creation,
    no_split,
    no_transfer,
    not_a_party,
    of_people,
    one_of_several,
    only_where,
    own_level,
    repealed,
)
from loaders.reading.event_dates import OperatingDay, date_of, is_deadline, is_future, operating_days, stated_in_force
from loaders.reading.event_frame import Frame, is_spoken
from loaders.reading.event_givers import event_title, giver_before, givers, with_absorption
from loaders.reading.event_parties import (
    COUNTED_INPUTS,
    ISSUERS,
    UNNAMED,
    enough,
    merged_with_own_part,
    with_place_of_result,
    without_issuer,
)
from loaders.reading.event_results import (
    begins_item,
    counted_results,
    first_unit,
    lead_of,
    named_result,
    ordinal_results,
    subject_before,
    units_meant,
)
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.half_read import half_read, one_of_counted, only_said
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register
from loaders.reading.modality import ADOPTED, ANNOUNCED, DONE, OF_PLAN, PLANNED, SCHEME, is_decided, status_of
from loaders.reading.moved_functions import moved_function
from loaders.reading.places import Place
from loaders.reading.plain_clauses import simplified
from loaders.reading.references import former_name, is_bare, last_name, made_before, with_references
from loaders.reading.rules import Rule, matches
from loaders.reading.same_events import keep, only_part, parties, sharing, take_fuller, without_schemes_named

_RESULT_NEEDED = frozenset(("merge",))
_ON_THE_BASIS = frozenset(("create-by-merging", "created-by-merging"))
_PLACE_ON_THE_BASIS = frozenset(("creating-place-by-merging", "create-place-by-merging"))
_MAKES = frozenset(("merge", "merge_two_seals", "create", "rename", "split"))
# "Sở mới hoạt động từ …" stands not further behind the change than this
_NEAR = 500
# rules for an item of a list → the word of the grammar that the lead of the list has
_AS_LISTED = {
    "merged-as-listed": "v:merge",
    "merged-in-pairs": "v:merge",
    "places-merged-as-listed": "v:merge",
    "out-of-as-listed": "v:create",
    "renamed-as-listed": "v:rename",
    "renamed-as-listed-last": "v:rename",
    "absorbed-as-listed": "v:merge",
    "moved-as-listed": "v:move",
    "function-moved-as-listed": "v:move",
}
_BEFORE_LIST = frozenset(("create-counted-before-list", "counted-created-before-list"))
# rules for two units or more that name no result: where the one left is only a class, nothing is told
_INTO_COUNTED = frozenset(("split-into-counted", "reorganised-into-counted"))
_TWO_PLACES = frozenset(
    ("places-merged-as-listed", "merge-places-named", "merged-places-named", "place-headed-merging")
)
_PLACES_SPLIT = frozenset(("split-place", "divided-place"))
_RECEIVED = frozenset(("work-received", "more-work-received", "received-from-first", "taken-from-by"))


def find_events(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The changes that the document states, each once; a caption or title that says the same is a further
    place of it."""
    found: list[Fact] = []
    by_unit: dict[int, list[Fact]] = {}
    frame = Frame()
    for index, sentence in enumerate(sentences):
        made: list[Fact] = []
        meant = with_references(sentences, index, units)
        told = _Told(document, sentences, index, units, frame)
        for rule, match in matches(sentence.symbols):
            fact = _event(told, sentence, rule, match)
            if fact is not None:
                made.append(fact)
        plain = simplified(meant) or (meant if meant is not sentence else None)
        if plain is not None:
            for rule, match in matches(plain.symbols):
                fact = _event(told, plain, rule, match)
                if fact is not None:
                    take_fuller(made, fact)
        frame.read(document, sentence)
        made = [fact for fact in made if not with_absorption(fact, made) and not only_part(fact, made)]
        givers(made)
        giver_before(made, found, sentence)
        for fact in made:
            near = sharing(by_unit, fact)
            keep(near, fact, sentence)
            if near[-1] is fact:
                found.append(fact)
            for each in near:  # one that was there may have got further units
                for unit in parties(each):
                    listed = by_unit.setdefault(id(unit), [])
                    if each not in listed:
                        listed.append(each)
    found = without_schemes_named(found)
    day = None if document.decision else stated_in_force(sentences)
    for fact in found if day else ():
        if _undated(fact) and fact.values["inputs"]:
            fact.values["date"], fact.values["date_kind"] = day, "in_force"
    _date_by_work(found, operating_days(document, sentences), units)
    return found


def _undated(fact: Fact) -> bool:
    return str(fact.values["date"] or "≤").startswith("≤") and fact.values["status"] not in PLANNED


def _date_by_work(found: list[Fact], days: list[OperatingDay], units: Register) -> None:
    """Give changes without a day of their own the one from which their results work."""
    for day in days:
        made = [f for f in found if f.values["outputs"] and f.values["kind"] in _MAKES and _undated(f)]
        if day.unit is not None:
            known = units.at(day.unit)
            made = [f for f in made if known in f.values["outputs"]]
        elif not day.every:
            made = [f for f in made if day.at - _NEAR < f.evidence.start < day.at][-1:]
        for fact in made:
            fact.values["date"], fact.values["date_kind"] = day.day, "operating"


@dataclass(frozen=True)
class _Told:
    """Where a change is told: the document, the sentence by its index, and what was said before it."""

    document: Document
    sentences: Sequence[Sentence]
    index: int
    units: Register
    frame: Frame


def _event(told: _Told, sentence: Sentence, rule: Rule, match: re.Match[str]) -> Fact | None:
    """The change that the rule finds in the sentence, which is the one at the index or that one simplified."""
    document, sentences, index, units = told.document, told.sentences, told.index, told.units
    parts = {name: _units(sentence, match, name, units) for name in rule.pattern.groupindex if name != "verb"}
    inputs = [*parts.get("inputs", []), *parts.get("more", [])]
    outputs = parts.get("outputs", [])
    verb = _verb(sentence, match)
    if rule.name in _BEFORE_LIST:
        outputs = ordinal_results(sentences, index, sentence, match, units)
    if rule.name in COUNTED_INPUTS:
        inputs = ordinal_results(sentences, index, sentence, match, units)
    if rule.name == "function-supplemented":
        outputs = first_unit(sentence, units)
    if rule.name == "merge-these":
        inputs = units_meant(sentences, index, sentence, match, verb, units)
    if rule.kind == "rename" and outputs and set(inputs) <= set(outputs) and _names_none(sentence, rule, match):
        inputs = former_name(sentences, index, verb, outputs, units)
    if rule.name == "absorbed-once-more":
        inputs = last_name(sentences, index, verb, outputs, units)
    start, end = _span(sentence, match)
    if rule.name in _AS_LISTED and not begins_item(sentence, sentence.index(match.start())):
        return None
    listed = _AS_LISTED.get(rule.name)
    lead = lead_of(sentences, index, sentence, verb, listed) if listed else (index, verb)
    if lead is None:
        return None
    if rule.name == "transfer-of-dissolved":
        lead = (index, sentence.items[sentence.index(match.start())])  # bỏ Sở A để chuyển nhiệm vụ về B
    leading = (start, end) if lead[1] is verb else (lead[1].start, lead[1].end)
    said = (rule.status, "") if rule.status else _status(document, sentences, lead[0], lead[1], leading, told.frame)
    if rule.status == DONE and told.frame.covers(sentence):
        said = (SCHEME, OF_PLAN)
    status = said[0]
    if status is None or not enough(rule, match, inputs, outputs):
        return None
    if rule.name in UNNAMED and rule.name != "hand-over" and status not in PLANNED:
        return None
    if rule.name == "scheme-of-merging" and sentence.symbols.endswith(": "):
        return None  # what is merged follows
    if kind_of_several(sentence, rule.kind, match, inputs) or one_of_counted(sentence, match, inputs):
        return None
    if half_read(sentence, rule, match) or only_said(sentence, rule):
        return None
    if rule.name == "fewer-parts" and not _REARRANGED.search(sentence.text()):
        return None
    if rule.name == "hand-over":
        outputs = _topic(sentences, index, units)
    if rule.kind in ("create", "transfer") and _all_temporary(outputs):
        return None
    if rule.name in ("has-new-name", "takes-name") and one_of_several(sentence, match):
        return None
    if rule.kind in ("move", "rename") and of_people(sentence, match, verb):
        return None
    if repealed(sentence, verb) or (rule.name == "merged-bare" and len({unit.kind for unit in inputs}) > 1):
        return None
    if rule.kind == "create" and no_creation(sentence, match, verb):
        return None
    if not_a_party(sentence, rule.kind, match, verb):
        return None
    if rule.kind == "transfer" and no_transfer(sentence, match):
        return None
    if rule.name in _RECEIVED and inputs and inputs[0].kind in ISSUERS and outputs[0].kind not in ISSUERS:
        return None  # Sở A nhận nhiệm vụ từ UBND tỉnh: it is told to do it
    kind = rule.kind
    if rule.name in ("unit-received", "new-office-of-merging"):
        outputs = _subject(sentence, verb, units)
    if rule.name == "absorb-with" and (
        key(document.quote(verb.start, verb.end)).startswith("hợp nhất") or inputs[0].kind == outputs[0].kind
    ):
        kind, inputs, outputs = "merge", [*inputs, *outputs], []
    if rule.name in ("create", "create-places") and len(outputs) == 2 and " và " not in match["outputs"]:
        outputs = outputs[:1] if next_subject(sentence, sentence.index(match.end() - 2)) else outputs
    if rule.name == "dissolve" and len(inputs) > 1 and next_subject(sentence, sentence.index(match.end() - 2)):
        inputs = inputs[:-1] if " và " not in match["inputs"] else inputs
    if rule.name == "merged-with" and len(inputs) > 2 and next_subject(sentence, sentence.index(match.end() - 2)):
        inputs = inputs[:-1] if " và " not in match["more"] else inputs
    if rule.kind in ("move", "transfer") and len(outputs) > 1 and " và " not in match["outputs"]:
        outputs = outputs[:-1] if next_subject(sentence, sentence.index(match.end("outputs") - 2)) else outputs
    inputs = without_issuer(inputs)
    if rule.name == "this-by-merging":
        outputs = subject_before(sentences, index, units)
    if rule.name == "merged-with-and-keeps":
        outputs = inputs[:1]
    if rule.name in ("ground-is-merging", "new-unit-by-merging"):
        outputs = made_before(sentences, index, units)
    if rule.name in _INTO_COUNTED:
        outputs = counted_results(sentences, index, sentence, match, inputs, units)
        if not outputs:
            return None
    if kind == "merge" and not outputs:
        outputs = named_result(sentences, index, sentence, match.end(), units)
    if rule.name in _ON_THE_BASIS and len(inputs) == 1 and "v:merge" not in match[0]:
        kind = "rename"
    if rule.name in _PLACE_ON_THE_BASIS and len(inputs) == 1 and "v:merge" not in match[0]:
        kind = "rename" if " toàn bộ " in match[0] or "nguyên trạng" in document.quote(start, end) else "separate"
    inputs = with_place_of_result(rule, match, inputs, outputs)
    if merged_with_own_part(kind, inputs, outputs, sentences[index].symbols):
        kind, inputs, outputs = "absorb", inputs[:1], inputs[1:]
    inputs = [u for u in dict.fromkeys(inputs) if u not in outputs or kind in ("merge", "split")]
    if (not inputs and kind in ("rename", "absorb")) or (kind == "merge" and len(inputs) == 1 and inputs == outputs):
        return None
    if kind == "rename" and inputs[0].kind in ISSUERS and outputs and outputs[0].kind not in ISSUERS:
        return None  # chuyển về UBND tỉnh và tổ chức lại thành Chi cục A: who takes it is not what becomes it
    if rule.name in _TWO_PLACES and len(inputs) < 2:
        return None
    if kind == "split" and (
        no_split(sentence, match, inputs, outputs) or (rule.name in _PLACES_SPLIT and not outputs[1:])
    ):
        return None
    date, date_kind = date_of(document, sentences, lead[0], lead[1].start)
    if date and (status in (DONE, ANNOUNCED) or said[1] == OF_PLAN) and is_future(document, date):
        status = SCHEME if said[1] == OF_PLAN else ADOPTED if is_decided(sentence, verb) else SCHEME
    elif date and document.published and said[1] == OF_PLAN and date_kind != "reported":
        status = DONE  # the day from which it holds is past
    elif date and status == DONE and said[1] != "đã" and is_deadline(sentence, date, verb.start):
        status = SCHEME
    for unit in (*inputs, *outputs):
        unit.used = True
    if rule.name in UNNAMED:
        end = _clause_end(document, sentence, end)
    values: dict[str, Any] = {
        "kind": _kind(kind, sentences, index),
        "status": status,
        "date": date,
        "date_kind": date_kind if date else None,
        "title": event_title(kind, inputs, outputs, document.quote(start, end)),
        "inputs": inputs,
        "outputs": outputs,
        "scope": None if inputs or outputs else document.quote(verb.start, sentence.end)[:200],
    }
    if rule.kind == "transfer" and (inputs or outputs):
        items = sentence.index(match.start()), sentence.index(match.end() - 2)
        values["scope"] = moved_function(document, sentence, *items)
    if rule.name == "fewer-parts":
        values["scope"] = document.quote(start, end)[:200]
    evidence = Evidence(sentence.paragraph.number, start, end, rule.basis, rule.confidence, rule.name)
    return Fact("events", values, evidence)


def _names_none(sentence: Sentence, rule: Rule, match: re.Match[str]) -> bool:
    """Whether what gets a new name is not named, or only by its head (Trung tâm được đổi tên thành …)."""
    if "inputs" not in rule.pattern.groupindex:
        return True
    return is_bare(sentence, sentence.items[sentence.index(match.start("inputs"))])


def _clause_end(document: Document, sentence: Sentence, at: int) -> int:
    """The end of the clause: the next semicolon or the end of the sentence, not more than 150 characters on."""
    text = document.normal.text[at : min(sentence.end, at + 150)]
    cut = min((i for mark in ";." if (i := text.find(mark)) >= 0), default=len(text))
    return at + cut


_REARRANGED = re.compile(r"đầu mối|cơ cấu lại|sắp xếp lại|tổ chức lại|kiện toàn", re.I)
_PLAN = re.compile(r"(?:theo|Theo) (?:phương án|đề án|dự thảo|kế hoạch|lộ trình)|dự kiến|Dự kiến|đề xuất", re.I)
_PLAN_TITLE = re.compile(r"phương án|đề án|dự kiến|dự thảo|đề xuất|lấy ý kiến|sẽ ", re.I)


def _status(
    document: Document, sentences: Sequence[Sentence], index: int, verb: Item, span: tuple[int, int], frame: Frame
) -> tuple[str | None, str]:
    """The status by the words of the sentence; where they say nothing, by what the text around it is: a plan that
    was introduced before in the paragraph, or a list of changes without a subject under such a title."""
    sentence = sentences[index]
    before = [s for s in sentences[max(0, index - 4) : index] if s.paragraph is sentence.paragraph]
    planned = any(_PLAN.search(s.text()) for s in before)
    first = any(item.symbol.startswith("v:") for item in sentence.items[:4])
    planned = planned or (first and bool(_PLAN_TITLE.search(document.title)))
    framed = is_spoken(sentence, sentence.items.index(verb)) or frame.covers(sentence)
    said = {"decision": document.decision, "planned": planned, "framed": framed}
    return status_of(sentence, verb.start, span[1], start=span[0], **said)


def _verb(sentence: Sentence, match: re.Match[str]) -> Item:
    at = match.start("verb") if "verb" in match.re.groupindex else match.start()
    return sentence.items[sentence.index(at)]


def _span(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    first = sentence.items[sentence.index(match.start())]
    last = sentence.items[sentence.index(match.end() - 2)]
    return first.start, last.end


def _units(sentence: Sentence, match: re.Match[str], name: str, units: Register) -> list[Known]:
    """The units in a part of a match, each once."""
    if match[name] is None:
        return []
    first, last = sentence.index(match.start(name)), sentence.index(match.end(name) - 2)
    found: list[Known] = []
    for at, item in enumerate(sentence.items[first : last + 1], first):
        if (
            name in ("inputs", "outputs")
            and at < last
            and only_where(sentence.items, at, first, made=name == "outputs")
        ):
            continue
        if found and (sentence.items[at - 1].symbol == ")" or in_brackets(sentence.items, at)):
            continue  # Cơ quan Ủy ban Kiểm tra (UBKT) Huyện ủy, Ban Tôn giáo (Sở Nội vụ): whose it is
        if item.symbol == "U" and match[name].startswith("P "):
            continue  # khu phố 1 và khu phố 6 của phường A: parts of a place
        if isinstance(item.value, Place) and name in ("inputs", "more", "outputs") and match[name].startswith("P "):
            known: Known | None = units.as_place(item.value)
        else:
            known = units.at(item) if item.symbol == "U" or (item.symbol == "Y" and first == last) else None
        if known is not None and known not in found:
            found.append(known)
    return own_level(found) if match[name].startswith("P ") else found


def _all_temporary(units: list[Known]) -> bool:
    """Whether only working groups are named, which are no part of the apparatus."""
    return bool(units) and all(unit.kind in ("ban_chi_dao", "to_kiem_tra") for unit in units)


def _topic(sentences: Sequence[Sentence], index: int, units: Register) -> list[Known]:
    """The office or department that the paragraph is about: the one named before."""
    for sentence in reversed(sentences[max(0, index - 3) : index + 1]):
        for item in reversed(sentence.items):
            known = units.at(item) if item.symbol in ("U", "Y") else None
            if known is not None and known.kind in ("van_phong_cap_uy", "van_phong", "so", "van_phong_ubnd"):
                return [known]
    return []


def _subject(sentence: Sentence, verb: Item, units: Register) -> list[Known]:
    """The unit named last before the verb."""
    for item in reversed(sentence.items[: sentence.items.index(verb)]):
        known = units.at(item) if item.symbol in ("U", "C") else None
        if known is not None:
            return [known]
    return []


def _kind(kind: str, sentences: Sequence[Sentence], index: int) -> str:
    if kind == "merge":
        near = " ".join(s.symbols for s in sentences[index : index + 2])
        if re.search(r"(?:hai|# ) ?(?:con )?dấu", near):
            return "merge_two_seals"
    return kind
