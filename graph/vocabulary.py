"""The vocabulary: code lists, kinds of units, titles, fields, models and rules.

All of it is data in `graph/data/*.yaml`; here it is read once and looked up. Names are
compared with `graph.text.key`, so abbreviations, tone placement and case do not matter.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from graph.packaged import packaged_yaml
from graph.text import key, strip_diacritics

RELATION_KINDS_BESIDE = {
    "serves": {"vi": "phục vụ", "en": "serves", "also": ["văn phòng phục vụ chung của"]},
    "face": {"vi": "con dấu (pháp nhân) của", "en": "face of", "also": ["con dấu của", "pháp nhân của"]},
    "within": {"vi": "thuộc địa bàn", "en": "within"},
}


@dataclass(frozen=True)
class Entry:
    """One code of a list with its labels; `also`: other spellings accepted on input."""

    code: str
    vi: str
    en: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitKind:
    """A kind of unit. `heads` and `deputies` are codes of titles, the usual one first; `parents` are
    the usual kinds above it in the line; `vertical`: run from the centre, never under a UBND. The three
    about names are explained in unit_kinds.yaml."""

    code: str
    vi: str
    en: str
    system: str
    levels: tuple[str, ...]
    prefixes: tuple[str, ...]
    heads: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    level_in_name: bool = False
    place_in_name: bool = False
    whole_name: bool = False
    temporary: bool = False
    vertical: bool = False


@dataclass(frozen=True)
class Title:
    """A title of a post. `role` is a code of `roles`; `rank` orders the titles of a unit, 1 first.
    `names_unit`: the word that ends the title and begins the unit's name; `kind` and `unit`:
    the kind of unit, or the unit, that the title alone says."""

    code: str
    vi: str
    en: str
    role: str
    rank: int
    spellings: tuple[str, ...] = ()
    names_unit: str = ""
    kind: str = ""
    unit: str = ""


class ModelStatus(NamedTuple):
    """What happened to a model, and when (`date` as text for `graph.dates.parse_date`)."""

    status: str  # code of model_statuses
    date: str
    source: str
    note: str
    confidence: str  # stated, press, own knowledge
    level: str = ""
    place: str = ""
    place_basis: str = "stated"  # code of basis
    n: float | None = None
    m: float | None = None


@dataclass(frozen=True)
class Model:
    """A model of concurrent posts: post A and post B, in one place, go to one person. `b_name`
    narrows the unit of post B to one name; a third post C stands in few models."""

    code: str
    name: str
    en: str
    form: str  # code of concurrency_forms
    levels: tuple[str, ...]
    a_kinds: tuple[str, ...]
    a_titles: tuple[str, ...]
    b_kinds: tuple[str, ...]
    b_titles: tuple[str, ...]
    b_name: str = ""
    c_kinds: tuple[str, ...] = ()
    c_titles: tuple[str, ...] = ()
    history: tuple[ModelStatus, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A dated rule; what `parameters` holds depends on `kind` and is described in rules.yaml.
    It holds from `valid_from` (inclusive) to `valid_to` (exclusive); None: unknown or open."""

    id: str
    kind: str
    vi: str
    en: str
    source: str
    confidence: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    parameters: dict[str, Any] = field(default_factory=dict)

    def holds_on(self, on: dt.date) -> bool:
        """Whether the rule is in force on the day; an unknown start counts as in force."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


# --- code lists ------------------------------------------------------------------------


@cache
def codes(list_name: str) -> dict[str, Entry]:
    """The codes of a list in their order: every list of codes.yaml, and unit_kinds, titles, fields,
    models and relation_kinds (parent kinds, ties, serves, face, within).

    Raises ValueError for an unknown list and names those there are.
    """
    if list_name == "unit_kinds":
        return {k.code: Entry(k.code, k.vi, k.en, k.prefixes) for k in unit_kinds().values()}
    if list_name == "titles":
        return {t.code: Entry(t.code, t.vi, t.en, t.spellings) for t in titles().values()}
    if list_name == "fields":
        return {code: Entry(code, row["vi"], row["en"]) for code, row in data("fields").items()}
    if list_name == "models":
        return {m.code: Entry(m.code, m.name, m.en) for m in models()}
    listed = data("codes")
    if list_name == "relation_kinds":
        rows = {**listed["parent_kinds"], **listed["tie_kinds"], **RELATION_KINDS_BESIDE}
    elif list_name in listed:
        rows = listed[list_name]
    else:
        raise ValueError(f"no code list {list_name!r}; there are: {', '.join(list_names())}")
    return {code: Entry(code, r["vi"], r["en"], tuple(r.get("also", ()))) for code, r in rows.items()}


def list_names() -> list[str]:
    """The names of all code lists."""
    return sorted([*data("codes"), "unit_kinds", "titles", "fields", "models", "relation_kinds"])


def code_of(list_name: str, text: str) -> str | None:
    """The code that `text` means, by code, label or other spelling; None if there is none."""
    return _code_index(list_name).get(key(text))


def label(list_name: str, code: str, lang: str = "vi") -> str:
    """The Vietnamese or English label of a code; the code itself if the list does not have it."""
    entry = codes(list_name).get(code)
    if entry is None:
        return code
    return entry.en if lang == "en" else entry.vi


@cache
def _code_index(list_name: str) -> dict[str, str]:
    entries = codes(list_name).values()
    index: dict[str, str] = {}
    # A label of one code outranks another code's spelling
    for spelled in (
        [(e.code, e.code) for e in entries],
        [(e.vi, e.code) for e in entries],
        [(e.en, e.code) for e in entries],
        [(also, e.code) for e in entries for also in e.also],
    ):
        for text, code in spelled:
            index.setdefault(key(text), code)
    return index


# --- kinds of units ----------------------------------------------------------------------


@lru_cache(maxsize=1)
def unit_kinds() -> dict[str, UnitKind]:
    """All kinds of units by code."""
    return {code: UnitKind(code=code, **_tuples(row)) for code, row in data("unit_kinds").items()}


def unit_kind(code: str) -> UnitKind:
    """A kind of unit. Raises KeyError if there is no such code."""
    return unit_kinds()[code]


def unit_kind_of(name: str) -> str | None:
    """The kind that a unit's name says: the longest known beginning decides ("Chi cục Thủy lợi" is a
    chi_cuc, "Văn phòng Tỉnh ủy" a van_phong_cap_uy). A name without any diacritics is compared
    without them where that leaves one kind only. None if no beginning is known."""
    found = unit_prefix(key(name).split(), bare=name == strip_diacritics(name))
    return found[0] if found else None


def unit_prefix(words: Sequence[str], *, bare: bool = False) -> tuple[str, int] | None:
    """The kind of unit that the words (of `graph.text.key`) begin with, and of how many of them its
    name's known beginning consists; with `bare` compared without diacritics."""
    prefixes = _bare_prefixes() if bare else _prefixes()
    for n in range(min(len(words), _longest()), 0, -1):
        beginning = map(strip_diacritics, words[:n]) if bare else words[:n]
        kind = prefixes.get(tuple(beginning))
        if kind is not None:
            return kind, n
    return None


