"""Where the name of a unit ends: at a mark, a place, the head of another unit, or a word that names do not
go on with (words.yaml, `stops`)."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.bloc_names import bloc_name, of_the_centre
from loaders.reading.known_ends import known_name
from loaders.reading.lexicon import keys, known_names, name_parts, phrases, provinces, title_phrases
from loaders.reading.name_commas import (
    comma_name,
    name_to_semicolon,
    small_list,
    small_series,
)
from loaders.reading.name_numbers import SCHOOLS, at_a_time, branch, code, numbered, of_army, region
from loaders.reading.name_steps import AFTER_PEOPLE, OF_ZONES, goes_on, is_held, of_level, part_of_names, written_large
from loaders.reading.places import (
    is_numbered,
    level_word,
    looks_like_person,
    place_end,
    proper_end,
    read_place,
)
from loaders.reading.small_names import acts, before_proper, closed, of_a_class, small_parts
from loaders.reading.unit_heads import after_class, begins_unit, unit_head
from loaders.reading.words import Word, without_gap

_MOST_SMALL = 6
# heads behind whose name a comma never goes on in small letters
_NO_SERIES = frozenset(("trường", "sở", "bộ", "báo", "thôn", "hội", "quỹ", "khoa"))
_COMPANIES = frozenset(("công ti", "tổng công ti"))


def name_end(words: Sequence[Word], at: int, head: str) -> int:
    """The index after the name that begins at the word; `at` if no name begins there. What the sentence does with
    the unit is no part of its name (về Trung tâm Văn hóa và Thể thao quản lý)."""
    end = _reach(words, at, head)
    if end > at and head == "báo" and _is_new(words, end):
        return end + 1
    if head == "trường" and [word.key for word in words[at:end]] == ["đảng"] and (level := level_word(words, end)):
        return level[1]  # Trường Đảng tỉnh
    if end > at and (of_branch := branch(words, end)) > end:
        return of_branch
    manages = end - at > 2 and (words[end - 2].key, words[end - 1].key) == ("quản", "lí")
    if manages and words[end - 2].shown[:1].islower() and _ends_here(words, end):
        return end - 2
    return end


def of_centre_or_army(words: Sequence[Word], at: int, end: int) -> int:
    """The end of the name of the unit at the word, which is read up to `end`, with what says that it is the centre's
    (Đảng bộ Khối các cơ quan *Trung ương*) or of which part of the army (Tòa án Quân sự *Quân khu 4*)."""
    if words[at].key in ("tòa", "viện"):
        return of_army(words, end)
    if words[at].key != "đảng" or end - at < 3:
        return end
    start = end - (words[end - 1].key == "trung")  # where "Trung" was read as a proper name
    return max(end, of_the_centre(words, start))


def _is_new(words: Sequence[Word], at: int) -> bool:
    """Whether the "mới" at the word ends a newspaper's name (Báo Kim Sơn *mới*, …), and does not tell of a time."""
    if at >= len(words) or words[at].key != "mới" or words[at].gap:
        return False
    return at + 1 >= len(words) or bool(words[at + 1].gap) or words[at + 1].key in ("và", "với", "vào", "thành", "được")


def _reach(words: Sequence[Word], at: int, head: str) -> int:
    if at >= len(words) or (words[at].gap and words[at].gap != '"'):
        return at
    counted = words[at].key.isdigit() and head != "cơ sở"  # Cơ sở 2 Bệnh viện Đa khoa tỉnh
    if counted and at + 1 < len(words) and not words[at + 1].gap and begins_unit(words, at + 1):
        return at  # 4 phòng: Hành chính, Kỹ thuật và 01 Trạm Kiểm dịch
    if words[at].key in ("hội", "ủy") and (unit_head(words, at) or ("",))[0] in ("hdnd", "ubnd", "mttq"):
        return at  # Ban Hội đồng nhân dân, Nhà khách Ủy ban nhân dân tỉnh
    if head in keys("proper_heads"):
        return at if level_word(words, at) else _double_name(words, at, place_end(words, at), head)
    if (bloc := bloc_name(words, at, head)) is not None:
        return bloc
    if head in _COMPANIES and (company := _company(words, at, head)) is not None:
        return company
    known = known_name(words, at, head)
    listed_name = comma_name(words, at, head) or name_to_semicolon(words, at, head)
    if listed_name is not None and listed_name > (known or 0):
        return listed_name
    if not words[at].capital and not words[at].key.isdigit():
        open_name = words[at].key == "các" or name_parts().match(words, at) or not phrases("stops").match(words, at)
        if head == "ban quản lí" and words[at - 2].capital and open_name:
            part = part_of_names(words, at)
            return _go_on(words, at, part[1] if part else at + 1, head, known=False)
        head_at = at - max(1, len(head.split()))
        if known is not None and known < len(words) and words[known].key == "cấp" and not words[known].gap:
            return at  # Trạm thú y cấp huyện
        if known is not None and head == "cơ sở" and (named := numbered(words, known)) > known:
            return named
        if known is not None and head == "cơ sở" and _is_called(words, known):
            return _go_on(words, at, known, head, known=True)  # Cơ sở cai nghiện ma túy Khe Tre
        if words[head_at].capital:
            return small_list(words, max(known or at, _small_name(words, at, head)), head)
        if known is not None and head in keys("small_heads") and not of_a_class(words, head_at, known):
            return known
        if head in keys("small_heads") and (end := _before_place(words, at)) and not of_a_class(words, head_at, end):
            return end
        return _small_part(words, at, head_at)
    if level_word(words, at) and (not words[at].capital or is_numbered(words, at) or of_level(words, at)):
        return at
    last = proper_end(words, at)
    part = name_parts().match(words, last - 1) if last > at else None
    person = looks_like_person(words, at, last) and known is None
    person = person and (part is None or part[1] <= last)  # Báo An Khê Giải phóng
    if person and not _after_person(words, at, head):
        return at
    longer = part_of_names(words, at)
    if known is not None and longer is not None and longer[1] > known:
        known = None  # Phòng Kinh tế đối ngoại is no Phòng Kinh tế
    return _go_on(words, at, known or at, head, known=known is not None)


