"""Words that say of what something is made, as the one word that the rules have for it: "bằng cách hợp nhất", "nhờ việc
tách", "sau khi sáp nhập" behind a unit that is set up are "trên cơ sở"; "ra đời", "lập" are then "thành lập"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.items import Item

_MAKES = frozenset(("v:create", "v:born", "lập"))
_OF = frozenset(("v:merge", "v:split", "v:reorganise"))
# none of these begins what something else is made of
_ENDS = frozenset((";", ":", "(", ")", "N"))
_WAYS = (
    ("thông", "qua", "việc"),
    ("bằng", "cách"),
    ("bằng", "việc"),
    ("bằng", "hình", "thức"),
    ("bằng", "phương", "thức"),
    ("theo", "hình", "thức"),
    ("theo", "phương", "thức"),
    ("theo", "hướng"),
    ("theo", "cách"),
    ("từ", "kết", "quả"),
    ("v:from_old", "kết", "quả"),
    ("nhờ", "việc"),
    ("qua", "việc"),
    ("do", "việc"),
    ("sau", "khi"),
    ("nhờ",),
    ("sau",),
    ("khi",),
    ("qua",),
    ("do",),
    ("v:from_old",),
)
# these lead a sentence too, before what is made (Bằng cách ghép A và B, huyện lập C)
_LEADING = frozenset(("bằng", "thông", "nhờ", "qua"))
# what makes it stands not further behind the unit that is set up than this
_NEAR = 14


def with_basis(items: list[Item]) -> list[Item]:
    """The items with "trên cơ sở" in place of other words for it, and with one verb for what is set up on it."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        way = _way(items, at)
        if way and (_made_before(out) or (at == 0 and items[0].symbol in _LEADING)):
            out.append(Item("v:basis", items[at].start, items[at + way - 1].end))
            at += way
            continue
        out.append(items[at])
        at += 1
    for index, item in enumerate(out):
        if item.symbol == "v:new_unit" and [each.symbol for each in out[index + 1 : index + 3]] == ["v:from_old", "U"]:
            out[index] = Item("v:merge", item.start, item.end)  # Sở A - đơn vị hợp nhất từ Sở B và Sở C
        if item.symbol in ("v:born", "lập") and _on_basis(out, index):
            out[index] = Item("v:create", item.start, item.end, item.value)
    return out


def _way(items: Sequence[Item], at: int) -> int:
    """How many items at the index say of what something is made: a merger, a split."""
    for words in _WAYS:
        end = at + len(words)
        if tuple(item.symbol for item in items[at:end]) != words:
            continue
        end += items[end].symbol in ("việc", "sự") if end < len(items) else 0
        if end < len(items) and items[end].symbol in _OF:
            return end - at
    return 0


def _made_before(items: Sequence[Item]) -> bool:
    """Whether the last items say that something is set up, and nothing else since."""
    for item in reversed(items[-_NEAR:]):
        if item.symbol in _MAKES:
            return True
        if item.symbol in _ENDS or (item.symbol.startswith("v:") and item.symbol not in ("v:under", "v:into")):
            return False
    return False


def _on_basis(items: Sequence[Item], at: int) -> bool:
    """Whether what is set up by the verb at the index is said to be made of something."""
    for item in items[at + 1 : at + _NEAR]:
        if item.symbol == "v:basis":
            return True
        if item.symbol in _ENDS or item.symbol.startswith("v:merge"):
            return False
    return False
