"""The names of a thing, and the folded form of them all that the stores' full-text indexes are on.

Which properties hold names says `folds` in data/schema.yaml; the folded names are kept beside them
in `search_keys`, so that a change of any name changes both.
"""

from __future__ import annotations

from functools import lru_cache

from graph.facts import Properties
from graph.schema import Property, schema
from graph.text import search_key
from graph.vocabulary import codes

# what the vocabulary adds to tell two kinds of one word apart; nobody says it with a name
_EXPLANATIONS = (" trực thuộc trung ương", " thuộc tỉnh")


def searched_labels() -> list[str]:
    """The labels that have a full-text index on their names, in the order of the schema."""
    return [name for name in schema().labels if folded_property(name)]


@lru_cache(maxsize=64)
def folded_property(label: str) -> Property | None:
    """The property of the label that has its folded names; None for a label without."""
    kind = schema().labels.get(label)
    return next((each for each in kind.properties.values() if each.folds), None) if kind else None


def text_index(label: str) -> str:
    """The name of the label's full-text index, the same on every store."""
    return f"{label.lower()}_search"


def names(label: str, properties: Properties) -> list[str]:
    """All names of a thing, the official one first."""
    found: list[str] = []
    kept = folded_property(label)
    for name in kept.folds if kept else ():
        value = properties.get(name)
        found += value if isinstance(value, list) else [value] if value else []
    return list(dict.fromkeys(found))


def fold_names(label: str, properties: Properties) -> None:
    """Set the folded names of a thing from its names as they are now."""
    kept = folded_property(label)
    if kept is None:
        return
    # words with one space between them, also those of a number: 18 nq trung uong
    folded = dict.fromkeys(" ".join(search_key(name).replace("/", " ").split()) for name in names(label, properties))
    keys = [key for key in folded if key]
    if keys or kept.name in properties:
        properties[kept.name] = keys


@lru_cache(maxsize=1)
def place_words() -> tuple[str, ...]:
    """The words that a place's name begins with and that are often left out: tỉnh, huyện, thôn …"""
    entries = [entry for code, entry in codes("place_kinds").items() if code != "nuoc"]
    return tuple(dict.fromkeys(word for entry in entries for word in (_without_explanation(entry.vi), *entry.also)))


def _without_explanation(word: str) -> str:
    for explanation in _EXPLANATIONS:
        word = word.removesuffix(explanation)
    return word
