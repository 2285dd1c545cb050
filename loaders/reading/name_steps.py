"""Whether the name of a unit goes on with a word: behind a hyphen, a comma, "và", or no mark at all."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.lexicon import keys, known_names, name_parts, phrases, provinces, title_phrases
from loaders.reading.name_commas import COMMA_HEADS, goes_on_small, more_verbs, second_half, small_half
from loaders.reading.name_numbers import SCHOOLS, of_another_school
from loaders.reading.places import (
    is_numbered,
    level_word,
    looks_like_person,
    post_before,
    proper_end,
    read_place,
)
from loaders.reading.unit_heads import begins_unit, is_proper
from loaders.reading.words import Word

# heads of units that may be called after people (Bệnh viện Phạm Ngọc Thạch)
AFTER_PEOPLE = frozenset(("bệnh viện", "nhà hát", "bảo tàng", "thư viện", "nhà thi đấu", "nhà văn hóa", "khu di tích"))
# what is called by the zones that it has to do with (Khu kinh tế A và các khu công nghiệp)
OF_ZONES = frozenset(("ban quản lí", "công đoàn", "đảng bộ", "đảng ủy", "chi bộ", "trung tâm"))
# what offices do that are called by who runs them (Văn phòng Công chứng Lê Văn An)
_OFFICES_OF_PEOPLE = frozenset((("công", "chứng"), ("phát", "lại"), ("luật", "sư")))
# heads whose names go on in small letters behind "và" (Tổng cục Mỏ và địa chất)
_AND_HEADS = frozenset(("tổng cục", "cục", "đài", "viện", "trạm", "vụ", "khoa", "quỹ", "sở", "học viện"))
# heads whose names do so where the clause is over behind them (Hội Bảo trợ A và bảo vệ quyền trẻ em)
_HALVES = frozenset((*COMMA_HEADS, *_AND_HEADS, "hội", "ban", "văn phòng"))
# heads behind which proper names of places stand that begin like a unit's or a person's (Trạm Lập, Ma Lù Thàng)
_CALLED_BY_PLACE = frozenset(("công ti", "ban quản lí", "trạm", "đồn", "hạt", "lâm trường", "nông trường", "xí nghiệp"))
# words of a name behind which another unit is named (Phòng Công tác HĐND, Trung tâm Quản lý Nhà khách)
_BEFORE_UNITS = frozenset((("công", "tác"), ("đại", "diện"), ("quản", "lí")))
_WITH_COMMA = frozenset(("phòng", "cây", "cấp", "khu", "các", "thương"))


def goes_on(words: Sequence[Word], at: int, head: str, *, known: bool) -> bool:
    """Whether a name that began before can go on with the word."""
    word = words[at]
    if word.gap == "/":
        return word.capital or _of_day(words, at, head)
    if word.gap == "-" and _of_day(words, at, head):
        return True
    if word.gap in ("-", "–") and begins_unit(words, at) and not small_half(words, at):
        return False
    if word.gap in ("-", "–"):
        part = name_parts().match(words, at) or known_names(head).match(words, at)
        author = word.key in keys("author_words") and (part is None or part[1] - at == 1)
        if not word.capital or author:
            return word.capital is False and small_half(words, at)
        person = looks_like_person(words, at, proper_end(words, at))
        return not person and (part is not None or not title_phrases().match(words, at))
    if word.gap == "," and (words[at - 1].key, word.key) == ("phòng", "chống"):
        return True
    if word.gap == ",":
        if known:
            return False
        return more_verbs(words, at, head) or (head in COMMA_HEADS and goes_on_small(words, at))
    if word.gap:
        return False
    if word.key == "và":
        return _joins(words, at, head, known=known)
    of_school = head == "trường" and any(word.key in SCHOOLS for word in words[max(0, at - 2) : at])
    inside = word.key == "cảnh" or (of_school and word.key in ("ban", "bản", "làng", "đoàn"))
    inside = inside or (head == "trường" and _in_person(words, at))
    inside = inside or (word.key == "bộ" and words[at - 1].key in ("nam", "bắc", "trung"))  # Nông lâm Nam Bộ
    inside = inside or ((words[at - 2].key, words[at - 1].key) in _BEFORE_UNITS and written_large(words[at - 2]))
    inside = inside or (word.key == "doanh" and name_parts().match(words, at) is not None)  # Hỗ trợ Doanh nghiệp nhỏ
    inside = inside or ((not head or head in _CALLED_BY_PLACE) and is_proper(words, at, proper_end(words, at)))
    if begins_unit(words, at) and word.capital and not inside:  # Phòng Cảnh sát phòng cháy chữa cháy goes on
        return False
    if level_word(words, at) is not None and (not word.capital or is_numbered(words, at) or of_level(words, at)):
        return False
    if title_phrases().match(words, at) and not word.capital:
        return False
    found = provinces().match(words, at, across="-–")
    of_person = head == "trường" and words[at - 1].capital and words[at - 1].key in keys("surnames")
    if found and word.capital and proper_end(words, at) == found[1] and not of_person:
        return False
    if of_school:
        return True
    person = word.capital and _is_person(words, at, head)
    office = (words[at - 2].key, words[at - 1].key) in _OFFICES_OF_PEOPLE
    called = head == "trường" or head in AFTER_PEOPLE | _CALLED_BY_PLACE or office
    if person and called:  # Trường Cao đẳng Y tế Phạm Ngọc Thạch
        return not is_held(words, at, at)
    return not person


def _joins(words: Sequence[Word], at: int, head: str, *, known: bool) -> bool:
    """Whether the "và" at the word is inside the name, not between two units."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is not None and following.start == words[at].start:
        return True  # one abbreviation: VHTT&TT
    if following is None or following.gap or following.part:
        return False
    if head in OF_ZONES and following.key in ("các", "khu") and not known:
        part = name_parts().match(words, at + 1)  # Khu kinh tế A và các Khu công nghiệp, và khu công nghệ cao
        capital = following.key == "các" and at + 2 < len(words) and words[at + 2].capital
        return part is not None or (capital and not begins_unit(words, at + 2))
    whole = known and head in ("sở", "bộ", "ban")
    if not following.capital and head in _HALVES and not whole and second_half(words, at + 1):
        return True
    if not following.capital:
        part = part_of_names(words, at + 1)
        stop = phrases("stops").match(words, at + 1)
        small = part is not None and part[1] - at > 2 and (stop is None or stop[1] < part[1])
        if part is not None and part[0].startswith("các bệnh "):  # Phòng chống Sốt rét và các bệnh nội tiết
            return True
        halves = any(word.gap in ("-", "–") and not word.capital for word in words[max(0, at - 6) : at])
        return (head in COMMA_HEADS | _AND_HEADS or halves) and not known and small
    if of_another_school(words, at, head):
        return False
    if following.key == "ban" and [word.key for word in words[at + 2 : at + 3]] == ["giám"]:
        return False  # Trường THCS A và Ban Giám hiệu
    if following.key == "doanh" and words[at - 1].key == "quan":  # Khối Cơ quan và Doanh nghiệp
        return True
    if whole or _stops(words, at + 1) or phrases("document_words").match(words, at + 1):
        return False
    if title_phrases().match(words, at + 1):
        return False
    return not begins_unit(words, at + 1) and read_place(words, at + 1) is None


