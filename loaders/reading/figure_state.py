"""How far a figure is reached (achieved, planned, target) and whether it is exact, by the words around it."""

from __future__ import annotations

import bisect
import re
from functools import cache
from itertools import takewhile

from loaders.reading.document import TITLE, Document, year_of
from loaders.reading.entities import DateAt
from loaders.reading.items import Item, Sentence
from loaders.reading.lexicon import alternatives


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('states', name)})(?!\w)", re.I)


def is_about(sentence: Sentence, number: Item) -> bool:
    """Whether the number is not exact: khoảng, gần, hơn right before it."""
    text, at = sentence.text(), number.start - sentence.start
    before = re.sub(r"\s*(?:có|được|là|từ)$", "", text[max(0, at - 16) : at].rstrip())
    found = list(_words("about").finditer(before))
    return bool(found) and found[-1].end() == len(before)


def clause(sentence: Sentence, first: Item, last: Item) -> tuple[int, int]:
    """The part of the sentence between semicolons that the figure stands in."""
    text = sentence.text()
    at, behind = first.start - sentence.start, last.end - sentence.start
    start = max(text.rfind(";", 0, at), text.rfind(". ", 0, at)) + 1
    end = text.find(";", behind)
    return sentence.start + start, sentence.start + (end if end >= 0 else len(text))


_NEAR = 24  # characters
_FARTHEST = 500
_FARTHEST_DATE = 2000


def state_of(document: Document, sentence: Sentence, first: Item, last: Item, *, under_plan: bool) -> str:
    """achieved, planned or target, by the words of the same clause, before the figure; where they say nothing,
    by the heading that it stands under."""
    text, at = sentence.text(), first.start - sentence.start
    opened = text.rfind("(", 0, at)
    start = max(text.rfind(";", 0, at), opened if ")" not in text[opened:at] else -1, at - _FARTHEST) + 1
    # what stands in brackets behind the number is of another time (còn 8 phòng (hiện có 12 phòng))
    inside = text[at : last.end - sentence.start].split("(")[0]
    before = _without_names(sentence, start, at) + _PRESENT_ONES.sub(lambda m: " " * len(m[0]), inside)
    near = before[: at - start]
    if _COMPANIONS.search(near):
        return "achieved"
    planned = [m for m in _words("planned").finditer(before) if not _is_past(document, before, m)]
    planned += [
        m
        for m in _words("planned_near").finditer(near)
        if m.end() >= len(near) - _NEAR and not _TARGET_REACHED.search(near[: m.start()])
    ]
    planned.sort(key=lambda m: m.start())
    done = list(_words("done").finditer(before))
    if _words("still_to_come").search(text) or _SCHEDULED.match(text, last.end - sentence.start):
        return "planned"
    if not planned and not done and _is_norm(before):
        return "target"
    if not planned and not done and 0 < start == text.rfind(";", 0, at) + 1 and not _PRESENT.search(before):
        planned = _planned_before(document, sentence, start)
    if not planned and not done and 0 < start <= opened + 1 and _EXPLAINS.fullmatch(before[: at - start]):
        planned = _planned_before(document, sentence, start, explained=True)
    if not planned:
        return "target" if under_plan and not done and not _ASSIGNED.search(near) else "achieved"
    if done and done[-1].start() > planned[-1].start():
        return "achieved"
    since = done[-1].end() if done else 0
    return "target" if any(_words("target").fullmatch(m[0]) for m in planned if m.start() >= since) else "planned"


