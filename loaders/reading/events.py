"""Changes of the apparatus: what the rules find, with status, date, and the units before and after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.text import key
from graph.vocabulary import label
from loaders.reading.document import Document
from loaders.reading.event_checks import (
    next_subject,
    not_a_party,
    of_each,
    only_where,
    own_level,
    repealed,
    something_else,
)
from loaders.reading.event_dates import OperatingDay, date_of, is_deadline, is_future, operating_days, stated_in_force
from loaders.reading.event_frame import Frame, is_spoken
from loaders.reading.event_results import (
    begins_item,
    counted_results,
    lead_of,
    named_result,
    subject_before,
    units_meant,
)
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register
from loaders.reading.modality import ADOPTED, ANNOUNCED, DONE, OF_PLAN, PLANNED, SCHEME, is_decided, status_of
from loaders.reading.moved_functions import moved_function
from loaders.reading.places import Place
from loaders.reading.plain_clauses import simplified
from loaders.reading.rules import Rule, matches
from loaders.reading.same_events import keep, parties, sharing, take_fuller

_RESULT_NEEDED = frozenset(("merge",))
_ON_THE_BASIS = frozenset(("create-by-merging", "created-by-merging"))
_MAKES = frozenset(("merge", "merge_two_seals", "create", "rename", "split"))
# "Sở mới hoạt động từ …" stands not further behind the change than this
_NEAR = 500
_UNNAMED = frozenset(("scheme-of-merging", "hand-over"))
_AS_LISTED = frozenset(
    (
        "merged-as-listed",
        "merged-in-pairs",
        "places-merged-as-listed",
        "renamed-as-listed",
        "renamed-as-listed-last",
    )
)


def find_events(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The changes that the document states, each once; a caption or title that says the same is a further
    place of it."""
    found: list[Fact] = []
    by_unit: dict[int, list[Fact]] = {}
    frame = Frame()
    for index, sentence in enumerate(sentences):
        made: list[Fact] = []
        told = _Told(document, sentences, index, units, frame)
        for rule, match in matches(sentence.symbols):
            fact = _event(told, sentence, rule, match)
            if fact is not None:
                made.append(fact)
        plain = simplified(sentence)
        for rule, match in matches(plain.symbols) if plain is not None else ():
            fact = _event(told, plain, rule, match)
            if fact is not None:
                take_fuller(made, fact)
        frame.read(document, sentence)
        made = [fact for fact in made if not _with_absorption(fact, made)]
        _givers(made)
        _giver_before(made, found, sentence)
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


def _givers(made: list[Fact]) -> None:
    """What is handed over behind a dissolution in the same sentence was the dissolved unit's; a second hand-over
    that names no giver is by that of the first."""
    made = sorted(made, key=lambda fact: fact.evidence.start)
    for before, fact in pairwise(made):
        a, b = before.values, fact.values
        if a["kind"] == b["kind"] == "transfer" and a["inputs"] and not b["inputs"] and b["outputs"] != a["inputs"]:
            b["inputs"] = a["inputs"]  # chuyển nhiệm vụ A từ Sở B sang Sở C; chuyển nhiệm vụ D sang Sở E
            b["title"] = _title(b["kind"], b["inputs"], b["outputs"], "")
    dissolved = [fact for fact in made if fact.values["kind"] == "dissolve"]
    for fact in made if len(dissolved) == 1 else ():
        behind = dissolved[0].evidence.start < fact.evidence.start
        if fact.values["kind"] == "transfer" and fact.values["inputs"] == dissolved[0].values["inputs"]:
            _not_before(fact, dissolved[0])
        if behind and fact.values["kind"] == "transfer" and not fact.values["inputs"]:
            fact.values["inputs"] = dissolved[0].values["inputs"]
            fact.values["title"] = _title("transfer", fact.values["inputs"], fact.values["outputs"], "")


def _not_before(fact: Fact, dissolved: Fact) -> None:
    """What a unit leaves behind is not handed over while its end is only planned."""
    if dissolved.values["status"] in PLANNED and fact.values["status"] == DONE:
        fact.values["status"] = dissolved.values["status"]


def _with_absorption(fact: Fact, made: list[Fact]) -> bool:
    """Whether what is handed over is only what goes along with units that the taker absorbs."""
    values = fact.values
    if values["kind"] != "transfer" or values["inputs"]:
        return False
    return any(each.values["kind"] == "absorb" and each.values["outputs"] == values["outputs"] for each in made)


_OF_IT = re.compile(
    r"(?:chức năng|nhiệm vụ|nhân sự|tài sản)\b[^.;]{0,40}?"
    r" của (?:phòng|sở|ban|chi cục|trung tâm|cơ quan|đơn vị|quỹ|trường)"
    r"(?: này| cũ| nói trên)? (?:được|sẽ|đã|chuyển|giao)",
    re.I,
)


