"""Whether a change is done, decided, planned, paused or denied: by the words beside its verb."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.text import key
from loaders.reading.document import TITLE
from loaders.reading.entities import CitedAt
from loaders.reading.items import Sentence
from loaders.reading.scan import grammar, words_of
from loaders.reading.words import Phrases, Word, phrases_of

DONE, ANNOUNCED, ADOPTED, SCHEME, POLICY, PAUSED = "in_force", "announced", "adopted", "scheme", "policy", "paused"
PLANNED = frozenset((SCHEME, POLICY))
# said of a change that the text around it tells as part of a plan
OF_PLAN = "theo phương án"
_STATUS = {
    "done": DONE,
    "announced": ANNOUNCED,
    "adopted": ADOPTED,
    "policy": POLICY,
    "scheme": SCHEME,
    "paused": PAUSED,
}
# a clause is governed by what stands before it in the sentence, up to here
_WINDOW = 90


@lru_cache(maxsize=1)
def _markers() -> Phrases[str]:
    return phrases_of(grammar()["modality"])


@lru_cache(maxsize=1)
def _after() -> Phrases[str]:
    return phrases_of(grammar()["after"])


def status_of(
    sentence: Sentence,
    verb: int,
    end: int,
    *,
    start: int | None = None,
    decision: bool = False,
    planned: bool = False,
    framed: bool = False,
) -> tuple[str | None, str]:
    """The status (code of event_statuses) of the change whose verb begins at the offset of the normal text and
    whose parts begin at `start` and end at `end`, and the word that says so; no status: it is denied. `planned`: the
    sentences before tell a plan; `framed`: the text is telling one, which counts less than any word beside the
    verb."""
    text = sentence.paragraph.text
    first = sentence.start - sentence.paragraph.start
    at = verb - sentence.paragraph.start
    before = _outside(sentence, _found(text, first, at, _names(sentence)))
    behind = _behind(text, end - sentence.paragraph.start, sentence.end - sentence.paragraph.start)
    if behind is not None and behind[0] == "denied":
        return None, behind[1]
    if behind is not None and behind[0] == "scheme":
        return SCHEME, behind[1]
    near = [(name, word, place) for name, word, place in before if name not in ("noun", "plain")]
    if near and near[-1][0] == "not_done" and _adjacent(text, near[-1][2], at):
        return None, near[-1][1]
    if _PLAN_DENIED.search(text, first, at) or _IF.search(text, first, at):
        return None, "không"
    said = _governing(near, text, at)
    if said is not None and key(said[1]) in _SCHEMES and _CARRIED_OUT.match(text, end - sentence.paragraph.start):
        return DONE, "đã thực hiện"
    if said is not None and said[0] == "done" and key(said[1]) in _BESIDE and _AHEAD.search(sentence.text()):
        return SCHEME, "sẽ"
    of_plan = planned or _PLAN_LED.search(text[first:at]) is not None
    weak = said is not None and said[0] == "done" and key(said[1])
    if (of_plan and weak in _WEAK) or (framed and weak == "được"):
        return SCHEME, OF_PLAN
    if said is not None:
        return _STATUS[said[0]], said[1]
    if behind is not None:
        return DONE, behind[1]
    if decision:
        return DONE, "quyết định"
    if of_plan or framed:
        return SCHEME, OF_PLAN
    if sentence.paragraph.role == TITLE:
        return ANNOUNCED, "tiêu đề"
    return (POLICY, "việc") if _only_noun(before, text, at, start or verb, sentence.paragraph.start) else (DONE, "")


def _only_noun(before: list[tuple[str, str, int]], text: str, at: int, start: int, offset: int) -> bool:
    """Whether the change is only spoken of (việc hợp nhất A và B): its noun stands in the same clause before it, and
    is not itself what the change moves (việc cấp phép chuyển từ Sở A sang Sở B)."""
    if not before or before[-1][0] != "noun":
        return False
    end = before[-1][2]
    led = _LED_BY_POLICY.search(text[:end]) is not None and "," in text[end:at]
    if led or _FIELD.search(text[:end]):
        return False  # thực hiện chủ trương đẩy mạnh công tác A, UBND tỉnh thành lập B
    return end <= start - offset and ";" not in text[end:at] and not _REASON.search(text, end, at)


# nhiệm vụ công tác đối ngoại chuyển về Văn phòng A
_FIELD = re.compile(r"\b(?:nhiệm vụ|chức năng|mảng|lĩnh vực|phần)(?: về)? (?:công tác|việc)\Z", re.I)
# việc giải thể Hạt A là do chuyển nhiệm vụ về Hạt B
_REASON = re.compile(r"\b(?:là do|do|vì|bởi)\s*\Z", re.I)


# these say only that it happens, in a plan too (theo phương án, Sở A được hợp nhất với Sở B; sau khi hợp nhất …)
_WEAK = frozenset(("được", "sau", "hoàn"))
# what a clause of a plan begins with; a plan that has a number or was approved may have been carried out
_PLAN_LED = re.compile(
    r"\b(?:theo|tại) (?:(?:bản )?dự thảo|dự kiến|(?:phương án|đề án|kế hoạch|lộ trình)"
    r"(?! (?:số|đã|vừa|được (?:phê )?duyệt|được thông qua|\d)))"
    r"|\A\W*(?:phương án|dự kiến|từ nay (?:đến|tới)|(?:trong )?thời gian tới|sắp tới|tới đây)\b"
    r"|lấy ý kiến (?:về |vào |đối với )?(?:các )?(?:dự thảo|đề án|phương án)",
    re.I,
)


# only supposed (nếu Sở A sáp nhập với Sở B thì …)
_IF = re.compile(r"\b(?:nếu|nếu như|giả sử)\b(?:(?!\bthì\b)[^,;:.])*\Z", re.I)
# nobody asks for it, or it is refused (chưa đề nghị sáp nhập; không có kế hoạch giải thể)
_PLAN_DENIED = re.compile(
    r"\b(?:chưa|không)(?: hề| từng| được)?(?: có)? (?:đề nghị|đề xuất|kiến nghị|chủ trương|kế hoạch|ý định|dự kiến"
    r"|dự định|xem xét|cân nhắc|bàn đến|tính đến|nên|đồng ý|chấp thuận|thống nhất|tán thành)"
    r"(?: phương án| đề án| chủ trương)?(?: về)?(?: việc)?(?: thực hiện)?\s*\Z"
    r"|\b(?:thông tin|tin)\b[^,.;]{0,15}\b(?:lan truyền|đồn|đồn đoán|thất thiệt|sai sự thật)\b[^.;]*\Z"
    r"|\b(?:bác|bác bỏ|từ chối) (?:đề nghị|đề xuất|kiến nghị|phương án|chủ trương|đề án)(?: về)?(?: việc)?\s*\Z",
    re.I,
)
# a scheme that was carried out (đề án hợp nhất A và B đã được thực hiện từ …), not only written
_SCHEMES = frozenset(("đề", "phương", "kế"))
# first words of papers that say what is to be done from when on
PAPERS = _SCHEMES | {"lộ"}
_CARRIED_OUT = re.compile(
    r"\s*(?:đã |vừa )?(?:được )?(?:thực hiện|hoàn thành|hoàn tất|triển khai xong)"
    r"(?= xong| từ| trong| vào| ngày|[,.;]|\Z)",
    re.I,
)
# what is said of the time after a change that is still to come (tên gọi sau hợp nhất sẽ là …), or beside it (bên cạnh
# việc thành lập Sở A, tỉnh sẽ …)
_BESIDE = frozenset(("sau", "bên", "ngoài", "song", "cùng", "đồng"))
_AHEAD = re.compile(r"\b(?:sẽ|dự kiến)\b", re.I)
_NAMED = frozenset(("U", "K", "Y", "C", "N", "P"))


def _outside(sentence: Sentence, found: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The markers that are not part of a name (Phòng Tài chính - Kế hoạch), and not the kind of a scheme that is
    only cited (Đề án 01); a decision that is cited says what was decided."""
    offset = sentence.paragraph.start
    names = [(item.start, item.end) for item in sentence.items if item.symbol in _NAMED]
    cited = [(item.start, item.end) for item in sentence.items if item.symbol == "D"]

    ended = [(item.start, item.end) for item in sentence.items if item.symbol == "v:dissolve"]

    def kept(name: str, end: int) -> bool:
        if name in ("paused", "not_done") and any(start < end + offset <= last for start, last in ended):
            return False  # dừng hoạt động, không còn tổ chức
        if name == "scheme" and _AT_WORK.search(sentence.paragraph.text, max(0, end - 15), end + 20):
            return False  # việc vận hành Cổng A do Sở B đang thực hiện được chuyển về Sở C
        inside = [*names, *cited] if name == "scheme" else names
        return not any(start < end + offset <= last for start, last in inside)

    return [each for each in found if kept(each[0], each[2])]