def level_of(name: str) -> str | None:
    """The level (code of `levels`) that a unit's name says, by its kind (Sở, Huyện ủy) or by a word
    such as tỉnh, huyện, thị xã, xã in it; None where the name leaves it open."""
    folded = key(name)
    kind = unit_kind_of(name)
    levels = unit_kind(kind).levels if kind else ()
    if len(levels) == 1:
        return levels[0]
    for found in _LEVEL_WORD.finditer(folded):
        level = _LEVEL_OF_WORD.get(found[1])
        if found[1].startswith("thành"):
            level = city_level(folded[found.end() :].strip())
        if level and (not levels or level in levels):
            return level
    return None


_LEVEL_OF_WORD = {
    "trung ương": "central",
    "tỉnh": "province",
    "tỉnh ủy": "province",
    "tỉnh đoàn": "province",
    **dict.fromkeys(("huyện", "quận", "thị xã", "huyện ủy", "quận ủy", "thị ủy", "huyện đoàn"), "district"),
    **dict.fromkeys(("xã", "phường", "thị trấn", "đặc khu", "xã đoàn"), "commune"),
    **dict.fromkeys(("thôn", "ấp", "khu phố", "tổ dân phố"), "hamlet"),
}
_LEVEL_WORD = re.compile(
    r"\b("
    + "|".join(sorted([*_LEVEL_OF_WORD, "thành phố", "thành ủy", "thành đoàn"], key=len, reverse=True))
    # xã hội is society, nông thôn the countryside
    + r")\b(?! hội\b)(?<!nông thôn)"
)


