"""A Vietnamese title as written, taken apart into typed posts and memberships.

    "UVTVTU, Phó Bí thư Thường trực Tỉnh ủy, Chủ tịch HĐND tỉnh"

is one membership and two posts. The grammar:

    text     = item { separator item }
    item     = { qualifier } ( title [unit] | membership [unit] ) { qualifier }
    unit     = name { level word or committee, name of a place }

A comma or a hyphen ends a unit's name only if what follows is not known to belong to names
(Sở Văn hóa, Thể thao và Du lịch). What is not understood is reported with its span; nothing
is guessed. All spans are half-open and index the text as given.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from graph.text import key, strip_diacritics
from graph.title_grammar import Sense, Words, lexicon, provinces, split_words, term_end
from graph.vocabulary import city_level, level_of, title, unit_kind, unit_kind_of, unit_prefix

Span = tuple[int, int]


@dataclass(frozen=True)
class Post:
    """One post. `title` is the standard title of `title_code`; `unit_name` is as written but without
    the place; `place` and `within` are places with their kind (huyện Lộc Ninh), the narrower first;
    `parent` is the unit above where the text names it. `mode` and `weight` are codes of
    holding_modes and holding_weights (weight None: not said). `joined_by`: the word that joins it to the
    post before (kiêm, đồng thời là). `shared`: unit, level or place stand at the next post only."""

    title_code: str
    title: str
    role: str
    unit_name: str | None
    unit_kind: str | None
    level: str | None
    place: str | None
    mode: str
    former: bool
    span: Span
    raw: str
    within: tuple[str, ...] = ()
    parent: str | None = None
    weight: str | None = None
    joined_by: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Membership:
    """A membership that is not a post; `kind` is a code of membership_kinds. `alternate`: without a
    vote (dự khuyết). The unit is as for a post, written out where the text shortens it."""

    kind: str
    unit_name: str | None
    unit_kind: str | None
    level: str | None
    raw: str
    span: Span
    place: str | None = None
    within: tuple[str, ...] = ()
    former: bool = False
    alternate: bool = False


@dataclass(frozen=True)
class ParsedPosts:
    """What a text holds; `unknown` are the parts that were not understood, with their spans."""

    posts: list[Post] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    unknown: list[tuple[str, Span]] = field(default_factory=list)


def parse_posts(text: str, default_place: str | None = None) -> ParsedPosts:
    """The posts and memberships in a text. `default_place` is the place of those that name none.

    Never raises; an empty text gives an empty result.
    """
    parser = _Parser(split_words(text))
    parser.run()
    items = _shared_units(parser.items)
    posts = [item for item, _ in items if isinstance(item, Post)]
    memberships = [item for item, _ in items if isinstance(item, Membership)]
    if default_place is not None:
        posts = [replace(post, place=post.place or default_place) for post in posts]
        memberships = [replace(m, place=m.place or default_place) for m in memberships]
    return ParsedPosts(posts, memberships, sorted(parser.unknown, key=lambda part: part[1]))


# --- the unit behind a title ------------------------------------------------------------------

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
# The first word of a committee's or Youth Union's name → the kind of its place
_COMMITTEES = {"tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố"}


@dataclass(frozen=True)
class _Unit:
    name: str | None = None
    kind: str | None = None
    level: str | None = None
    places: tuple[str, ...] = ()
    parent: str | None = None
    end: int = 0  # index after the words that were understood


class _Units:
    """Reads the words [start, end) behind a title as a unit and its place."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def read(self, start: int, end: int, *, named: bool) -> _Unit:
        """`named`: the words begin with the noun of a title such as Trưởng phòng, so they are a unit's
        name even if its kind is not known."""
        found = unit_prefix(self.words.keys(start, end), bare=self.words.bare)
        kind, length = found if found else (None, 0)
        if kind is None and (self._level_word(start, end) or not named):
            return self._place_only(start, end)
        about = unit_kind(kind) if kind else None
        strict = bool(about and about.level_in_name)
        name_end, places, after, level_word = self._places(start, start + max(length - 2, 0), end, strict=strict)
        level = level_of(self._plain(start, name_end)) or level_of(self._plain(start, after))
        level = level or _LEVELS.get(level_word)
        if about and about.whole_name and not level_word:
            # Nothing but a place can follow: UBND Tân Lập
            name_end = start + length
            after = self._proper_end(name_end, end)
            places = (self.words.written(name_end, after),) if after > name_end else ()
        elif not level_word and not (about and about.place_in_name):
            name_end, places = self._trailing_province(start + length, name_end)
            level = level or ("province" if places else None)
        name_end = self._without_level(start, name_end, keep=about is None or about.level_in_name)
        parent_at = self._parent_at(kind, start, name_end)
        parent = self._name(parent_at, name_end) if parent_at else None
        if parent_at:
            level = level or level_of(str(parent))
            name_end = max(parent_at, start + length)
        return _Unit(self._name(start, name_end), kind, level, places, parent, after)

    def _place_only(self, start: int, end: int) -> _Unit:
        """ "Bí thư xã Tân Lập": the place says the level, the unit is left out."""
        level_word = self._level_word(start, end)
        if not level_word:
            return _Unit(end=start)
        places, after = self._place_run(start, end)
        word = level_word[0]
        level = _LEVELS[word] or (city_level(key(places[0]).removeprefix("thành phố ")) if places else None)
        return _Unit(None, None, level, places, None, after if places else start + level_word[1])

    def _places(
        self, start: int, first: int, end: int, *, strict: bool
    ) -> tuple[int, tuple[str, ...], int, str]:
        """The end of the name (behind its level word or committee, from `first` on), the places, the index
        after what was understood, and the level word. `strict`: it ends the name whatever follows."""
        for at in range(first, end):
            committee = self._committee(at, end)
            found = committee or (self._level_word(at, end) if at > start else None)
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
            level_word = None if committee else self._level_word(at, end)
            if committee:
                kind, length = committee
            elif level_word:
                kind, length = level_word
            else:
                break
            after = self._proper_end(at + length, end)
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
            if self._level_word(at, end) or self._committee(at, end):
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
            if at > start and not keep and self._level_word(at, end) == (self._shown(at, end), length):
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

    def _level_word(self, at: int, end: int) -> tuple[str, int] | None:
        """The level word at the word, and its length in words. Not in xã hội (society), unless written
        as a commune called Hội …; not in tỉnh ủy, huyện đoàn."""
        for word in _LEVELS:
            wanted = (strip_diacritics(word) if self.words.bare else word).split()
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
        first, second = (self.words.keys(at, end) + ["", ""])[:2]
        for word, kind in _COMMITTEES.items():
            bare = strip_diacritics(word) if self.words.bare else word
            if first == bare and second in (("uy", "doan") if self.words.bare else ("ủy", "đoàn")):
                return kind, 2
        return None

    def _shown(self, start: int, end: int) -> str:
        shown = " ".join(self.words.keys(start, end))
        return next((w for w in _LEVELS if shown == (strip_diacritics(w) if self.words.bare else w)), shown)

    def _plain(self, start: int, end: int) -> str:
        return self.words.written(start, end)

    def _name(self, start: int, end: int) -> str:
        name = self.words.written(start, end)
        return name[:1].upper() + name[1:]


