"""Models of concurrent posts: that two posts go to one person, as a rule, with its state and places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from graph.text import key
from graph.vocabulary import Model, models, titles
from loaders.reading.document import Document
from loaders.reading.entities import NumberAt
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import Item, PostAt, Sentence
from loaders.reading.known import Register
from loaders.reading.scan import words_of
from loaders.reading.unit_names import Unit
from loaders.reading.words import Phrases

# what joins the two posts of a model, over the symbols of a sentence
_JOINED = re.compile(
    r"C (?:(?![,CN;] )\S+ ){0,5}?"
    r"(?:đồng thời (?:là |làm |giữ chức |kiêm )?|kiêm (?:nhiệm |chức danh |chức |giữ chức )?|(?:v:called |là ))"
    r"(?:\S+ ){0,2}?C (?:(?:hoặc |và |, )(?:C |U |K ))*"
    r"|(?<!\S)nhất thể hóa (?:(?:các |hai |chức |danh |vị |trí |#|# ){0,5})?C (?:, |và |với |- )C "
)
# what stands before two posts that only "là" joins: bố trí bí thư chi bộ là trưởng thôn
_PLAIN = re.compile(r"mô hình|bố trí|nhất thể hóa|kiêm nhiệm|\b(?:thôn|ấp|bản|xóm|phố|xã|phường|huyện) có\s*$")
_NOT = re.compile(r"không phải|người địa phương")
_GENERIC = re.compile(
    r"kiêm nhiệm người đứng đầu (?P<a>[^;.]{5,120}?) và (?P<b>[^;.]{5,120}?) (?:có chức năng|chưa|còn|đã)"
)
_LEVELS = {"xã": "commune", "cơ sở": "commune", "huyện": "district", "tỉnh": "province"}


@dataclass(frozen=True)
class Side:
    """One post of a model as named: title code, kind of unit (empty where it is only said "cấp ủy")."""

    title: str
    kind: str
    level: str | None


@lru_cache(maxsize=1)
def _states() -> Phrases[str]:
    rows = packaged_yaml("loaders", "reading", "data", "models.yaml")["states"]
    return Phrases((text, status) for status, texts in rows.items() for text in texts)


@lru_cache(maxsize=1)
def _heads() -> dict[str, list[str]]:
    found: dict[str, list[str]] = packaged_yaml("loaders", "reading", "data", "models.yaml")["heads"]
    return found


def find_models(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The states of models that the document gives, each model and state once."""
    found: list[Fact] = []
    for sentence in sentences:
        if found and _SAME_MODEL.search(sentence.text()):
            _go_on(found[-1], sentence)
        for values, evidence in _models(document, sentence):
            same = next((f for f in found if _same(f.values, values)), None)
            if same is None:
                found.append(Fact("models", {**values, "place": units.district or units.home}, evidence))
            else:
                same.also.append(evidence)
    return found


# a sentence that goes on with the model named before
_SAME_MODEL = re.compile(r"\b(?:mô hình|chủ trương|cách làm|phương thức) (?:này|trên|đó|nêu trên|nói trên)\b", re.I)


def _go_on(fact: Fact, sentence: Sentence) -> None:
    """Give the model the state and the number of places that a later sentence says of it."""
    values = fact.values
    words = _states_in(sentence.paragraph.text, *_span(sentence, sentence.start, sentence.end))
    strong = next((state for state in words if state not in ("in_force", "policy", "target")), None)
    counted = _count([i for i in sentence.items if i.symbol != ";"], of_total=True)
    if strong in ("ended", "lagging", "limited", "not_expanded", "expanded") and values["status"] in _OPEN | {"pilot"}:
        values["status"] = strong
    elif counted is not None and values["status"] in _OPEN and values.get("n") is None:
        values |= {"status": "in_force", **counted}


