"""A sentence without what is only said by the way, so that the rules for changes fit more ways of writing.

The prose of the field packs much between a verb and its units: brackets, whose each unit is, days, "2 cơ quan là",
"thành một cơ quan mới, lấy tên là". The rules are tried on the sentence as it stands first, then on this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from loaders.reading.items import Item, Sentence
from loaders.reading.plain_basis import with_basis

# a bracket that begins so tells of a change itself
_TELLING = frozenset(("v:merge", "v:new_unit", "v:called", "v:rename", "v:split", "v:becoming", "v:create")) | {
    "v:forerunner",
    "nay",
    "trước",
    "tiền",
}
_WHEN = frozenset(("v:from_old", "kể", "vào", "ngày", "trong", "từ", "hồi", "vào_ngày", "từ_ngày", "tính", "đến"))
_PARTIES = frozenset(("U", "C", "N", "P", ";"))
_NAMING = frozenset(("v:becoming", "v:called", "v:new_unit"))
_VERBS = frozenset(("v:merge", "v:reorganise"))
_NAMINGS = frozenset(("v:rename", "v:convert", "v:reorganise"))
_OF_NOW = frozenset((("hiện", "hữu"), ("hiện", "có"), ("hiện", "tại"), ("hiện", "nay")))
_CENTRE = ("trung", "ương")
_LISTING = frozenset(("gồm", "bao", "v:called", "cụ", "đó", "trong_đó"))
_SINGLY = frozenset(("v:dissolve", "v:create", "v:abolish"))
_SIZED = frozenset(("gồm", "có", "với", "bao", "gồm_có", "bao_gồm"))
_SIZES = frozenset(("#", "M", "gồm", "với", "khoảng", "hơn", "gần", "và", "có", "trên"))
# a chain "thành một sở, lấy tên là" has not more items than this
_CHAIN = 12
_APPOSITION = 14
# what a unit does stands behind the comma that closes an apposition (Trung tâm A, trực thuộc Sở B, được đổi tên)
_PREDICATE = frozenset(("được", "đã", "sẽ", "nay", "v:rename", "v:merge", "v:move", "v:reorganise", "v:convert"))

# and so does what it goes over to, or is named with (chuyển A, trước thuộc Sở B, cùng C về …)
_GOES_ON = frozenset(("v:into", "sang", "cùng", "và"))
_BEFORE_IT = frozenset(("sau", "khi", "trên", "qua", "với", "để", "nhằm", "do"))
_THEN = frozenset(("đó", "đây", "kia"))
_ONCE = ("trước", "vốn", "hiện", "đang", "nguyên")


def simplified(sentence: Sentence) -> Sentence | None:
    """The sentence without brackets, owners, days and appositions, with chains of verbs as one; None where that
    changes nothing."""
    if "v:" not in sentence.symbols:
        return None
    items = sentence.items
    for step in _STEPS:
        items = step(items)
    if items == sentence.items:
        return None
    plain = Sentence(sentence.paragraph, sentence.start, sentence.end, items)
    plain.close()
    return plain


def _without(items: Sequence[Item], dropped: Iterable[int]) -> list[Item]:
    gone = set(dropped)
    return [item for at, item in enumerate(items) if at not in gone]


def _without_brackets(items: list[Item]) -> list[Item]:
    dropped: list[int] = []
    opened: int | None = None
    for at, item in enumerate(items):
        if item.symbol == "(":
            opened = at
        elif item.symbol == ")" and opened is not None:
            inside = items[opened + 1 : at]
            if inside and inside[0].symbol not in _TELLING:
                dropped.extend(range(opened, at + 1))
                owned = opened > 0 and items[opened - 1].symbol == "U" and _symbol(items, at + 1) in ("U", "Y")
                dropped.extend((at + 1,) if owned else ())  # Cơ quan Ủy ban Kiểm tra (UBKT) Huyện ủy
            opened = None
    return _without(items, dropped)


def _without_authority(items: list[Item]) -> list[Item]:
    """Without "theo quyết định của UBND tỉnh" and the commas around it."""
    dropped: list[int] = []
    for at, item in enumerate(items):
        end = _end_of_authority(items, at) or _end_of_aside(items, at) if item.symbol == "theo" else None
        if end is None:
            continue
        dropped.extend(range(at, end + 1))
        if _symbol(items, end + 1) == "," and (at == 0 or items[at - 1].symbol == ","):
            dropped.extend((end + 1, at - 1) if at else (end + 1,))
    return _without(items, dropped)


def _end_of_authority(items: Sequence[Item], at: int) -> int | None:
    """The index of the organ by whose document something is done, or else of that document, behind "theo"."""
    last = None
    for index in range(at + 1, min(at + _APPOSITION, len(items))):
        symbol = items[index].symbol
        if symbol in ("U", "Y"):
            return index if items[index - 1].symbol == "của" else last
        if symbol in (",", ";", ":", "(", "C", "N", "gồm", "được") or symbol.startswith("v:"):
            return last
        if symbol == "D" or (symbol == "T" and last is not None):
            last = index
    return last


def _end_of_aside(items: Sequence[Item], at: int) -> int | None:
    """The index of the last item of ", theo phương án," without what a change is about; none where it is something
    else."""
    end = _comma_behind(items, at) if at > 0 and items[at - 1].symbol == "," else None
    return end - 1 if end is not None else None


def _comma_behind(items: Sequence[Item], at: int, *allowed: str) -> int | None:
    """The index of the next comma, where neither a party to a change nor a verb that is not allowed stands before
    it."""
    for index in range(at + 1, min(at + _APPOSITION, len(items))):
        symbol = items[index].symbol
        if symbol == ",":
            return index
        if symbol in _PARTIES or (symbol.startswith("v:") and symbol not in allowed):
            return None
    return None


def _without_owners(items: list[Item]) -> list[Item]:
    """Without "thuộc Sở A", "của Sở A", "huyện B", "cũ" behind a unit."""
    dropped: list[int] = []
    for at in range(1, len(items)):
        if at == 1 and items[0].symbol == "v:under" and items[1].symbol == "Y" and _symbol(items, 2) == ",":
            dropped.extend((0, 1, 2))  # Thuộc Sở A, Trung tâm B được …
        elif items[at].symbol == "Y" and items[at - 1].symbol == "M":
            dropped.append(at)  # 5 đơn vị trực thuộc Sở A: …
        elif items[at].symbol == "Y" and items[at - 1].symbol in ("v:under", "của"):
            dropped.extend((at - 1, at))
            apart = at > 2 and (items[at - 3].symbol, items[at - 2].symbol) == ("U", ",")
            if apart and _symbol(items, at + 1) in _PREDICATE:
                dropped.append(at - 2)  # Trạm A, trực thuộc Chi cục B đã …
            if at > 1 and items[at - 2].symbol == "U" and _symbol(items, at + 1) == ",":
                dropped.extend((at + 1,) if _symbol(items, at + 2) in _PREDICATE else ())  # Trạm A thuộc Sở B, được …
            if at > 1 and items[at - 2].symbol == _symbol(items, at + 1) == ",":
                dropped.append(at - 2)  # Trung tâm A, trực thuộc Sở B, được …
                dropped.extend((at + 1,) if _symbol(items, at + 2) in _PREDICATE else ())
            if at + 1 < len(items) and items[at + 1].symbol == "P":
                dropped.append(at + 1)
        elif items[at].symbol in ("P", "cũ", "mới") and items[at - 1].symbol == "U":
            dropped.append(at)
        elif (items[at].symbol, _symbol(items, at + 1)) in _OF_NOW and items[at - 1].symbol == "U":
            dropped.extend((at, at + 1))  # Trung tâm A hiện hữu
        elif items[at].symbol == "v:under" and items[at - 1].symbol == "P" and _words(items, at + 1) == _CENTRE:
            dropped.extend(range(at, at + 3))  # thành phố A trực thuộc Trung ương
        elif items[at].symbol == "P" and items[at - 1].symbol in ("của", "v:under") and items[at - 2].symbol == "U":
            dropped.extend((at - 1, at))
    return _without(items, dropped)


def _without_appositions(items: list[Item]) -> list[Item]:
    """Without "…, đơn vị sự nghiệp trực thuộc sở, …" behind a unit, between two commas."""
    dropped: list[int] = []
    for at in range(1, len(items) - 2):
        begins = items[at].symbol == "," and items[at - 1].symbol == "U"
        founded = _end_of_founding(items, at + 1) if begins else None
        if founded is not None:
            dropped.extend(range(at, founded + 1))
            continue
        if not begins or items[at + 1].symbol not in ("đơn", "cơ", "v:under", *_ONCE):
            continue
        end = _comma_behind(items, at, "v:under")
        once = items[at + 1].symbol in _ONCE
        if end is None or (once and any(item.symbol not in _THEN for item in items[at + 2 : end])):
            continue  # "trước thuộc Sở A" has lost its owner by now
        dropped.extend(range(at, end + 1 if _symbol(items, end + 1) in _PREDICATE | _GOES_ON else end))
    return _without(items, dropped)


def _end_of_founding(items: Sequence[Item], at: int) -> int | None:
    """The index of the comma behind an apposition that says only when the unit was set up (Viện A, thành lập năm
    1975, được …)."""
    end = _comma_behind(items, at) if items[at].symbol == "v:create" else None
    if end is None or _symbol(items, end + 1) not in ("được", "đã", "sẽ"):
        return None
    return end if all(item.symbol in _WHEN | {"T", "năm", "tháng"} for item in items[at + 1 : end]) else None


def _without_conditions(items: list[Item]) -> list[Item]:
    """Without "…, sau khi có ý kiến của hội viên, …" between a unit and what becomes of it."""
    dropped: list[int] = []
    for at in range(1, len(items) - 3):
        begins = items[at].symbol == "," and items[at - 1].symbol in ("U", "P") and items[at + 1].symbol in _BEFORE_IT
        end = _comma_behind(items, at) if begins else None
        if end is not None and _symbol(items, end + 1) in _PREDICATE:
            dropped.extend(range(at, end + 1))
    return _without(items, dropped)


def _without_predicates(items: list[Item]) -> list[Item]:
    """Without "là cơ quan chuyên môn thuộc Sở A," between a unit and "được"."""
    dropped: list[int] = []
    for at in range(1, len(items) - 3):
        begins = items[at].symbol == "v:called" and items[at - 1].symbol in ("U", "P", "Y")
        if not begins or items[at + 1].symbol not in ("đơn", "cơ", "tổ"):
            continue
        end = _comma_behind(items, at, "v:under")
        if end is not None and _symbol(items, end + 1) in ("được", "đã", "sẽ", "v:create"):
            dropped.extend(range(at, end + 1))
    return _without(items, dropped)


def _without_heads(items: list[Item]) -> list[Item]:
    """Without "do ông Lê Văn A làm Giám đốc" behind a unit."""
    dropped: list[int] = []
    for at in range(1, len(items) - 3):
        if items[at - 1].symbol == "U" and items[at].symbol == "do" and items[at + 1].symbol == "N":
            end = next((i for i in range(at + 2, min(len(items), at + 5)) if items[i].symbol == "C"), None)
            dropped.extend(range(at, end + 1) if end is not None else ())
    return _without(items, dropped)


def _without_sizes(items: list[Item]) -> list[Item]:
    """Without ", gồm 23 tổ chức cơ sở đảng với khoảng 600 đảng viên" behind a unit that is created, in a list."""
    dropped: list[int] = []
    for at in range(1, len(items) - 2):
        begins = items[at].symbol == "," and items[at - 1].symbol in ("U", "P")
        if not begins or items[at + 1].symbol not in _SIZED:
            continue
        end = at + 2
        while end < len(items) and items[end].symbol in _SIZES:
            end += 1
        end -= items[end - 1].symbol == "và"
        sized = any(item.symbol == "#" for item in items[at + 1 : end])
        over = _symbol(items, end) in ("", ",", ";", "và")
        if sized and over and any(item.symbol == "v:create" for item in items[:at]):
            both = (_symbol(items, end), _symbol(items, end + 1)) == (",", "và")
            dropped.extend(range(at, end + 1 if both else end))
    return _without(items, dropped)


def _without_days(items: list[Item]) -> list[Item]:
    """Without "từ ngày 1/3/2018" and the commas around it."""
    dropped: set[int] = set()
    for at, item in enumerate(items):
        if item.symbol != "T":
            continue
        first = at
        while first > 0 and items[first - 1].symbol in _WHEN:
            first -= 1
        dropped.update(range(first, at + 1))
        between_commas = first > 0 and items[first - 1].symbol == "," and _symbol(items, at + 1) == ","
        if between_commas or (first == 0 and _symbol(items, at + 1) == ","):
            dropped.add(at + 1)
            dropped.update((first - 1,) if first > 0 else ())
    return _without(items, dropped)


def _one_verb(items: list[Item]) -> list[Item]:
    """ "sáp nhập, hợp nhất" and "sắp xếp, sáp nhập" as the last of them."""
    dropped: list[int] = []
    for at in range(len(items) - 2):
        joined = items[at + 1].symbol in (",", "và")
        two = (items[at].symbol, items[at + 2].symbol)
        naming = two[0] != two[1] and set(two) <= _NAMINGS  # đổi tên, nâng cấp thành
        if joined and (naming or (two[0] in _VERBS and two[1] == "v:merge")):
            dropped.extend((at, at + 1))
        elif joined and two[0] == "v:split" and two[1] in _NAMINGS and _symbol(items, at + 3) not in _NAMING:
            dropped.extend((at + 1, at + 2))  # tách và kiện toàn bộ phận A
    return _without(items, dropped)


def _one_naming(items: list[Item]) -> list[Item]:
    """ "thành một cơ quan mới, lấy tên là" as "lấy tên là"."""
    dropped: list[int] = []
    for at, item in enumerate(items):
        if item.symbol != "v:becoming" or (dropped and at <= dropped[-1]):
            continue
        for last in range(at + 1, min(at + _CHAIN, len(items))):
            if items[last].symbol in _PARTIES or items[last].symbol in _VERBS:
                break
            if items[last].symbol in _NAMING:
                dropped.extend(i for i in range(at + 1, last + 1))
    return _without(items, dropped)


def _without_colons_before_names(items: list[Item]) -> list[Item]:
    """ "đặt tên là: Tổ dân phố số 1" and "với tên gọi mới: Trung tâm A" without the colon."""
    dropped: list[int] = []
    for at in range(2, len(items) - 1):
        if items[at].symbol != ":" or items[at + 1].symbol not in ("U", "P"):
            continue
        new = items[at - 1].symbol == "mới" and items[at - 2].symbol in _NAMING
        dropped.extend((at - 1, at) if new else (at,) if items[at - 1].symbol in _NAMING else ())
    return _without(items, dropped)


def _without_commas_before_lists(items: list[Item]) -> list[Item]:
    """ "7 đơn vị, gồm A, B" without the comma before the list; what one of several is said to be stays apart of
    mergers, whose parts are all to be named."""
    commas: list[int] = []
    last = ""
    for at, item in enumerate(items):
        last = item.symbol if item.symbol.startswith("v:") else last
        of_several = (_symbol(items, at + 1), _symbol(items, at + 2)) == ("trong", "đó") and last in _SINGLY
        if item.symbol == "," and (of_several or _symbol(items, at + 1) in _LISTING):
            commas.append(at)
    return _without(items, (at for at in commas if at > 0 and items[at - 1].symbol not in ("U", "P")))


def _without_shares(items: list[Item]) -> list[Item]:
    """ "với một phần thôn B" without the share, "và phần quản lý nhà nước về thương mại của Sở B" as "và Sở B"."""
    dropped: list[int] = []
    for at in range(2, len(items) - 2):
        if items[at].symbol != "phần" or items[at - 1].symbol not in ("và", ","):
            continue
        of = next((i for i in range(at + 1, min(len(items) - 1, at + _APPOSITION)) if items[i].symbol == "của"), None)
        if of is not None and items[of + 1].symbol == "U":
            dropped.extend(range(at, of + 1))
    for at in range(1, len(items) - 1):
        if items[at].symbol == "phần" and items[at - 1].symbol in ("#", "một"):
            end = at + 1 if items[at + 1].symbol == "của" else at
            dropped.extend(range(at - 1, end + 1) if _symbol(items, end + 1) == "U" else ())
    return _without(items, dropped)


def _without_commas_before_verbs(items: list[Item]) -> list[Item]:
    """ "Quyết định về Trung tâm A, được thành lập trên cơ sở …" without the comma; "Trường A, xã B ra đời" without
    where it lies."""
    dropped: list[int] = []
    for at in range(1, len(items) - 3):
        if items[at].symbol != "," or items[at - 1].symbol != "U":
            continue
        behind = [item.symbol for item in items[at + 1 : at + _APPOSITION]]
        on_basis = behind.index("v:basis") if "v:basis" in behind else _APPOSITION
        if behind[:2] == ["được", "v:create"] and not {"U", ";"} & set(behind[:on_basis]) and "v:basis" in behind:
            dropped.append(at)
        begins = at == 1 or items[at - 2].symbol in (";", ".")
        if begins and behind[0] == "P" and behind[1] in ("v:born", "được") and "v:basis" in behind[2:4]:
            dropped.extend((at, at + 1))
    return _without(items, dropped)


def _words(items: Sequence[Item], at: int) -> tuple[str, ...]:
    return tuple(item.symbol for item in items[at : at + 2])


def _symbol(items: Sequence[Item], at: int) -> str:
    return items[at].symbol if at < len(items) else ""


_STEPS = (
    _without_authority,
    _without_brackets,
    _without_shares,
    _without_owners,
    _without_sizes,
    _without_appositions,
    _without_conditions,
    _without_predicates,
    _without_heads,
    _without_days,
    _one_verb,
    _one_naming,
    _without_colons_before_names,
    _without_commas_before_lists,
    _without_commas_before_verbs,
    with_basis,
)
