"""The named queries: .cypher files whose header comments are their documentation.

    // heads: Who heads each unit of a place
    // vi: Cấp trưởng của từng đơn vị trong địa bàn
    // Further lines say what the reader has to know.
    // param place: string (place) = null -- only the units of this place
    // param on: date = today -- the day that is asked about
    // column unit: đơn vị
    // column role: vai trò (roles)

A parameter without `= …` must be given. The word in brackets says what a value names: something
in the graph (place, unit, person …; a name is accepted for its id) or a code list (a label is
accepted for its code). A column's brackets name the code list of its values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from graph.dates import parse_day
from graph.errors import QueryError, UnknownName, UserError
from graph.store import Result, Store
from graph.text import nearest
from queries import find

FOLDER = Path(__file__).parent / "cypher"
TYPES = ("string", "int", "float", "bool", "date", "list")

_TITLE = re.compile(r"^([a-z][a-z0-9_]*):\s+(.+)$")
_VI = re.compile(r"^vi:\s+(.+)$")
_PARAM = re.compile(r"^param\s+(\w+):\s*(\w+)(?:\s*\((\w+)\))?(?:\s*=\s*(.*?))?\s*--\s*(.+)$")
_COLUMN = re.compile(r"^column\s+(\w+):\s*(.+?)(?:\s*\((\w+)\))?$")
_RETURN = re.compile(r"^RETURN ", re.MULTILINE)
_TRUE = {"true", "yes", "1", "có", "đúng"}
_FALSE = {"false", "no", "0", "không", "sai"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query. `default` is None where `required` is false and nothing is filled in."""

    name: str
    type: str
    doc: str
    what: str = ""
    default: str | None = None
    required: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the answer with its Vietnamese label, and the code list of its values if any."""

    name: str
    vi: str
    vocabulary: str = ""


@dataclass(frozen=True)
class NamedQuery:
    """A query as its file describes it; `text` is the Cypher without the header."""

    name: str
    doc: str
    doc_vi: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    notes: str = ""

    @cached_property
    def order(self) -> tuple[tuple[int, bool], ...]:
        """The columns that the rows are ordered by, with whether downwards; empty where the order
        needs more than the columns."""
        names = [column.name for column in self.columns]
        _, _, order = _split(self.text)[1].partition("\nORDER BY ")
        terms = [term.strip().removesuffix(" DESC") for term in order.split(",")]
        if not order or not set(terms) <= set(names):
            return ()
        return tuple((names.index(name), "DESC" in term) for name, term in zip(terms, order.split(","), strict=True))

    @cached_property
    def gathered(self) -> str:
        """The Cypher with its last RETURN replaced: all rows in one list, which is a single record.

        A record a row costs four times as much on its way through Bolt and the driver. Rows that
        are ordered by columns only come without an order: to order them here (`ordered`) takes a
        tenth of the time that the embedded engine needs.
        """
        before, last = _split(self.text)
        made, _, order = last.partition("\nORDER BY ")
        names = ", ".join(column.name for column in self.columns)
        ordered = f"\nORDER BY {order}" if order and not self.order else ""
        return f"{before}WITH {made}{ordered}\nRETURN collect([{names}]) AS rows"

    def ordered(self, rows: list[list[Any]]) -> list[list[Any]]:
        """The gathered rows in the query's order; as in Cypher nothing comes last, downwards first."""
        for place, downwards in reversed(self.order):
            rows.sort(key=lambda row: (row[place] is None, row[place]), reverse=downwards)
        return rows


@lru_cache(maxsize=4)
def catalogue(folder: Path = FOLDER) -> dict[str, NamedQuery]:
    """All named queries by name, in alphabetical order.

    Raises QueryError naming file and line where a header is wrong.
    """
    return {path.stem: parse(path) for path in sorted(folder.glob("*.cypher"))}


def named(name: str) -> NamedQuery:
    """The query of that name. Raises UnknownName with the nearest ones."""
    path = FOLDER / f"{name}.cypher"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        names = [each.stem for each in FOLDER.glob("*.cypher")]
        raise UnknownName("query", name, nearest(name, sorted(names)))
    return parse(path)