def _models(document: Document, sentence: Sentence) -> Iterator[tuple[dict[str, Any], Evidence]]:
    text, carried = sentence.text(), ""
    for match in _JOINED.finditer(sentence.symbols):
        first, last = sentence.index(match.start()), sentence.index(match.end() - 2)
        items = sentence.items[first : last + 1]
        said = document.normal.text[items[0].start : items[-1].end]
        if _of_a_person(sentence, first, last) or _NOT.search(said):
            continue
        plain = not re.search(r"đồng thời|kiêm|nhất thể hóa", match[0])
        if plain and not _PLAIN.search(text[: items[0].start - sentence.start]):
            continue
        named = [_side(item, document, sentence) for item in items if item.symbol in ("C", "U", "K")]
        sides = [side for side in named if side is not None]
        span = (items[0].start, items[-1].end)
        evidence = Evidence(sentence.paragraph.number, *span, "stated", 0.85, "two-posts")
        around = key(document.normal.text[span[0] : min(span[1] + 24, sentence.end)])
        for model in _known_models(sides):
            if model.b_name and " ".join(key(model.b_name).split()[1:]) not in around:
                continue
            values = _values(document, sentence, model, span)
            unsaid = _unsaid(sentence, span)
            if carried in ("in_force", "pilot") and (values["status"] == "policy" or (unsaid and carried == "pilot")):
                values["status"] = carried
            carried = values["status"]
            others = list(_elsewhere(sentence, values, span))
            yield values, evidence
            yield from others
    generic = _GENERIC.search(text)
    if generic:
        span = (sentence.start + generic.start(), sentence.start + generic.end("b"))
        name = f"Người đứng đầu {generic['a'].strip()} kiêm người đứng đầu {generic['b'].strip()}"
        values = {"model": "CM-" + key(generic["a"]).replace(" ", "-")[:40].upper(), "name": name}
        values |= {"status": _state(sentence, *span), "level": None}
        yield values, Evidence(sentence.paragraph.number, *span, "stated", 0.75, "generic-pair")


