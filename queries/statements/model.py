"""What a statement of a function is after parsing, and what a score is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Class = Literal["duplicate", "overlap", "related", "unrelated"]
CLASSES: tuple[Class, ...] = ("duplicate", "overlap", "related", "unrelated")


class Item(NamedTuple):
    """One thing that is done: what is done to what. A list of things makes several items."""

    actions: tuple[str, ...]  # as written, canonical syllables: "kiểm tra"
    role: str  # key of `roles` in actions.yaml; empty where no action is named
    object: tuple[str, ...]  # the syllables of the object
    concepts: frozenset[str]  # keys of concepts.yaml found in the object


class Term(NamedTuple):
    """What counts when two statements are compared: a concept or a word outside of every concept."""

    kind: str  # concept | activity (an action that is a field of work) | generic | word
    name: str
    roles: tuple[str, ...]  # of the actions that govern it


@dataclass(frozen=True)
class Statement:
    """A parsed statement. Two with an equal key say the same."""

    raw: str
    key: str
    items: tuple[Item, ...]
    set_aside: tuple[str, ...]  # boilerplate and masked places, for people to read
    terms: tuple[Term, ...] = field(repr=False, default=())
    roles: tuple[str, ...] = ()  # of the whole statement, in order


class Part(NamedTuple):
    """One line of a score: contribution = value x weight, in log-odds."""

    name: str
    value: float
    weight: float
    contribution: float
    detail: str


class Score(NamedTuple):
    """How surely two statements are a duplicate or an overlap (0 to 1), and why.

    The contributions of the parts, the intercept among them, sum to log(value / (1 - value)).
    """

    value: float
    cls: Class
    parts: tuple[Part, ...]
