"""A statement of a function as written → actions, roles, objects, concepts; boilerplate set aside."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import zip_longest

from queries.statements.concepts import concepts
from queries.statements.lexicon import Hit, data, lexicon, written_aside
from queries.statements.model import Item, Statement, Term
from queries.statements.normalise import Canonical, canonical


@lru_cache(maxsize=50_000)
def parse(text: str) -> Statement:
    """Parse one statement. Cost: linear in its length; never raises for any text."""
    form = canonical(text)
    pieces = _pieces(form, lexicon().find(form.syllables))
    aside = [*form.masked, *(written_aside(p.names[0]) for p in pieces if p.kind == "aside")]
    kept = [s for p in pieces if p.kind not in _LEFT_OUT for s in form.syllables[p.start : p.end]]
    # A statement of boilerplate only is still something: its own words are its key
    key = " ".join(kept or form.syllables)
    terms = _terms(form, pieces)
    roles = tuple(dict.fromkeys(role for p in pieces for role in p.roles))
    return Statement(text, key, _items(form, pieces), tuple(dict.fromkeys(aside)), terms, roles)


_LEFT_OUT = ("aside", "small")


class _Piece:
    """A phrase, or one syllable outside of every phrase."""

    __slots__ = ("end", "kind", "names", "roles", "start")

    def __init__(self, start: int, end: int, kind: str, names: tuple[str, ...], roles: tuple[str, ...] = ()) -> None:
        self.start, self.end, self.kind, self.names, self.roles = start, end, kind, names, roles


def _pieces(form: Canonical, hits: list[Hit]) -> list[_Piece]:
    found: list[_Piece] = []
    position = 0
    for hit in hits:
        found += [_Piece(i, i + 1, "word", (form.syllables[i],)) for i in range(position, hit.start)]
        found.append(_Piece(*hit))
        position = hit.end
    found += [_Piece(i, i + 1, "word", (form.syllables[i],)) for i in range(position, len(form.syllables))]
    return _closing(form, found)


def _closing(form: Canonical, pieces: list[_Piece]) -> list[_Piece]:
    """Actions with nothing after them that then are a field of work: quản lý nhà nước về xây dựng."""
    closing: dict[str, str] = data("actions")["closing"]
    for piece, following in zip_longest(pieces, pieces[1:]):
        if piece.kind != "action":
            continue
        concept = closing.get(" ".join(form.syllables[piece.start : piece.end]))
        if concept and (following is None or following.start in form.breaks or following.kind in _LEFT_OUT):
            piece.kind, piece.names, piece.roles = "concept", (concept,), ()
    return pieces


def _terms(form: Canonical, pieces: list[_Piece]) -> tuple[Term, ...]:
    """Concepts, generic nouns and words, each with the actions that govern it.

    Actions side by side (kiểm tra, giám sát …) govern together; of a chain (kiểm tra việc quản lý …) the first
    that says something governs; after a thing the next row replaces them.
    """
    as_concept: dict[str, str] = data("actions")["as_concept"]
    found: dict[tuple[str, str], dict[str, None]] = {}
    governing: dict[str, None] = {}
    closed = False
    for piece in pieces:
        if piece.kind in _LEFT_OUT:
            continue
        if piece.roles:
            beside = any(start in form.breaks for start in range(piece.start, piece.end))
            if closed and (piece.kind == "action" or beside):
                governing, closed = {}, False
            if beside or not _strong(governing):
                governing.update(dict.fromkeys(piece.roles))
        if piece.kind == "action":
            for role in piece.roles:
                if role in as_concept:
                    found.setdefault(("activity", as_concept[role]), {}).setdefault(role)
            continue
        for name in piece.names:
            found.setdefault((piece.kind, name), {}).update(governing)
        closed = closed or (piece.kind == "concept" and not all(map(_is_side, piece.names)))
    return tuple(Term(kind, name, _telling(roles)) for (kind, name), roles in found.items())


def _strong(roles: Iterable[str]) -> bool:
    weak = data("actions")["weak"]
    return any(role not in weak for role in roles)


def _is_side(concept: str) -> bool:
    """True for a side of a thing (chất lượng, quy hoạch): what comes after it is governed as well."""
    return concepts()[concept].field == "khia_canh"


def _telling(roles: Iterable[str]) -> tuple[str, ...]:
    """The roles that say something: weak ones only where there is no other."""
    weak = data("actions")["weak"]
    return tuple(sorted(role for role in roles if role not in weak)) or tuple(sorted(roles))


def _items(form: Canonical, pieces: list[_Piece]) -> tuple[Item, ...]:
    found: list[Item] = []
    actions: list[_Piece] = []
    parts: list[_Piece] = []

    def close() -> None:
        if parts:
            named = frozenset(name for p in parts if p.kind == "concept" for name in p.names)
            syllables = tuple(s for p in parts for s in form.syllables[p.start : p.end])
            written = tuple(" ".join(form.syllables[p.start : p.end]) for p in actions)
            found.append(Item(written, actions[0].roles[0] if actions else "", syllables, named))
            parts.clear()

    for piece in pieces:
        if piece.kind in _LEFT_OUT:
            continue
        if piece.kind == "action":
            if parts:
                close()
                actions = []
            actions.append(piece)
            continue
        if piece.start in form.breaks and piece.kind == "concept" and any(p.kind == "concept" for p in parts):
            close()
        parts.append(piece)
    close()
    return tuple(found)
