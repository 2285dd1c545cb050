"""The texts that the analyses show, in Vietnamese and English, from labels.yaml beside this file."""

from __future__ import annotations

from typing import Any

from graph.packaged import packaged_yaml

LANGUAGES = ("vi", "en")


def labels() -> dict[str, Any]:
    """The whole file."""
    content: dict[str, Any] = packaged_yaml("queries", "labels.yaml")
    return content


def check_text(code: str, part: str, lang: str) -> str:
    """The pattern of a check's `message` or `remedy` in one of the languages."""
    return str(labels()["checks"][code][part][lang])


def severity(code: str) -> str:
    """error, warning or info."""
    return str(labels()["checks"][code]["severity"])
