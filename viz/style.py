"""The look of a chart: sizes, colours and dashes, read once from style.yaml."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.errors import UserError
from graph.packaged import packaged_yaml
from viz.style_check import check_value

# how boxes can be coloured, and the section of style.yaml that says it
PALETTES = {"system": "systems", "status": "status", "level": "level", "change": "change"}


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
    most: dict[str, int]
    aside: dict[str, list[str]]
    box: dict[str, float]
    gap: dict[str, float]
    page: dict[str, float]
    book: dict[str, float]
    table: dict[str, float]
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


def load_style(path: Path | None = None) -> Style:
    """The style, with what the file at `path` says instead of style.yaml.

    Raises:
        UserError: the file is not readable YAML, has a key that style.yaml has not, or a value that
            cannot be drawn with; the message has the key's path.
    """
    if path is None:
        return _overridden("", "")
    try:
        return _overridden(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot read the style {path}: {error}") from error


@lru_cache(maxsize=8)
def _overridden(text: str, name: str) -> Style:
    """The style with a file's text on top."""
    import yaml

    data = deepcopy(packaged_yaml("viz", "style.yaml"))
    try:
        own = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UserError(f"cannot read the style {name}: {error}") from error
    if own is not None:
        _override(data, own, (name,))
    return _style(data)


def _override(data: dict[str, Any], own: object, path: tuple[str, ...]) -> None:
    where = ": ".join(path)
    if not isinstance(own, dict):
        raise UserError(f"{where}: keys with values were expected", f"allowed keys: {', '.join(map(str, data))}")
    for key, value in own.items():
        if key not in data:
            raise UserError(f"{where}: unknown key {key!r}", f"allowed: {', '.join(map(str, data))}")
        if isinstance(data[key], dict):
            _override(data[key], value, (*path, str(key)))
        else:
            check_value(value, data[key], (*path, str(key)))
            data[key] = value


def _style(data: dict[str, Any]) -> Style:
    links = data["connectors"]
    return Style(
        text={key: TextStyle(**value) for key, value in data["text"].items()},
        lines=data["lines"],
        most=data["most"],
        aside=data["aside"],
        box=data["box"],
        gap=data["gap"],
        page=data["page"],
        book=data["book"],
        table=data["table"],
        colour=data["colour"],
        palettes={
            name: {key: BoxStyle(**value) for key, value in data[section].items()} for name, section in PALETTES.items()
        },
        borders={key: _line(value) for key, value in data["borders"].items()},
        connectors={key: _line(value) for key, value in links.items() if isinstance(value, dict)},
        people=tuple(links["people"]),
        limits={key: value for key, value in links.items() if isinstance(value, int | float)},
    )


def _line(value: dict[str, Any]) -> LineStyle:
    return LineStyle(value["width"], tuple(value["dash"]), value.get("colour", ""))