# --- the items -------------------------------------------------------------------------------------


class _Parser:
    """Walks over the words once; `items` are posts and memberships in their order, each with the
    gap before it."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.units = _Units(words)
        self.known = lexicon()
        self.items: list[tuple[Post | Membership, str]] = []
        self.unknown: list[tuple[str, Span]] = []

    def run(self) -> None:
        """Fill `items` and `unknown`."""
        at, joined = 0, ""
        count = len(self.words.words)
        while at < count:
            joiner = self._joiner(at)
            if joiner:
                joined = self.words.text[slice(*self.words.span(at, joiner[1]))]
                weight = "extra" if joiner[0].code == "extra" else None
                at = self._item(joiner[1], joined, weight)
                continue
            term = term_end(self.words, at)
            if term > at:
                at = term
            elif self._starts_item(at):
                at = self._item(at, "", None)
            else:
                at = self._qualifies_last(at) or self._skip_unknown(at)

    def _item(self, at: int, joined_by: str, weight: str | None) -> int:
        gap = self.words.words[at].gap if not joined_by else "joined"
        first, at, former, mode = self._before(at)
        found = self.known.memberships.match(self.words, at)
        post = self.known.titles.match(self.words, at)
        if post and (found is None or post[1] > found[1]):
            return self._post(first, post, former, mode, (gap, joined_by, weight))
        assert found is not None  # the caller saw an item here
        return self._membership(first, at, found, former, gap)

    def _before(self, at: int) -> tuple[int, int, bool, str]:
        """The qualifiers before a title: first word that says something, the title's word, what they say."""
        first, former, mode = -1, False, "full"
        while found := self._qualifier_before(at):
            sense, after = found
            if sense.code != "skip" and first < 0:
                first = at
            former = former or sense.code == "former"
            mode = sense.code if sense.code not in ("skip", "former") else mode
            at = after
        return (first if first >= 0 else at), at, former, mode

    def _qualifier_before(self, at: int) -> tuple[Sense, int] | None:
        if self._head(at):
            return None
        return self.known.before.match(self.words, at) if at < len(self.words.words) else None

    def _head(self, at: int) -> bool:
        if at >= len(self.words.words):
            return False
        return bool(self.known.titles.match(self.words, at) or self.known.memberships.match(self.words, at))

    def _starts_item(self, at: int) -> bool:
        while (found := self._qualifier_before(at)) is not None:
            at = found[1]
        return self._head(at)

    def _joiner(self, at: int) -> tuple[Sense, int] | None:
        """A word that joins two titles, if a title follows."""
        found = self.known.joiners.match(self.words, at)
        return found if found and self._starts_item(found[1]) else None

    def _post(
        self,
        first: int,
        found: tuple[Sense, int],
        former: bool,
        mode: str,
        joined: tuple[str, str, str | None],
    ) -> int:
        sense, at = found
        gap, joined_by, weight = joined
        known = title(sense.code)
        mode, weight, at = self._after(at, mode, weight)
        start = at
        end = self._unit_end(at)
        if sense.tail and end > at and at == found[1]:
            repeated = self.words.keys(at, at + sense.tail) == self.words.keys(at - sense.tail, at)
            start = at if repeated or self._prefix_at(at, end, known.kind) else at - sense.tail
        unit = self.units.read(start, end, named=start < at) if end > at else _Unit(end=at)
        self._leave(unit.end, end)
        at = max(unit.end, at)
        mode, weight, at = self._after(end, mode, weight) if at == end else (mode, weight, at)
        span = self.words.span(first, max(at, found[1]))
        kind = unit.kind or (known.kind or None)
        levels = unit_kind(kind).levels if kind else ()
        level = unit.level or (levels[0] if len(levels) == 1 else None)
        post = Post(
            known.code, known.vi, known.role, unit.name, kind, level, unit.places[0] if unit.places else None,
            mode, former, span, self.words.text[slice(*span)], unit.places[1:], unit.parent, weight, joined_by,
        )  # fmt: skip
        self.items.append((post, gap))
        return max(at, end)

    def _prefix_at(self, at: int, end: int, kind: str) -> bool:
        """Whether a unit of the title's own kind is named after the title (Chánh Văn phòng Văn phòng …)."""
        found = unit_prefix(self.words.keys(at, end), bare=self.words.bare)
        return bool(found and kind and found[0] == kind)

    def _membership(self, first: int, at: int, found: tuple[Sense, int], former: bool, gap: str) -> int:
        sense, at = found
        end = self._unit_end(at)
        start = at - sense.tail
        fixed, body = sense.get("unit"), sense.get("body")
        if fixed:
            unit = self._fixed(str(fixed), at, end)
        else:
            unit = self.units.read(start, end, named=bool(sense.tail)) if end > start else _Unit(end=at)
        self._leave(max(unit.end, at), end)
        after = max(unit.end, at)
        span = self.words.span(first, after)
        membership = Membership(
            sense.code, unit.name, unit.kind, unit.level, self.words.text[slice(*span)], span,
            unit.places[0] if unit.places else None, unit.places[1:], former, bool(sense.get("alternate")),
        )  # fmt: skip
        self.items.append((_of_body(membership, str(body)) if body else membership, gap))
        return max(after, end)

    def _fixed(self, name: str, at: int, end: int) -> _Unit:
        """The unit that a membership says by itself (Huyện ủy viên), with the place that may follow."""
        read = self.units.read(at, end, named=False) if end > at else _Unit(end=at)
        if read.name is not None:
            read = _Unit(end=at)
        return _Unit(name, unit_kind_of(name), level_of(name) or read.level, read.places, None, read.end)

    def _after(self, at: int, mode: str, weight: str | None) -> tuple[str, str | None, int]:
        """Qualifiers behind a title or its unit: phụ trách, lâm thời, chuyên trách."""
        while at < len(self.words.words) and not self.words.words[at].gap:
            found = self.known.after.match(self.words, at)
            if not found or self._joiner(at) or not self._ends_or_unit(found[1]):
                break
            sense, at = found
            if sense.code in ("main", "extra"):
                weight = sense.code
            else:
                mode = sense.code
        return mode, weight, at

    def _ends_or_unit(self, at: int) -> bool:
        """Whether the item ends at the word, or a unit's name begins there ("phụ trách Sở Nội vụ", but
        not "phụ trách kinh tế")."""
        if at >= len(self.words.words) or self.words.words[at].gap:
            return True
        keys = self.words.keys(at, len(self.words.words))
        is_unit = unit_prefix(keys, bare=self.words.bare) or self.units._level_word(at, len(self.words.words))
        return bool(is_unit or self.known.after.match(self.words, at) or self._joiner(at))

    def _unit_end(self, at: int) -> int:
        """The index after the words that can be the unit of the title that ends before `at`."""
        first, count = at, len(self.words.words)
        while at < count:
            gap = self.words.words[at].gap
            if gap in ("hard", "open", "close") or (gap and at == first):
                break
            if term_end(self.words, at) > at or self._joiner(at):
                break
            if (
                not gap
                and at > first
                and self.known.after.match(self.words, at)
                and self._ends_at_qualifier(at)
            ):
                break
            if gap:
                if self._starts_item(at):
                    break
                goes_on = self._name_goes_on(at)
                if goes_on == at:
                    break
                at = goes_on
            else:
                at += 1
        return at

    def _ends_at_qualifier(self, at: int) -> bool:
        found = self.known.after.match(self.words, at)
        return found is not None and self._ends_or_unit(found[1])

    def _name_goes_on(self, at: int) -> int:
        """The index after the part of a name that stands behind a comma or hyphen: known words of names,
        or a place with its level; `at` if the name does not go on."""
        count = len(self.words.words)
        if self.units._level_word(at, count):
            return at + 1
        found = self.known.names.match(self.words, at)
        if found:
            return found[1]
        if self.words.words[at].gap == "dash" and any(
            tuple(self.words.keys(at - n, at + m)) in provinces() for n in (1, 2) for m in (1, 2) if at >= n
        ):
            return at + 1
        return at

    def _qualifies_last(self, at: int) -> int:
        """A qualifier in brackets behind a post ("Giám đốc Sở Y tế (phụ trách)"); 0 if it is none."""
        found = self.known.after.match(self.words, at)
        if not found or not self.items or self.words.words[at].gap != "open":
            return 0
        sense, after = found
        last, gap = self.items[-1]
        if not isinstance(last, Post) or (
            after < len(self.words.words) and self.words.words[after].gap != "close"
        ):
            return 0
        changed = {"weight": sense.code} if sense.code in ("main", "extra") else {"mode": sense.code}
        self.items[-1] = (replace(last, **changed), gap)
        return after

    def _skip_unknown(self, at: int) -> int:
        """Report the words up to the next separator, without an honorific; the index after them."""
        skipped = self.known.before.match(self.words, at)
        if skipped and skipped[0].code == "skip" and skipped[1] < len(self.words.words):
            at = skipped[1]
        end = at + 1
        while end < len(self.words.words) and not self.words.words[end].gap and not self._joiner(end):
            end += 1
        self._leave(at, end)
        return end

    def _leave(self, start: int, end: int) -> None:
        if start < end:
            span = self.words.span(start, end)
            self.unknown.append((self.words.text[slice(*span)], span))


