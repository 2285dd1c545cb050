"""When a change took place: the date that stands nearest to its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.reading.document import Document
from loaders.reading.entities import DateAt, parsed
from loaders.reading.items import Item, Sentence


def date_of(document: Document, sentences: Sequence[Sentence], index: int, verb: int) -> tuple[str | None, str]:
    """The date of the change: the nearest in its sentence, or the one with which its paragraph begins; else
    not later than the day on which the text was published."""
    sentence = sentences[index]
    dates = [item for item in sentence.items if item.symbol == "T"]
    dates = [item for item in dates if not _of_a_document(sentence, item)]
    usable = [(item, text) for item in dates if (text := _full(document, item)) is not None]
    clause = [each for each in usable if not _apart(document, each[0], verb)]
    usable = clause or [each for each in usable if each[0].start < verb and "trước" not in each[1]]
    if usable:
        item, text = min(usable, key=lambda each: (abs(each[0].start - verb), each[0].start))
        item, text = _day_of_year(usable, item, text)
        return text, _date_kind(sentence, item)
    month = _month(document, sentence, verb)
    if month is not None:
        return month, "reported"
    if document.decision and (document.in_force or document.issued):
        return document.in_force or document.issued, "in_force" if document.in_force else "reported"
    for before in reversed(sentences[max(0, index - 2) : index]):
        if before.paragraph is not sentence.paragraph:
            break
        for item in before.items[:6]:
            if item.symbol == "T" and (text := _full(document, item)) is not None and not _of_a_document(before, item):
                return text, "reported"
    if document.published:
        return f"≤ {document.published}", "reported"
    return None, "reported"


_MONTH = re.compile(r"(?:hồi|trong|từ|vào|đầu|cuối|giữa)\s+tháng\s+(\d{1,2})(?!\s*[/.]?\d|\s+năm)", re.I)


_MONTH_OF_YEAR = re.compile(r"tháng\s+(\d{1,2})\s*[-–]\s*((?:19|20)\d\d)", re.I)


def _month(document: Document, sentence: Sentence, verb: int) -> str | None:
    """A month without its year near the verb: the last one of that name before the text was published."""
    published = parsed(document.published) if document.published else None
    text, at = sentence.text(), verb - sentence.start
    whole = _MONTH_OF_YEAR.search(text, max(0, at - 120), at + 200)
    if whole and 1 <= int(whole[1]) <= 12:
        return f"{int(whole[1])}/{whole[2]}"
    said = _MONTH.search(text, max(0, at - 120), at + 200)
    if published is None or said is None or not 1 <= int(said[1]) <= 12:
        return None
    year = published.latest.year - (int(said[1]) > published.latest.month)
    return f"{int(said[1])}/{year}"


_IN_FORCE = re.compile(
    r"(?:quyết định|nghị quyết)\b[^.;\d]{0,60}có hiệu lực|có hiệu lực của các (?:quyết định|nghị quyết)", re.I
)


def stated_in_force(sentences: Sequence[Sentence]) -> str | None:
    """The day from which the decisions that an article tells of are in force (Các quyết định trên có hiệu lực từ …)."""
    for sentence in sentences:
        said = _IN_FORCE.search(sentence.text()) if "hiệu lực" in sentence.text() else None
        for item in sentence.items if said else ():
            value = item.value
            if isinstance(value, DateAt) and not value.partial and not _of_a_document(sentence, item):
                return value.text
    return None


_OPERATES = re.compile(r"(?<![\w-])(?:chính thức\s+)?(?:đi vào\s+)?hoạt động\s+(?:chính thức\s+)?(?:kể\s+)?từ", re.I)
_NEW = re.compile(
    r"\A(?:Như vậy, |Theo đó, )?(?:(?P<all>các|những|bộ máy|mô hình|hai|ba|tất cả)\b[^,;.]{0,30}?)?"
    r"(?:sở|ban|phòng|cơ quan|đơn vị|trung tâm|chi cục|trường|bệnh viện|bộ máy|tổ chức|mô hình|xã|phường)\b"
    r"[^,;.]{0,15}?(?P<new>mới|sau (?:khi )?(?:hợp nhất|sáp nhập|sắp xếp)|này)\b[^,;.]{0,20}\Z",
    re.I,
)


@dataclass(frozen=True, slots=True)
class OperatingDay:
    """A day from which new units work: of one named unit, of the change told before, or of all."""

    day: str
    at: int
    unit: Item | None
    every: bool


def operating_days(document: Document, sentences: Sequence[Sentence]) -> list[OperatingDay]:
    """The days that clauses of their own give for units that came out of a change (Sở mới chính thức đi vào hoạt
    động từ ngày …; Trung tâm A hoạt động từ …; bộ máy mới hoạt động từ …, of all)."""
    found: list[OperatingDay] = []
    for sentence in sentences:
        text = sentence.text()
        said = _OPERATES.search(text) if "hoạt động" in text else None
        if said is None:
            continue
        at = sentence.start + said.end()
        day = next((i for i in sentence.items if i.symbol == "T" and 0 <= i.start - at <= 8), None)
        shown = _full(document, day) if day is not None else None
        if shown is None:
            continue
        first = max(text.rfind(";", 0, said.start()), text.rfind(",", 0, said.start())) + 1
        subject = text[first : said.start()].strip()
        clause = [i for i in sentence.items if first <= i.start - sentence.start < said.start()]
        new = _NEW.match(subject)
        units = [item for item in clause if item.symbol == "U"]
        if units and not any(item.symbol.startswith("v:") for item in clause):
            found.append(OperatingDay(shown, sentence.start, units[0], False))
        elif new is not None:
            every = bool(new["all"]) or subject.lower().startswith(("bộ máy", "mô hình"))
            found.append(OperatingDay(shown, sentence.start, None, every))
    return found


def _day_of_year(usable: list[tuple[Item, str]], item: Item, text: str) -> tuple[Item, str]:
    """The day or month that the clause names besides the year in which the change was (trong năm 2019 đã sáp nhập …,
    hoạt động từ 01/7/2019)."""
    year = text.removeprefix("năm ")
    if not year.isdigit():
        return item, text
    closer = [each for each in usable if each[1].endswith(f"/{year}") and each[0].start > item.start]
    return closer[0] if closer else (item, text)


def _apart(document: Document, item: Item, verb: int) -> bool:
    """Whether a semicolon stands between the date and the verb."""
    first, last = sorted((item.start, verb))
    return ";" in document.normal.text[first:last]


def _full(document: Document, item: Item) -> str | None:
    """The date as text with its year; None where that is not known."""
    value = item.value
    if not isinstance(value, DateAt):
        return None
    if not value.partial:
        return f"trước {value.text}" if value.role == "deadline" else value.text
    if not document.published:
        return None
    year = document.published[-4:]
    text = f"{re.sub(r'[-]', '/', value.text)}/{year}"
    return text if parsed(text) else None


def _of_a_document(sentence: Sentence, item: Item) -> bool:
    """Whether the date is that of a cited document, which stands right before it."""
    at = sentence.items.index(item)
    before = [i.symbol for i in sentence.items[max(0, at - 3) : at]]
    return "D" in before and all(symbol in ("D", ",", "ngày", "và", "(") for symbol in before[before.index("D") :])


def _date_kind(sentence: Sentence, item: Item) -> str:
    at = sentence.items.index(item)
    before = " ".join(i.symbol for i in sentence.items[max(0, at - 6) : at])
    if "hiệu lực" in before:
        return "in_force"
    if "hoạt động" in before:
        return "operating"
    return "in_force" if isinstance(item.value, DateAt) and item.value.role == "from" else "reported"


def is_deadline(sentence: Sentence, date: str, verb: int) -> bool:
    """Whether the date behind the verb is the day before which it is to be done (hoàn thành trước ngày 1/9/2018)."""
    if not date.startswith("trước"):
        return False
    return any(isinstance(i.value, DateAt) and i.value.role == "deadline" and i.start > verb for i in sentence.items)


def is_future(document: Document, date: str) -> bool:
    """Whether the date is certainly after the day of publication."""
    when, published = parsed(date), parsed(document.published) if document.published else None
    if when and published and date.startswith("trước"):
        return when.latest > published.latest
    return bool(when and published and when.earliest and when.earliest > published.latest)


def is_past(document: Document, date: str) -> bool:
    """Whether the date is certainly before the day of publication."""
    when, published = parsed(date) if date else None, parsed(document.published) if document.published else None
    return bool(when and published and published.earliest and when.latest < published.earliest)


def is_past_year(document: Document, date: str) -> bool:
    """Whether the date is in a year before the one in which the text was published."""
    when, published = parsed(date), parsed(document.published) if document.published else None
    stated = not date.startswith("≤") and when is not None
    return bool(stated and when and published and when.latest.year < published.latest.year)
