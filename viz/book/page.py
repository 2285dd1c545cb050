"""The pages of a book as drawings: head, tree, signs and foot, in px of the paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple

from viz import measure
from viz.arrows import arrows, spaced, with_arrows
from viz.book.plan import BranchPage, Room
from viz.drawing import Circle, Drawing, Item, Lines, Link, Polygon, Rect, Text
from viz.labels import Labels
from viz.layout import Layout
from viz.legend import paint_legend
from viz.marks import text
from viz.model import Chart, Entry, Legend
from viz.page import PAPER, PX_PER_MM
from viz.paint import paint_box, paint_connectors, paint_tree
from viz.style import Style

_PT = 0.75  # points in a px
_BETWEEN = " › "


class Crumb(NamedTuple):
    """A unit on the way from the book's first unit to a page's, and the page where it is drawn."""

    name: str
    page: int


@dataclass(frozen=True)
class Sheets:
    """The paper and what is the same on all pages of a book."""

    paper: str
    chart: Chart
    style: Style
    labels: Labels
    on: dt.date

    @property
    def width(self) -> float:
        return PAPER[self.paper][0] * PX_PER_MM

    @property
    def height(self) -> float:
        return PAPER[self.paper][1] * PX_PER_MM

    @property
    def edge(self) -> float:
        return self.style.book["edge"]

    @property
    def inner(self) -> float:
        """Width between the edges."""
        return self.width - 2 * self.edge

    @property
    def top(self) -> float:
        """Where the content of a page begins."""
        text = self.style.text
        return self.edge + text["page_title"].leading + text["running"].leading + self.style.book["space"]

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.height - self.edge - self.style.text["running"].leading - self.style.book["space"] / 2

    def room(self, height: float) -> Room:
        """The space for a tree that is `height` px high, from edge to edge."""
        style = self.style
        sizes = [style.text[key].size for key in ("name", "person", "post", "footer", "function", "tag", "badge")]
        point = 1 / (min(sizes) * _PT)
        least = style.book["least"] * point
        whole = min(style.book["least_whole"] * point, least)
        return Room(self.inner, height, least, whole, max(style.book["most_scale"], least))

    def drawing(self, title: str, items: list[Item], links: list[Link]) -> Drawing:
        """A page with its paper."""
        paper: Item = Rect(0, 0, self.width, self.height, self.style.colour["paper"])
        said = f"{self.chart.subtitle}. {self.chart.source}".strip()
        return Drawing(
            self.width,
            self.height,
            title,
            said,
            self.labels.lang,
            self.on,
            [paper, *items, *arrows(items)],
            links,
        )

    def head(self, title: str, path: list[Crumb]) -> tuple[list[Item], list[Link]]:
        """The page's title, and above it the way down to it."""
        style = self.style
        items: list[Item] = []
        links: list[Link] = []
        look = style.text["running"]
        x = y = self.edge
        for number, crumb in enumerate(_shortened(path, self.inner, style)):
            words = (_BETWEEN if number else "") + crumb.name
            run = text(x, y, words, "running", style, style.colour["quiet"])
            items.append(run)
            if crumb.page:
                links.append(Link(x, y, run.width, look.leading, crumb.page))
            x += run.width
        y += look.leading
        line = self.one_line(title, "page_title", self.inner)
        items.append(text(self.edge, y, line, "page_title", style, style.colour["ink"]))
        return items, links

    def foot(self, number: int, total: int) -> list[Item]:
        """Date of the data and source, and the number of the page."""
        style = self.style
        look = style.text["running"]
        y = self.height - self.edge - look.leading
        counter = self.labels("page", n=number, total=total)
        wide = measure.width(counter, look.face, look.size)
        said = " · ".join(part for part in (self.chart.subtitle, self.chart.source) if part)
        line = self.one_line(said, "running", self.inner - wide - 24)
        return [
            Lines((((self.edge, y - 3), (self.width - self.edge, y - 3)),), style.colour["rule"], 0.8),
            text(self.edge, y, line, "running", style, style.colour["quiet"]),
            text(self.width - self.edge - wide, y, counter, "running", style, style.colour["ink"]),
        ]

    def one_line(self, words: str, name: str, room: float) -> str:
        """The text, cut to the room."""
        look = self.style.text[name]
        return measure.wrap(with_arrows(words), look.face, look.size, room, 1)[0]


def _shortened(path: list[Crumb], room: float, style: Style) -> list[Crumb]:
    """The way down; of one that is too long the upper units are left out."""
    look = style.text["running"]
    for left_out in range(len(path)):
        kept = [Crumb(measure.ELLIPSIS, 0), *path[left_out:]] if left_out else path
        if measure.width(_BETWEEN.join(crumb.name for crumb in kept), look.face, look.size) <= room:
            return kept
    return [Crumb(measure.wrap(crumb.name, look.face, look.size, room, 1)[0], crumb.page) for crumb in path[-1:]]


