"""Text in one Unicode form, with the way back to the characters of the source.

Everything is read in the normal text: NFC, ordinary spaces, ordinary letters and digits, no invisible
characters. A span in it is turned into a span of the source by `Normal.back`.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass

# soft hyphen, zero width, joiners, marks and orders of direction, tags, selectors of variants
_INVISIBLE = "\u00ad\u00ac\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
# orders of direction and tags show another text to people than to programs
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_LOOK_ALIKE = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ"}
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_MARKS = "\u0300-\u036f"
# letters with marks behind them, and single characters that are not themselves in normal text
_ODD = re.compile(
    f"[^{_MARKS}]?[{_MARKS}]+|[^\n -~\u00a1-\u00ab\u00ae-\u00cf\u00d1-\u00ef\u00f1-\u0188\u018a-\u02ff\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u205e]",
    re.S,
)


@dataclass(frozen=True)
class Normal:
    """Normal `text`. `steps` are runs of it: where the run starts, the span of the source it stands for, and
    whether it is that span, character by character. None: the source is already normal."""

    text: str
    steps: tuple[tuple[int, int, int, bool], ...] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source, half-open, that a span of the normal text stands for."""
        if not self.steps or start >= end:
            return start, end
        first, last = self._step(start), self._step(end - 1)
        return (
            first[1] + start - first[0] if first[3] else first[1],
            last[1] + end - last[0] if last[3] else last[2],
        )

    def _step(self, at: int) -> tuple[int, int, int, bool]:
        steps = self.steps or ()
        return steps[bisect.bisect_right(steps, at, key=lambda step: step[0]) - 1]


def normalise(source: str) -> Normal:
    """The normal form of a text; line ends stay, all become newlines."""
    parts: list[str] = []
    steps: list[tuple[int, int, int, bool]] = []
    made = done = 0
    for odd in _ODD.finditer(source):
        start, end = odd.span()
        shown = "".join(_shown(c, source, start) for c in unicodedata.normalize("NFC", odd[0]))
        if shown == odd[0]:
            continue
        if start > done:
            parts.append(source[done:start])
            steps.append((made, done, start, True))
            made += start - done
        if shown:
            parts.append(shown)
            steps.append((made, start, end, False))
            made += len(shown)
        done = end
    if not done:
        return Normal(source)
    if done < len(source):
        parts.append(source[done:])
        steps.append((made, done, len(source), True))
    return Normal("".join(parts), tuple(steps))


def _shown(character: str, source: str, at: int) -> str:
    """What stands for the character in normal text; nothing for an invisible one."""
    if _HIDDEN.match(character) or (character == "\r" and source[at + 1 : at + 2] == "\n"):
        return ""
    if character in _LINE_ENDS:
        return "\n"
    if character in _SPACES or (character < " " and character != "\n"):
        return " "
    if "\uff01" <= character <= "\uff5e":  # the wide forms of letters and digits
        return chr(ord(character) - 0xFEE0)
    return _LOOK_ALIKE.get(character, character)
