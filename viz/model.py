"""The chart model: what is shown, without sizes and coordinates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A line of text in a box: `style` is a key of the style's texts; marks are the numbers beside it.

    Rows of the style `function` go below all others, from the left side on.
    """

    text: str
    style: str
    marks: tuple[int, ...] = ()
    struck: bool = False  # no longer so


@dataclass(frozen=True)
class Facts:
    """What is recorded of a unit, whether its box shows it or not, for formats that carry data."""

    kind: str = ""  # codes of the vocabulary
    level: str = ""
    heads: tuple[str, ...] = ()  # names of those who hold its first post
    staff: int | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None  # first day on which it is no more
    quota: int | None = None  # staff allowed; `staff` are those at work


@dataclass
class Box:
    """A unit: header, rows in the body (people first), footer, and what hangs below it.

    `colour` is a key of the style's palettes: system:CODE, status:CODE, level:CODE or change:CODE;
    empty: that of the unit's system. `aside` is how the box hangs from its parent: empty in the
    line, `office` for an office that serves the parent, beside the trunk above the line's
    children, `staff` for units set apart from those of the line. `findings` are the numbers under
    which the tables below the chart name it. `signs` are short words on the upper edge, each with
    the kind of connector whose colour it has: what a line to another box would say.
    """

    id: str
    name: str
    system: str
    depth: int
    parent: str | None = None
    children: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)  # deputies, at the head's side
    footer: str = ""
    badge: str = ""
    border: str = "solid"  # key of the style's borders
    colour: str = ""
    aside: str = ""
    tag: str = ""  # a word under the name, in the header: what happened to the unit
    ghost: bool = False  # no longer (here): pale, the name struck through
    findings: tuple[int, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()  # (kind of connector, word)
    facts: Facts = Facts()

    @property
    def look(self) -> str:
        """Its key in the style's palettes."""
        return self.colour or ("change:ended" if self.ghost else f"system:{self.system}")


@dataclass(frozen=True)
class Connector:
    """A line beside the tree: one person's two posts, a shared office, a party-line parent, what
    became of a unit, two units of a finding."""

    kind: str  # key of the style's connectors: concurrent, serves, party, face, merged, split, moved, overlap, merge
    start: str  # ids of boxes
    end: str
    mark: int = 0  # of the person, for concurrent; of the finding, for overlap and merge
    sign: str = ""
    arrow: bool = False  # at its end


@dataclass(frozen=True)
class Entry:
    """A line of the legend: a sample and what it means.

    `sample` is a colour of a box (system:CODE, status:CODE, level:CODE, change:CODE), border:KEY,
    connector:KEY:SIGN, sign:KEY:WORD (on a box), mark:NUMBER, finding:NUMBER, or empty for text alone.
    """

    sample: str
    text: str


@dataclass
class Legend:
    """Signs in a flow, then lists with a heading each."""

    signs: list[Entry] = field(default_factory=list)
    lists: list[tuple[str, list[Entry]]] = field(default_factory=list)


@dataclass(frozen=True)
class TableRow:
    """A row of a table; `sample` as in Entry, drawn ahead of the first cell."""

    cells: tuple[str, ...]
    sample: str = ""


@dataclass(frozen=True)
class Table:
    """A table below the chart or on the pages after it; `shares` are the columns' parts of the width."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    shares: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Side:
    """One of several trees of a chart that stand side by side: its heading and its first box."""

    heading: str
    root: str


@dataclass
class Chart:
    """Everything that is drawn; boxes are in preorder, the root first. With `sides` each tree in turn is."""

    title: str
    subtitle: str
    source: str
    boxes: dict[str, Box]
    connectors: list[Connector] = field(default_factory=list)
    legend: Legend = field(default_factory=Legend)
    summary: str = ""  # one line under the subtitle: counts of what the chart is about
    tables: list[Table] = field(default_factory=list)
    sides: tuple[Side, ...] = ()
