"""A score in one line for a reader: what is shared, in which roles, what only one has, what was set aside."""

from __future__ import annotations

from queries.labels import labels
from queries.statements.details import role_names
from queries.statements.model import Score, Statement

_PARTS = ("object_one", "role_agrees", "role_differs", "both_lose")
MOST_ASIDE = 4


def explanation(a: Statement, b: Statement, score: Score, lang: str = "vi") -> str:
    """Why a pair has its score. The details of the parts are in the language that the Scorer was made for."""
    words = labels()["statements"]["explain"]
    found = []
    parts = {part.name: part for part in score.parts}
    if parts["same_key"].value:
        found.append(words["same_key"][lang])
    found += [f"{words[name][lang]}: {parts[name].detail}" for name in _PARTS if parts[name].detail]
    if not parts["object_one"].detail:
        found.insert(0, words["nothing_shared"][lang])
    if not parts["role_agrees"].detail and not parts["role_differs"].detail:
        found.append(f"{words['roles'][lang]}: {role_names(a.roles, lang)} / {role_names(b.roles, lang)}")
    aside = list(dict.fromkeys((*a.set_aside, *b.set_aside)))
    if aside:
        more = " …" if len(aside) > MOST_ASIDE else ""
        found.append(f"{words['set_aside'][lang]}: {', '.join(aside[:MOST_ASIDE])}{more}")
    return "; ".join(found)
