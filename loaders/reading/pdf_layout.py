"""The layout of a PDF page: runs of characters to lines in reading order, and ruled tables.

Coordinates are those of the page: points, from the left and from the bottom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_CANDIDATES = 8
_BUCKET = 6.0
_LEAST_LINES = 3


@dataclass(slots=True)
class Piece:
    """Characters of one line without a wide gap."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Half its height above the ground of the page."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """Of the line, by its font."""
        return self.top - self.bottom


@dataclass(slots=True)
class Line:
    """A line of text; `opens`: by its place on the page it begins a paragraph; `apart`: it stands off from
    the lines above and below, or has letters of another size than most."""

    text: str
    opens: bool
    apart: bool = False


@dataclass(slots=True)
class Grid:
    """A ruled table: the cells of its rows, and where its columns stand."""

    columns: list[float]
    rows: list[list[str]]


@dataclass(slots=True)
class Rules:
    """Straight lines drawn on a page: (x, bottom, top) and (y, left, right)."""

    vertical: list[tuple[float, float, float]] = field(default_factory=list)
    horizontal: list[tuple[float, float, float]] = field(default_factory=list)

    def between(self, before: float, after: float, height: float) -> bool:
        """Whether an upright line stands between two characters at this height."""
        return any(before - 1 <= x <= after + 1 and low <= height <= high for x, low, high in self.vertical)


def blocks(pieces: list[Piece], rules: Rules) -> list[list[Line] | Grid]:
    """The lines and the tables of a page from top to bottom, columns one after another."""
    found: list[list[Line] | Grid] = []
    rest = sorted(pieces, key=lambda p: (-p.top, p.left))
    for low, high, columns, borders in _grids(rules):
        above = [p for p in rest if p.middle > high]
        inside = [p for p in rest if low <= p.middle <= high and columns[0] - 2 <= (p.left + p.right) / 2]
        inside = [p for p in inside if (p.left + p.right) / 2 <= columns[-1] + 2]
        rest = [p for p in rest if p not in above and p not in inside]
        found += [_lines(block) for block in _ordered(above)]
        rows = _rows_of_grid(inside, columns, borders)
        if rows:
            found.append(Grid(columns, rows))
    return [*found, *(_lines(block) for block in _ordered(rest))]


# --- ruled tables -------------------------------------------------------------------------------------


def _grids(rules: Rules) -> list[tuple[float, float, list[float], list[float]]]:
    """Tables from top to bottom: lowest and highest point, the lines between columns, those between rows."""
    bands: list[list[float]] = []
    for _, low, high in sorted(rules.vertical, key=lambda rule: rule[1]):
        if bands and low <= bands[-1][1] + 3:
            bands[-1][1] = max(bands[-1][1], high)
        else:
            bands.append([low, high])
    found = []
    for low, high in reversed(bands):
        columns = _apart(x for x, bottom, top in rules.vertical if low - 1 <= bottom and top <= high + 1)
        if len(columns) < 3:
            continue
        borders = _apart(
            y
            for y, left, right in rules.horizontal
            if low - 3 <= y <= high + 3 and right > columns[0] and left < columns[-1]
        )
        if len(borders) >= 2:
            found.append((low, high, columns, borders[::-1]))
    return found


