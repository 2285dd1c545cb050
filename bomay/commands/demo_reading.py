"""The demo's last step: a text is read, compared with the graph, and shown for review."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import click

from bomay.labels import label
from graph.store import Store

SAMPLE = "so-tttt-2017.txt"
FACTS, PAGE = "so-tttt-2017.yaml", "so-tttt-2017-duyet.html"


def read_sample(store: Store, folder: Path, lang: str) -> None:
    """Put the sample text into the folder, read it, and write its facts and the page on which they are reviewed."""
    from bomay.review import make_review, read_texts
    from loaders.headers import sheets
    from loaders.reading.document import make_document
    from loaders.reading.output import rows, to_yaml
    from loaders.reading.read import read_document
    from loaders.review.proposals import Proposals
    from viz.review.page import review_page
    from viz.tables import emit

    text = resources.files("bomay").joinpath("samples", SAMPLE).read_text(encoding="utf-8")
    (folder / SAMPLE).write_text(text, encoding="utf-8")
    reading = read_document(make_document(SAMPLE, text))
    (folder / FACTS).write_text(to_yaml(rows([reading])), encoding="utf-8")
    proposals = Proposals(folder / FACTS)
    review = make_review(proposals, read_texts(proposals, [], folder), store, lang)
    (folder / PAGE).write_bytes(review_page(review, lang))
    found = Counter(card.sheet for card in review.cards)
    known = Counter(card.sheet for card in review.cards if any(choice.sure for choice in card.choices))
    click.echo()
    emit(
        [label(f"demo.{name}", lang) for name in ("kind", "proposed", "known")],
        [[sheet.label(lang), found[name], known[name] or ""] for name, sheet in sheets().items() if found[name]],
        title=label("demo.reading", lang).format(file=folder / SAMPLE),
        note=label("demo.reading_note", lang).format(facts=folder / FACTS, page=folder / PAGE),
    )
