"""The rules by which changes are found: data/rules.yaml, compiled once.

A pattern is a row of parts with a space between them:

    sáp_nhập           these words (as `graph.text.key` has them, _ for the space)
    <merge>            a word of that name in grammar.yaml; <merge!> the one that the change is about, giao! likewise;
                       <move/convert> a word of one of these names
    {inputs}           units, one or several; {inputs:1} one, {inputs:2} two at least, {inputs:y} one that may
                       stand behind thuộc, {inputs:p} places, {inputs:p1} one, {inputs:pp} two at least,
                       {inputs:l} a list that goes on behind semicolons
    U K D T # M Y P    one item of that kind
    ^                  the beginning of the sentence
    ~                  up to eight other items of the same clause; ~p no places; ~~ also behind commas and verbs
    &a                 this stands before
    !(a|b)             none of these follows;  =(a|b)  one of these follows, or the sentence ends
    (a|b)              one of these parts;  (a|b)!  the one that the change is about;  part?  may be missing

What a pattern cannot say stands beside it in the row:

    item_of            the word of the lead under which the rule finds items of a list (hợp nhất …: A và B thành C)
    inputs_are,        how units that the pattern does not catch are found: a name of loaders/reading/event_parties.py
    outputs_are
    least_inputs,      how many units the change needs before and after
    least_outputs
    of_one_kind        units of several kinds do not take part in it
    unnamed            it may name no unit at all while it is planned
    place_example,     the rule holds for places too, as they stand where the pattern has units; tried behind all
    place_not          others, under its name with -places
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from loaders.reading.named_rules import NamedRule, named_rules

_VERBS = "v:merge|v:dissolve|v:create|v:split|v:rename|v:pause|v:move"
_FILL = rf"(?:(?!(?:U|C|N|,|;|:|{_VERBS}) )\S+ ){{0,8}}?"
_FILL_NO_PLACE = _FILL.replace("U|C|N|", "U|C|N|P|")
_FILL_FAR = r"(?:(?!(?:U|;) )\S+ ){0,20}?"
_ABOVE = r"(?:\( (?!v:merge|v:new_unit)\S+ (?:(?!\) )\S+ ){0,9}?\) )?(?:(?:v:under |của )?Y )?(?:P )?"
_UNIT = rf"[UK] {_ABOVE}"
# what of a place goes over: một phần, toàn bộ 0,47 km2 diện tích tự nhiên, 10.257 người của, khu phố 1 và 2 của
_PORTION = r"(?=(?:toàn|một|phần|#|U|K|diện|các|thôn|ấp) )(?:(?!(?:C|N|P|;|v:\S+) )\S+ ){1,16}?của "
_SHARE = rf"(?:một phần |phần còn lại |toàn bộ |{_PORTION})?"
_PLACE = "P (?:(?:v:under |của )P )?"
_FURTHER_PLACE = rf"(?:, |và |với |, và |cùng |cùng với )(?:các |hai |# )?{_SHARE}{_PLACE}"
# a list is joined by commas first and by và or với at its end: "A và B, C đã …" is a list of two
_COMMA = r"(?:, |- |)(?:các |hai |# M : |: )?"
_AND = r"(?:, và |, cùng |, cùng với |và |với |cùng với |cùng )(?:với )?(?:các |hai |# M : |: )?"


@dataclass(frozen=True, kw_only=True)
class Rule(NamedRule):
    """One rule of change. Sentences without any of the symbols `needs` cannot fit."""

    kind: str
    needs: tuple[str, ...]
    status: str = ""
    confidence: float = 0.9
    basis: str = "stated"
    item_of: str = ""
    inputs_are: str = ""
    outputs_are: str = ""
    least_inputs: int = 1
    least_outputs: int = 0
    of_one_kind: bool = False
    unnamed: bool = False


def expression_of(pattern: str) -> str:
    """The regular expression, over the symbols of a sentence, of a pattern."""
    return r"(?<!\S)" + "".join(expression_of_part(part) for part in pattern.split())


def expression_of_part(part: str) -> str:
    """The regular expression of one part of a pattern."""
    if part.endswith("?"):
        return f"(?:{expression_of_part(part[:-1])})?"
    if part.startswith("(") and part.endswith(")!"):
        return f"(?P<verb>{expression_of_part(part[:-1])})"
    if part.startswith("(") and part.endswith(")"):
        return f"(?:{'|'.join(expression_of_part(each) for each in part[1:-1].split('|'))})"
    if part == "^":
        return r"\A"
    if part == "~":
        return _FILL
    if part == "~p":
        return _FILL_NO_PLACE
    if part == "~~":
        return _FILL_FAR
    if part.startswith("<"):
        names = f"v:(?:{part[1:-1].rstrip('!').replace('/', '|')})"
        return f"(?P<verb>{names}) " if part.endswith("!>") else f"{names} "
    if part.startswith("="):
        return rf"(?={expression_of_part(part[1:])}|\Z)"
    if part.startswith("&"):
        return f"(?<={expression_of_part(part[1:])})"
    if part.startswith("!"):
        return f"(?!{expression_of_part(part[1:])})"
    if part.startswith("{"):
        name, _, count = part[1:-1].partition(":")
        if count == "p":
            return rf"(?P<{name}>{_PLACE}(?:{_FURTHER_PLACE}){{0,12}})"
        if count == "p1":
            return rf"(?P<{name}>{_PLACE})"
        if count == "pp":
            return rf"(?P<{name}>{_PLACE}(?:{_FURTHER_PLACE}){{1,12}})"
        if count == "y":
            return rf"(?P<{name}>[UY] {_ABOVE})"
        if count == "1":
            return rf"(?P<{name}>{_UNIT})"
        joined = rf"{_UNIT}(?:{_COMMA}{_UNIT}){{0,14}}(?:{_AND}{_UNIT}){{0,4}}"
        if count == "2":
            joined = rf"{_UNIT}(?:(?:{_COMMA}{_UNIT}){{1,14}}(?:{_AND}{_UNIT}){{0,4}}|(?:{_AND}{_UNIT}){{1,4}})"
        if count == "l":
            # what stands between semicolons goes on with the list only where it has no verb of its own
            further = rf"{_UNIT}(?:{_COMMA}{_UNIT}){{0,14}}(?:{_AND}{_UNIT}){{0,4}}"
            return rf"(?:: )?(?P<{name}>{joined}(?:; (?:và )?{further}(?=; |\Z)){{0,8}})"
        # semicolons make a list only of three and more; else they begin another clause
        by_semicolons = rf"{_UNIT}(?:(?:; và |; ){_UNIT}){{2,15}}"
        return rf"(?:: )?(?P<{name}>{by_semicolons}|{joined})"
    if part.endswith("!"):
        return f"(?P<verb>{re.escape(part[:-1].replace('_', ' '))}) "
    return re.escape(part.replace("_", " ")) + " "


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules for changes, in the order in which they are tried."""
    rows = packaged_yaml("loaders", "reading", "data", "rules.yaml")
    of_places = [_of_places(row) for row in rows if "place_example" in row]
    return named_rules(
        Rule,
        [{name: row[name] for name in row if name not in _PLACE_COLUMNS} for row in (*rows, *of_places)],
        pattern=lambda row: re.compile(expression_of(row["pattern"])),
        needs=lambda row: _needed(row["pattern"]),
        item_of=lambda row: f"v:{row['item_of']}" if "item_of" in row else "",
    )


