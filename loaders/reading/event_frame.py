"""What the text around a change says of it where its own words say nothing: a plan that was introduced before."""

from __future__ import annotations

import re

from graph.text import key
from loaders.reading.document import TITLE, Document, Paragraph
from loaders.reading.entities import CitedAt, DateAt
from loaders.reading.event_dates import is_past
from loaders.reading.items import Item, Sentence
from loaders.reading.modality import ADOPTED, ANNOUNCED, DECIDING, DONE, OF_PLAN, PAPERS, SCHEME, status_of
from loaders.reading.sections import heads_results, planned_paragraphs

_CHANGES = frozenset(
    ("v:merge", "v:dissolve", "v:create", "v:split", "v:rename", "v:move", "v:reorganise", "v:convert", "v:abolish")
)
# these words of the past also stand in plans (sau khi hợp nhất; hai sở được hợp nhất)
_NOT_TELLING = frozenset(("", "sau", "được", "tiêu đề", "việc", "quyết định", "nhằm", "để", OF_PLAN))
_PAST = re.compile(r"\A\W*(?:trước đó|trước đây|năm (?:19|20)\d\d)\b", re.I)
_ITEM = re.compile(r"\s*(?:(?P<dash>[-–+*•])|(?P<number>\d+[.)])|(?P<letter>[a-zđ]\)))\s")
# agreed on in principle: what follows is still to be decided and done
_AGREED = re.compile(r"\b(?:thống nhất|thông qua|đồng ý)(?: về)? (?:chủ trương|phương án)[^,.;]{0,20}\Z", re.I)
# said beside what the text tells (Tỉnh cũng đang trình …)
_ASIDE = re.compile(r"\b(?:cũng|còn) (?:đang|sẽ|dự kiến|chuẩn bị)\b[^,.;]*\Z", re.I)
# a proposal that was taken (… đã báo cáo, đề xuất và Ban Thường vụ Tỉnh ủy đã thống nhất thông qua)
_TAKEN = re.compile(
    r"\bđã (?:được )?(?:[^,.;]{1,40} )?thông qua\W*\Z"
    r"|\b(?:đã|vừa) (?:chính thức )?quyết định (?!xây dựng|lập đề án|trình)"
)
_BY_DECISION = re.compile(r"\b(?:căn cứ|theo|thực hiện) (?:các )?quyết định (?:của|số|trên|này)\b", re.I)
_SPOKEN = re.compile(r"(?:\A| )N : (?:\S+ )?v:\S+ \Z")


