"""Which units stand on which page of a book.

Every unit is drawn in full once: on its parent's page, or at the head of the book. A branch that has
no room there has pages of its own, with its first unit repeated on top. Small branches
share a page, under their parent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from viz.boxes import size_box
from viz.layout import Layout, place
from viz.model import Box, Chart, Connector
from viz.style import Style

_FILLS = (0.8, 0.68, 0.58, 0.49, 0.42, 0.36, 0.3, 0.25, 0.21, 0.17, 0.13, 0.1)  # tried shares of the page
_FEW = 0.3  # of a page: branches of several parents that take less share one
_WHOLE = 0.35  # of a page: larger children of a unit with very many are not drawn with all that is below


class Room(NamedTuple):
    """The space for a tree on a page in px, and the scales of what is in it.

    `least` is the smallest, `whole` that of a page to which no other page is needed then.
    """

    width: float
    height: float
    least: float
    whole: float
    most: float


@dataclass
class BranchPage:
    """A page of a book: boxes in preorder, `root` on top; `repeated` ones are drawn in full elsewhere."""

    root: str
    shown: list[str]
    repeated: frozenset[str]
    room: Room
    branches: tuple[str, ...] = ()  # the repeated units whose branches the page has
    part: int = 1  # of the root's pages, where its children go over several
    parts: int = 1
    level: int = 0  # of the page, in the outline
    chart: Chart = field(default_factory=lambda: Chart("", "", "", {}))
    layout: Layout | None = None
    scale: float = 1.0


class _Task(NamedTuple):
    """Branches below `top` that need pages."""

    top: str
    branches: tuple[str, ...]
    level: int


class Planner:
    """Distributes the boxes of a chart over pages.

    Args:
        room: on a page; `overview` that on the first one.
        layout: as in layout.place.
        refer: texts of a page's references before the pages have numbers: of the widest number.
    """

    def __init__(self, chart: Chart, style: Style, room: Room, overview: Room, layout: str, refer: Referrer) -> None:
        self.chart, self.boxes, self.style = chart, chart.boxes, style
        self.rooms, self.layout, self.refer = (overview, room), layout, refer
        self.pages: list[BranchPage] = []
        self.fill = 0  # index of the last fill that went well
        self.weight: dict[str, float] = {}
        self.below: dict[str, float] = {}  # weight of all that is below a unit
        self.count: dict[str, int] = {}  # units below it
        self._weigh()

    def _weigh(self) -> None:
        gap = self.style.gap
        for key in reversed(self.boxes):
            box = self.boxes[key]
            sized = size_box(box, self.style)
            self.weight[key] = (sized.width + gap["indent"] + gap["column"]) * (sized.height + gap["stack"])
            self.below[key] = sum(self.weight[child] + self.below[child] for child in box.children)
            self.count[key] = sum(1 + self.count[child] for child in box.children)

    @property
    def room(self) -> Room:
        """The space on the next page."""
        return self.rooms[bool(self.pages)]

    @property
    def area(self) -> float:
        """Of a page, in px² of boxes at the smallest scale."""
        return self.room.width * self.room.height / self.room.least**2

    def plan(self) -> list[BranchPage]:
        """The pages in the order of the tree, the overview first."""
        root = next(iter(self.boxes))
        tasks = [_Task(root, (root,), 0)]
        while tasks:
            top, branches, level = tasks.pop()
            made = self._shared(top, branches, level) if len(branches) > 1 else None
            taken = len(made.branches) if made else 1
            pages = [made] if made else self._branch(branches[0], level)
            self.pages += pages
            if branches[taken:]:
                tasks.append(_Task(top, branches[taken:], level))
            tasks += reversed([task for page in pages for task in self._cut(page)])
        return self.pages

    # the pages of a branch

    def _branch(self, root: str, level: int) -> list[BranchPage]:
        repeated = frozenset((root,) if self.pages else ())
        branches = (root,) if repeated else ()
        if self.weight[root] + self.below[root] <= self.area * _FILLS[0] * (self.room.least / self.room.whole) ** 2:
            whole = self._page(root, [root, *self._all_below(root)], repeated, branches, level)
            if whole.scale >= self.room.whole:
                return [whole]
        needed = self.weight[root] + self._row(self.boxes[root].children)
        choose = self._select if self.pages else self._top_levels

        def select(capacity: float) -> list[str] | None:
            return choose(root, capacity) if needed <= capacity else None

        page = self._fitting(root, repeated, branches, level, select)
        if page is not None:
            return [page]
        return self._parts(root, repeated, branches, level)

    def _parts(self, root: str, repeated: frozenset[str], branches: tuple[str, ...], level: int) -> list[BranchPage]:
        """Pages of a unit whose children do not go on one: the children one after the other."""
        pages: list[BranchPage] = []
        children = self.boxes[root].children
        start = 0
        while start < len(children):
            taken = [0]

            def select(capacity: float, start: int = start, taken: list[int] = taken) -> list[str]:
                shown, taken[0] = self._run(root, start, capacity)
                return shown

            page = self._fitting(root, repeated, branches, level, select)
            if page is None:  # a single child larger than a page: drawn smaller
                shown, taken[0] = self._run(root, start, 0.0)
                page = self._page(root, shown, repeated, branches, level)
            pages.append(page)
            start += taken[0]
            repeated, branches = frozenset((root,)), (root,)
        for number, page in enumerate(pages, 1):
            page.part, page.parts = number, len(pages)
        return pages

    def _run(self, root: str, start: int, capacity: float) -> tuple[list[str], int]:
        """Children from `start` on that fill a page, at least one; small ones with all below them."""
        used = self.weight[root]
        shown: list[str] = [root]
        taken = 0
        for child in self.boxes[root].children[start:]:
            whole = self.below[child] <= capacity * _WHOLE
            needed = self.weight[child] + (self.below[child] if whole else 0.0)
            if taken and used + needed > capacity:
                break
            used += needed
            taken += 1
            shown.append(child)
            if whole:
                shown += self._all_below(child)
        return shown, taken

    def _shared(self, top: str, branches: tuple[str, ...], level: int) -> BranchPage | None:
        """A page for as many of the branches as go on it; None if that is not more than one."""
        used, most = self.weight[top], 0
        for branch in branches:
            used += self.weight[branch] + self.below[branch]
            if used > self.area * _FILLS[0]:
                break
            most += 1
        for count in range(most, 1, -1):
            page = self._page_of(top, branches[:count], level)
            if page.scale >= self.room.least:
                # about as many on each of the pages that are needed
                even = -(-len(branches) // -(-len(branches) // count))
                fewer = self._page_of(top, branches[:even], level) if 1 < even < count else page
                return fewer if fewer.scale >= page.scale else page
        return None

    def _page_of(self, top: str, branches: tuple[str, ...], level: int) -> BranchPage:
        """The branches with the units between them and `top`, all of which are drawn elsewhere."""
        repeated = {top}
        for branch in branches:
            key = branch
            while key not in repeated:
                repeated.add(key)
                key = self.boxes[key].parent or top
        shown: list[str] = []
        stack = [top]
        whole = set(branches)
        while stack:
            key = stack.pop()
            shown.append(key)
            if key in whole:
                shown += self._all_below(key)
            else:
                stack.extend(child for child in reversed(self.boxes[key].children) if child in repeated)
        return self._page(top, shown, frozenset(repeated), branches, level)

    def _fitting(
        self,
        root: str,
        repeated: frozenset[str],
        branches: tuple[str, ...],
        level: int,
        select: Callable[[float], list[str] | None],
    ) -> BranchPage | None:
        """The page with the most boxes that is still readable; None if there is none."""
        last: list[str] = []
        for index in range(max(self.fill - 1, 0), len(_FILLS)):
            shown = select(self.area * _FILLS[index])
            if shown is None:
                return None
            if shown == last:
                continue
            last = shown
            page = self._page(root, shown, repeated, branches, level)
            if page.scale >= self.room.least:
                self.fill = index
                return page
        return None

    def _select(self, root: str, capacity: float) -> list[str]:
        """The children, then small branches with all that is below them, then what there is room for."""
        boxes = self.boxes
        open_: set[str] = {root}
        used = self.weight[root] + self._row(boxes[root].children)
        for key in sorted(boxes[root].children, key=lambda child: self.below[child]):
            if boxes[key].children and used + self.below[key] <= capacity:
                used += self.below[key]
                open_.update((key, *self._all_below(key)))
        level = [key for key in boxes[root].children if key not in open_]
        while level:  # the upper levels before the lower ones
            following: list[str] = []
            for key in level:
                more = self._row(boxes[key].children)
                if used + more <= capacity:
                    used += more
                    open_.add(key)
                    following += boxes[key].children
            level = following
        return self._walk(root, open_)

    def _top_levels(self, root: str, capacity: float) -> list[str]:
        """For the overview: as many whole levels as there is room for, and of the next what goes in."""
        open_: set[str] = set()
        used, level = self.weight[root], [root]
        following: list[str] = []
        while level:
            following = []
            whole = True
            for key in level:
                more = self._row(self.boxes[key].children)
                if used + more <= capacity:
                    used += more
                    open_.add(key)
                    following += self.boxes[key].children
                else:
                    whole = False
            if not whole:
                break
            level = following
        # small branches that go in as well need no pages of their own
        for key in sorted((*level, *following), key=lambda key: self.below[key]):
            if key not in open_ and used + self.below[key] <= capacity:
                used += self.below[key]
                open_.update((key, *self._all_below(key)))
        return self._walk(root, open_)

    def _row(self, boxes: Sequence[str]) -> float:
        return sum(self.weight[key] for key in boxes)

    def _walk(self, root: str, open_: set[str]) -> list[str]:
        """In preorder: the root and the children of all that is open."""
        shown: list[str] = []
        stack = [root]
        while stack:
            key = stack.pop()
            shown.append(key)
            if key in open_:
                stack.extend(reversed(self.boxes[key].children))
        return shown

    def _all_below(self, root: str) -> list[str]:
        shown: list[str] = []
        stack = list(reversed(self.boxes[root].children))
        while stack:
            key = stack.pop()
            shown.append(key)
            stack.extend(reversed(self.boxes[key].children))
        return shown

    def _cut(self, page: BranchPage) -> list[_Task]:
        """The branches of the page's boxes that are not on it: those of one parent together, and
        with those of other parents where they are few."""
        on_page = set(page.shown)
        of_parent: dict[str, list[str]] = {}
        for key in page.shown:
            children = self.boxes[key].children
            if children and children[0] not in on_page and key != page.root:
                of_parent.setdefault(self.boxes[key].parent or "", []).append(key)
        tasks: list[_Task] = []
        last = 0.0
        for parent, keys in of_parent.items():
            needed = sum(self.weight[key] + self.below[key] for key in keys)
            if tasks and last + needed <= self.area * _FEW:
                tasks[-1] = _Task(page.root, (*tasks[-1].branches, *keys), page.level + 1)
                last += needed
            else:
                tasks.append(_Task(parent, tuple(keys), page.level + 1))
                last = needed
        return tasks

    # a page's chart

    def _page(
        self, root: str, shown: list[str], repeated: frozenset[str], branches: tuple[str, ...], level: int
    ) -> BranchPage:
        page = BranchPage(root, shown, repeated, self.room, branches, level=level)
        self.draw(page, self.refer)
        return page

    def draw(self, page: BranchPage, refer: Referrer) -> None:
        """Lay the page out, with the texts that `refer` gives."""
        page.chart = page_chart(self.chart, page, refer, self.count, self.style)
        room = page.room
        # what is readable in the frame needs no larger text: the order of command decides then
        frame = (room.width / room.least, room.height / room.least)
        layout = place(page.chart, self.style, self.layout, frames=(frame,))
        page.layout = layout
        page.scale = min(room.width / layout.width, room.height / layout.height, room.most)


class Referrer:
    """The texts of references: where a unit's branch is, and where a repeated unit is drawn in full."""

    def forward(self, unit: str, below: int) -> str:
        """At a unit whose branch has pages of its own, with `below` units."""
        raise NotImplementedError

    def back(self, unit: str, page: BranchPage) -> str:
        """At a unit that is repeated on the page, or goes on on other pages."""
        raise NotImplementedError