def _names(sentence: Sentence) -> list[tuple[int, int]]:
    """Where names stand in the paragraph of the sentence."""
    offset = sentence.paragraph.start
    return [(item.start - offset, item.end - offset) for item in sentence.items if item.symbol in _NAMED]


def _found(text: str, start: int, end: int, names: list[tuple[int, int]]) -> list[tuple[str, str, int]]:
    """The markers in text[start:end]: (name, as written, where it ends). None begins with the last word of a name
    (Sở Tài nguyên và Môi trường hợp nhất … is no "trường hợp")."""
    words = words_of(text, start, end)[-_WINDOW:]
    found: list[tuple[str, str, int]] = []
    at = 0
    while at < len(words):
        match = _markers().match(words, at, across=",")
        if match is not None and any(a < words[at].start < b < words[match[1] - 1].end for a, b in names):
            match = None
        in_name = match is not None and _named_by(match[0], words[at])
        if match is None or (at and in_name):
            at += 1
            continue
        found.append((match[0], words[at].shown, words[match[1] - 1].end))
        at = match[1]
    return found


def _named_by(marker: str, word: Word) -> bool:
    """Whether the word with a capital rather is part of a name; a scheme or decision may be written so (Đề án …)."""
    written_so = marker == "adopted" or (marker == "scheme" and word.key in ("đề", "phương"))
    return not written_so and word.capital and not word.gap


