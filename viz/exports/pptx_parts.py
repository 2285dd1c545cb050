"""Pieces of a presentation: the size of its slides and layouts, its fonts, text boxes and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from viz import measure
from viz.exports.pptx_shapes import EMU
from viz.exports.text import plain
from viz.labels import Labels
from viz.model import Table, TableRow
from viz.style import Style

_PT = 0.75
_CELL = 13.5  # px: 10 pt
_LEADING, _PAD = 17.0, 7.0  # px of a line in a cell, and left free at its sides
_SAMPLE = 38.0  # px of the column with a row's number or colour
_MOST_LINES = 12  # of a cell
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def prepare(deck: Any, width: float, height: float, family: str) -> None:
    """Set the size of the slides in px, fit master and layouts to it, and name the font in the theme.

    The theme keeps its own font for Vietnamese (Arial, Times New Roman), which programs take where the
    named one is missing; who changes the theme's fonts changes all texts.
    """
    across, down = width * EMU / deck.slide_width, height * EMU / deck.slide_height
    deck.slide_width, deck.slide_height = round(width * EMU), round(height * EMU)
    master = deck.slide_master
    for shapes in (master.shapes, *(layout.shapes for layout in master.slide_layouts)):
        for shape in shapes:
            if shape.element.find(f".//{{{_A[9:-1]}}}off") is not None:
                shape.left, shape.top = round(shape.left * across), round(shape.top * down)
                shape.width, shape.height = round(shape.width * across), round(shape.height * down)
    for relation in master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            theme = relation.target_part._blob.decode("utf-8")
            theme = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*(")', rf"\g<1>{family}\g<2>", theme)
            relation.target_part._blob = theme.encode("utf-8")


def add_xml(slide: Any, parts: list[str]) -> None:
    """Append elements to a slide's shapes."""
    from pptx.oxml import parse_xml

    tree = slide.shapes._spTree
    holder = parse_xml(f"<p:spTree {_P} {_A} {_R}>{''.join(parts)}</p:spTree>")
    for element in list(holder):
        tree.append(element)


def text_box(shape: Any, words: str, size: float, colour: str, language: str, bold: bool = False) -> None:
    """One paragraph at the left; size in pt."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.color.rgb = (
        Pt(round(size, 1)),
        bold,
        RGBColor.from_string(colour[1:].upper()),
    )
    run._r.get_or_add_rPr().set("lang", language)


def table_slides(
    table: Table, width: float, height: float, style: Style, labels: Labels
) -> Iterator[tuple[str, Callable[[Any, float, float], None]]]:
    """For each slide that a table needs its title, and what draws the rows at a left and top in px."""
    marked = any(row.sample for row in table.rows)
    shares = table.shares or tuple(1 / len(table.columns) for _ in table.columns)
    ahead = [_SAMPLE] if marked else []
    widths = ahead + [share / sum(shares) * (width - sum(ahead)) for share in shares]
    parts: list[list[TableRow]] = [[]]
    left = height - _LEADING - 2 * _PAD
    used = 0.0
    for row in table.rows:
        needed = _height(row, widths[len(ahead) :])
        if parts[-1] and used + needed > left:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += needed
    for number, rows in enumerate(parts, 1):
        title = plain(table.title)
        if len(parts) > 1:
            title = labels("part", title=title, n=number, total=len(parts))

        def draw(slide: Any, x: float, y: float, rows: list[TableRow] = rows) -> None:
            _draw(slide, table, rows, widths, marked, (x, y), style)

        yield title, draw


def _height(row: TableRow, widths: list[float]) -> float:
    lines = [
        len(measure.wrap(measure.clean(cell), "regular", _CELL, width - 2 * _PAD, _MOST_LINES)) if cell else 1
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    return max(lines) * _LEADING + _PAD


def _draw(
    slide: Any,
    table: Table,
    rows: list[TableRow],
    widths: list[float],
    marked: bool,
    at: tuple[float, float],
    style: Style,
) -> None:
    heads = [*([""] if marked else []), *map(plain, table.columns)]
    heights = [_LEADING + _PAD, *(_height(row, widths[len(widths) - len(row.cells) :]) for row in rows)]
    frame = slide.shapes.add_table(
        len(rows) + 1,
        len(widths),
        *(round(value * EMU) for value in (*at, sum(widths), sum(heights))),
    )
    made = frame.table
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = round(wide * EMU)
    for line, high in zip(made.rows, heights, strict=True):
        line.height = round(high * EMU)
    for cell, words in zip(made.rows[0].cells, heads, strict=True):
        _fill(cell, words, style, style.colour["footer"], bold=True)
    for line, row in zip(list(made.rows)[1:], rows, strict=True):
        kind, _, key = row.sample.partition(":")
        look = style.look(row.sample) if kind in style.palettes else None
        texts = [*([key if not look else ""] if marked else []), *map(_shortened, row.cells)]
        for index, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            first = marked and index == 0
            fill = look.fill if look and first else style.colour["paper"]
            _fill(cell, text, style, fill, bold=first)


def _shortened(text: str) -> str:
    """A cell's text, as long as it can be on a slide."""
    words = plain(text)
    return words if len(words) <= 900 else f"{words[:900]}{measure.ELLIPSIS}"


def _fill(cell: Any, words: str, style: Style, fill: str, bold: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(fill[1:].upper())
    cell.margin_left = cell.margin_right = round(_PAD * EMU)
    cell.margin_top = cell.margin_bottom = round(_PAD / 2 * EMU)
    rule = style.colour["rule"][1:].upper()
    border = f'<a:lnB {_A} w="9525"><a:solidFill><a:srgbClr val="{rule}"/></a:solidFill></a:lnB>'
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(border))
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.font.size = Pt(_CELL * _PT)
    if not words:  # or the row is as high as a line of the usual size
        paragraph._p.append(parse_xml(f'<a:endParaRPr {_A} sz="{round(_CELL * _PT * 100)}"/>'))
        return
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold = Pt(_CELL * _PT), bold
    run.font.color.rgb = RGBColor.from_string(style.colour["ink"][1:].upper())
