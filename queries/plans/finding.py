"""What a check of a plan reports; the words are in queries/data/plan_findings.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.packaged import packaged_yaml
from graph.vocabulary import Rule

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One thing to look at before a plan is adopted."""

    code: str  # a key of plan_findings.yaml
    what: str  # the unit, person or function by name
    ids: tuple[str, ...]
    steps: tuple[int, ...] = ()
    rule: Rule | None = field(default=None, hash=False)
    certain: bool = True  # False: the rule has exceptions, or was not read in its text
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    values_vi: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def severity(self) -> str:
        """error, warning or info."""
        known: str = _texts()[self.code]["severity"]
        return "warning" if known == "error" and not self.certain else known

    @property
    def source(self) -> str:
        """The document that the finding rests on; empty where it is the graph itself."""
        return self.rule.source if self.rule else ""

    def message(self, lang: str = "vi") -> str:
        """What was found, in Vietnamese (vi) or English (en)."""
        return self._filled("message", lang)

    def remedy(self, lang: str = "vi") -> str:
        """What to do about it."""
        return self._filled("remedy", lang)

    def _filled(self, part: str, lang: str) -> str:
        values = {**self.values, **(self.values_vi if lang == "vi" else {})}
        pattern: str = _texts()[self.code][part][lang]
        return pattern.format(what=self.what, **values)


def _texts() -> dict[str, Any]:
    found: dict[str, Any] = packaged_yaml("queries", "data", "plan_findings.yaml")
    return found


def number(value: float | None) -> str:
    """A number without a needless .0, decimals with a comma."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}".rstrip("0").replace(".", ",")
