"""A structure too large for one page, as a PDF book.

An overview of the top levels, a page for each branch with references both ways, the tables of the
chart, and indexes of units and people.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from graph.errors import UserError
from viz.arrows import spaced
from viz.book.columns import Columns, Heading, Listed, flow
from viz.book.index import people, person_index, unit_index
from viz.book.page import Crumb, Sheets, page_title, paint_legend_at, signs, tree
from viz.book.plan import BranchPage, Planner, Referrer, Room
from viz.drawing import Drawing, Item, Link
from viz.labels import Labels
from viz.marks import text
from viz.model import Chart, Entry, Legend
from viz.page import PAPER, Page
from viz.pdf import Bookmark, write_pages
from viz.style import load_style
from viz.table_page import pages as table_pages

PAPERS = tuple(PAPER)


def book(
    chart: Chart, on: dt.date, lang: str = "vi", paper: str = "A3", layout: str = "auto", style: Path | None = None
) -> bytes:
    """The PDF book of a chart; `on` is the date of the data, `paper` A4 or A3.

    Raises:
        UserError: another paper, or an unknown layout or language.
    """
    made = Book(chart, on, lang, paper, layout, style)
    size = Page(made.sheets.width, made.sheets.height, 1.0, 0.0, 0.0)
    return write_pages([(drawing, size) for drawing in made.drawings()], made.outline)


class Book(Referrer):
    """A book in the making: pages are planned first, numbered, and then drawn with their references."""

    def __init__(
        self,
        chart: Chart,
        on: dt.date,
        lang: str = "vi",
        paper: str = "A3",
        layout: str = "auto",
        style: Path | None = None,
    ) -> None:
        if paper not in PAPERS:
            raise UserError(f"a book cannot be printed on {paper!r}", f"allowed: {', '.join(PAPERS)}")
        self.chart, self.labels, self.style = chart, Labels(lang), load_style(style)
        self.sheets = Sheets(paper, chart, self.style, self.labels, on)
        self.outline: list[Bookmark] = []
        self.first: dict[str, int] = {}  # page where a unit is drawn in full
        self.branch: dict[str, tuple[int, ...]] = {}  # pages of its branch, where it has its own
        self.pages: list[BranchPage] = []
        self._widest = len(str(len(chart.boxes)))
        self.front = self._legend_lists()
        planner = Planner(chart, self.style, *self._rooms(), layout, self)
        self.pages = planner.plan()
        self._number()
        for page in self.pages:
            planner.draw(page, self)

    def _rooms(self) -> tuple[Room, Room]:
        """The space for the tree on pages of branches, with all signs, and on the overview."""
        sheets = self.sheets
        concurrent = Entry("connector:concurrent:", self.labels("concurrent"))
        _, below = paint_legend_at(Legend([*self.chart.legend.signs, concurrent]), sheets.bottom, sheets)
        _, top = self._title("")
        _, bottom = paint_legend_at(self._front_legend(), sheets.bottom, sheets)
        return sheets.room(below - sheets.top), sheets.room(bottom - top)

    # references

    def forward(self, unit: str, below: int) -> str:
        units = self.labels("hidden", n=self.labels.number(below))
        return self.labels("below_on", units=units, page=self._to(self.branch.get(unit)))

    def back(self, unit: str, page: BranchPage) -> str:
        if unit in page.repeated:
            number = str(self.first[unit]) if self.first else "0" * self._widest
            return spaced(self.labels("from_page", page=number))
        others = self.branch.get(unit, ())[1:] if self.first else None
        return self._to(others) if others != () else ""

    def _to(self, pages: tuple[int, ...] | None) -> str:
        first, last = (pages[0], pages[-1]) if pages else ("0" * self._widest,) * 2
        return spaced(self.labels("to_page", page=first if first == last else f"{first}–{last}"))

    def _number(self) -> None:
        """Give the pages their numbers: the overview, the legend's lists, the branches."""
        branch: dict[str, list[int]] = {}
        for index, page in enumerate(self.pages):
            number = self.number(index)
            for key in page.shown:
                if key not in page.repeated:
                    self.first[key] = number
            for key in page.branches:
                branch.setdefault(key, []).append(number)
            if page.parts > 1 and not page.branches:
                branch.setdefault(page.root, []).append(number)
        self.branch = {key: tuple(numbers) for key, numbers in branch.items()}

    def number(self, index: int) -> int:
        """The number of one of the `pages`."""
        return index + 1 + (len(self.front) if index else 0)

    def unit_pages(self) -> dict[str, tuple[int, ...]]:
        """For the index: the page where a unit is drawn, then those of its branch."""
        return {key: tuple(dict.fromkeys((number, *self.branch.get(key, ())))) for key, number in self.first.items()}

    # drawings

    def drawings(self) -> list[Drawing]:
        """All pages; the outline is known afterwards."""
        sheets, labels, chart = self.sheets, self.labels, self.chart
        last = self.number(len(self.pages) - 1) if len(self.pages) > 1 else 1 + len(self.front)
        tables = self._tables(last, None)
        where = self.unit_pages()
        everybody = people(chart, labels)
        top, bottom = sheets.top, sheets.bottom
        units = flow(unit_index(chart, where), sheets.edge, top, sheets.inner, bottom, self.style)
        persons: list[Columns] = []
        if everybody:
            listed = person_index(everybody, chart, labels, where)
            persons = flow(listed, sheets.edge, top, sheets.inner, bottom, self.style)
        total = last + len(tables) + len(units) + len(persons)

        self.outline = [Bookmark(labels("overview"), 1)]
        drawings = [self._overview(total, len(everybody), sum(1 for each in everybody if each.mark))]
        drawings += self._listed(self.front, labels("legend"), "", 2, total)
        for index, page in enumerate(self.pages[1:], 1):
            drawings.append(self._branch_page(page, self.number(index), total))
        if tables:
            self.outline.append(Bookmark(chart.tables[0].title, last + 1))
            drawings += self._tables(last, total)
        start = last + len(tables) + 1
        drawings += self._listed(units, labels("unit_index"), "", start, total)
        note = labels("person_index_note")
        drawings += self._listed(persons, labels("person_index"), note, start + len(units), total)
        return drawings

    def _overview(self, total: int, persons: int, concurrent: int) -> Drawing:
        """The first page: title, counts, top levels and the whole legend."""
        sheets, labels, chart = self.sheets, self.labels, self.chart
        page = self.pages[0]
        # the root of a place's chart is the place itself
        units = len(chart.boxes) - (not chart.boxes[page.root].system)
        counted = (("book_units", units), ("book_people", persons), ("book_concurrent", concurrent))
        counts = [labels(key, n=labels.number(number)) for key, number in counted if number]
        title, top = self._title(", ".join(counts))
        legend, bottom = paint_legend_at(self._front_legend(), sheets.bottom, sheets)
        drawn, links = tree(page, sheets, top, bottom, self._targets(page))
        return sheets.drawing(chart.title, [*title, *drawn, *legend, *sheets.foot(1, total)], links)

    def _title(self, counts: str) -> tuple[list[Item], float]:
        """The head of the overview, and where its tree begins."""
        sheets, style, chart = self.sheets, self.style, self.chart
        said = (
            ("title", chart.title, style.colour["ink"]),
            ("subtitle", f"{chart.subtitle} · {counts}", style.colour["quiet"]),
            ("summary", chart.summary, style.colour["ink"]),
        )
        items: list[Item] = []
        y = sheets.edge - 4
        for name, words, colour in said:
            if words:
                line = sheets.one_line(words, name, sheets.inner)
                items.append(text(sheets.edge, y, line, name, style, colour))
                y += style.text[name].leading
        return items, y + style.book["space"]

    def _branch_page(self, page: BranchPage, number: int, total: int) -> Drawing:
        sheets = self.sheets
        title = page_title(page, sheets)
        self.outline.append(Bookmark(title, number, page.level))
        head, ways = sheets.head(title, self._path(page))
        legend, bottom = paint_legend_at(Legend(signs(page, self.chart.legend, self.labels)), sheets.bottom, sheets)
        drawn, links = tree(page, sheets, sheets.top, bottom, self._targets(page))
        return sheets.drawing(title, [*head, *drawn, *legend, *sheets.foot(number, total)], [*ways, *links])

    def _listed(self, pages: list[Columns], title: str, note: str, start: int, total: int) -> list[Drawing]:
        sheets, drawings = self.sheets, []
        if pages:
            self.outline.append(Bookmark(title, start))
        for number, columns in enumerate(pages, start):
            head, _ = sheets.head(f"{title} – {note}" if note else title, [Crumb(self.chart.title, 1)])
            items = [*head, *columns.items, *sheets.foot(number, total)]
            links = [*columns.links, Link(sheets.edge, sheets.edge, sheets.inner, 12, 1)]
            drawings.append(sheets.drawing(title, items, links))
        return drawings

    def _tables(self, before: int, total: int | None) -> list[Drawing]:
        sheets = self.sheets
        if not self.chart.tables:
            return []
        return table_pages(
            self.chart.tables,
            sheets.width,
            sheets.height,
            self.style,
            self.labels,
            self.chart.title,
            sheets.on,
            before,
            total,
        )

    def _legend_lists(self) -> list[Columns]:
        """The lists of the legend, on pages of their own."""
        sheets = self.sheets
        entries: list[Listed | Heading] = []
        for title, listed in self.chart.legend.lists:
            entries.append(Heading(title))
            entries += [Listed(entry.text, sample=entry.sample) for entry in listed]
        _, top = paint_legend_at(Legend(lists=self.chart.legend.lists), sheets.bottom, sheets)
        if not entries or sheets.bottom - top <= sheets.height * self.style.book["lists"]:
            return []
        return flow(entries, sheets.edge, sheets.top, sheets.inner, sheets.bottom, self.style)

    def _front_legend(self) -> Legend:
        """The legend on the overview; long lists have pages of their own."""
        signs = list(self.chart.legend.signs)
        if len(self.pages) != 1:  # not planned yet, or several
            signs.append(Entry("", self.labels("book_note")))
        return Legend(signs, [] if self.front else self.chart.legend.lists)

    def _path(self, page: BranchPage) -> list[Crumb]:
        """The units from the book's first one down to the page's, with the pages that show them."""
        boxes = self.chart.boxes
        path: list[Crumb] = []
        key = boxes[page.root].parent
        while key is not None:
            path.append(Crumb(boxes[key].name, self.branch.get(key, (self.first[key],))[0]))
            key = boxes[key].parent
        return path[::-1]

    def _targets(self, page: BranchPage) -> dict[str, int]:
        """Where a click on a box with a reference leads."""
        targets: dict[str, int] = {}
        for key, box in page.chart.boxes.items():
            if key in page.repeated:
                targets[key] = self.first[key]
            elif self.branch.get(key) and not box.children:
                targets[key] = self.branch[key][0]
        return targets
