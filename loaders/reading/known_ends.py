"""Where names end that are known for a head: "Sở Kế hoạch và Đầu tư", "Trung tâm Kiểm nghiệm thuốc, mỹ phẩm"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.lexicon import known_names, name_parts, phrases
from loaders.reading.unit_heads import unit_head
from loaders.reading.words import Word, without_gap


def known_name(words: Sequence[Word], at: int, head: str) -> int | None:
    """The index after a name that is known for the head, commas and hyphens in it included."""
    found = known_names(head).match(words, at, across=",-–/")
    if found is None:
        return None
    for comma in range(at + 1, found[1]):
        longer = known_names(head).match(words, comma, across="-–") if words[comma].gap == "," else None
        if longer is not None and longer[1] > found[1]:  # another name begins (Tài chính, Kế hoạch và Đầu tư)
            return _known_end(words, at, comma, head)
    return _with_further_parts(words, found[1]) if "," in found[0] else found[1]


def _with_further_parts(words: Sequence[Word], end: int) -> int:
    """The end of a known name that is a list itself, with what is listed further in small letters (Kiểm nghiệm dược
    phẩm, mỹ phẩm*, thực phẩm*)."""
    while end < len(words) and words[end].gap == "," and not words[end].capital:
        bare = [without_gap(words[end]), *words[end + 1 : end + 6]]
        part = name_parts().match(bare, 0)
        verb = any(phrases(name).match(bare, 0) for name in ("stops", "name_verbs", "also_verbs", "objects"))
        after = end + part[1] if part is not None else end
        over = after >= len(words) or words[after].gap or words[after].key == "và"
        if part is None or verb or not over or unit_head(words, end) is not None:
            break
        end = after
    return end


def _known_end(words: Sequence[Word], at: int, end: int, head: str) -> int | None:
    """The end of the longest known name between the words."""
    found = known_names(head).match(words[at:end], 0, across="-–/")
    return at + found[1] if found else None
