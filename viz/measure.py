"""How wide a text is, and how it breaks into lines, from the font's own advance widths.

Kerning and ligatures are switched off in every writer: so a text is exactly as wide as its
characters, in all formats, and what fits here fits there.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from viz import fonts

MISSING = "?"  # stands for a character that the font does not have
ELLIPSIS = "…"
_KEPT = 16_384  # results kept: titles and names of units come back again and again
_EVEN_WORDS = 60  # longer texts are filled line by line
_SMALL_WORDS = ("và", "thuộc", "and", "of")
_INSIDE = 0.35  # price of a break inside a word of several syllables


@lru_cache(maxsize=_KEPT)
def clean(text: str) -> str:
    """The text as it can be drawn: NFC, one space between words, no control or formatting
    characters, and a question mark for each character that the font does not have."""
    covered = fonts.covered()
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if covered.issuperset(text):
        return text
    kept = "".join(
        char if char in covered else MISSING
        for char in text
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs") and not "\ufe00" <= char <= "\ufe0f"
    )
    return " ".join(kept.split())


@lru_cache(maxsize=_KEPT)
def width(text: str, face: str, size: float) -> float:
    """Width in px of a cleaned text."""
    table = fonts.advances(face)
    return sum([table[char] for char in text]) * size


@lru_cache(maxsize=_KEPT)
def wrap(text: str, face: str, size: float, limit: float, most: int, even: bool = True) -> tuple[str, ...]:
    """A cleaned text in lines of at most `limit` px, broken at spaces.

    `even`: about equally long, for centred texts; else each line as full as it goes. A word that is
    wider than a line is broken where it must; what does not go into `most` lines is cut with an
    ellipsis.
    """
    if width(text[:400], face, size) <= limit and len(text) <= 400:
        return (text,)
    lines, cut = _fill(text, face, size, limit, most)
    if cut:
        lines[-1] = _shorten(lines[-1] + ELLIPSIS, face, size, limit)
        return tuple(lines)
    words = text.split(" ") if even else []
    if 1 < len(lines) <= len(words) <= _EVEN_WORDS and " ".join(lines) == text:
        wide = [width(word, face, size) for word in words]
        return tuple(_even(words, wide, width(" ", face, size), limit, len(lines)))
    return tuple(lines)


def _even(words: list[str], wide: list[float], space: float, limit: float, count: int) -> list[str]:
    """The words in `count` lines, broken where it reads best: evenly, and rather before a
    capital, before "và" or after a comma or dash than inside a word of several syllables."""
    size = len(words)
    reach = [0.0]
    for each in wide:
        reach.append(reach[-1] + each + space)
    # best[k][j]: cost of the first j words in k lines, and where the last of these starts
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[-1].items():
            inside = _INSIDE if start and not _good_break(words[start - 1], words[start]) else 0.0
            for end in range(start + 1, size + 1):
                line = reach[end] - reach[start] - space
                if line > limit:
                    break
                total = cost + inside + (1 - line / limit) ** 2
                if end not in row or total < row[end][0]:
                    row[end] = (total, start)
        best.append(row)
    lines: list[str] = []
    end = size
    for row in reversed(best[1:]):
        start = row[end][1]
        lines.append(" ".join(words[start:end]))
        end = start
    return lines[::-1]


def _good_break(before: str, after: str) -> bool:
    return before[-1] in ",;-–" or after[0].isupper() or after[0] == "(" or after in _SMALL_WORDS


def _fill(text: str, face: str, size: float, limit: float, most: int) -> tuple[list[str], bool]:
    table = fonts.advances(face)
    space = table[" "] * size
    lines: list[str] = []
    line, used = "", 0.0
    for word in text.split(" "):
        wide = sum([table[char] for char in word]) * size
        if line and used + space + wide <= limit:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line)
            if len(lines) == most:
                return lines, True
        while wide > limit:
            head = _head(word, table, size, limit)
            lines.append(head)
            word = word[len(head) :]
            if len(lines) == most:
                return lines, True
            wide = sum([table[char] for char in word[:400]]) * size + (limit if len(word) > 400 else 0)
        line, used = word, wide
    return [*lines, line], False


def _head(word: str, table: dict[str, float], size: float, limit: float) -> str:
    """The longest beginning of a word that fits; at least one character."""
    used = 0.0
    for index, char in enumerate(word):
        used += table[char] * size
        if used > limit:
            return word[: max(index, 1)]
    return word


def _shorten(text: str, face: str, size: float, limit: float) -> str:
    while width(text, face, size) > limit and len(text) > 2:
        text = text[:-2].rstrip() + ELLIPSIS
    return text
