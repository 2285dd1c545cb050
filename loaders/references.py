"""References as people write them, and place names inside names of units."""

from __future__ import annotations

from dataclasses import dataclass

from graph.text import key, search_key
from graph.vocabulary import codes

_PLACE_WORDS = (
    "thanh pho",
    "thi xa",
    "thi tran",
    "dac khu",
    "tinh",
    "huyen",
    "quan",
    "xa",
    "phuong",
    "tp.",
    "tp",
)


@dataclass(frozen=True)
class Reference:
    """A reference as written, in its parts."""

    text: str
    name: str
    parent: str = ""
    place: str = ""


def read_reference(text: str) -> Reference:
    """`Phòng Nội vụ < UBND huyện Lộc Ninh @ tỉnh Bình Phước` in its parts."""
    rest, _, place = text.partition(" @ ")
    name, _, parent = rest.partition(" < ")
    return Reference(text.strip(), name.strip(), parent.strip(), place.strip())


def place_words() -> list[str]:
    """The folded words for kinds of places: tỉnh, huyện, thị xã …"""
    return sorted(
        {key(entry.vi.removesuffix(" trực thuộc trung ương")) for entry in codes("place_kinds").values()}
    )


def cuts_at_place(name: str) -> list[tuple[str, str]]:
    """The ways to read a name as a unit's and a place's: `Sở Nội vụ | tỉnh Gia Lai`."""
    words = name.split()
    folded = [key(word) for word in words]
    kinds = [kind.split() for kind in place_words()]
    return [
        (" ".join(words[:cut]), " ".join(words[cut:]))
        for cut in range(1, len(words) - 1)
        if any(folded[cut : cut + len(kind)] == kind for kind in kinds)
    ]


def bare_place(name: str) -> str:
    """The name without the word for its kind: `tỉnh Gia Lai` → `Gia Lai`."""
    folded = search_key(name)
    for word in _PLACE_WORDS:
        if folded.startswith(word + " "):
            return name.split(maxsplit=len(word.split()))[-1]
    return name
