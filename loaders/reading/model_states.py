"""What a clause says of a model of concurrent posts: how far it is carried out, and in how many places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from graph.packaged import packaged_yaml
from loaders.reading.entities import NumberAt
from loaders.reading.items import Item, Sentence
from loaders.reading.places import LEVEL_OF, Place
from loaders.reading.scan import words_of
from loaders.reading.words import Phrases, Word, phrases_of

# said by a verb alone (thực hiện, bố trí), by one that is done (đã bố trí, đang được thực hiện), and by what is asked
# for (tiếp tục, yêu cầu)
PLAIN, DONE, URGED = "plain", "done", "urged"
OPEN = frozenset(("policy", "in_force", PLAIN, DONE, URGED))
# what outweighs another state in the same clause (dừng thí điểm, chưa thí điểm)
_FIRST = ("ended", "not_done", "not_expanded")
# by what something else comes about, which may be ahead (sẽ giảm 9 người do thực hiện …)
_CAUSES = frozenset(("nhờ", "do"))
_MOST_WORDS = 30
_MOST_BETWEEN = 4  # words between "đã" and its verb: đã được các huyện thực hiện


@dataclass(frozen=True)
class Around:
    """What is said around the posts, each in its order: before them, between the two, and behind them."""

    before: list[str]
    between: str | None
    behind: list[str]

    @property
    def nothing(self) -> bool:
        """Whether no word tells a state."""
        return not self.before and not self.behind and self.between is None


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    found: dict[str, Any] = packaged_yaml("loaders", "reading", "data", "models.yaml")
    return found


@cache
def _meaning(name: str) -> Phrases[str]:
    return phrases_of(_data()[name])


@cache
def _listed(name: str) -> Phrases[str]:
    return Phrases((text, text) for text in _data()[name])


def states_in(sentence: Sentence, start: int, end: int, *, now: int, last: bool = False) -> list[str]:
    """The states that the words of the span say, in their order: those of its first words, or of its last. The
    names of cited documents say none; `now`: the year of the text."""
    first = sentence.paragraph.start
    text = sentence.paragraph.text
    words = words_of(text, start - first, end - first)
    # đã được Ban Thường vụ Huyện ủy chọn thực hiện: by whom it is done says no state
    by = [i for said, i in pairwise(sentence.items) if said.symbol == "được" and i.symbol == "U"]
    cited = [(i.start - first, i.end - first) for i in (*(i for i in sentence.items if i.symbol == "D"), *by)]
    words = [w for w in words if not any(a <= w.start < b for a, b in cited)]
    words = words[-_MOST_WORDS:] if last else words[:_MOST_WORDS]
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(words):
        match = _meaning("states").match(words, at) or _target(words, at, now)
        urged = _listed("urged").match(words, at) if last and match is None else None
        match = (URGED, urged[1]) if urged is not None else match
        verb = _with_auxiliary(words, at)
        if verb is not None and (match is None or verb[1] > match[1]):
            match = (URGED, verb[1]) if words[at].key in _CAUSES and URGED in (s for s, _ in found) else verb
        if match is None:
            plain = _listed("plain").match(words, at)
            match = (PLAIN, plain[1]) if plain is not None and not (last and _apart(words[plain[1] :])) else None
        if match is not None:
            found.append((match[0], words[at].start))
        at = match[1] if match is not None else at + 1
    return _without_preamble(text, found) if last else [state for state, _ in found]


def _target(words: Sequence[Word], at: int, now: int) -> tuple[str, int] | None:
    """A year that is ahead, as a target (đến năm 2025), and the index after it."""
    found = _listed("until").match(words, at)
    if found is None or found[1] >= len(words) or not words[found[1]].key.isdigit():
        return None
    return ("target", found[1] + 1) if int(words[found[1]].key) > now else None


def _apart(words: Sequence[Word]) -> bool:
    """Whether the words from a verb to the posts are more than what names a model (triển khai các hoạt động, …)."""
    return any("," in word.gap for word in words)


def _with_auxiliary(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The state of a verb by the word before it (đã bước đầu thực hiện), and the index after the verb."""
    found = _meaning("auxiliaries").match(words, at)
    if found is None:
        return None
    state, index = found
    for _ in range(_MOST_BETWEEN):
        if index >= len(words) or words[index].gap:
            return None
        verb = _listed("verbs").match(words, index)
        if verb is None and state == "policy":
            verb = _listed("ahead").match(words, index)
        if verb is not None:
            return state, verb[1]
        filler = _listed("fillers").match(words, index)
        if filler is None:
            return None
        index = filler[1]
    return None


