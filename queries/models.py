"""The concurrency models that pairs of posts are held against: the vocabulary's and the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from graph import vocabulary
from graph.store import Store
from graph.text import key
from queries.holdings import Holding


class PostKind(Protocol):
    """A kind of post."""

    @property
    def level(self) -> str: ...
    @property
    def unit_kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class KnownModel:
    """A rule that two posts go to one person; an empty set of kinds or titles fits nothing."""

    code: str
    name: str
    form: str  # code of concurrency_forms, empty if open
    levels: frozenset[str]  # empty: every level
    a_kinds: frozenset[str]
    a_titles: frozenset[str]
    b_kinds: frozenset[str]
    b_titles: frozenset[str]
    b_name: str = ""  # key of the unit's name where its kind says too little (Phòng Nội vụ)

    def fits(self, a: Holding, b: Holding) -> bool:
        """True if one is the model's first post and the other its second, in the same place.

        Two posts without a recorded place count as being in the same one.
        """
        return a.place == b.place and ((self._first(a) and self._second(b)) or (self._first(b) and self._second(a)))

    def fits_kinds(self, a: PostKind, b: PostKind) -> bool:
        """True if two kinds of post are the model's, in either order."""
        return (self.is_a(a.level, a.unit_kind, a.title) and self.is_b(b.level, b.unit_kind, b.title, b.unit)) or (
            self.is_a(b.level, b.unit_kind, b.title) and self.is_b(a.level, a.unit_kind, a.title, a.unit)
        )

    def is_a(self, level: str, unit_kind: str, title: str) -> bool:
        """True for the model's first post."""
        return self._at(level) and unit_kind in self.a_kinds and title in self.a_titles

    def is_b(self, level: str, unit_kind: str, title: str, unit_key: str) -> bool:
        """True for the model's second post; `unit_key` is the key of the unit's name."""
        return self._at(level) and unit_kind in self.b_kinds and title in self.b_titles and self.names_b(unit_key)

    def names_b(self, unit_key: str) -> bool:
        """True if the unit's name does not exclude it from the model's second post."""
        return not self.b_name or f"{unit_key} ".startswith(f"{self.b_name} ")

    def _first(self, post: Holding) -> bool:
        return self.is_a(post.level, post.unit_kind, post.title_kind)

    def _second(self, post: Holding) -> bool:
        return self.is_b(post.level, post.unit_kind, post.title_kind, key(post.unit_name) if self.b_name else "")

    def _at(self, level: str) -> bool:
        return not self.levels or level in self.levels


_OWN = """
MATCH (m:ConcurrencyModel)
RETURN m.code AS code, m.name AS name, m.form AS form, m.levels AS levels, m.a_kinds AS a_kinds,
       m.a_titles AS a_titles, m.b_kinds AS b_kinds, m.b_titles AS b_titles
"""


def known_models(store: Store) -> list[KnownModel]:
    """The models of the vocabulary, in its order, then those that only the store has, by code."""
    models = {
        m.code: KnownModel(
            m.code,
            m.name,
            m.form or "",
            frozenset(m.levels),
            frozenset(m.a_kinds),
            frozenset(m.a_titles),
            frozenset(m.b_kinds),
            frozenset(m.b_titles),
            key(m.b_name),
        )
        for m in vocabulary.models()
    }
    for row in sorted(store.read(_OWN).dicts(), key=lambda r: str(r["code"])):
        if row["code"] not in models:
            models[row["code"]] = KnownModel(
                row["code"],
                row["name"] or row["code"],
                row["form"] or "",
                frozenset(row["levels"] or ()),
                frozenset(row["a_kinds"] or ()),
                frozenset(row["a_titles"] or ()),
                frozenset(row["b_kinds"] or ()),
                frozenset(row["b_titles"] or ()),
            )
    return list(models.values())
