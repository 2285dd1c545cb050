"""Words of the command line for its users, in one file: labels.yaml."""

from __future__ import annotations

from graph.packaged import packaged_yaml


def label(name: str, lang: str = "vi") -> str:
    """The label in the language; KeyError for a name that labels.yaml does not have."""
    found: dict[str, dict[str, str]] = packaged_yaml("bomay", "labels.yaml")
    return found[name][lang]
