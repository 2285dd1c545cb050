"""The texts that the analyses show, in Vietnamese and English, from labels.yaml beside this file."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

LANGUAGES = ("vi", "en")


@lru_cache(maxsize=1)
def labels() -> dict[str, Any]:
    """The whole file."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files("queries").joinpath("labels.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader, the C one if built)
    return content


def check_text(code: str, part: str, lang: str) -> str:
    """The pattern of a check's `message` or `remedy` in one of the languages."""
    return str(labels()["checks"][code][part][lang])


def severity(code: str) -> str:
    """error, warning or info."""
    return str(labels()["checks"][code]["severity"])
