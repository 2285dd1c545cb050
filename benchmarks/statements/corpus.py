"""A made-up country's statements of functions: the same seed gives the same texts, place by place.

What is assumed (`corpus.yaml` has the words):

- 34 provinces and 3,321 communes, as from 1 July 2025; the provinces' names are the real ones, the communes'
  are made of common syllables. A commune has fourteen organs with 292 statements in all, a province sixteen
  and their rooms with 940: one million statements.
- A decree sets the standard statements of every organ: an action and a matter of its field (six of ten), two
  matters (two of ten) or a list of three or four; every second one ends on the place or on a set phrase, one in
  ten so with the number of a document or an abbreviation with an ampersand.
- Each province words them in its own way: it has about a third of the habits of `wording`, and changes one
  statement in eight on its own. Its communes copy from the province.
- A commune fills in its name (three of four; the others write only "xã", "địa phương" or the province too),
  begins all statements of an organ in one way (half of the organs with a prefix), and has one habit of
  dashes, ending, shortening and tone marks. In 500 communes, 2 write everything decomposed (NFD), 1 without
  diacritics and 1 in capitals.
- What a text is numbered with ("1.", "a)") has been cut off before.
- One statement in ten differs in the commune itself: a slip of the keyboard, a matter added, another
  ending, or a matter that only this place has.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SEED = 2026
COMMUNES, STATEMENTS = 3_321, 1_000_000
ROOM = 4  # statements of a room
REWORDED, CHANGED_BY_PROVINCE, CHANGED_BY_COMMUNE, PREFIXED = 0.33, 0.125, 0.1, 0.5
_DASH = ["", "", "", "- ", "+ "]
_ENDING = ["", "", ";", ".", " ."]
_KINDS = ["xã"] * 79 + ["phường"] * 20 + ["đặc khu"]
_OLD_TONES = [("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("úy", "uý")]


class Locality(NamedTuple):
    """A province or commune and the statements of its organs."""

    name: str
    province: str
    texts: list[str]


@dataclass(frozen=True)
class _Organ:
    boss: str
    templates: tuple[str, ...]  # {place} is still open
    matters: tuple[str, ...]


def corpus(statements: int = STATEMENTS, seed: int = SEED) -> Iterator[Locality]:
    """Statements by place, each province before its communes, until there are as many as asked for."""
    parts = yaml.safe_load((Path(__file__).parent / "corpus.yaml").read_text(encoding="utf-8"))
    decree = random.Random(f"{seed} decree")
    communal = [_organ(parts, row, 0, decree) for row in parts["commune"]]
    provincial = [_organ(parts, row[:4], row[4] * ROOM, decree) for row in parts["province"]]
    names = [f"{kind} {name}" for kind, listed in parts["provinces"].items() for name in listed]
    left = statements
    for number, province in enumerate(names):
        own = random.Random(f"{seed} {province}")
        count = COMMUNES * (number + 1) // len(names) - COMMUNES * number // len(names)
        worded = [_worded(parts, organ, own) for organ in provincial]
        local = [_worded(parts, organ, own) for organ in communal]
        places = [(province, worded), *((name, local) for name in _communes(parts, count, own))]
        for name, organs in places:
            texts = _texts(parts, organs, name, province, random.Random(f"{seed} {province} {name}"))[:left]
            left -= len(texts)
            yield Locality(name, province, texts)
            if not left:
                return


def _organ(parts: dict[str, Any], row: list[Any], more: int, rng: random.Random) -> _Organ:
    _, boss, fields, count = row
    matters = [matter for field in fields for matter in parts["fields"][field]]
    made: dict[str, None] = {}
    while len(made) < count + more:
        made[_standard(parts, matters, rng)] = None
    return _Organ(boss, tuple(made), tuple(matters))


def _standard(parts: dict[str, Any], matters: list[str], rng: random.Random) -> str:
    action = rng.choice(rng.choice(list(parts["actions"].values())))
    shape = rng.random()
    if shape < 0.6:
        what = rng.choice(matters)
    elif shape < 0.8:
        what = " và ".join(rng.sample(matters, 2))
    else:
        what = ", ".join(rng.sample(matters, rng.choice((3, 3, 4))))
    return f"{action} {what}{rng.choice(parts['tails']) if rng.random() < 0.5 else ''}"


def _worded(parts: dict[str, Any], organ: _Organ, rng: random.Random) -> _Organ:
    habits = [pair for pair in parts["wording"] if rng.random() < REWORDED]
    found = []
    for template in organ.templates:
        if rng.random() < CHANGED_BY_PROVINCE:
            template = _changed(parts, organ, template, rng)
        for usual, instead in habits:
            template = template.replace(usual, instead, 1)
        found.append(template)
    return _Organ(organ.boss, tuple(found), organ.matters)


def _changed(parts: dict[str, Any], organ: _Organ, template: str, rng: random.Random) -> str:
    """One change as an editor makes it, in a statement whose place is still open."""
    if rng.random() < 0.5:
        return f"{template}, {rng.choice(organ.matters)}"
    for tail in parts["tails"]:
        template = template.removesuffix(tail)
    return template + rng.choice(parts["tails"])


def _communes(parts: dict[str, Any], count: int, rng: random.Random) -> list[str]:
    names = [f"{a} {b}" for a, b in product(parts["syllables"], repeat=2) if a != b]
    return [f"{rng.choice(_KINDS)} {name}" for name in rng.sample(names, count)]


def _texts(parts: dict[str, Any], organs: list[_Organ], name: str, province: str, rng: random.Random) -> list[str]:
    kind = " ".join(name.split(" ")[:-2]) or "tỉnh"
    form = rng.choices([name, kind, f"{name}, {province}", "địa phương"], [15, 3, 1, 1])[0]
    dash, ending = rng.choice(_DASH), rng.choice(_ENDING)
    shortens = rng.random() < 0.25
    found: list[str] = []
    for organ in organs:
        prefix = rng.choice(parts["prefixes"]).replace("{boss}", organ.boss) if rng.random() < PREFIXED else ""
        for template in organ.templates:
            if rng.random() < CHANGED_BY_COMMUNE:
                template = _local(parts, organ, template, rng)
            text = prefix + template[0].lower() + template[1:] if prefix else template
            text = text.replace("{place}", form)
            if shortens:
                for long, short in parts["short"]:
                    text = text.replace(long, short)
            if dash:
                text = dash + text
            found.append(text + ending)
    return _habit_of_hand(found, rng.random())


def _local(parts: dict[str, Any], organ: _Organ, template: str, rng: random.Random) -> str:
    what = rng.random()
    if what < 0.3:
        return _slip(template, rng)
    if what < 0.75:
        return _changed(parts, organ, template, rng)
    name = " ".join(rng.sample(parts["syllables"], 2))
    action = rng.choice(parts["actions"]["quan_ly"] + parts["actions"]["to_chuc"])
    return f"{action} {rng.choice(parts['own']).format(name=name)} trên địa bàn {{place}}"


def _slip(template: str, rng: random.Random) -> str:
    """A letter left out, doubled or swapped with the next, within a word and outside of {place}."""
    spots = range(1, template.find("{") - 2 if "{" in template else len(template) - 2)
    inside = [i for i in spots if template[i].isalpha() and template[i + 1].isalpha()]
    if not inside:
        return template
    at = rng.choice(inside)
    one, two = template[at], template[at + 1]
    return template[:at] + rng.choice((two, one + one + two, two + one)) + template[at + 2 :]


def _habit_of_hand(texts: list[str], habit: float) -> list[str]:
    if habit < 0.004:
        return [unicodedata.normalize("NFD", text) for text in texts]
    if habit < 0.006:
        bare = (unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")) for text in texts)
        return ["".join(c for c in text if not unicodedata.combining(c)) for text in bare]
    if habit < 0.008:
        return [text.upper() for text in texts]
    if habit < 0.1:
        for usual, old in _OLD_TONES:
            texts = [text.replace(usual, old) for text in texts]
    return texts