# --- what items share ----------------------------------------------------------------------------------


def _of_body(membership: Membership, body: str) -> Membership:
    """The membership in a body (Ban Thường vụ, Ban Chấp hành) of the unit that follows; the executive
    committee of a party organisation is the party committee itself."""
    name = membership.unit_name
    if name is None:
        return replace(
            membership, unit_name=body, unit_kind=unit_kind_of(body) if body == "Ban Thường vụ" else None
        )
    kind = membership.unit_kind
    if kind and key(name).startswith("đảng bộ"):
        whole = unit_kind(kind).whole_name
        name = unit_kind(kind).vi if whole else f"Đảng ủy{name[len('Đảng bộ') :]}"
    if body == "Ban Chấp hành":
        return replace(membership, unit_name=name)
    return replace(membership, unit_name=f"{body} {name}", unit_kind=unit_kind_of(body))


def _shared_units(items: list[tuple[Post | Membership, str]]) -> list[tuple[Post | Membership, str]]:
    """Titles that stand before one unit get it ("Chủ tịch, Phó Chủ tịch HĐND tỉnh"). A title that the
    unit cannot have gets level and place only ("Bí thư, Chủ tịch HĐND thị xã")."""
    done = list(items)
    for at in range(len(done) - 2, -1, -1):
        item, gap = done[at]
        following, gap_between = done[at + 1]
        if gap_between not in ("comma", "dash", "joined"):
            continue
        if isinstance(item, Post) and isinstance(following, Post):
            done[at] = (_sharing(item, following), gap)
        elif isinstance(item, Membership) and isinstance(following, Membership):
            done[at] = (_sharing_body(item, following), gap)
    return done


