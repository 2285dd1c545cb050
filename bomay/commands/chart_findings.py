"""Findings for `bomay chart`: overlaps, mergers, vacancies and checks of the units that it shows."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from graph.errors import NothingFound
from graph.store import Store

if TYPE_CHECKING:
    from queries.structure import Structure
    from queries.vacancies import Vacancy
    from viz.chart import Options
    from viz.findings import Finding, Findings
    from viz.labels import Labels
    from viz.model import Chart

WORDS = ("overlaps", "merges", "vacancies", "checks")
F = TypeVar("F", bound=Callable[..., Any])
_PAIRS = 2  # pairs of functions of the same units that a row writes out
_PRECEDENTS = 2
_DOCUMENTS = 4
_SAID_BY_VACANCIES = ("head_vacant", "head_unrecorded")  # codes of checks
_GROUP = "fragmentation"  # the class of one function in three or more units


def finding_options(function: F) -> F:
    """The flags --overlaps, --merges, --vacancies and --checks; the command gets those given as `findings`."""
    helps = {
        "overlaps": "Number units with overlapping functions, with a table.",
        "merges": "Number units that could merge, with a table.",
        "vacancies": "Number posts without a holder, with a table.",
        "checks": "Number what the data's owner should look at, with a table.",
    }

    @functools.wraps(function)
    def wrapped(*args: Any, **values: Any) -> Any:
        given = {word: values.pop(word) for word in WORDS}
        return function(*args, findings=tuple(word for word in WORDS if given[word]), **values)

    result: Any = wrapped
    for word in reversed(WORDS):
        result = click.option(f"--{word}", is_flag=True, help=helps[word])(result)
    return cast("F", result)


def amended(chart: Chart, store: Store, structure: Structure, wanted: Sequence[str], options: Options) -> Chart:
    """The chart with what is found of the structure's units on its date, for each of the WORDS wanted."""
    from viz.findings import amend
    from viz.labels import Labels
    from viz.style import load_style

    # with --vacancies the checks need not say it again
    checks = functools.partial(_checks, without=_SAID_BY_VACANCIES if "vacancies" in wanted else ())
    makers: dict[str, Callable[[Store, Structure, Labels], Findings]]
    makers = {"overlaps": _overlaps, "merges": _merges, "vacancies": _vacancies, "checks": checks}
    labels = Labels(options.lang)
    found = [makers[word](store, structure, labels) for word in WORDS if word in wanted]
    return amend(chart, found, load_style(options.style), labels) if found else chart


def _names(structure: Structure) -> dict[str, str]:
    """Names by unit; one that several units have with that of the unit above."""
    from collections import Counter

    units = structure.units
    count = Counter(unit.name for unit in units.values())
    return {
        unit.id: f"{unit.name} ({units[unit.parent].name})"
        if count[unit.name] > 1 and unit.parent in units
        else unit.name
        for unit in units.values()
    }


def _overlaps(store: Store, structure: Structure, labels: Labels) -> Findings:
    """One finding for each set of units: its strongest pair or group of functions, and how many more there are."""
    from bomay.commands.overlaps import open_findings
    from queries.holdings import place_of
    from queries.judgements import judgements
    from queries.overlaps.evidence import evidence
    from queries.overlaps.recorded import KIND
    from queries.overlaps.run import overlaps
    from viz.findings import Finding, Findings

    columns = tuple(labels(f"col_{name}") for name in ("class", "functions", "why", "evidence"))
    shares = (1.7, 4.6, 2.6, 1.8)
    place = place_of(store, structure.root, structure.on)
    try:
        found = overlaps(store, structure.on, place or None)
    except NothingFound:
        return Findings("overlap", columns, shares, notes=(labels("overlap_no_functions"),))
    judged = judgements(store, KIND)
    listed = open_findings(found.findings, judged)
    shown = {each.key for each in listed if set(each.units) <= structure.units.keys()}
    groups = {each.key: each for each in listed if each.cls == _GROUP and each.key in shown}
    by_units: dict[frozenset[str], list[Any]] = {}
    for each in listed:
        by_units.setdefault(frozenset(groups.get(each.group, each).units), []).append(each)
    drawn = [each for few in by_units.values() for each in _written_out(few)[:_PAIRS] if each.key in shown]
    sources = evidence(store, [side for each in drawn for side in each.sides])
    names = _names(structure)
    rows = [
        Finding(
            tuple(sorted(units)),
            _overlap_cells(few, found, judged, sources, names, labels) if few[0].key in shown else (),
        )
        for units, few in by_units.items()
    ]
    rejected = len(open_findings(found.findings, judged, everything=True)) - len(listed)
    here = [each for each in found.findings if set(each.units) <= structure.units.keys()]
    hidden = {"overlap_nature": sum(bool(each.relation) for each in here), "finding_rejected": rejected}
    return Findings(
        "overlap",
        columns,
        shares,
        tuple(rows),
        notes=tuple(labels(key, n=labels.number(n)) for key, n in hidden.items() if n),
        command="bomay overlaps",
    )


