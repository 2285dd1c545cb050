"""Models of concurrent posts: that two posts go to one person, as a rule, with its state and places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.vocabulary import Model
from loaders.reading.document import Document, year_of
from loaders.reading.entities import NumberAt
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import PostAt, Sentence
from loaders.reading.known import Register
from loaders.reading.model_pairs import Pair, find_pairs
from loaders.reading.model_people import pairs_of_people
from loaders.reading.model_regions import (
    LEVELS,
    Region,
    Where,
    clauses,
    counts_beside,
    counts_of,
    is_ahead,
    is_done,
    level_of,
    regions,
    where_of,
)
from loaders.reading.model_states import (
    DONE,
    PLAIN,
    Around,
    Count,
    announces_pilots,
    between_state,
    counts_in,
    resolve,
    states_in,
)
from loaders.reading.model_unnamed import unnamed_models
from loaders.reading.unit_names import Unit


@dataclass(eq=False)
class Found:
    """What one sentence says of one model; `weak`: only a verb such as "thực hiện" says that it is to be;
    `replaced`: the text goes on with a later state."""

    model: Model
    status: str
    level: str | None
    count: Count | None
    where: Where
    evidence: Evidence
    weak: bool = False
    replaced: bool = False

    def values(self) -> dict[str, Any]:
        """As columns of the sheet."""
        counted = self.count.values() if self.count is not None else {}
        return {"model": self.model.code, "status": self.status, "level": self.level} | counted

    def place(self, units: Register, *, of_province: bool) -> str | None:
        """The one place above the level of what is counted that the words before name, else that of the document;
        `of_province`: the document speaks of all the province."""
        counted = self.count.level if self.count is not None else None
        if self.where.scope == "country":
            return _COUNTRY
        above = {place for place, level in self.where.places.items() if _above(place, level, counted, units)}
        if len(above) == 1:
            return above.pop()
        if self.where.scope == "province" or of_province or counted == "district":
            return units.home or units.district
        return units.district or units.home


_COUNTRY = "Việt Nam"
_RANKS = ("hamlet", "commune", "district", "province", "central")


def _above(place: str, level: str, counted: str | None, units: Register) -> bool:
    own = "province" if units.located.is_province(place) else level
    return counted is None or _RANKS.index(own) > _RANKS.index(counted)


def find_models(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The states of models that the document gives, each model and state once."""
    reader = _Reader(document)
    facts: list[Fact] = []
    for sentence in sentences:
        reader.read(sentence)
        facts += unnamed_models(sentence, reader.now)
    found = [each for each in (*reader.found, *reader.of_people()) if not each.replaced]
    province = any(each.where.scope == "province" for each in found)
    for same in _told_once(found):
        values = {**same[0].values(), "place": same[0].place(units, of_province=province)}
        facts.append(Fact("models", values, same[0].evidence, [further.evidence for further in same[1:]]))
    return facts