def _in_person(words: Sequence[Word], at: int) -> bool:
    """Whether the word is in the name of a person though units begin with it (Trường THPT Vũ *Trường* Định, Trường
    THCS Trần *Hội*)."""
    if words[at - 1].capital and words[at - 1].key in keys("surnames"):
        return True
    last = at + 1 >= len(words) or bool(words[at + 1].gap) or not words[at + 1].capital
    return last and words[at - 1].capital and words[at - 2].capital and words[at - 2].key in keys("surnames")


def _of_day(words: Sequence[Word], at: int, head: str) -> bool:
    """Whether a school is called by a day whose month is the word (Trường Mầm non 19/5)."""
    return head == "trường" and words[at].key.isdigit() and words[at - 1].key.isdigit()


def _stops(words: Sequence[Word], at: int) -> bool:
    """Whether names do not go on with the word behind "và"; with a capital it is no verb (Công nghiệp và Xây dựng)."""
    return not written_large(words[at]) and phrases("stops").match(words, at) is not None


def of_level(words: Sequence[Word], at: int) -> bool:
    """Whether "Thành phố" or "Tỉnh" with a capital says whose the unit is (Sở Nội vụ Thành phố đề xuất)."""
    level = level_word(words, at)
    if level is None:
        return False
    end = level[1]
    named = end < len(words) and words[end].capital and not words[end].gap
    if level[0] == "xã" and (words[at - 1].key == "và" or not named or words[end].key == "hội"):
        return False  # Lao động - Thương binh và Xã Hội
    return named or level[0] in ("tỉnh", "thành phố")


def _is_person(words: Sequence[Word], at: int, head: str) -> bool:
    """Whether a person is named at the word, where it does not end another name before a surname (Đài Truyền hình
    Hòa *Sơn* Ngô Văn Định, Trường Đại học Phạm Văn *Lâm* Ngô Văn Định)."""
    if not looks_like_person(words, at, proper_end(words, at)):
        return False
    two, one = words[at - 2], words[at - 1]
    second = one.capital and not one.part and (not two.capital or two.part or head.endswith(two.key))
    third = one.key in ("văn", "thị") and two.key in keys("surnames")
    return not ((second or third) and looks_like_person(words, at + 1, proper_end(words, at + 1)))


def is_held(words: Sequence[Word], at: int, first: int) -> bool:
    """Whether a post is named before the unit, so that the person behind holds it; not where the holder stands before
    the post (ông Trần Văn Lạc, Giám đốc Bệnh viện Phạm Ngọc Thạch)."""
    start = at
    while start > 0 and not words[start].gap:
        start -= 1
    before = any(looks_like_person(words, i, start) for i in (start - 3, start - 4) if i >= 0)
    return not (before and words[start].gap == ",") and post_before(words, at, first)


def part_of_names(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """What names are built of, with the comma in "phòng, chống thiên tai", "cây trồng, vật nuôi", "cấp 2, 3"."""
    part = name_parts().match(words, at, across="," if words[at].key in _WITH_COMMA else "")
    with_comma = phrases("comma_parts").match(words, at, across=",")
    if with_comma is not None and (part is None or with_comma[1] > part[1]):
        return with_comma
    return part


def written_large(word: Word) -> bool:
    """Whether the word has a capital that says something: not that of a line all in capitals."""
    return word.capital and not word.shown[:1].islower()