def _governing(near: list[tuple[str, str, int]], text: str, at: int) -> tuple[str, str] | None:
    """The nearest marker that says something. "được" and "sau khi" count where nothing else does, and a
    scheme that was only carried out (thực hiện Đề án 01, Sở đã …) does not count before "đã"."""
    for index in range(len(near) - 1, -1, -1):
        name, word, place = near[index]
        if name == "not_done":
            continue
        if name == "scheme" and key(word) in _PURPOSE and (";" in text[place:at] or _PARTED.search(text[:place])):
            continue  # hợp nhất A và B để thành lập C; hợp nhất D và E …
        if name == "policy" and key(word) == "giao" and _ENDED.search(text[:place]):
            continue  # giải thể A, giao B tiếp nhận C
        if name == "policy" and key(word) == "giao" and ";" in text[place:at] and _HANDS_OVER.match(text, place):
            continue  # giải thể A, giao nhiệm vụ về B; hợp nhất C và D
        if name == "scheme" and key(word) == "tham" and _ISSUED.search(text, place, at):
            continue  # tham mưu ban hành Kế hoạch số 12; thành lập Phòng A
        if name == "policy" and key(word) == "theo" and _SLIMMED.search(text, max(0, place - _WINDOW), at):
            continue  # các ban được kiện toàn theo hướng tinh gọn: A và B hợp nhất
        if name == "policy" and _LED_BY_POLICY.search(text[:place]) and "," in text[place:at]:
            continue  # Thực hiện chủ trương sắp xếp bộ máy, năm 2016 Trung tâm A đổi tên thành Trung tâm B
        denied = index and near[index - 1][0] == "not_done" and _beside(text, near[index - 1][2], place)
        if denied and name in ("policy", "scheme") and re.search(r"\bmà\b", text[place:at]):
            continue  # không xem xét thành lập mới mà hợp nhất
        if name == "policy" and ";" in text[place:at] and _AGREES.search(text, place, at):
            continue  # giao UBND tỉnh quy định …; thống nhất đổi tên Sở A
        if name == "scheme" and key(word) in _SCHEMES and (passed := _passed(near, index, text, at)):
            return passed
        if name == "policy" and _SETS_DOWN.search(text[:place]):
            return "adopted", "quy định"
        if name in ("adopted", "announced") and (ahead := _to_come(near, index, text)):
            return ahead
        if name == "done" and key(word) in _ALSO_PLANNED and index and (ordered := _ordered(near, index, text)):
            return ordered
        if name == "scheme" and key(word) != "phương" and re.match(r"\s*(?:số\s*)?\d", text[place : place + 8]):
            continue
        return name, word
    return None


