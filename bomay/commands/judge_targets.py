"""What a person judges: a recorded finding by its key, one of a list that was not recorded, or one by names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import NothingFound, UnknownName, UserError
from graph.findings import Member, finding_key
from graph.store import Store

OVERLAP, MERGE = "overlap", "merge"


@dataclass(frozen=True)
class Target:
    """A finding: its kind and key, what it is about."""

    kind: str
    key: str
    members: tuple[Member, ...] = ()
    summary: str = ""


class Targets:
    """Looks findings up: among the recorded, among the judged, then among overlaps computed now."""

    def __init__(self, store: Store, as_of: dt.date, place: str | None) -> None:
        self.store = store
        self.as_of = as_of
        self._place = place
        self._known: dict[str, Target] | None = None
        self._computed: list[Target] | None = None

    def by_key(self, given: str) -> Target:
        """The finding whose key is this, or begins so. Raises UserError saying how else to name it."""
        from queries.judgements import by_prefix

        for keys in (self._recorded, self._live):
            known = keys()
            try:
                return known[by_prefix(given, known)]
            except UnknownName as error:
                if error.nearest:
                    raise UserError(f"several findings begin with {given!r}", ", ".join(error.nearest)) from None
        raise UserError(
            f"no finding has the key {given!r}",
            "give --in and --as-of of the list that it is from, or record the list: bomay overlaps … --record",
        )

    def by_names(self, kind: str, names: Sequence[str]) -> list[Target]:
        """Findings of these units, or of these two functions.

        For a merger it is the one group of all units; for overlaps each pair of functions that two
        units share, or the pair of two functions. Raises UnknownName, NothingFound.
        """
        units = self._units(names)
        if kind == MERGE:
            if units is None:
                raise UnknownName("unit", names[0])
            key = finding_key("m", [id_ for id_, _ in units])
            members = tuple(("Unit", id_, "member") for id_, _ in units)
            return [Target(MERGE, key, members, " + ".join(name for _, name in units))]
        if kind != OVERLAP:
            raise UserError(f"a finding of kind {kind} is named by its key", "`bomay judge KEY accept|reject|unsure`")
        if len(names) != 2:
            raise UserError(f"an overlap is of two units or two functions, not {len(names)}", "name two")
        if units is not None:
            wanted = {id_ for id_, _ in units}

            def fits(target: Target) -> bool:
                return wanted == {id_ for label, id_, _ in target.members if label == "Unit"}
        else:
            functions = [self._function(name) for name in names]

            def fits(target: Target) -> bool:
                return set(functions) == {id_ for label, id_, _ in target.members if label == "Function"}

        found = [target for target in self._overlaps() if fits(target)]
        if not found:
            raise NothingFound(
                f"no overlap between these two is found on {self.as_of:%d/%m/%Y}",
                "another day with --as-of; for the units themselves: --kind merge",
            )
        return found

    def _units(self, names: Sequence[str]) -> list[tuple[str, str]] | None:
        """Id and name of each, or None where the first is no unit."""
        from queries.find import find_unit

        found: list[tuple[str, str]] = []
        for name in names:
            try:
                unit = find_unit(self.store, name, self.as_of)
            except UnknownName:
                if not found:
                    return None
                raise
            found.append((unit.id, unit.name))
        return found

    def _function(self, name: str) -> str:
        from queries.find import find

        try:
            return find(self.store, "function", name, self.as_of).id
        except UnknownName as error:
            raise UnknownName("unit or function", name, error.nearest) from None

    def _recorded(self) -> dict[str, Target]:
        if self._known is None:
            from graph.findings import judgements_in
            from queries.candidates import recorded

            self._known = {j.key: Target(j.kind, j.key, j.members, j.summary) for j in judgements_in(self.store)}
            self._known |= {c.key: Target(c.kind, c.key, c.members, c.summary) for c in recorded(self.store)}
        return self._known

    def _live(self) -> dict[str, Target]:
        return {target.key: target for target in self._overlaps()}

    def _overlaps(self) -> list[Target]:
        """All overlaps of the scope, computed once."""
        if self._computed is None:
            from queries.find import find_place
            from queries.overlaps.recorded import KIND, summary
            from queries.overlaps.run import overlaps

            place = find_place(self.store, self._place, self.as_of).id if self._place else None
            try:
                findings = overlaps(self.store, self.as_of, place).findings
            except NothingFound:
                findings = ()
            self._computed = [Target(KIND, each.key, each.members, summary(each)) for each in findings]
        return self._computed


def each_target(targets: Targets, items: Sequence[str], kind: str | None) -> list[Target]:
    """What the arguments before the verdict name: one key, or names."""
    if len(items) == 1:
        return [targets.by_key(items[0])]
    return targets.by_names(kind or OVERLAP, items)