def run(store: Store, name: str, values: Mapping[str, object] | None = None, on: dt.date | None = None) -> Result:
    """Answer the named query, with `values` for its parameters, as of `on` (today where absent).

    Raises UnknownName (no such query, parameter, unit …), AmbiguousName, and UserError for a
    value that is missing or of the wrong type.
    """
    query = named(name)
    return answer(store, query, parameters_for(store, query, values or {}, on))


def answer(store: Store, query: NamedQuery, parameters: Mapping[str, object]) -> Result:
    """The rows of the query for values as `parameters_for` gives them."""
    rows = query.ordered(store.read(query.gathered, parameters).value())
    return Result([column.name for column in query.columns], rows)


def parameters_for(
    store: Store, query: NamedQuery, values: Mapping[str, object], on: dt.date | None = None
) -> dict[str, object]:
    """The values that Cypher gets: converted, names resolved to ids, defaults filled in."""
    known = {parameter.name: parameter for parameter in query.parameters}
    for given in values:
        if given not in known:
            near = nearest(given, known) or list(known)
            raise UnknownName(f"parameter of {query.name}", given, near)
    day = _day(known["on"], values) if values.get("on") is not None and "on" in known else on or dt.date.today()
    return {p.name: day if p.name == "on" else _value(store, query, p, values, day) for p in query.parameters}


def _day(parameter: Parameter, values: Mapping[str, object]) -> dt.date:
    found = convert(parameter, values["on"])
    assert isinstance(found, dt.date)
    return found


def _value(store: Store, query: NamedQuery, parameter: Parameter, values: Mapping[str, object], on: dt.date) -> object:
    given = values.get(parameter.name)
    if given is None or given == "":
        if parameter.required:
            remedy = f"give it with -p {parameter.name}=…  ({parameter.doc})"
            raise UserError(f"{query.name} needs a value for {parameter.name!r}", remedy)
        return None if parameter.default is None else convert(parameter, parameter.default)
    value = convert(parameter, given)
    if not parameter.what:
        return value
    if isinstance(value, list):
        return [_resolved(store, parameter, str(each), on) for each in value]
    return _resolved(store, parameter, str(value), on)


def _resolved(store: Store, parameter: Parameter, text: str, on: dt.date) -> str:
    if parameter.what in find.WAYS:
        return find.find(store, parameter.what, text, on).id
    from graph import vocabulary

    code = vocabulary.code_of(parameter.what, text)
    if code is None:
        allowed = sorted(vocabulary.codes(parameter.what))
        raise UnknownName(parameter.what.replace("_", " "), text, nearest(text, allowed) or allowed)
    return code


def convert(parameter: Parameter, given: object) -> Any:
    """The value in the parameter's type; text is read as a person types it.

    Raises UserError saying what is allowed.
    """
    try:
        return _converted(parameter.type, given)
    except (ValueError, TypeError) as error:
        allowed = _ALLOWED[parameter.type]
        raise UserError(
            f"the value of {parameter.name!r} is not a {parameter.type}: {str(given)[:80]!r}",
            allowed if parameter.type != "date" else str(error) or allowed,
        ) from None


_ALLOWED = {
    "string": "a text",
    "int": "a whole number, such as 3",
    "float": "a number, such as 0.5",
    "bool": "true or false",
    "date": "a day, such as 2019-10-09 or 9/10/2019",
    "list": "several values with ; between them",
}


def _converted(kind: str, given: object) -> Any:
    if kind == "date":
        return _as_date(given)
    if kind == "list":
        parts = given if isinstance(given, list | tuple) else str(given).split(";")
        return [str(part).strip() for part in parts if str(part).strip()]
    if kind == "bool":
        word = str(given).strip().lower()
        if word not in _TRUE | _FALSE:
            raise ValueError
        return word in _TRUE
    if kind == "int":
        return int(str(given).strip())
    return float(str(given).strip().replace(",", ".")) if kind == "float" else str(given)


