"""Documents that are cited by name, without a number: laws, resolutions of a plenum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loaders.reading.items import Sentence
from loaders.reading.lexicon import alternatives


@dataclass(frozen=True, slots=True)
class Named:
    """A document by its name; the span is of the document's normal text."""

    kind: str
    title: str
    issued: str
    start: int
    end: int


_DATE = (
    r"(?:,? (?:được Quốc hội thông qua )?ngày "
    r"(?P<day>\d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})|,? năm (?P<year>\d{4}))?"
)
_NUMBERED = re.compile(r"\s*(?:\([^()]{0,40}\)\s*)?(?:,\s*)?(?:số|Số)\s*:?\s*\d")
_PLENUM = re.compile(
    r"Nghị quyết (?:của )?(?:Hội nghị )?(?:Trung ương|lần thứ|TW) ?(?P<no>\d{1,2}|[a-zđ]+),? ?"
    r"(?:\(?(?:khóa|khoá) (?P<term>[IVX]+)\)?)?"
)


@lru_cache(maxsize=1)
def _laws() -> re.Pattern[str]:
    names = alternatives("named_documents", "laws")
    law = rf"Luật (?:{names})(?!\w)"
    amending = rf"Luật (?:s|S)ửa đổi, bổ sung một số điều của {law}(?:(?:,| và|, và) {law})*"
    return re.compile(rf"(?<!\w)(?P<title>{amending}|{law}){_DATE}")


# a law that is not in the list: in the grounds of a decision, before its date
_OTHER = re.compile(rf"(?<!\w)(?P<title>Luật [A-ZĐ][^;.()\d]{{3,120}}?){_DATE}(?=[;.,]|$)")


def unnumbered_laws(sentence: Sentence) -> Iterator[Named]:
    """The laws that a sentence cites without their number, and resolutions named by the plenum only."""
    text = sentence.text()
    if "Luật" in text:
        taken: list[tuple[int, int]] = []
        for match in _laws().finditer(text):
            taken.append(match.span())
            yield from _law(sentence, text, match)
        if text.lstrip().startswith("Căn cứ"):
            for match in _OTHER.finditer(text):
                if match["day"] and not any(a < match.end() and match.start() < b for a, b in taken):
                    yield from _law(sentence, text, match)
    for match in _PLENUM.finditer(text):
        if match["term"] and not re.search(r"số \d+[^;.]{0,30}$", text[: match.start()]):
            title = f"Nghị quyết Hội nghị Trung ương {match['no']} khóa {match['term']}"
            yield Named("resolution", title, "", sentence.start + match.start(), sentence.start + match.end())


def _law(sentence: Sentence, text: str, match: re.Match[str]) -> Iterator[Named]:
    if _NUMBERED.match(text[match.end() : match.end() + 60]):
        return
    start, end = sentence.start + match.start(), sentence.start + match.end()
    yield Named("law", match["title"].strip(" ,"), match["day"] or "", start, end)