_PREAMBLE = re.compile(r"(?:thực hiện|triển khai|theo|căn cứ|quán triệt|trên cơ sở)\b", re.I)


def _without_preamble(text: str, found: Sequence[tuple[str, int]]) -> list[str]:
    """The states, without those of what is carried out (Thực hiện chủ trương thí điểm, huyện đã bố trí …)."""
    done = [start for state, start in found if state == DONE]
    if not done:
        return [state for state, _ in found]
    comma = text.rfind(",", 0, done[-1])
    led = _PREAMBLE.search(text, max(text.rfind(";", 0, done[-1]), text.rfind(". ", 0, done[-1]), 0), comma + 1)
    return [state for state, start in found if not (led and led.start() <= start < comma)]


def between_state(sentence: Sentence, start: int, end: int) -> str | None:
    """The state that the words between the two posts say (đều kiêm, phải đồng thời là, không kiêm)."""
    words = words_of(sentence.paragraph.text, start - sentence.paragraph.start, end - sentence.paragraph.start)
    for at in range(len(words)):
        found = _meaning("between").match(words, at)
        if found is not None:
            return found[0]
    return None


def resolve(around: Around) -> str | None:
    """The state of a model by what is said around its posts; None where nothing is."""
    strong = [state for state in around.behind if state not in OPEN | {"target"}]
    if strong:
        return "ended" if "ended" in strong else strong[0]
    if around.between in ("ended", "not_done"):
        return around.between
    before = around.before
    if DONE in before:  # đến năm 2019 đã thực hiện
        last = len(before) - before[::-1].index(DONE)
        before = [s for s in before[:last] if s != "target"] + before[last:]
    strong = [state for state in before if state not in OPEN]
    if strong:
        return next((state for state in _FIRST if state in strong), strong[-1])
    if "target" in around.behind:
        return "target"
    if around.between is not None:
        return "in_force" if around.between == DONE else around.between
    said = [state for state in before if state != PLAIN]
    behind = around.behind[:1]
    if behind and ((behind[0] in (DONE, "in_force") and URGED not in said) or (behind[0] != PLAIN and not said)):
        said = behind  # chủ trương … đã được thực hiện
    if said:
        return {DONE: "in_force", URGED: "policy"}.get(said[-1], said[-1])
    return PLAIN if before or PLAIN in around.behind[:1] else None


# --- how many places ---------------------------------------------------------------------------------------

_PLACE_WORDS = frozenset(
    ("xã", "huyện", "phường", "quận", "thị_trấn", "tỉnh", "thị_xã", "thành_phố", "nơi", "địa", "thôn", "ấp", "đơn")
)
_LEVEL_OF_MEASURE = {"communes": "commune", "districts": "district", "provinces": "province", "hamlets": "hamlet"}
_MEASURES = frozenset((*_LEVEL_OF_MEASURE, "places", "units"))


@dataclass(frozen=True)
class Count:
    """In how many places, of how many; `level` of the places, where it is said. `at`: where it stands."""

    n: float
    m: float | None
    level: str | None
    at: int

    def values(self) -> dict[str, Any]:
        """As columns of the sheet."""
        return {"n": self.n} if self.m is None else {"n": self.n, "m": self.m}


