"""From a cell to a typed value, one converter a column.

A converter takes a cell as the file gave it and returns the value, or None where the cell is
empty. It raises `CellError`, whose message says what is wrong and whose remedy what is allowed.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal

from graph.dates import ALLOWED, FuzzyDate, parse_date
from graph.text import fold, nearest, nfc
from loaders.headers import Column

Value = str | int | float | bool | FuzzyDate | list[str] | None
Converter = Callable[[object], Value]

MAX_NAME = 500
MAX_TEXT = 20_000
MAX_REFERENCE = 1_500
# Texts that name something; all others may be as long as a paragraph
NAME_COLUMNS = frozenset(("name", "short_name", "new_name", "number", "code", "unit_of_count", "model"))
# Control characters, marks that turn the writing direction, halves of characters
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_NOT_IN_ID = re.compile("[<>@;,\"']")
_SPLIT = re.compile(r"[;\r\n]+")
_ERRORS = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_SHOWN_CODES = 12

_TRUE = frozenset(("x", "có", "co", "true", "yes", "1", "đúng", "✓", "✔", "y", "on"))
_FALSE = frozenset(("không", "khong", "false", "no", "0", "sai", "n", "off"))

_GROUPS_DOT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_GROUPS_SPACE = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?")
_GROUPS_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2},\d{3}\.\d+")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2},\d{3}")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_SERIAL = re.compile(r"\d{5}(?:[.,]0+)?")
# Days of Excel's 1900 system, 1927 to 2173; smaller numbers are more likely years
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 99_999
_SERIAL_ZERO = dt.date(1899, 12, 30)


class CellError(Exception):
    """A cell that cannot be read: what is wrong, and what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def written(value: object) -> str:
    """The cell as its file shows it: 50 for 50.0, ISO for dates, items of a list joined by `; `."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, list):
        return "; ".join(written(v) for v in value)
    return str(value)


def converter(column: Column) -> Converter:
    """The converter of a column, by its type. Results are remembered for cells that repeat."""
    if column.type == "text":
        return _text(MAX_NAME if column.key in NAME_COLUMNS else MAX_TEXT)
    if column.type == "id":
        return _id
    if column.type == "ref":
        return _remember(_reference)
    if column.type == "refs":
        return _items(_reference)
    if column.type == "list":
        return _code_list(column.vocabulary) if column.vocabulary else _items(_text(MAX_NAME))
    return _remember(_code(column.vocabulary) if column.type == "code" else _SIMPLE[column.type])


def _remember(convert: Converter) -> Converter:
    """Only for texts: True, 1 and 1.0 are one key in a dict, but not one value."""
    known: dict[str, Value] = {}

    def remembered(value: object) -> Value:
        if type(value) is not str:
            return convert(value)
        if value not in known:
            known[value] = convert(value)
        return known[value]

    return remembered


def _one_line(value: object, limit: int) -> str:
    if isinstance(value, list):
        raise CellError("a list where one value belongs", "Write one value.")
    text = value if isinstance(value, str) else written(value)
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= limit and text[:1] != "#":
        return text.strip()
    if bad := _CONTROL.search(text):
        raise CellError(f"a control character (U+{ord(bad[0]):04X})", "Type the text again.")
    if _ERRORS.fullmatch(text.strip()):
        raise CellError("an error value of a formula", "Mend the formula, or type the value.")
    text = nfc(text.replace("_x000D_", " "))
    if len(text) > limit:
        raise CellError(
            f"{len(text):,} characters; up to {limit:,} are allowed", "Shorten it, or use the column note."
        )
    return text


def _text(limit: int) -> Converter:
    return lambda value: _one_line(value, limit) or None


def _id(value: object) -> Value:
    text = _one_line(value, MAX_NAME)
    if _NOT_IN_ID.search(text):
        raise CellError("an id has none of the signs < > @ ; , and quotes", "Use letters, digits, - and _.")
    return text or None


def _reference(value: object) -> Value:
    text = _one_line(value, MAX_REFERENCE)
    if any(len(part) > MAX_NAME for part in re.split("[<@]", text)):
        raise CellError(f"a name of more than {MAX_NAME} characters", "Give its id, or the name alone.")
    return text or None


def _parts(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return list(_SPLIT.split(value.replace("_x000D_", "\n"))) if isinstance(value, str) else [value]


def _items(convert: Converter) -> Converter:
    """Several values, separated by ; or a line end; the same one twice counts once."""

    def several(value: object) -> Value:
        items = [convert(part) for part in _parts(value)]
        return list(dict.fromkeys(str(item) for item in items if item is not None)) or None

    return several


def _code(vocabulary: str) -> Converter:
    from graph.vocabulary import code_of

    def code(value: object) -> Value:
        text = _one_line(value, MAX_TEXT)
        if not text:
            return None
        found = code_of(vocabulary, text)
        if found is None:
            raise CellError("not in the list", _allowed(vocabulary, text))
        return found

    return code


def _code_list(vocabulary: str) -> Converter:
    """Codes separated by ; or line ends, or by commas where every part is a code by itself."""
    from graph.vocabulary import code_of

    one = _code(vocabulary)

    def codes(value: object) -> Value:
        found: list[str] = []
        for part in _parts(value):
            text = _one_line(part, MAX_TEXT)
            by_comma = [code_of(vocabulary, p.strip()) for p in text.split(",")]
            if "," in text and code_of(vocabulary, text) is None and all(by_comma):
                found += [c for c in by_comma if c]
            elif (single := one(text)) is not None:
                found.append(str(single))
        return list(dict.fromkeys(found)) or None

    return codes


def _allowed(vocabulary: str, text: str) -> str:
    from graph.vocabulary import codes

    labels = [entry.vi for entry in codes(vocabulary).values()]
    near = nearest(text, labels)
    shown = labels if len(labels) <= _SHOWN_CODES else [*labels[:_SHOWN_CODES], f"… ({len(labels)} in all)"]
    return (f"Nearest: {'; '.join(near)}. " if near else "") + f"Allowed: {'; '.join(shown)}"


def _bool(value: object) -> Value:
    if isinstance(value, bool):
        return value
    text = fold(_one_line(value, MAX_TEXT))
    if not text:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise CellError("neither yes nor no", "Allowed: có, x, 1, true; không, 0, false")


def _date(value: object) -> Value:
    if isinstance(value, dt.date):
        return _parsed(value)
    if isinstance(value, bool | dt.time | dt.timedelta):
        raise CellError("not a date", f"Allowed: {ALLOWED}")
    text = _one_line(value, MAX_TEXT)
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        days = int(text[:5])
        if _FIRST_SERIAL <= days <= _LAST_SERIAL:
            return _parsed(_SERIAL_ZERO + dt.timedelta(days=days))
    if isinstance(value, float) and not value.is_integer():
        if _FIRST_SERIAL <= value <= _LAST_SERIAL:  # a day with a time of day
            return _parsed(_SERIAL_ZERO + dt.timedelta(days=int(value)))
        raise CellError("a number, not a date", f"Allowed: {ALLOWED}")
    return _parsed(text)


def _parsed(value: str | dt.date) -> FuzzyDate:
    try:
        return parse_date(value)
    except ValueError as error:
        message = str(error)
        raise CellError(message.split("; allowed:")[0], f"Allowed: {ALLOWED}") from None


def parse_number(text: str) -> float:
    """A number as Vietnamese type it: 1.381 is 1381, 1.381,5 is 1381.5, 88,79 is 88.79, 20% is 20.

    A dot before exactly three digits separates thousands, any other is a decimal point. Raises
    `CellError`; so does 1,381, which is 1.381 here and 1381 in English.
    """
    body = (
        text.strip()
        .replace("\u2212", "-")
        .replace("\u2009", " ")
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
    )
    body = body.removesuffix("%").rstrip()
    sign = -1.0 if body[:1] == "-" else 1.0
    body = body[1:].lstrip() if body[:1] in ("-", "+") else body
    if _AMBIGUOUS.fullmatch(body):
        plain = body.replace(",", "")
        raise CellError(f"{body} can mean {plain} or {body.replace(',', '.')}", f"Write {plain}, or {body}0")
    if not body.isascii():
        raise _no_number()
    if _GROUPS_DOT.fullmatch(body) or _GROUPS_SPACE.fullmatch(body):
        body = body.replace(".", "").replace(" ", "").replace(",", ".")
    elif _GROUPS_COMMA.fullmatch(body):
        body = body.replace(",", "")
    elif _PLAIN.fullmatch(body):
        body = body.replace(",", ".")
    else:
        raise _no_number()
    number = float(body)
    if math.isinf(number):
        raise CellError("the number is too large", "Write it with fewer digits.")
    return sign * number if number else 0.0


def _no_number() -> CellError:
    return CellError("not a number", "Allowed: 1381; 1.381; 1.381,5; 88,79; 20%")


def _number(value: object) -> Value:
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise _no_number()
    if isinstance(value, int | float | Decimal):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise CellError("the number is too large", "Write it with fewer digits.")
        return number
    text = _one_line(value, MAX_TEXT)
    return parse_number(text) if text else None


def _int(value: object) -> Value:
    number = _number(value)
    if number is None:
        return None
    assert isinstance(number, float)
    if not number.is_integer() or abs(number) >= 2**53:
        raise CellError("not a whole number", "Write a whole number: 1381 or 1.381")
    return int(number)


_SIMPLE: dict[str, Converter] = {"date": _date, "int": _int, "number": _number, "bool": _bool}
