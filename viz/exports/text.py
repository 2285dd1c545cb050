"""What the exports share: the texts of a box as lines, and text without what a file cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from viz.model import Box, Chart, Connector, Entry, Row

# neither XML nor the text formats can hold these: controls, halves of characters, noncharacters
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain(text: str) -> str:
    """The text in one line, without characters that files cannot hold."""
    return " ".join(_NOT_TEXT.sub("", text).split())


def row_text(row: Row) -> str:
    """A row of a box with the numbers beside it: Bùi Thị Hiền (1)."""
    return plain(row.text) + "".join(f" ({mark})" for mark in row.marks)


def box_name(box: Box) -> str:
    """The unit's name with the numbers of the findings about it: Sở Nội vụ [2]."""
    return plain(box.name) + "".join(f" [{number}]" for number in box.findings)


def box_lines(box: Box) -> list[str]:
    """What a box says below its name, line by line."""
    lines = [plain(box.tag)] if box.tag else []
    lines += [plain(word) for _, word in box.signs]
    lines += [row_text(row) for row in [*box.rows, *box.beside]]
    return lines + [plain(text) for text in (box.footer, box.badge) if text]


def headings(chart: Chart) -> dict[str, str]:
    """Of the first unit of each tree, where trees stand side by side: what the tree shows."""
    return {side.root: plain(side.heading) for side in chart.sides}


def entries(chart: Chart) -> Iterator[Entry]:
    """All entries of the legend."""
    yield from chart.legend.signs
    for _, listed in chart.legend.lists:
        yield from listed


def numbered(entry: Entry) -> str:
    """What an entry of the legend says, with the number that it explains: (1) Bùi Thị Hiền – …"""
    kind, _, key = entry.sample.partition(":")
    ahead = {"mark": f"({key}) ", "finding": f"[{key}] "}.get(kind, "")
    return ahead + plain(entry.text)


def people(chart: Chart) -> dict[int, str]:
    """The names of those who hold several posts, by their numbers."""
    names = {}
    for entry in entries(chart):
        kind, _, key = entry.sample.partition(":")
        if kind == "mark" and key.isdigit():
            names[int(key)] = plain(entry.text).split(" – ")[0]
    return names


def meanings(chart: Chart) -> dict[str, str]:
    """What the legend says of each kind of connector."""
    found = {}
    for entry in entries(chart):
        kind, _, key = entry.sample.partition(":")
        if kind == "connector":
            found[key.partition(":")[0]] = plain(entry.text)
    return found


def connector_words(connector: Connector, chart: Chart) -> str:
    """What a connector says: the person's name, the finding's number, or what the legend says of its kind."""
    if connector.kind == "concurrent":
        return f"({connector.mark}) {people(chart).get(connector.mark, '')}".strip()
    if connector.mark:
        return f"[{connector.mark}]"
    return meanings(chart).get(connector.kind) or plain(connector.sign)


def codes(keys: Iterable[str]) -> dict[str, str]:
    """A name of letters, digits and _ for each key, no two the same."""
    names: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        name = re.sub("[^0-9A-Za-z]+", "_", key).strip("_") or "other"
        while name in names.values():
            name += "_"
        names[key] = name
    return names