# those with whom something will be done are there: hứa sẽ cùng với 412 công chức hoàn thành nhiệm vụ
_COMPANIONS = re.compile(
    r"(?<!\w)(?:sẽ|hứa|tiếp tục|quyết tâm|nguyện)(?: tiếp tục| luôn)? cùng(?: với)?"
    r"(?: (?:toàn thể|tập thể|toàn bộ|hơn|gần|khoảng|trên))*\s*$",
    re.I,
)
# what was assigned is so, in the midst of a plan too: biên chế được giao năm 2025 là 168 người
_ASSIGNED = re.compile(
    r"(?<!\w)(?:được|đã) (?:\w+ ){0,2}?(?:giao|phân bổ)(?: (?:trong|cho|của))?(?: năm (?:học )?\d{4})?(?: là| gồm|:)?"
    r"(?: (?:hơn|gần|khoảng))?\s*$",
    re.I,
)
# behind a figure: xuống còn 376 đội theo lộ trình
_SCHEDULED = re.compile(r"(?: [^\s\d,;.()]+){0,6}? theo (?:đúng )?lộ trình\b", re.I)
# the present state, said of the first of two numbers: từ 27 người hiện nay xuống 25
_PRESENT_ONES = re.compile(r"(?<!\w)hiện (?:nay|có|tại|còn)(?!\w)", re.I)
# says by itself that the clause is about what is
_PRESENT = re.compile(r"(?<!\w)(?:hiện|nay|vừa|từng|được giao|(?:giảm|tinh giản|bớt|cắt) được)(?!\w)", re.I)
# a duty or something under way says nothing of the next clause
_OF_ONE_CLAUSE = re.compile(r"(?:còn )?phải|nếu|đang .*|theo hướng|khi thực hiện", re.I)


# brackets that only say how: sẽ giảm 1 phòng (từ 6 còn 5); sẽ còn 14 bộ (giảm 5 bộ, tương ứng 22,7%)
_EXPLAINS = re.compile(
    r"\s*(?:(?:từ|giảm|còn|tăng|gồm|gồm có|bao gồm|trong đó|tức|tương đương|cụ thể|:|\s)*"
    r"|(?:từ|giảm|còn|tăng)\s[^();]*)",
    re.I,
)


def _planned_before(
    document: Document, sentence: Sentence, start: int, *, explained: bool = False
) -> list[re.Match[str]]:
    """The words of plans of the clause before, where its numbers are planned too: mục tiêu là 60%; ở xã đạt 25%; what
    brackets explain needs none (sẽ giảm đầu mối (từ 2 còn 1))."""
    text = sentence.text()
    first = text.rfind(";", 0, start - 1) + 1
    before = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), _without_names(sentence, first, start - 1))
    number = re.search(r"$" if explained else r"\d[^\d]*$", before)
    if number is None or any(True for _ in _words("done").finditer(before)):
        return []
    found = [m for m in _words("planned").finditer(before[: number.start()]) if not _is_past(document, before, m)]
    if not found and first > 0 and not _PRESENT.search(before):
        return _planned_before(document, sentence, first)
    return [m for m in found if not _OF_ONE_CLAUSE.fullmatch(m[0])]


# compared with others: cục A giảm nhiều nhất là 18 đội
_MOST_OF_ALL = re.compile(r"(?:giảm|tăng) (?:được )?nhiều nhất,? (?:là|với)[^,;]*$", re.I)


def _is_norm(text: str) -> bool:
    """Whether the number sets a bound for all: mỗi phòng có ít nhất 7 biên chế."""
    number = re.search(rf"(?:{alternatives('states', 'bounds')})\s+(?:có |là |được )?\d[^;]{{0,40}}$", text, re.I)
    if number is not None and _MOST_OF_ALL.search(text[: number.end()]):
        return False
    return bool(number and len(re.findall(r"\d+", number[0])) == 1 and _words("norms").search(text))


_REACHED = re.compile(r"(?:hoàn thành|vượt|đạt|thực hiện|triển khai|so với|không)(?: các| xong| mức)?\s*$", re.I)

# what is proposed or planned was done (hoàn thành chỉ tiêu đề xuất 20%)
_TARGET_REACHED = re.compile(r"(?:hoàn thành|vượt|đạt)(?: các)? (?:chỉ tiêu|mục tiêu|kế hoạch)\s*$", re.I)
# trước khi thực hiện: that is over
_TIME = re.compile(r"(?:trước|sau)\s*$", re.I)
# theo hướng tinh gọn 16 trung tâm, giảm 24 khoa: what came of it
_CHANGED = re.compile(
    r"\s*(?:tinh gọn|gọn nhẹ|đa chức năng)\b[^;]*\d[^;]*,\s*(?:qua đó |đã )?(?:giảm|còn|tăng)\b", re.I
)
_GIVEN = re.compile(
    r"chỉ tiêu được (?:giao|phân bổ) (?:là|:)|chỉ tiêu (?:về )?(?:biên chế|số lượng người|lao động|hợp đồng)"
    r"|phải (?:nói|kể|thừa nhận)",
    re.I,
)


