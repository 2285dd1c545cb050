"""The automatic numbers of Word: they are not in the text of a paragraph but counted when it is shown."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MOST_STYLES = 20


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: `decimal`, `Điều %1.`, where it starts."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._seen: set[tuple[str, int]] = set()
        self._styles: dict[str, Any] = {}
        if styles is not None:
            self._styles = {str(style.get(f"{W}styleId")): style for style in styles.iter(f"{W}style")}
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = {_int(level.get(f"{W}ilvl")): _level(level) for level in abstract.findall(f"{W}lvl")}
            self._levels[str(abstract.get(f"{W}abstractNumId"))] = levels
        for each in numbering.iter(f"{W}num"):
            id_ = str(each.get(f"{W}numId"))
            self._abstract[id_] = _value(each, "abstractNumId")
            for override in each.findall(f"{W}lvlOverride"):
                start = _value(override, "startOverride")
                if start:
                    self._restarts.setdefault(id_, {})[_int(override.get(f"{W}ilvl"))] = _int(start, 1)

    def style_name(self, paragraph: Any) -> str:
        """The name of the paragraph's style; empty for the usual one."""
        style = self._styles.get(_style(paragraph))
        return _value(style, "name") if style is not None else ""

    def number(self, paragraph: Any) -> str:
        """What Word shows before a paragraph: "Điều 3.", "a)", "-"; empty where it is not numbered."""
        id_, depth = self._of(paragraph)
        abstract = self._abstract.get(id_, "")
        level = self._levels.get(abstract, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts[abstract]
        restart = self._restarts.get(id_, {}).get(depth)
        if restart is not None and (id_, depth) not in self._seen:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        self._seen.add((id_, depth))
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "-"
        levels = self._levels[abstract]

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = levels[at].form if at in levels else "decimal"
            return written(counts.get(at, levels[at].start if at in levels else 1), form)

        return "" if level.form == "none" else re.sub(r"%(\d)", shown, level.text).strip()

    def _of(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph, its own or its style's."""
        look = paragraph.find(f"{W}pPr")
        own = look.find(f"{W}numPr") if look is not None else None
        if own is not None and _value(own, "numId"):
            return _value(own, "numId"), _int(_value(own, "ilvl"))
        depth = _int(_value(own, "ilvl")) if own is not None else None
        style = _style(paragraph)
        for _ in range(_MOST_STYLES):
            element = self._styles.get(style)
            if element is None:
                break
            found = element.find(f"{W}pPr/{W}numPr")
            if found is not None and _value(found, "numId"):
                return _value(found, "numId"), depth if depth is not None else _int(_value(found, "ilvl"))
            style = _value(element, "basedOn")
        return "", 0


def written(number: int, form: str) -> str:
    """A number as Word writes it in a form: decimal, lowerLetter, upperRoman …"""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        rest, text = number, ""
        for value, sign in _ROMAN:
            text += sign * (rest // value)
            rest %= value
        return text.lower() if form == "lowerRoman" else text
    return f"{number:02}" if form == "decimalZero" else str(number)


def _level(level: Any) -> _Level:
    return _Level(_value(level, "numFmt") or "decimal", _value(level, "lvlText"), _int(_value(level, "start"), 1))


def _style(paragraph: Any) -> str:
    look = paragraph.find(f"{W}pPr")
    return _value(look, "pStyle") if look is not None else ""


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}")
    return str(found.get(f"{W}val") or "") if found is not None else ""


def _int(text: str | None, otherwise: int = 0) -> int:
    return min(int(text), 100_000) if text and text.isdigit() else otherwise
