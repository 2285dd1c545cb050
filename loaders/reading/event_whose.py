"""Units that only say whose something is, where that something takes part in a change and not they."""

from __future__ import annotations

import re

from loaders.reading.items import Item, Sentence
from loaders.reading.lexicon import keys

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


def only_where_it_is(sentence: Sentence, match: re.Match[str], verb: Item) -> bool:
    """Whether the place before the verb only says where that is which the words before it name (Lực lượng Kiểm lâm
    *tỉnh A* được thành lập)."""
    items = sentence.items
    said = next((name for name in ("inputs", "outputs") if (match.groupdict().get(name) or "").startswith("P ")), "")
    at = sentence.index(match.start(said)) if said else 0
    if at < 2 or items[at].start > verb.start or items[at].start - items[at - 1].end > 1:
        return False
    name = [item for item in items[at - 2 : at] if isinstance(item.value, str) and item.symbol.isalpha()]
    known = keys("stops") | keys("leading_words")
    return len(name) == 2 and str(name[0].value)[:1].isupper() and name[1].symbol not in known
