"""A page as one HTML file that needs nothing else, made from packaged sources.

The page may run only the script and the styles that are written in it (their digests are in its content security
policy) and may load nothing. Data goes in as JSON in which nothing can end the element it is in.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def json_text(data: object) -> str:
    """Compact JSON that can stand in a script element: no `</script`, no `<!--`, no line separators."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def policy(script: str, styles: Sequence[str], more: str = "") -> str:
    """Only what is in the page, by its digest; no network at all. `more` are further directives."""
    allowed = " ".join(_digest(style) for style in styles)
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src {allowed}; {more}"
        "base-uri 'none'; form-action 'none'"
    )


@cache
def script(*paths: str) -> str:
    """The scripts under viz/, one after the other, as one that leaves nothing global."""
    return '"use strict";\n(() => {\n' + "\n".join(source(path) for path in paths) + "})();\n"


@cache
def source(path: str) -> str:
    """A packaged source, by its path under viz/."""
    return resources.files("viz").joinpath(*path.split("/")).read_text(encoding="utf-8")


def fill(template: str, values: Mapping[str, str]) -> bytes:
    """The template with a value in the place of each {{name}}, as the bytes of a file."""
    parts = template.split("{{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}}")
        filled += [values[name], rest]
    return "".join(filled).encode("utf-8", "replace")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