def _giver_before(made: list[Fact], found: list[Fact], sentence: Sentence) -> None:
    """What "nhiệm vụ của phòng này" is handed over was that of the one unit that the sentence before dissolves."""
    open_ones = [fact for fact in made if fact.values["kind"] == "transfer" and not fact.values["inputs"]]
    if not open_ones or _OF_IT.search(sentence.text()) is None:
        return
    ended = [f for f in found if f.values["kind"] == "dissolve" and f.evidence.paragraph == sentence.paragraph.number]
    for fact in open_ones if ended and len(ended[-1].values["inputs"]) == 1 else ():
        fact.values["inputs"] = ended[-1].values["inputs"]
        fact.values["title"] = _title("transfer", fact.values["inputs"], fact.values["outputs"], "")


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
    if rule.name == "merge-these":
        inputs = units_meant(sentences, index, sentence, match, verb, units)
    start, end = _span(sentence, match)
    if rule.name in _AS_LISTED and not begins_item(sentence, sentence.index(match.start())):
        return None
    lead = lead_of(sentences, index, sentence, verb, f"v:{rule.kind}") if rule.name in _AS_LISTED else (index, verb)
    if lead is None:
        return None
    leading = end if lead[1] is verb else lead[1].end
    said = (rule.status, "") if rule.status else _status(document, sentences, lead[0], lead[1], leading, told.frame)
    status = said[0]
    if status is None or not _enough(rule, match, inputs, outputs):
        return None
    if rule.name in _UNNAMED and rule.name != "hand-over" and status not in PLANNED:
        return None
    if rule.name == "scheme-of-merging" and sentence.symbols.endswith(": "):
        return None  # what is merged follows
    if rule.name == "fewer-parts" and not _REARRANGED.search(sentence.text()):
        return None
    if rule.name == "hand-over":
        outputs = _topic(sentences, index, units)
    if rule.kind in ("create", "transfer") and _all_temporary(outputs):
        return None
    if rule.kind in ("move", "rename") and _of_people(sentence, match, verb):
        return None
    if repealed(sentence, verb) or (rule.name == "merged-bare" and len({unit.kind for unit in inputs}) > 1):
        return None
    if rule.kind == "create" and _no_creation(sentence, match, verb):
        return None
    if not_a_party(sentence, rule.kind, match, verb):
        return None
    kind = rule.kind
    if rule.name == "unit-received":
        outputs = _subject(sentence, verb, units)
    if rule.name == "absorb-with" and (
        key(document.quote(verb.start, verb.end)).startswith("hợp nhất") or inputs[0].kind == outputs[0].kind
    ):
        kind, inputs, outputs = "merge", [*inputs, *outputs], []
    if rule.name == "create" and len(outputs) == 2 and " và " not in match["outputs"]:
        outputs = outputs[:1] if next_subject(sentence, sentence.index(match.end() - 2)) else outputs
    inputs = _without_issuer(inputs)
    if rule.name == "this-by-merging":
        outputs = subject_before(sentences, index, units)
    if rule.name == "split-into-counted":
        outputs = counted_results(sentences, index, sentence, match, inputs, units)
        if not outputs:
            return None
    if kind == "merge" and not outputs:
        outputs = named_result(sentences, index, sentence, match.end(), units)
    if rule.name in _ON_THE_BASIS and len(inputs) == 1 and "v:merge" not in match[0]:
        kind = "rename"
    inputs = [u for u in dict.fromkeys(inputs) if u not in outputs or kind == "merge"]
    if not inputs and kind in ("rename", "absorb"):
        return None
    if kind == "rename" and inputs[0].kind in _ISSUERS and outputs and outputs[0].kind not in _ISSUERS:
        return None  # chuyển về UBND tỉnh và tổ chức lại thành Chi cục A: who takes it is not what becomes it
    if rule.name == "places-merged-as-listed" and len(inputs) < 2:
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
    if rule.name in _UNNAMED:
        end = _clause_end(document, sentence, end)
    values: dict[str, Any] = {
        "kind": _kind(kind, sentences, index),
        "status": status,
        "date": date,
        "date_kind": date_kind if date else None,
        "title": _title(kind, inputs, outputs, document.quote(start, end)),
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


def _clause_end(document: Document, sentence: Sentence, at: int) -> int:
    """The end of the clause: the next semicolon or the end of the sentence, not more than 150 characters on."""
    text = document.normal.text[at : min(sentence.end, at + 150)]
    cut = min((i for mark in ";." if (i := text.find(mark)) >= 0), default=len(text))
    return at + cut


_REARRANGED = re.compile(r"đầu mối|cơ cấu lại|sắp xếp lại|tổ chức lại|kiện toàn", re.I)
_PLAN = re.compile(r"(?:theo|Theo) (?:phương án|đề án|dự thảo|kế hoạch|lộ trình)|dự kiến|Dự kiến|đề xuất", re.I)
_PLAN_TITLE = re.compile(r"phương án|đề án|dự kiến|dự thảo|đề xuất|lấy ý kiến|sẽ ", re.I)


def _status(
    document: Document, sentences: Sequence[Sentence], index: int, verb: Item, end: int, frame: Frame
) -> tuple[str | None, str]:
    """The status by the words of the sentence; where they say nothing, by what the text around it is: a plan that
    was introduced before in the paragraph, or a list of changes without a subject under such a title."""
    sentence = sentences[index]
    before = [s for s in sentences[max(0, index - 4) : index] if s.paragraph is sentence.paragraph]
    planned = any(_PLAN.search(s.text()) for s in before)
    first = any(item.symbol.startswith("v:") for item in sentence.items[:4])
    planned = planned or (first and bool(_PLAN_TITLE.search(document.title)))
    framed = is_spoken(sentence, sentence.items.index(verb)) or frame.covers(sentence)
    return status_of(sentence, verb.start, end, decision=document.decision, planned=planned, framed=framed)


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
        if name == "inputs" and at < last and only_where(sentence.items, at):
            continue
        if found and sentence.items[at - 1].symbol == ")":
            continue  # Cơ quan Ủy ban Kiểm tra (UBKT) Huyện ủy: whose it is
        if item.symbol == "U" and match[name].startswith("P "):
            continue  # khu phố 1 và khu phố 6 của phường A: parts of a place
        if isinstance(item.value, Place) and name in ("inputs", "more", "outputs") and match[name].startswith("P "):
            known: Known | None = units.as_place(item.value)
        else:
            known = units.at(item) if item.symbol == "U" or (item.symbol == "Y" and first == last) else None
        if known is not None and known not in found:
            found.append(known)
    return own_level(found) if match[name].startswith("P ") else found


def _enough(rule: Rule, match: re.Match[str], inputs: list[Known], outputs: list[Known]) -> bool:
    """Whether the units that the change is about are named."""
    if rule.name in _UNNAMED:
        return True
    groups = rule.pattern.groupindex
    if rule.kind in ("merge", "absorb"):
        if "outputs" in groups and not outputs:
            # two or more named ones that become one of a kind (thành một chi cục thuế khu vực)
            return rule.kind == "merge" and len(inputs) > 1 and match["outputs"].startswith("K ")
        return bool(inputs) and (len(inputs) > 1 or rule.name != "merge-named")
    if rule.kind == "move":
        return bool(inputs)
    if rule.kind in ("create", "transfer"):
        return bool(outputs)
    return bool(inputs) and ("outputs" not in groups or bool(outputs))


_ISSUERS = frozenset(
    (
        "ubnd",
        "hdnd",
        "tinh_uy",
        "huyen_uy",
        "thanh_uy",
        "thi_uy",
        "quan_uy",
        "ban_thuong_vu",
        "bo_chinh_tri",
        "chinh_phu",
    )
)


def _without_issuer(units: list[Known]) -> list[Known]:
    """The units without the organ that leads the sentence (Theo nghị quyết của HĐND tỉnh, Sở A và Sở B …)."""
    if len(units) > 1 and units[0].kind in _ISSUERS and not any(unit.kind in _ISSUERS for unit in units[1:]):
        return units[1:]
    return units


def _all_temporary(units: list[Known]) -> bool:
    """Whether only working groups are named, which are no part of the apparatus."""
    return bool(units) and all(unit.kind in ("ban_chi_dao", "to_kiem_tra") for unit in units)


def _of_people(sentence: Sentence, match: re.Match[str], verb: Item) -> bool:
    """Whether people of the unit change their place, not the unit (bác sĩ của Bệnh viện … được chuyển)."""
    first = sentence.index(match.start("inputs")) if "inputs" in match.re.groupindex else 0
    if not first or sentence.items[first].start > verb.start:
        return False
    return sentence.items[first - 1].symbol in ("của", "tại", "ở", "N", "C")


def _no_creation(sentence: Sentence, match: re.Match[str], verb: Item) -> bool:
    first = sentence.items[sentence.index(match.start("outputs"))]
    return of_each(sentence, verb) or (first.start > verb.start and something_else(sentence, verb, first))


def _topic(sentences: Sequence[Sentence], index: int, units: Register) -> list[Known]:
    """The office or department that the paragraph is about: the one named before."""
    for sentence in reversed(sentences[max(0, index - 3) : index + 1]):
        for item in reversed(sentence.items):
            known = units.at(item) if item.symbol == "U" else None
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


def _title(kind: str, inputs: list[Known], outputs: list[Known], quote: str) -> str:
    if not inputs and not outputs:
        return quote[:1].upper() + quote[1:200]
    said = label("event_kinds", kind)
    before, after = "; ".join(u.name for u in inputs), "; ".join(u.name for u in outputs)
    title = f"{said[:1].upper()}{said[1:]}: {before or after}"
    return f"{title} → {after}" if before and after else title
