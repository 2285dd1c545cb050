"""A chart on pages of a given size, for formats that are read page by page: one page, or one a branch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from viz.book.plan import BranchPage, Planner, Referrer, Room
from viz.labels import Labels
from viz.layout import Layout
from viz.model import Chart
from viz.sheet import Sheet
from viz.style import Style

PT = 0.75  # points in a px
_BOX_TEXTS = ("name", "person", "post", "footer", "function", "tag", "badge")


@dataclass(frozen=True)
class ChartPage:
    """A page's part of the chart, placed; `scale` makes it fit its room. `title` is empty for the whole chart."""

    chart: Chart
    layout: Layout
    scale: float
    title: str = ""


def room(width: float, height: float, style: Style) -> Room:
    """A room of a page in px, with the scales at which the text of boxes is large enough to be read."""
    point = 1 / (min(style.text[key].size for key in _BOX_TEXTS) * PT)
    least, whole = style.book["least"] * point, style.book["least_whole"] * point
    return Room(width, height, least, min(whole, least), max(style.book["most_scale"], least))


def scale_in(layout: Layout, space: Room) -> float:
    """The scale at which a layout fits a room; charts of few boxes are not blown up."""
    return min(space.width / layout.width, space.height / layout.height, space.most)


def chart_pages(sheet: Sheet, first: Room, space: Room) -> list[ChartPage]:
    """The whole chart where it can be read on one page, else an overview and its branches, with references.

    Trees side by side that cannot be read on one page follow each other. `first` is the room on the
    first page, `space` that on the others.
    """
    chart, layout = sheet.chart, sheet.layout
    scale = scale_in(layout, first)
    if scale >= first.whole or len(chart.boxes) == 1:
        return [ChartPage(chart, layout, scale)]
    way = "left-right" if layout.arrangement.right else "auto"
    planned: list[BranchPage] = []
    titles: list[str] = []
    drawn: list[tuple[Planner, _References, list[BranchPage]]] = []
    for heading, tree in _trees(chart):
        references = _References(sheet.labels, len(chart.boxes))
        planner = Planner(tree, sheet.style, space, first if not planned else space, way, references)
        made = planner.plan()
        references.number(made, len(planned) + 1)
        drawn.append((planner, references, made))
        planned += made
        titles += [_title(page, tree, heading, sheet.labels) for page in made]
    for planner, references, made in drawn:
        for page in made:
            planner.draw(page, references)
    pages = []
    for number, (page, title) in enumerate(zip(planned, titles, strict=True), 1):
        assert page.layout is not None
        said = sheet.labels("chart_part", n=number, total=len(planned), title=title)
        pages.append(ChartPage(page.chart, page.layout, page.scale, said if len(planned) > 1 else ""))
    return pages


def _trees(chart: Chart) -> Iterator[tuple[str, Chart]]:
    """What each tree of the chart shows, and the tree as a chart."""
    if not chart.sides:
        yield chart.title, chart
    for side in chart.sides:
        boxes = {}
        stack = [side.root]
        while stack:
            box = chart.boxes[stack.pop()]
            boxes[box.id] = box
            stack.extend(reversed(box.children))
        kept = [each for each in chart.connectors if each.start in boxes and each.end in boxes]
        yield side.heading, replace(chart, boxes=boxes, connectors=kept, sides=())


def _title(page: BranchPage, chart: Chart, heading: str, labels: Labels) -> str:
    first_one = chart.boxes[page.root].parent is None and not page.branches
    name = heading if first_one else chart.boxes[page.root].name
    if len(page.branches) > 1:
        first, last = (chart.boxes[page.branches[index]].name for index in (0, -1))
        return f"{name}: {labels('span', first=first, last=last)}"
    return labels("part", title=name, n=page.part, total=page.parts) if page.parts > 1 else name


class _References(Referrer):
    """References by the pages' numbers; before these are known, as wide as the widest."""

    def __init__(self, labels: Labels, boxes: int) -> None:
        self.labels = labels
        self.widest = "0" * len(str(boxes))
        self.first: dict[str, int] = {}  # page where a unit is drawn in full
        self.branch: dict[str, list[int]] = {}  # pages of its branch, where it has its own

    def number(self, pages: list[BranchPage], start: int) -> None:
        """Take the pages as they stand, the first one with the number `start`."""
        for number, page in enumerate(pages, start):
            for key in page.shown:
                if key not in page.repeated:
                    self.first[key] = number
            for key in page.branches:
                self.branch.setdefault(key, []).append(number)
            if page.parts > 1 and not page.branches:
                self.branch.setdefault(page.root, []).append(number)

    def forward(self, unit: str, below: int) -> str:
        units = self.labels("hidden", n=self.labels.number(below))
        return f"{units}, {self.labels('see_page', page=self._numbers(self.branch.get(unit, [])))}"

    def back(self, unit: str, page: BranchPage) -> str:
        if unit in page.repeated:
            return self.labels("drawn_page", page=self.first.get(unit, self.widest))
        others = self.branch.get(unit, [])[1:]
        if self.first and not others:
            return ""
        return self.labels("see_page", page=self._numbers(others))

    def _numbers(self, pages: list[int]) -> str:
        if not pages:
            return self.widest
        return str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"
