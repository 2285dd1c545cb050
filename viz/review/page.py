"""The page to review proposed facts, made from the sources in viz/review/page/."""

from __future__ import annotations

import html
from dataclasses import asdict, dataclass, field
from typing import Any

from graph.packaged import packaged_yaml
from viz import webpage

SCRIPTS = ("explorer/page/dom.js", *(f"review/page/{name}.js" for name in ("state", "source", "cards", "main")))


@dataclass
class Choice:
    """What may stand for a proposal: a node of the graph, or another row of the file."""

    id: str
    name: str
    about: str
    reasons: list[str]
    weak: bool = False
    in_graph: bool = True
    sure: bool = False  # the only one of the graph for which more than the name speaks, and nothing against it


@dataclass
class Card:
    """A proposal as it is shown. `fields` are (column, label, value, what is shown for it); `spans` half-open,
    in the source's text."""

    key: str
    sheet: str
    title: str
    fields: list[tuple[str, str, str, str]]
    document: str
    quote: str
    spans: list[tuple[int, int]]
    facts: str = ""  # confidence, basis, rule in words
    low: bool = False
    group: int = -1
    conflicts: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


@dataclass
class Text:
    """A document; `text` is None where only the quotations are there."""

    id: str
    title: str
    text: str | None
    unread: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Review:
    """All that the page shows."""

    file: str
    digest: str
    sheets: dict[str, str]
    texts: list[Text]
    cards: list[Card]


def words(lang: str) -> dict[str, str]:
    """The words of the review in a language."""
    found: dict[str, dict[str, str]] = packaged_yaml("viz", "review", "words.yaml")
    return {name: both[lang] for name, both in found.items()}


def review_page(review: Review, lang: str) -> bytes:
    """The page as the bytes of a file; the same review gives the same bytes."""
    said = words(lang)
    script, css = webpage.script(*SCRIPTS), webpage.source("review/page/page.css")
    values = {
        "lang": lang,
        "policy": webpage.policy(script, [css]),
        "title": html.escape(f"{said['title']}: {review.file}"),
        "css": css,
        "noscript": html.escape(said["noscript"]),
        "data": webpage.json_text({**_plain(review), "words": said}),
        "script": script,
    }
    return webpage.fill(webpage.source("review/page/page.html"), values)


def _plain(review: Review) -> dict[str, Any]:
    """The review as JSON has it; spans in UTF-16 units, as a browser counts."""
    plain = asdict(review)
    texts = {text.id: text.text for text in review.texts}
    for card in plain["cards"]:
        card["spans"] = _in_utf16(texts.get(card["document"]), card["spans"])
    for text in plain["texts"]:
        text["unread"] = _in_utf16(text["text"], text["unread"])
    return plain


def _in_utf16(text: str | None, spans: list[tuple[int, int]]) -> list[list[int]]:
    """The spans counted in UTF-16; those outside the text are left out."""
    if text is None:
        return []
    inside = [(start, end) for start, end in spans if end <= len(text)]
    if text.isascii() or max(text) < "\U00010000":
        return [[start, end] for start, end in inside]
    return [[len(text[:at].encode("utf-16-le")) // 2 for at in span] for span in inside]
