"""Party committees and unions that are called by the bodies they are of: "Đảng bộ các cơ quan đảng, đoàn thể, dân cử,
tư pháp tỉnh"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.words import Word

_HEADS = frozenset(("đảng bộ", "đảng ủy", "chi bộ", "công đoàn"))
_BODIES = (
    *(("hội", "đồng", "nhân", "dân"), ("hội", "quần", "chúng"), ("đoàn", "thể"), ("dân", "cử"), ("tư", "pháp")),
    *(("mặt", "trận"), ("chính", "quyền"), ("hành", "chính"), ("nhà", "nước"), ("nội", "chính"), ("đảng",)),
)
# "Đảng" before one of these begins another unit (Đảng bộ các cơ quan đảng, Đảng bộ UBND tỉnh)
_OF_UNITS = frozenset(("bộ", "ủy", "đoàn"))


def bloc_name(words: Sequence[Word], at: int, head: str) -> int | None:
    """The index after a name "các cơ quan …", "cơ quan …" that lists kinds of bodies; None where none begins at the
    word."""
    if head in _HEADS and (front := _front_and_unions(words, at)) is not None:
        return of_the_centre(words, front)
    start = at + 1 if at < len(words) and words[at].key == "các" else at
    if head not in _HEADS or [word.key for word in words[start : start + 2]] != ["cơ", "quan"]:
        return None
    end = _body(words, start + 2)
    while end is not None and end < len(words):
        joined = words[end].key == "và" and not words[end].gap
        start = end + 1 if joined else end
        further = _body(words, start) if joined or words[end].gap in (",", "-", "–") else None
        if further is None:
            return of_the_centre(words, end)
        end = further
    return end


def of_the_centre(words: Sequence[Word], at: int) -> int:
    """The index after "Trung ương", "ở Trung ương" at the word, which ends the names of the centre's party committees;
    else the word itself."""
    start = at + 1 if at < len(words) and words[at].key == "ở" and not words[at].gap else at
    central = [word.key for word in words[start : start + 2]] == ["trung", "ương"]
    return start + 2 if central and not any(word.gap for word in words[start : start + 2]) else at


def _front_and_unions(words: Sequence[Word], at: int) -> int | None:
    """The index after "Mặt trận Tổ quốc, các đoàn thể" at the word; None where it is the Front alone."""
    if [word.key for word in words[at : at + 4]] != ["mặt", "trận", "tổ", "quốc"]:
        return None
    after = at + 4
    if [word.key for word in words[after : after + 2]] == ["việt", "nam"]:
        after += 2
    joined = after < len(words) and (words[after].gap == "," or words[after].key == "và")
    start = after + (joined and words[after].key == "và")
    return start + 3 if joined and [w.key for w in words[start : start + 3]] == ["các", "đoàn", "thể"] else None


def _body(words: Sequence[Word], at: int) -> int | None:
    for body in _BODIES:
        if tuple(word.key for word in words[at : at + len(body)]) != body:
            continue
        end = at + len(body)
        if any(word.gap for word in words[at + 1 : end]):
            continue
        following = words[end].key if end < len(words) and not words[end].gap else ""
        another = (body == ("đảng",) and following in _OF_UNITS) or (body == ("mặt", "trận") and following == "tổ")
        return None if another else end
    return None