def _is_past(document: Document, text: str, match: re.Match[str]) -> bool:
    """Whether a word of plans says here that something is reached, or a year that is over."""
    if _REACHED.search(text[: match.start()]) or _GIVEN.match(text, match.start()):
        return True
    if match[0].lower() == "khi thực hiện" and _TIME.search(text[: match.start()]):
        return True
    if match[0].lower() == "theo hướng" and _CHANGED.match(text, match.end()):
        return True
    said = re.match(r"\s*(?:năm )?((?:19|20)\d\d)", text[match.end() :])
    if not match[0].lower().startswith("đến ") or said is None:
        return False
    year, now = int(said[1]), year_of(document)
    return year < now if re.search("hết|cuối", match[0]) else year <= now


def _without_names(sentence: Sentence, start: int, end: int) -> str:
    """The text before a figure with the names of documents and units blanked, and what only has a word of plans in it:
    Kế hoạch số 22, Sở Kế hoạch và Đầu tư and giường kế hoạch are no plans of the figure."""
    parts = list(sentence.text()[start:end])
    at = bisect.bisect_right(sentence.items, sentence.start + start, key=lambda item: item.end)
    for item in takewhile(lambda item: item.start < sentence.start + end, sentence.items[at:]):
        if item.symbol in ("D", "U", "Y"):
            first, last = item.start - sentence.start - start, item.end - sentence.start - start
            parts[max(0, first) : max(0, last)] = " " * len(parts[max(0, first) : max(0, last)])
    return _words("no_plan").sub(lambda m: " " * len(m[0]), "".join(parts))


# before a date: the figure is of that time; of the others it is compared with it, or a document is dated by it
_AT = re.compile(
    r"(?:^|[;,(]|(?<!\w)(?:đến|hết|tới|trong|vào|cuối|tính đến|đầu|quý|thời điểm|giữa|sang|riêng))"
    r"\s*(?:ngày|tháng|của)?\s*$",
    re.I,
)
_COMPARED = re.compile(r"(?:so với|kể từ|từ|sau|trước)\s+(?:\w+\s+){0,3}$", re.I)


def date_of(sentence: Sentence, first: Item) -> str | None:
    """The time of a figure, where its clause names one before it: đến hết năm 2018, tính đến 30/6/2019."""
    text, at = sentence.text(), first.start - sentence.start
    start = text.rfind(";", 0, at) + 1
    for index in range(sentence.position(first) - 1, -1, -1):
        item = sentence.items[index]
        begin = item.start - sentence.start
        if at - begin > _FARTHEST_DATE:
            return None
        if not isinstance(item.value, DateAt) or item.value.partial:
            continue
        if begin < start:
            return None
        before = text[start:begin]
        of_document = any(i.symbol == "D" for i in sentence.items[max(0, index - 3) : index])
        if of_document or _COMPARED.search(before):
            continue
        return item.value.text if _AT.search(before) else None
    return None


def is_ahead(document: Document, date: str | None) -> bool:
    """Whether a date is of a year after that of the document."""
    years = re.findall(r"(?:19|20)\d\d", date or "")
    now = year_of(document) if years else 0
    return bool(now) and int(years[-1]) > now


# the first words of what is told of a plan: Theo phương án, …
_PLAN = re.compile(
    r"\W*(?:(?:cụ thể|trong đó),\s+)?(?:theo|tại|trong)\s+(?:các\s+)?(?:phương án|đề án|dự thảo|tờ trình)"
    r"(?!\w|\s+(?:số|\d))",
    re.I,
)


def tells_plan(sentence: Sentence) -> bool:
    """Whether the sentence begins with a plan, so that what follows in its paragraph is planned too."""
    return _PLAN.match(sentence.text()) is not None


