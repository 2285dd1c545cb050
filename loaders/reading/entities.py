"""Dates, numbers and cited documents, found by their written form in the normal text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.dates import FuzzyDate, parse_date
from graph.text import key
from graph.vocabulary import code_of


@dataclass(frozen=True, slots=True)
class DateAt:
    """A date as written; `text` is what `graph.dates.parse_date` takes. Without a year: `partial`."""

    text: str
    start: int
    end: int
    partial: bool = False
    role: str = ""  # deadline, from, or nothing


@dataclass(frozen=True, slots=True)
class NumberAt:
    """A number; `of` is the denominator of 9/9, `percent` is set behind 20%, `to` is the upper end of 5 - 7."""

    value: float
    start: int
    end: int
    of: float | None = None
    percent: bool = False
    digits: bool = True
    to: float | None = None


@dataclass(frozen=True, slots=True)
class CitedAt:
    """A document named in a text by its kind and number."""

    kind: str  # code of document_kinds
    number: str  # as the document has it, empty where none is given
    start: int
    end: int
    date: str = ""
    title: str = ""


_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
_DATE = re.compile(
    rf"""(?<![\w/])(?:
      (?:ngày\s+)?(?P<day>{_DAY})(?![\d/])
    | ngày\s+(?P<dw>\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}})
    | (?P<first>\d{{1,2}}\s+tháng\s+(?:đầu|cuối)\s+năm\s+\d{{4}})
    | (?P<quarter>[Qq]u[ýíúy]i?́?\s*(?:IV|I{{1,3}}|[1-4])\s*(?:[/\-.,]|năm)?\s*\d{{4}})
    | (?:tháng\s+)(?P<month>\d{{1,2}}\s*(?:[/\-.]|\s+năm\s+)\s*\d{{4}})
    | (?P<slash>(?:0?[1-9]|1[0-2])/(?:19|20)\d{{2}})(?![\d/])
    | (?:(?:[Nn]gày|sáng|chiều|tối|Sáng|Chiều|Tối)\s+(?:ngày\s+)?(?P<partial>\d{{1,2}}\s?[/-]\s?\d{{1,2}}))(?![\d/])
    | (?:[Nn]ăm\s+)(?P<year>(?:19|20)\d{{2}})(?!\s?[-–]\s?\d)
    )""",
    re.X,
)
_PERIOD = re.compile(
    r"(?:giai đoạn|nhiệm kỳ|khóa|thời kỳ|năm học|giai đoạn từ năm)\s+\S{0,6}\s?"
    r"(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)\d{2})?",
    re.I,
)
_YEARS = re.compile(r"\b(?:19|20)\d{2}\s?[-–]\s?(?:19|20)\d{2}\b")
_DEADLINE = re.compile(r"(?:trước|chậm nhất|muộn nhất|hạn chót|không quá)\s*(?:là\s+)?(?:ngày\s*)?$", re.I)
_FROM = re.compile(r"(?:từ|kể từ)\s*(?:ngày\s*)?$", re.I)
_SYMBOL = r"[A-ZĐƯ][\w]*(?:\s?&\s?[A-ZĐ]\w*)*"
_NUMBER_FORMS = re.compile(
    rf"(?<![\w/.])(?P<n>\d{{1,2}}\.\d{{3}}|\d{{1,5}}[a-zA-Z]?)\s?(?:"
    rf"-\s?(?P<party>{_SYMBOL})\s?/\s?(?P<organ>[A-ZĐƯ]{{2,}}[\w.]*)"
    rf"|/\s?(?P<year>(?:19|20)\d{{2}})\s?/\s?(?P<kind>{_SYMBOL}(?:\s?-\s?{_SYMBOL})*)"
    rf"|/\s?(?P<short>(?:{_SYMBOL})(?:\s?(?:-|–(?=\s?[A-ZĐ]{{2}}))\s?{_SYMBOL})+))"
)
# behind a kind: as numbers were written before the nineties, or cut short (Nghị định 13/CP, 178/2024, Quyết định 61-QĐ)
_SHORTER_FORMS = re.compile(
    r"(?<![\w/.])(?:\d{1,5}[a-zA-Z]?\s?[-/]\s?(?P<symbol>[A-ZĐƯ]{2}\w{0,8})|\d{2,4}/(?:19|20)\d{2})(?![\w/&-])"
)
_KINDS = (
    "nghị quyết liên tịch|nghị quyết|chương trình hành động|chương trình|quyết định|quy định|quy chế|kết luận|chỉ thị|"
    "thông tư liên tịch|thông tư|hướng dẫn|đề án|kế hoạch|báo cáo|nghị định|công văn|thông báo|tờ trình|luật|"
    "thông tri|văn bản|phương án"
)
_SHORT_KINDS = {"NQ": "nghị quyết", "QĐ": "quyết định", "KL": "kết luận", "NĐ": "nghị định", "KH": "kế hoạch"}
_AND = r"(?:\s?,\s?|\s+và\s+|\s+và\s+số\s+)"
_CITED = re.compile(
    rf"(?<!\w)(?:các\s+)?(?P<kind>{_KINDS}|(?-i:{'|'.join(_SHORT_KINDS)}))\s*(?P<no>số\s*:?\s*)?"
    rf"(?P<numbers>\d{{1,4}}(?:{_AND}\d{{1,4}})*)(?:(?P<shared>{_AND}(?=\d{{1,4}}\s?[-/]\s?[A-ZĐ]))|(?![\w%/-]|\.\d))",
    re.I,
)
_SYMBOL_KINDS = {
    **{"nq": "resolution", "qđ": "decision", "qđi": "regulation", "nđ": "decree", "kl": "conclusion"},
    **{"ct": "directive", "tt": "circular", "ttlt": "circular", "hd": "guidance", "ctr": "programme"},
    **{"cthđ": "programme", "ctrhđ": "programme", "đa": "scheme", "kh": "plan", "bc": "report", "qc": "rules"},
    **{"ql": "law", "qh": "law"},
}


def dates(text: str) -> Iterator[DateAt]:
    """The dates in a text, without the years of periods (2015 - 2020)."""
    periods = [m.span() for m in _PERIOD.finditer(text)] + [m.span() for m in _YEARS.finditer(text)]
    for match in _DATE.finditer(text):
        if any(a <= match.start() < b or a < match.end() <= b for a, b in periods):
            continue
        written = next(value for value in match.groupdict().values() if value)
        partial = match["partial"] is not None
        shown = _spelled(match, written)
        if not partial and parsed(shown) is None:
            continue
        before = text[max(0, match.start() - 22) : match.start()]
        role = "deadline" if _DEADLINE.search(before) else "from" if _FROM.search(before) else ""
        yield DateAt(shown, match.start(), match.end(), partial, role)


def _spelled(match: re.Match[str], written: str) -> str:
    written = re.sub(r"\s*([/.-])\s*", r"\1", written)
    if match["quarter"]:
        number = re.search(r"(IV|I{1,3}|[1-4])\s*(?:[/\-.,]|năm)?\s*(\d{4})", written)
        assert number is not None  # the pattern has both
        return f"quý {number[1]}/{number[2]}"
    return f"năm {written}" if match["year"] else written


@lru_cache(maxsize=4096)
def parsed(text: str) -> FuzzyDate | None:
    """The date, or None where the text is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


