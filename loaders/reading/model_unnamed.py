"""Two organs under one head, said of no model that graph/data has a name for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.text import key
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import Sentence
from loaders.reading.model_states import PLAIN, Around, resolve, states_in

_GENERIC = re.compile(
    r"kiêm nhiệm người đứng đầu (?P<a>[^;.]{5,120}?) và (?P<b>[^;.]{5,120}?) (?:có chức năng|chưa|còn|đã)"
)


def unnamed_models(sentence: Sentence, now: int) -> Iterator[Fact]:
    """Two organs under one head that no model of graph/data names."""
    found = _GENERIC.search(sentence.text())
    if found is None:
        return
    start, end = sentence.start + found.start(), sentence.start + found.end("b")
    before = states_in(sentence, sentence.start, start, now=now, last=True)
    state = resolve(Around(before, None, states_in(sentence, end, sentence.end, now=now)))
    values: dict[str, Any] = {"model": "CM-" + key(found["a"]).replace(" ", "-")[:40].upper()}
    values["name"] = f"Người đứng đầu {found['a'].strip()} kiêm người đứng đầu {found['b'].strip()}"
    values |= {"status": "policy" if state in (None, PLAIN) else state, "level": None, "place": None}
    yield Fact("models", values, Evidence(sentence.paragraph.number, start, end, "stated", 0.75, "generic-pair"))
