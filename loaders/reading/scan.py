"""A sentence as a row of items: units, posts, people, places, dates, numbers, cited documents, and words.

Every item has a symbol; rules are written over the symbols (`loaders.reading.rules`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from graph.packaged import packaged_yaml
from graph.text import key
from loaders.reading.counted_places import counted_places
from loaders.reading.document import Document, Paragraph
from loaders.reading.entities import CitedAt, DateAt, NumberAt, cited, dates, numbers, numbers_in_words
from loaders.reading.items import Item, Sentence
from loaders.reading.joined_names import with_joined_names
from loaders.reading.leading_owners import mark_leading_owner
from loaders.reading.lexicon import listed, name_parts
from loaders.reading.like_named import with_like_named
from loaders.reading.longer_names import with_longer_names
from loaders.reading.measures import count_noun
from loaders.reading.own_abbreviations import own_abbreviations
from loaders.reading.people import person_at
from loaders.reading.place_runs import are_merged, next_number
from loaders.reading.places import Place, level_word, proper_end, proper_name, read_place
from loaders.reading.post_scan import post_at
from loaders.reading.sentence_ends import sentence_ends
from loaders.reading.unit_heads import after_class, begins_longer_head, is_proper, number_before
from loaders.reading.unit_lists import continued
from loaders.reading.unit_names import Unit, read_unit
from loaders.reading.unknown_heads import with_unknown_heads
from loaders.reading.words import Phrases, Word, split_words, without_gap

# what numbers an item of a list: a) 1. 2.3. (i) IV.
_ITEM_MARK = re.compile(
    r"\s*(?:\((?:\w|i{1,3}|i?v|vi{1,3})\)|\d{1,2}\)|(?:\d{1,2}\.){1,4}|[^\W\d_][).]|[IVX]{1,4}[.)])\s+(?=\S)"
)


def sentences(document: Document) -> Iterator[Sentence]:
    """The sentences of all paragraphs that say something, with their items."""
    own = own_abbreviations(paragraph.text for paragraph in document.paragraphs)
    for paragraph in document.read_paragraphs():
        yield from scan_paragraph(paragraph, own)


def scan_paragraph(paragraph: Paragraph, own: Mapping[str, str] = MappingProxyType({})) -> Iterator[Sentence]:
    """The sentences of one paragraph. Not more than 20,000 characters of it are read. `own`: the abbreviations that
    the text itself explains."""
    text = paragraph.text[:20_000]
    seen: list[CitedAt | DateAt | NumberAt] = [*cited(text), *dates(text), *numbers(text)]
    found = sorted(seen, key=lambda e: (e.start, -e.end))
    mark = _ITEM_MARK.match(text)
    start = mark.end() if mark else 0
    for end in [*sentence_ends(text), len(text)]:
        if text[start:end].strip():
            sentence = Sentence(paragraph, paragraph.start + start, paragraph.start + end)
            inside = [e for e in found if start <= e.start < end]
            read = list(_items(text, start, end, inside, paragraph.start, own))
            items = with_joined_names(read, text, paragraph.start)
            items = with_longer_names(with_unknown_heads(items, text, paragraph.start), text, paragraph.start)
            sentence.items = _with_parents(with_like_named(items))
            sentence.close()
            yield sentence
        start = end


@lru_cache(maxsize=1)
def grammar() -> dict[str, dict[str, list[str]]]:
    """data/grammar.yaml."""
    found: dict[str, dict[str, list[str]]] = packaged_yaml("loaders", "reading", "data", "grammar.yaml")
    return found


@lru_cache(maxsize=1)
def _symbols() -> Phrases[str]:
    return Phrases((text, f"v:{name}") for name, texts in grammar()["symbols"].items() for text in texts)


@lru_cache(maxsize=1)
def _plain() -> Phrases[str]:
    return Phrases((text, text) for text in packaged_yaml("loaders", "reading", "data", "grammar.yaml")["plain"])


@lru_cache(maxsize=1)
def _slips() -> Phrases[tuple[str, ...]]:
    return Phrases((wrong, tuple(key(right).split())) for wrong, right in listed("slips").items())


def _mended(words: list[Word]) -> list[Word]:
    """The words with common slips of the pen put right, where that leaves their number."""
    out = list(words)
    for at in range(len(out)):
        found = _slips().match(out, at)
        if found and len(found[0]) == found[1] - at:
            for index, right in enumerate(found[0], at):
                word = out[index]
                out[index] = Word(right, _like(right, word.shown), word.start, word.end, word.gap, word.capital)
    return out


def _like(right: str, written: str) -> str:
    return right[:1].upper() + right[1:] if written[:1].isupper() else right


def words_of(text: str, start: int, end: int, own: Mapping[str, str] = MappingProxyType({})) -> list[Word]:
    """The words of a piece of text, slips mended; those of a text in capitals are shown small."""
    words = _mended(split_words(text, start, end, own))
    piece = text[start:end]
    if len(piece) > 12 and piece == piece.upper():
        return [replace(word, shown=word.shown if word.short else word.shown.lower()) for word in words]
    return words


def _items(
    text: str,
    start: int,
    end: int,
    entities: Sequence[CitedAt | DateAt | NumberAt],
    offset: int,
    own: Mapping[str, str],
) -> Iterator[Item]:
    words = words_of(text, start, end, own)
    in_words = {n.start: n for n in numbers_in_words(text[start:end])}
    taken = start
    entity_at = 0
    at = 0
    counted = False
    while at < len(words):
        word = words[at]
        if word.start >= taken:
            yield from _marks(text, taken, word.start, offset)
            taken = word.start
        while entity_at < len(entities) and entities[entity_at].start < max(word.start, taken):
            entity_at += 1
        entity = entities[entity_at] if entity_at < len(entities) else None
        if entity is not None and entity.start <= word.start < entity.end:
            yield Item(_symbol_of(entity), offset + entity.start, offset + entity.end, entity)
            taken, counted = entity.end, isinstance(entity, NumberAt)
            while at < len(words) and words[at].start < taken:
                at += 1
            continue
        small = in_words.get(word.start - start)
        after = at + len(text[start + small.start : start + small.end].split()) if small is not None else at
        if small is not None and not word.part and _counts(words, after):
            number = NumberAt(small.value, word.start, start + small.end, digits=False)
            yield Item("#", offset + word.start, offset + number.end, number)
            taken, at, counted = number.end, after, True
            continue
        listed_places = counted_places(words, at)
        noun = count_noun(words, at) if counted and listed_places is None else None
        counted = counted and word.key in _BEFORE_NOUN
        if noun is not None and not _names_follow(words, at) and not begins_longer_head(words, at, noun[1]):
            yield Item("M", offset + word.start, offset + words[noun[1] - 1].end, noun[0])
            taken, at = words[noun[1] - 1].end, noun[1]
            continue
        items, after = listed_places or _read(words, at)
        for item in items:
            if item.start > taken:
                yield from _marks(text, taken, item.start, offset)
            yield Item(item.symbol, offset + item.start, offset + item.end, item.value)
            taken = item.end
        at = after
    yield from _marks(text, taken, end, offset)


# between a number and what it counts: 100% số xã
_BEFORE_NOUN = frozenset(("số", "tổng", "lượng"))


def _names_follow(words: Sequence[Word], at: int) -> bool:
    """Whether the counted noun is the head of units or places that are named (02 phòng: Bưu chính, Viễn thông; 3 xã
    Hòa Minh, Hòa Khánh và Hòa Liên)."""
    if read_place(words, at) is not None:
        return True
    # 03 phòng: Phòng Hành chính, Phòng Kế hoạch: each has its head, so the noun only counts
    behind = words[at + 1] if at + 1 < len(words) else None
    if behind is not None and ":" in behind.gap and behind.capital and behind.key == words[at].key:
        return False
    unit = read_unit(words, at)
    counted = count_noun(words, at)
    if unit is not None and counted is not None and counted[1] > unit[1] and not (unit[0].group or unit[0].place):
        return False  # 8 TAND khu vực
    return unit is not None and any(not u.group and u.basis != "short" for u in continued(words, at, *unit)[0])


_TOWARDS = frozenset(("v:into", "sang", "cho", "về", "đơn", "v:move", "v:called"))


def _with_parents(items: list[Item]) -> list[Item]:
    """A unit behind "thuộc" or "của" that follows another is the one above it, symbol Y."""
    mark_leading_owner(items)
    for index in range(2, len(items)):
        item, before = items[index], items[index - 1]
        follows = (
            items[index - 2].symbol in ("U", "K") if before.symbol == "của" else items[index - 2].symbol not in _TOWARDS
        )
        if item.symbol != "U" or before.symbol not in ("v:under", "của") or not follows:
            continue
        items[index] = replace(item, symbol="Y")
        above = item.value
        at = _subject_of_tie(items, index - 2)
        while at >= 0 and (items[at].symbol in ("U", ",", "và", ";")):
            inner = items[at].value
            if isinstance(inner, Unit) and isinstance(above, Unit) and inner.parent is None and inner.basis != "short":
                same_level = inner.level in (None, above.level)  # Đảng bộ phường trực thuộc Thành ủy TP.HCM
                place = inner.place or (above.place if same_level else None)
                items[at] = replace(items[at], value=replace(inner, parent=above.name, place=place))
            at -= 1
    return items


def _subject_of_tie(items: Sequence[Item], at: int) -> int:
    """The item that a tie is said of: the one before it, before a bracket (Trung tâm A (thuộc Sở B)), or before
    "là đơn vị sự nghiệp"."""
    if items[at].symbol == "(":
        return at - 1
    for back in range(at, max(at - 8, 0), -1):
        if items[back].symbol == "v:called":
            return back - 1 if all(i.symbol != "U" for i in items[back : at + 1]) else at
        if items[back].symbol in (",", ";", ":", "U", "C", "N"):
            return at
    return at


def _symbol_of(entity: CitedAt | DateAt | NumberAt) -> str:
    if isinstance(entity, NumberAt):
        return "#%" if entity.percent else "#/" if entity.of is not None else "#"
    return "D" if isinstance(entity, CitedAt) else "T"


# behind these, năm is five and no year: còn năm phòng, cho biết năm ban quản lý được sắp xếp
_BEFORE_FIVE = frozenset(("còn", "có", "gồm", "thành", "giảm", "nhập", "nhất", "lập", "xuống", "cả", "biết", "thể"))


def _counts(words: Sequence[Word], after: int) -> bool:
    """Whether the number in words that ends here counts something (hai phòng; not "một số", "năm 2019")."""
    if after >= len(words) or words[after].gap:
        return False
    if words[after - 1].key == "năm" and (after < 2 or words[after - 2].key not in _BEFORE_FIVE):
        return False
    return count_noun(words, after) is not None


def _marks(text: str, start: int, end: int, offset: int) -> Iterator[Item]:
    for index in range(start, end):
        if text[index] in ",;:()-–":
            yield Item("-" if text[index] == "–" else text[index], offset + index, offset + index + 1)


def _read(words: Sequence[Word], at: int) -> tuple[list[Item], int]:
    """The items that begin at the word, and the index after them."""
    word = words[at]
    known = _symbols().match(words, at, across=",")
    if known is not None and known[0] == "v:new_unit":
        return [Item(known[0], word.start, words[known[1] - 1].end, word.shown)], known[1]
    post = post_at(words, at)
    if post is not None:
        return [Item("C", post[0].start, post[0].end, post[0])], post[1]
    person = person_at(words, at)
    if person is not None:
        return [Item("N", person[0].start, person[0].end, person[0])], person[1]
    unit = read_unit(words, at)
    if unit is not None:
        return _units(words, at, unit)
    place = read_place(words, at)
    if place is not None:
        return _places(words, at, place)
    plain = _plain().match(words, at)
    if plain is not None and not _hides_unit(words, known[1] if known else plain[1], plain[1]):
        return [Item(w.key, w.start, w.end, w.shown) for w in words[at : plain[1]]], plain[1]
    if known is not None:
        return [Item(known[0], word.start, words[known[1] - 1].end, word.shown)], known[1]
    level = level_word(words, at)
    if level is not None:
        return [Item(level[0].replace(" ", "_"), word.start, words[level[1] - 1].end)], level[1]
    return [Item(word.key, word.start, word.end, word.shown)], at + 1


def _hides_unit(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether a unit begins within a phrase that ends at `end`, and goes on behind it (chuyển *thành Công* ty A)."""
    unit = read_unit(words, at) if at < end else None
    return unit is not None and unit[1] > end and not unit[0].group


