"""Pieces of a Word document that python-docx has no words for, as XML elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_TWIPS_PER_MM = 1440 / 25.4
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEADER = "E8ECF1"
_RULE = "B9C1CA"


def parsed(xml: str) -> Any:
    """An element of the text, with the prefix w declared."""
    from docx.oxml import parse_xml

    return parse_xml(re.sub("^<[^ />]+", lambda tag: f"{tag[0]} {_W}", xml, count=1))


def cell(text: str, fill: str = "", bold: bool = False, centred: bool = False) -> str:
    """A cell's properties and content, as table_element takes them; `fill` as #rrggbb, empty for none."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>' if fill else ""
    align = '<w:jc w:val="center"/>' if centred else ""
    return (
        f'{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{align}</w:pPr>'
        f'<w:r><w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def sample(fill: str, edge: str, dashed: bool = False) -> Any:
    """A small framed area in a line of text; colours as #rrggbb, an empty fill for none."""
    line = "dashed" if dashed else "single"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>' if fill else ""
    return parsed(
        f'<w:r><w:rPr><w:bdr w:val="{line}" w:sz="6" w:space="0" w:color="{edge[1:]}"/>{shade}</w:rPr>'
        '<w:t xml:space="preserve">\u00a0\u00a0\u00a0\u00a0\u00a0</w:t></w:r>'
    )


def ink(run: Any, colour: str) -> None:
    """Make a run bold and of a colour, given as #rrggbb."""
    from docx.shared import RGBColor

    run.bold, run.font.color.rgb = True, RGBColor.from_string(colour[1:].upper())


def table_element(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
    """A table of cells made by `cell`; its header row is repeated on each page, rows are not broken.

    Args:
        columns: titles.
        widths: of the columns, in mm.
    """
    twips = [round(width * _TWIPS_PER_MM) for width in widths]
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    frame = "".join(f"<w:{side} {line}/>" for side in sides)
    spread = "".join(f'<w:gridCol w:w="{each}"/>' for each in twips)
    parts = [
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblInd w:w="80" w:type="dxa"/>'
        f"<w:tblBorders>{frame}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        f'</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>{spread}</w:tblGrid>'
    ]
    titles = [cell(title, fill=f"#{_HEADER}", bold=True) for title in columns]
    parts.append(_row(titles, twips, "<w:cantSplit/><w:tblHeader/>"))
    parts += [_row(row, twips, "<w:cantSplit/>") for row in rows]
    return parsed("".join(parts) + "</w:tbl>")


def _row(cells: Sequence[str], twips: Sequence[int], properties: str) -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{content}</w:tc>'
        for content, width in zip(cells, twips, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def set_section(section: Any, width: float, height: float, margin: float) -> None:
    """Size, orientation and margins of a section, in mm."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(margin))
    section.footer_distance = Mm(margin / 2)


def set_fonts(document: Any, family: str, fallback: str, language: str) -> None:
    """One family for all styles, what stands in where it is not installed, and the language."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    ink = RGBColor(0x1C, 0x25, 0x30)
    for name, size, bold in (
        ("Normal", 10, False),
        ("Title", 20, True),
        ("Subtitle", 11, False),
        ("Heading 1", 13, True),
        ("Caption", 9, False),
        ("Footer", 8, False),
    ):
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = ink
        style.paragraph_format.space_after = Pt(4)
        found = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(found.attrib):
            if "heme" in key:
                del found.attrib[key]
        for key in ("ascii", "hAnsi", "cs", "eastAsia"):
            found.set(qn(f"w:{key}"), family)
    for name, part in (("Title", "w:pBdr"), ("Title", "w:spacing"), ("Subtitle", "w:spacing")):
        for found in document.styles[name].element.findall(f".//{qn(part)}"):
            if part == "w:pBdr" or found.getparent().tag == qn("w:rPr"):
                found.getparent().remove(found)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parsed(f'<w:lang w:val="{language}" w:eastAsia="{language}"/>'))
    _set_fallback(document, family, fallback)


def _set_fallback(document: Any, family: str, fallback: str) -> None:
    """The list of fonts with another name for the family, which Word takes where it is missing."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {_W}>'
                f"<w:font w:name={quoteattr(family)}><w:altName w:val={quoteattr(fallback)}/>"
                '<w:charset w:val="A3"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
            ).encode()


def page_field(paragraph: Any) -> None:
    """Add the page's number."""
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve">PAGE</w:instrText>',
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph.add_run()._r.append(parsed(inner))
