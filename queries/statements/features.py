"""The features of a pair of statements, each between 0 and 1, each with what it rests on.

object_both     of the two shares that each statement's things have covered in the other, the smaller
object_one      the larger: 1 if one statement is contained in the other's list
role_agrees     share covered by the same or a like role (quản lý nhà nước / tham mưu)
role_differs    share covered by another role (quản lý nhà nước / trực tiếp khám bệnh)
characters      likeness of the wording, as far as the vocabulary does not know it
both_lose       things on both sides that the other does not have (hồ sơ công chức / hồ sơ bệnh án)
same_key        1 if both say the same word by word (less if they say next to nothing)
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from queries.statements.concepts import nearness
from queries.statements.lexicon import data
from queries.statements.prepare import Prepared


class Match(NamedTuple):
    """A concept of one statement and the concept of the other that covers it best."""

    name: str
    other: str  # empty if nothing does
    near: float  # 0 to 1
    relation: str  # same | broader | siblings | cousins | field
    likeness: float  # of the roles, -1 to 1
    roles: tuple[str, ...]
    other_roles: tuple[str, ...]


class Features(NamedTuple):
    """Named values, and the matches of the concepts of a in b and of b in a."""

    values: dict[str, float]
    likeness: float  # of duplicates: how much of both is the same, in the same role
    relatedness: float  # how much of one is near anything of the other
    wording: float  # cosine of the character n-grams
    a_matches: tuple[Match, ...]
    b_matches: tuple[Match, ...]


class _Side(NamedTuple):
    covered: float
    agreed: float
    contrary: float
    lost: float
    substance: float  # below 1 where next to nothing but boilerplate is said
    matches: tuple[Match, ...]


_NOTHING = _Side(0.0, 0.0, 0.0, 0.0, 0.0, ())


def compare(a: Prepared, b: Prepared) -> Features:
    """Compare two prepared statements; symmetric. Cost: product of their numbers of concepts."""
    left, right = _cover(a, b), _cover(b, a)
    low, high = sorted((left.covered, right.covered))
    agreed = (left.agreed + right.agreed) / 2
    contrary = (left.contrary + right.contrary) / 2
    wording = _cosine(a.grams, b.grams) * min(left.substance, right.substance)
    same = min(left.substance, right.substance) if a.key == b.key else 0.0
    values = {
        "object_both": low,
        "object_one": high,
        "role_agrees": agreed,
        "role_differs": contrary,
        "characters": wording * (a.unknown + b.unknown) / 2,
        "both_lose": min(left.lost, right.lost),
        "same_key": same,
    }
    alike = same or low * (agreed / (agreed + contrary) if contrary else 1.0)
    return Features(values, alike, max(high, wording), wording, left.matches, right.matches)


def _cover(a: Prepared, b: Prepared) -> _Side:
    total = sum(a.concepts.values()) + sum(a.words.values())
    if not total:
        return _NOTHING
    covered = agreed = contrary = lost = 0.0
    matches = []
    for name, weight in a.concepts.items():
        near, other, relation = _nearest(name, b.concepts)
        likeness = role_likeness(a.roles[name], b.roles[other]) if near else 0.0
        matches.append(Match(name, other, near, relation, likeness, a.roles[name], b.roles.get(other, ())))
        covered += weight * near
        agreed += weight * near * max(0.0, likeness)
        contrary += weight * near * max(0.0, -likeness)
        lost += weight * (1 - near)
    for word, weight in a.words.items():
        if word in b.words:
            covered += weight
        elif word in b.syllables:
            covered += weight / 2
    substance = min(1.0, total / data("weights")["substance"]) ** 2
    share = substance / total
    return _Side(covered * share, agreed * share, contrary * share, lost * share, substance, tuple(matches))


def _nearest(name: str, among: dict[str, float]) -> tuple[float, str, str]:
    if name in among:
        return 1.0, name, "same"
    near, other, relation = 0.0, "", ""
    for candidate in among:
        value, kind = nearness(name, candidate)
        if value > near:
            near, other, relation = value, candidate, kind
    return near, other, relation


@cache
def _likeness_table() -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for pair, value in data("actions")["likeness"].items():
        one, other = pair.split(" + ")
        table[one, other] = table[other, one] = value
    return table


@cache
def role_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """-1 (another work) to 1 (the same work) for roles on the same thing, by actions.yaml; the best of the pairs."""
    usual: dict[str, float] = data("actions")["default"]
    if not a or not b:
        unnamed: dict[str, float] = data("actions")["unnamed"]
        return max((unnamed.get(role, usual["unnamed"]) for role in (*a, *b)), default=usual["unnamed"])
    table = _likeness_table()
    return max(1.0 if x == y else table.get((x, y), usual["other"]) for x in a for y in b)


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    if len(b) < len(a):
        a, b = b, a
    return min(1.0, sum(value * b[gram] for gram, value in a.items() if gram in b))
