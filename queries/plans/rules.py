"""What the dated rules (graph/data/rules.yaml) say of a world: sizes, deputies, numbers of units, posts.

A rule is applied on one day. The class of the province is not in the graph: a plan may say it;
otherwise Hà Nội and TP Hồ Chí Minh are special and the mildest numbers (class II, III) count for all
others. A rule whose text has exceptions, or that was not read in the text itself, only warns.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from graph import vocabulary
from graph.vocabulary import Rule, unit_kinds
from queries import incompatible
from queries.holdings import Holding
from queries.plans.quotas import Quota
from queries.plans.tables import Tables, Unit

SPECIAL = ("thành phố Hà Nội", "thành phố Hồ Chí Minh")
DEFAULT_CLASS = "II"


class Violation(NamedTuple):
    """A rule and what breaks it. `found` is measured against `limit`; `ids` are the units (of a place: the
    place) or people concerned."""

    rule: Rule
    code: str  # of plan_findings.yaml
    ids: tuple[str, ...]
    what: str
    found: float
    limit: float
    values: Mapping[str, str] = {}

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What tells it from others; the same violation before and after a plan has the same key."""
        return self.rule.id, self.ids

    @property
    def certain(self) -> bool:
        """Whether the rule was read in a published text and has no exceptions."""
        return self.rule.confidence == "stated" and not self.rule.parameters.get("exceptions")


class Place(NamedTuple):
    """A world with what the rules need to know of it."""

    tables: Tables
    quotas: Mapping[str, Quota]
    on: dt.date
    province_class: str


def violations(
    tables: Tables, quotas: Mapping[str, Quota], on: dt.date, province_class: str = ""
) -> dict[tuple[str, tuple[str, ...]], Violation]:
    """All violations on the day, by rule and what they concern. Rules × units in scope."""
    special = any(name in SPECIAL for name in tables.places.values())
    place = Place(tables, quotas, on, province_class or ("special" if special else DEFAULT_CLASS))
    found = [v for rule in vocabulary.rules() if rule.holds_on(on) for v in _JUDGES.get(rule.kind, _none)(place, rule)]
    return {v.key: v for v in [*found, *_posts(tables, on)]}


def depends_on_class(rule: Rule) -> bool:
    """Whether the rule has other numbers for other classes of provinces."""
    p = rule.parameters
    return isinstance(p.get("min"), dict) or "classes" in p


def rules_of_size(unit: Unit, tables: Tables, on: dt.date) -> list[Rule]:
    """The rules of the day that want to know the unit's staff quota."""
    kinds = ("min_staff", "staff", "max_deputies")
    every = (rule for rule in vocabulary.rules() if rule.kind in kinds and rule.holds_on(on))
    return [rule for rule in every if _applies(rule, unit, tables)]


# ---------------------------------------------------------------------- whom a rule is about


def _applies(rule: Rule, unit: Unit, tables: Tables) -> bool:
    p = rule.parameters
    if unit.level not in p.get("levels", (unit.level,)) or unit.system != p.get("system", unit.system):
        return False
    parent = tables.units.get(unit.parent)
    above = parent.kind if parent else ""
    # a division of a sub-department is called Phòng like any other
    kind = "phong_chi_cuc" if unit.kind == "phong" and above == "chi_cuc" else unit.kind
    if p.get("kinds") and kind not in p["kinds"]:
        return False
    return not p.get("parents") or above in p["parents"]


def _concerned(place: Place, rule: Rule) -> Iterator[Unit]:
    return (unit for unit in place.tables.scope() if _applies(rule, unit, place.tables))


def _limit(value: Any, province_class: str) -> float:
    return float(value.get(province_class, min(value.values()))) if isinstance(value, dict) else float(value)


# ---------------------------------------------------------------------- the kinds of rules


def _none(place: Place, rule: Rule) -> Iterator[Violation]:
    yield from ()


def _min_staff(place: Place, rule: Rule) -> Iterator[Violation]:
    least = _limit(rule.parameters["min"], place.province_class)
    for unit in _concerned(place, rule):
        quota = place.quotas.get(unit.id)
        if quota is not None and quota.value < least:
            yield Violation(rule, "min_staff", (unit.id,), place.tables.called(unit.id), quota.value, least)


def _staff(place: Place, rule: Rule) -> Iterator[Violation]:
    if not rule.parameters.get("kinds"):
        return  # of several organs together: their quotas are not kept apart from others'
    for unit in _concerned(place, rule):
        quota = place.quotas.get(unit.id)
        if quota is None:
            continue
        name = place.tables.called(unit.id)
        if quota.value < rule.parameters["min"]:
            yield Violation(rule, "min_staff", (unit.id,), name, quota.value, rule.parameters["min"])
        elif quota.value > rule.parameters["max"]:
            yield Violation(rule, "max_staff", (unit.id,), name, quota.value, rule.parameters["max"])


def _max_deputies(place: Place, rule: Rule) -> Iterator[Violation]:
    classes = rule.parameters.get("classes")
    if classes and place.province_class not in classes:
        return
    steps = rule.parameters["steps"]
    for unit in _concerned(place, rule):
        quota = place.quotas.get(unit.id)
        # where the staff is not known, the most that the rule allows to any unit
        staff = quota.value if quota else None
        allowed = next((most for up_to, most in steps if staff is not None and (up_to is None or staff <= up_to)), None)
        limit = allowed if allowed is not None else steps[-1][1]
        if unit.deputies > limit:
            yield Violation(rule, "max_deputies", (unit.id,), place.tables.called(unit.id), unit.deputies, limit)


