"""What speaks against a plan: contradictions, what is lost, what the rules of its day say.

Only what the plan makes or makes worse is reported: a division that was too small before and
that no step names is a matter for `bomay check`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph import vocabulary
from graph.scenario import Scenario, Step
from graph.succession import Collision
from graph.text import key
from queries.plans import rules
from queries.plans.diff import posts_named, steps_of
from queries.plans.finding import SEVERITIES, Finding, number
from queries.plans.measures import orphan
from queries.plans.quotas import Quota, carried, stated
from queries.plans.tables import Tables, Unit
from queries.plans.world import World

SHORT = 40
FEW = 4
ENDING = ("merge", "absorb", "dissolve", "split")


@dataclass
class Case:
    """A plan with the worlds before and after it."""

    scenario: Scenario
    world: World  # after
    collisions: Sequence[Collision]
    before: Tables
    after: Tables
    quotas_before: Mapping[str, Quota]
    quotas_after: Mapping[str, Quota]
    steps: Mapping[str, tuple[int, ...]]

    def step(self, *units: str) -> tuple[int, ...]:
        """The steps that name the units, or else the units that these were or are under."""
        found = {number for unit in units for number in self.steps.get(unit, ())}
        for unit in units if not found else ():
            for tables in (self.before, self.after):
                found |= {number for above in tables.above(unit)[:1] for number in self.steps.get(above, ())}
        return tuple(sorted(found))


def check(
    scenario: Scenario, world: World, collisions: Sequence[Collision], before: Tables, after: Tables
) -> list[Finding]:
    """All findings, errors first, then by step. `world` is that after the plan."""
    was, now = stated(before), carried(before, after, scenario)
    case = Case(scenario, world, collisions, before, after, was, now, steps_of(scenario))
    found = [finding for each in _CHECKS for finding in each(case)]
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.steps or (10**6,), f.code, f.what, f.ids))


# ---------------------------------------------------------------------- contradictions


def _contradictions(case: Case) -> Iterator[Finding]:
    for each in case.collisions:
        step = case.scenario.step_of(each.event)
        values, values_vi = ({"why": _without_ids(case, each.why(lang))} for lang in ("en", "vi"))
        what = case.before.called(each.units[0]) if each.units else (step.title if step else each.event)
        numbers = (step.number,) if step else ()
        yield Finding("contradiction", what, (each.event, *each.units), numbers, values=values, values_vi=values_vi)


def _without_ids(case: Case, text: str) -> str:
    """Events of the plan as steps: `do sự kiện plan-…-003` says nothing to anybody."""
    for step in case.scenario.steps:
        for event in step.events:
            if event in text:
                text = text.replace(f"event {event}", f"step {step.number}")
                text = text.replace(f"sự kiện {event}", f"bước {step.number}")
    return text


def _used_after_end(case: Case) -> Iterator[Finding]:
    for step in case.scenario.steps:
        for unit in (*step.outputs, *step.others, *(step.inputs if step.kind == "shared_office" else ())):
            properties = case.world.facts.nodes[unit].properties
            ended = properties.get("valid_to")
            if ended is None or ended > step.date.latest:
                continue
            by = case.scenario.step_of(properties.get("ended_by") or "")
            if ended < step.date.latest or (by is not None and by.number < step.number):
                name = str(properties.get("name") or unit)
                yield Finding("used_after_end", name, (unit,), (step.number,), values={"ended": f"{ended:%d/%m/%Y}"})


def _known_later(case: Case) -> Iterator[Finding]:
    """Units that the plan ends and the graph knows to have ended otherwise, all in one finding."""
    ends = [(step, unit) for step in case.scenario.steps if step.kind in ENDING for unit in step.inputs]
    found = [(step, unit) for step, unit in ends if unit in case.world.later and unit not in step.outputs]
    if found:
        names = [case.before.called(unit) for _, unit in found]
        shown = ", ".join(names[:FEW]) + (f" … (+{len(names) - FEW})" if len(names) > FEW else "")
        day = min(case.world.later[unit][0] for _, unit in found)
        values = {"count": str(len(found)), "ended": f"{day:%d/%m/%Y}"}
        steps = tuple(sorted({step.number for step, _ in found}))
        yield Finding("known_later", shown, tuple(unit for _, unit in found), steps, values=values)


# ---------------------------------------------------------------------- what is left over


def _functions(case: Case) -> Iterator[Finding]:
    for function, hosts in case.before.hosts.items():
        if function in case.after.hosts:
            continue
        text = case.before.functions[function]
        short = text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"
        values = {"text": text, "short": short, "before": ", ".join(case.before.called(unit) for unit in hosts)}
        yield Finding("function_lost", text, (function, *hosts), case.step(*hosts), values=values)


def _orphans(case: Case) -> Iterator[Finding]:
    for unit in case.after.scope():
        old = case.before.units.get(unit.id)
        if orphan(unit) and not (old is not None and orphan(old)):
            before = case.before.units[old.parent].name if old and old.parent else "–"
            values = {"before": before}
            yield Finding("orphan", unit.name, (unit.id,), case.step(unit.id), values=values)


def _people(case: Case) -> Iterator[Finding]:
    for person, posts in case.before.posts_of.items():
        if person not in case.after.posts_of:
            units = [case.before.posts[post].unit for post in posts]
            values = {"before": "; ".join(posts_named(posts, case.before))}
            name = case.before.people.get(person, person)
            yield Finding("person_without_post", name, (person, *posts), case.step(*units), values=values)
    for person, posts in case.after.posts_of.items():
        if len(posts) > 1 and len(posts) > len(case.before.posts_of.get(person, ())):
            units = [case.after.posts[post].unit for post in posts]
            values = {"found": str(len(posts)), "posts": "; ".join(posts_named(posts, case.after))}
            name = case.after.people.get(person, person)
            yield Finding(
                "several_posts", name, (person, *posts), case.step(person) or case.step(*units), values=values
            )
    for person in case.scenario.new_people:
        name = case.after.people.get(person, person)
        notice = next((n for n in case.scenario.notices if f"{name} is new" in n), "")
        near = notice.partition("nearest: ")[2]
        values = {"near": f"; nearest: {near}" if near else ""}
        values_vi = {"near": f"; gần giống: {near}" if near else ""}
        yield Finding("new_person", name, (person,), case.step(person), values=values, values_vi=values_vi)


def _heads(case: Case) -> Iterator[Finding]:
    for unit in case.after.scope():
        old = case.before.units.get(unit.id)
        if len(unit.holders) > 1 and len(unit.holders) > (len(old.holders) if old else 0):
            people = ", ".join(case.after.people.get(person, person) for person in unit.holders)
            values = {"found": str(len(unit.holders)), "people": people}
            yield Finding("two_heads", case.after.called(unit.id), (unit.id,), case.step(unit.id), values=values)
        elif len(unit.heads) > 1 and len(unit.heads) > (len(old.heads) if old else 0):
            posts = ", ".join(case.after.posts[post].title for post in unit.heads)
            values = {"found": str(len(unit.heads)), "posts": posts}
            yield Finding("two_head_posts", case.after.called(unit.id), (unit.id,), case.step(unit.id), values=values)
        if not unit.holders and (old is None or old.holders):
            yield Finding("vacant_head", case.after.called(unit.id), (unit.id,), case.step(unit.id))


# ---------------------------------------------------------------------- new units


def _new_units(case: Case) -> Iterator[Finding]:
    conditions = [r for r in vocabulary.rules() if r.kind == "conditions" and r.holds_on(case.after.on)]
    names = Counter((key(unit.name), unit.parent, unit.place) for unit in case.after.units.values())
    for step in case.scenario.steps:
        for unit in (case.after.units.get(id_) for id_ in step.outputs if id_ not in case.before.units):
            if unit is None:
                continue
            yield from _new_unit(case, step, unit, names)
            for rule in conditions if step.kind == "create" else ():
                values = {"conditions": "; ".join(rule.parameters["items"])}
                called = case.after.called(unit.id)
                yield Finding("new_unit_conditions", called, (unit.id,), (step.number,), rule, values=values)


def _new_unit(case: Case, step: Step, unit: Unit, names: Mapping[tuple[str, str, str], int]) -> Iterator[Finding]:
    called = case.after.called(unit.id)
    if names[key(unit.name), unit.parent, unit.place] > 1:
        yield Finding("same_name", called, (unit.id,), (step.number,))
    deputies = sum(case.before.units[id_].deputies for id_ in step.inputs if id_ in case.before.units)
    if deputies and not unit.deputies:
        yield Finding("no_deputies", called, (unit.id,), (step.number,), values={"before": str(deputies)})
    if unit.id not in case.quotas_after:
        wanted = rules.rules_of_size(unit, case.after, case.after.on)
        for rule in wanted[:1]:
            yield Finding("quota_missing", called, (unit.id,), (step.number,), rule)


# ---------------------------------------------------------------------- quotas


def _quotas(case: Case) -> Iterator[Finding]:
    for step in case.scenario.steps:
        if step.kind == "split" and step.inputs and step.inputs[0] in case.quotas_before:
            had = case.quotas_before[step.inputs[0]].value
            got = sum(case.quotas_after[unit].value for unit in step.outputs if unit in case.quotas_after)
            if got != had:
                values = {"before": number(had), "found": number(got)}
                what = case.before.called(step.inputs[0])
                yield Finding("quota_left", what, step.inputs, (step.number,), values=values)
    inner, outer = _parts(case.after, case.quotas_after), _parts(case.before, case.quotas_before)
    for unit, parts in inner.items():
        whole = case.quotas_after[unit].value
        old = case.quotas_before.get(unit)
        if parts > whole and not (old is not None and outer.get(unit, 0) - old.value >= parts - whole):
            values = {"found": number(parts), "limit": number(whole)}
            yield Finding("parts_over_whole", case.after.called(unit), (unit,), case.step(unit), values=values)


def _parts(tables: Tables, quotas: Mapping[str, Quota]) -> dict[str, float]:
    """The quotas of the units directly below, for units that have a quota of their own."""
    found: defaultdict[str, float] = defaultdict(float)
    for unit in tables.scope():
        if unit.id in quotas and unit.parent in quotas:
            found[unit.parent] += quotas[unit.id].value
    return found


# ---------------------------------------------------------------------- rules


def _rules(case: Case) -> Iterator[Finding]:
    chosen = case.scenario.province_class
    old = rules.violations(case.before, case.quotas_before, case.after.on, chosen)
    new = rules.violations(case.after, case.quotas_after, case.after.on, chosen)
    by_class = False
    for each in new.values():
        known = old.get(each.key)
        if known is not None and abs(each.found - each.limit) <= abs(known.found - known.limit):
            continue
        by_class = by_class or rules.depends_on_class(each.rule)
        quota = case.quotas_after.get(each.ids[0])
        assumed = quota is not None and quota.assumed
        values = {"found": number(each.found), "limit": number(each.limit), **each.values}
        values["assumed"] = " (the quota is assumed: the sum of what was merged)" if assumed else ""
        values_vi = {"assumed": " (biên chế tạm tính: tổng của các đơn vị nhập vào)" if assumed else ""}
        steps = _steps_of(case, each.ids)
        yield Finding(each.code, each.what, each.ids, steps, each.rule, each.certain, values, values_vi)
    if by_class and not chosen:
        yield Finding("class_assumed", case.scenario.place_name, (), values={"found": rules.DEFAULT_CLASS})


def _steps_of(case: Case, ids: Iterable[str]) -> tuple[int, ...]:
    """Steps of units, of the units of posts, of the people in them."""
    units = [case.after.posts[id_].unit if id_ in case.after.posts else id_ for id_ in ids]
    return case.step(*units)


_CHECKS = (
    _contradictions,
    _used_after_end,
    _known_later,
    _functions,
    _orphans,
    _people,
    _heads,
    _new_units,
    _quotas,
    _rules,
)
