"""The unit and the place behind a title: "Chánh Văn phòng *Tỉnh ủy Bình Phước*".

A unit's name ends where its place begins: at a level word (tỉnh, huyện, thị xã, xã …), behind a
committee (Huyện ủy Lộc Ninh), or at the name of a province. The place gets its kind from
there; without one it stays as written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.text import key, strip_diacritics
from graph.title_grammar import Words, lexicon, provinces
from graph.vocabulary import city_level, level_of, unit_kind, unit_prefix

_LEVELS = {
    "tỉnh": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
    "thành phố": None,
}
_SPELLED = {
    bare: [(word, (strip_diacritics(word) if bare else word).split()) for word in _LEVELS] for bare in (True, False)
}
# The first word of a committee's or Youth Union's name → the kind of its place
_COMMITTEES = {"tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố"}


@dataclass(frozen=True)
class Unit:
    """A unit as a title names it; without a name where only the place is named."""

    name: str | None = None
    kind: str | None = None
    level: str | None = None
    places: tuple[str, ...] = ()
    parent: str | None = None
    end: int = 0  # index after the words that were understood


class Units:
    """Reads the words [start, end) behind a title as a unit and its place."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def read(self, start: int, end: int, *, named: bool) -> Unit:
        """`named`: the words begin with the noun of a title such as Trưởng phòng, so they are a unit's
        name even if its kind is not known."""
        unit = self._read(start, end, named=named)
        after = unit.end
        while start < after < end and self.words.words[after].start == self.words.words[after - 1].start:
            after += 1
        return replace(unit, end=after)

    def _read(self, start: int, end: int, *, named: bool) -> Unit:
        found = unit_prefix(self.words.keys(start, end), bare=self.words.bare)
        kind, length = found if found else (None, 0)
        if kind is None and (self.level_word(start, end) or not named):
            return self._place_only(start, end)
        about = unit_kind(kind) if kind else None
        strict = bool(about and about.level_in_name)
        first = start + max(length - 2, 0)
        name_end, places, after, ended_by = self._places(start, first, end, strict=strict)
        level = level_of(self.words.written(start, name_end)) or level_of(self.words.written(start, after))
        level = level or _LEVELS.get(ended_by)
        if about and about.whole_name and not ended_by:
            # Nothing but a place can follow: UBND Tân Lập
            name_end = start + length
            after = self._proper_end(name_end, end)
            places = (self.words.written(name_end, after),) if after > name_end else ()
        elif not ended_by and not (about and about.place_in_name):
            name_end, places = self._trailing_province(start + length, name_end)
            level = level or ("province" if places else None)
        name_end = self._without_level(start, name_end, keep=about is None or about.level_in_name)
        parent_at = self._parent_at(kind, start, name_end)
        parent = self._name(parent_at, name_end) if parent_at else None
        if parent_at:
            level = level or level_of(str(parent))
            name_end = max(parent_at, start + length)
        return Unit(self._name(start, name_end), kind, level, places, parent, after)

    def name_goes_on(self, at: int) -> int:
        """The index after the part of a name that stands behind a comma or hyphen: known words of names,
        or a place with its level; `at` if the name does not go on."""
        count = len(self.words.words)
        if self.level_word(at, count):
            return at + 1
        found = lexicon().names.match(self.words, at)
        if found:
            return found[1]
        if self.words.words[at].gap == "dash" and any(
            tuple(self.words.keys(at - n, at + m)) in provinces() for n in (1, 2) for m in (1, 2) if at >= n
        ):
            return at + 1
        return at

    def _place_only(self, start: int, end: int) -> Unit:
        """ "Bí thư xã Tân Lập": the place says the level, the unit is left out."""
        level_word = self.level_word(start, end)
        if not level_word:
            return Unit(end=start)
        places, after = self._place_run(start, end)
        word = level_word[0]
        level = _LEVELS[word] or (city_level(key(places[0]).removeprefix("thành phố ")) if places else None)
        return Unit(None, None, level, places, None, after if places else start + level_word[1])

    def _places(self, start: int, first: int, end: int, *, strict: bool) -> tuple[int, tuple[str, ...], int, str]:
        """The end of the name (behind its level word or committee, from `first` on), the places, the index
        after what was understood, and the level word. `strict`: it ends the name whatever follows."""
        for at in range(first, end):
            committee = self._committee(at, end)
            found = committee or (self.level_word(at, end) if at > start else None)
            if found is None:
                continue
            word, length = found
            places, after = self._place_run(at, end)
            if places or committee or strict or at + length == end:
                return at + length, places, after if places else at + length, word
        return end, (), end, ""

    def _place_run(self, at: int, end: int) -> tuple[tuple[str, ...], int]:
        """ "xã Tân Lập, huyện Đồng Phú": the places from the word on, and the index after them."""
        places: list[str] = []
        while at < end:
            committee = self._committee(at, end)
            level_word = None if committee else self.level_word(at, end)
            if committee:
                kind, length = committee
            elif level_word:
                kind, length = level_word
            else:
                break
            after = self._proper_end(at + length, end)
            if after == at + length and committee and self.level_word(after, end):
                at = after  # Thành ủy TP.HCM
                continue
            if after == at + length:
                break
            places.append(f"{kind} {self.words.written(at + length, after)}")
            at = after
        return tuple(places), at

    def _proper_end(self, at: int, end: int) -> int:
        """The index after the proper name that begins at the word; `at` if there is none."""
        first = at
        while at < end:
            word = self.words.words[at]
            name_goes_on = not word.gap or (at > first and self._province_over_dash(first, at))
            if not name_goes_on or (self.words.cased and not word.capital):
                break
            if self.level_word(at, end) or self._committee(at, end):
                break
            at += 1
        return at

    def _province_over_dash(self, first: int, at: int) -> bool:
        """Bà Rịa - Vũng Tàu is one name."""
        return self.words.words[at].gap == "dash" and any(
            tuple(self.words.keys(first, at + n)) in provinces() for n in (1, 2)
        )

    def _trailing_province(self, start: int, end: int) -> tuple[int, tuple[str, ...]]:
        """The name without the province at its end, and that province."""
        for n in range(min(4, end - start), 0, -1):
            kind = provinces().get(tuple(self.words.keys(end - n, end)))
            if kind:
                return end - n, (f"{kind} {self.words.written(end - n, end)}",)
        return end, ()

    def _without_level(self, start: int, end: int, *, keep: bool) -> int:
        """The end of the name without the level word at its end (Sở Nội vụ tỉnh)."""
        for length in (2, 1):
            at = end - length
            if at > start and not keep and self.level_word(at, end) == (self._shown(at, end), length):
                return at
        return end

    def _parent_at(self, kind: str | None, start: int, end: int) -> int:
        """Where the name of the unit above begins inside the name (Phòng Bưu chính Sở TT&TT), or 0."""
        parents = unit_kind(kind).parents if kind else ()
        for at in range(start + 1, end):
            word = self.words.words[at]
            if word.gap or (self.words.cased and not word.capital):
                continue
            found = unit_prefix(self.words.keys(at, end), bare=self.words.bare)
            if found and found[0] in parents and not unit_kind(found[0]).whole_name and at + found[1] < end:
                return at
        return 0

    def level_word(self, at: int, end: int) -> tuple[str, int] | None:
        """The level word at the word, and its length in words. Not in xã hội (society), unless written
        as a commune called Hội …; not in tỉnh ủy, huyện đoàn."""
        for word, wanted in _SPELLED[self.words.bare]:
            after = at + len(wanted)
            if after > end or self.words.keys(at, after) != wanted:
                continue
            following = self.words.words[after] if after < end else None
            if following is None or following.gap:
                return word, len(wanted)
            if following.key in ("hội", "hoi") and word == "xã":
                small = not self.words.words[at].capital
                return (word, 1) if self.words.cased and small and following.capital else None
            if following.key in ("ủy", "đoàn", "đội", "uy", "doan", "doi"):
                return None
            return word, len(wanted)
        return None

    def _committee(self, at: int, end: int) -> tuple[str, int] | None:
        """The kind of place of the committee or Youth Union at the word (Huyện ủy, Tỉnh đoàn)."""
        if end - at < 2:
            return None
        first, second = self.words.keys(at, at + 2)
        for word, kind in _COMMITTEES.items():
            bare = strip_diacritics(word) if self.words.bare else word
            if first == bare and second in (("uy", "doan") if self.words.bare else ("ủy", "đoàn")):
                return kind, 2
        return None

    def _shown(self, start: int, end: int) -> str:
        shown = " ".join(self.words.keys(start, end))
        return next((w for w in _LEVELS if shown == (strip_diacritics(w) if self.words.bare else w)), shown)

    def _name(self, start: int, end: int) -> str:
        name = self.words.written(start, end)
        return name[:1].upper() + name[1:]
