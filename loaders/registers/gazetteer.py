"""A small map that comes with the package: names of provinces, districts and communes around 1 July 2025.

`places.txt` beside this module has two maps, of before and after the day. A line without indent is a
province, one with a blank a district; behind a colon are the communes of a kind. The names are those of the
package vietnamadminunits (MIT, see the head of the file); `gazetteer_source` writes the file from it.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from graph.text import key

DAY = dt.date(2025, 7, 1)
LEVELS = {
    "tỉnh": "province",
    **dict.fromkeys(("huyện", "quận", "thị xã", "thành phố"), "district"),
    **dict.fromkeys(("xã", "phường", "thị trấn", "đặc khu"), "commune"),
}


class Known(NamedTuple):
    """A place of the map. `kind` is its word in small letters, `within` the place that it lies in."""

    name: str
    kind: str
    level: str
    within: Known | None

    @property
    def full(self) -> str:
        """The name with the word for the kind."""
        return f"{self.kind} {self.name}"

    @property
    def province(self) -> Known:
        """The province that it lies in; itself if it is one."""
        return self if self.within is None else self.within.province


class Change(NamedTuple):
    """A province that was called otherwise before a day."""

    day: dt.date
    before: str
    after: str


class Maps(NamedTuple):
    """The places of both maps by their bare names, and what provinces of after were formed of."""

    before: dict[str, list[Known]]
    after: dict[str, list[Known]]
    formed_of: dict[str, tuple[str, ...]]
    changes: tuple[Change, ...]


def bare(name: str) -> str:
    """The name without diacritics and signs: quick to make, and the same for all spellings of a name."""
    return name.lower().translate(_plain())


def find(name: str, day: dt.date, *, level: str | None = None, kind: str | None = None) -> list[Known]:
    """The places of this name on the day; of a level or a kind if one is given."""
    maps = read_maps()
    listed = (maps.after if day >= DAY else maps.before).get(bare(name), ())
    wanted = key(name)
    return [
        each
        for each in listed
        if (level is None or each.level == level) and kind in (None, each.kind) and key(each.name) == wanted
    ]


def provinces(day: dt.date) -> tuple[Known, ...]:
    """The provinces of the day's map."""
    return _provinces(day >= DAY)


@cache
def _provinces(after: bool) -> tuple[Known, ...]:
    listed = read_maps().after if after else read_maps().before
    return tuple(each for names in listed.values() for each in names if each.level == "province")


def province_name(full: str, day: dt.date) -> str:
    """How a province of the map was called on the day."""
    for change in read_maps().changes:
        if full == change.after and day < change.day:
            return change.before
        if full == change.before and day >= change.day:
            return change.after
    return full


def names_of(province: str) -> frozenset[str]:
    """All names that a province of the map has had."""
    changed = (c for c in read_maps().changes if province in (c.before, c.after))
    return frozenset((province, *(name for c in changed for name in (c.before, c.after))))


def formed_of(province: str) -> tuple[str, ...]:
    """The provinces of before that one of after was formed of; itself where nothing was joined to it."""
    return read_maps().formed_of.get(province, (province,))


@lru_cache(maxsize=1)
def read_maps() -> Maps:
    """The file, read once."""
    text = resources.files("loaders.registers").joinpath("places.txt").read_text(encoding="utf-8")
    names: defaultdict[str, list[Known]] = defaultdict(list)
    before = names
    formed: dict[str, tuple[str, ...]] = {}
    changes: list[Change] = []
    province = above = Known("", "", "", None)
    # all names are made bare at once: name by name it takes five times as long
    for line, plain in zip(text.splitlines(), bare(text).splitlines(), strict=True):
        if not line or line[0] in "#@=":
            if line == "@ after":
                names = defaultdict(list)
            elif line[:1] == "=":
                changes.append(_change(line))
        elif line[0] != " ":
            full, _, parts = line.partition(" ← ")
            kind, name = cut(full)
            province = above = Known(name, kind, "province", None)
            names[bare(name)].append(province)
            if parts:
                formed[full] = tuple(parts.split(", "))
        elif ":" not in line:
            kind, name = cut(line.strip())
            above = Known(name, kind, "district", province)
            names[bare(name)].append(above)
        else:
            kind, _, listed = line.strip().partition(": ")
            for name, folded in zip(listed.split(", "), plain.partition(":")[2].split(","), strict=True):
                names[folded].append(Known(name, kind, "commune", above))
    return Maps(dict(before), dict(names), formed, tuple(changes))


def _change(line: str) -> Change:
    day, _, rest = line[2:].partition(" ")
    before, _, after = rest.partition(" → ")
    return Change(dt.date.fromisoformat(day), before, after)


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(sorted(LEVELS, key=len, reverse=True))


def cut(full: str) -> tuple[str, str]:
    """The kind and the name of a full name; the kind is empty where it has none."""
    kind = next((word for word in _kinds() if full.startswith(word + " ")), "")
    return kind, full[len(kind) + 1 :] if kind else full


@lru_cache(maxsize=1)
def _plain() -> dict[int, str | None]:
    """Every Vietnamese small letter → its letter without marks; i and y are one, signs are nothing."""
    table: dict[int, str | None] = {ord("đ"): "d", ord("y"): "i", **{ord(sign): None for sign in " '’-–.`"}}
    for code in [*range(0xC0, 0x1B1), *range(0x1E00, 0x1F00), *range(0x300, 0x330)]:
        decomposed = unicodedata.normalize("NFD", chr(code))
        if code >= 0x300 and unicodedata.combining(chr(code)):
            table[code] = None
        elif len(decomposed) > 1 and decomposed[0].isascii():
            table[code] = "i" if decomposed[0] == "y" else decomposed[0]
    return table