def _double_name(words: Sequence[Word], at: int, end: int, head: str) -> int:
    """The end of a hamlet's name that two are joined in (thôn Phú Khê - Cồn Lạc); who or what else is named behind a
    dash is no part of it."""
    if end == at or end >= len(words) or words[end].gap not in ("-", "–") or not words[end].capital:
        return end
    if after_class(words, at - len(head.split())) or words[end].key in keys("author_words"):
        return end
    bare = [without_gap(words[end]), *words[end + 1 : end + 6]]
    last = proper_end(bare, 0)
    person = looks_like_person(bare, 0, last) or title_phrases().match(bare, 0) or phrases("honorifics").match(bare, 0)
    other = begins_unit(bare, 0) or level_word(bare, 0) or provinces().match(bare, 0)
    return end + last if 0 < last < 4 and not person and not other else end


def _company(words: Sequence[Word], at: int, head: str) -> int | None:
    """The end of a company's name behind the words for its form (Công ty *TNHH một thành viên* Lâm nghiệp Khe Tre);
    None where no form stands at the word."""
    form = phrases("company_forms").match(words, at)
    if form is None:
        return None
    start = form[1]
    if start >= len(words) or words[start].gap:
        return at
    if words[start].capital:
        return _go_on(words, start, start, head, known=False)
    end = small_parts(words, start)
    proper = before_proper(words, start, end, head)
    if proper is not None:
        return _go_on(words, start, proper, head, known=False)
    return end if end > start and closed(words, start, end, head) else at


def _after_person(words: Sequence[Word], at: int, head: str) -> bool:
    """Whether the unit is called after the person at the word, who is not the one that holds the post before it; who
    does may be named behind (Giám đốc Bệnh viện Phạm Ngọc Thạch, ông …)."""
    if head not in AFTER_PEOPLE:
        return False
    end = proper_end(words, at)
    if end < len(words) and words[end].gap == "," and phrases("honorifics").match(words, end):
        return True
    return not is_held(words, at - len(head.split()), at)


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
        if word.gap == "," and end > first and not known and _has_series(words, first, head):
            series = small_series(words, end, head)
            if series > end:
                end, small = series, 0
                continue
        if end > first and (not goes_on(words, end, head, known=known) or acts(words, end, known=known)):
            break
        part = part_of_names(words, end)
        inside = _in_phrase(words, max(first, at), end)
        if part is not None and part[1] - end > 1:
            end, small = part[1], 0
            continue
        if inside is not None:
            end, small = inside, 0
            continue
        if end > first and (stop := region(words, end)) > end:
            return stop
        if word.gap == ",":
            small = 0
        if not word.gap and (stop := code(words, end)) > end:
            return stop
        if head == "trường" and word.key == "tháng" and _of_date(words, end):
            return end + 2
        if small and word.key.isdigit() and not _ends_here(words, end + 1) and not _another(words, end + 1):
            return end - small  # words that are counted are no name (tuyển 400 học viên)
        if written_large(word) or word.key.isdigit() or word.part:
            small = 0
            end += 1
            continue
        if word.key == "và":
            end, small, known = end + 1, 0, False
            continue
        if end > at and _ends_half(words, end):
            end += 1
            continue
        if known or phrases("stops").match(words, end) or at_a_time(words, end) or small >= _MOST_SMALL:
            break
        if end > at and _is_called_before(words, max(first, at), end):
            break  # Trường Mầm non Hoa Sen sinh hoạt
        end, small = end + 1, small + 1
    while end > at and words[end - 1].key == "và":
        end -= 1
    return end


def _ends_half(words: Sequence[Word], at: int) -> bool:
    """Whether the small word, with which names do not go on, is the second syllable of a half of the name (Phòng Kỹ
    thuật - Chuyển *giao*): the name is over behind it."""
    before = words[at - 1]
    begins = before.gap in ("-", "–") or (words[at - 2].key == "và" and not before.gap)
    if not begins or not written_large(before) or before.short or before.shown.isupper() or words[at].gap:
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    return following is None or bool(following.gap) or _another(words, at + 1)