def _written_out(few: Sequence[Any]) -> Sequence[Any]:
    """Of the findings of some units those that a row tells: a group says it for all its pairs."""
    groups = [each for each in few if each.cls == _GROUP]
    keys = {each.key for each in groups}
    return [*groups, *(each for each in few if each.key not in keys and each.group not in keys)]


def _overlap_cells(
    few: Sequence[Any], found: Any, judged: Any, sources: Any, names: Mapping[str, str], labels: Labels
) -> tuple[str, ...]:
    """The cells of a row; `few` are all findings of its units, the strongest first."""
    from dataclasses import replace

    from bomay.commands.merge_rows import shown
    from bomay.commands.overlap_rows import KEY_SHOWN, why

    told = _written_out(few)
    heads = [
        f"{labels.code('finding_classes', each.cls)} {shown(each.score, labels.lang)}\n{each.key[:KEY_SHOWN]}"
        for each in dict.fromkeys([few[0], told[0]])
    ]
    # several pairs of the same units often share a function
    functions = dict.fromkeys(
        f"{names.get(side.host.id, side.host.name)}: {side.text}" for each in told[:_PAIRS] for side in each.sides
    )
    more = [labels("overlap_sides", n=labels.number(len(told) - _PAIRS))] if len(told) > _PAIRS else []
    sides = [side for each in told[:_PAIRS] for side in each.sides]
    documents = dict.fromkeys(str(source) for side in sides for source in sources[side.name])
    reasons = "\n".join(why(replace(told[0], group=""), found, judged, labels.lang))
    return (
        "\n".join(heads),
        "\n".join([*functions, *more]),
        reasons.replace("↔", "–"),  # the font has no such arrow
        _few(list(documents), _DOCUMENTS, labels),
    )


def _few(texts: Sequence[str], most: int, labels: Labels) -> str:
    """The first of some texts, a line each; the others are counted."""
    more = [labels("more", n=len(texts) - most)] if len(texts) > most else []
    return "\n".join([*texts[:most], *more])


def _merges(store: Store, structure: Structure, labels: Labels) -> Findings:
    from bomay.commands.merges import proposals
    from queries.holdings import place_of
    from queries.judgements import judgements
    from queries.merges.propose import Scope
    from viz.findings import Finding, Findings

    place = place_of(store, structure.root, structure.on)
    judged = judgements(store, "merge")
    found, counts, _ = proposals(store, structure.on, place, Scope(), judged)
    names = _names(structure)
    rows = [Finding(tuple(unit.id for unit in each.units), _merge_cells(each, names, labels)) for each in found]
    parts = ("score", "units", "why", "against", "saving", "precedents")
    columns, shares, rows = _told([labels(f"col_{name}") for name in parts], (0.9, 2.2, 2.6, 1.7, 1.3, 2.2), rows)
    rejected = sum(
        each.verdict == "reject"
        and {id_ for label, id_, _ in each.members if label == "Unit"} <= structure.units.keys()
        for each in judged.values()
    )
    notes = [labels("merge_none")]
    if counts.units:
        notes = [labels("merge_silent", units=labels.number(counts.units), n=labels.number(counts.silent))]
    if rejected:
        notes.append(labels("finding_rejected", n=labels.number(rejected)))
    return Findings("merge", columns, shares, tuple(rows), notes=tuple(notes), command="bomay merges")


def _merge_cells(each: Any, names: Mapping[str, str], labels: Labels) -> tuple[str, ...]:
    from bomay.commands.merge_rows import objections, precedent, reasons, saved, shown
    from bomay.commands.overlap_rows import KEY_SHOWN
    from bomay.labels import label

    lang = labels.lang
    mark = f" {label('merges.accepted_mark', lang)}" if each.accepted else ""
    return (
        f"{shown(each.score, lang)}{mark}\n{each.key[:KEY_SHOWN]}",
        "\n".join(names.get(unit.id, unit.name) for unit in each.units),
        "\n".join(reasons(each.parts, lang)),
        "\n".join(objections(each.parts, lang)),
        "\n".join(saved(each, lang)),
        _few([precedent(event) for event in each.precedents], _PRECEDENTS, labels),
    )


