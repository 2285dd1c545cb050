"""Functions that prose says a unit has: "Sở A có chức năng …", "Trung tâm B thực hiện nhiệm vụ …".

The rules are in data/functions.yaml. What a unit does once, what a meeting asks of it, and what people do are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from graph.packaged import packaged_yaml
from graph.text import key
from loaders.reading.document import CAPTION, TITLE, Document, Paragraph
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register
from loaders.reading.modality import PLANNED
from loaders.reading.named_rules import Row, TextRule, named_rules
from loaders.reading.unit_names import Unit

_LEAST = 12
_MOST = 2_000
_MOST_BELOW = 60  # paragraphs of a list
_SOUGHT = re.compile(r"chức năng|nhiệm vụ|tham mưu|trách nhiệm|phụ trách|là cơ quan|đầu mối|vai trò|tư cách", re.I)
# what a function does not end with, where another unit follows
_LOOSE = re.compile(r"(?:[\s.;,:…/–-]|\s(?:và|còn|riêng|trong khi))*$", re.I)
# organs that set up others: "Đây là đơn vị …" behind a sentence about one of them does not mean it
_ISSUERS = frozenset(("ubnd", "hdnd", "tinh_uy", "huyen_uy", "thanh_uy", "thi_uy", "quan_uy", "ban_thuong_vu"))
_MAKES = frozenset(("merge", "merge_two_seals", "create", "rename", "split", "separate"))
THIS, NEW = "this", "new"


@dataclass(frozen=True, kw_only=True)
class FunctionRule(TextRule):
    """One way of saying what a unit is there for. `before`: what must stand before the unit; `leads`: the pattern is
    of the words before it; `goes_on`: the next sentence may go on with it."""

    confidence: float
    before: re.Pattern[str] | None = None
    leads: bool = False
    goes_on: bool = False


@dataclass(frozen=True)
class Stated:
    """A function in a sentence: who has it (an item; THIS or NEW where it is only pointed to), its text, and where
    that begins and ends in the normal text; empty where the text stands in the paragraphs below. `ahead`: it will
    have it."""

    unit: Item | str
    rule: FunctionRule
    text: str
    start: int
    end: int
    ahead: bool = False


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = packaged_yaml("loaders", "reading", "data", "functions.yaml")
    return found


@cache
def function_rules() -> tuple[FunctionRule, ...]:
    """The rules in the order in which they are tried."""
    adverbs = "|".join(sorted(_data()["adverbs"], key=len, reverse=True))
    between = rf"\s*(?:\([^)]{{1,80}}\)\s*)?,?\s*(?:{_data()['described']})?(?:(?:{adverbs}) )*"

    def pattern(row: Row) -> re.Pattern[str]:
        return _at_end(row["pattern"]) if row.get("leads") else re.compile(between + row["pattern"], re.I)

    def before(row: Row) -> re.Pattern[str] | None:
        return _at_end(row["before"]) if "before" in row else None

    return named_rules(FunctionRule, _data()["rules"], pattern=pattern, before=before)


def _at_end(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\W)){words}$", re.I)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_data()[name], re.I)


@cache
def _words(name: str, behind: str = "") -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(key(word) for word in _data()[name])}) {behind}")


def find_functions(
    document: Document, sentences: Sequence[Sentence], events: Sequence[Fact], units: Register
) -> list[Fact]:
    """The functions that the sentences state, each once; `events` tell which unit "đơn vị mới" is, and which units
    are only planned."""
    finder = _Finder(document, events, units)
    for sentence in sentences:
        if sentence.paragraph.role not in (TITLE, CAPTION):
            finder.read(sentence)
    return sorted(finder.found.values(), key=lambda fact: fact.evidence.start)


class _Finder:
    """Goes through the sentences, and keeps which unit they are about."""

    def __init__(self, document: Document, events: Sequence[Fact], units: Register) -> None:
        self.document = document
        self.units = units
        self.found: dict[tuple[Known, str], Fact] = {}
        self.made = [e for e in events if e.values["kind"] in _MAKES and len(e.values["outputs"]) == 1]
        self.decided = {e.values["outputs"][0] for e in self.made if e.values["status"] not in PLANNED}
        self.planned = {e.values["outputs"][0] for e in self.made} - self.decided
        self.topic: Known | None = None
        self.newest: Known | None = None
        self.last: tuple[Paragraph, Known, FunctionRule] | None = None

    def read(self, sentence: Sentence) -> None:
        """Take what the sentence states."""
        made = [e for e in self.made if e.evidence.start < sentence.end]
        self.newest = made[-1].values["outputs"][0] if made else None
        stated = [(each, self._meant(each.unit)) for each in functions_in(sentence)]
        if not stated and self.last is not None and self.last[0] is sentence.paragraph:
            stated = [(each, self.last[1]) for each in _going_on(sentence, self.last[2])]
        self.last = None
        for each, unit in stated:
            if unit is None or not unit.kind or unit in self.planned or (each.ahead and unit not in self.decided):
                continue
            self.last = (sentence.paragraph, unit, each.rule) if each.rule.goes_on else None
            for fact in _facts(self.document, sentence, each, unit):
                self._keep(fact, unit)
        new = bool(made) and made[-1].evidence.start >= sentence.start
        self.topic = self.newest if new else self._topic_after(sentence)

    def _keep(self, fact: Fact, unit: Known) -> None:
        same = self.found.setdefault((unit, key(fact.values["text"])), fact)
        if same is not fact:
            same.also.append(fact.evidence)
        unit.used = True

    def _meant(self, unit: Item | str) -> Known | None:
        """The unit of the document. A mere "Trung tâm" is one that is called so: the one that the register takes it
        for, else the one that the last change made, else the one that the text is about."""
        if isinstance(unit, str):
            return self.newest if unit == NEW else self.topic
        known = self.units.at(unit)
        if not isinstance(unit.value, Unit) or unit.value.basis != "short":
            return known
        head = f"{key(unit.value.name)} "
        likely = [each for each in (known, self.newest, self.topic) if each is not None]
        return next((each for each in likely if f"{key(each.name)} ".startswith(head)), None)

    def _topic_after(self, sentence: Sentence) -> Known | None:
        """The unit that "đây" or "đơn vị này" in the next sentence means: what the sentence begins with, else
        the only one beside those that set it up; one that itself only points to a unit leaves it."""
        others: list[Known] = []
        for unit, _, _ in _subjects(sentence, sentence.text()):
            if unit == THIS:
                return self.topic
            known = self._meant(unit)
            if known is not None and known.kind not in _ISSUERS:
                if not others and not _is_object(sentence, unit):
                    return known
                others.append(known)
        if not others:
            return self.topic if self.last is not None else None
        return others[0] if len(set(others)) == 1 else None


def functions_in(sentence: Sentence) -> Iterator[Stated]:
    """What one sentence states; of two units or rules that find the same words the nearer unit, the first rule."""
    text = sentence.text()
    if _SOUGHT.search(text) is None:
        return
    subjects = list(_subjects(sentence, text))
    end = len(text)
    for unit, first, last in reversed(subjects):
        match, stated = _first(sentence, text, unit, (first, last, end))
        end = first if match else end  # what stands before is of the units before
        if stated is not None:
            yield stated
    for unit, first, _ in subjects:
        _, stated = _first(sentence, text, unit, (0, 0, first), leads=True)
        if stated is not None:
            yield stated
            return


def _first(
    sentence: Sentence, text: str, unit: Item | str, span: tuple[int, int, int], *, leads: bool = False
) -> tuple[bool, Stated | None]:
    """Whether one of the rules fits the unit, and the function that the first of them finds. The span: where the
    unit begins and ends, and how far the rule may look."""
    first, last, end = span
    found = False
    for rule in function_rules():
        if rule.leads != leads:
            continue
        if rule.before is not None and rule.before.search(text, 0, first) is None:
            continue
        match = rule.pattern.search(text, last, end) if leads else rule.pattern.match(text, last, end)
        if match is None or (rule.before is None and _is_object(sentence, unit)):
            continue
        found = True
        stated = _stated(sentence, text, unit, rule, match)
        if stated is not None:
            return True, stated
    return found, None


def _going_on(sentence: Sentence, rule: FunctionRule) -> Iterator[Stated]:
    """A sentence without a subject that goes on with the functions of the one before (Tổ chức các hoạt động …)."""
    text = sentence.text()
    start = len(text) - len(text.lstrip())
    said = text.strip().rstrip(" .;,:…/")
    first = _pattern("goes_on").match(said)
    told = any(item.symbol in ("N", "C", "T", "đã", "sẽ", "vừa") for item in sentence.items)
    if first is not None and not told and len(said) >= _LEAST and not _pattern("once").search(said):
        continued = replace(rule, name="goes-on", confidence=0.7)
        yield Stated(THIS, continued, said, sentence.start + start, sentence.start + start + len(said))


def _subjects(sentence: Sentence, text: str) -> Iterator[tuple[Item | str, int, int]]:
    """What may have a function: each unit of the sentence, with its place in the text; what the sentence begins
    with, if it only points to a unit (đơn vị này)."""
    opening = _pattern("opening").match(text)
    start = opening.end() if opening is not None else 0
    for name in (NEW, THIS):
        pointing = _pattern(name).match(text, start)
        if pointing is not None:
            yield name, start, pointing.end()
            break
    items = sentence.items
    for at, item in enumerate(items):
        if item.symbol == "U":
            following = items[at + 1] if at + 1 < len(items) else None
            placed = following is not None and following.symbol == "P" and following.start - item.end < 3
            end = following.end if placed and following is not None else item.end
            yield item, item.start - sentence.start, end - sentence.start


def _is_object(sentence: Sentence, unit: Item | str) -> bool:
    """Whether a unit is not what the sentence is about, is one of several, or is told or asked to do something."""
    if isinstance(unit, str):
        return False
    before = sentence.symbols[: sentence.starts[sentence.position(unit)]]
    clause = re.split(r"(?:^|(?<= ))[;:] ", before)[-1]
    if _words("demands").search(f" {clause}") or before.endswith("U và "):
        return True
    return _words("prepositions", "$").search(f" {before}") is not None


def _stated(sentence: Sentence, text: str, unit: Item | str, rule: FunctionRule, match: re.Match[str]) -> Stated | None:
    """The function that the rule found, without what follows it; None where it is none."""
    start, end = match.span("text")
    cut = _pattern("ends").search(text, start, end)
    said = _LOOSE.sub("", text[start : cut.start() if cut is not None else end])
    if re.search(r"\bcấp (?:tỉnh|huyện|xã)\b", match[0][: start - match.start()]):
        return None  # of all units of the kind (cơ quan chuyên môn thuộc UBND cấp tỉnh)
    ahead = re.search(r"\bsẽ\b", text[match.start() : start]) is not None
    if not said and text.rstrip().endswith(":"):
        return Stated(unit, rule, "", sentence.start + match.start(), sentence.end, ahead)
    if len(said) < _LEAST or len(said) > _MOST or _pattern("none").match(said) or _pattern("once").search(said):
        return None
    return Stated(unit, rule, said, sentence.start + start, sentence.start + start + len(said), ahead)


def _facts(document: Document, sentence: Sentence, stated: Stated, unit: Known) -> Iterator[Fact]:
    """The function, or those of the list that the sentence introduces."""
    rule = stated.rule
    if stated.text:
        begin = stated.unit.start if isinstance(stated.unit, Item) and not rule.leads else stated.start
        yield _fact(unit, stated.text, rule, Evidence(sentence.paragraph.number, begin, stated.end), 0.0)
        return
    for paragraph in _below(document, sentence.paragraph):
        listed = _pattern("listed").match(paragraph.text)
        if listed is None:
            return
        if _pattern("not_listed").search(paragraph.text):
            continue
        said = listed["text"].rstrip(" .;,:…/")
        start = paragraph.start + listed.start("text")
        yield _fact(unit, said, rule, Evidence(paragraph.number, start, start + len(said)), 0.05)


def _fact(unit: Known, text: str, rule: FunctionRule, where: Evidence, less: float) -> Fact:
    values = {"unit": unit, "text": text[:1].upper() + text[1:], "kind": rule.kind}
    sure = round(rule.confidence - less, 2)
    return Fact("functions", values, Evidence(where.paragraph, where.start, where.end, "stated", sure, rule.name))


def _below(document: Document, paragraph: Paragraph) -> list[Paragraph]:
    return document.paragraphs[paragraph.number : paragraph.number + _MOST_BELOW]
