"""Party organs that are named without their office, beside a post in it: "Bí thư Ban cán sự đảng, Viện trưởng VKSND
tỉnh" leads the Ban cán sự đảng of the Viện kiểm sát."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.text import key
from graph.titles import Post
from graph.vocabulary import unit_kind, unit_kind_of
from loaders.reading.known import Known, Register
from loaders.reading.places import shown
from loaders.reading.words import split_words

_ORGANS = frozenset(("ban cán sự đảng", "ban cán sự", "đảng đoàn", "đảng ủy", "đảng bộ", "chi bộ", "chi ủy"))
# bodies of a place, whose party committee is called by the place (Bí thư Đảng ủy, Chủ tịch UBND xã)
_OF_PLACES = frozenset(("ubnd", "hdnd", "mttq"))
_OF_WHOLE_BODY = frozenset(("ban cán sự đảng", "ban cán sự", "đảng đoàn"))


def of_office_beside(post: Post, beside: Sequence[Post]) -> Post:
    """The post; where its party organ is not said of which office, in the organ of the one unit of the other posts."""
    organ = key(post.unit_name or "")
    if organ not in _ORGANS or post.place:
        return post
    others = {
        (other.unit_name, other.place): other
        for other in beside
        if other.unit_name and other.unit_kind and other is not post and _has_organ(organ, other)
    }
    if len(others) != 1:
        return post
    office = next(iter(others.values()))
    words = split_words(str(office.unit_name))
    name = shown(words, 0, len(words))
    inner = name[:1].lower() + name[1:] if office.unit_kind == "thon" else name
    return replace(post, unit_name=f"{post.unit_name} {inner}", place=office.place, level=office.level)


def place_by_office(known: Known, units: Register) -> None:
    """Give the party organ of an office (Đảng ủy *Sở Y tế*) what the document knows of the office."""
    organ = next((each for each in _ORGANS if key(known.name).startswith(f"{each} ")), "")
    words = known.name.split()
    length = len(organ.split())
    office = units.find(" ".join(words[length:])) if organ else None
    if organ and (office is not None or unit_kind_of(" ".join(words[length:]))):
        known.aliases.add(" ".join(words[:length]))  # as the text calls it
    if office is not None:
        known.place, known.level, known.parent = known.place or office.place, office.level, office.name


def _has_organ(organ: str, other: Post) -> bool:
    """Whether a unit has a party organ of its own of the kind."""
    kind = str(other.unit_kind)
    if unit_kind(kind).system == "party":
        return False
    return organ in _OF_WHOLE_BODY or kind not in _OF_PLACES
