"""The data of the package vietnamadminunits: places before and after 1 July 2025, and which became which.

The package is read, not imported: its own code needs libraries for maps that we do not.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from graph.errors import UserError

REMEDY = "pip install 'bomay[vietnam]'"


class Commune(NamedTuple):
    """A commune, ward or town; before the day with its district. Keys are the package's."""

    province: str
    province_key: str
    province_code: str
    name: str  # empty: a district that had no communes
    key: str
    code: str
    district: str = ""
    district_key: str = ""
    district_code: str = ""

    @property
    def path(self) -> str:
        """How the package's table of successions names a commune of before."""
        return f"{self.province_key}_{self.district_key}_{self.key}"


class Edge(NamedTuple):
    """A commune of before, by its path, that went into one of after, by keys of province and commune."""

    old: str
    province: str
    new: str


class Source(NamedTuple):
    """The package's content; `wrong` are its edges that were dropped."""

    before: list[Commune]
    after: list[Commune]
    provinces: dict[str, list[str]]  # key of a province of after → keys of those of before
    edges: list[Edge]
    wrong: list[Edge]


def read_source() -> Source:
    """Read the package's data. Raises UserError where it is not installed, or made otherwise."""
    spec = find_spec("vietnamadminunits")
    if spec is None or not spec.submodule_search_locations:
        raise UserError("the register needs the package vietnamadminunits", REMEDY)
    folder = Path(spec.submodule_search_locations[0]) / "data"
    try:
        succession = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
        before, after = _communes(folder / "dataset.db")
        edges, wrong = without_homonyms(_edges(succession))
        return Source(before, after, succession["DICT_PROVINCE"], edges, wrong)
    except (OSError, KeyError, ValueError, sqlite3.Error) as error:
        raise UserError(f"the package vietnamadminunits has no data that can be read: {error}", REMEDY) from error


def _communes(database: Path) -> tuple[list[Commune], list[Commune]]:
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    try:
        before = connection.execute(
            "SELECT province, provinceKey, provinceCode, coalesce(ward, ''), coalesce(wardKey, ''), "
            "coalesce(wardCode, ''), district, districtKey, districtCode FROM admin_units_legacy "
            "ORDER BY provinceCode, districtCode, wardCode"
        )
        after = connection.execute(
            "SELECT province, provinceKey, provinceCode, ward, wardKey, wardCode FROM admin_units "
            "ORDER BY provinceCode, wardCode"
        )
        return [Commune(*row) for row in before], [Commune(*row) for row in after]
    finally:
        connection.close()


def _edges(succession: dict[str, dict[str, dict[str, list[object]]]]) -> list[Edge]:
    edges = [
        Edge(str(old), province, new)
        for province, communes in succession["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for new, olds in communes.items()
        for old in olds
    ]
    for province, communes in succession["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in communes.items():
            edges += [Edge(old, province, part["newWardKey"]) for part in parts if isinstance(part, dict)]
    return sorted(set(edges))


def without_homonyms(edges: Iterable[Edge]) -> tuple[list[Edge], list[Edge]]:
    """The edges that can be right, and those that are not.

    The resolutions formed each commune out of communes of one former province. Where an edge comes
    from another province than most of its commune's, two communes of one name were taken for each other.
    """
    sources: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    edges = list(edges)
    for edge in edges:
        sources[edge.province, edge.new][_province(edge)] += 1
    right: list[Edge] = []
    wrong: list[Edge] = []
    for edge in edges:
        main = sources[edge.province, edge.new].most_common(1)[0][0]
        (right if _province(edge) == main else wrong).append(edge)
    return right, wrong


def _province(edge: Edge) -> str:
    return edge.old.partition("_")[0]