class Frame:
    """Whether the text is telling a plan: set by a change that is said to come (các trường sẽ được hợp nhất), ended
    by one that is said to be done or decided (đã hợp nhất, công bố quyết định thành lập); also what stands under a
    heading of plans (phương hướng, nhiệm vụ thời gian tới)."""

    def __init__(self, document: Document) -> None:
        self.planned = False
        self._sections = frozenset() if document.decision else planned_paragraphs(document)
        self.decided: Paragraph | None = None  # one that says by which resolution its changes are made
        self._item: Paragraph | None = None  # an item of a list that tells a plan, which the next does not go on with
        self._lead: Paragraph | None = None  # an item under which a list tells a plan, up to the next of its level

    def read(self, document: Document, sentence: Sentence) -> None:
        """Go on with the sentence; the last change in it that is said to be so or so counts."""
        if document.decision:
            return
        if self._item is not None and sentence.paragraph is not self._item:
            self.planned, self._item = False, None
        if self._lead is not sentence.paragraph and _are_alike(self._lead, sentence.paragraph):
            self.planned, self._lead = False, None
        if heads_results(sentence.paragraph):
            self.planned, self._item, self._lead = False, None, None
        if _names_decision(sentence):
            self.decided = sentence.paragraph
        for item in sentence.items:
            if item.symbol not in _CHANGES:
                continue
            status, word = status_of(sentence, item.start, item.end)
            if word.lower() in _NOT_TELLING:
                continue
            before = sentence.text()[: item.start - sentence.start]
            to_come = status == SCHEME or _AGREED.search(before) is not None
            to_come = to_come and _ASIDE.search(before) is None
            if key(word) in PAPERS and is_past(document, _date_before(sentence, item)):
                to_come = False  # Theo lộ trình, từ ngày 1/10/2018 …, in a text of 2020
            if word.lower() == "phê" and _names_decision(sentence):
                to_come = False  # what is told behind Quyết định số 12 phê duyệt Đề án … is what it decides
            if to_come and not self.planned and (_introduces(sentence) or not _of_all(sentence, item)):
                self.planned = True
                item_of_list = sentence.paragraph if _ITEM.match(sentence.paragraph.text) else None
                leads = sentence.paragraph.text.rstrip().endswith(":")
                self._item, self._lead = (None, item_of_list) if leads else (item_of_list, None)
            elif status in (DONE, ANNOUNCED, ADOPTED):
                self.planned, self._item = False, None
        if _TAKEN.search(sentence.text()):
            self.planned, self._item = False, None

    def covers(self, sentence: Sentence) -> bool:
        """Whether a change in the sentence that says nothing itself is part of the plan; one of the past is not, nor
        one by a resolution that is named."""
        planned = self.planned or sentence.paragraph.number in self._sections
        if not planned or sentence.paragraph is self.decided or _names_decision(sentence):
            return False
        if self._item is not None and sentence.paragraph is not self._item:
            return False
        if is_by_decision(sentence):
            return False
        if any(item.symbol in _CHANGES and _is_told(sentence, item) for item in sentence.items):
            return False  # Hạt A đã giải thể; nhiệm vụ được chuyển về Hạt B
        return _PAST.match(sentence.text()) is None


def is_by_decision(sentence: Sentence) -> bool:
    """Whether the sentence says that decisions make its changes (Căn cứ các quyết định của UBND tỉnh, …)."""
    return _BY_DECISION.search(sentence.text()) is not None


def _date_before(sentence: Sentence, verb: Item) -> str:
    """The last date that the sentence names before the verb."""
    dates = [item.value.text for item in sentence.items if isinstance(item.value, DateAt) and item.end <= verb.start]
    return dates[-1] if dates else ""


def _are_alike(one: Paragraph | None, other: Paragraph) -> bool:
    """Whether two paragraphs are items of one level: both numbered, both lettered, or both behind a dash."""
    marks = _ITEM.match(one.text) if one else None, _ITEM.match(other.text)
    return all(marks) and len({mark.lastgroup for mark in marks if mark}) == 1


def _of_all(sentence: Sentence, item: Item) -> bool:
    """Whether the whole apparatus is re-arranged, as the text says of the time it tells of (đề án sắp xếp bộ máy)."""
    at = sentence.items.index(item)
    following = {each.symbol for each in sentence.items[at + 1 : at + 4]}
    return item.symbol in ("v:reorganise", "v:convert") and not following & {"U", "K", "P", "M"}


def _is_told(sentence: Sentence, item: Item) -> bool:
    """Whether the change is said to be done by a word of its own (đã)."""
    status, word = status_of(sentence, item.start, item.end)
    return status == DONE and word.lower() == "đã"


def _introduces(sentence: Sentence) -> bool:
    """Whether the changes themselves follow behind a colon (phương án sắp xếp các sở như sau: …)."""
    return sentence.symbols.endswith(": ")


def _names_decision(sentence: Sentence) -> bool:
    return any(isinstance(item.value, CitedAt) and item.value.kind in DECIDING for item in sentence.items)


def is_spoken(sentence: Sentence, at: int) -> bool:
    """Whether the change whose verb is the item at the index is what a person says in a headline (Bí thư Lê Văn A:
    Tách Sở B khỏi Sở C), which is wanted and not done."""
    if sentence.paragraph.role != TITLE:
        return False
    before = "".join(item.symbol + " " for item in sentence.items[: at + 1])
    return _SPOKEN.search(before) is not None