def _apart(values: Iterable[float]) -> list[float]:
    """The values in order; of those closer than three points the first."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > 3:
            kept.append(value)
    return kept


def _rows_of_grid(pieces: list[Piece], columns: list[float], borders: list[float]) -> list[list[str]]:
    cells: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        centre = (piece.left + piece.right) / 2
        row = max(0, sum(1 for y in borders if y > piece.middle) - 1)
        column = min(max(0, sum(1 for x in columns if x <= centre) - 1), len(columns) - 2)
        cells.setdefault((row, column), []).append(piece)
    rows = []
    for row in range(len(borders)):
        texts = [
            " ".join(" ".join(p.text for p in line) for line in _rows(cells.get((row, column), [])))
            for column in range(len(columns) - 1)
        ]
        if any(texts):
            rows.append(texts)
    return rows


# --- reading order ------------------------------------------------------------------------------------


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand on one line, lines from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.middle):
        if rows and abs(rows[-1][0].middle - piece.middle) < 0.4 * min(rows[-1][0].height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.left)
    return rows


def _ordered(pieces: list[Piece]) -> list[list[list[Piece]]]:
    """Blocks of rows in the order in which they are read: a page is cut where columns begin and end."""
    if not pieces:
        return []
    best: tuple[int, float, list[Piece]] | None = None
    for x in _candidates(pieces):
        band = _band(pieces, x)
        if band and (best is None or len(band) > best[0]):
            best = (len(band), x, band)
    if best is None:
        return [_rows(pieces)]
    _, x, band = best
    top, low = max(p.middle for p in band), min(p.middle for p in band)
    above = [p for p in pieces if p.middle > top]
    below = [p for p in pieces if p.middle < low]
    left = [p for p in band if p.left < x]
    right = [p for p in band if p.left >= x]
    inside = [_rows(band)] if _is_list(left, right) else [*_ordered(left), *_ordered(right)]
    return [*_ordered(above), *inside, *_ordered(below)]


def _candidates(pieces: list[Piece]) -> list[float]:
    """Places where a right column may begin: where many pieces begin that have one on their left."""
    begins: Counter[int] = Counter()
    for row in _rows(pieces):
        for before, after in pairwise(row):
            if after.left > before.right:
                begins[round(after.left / _BUCKET)] += 1
    edges = Counter(round(p.left / _BUCKET) for p in pieces)
    first = min(edges)
    for edge, count in edges.items():
        if edge > first + 10 and count >= 2 * _LEAST_LINES:
            begins[edge] += count
    return [(bucket - 0.5) * _BUCKET for bucket, _ in sorted(begins.items(), key=lambda b: (-b[1], b[0]))[:_CANDIDATES]]


def _band(pieces: list[Piece], x: float) -> list[Piece]:
    """The longest run of pieces, from top to bottom, none of which crosses x, with lines on both sides."""
    best: list[Piece] = []
    run: list[Piece] = []
    for piece in [*sorted(pieces, key=lambda p: -p.middle), None]:
        if piece is not None and not piece.left < x - 1 < piece.right - 1:
            run.append(piece)
            continue
        run = _trimmed(run, x)
        if len(run) > len(best):
            best = run
        run = []
    return best


def _trimmed(run: list[Piece], x: float) -> list[Piece]:
    """The part of a run that has both sides; empty where one side has too few lines."""
    left = [p for p in run if p.left < x]
    right = [p for p in run if p.left >= x]
    if not left or not right:
        return []
    top = min(max(p.top for p in left), max(p.top for p in right))
    low = max(min(p.bottom for p in left), min(p.bottom for p in right))
    least = 2 if len(left) + len(right) <= 12 else _LEAST_LINES
    both = [sum(1 for row in _rows([p for p in side if low <= p.middle <= top])) for side in (left, right)]
    if min(both) < least:
        return []
    highest = max(p.height for p in run)
    # at the head of a column what stands alone is a headline
    return _to_foot([p for p in run if p.middle <= top + highest], low)


def _to_foot(run: list[Piece], low: float) -> list[Piece]:
    """The run without what stands off below the shorter column; the longer one goes on line by line."""
    for number, piece in enumerate(run[1:], 1):
        above = run[number - 1]
        if piece.middle < low and (
            above.bottom - piece.top > 0.6 * piece.height or abs(piece.height - above.height) > 0.2 * above.height
        ):
            return run[:number]
    return run


def _is_list(left: list[Piece], right: list[Piece]) -> bool:
    """Whether two sides are the cells of a list, to be read line by line: one side has numbers only."""
    return any(
        2 * sum(1 for p in side if p.text.strip(" .,%/+-()").replace(".", "").replace(",", "").isdigit()) > len(side)
        for side in (left, right)
    )


# --- lines --------------------------------------------------------------------------------------------


def _lines(rows: list[list[Piece]]) -> list[Line]:
    """The lines of a block; one that is indented, or comes after a short line or a gap, opens a paragraph."""
    if not rows:
        return []
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    steps = sorted(above[0].middle - below[0].middle for above, below in pairwise(rows))
    step = steps[len(steps) // 2] if steps else 0.0
    usual = sorted(row[0].height for row in rows)[len(rows) // 2]
    lines: list[Line] = []
    before: list[Piece] | None = None
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        height = row[0].height
        opens = before is None
        if before is not None:
            gap = before[0].middle - row[0].middle
            # there was room for the first word of this line
            word = len(row[0].text.split(" ")[0]) / len(row[0].text) * (row[0].right - row[0].left)
            behind, ahead = right - before[-1].right, before[0].left - left
            room = behind + ahead if abs(behind - ahead) < 2 * height else behind  # of a centred line both sides
            short = room > word + height
            indented = row[0].left > left + 0.7 * height and row[0].left > before[0].left + 0.5 * height
            opens = short or indented or gap > 1.35 * step or abs(before[0].height - height) > 0.15 * height
        text = row[0].text
        for one, other in pairwise(row):
            text += f"{'   ' if other.left - one.right > 2 * height else ' '}{other.text}"
        gaps = [row[0].middle - below[0].middle] if below is not None else []
        gaps += [before[0].middle - row[0].middle] if before is not None else []
        lines.append(Line(text, opens, min(gaps, default=0.0) > 1.35 * step or abs(height - usual) > 0.08 * usual))
        before = row
    return lines