_NUMBER = re.compile(
    r"(?<![\w/.,-])(?P<n>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
    r"(?:\s?/\s?(?P<of>\d{1,3}(?:\.\d{3})+|\d+)(?![/\d]))?\s?(?P<pc>%|phần trăm)?(?!\w)"
)
_TIMES = {"chục": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 1_000_000}
_MANY = re.compile(rf"\s(?P<word>{'|'.join(_TIMES)})(?!\w)")
_RANGE = re.compile(r"\s?[-–]\s?(?P<to>\d{1,3}(?:\.\d{3})+|\d{1,4})(?=\s+[^\W\d_])(?!\s+(?:tháng|năm)\b)")
_SHARES = re.compile(r"-(?P<to>\d+(?:,\d+)?)\s?(?:%|phần trăm)")
_WHOLE = r"(?=\s?[,.;)]| (?:số|tổng số|các|trong|biên chế|so với|đầu mối|phòng|đơn vị)|\s*$)"
_HALF = re.compile(rf"(?<!\w)(?:một nửa{_WHOLE}|nửa(?= (?:số|tổng số|biên chế)))", re.I)
_PART = re.compile(rf"(?<!\w)(?P<n>một|hai|ba) phần (?P<of>ba|tư|bốn|năm){_WHOLE}", re.I)
_IN_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ENDINGS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_ONE = "|".join(_IN_WORDS)
_TENS = rf"(?:(?:{_ONE}) (?:mươi|chục)(?: (?:{'|'.join(_ENDINGS)}|{_ONE}))?|mười (?:lăm|{_ONE})|{_ONE})"
_WORDS = re.compile(rf"(?<!\w)(?:(?P<hundreds>{_ONE}) trăm(?: (?:linh |lẻ )?(?P<rest>{_TENS}))?|{_TENS})(?!\w)", re.I)


def numbers(text: str) -> Iterator[NumberAt]:
    """The numbers in Vietnamese form: 1.381 is 1381, 88,79 is 88.79, 07 is 7."""
    for match in _NUMBER.finditer(text):
        of = value_of(match["of"]) if match["of"] else None
        if of is None and re.fullmatch(r"(?:19|20)\d{2}", match["n"]):
            continue  # a year
        value, end = value_of(match["n"]), match.end()
        many = _MANY.match(text, end) if of is None and not match["pc"] else None
        if many is not None:
            value, end = round(value * _TIMES[many["word"]], 3), many.end()
        upper = _RANGE.match(text, end) if of is None and not match["pc"] and "," not in match["n"] else None
        shares = _SHARES.match(text, end) if of is None and not match["pc"] else None
        if shares is not None and value < value_of(shares["to"]):
            yield NumberAt(value, match.start(), shares.end(), percent=True, to=value_of(shares["to"]))
        elif upper is not None and value < value_of(upper["to"]):
            yield NumberAt(value, match.start(), upper.end(), to=value_of(upper["to"]))
        else:
            yield NumberAt(value, match.start(), end, of, bool(match["pc"]))
    for match in _HALF.finditer(text):
        yield NumberAt(50.0, match.start(), match.end(), percent=True)
    for match in _PART.finditer(text):
        part = _small(match["n"]) / (4 if match["of"].lower() == "tư" else _small(match["of"]))
        yield NumberAt(round(100 * part, 1), match.start(), match.end(), percent=True)