_CHANGING = frozenset(("v:create", "v:merge", "v:dissolve", "v:split", "v:rename", "v:reverse", "v:born"))


def _units(words: Sequence[Word], at: int, unit: tuple[Unit, int]) -> tuple[list[Item], int]:
    """A unit, with the further units of a list that it heads."""
    found, after = continued(words, at, unit[0], unit[1])
    items = [Item(_unit_symbol(each), each.start, each.end, each) for each in found]
    head = [w for w in words[at:after] if w.start < found[0].start]
    if unit[0].group and not found[0].group and head:
        items = [*_said_between(head, unit[1] - at, unit[0]), *items]
    return items, after


def _said_between(head: Sequence[Word], after: int, group: Unit) -> list[Item]:
    """The class that a list begins with and what is said of it, where that is a change (7 sở *được thành lập mới* gồm:
    Sở A, B và C); nothing where it is none."""
    items = [Item("K", head[0].start, head[after - 1].end, group)]
    at = after
    while at < len(head):
        known = _symbols().match(head, at)
        end = known[1] if known is not None else at + 1
        items.append(Item(known[0] if known else head[at].key, head[at].start, head[end - 1].end, head[at].shown))
        at = end
    return items if any(item.symbol in _CHANGING for item in items) else []


def _unit_symbol(unit: Unit) -> str:
    return "K" if unit.group else "Y" if unit.basis == "above" else "U"


