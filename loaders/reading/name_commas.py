"""Commas and hyphens in names of units: which of them a name goes on behind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.reading.lexicon import known_names, name_parts, phrases, provinces, title_phrases
from loaders.reading.places import level_word
from loaders.reading.small_names import small_parts
from loaders.reading.unit_heads import after_class, begins_unit, is_no_unit, unit_head
from loaders.reading.words import Word, without_gap

# heads of units that may have small words behind a comma in their name
COMMA_HEADS = frozenset(("phòng", "ban quản lí", "trung tâm", "chi cục"))
# units by which a centre may be called (Trung tâm Văn hóa, Thể thao và Thư viện)
_WITHIN = frozenset(("thư", "bảo", "nhà", "đài", "truyền"))
_LISTED = frozenset(("phòng", "vụ", "cục", "khoa", "trung tâm", "chi cục", "tổ"))
_MOST_IN_LIST = 14
_NAMED_BY_PARTS = frozenset(("trung tâm", "phòng", "vụ", "cục", "viện"))
# of these, one comma without "và" is inside the name, too (Viện Quy hoạch, Thiết kế nông thôn)
_PAIRED = frozenset(("trung tâm", "viện"))
_MOST_OF_HALF = 6
_MERGES = frozenset((("hợp", "nhất"), ("sáp", "nhập")))
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
        small = word.gap == "," and end > at and not comma and _goes_on_large(words, end)
        if small or (word.gap == "," and end > at and word.capital and (not comma or _more(words, end, joined))):
            comma = end
            two = any(known_names(head).match(words, start) for start in (at, comma))
            if two and not small and head != "trung tâm":
                return None
        elif (word.gap and end > at and not _half(words, end)) or (end > at and _ends_part(words, end)):
            break
        if word.key == "và" and joined and end + 1 < len(words) and begins_unit(words, end + 1):
            break  # Văn hóa, Thể thao và Du lịch và Sở Nội vụ
        if word.key == "và" and comma and not joined:
            following = words[end + 1] if end + 1 < len(words) else None
            if following is None or not (following.capital or _small_part(words, end + 1)):
                return None
            if begins_unit(words, end + 1) and following.key not in _WITHIN:
                break
            joined = end
        part = phrases("comma_parts").match(words, end, across=",") or name_parts().match(words, end)
        end = part[1] if part is not None and end > at else end + 1
    if comma and not joined:
        return end if head in _PAIRED and _is_pair(words, at, comma, end, head) else None
    return end if joined and end > joined + 1 else None


def _goes_on_large(words: Sequence[Word], at: int) -> bool:
    """Whether a part of a name stands small behind the comma and the last one with a capital behind "và" (Phòng Thanh
    tra, *pháp chế và Quản lý bảo vệ rừng*), so that they are one name."""
    part = name_parts().match(words, at)
    last = part[1] + 1 if part is not None else 0
    if part is None or words[at].capital or last >= len(words) or words[last - 1].key != "và" or words[last - 1].gap:
        return False
    large = words[last].capital and not words[last].gap and not begins_unit(words, last)
    named = name_parts().match(words, last) or phrases("name_verbs").match(words, last)
    return large and named is not None


def _more(words: Sequence[Word], at: int, joined: int) -> bool:
    """Whether one more part of a name stands behind a comma (Văn hóa, Thông tin, Thể thao và Du lịch)."""
    return not joined and name_parts().match(words, at) is not None


def _half(words: Sequence[Word], at: int) -> bool:
    """Whether a part of a name with a capital stands behind a hyphen (Văn hóa, Thông tin - Thể thao và Du lịch)."""
    return words[at].gap in ("-", "–") and words[at].capital and name_parts().match(words, at) is not None


def _is_pair(words: Sequence[Word], at: int, comma: int, end: int, head: str) -> bool:
    """Whether the words [at, end) with one comma are one name of a centre (Trung tâm Văn hóa, Điện ảnh được …), not a
    list of two (hai Trung tâm Thủy sản, Điện ảnh; Trung tâm Khuyến nông, Điện ảnh)."""
    if after_class(words, at - len(head.split())) or (end < len(words) and words[end].gap in (",", ";")):
        return False
    if any(known_names(head).match(words, start) for start in (at, comma)):
        return False
    return [_half_end(words, start) for start in (at, comma)] == [comma, end] and words[at].capital


def _half_end(words: Sequence[Word], at: int) -> int:
    """The end of half a name: a part of names, or a verb that names have and such a part (Hỗ trợ nông dân)."""
    verb = phrases("name_verbs").match(words, at)
    start = verb[1] if verb is not None and name_parts().match(words, verb[1]) else at
    part = name_parts().match(words, start, across="-–")
    return part[1] if part is not None else 0


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
    if _merges_behind(words, at):
        return True
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


def small_series(words: Sequence[Word], at: int, head: str) -> int:
    """The end of the small parts of names behind the comma at the word, where they belong to the name before it: their
    last stands behind "và" and the name is over there (Trung tâm Cứu hộ*, bảo tồn và phát triển sinh vật*), or what
    becomes of the unit follows (Phòng Phổ biến*, giáo dục pháp luật* được …); `at` where they do not, or one of them is
    a name by itself."""
    end, joined = at, False
    while end < len(words) and words[end].gap == "," and not words[end].capital:
        after = end + small_parts([without_gap(words[end]), *words[end + 1 : end + _MOST_IN_LIST]], 0)
        if after == end and end > at:
            break  # the clause goes on behind the series
        if after == end or (unit_head(words, end) is not None and not is_no_unit(words, end)):
            return at
        known = known_names(head).match(words, end)
        if known is not None and (known[1] == after or words[known[1]].key == "và"):
            return at
        joined = joined or any(word.key == "và" for word in words[end:after])
        end = after
    if end == at:
        return at
    if end + 1 < len(words) and words[end].key == "và" and not words[end].gap and not begins_unit(words, end + 1):
        last = name_parts().match(words, end + 1)
        joined, end = last is not None, last[1] if last is not None else end
    if end >= len(words) or words[end].gap:
        return end if joined else at
    placed = level_word(words, end) is not None or provinces().match(words, end) is not None
    of_country = [word.key for word in words[end : end + 2]] == ["việt", "nam"]
    return end if placed or of_country or _over(words, end) else at


def small_list(words: Sequence[Word], at: int, head: str) -> int:
    """The end of a name in small letters that goes on as a list to its "và" (Trung tâm tin học*, ngoại ngữ và hướng
    nghiệp*): parts of names all, with the end of the clause, a place or a change behind them; `at` where it does not.
    """
    end = at
    while head in COMMA_HEADS and end < len(words) and words[end].gap == ",":
        further = _small_part(words, end)
        if further is None:
            return small_series(words, at, head)
        end = further
    if end > at and (series := small_series(words, at, head)) > at:
        return series
    if end == at or end >= len(words) or words[end].gap or words[end].key != "và":
        return at
    last = _small_part(words, end + 1)
    if last is None:
        return at
    over = last >= len(words) or words[last].gap or words[last].key in _CHANGES or _merger(words, last)
    return last if over or level_word(words, last) or provinces().match(words, last) else at


def _small_part(words: Sequence[Word], at: int) -> int | None:
    part = name_parts().match(words, at) if at < len(words) and not words[at].capital else None
    return part[1] if part is not None and unit_head(words, at) is None else None


def _merges_behind(words: Sequence[Word], at: int) -> bool:
    """Whether a small part of names ends before a merger (Ban Quản lý dự án dân dụng, *công nghiệp* hợp nhất với …)."""
    end = _small_part(words, at)
    return end is not None and end < len(words) and not words[end].gap and _merger(words, end)


def _merger(words: Sequence[Word], at: int) -> bool:
    return tuple(word.key for word in words[at : at + 2]) in _MERGES


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
    head = unit_head(words, at)
    return head is None or (not words[at].capital and part[1] > head[1])  # Ban Quản lý dự án - quỹ đất


def second_half(words: Sequence[Word], at: int) -> bool:
    """Whether the small words behind "và" are the second half of a name: a verb that names have and what it is done
    to (… và quản lý cửa khẩu), or words that a place with its kind ends (… và sản xuất sạch hơn tỉnh A)."""
    end = at
    while end < min(len(words), at + _MOST_OF_HALF):
        word = words[end]
        part, stop = name_parts().match(words, end), phrases("stops").match(words, end)
        begins = word.key in ("và", "các", "cán", "công") and (part is None or part[1] - end < 3)
        if word.capital or begins or word.key.isdigit() or (word.gap and end > at):
            break
        if part is not None and (stop is None or part[1] >= stop[1]):
            end = part[1]
            continue
        if stop or title_phrases().match(words, end) or unit_head(words, end) or level_word(words, end):
            break
        end += 1
    if end - at < 2 or unit_head(words, at) is not None:
        return False
    verb = phrases("name_verbs").match(words, at)
    if verb is not None and _over(words, end):
        return end > verb[1] and (part_end := name_parts().match(words, verb[1])) is not None and part_end[1] <= end
    placed = end < len(words) and not words[end].gap and (provinces().match(words, end) or level_word(words, end))
    return bool(placed) and end < len(words)


def _over(words: Sequence[Word], at: int) -> bool:
    """Whether a name is over before the word: the clause ends, another unit follows behind "và", or what is done with
    the unit."""
    if at >= len(words) or words[at].gap or phrases("behind_small_names").match(words, at):
        return True
    return words[at].key == "và" and at + 1 < len(words) and begins_unit(words, at + 1)


def name_to_semicolon(words: Sequence[Word], at: int, head: str) -> int | None:
    """The end of a name with commas in a list that goes by semicolons and says its head each time (Phòng Nghiệp vụ, kỹ
    thuật; Phòng Pháp chế, tố tụng; …); None where the name is not in such a list, or the comma divides two names."""
    start = at - len(head.split())
    if head not in _LISTED or start < 0 or words[start].key != head.split()[0]:
        return None
    end = comma = at
    while end < len(words) and end - at < _MOST_IN_LIST:
        word = words[end]
        if end > at and word.gap == "," and not (name_parts().match(words, end) or word.short):
            return None
        if end > at and word.gap == "," and known_names(head).match(words, at) and known_names(head).match(words, end):
            return None
        comma = end if end > at and word.gap == "," and comma == at else comma
        if end > at and word.gap and word.gap not in (",", "-", "–", "/"):
            break
        several = word.key == "các" and words[end - 1].key == "và" and end > at  # Phòng Đoàn thể và các Hội
        if end > at and not several and _never_in_name(words, end):
            return None
        end += 1
    again = end < len(words) and words[end].gap == ";" and words[end].key == words[start].key
    last = words[start].gap == ";" and end >= len(words)
    following = end < len(words) and words[end].gap == ";" and begins_unit(words, end)
    last = last or (words[start].gap == ";" and following)  # Trung tâm A; Trung tâm B, C; Nhà D
    several = any((one.key, two.key) == ("và", "các") for one, two in pairwise(words[at:end]))
    return end if (again or last) and (comma > at or several) else None


def _never_in_name(words: Sequence[Word], at: int) -> bool:
    """Whether the word begins something else than a name of a division has in it."""
    part, stop = name_parts().match(words, at), phrases("stops").match(words, at)
    if stop is not None and (part is None or part[1] < stop[1]):
        return True
    if phrases("honorifics").match(words, at) or level_word(words, at) or words[at].key.isdigit():
        return True
    return begins_unit(words, at) and words[at].capital and words[at].key != "hội"
