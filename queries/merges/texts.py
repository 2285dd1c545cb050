"""What the functions and names of units have in common.

Two measures of unlike grain. Coverage asks how much of what a unit does the other does too, statement by
statement (in the spirit of A. Tversky, "Features of similarity", Psychological Review 84, 1977: it is not
symmetric, a small unit may lie wholly in a large one). Nearness asks how rare the words and concepts are
that both use (cosine of tf-idf vectors; G. Salton and C. Buckley, Information Processing & Management
24, 1988).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations, pairwise
from math import log, sqrt
from typing import NamedTuple

from graph.text import key, nfc
from graph.vocabulary import fields_of, unit_prefix
from queries.merges.model import Unit, World
from queries.statements import Scorer, Statement, parse

# a statement that scores no more than this says nothing: it is what two unlike statements come to
UNLIKE = 0.2
# words and concepts that more units of a block share than this are not rare, and start no comparison
COMMON = 60
# a unit is compared with so many others of its block, the nearest ones
NEAREST = 40
LONGEST_SHOWN = 60
SHOWN = 6  # shared words
_NO_WORD = re.compile(r"[^\w]+")
# what a name says of what a unit does counts by this much where nothing else is known
NAMED_ONLY = 0.5
# a statement weighs as much as so many of its rarest words; from this weight on it says of what fields it is
RAREST = 4
SAYS_FIELDS = 0.2
# units whose statements together weigh less than this say nothing of their own
ENOUGH = 0.25
# what more units of one place and level do than may form a group is no reason to merge two of them
HOSTS = 4

_ENDINGS = (
    "tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy",
    "tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã",
)  # fmt: skip


class Profile(NamedTuple):
    """What a unit says of itself."""

    statements: tuple[Statement, ...]  # distinct; of a unit without functions, its name
    weights: tuple[float, ...]  # of the statements: how much each says that others do not say
    says: float  # 0 to 1: whether there is anything among them that others do not say
    vector: Mapping[str, float]  # of all of them, of length 1
    words: Mapping[str, float]  # of all statements: rarity, times the weight of the statement
    topic: Mapping[str, float]  # words of the name, of length 1
    fields: frozenset[str]
    named_only: bool  # nothing but the name is known


class Likeness(NamedTuple):
    """What two units have in common; 0 to 1 each."""

    covers_more: float  # the larger of the two coverages
    covers_less: float
    near: float
    words: float
    topic: float
    fields: float
    best: tuple[str, str, float]  # the two statements that are most alike
    shared: tuple[str, ...]  # concepts and words: the rarest of what both say
    shared_words: tuple[str, ...]
    shared_fields: tuple[str, ...]


def topic_of(name: str) -> str:
    """The name without the words that say the kind and the level: "Phòng Bưu chính" is "Bưu chính"."""
    folded = key(name).split()
    plain = nfc(name).split()
    # abbreviations are expanded in the key: then its words are all there is
    words = plain if len(plain) == len(folded) else folded
    prefix = unit_prefix(folded)
    rest = " ".join(words[prefix[1] :] if prefix else words).strip(" -,")
    for ending in _ENDINGS:
        if rest.lower() == ending:
            return ""
        if rest.lower().endswith(" " + ending):
            return rest[: -len(ending) - 1]
    return rest


class Texts:
    """The profiles of the units of a world, and what pairs of them have in common."""

    def __init__(self, world: World) -> None:
        self.world = world
        parsed: dict[str, Statement] = {}

        def once(text: str) -> Statement:
            if text not in parsed:
                parsed[text] = parse(text)
            return parsed[text]

        said = {unit: [once(text) for _, text in world.functions.get(unit, ()) if text.strip()] for unit in world.units}
        topics = {unit: topic_of(world.units[unit].name) for unit in world.units}
        self._words_of_key: dict[str, frozenset[str]] = {}
        self._side_by_side: dict[str, frozenset[tuple[str, str]]] = {}
        self._rare_words = _rarity_of(
            frozenset().union(*(self._said(statement) for statement in own)) for own in said.values() if own
        )
        self._rare_topics = _rarity_of(_words(topic) for topic in topics.values())
        self._most_rare = max(self._rare_words.values(), default=1.0)
        self._weights: dict[str, float] = {}
        self._hosts: Counter[str] = Counter()
        for block in blocks(world.units.values()).values():
            hosts = Counter(key_ for unit in block for key_ in {statement.key for statement in said[unit]})
            self._hosts |= hosts
        distinct = {statement.key: statement for own in said.values() for statement in own}
        self.scorer = Scorer(distinct.values())
        self._scores: dict[tuple[str, str], float] = {}
        self._vectors: dict[str, Mapping[str, float]] = {}
        self._fields: dict[str, frozenset[str]] = {}
        self.profiles = {
            unit: self._profile(said[unit] or [once(topics[unit] or each.name)], topics[unit], not said[unit])
            for unit, each in world.units.items()
        }
        count: defaultdict[str, int] = defaultdict(int)
        # the same kind of unit in many communes counts once
        for fields in {profile.fields for profile in self.profiles.values()}:
            for field in fields:
                count[field] += 1
        self._rarity = {field: 1 / log(1.72 + n) for field, n in count.items()}

    def _profile(self, own: list[Statement], topic: str, named_only: bool) -> Profile:
        statements = {statement.key: statement for statement in own}
        weights = {key_: self._weight(statement) for key_, statement in statements.items()}
        total: defaultdict[str, float] = defaultdict(float)
        words: defaultdict[str, float] = defaultdict(float)
        fields: set[str] = set()
        for key_, statement in statements.items():
            for term, weight in self._vector(statement).items():
                total[term] += weights[key_] * weight
            for word in self._said(statement):
                words[word] = max(words[word], weights[key_] * self._rare_words.get(word, 0.0))
            if weights[key_] >= SAYS_FIELDS:
                fields |= self._fields_of(statement)
        name = _unit_length({word: self._rare_topics[word] for word in _words(topic)})
        return Profile(
            tuple(statements.values()),
            tuple(weights.values()),
            min(1.0, sum(weights.values()) / ENOUGH),
            _unit_length(total),
            words,
            name,
            frozenset(fields),
            named_only,
        )

    def _said(self, statement: Statement) -> frozenset[str]:
        """The plain words, without places and what the parser set aside."""
        found = self._words_of_key.get(statement.key)
        if found is None:
            found = self._words_of_key[statement.key] = frozenset(_words(statement.key))
        return found

    def _weight(self, statement: Statement) -> float:
        """0 to 1: how rare the rarest words are. What stands in every statute is made of words that
        stand in every statute, however it is put."""
        found = self._weights.get(statement.key)
        if found is not None:
            return found
        rarest = sorted((self._rare_words.get(word, 0.0) for word in self._said(statement)), reverse=True)[:RAREST]
        found = (sum(rarest) / len(rarest) / self._most_rare) ** 2 if rarest else 0.0
        found *= min(1.0, (HOSTS / max(1, self._hosts[statement.key])) ** 2)
        self._weights[statement.key] = found
        return found

    def _vector(self, statement: Statement) -> Mapping[str, float]:
        found = self._vectors.get(statement.key)
        if found is None:
            found = self._vectors[statement.key] = _unit_length(self.scorer.features(statement))
        return found

    def _fields_of(self, statement: Statement) -> frozenset[str]:
        found = self._fields.get(statement.key)
        if found is None:
            found = self._fields[statement.key] = frozenset(fields_of(statement.raw))
        return found

    def score(self, a: Statement, b: Statement) -> float:
        """How surely the two say the same, 0 to 1; each pair of keys is compared once."""
        pair = (a.key, b.key) if a.key <= b.key else (b.key, a.key)
        found = self._scores.get(pair)
        if found is None:
            value = 1.0 if a.key == b.key else self.scorer.score(a, b).value
            found = self._scores[pair] = max(0.0, (value - UNLIKE) / (1 - UNLIKE))
        return found

    def likeness(self, a: str, b: str) -> Likeness:
        """What the two units have in common. Cost: the product of their numbers of statements."""
        one, other = self.profiles[a], self.profiles[b]
        table = [[self.score(s, t) for t in other.statements] for s in one.statements]
        says = min(one.says, other.says)
        known = says * (NAMED_ONLY if one.named_only or other.named_only else 1.0)
        forth = known * _covered([max(row, default=0.0) for row in table], one.weights)
        back = known * _covered([max(column) for column in zip(*table, strict=True)] if table else [], other.weights)
        top = max(((value, i, j) for i, row in enumerate(table) for j, value in enumerate(row)), default=(0.0, -1, -1))
        best = ("", "", 0.0)
        if top[0]:
            best = (_short(one.statements[top[1]].raw), _short(other.statements[top[2]].raw), top[0])
        products = {term: w * other.vector[term] for term, w in one.vector.items() if term in other.vector}
        rarest = sorted(products, key=lambda term: (-products[term], term))[:4]
        both = one.words.keys() & other.words.keys()
        common = one.fields & other.fields
        union = sum(self._rarity[f] for f in one.fields | other.fields)
        return Likeness(
            max(forth, back),
            min(forth, back),
            says * min(1.0, sum(products.values())),
            says * self._words(one.words, other.words),
            _dot(one.topic, other.topic),
            sum(self._rarity[f] for f in common) / union if union else 0.0,
            best,
            tuple(term.split(":", 1)[-1] for term in rarest),
            self._shown(a, b, both),
            tuple(sorted(common, key=lambda f: (-self._rarity[f], f))),
        )

    def _shown(self, a: str, b: str, both: Collection[str]) -> tuple[str, ...]:
        """The rare words that both use, for people: two syllables together where both put them so."""
        rarity = self.profiles[a].words
        pairs = self._neighbours(a) & self._neighbours(b)
        shared = [pair for pair in pairs if pair[0] in both and pair[1] in both]
        if not shared:
            return tuple(sorted(both, key=lambda word: (-rarity[word], word))[:SHOWN])
        ranked = sorted(shared, key=lambda pair: (-rarity[pair[0]] - rarity[pair[1]], pair))
        return tuple(" ".join(pair) for pair in ranked[:SHOWN])

    def _neighbours(self, unit: str) -> frozenset[tuple[str, str]]:
        """The pairs of words that stand side by side in the unit's statements."""
        found = self._side_by_side.get(unit)
        if found is None:
            words = [_words(statement.key) for statement in self.profiles[unit].statements]
            found = self._side_by_side[unit] = frozenset(pair for each in words for pair in pairwise(each))
        return found

    def _words(self, one: Mapping[str, float], other: Mapping[str, float]) -> float:
        """Rare words that both use, over all that either uses (weighted Jaccard, S. Ioffe, 2010)."""
        shared = sum(min(weight, other[word]) for word, weight in one.items() if word in other)
        union = sum(one.values()) + sum(other.values()) - shared
        return shared / union if union else 0.0

    def near_pairs(self, block: Iterable[str]) -> set[tuple[str, str]]:
        """Pairs of the block that share something rare: an inverted index over rare words and concepts.

        Each unit keeps its nearest, so that many units of one text do not make all their pairs.
        Cost: the squares of the posting lists, none longer than COMMON.
        """
        postings: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for unit in sorted(block):
            profile = self.profiles[unit]
            for term, weight in profile.vector.items():
                postings[term].append((unit, weight))
            for word, weight in profile.topic.items():
                postings[f"name:{word}"].append((unit, weight))
            for word, weight in profile.words.items():
                postings[f"word:{word}"].append((unit, weight / self._most_rare / len(profile.words)))
        near: defaultdict[tuple[str, str], float] = defaultdict(float)
        for found in postings.values():
            if len(found) <= COMMON:
                for (a, x), (b, y) in combinations(found, 2):
                    near[a, b] += x * y
        ranked: defaultdict[str, list[tuple[float, tuple[str, str]]]] = defaultdict(list)
        for pair, value in near.items():
            for unit in pair:
                ranked[unit].append((-value, pair))
        return {pair for own in ranked.values() for _, pair in sorted(own)[:NEAREST]}


