"""Data files that come with the packages."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


@cache
def packaged_yaml(package: str, *path: str) -> Any:
    """The content of a YAML file of a package, read once; not to be changed by the caller."""
    import yaml

    # the C loader where it is built: an order of magnitude faster
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files(package).joinpath(*path).read_text(encoding="utf-8")
    return yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader)