_AT_WORK = re.compile(r"\bđang (?:thực hiện|đảm nhiệm|đảm nhận|vận hành) (?:nay|được|sẽ|chuyển)\b")
_SLIMMED = re.compile(r"\b(?:được|đã) (?:kiện toàn|sắp xếp|tổ chức)\b[^,:;.]{0,50} theo hướng [^,:;.]{0,30}[:,]")
_ISSUED = re.compile(r"\bban hành\b[^;]*;")
_LED_BY_POLICY = re.compile(
    r"\b(?:thực hiện|triển khai|chấp hành|trước) (?:chủ trương|yêu cầu|chỉ đạo|mục tiêu|định hướng)\b[^,;:.]{0,60}\Z",
    re.I,
)
_AGREES = re.compile(r"\b(?:thống nhất|quyết nghị)\s*\Z", re.I)
_ENDED = re.compile(r"\b(?:giải thể|kết thúc hoạt động|chấm dứt hoạt động)\b[^;.:]{0,90}, giao\Z", re.I)
_HANDS_OVER = re.compile(r"\s*(?:lại )?(?:các |toàn bộ )?(?:chức năng|nhiệm vụ|công việc)\b", re.I)
# of places an assembly decides nothing, but what it puts forward
_OF_PLACES = re.compile(
    r"(?:\w+ ){1,3}?(?:các |hai |ba |\d+ |toàn bộ |nguyên trạng |một phần )*"
    r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|thôn|ấp|bản|tổ dân phố|khu phố|đơn vị hành chính)\b",
    re.I,
)
_PASSES = re.compile(r"\b(?:thông qua|tán thành)\s*\Z", re.I)
_ASSEMBLY = re.compile(r"\b(?:hội đồng nhân dân|HĐND|quốc hội|kỳ họp|đại biểu|nghị quyết)\b", re.I)


def _passed(near: list[tuple[str, str, int]], index: int, text: str, at: int) -> tuple[str, str] | None:
    """What an assembly passed is decided, though it is called a scheme (HĐND tỉnh thông qua Đề án thành lập Quỹ A); one
    that is to be passed is not."""
    if index == 0 or near[index - 1][0] != "adopted" or _OF_PLACES.match(text, at):
        return None
    end = near[index - 1][2]
    if index > 1 and near[index - 2][0] == "not_done" and _beside(text, near[index - 2][2], end):
        return None
    before = text[max(0, end - _WINDOW) : end]
    if not _PASSES.search(before) or not _ASSEMBLY.search(before) or len(text[end : near[index][2]].split()) > 3:
        return None
    return _to_come(near, index - 1, text) or near[index - 1][:2]


