"""People in several posts at once: which posts, of which form, and the model that they fit.

How the form of a pair of posts is decided, the first that applies:

1. the pair fits a known concurrency model that has a form: the model's form;
2. the source marks one of the two as an extra post (kiêm nhiệm): `extra`;
3. both are heads, of two different units: `unified_heads` (nhất thể hóa); but `extra` where a
   unit of the one kind is usually a part of one of the other (a division of a department);
4. one is a head and the other is a deputy, a member or staff: `extra`, for the lesser post is
   beside the main one; but a standing deputy, and a deputy secretary of a party committee, is
   no lesser post than the head of an organ that the committee leads, so these go to 5;
5. two posts of which neither is marked extra: `dual` (đồng thời).

A person's form is the strongest of the pairs' forms, in the order that the literature gives:
nhất thể hóa > đồng thời > kiêm nhiệm. Authors mix the words, therefore the words of the source
(`as_written`) and its mark (`weight`) stay beside the form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, groupby

from graph import vocabulary
from graph.dates import FuzzyDate
from graph.store import Store
from queries import holdings as read
from queries.holdings import Evidence, Holding, Membership
from queries.models import KnownModel, known_models

# from the strongest to the weakest
FORMS = ("unified_heads", "dual", "extra", "membership")

ROLES = ("head", "standing_deputy", "deputy", "member", "staff")

LESSER_ROLES = frozenset({"deputy", "member", "staff"})


@dataclass(frozen=True)
class Pair:
    """Two posts of one person, their form, and the codes of the models that they fit."""

    a: Holding
    b: Holding
    form: str
    models: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concurrency:
    """One person with several posts on a date, or with one post and memberships."""

    person: str
    name: str
    posts: tuple[Holding, ...]  # heads first
    memberships: tuple[Membership, ...]
    pairs: tuple[Pair, ...]
    form: str  # code of concurrency_forms
    models: tuple[str, ...]  # codes of all models that a pair fits
    since: FuzzyDate | None  # when the last of the posts began; None if no start is known
    several_places: bool  # the posts are in different places: maybe two people of one name
    basis: str  # the weakest of the posts' bases
    evidence: tuple[Evidence, ...] = ()
    place_names: dict[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def model(self) -> str:
        """The codes of the models, or `none`."""
        return ", ".join(self.models) or "none"

    @property
    def since_text(self) -> str:
        """Since when all the posts are held: `≤` before a day by which they were; empty if unknown."""
        if self.since is None:
            return ""
        if self.since.precision == "by":
            return f"≤ {self.since.latest.isoformat()}"
        return str(self.since)


def concurrent(
    store: Store,
    on: dt.date,
    place: str | None = None,
    person: str | None = None,
    *,
    include_memberships: bool = False,
) -> list[Concurrency]:
    """Each person with two or more posts on the date, sorted by place and name.

    `place` is the id of a place: people with at least one post there or in a place within it,
    with all their posts. `person` is the id of one person. `include_memberships` adds the
    memberships, and the people with one post and a membership (form `membership`).
    """
    if person is not None:
        people = [person]
    elif place is not None:
        people = read.people_of_places(store, on, read.places_from(store, place, on))
    else:
        people = read.people_with_several_posts(store, on)
        if include_memberships:
            people = sorted({*people, *read.members(store, on, list(vocabulary.codes("membership_kinds")))})
    holdings = read.holdings_of(store, on, people)
    memberships = read.memberships_of(store, on, people) if include_memberships else []
    found = judge(holdings, known_models(store), memberships)
    return _with_evidence(store, found)


def judge(
    holdings: Iterable[Holding], models: Sequence[KnownModel], memberships: Iterable[Membership] = ()
) -> list[Concurrency]:
    """The people among the holdings with several posts, or with one post and a membership.

    A pure function from the table of holdings of one date; linear in it, but for the pairs of
    posts of one person.
    """
    members: dict[str, list[Membership]] = {}
    for membership in memberships:
        members.setdefault(membership.person, []).append(membership)
    found = []
    for person, group in groupby(sorted(holdings, key=_order), key=lambda h: h.person):
        posts = _one_for_each_position(group)
        mine = tuple(sorted(members.get(person, ()), key=lambda m: (m.kind, m.unit_name)))
        if len(posts) >= 2 or mine:
            found.append(_judge_person(posts, mine, models))
    return sorted(found, key=lambda c: (c.posts[0].place, c.name, c.person))


def form_of(a: Holding, b: Holding) -> str:
    """The form of two posts of one person by rules 2 to 5 of the module's text."""
    if "extra" in (a.weight, b.weight):
        return "extra"
    roles = {a.role, b.role}
    if roles == {"head"} and a.unit != b.unit:
        return "extra" if _usually_part_of(a, b) or _usually_part_of(b, a) else "unified_heads"
    if len(roles) > 1 and "head" in roles:
        lesser = a if b.role == "head" else b
        if lesser.role in LESSER_ROLES and not _is_deputy_secretary(lesser):
            return "extra"
    return "dual"


def _judge_person(
    posts: list[Holding], memberships: tuple[Membership, ...], models: Sequence[KnownModel]
) -> Concurrency:
    pairs = tuple(_pair(a, b, models) for a, b in combinations(posts, 2))
    starts = [p.start for p in posts if p.start] + [m.start for m in memberships if m.start and not pairs]
    places = {p.place for p in posts if p.place}
    bases = [p.basis for p in posts] + [m.basis for m in memberships if not pairs]
    return Concurrency(
        person=posts[0].person,
        name=posts[0].name,
        posts=tuple(posts),
        memberships=memberships,
        pairs=pairs,
        form=min((p.form for p in pairs), key=FORMS.index, default="membership"),
        models=tuple(dict.fromkeys(code for pair in pairs for code in pair.models)),
        since=max(starts, key=lambda s: s.latest, default=None),
        several_places=len(places) > 1,
        basis=read.weakest(bases),
    )


def _pair(a: Holding, b: Holding, models: Sequence[KnownModel]) -> Pair:
    fitting = [m for m in models if m.fits(a, b)]
    form = next((m.form for m in fitting if m.form), "") or form_of(a, b)
    return Pair(a, b, form, tuple(m.code for m in fitting))


def _usually_part_of(part: Holding, whole: Holding) -> bool:
    kind = vocabulary.unit_kinds().get(part.unit_kind)
    return kind is not None and whole.unit_kind in kind.parents


def _is_deputy_secretary(post: Holding) -> bool:
    return post.system == "party" and post.title_kind.startswith("pho_bi_thu")


def _one_for_each_position(group: Iterable[Holding]) -> list[Holding]:
    """Two sources may both have the person in one position; that is one post."""
    first: dict[str, Holding] = {}
    for holding in group:
        first.setdefault(holding.position, holding)
    return list(first.values())


def _order(holding: Holding) -> tuple[str, int, str, str, str]:
    rank = ROLES.index(holding.role) if holding.role in ROLES else len(ROLES)
    return holding.person, rank, holding.unit_name, holding.title, holding.id


def _with_evidence(store: Store, found: list[Concurrency]) -> list[Concurrency]:
    evidence = read.evidence_of(store, [c.person for c in found])
    names = read.place_names(store, [p.place for c in found for p in c.posts])
    complete = []
    for each in found:
        facts = [post.id for post in each.posts] + [membership.id for membership in each.memberships]
        complete.append(
            replace(
                each,
                evidence=tuple(e for fact in facts for e in evidence.get(fact, ())),
                place_names={p.place: names.get(p.place, p.place) for p in each.posts if p.place},
            )
        )
    return complete