def _of_date(words: Sequence[Word], at: int) -> bool:
    """Whether the "tháng" at the word stands in the day by which a school is called (Trường Mầm non 1 *tháng* 6)."""
    around = (words[at - 1], words[at + 1]) if 0 < at < len(words) - 1 else ()
    return bool(around) and all(word.key.isdigit() for word in around) and not (words[at].gap or words[at + 1].gap)


def _has_series(words: Sequence[Word], at: int, head: str) -> bool:
    """Whether small words behind a comma may belong to the name at the word: its head stands before it, and stands for
    one unit (not 3 phòng Tổ chức, hành chính và kế toán)."""
    start = at - len(head.split())
    one = start >= 0 and [word.key for word in words[start:at]] == head.split() and not after_class(words, start)
    return one and head not in _NO_SERIES


def _in_phrase(words: Sequence[Word], first: int, at: int) -> int | None:
    """The end of a phrase that begins before the word and goes on over it: a part of names (chuyên môn *hóa*), or a
    verb written with a capital, which is a name's (Trung tâm Hướng *dẫn* thanh niên)."""
    for start in range(max(first, at - 3), at):
        part = name_parts().match(words, start)
        if part is not None and part[1] > at:
            return part[1]
        verb = phrases("stops").match(words, start) if written_large(words[start]) else None
        if verb is not None and verb[1] > at and not any(map(written_large, words[start + 1 : at + 1])):
            return verb[1]
    return None


def _is_called_before(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether a proper name, behind which names do not go on in unknown small words, ends before the word: two words
    with capitals that are no parts of names (Bệnh viện Tân Lạc *dốc sức* …, not Trường Cao đẳng Nghề Cơ điện)."""
    if at - first < 2 or not all(map(written_large, words[at - 2 : at])) or words[at - 1].gap:
        return False
    of_kind = words[at - 2].key in SCHOOLS or words[at - 1].key in SCHOOLS
    parts = (name_parts().match(words, start, across="-–") for start in range(max(first, at - 3), at))
    two = title_phrases().match(words, at - 1) or phrases("name_verbs").match(words, at - 1)
    two = two or phrases("stops").match(words, at - 1)  # Quỹ *Bảo vệ* rừng
    inside = any(part is not None and part[1] >= at for part in parts) or (two is not None and two[1] > at)
    region_of = words[at].key == "bộ" and words[at - 1].key in ("bắc", "trung", "nam")  # Trung Trung bộ
    return not (of_kind or inside or region_of or branch(words, at) > at)


def _another(words: Sequence[Word], at: int) -> bool:
    """Whether "và" and another unit stand at the word."""
    return words[at].key == "và" and at + 1 < len(words) and begins_unit(words, at + 1)


def _ends_here(words: Sequence[Word], at: int) -> bool:
    """Whether a clause or a name ends before the word."""
    return at >= len(words) or bool(words[at].gap) or phrases("stops").match(words, at) is not None


def known_tail(words: Sequence[Word], at: int, after: int, said: int) -> int:
    """The end of a name whose head is already a name (Ban Tuyên giáo): words that lengthen it."""
    begins = " ".join(word.key for word in words[at : at + said])
    if (bloc := bloc_name(words, at + said, begins)) is not None:
        return bloc
    if words[at].key == "bảo" and [word.key for word in words[after : after + 2]] == ["việt", "nam"]:
        return after + 2  # Bảo hiểm xã hội Việt Nam
    known = known_names(begins).match(words, at + said, across=",-–/")
    if (words[after - 2].key, words[after - 1].key) == ("đảng", "bộ"):  # Ban Chấp hành Đảng bộ Khối Cơ quan
        known = known_names("đảng bộ").match(words, after, across=",-–/") or known
    if known and "," not in known[0] and any(word.gap == "," for word in words[after : known[1]]):
        known = None  # Ban Tuyên giáo, Dân vận Huyện ủy
    end = max(after, known[1]) if known else after
    if words[at].capital and (stop := region(words, end)) > end:
        return stop  # Ban Chỉ huy PTKV 1 - An Sơn
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
        if not goes_on(words, end, words[at].key, known=known is not None):
            return end
        of_zones = " ".join(word.key for word in words[at:after])
        kind = of_zones if of_zones in OF_ZONES else words[at].key
        return _go_on(words, at + said, end, kind, known=known is not None)
    return end


def _union_of(words: Sequence[Word], at: int, after: int) -> bool:
    """Whether a union is called by several offices (Công đoàn các cơ quan Đảng tỉnh), not by all (công đoàn các
    cấp)."""
    if (words[after - 1].key, words[at].key) != ("đoàn", "công") or words[after].gap:
        return False
    behind = next((word for word in words[after + 1 : after + 4] if word.capital or word.gap), None)
    return words[after].key == "các" and behind is not None and not behind.gap