def _average_deputies(place: Place, rule: Rule) -> Iterator[Violation]:
    p = rule.parameters
    by_place: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in _concerned(place, rule):
        by_place[unit.place].append(unit)
    # how many provinces were merged is not in the graph: the most that the rule grants
    average = p["average"] + max(p.get("extra_by_merged_provinces", {0: 0}).values())
    extra = p.get("extra_total", {}).get(place.province_class, 0)
    for id_, units in by_place.items():
        deputies = sum(unit.deputies for unit in units)
        limit = average * len(units) + extra
        if deputies > limit:
            called = _kinds_in(units)
            values = {"count": str(len(units)), "kinds": called}
            yield Violation(rule, "average_deputies", (id_,), _at(place.tables, called, id_), deputies, limit, values)


def _max_deputies_total(place: Place, rule: Rule) -> Iterator[Violation]:
    p = rule.parameters
    by_place: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in _concerned(place, rule):
        parent = place.tables.units.get(unit.parent)
        if parent is not None and parent.kind in ("tinh_uy", "thanh_uy"):
            by_place[unit.place].append(unit)
    for id_, units in by_place.items():
        name = place.tables.places.get(id_, "")
        limit = p.get("places", {}).get(name, p.get("max_large", p["max"]))
        deputies = sum(unit.deputies for unit in units)
        if deputies > limit:
            what = _at(place.tables, _kinds_in(units), id_)
            yield Violation(rule, "total_deputies", (id_,), what, deputies, limit)


def _deputy_comparison(place: Place, rule: Rule) -> Iterator[Violation]:
    if rule.parameters["compare"] != "parent":
        return
    for unit in _concerned(place, rule):
        parent = place.tables.units.get(unit.parent)
        # a unit above whose deputies nobody has entered says nothing
        if parent is not None and parent.deputies and unit.deputies > parent.deputies:
            values = {"parent": parent.name}
            what = place.tables.called(unit.id)
            yield Violation(rule, "more_than_parent", (unit.id,), what, unit.deputies, parent.deputies, values)


def _max_units(place: Place, rule: Rule) -> Iterator[Violation]:
    p = rule.parameters
    limit = p.get("by_class", {}).get(place.province_class, p["max"])
    groups: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in _concerned(place, rule):
        groups[unit.parent if p.get("parents") else unit.place].append(unit)
    for id_, units in groups.items():
        if len(units) > limit:
            name = place.tables.called(id_) if p.get("parents") else place.tables.places.get(id_, id_)
            yield Violation(rule, "max_units", (id_,), name, len(units), limit, {"kinds": _kinds_in(units)})


_JUDGES: dict[str, Callable[[Place, Rule], Iterator[Violation]]] = {
    "min_staff": _min_staff,
    "staff": _staff,
    "max_deputies": _max_deputies,
    "average_deputies": _average_deputies,
    "max_deputies_total": _max_deputies_total,
    "deputy_comparison": _deputy_comparison,
    "max_units": _max_units,
}


# ---------------------------------------------------------------------- posts of one person


def _posts(tables: Tables, on: dt.date) -> Iterator[Violation]:
    several = {person for person, posts in tables.posts_of.items() if len(posts) > 1}
    held = [_holding(tables, person, post) for person in sorted(several) for post in tables.posts_of[person]]
    rules = [rule for rule in vocabulary.rules() if rule.holds_on(on)]
    excluding = [rule for rule in rules if rule.kind == incompatible.KIND]
    parents = {unit.id: {unit.parent} for unit in tables.units.values() if unit.parent}
    for found in incompatible.judge(held, [], excluding, parents):
        values = {"a": _post_name(tables, found.a.position), "b": _post_name(tables, getattr(found.b, "position", ""))}
        ids = (found.person, *sorted((found.a.position, getattr(found.b, "position", ""))))
        yield Violation(found.rule, "incompatible", ids, found.name, 2, 1, values)
    for rule in rules:
        if rule.kind == "full_time":
            yield from _full_time(tables, rule, held)


def _full_time(tables: Tables, rule: Rule, held: Iterable[Holding]) -> Iterator[Violation]:
    for each in held:
        if each.unit_kind in rule.parameters["kinds"] and each.title_kind in rule.parameters["titles"]:
            others = [post for post in tables.posts_of[each.person] if post != each.position]
            values = {"a": _post_name(tables, each.position), "b": "; ".join(_post_name(tables, o) for o in others)}
            yield Violation(rule, "full_time", (each.person, each.position), each.name, len(others), 0, values)


def _holding(tables: Tables, person: str, post_id: str) -> Holding:
    post = tables.posts[post_id]
    unit = tables.units[post.unit]
    return Holding(
        id=f"{person} {post_id}",
        person=person,
        name=tables.people.get(person, person),
        position=post_id,
        title=post.title,
        title_kind=post.kind,
        role=post.role,
        unit=unit.id,
        unit_name=unit.name,
        unit_kind=unit.kind,
        level=unit.level,
        system=unit.system,
        place=unit.place,
        mode="full",
        weight="",
        as_written="",
        basis="stated",
        start=None,
    )


def _post_name(tables: Tables, post_id: str) -> str:
    from graph.text import post_name

    post = tables.posts.get(post_id)
    return post_name(post.title, tables.units[post.unit].name) if post else post_id


def _kinds_in(units: Iterable[Unit]) -> str:
    kinds = sorted({unit.kind for unit in units})
    return ", ".join(unit_kinds()[kind].vi for kind in kinds if kind in unit_kinds())


def _at(tables: Tables, called: str, place: str) -> str:
    name = tables.places.get(place, "")
    return f"{called} ({name})" if name else called