_PLACE_COLUMNS = ("place_example", "place_not")
_UNITS = re.compile(r"\{(inputs|more|outputs)(?::(\w))?\}")
# so many units → so many places
_COUNTED = {"1": ":p1}", "2": ":pp}"}


def _of_places(row: dict[str, Any]) -> dict[str, Any]:
    """The row of the same rule for places; no further place stands between those that take part."""
    counted = _UNITS.sub(lambda each: "{" + each[1] + _COUNTED.get(each[2], ":p}"), row["pattern"])
    return {
        **row,
        "name": f"{row['name']}-places",
        "pattern": " ".join("~p" if part == "~" else part for part in counted.split()),
        "example": row["place_example"],
        "not": row["place_not"],
    }


def _needed(pattern: str) -> tuple[str, ...]:
    """The symbols one of which stands where the pattern has the part that the change is about."""
    for part in pattern.split():
        if part.startswith("<") and part.endswith("!>"):
            return tuple(f"v:{name} " for name in part[1:-2].split("/"))
        if part.startswith("(") and part.endswith(")!"):
            each = part[1:-2].split("|")
            return tuple(f"v:{word[1:-1]} " if word.startswith("<") else f"{word.replace('_', ' ')} " for word in each)
        if part.endswith("!"):
            return (f"{part[:-1].replace('_', ' ')} ",)
    return ()


# words that tell a change though the grammar has no name for them
_SAYING = ("v:", "giảm", "lập ", "nhận ", "giao ", "tự chủ ", "không còn ", "tên ", "U với U ", "P với P ")
_BECOMING = re.compile("v:becoming ")
_RENAMED = re.compile("v:rename ")
_INTO = re.compile("v:into ")


def matches(symbols: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """What the rules find in the symbols of a sentence; a verb is used by the first rule that fits."""
    if not any(word in symbols for word in _SAYING):
        return
    used: set[int] = set()
    for rule in rules():
        if rule.needs and not any(symbol in symbols for symbol in rule.needs):
            continue
        at = 0
        while found := rule.pattern.search(symbols, at):
            verb = found.start("verb") if "verb" in rule.pattern.groupindex else found.start()
            if verb not in used:
                used.add(verb)
                # "thành" and "đổi tên thành" are part of this change, and none of their own (A được chuyển về B để
                # thành lập C)
                used.update(each.start() for each in _BECOMING.finditer(symbols, found.start(), found.end()))
                if rule.kind == "merge":
                    used.update(each.start() for each in _RENAMED.finditer(symbols, found.start(), found.end()))
                if rule.kind == "move":  # chuyển A, B về trực thuộc C: "về" is none of B alone
                    used.update(each.start() for each in _INTO.finditer(symbols, verb, found.end()))
                yield rule, found
                at = max(found.end() - 2, found.start() + 1)
            else:
                at = max(verb, found.start()) + 1
            at = _next_item(symbols, at)


def _next_item(symbols: str, at: int) -> int:
    """The beginning of the item that begins at the offset or behind it."""
    if at == 0 or symbols[at - 1 : at] == " ":
        return at
    following = symbols.find(" ", at)
    return len(symbols) if following < 0 else following + 1
