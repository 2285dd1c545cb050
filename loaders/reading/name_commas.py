"""Commas and hyphens in names of units: which of them a name goes on behind."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.lexicon import known_names, name_parts, phrases, provinces, title_phrases
from loaders.reading.places import level_word
from loaders.reading.unit_heads import after_class, begins_unit, unit_head
from loaders.reading.words import Word

# heads of units that may have small words behind a comma in their name
COMMA_HEADS = frozenset(("phòng", "ban quản lí", "trung tâm", "chi cục"))
# units by which a centre may be called (Trung tâm Văn hóa, Thể thao và Thư viện)
_WITHIN = frozenset(("thư", "bảo", "nhà", "đài", "truyền"))
_NAMED_BY_PARTS = frozenset(("trung tâm", "phòng", "vụ", "cục"))
_MOST_OF_HALF = 6
_CHANGES = frozenset(("thành", "vào", "về", "với", "sang"))


def comma_name(words: Sequence[Word], at: int, head: str) -> int | None:
    """The end of a name like "Văn hóa, Thể thao và Thư viện", which is one where the head is a centre's; behind others
    if none of its parts is a name by itself (Phòng Thanh tra, Kiểm tra và Pháp chế)."""
    if head not in _NAMED_BY_PARTS:
        return None
    if head != "trung tâm" and (at == 0 or words[at - 1].key != head or after_class(words, at - 1)):
        return None  # a list whose head stands elsewhere
    comma = joined = 0
    end = at
    while end < len(words) and end - at < 16:
        word = words[end]
        if word.gap == "," and end > at and begins_unit(words, end):
            return None  # Trung tâm Văn hóa, Trung tâm Thể thao và Du lịch
        if word.gap == "," and end > at and word.capital and (not comma or _more(words, end, joined)):
            comma = end
            if head != "trung tâm" and any(known_names(head).match(words, start) for start in (at, comma)):
                return None
        elif (word.gap and end > at and not _half(words, end)) or (end > at and _ends_part(words, end)):
            break
        if word.key == "và" and comma and not joined:
            following = words[end + 1] if end + 1 < len(words) else None
            if following is None or not following.capital:
                return None
            if begins_unit(words, end + 1) and following.key not in _WITHIN:
                break
            joined = end
        end += 1
    if comma and not joined:
        return end if head == "trung tâm" and _is_pair(words, at, comma, end) else None
    return end if joined and end > joined + 1 else None


def _more(words: Sequence[Word], at: int, joined: int) -> bool:
    """Whether one more part of a name stands behind a comma (Văn hóa, Thông tin, Thể thao và Du lịch)."""
    return not joined and name_parts().match(words, at) is not None


def _half(words: Sequence[Word], at: int) -> bool:
    """Whether a part of a name with a capital stands behind a hyphen (Văn hóa, Thông tin - Thể thao và Du lịch)."""
    return words[at].gap in ("-", "–") and words[at].capital and name_parts().match(words, at) is not None


def _is_pair(words: Sequence[Word], at: int, comma: int, end: int) -> bool:
    """Whether the words [at, end) with one comma are one name of a centre (Trung tâm Văn hóa, Điện ảnh được …), not a
    list of two (hai Trung tâm Thủy sản, Điện ảnh; Trung tâm Khuyến nông, Điện ảnh)."""
    if after_class(words, at - 2) or (end < len(words) and words[end].gap in (",", ";")):
        return False
    if any(known_names("trung tâm").match(words, start) for start in (at, comma)):
        return False
    halves = [name_parts().match(words, start) for start in (at, comma)]
    ends = [half[1] if half else 0 for half in halves]
    return ends == [comma, end] and words[at].capital


def _ends_part(words: Sequence[Word], at: int) -> bool:
    """Whether a part of a name has ended before the word."""
    word = words[at]
    if word.key == "và":
        return False
    if not word.capital:
        return phrases("stops").match(words, at) is not None or level_word(words, at) is not None
    return not word.gap and words[at - 1].key != "và" and begins_unit(words, at)


def more_verbs(words: Sequence[Word], at: int, head: str) -> bool:
    """Whether the name was but a verb up to the comma at the word, and one more follows (Cục Quản lý, giám sát bảo
    hiểm)."""
    verb = phrases("name_verbs").match(words, at - 2) if at > 2 else None
    if verb is None or verb[1] != at or words[at - 3].key != head.split()[-1]:
        return False
    if name_parts().match(words, at) and not words[at].capital:
        return True
    return any(phrases(name).match(words, at) for name in ("name_verbs", "also_verbs"))


def goes_on_small(words: Sequence[Word], at: int) -> bool:
    """Whether small words behind a comma belong to the name: the same word again (bến xe, bến tàu), what a change
    follows (Phương tiện, người lái thành …), or the end of a list after "thành" (Vận tải, phương tiện và người lái).
    """
    end = _small_run(words, at)
    if end == at:
        return False
    if at > 1 and words[at].key == words[at - 2].key:
        return True
    following = words[end] if end < len(words) else None
    part = name_parts().match(words, at)
    if part is not None and any(word.key == "và" for word in words[at : part[1]]):
        return True  # Quản lý vận tải, phương tiện và người lái
    if following is None or following.gap:
        return False
    if part is not None and part[1] == end and following.key == "và" and end + 1 < len(words):
        half = words[end + 1]  # Phòng Bảo vệ, chăm sóc trẻ em và Bình đẳng giới
        if half.capital and not half.gap and name_parts().match(words, end + 1) and not begins_unit(words, end + 1):
            return True
    if following.key != "và":
        return following.key in _CHANGES
    last = _small_run(words, end + 1)
    begins = any(word.key == "thành" for word in words[max(0, at - 8) : at])
    return begins and last > end + 1 and (last >= len(words) or bool(words[last].gap))


def _small_run(words: Sequence[Word], at: int) -> int:
    """The index after one to four small words from the word on that are no verbs, titles or units."""
    end = at
    while end < min(len(words), at + 4):
        word = words[end]
        if word.capital or word.key in ("và", "cán", "công") or (word.gap and end > at):
            break
        part = name_parts().match(words, end)
        if part is not None and part[1] - end > 1 and not words[part[1] - 1].capital:
            end = part[1]
            continue
        if phrases("stops").match(words, end) or title_phrases().match(words, end) or begins_unit(words, end):
            break
        end += 1
    return end


def small_half(words: Sequence[Word], at: int) -> bool:
    """Whether the second half of a name stands small behind its hyphen (Kế hoạch - đầu tư)."""
    part = name_parts().match(words, at)
    if part is None or part[1] - at < 2 or phrases("stops").match(words, at) or title_phrases().match(words, at):
        return False
    return unit_head(words, at) is None


def second_half(words: Sequence[Word], at: int) -> bool:
    """Whether the small words behind "và" are the second half of a name: a verb that names have and what it is done
    to (… và quản lý cửa khẩu), or words that a place with its kind ends (… và sản xuất sạch hơn tỉnh A)."""
    end = at
    while end < min(len(words), at + _MOST_OF_HALF):
        word = words[end]
        if word.capital or word.key in ("và", "các", "cán", "công") or word.key.isdigit() or (word.gap and end > at):
            break
        part, stop = name_parts().match(words, end), phrases("stops").match(words, end)
        if part is not None and (stop is None or part[1] >= stop[1]):
            end = part[1]
            continue
        if stop or title_phrases().match(words, end) or unit_head(words, end) or level_word(words, end):
            break
        end += 1
    if end - at < 2 or unit_head(words, at) is not None:
        return False
    over = end >= len(words) or bool(words[end].gap) or words[end].key in (*_CHANGES, "của", "thuộc", "trực")
    verb = phrases("name_verbs").match(words, at)
    if verb is not None and over:
        return end > verb[1] and (part_end := name_parts().match(words, verb[1])) is not None and part_end[1] <= end
    placed = end < len(words) and not words[end].gap and (provinces().match(words, end) or level_word(words, end))
    return bool(placed) and end < len(words)
