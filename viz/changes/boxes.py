"""The boxes of a chart of changes: colour, tag, what was struck through, numbers of the table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from queries.changes.types import JOINED, Change, Changes
from queries.structure_types import UnitNode
from viz.changes.rows import ChangeRow
from viz.changes.tree import Spot
from viz.changes.words import COLOURS, Words
from viz.labels import Labels
from viz.measure import clean
from viz.model import Box, Row

_LEAVING = ("absorbed", "ended", "split", "moved")  # what is said of a unit where it was before
_DEPUTIES = ("standing_deputy", "deputy")


class Boxes:
    """Makes boxes of units by what happened to them."""

    def __init__(
        self, changes: Changes, words: Words, rows: Sequence[ChangeRow], labels: Labels, show: frozenset[str]
    ) -> None:
        self.changes = changes
        self.words = words
        self.labels = labels
        self.show = show
        self.of: defaultdict[str, list[Change]] = defaultdict(list)
        for change in changes.changes:
            self.of[change.unit].append(change)
        self.numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(rows, 1):
            for unit in row.units:
                self.numbers[unit].append(number)
        self.gone_along = Counter(
            changes.before.units[change.unit].parent
            for change in changes.changes
            if change.kind == "followed" and change.unit in changes.before.units
        )

    def union_box(self, spot: Spot, pointed: bool) -> Box:
        """A box of the union; `pointed`: an arrow leads from it to what took over."""
        unit, gone = spot.unit, spot.ghost
        change = self._main(unit.id, "moved" if gone and unit.id in self.changes.after.units else "")
        tag = self.words.tag(change, arrow=pointed, gone=gone) if change else ""
        box = Box(spot.key, clean(unit.name) or "?", unit.system, spot.depth, spot.parent, tag=tag, ghost=gone)
        self._dress(box, unit, change, detailed=not gone)
        if gone and change is not None and change.kind == "moved":
            box.colour = "change:former"
        if gone and self.gone_along[unit.id]:
            box.footer = self.labels("change_with", n=self.gone_along[unit.id])
        return box

    def side_box(self, unit: UnitNode, side: str, parent: str | None, depth: int) -> Box:
        """A box of one of two charts side by side: `before` or `after`."""
        before = side == "before"
        change = self._main(unit.id, "", before=before)
        box = Box(f"{side}:{unit.id}", clean(unit.name) or "?", unit.system, depth, parent)
        if change is not None:
            box.tag = self.words.tag(change, gone=before)
            if before and change.kind in ("absorbed", "ended"):
                box.border = "ghost"
        self._dress(box, unit, change, detailed=not before)
        return box

    def settle_badge(self, box: Box) -> None:
        """Where lines start below the box, what would hang there goes into its foot."""
        if box.badge and box.children:
            box.footer = " · ".join(part for part in (box.footer, box.badge) if part)
            box.badge = ""

    def _main(self, unit: str, kind: str, *, before: bool = False) -> Change | None:
        """The change that the unit's look says; `kind` asks for that one."""
        found = [change for change in self.of[unit] if not kind or change.kind == kind]
        if before:  # what only the second day shows is not said on the first
            found = [c for c in found if c.kind in _LEAVING]
        return found[0] if found else None

    def _dress(self, box: Box, unit: UnitNode, change: Change | None, *, detailed: bool) -> None:
        box.colour = f"change:{COLOURS[change.kind] if change else 'kept'}"
        if unit.id != JOINED:
            box.findings = tuple(self.numbers[unit.id])
        if unit.temporary:
            box.border = "temporary"
        if unit.hidden:
            box.badge = self.labels("hidden", n=unit.hidden)
        if box.ghost:
            return
        renamed = self.changes.of(unit.id, "renamed") if detailed else None
        if renamed is not None:
            box.rows.append(Row(clean(renamed.before), "post", struck=True))
        box.rows += self._heads(unit, detailed)
        if "deputies" in self.show:
            box.beside += self._deputies(unit, detailed)
        self._figures(box, unit, detailed)

    def _figures(self, box: Box, unit: UnitNode, detailed: bool) -> None:
        """Quota and people at work: in the foot, or in the body with the former number struck through."""
        foot = []
        for kind, value in (("quota", unit.quota), ("staff", unit.staff)):
            change = self.changes.of(unit.id, kind) if detailed else None
            if change is not None:
                numbers = (self.labels(kind, n=self.labels.number(int(n))) for n in (change.before, change.after))
                box.rows += [Row(words, "post", struck=not place) for place, words in enumerate(numbers)]
            elif value is not None and {kind, "staff"} & self.show:
                foot.append(self.labels(kind, n=self.labels.number(value)))
        box.footer = " · ".join(foot)

    def _heads(self, unit: UnitNode, detailed: bool) -> list[Row]:
        post = next((post for post in unit.posts if post.role == "head"), None)
        change = self.changes.of(unit.id, "head") if detailed else None
        if post is None or ("heads" not in self.show and change is None):
            return []
        rows = []
        held = {holder.name for holder in post.holders}
        if change is not None:
            for name in change.before.split("; "):
                if name and name not in held:
                    rows.append(Row(clean(name), "person", struck=True))
        rows += [Row(clean(holder.name), "person") for holder in post.holders]
        if not post.holders and change is not None:
            rows.append(Row(self.labels("change_vacant"), "vacant"))
        return [*rows, Row(clean(post.title), "post")] if rows else []

    def _deputies(self, unit: UnitNode, detailed: bool) -> list[Row]:
        names = [holder.name for post in unit.posts if post.role in _DEPUTIES for holder in post.holders]
        change = self.changes.of(unit.id, "deputies") if detailed else None
        left = [name for name in change.before.split("; ") if name and name not in names] if change else []
        return [
            *(Row(clean(name), "person", struck=True) for name in left),
            *(Row(clean(name), "person") for name in names),
        ]
