"""Schools that are named by their level alone: "Cao đẳng Y tế Sơn Khê", "THPT số 3 Lê Lợi", "MN Hoa Lan"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.lexicon import keys, listed, phrases
from loaders.reading.places import level_word
from loaders.reading.words import Word, without_gap

_READ = 24  # words of a name and of what follows it
# levels that are said of schools only, not of schooling (tốt nghiệp Đại học)
_HIGHER = frozenset(("cao đẳng", "trung cấp", "đại học"))
_ABBREVIATED = frozenset(("MN", "MG", "TH", "ĐH", "CĐ"))


def with_head(words: Sequence[Word], at: int) -> list[Word] | None:
    """The words from the word on with the head "Trường" before them, if a school is named by its level at the word;
    None if not."""
    if not words[at].capital or words[at].part:
        return None
    if words[at].shown in _ABBREVIATED and any(word.key == "trường" for word in words):
        long = listed("school_abbreviations")[words[at].shown].split()
        level = [replace(words[at], key=part.lower(), shown=part, part=i > 0, gap="") for i, part in enumerate(long)]
        after = at + 1
    else:
        found = phrases("school_levels").match(words, at)
        if found is None:
            return None
        after = found[1]
        level = [without_gap(words[at]), *words[at + 1 : after]]
    if _of_schooling(words, at) or not _is_called(words, after, " ".join(word.key for word in level) in _HIGHER):
        return None
    begins = words[at].start
    head = Word("trường", "Trường", begins, begins, words[at].gap, True)
    return [head, *level, *words[after : after + _READ]]


def _of_schooling(words: Sequence[Word], at: int) -> bool:
    """Whether the words before say that schooling is meant (tốt nghiệp, trình độ, ngành), or name the school."""
    if at == 0 or words[at].gap:
        return False
    return words[at - 1].key in keys("before_schooling") or words[at - 1].capital


def _is_called(words: Sequence[Word], at: int, higher: bool) -> bool:
    """Whether a school is called by what stands at the word: a name with a capital, a number and a name."""
    if at >= len(words) or words[at].gap:
        return False
    if (words[at].key, words[at + 1].key if at + 1 < len(words) else "") == ("việt", "nam"):
        return False
    if words[at].key == "số" and at + 1 < len(words):
        return words[at + 1].key.isdigit()
    named = words[at].capital and not words[at].part
    return named and (not level_word(words, at) or higher or not words[at].shown.islower())