def page_chart(chart: Chart, page: BranchPage, refer: Referrer, count: dict[str, int], style: Style) -> Chart:
    """The part of the chart that the page shows, with references instead of the rest."""
    on_page = set(page.shown)
    boxes: dict[str, Box] = {}
    for key in page.shown:
        box = chart.boxes[key]
        parent = box.parent if box.parent in boxes else None
        children = [child for child in box.children if child in on_page]
        badge, tag = box.badge, box.tag
        if box.children and not children:
            badge = refer.forward(key, count[key])
        if key in page.repeated or (key == page.root and page.parts > 1):
            tag = " · ".join(part for part in (tag, refer.back(key, page)) if part)
        depth = 0 if parent is None else boxes[parent].depth + 1
        boxes[key] = replace(box, depth=depth, parent=parent, children=children, badge=badge, tag=tag)
    return Chart(chart.title, chart.subtitle, chart.source, boxes, _connectors(chart, boxes, style), chart.legend)


def _connectors(chart: Chart, boxes: dict[str, Box], style: Style) -> list[Connector]:
    """Those between two boxes of the page; one person's posts are joined here, as long as they are few."""
    kept = [each for each in chart.connectors if each.start in boxes and each.end in boxes]
    if any(each.kind == "concurrent" for each in kept):
        return kept
    holders: dict[int, list[str]] = {}
    for key, box in boxes.items():
        for mark in dict.fromkeys(mark for row in (*box.rows, *box.beside) for mark in row.marks):
            holders.setdefault(mark, []).append(key)
    several = {mark: keys for mark, keys in sorted(holders.items()) if len(keys) > 1}
    if len(several) <= style.limits["most_people"]:
        for mark, keys in several.items():
            kept += [Connector("concurrent", a, b, mark) for a, b in pairwise(keys)]
    return kept