def _told(
    columns: Sequence[str], shares: Sequence[float], rows: Sequence[Finding]
) -> tuple[tuple[str, ...], tuple[float, ...], list[Finding]]:
    """Without the columns in which nothing stands."""
    from dataclasses import replace

    kept = [i for i in range(len(columns)) if not rows or any(row.cells[i] for row in rows)]
    return (
        tuple(columns[i] for i in kept),
        tuple(shares[i] for i in kept),
        [replace(row, cells=tuple(row.cells[i] for i in kept)) for row in rows],
    )


def _vacancies(store: Store, structure: Structure, labels: Labels) -> Findings:
    """Vacant posts numbered; those in which nobody was ever recorded listed without numbers, for they say
    nothing of vacancy."""
    from collections import Counter

    from queries.vacancies import UNRECORDED, VACANT, last_holders, vacancies
    from viz.findings import Finding, Findings

    found, names = vacancies(structure), _names(structure)
    last = last_holders(store, [each.post.id for each in found if each.state == VACANT], structure.on)
    rows = [
        Finding((each.unit,), _vacancy_cells(each, names, last, labels)) for each in found if each.state != UNRECORDED
    ]
    unrecorded = [each for each in found if each.state == UNRECORDED]
    plain: list[tuple[str, ...]] = []
    for key, roles in (("heads", ("head",)), ("deputies", ("standing_deputy", "deputy"))):
        posts = [each for each in unrecorded if each.post.role in roles]
        if posts:
            counted = Counter(structure.units[each.unit].name for each in posts)
            listed = "; ".join(f"{name} ({n})" if n > 1 else name for name, n in counted.items())
            plain.append((listed, "", labels(f"unrecorded_{key}", n=labels.number(len(posts))), ""))
    columns = tuple(labels(f"col_{name}") for name in ("units", "post", "state", "last"))
    shares: tuple[float, ...] = (3.4, 2.2, 2.0, 2.0)
    if not rows:
        columns, shares, plain = (columns[0], columns[2]), (5.0, 2.0), [(cells[0], cells[2]) for cells in plain]
    notes = (labels("vacancy_note"),) if found else ()
    also = labels("vacancy_unrecorded", n=labels.number(len(unrecorded))) if unrecorded else ""
    return Findings("vacancy", columns, shares, tuple(rows), tuple(plain), notes, also=also)


def _vacancy_cells(each: Vacancy, names: Mapping[str, str], last: Any, labels: Labels) -> tuple[str, ...]:
    from queries.vacancies import ACTING, VACANT, acting

    post, state, before = each.post, "", ""
    if each.state == VACANT and post.left:
        state = labels("vacant", date=labels.date(post.left))
        if post.id in last:
            name, until = last[post.id]
            before = labels("vacant_until", name=name, date=labels.date(until))
    elif each.state == ACTING:
        state = "\n".join(f"{labels.code('holding_modes', h.mode)}: {h.name}" for h in acting(post))
    else:
        state = labels("vacant_seats", held=len(post.holders), seats=post.seats)
    return names[each.unit], post.title, state, before


def _checks(store: Store, structure: Structure, labels: Labels, without: Collection[str] = ()) -> Findings:
    """Findings of `bomay check` that name a unit, post or holder of the chart; not those with the codes `without`."""
    from bomay.labels import label
    from queries.check import check
    from viz.findings import Finding, Findings

    of: dict[str, list[str]] = {}
    for unit in structure.units.values():
        of.setdefault(unit.id, []).append(unit.id)
        for post in unit.posts:
            of.setdefault(post.id, []).append(unit.id)
            for holder in post.holders:
                of.setdefault(holder.person, []).append(unit.id)
    rows = []
    for each in check(store, structure.on):
        if each.code in without:
            continue
        units = dict.fromkeys(unit for id_ in each.ids for unit in of.get(id_, ()))
        cells = (label(f"check.{each.severity}", labels.lang), each.message(labels.lang), each.remedy(labels.lang))
        rows.append(Finding(tuple(units), cells))
    columns = tuple(labels(f"col_{name}") for name in ("severity", "message", "remedy"))
    return Findings("check", columns, (1.1, 5, 4), tuple(rows), command="bomay check --all")
