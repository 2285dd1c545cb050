"""Text in one Unicode form, with the way back to the characters of the source.

Everything is read in the normal text: NFC, ordinary spaces, no invisible characters. A span in it
is turned into a span of the source by `Normal.back`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ac"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t"
_LOOK_ALIKE = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ"}
_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.S)
_UNUSUAL = re.compile(
    f"[{_INVISIBLE}{_SPACES}\u00d0\u0189\u00f0\u0300-\u036f\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029\x00-\x08]"
)
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True)
class Normal:
    """Normal `text`; its character i stands for the source from `starts[i]` to `ends[i]`. None: the source is
    already normal."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source, half-open, that a span of the normal text stands for."""
        if self.starts is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalise(source: str) -> Normal:
    """The normal form of a text; line ends stay, all become newlines."""
    if not _UNUSUAL.search(source) and unicodedata.is_normalized("NFC", source):
        return Normal(source)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(source):
        for character in unicodedata.normalize("NFC", cluster[0]):
            shown = _shown(character, source, cluster.start())
            if shown:
                parts.append(shown)
                starts.append(cluster.start())
                ends.append(cluster.end())
    return Normal("".join(parts), tuple(starts), tuple(ends))


def _shown(character: str, source: str, at: int) -> str:
    """What stands for the character in normal text; nothing for an invisible one."""
    if character in _INVISIBLE or (character == "\r" and source[at + 1 : at + 2] == "\n"):
        return ""
    if character in _LINE_ENDS:
        return "\n"
    if character in _SPACES:
        return " "
    if character < " " and character != "\n":
        return " "
    return _LOOK_ALIKE.get(character, character)
