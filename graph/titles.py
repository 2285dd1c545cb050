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

from graph.text import key
from graph.title_grammar import Sense, Words, lexicon, split_words, term_end
from graph.title_units import Unit, Units
from graph.vocabulary import level_of, title, unit_kind, unit_kind_of, unit_prefix

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
    """The posts and memberships in a text; `default_place` is the place of those that name none. Never
    raises; an empty text gives an empty result."""
    parser = _Parser(split_words(text))
    parser.run()
    items = _shared_units(parser.items)
    posts = [item for item, _ in items if isinstance(item, Post)]
    memberships = [item for item, _ in items if isinstance(item, Membership)]
    if default_place is not None:
        posts = [replace(post, place=post.place or default_place) for post in posts]
        memberships = [replace(m, place=m.place or default_place) for m in memberships]
    return ParsedPosts(posts, memberships, sorted(parser.unknown, key=lambda part: part[1]))


# --- the items -------------------------------------------------------------------------------------


class _Parser:
    """Walks over the words once; `items` are posts and memberships in order, with the gap before each."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.units = Units(words)
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
        qualifiers, after = self._qualifiers(at)
        for sense, start in qualifiers:
            if sense.code != "skip" and first < 0:
                first = start
            former = former or sense.code == "former"
            mode = sense.code if sense.code not in ("skip", "former") else mode
        return (first if first >= 0 else after), after, former, mode

    def _qualifiers(self, at: int) -> tuple[list[tuple[Sense, int]], int]:
        """The qualifiers from the word on with their places, a few at most, and the index after them."""
        found: list[tuple[Sense, int]] = []
        while at < len(self.words.words) and len(found) < 5 and not self._head(at):
            qualifier = self.known.before.match(self.words, at)
            # "Chức vụ: Bí thư" goes on behind a colon, "ông, Bí thư" does not
            if not qualifier or (found and self.words.words[at].gap not in ("", "hard")):
                break
            found.append((qualifier[0], at))
            at = qualifier[1]
        return found, at

    def _head(self, at: int) -> bool:
        """Whether a title or a membership begins at the word."""
        known = self.known.titles.match(self.words, at) or self.known.memberships.match(self.words, at)
        return known is not None

    def _starts_item(self, at: int) -> bool:
        return self._head(self._qualifiers(at)[1])

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
        unit = self.units.read(start, end, named=start < at) if end > at else Unit(end=at)
        self._leave(unit.end, end)
        at = max(unit.end, at)
        mode, weight, at = self._after(end, mode, weight) if at == end else (mode, weight, at)
        span = self.words.span(first, max(at, found[1]))
        kind = unit.kind or known.kind or None
        levels = unit_kind(kind).levels if kind else ()
        post = Post(
            title_code=known.code,
            title=known.vi,
            role=known.role,
            unit_name=unit.name or known.unit or None,
            unit_kind=kind,
            level=unit.level or (levels[0] if len(levels) == 1 else None),
            place=unit.places[0] if unit.places else None,
            mode=mode,
            former=former,
            span=span,
            raw=self.words.text[slice(*span)],
            within=unit.places[1:],
            parent=unit.parent,
            weight=weight,
            joined_by=joined_by,
        )
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
            unit = self.units.read(start, end, named=bool(sense.tail)) if end > start else Unit(end=at)
        self._leave(max(unit.end, at), end)
        after = max(unit.end, at)
        span = self.words.span(first, after)
        membership = Membership(
            kind=sense.code,
            unit_name=unit.name,
            unit_kind=unit.kind,
            level=unit.level,
            raw=self.words.text[slice(*span)],
            span=span,
            place=unit.places[0] if unit.places else None,
            within=unit.places[1:],
            former=former,
            alternate=bool(sense.get("alternate")),
        )
        self.items.append((_of_body(membership, str(body)) if body else membership, gap))
        return max(after, end)

    def _fixed(self, name: str, at: int, end: int) -> Unit:
        """The unit that a membership says by itself (Huyện ủy viên), with the place that may follow."""
        read = self.units.read(at, end, named=False) if end > at else Unit(end=at)
        if read.name is not None:
            read = Unit(end=at)
        return Unit(name, unit_kind_of(name), level_of(name) or read.level, read.places, None, read.end)

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
        is_unit = unit_prefix(keys, bare=self.words.bare) or self.units.level_word(at, len(self.words.words))
        return bool(is_unit or self.known.after.match(self.words, at) or self._joiner(at))

    def _unit_end(self, at: int) -> int:
        """The index after the words that can be the unit of the title that ends before `at`."""
        first, count = at, len(self.words.words)
        while at < count:
            gap = self.words.words[at].gap
            if gap in ("hard", "open", "close") or (gap and at == first):
                break
            if term_end(self.words, at) > at or self._joiner(at) or self._abbreviated_item(at):
                break
            qualifier = None if gap or at == first else self.known.after.match(self.words, at)
            if qualifier and self._ends_or_unit(qualifier[1]):
                break
            if gap:
                if self._starts_item(at):
                    break
                goes_on = self.units.name_goes_on(at)
                if goes_on == at:
                    break
                at = goes_on
            else:
                at += 1
        return at

    def _abbreviated_item(self, at: int) -> bool:
        """An abbreviation that is a title or membership (UVTVTU, PCT) is never part of a unit's name."""
        if at + 1 >= len(self.words.words) or self.words.words[at + 1].start != self.words.words[at].start:
            return False
        return self._head(at)

    def _qualifies_last(self, at: int) -> int:
        """A qualifier in brackets behind a post ("Giám đốc Sở Y tế (phụ trách)"); 0 if it is none."""
        found = self.known.after.match(self.words, at)
        if not found or not self.items or self.words.words[at].gap != "open":
            return 0
        sense, after = found
        last, gap = self.items[-1]
        if not isinstance(last, Post) or (after < len(self.words.words) and self.words.words[after].gap != "close"):
            return 0
        is_weight = sense.code in ("main", "extra")
        changed = replace(last, weight=sense.code) if is_weight else replace(last, mode=sense.code)
        self.items[-1] = (changed, gap)
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
        return replace(membership, unit_name=body, unit_kind=unit_kind_of(body) if body == "Ban Thường vụ" else None)
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
    placed = replace(post, level=following.level, place=following.place, within=following.within, shared=True)
    about = unit_kind(kind) if kind else None
    if about and following.unit_name and post.title_code in about.heads + about.deputies:
        return replace(placed, unit_name=following.unit_name, unit_kind=kind, parent=following.parent)
    leads = unit_kind("dang_uy").heads + unit_kind("dang_uy").deputies + unit_kind("ubnd").heads
    if post.title_code in leads and kind in (None, "hdnd", "ubnd") and following.level:
        return placed
    return post


def _sharing_body(item: Membership, following: Membership) -> Membership:
    """ "Ủy viên Ban Chấp hành, Ủy viên Ban Thường vụ Tỉnh ủy": both are of the Tỉnh ủy."""
    body = "Ban Thường vụ "
    if item.unit_name != "Ban Chấp hành" or not (following.unit_name or "").startswith(body):
        return item
    name = str(following.unit_name)[len(body) :]
    placed = replace(item, level=following.level, place=following.place, within=following.within)
    return replace(placed, unit_name=name, unit_kind=unit_kind_of(name))
