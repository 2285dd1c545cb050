"""Posts as the words of a text name them: a title, and the unit that follows or that begins with its last word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.items import PostAt
from loaders.reading.lexicon import memberships, title_phrases
from loaders.reading.unit_names import Unit, read_unit
from loaders.reading.words import Word

# the end of a title with which the unit's name begins (Trưởng *phòng* Nội vụ) → its number of words
_SHARED = {
    **{"văn phòng": 2, "thanh tra": 2, "cơ quan": 2, "dân phố": 3},
    **dict.fromkeys(("ban", "phòng", "đoàn", "thôn", "đài", "tòa", "trạm"), 1),
}


_MOST_WORDS = 40  # words


def _begun_by_title(words: Sequence[Word], at: int) -> tuple[Unit, int] | None:
    """The unit whose name begins with the last word of a title, which is its head though it be small (Chánh *tòa Hình
    sự*)."""
    unit = read_unit(words, at)
    if unit is not None or words[at].capital:
        return unit
    found = read_unit([replace(words[at], capital=True), *words[at + 1 : at + _MOST_WORDS]], 0)
    return (found[0], at + found[1]) if found is not None else None


def post_at(words: Sequence[Word], at: int) -> tuple[PostAt, int] | None:
    """A title or membership with the unit that follows it."""
    if at and words[at].key == "vụ" and words[at - 1].key == "chức" and not words[at].gap:
        return None  # chức vụ Trưởng phòng is no Vụ trưởng
    member = memberships().match(words, at)
    found = title_phrases().match(words, at)
    is_member = member is not None and (found is None or member[1] > found[1])
    best = member if is_member else found
    if best is None:
        return None
    name, after = best
    tail = _SHARED.get(" ".join(word.key for word in words[after - 2 : after])) or _SHARED.get(words[after - 1].key)
    again = after < len(words) and not words[after].gap and words[after].key == words[after - 1].key
    if not is_member and tail and not again:  # Trưởng ban Ban Quản lý A
        unit = _begun_by_title(words, after - tail)
        if unit is not None and unit[0].basis != "short":
            return PostAt(name, unit[0], words[at].start, unit[0].end), max(after, unit[1])
    unit = None if after >= len(words) or words[after].gap else read_unit(words, after)
    if unit is not None:
        return PostAt(name, unit[0], words[at].start, unit[0].end, is_member), unit[1]
    return PostAt(name, None, words[at].start, words[after - 1].end, is_member), after
