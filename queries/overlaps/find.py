"""From who performs what to pairs and groups of functions: the pure part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import product

from graph.findings import finding_key
from queries.overlaps.candidates import candidate_pairs
from queries.overlaps.groups import Edges, clusters
from queries.overlaps.model import Finding, Found, Side
from queries.overlaps.nature import SUPPORTING, Nature, settings
from queries.overlaps.pull import Columns, Performed
from queries.statements import Score, Scorer, Statement, parse

# pairs of one statement with another that are listed where no group stands for them
MOST_LISTED = 10_000


def find(columns: Columns, scorer: Scorer | None = None, *, related: bool = False) -> Found:
    """Pairs of functions of different units of one place, and what is scattered over three or more.

    Units of different places make no pair, nor do functions without a text of their own. A unit and
    one above it in the line, a legal person and its working organisation, one function that one unit
    leads and another supports, and a council that oversees what a department does share by nature:
    these pairs say so in `relation` and do not count for groups. `related` also gives pairs that are
    only related.

    Functions that say the same (equal keys) are compared once, however many units have them; then
    the cost is that of the candidates (see `candidate_pairs`) and of what is found.
    """
    statements = parsed(columns)
    empty = tuple(sorted(columns.texts.keys() - statements.keys()))
    by_key = {s.key: s for _, s in sorted(statements.items())}
    scorer = scorer or Scorer(by_key.values())
    places = _postings(columns, statements)
    scores = _scores(by_key, places, scorer, {"duplicate", "overlap", *(["related"] if related else [])})
    nature = Nature(columns)
    findings: list[Finding] = []
    left = 0
    for place in sorted(places):
        pairs, groups, unlisted = _in_place(places[place], scores, nature)
        findings += [*groups, *pairs]
        left += unlisted
    order = {"fragmentation": 0, "duplicate": 1, "overlap": 2, "related": 3}
    findings.sort(key=lambda f: (order[f.cls] == 3, -round(f.score, 6), order[f.cls], f.place, f.sides[0].text, f.key))
    return Found(
        tuple(findings),
        statements,
        len({row.function for row in columns.performed} - set(empty)),
        sum(not row.certain for row in columns.performed),
        empty,
        left,
    )


def parsed(columns: Columns) -> dict[str, Statement]:
    """The statements by function, without those of which nothing is left to compare; each text is parsed once."""
    texts = {text: parse(text) for text in set(columns.texts.values()) if text.strip()}
    return {f: texts[text] for f, text in columns.texts.items() if text in texts and texts[text].terms}


Postings = dict[str, list[Side]]  # by key of the statement


def _postings(columns: Columns, statements: dict[str, Statement]) -> dict[str, Postings]:
    """Who says what, by place; units without a place are compared with those of the same topmost unit."""
    places: defaultdict[str, Postings] = defaultdict(dict)
    for row in columns.performed:
        statement = statements.get(row.function)
        if statement is not None:
            side = side_of(columns, row)
            where = side.host.place or f"? {min(columns.above(row.unit), default=row.unit)}"
            places[where].setdefault(statement.key, []).append(side)
    return dict(places)


def side_of(columns: Columns, row: Performed) -> Side:
    """A row of the columns with its unit and text."""
    text, fields = columns.texts[row.function], columns.fields.get(row.function, ())
    return Side(columns.hosts[row.unit], row.function, text, row.role, row.certain, row.fact, fields)


Scores = dict[str, dict[str, Score]]  # by the keys of the two statements in their order


def _scores(by_key: dict[str, Statement], places: dict[str, Postings], scorer: Scorer, wanted: set[str]) -> Scores:
    """The scores that are of use; of a statement with itself where several say it."""
    found: Scores = defaultdict(dict)
    several = {key for postings in places.values() for key, sides in postings.items() if len(sides) > 1}
    for key in sorted(several):
        score = scorer.score(by_key[key], by_key[key])
        # words that say too little are not the same function because they are the same words
        if score.cls in wanted:
            found[key][key] = score
    for a, b in candidate_pairs(by_key, [postings.keys() for postings in places.values()], scorer):
        score = scorer.score(by_key[a], by_key[b])
        if score.cls in wanted:
            found[a][b] = score
    return found


def _in_place(postings: Postings, scores: Scores, nature: Nature) -> tuple[list[Finding], list[Finding], int]:
    edges: Edges = {
        pair: score.value
        for pair, score in _among(postings.keys(), scores)
        if pair[0] != pair[1] and score.cls != "related"
    }
    groups: list[Finding] = []
    group_of: dict[tuple[str, str], str] = {}  # two keys, in the order of `scores`, to the group that has both
    for cluster in clusters(postings.keys(), edges):
        group = _group(cluster, postings, scores, nature)
        if group is not None:
            groups.append(group)
            group_of.update(((a, b), group.key) for a, b in product(cluster, repeat=2))
    pairs: list[Finding] = []
    most = settings()["most_hands"]
    left = 0
    for (a, b), score in _among(postings.keys(), scores):
        one, other = postings[a], postings[b]
        count = len(one) * (len(one) - 1) // 2 if a == b else len(one) * len(other)
        in_group = group_of.get((a, b), "")
        if count > (most * (most - 1) // 2 if in_group else MOST_LISTED):
            left += count
            continue
        pairs += _pairs(one, other, score, nature, in_group, same=a == b)
    return pairs, groups, left


def _among(keys: Collection[str], scores: Scores) -> list[tuple[tuple[str, str], Score]]:
    """The scores of pairs of these keys."""
    return [((a, b), score) for a in sorted(keys) if a in scores for b, score in scores[a].items() if b in keys]


def _pairs(
    one: Sequence[Side], other: Sequence[Side], score: Score, nature: Nature, group: str, *, same: bool
) -> list[Finding]:
    found = []
    for i, a in enumerate(one):
        for b in one[i + 1 :] if same else other:
            if a.host.id == b.host.id:
                continue
            first, second = sorted((a, b), key=lambda side: (side.host.system, side.host.name, side.name))
            relation = nature.relation(a, b)
            key = finding_key("o", [a.name, b.name])
            found.append(
                Finding(key, score.cls, score.value, (first, second), score.parts, relation, "" if relation else group)
            )
    return found


def _group(cluster: Sequence[str], postings: Postings, scores: Scores, nature: Nature) -> Finding | None:
    """The functions of a cluster as one finding, if at least three units that stand beside each other have them."""
    sides = [
        side for key in cluster for side in postings[key] if side.role not in SUPPORTING and not nature.oversees(side)
    ]
    units = set(nature.independent(side.host.id for side in sides))
    within = [score for _, score in _among(set(cluster), scores)]
    if len(units) < settings()["least_scattered"] or not within:
        return None
    best: dict[str, Side] = {}
    for side in sides:
        if side.host.id in units:
            best.setdefault(side.host.id, side)
    members = tuple(sorted(best.values(), key=lambda s: (s.host.system, s.host.name, s.name)))
    weakest = min(within, key=lambda score: score.value)
    key = finding_key("g", [side.name for side in members])
    return Finding(key, "fragmentation", weakest.value, members, weakest.parts)
