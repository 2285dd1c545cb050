"""The chart model: what is shown, without sizes and coordinates."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A line of text in a box: `style` is a key of the style's texts; marks are the numbers beside it."""

    text: str
    style: str
    marks: tuple[int, ...] = ()


@dataclass
class Box:
    """A unit: header, rows in the body (people first), footer, and what hangs below it."""

    id: str
    name: str
    system: str
    depth: int
    parent: str | None = None
    children: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    footer: str = ""
    badge: str = ""
    border: str = "solid"  # key of the style's borders


@dataclass(frozen=True)
class Connector:
    """A line beside the tree: one person's two posts, a shared office, a party-line parent."""

    kind: str  # concurrent, serves, party
    start: str  # ids of boxes
    end: str
    mark: int = 0  # of the person, for concurrent
    sign: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the legend: a sample and what it means.

    `sample` is system:CODE, border:KEY, connector:KEY:SIGN, mark:NUMBER, or empty for text alone.
    """

    sample: str
    text: str


@dataclass
class Legend:
    """Signs in a flow, then lists with a heading each."""

    signs: list[Entry] = field(default_factory=list)
    lists: list[tuple[str, list[Entry]]] = field(default_factory=list)


@dataclass
class Chart:
    """Everything that is drawn; boxes are in preorder, the root first."""

    title: str
    subtitle: str
    source: str
    boxes: dict[str, Box]
    connectors: list[Connector] = field(default_factory=list)
    legend: Legend = field(default_factory=Legend)
