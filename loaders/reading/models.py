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
from loaders.reading.register import Register
from loaders.reading.scan import Item, PostAt, Sentence, words_of
from loaders.reading.words import Phrases

# what joins the two posts of a model, over the symbols of a sentence
_JOINED = re.compile(
    r"C (?:(?![,CN;] )\S+ ){0,5}?"
    r"(?:đồng thời (?:là |làm |giữ chức |kiêm )?|kiêm (?:nhiệm |chức danh |chức |giữ chức )?|(?:v:called |là ))"
    r"(?:\S+ ){0,2}?C (?:(?:hoặc |và |, )(?:C |U |K ))*"
)
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
        for values, evidence in _models(document, sentence):
            same = next((f for f in found if _same(f.values, values)), None)
            if same is None:
                found.append(Fact("models", {**values, "place": units.district or units.home}, evidence))
            else:
                same.also.append(evidence)
    return found


def _models(document: Document, sentence: Sentence) -> Iterator[tuple[dict[str, Any], Evidence]]:
    text, carried = sentence.text(), ""
    for match in _JOINED.finditer(sentence.symbols):
        first, last = sentence.index(match.start()), sentence.index(match.end() - 2)
        items = sentence.items[first : last + 1]
        said = document.normal.text[items[0].start : items[-1].end]
        if _of_a_person(sentence, first, last) or _NOT.search(said):
            continue
        plain = "v:called" in match[0] and "đồng thời" not in match[0] and "kiêm" not in match[0]
        if plain and not re.search(r"mô hình|bố trí|nhất thể hóa|kiêm nhiệm", text[: items[0].start - sentence.start]):
            continue
        named = [_side(item, document) for item in items if item.symbol in ("C", "U", "K")]
        sides = [side for side in named if side is not None]
        span = (items[0].start, items[-1].end)
        evidence = Evidence(sentence.paragraph.number, *span, "stated", 0.85, "two-posts")
        around = key(document.normal.text[span[0] : min(span[1] + 24, sentence.end)])
        for model in _known_models(sides):
            if model.b_name and " ".join(key(model.b_name).split()[1:]) not in around:
                continue
            values = _values(document, sentence, model, span)
            if values["status"] == "policy" and carried == "in_force":
                values["status"] = carried
            carried = values["status"]
            yield values, evidence
    generic = _GENERIC.search(text)
    if generic:
        span = (sentence.start + generic.start(), sentence.start + generic.end("b"))
        name = f"Người đứng đầu {generic['a'].strip()} kiêm người đứng đầu {generic['b'].strip()}"
        values = {"model": "CM-" + key(generic["a"]).replace(" ", "-")[:40].upper(), "name": name}
        values |= {"status": _state(sentence, *span), "level": None}
        yield values, Evidence(sentence.paragraph.number, *span, "stated", 0.75, "generic-pair")


def _of_a_person(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the two posts are those of a person who is named beside them."""
    near = sentence.items[max(0, first - 3) : first] + sentence.items[last + 1 : last + 3]
    for item in near:
        if item.symbol == "N":
            return True
        if item.symbol in (";", ":"):
            return False
    return any(item.symbol == "N" for item in sentence.items[first : last + 1])


def _side(item: Item, document: Document) -> Side | None:
    value = item.value
    if isinstance(value, PostAt):
        unit = value.unit
        if unit is None and key(document.normal.text[item.end : item.end + 7]) == "chi bộ":
            return Side(value.title, "chi_bo", "hamlet")
        kind = unit.kind if unit is not None else _kind_of_title(value.title)
        return Side(value.title, kind, unit.level if unit is not None else None)
    kind = getattr(value, "kind", "")
    return Side("", kind, getattr(value, "level", None)) if kind in ("ubnd", "hdnd") else None


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
        for model in models():
            if _fits(first, titled, model) or _fits(titled, first, model):
                if model not in found:
                    found.append(model)
                break
    return found


def _fits(a: Side, b: Side, model: Model) -> bool:
    return _is(a, model.a_titles, model.a_kinds) and _is(b, model.b_titles, model.b_kinds)


def _is(side: Side, titles: Sequence[str], kinds: Sequence[str]) -> bool:
    if side.title not in titles:
        return False
    return side.kind in kinds or (not side.kind and side.title == "bi_thu" and "dang_uy" in kinds)


def _values(document: Document, sentence: Sentence, model: Model, span: tuple[int, int]) -> dict[str, Any]:
    values: dict[str, Any] = {"model": model.code, "status": _state(sentence, *span)}
    values["level"] = _level(sentence, model, span)
    before = [i for i in sentence.items if span[0] - 40 <= i.start and i.end <= span[0]][-4:]
    symbols = [i.symbol for i in before]
    if symbols[-3:-1] == ["#", "M"] or symbols[-2:] == ["#", "M"]:
        counted = before[symbols.index("#")].value
        if isinstance(counted, NumberAt) and values["status"] in ("policy", "in_force"):
            return {**values, "status": "in_force", "n": counted.value}
    clause = [i for i in sentence.items if span[1] <= i.start <= span[1] + 60]
    cut = next((n for n, i in enumerate(clause) if i.symbol == ";"), len(clause))
    clause = clause[:cut]
    number = next((i.value for i in clause if i.symbol == "#/"), None)
    if isinstance(number, NumberAt):
        values["n"], values["m"] = number.value, number.of
        if values["status"] == "policy":
            values["status"] = "in_force"
    else:
        count = next(
            (n for n in range(len(clause) - 1) if clause[n].symbol == "#" and clause[n + 1].symbol == "M"), None
        )
        counted = clause[count].value if count is not None else None
        if isinstance(counted, NumberAt) and values["status"] == "in_force":
            values["n"] = counted.value
    del document
    return values


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


def _state(sentence: Sentence, start: int, end: int) -> str:
    """The state that the words of the clause give: behind the posts first, then before them."""
    first = sentence.paragraph.start
    text = sentence.paragraph.text
    behind = _first_state(text, end - first, sentence.end - first)
    if behind and behind not in ("in_force", "policy"):
        return behind
    clause = max(text.rfind(";", 0, start - first), sentence.start - first - 1) + 1
    before = _last_state(text, clause, start - first)
    return before or behind or "policy"


def _first_state(text: str, start: int, end: int) -> str | None:
    if re.match(r"\s*[;.:]", text[start:end]):
        return None
    words = words_of(text, start, end)
    for at in range(min(len(words), 22)):
        if words[at].gap in (";", ".", ":") and at:
            return None
        match = _states().match(words, at)
        if match is not None:
            return match[0]
    return None


def _last_state(text: str, start: int, end: int) -> str | None:
    words = words_of(text, start, end)
    found = None
    for at in range(max(0, len(words) - 25), len(words)):
        match = _states().match(words, at)
        if match is not None and (found is None or match[0] != "in_force" or found == "in_force"):
            found = match[0]
    return found


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["model"] == other["model"] and one["status"] == other["status"] and one.get("n") == other.get("n")