def words_of(world: World, unit: str) -> frozenset[str]:
    """The plain words of a unit's function texts; those of its name where it has none."""
    texts = [text for _, text in world.functions.get(unit, ())] or [world.units[unit].name]
    return frozenset(word for text in texts for word in _words(text))


def _words(text: str) -> list[str]:
    return _NO_WORD.sub(" ", key(text)).split()


def _rarity_of(sets: Iterable[Iterable[str]]) -> dict[str, float]:
    """Inverse document frequency of words; the same set of words in many places counts once."""
    distinct = {frozenset(words) for words in sets}
    count = Counter(word for words in distinct for word in words)
    return {word: log((1 + len(distinct)) / n) for word, n in count.items()}


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words over all words (P. Jaccard, 1901)."""
    return len(a & b) / len(a | b) if a and b else 0.0


def blocks(units: Iterable[Unit]) -> dict[tuple[str, str], list[str]]:
    """Units that may be compared at all: of one place and one level."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in units:
        found[unit.place, unit.level].append(unit.id)
    return dict(found)


def _covered(best: list[float], weights: tuple[float, ...]) -> float:
    total = sum(weights)
    return sum(value * weight for value, weight in zip(best, weights, strict=False)) / total if total else 0.0


def _unit_length(vector: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(value * large[term] for term, value in small.items() if term in large)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1].rstrip() + "…"