def _sharing(post: Post, following: Post) -> Post:
    kind = following.unit_kind
    if post.unit_name or post.place or not (following.unit_name or following.place):
        return post
    place = {"level": following.level, "place": following.place, "within": following.within, "shared": True}
    about = unit_kind(kind) if kind else None
    if about and following.unit_name and post.title_code in about.heads + about.deputies:
        return replace(
            post,
            unit_name=following.unit_name,
            unit_kind=kind,
            parent=following.parent,
            **place,  # type: ignore[arg-type]
        )
    leads = unit_kind("dang_uy").heads + unit_kind("dang_uy").deputies + unit_kind("ubnd").heads
    if post.title_code in leads and kind in (None, "hdnd", "ubnd") and following.level:
        return replace(post, **place)  # type: ignore[arg-type]
    return post


def _sharing_body(item: Membership, following: Membership) -> Membership:
    """ "Ủy viên Ban Chấp hành, Ủy viên Ban Thường vụ Tỉnh ủy": both are of the Tỉnh ủy."""
    body = "Ban Thường vụ "
    if item.unit_name != "Ban Chấp hành" or not (following.unit_name or "").startswith(body):
        return item
    name = str(following.unit_name)[len(body) :]
    return replace(
        item, unit_name=name, unit_kind=unit_kind_of(name), level=following.level,
        place=following.place, within=following.within,
    )  # fmt: skip
