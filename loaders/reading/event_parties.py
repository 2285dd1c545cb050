"""Which units a change has before and after: those that the rule caught, and those that the text names elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from graph.text import key
from loaders.reading.deciders import ISSUERS, decides_on
from loaders.reading.entities import NumberAt
from loaders.reading.event_checks import in_brackets, next_subject, only_where, own_level
from loaders.reading.event_context import Context, span_of
from loaders.reading.event_results import (
    counted_results,
    first_unit,
    ordinal_results,
    subject_before,
)
from loaders.reading.former_units import undone
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register
from loaders.reading.merger_names import named_result
from loaders.reading.places import Place
from loaders.reading.references import called_so, former_name, is_bare, last_name, made_before
from loaders.reading.rules import Rule
from loaders.reading.unit_names import Unit

_OFFICES = ("van_phong_cap_uy", "van_phong", "so", "van_phong_ubnd")
_OWNS = ("v:under", "của")
_OWN_PART = re.compile(r"v:becoming U (?:, )?v:under Y ")
_DIVISIONS = frozenset(("phong", "khoa", "to", "doi", "bo_phan"))
_PARTS = frozenset(("phong", "phong_chi_cuc", "khoa", "to", "doi", "bo_phan", "to_chuc_khac"))
# the list behind the verb, whose last unit may be the subject of what follows
_LISTED = {"create": "outputs", "move": "outputs", "transfer": "outputs", "dissolve": "inputs", "merge": "more"}
_LISTED |= {"absorb": "outputs"}

_POINTS_BACK = re.compile(r"# (?:M|K|U) (?:này|trên|nói trên|kể trên|đó) ")


def parties_of(
    told: Context, sentence: Sentence, rule: Rule, match: re.Match[str], verb: Item
) -> tuple[list[Known], list[Known]]:
    """The units before and after the change that the rule finds in the sentence, which is the one that is told or
    that one simplified."""
    parts = {name: _units(sentence, match, name, told.units) for name in ("inputs", "more", "outputs")}
    listed = _LISTED.get(rule.kind, "")
    if len(parts.get(listed, ())) > 1 and " và " not in match[listed]:
        first, last = sentence.index(match.start(listed)), sentence.index(match.end(listed) - 2)
        if sentence.items[first].start > verb.start and next_subject(sentence, last):
            parts[listed] = parts[listed][:-1]
    inputs, outputs = [*parts["inputs"], *parts["more"]], parts["outputs"]
    if rule.inputs_are:
        inputs = _WAYS[rule.inputs_are](told, sentence, match, verb, outputs)
    elif rule.kind == "rename" and outputs and set(inputs) <= set(outputs) and _names_none(sentence, rule, match):
        inputs = former_name(told.sentences, told.index, verb, outputs, told.units)
    inputs = without_issuer(inputs)
    if not outputs:
        outputs = _meant_short(told, sentence, match)
    if rule.outputs_are:
        outputs = _WAYS[rule.outputs_are](told, sentence, match, verb, inputs)
    return inputs, outputs


def _meant_short(told: Context, sentence: Sentence, match: re.Match[str]) -> list[Known]:
    """The unit that the sentence before is about, where the result is only called by its kind (Được thành lập trên cơ
    sở hợp nhất A và B, *Trung tâm* hiện có …)."""
    if not match.groupdict().get("outputs"):
        return []
    unit = sentence.items[sentence.index(match.start("outputs"))].value
    if not isinstance(unit, Unit) or unit.basis != "short":
        return []
    before = subject_before(told.sentences, told.index, told.units)
    return [known for known in before if key(known.name).startswith(f"{key(unit.name)} ")]


def enough(rule: Rule, match: re.Match[str], inputs: list[Known], outputs: list[Known]) -> bool:
    """Whether the units that the change is about are named."""
    if rule.unnamed:
        return True
    if rule.inputs_are == "counted_and_named_behind" and not inputs and _POINTS_BACK.search(match[0]):
        return False  # Hai phòng này được hợp nhất thành …: they are named, and not found
    if rule.kind in ("create", "transfer"):
        return bool(outputs)
    if len(inputs) < rule.least_inputs or len(outputs) < rule.least_outputs:
        return False
    if rule.of_one_kind and len({unit.kind for unit in inputs}) > 1:
        return False
    if "outputs" in rule.pattern.groupindex and not outputs and rule.kind != "move":
        # two or more named ones that become one of a kind (thành một chi cục thuế khu vực)
        return rule.kind == "merge" and len(inputs) > 1 and match["outputs"].startswith("K ")
    return True


def settled(
    told: Context,
    sentence: Sentence,
    rule: Rule,
    match: re.Match[str],
    verb: Item,
    inputs: list[Known],
    outputs: list[Known],
) -> tuple[str, list[Known], list[Known]]:
    """The kind of the change as its units make it, and the units with what the text around says of the result."""
    kind = rule.kind
    if kind == "absorb" and "v:into " not in match[0] and " với " in match[0]:
        # sáp nhập Phòng A với Văn phòng Sở: it goes over; two of one kind, or "hợp nhất", make one together
        together = key(told.document.quote(verb.start, verb.end)).startswith("hợp nhất")
        both = [*inputs, *outputs]
        made = named_result(told.sentences, told.index, sentence, match.end(), both, told.units)
        if together or inputs[0].kind == outputs[0].kind or (made and made != outputs):
            kind, inputs, outputs = "merge", both, made
    elif kind == "merge" and not outputs:
        outputs = named_result(told.sentences, told.index, sentence, match.end(), inputs, told.units)
    if kind == "merge" and _out_of(match) and "v:merge" not in match[0]:
        kind = _made_of(told, sentence, match, inputs)
        inputs = [] if kind == "create" else inputs
    if kind == "merge" and len(inputs) == 1 == len(outputs) and "U v:into P v:becoming " in match[0]:
        # sáp nhập Trạm Y tế phường A vào phường B thành Trạm Y tế phường B: the second is called by its place
        inputs = [*inputs, *outputs] if inputs[0].kind == outputs[0].kind else inputs
    if kind == "merge" and "v:basis " in match[0] and "v:into U " in match[0] and set(outputs) < set(inputs):
        # thành lập A trên cơ sở nhập B vào A trước đây: it only takes the other in
        kind, inputs = "absorb", [unit for unit in inputs if unit not in outputs]
    if _merged_with_own_part(kind, inputs, outputs, told.sentence.symbols):
        kind, inputs, outputs = "absorb", inputs[:1], inputs[1:]
    inputs = [u for u in dict.fromkeys(inputs) if u not in outputs or kind in ("merge", "split")]
    return kind, inputs, outputs


def _out_of(match: re.Match[str]) -> bool:
    """Whether what is made is made "trên cơ sở" or "từ" what was there."""
    return "v:basis " in match[0] or "v:from_old " in match[0]


_WHOLE = re.compile(r"toàn bộ|nguyên trạng", re.I)
# only so much of a place goes into the new one
_SHARE = re.compile(
    r"(?:cơ sở|nền tảng|từ)\s+(?:việc\s+)?"
    r"(?:một phần|điều chỉnh|[\d.,]+\s?(?:ha|km2|km²|m2|nhân khẩu|hộ|người)\b)",
    re.I,
)
_OF_ALL = re.compile(r"(?:v:basis|v:from_old) (?:nguyên trạng |các |hai |ba |# |toàn bộ |của )*P ")


_PART_OF = re.compile(r"\btrên cơ sở (?:một )?(?:bộ phận|nhóm|một phần)\b[^,.;]{0,60}? của ", re.I)


def _made_of(told: Context, sentence: Sentence, match: re.Match[str], inputs: list[Known]) -> str:
    """What it is to be made "trên cơ sở" units: of one a new name for it; of parts of places, to be taken out of
    them; of what a unit has done with some of its people, to be set up."""
    start, end = span_of(sentence, match)
    said = told.document.quote(start, end)
    of_places = match["outputs"] is not None and match["outputs"].startswith("P ")
    if len(inputs) == 1 and not of_places and _PART_OF.search(said):
        return "create"
    if of_places and _SHARE.search(said) and not _WHOLE.search(said):
        return "separate"
    if len(inputs) > 1:
        return "merge"
    return "rename" if not of_places or _WHOLE.search(said) or _OF_ALL.search(match[0]) else "separate"


def without_issuer(units: list[Known]) -> list[Known]:
    """The units without the organ that leads the sentence (Theo nghị quyết của HĐND tỉnh, Sở A và Sở B …), or the
    clause behind (Sau khi hợp nhất Sở A, Sở B, UBND tỉnh có quyết định …)."""
    if len(units) > 1 and units[0].kind in ISSUERS and not any(unit.kind in ISSUERS for unit in units[1:]):
        return units[1:]
    if len(units) > 2 and units[-1].kind in ISSUERS and not any(unit.kind in ISSUERS for unit in units[:-1]):
        return units[:-1]
    return units


def _merged_with_own_part(kind: str, inputs: list[Known], outputs: list[Known], said: str) -> bool:
    """Whether what a unit went over into only made of it a part of its own (sáp nhập Cảnh sát phòng cháy vào Công an
    tỉnh và tổ chức thành Phòng A trực thuộc Công an tỉnh); `said` are the symbols of the sentence as it stands."""
    if kind != "merge" or len(inputs) != 2 or len(outputs) != 1 or "v:into U " not in said:
        return False
    of_it = _OWN_PART.search(said) is not None or ("v:into U , v:becoming " in said and outputs[0].kind in _DIVISIONS)
    return of_it and outputs[0].kind in _PARTS and inputs[1].kind not in _PARTS


def _units(sentence: Sentence, match: re.Match[str], name: str, units: Register) -> list[Known]:
    """The units in a part of a match, each once."""
    if name not in match.re.groupindex or match[name] is None:
        return []
    of_places = match[name].startswith("P ")
    first, last = sentence.index(match.start(name)), sentence.index(match.end(name) - 2)
    found: list[Known] = []
    for at, item in enumerate(sentence.items[first : last + 1], first):
        if name != "more" and at < last and only_where(sentence.items, at, first, made=name == "outputs"):
            continue
        if found and _told_in_brackets(sentence, first, at):
            continue  # Chi cục A (trên cơ sở hợp nhất Chi cục B và Chi cục C) cùng Chi cục D
        if found and (sentence.items[at - 1].symbol == ")" or in_brackets(sentence.items, at)):
            continue  # Cơ quan Ủy ban Kiểm tra (UBKT) Huyện ủy, Ban Tôn giáo (Sở Nội vụ): whose it is
        if of_places and at > first + 1 and _owns(sentence.items[at - 2 : at]):
            continue  # xã A thuộc huyện B
        if of_places:
            # khu phố 1 và khu phố 6 của phường A: parts of a place
            known = units.as_place(item.value) if isinstance(item.value, Place) else None
        else:
            known = units.at(item) if item.symbol == "U" or (item.symbol == "Y" and first == last) else None
        if known is not None and known not in found:
            found.append(known)
    return own_level(found) if of_places else found


def _owns(before: Sequence[Item]) -> bool:
    """Whether the place behind the two items is the one that the place before them lies in."""
    return before[0].symbol == "P" and before[1].symbol in _OWNS


def _told_in_brackets(sentence: Sentence, first: int, at: int) -> bool:
    """Whether the unit at the index takes part in a change that a bracket behind the `first` one tells."""
    inside = [i for i in range(first, at) if sentence.items[i].symbol in ("(", ")")]
    opened = inside[-1] if inside and sentence.items[inside[-1]].symbol == "(" else at
    return opened < at and sentence.items[opened + 1].symbol.startswith("v:")


def _names_none(sentence: Sentence, rule: Rule, match: re.Match[str]) -> bool:
    """Whether what gets a new name is not named, or only by its head (Trung tâm được đổi tên thành …)."""
    if "inputs" not in rule.pattern.groupindex:
        return True
    return is_bare(sentence, sentence.items[sentence.index(match.start("inputs"))])


def _topic(told: Context) -> list[Known]:
    """The office or department that the paragraph is about: the one named before."""
    for sentence in reversed(told.sentences[max(0, told.index - 3) : told.index + 1]):
        for item in reversed(sentence.items):
            known = told.units.at(item) if item.symbol in ("U", "Y") else None
            if known is not None and known.kind in _OFFICES:
                return [known]
    return []


def _before_verb(told: Context, sentence: Sentence, verb: Item) -> list[Known]:
    """The unit named last before the verb."""
    for item in reversed(sentence.items[: sentence.items.index(verb)]):
        known = told.units.at(item) if item.symbol in ("U", "C") else None
        if known is not None:
            return [known]
    return []


_TAKES = re.compile(r"v:move (?:\S+ ){0,9}?(?:v:into|cho|sang) (?:v:under )?(?P<taker>[UY] )")


def _head_of_item(told: Context, sentence: Sentence, inputs: list[Known]) -> list[Known]:
    """The unit before the colon of an item, which is what the others become (Sở A: hợp nhất Sở B, Sở C); not the one
    that decides on them (Sở A: hợp nhất Phòng B, Phòng C)."""
    return [unit for unit in first_unit(sentence, told.units) if not decides_on(unit, inputs)]


def _taker_before(told: Context) -> list[Known]:
    """The unit to which one of the sentences right before hands over so many (chuyển 3 trường về Sở A. 3 trường được
    chuyển gồm …)."""
    for sentence in reversed(told.sentences[max(0, told.index - 3) : told.index]):
        match = _TAKES.search(sentence.symbols)
        if match:
            known = told.units.at(sentence.items[sentence.index(match.start("taker"))])
            return [known] if known else []
    return []


def _it(told: Context, sentence: Sentence, match: re.Match[str], verb: Item) -> list[Known]:
    """The unit that the sentence before is about, where the bare word before the verb means it (…, Sở tiếp nhận …)."""
    found = subject_before(told.sentences, told.index, told.units)
    first = sentence.items[sentence.index(match.start())]
    said = key(told.document.quote(first.start, verb.start).strip(" ,"))
    meant = found and (said.startswith(("đơn vị", "cơ quan")) or key(found[0].name).split()[0] == said.split()[0])
    return found if meant else []


def _as_many_listed(sentence: Sentence, match: re.Match[str], units: Register) -> list[Known]:
    """The units that the list behind names, where they are as many as the number in front says."""
    number = sentence.items[sentence.index(match.start())].value
    listed = _units(sentence, match, "listed", units)
    return listed if isinstance(number, NumberAt) and number.value == len(listed) else []


# what is told, the sentence, the match, the verb, and the units on the other side of the change
_Way = Callable[[Context, Sentence, "re.Match[str]", Item, list[Known]], list[Known]]
_WAYS: dict[str, _Way] = {
    "counted_and_named_behind": lambda told, sentence, match, _verb, _others: ordinal_results(
        told.sentences, told.index, sentence, match, told.units
    ),
    "created_behind": lambda told, sentence, match, _verb, inputs: counted_results(
        told.sentences, told.index, sentence, match, inputs, told.units
    ),
    "called_so": lambda told, sentence, match, verb, _others: called_so(
        told.sentences, told.index, sentence, verb, told.units
    ),
    "it": lambda told, sentence, match, verb, _others: _it(told, sentence, match, verb),
    "as_many_listed": lambda told, sentence, match, _verb, _others: _as_many_listed(sentence, match, told.units),
    "last_name": lambda told, _sentence, _match, verb, outputs: last_name(
        told.sentences, told.index, verb, outputs, told.units
    ),
    "made_before": lambda told, _sentence, _match, _verb, _others: made_before(told.sentences, told.index, told.units),
    "subject_before": lambda told, _sentence, _match, _verb, _others: subject_before(
        told.sentences, told.index, told.units
    ),
    "named_first": lambda told, sentence, _match, _verb, _others: first_unit(sentence, told.units),
    "named_before_verb": lambda told, sentence, _match, verb, _others: _before_verb(told, sentence, verb),
    "head_of_item": lambda told, sentence, _match, _verb, inputs: _head_of_item(told, sentence, inputs),
    "taker_before": lambda told, _sentence, _match, _verb, _others: _taker_before(told),
    "made_by_merging": lambda told, sentence, _match, verb, _others: undone(told, sentence, verb, "split")[0],
    "once_merged": lambda told, sentence, _match, verb, _others: undone(told, sentence, verb, "split")[1],
    "renamed_once": lambda told, sentence, _match, verb, _others: undone(told, sentence, verb, "rename")[0],
    "once_called": lambda told, sentence, _match, verb, _others: undone(told, sentence, verb, "rename")[1],
    "topic": lambda told, _sentence, _match, _verb, _others: _topic(told),
    "first_input": lambda _told, _sentence, _match, _verb, inputs: inputs[:1],
}
