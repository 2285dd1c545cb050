"""Phrases of the data files, found in a row of syllables: the longest that starts at a place wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from graph.packaged import packaged_yaml
from graph.text import key


class Entry(NamedTuple):
    """What a phrase stands for."""

    kind: str  # concept | action | generic | aside | small
    name: str  # concept, role, or the phrase itself


class Hit(NamedTuple):
    """A phrase found at syllables start to end (exclusive)."""

    start: int
    end: int
    kind: str
    names: tuple[str, ...]  # of the kind
    roles: tuple[str, ...]  # of the phrase itself, or of the action that it begins with


_PRIORITY = {"concept": 0, "action": 1, "generic": 2, "aside": 3, "small": 4}
_END = ""


class Lexicon:
    """A prefix tree of phrases. Building it costs the length of all phrases."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], Entry]]) -> None:
        self._root: dict[str, Any] = {}
        written: dict[tuple[str, ...], dict[Entry, None]] = {}
        for syllables, entry in phrases:
            if syllables:
                written.setdefault(tuple(syllables), {}).setdefault(entry)
        actions = {
            syllables: tuple(e.name for e in entries if e.kind == "action")
            for syllables, entries in written.items()
            if any(e.kind == "action" for e in entries)
        }
        for syllables, entries in written.items():
            if _repeats(syllables, entries, written, actions):
                continue
            kind = min((e.kind for e in entries), key=_PRIORITY.__getitem__)
            node = self._root
            for syllable in syllables:
                node = node.setdefault(syllable, {})
            names = tuple(e.name for e in entries if e.kind == kind)
            begun = () if kind in ("aside", "small") else _beginning(syllables, actions)
            node[_END] = (kind, names, begun)

    def find(self, syllables: Sequence[str]) -> list[Hit]:
        """The phrases, none overlapping another, chosen so that long ones win: the greatest sum of squared lengths.

        Cost: syllables x the longest phrase.
        """
        count = len(syllables)
        best = [0.0] * (count + 1)
        chosen: list[Hit | None] = [None] * (count + 1)
        for start in range(count - 1, -1, -1):
            best[start] = best[start + 1]
            node: dict[str, Any] | None = self._root
            ahead = start
            while ahead < count and node is not None:
                node = node.get(syllables[ahead])
                if node is None:
                    break
                ahead += 1
                ending = node.get(_END)
                if ending is not None:
                    gain = (ahead - start) ** 2 + best[ahead]
                    if gain >= best[start]:
                        best[start] = gain
                        chosen[start] = Hit(start, ahead, *ending)
        found: list[Hit] = []
        position = 0
        while position < count:
            hit = chosen[position]
            if hit is None:
                position += 1
            else:
                found.append(hit)
                position = hit.end
        return found


def _repeats(
    syllables: tuple[str, ...],
    entries: Iterable[Entry],
    written: Mapping[tuple[str, ...], Iterable[Entry]],
    actions: Mapping[tuple[str, ...], tuple[str, ...]],
) -> bool:
    """True for an action and a phrase of the same concept (quản lý + tài chính): the parts say it better."""
    split = set(data("actions")["split_off"])
    return any(
        split.intersection(actions.get(syllables[:length], ()))
        and set(entries) <= set(written.get(syllables[length:], ()))
        for length in range(1, len(syllables))
    )


def _beginning(syllables: tuple[str, ...], actions: dict[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """The roles of the longest action with which a phrase begins."""
    if syllables not in actions and " ".join(syllables[:2]) in data("actions")["not_begun"]:
        return ()
    for length in range(len(syllables), 0, -1):
        if syllables[:length] in actions:
            return actions[syllables[:length]]
    return ()


def data(name: str) -> Any:
    """The content of a file in queries/data; not to be changed by the caller."""
    return packaged_yaml("queries", "data", f"{name}.yaml")


@cache
def stop_words() -> frozenset[str]:
    """Syllables that never count: và, các, về …"""
    return frozenset(key(syllable) for syllable in data("boilerplate")["stop"])


def canonical_phrase(phrase: str) -> tuple[str, ...]:
    """The syllables of a phrase as they stand in a canonical statement."""
    stop = stop_words()
    return tuple(syllable for syllable in key(phrase).split() if syllable not in stop)


@cache
def lexicon() -> Lexicon:
    """All packaged phrases."""
    from queries.statements.concepts import concepts

    phrases: list[tuple[tuple[str, ...], Entry]] = []
    for name, concept in concepts().items():
        phrases += [(canonical_phrase(phrase), Entry("concept", name)) for phrase in concept.phrases]
    for role, written in data("actions")["roles"].items():
        phrases += [(canonical_phrase(phrase), Entry("action", role)) for phrase in written]
    boilerplate = data("boilerplate")
    for kind, written in (
        ("generic", boilerplate["generic"]),
        ("aside", _asides()),
        ("small", boilerplate["small"]),
    ):
        for phrase in written:
            syllables = canonical_phrase(phrase)
            phrases.append((syllables, Entry(kind, " ".join(syllables))))
    return Lexicon(phrases)


def _asides() -> list[str]:
    """Set phrases, and the names of units: "của Sở Y tế" says whose, not what."""
    boilerplate = data("boilerplate")
    units = boilerplate["units"]
    named = [f"{kind} {field}" for kind in units["kinds"] for field in units["fields"]]
    return [*boilerplate["aside"], *units["names"], *named]


@cache
def _written_asides() -> dict[str, str]:
    return {" ".join(canonical_phrase(phrase)): phrase for phrase in reversed(_asides())}


def written_aside(canonical: str) -> str:
    """A phrase that is set aside, as the data file writes it."""
    return _written_asides().get(canonical, canonical)
