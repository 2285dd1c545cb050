"""Words of the command line for its users, in one file: labels.yaml."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


def label(name: str, lang: str = "vi") -> str:
    """The label in the language; KeyError for a name that labels.yaml does not have."""
    return _labels()[name][lang]


@lru_cache(maxsize=1)
def _labels() -> dict[str, dict[str, str]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files("bomay").joinpath("labels.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader)
    return found
