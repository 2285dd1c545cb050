"""What the legend says instead of connectors that are not drawn."""

from __future__ import annotations

from viz.labels import Labels
from viz.model import Chart, Connector, Entry, Legend

_TIES = ("serves", "party", "face")  # the other kinds carry numbers that lists and tables explain already


def with_side_list(chart: Chart, drawn: list[Connector], left_out: list[Connector], labels: Labels) -> Legend:
    """The chart's legend with the ties that are not drawn, and without the signs of kinds of which none is."""
    if not left_out:
        return chart.legend
    kinds = {connector.kind for connector in drawn}
    gone = {connector.kind for connector in left_out} - kinds
    signs = [sign for sign in chart.legend.signs if not _is_of(sign, gone)]
    entries = [
        Entry(
            "",
            labels(
                "tie",
                kind=labels.code("relation_kinds", connector.kind),
                start=chart.boxes[connector.start].name,
                end=chart.boxes[connector.end].name,
            ),
        )
        for connector in left_out
        if connector.kind in _TIES
    ]
    lists = list(chart.legend.lists)
    if entries:
        title = labels("ties")
        at = next((n for n, (head, _) in enumerate(lists) if head == title), None)
        if at is None:
            lists.append((title, entries))
        else:
            lists[at] = (title, [*lists[at][1], *entries])
    return Legend(signs, lists)


def _is_of(sign: Entry, kinds: set[str]) -> bool:
    kind, _, rest = sign.sample.partition(":")
    return kind == "connector" and rest.partition(":")[0] in kinds
