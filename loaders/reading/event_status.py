"""How far a change has come: what the sentence says, what frames it, and the date that it has."""

from __future__ import annotations

import bisect
import re

from graph.text import key
from loaders.reading.document import year_of
from loaders.reading.entities import DateAt
from loaders.reading.event_context import Context
from loaders.reading.event_dates import date_of, is_deadline, is_future, is_past, is_past_year
from loaders.reading.event_frame import is_by_decision, is_spoken
from loaders.reading.items import Item, Sentence
from loaders.reading.modality import ADOPTED, ANNOUNCED, DONE, OF_PLAN, PAPERS, POLICY, SCHEME, is_decided, status_of
from loaders.reading.rules import Rule

_PLAN = re.compile(
    r"(?:theo|Theo) (?:phương án|đề án|dự thảo|kế hoạch|lộ trình)|dự kiến|Dự kiến|đề xuất"
    r"|(?:chia|thực hiện|tiến hành|triển khai)[^.;]{0,20} (?:làm|thành|qua|theo|trong) (?:hai|ba|nhiều|các|\d+) "
    r"(?:chặng|giai đoạn|đợt|bước)",
    re.I,
)
_PLAN_TITLE = re.compile(r"phương án|đề án|dự kiến|dự thảo|đề xuất|lấy ý kiến|sẽ ", re.I)


# a plan that was taken (Ba tỉnh thông qua phương án sắp xếp)
_TAKEN_TITLE = re.compile(
    r"\b(?:thông qua|công bố|triển khai|thực hiện|quyết nghị|ban hành) (?:phương án|đề án)\b", re.I
)


def said_status(
    told: Context, sentence: Sentence, rule: Rule, verb: Item, span: tuple[int, int], index: int
) -> tuple[str | None, str]:
    """The status, and the words that say it; None where the sentence tells no change. `verb` stands in the sentence of
    the index: that of the change, or of the lead of its list."""
    if not rule.status:
        return _status(told, verb, span, index)
    if rule.status == DONE and told.frame.covers(sentence):
        return SCHEME, OF_PLAN
    return rule.status, ""


def _status(told: Context, verb: Item, span: tuple[int, int], index: int) -> tuple[str | None, str]:
    """The status by the words of the sentence; where they say nothing, by what the text around it is: a plan that
    was introduced before in the paragraph, or a list of changes without a subject under such a title."""
    sentence = told.sentences[index]
    before = [s for s in told.sentences[max(0, index - 4) : index] if s.paragraph is sentence.paragraph]
    planned = any(_PLAN.search(s.text()) and not _is_over(told, s) for s in before) and not is_by_decision(sentence)
    first = any(item.symbol.startswith("v:") for item in sentence.items[:4])
    planned = planned or (first and _has_plan_title(told) and not _is_told_decided(told))
    at = bisect.bisect_left(sentence.items, verb.start, key=lambda item: item.start)
    framed = is_spoken(sentence, at) or told.frame.covers(sentence)
    said = {"decision": told.document.decision, "planned": planned, "framed": framed}
    return status_of(sentence, verb.start, span[1], start=span[0], **said)


def dated_status(
    told: Context, sentence: Sentence, verb: Item, lead: tuple[int, Item], said: tuple[str, str]
) -> tuple[str, str | None, str | None]:
    """The status, the date and what the date is: what is done is no more than decided while its day is to come."""
    status, word = said
    date, date_kind = date_of(told.document, told.sentences, lead[0], lead[1].start)
    if date is None:
        return status, None, None
    if (status in (DONE, ANNOUNCED) or word == OF_PLAN) and is_future(told.document, date):
        status = ADOPTED if word != OF_PLAN and (is_decided(sentence, verb.start) or _is_told_decided(told)) else SCHEME
    elif told.document.published and word == OF_PLAN and date_kind != "reported":
        status = DONE  # the day from which it holds is past
    elif status == SCHEME and key(word) in PAPERS and date_kind == "in_force" and is_past(told.document, date):
        status = DONE  # Theo lộ trình, từ ngày 1/10/2018 …, in a text of 2020
    elif status == POLICY and key(word) == "tiếp" and _goes_on(told, sentence, verb, date):
        status = DONE  # năm 2005, tiếp tục sáp nhập với Trường B
    elif status == DONE and word != "đã" and is_deadline(sentence, date, verb.start) and not _is_past(told, date):
        status = SCHEME
    return status, date, date_kind


_TO_NOW = re.compile(r"\bđến nay\b", re.I)


def _goes_on(told: Context, sentence: Sentence, verb: Item, date: str) -> bool:
    """Whether "tiếp tục" tells of a year that is past, or of what was done up to now."""
    return _is_past(told, date) or _TO_NOW.search(sentence.text()[: verb.start - sentence.start]) is not None


def _is_past(told: Context, date: str) -> bool:
    """Whether the date is of a year before that of the text; an undated text is of the last year that it names."""
    years = re.findall(r"(?:19|20)\d\d", date)
    undated = not told.document.published and bool(years) and int(years[-1]) < year_of(told.document)
    return undated or is_past_year(told.document, date)


def _is_over(told: Context, sentence: Sentence) -> bool:
    """Whether the days that a sentence names were past when the text was written (Theo lộ trình, từ ngày 1/10/2018, in
    a text of 2020)."""
    days = [item.value.text for item in sentence.items if isinstance(item.value, DateAt)]
    return bool(days) and all(is_past(told.document, day) for day in days)


def _has_plan_title(told: Context) -> bool:
    title = told.document.title
    return _PLAN_TITLE.search(title) is not None and _TAKEN_TITLE.search(title) is None


_BACK = 4


def _is_told_decided(told: Context) -> bool:
    """Whether one of the sentences before tells by which decision it is made (UBND huyện công bố các quyết định sáp
    nhập trường. … Riêng Trường A được sáp nhập vào Trường B từ ngày 1/8)."""
    before = told.sentences[max(0, told.index - _BACK) : told.index]
    return any(is_decided(sentence, sentence.end) for sentence in before)
