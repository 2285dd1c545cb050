"""What `bomay read` says when it is done: what was found, what was not understood, what to do next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bomay.labels import label
from graph.vocabulary import label as code_label
from loaders.headers import sheets as known_sheets

if TYPE_CHECKING:
    from loaders.reading.facts import Reading

_MOST_DOCUMENTS = 20
_MOST_UNREAD = 5
_MOST_REMARKS = 20
_UNSURE = 0.8
_WIDTH = 100


def report(
    readings: Sequence[Reading], sheets: dict[str, list[dict[str, Any]]], output: Path, named: int, lang: str
) -> list[str]:
    """The lines of the report."""
    rows = {name: listed for name, listed in sheets.items() if not name.startswith("#")}
    total = sum(len(listed) for listed in rows.values())
    lines = [label("read.done", lang).format(file=output, read=len(readings), named=named, facts=total)]
    names = known_sheets()
    width = max(len(names[name].label(lang)) for name in rows)
    lines += [f"  {names[name].label(lang):{width}} {len(listed):6}" for name, listed in rows.items()]
    lines += _sure(rows, lang)
    lines += _documents(readings, lang)
    lines += _remarks(readings, lang)
    lines += _unread(readings, lang)
    lines.append(label("read.next", lang))
    lines += [f"  bomay review {output}", f"  bomay load {output} --dry-run"]
    return [_plain(line) for line in lines]


def _sure(rows: dict[str, list[dict[str, Any]]], lang: str) -> Iterator[str]:
    """How the facts are known, and how many are less sure."""
    listed = [row for each in rows.values() for row in each]
    basis = Counter(row["basis"] for row in listed if "basis" in row)
    said = ", ".join(f"{code_label('basis', code, lang)} {n}" for code, n in sorted(basis.items(), key=lambda b: -b[1]))
    unsure = sum(1 for row in listed if row.get("#confidence", 1) < _UNSURE)
    yield label("read.basis", lang).format(basis=said, unsure=unsure)


def _documents(readings: Sequence[Reading], lang: str) -> Iterator[str]:
    """What each document gave; of many only those that gave nothing."""
    many = len(readings) > _MOST_DOCUMENTS
    shown = [r for r in readings if not r.facts] if many else list(readings)
    if len(readings) == 1 or not shown:
        return
    yield label("read.empty" if many else "read.each", lang).format(n=len(shown))
    names = known_sheets()
    for reading in shown[:_MOST_DOCUMENTS]:
        counts = Counter(fact.sheet for fact in reading.facts)
        said = ", ".join(f"{names[name].label(lang)} {n}" for name, n in counts.items())
        yield f"  {reading.document.name}: {said or label('read.none', lang)}"
    if len(shown) > _MOST_DOCUMENTS:
        yield f"  … {len(shown) - _MOST_DOCUMENTS}"


def _remarks(readings: Sequence[Reading], lang: str) -> Iterator[str]:
    """Numbers that do not agree with each other, with the words of both sides."""
    remarks = [(r.document, remark) for r in readings for remark in r.remarks]
    if not remarks:
        return
    yield label("read.remarks", lang).format(n=len(remarks))
    for document, remark in remarks[:_MOST_REMARKS]:
        first = remark.places[0]
        at = document.address(first.paragraph) or label("read.paragraph", lang).format(n=first.paragraph)
        quotes = " / ".join(f"“{document.quote(place.start, place.end)[:_WIDTH]}”" for place in remark.places)
        yield f"  {document.name}, {at}: {remark.text}: {quotes}"
    if len(remarks) > _MOST_REMARKS:
        yield f"  … {len(remarks) - _MOST_REMARKS}"


def _unread(readings: Sequence[Reading], lang: str) -> Iterator[str]:
    """The first of what was seen and not understood, with the place."""
    unread = [(r.document, text, evidence) for r in readings for text, evidence in r.unread]
    if not unread:
        return
    yield label("read.unread", lang).format(n=len(unread))
    for document, text, evidence in unread[:_MOST_UNREAD]:
        at = document.address(evidence.paragraph) or label("read.paragraph", lang).format(n=evidence.paragraph)
        short = text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
        yield f"  {document.name}, {at}: {short}"
    if len(unread) > _MOST_UNREAD:
        yield f"  … {len(unread) - _MOST_UNREAD}"


def _plain(line: str) -> str:
    """The line without characters that steer a terminal."""
    return re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f]", " ", line)