def city_level(rest: str) -> str | None:
    """Level of the city whose name `rest` begins with; one that is not centrally run was under a
    province. Huế was both, and Đồng Nai became a city in 2026."""
    rest = rest.removeprefix("thành phố ")
    if not rest or rest.startswith("huế"):
        return None
    central = [key(city) for city in data("titles")["provinces"]["thành phố"]]
    return "province" if any(re.match(rf"{city}\b", rest) for city in [*central, "đồng nai"]) else "district"


@lru_cache(maxsize=1)
def _prefixes() -> dict[tuple[str, ...], str]:
    return {tuple(key(p).split()): kind.code for kind in unit_kinds().values() for p in kind.prefixes}


@lru_cache(maxsize=1)
def _bare_prefixes() -> dict[tuple[str, ...], str]:
    bare = ((tuple(map(strip_diacritics, prefix)), kind) for prefix, kind in _prefixes().items())
    return unambiguous(bare)


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _prefixes()))


# --- titles, fields ------------------------------------------------------------------------


@lru_cache(maxsize=1)
def titles() -> dict[str, Title]:
    """All titles by code."""
    return {code: Title(code=code, **_tuples(row)) for code, row in data("titles")["titles"].items()}


def title(code: str) -> Title:
    """A title. Raises KeyError if there is no such code."""
    return titles()[code]


def fields_of(text: str) -> list[str]:
    """Codes of the fields in which a function falls, in the order in which their key phrases stand in
    the statement; each once, empty if no phrase is there."""
    found: dict[str, None] = {}
    for clause in re.split(r"[,;:.()\n]", text):
        for match in _phrase_pattern().finditer(key(clause)):
            found.setdefault(_phrases()[match[0]])
    return list(found)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    return {key(phrase): code for code, row in data("fields").items() for phrase in row["phrases"]}


@lru_cache(maxsize=1)
def _phrase_pattern() -> re.Pattern[str]:
    longest_first = sorted(_phrases(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


# --- models, rules ---------------------------------------------------------------------------


@lru_cache(maxsize=1)
def models() -> list[Model]:
    """The known models of concurrent posts, CM1 to CM13."""
    found = []
    for code, row in data("models").items():
        history = tuple(ModelStatus(**{"note": "", **status}) for status in row["history"])
        found.append(Model(code=code, **{**_tuples(row), "history": history}))
    return found


@lru_cache(maxsize=1)
def rules() -> list[Rule]:
    """The dated rules: posts that exclude each other, restrictions, minimum sizes, deputy numbers."""
    return [Rule(id=name, **row) for name, row in data("rules").items()]


# --- reading -----------------------------------------------------------------------------------


def data(name: str) -> dict[str, Any]:
    """The parsed file `graph/data/<name>.yaml`, read once; not to be changed by the caller."""
    parsed: dict[str, Any] = packaged_yaml("graph", "data", f"{name}.yaml")
    return parsed


_K = TypeVar("_K")


def unambiguous(pairs: Iterable[tuple[_K, str]]) -> dict[_K, str]:
    """The pairs as a dict, without the keys that stand for more than one value."""
    found: dict[_K, str] = {}
    several: set[_K] = set()
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            several.add(name)
    return {name: value for name, value in found.items() if name not in several}


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
