"""The reader's vocabulary as sets of phrases, each made once."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from graph.text import key
from graph.vocabulary import data, titles
from loaders.reading.words import Phrases, phrases_of


@cache
def listed(name: str) -> Any:
    """One list of data/words.yaml, as it is written."""
    return packaged_yaml("loaders", "reading", "data", "words.yaml")[name]


@cache
def phrases(name: str) -> Phrases[str]:
    """A list of data/words.yaml as phrases; each means itself."""
    return Phrases((text, key(text)) for text in listed(name))


@cache
def keys(name: str) -> frozenset[str]:
    """A list of data/words.yaml as folded texts."""
    return frozenset(key(text) for text in listed(name))


@lru_cache(maxsize=1)
def name_parts() -> Phrases[str]:
    """What names of units are built of: name words of the titles' grammar and phrases of the fields."""
    file = data("titles")
    stops = keys("stops") | keys("no_name_parts")
    words = [
        *listed("name_parts"),
        *file["name_words"],
        *(p for row in data("fields").values() for p in row["phrases"]),
    ]
    return Phrases((word, word) for word in words if key(word) not in stops)


@cache
def known_names(head: str) -> Phrases[str]:
    """The names known for a head ("sở"), each written as it should be."""
    return Phrases((name, name) for name in listed("known_names").get(head, ()))


@lru_cache(maxsize=1)
def provinces() -> Phrases[str]:
    """Names of provinces, also of former ones → the word for their kind."""
    former = {"tỉnh": listed("former_provinces")}
    names = data("titles")["provinces"]
    return phrases_of({kind: [*names.get(kind, ()), *former.get(kind, ())] for kind in {*names, *former}})


@lru_cache(maxsize=1)
def province_names() -> dict[str, str]:
    """Folded names of provinces → the names as they are written."""
    return {key(name): name for names in data("titles")["provinces"].values() for name in names}


@lru_cache(maxsize=1)
def title_phrases() -> Phrases[str]:
    """Spellings of titles of posts → their codes."""
    return Phrases((text, t.code) for t in titles().values() for text in (t.vi, *t.spellings))


@lru_cache(maxsize=1)
def memberships() -> Phrases[str]:
    """Spellings of memberships → their kinds."""
    return Phrases((text, row["kind"]) for row in data("titles")["memberships"] for text in row["spellings"])


@cache
def alternatives(file: str, name: str) -> str:
    """A list of words of a data file as a regular expression, the longest first."""
    words = packaged_yaml("loaders", "reading", "data", f"{file}.yaml")[name]
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
