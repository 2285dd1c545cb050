"""The look of a chart: sizes, colours and dashes, read once from style.yaml."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.errors import UserError
from graph.packaged import packaged_yaml

# how boxes can be coloured, and the section of style.yaml that says it
PALETTES = {"system": "systems", "status": "status", "level": "level", "change": "change"}
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class TextStyle:
    """A kind of text: face (see fonts.py), size and distance of baselines in px."""

    face: str
    size: float
    leading: float


@dataclass(frozen=True)
class BoxStyle:
    """How the boxes of one system, status, level or change are shown."""

    fill: str
    ink: str
    edge: str
    symbol: str


@dataclass(frozen=True)
class LineStyle:
    """A line: width in px, lengths of dashes and spaces (empty: solid), colour where it has its own."""

    width: float
    dash: tuple[float, ...]
    colour: str = ""


@dataclass(frozen=True)
class Style:
    """Everything that style.yaml says; see there for the meaning of the keys."""

    text: dict[str, TextStyle]
    lines: dict[str, int]
    box: dict[str, float]
    gap: dict[str, float]
    page: dict[str, float]
    colour: dict[str, str]
    palettes: dict[str, dict[str, BoxStyle]]  # system, status, level, change
    borders: dict[str, LineStyle]
    connectors: dict[str, LineStyle]
    people: tuple[str, ...]
    limits: dict[str, float]

    def look(self, colour: str) -> BoxStyle:
        """The look that a key PALETTE:CODE stands for; of an unknown one that of other systems."""
        name, _, code = colour.partition(":")
        palette = self.palettes.get(name, {})
        return palette.get(code) or palette.get("other") or self.palettes["system"]["other"]


@lru_cache(maxsize=8)
def load_style(path: Path | None = None) -> Style:
    """The style, with what the file at `path` says instead of style.yaml.

    Raises:
        UserError: the file is not readable YAML, or has a key that style.yaml has not.
    """
    import yaml

    data = deepcopy(packaged_yaml("viz", "style.yaml"))
    if path is not None:
        try:
            own = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise UserError(f"cannot read the style {path}: {error}") from error
        _override(data, own, str(path))
    return _style(data)


def _override(data: dict[str, Any], own: object, where: str) -> None:
    if not isinstance(own, dict):
        raise UserError(f"{where}: keys with values were expected")
    for key, value in own.items():
        if key not in data:
            raise UserError(f"{where}: unknown key {key!r}", f"allowed: {', '.join(map(str, data))}")
        if isinstance(data[key], dict):
            _override(data[key], value, f"{where}: {key}")
        elif type(value) is not type(data[key]) and not (
            isinstance(value, int | float) and isinstance(data[key], int | float)
        ):
            raise UserError(f"{where}: {key} is {value!r}", f"something like {data[key]!r} is allowed")
        elif isinstance(value, str) and data[key].startswith("#") and not _COLOUR.fullmatch(value):
            raise UserError(f"{where}: {key} is {value!r}", "a colour as #rrggbb is allowed")
        else:
            data[key] = value


def _style(data: dict[str, Any]) -> Style:
    links = data["connectors"]
    return Style(
        text={key: TextStyle(**value) for key, value in data["text"].items()},
        lines=data["lines"],
        box=data["box"],
        gap=data["gap"],
        page=data["page"],
        colour=data["colour"],
        palettes={
            name: {key: BoxStyle(**value) for key, value in data[section].items()}
            for name, section in PALETTES.items()
        },
        borders={key: _line(value) for key, value in data["borders"].items()},
        connectors={key: _line(value) for key, value in links.items() if isinstance(value, dict)},
        people=tuple(links["people"]),
        limits={key: value for key, value in links.items() if isinstance(value, int | float)},
    )


def _line(value: dict[str, Any]) -> LineStyle:
    return LineStyle(value["width"], tuple(value["dash"]), value.get("colour", ""))
