"""Text of a page that no reader sees: hidden by an attribute or a style, too small, or white on white."""

from __future__ import annotations

import re
from typing import Any

_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*(?:0|1|0?\.\d+)(?:\s*(?:px|pt|em|rem|%))?\s*(?:;|!|$)"
    r"|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*0|(?:max-)?height\s*:\s*0(?:px)?\s*;[^}]*overflow\s*:\s*hidden",
    re.I,
)
_LIGHT = re.compile(
    r"(?<![\w-])color\s*:\s*"
    r"(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5])",
    re.I,
)
_GROUND = re.compile(
    r"background(?:-color|-image)?\s*:\s*(?!\s*(?:#fff(?:fff)?\b|white|none|transparent|inherit))", re.I
)
_AT_BLOCK = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_SIMPLE = re.compile(r"([a-z0-9]*)([.#])([\w-]+)$", re.I)


def drop_hidden(tree: Any) -> int:
    """Take out what is hidden; the number of characters that were in it."""
    classes, ids = _rules(tree)
    hidden = 0
    rest = [tree]
    while rest:
        element = rest.pop()
        if not isinstance(element.tag, str) or element.tag in ("head", "script", "style", "noscript", "template"):
            continue
        if element.tag not in ("html", "body") and element is not tree and _is_hidden(element, classes, ids):
            hidden += len(" ".join("".join(element.itertext()).split()))
            element.drop_tree()
        else:
            rest += list(element)
    return hidden


def _rules(tree: Any) -> tuple[dict[str, str], dict[str, str]]:
    """What the page's own styles say of classes and ids that they hide or whiten."""
    classes: dict[str, str] = {}
    ids: dict[str, str] = {}
    for style in tree.iter("style"):
        # what is said for a printer or a narrow window does not hold for the page
        for selectors, body in _RULE.findall(_AT_BLOCK.sub(" ", style.text or "")):
            if not (_HIDES.search(body) or _LIGHT.search(body) or _GROUND.search(body)):
                continue
            for selector in selectors.split(","):
                match = _SIMPLE.match(selector.strip())
                if match:
                    named = classes if match[2] == "." else ids
                    named[match[3]] = f"{named.get(match[3], '')};{body}"
    return classes, ids


def _style(element: Any, classes: dict[str, str], ids: dict[str, str]) -> str:
    own = element.get("style") or ""
    if not classes and not ids:
        return own
    named = [classes[name] for name in (element.get("class") or "").split() if name in classes]
    return ";".join([*named, ids.get(element.get("id") or "", ""), own])


def _is_hidden(element: Any, classes: dict[str, str], ids: dict[str, str]) -> bool:
    if element.get("hidden") is not None or (element.tag == "input" and element.get("type") == "hidden"):
        return True
    style = _style(element, classes, ids)
    if not style and element.get("color") is None:
        return False
    if _HIDES.search(style):
        return True
    white = _LIGHT.search(style) or (element.get("color") or "").lower() in ("white", "#ffffff", "#fff")
    if not white:
        return False
    around = (element, *element.iterancestors())
    return not any(each.get("bgcolor") or _GROUND.search(_style(each, classes, ids)) for each in around)
