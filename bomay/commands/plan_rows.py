"""The rows of the plan command's tables, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bomay.labels import label
from graph.vocabulary import label as word

if TYPE_CHECKING:
    from queries.plans.compare import Aspects, Comparison
    from queries.plans.diff import Diff, MeasureChange, UnitChange
    from queries.plans.finding import Finding
    from queries.plans.trial import Trial

Rows = tuple[list[str], list[list[Any]]]
Part = tuple[str, list[str], list[list[Any]]]


def finding_rows(found: Iterable[Finding], lang: str, *, people: bool, full: bool) -> Rows:
    """One row a finding; `people`: words instead of codes, `full`: also the codes and ids."""
    columns = ["severity", "steps", "message", "source", "remedy"]
    if full:
        columns = ["severity", "steps", "what", "code", "message", "rule", "source", "certainty", "remedy", "ids"]
    rows: list[list[Any]] = []
    for each in found:
        rule = each.rule.id if each.rule else ""
        certain = ("certain" if each.certain else "uncertain") if each.rule else ""
        values = {
            "severity": label(f"plan.{each.severity}", lang) if people else each.severity,
            "steps": numbers(each.steps),
            "what": each.what,
            "code": each.code,
            "message": each.message(lang),
            "rule": rule,
            "source": each.source if full or not rule else f"{rule}\n{each.source}",
            "certainty": label(f"plan.{certain}", lang) if people and certain else certain,
            "remedy": each.remedy(lang),
            "ids": list(each.ids),
        }
        rows.append([values[column] for column in columns])
    return columns, rows


def numbers(steps: Sequence[int]) -> str:
    """Steps as one says them: 1, 3."""
    return ", ".join(map(str, steps[:6])) + (" …" if len(steps) > 6 else "")


def diff_tables(trial: Trial, found: Diff, lang: str, everything: bool) -> list[Part]:
    """The tables of a comparison before and after, each with its name."""

    def say(*names: str) -> list[str]:
        return [label(f"plan.{name}", lang) for name in names]

    parts: list[Part] = []
    changed = [m for m in found.measures if everything or not (m.system or m.level) or m.before != m.after]
    parts.append(
        (
            label("plan.measures", lang),
            say("system", "level", "measure", "before", "after", "delta"),
            [[*_group(m, lang), label(f"plan.m.{m.name}", lang), m.before, m.after, signed(m.change)] for m in changed],
        )
    )
    if found.units:
        parts.append(
            (
                label("plan.units", lang),
                say("steps", "unit", "change", "before", "after", "note"),
                [
                    [
                        *(numbers(u.steps), u.name, label(f"plan.change.{u.change}", lang)),
                        *(_cell(u.before), _cell(u.after), _note(u, lang)),
                    ]
                    for u in found.units
                ],
            )
        )
    if found.functions:
        was, now = trial.tables_before, trial.tables_after
        parts.append(
            (
                label("plan.functions", lang),
                say("steps", "function", "before", "after"),
                [
                    [
                        numbers(f.steps),
                        f.text,
                        ", ".join(was.called(unit) for unit in f.before),
                        ", ".join(now.called(unit) for unit in f.after) or label("plan.lost", lang),
                    ]
                    for f in found.functions
                ],
            )
        )
    if found.people:
        parts.append(
            (
                label("plan.people", lang),
                say("person", "before", "after"),
                [
                    [p.name, "; ".join(p.before), "; ".join(p.after) or label("plan.no_post", lang)]
                    for p in found.people
                ],
            )
        )
    return parts


def diff_rows(trial: Trial, found: Diff, lang: str, *, people: bool) -> Rows:
    """All differences as rows of one shape, for other programs; `people`: words instead of codes."""
    columns = ["part", "steps", "id", "name", "system", "level", "place", "change", "before", "after", "note"]

    def say(text: str, name: str) -> str:
        return label(name, lang) if people else text

    def code(vocabulary: str, value: str) -> str:
        return word(vocabulary, value, lang) if people and value else value

    rows: list[list[Any]] = []
    for m in found.measures:
        name = say(m.name, f"plan.m.{m.name}")
        group = [code("systems", m.system), code("levels", m.level)]
        rows.append(
            [say("measures", "plan.measures"), "", "", name, *group, "", signed(m.change), m.before, m.after, ""]
        )
    for u in found.units:
        group = [code("systems", u.system), code("levels", u.level), u.place]
        change = say(u.change, f"plan.change.{u.change}")
        note = say("assumed", "plan.assumed") if u.assumed else ""
        part = say("units", "plan.units")
        rows.append([part, numbers(u.steps), u.unit, u.name, *group, change, u.before, u.after, note])
    for f in found.functions:
        was = [trial.tables_before.called(unit) for unit in f.before]
        now = [trial.tables_after.called(unit) for unit in f.after]
        part, change = say("functions", "plan.functions"), say("host", "plan.change.host")
        rows.append([part, numbers(f.steps), f.function, f.text, "", "", "", change, was, now, ""])
    for p in found.people:
        part, change = say("people", "plan.people"), say("posts", "plan.change.posts")
        rows.append([part, "", p.person, p.name, "", "", "", change, list(p.before), list(p.after), ""])
    return columns, rows


def compare_tables(found: Comparison, lang: str) -> list[Part]:
    """The tables of two plans side by side."""
    heads = [label(f"plan.{name}", lang) for name in ("measure", "before")]
    absent = label("plan.absent", lang)
    parts: list[Part] = [
        (
            label("plan.measures", lang),
            [*heads, "A", "B"],
            [[label(f"plan.m.{m.name}", lang), m.before, m.a, m.b] for m in found.measures],
        ),
        (
            label("plan.findings", lang),
            [label("plan.severity", lang), "A", "B"],
            [[label(f"plan.{f.name}", lang), f.a, f.b] for f in found.findings],
        ),
    ]
    names = [label(f"plan.{name}", lang) for name in ("unit", "place")]
    units = [[u.name, u.place, *(_aspects(side, lang, absent) for side in (u.a, u.b))] for u in found.units]
    parts.append((label("plan.differ" if units else "plan.same", lang), [*names, "A", "B"], units))
    for side, findings in (("only_a", found.only_a), ("only_b", found.only_b)):
        if findings:
            columns, rows = finding_rows(findings, lang, people=True, full=False)
            parts.append((label(f"plan.{side}", lang), [label(f"plan.{c}", lang) for c in columns], rows))
    return parts


def compare_rows(found: Comparison, lang: str) -> Rows:
    """The same as rows of one shape."""
    rows: list[list[Any]] = [["measures", m.name, "", m.before, m.a, m.b] for m in found.measures]
    rows += [["findings", f.name, "", None, f.a, f.b] for f in found.findings]
    rows += [["units", u.name, u.place, None, u.a and dict(u.a), u.b and dict(u.b)] for u in found.units]
    rows += [["only_a", f.code, f.what, None, f.message(lang), None] for f in found.only_a]
    rows += [["only_b", f.code, f.what, None, None, f.message(lang)] for f in found.only_b]
    return ["part", "name", "what", "before", "a", "b"], rows


def _aspects(side: Aspects | None, lang: str, absent: str) -> str:
    """What a unit has in a result, in words: 2 deputies · 28 staff quota."""
    if side is None:
        return absent
    said = [
        f"{_cell(value)} {label(f'plan.m.{name}', lang)}" if isinstance(value, int | float) else str(value)
        for name, value in side.items()
        if value is not None
    ]
    return " · ".join(said) or (label("plan.present", lang) if len(side) > 1 else "–")


def signed(value: float | None) -> str:
    """A change with its sign; a dash where a side is not known."""
    if value is None:
        return "–"
    if value == 0:
        return "="
    text = f"{value:+.0f}" if float(value).is_integer() else f"{value:+.2f}".replace(".", ",")
    return text.replace("-", "−")


def _group(measure: MeasureChange, lang: str) -> list[str]:
    if not measure.system and not measure.level:
        return [label("plan.all", lang), ""]
    return [word("systems", measure.system, lang), word("levels", measure.level, lang)]


def _note(change: UnitChange, lang: str) -> str:
    if change.assumed:
        return label("plan.assumed", lang)
    same = change.change in ("merged", "followed", "moved") and change.before == change.after
    return label("plan.new_of_name", lang) if same else ""


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:.0f}"
