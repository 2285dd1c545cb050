"""From the structure on a date to the chart model: which boxes, texts, marks and lines there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.errors import UserError
from queries.structure import Structure, UnitNode
from viz.boxes import BULLET
from viz.build_people import People, Person
from viz.build_ties import DRAWN, Ties
from viz.labels import Labels
from viz.measure import MISSING, clean
from viz.model import Box, Chart, Entry, Facts, Legend, Row
from viz.style import Style

SHOW = ("heads", "deputies", "people", "staff", "quota", "functions", "vacant")
DEFAULT_SHOW = ("heads", "staff")
COLOURS = ("system", "status", "level")
_SOURCES = 4


def build(
    structure: Structure,
    style: Style,
    labels: Labels,
    title: str | None = None,
    show: Collection[str] = DEFAULT_SHOW,
    colour: str = "system",
) -> Chart:
    """The chart of a structure.

    Args:
        show: what the boxes say, of SHOW: heads; deputies, at their side; people (all holders, of
            other posts too); staff (people at work; where only the quota is recorded, that, and
            it says so); quota; functions (a few); vacant (posts without a holder).
        colour: what the colours of the boxes mean: system, status or level.

    Raises:
        UserError: the units form a cycle, the root is missing, `show` or `colour` has an unknown word.
    """
    unknown = sorted(set(show) - set(SHOW))
    if unknown:
        raise UserError(f"unknown content of a chart: {', '.join(unknown)}", f"allowed: {', '.join(SHOW)}")
    if colour not in COLOURS:
        raise UserError(f"unknown colours of a chart: {colour}", f"allowed: {', '.join(COLOURS)}")
    builder = _Builder(structure, style, labels, frozenset(show), colour)
    return builder.chart(title)


def preorder(structure: Structure) -> Iterator[tuple[UnitNode, str | None, int]]:
    """Units from the root down, each once, with parent and depth; children in their order.

    Raises:
        UserError: a unit is below itself, or the root is not among the units.
    """
    units = structure.units
    if structure.root not in units:
        raise UserError(f"the chart's first unit {structure.root!r} is not in the structure")
    seen: set[str] = set()
    path: list[str] = []
    stack: list[tuple[str, str | None, int]] = [(structure.root, None, 0)]
    while stack:
        unit_id, parent, depth = stack.pop()
        del path[depth:]
        if unit_id in seen:
            if unit_id in path:
                names = [units[step].name for step in [*path[path.index(unit_id) :], unit_id]]
                raise UserError(
                    f"units are under themselves: {' < '.join(reversed(names))}",
                    "end one of these parent relations",
                )
            continue  # a second line parent: the unit stays where it came first
        seen.add(unit_id)
        path.append(unit_id)
        yield units[unit_id], parent, depth
        stack.extend((child, unit_id, depth + 1) for child in reversed(units[unit_id].children) if child in units)


def _facts(node: UnitNode) -> Facts:
    first = next((post for post in node.posts if post.role == "head"), None)
    heads = tuple(clean(holder.name) for holder in first.holders) if first else ()
    return Facts(node.kind, node.level, heads, node.staff, node.valid_from, node.valid_to, node.quota)


class _Builder:
    def __init__(self, structure: Structure, style: Style, labels: Labels, show: frozenset[str], colour: str) -> None:
        self.structure, self.style, self.labels = structure, style, labels
        self.show, self.colour = show, colour
        self.people = People(structure, style, labels, show)
        self.ties = Ties(structure, style, labels)
        self.used = self.people.used  # entries that the legend needs

    def chart(self, title: str | None) -> Chart:
        nodes = list(preorder(self.structure))
        people = self.people.number([node for node, _, _ in nodes])
        boxes: dict[str, Box] = {}
        for node, parent, depth in nodes:
            boxes[node.id] = self._box(node, parent, depth)
            if parent is not None:
                boxes[parent].children.append(node.id)
        for box in boxes.values():
            if box.badge and box.children:  # below the box its children's lines start
                box.footer = " · ".join(part for part in (box.footer, box.badge) if part)
                box.badge = ""
        connectors = self.ties.connectors(people, self.people.unit_of)
        drawn = {connector.kind for connector in connectors}
        signs = self.ties.signs(drawn)
        for unit, found in signs.items():
            boxes[unit].signs = found
        on_boxes = {kind for found in signs.values() for kind, _ in found}
        return Chart(
            title=clean(title) if title else self._title(),
            subtitle=self.labels("as_of", date=self.labels.date(self.structure.on)),
            source=self._source(),
            boxes=boxes,
            connectors=connectors,
            legend=self._legend(boxes, people, drawn, on_boxes),
        )

    def _title(self) -> str:
        name, place = clean(self.structure.units[self.structure.root].name), clean(self.structure.place)
        return f"{name}, {place}" if place and place.casefold() not in name.casefold() else name

    def _source(self) -> str:
        sources = [clean(source) for source in self.structure.sources]
        if not sources:
            return ""
        listed = "; ".join(sources[:_SOURCES])
        if len(sources) > _SOURCES:
            listed += " " + self.labels("more_sources", n=len(sources) - _SOURCES)
        return self.labels("source", list=listed)

    # boxes

    def _box(self, node: UnitNode, parent: str | None, depth: int) -> Box:
        footer = self._figures(node)
        border = "solid"
        if node.temporary:
            border = "temporary"
        elif node.basis == "inferred":
            border = "inferred"
        if node.basis in ("inferred", "deduced"):
            footer.append(self.labels(node.basis))
            self.used.add(node.basis)
        self.used.add(f"border:{border}")
        badge = ""
        if node.hidden:
            badge = self.labels("hidden" if node.hidden > 1 else "hidden_one", n=self.labels.number(node.hidden))
            self.used.add("hidden")
        rows, beside = self.people.rows(node)
        name = clean(node.name) or MISSING
        if MISSING in name and MISSING not in node.name:
            self.used.add("missing")
        return Box(
            id=node.id,
            name=name,
            system=node.system,
            depth=depth,
            parent=parent,
            rows=[*rows, *self._functions(node)],
            beside=beside,
            footer=" · ".join(footer),
            badge=badge,
            border=border,
            colour=self._colour(node),
            aside=self._aside(node, parent),
            facts=_facts(node),
        )

    def _figures(self, node: UnitNode) -> list[str]:
        """Quota and people at work; where only the quota is known, it stands for both."""
        figures = []
        if node.quota is not None and ("quota" in self.show or ("staff" in self.show and node.staff is None)):
            figures.append(self.labels("quota", n=self.labels.number(node.quota)))
        if node.staff is not None and "staff" in self.show:
            figures.append(self.labels("staff", n=self.labels.number(node.staff)))
        return figures

    def _functions(self, node: UnitNode) -> list[Row]:
        if "functions" not in self.show:
            return []
        most = self.style.most["functions"]
        shown = node.functions if len(node.functions) <= most else node.functions[: most - 1]
        rows = [Row(BULLET + clean(words), "function") for words in shown]
        if len(shown) < len(node.functions):
            rows.append(Row(self.labels("more_functions", n=len(node.functions) - len(shown)), "function"))
        return rows

    def _colour(self, node: UnitNode) -> str:
        """The key in the palettes; empty, for that of the system."""
        if self.colour == "level":
            level = node.level if node.level in self.style.palettes["level"] else "other"
            return f"level:{level}"
        if self.colour == "status":
            if node.temporary:
                return "status:temporary"
            return f"status:{node.basis if node.basis in ('inferred', 'deduced') else 'official'}"
        return ""

    def _aside(self, node: UnitNode, parent: str | None) -> str:
        """`office` or `staff` for what does not hang in the line; see Box."""
        if parent is None:
            return ""
        above = self.structure.units[parent].system
        if not above:  # a place: its apparatus is all in the line
            return ""
        if node.kind in self.style.aside["office"]:
            return "office"
        apart = self.style.aside["staff"]
        return "staff" if node.system in apart and above not in apart else ""

    # legend

    def _legend(self, boxes: dict[str, Box], people: list[Person], drawn: set[str], on_boxes: set[str]) -> Legend:
        labels, legend = self.labels, Legend()
        legend.signs = self._colours(boxes)
        for border in ("inferred", "temporary"):
            if f"border:{border}" in self.used:
                legend.signs.append(Entry(f"border:{border}", labels(f"{border}_unit")))
        if "concurrent" in drawn:
            legend.signs.append(Entry("connector:concurrent:", labels("concurrent")))
        for kind in DRAWN:
            sign = labels(f"{kind}_sign")
            if kind in drawn:
                legend.signs.append(Entry(f"connector:{kind}:{sign if kind == 'serves' else ''}", labels(kind)))
            if kind in on_boxes:
                legend.signs.append(Entry(f"sign:{kind}:{sign}", labels(f"{kind}_box")))
        for key in ("inferred", "deduced", "vacant_post", "no_holder", "hidden", "missing"):
            if key in self.used:
                legend.signs.append(Entry("", labels(f"{key}_note")))
        if "sparse" in self.used:
            held, heads = labels.number(self.people.held), labels.number(self.people.heads)
            note = "sparse_note" if self.people.held else "no_heads_note"
            legend.signs.append(Entry("", labels(note, held=held, heads=heads)))
        if people:
            entries = [self.people.entry(person, self.ties.names) for person in people]
            legend.lists.append((labels("concurrents"), entries))
        others = self.ties.listed(drawn)
        if others:
            legend.lists.append((labels("ties"), others))
        return legend

    def _colours(self, boxes: dict[str, Box]) -> list[Entry]:
        """The colours that occur, in the style's order and then others that the data have."""
        palette, labels = self.style.palettes[self.colour], self.labels
        present = {box.look.partition(":")[2] for box in boxes.values()} - {""}
        codes = [code for code in palette if code in present] + sorted(present - set(palette))
        if self.colour == "system":
            words = {code: labels.code("systems", code) for code in codes}
        elif self.colour == "level":
            words = {code: labels(f"level_{code}") for code in codes}
        else:
            words = {code: labels(f"status_{code}") for code in codes}
        return [Entry(f"{self.colour}:{code}", words[code]) for code in codes]
