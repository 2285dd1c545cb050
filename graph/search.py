"""Search by name: from words as people type them to the things so called, the best first.

    search(store, "so noi vu vinh phuc")     places, units, people and documents

With diacritics or without, in any order, abbreviated, the last word perhaps only begun. The stores'
full-text indexes give the candidates; the rank is made here, from the names alone (`graph.fit`), so
that it is the same on every store:

    the official name    words of a name    the last of them only begun
    words of a title, or of the name and the place ("nội vụ vĩnh phúc")    the same of a place above
    names with other diacritics than those typed: other names, that may have been meant

Each step is taken only if those before found too few; its cost is that of its candidates, and for the
embedded engine of all things that have one of the words asked for.

Nothing that is typed reaches the indexes' query language but letters and digits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

from graph.fit import ABOVE, OTHER, PLACE, WHOLE, Fit, Words, best_fit, covers, typed_words
from graph.names import folded_property, names, place_words, searched_labels, text_index
from graph.schema import schema
from graph.store import Store
from graph.text import search_key

LIMIT = 20
# places that the end or the beginning of what was typed may name
MOST_PLACES = 500
# words left out, one at a time, to find what was nearly typed
MOST_LEFT_OUT = 8
# after every day that a fact may end on: what has an end has ended
_NO_DAY = dt.date(9999, 12, 31)
# Syllables that every tenth name has, by label. An index is not asked for them if there are others to
# ask for, which saves time and changes no answer; and no place is guessed from them alone.
_FREQUENT = {
    "Place": "tinh thanh pho huyen quan thi xa phuong tran thon to dan",
    "Unit": "uy ban nhan dan hoi dong dang phong van so tinh thanh pho huyen quan thi xa phuong tran to chuc mat quoc "
    "trung tam truong tieu hoc tram y te nong cuu chien binh",
    "Person": "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong van thi thanh minh duc ngoc",
}
# from a place to what is found by it
_OF_PLACE = {
    "Unit": "<-[:LOCATED_IN]-(n:Unit)",
    "Person": "<-[:LOCATED_IN]-(:Unit)<-[:OF_UNIT]-(:Position)<-[:HOLDS]-(n:Person)",
}


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    label: str
    id: str
    name: str  # the official one
    matched: str  # the name that fits; empty where it takes several
    lives: bool  # on the day
    fit: Fit

    @property
    def score(self) -> float:
        """From 1, the name as it is written, down to 0."""
        return self.fit.score


def search(
    store: Store,
    text: str,
    labels: Iterable[str] | None = None,
    *,
    limit: int = LIMIT,
    on: dt.date | None = None,
) -> list[Hit]:
    """The things whose names have the words of `text`, at most `limit`, the best first.

    Of those that fit equally what exists on the day (without a day: has no end) comes first, then by
    label, name and id. Raises ValueError for a label whose names are not searched.
    """
    known = searched_labels()
    wanted = list(known if labels is None else labels)
    if unknown := sorted(set(wanted) - set(known)):
        raise ValueError(f"{unknown[0]} is not searched by name; there are: {', '.join(known)}")
    typed = typed_words(text)
    if not typed:
        return []
    places = _Places(store, typed)
    found = [hit for label in wanted for hit in _Search(store, label, typed, limit, on).hits(places)]
    return sorted(found, key=lambda hit: _rank(hit, known))[:limit]


def named(store: Store, label: str, text: str) -> list[str]:
    """The ids of all that have this name among theirs, as typed; if there are none, less the diacritics."""
    typed = typed_words(text)
    if not typed:
        return []
    one = _Search(store, label, typed)
    found: dict[int, list[str]] = {}
    for group in one.groups_of_text(next(one.index_queries(), "")):
        for name in group.names:
            fit = best_fit(typed, [name])
            if fit and fit[0].order == WHOLE:
                found.setdefault(fit[0].accents, []).extend(group.ids)
    accents = min(found, default=OTHER)
    return sorted(set(found[accents])) if accents < OTHER else []


def similar_names(store: Store, label: str, text: str) -> list[str]:
    """Official names that share words with `text`, all or all but one, and maybe others; in no order."""
    typed = typed_words(text)
    kept = [typed, *(typed[:i] + typed[i + 1 :] for i in range(len(typed)) if len(typed) > 1)]
    found: set[str] = set()
    for words in kept[: MOST_LEFT_OUT + 1]:
        one = _Search(store, label, words)
        for query in one.index_queries():
            found.update(group.name for group in one.groups_of_text(query))
    return sorted(found)


def _rank(hit: Hit, labels: Sequence[str]) -> tuple[Any, ...]:
    return -hit.score, not hit.lives, labels.index(hit.label), search_key(hit.name), hit.name, hit.id


# ---------------------------------------------------------------- one label


class _Group(NamedTuple):
    """Things of the same names, of which a country has ten thousand."""

    names: list[str]  # the official one first; it is empty where there is none
    lives: bool
    ids: list[str]
    row: int  # for units of places: which reading it was

    @property
    def name(self) -> str:
        """What it is called in lists."""
        return next(filter(None, self.names))


class _Search:
    """The search for things of one label."""

    def __init__(self, store: Store, label: str, typed: Words, limit: int = LIMIT, on: dt.date | None = None) -> None:
        self.store = store
        self.label = label
        self.typed = typed
        self.limit = limit
        self.on = on or _NO_DAY
        kind, kept = schema().labels[label], folded_property(label)
        assert kept is not None
        self.official = kept.folds[0]
        self.has_key = "search_key" in kind.properties
        lives = "(n.valid_to IS NULL OR n.valid_to > $on) AND (n.valid_from IS NULL OR n.valid_from <= $on)"
        columns = [f"n.{name} AS {name}" for name in kept.folds]
        columns += [f"{lives if kind.validity else 'true'} AS lives", "collect(DISTINCT n.id) AS ids"]
        self.columns = ", ".join(columns)

    def hits(self, places: _Places) -> list[Hit]:
        """What was found, until there is enough of it."""
        found: dict[str, Hit] = {}
        for step in self._steps(places):
            for hit in step():
                known = found.get(hit.id)
                if known is None or known.score < hit.score:
                    found[hit.id] = hit
            if sum(hit.fit.accents < OTHER for hit in found.values()) >= self.limit:
                break
        return list(found.values())

    def _steps(self, places: _Places) -> Iterator[Callable[[], Iterable[Hit]]]:
        """From the best to the worst: nothing that a later step finds is better than what an earlier one did."""
        if self.has_key:
            yield self._of_key
        for query in self.index_queries():
            yield partial(self._of_text, query)
        if self.label in _OF_PLACE:
            yield lambda: self._of_places(places.named | places.begun, PLACE)
            yield lambda: self._of_places(places.named, ABOVE)

    # ------------------------------------------------------------ by their own words

    def _of_key(self) -> Iterator[Hit]:
        """Of the official name, by the range index: quicker where ten thousand have one name."""
        keys = _place_keys(self.typed) if self.label == "Place" else [_key(self.typed)]
        query = f"MATCH (n:{self.label}) WHERE n.search_key IN $keys RETURN {self.columns}"
        return self._ranked(self._groups(query, keys=keys))

    def index_queries(self) -> Iterator[str]:
        """What to ask the full-text index, one after the other; no name that only a later one gives fits better."""
        if rare := _rare(self.typed[:-1], self.label):
            # so few have these that the others need not be asked for
            yield _required(rare)
        elif len(self.typed) > 1 or self.label == "Document":
            yield _required(self.typed, begun=True)
        else:
            yield _required(self.typed)
            # one letter begins a tenth of all names
            if len(_key(self.typed)) > 1:
                yield _required(self.typed, begun=True)

    def _of_text(self, words: str) -> Iterator[Hit]:
        return self._ranked(self.groups_of_text(words))

    def groups_of_text(self, words: str) -> list[_Group]:
        """The things that the full-text index has for these words, by their names."""
        if not words:
            return []
        call = f"CALL db.index.fulltext.queryNodes('{text_index(self.label)}', $words) YIELD node WITH node AS n "
        return self._groups(f"{call} RETURN {self.columns}", words=words)

    def _groups(self, query: str, **values: Any) -> list[_Group]:
        found = []
        for row in self.store.read(query, {"on": self.on, **values}).dicts():
            official, others = row[self.official] or "", names(self.label, row)
            if others:
                kept = others if official else ["", *others]
                found.append(_Group(kept, row["lives"], row["ids"], row.get("row", 0)))
        return found

    def _ranked(self, groups: Iterable[_Group]) -> Iterator[Hit]:
        for group in groups:
            fit = best_fit(self.typed, group.names, place=self.label == "Place", titles=self.label == "Document")
            if fit:
                yield from self._members(group, *fit)

    def _members(self, group: _Group, fit: Fit, matched: str) -> Iterator[Hit]:
        for id_ in sorted(group.ids)[: self.limit]:
            yield Hit(self.label, id_, group.name, matched, group.lives, fit)

    # ------------------------------------------------------------ by their words and their places'

    def _of_places(self, readings: Iterable[_Reading], tier: int) -> Iterator[Hit]:
        chosen = sorted(readings)[:MOST_PLACES]
        if not chosen:
            return
        above = "<-[:WITHIN*1..3]-(:Place)" if tier == ABOVE else ""
        query = (
            f"UNWIND $rows AS row MATCH (:Place {{id: row.place}}){above}{_OF_PLACE[self.label]} "
            "WHERE all(w IN row.words WHERE any(k IN n.search_keys WHERE (' ' + k + ' ') CONTAINS w)) "
            f"RETURN row.row AS row, {self.columns}"
        )
        rows = [{"row": i, "place": each.place, "words": _spaced(each)} for i, each in enumerate(chosen)]
        for group in self._groups(query, rows=rows):
            reading = chosen[group.row]
            if found := best_fit(reading.words, group.names):
                fit, matched = found
                begun, accents = fit.begun or reading.begun, max(fit.accents, reading.accents)
                yield from self._members(group, replace(fit, tier=tier, begun=begun, accents=accents), matched)


# ---------------------------------------------------------------- places in what was typed


class _Reading(NamedTuple):
    """What was typed, read as a place and words of a name."""

    place: str
    words: Words
    begun: bool  # the place's last word
    accents: int


class _Places:
    """The places whose name stands at the end or the beginning of what was typed."""

    def __init__(self, store: Store, typed: Words) -> None:
        self.store = store
        cuts = range(1, len(typed))
        self._behind = [(typed[cut:], typed[:cut]) for cut in cuts]
        self._before = [(typed[:cut], typed[cut:]) for cut in cuts]

    @cached_property
    def named(self) -> set[_Reading]:
        """Those that are named in full, with or without the word for their kind."""
        runs = [*self._behind, *self._before]
        keys = sorted({key for run, _ in runs for key in _place_keys(run)})
        query = "MATCH (p:Place) WHERE p.search_key IN $keys RETURN p.id AS id, p.name AS name"
        return _covered(self.store.read(query, {"keys": keys}).rows, runs) if runs else set()

    @cached_property
    def begun(self) -> set[_Reading]:
        """Those at the end whose last word is only begun, after one that tells them from others."""
        runs = [(run, rest) for run, rest in self._behind if _rare(run[:-1], "Place") and _rare(run[-1:], "Place")]
        asked = (_required((*_rare(run[:-1], "Place"), run[-1]), begun=True) for run, _ in runs)
        texts = [text for text in asked if text]
        query = (
            f"UNWIND $texts AS words CALL db.index.fulltext.queryNodes('{text_index('Place')}', words) YIELD node "
            "RETURN DISTINCT node.id AS id, node.name AS name"
        )
        return _covered(self.store.read(query, {"texts": texts}).rows, runs) if texts else set()


def _covered(places: Iterable[Sequence[str]], runs: Sequence[tuple[Words, Words]]) -> set[_Reading]:
    return {
        _Reading(id_, rest, *covered)
        for id_, name in places
        for run, rest in runs
        if (covered := covers(run, name)) is not None
    }


# ---------------------------------------------------------------- words for the stores


def _key(words: Words) -> str:
    return " ".join(word.bare for word in words)


def _place_keys(words: Words) -> list[str]:
    """The keys that a place with that name may have: as typed, or with the word for its kind before it."""
    return [_key(words), *(f"{search_key(kind)} {_key(words)}" for kind in place_words())]


def _rare(words: Words, label: str) -> Words:
    """The words that few names have."""
    frequent = _FREQUENT.get(label, "").split()
    return tuple(word for word in words if word.bare not in frequent)


def _required(words: Words, *, begun: bool = False) -> str:
    """The words in the indexes' query language: all must be there. Empty where none can be in a folded name."""
    plain = [part for word in words for part in re.findall(r"[a-z0-9]+", word.bare)]
    return " ".join(f"+{part}" for part in plain) + ("*" if begun and plain else "")


def _spaced(reading: _Reading) -> list[str]:
    """The words with the spaces that they stand between; the last one may be begun, if the place's is not."""
    *whole, last = (f" {word.bare}" for word in reading.words)
    return [*(f"{word} " for word in whole), f"{last} " if reading.begun else last]
