"""A chart ready to be written: the model, where its boxes are, and the drawing on its page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from viz.drawing import Drawing
from viz.labels import Labels
from viz.layout import Layout
from viz.model import Chart
from viz.page import Page
from viz.style import Style


@dataclass(frozen=True)
class Sheet:
    """What every writer gets; each takes of it what its format can hold."""

    chart: Chart
    layout: Layout
    drawing: Drawing
    page: Page
    style: Style
    labels: Labels
    on: dt.date
    after: tuple[Drawing, ...] = ()  # pages of tables that follow in formats with pages, in px of their own