def _of_a_person(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the two posts are those of a person who is named beside them."""
    for near in (sentence.items[max(0, first - 3) : first][::-1], sentence.items[last + 1 : last + 3]):
        for item in near:
            if item.symbol == "N":
                return True
            if item.symbol in (";", ":"):
                break
    return any(item.symbol == "N" for item in sentence.items[first : last + 1])


def _side(item: Item, document: Document, sentence: Sentence) -> Side | None:
    value = item.value
    if isinstance(value, PostAt):
        unit = value.unit
        if unit is not None and unit.basis == "short":  # Trung tâm: the one named before
            unit = _in_full(unit, item, sentence) or unit
        if unit is None and key(document.normal.text[item.end : item.end + 7]) == "chi bộ":
            return Side(value.title, "chi_bo", "hamlet")
        if unit is None and key(document.normal.text[item.end : item.end + 9]) == "mặt trận":
            return Side(value.title, "mttq", None)
        kind = unit.kind if unit is not None else _kind_of_title(value.title)
        return Side(value.title, kind, unit.level if unit is not None else None)
    kind = getattr(value, "kind", "")
    return Side("", kind, getattr(value, "level", None)) if kind in ("ubnd", "hdnd") else None


def _in_full(unit: Unit, item: Item, sentence: Sentence) -> Unit | None:
    named = [i.value for i in sentence.items if i.symbol == "U" and i.end <= item.start]
    begins = key(unit.name) + " "
    return next((u for u in reversed(named) if isinstance(u, Unit) and key(u.name).startswith(begins)), None)


def _kind_of_title(title: str) -> str:
    known = titles().get(title)
    return _heads().get(title, [known.kind if known else ""])[0]


def _known_models(sides: list[Side]) -> list[Model]:
    """The models of graph/data of which the posts are the two sides; the last side may be several (hoặc)."""
    if len(sides) < 2:
        return []
    first = sides[0]
    found: list[Model] = []
    for number, side in enumerate(sides[1:], 1):
        titled = side if side.title else Side(sides[number - 1].title or "chu_tich", side.kind, side.level)
        for model in sorted(models(), key=lambda m: len(m.a_titles)):  # the most exact first
            if _fits(first, titled, model) or _fits(titled, first, model):
                if model not in found:
                    found.append(model)
                break
    return found


def _fits(a: Side, b: Side, model: Model) -> bool:
    return _is(a, model.a_titles, model.a_kinds) and _is(b, model.b_titles, model.b_kinds)


_PARTY_TITLES = frozenset(("bi_thu", "pho_bi_thu", "pho_bi_thu_thuong_truc"))
# which inspectorate is meant is said by the level only
_INSPECTORATES = frozenset(("thanh_tra", "thanh_tra_so", "thanh_tra_huyen", "thanh_tra_tinh"))


def _is(side: Side, titles: Sequence[str], kinds: Sequence[str]) -> bool:
    if side.title not in titles:
        return False
    if side.kind in _INSPECTORATES and not _INSPECTORATES.isdisjoint(kinds):
        return True
    return side.kind in kinds or (not side.kind and side.title in _PARTY_TITLES and "dang_uy" in kinds)


def _values(document: Document, sentence: Sentence, model: Model, span: tuple[int, int]) -> dict[str, Any]:
    """Model, state, level, and in how many places of how many."""
    start, end = _clause(sentence, span)
    before = [i for i in sentence.items if start <= i.start and i.end <= span[0]]
    behind = [i for i in sentence.items if span[1] <= i.start < min(end, span[1] + 110)]
    people = before[-1].value if before and before[-1].symbol == "#" else None  # 1.402 bí thư chi bộ đồng thời là
    counted = {"n": people.value} if isinstance(people, NumberAt) else _count(before[::-1], of_total=False)
    counted = counted or _count(behind, of_total=False)
    status = _state(sentence, *span)
    everywhere = any(i.symbol == "#%" for i in before[-8:])
    if status == "policy" and (counted is not None or everywhere) and not _ahead(sentence, start, span[0]):
        status = "in_force"
    return {"model": model.code, "status": status, "level": _level(sentence, model, span), **(counted or {})}


def _clause(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """The span of the clause, between semicolons, in which the posts stand."""
    cuts = [i.start for i in sentence.items if i.symbol == ";"]
    start = max((cut for cut in cuts if cut < span[0]), default=sentence.start)
    return start, min((cut for cut in cuts if cut >= span[1]), default=sentence.end)


def _unsaid(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether the clause, the sentence's first not, says no state of its own."""
    start, end = _clause(sentence, span)
    return start > sentence.start and not _states_in(sentence.paragraph.text, *_span(sentence, start, end))


# a clause that says of the same model where else it is: mô hình này có ở 64 xã; cấp huyện có 1/9 đơn vị
_ELSEWHERE = re.compile(
    r";\s*(?:đến nay|nay|hiện|hiện nay)?,?\s*(?:(?P<same>mô hình (?:này|trên|đó))"
    r"|(?:ở |tại )?cấp (?P<level>tỉnh|huyện|xã))"
    r"\s*(?:đã |hiện |đang )*(?:có|thực hiện|triển khai|áp dụng|bố trí)\b[^;]*"
)


def _elsewhere(
    sentence: Sentence, values: dict[str, Any], span: tuple[int, int]
) -> Iterator[tuple[dict[str, Any], Evidence]]:
    """The model in other places, where the next clause counts them; or the number of places said only there."""
    stop = _clause(sentence, span)[1]
    found = _ELSEWHERE.match(sentence.text(), stop - sentence.start)
    if found is None:
        return
    place = (sentence.start + found.start() + 1, sentence.start + found.end())
    counted = _count([i for i in sentence.items if place[0] <= i.start < place[1]], of_total=False)
    if counted is None:
        return
    if found["same"] and values.get("n") is None:
        values |= {"status": "in_force" if values["status"] in _OPEN else values["status"], **counted}
    elif found["level"]:
        evidence = Evidence(sentence.paragraph.number, *place, "stated", 0.8, "two-posts")
        yield {**values, **counted, "level": _LEVELS[found["level"]]}, evidence


_PLACE_WORDS = frozenset(
    ("M", "xã", "huyện", "phường", "quận", "thị_trấn", "tỉnh", "thị_xã", "thành_phố", "nơi", "địa", "thôn", "ấp", "đơn")
)


def _count(items: Sequence[Item], *, of_total: bool) -> dict[str, Any] | None:
    """How many places have it, of how many (64/96 xã; 8 xã), the first that is said in the order of the items;
    `of_total`: only where the total is said, or what is counted is known."""
    for number, item in enumerate(items):
        if not isinstance(item.value, NumberAt) or item.symbol == "#%":
            continue
        if item.symbol == "#/":
            return {"n": item.value.value, "m": item.value.of}
        beside = {each.symbol for each in items[max(0, number - 1) : number + 2]}
        if beside & ({"M"} if of_total else _PLACE_WORDS):
            part = _part_of(items, number)
            if part is not None:
                return {"n": part.value, "m": item.value.value}
            return {"n": item.value.value}
    return None


def _part_of(items: Sequence[Item], number: int) -> NumberAt | None:
    """The number of which the item is the total (78 trong tổng số 92 thôn), in either order of the items."""
    for step in (-1, 1):
        near = items[number + step : number + 5 * step if number + 5 * step >= 0 else None : step]
        words = [item.symbol for item in near]
        at = next((n for n, symbol in enumerate(words) if symbol == "#"), 0)
        of_total = set(words[:at])
        if at and "trong" in of_total and of_total <= {"trong", "tổng", "số", "trên"} | _PLACE_WORDS:
            value = near[at].value
            return value if isinstance(value, NumberAt) else None
    return None


def _ahead(sentence: Sentence, start: int, end: int) -> bool:
    said = sentence.paragraph.text[slice(*_span(sentence, start, end))]
    return re.search(r"\b(?:sẽ|dự kiến|phải|cần|đề án)\b", said) is not None


def _level(sentence: Sentence, model: Model, span: tuple[int, int]) -> str | None:
    text = key(
        sentence.paragraph.text[
            max(0, span[0] - sentence.paragraph.start - 30) : span[1] - sentence.paragraph.start + 40
        ]
    )
    for word, level in _LEVELS.items():
        if (
            re.search(
                rf"\bcấp {word}\b|\b{word}, phường\b|\bủy ban nhân dân {word}\b|\bhội đồng nhân dân {word}\b|\b{word}$",
                text,
            )
            and level in model.levels
        ):
            return level
    if re.search(r"\bhuyện ủy\b", text) and "district" in model.levels:
        return "district"
    return model.levels[0] if len(model.levels) == 1 else None


# what outweighs another state in the same clause (dừng thí điểm, chưa thí điểm)
_FIRST = ("ended", "not_done", "not_expanded")
_OPEN = frozenset(("policy", "in_force"))


def _state(sentence: Sentence, start: int, end: int) -> str:
    """The state that the words of the clause give: behind the posts first, then before them."""
    first, text = sentence.paragraph.start, sentence.paragraph.text
    clause, stop = _clause(sentence, (start, end))
    behind = [] if re.match(r"\s*[;.:]", text[end - first :]) else _states_in(text, end - first, stop - first)
    strong = [state for state in behind if state not in _OPEN | {"target"}]
    if strong:
        return "ended" if "ended" in strong else strong[0]
    before = _states_in(text, clause - first, start - first)
    strong = [state for state in before if state not in _OPEN]
    if strong:
        return next((state for state in _FIRST if state in strong), strong[-1])
    if "target" in behind:
        return "target"
    return before[-1] if before else behind[0] if behind and behind[0] in _OPEN else "policy"


_MOST_WORDS = 30


def _states_in(text: str, start: int, end: int) -> list[str]:
    """The states that the words text[start:end] say, in their order."""
    words = words_of(text, start, end)[:_MOST_WORDS]
    found: list[str] = []
    at = 0
    while at < len(words):
        match = _states().match(words, at)
        if match is not None:
            found.append(match[0])
        at = match[1] if match is not None else at + 1
    return found


def _span(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    return start - sentence.paragraph.start, end - sentence.paragraph.start


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["model"] == other["model"] and one["status"] == other["status"] and one.get("n") == other.get("n")