def _as_date(given: object) -> dt.date:
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    text = str(given).strip()
    return dt.date.today() if text.lower() in ("today", "hôm nay") else parse_day(text)


# ---------------------------------------------------------------- reading a file


def parse(path: Path) -> NamedQuery:
    """The query in a file. Raises QueryError naming file and line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = _header_length(lines)
    query = NamedQuery(path.stem, "", "", (), (), "\n".join(lines[header:]).strip())
    for number, line in enumerate(lines[:header], 1):
        try:
            query = _with_line(query, line, first=number == 1)
        except ValueError as error:
            raise _file_error(path, number, str(error)) from None
    if not query.doc_vi:
        raise _file_error(path, header, "the header has no line `// vi: …`")
    if not query.columns:
        raise _file_error(path, header, "the header names no column (`// column name: nhãn`)")
    if not query.text:
        raise _file_error(path, header + 1, "there is no Cypher after the header")
    if not _RETURN.search(query.text):
        raise _file_error(path, header + 1, "no line begins with RETURN")
    _check_parameters(path, header, query)
    return query


def _split(text: str) -> tuple[str, str]:
    """The Cypher before its last line that begins with RETURN, and what follows that word."""
    last = list(_RETURN.finditer(text))[-1]
    return text[: last.start()], text[last.end() :]


def _header_length(lines: list[str]) -> int:
    for number, line in enumerate(lines):
        if not line.startswith("//"):
            return number
    return len(lines)


def _with_line(query: NamedQuery, line: str, *, first: bool) -> NamedQuery:
    """The query with what one header line says; raises ValueError where it cannot be read."""
    text = line.removeprefix("//").strip()
    if first:
        title = _TITLE.match(text)
        if not title or title[1] != query.name:
            raise ValueError(f"the first line must be `// {query.name}: what it answers`")
        return replace(query, doc=title[2])
    if found := _VI.match(text):
        return replace(query, doc_vi=found[1])
    if text.startswith("param "):
        return replace(query, parameters=(*query.parameters, _parameter(text, query)))
    if text.startswith("column "):
        match = _COLUMN.match(text)
        if not match:
            raise ValueError("write `// column name: nhãn`, or `// column name: nhãn (code list)`")
        column = Column(match[1], match[2], match[3] or "")
        if column.name in [each.name for each in query.columns]:
            raise ValueError(f"column {column.name!r} is there twice")
        return replace(query, columns=(*query.columns, column))
    return replace(query, notes=f"{query.notes} {text}".strip())


def _parameter(text: str, query: NamedQuery) -> Parameter:
    match = _PARAM.match(text)
    if not match:
        raise ValueError("write `// param name: type (what) = default -- what it is`")
    name, kind, what, default, doc = match.groups()
    if kind not in TYPES:
        raise ValueError(f"no parameter type {kind!r}; allowed: {', '.join(TYPES)}")
    if name in [each.name for each in query.parameters]:
        raise ValueError(f"parameter {name!r} is there twice")
    filled = None if default in (None, "null") else default
    parameter = Parameter(name, kind, doc, what or "", filled, required=default is None)
    if filled is not None:
        try:
            _converted(kind, filled)
        except (ValueError, TypeError):
            raise ValueError(f"the default {filled!r} is not a {kind}") from None
    return parameter


def _check_parameters(path: Path, header: int, query: NamedQuery) -> None:
    """Every $name of the Cypher is declared, and every declared one is used."""
    used = set(re.findall(r"\$(\w+)", query.text))
    declared = {parameter.name for parameter in query.parameters}
    if missing := sorted(used - declared):
        raise _file_error(path, header, f"the Cypher uses ${missing[0]}, which no `// param` line declares")
    if idle := sorted(declared - used):
        raise _file_error(path, header, f"parameter {idle[0]!r} is declared and never used")


def _file_error(path: Path, line: int, message: str) -> QueryError:
    return QueryError(f"{path.name}:{line}: {message}")