_PLAN_IN_TITLE = re.compile(
    r"(?<!\w)(?P<paper>phê duyệt|thông qua|ban hành|trình|lấy ý kiến)(?: \w+){0,3}? (?:phương án|đề án)(?!\w)"
    r"|(?<!\w)(?:dự kiến|đề xuất|sẽ|sắp)(?: \w+){0,4}? (?:giảm|còn|bớt|tăng|có thêm|gồm)(?!\w)",
    re.I,
)
_TOLD_DONE = re.compile(
    r"(?<!\w)(?:đã|vừa|hiện|đến nay|tính đến|giai đoạn|trước đó|trước đây|kết quả|(?:19|20)\d\d)(?!\w)", re.I
)
# when someone says something is not when it is: Hồi tháng 12-2024, Bộ trưởng từng cho biết sau sắp xếp …
_SAYS = re.compile(r"(?<!\w)(?:cho biết|cho hay|thông tin|nói|nêu|khẳng định|phát biểu)(?: rằng)?,?\s", re.I)
_AFTERWARDS = re.compile(
    r"(?<!\w)sau(?: khi)?(?: được)?(?: thực hiện)?(?: việc)? "
    r"(?:sắp xếp|hợp nhất|sáp nhập|tinh gọn|tổ chức lại|kiện toàn)(?!\w)"
    r"|\d[^;]*(?<!\w)(?:xuống còn|giảm còn|xuống)(?!\w)[^;]*(?<!\w)(?:gồm|trong đó)(?!\w)",
    re.I,
)


def plan_told(document: Document) -> str:
    """What the title says of a plan: "paper", that the document is about one (Tỉnh A phê duyệt phương án sắp xếp …),
    so that its changes are planned where it does not say that they are done; "ahead", that something is to come (Tỉnh
    B dự kiến giảm 4 sở), of which what there is afterwards is a part; nothing, where it says neither."""
    title = next((p.text for p in document.paragraphs if p.role == TITLE), "")
    found = _PLAN_IN_TITLE.search(title)
    if found is None or (found["paper"] and _is_resolved(document)):
        return ""
    return "paper" if found["paper"] else "ahead"


_ASSEMBLY = re.compile(r"(?<!\w)(?:HĐND|Hội đồng nhân dân|Quốc hội|đại biểu)(?!\w)", re.I)
# a resolution on a change itself, not on its direction
_RESOLVED = re.compile(
    r"(?<!\w)(?:(?:thông qua|ban hành|biểu quyết)(?: \S+){0,5}? nghị quyết(?: \S+){0,3}? về|quyết nghị) (?:việc )?"
    r"(?:sắp xếp|thành lập|hợp nhất|sáp nhập|tổ chức|nhập|giải thể|kết thúc|đổi tên)(?!\w)",
    re.I,
)
# what an assembly only has an opinion on goes on to be decided
_FOR_OTHERS = re.compile(r"(?<!\w)(?:sẽ|chủ trương|tán thành|cho ý kiến|trình|báo cáo|xin ý kiến)(?!\w)", re.I)


def _is_resolved(document: Document) -> bool:
    """Whether the text tells that an assembly passed the plan of the title as a resolution, which is then in force."""
    clauses = (
        clause for p in document.paragraphs if p.role != TITLE for clause in re.split(r"[.;] ", p.text.rstrip("."))
    )
    return any(_ASSEMBLY.search(c) and _RESOLVED.search(c) and not _FOR_OTHERS.search(c) for c in clauses)


def is_to_come(plan: str, sentence: Sentence, direction: str, at: int) -> bool:
    """Whether a figure at the offset is still to come in a document that tells of a plan: a change, or what there is
    after it, of which no word or year in the sentence says that it is done, or is so by now."""
    text = sentence.text()
    told = max((found.end() for found in _SAYS.finditer(text, 0, at - sentence.start)), default=0)
    if _TOLD_DONE.search(text, told) is not None:
        return False
    changes = plan == "paper" and direction != "level"
    return changes or _AFTERWARDS.search(text, told, at - sentence.start) is not None