def numbers_in_words(text: str) -> Iterator[NumberAt]:
    """Numbers written as words (hai mươi ba); the caller knows whether they count something."""
    for match in _WORDS.finditer(text):
        if match["hundreds"]:
            value = 100 * _small(match["hundreds"]) + (_small(match["rest"]) if match["rest"] else 0)
        else:
            value = _small(match[0])
        yield NumberAt(float(value), match.start(), match.end(), digits=False)


def _small(written: str) -> int:
    """The value of a number below a hundred in words."""
    words = written.lower().split()
    if len(words) > 1 and words[1] in ("mươi", "chục"):
        return 10 * _IN_WORDS[words[0]] + sum((_IN_WORDS | _ENDINGS)[word] for word in words[2:])
    return sum((_IN_WORDS | _ENDINGS)[word] for word in words)


def value_of(written: str) -> float:
    """The value of a number in Vietnamese form."""
    whole = written if not re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written) else written.replace(".", "")
    return float(whole.replace(",", "."))


def cited(text: str) -> Iterator[CitedAt]:
    """The documents that a text names by number; "Nghị quyết 18, 19" are two."""
    taken: list[tuple[int, int]] = []
    for match in _NUMBER_FORMS.finditer(text):
        taken.append(match.span())
        number = re.sub(r"\s", "", match[0]).replace("–", "-").replace("/TƯ", "/TW")
        kind = _kind_before(text, match.start())
        if kind is None or kind == "other":
            kind = _kind_of_symbol(match["party"] or match["kind"] or match["short"])
        start = _start_of_kind(text, match.start())
        yield CitedAt(kind, number, start, match.end())
    for match in _SHORTER_FORMS.finditer(text):
        kind = _kind_before(text, match.start())
        if kind is not None and not any(a < match.end() and match.start() < b for a, b in taken):
            taken.append(match.span())
            kind = _kind_of_symbol(match["symbol"] or "") if kind == "other" else kind
            yield CitedAt(kind, re.sub(r"\s", "", match[0]), _start_of_kind(text, match.start()), match.end())
    for match in _CITED.finditer(text):
        if any(a < match.end("numbers") and match.start("numbers") < b for a, b in taken):
            continue
        folded = _SHORT_KINDS.get(match["kind"].upper(), key(match["kind"]))
        if not match["no"] and folded not in ("nghị quyết", "đề án", "kết luận", "chỉ thị", "nghị định", "thông tư"):
            continue
        after = text[match.end() : match.end() + 12]
        if re.match(r"\s*(?:năm|tháng|đơn vị|phòng|người|nội dung|nhiệm vụ|xã|huyện|thôn)\b", after):
            continue
        kind = code_of("document_kinds", folded) or "other"
        # "số 12, 13 và 14/QĐ-UBND": what stands behind the last number holds for those before it
        last = next((t for t in taken if t[0] == match.end()), None) if match["shared"] else None
        form = re.sub(r"\s|^\d+", "", text[slice(*last)]) if last else ""
        form = form if form and _kind_of_symbol(form.lstrip("-/")) == kind else ""
        for one in re.finditer(r"\d+", match["numbers"]):
            start = match.start() if one.start() == 0 else match.start("numbers") + one.start()
            yield CitedAt(kind, one[0] + form, start, match.start("numbers") + one.end())


_BEFORE = re.compile(rf"({_KINDS})\s*(?:số\s*:?\s*)?$", re.I)


def _kind_before(text: str, at: int) -> str | None:
    found = _BEFORE.search(text[max(0, at - 40) : at])
    return (code_of("document_kinds", found[1]) or "other") if found else None


def _start_of_kind(text: str, at: int) -> int:
    begin = max(0, at - 40)
    found = _BEFORE.search(text[begin:at])
    return begin + found.start() if found else at


def kind_of_number(number: str) -> str:
    """The kind of document that a number says: 14/2025/QĐ-UBND is a decision; a decision where it says nothing."""
    match = _NUMBER_FORMS.match(number)
    if match is None:
        return "decision"
    found = _kind_of_symbol(match["party"] or match["kind"] or match["short"])
    return "decision" if found == "other" else found


def _kind_of_symbol(symbol: str) -> str:
    folded = re.split(r"[-\d]", symbol.casefold())[0]
    return _SYMBOL_KINDS.get(folded, "other")
