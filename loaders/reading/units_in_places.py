"""Units of one kind in several places of which the kind stands once: "Công an ba tỉnh Hòa Sơn, Sơn Khê và Kim Lạc",
"Trạm Y tế các xã An Khê, Tân Khê", "2 đảng bộ tỉnh: Hòa Sơn và Sơn Khê"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.vocabulary import unit_kind
from loaders.reading.lexicon import title_phrases
from loaders.reading.places import LEVEL_OF, Place, level_word, proper_end, read_place
from loaders.reading.unit_classes import level_of_several
from loaders.reading.unit_heads import after_class, begins_unit, is_proper, number_before
from loaders.reading.unit_names import Unit, read_unit
from loaders.reading.words import Word, without_gap

# organs whose places are rather named for themselves (UBND các xã A, B)
_COUNCILS = frozenset(("ubnd", "hdnd", "thon", "to_dan_pho"))
_MOST = 40


def units_in_places(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int] | None:
    """The units of the places that follow the kind at the word, which `first` was read from, and the index after them;
    the class where several places are meant and not named (Công an ba tỉnh); None where no kind of place is said."""
    if first.kind in _COUNCILS or first.place is not None or first.basis == "short" or after >= len(words):
        return None
    level = level_of_several(words, after)
    stem, number, group = after, number_before(words, after + 1) if level else 0, True
    if level is None:
        start = next((i for i in (after - 2, after - 1) if i > at and level_word(words, i)), after)
        level = level_word(words, start)
        if level is None or level[1] != after or not after_class(words, at):
            return None
        if ":" not in words[after].gap:
            return ([replace(first, group=True)], after) if number_before(words, at) else None  # 2 đảng bộ tỉnh
        stem, number, group = start, number_before(words, at), False
    levels = unit_kind(first.kind).levels
    if levels and LEVEL_OF[level[0]] not in levels:
        return None  # giao Sở Nội vụ 2 xã
    found, end = _named(words, at, stem, level)
    if found:
        basis = found[0].basis if first.group else "stated"
        found[0] = replace(found[0], start=words[at].start, basis=basis)
    if len(found) < 2 or (number and number != len(found)):
        return ([replace(first, group=True)], after) if group and not found else None
    return found, end


def _named(words: Sequence[Word], at: int, stem: int, level: tuple[str, int]) -> tuple[list[Unit], int]:
    """The units of the kind [at, stem) in the places of the level whose names follow, and the index after them."""
    kind, start = level
    end = start
    found: list[Unit] = []
    while start < min(len(words), stem + _MOST):
        named = _place(words, start, kind)
        if named is None:
            break
        place, beyond = named
        said = [Word(key, key, words[start].start, words[start].start, "", False) for key in place.kind.split()]
        own = level_word([without_gap(words[start]), *words[start + 1 : start + 3]], 0)
        name = [without_gap(word) if i == 0 else word for i, word in enumerate(words[start:beyond])]
        unit = read_unit([*(without_gap(w) for w in words[at:stem]), *([] if own else said), *name], 0)
        if unit is None or unit[0].group or unit[0].place is None:
            break
        found.append(replace(unit[0], start=words[start].start, end=words[beyond - 1].end, basis="deduced"))
        kind = place.kind
        end = _behind_old(words, beyond)
        joined = end < len(words) and words[end].key == "và" and not words[end].gap.strip(")")
        if end >= len(words) or (not joined and words[end].gap.strip(")") not in (",", ";")):
            break
        start = end + 1 if joined else end
    return found, end


def _place(words: Sequence[Word], at: int, kind: str) -> tuple[Place, int] | None:
    """The place at the word, of the level of the kind that is said before; None where something else stands there."""
    bare = [without_gap(words[at]), *words[at + 1 : at + 10]]
    if level_word(bare, 0) is None:
        other = begins_unit(bare, 0) and not is_proper(bare, 0, proper_end(bare, 0))
        if other or title_phrases().match(bare, 0) or not (bare[0].capital or bare[0].key.isdigit()):
            return None
        spelled = kind.split()
        bare = [*(Word(key, key, bare[0].start, bare[0].start, "", False) for key in spelled), *bare]
        at -= len(spelled)
    found = read_place(bare, 0)
    if found is None or LEVEL_OF[found[0].kind] != LEVEL_OF[kind]:
        return None
    return found[0], at + found[1]


def _behind_old(words: Sequence[Word], at: int) -> int:
    """The index after "(cũ)" at the word."""
    return at + 1 if at < len(words) and words[at].key == "cũ" and words[at].gap in ("", "(") else at
