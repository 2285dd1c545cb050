"""Schools that are members of a university, which is named behind them: "Trường Đại học Nông lâm, Đại học Sơn Khê"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.lexicon import name_parts, phrases
from loaders.reading.places import proper_end, shown
from loaders.reading.words import Word, without_gap

_HEADS = frozenset(("trường", "khoa", "viện", "phân hiệu"))
_UNIVERSITY = ["đại", "học"]
_NATIONAL = ["quốc", "gia"]
_LEVELS = frozenset(("đại", "cao"))


def university_of(words: Sequence[Word], at: int, after: int, end: int, head: str) -> tuple[str, int] | None:
    """The university behind the mark at `end` that the school [at, end) is a member of, and the index after it; None
    where another school is named in a list (Trường Đại học Y Sơn Khê, Đại học Kim Lạc)."""
    if head not in _HEADS or end >= len(words) or words[end].gap not in (",", "-", "–") or not words[end].capital:
        return None
    if head == "trường" and (words[after].key not in _LEVELS or words[after + 1].key not in ("học", "đẳng")):
        return None
    start = end + 2
    if [word.key for word in words[end:start]] != _UNIVERSITY or start >= len(words) or words[start].gap:
        return None
    subject = after + 2 if head == "trường" else after
    parts = (name_parts().match(words, i, across="-–") for i in range(subject, end))
    taught = any(part is not None and part[1] == end for part in parts)
    if not taught and (words[end - 1].capital and (head == "trường" or end - subject > 1)):
        return None  # the school has a proper name of its own
    if [word.key for word in words[start : start + 2]] == _NATIONAL:
        start += 2
    beyond = start + proper_end(words[start : start + 6], 0)
    if beyond == start or name_parts().match(words, start) is not None or _another(words, beyond):
        return None
    return shown([without_gap(words[end]), *words[end + 1 : beyond]], 0, beyond - end), beyond


def _another(words: Sequence[Word], at: int) -> bool:
    """Whether one more school follows without its head (…, Đại học Kim Lạc và Cao đẳng Sơn Khê)."""
    joined = at < len(words) and words[at].key == "và" and not words[at].gap
    start = at + 1 if joined else at
    listed = joined or (start < len(words) and words[start].gap == ",")
    return listed and start < len(words) and phrases("school_levels").match(words, start) is not None
