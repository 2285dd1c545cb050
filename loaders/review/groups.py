"""Proposals that say the same, and proposals that contradict each other.

A name alone joins nothing: units are the same where name and place are, people where they share a post besides
the name. What has no place counts as the same within its own document only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations

from graph.dates import FuzzyDate, Interval, parse_date
from graph.text import key
from graph.vocabulary import code_of, title
from loaders.review.proposals import Proposal, Proposals, name_key

Identity = tuple[Hashable, ...]
# figures that are said of the same and are counted in the same way
_COUNTED = ("measure", "direction", "unit_of_count", "state", "date", "scope")
_VALUES = ("value", "of", "from_value", "to_value")


@dataclass(frozen=True)
class Conflict:
    """Two proposals that cannot both be right; `what` is kind, parent, date, holder or value."""

    what: str
    first: Proposal
    second: Proposal
    values: tuple[str, str]


class Groups:
    """The groups of two or more proposals that say the same, and the conflicts."""

    def __init__(self, proposals: Proposals) -> None:
        self._all = proposals
        self._identities: dict[str, Identity] = {}
        self._people = _people_by_post(proposals, self._of)
        together: dict[Identity, list[Proposal]] = defaultdict(list)
        for proposal in proposals.all:
            identity = self._fact(proposal)
            if identity:
                together[(proposal.sheet, *identity)].append(proposal)
        self.same = [found for found in together.values() if len(found) > 1]
        self.conflicts = list(self._find_conflicts())

    def _of(self, proposal: Proposal, column: str) -> Identity:
        """What the references of a column mean, as identities in their order."""
        return tuple(self._meant(proposal, name, text) for name, text in proposal.references() if name == column)

    def _meant(self, proposal: Proposal, column: str, text: str) -> Identity:
        found = self._all.meant(proposal.sheet, column, text)
        return self.identity(found) if found is not None else (key(text),)

    def identity(self, proposal: Proposal) -> Identity:
        """What the row's node is, equal for equal ones of different documents."""
        known = self._identities.get(proposal.key)
        if known is not None:
            return known
        # what is under itself by mistake ends here
        found: Identity = (proposal.key,)
        self._identities[proposal.key] = found
        if proposal.sheet == "units" and proposal.row.get("place"):
            found = ("unit", name_key(proposal), *self._of(proposal, "place"), *self._within(proposal))
        elif proposal.sheet == "places" and not proposal.id:
            found = ("place", name_key(proposal), *self._of(proposal, "within"))
        elif proposal.sheet == "documents" and "/" in str(proposal.row.get("number") or ""):
            found = ("document", key(str(proposal.row["number"])), str(proposal.row.get("issuer") or ""))
        elif proposal.sheet == "people":
            found = ("person", self._people.get(proposal.key, proposal.key))
        self._identities[proposal.key] = found
        return found

    def _within(self, proposal: Proposal) -> Identity:
        """The parent of what has no name of its own beside it: each sở has its văn phòng."""
        return self._of(proposal, "parent") if proposal.row.get("kind") in ("phong", "van_phong", "bo_phan") else ()

    def _fact(self, proposal: Proposal) -> Identity:
        """What the row states; empty for what is not compared."""
        row = proposal.row
        if proposal.sheet in ("units", "places", "documents", "people"):
            return self.identity(proposal)
        if proposal.sheet == "holdings":
            return (*self._of(proposal, "person"), *self._of(proposal, "unit"), key(str(row.get("title") or "")))
        if proposal.sheet == "memberships":
            return (*self._of(proposal, "person"), *self._of(proposal, "unit"), row.get("kind"))
        if proposal.sheet == "events":
            change = self._change(proposal)
            return (*change, row.get("status"), str(row.get("date") or "")) if change else ()
        if proposal.sheet == "figures":
            return (*self._counted(proposal), *(str(row.get(name)) for name in _VALUES))
        return ()

    def _change(self, proposal: Proposal) -> Identity:
        """The kind and the units of a change; empty for one that names none."""
        sides = tuple(frozenset(self._of(proposal, side)) for side in ("inputs", "outputs"))
        return (proposal.row.get("kind"), *sides) if any(sides) else ()

    def _counted(self, proposal: Proposal) -> Identity:
        row = proposal.row
        said = (key(str(row.get(name) or "")) for name in _COUNTED)
        return (frozenset(self._of(proposal, "about")), *said)

    # --- conflicts -----------------------------------------------------------------------------------------

    def _find_conflicts(self) -> Iterator[Conflict]:
        for found in self.same:
            for column in {"units": ("kind", "parent"), "documents": ("issued",)}.get(found[0].sheet, ()):
                yield from self._differing(found, column)
        yield from self._alike("events", self._change, self._other_dates)
        yield from self._alike("figures", self._counted, self._other_values)
        yield from self._alike("holdings", self._seat, self._other_holder)

    def _differing(self, found: list[Proposal], column: str) -> Iterator[Conflict]:
        for first, second in combinations(found, 2):
            values = [str(each.row.get(column) or "") for each in (first, second)]
            same = self._of(first, column) == self._of(second, column) if column == "parent" else values[0] == values[1]
            if all(values) and not same:
                shown = [self._all.shown(p, column, v) for p, v in zip((first, second), values, strict=True)]
                yield Conflict("date" if column == "issued" else column, first, second, (shown[0], shown[1]))

    def _alike(
        self,
        sheet: str,
        about: Callable[[Proposal], Identity],
        differ: Callable[[Proposal, Proposal], tuple[str, str, str] | None],
    ) -> Iterator[Conflict]:
        together: dict[Identity, list[Proposal]] = defaultdict(list)
        for proposal in self._all.sheet(sheet):
            if about(proposal):
                together[about(proposal)].append(proposal)
        for found in together.values():
            for first, second in combinations(found[:20], 2):
                how = differ(first, second)
                if how is not None:
                    yield Conflict(how[0], first, second, how[1:])

    def _other_dates(self, first: Proposal, second: Proposal) -> tuple[str, str, str] | None:
        one, other = date_of(first.row.get("date")), date_of(second.row.get("date"))
        if one is None or other is None or not (one.certainly_before(other) or other.certainly_before(one)):
            return None
        return "date", str(first.row["date"]), str(second.row["date"])

    def _other_values(self, first: Proposal, second: Proposal) -> tuple[str, str, str] | None:
        said = [" / ".join(_number(p.row[name]) for name in _VALUES if name in p.row) for p in (first, second)]
        return ("value", said[0], said[1]) if said[0] != said[1] else None

    def _seat(self, proposal: Proposal) -> Identity:
        """A post with one seat: that of a head."""
        post = str(proposal.row.get("title") or "")
        code = code_of("titles", post)
        if code is None or title(code).role != "head":
            return ()
        return (*self._of(proposal, "unit"), key(post))

    def _other_holder(self, first: Proposal, second: Proposal) -> tuple[str, str, str] | None:
        names = [self._all.shown(p, "person", str(p.row.get("person") or "")) for p in (first, second)]
        if key(names[0]) == key(names[1]) or not life(first.row).overlaps(life(second.row)):
            return None
        return "holder", names[0], names[1]


def _people_by_post(proposals: Proposals, of: Callable[[Proposal, str], Identity]) -> dict[str, str]:
    """Proposals of one person in different documents: the same name, and a post that both have."""
    posts: dict[tuple[Hashable, ...], list[Proposal]] = defaultdict(list)
    for holding in proposals.sheet("holdings"):
        person = proposals.meant("holdings", "person", str(holding.row.get("person") or ""))
        if person is not None:
            post = (name_key(person), *of(holding, "unit"), key(str(holding.row.get("title") or "")))
            posts[post].append(person)
    first: dict[str, str] = {}
    for found in posts.values():
        known = next((first[p.key] for p in found if p.key in first), found[0].key)
        for person in found:
            first.setdefault(person.key, known)
    return first


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def date_of(value: object) -> FuzzyDate | None:
    """The date of a cell; None where there is none, or none that can be read."""
    try:
        return parse_date(str(value)) if value not in (None, "") else None
    except ValueError:
        return None


def life(row: dict[str, object]) -> Interval:
    """From when to when a row holds; open where its dates contradict each other."""
    start, end = date_of(row.get("valid_from")), date_of(row.get("valid_to"))
    try:
        return Interval(start, end)
    except ValueError:
        return Interval()