def page_title(page: BranchPage, sheets: Sheets) -> str:
    """What stands at the head of a page and in the outline."""
    boxes, labels = sheets.chart.boxes, sheets.labels
    name = boxes[page.root].name
    if len(page.branches) > 1:
        first, last = boxes[page.branches[0]].name, boxes[page.branches[-1]].name
        return f"{name}: {labels('span', first=first, last=last)}"
    return labels("part", title=name, n=page.part, total=page.parts) if page.parts > 1 else name


def tree(
    page: BranchPage, sheets: Sheets, top: float, bottom: float, targets: dict[str, int]
) -> tuple[list[Item], list[Link]]:
    """The boxes and lines of a page between top and bottom, the scale of which is the page's at most.

    `targets` are the pages that the boxes with references lead to.
    """
    assert page.layout is not None
    style, layout = sheets.style, page.layout
    scale = min(page.scale, (bottom - top) / layout.height)
    left = sheets.edge + (sheets.inner - layout.width * scale) / 2
    down = top + max(0.0, min((bottom - top - layout.height * scale) / 3, 60.0))
    items: list[Item] = [*paint_tree(layout, style)]
    for place in layout.places.values():
        items += paint_box(place, style)
    items += paint_connectors(page.chart, layout, style)
    links = [
        Link(left + box.x * scale, down + box.y * scale, box.width * scale, _reach(layout, key, style) * scale, target)
        for key, target in targets.items()
        for box in (layout.places[key],)
    ]
    return [moved(item, scale, left, down) for item in items], links


def _reach(layout: Layout, key: str, style: Style) -> float:
    """Height of a box with its badge."""
    place = layout.places[key]
    hanging = style.box["badge_height"] + style.box["badge_gap"] if place.sized.box.badge else 0.0
    return place.height + hanging


def signs(page: BranchPage, legend: Legend, labels: Labels) -> list[Entry]:
    """The signs of the legend that occur on the page."""
    boxes = page.chart.boxes.values()
    used = {box.look for box in boxes} | {f"border:{box.border}" for box in boxes}
    used |= {f"sign:{kind}" for box in boxes for kind, _ in box.signs}
    used |= {f"connector:{each.kind}" for each in page.chart.connectors}
    if any(box.findings for box in boxes):
        used |= {":".join(entry.sample.split(":")[:2]) for entry in legend.signs if entry.sample.startswith("finding:")}
    found = [entry for entry in legend.signs if entry.sample and ":".join(entry.sample.split(":")[:2]) in used]
    if "connector:concurrent" in used and not any("concurrent" in entry.sample for entry in found):
        found.append(Entry("connector:concurrent:", labels("concurrent")))
    return found


def paint_legend_at(legend: Legend, bottom: float, sheets: Sheets) -> tuple[list[Item], float]:
    """The legend, ending at `bottom`, and where the space above it ends."""
    if not legend.signs and not legend.lists:
        return [], bottom
    style, heading = sheets.style, sheets.labels("legend")
    legend = replace(legend, signs=[Entry(entry.sample, spaced(entry.text)) for entry in legend.signs])
    _, height = paint_legend(legend, heading, sheets.edge, 0, sheets.inner, style)
    top = bottom - height
    items, _ = paint_legend(legend, heading, sheets.edge, top, sheets.inner, style)
    rule = Lines((((sheets.edge, top - 5), (sheets.width - sheets.edge, top - 5)),), style.colour["rule"], 0.8)
    return [rule, *items], top - style.book["space"]


def moved(item: Item, scale: float, dx: float, dy: float) -> Item:
    """An item in the px of the paper."""
    if isinstance(item, Text):
        return Text(
            dx + item.x * scale,
            dy + item.y * scale,
            item.text,
            item.face,
            item.size * scale,
            item.fill,
            item.width * scale,
        )
    if isinstance(item, Rect):
        return Rect(
            dx + item.x * scale,
            dy + item.y * scale,
            item.width * scale,
            item.height * scale,
            item.fill,
            item.stroke,
            item.line * scale,
            tuple([step * scale for step in item.dash]),
            item.radius * scale,
        )
    if isinstance(item, Lines):
        paths = tuple([tuple([(dx + x * scale, dy + y * scale) for x, y in path]) for path in item.paths])
        return Lines(paths, item.stroke, item.line * scale, tuple([step * scale for step in item.dash]))
    if isinstance(item, Polygon):
        return Polygon(tuple([(dx + x * scale, dy + y * scale) for x, y in item.points]), item.fill)
    return Circle(dx + item.x * scale, dy + item.y * scale, item.radius * scale, item.fill, item.stroke)
