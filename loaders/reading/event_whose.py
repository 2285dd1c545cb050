"""Units that only say whose something is, where that something takes part in a change and not they."""

from __future__ import annotations

import re

from loaders.reading.items import Item, Sentence

_WHOSE = frozenset(("của", "tại", "ở"))
_MERGED = frozenset(("merge", "absorb"))


def part_of_it(sentence: Sentence, kind: str, first: Item, verb: Item) -> bool:
    """Whether not the unit before the verb merges, but what it has (đội bóng của Sở A gộp với …)."""
    if kind not in _MERGED or verb.symbol != "v:merge":
        return False
    at = sentence.items.index(first)
    around = (sentence.items[at - 1].symbol if at else "", sentence.items[at + 1].symbol)
    return around[0] == "của" and around[1] != ","  # theo quyết định của UBND tỉnh, Trung tâm A được sáp nhập …


def becomes_what_it_has(sentence: Sentence, match: re.Match[str], verb: Item) -> bool:
    """Whether a unit becomes something that the unit behind has (chuyển thành điểm du lịch của Sở A)."""
    if match.re.groupindex.get("outputs") is None or match["outputs"] is None:
        return False
    at = sentence.index(match.start("outputs"))
    return sentence.items[at].start > verb.start and sentence.items[at - 1].symbol in _WHOSE