# tách A khỏi B để nhập vào C: all of it is done, or planned
_PARTED = re.compile(r"\b(?:tách|cắt|giải thể|kết thúc hoạt động|chấm dứt hoạt động)\b[^,;.:]{1,90}(?:để|nhằm)\Z", re.I)
_PURPOSE = frozenset(("để", "nhằm"))
# these words of what is done follow "sẽ" or "phải" too: sẽ được sáp nhập, phải hoàn thành việc, sẽ chính thức giải thể
_ALSO_PLANNED = frozenset(("hoàn", "thực", "được", "chính"))
# what a resolution or decision that is named sets down is decided
_SETS_DOWN = re.compile(r"(?:nghị quyết|quyết định) (?:này|số [^,.;]{1,40}|trên) quy định\Z", re.I)


def _ordered(near: list[tuple[str, str, int]], index: int, text: str) -> tuple[str, str] | None:
    """What is said to be completed is only to be: phải hoàn thành việc, phấn đấu hoàn thành, sẽ chính thức được; the
    marker that says so."""
    back = index - 1
    while back > 0 and near[back][0] == "done" and key(near[back][1]) in _ALSO_PLANNED:
        back -= 1
    name, word, end = near[back]
    return (name, word) if name in ("policy", "scheme") and _beside(text, end, near[index][2]) else None


_COMING = re.compile(
    r"\b(?:sẽ|dự thảo|dự kiến|dự định|chuẩn bị|sắp tới|tới đây|thời gian tới|trình|đề xuất|kiến nghị|xin ý kiến)\Z",
    re.I,
)


def _to_come(near: list[tuple[str, str, int]], index: int, text: str) -> tuple[str, str] | None:
    """A resolution or decision that is still to come decides nothing: HĐND tỉnh sẽ xem xét thông qua nghị quyết."""
    back = index - 1
    while back > 0 and near[back][0] == "policy":
        back -= 1
    if back < 0 or not _COMING.search(text[: near[back][2]]) or not _beside(text, near[back][2], near[index][2]):
        return None
    return near[back][0], near[back][1]


def _beside(text: str, end: int, until: int) -> bool:
    """Whether a marker that ends at `until` belongs to one that ends at `end`: few words and no mark between."""
    return len(text[end:until].split()) <= 8 and not re.search(r"[,;:]", text[end:until])


# documents by which a change is decided
DECIDING = frozenset(("resolution", "decision"))
_DECREES = frozenset((*DECIDING, "decree"))
_DECIDED = re.compile(
    r"(?:công bố|trao|ký|ban hành|thông qua|có)\s+(?:các\s+)?(?:nghị quyết|quyết định)"
    r"|\btheo (?:các )?(?:nghị quyết|quyết định|nghị định) (?:này|trên|nói trên|(?:vừa |đã )?được)\b",
    re.I,
)


def is_decided(sentence: Sentence, until: int) -> bool:
    """Whether the sentence names a resolution or decision before the offset, so that what it tells is decided though it
    is still ahead."""
    before = [item.value for item in sentence.items if item.end <= until]
    if any(isinstance(value, CitedAt) and value.kind in _DECREES for value in before):
        return True
    return _DECIDED.search(sentence.text()[: until - sentence.start]) is not None


def _adjacent(text: str, end: int, at: int) -> bool:
    """Whether at most two words stand between."""
    between = text[end:at]
    return len(between.split()) <= 2 and not re.search(r"[,;:.]", between)


# … được HĐND tỉnh thông qua; no plan is, which "sẽ được" and "đang được" would say
_PASSED = re.compile(
    r"\s*(?:(?:đã|vừa|mới|chính thức)\s+)*được\s+(?:[^.;,]{0,60}?\s)?"
    r"(?:thông qua|công bố|ban hành|phê chuẩn|quyết nghị)\b"
)


def _behind(text: str, start: int, end: int) -> tuple[str, str] | None:
    if _PASSED.match(text, start, end):
        return "done", "được thông qua"
    if re.match(r"\s*[;.]", text[start:end]):
        return None
    words = words_of(text, start, min(end, start + 120))
    for at in range(min(len(words), 14)):
        if words[at].gap in (";", ".") and at:
            return None
        match = _after().match(words, at)
        if match is not None:
            return match[0], key(words[at].shown)
    return None
