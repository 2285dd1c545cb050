"""Where the two posts of a concurrency model could go to one person, what favours it and what forbids it.

For each model in force on the date and each place with both its posts, held by two people or
vacant. Points (queries/data/concurrency.yaml) put the places in order and add up to the score; what a
dated rule excludes is listed as forbidden, with the rule. A proposal to look at, not a verdict.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph import vocabulary
from graph.dates import parse_date
from graph.findings import Candidate, finding_key
from graph.packaged import packaged_yaml
from graph.store import Store
from graph.vocabulary import Rule
from queries import holdings as read
from queries.coverage import Seat, Status, seats_of, statuses_of
from queries.holdings import Holding
from queries.incompatible import KIND as INCOMPATIBLE
from queries.incompatible import judge as excluded
from queries.models import KnownModel, known_models

KIND = "concurrency"
PROPOSED, FORBIDDEN = "proposed", "forbidden"
INCOMPATIBLE_MODELS = "incompatible_models"
HERE, ABOVE, VOCABULARY = "here", "above", "vocabulary"


@dataclass(frozen=True)
class Point:
    """What counts for or against: `what` names it (a status, one_vacant, elsewhere …), `detail` says more."""

    what: str
    amount: float
    scope: str = ""  # of a status: here, above, vocabulary
    detail: str = ""


@dataclass(frozen=True)
class Opening:
    """One model in one place, with the posts of both sides and who holds them."""

    model: str
    name: str
    place: str  # id
    place_name: str
    level: str
    a: tuple[Seat, ...]
    b: tuple[Seat, ...]
    points: tuple[Point, ...]
    forbidden: tuple[str, ...] = ()  # ids of rules that exclude it for everybody concerned
    barred: tuple[tuple[str, str], ...] = ()  # name and id of the rule, for those who could not take both

    @property
    def key(self) -> str:
        """Of the model and the posts."""
        return finding_key("c", [self.model], [seat.position for seat in (*self.a, *self.b)])

    @property
    def score(self) -> float:
        """The sum of the points."""
        return sum(point.amount for point in self.points)

    @property
    def cls(self) -> str:
        """proposed, or forbidden."""
        return FORBIDDEN if self.forbidden else PROPOSED

    def holders(self, side: Sequence[Seat]) -> list[tuple[str, str]]:
        """Id and name of the people who hold a side's posts."""
        return sorted({holder for seat in side for holder in seat.holders})


# positions by the code of a model that is carried out, by place and level
Carried = dict[tuple[str, str], dict[str, set[str]]]

_ABOVE = """
UNWIND $places AS place
MATCH (p:Place {id: place})-[w:WITHIN]->(q:Place)
WHERE (w.valid_from IS NULL OR w.valid_from <= $on) AND (w.valid_to IS NULL OR w.valid_to > $on)
RETURN p.id, q.id
"""


def openings(store: Store, on: dt.date, place: str | None = None, model: str | None = None) -> list[Opening]:
    """The openings on the date, forbidden ones last, then by score; `place` is an id, with all within it."""
    models = [m for m in known_models(store) if model in (None, m.code)]
    # in one order, whatever order the store has
    seats = sorted(seats_of(store, on, models))
    if place is not None:
        inside = set(read.places_from(store, place, on))
        wanted = [seat for seat in seats if seat.place in inside]
    else:
        wanted = seats
    above = _places_above(store, on, {seat.place for seat in seats if seat.place})
    people = sorted({person for seat in seats for person, _ in seat.holders})
    held = read.holdings_of(store, on, people)
    rules = [rule for rule in vocabulary.rules() if rule.holds_on(on)]
    found = find_openings(models, seats, statuses_of(store, on), above, held, rules, nation_wide(on))
    places = {seat.place for seat in wanted}
    names = read.place_names(store, sorted(places))
    return [replace(each, place_name=names.get(each.place, "")) for each in found if each.place in places]


