"""Where the sentences of a paragraph end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"(?<=[a-zà-ỹ]{2})\.(?=\s+\d)|"  # … 34 thôn. 7 tổ chức hội …
    r"(?:(?<!\bTP)(?<!\bTp)(?<!\bTX)(?<!\bTx)(?<!\bTh)(?<!\bThS)(?<!\bTS)(?<!\bBS)(?<!\b[A-ZĐ])[.!?]+|…|\.\.\.)[”\")]?(?=\s*[A-ZĐÀ-Ỹ“\"(–-]|\s*$)"
)
_LONGEST = 3_000


def sentence_ends(text: str) -> Iterator[int]:
    """Where sentences end; one that is longer than any should be is cut at a comma."""
    start = 0
    for end in [*_full_stops(text), len(text)]:
        while end - start > _LONGEST:
            cut = max(text.rfind(mark, start, start + _LONGEST) for mark in ";,")
            start = cut + 1 if cut > start else start + _LONGEST
            yield start
        if end < len(text):
            yield end
        start = end


def _full_stops(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        following = text[match.end() : match.end() + 1]
        if match[0].startswith(".") and len(match[0]) == 1 and following and not following.isspace():
            continue
        yield match.end()
