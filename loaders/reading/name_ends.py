"""Where the name of a unit ends: at a mark, a place, the head of another unit, or a word that names do not
go on with (words.yaml, `stops`)."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.bloc_names import bloc_name
from loaders.reading.lexicon import keys, known_names, name_parts, phrases, provinces, title_phrases
from loaders.reading.name_commas import (
    COMMA_HEADS,
    comma_name,
    goes_on_small,
    more_verbs,
    name_to_semicolon,
    second_half,
    small_half,
    small_list,
)
from loaders.reading.name_numbers import SCHOOLS, numbered, of_another_school, region
from loaders.reading.places import (
    is_numbered,
    level_word,
    looks_like_person,
    place_end,
    post_before,
    proper_end,
    read_place,
)
from loaders.reading.small_names import acts, before_proper, closed, of_a_class, small_parts
from loaders.reading.unit_heads import after_class, begins_unit, unit_head
from loaders.reading.words import Word

_MOST_SMALL = 6
_AFTER_PEOPLE = frozenset(("bệnh viện", "nhà hát"))  # Bệnh viện Phạm Ngọc Thạch
# what offices do that are called by who runs them (Văn phòng Công chứng Lê Văn An)
_OFFICES_OF_PEOPLE = frozenset((("công", "chứng"), ("phát", "lại"), ("luật", "sư")))
# heads whose names go on in small letters behind "và" (Tổng cục Mỏ và địa chất)
_AND_HEADS = frozenset(("tổng cục", "cục", "đài", "viện", "trạm"))
_WITH_COMMA = frozenset(("phòng", "cây", "cấp", "khu", "các", "thương"))


def name_end(words: Sequence[Word], at: int, head: str) -> int:
    """The index after the name that begins at the word; `at` if no name begins there. What the sentence does with
    the unit is no part of its name (về Trung tâm Văn hóa và Thể thao quản lý)."""
    end = _reach(words, at, head)
    manages = end - at > 2 and (words[end - 2].key, words[end - 1].key) == ("quản", "lí")
    if manages and words[end - 2].shown[:1].islower() and _ends_here(words, end):
        return end - 2
    return end


def _reach(words: Sequence[Word], at: int, head: str) -> int:
    if at >= len(words) or (words[at].gap and words[at].gap != '"'):
        return at
    if words[at].key in ("hội", "ủy") and (unit_head(words, at) or ("",))[0] in ("hdnd", "ubnd"):
        return at  # Ban Hội đồng nhân dân, Nhà khách Ủy ban nhân dân tỉnh
    if head in keys("proper_heads"):
        return at if level_word(words, at) else place_end(words, at)
    if (bloc := bloc_name(words, at, head)) is not None:
        return bloc
    known = _known(words, at, head)
    listed_name = comma_name(words, at, head) or name_to_semicolon(words, at, head)
    if listed_name is not None and listed_name > (known or 0):
        return listed_name
    if not words[at].capital and not words[at].key.isdigit():
        open_name = words[at].key == "các" or name_parts().match(words, at) or not phrases("stops").match(words, at)
        if head == "ban quản lí" and words[at - 2].capital and open_name:
            part = name_parts().match(words, at)
            return _go_on(words, at, part[1] if part else at + 1, head, known=False)
        head_at = at - max(1, len(head.split()))
        if known is not None and known < len(words) and words[known].key == "cấp" and not words[known].gap:
            return at  # Trạm thú y cấp huyện
        if words[head_at].capital and known is not None and head == "cơ sở" and _is_called(words, known):
            return _go_on(words, at, known, head, known=True)  # Cơ sở cai nghiện ma túy Khe Tre
        if words[head_at].capital:
            return small_list(words, max(known or at, _small_name(words, at, head)), head)
        if known is not None and head in keys("small_heads") and not of_a_class(words, head_at, known):
            return known
        if head in keys("small_heads") and (end := _before_place(words, at)) and not of_a_class(words, head_at, end):
            return end
        return _small_part(words, at, head_at)
    if level_word(words, at) and (not words[at].capital or is_numbered(words, at)):
        return at
    person = looks_like_person(words, at, proper_end(words, at)) and known is None
    if person and not _after_person(words, at, head):
        return at
    return _go_on(words, at, known or at, head, known=known is not None)


def _after_person(words: Sequence[Word], at: int, head: str) -> bool:
    """Whether the unit is called after the person at the word, who is not the one that holds the post before it; who
    does may be named behind (Giám đốc Bệnh viện Phạm Ngọc Thạch, ông …)."""
    if head not in _AFTER_PEOPLE:
        return False
    end = proper_end(words, at)
    if end < len(words) and words[end].gap == "," and phrases("honorifics").match(words, end):
        return True
    return not post_before(words, at - len(head.split()), at)


def _small_name(words: Sequence[Word], at: int, head: str) -> int:
    """The end of a name in small letters behind a head with a capital, maybe on to a proper name (Trường đại học
    Hùng Vương, Trường cao đẳng Y tế Sơn La)."""
    end = small_parts(words, at) if head in keys("small_named") else at
    if (stop := region(words, end)) > end:
        return stop
    if end > at and head in keys("numbered_heads") and numbered(words, end) > end:
        return end  # Khu Quản lý giao thông đô thị số 1
    proper = before_proper(words, at, end, head)
    if proper is not None:
        return _go_on(words, at, proper, head, known=False)
    return end if closed(words, at, end, head) else at


def _is_called(words: Sequence[Word], at: int) -> bool:
    """Whether a proper name of its own stands at the word."""
    if at >= len(words) or words[at].gap or not words[at].capital or words[at].short:
        return False
    return level_word(words, at) is None and not begins_unit(words, at)


def _small_part(words: Sequence[Word], at: int, head_at: int) -> int:
    """The end of a name that begins small and goes on with a proper one (bệnh viện đa khoa Đức Thọ)."""
    part = name_parts().match(words, at)
    if part is None or part[1] >= len(words):
        return at
    if _before_place(words, at) == part[1] and not after_class(words, head_at):
        return part[1]  # trường mầm non xã A
    proper = words[part[1]]
    if not proper.capital or proper.gap or proper.short or level_word(words, part[1]) or begins_unit(words, part[1]):
        return at
    end = proper_end(words, part[1])
    return at if end - part[1] > 3 else end


def _before_place(words: Sequence[Word], at: int) -> int | None:
    """The end of a name that is all small where a place with its kind follows (trung tâm y tế huyện A)."""
    end = small_parts(words, at)
    placed = end > at and end < len(words) and not words[end].gap and level_word(words, end)
    return end if placed and read_place(words, end) is not None else None


def _go_on(words: Sequence[Word], first: int, end: int, head: str, *, known: bool) -> int:
    """The end of the name that begins at `first` and is read up to `end`."""
    at, small = end, 0
    while end < len(words):
        word = words[end]
        if end > first and (not _goes_on(words, end, head, known=known) or acts(words, end, known=known)):
            break
        part = _part(words, end)
        if part is not None and part[1] - end > 1:
            end, small = part[1], 0
            continue
        if end > first and (stop := region(words, end)) > end:
            return stop
        if word.gap == ",":
            small = 0
        if small and word.key.isdigit() and not _ends_here(words, end + 1):
            return end - small  # words that are counted are no name (tuyển 400 học viên)
        if _written_large(word) or word.key.isdigit() or word.part:
            small = 0
            end += 1
            continue
        if word.key == "và":
            end, small, known = end + 1, 0, False
            continue
        if known or phrases("stops").match(words, end) or small >= _MOST_SMALL:
            break
        if head == "trường" and end - first > 2 and all(map(_written_large, words[end - 2 : end])):
            break  # Trường Mầm non Hoa Sen sinh hoạt
        end, small = end + 1, small + 1
    while end > at and words[end - 1].key == "và":
        end -= 1
    return end


def _part(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """What names are built of, with the comma in "phòng, chống thiên tai", "cây trồng, vật nuôi", "cấp 2, 3"."""
    return name_parts().match(words, at, across="," if words[at].key in _WITH_COMMA else "")


def _written_large(word: Word) -> bool:
    """Whether the word has a capital that says something: not that of a line all in capitals."""
    return word.capital and not word.shown[:1].islower()


def _ends_here(words: Sequence[Word], at: int) -> bool:
    """Whether a clause or a name ends before the word."""
    return at >= len(words) or bool(words[at].gap) or phrases("stops").match(words, at) is not None


def _known(words: Sequence[Word], at: int, head: str) -> int | None:
    """The index after a name that is known for the head, commas and hyphens in it included."""
    found = known_names(head).match(words, at, across=",-–/")
    if found is None:
        return None
    for comma in range(at + 1, found[1]):
        longer = known_names(head).match(words, comma, across="-–") if words[comma].gap == "," else None
        if longer is not None and longer[1] > found[1]:  # another name begins (Tài chính, Kế hoạch và Đầu tư)
            return known_end(words, at, comma, head)
    return found[1]


def known_end(words: Sequence[Word], at: int, end: int, head: str) -> int | None:
    """The end of the longest known name between the words."""
    found = known_names(head).match(words[at:end], 0, across="-–/")
    return at + found[1] if found else None


def _goes_on(words: Sequence[Word], at: int, head: str, *, known: bool) -> bool:
    """Whether a name that began before can go on with the word."""
    word = words[at]
    if word.gap == "/":
        of_day = head == "trường" and word.key.isdigit() and words[at - 1].key.isdigit()  # Trường Mầm non 19/5
        return word.capital or of_day
    if word.gap in ("-", "–") and begins_unit(words, at) and not small_half(words, at):
        return False
    if word.gap in ("-", "–"):
        part = name_parts().match(words, at) or known_names(head).match(words, at)
        if not word.capital or word.key in keys("author_words"):
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
        following = words[at + 1] if at + 1 < len(words) else None
        if following is not None and following.start == word.start:
            return True  # one abbreviation: VHTT&TT
        if following is None or following.gap or following.part:
            return False
        if head == "ban quản lí" and following.key == "các" and not known:
            return at + 2 < len(words) and words[at + 2].capital  # Khu kinh tế A và các Khu công nghiệp
        if not following.capital and head in COMMA_HEADS and second_half(words, at + 1):
            return True
        if not following.capital:
            part = _part(words, at + 1)
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
        if known and head in ("sở", "bộ", "ban"):
            return False
        if _stops(words, at + 1) or phrases("document_words").match(words, at + 1):
            return False
        if title_phrases().match(words, at + 1):
            return False
        return not begins_unit(words, at + 1) and read_place(words, at + 1) is None
    of_school = head == "trường" and any(word.key in SCHOOLS for word in words[max(0, at - 2) : at])
    inside = word.key == "cảnh" or (of_school and word.key in ("ban", "bản", "làng", "đoàn"))
    if begins_unit(words, at) and word.capital and not inside:  # Phòng Cảnh sát phòng cháy chữa cháy goes on
        return False
    if level_word(words, at) is not None and (not word.capital or is_numbered(words, at) or _of_level(words, at)):
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
    if person and (head == "trường" or head in _AFTER_PEOPLE or office):  # Trường Cao đẳng Y tế Phạm Ngọc Thạch
        return not post_before(words, at, at)
    return not person


def _stops(words: Sequence[Word], at: int) -> bool:
    """Whether names do not go on with the word behind "và"; with a capital it is no verb (Công nghiệp và Xây dựng)."""
    return not _written_large(words[at]) and phrases("stops").match(words, at) is not None


def _of_level(words: Sequence[Word], at: int) -> bool:
    """Whether "Thành phố" or "Tỉnh" with a capital says whose the unit is (Sở Nội vụ Thành phố đề xuất)."""
    level = level_word(words, at)
    if level is None or level[0] == "xã":  # Lao động - Thương binh và Xã Hội
        return False
    end = level[1]
    if level[0] not in ("tỉnh", "thành phố"):
        return end < len(words) and words[end].capital and not words[end].gap
    if end >= len(words) or words[end].gap or not words[end].capital:
        return True
    return provinces().match(words, end) is not None


def _is_person(words: Sequence[Word], at: int, head: str) -> bool:
    """Whether a person is named at the word, where it does not end another name before a surname (Đài Truyền hình
    Hòa *Sơn* Ngô Văn Định, Trường Đại học Phạm Văn *Lâm* Ngô Văn Định)."""
    if not looks_like_person(words, at, proper_end(words, at)):
        return False
    two, one = words[at - 2], words[at - 1]
    second = one.capital and not one.part and (not two.capital or two.part or head.endswith(two.key))
    third = one.key in ("văn", "thị") and two.key in keys("surnames")
    return not ((second or third) and looks_like_person(words, at + 1, proper_end(words, at + 1)))


def known_tail(words: Sequence[Word], at: int, after: int, said: int) -> int:
    """The end of a name whose head is already a name (Ban Tuyên giáo): words that lengthen it."""
    begins = " ".join(word.key for word in words[at : at + said])
    if (bloc := bloc_name(words, at + said, begins)) is not None:
        return bloc
    known = known_names(begins).match(words, at + said, across=",-–/")
    if (words[after - 2].key, words[after - 1].key) == ("đảng", "bộ"):  # Ban Chấp hành Đảng bộ Khối Cơ quan
        known = known_names("đảng bộ").match(words, after, across=",-–/") or known
    if known and "," not in known[0] and any(word.gap == "," for word in words[after : known[1]]):
        known = None  # Ban Tuyên giáo, Dân vận Huyện ủy
    end = max(after, known[1]) if known else after
    while end < len(words) and words[end].part and words[end].start == words[end - 1].start:
        end += 1  # the head ends in the middle of an abbreviation (Báo và Đài PT-TH)
    if words[after - 1].key == "sở" and end < len(words) and words[end].key.isdigit() and not words[end].gap:
        return end + 1  # Thuế cơ sở 3
    if words[at].key == "chi" and words[after - 1].key == "bộ" and end < len(words) and words[end].key.isdigit():
        return end if words[end].gap else end + 1  # Chi bộ 3
    if words[after - 1].key == "đoàn" and words[at].key in ("tỉnh", "thành", "huyện", "quận", "thị", "xã"):
        return end  # Huyện đoàn Lạc Sơn
    if words[after - 1].key == "ủy" and words[after - 2].key in ("tỉnh", "thành", "huyện", "quận", "thị"):
        return end  # Thường trực Tỉnh ủy Bắc Ninh
    if (stop := region(words, end)) > end:
        return stop
    if words[at].capital and " ".join(word.key for word in words[at:after]) in keys("small_named"):
        tail = small_parts(words, end)
        if tail > end and closed(words, end, tail):
            return tail  # Đoàn nghệ thuật ca múa nhạc tỉnh
        if (proper := before_proper(words, end, tail, "")) == tail:
            return _go_on(words, end, proper, "", known=False)  # Chi cục Hải quan cửa khẩu Nam Khê
        proper = before_proper(words, end, tail, words[at].key)
        if proper is not None:
            return _go_on(words, at + said, proper, words[at].key, known=False)  # Hạt Kiểm lâm rừng phòng hộ Khe Tre
    following = words[end] if end < len(words) else None
    if following and _union_of(words, at, after):
        return _go_on(words, after, after + 1, "công đoàn", known=False)
    if following and following.capital and not following.part and following.gap in ("", "-", "–"):
        if not _goes_on(words, end, words[at].key, known=known is not None):
            return end
        return _go_on(words, at + said, end, words[at].key, known=known is not None)
    return end


def _union_of(words: Sequence[Word], at: int, after: int) -> bool:
    """Whether a union is called by several offices (Công đoàn các cơ quan Đảng tỉnh), not by all (công đoàn các
    cấp)."""
    if (words[after - 1].key, words[at].key) != ("đoàn", "công") or words[after].gap:
        return False
    behind = next((word for word in words[after + 1 : after + 4] if word.capital or word.gap), None)
    return words[after].key == "các" and behind is not None and not behind.gap
