"""What two statements have in common, in the words in which they were written."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from graph.text import key, nfc
from queries.statements import Statement
from queries.statements.concepts import concepts

_KEY = re.compile(r"[a-z0-9_]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
MOST_WORDS = 2_000  # of one statement that are looked through


@dataclass(frozen=True)
class Common:
    """Why two statements are near each other, for people."""

    a_actions: tuple[str, ...]
    b_actions: tuple[str, ...]
    words: tuple[str, ...]  # runs of words that both have, as the first writes them
    concepts: tuple[str, ...]  # keys of concepts.yaml that both name
    a_set_aside: tuple[str, ...]  # boilerplate and places that did not count
    b_set_aside: tuple[str, ...]


def common(a: Statement, b: Statement) -> Common:
    """What was matched and what was set aside; linear in the length of both."""
    words_a, words_b = Written(a.raw), Written(b.raw)
    shared = {word for item in a.items for word in item.object} & {word for item in b.items for word in item.object}
    concepts_a = {concept for item in a.items for concept in item.concepts}
    concepts_b = {concept for item in b.items for concept in item.concepts}
    return Common(
        _actions(a, words_a),
        _actions(b, words_b),
        words_a.runs(shared, words_b),
        tuple(sorted(concepts_a & concepts_b)),
        tuple(words_a.find(each) for each in a.set_aside),
        tuple(words_b.find(each) for each in b.set_aside),
    )


def concept_name(name: str) -> str:
    """A concept as people call it: the first phrase of its entry in concepts.yaml."""
    known = concepts().get(name)
    return known.phrases[0] if known and known.phrases else name.replace("_", " ")


def with_concept_names(text: str) -> str:
    """A text in which keys of concepts stand, with their names instead."""
    return _KEY.sub(lambda found: concept_name(found[0]) if found[0] in concepts() else found[0], text)


def _actions(statement: Statement, written: Written) -> tuple[str, ...]:
    return tuple(dict.fromkeys(written.find(action) for item in statement.items for action in item.actions))


class Written:
    """The words of a text with the folded form of each."""

    def __init__(self, text: str) -> None:
        self.words = [word for raw in nfc(text).split()[:MOST_WORDS] if (word := raw)]
        self.keys = [key(_EDGES.sub("", word)) for word in self.words]

    def find(self, phrase: str) -> str:
        """The words of the text that are written canonically in `phrase`; the phrase itself if they are not there."""
        wanted = phrase.split()
        for start in range(len(self.keys) - len(wanted) + 1):
            if self.keys[start : start + len(wanted)] == wanted:
                run = " ".join(self.words[start : start + len(wanted)])
                return _EDGES.sub("", run[:1].lower() + run[1:])
        return phrase

    def runs(self, wanted: Collection[str], other: Written) -> tuple[str, ...]:
        """The longest runs of these words that stand in the other text too, the longest first.

        A syllable by itself says nothing (`tham` of `tham mưu` and `tham nhũng`): it is left out.
        """
        theirs = " ".join(["", *other.keys, ""])
        found: list[list[str]] = []
        run: list[str] = []
        keys: list[str] = []
        for word, folded in [*zip(self.words, self.keys, strict=True), ("", "")]:
            parts = folded.split()
            if parts and all(part in wanted for part in parts) and f" {' '.join([*keys, folded])} " in theirs:
                run.append(word)
                keys.append(folded)
                continue
            found.append(run)
            # the word may begin a run of its own
            run, keys = ([word], [folded]) if parts and all(part in wanted for part in parts) else ([], [])
        texts = [_EDGES.sub("", " ".join(run)) for run in found if len(key(" ".join(run)).split()) > 1]
        longest = sorted(dict.fromkeys(each[:1].lower() + each[1:] for each in texts), key=len, reverse=True)
        return tuple(each for n, each in enumerate(longest) if not any(each in longer for longer in longest[:n]))
