"""Shapes of a slide as XML: rectangles with text, groups, and elbow connectors glued to shapes.

Lengths are EMU (9525 in a px of 1/96 inch). python-pptx has no groups with alternative text and no
elbows that start downwards, so that the elements are written here; it makes the package around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from viz.drawing import Points

EMU = 9525  # in a px
_ADJUST = 100_000  # the unit of a connector's adjustments: a whole width or height
_LEAST = 0.5  # px; an elbow's box is at least as wide, since adjustments are shares of it


class Glue(NamedTuple):
    """A connection site: of the shape with this id the site 0 top, 1 left, 2 bottom, 3 right."""

    shape: int
    site: int


class Run(NamedTuple):
    """A paragraph: sizes in pt; `leading` is the exact distance of lines, `before` the space above."""

    text: str
    size: float
    colour: str
    face: str = "regular"
    leading: float = 0.0
    before: float = 0.0
    struck: bool = False
    left: bool = False


class Frame(NamedTuple):
    """Where the text of a shape stands: insets in px (left, top, right, bottom), anchor t or ctr."""

    insets: tuple[float, float, float, float] = (0, 0, 0, 0)
    anchor: str = "ctr"
    wrap: bool = True


@dataclass
class Shapes:
    """Collects the elements of one slide; ids are counted up from `start`."""

    start: int = 10
    language: str = "vi-VN"
    parts: list[str] = field(default_factory=list)
    next_id: int = 0

    def __post_init__(self) -> None:
        self.next_id = self.start

    def new_id(self) -> int:
        """An id that no other shape of the slide has."""
        self.next_id += 1
        return self.next_id

    def shape(
        self,
        box: tuple[float, float, float, float],
        name: str,
        form: str = "rect",
        fill: str = "",
        edge: str = "",
        width: float = 1.0,
        dash: Sequence[float] = (),
        text: Sequence[Run] = (),
        frame: Frame | None = None,
        about: str = "",
    ) -> tuple[int, str]:
        """The id and the element of an autoshape; `box` is left, top, width, height in px."""
        number = self.new_id()
        textbox = ' txBox="1"' if text and not fill and not edge else ""
        adjust = '<a:avLst><a:gd name="adj" fmla="val 30000"/></a:avLst>' if form == "roundRect" else "<a:avLst/>"
        words = f" descr={quoteattr(about)}" if about else ""
        return number, (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}{words}/><p:cNvSpPr{textbox}/><p:nvPr/>'
            f'</p:nvSpPr><p:spPr>{_place(box)}<a:prstGeom prst="{form}">{adjust}</a:prstGeom>{_fill(fill)}'
            f"{_line(edge, width, dash)}</p:spPr>{self._text(text, frame or Frame())}</p:sp>"
        )

    def polygon(self, points: Points, fill: str, name: str) -> str:
        """A filled polygon, its corners in px."""
        left, top = min(x for x, _ in points), min(y for _, y in points)
        width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
        corners = "".join(
            f'<a:{"lnTo" if index else "moveTo"}><a:pt x="{round((x - left) * EMU)}" y="{round((y - top) * EMU)}"/>'
            f"</a:{'lnTo' if index else 'moveTo'}>"
            for index, (x, y) in enumerate(points)
        )
        size = f'w="{round(width * EMU)}" h="{round(height * EMU)}"'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.new_id()}" name={quoteattr(name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{_place((left, top, width, height))}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path {size}>{corners}<a:close/></a:path></a:pathLst>'
            f"</a:custGeom>{_fill(fill)}{_line('', 0)}</p:spPr>{self._text((), Frame())}</p:sp>"
        )

    def group(self, box: tuple[float, float, float, float], name: str, about: str, inside: Sequence[str]) -> str:
        """A group with the coordinates of the slide."""
        x, y, width, height = (round(value * EMU) for value in box)
        span = f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
        child = f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/>'
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{self.new_id()}" name={quoteattr(name)} descr={quoteattr(about)}/>'
            f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{span}{child}</a:xfrm></p:grpSpPr>"
            f"{''.join(inside)}</p:grpSp>"
        )

    def connector(
        self,
        way: Points,
        start: Glue | None,
        end: Glue | None,
        colour: str,
        width: float,
        dash: Sequence[float] = (),
        caps: tuple[str, str] = ("", ""),
        name: str = "",
    ) -> str:
        """A connector along a way of at most five horizontal and vertical pieces.

        `caps` are what its ends look like: triangle, oval, or empty.
        """
        ends = "".join(
            f'<a:{tag} id="{glue.shape}" idx="{glue.site}"/>'
            for tag, glue in (("stCxn", start), ("endCxn", end))
            if glue is not None
        )
        number = self.new_id()
        tail = "".join(
            f'<a:{tag} type="{cap}" w="{size}" len="{size}"/>'
            for tag, cap in zip(("headEnd", "tailEnd"), caps, strict=True)
            if cap
            for size in ("sm" if cap == "oval" else "med",)
        )
        return (
            f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name={quoteattr(name or f"line {number}")}/>'
            f"<p:cNvCxnSpPr>{ends}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>"
            f"<p:spPr>{elbow(way)}{_line(colour, width, dash, tail)}</p:spPr></p:cxnSp>"
        )

    def _text(self, runs: Sequence[Run], frame: Frame) -> str:
        left, top, right, bottom = (round(max(value, 0) * EMU) for value in frame.insets)
        insets = f'lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}"'
        wrap, fit = ("square", "<a:normAutofit/>") if frame.wrap and runs else ("none", "")
        body = f'<a:bodyPr wrap="{wrap}" {insets} anchor="{frame.anchor}">{fit}</a:bodyPr>'
        paragraphs = "".join(map(self._paragraph, runs)) or f'<a:p><a:endParaRPr lang="{self.language}"/></a:p>'
        return f"<p:txBody>{body}<a:lstStyle/>{paragraphs}</p:txBody>"

    def _paragraph(self, run: Run) -> str:
        spacing = f'<a:lnSpc><a:spcPts val="{round(run.leading * 100)}"/></a:lnSpc>' if run.leading else ""
        spacing += f'<a:spcBef><a:spcPts val="{round(run.before * 100)}"/></a:spcBef>'
        face = {"bold": ' b="1"', "italic": ' i="1"'}.get(run.face, "")
        face += ' strike="sngStrike"' if run.struck else ""
        return (
            f'<a:p><a:pPr algn="{"l" if run.left else "ctr"}">{spacing}</a:pPr><a:r>'
            f'<a:rPr lang="{self.language}" sz="{max(round(run.size * 100), 100)}"{face}>{_fill(run.colour)}</a:rPr>'
            f"<a:t>{escape(run.text)}</a:t></a:r></a:p>"
        )


def elbow(way: Points) -> str:
    """Place and geometry of a connector: its preset starts to the right and is turned and mirrored.

    A way of n pieces is the preset bentConnector n; the adjustments are its inner corners' shares of
    the width and height, which may be negative or above one.
    """
    (x1, y1), (x2, y2) = way[0], way[-1]
    pieces = len(way) - 1
    if pieces == 1:
        box = (min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        flip = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
        return f'{_place(box, flip)}<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
    down = abs(way[1][0] - x1) < abs(way[1][1] - y1)  # starts vertically
    along, across = (y2 - y1, x2 - x1) if down else (x2 - x1, y2 - y1)
    long, wide = max(abs(along), _LEAST), max(abs(across), _LEAST)
    forward, aside = (-1 if along < 0 else 1), (-1 if across < 0 else 1)
    values = []
    for index in range(1, pieces - 1):
        x, y = way[index]
        first, second = (y - y1, x - x1) if down else (x - x1, y - y1)
        # odd corners end a piece along the start's direction, even ones a piece across
        values.append(first * forward / long if index % 2 else second * aside / wide)
    guides = "".join(
        f'<a:gd name="adj{number}" fmla="val {round(value * _ADJUST)}"/>' for number, value in enumerate(values, 1)
    )
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    box = (middle[0] - long / 2, middle[1] - wide / 2, long, wide)
    if down:
        turned = {
            (1, 1): ' rot="16200000" flipH="1"',
            (1, -1): ' rot="5400000"',
            (-1, 1): ' rot="16200000"',
            (-1, -1): ' rot="5400000" flipH="1"',
        }[forward, aside]
    else:
        turned = (' flipH="1"' if forward < 0 else "") + (' flipV="1"' if aside < 0 else "")
    geometry = f'<a:prstGeom prst="bentConnector{pieces}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
    return _place(box, turned) + geometry


def _place(box: tuple[float, float, float, float], turned: str = "") -> str:
    x, y, width, height = (round(value * EMU) for value in box)
    return f'<a:xfrm{turned}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>' if colour else "<a:noFill/>"


def _line(colour: str, width: float, dash: Sequence[float] = (), tail: str = "") -> str:
    if not colour:
        return "<a:ln><a:noFill/></a:ln>"
    kind = ""
    if dash:
        kind = '<a:prstDash val="sysDot"/>' if dash[0] <= 2 else '<a:prstDash val="dash"/>'
        if len(dash) > 2:
            kind = '<a:prstDash val="dashDot"/>'
    return f'<a:ln w="{max(round(width * EMU), 1)}">{_fill(colour)}{kind}<a:round/>{tail}</a:ln>'