def counts_in(sentence: Sentence, start: int, end: int) -> list[Count]:
    """The counts of places in the span, in their order (5/12 xã; 78 trong tổng số 92 thôn; cấp huyện là 9/11)."""
    items = [item for item in sentence.items if start <= item.start < end]
    text, first = sentence.text(), sentence.start
    found: list[Count] = []
    others = [i.start for i in items if i.value == "units" and not text.startswith(_UNITS, i.start - first)]
    for count in _counts([replace(i, value=None) if i.start in others else i for i in items]):
        level = _OF_LEVEL.search(text, max(0, start - first - 40), count.at - first) if count.level is None else None
        found.append(count if level is None else replace(count, level=LEVEL_OF[level[1]]))
    return found


# what of the nouns of units may be places: 5/12 đơn vị, 41/46 chi bộ, not 3 ban
_UNITS = ("đơn vị", "Đơn vị", "chi bộ", "đảng bộ")
# before a number: cấp huyện hiện là 466/712
_OF_LEVEL = re.compile(r"\bcấp (tỉnh|huyện|xã)(?:\s+(?:hiện|nay|đã|có|là|đạt|được|thực|bố|trí))*\s*$")


def _counts(items: Sequence[Item]) -> Iterator[Count]:
    parts: set[int] = set()
    for number, item in enumerate(items):
        value = item.value
        if not isinstance(value, NumberAt) or item.symbol == "#%" or number in parts:
            continue
        noun = _noun(items, number)
        if item.symbol == "#/" and (noun is None or noun[0]):
            yield Count(value.value, value.of, noun[1] if noun else None, item.start)
            continue
        total = _total_of(items, number)
        if total is not None:
            parts.add(total)
            of, noun = items[total].value, noun or _noun(items, total)
            if isinstance(of, NumberAt) and noun is not None:
                yield Count(value.value, of.value, noun[1], item.start)
        elif noun is not None and noun[0]:
            yield Count(value.value, None, noun[1], item.start)


def _noun(items: Sequence[Item], number: int) -> tuple[bool, str | None] | None:
    """Whether the number counts places, and of which level; None where what it counts is not said."""
    behind = items[number + 1] if number + 1 < len(items) else None
    if behind is not None and behind.symbol == "M":
        return (behind.value in _MEASURES, _LEVEL_OF_MEASURE.get(str(behind.value)))
    if behind is not None and behind.symbol in _PLACE_WORDS:
        return (True, None)
    if behind is not None and isinstance(behind.value, Place) and behind.value.basis == "stated":
        return (True, LEVEL_OF.get(behind.value.kind))
    return None


def _total_of(items: Sequence[Item], number: int) -> int | None:
    """The index of the number of which the item is a part (78 trong tổng số 92 thôn; 5 xã trên tổng số 12 xã)."""
    for at in range(number + 1, min(number + 7, len(items))):
        if items[at].symbol == "#":
            words = {item.symbol for item in items[number + 1 : at]}
            joined = "trong" in words or {"trên", "tổng"} <= words
            return at if joined and words <= {"trong", "tổng", "số", "trên", "M"} | _PLACE_WORDS else None
    return None


# models that are tried, before they are named: hướng dẫn các mô hình thí điểm nhất thể hóa một số chức danh
_PILOTS = re.compile(
    r"\b(?:thí điểm|làm điểm)\b[^.;:]{0,50}\b(?:nhất thể hóa|kiêm nhiệm|(?:giữ|đảm nhiệm) hai chức)"
    r"|\b(?:mô hình|nhất thể hóa|kiêm nhiệm)\b[^.;:]{0,30}\bthí điểm\b",
    re.I,
)
_NO_PILOTS = re.compile(r"\b(?:chưa|không|dừng|ngừng|kết thúc|chấm dứt|hết)\b[^.;:]{0,60}\Z", re.I)


def announces_pilots(text: str) -> bool:
    """Whether models are said to be tried, and not that they are not (chưa mạnh dạn thực hiện các mô hình thí điểm)."""
    found = _PILOTS.search(text)
    return found is not None and _NO_PILOTS.search(text, 0, found.start()) is None