def _told_once(found: Sequence[Found]) -> list[list[Found]]:
    """What is found, each with what says the same: the state without a number is told by that with one."""
    said = {each.model.code for each in found if not each.weak}
    groups: list[list[Found]] = []
    for each in sorted(found, key=lambda f: f.count is None):
        if each.weak and each.model.code in said:
            continue
        same = next((group for group in groups if _same(group[0], each)), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    return sorted(groups, key=lambda group: group[0].evidence.start)


def _same(one: Found, other: Found) -> bool:
    if one.model.code != other.model.code or one.status != other.status:
        return False
    if other.count is None:
        return other.level in (None, one.level)
    return one.count is not None and one.count.n == other.count.n


# what goes on with the model named before: mô hình này; 12 xã thực hiện mô hình; hoàn thành nhất thể hóa
_SAME_MODEL = re.compile(
    r"\b(?:mô hình|chủ trương|cách làm|phương thức|việc|nhất thể hóa|quy định|chế độ|kiêm nhiệm)(?: \w+){0,3}?"
    r" (?:này|trên|đó|ấy|nêu trên|nói trên)\b"
    r"|\b(?:thực hiện|triển khai|thí điểm|làm điểm|áp dụng|duy trì|kết thúc|dừng|nhân rộng|mở rộng)"
    r"(?: thí điểm)? mô hình"
    r"(?=\s*(?:[,.;:()]|$)|\s+(?:trên|tại|ở|đạt|và|là|từ|đến|trong|với|còn|đã|chưa|thì)\b)"
    r"|\b(?:mở rộng|nhân rộng|dừng|kết thúc)(?: việc)? thí điểm(?=\s*(?:[,.;:)]|$)|\s+(?:nữa|mà|và|từ|tại|ở)\b)"
    r"|\b(?:thực hiện|hoàn thành|triển khai|tiến hành|thí điểm)(?: việc)? [“\"']?nhất thể hóa[”\"']?"
    r"(?: chức danh(?: lãnh đạo)?)?(?=\s*(?:[,.;:)]|$)|\s+(?:trên|tại|ở|đạt|và|từ|đến|trong)\b)",
    re.I,
)
# how many are left, where the sentence before counted them: Tỉnh A có 16 xã, nay chỉ còn 2 xã
_LEFT = re.compile(r"\b(?:nay|giờ|hiện|hiện nay)(?: thì)?(?: chỉ)? còn(?: lại)?\s+(?=\d)", re.I)
# 68/75 ấp thực hiện; năm 2015 triển khai ở 22 xã; phấn đấu đến năm 2030 đạt 90%
_BARE = re.compile(r"\b(?:thực hiện|triển khai|áp dụng|duy trì|làm theo)(?=\s*(?:[,.;(]|$)|\s+(?:ở|tại)\s+\d)", re.I)
_DIGIT = re.compile(r"\d")
# what without an object says of the one model of the text that it goes no further, or does
_FATE = re.compile(
    r"\b(?:không còn|không tiếp tục) (?:thực hiện|duy trì|bố trí)(?=\s*[,.;:)]|\s+(?:như|ở|tại|nữa)\b)"
    r"|\b(?:tiếp tục|được|chưa được|chưa|không) nhân rộng(?=\s*[,.;:)]|\s+(?:như|ở|tại|ra|và)\b)",
    re.I,
)
_AHEAD = re.compile(r"\s*(?:và )?(?P<said>(?:phấn đấu|đặt mục tiêu)\b)", re.I)
_REACH = 6  # sentences between a model and what goes on with it
_NEAR = 2  # sentences between a count and what is left of it
# Khi bí thư đồng thời là chủ tịch, bộ máy gọn hơn: says nothing of where it is so
_SUPPOSED = re.compile(r"\b(?:khi|nếu)\s*$", re.I)
_LISTED = re.compile(r"\s*(?:[-–+•*●▪]|\(?\w{1,2}[.)])\s")
_OF_MODELS = re.compile(r"mô hình|chức danh|kiêm|nhất thể hóa|đồng thời", re.I)


_LIKEWISE = re.compile(r"\W*(?:cũng|tương tự|ngoài ra|bên cạnh đó)\b", re.I)


def _held(sentence: Sentence, document: Document) -> Iterator[Found]:
    """The models of which a person of the sentence holds both posts."""
    for pair in pairs_of_people(sentence, document):
        where = where_of(sentence, sentence.start, pair.start) or _of_posts(sentence, pair)
        evidence = Evidence(sentence.paragraph.number, pair.start, pair.end, "deduced", 0.75, pair.rule)
        for model in pair.models:
            level = level_of(sentence, model, (pair.start, pair.end))
            yield Found(model, "in_force", level, None, where, evidence)


def _of_posts(sentence: Sentence, pair: Pair) -> Where:
    """The place of the units in which the two posts are."""
    posts = [item for item in sentence.items if pair.start <= item.start < pair.end and isinstance(item.value, PostAt)]
    units = [unit for item in posts if (unit := item.meant()) and isinstance(unit, Unit)]
    return Where({unit.place: unit.level for unit in units if unit.place and unit.level}, None)


class _Reader:
    """Reads sentence by sentence, with what the sentences before have said."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.now = year_of(document)
        self.found: list[Found] = []
        self.codes: set[str] = set()  # the models that are found
        self.last: tuple[Model, ...] = ()  # the models of the last pair
        self.opened: list[Found] = []  # what its sentence said
        self.distance = self.since_named = 0  # sentences since then, and since "mô hình này"
        self.since_count = _NEAR + 1  # sentences since places were counted
        self.where = Where({}, None)  # of which places the last words spoke
        self.lead: str | None = None  # the state that leads a list of paragraphs: … các mô hình sau:
        self.named: set[str] = set()  # the models of which the text speaks at all
        self.held: list[Found] = []  # those of which a person who is named holds both posts
        self.announced: str | None = None  # "pilot", where models are said to be tried that are named later

    def read(self, sentence: Sentence) -> None:
        """Add what the sentence says to what is found."""
        if not _LISTED.match(sentence.paragraph.text):
            self.lead = None
        pairs = list(find_pairs(self.document, sentence, listed=self.lead is not None))
        self.named |= {model.code for pair in pairs for model in pair.models}
        self.held += _held(sentence, self.document)
        if not pairs and announces_pilots(sentence.text()):
            self.announced = "pilot"
        self.distance, self.since_named = self.distance + 1, self.since_named + 1
        new = list(self._of_pairs(sentence, pairs))
        if pairs:
            self.last, self.opened, self.distance, self.since_named = pairs[-1].models, new, 0, 0
        if self.last and self.distance <= _REACH:
            for start, end in clauses(sentence):
                if not any(start <= pair.end and pair.start < end for pair in pairs):
                    new += self._going_on(sentence, start, end)
        self.found += new
        self.codes |= {each.model.code for each in new}
        self.since_count = 0 if any(each.count is not None for each in new) else self.since_count + 1
        if sentence.text().rstrip().endswith(":") and _OF_MODELS.search(sentence.text()):
            self.lead = resolve(Around(self._states(sentence, sentence.start, sentence.end, last=True), None, []))

    def of_people(self) -> list[Found]:
        """The models of which the text speaks, where a person who is named holds both posts."""
        return [each for each in self.held if each.model.code in self.named]

    def _states(self, sentence: Sentence, start: int, end: int, *, last: bool = False) -> list[str]:
        return states_in(sentence, start, end, now=self.now, last=last)

    def _of_pairs(self, sentence: Sentence, pairs: Sequence[Pair]) -> Iterator[Found]:
        """What the sentence says of the models that it names; a list goes on with the state of its first."""
        carried = self.lead or self._before_colon(sentence, pairs)
        self.where = Where({}, None)
        for at, (pair, region) in enumerate(zip(pairs, regions(sentence, pairs), strict=True)):
            if _SUPPOSED.search(sentence.between(sentence.start, pair.start)):
                continue
            around = Around(
                self._states(sentence, *region.before, last=True),
                between_state(sentence, *pair.between),
                [] if _ends(sentence, pair.end, last=at + 1 == len(pairs)) else self._states(sentence, *region.behind),
            )
            counts = counts_of(sentence, region)
            state = resolve(around)
            done = is_done(sentence, region, around, counts)
            if state in (None, PLAIN, "policy") and done:
                state = "in_force"
            weak = state == PLAIN
            goes_on = around.nothing or (weak and region.clause[0] > sentence.start)
            if carried is not None and goes_on and not (state == "in_force" and carried == "policy"):
                state, weak = carried, False
            if state is None and _of_merged(sentence):
                state = "in_force"
            state = self._as_before(sentence, around, state, done=done)
            if state is None:
                continue
            state = carried = "policy" if state == PLAIN else state
            for model in pair.models:
                yield from self._told(sentence, model, state, counts, region, (pair.start, pair.end), weak=weak)
            yield from _elsewhere(sentence, pair, region, state)

    def _before_colon(self, sentence: Sentence, pairs: Sequence[Pair]) -> str | None:
        """The state that leads a list within the sentence, of which the first clause names no two posts: nhiều mô hình
        được tỉnh làm từ sớm: nhập hai đảng bộ; A kiêm B; …"""
        before = [i for i in sentence.items if i.symbol in (":", ";") and pairs and i.start < pairs[0].start]
        if (
            len(before) < 2
            or before[0].symbol != ":"
            or not _OF_MODELS.search(sentence.between(sentence.start, before[0].start))
        ):
            return None
        return resolve(Around(self._states(sentence, sentence.start, before[0].start, last=True), None, []))

    def _as_before(self, sentence: Sentence, around: Around, state: str | None, *, done: bool) -> str | None:
        """The state, which is that of the model before where the sentence only adds a further one (Cũng tại 9 huyện, A
        đồng thời là B), and a trial where the text has announced one and does not say that it is more by now."""
        if self.opened and _LIKEWISE.match(sentence.text()) and state in (None, PLAIN, "in_force"):
            return self.opened[-1].status
        done = done or DONE in (*around.before, around.between, *around.behind)
        if self.announced and not done and state in (None, PLAIN, "policy", "in_force"):
            return self.announced
        return state

    def _told(
        self,
        sentence: Sentence,
        model: Model,
        state: str,
        counts: Sequence[Count],
        region: Region,
        span: tuple[int, int],
        *,
        weak: bool = False,
    ) -> Iterator[Found]:
        """The state of a model, for each number of places; numbers of places of another level are not the model's."""
        evidence = Evidence(sentence.paragraph.number, *span, "stated", 0.85, "two-posts")
        self.where = where_of(sentence, *region.before) or self.where
        level = level_of(sentence, model, span)
        fitting: list[Count | None] = [c for c in counts if c.level is None or c.level in model.levels]
        for count in fitting or [None]:
            of_count = count.level if count is not None else None
            yield Found(model, state, of_count or level, count, self.where, evidence, weak)

    def _going_on(self, sentence: Sentence, start: int, end: int) -> Iterator[Found]:
        """What a clause says of the model named before: its state, and the number of places."""
        first, text = sentence.start, sentence.text()
        left = _LEFT.search(text, start - first, end - first) if self.since_count <= _NEAR else None
        at = first + left.end() if left is not None else end
        number = next((i.value for i in sentence.items if at <= i.start < end), None)
        if isinstance(number, NumberAt):
            region = Region((start, end), (start, at), (at, end))
            yield from self._later(sentence, "in_force", [Count(number.value, None, None, at)], region, (start, end))
            return
        ahead = _AHEAD.match(text, start - first, end - first) if self.distance == 0 else None
        if ahead is not None:
            region = Region((start, end), (start, start), (start, end))
            yield from self._later(sentence, "target", [], region, (first + ahead.start("said"), end))
            return
        matches = self._named_again(text, start - first, end - first)
        begins = [start, *(first + match.end() for match in matches)]
        stops = [*(first + match.start() for match in matches[1:]), end]
        for match, begin, stop in zip(matches, begins, stops, strict=False):
            span = (first + match.start(), first + match.end())
            before, behind = self._states(sentence, begin, span[1], last=True), self._states(sentence, span[1], stop)
            counts = counts_beside(sentence, Region((start, end), (begin, span[0]), (span[1], stop)))
            state = resolve(Around(before, None, behind))
            if state in (None, PLAIN, "policy"):
                state = self._by_count(state) if counts and not is_ahead(sentence, begin, span[0]) else None
            if state is not None and (counts or match.re is not _BARE):
                region = Region((start, end), (begin, span[1]), (span[1], stop))
                yield from self._later(sentence, state, counts, region, span)

    def _named_again(self, text: str, start: int, end: int) -> list[re.Match[str]]:
        """Where a clause goes on with the model: by a word that points back, or without one where it is near."""
        found = list(_SAME_MODEL.finditer(text, start, end))
        if found:
            self.since_named = 0
        if self.distance <= 1:
            ends = [match.end() for match in found]
            for match in _BARE.finditer(text, start, end):
                since = max((each for each in ends if each <= match.start()), default=start)
                if _DIGIT.search(text, since, match.end() + 8):
                    found.append(match)
        if self.since_named <= _NEAR and len(self.codes) == 1:
            found += _FATE.finditer(text, start, end)
        return sorted(found, key=lambda match: match.start())

    def _by_count(self, state: str | None) -> str:
        """The state where only a number of places tells it: a pilot, where the model was said to be one."""
        return "pilot" if state == PLAIN and any(each.status == "pilot" for each in self.opened) else "in_force"

    def _later(
        self, sentence: Sentence, state: str, counts: Sequence[Count], region: Region, span: tuple[int, int]
    ) -> Iterator[Found]:
        """A later state of the last models, which takes the place of what was open before, unless elsewhere."""
        where = where_of(sentence, *region.before)
        for each in self.opened:
            elsewhere = where is not None and bool(where.places) and where.places != each.where.places
            is_open = each.status == "policy" or (each.status == "in_force" and not elsewhere)
            if is_open and each.count is None and each.status != state:
                each.replaced |= bool(counts) or state != "pilot"
        for model in self.last:
            yield from self._told(sentence, model, state, counts, region, span)


# who heads the office that two were merged into: … đồng thời là Chánh Thanh tra và là thủ trưởng cơ quan hợp nhất
_MERGED = re.compile(
    r"\b(?:thủ trưởng|đứng đầu|lãnh đạo|phụ trách) (?:cơ quan|đơn vị|văn phòng) (?:sau )?(?:hợp nhất|sáp nhập|mới)\b"
    r"|\b(?:cơ quan|đơn vị|văn phòng) (?:sau )?(?:hợp nhất|sáp nhập|mới)\b[^.;]*\bdo\b[^.;]*\b(?:đứng đầu|phụ trách)",
    re.I,
)


def _of_merged(sentence: Sentence) -> bool:
    """Whether the sentence tells who heads an office that is merged, not by which rule."""
    return _MERGED.search(sentence.text()) is not None and not any(item.symbol == "D" for item in sentence.items)


def _ends(sentence: Sentence, end: int, *, last: bool) -> bool:
    """Whether the clause ends with the posts; a colon ends it where further posts follow, else it leads to what is
    said of these (A đồng thời là B: đang thí điểm ở 3 huyện)."""
    marks = r"\s*[;.]" if last else r"\s*[;.:]"
    return re.match(marks, sentence.paragraph.text[end - sentence.paragraph.start :]) is not None


# a clause that says of the same model where else it is: cấp huyện có 1/9 đơn vị
_ELSEWHERE = re.compile(
    r";\s*(?:đến nay|nay|hiện|hiện nay)?,?\s*(?:ở |tại )?cấp (?P<level>tỉnh|huyện|xã)"
    r"\s*(?:đã |hiện |đang )*(?:có|thực hiện|triển khai|áp dụng|bố trí)\b[^;]*"
)


def _elsewhere(sentence: Sentence, pair: Pair, region: Region, state: str) -> Iterator[Found]:
    """The model at another level, where the next clause counts its places."""
    found = _ELSEWHERE.match(sentence.text(), region.clause[1] - sentence.start)
    if found is None:
        return
    place = (sentence.start + found.start() + 1, sentence.start + found.end())
    evidence = Evidence(sentence.paragraph.number, *place, "stated", 0.8, "two-posts")
    for count in counts_in(sentence, *place)[:1]:
        for model in pair.models:
            state = state if state == "pilot" else "in_force"
            yield Found(model, state, LEVELS[found["level"]], count, Where({}, "province"), evidence)