def nation_wide(on: dt.date) -> dict[str, tuple[Status, ...]]:
    """What the packaged vocabulary says of each model for the whole country up to the date.

    A model that was ended has nothing, until it is taken up again.
    """
    found: dict[str, tuple[Status, ...]] = {}
    for model in vocabulary.models():
        statuses: list[Status] = []
        for each in sorted(model.history, key=lambda s: parse_date(s.date).latest):
            if each.place or parse_date(each.date).latest > on:
                continue
            if each.status == "ended":
                statuses = []
                continue
            statuses.append(Status(each.status, each.level, each.n, each.m, each.source))
        found[model.code] = tuple(statuses)
    return found


def find_openings(
    models: Sequence[KnownModel],
    seats: Iterable[Seat],
    statuses: Mapping[tuple[str, str], Sequence[Status]],
    above: Mapping[str, Sequence[str]],
    held: Sequence[Holding],
    rules: Sequence[Rule],
    national: Mapping[str, Sequence[Status]],
) -> list[Opening]:
    """The pure part, over the facts of one date. Linear in the seats and the models.

    `statuses` by model and place, `above` the places over a place, `held` all posts of the people
    on the seats, `national` what holds where the graph records nothing of a model.
    """
    by_place: defaultdict[tuple[str, str], list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.position:
            by_place[seat.place, seat.level].append(seat)
    posts: defaultdict[str, list[Holding]] = defaultdict(list)
    for each in held:
        posts[each.person].append(each)
    recorded = {code for code, _ in statuses}
    open_: list[Opening] = []
    carried: defaultdict[tuple[str, str], dict[str, set[str]]] = defaultdict(dict)
    shares: dict[str, tuple[int, int]] = {}  # places where one person holds both, of those with both posts
    for model in models:
        done = both = 0
        fallback = () if model.code in recorded else national.get(model.code, ())
        for (place, level), there in sorted(by_place.items()):
            if model.levels and level not in model.levels:
                continue
            a = tuple(s for s in there if model.is_a(level, s.unit_kind, s.title))
            b = tuple(s for s in there if model.is_b(level, s.unit_kind, s.title, s.unit_key))
            if not (a and b):
                continue
            both += 1
            if {h for s in a for h in s.holders} & {h for s in b for h in s.holders}:
                done += 1
                carried[place, level][model.code] = {s.position for s in (*a, *b)}
                continue
            said = _standing(model.code, place, level, statuses, above, fallback)
            if any(point.amount > 0 for point in said):
                open_.append(Opening(model.code, model.name, place, "", level, a, b, tuple(said)))
        shares[model.code] = done, both
    found = [
        _judged(_with_circumstances(each, shares[each.model], carried, posts), rules, posts, carried) for each in open_
    ]
    return sorted(found, key=lambda o: (bool(o.forbidden), -o.score, o.model, o.place, o.level))


def _standing(
    code: str,
    place: str,
    level: str,
    statuses: Mapping[tuple[str, str], Sequence[Status]],
    above: Mapping[str, Sequence[str]],
    national: Sequence[Status],
) -> list[Point]:
    """What the sources say of the model for this place, each status once for each scope."""
    points = settings()
    said = [(HERE, status) for status in statuses.get((code, place), ())]
    said += [(ABOVE, status) for upper in above.get(place, ()) for status in statuses.get((code, upper), ())]
    said += [(VOCABULARY, status) for status in national]
    best: dict[tuple[str, str], Point] = {}
    for scope, status in said:
        if status.level in ("", level) and status.status in points["status"]:
            amount = points["status"][status.status] * (points["here"] if scope == HERE else 1.0)
            best.setdefault((scope, status.status), Point(status.status, amount, scope, status.source))
    return list(best.values())


def _with_circumstances(
    opening: Opening, share: tuple[int, int], carried: Carried, posts: Mapping[str, Sequence[Holding]]
) -> Opening:
    """The opening with the points for vacancies, other places, other models, and people with several posts."""
    points = settings()
    more: list[Point] = []
    a, b = opening.holders(opening.a), opening.holders(opening.b)
    if not a and not b:
        more.append(Point("both_vacant", points["both_vacant"]))
    elif not a or not b:
        more.append(Point("one_vacant", points["one_vacant"]))
    done, both = share
    if done:
        more.append(Point("elsewhere", points["elsewhere"] * done / both, detail=f"{done}/{both}"))
    own = {seat.position for seat in (*opening.a, *opening.b)}
    here = carried.get((opening.place, opening.level), {})
    if others := sorted(code for code, positions in here.items() if positions & own):
        more.append(Point("other_model", points["other_model"], detail=", ".join(others)))
    busy = [name for person, name in (*a, *b) if len(posts.get(person, ())) > 1]
    if busy:
        more.append(Point("already_several", points["already_several"], detail=", ".join(busy)))
    return replace(opening, points=(*opening.points, *more))


def _judged(
    opening: Opening, rules: Sequence[Rule], posts: Mapping[str, Sequence[Holding]], carried: Carried
) -> Opening:
    """The opening with the rules against it: for the two posts as such, for two models in one place, for people.

    What bars one person forbids it only if every post of both sides is held and everybody is barred.
    """
    pairs = [rule for rule in rules if rule.kind == INCOMPATIBLE]
    a, b = _as_holding(opening.a[0], "?"), _as_holding(opening.b[0], "?")
    found = {violation.rule.id for violation in excluded([a, b], [], pairs, {})}
    here = set(carried.get((opening.place, opening.level), ()))
    for rule in rules:
        models = set(rule.parameters.get("models", ())) if rule.kind == INCOMPATIBLE_MODELS else set()
        if opening.model in models and here & (models - {opening.model}):
            found.add(rule.id)
    barred: set[tuple[str, str]] = set()
    free = any(not seat.holders for seat in (*opening.a, *opening.b))
    for mine, other in ((opening.a, opening.b), (opening.b, opening.a)):
        for person, name in opening.holders(mine):
            taken = [*posts.get(person, ()), _as_holding(other[0], person)]
            against = {v.rule.id for v in excluded(taken, [], pairs, {}) if taken[-1].id in (v.a.id, v.b.id)}
            barred |= {(name, rule) for rule in against}
            free = free or not against
    if not free:
        found |= {rule for _, rule in barred}
    return replace(opening, forbidden=tuple(sorted(found)), barred=tuple(sorted(barred)))


def _as_holding(seat: Seat, person: str) -> Holding:
    """The post as if the person held it."""
    return Holding(
        id=f"would {seat.position}",
        person=person,
        name="",
        position=seat.position,
        title=seat.title,
        title_kind=seat.title,
        role="",
        unit=seat.unit,
        unit_name=seat.unit_name,
        unit_kind=seat.unit_kind,
        level=seat.level,
        system="",
        place=seat.place,
        mode="full",
        weight="",
        as_written="",
        basis="stated",
        start=None,
    )


def _places_above(store: Store, on: dt.date, places: Iterable[str]) -> dict[str, list[str]]:
    """The places over each place, upwards."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    edge, seen = set(places), set(places)
    while edge:
        upper: set[str] = set()
        for batch in read.batches(sorted(edge)):
            for place, parent in store.read(_ABOVE, {"places": batch, "on": on}).rows:
                parents[place].add(parent)
                upper.add(parent)
        edge = upper - seen
        seen |= upper
    found: dict[str, list[str]] = {}
    for place in seen:
        over: list[str] = []
        level = sorted(parents[place])
        while level:
            over += level
            level = sorted({q for p in level for q in parents[p]} - set(over) - {place})
        found[place] = over
    return found


def candidates(found: Sequence[Opening]) -> list[Candidate]:
    """The openings in the form in which they are recorded."""
    return [
        Candidate(
            KIND,
            each.key,
            round(each.score, 4),
            each.cls,
            (
                *(("Position", seat.position, "a") for seat in each.a),
                *(("Position", seat.position, "b") for seat in each.b),
                *dict.fromkeys(("Unit", seat.unit, "unit") for seat in (*each.a, *each.b)),
            ),
            {"model": each.model, "points": each.points, "forbidden": each.forbidden, "barred": each.barred},
            summary=f"{each.model} {each.name}: {each.place_name}",
            place=each.place,
        )
        for each in found
    ]


def settings() -> dict[str, Any]:
    """The points."""
    content: dict[str, Any] = packaged_yaml("queries", "data", "concurrency.yaml")
    return content
