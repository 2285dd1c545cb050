"""Lists in columns over as many pages as they take: indexes and the long lists of the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from viz import measure
from viz.drawing import Item, Lines, Link, baseline
from viz.legend import paint_sample
from viz.marks import mark_sign, text
from viz.style import Style

_INDENT = 10.0  # of an entry's second and further lines
_LEADER = (0.8, 3.2)  # dots from a text to its page
_SAMPLE = 30.0  # room for a sample of the legend
_BEFORE = 0.3  # of a heading's height, free above it
_MOST_LINES = 12  # of an entry's text
_MOST_TOGETHER = 0.4  # of a column: longer groups are broken


class Listed(NamedTuple):
    """A line of an index: the text, a quieter addition, and the pages where it is.

    `sub` lines belong to the one above and are indented; `mark` is a person's number, `sample` a sign
    of the legend (see model.Entry).
    """

    text: str
    addition: str = ""
    pages: tuple[int, ...] = ()
    sub: bool = False
    mark: int = 0
    sample: str = ""


class Heading(NamedTuple):
    """A letter or title over the entries that follow."""

    text: str


@dataclass
class Columns:
    """What one page shows."""

    items: list[Item] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class _Line(NamedTuple):
    """A printed line: texts with their offsets and colours; pages only on an entry's last line."""

    runs: tuple[tuple[float, str, str], ...]  # x, text, colour
    end: float
    height: float
    style: str
    pages: tuple[int, ...] = ()
    mark: int = 0
    sample: str = ""


def flow(
    entries: Sequence[Listed | Heading], x: float, top: float, width: float, bottom: float, style: Style
) -> list[Columns]:
    """The entries in columns between top and bottom, on one page after the other."""
    book = style.book
    count = max(1, int((width + book["gutter"]) // (book["column"] + book["gutter"])))
    wide = (width - book["gutter"] * (count - 1)) / count
    pages = [Columns()]
    column, y = 0, top
    look = style.text["index_head"]
    for group in _groups(entries, wide, style):
        together = sum(line.height for line in group) + look.leading * _BEFORE
        if together > (bottom - top) * _MOST_TOGETHER:
            together = 0.0
        for number, line in enumerate(group):
            if y > top and y + (line.height if number else max(line.height, together)) > bottom:
                column, y = column + 1, top
                if column == count:
                    pages.append(Columns())
                    column = 0
            if line.style == "index_head" and y > top:
                y += line.height * _BEFORE
            _paint(line, x + column * (wide + book["gutter"]), y, wide, pages[-1], style)
            y += line.height
    return pages


def _groups(entries: Sequence[Listed | Heading], wide: float, style: Style) -> Iterator[list[_Line]]:
    """Lines that stand together: a heading with the entry after it, an entry with those that belong to it."""
    group: list[_Line] = []
    last: Listed | Heading | None = None
    for entry in entries:
        belongs = isinstance(last, Heading) or (isinstance(entry, Listed) and entry.sub)
        if group and not belongs:
            yield group
            group = []
        group += _lines(entry, wide, style)
        last = entry
    if group:
        yield group


def _lines(entry: Listed | Heading, wide: float, style: Style) -> list[_Line]:
    if isinstance(entry, Heading):
        look = style.text["index_head"]
        words = measure.wrap(entry.text, look.face, look.size, wide, 2)
        ink = style.colour["ink"]
        return [_Line(((0.0, line, ink),), 0.0, look.leading, "index_head") for line in words]
    look = style.text["index"]
    first = _INDENT if entry.sub else (_SAMPLE if entry.sample else 0.0)
    after = first if entry.sample else first + _INDENT
    beside = 2 * style.limits["mark"] + 4 if entry.mark else 0.0
    numbers = measure.width(_numbers(entry.pages), look.face, look.size) + 8 if entry.pages else 0.0
    room = wide - after - numbers - beside
    ink, quiet = style.colour["ink"], style.colour["quiet"]
    words = measure.wrap(entry.text, look.face, look.size, room, _MOST_LINES)
    runs: list[list[tuple[float, str, str]]] = [
        [(after if number else first, line, ink)] for number, line in enumerate(words)
    ]
    end = runs[-1][0][0] + measure.width(words[-1], look.face, look.size) + beside
    if entry.addition:
        joined = f" – {entry.addition}"
        long = measure.width(joined, look.face, look.size)
        if end + long <= wide - numbers:
            runs[-1].append((end, joined, quiet))
            end += long
        else:
            for line in measure.wrap(entry.addition, look.face, look.size, room, _MOST_LINES):
                runs.append([(after, line, quiet)])
                end = after + measure.width(line, look.face, look.size)
    marked = len(words) - 1
    height = look.leading
    return [
        _Line(
            tuple(row),
            end if last else 0.0,
            max(height, 2 * style.limits["mark"]) if entry.mark and number == marked else height,
            "index",
            entry.pages if last else (),
            entry.mark if number == marked else 0,
            entry.sample if not number else "",
        )
        for number, row in enumerate(runs)
        for last in (number == len(runs) - 1,)
    ]


def _numbers(pages: tuple[int, ...]) -> str:
    return ", ".join(map(str, pages))


def _paint(line: _Line, x: float, y: float, wide: float, page: Columns, style: Style) -> None:
    look = style.text[line.style]
    for dx, words, colour in line.runs:
        page.items.append(text(x + dx, y, words, line.style, style, colour))
    middle = y + look.leading / 2
    if line.mark:
        dx, words, _ = line.runs[0]
        centre = x + dx + measure.width(words, look.face, look.size) + style.limits["mark"] + 2
        page.items += mark_sign(centre, middle, line.mark, style)
    if line.sample:
        page.items += paint_sample(line.sample, x, middle, style)
    if not line.pages:
        return
    left = right = x + wide - measure.width(_numbers(line.pages), look.face, look.size)
    for number in line.pages:
        words = f"{number}" if number == line.pages[-1] else f"{number}, "
        run = text(left, y, words, line.style, style, style.colour["ink"])
        page.items.append(run)
        page.links.append(Link(left, y, run.width, look.leading, number))
        left += run.width
    start = x + line.end + 5
    if right - 4 - start > 8:
        base = baseline(y, look.size, look.leading)
        page.items.append(Lines((((start, base), (right - 4, base)),), style.colour["quiet"], 0.7, _LEADER))