_DOCUMENTS = frozenset(("nghị quyết", "nghị định", "quyết định", "kết luận", "kế hoạch", "chỉ thị", "đề án"))


def _places(words: Sequence[Word], at: int, found: tuple[Place, int]) -> tuple[list[Item], int]:
    """A place, with those of the same kind that follow behind commas (huyện Lộc Ninh, Phú Riềng), and behind "và"
    where several are counted (3 xã Hòa Minh, Hòa Khánh và Hòa Liên)."""
    place, after = found
    items = [Item("P", place.start, place.end, place)]
    counted = after_class(words, at)
    while after < len(words):
        number = next_number(words, after, place)
        if number is not None:
            if number > after:
                items.append(Item("và", words[after].start, words[after].end, "và"))
            word = words[number]
            items.append(Item("P", word.start, word.end, Place(word.key, place.kind, word.start, word.end, "deduced")))
            after = number + 1
            continue
        joined = words[after].key == "và" and not words[after].gap
        start = after + 1 if joined else after
        if start >= len(words) or not words[start].capital or words[start].gap != ("" if joined else ","):
            break
        bare = [without_gap(words[start]), *words[start + 1 : start + 6]]
        rest = bare[: proper_end(bare, 0)]
        if not 0 < len(rest) < 4 or (joined and not counted and not are_merged(words, at, start + len(rest))):
            break
        # 3 xã Kim Lộc, Song Lộc, *Trường* Lộc
        open_yet = number_before(words, at) > sum(item.symbol == "P" for item in items)
        named = open_yet and is_proper(bare, 0, len(rest))
        other = read_unit(words, start) or post_at(words, start) or person_at(words, start)
        if words[start].short or (other and not named):
            break
        if " ".join(word.key for word in bare[:2]) in _DOCUMENTS:
            break
        part = name_parts().match(words, start)
        if part is not None and part[1] > start + len(rest):  # Quảng Nam, Trung cấp nghề …
            break
        if joined:
            items.append(Item("và", words[after].start, words[after].end, "và"))
        further = Place(proper_name(rest, 0, len(rest)), place.kind, rest[0].start, rest[-1].end, "deduced")
        items.append(Item("P", further.start, further.end, further))
        after = start + len(rest)
    return items, after
