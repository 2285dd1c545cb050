"""What the parts of a score rest on, in words."""

from __future__ import annotations

from collections.abc import Iterable

from queries.statements.concepts import concepts
from queries.statements.features import Features, Match
from queries.statements.lexicon import data

MOST = 4


def detail(part: str, features: Features, lang: str = "vi") -> str:
    """The concepts, roles or words that a part of the score comes from; empty where there is nothing to say."""
    if part in ("object_both", "object_one"):
        matched = sorted((m for m in features.a_matches if m.near), key=lambda m: (-m.near, m.name))
        return "; ".join(dict.fromkeys(_pair(m) for m in matched[:MOST]))
    if part in ("role_agrees", "role_differs"):
        wanted = [m for m in features.a_matches if m.near and (m.likeness > 0) == (part == "role_agrees")]
        return "; ".join(dict.fromkeys(_roles(m, lang) for m in wanted if m.roles or m.other_roles))
    if part == "both_lose":
        return " | ".join(filter(None, (_lost(features.a_matches), _lost(features.b_matches))))
    return ""


def concept_name(name: str) -> str:
    """How a concept is shown: its first phrase."""
    phrases = concepts()[name].phrases
    return phrases[0] if phrases else name


def role_names(roles: Iterable[str], lang: str = "vi") -> str:
    """Roles for people; a dash where none is named."""
    names = data("actions")["names"]
    return " + ".join(names[role][lang] for role in roles) or "—"


def _pair(match: Match) -> str:
    one, other = concept_name(match.name), concept_name(match.other)
    return one if match.name == match.other else f"{one} ~ {other}"


def _roles(match: Match, lang: str) -> str:
    one, other = role_names(match.roles, lang), role_names(match.other_roles, lang)
    return one if one == other else f"{one} / {other}"


def _lost(matches: Iterable[Match]) -> str:
    return ", ".join([concept_name(m.name) for m in matches if m.near < 0.5][:MOST])
