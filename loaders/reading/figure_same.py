"""Which figures of a document are one: told again, not of another unit or of something else."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from graph.text import key
from loaders.reading.document import Document
from loaders.reading.facts import Fact


def is_another(fact: Fact, told: Fact) -> bool:
    """Whether two figures with equal numbers are of different units (Sở A giảm 2 phòng, Sở B giảm 2 phòng) or count
    different things; in another paragraph the same is only said again, unless it is of another place or unit that is
    named right before it."""
    one, other = fact.values, told.values
    if fact.evidence.paragraph != told.evidence.paragraph:
        whose = one["_whose"], other["_whose"]
        return (all(whose) and whose[0] != whose[1]) or (one["measure"] in _KINDS_APART and _other_kinds(one, other))
    return bool(one["about"] and other["about"] and one["about"] != other["about"]) or (
        one["measure"] != "share" and key(one["unit_of_count"]) != key(other["unit_of_count"])
    )


# 1 trường, 1 trung tâm: of one measure, and not the same
_KINDS_APART = frozenset(("service_units", "divisions"))


def _other_kinds(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two figures count different kinds of units: none of the nouns is a part of the other."""
    a, b = key(one["unit_of_count"]), key(other["unit_of_count"])
    return a not in b and b not in a


_LONGEST_HEADING = 80
_LEAST_TEXT = 120
_ITEM = re.compile(r"\W*[-+•*–|]|\s*(?:\d{1,2}|[a-zđ])[.)]|.*[.,;:!?…|]\s*\Z", re.S)
# one of them stands for the other: giảm 5 sở, below it giảm 5 cơ quan
_UNITS = frozenset(("units", "organs", "departments"))


def subheadings(document: Document) -> frozenset[int]:
    """The numbers of the short lines over the parts of an article: Tỉnh A giảm 5 sở, over a paragraph of text."""
    return frozenset(
        p.number
        for p, following in pairwise(document.paragraphs)
        if len(p.text) <= _LONGEST_HEADING and not _ITEM.match(p.text) and len(following.text) >= _LEAST_TEXT
    )


def is_told_below(heading: Fact, fact: Fact) -> bool:
    """Whether a figure of the text is that of the line over it, with another word for the units."""
    one, other = heading.values, fact.values
    units = one["measure"] in _UNITS and other["measure"] in _UNITS
    return units and all(one.get(name) == other.get(name) for name in ("direction", "value", "state"))


def same_number(fact: Fact, told: Fact) -> bool:
    """Whether the text has the number of a title: exactly, or where one of them is not exact, nearly."""
    wanted = float(told.values["value"])
    near = 0.1 * wanted if fact.values["approximate"] or told.values["approximate"] else 0.0
    numbers = [fact.values.get(name) for name in ("value", "from_value", "to_value", "of")]
    return any(abs(float(number) - wanted) <= near for number in numbers if number is not None)
