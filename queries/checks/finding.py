"""What a check reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from queries import labels

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One thing that the owner of the data should look at."""

    code: str  # a key of `checks` in labels.yaml
    what: str  # the unit, person, figure … by name
    ids: tuple[str, ...]  # of the nodes and relationships concerned
    values: dict[str, str] = field(default_factory=dict, hash=False)  # fill the pattern of the message

    @property
    def severity(self) -> str:
        """error, warning or info."""
        return labels.severity(self.code)

    def message(self, lang: str = "vi") -> str:
        """What was found, in Vietnamese (vi) or English (en)."""
        return labels.check_text(self.code, "message", lang).format(what=self.what, **self.values)

    def remedy(self, lang: str = "vi") -> str:
        """How to mend it."""
        return labels.check_text(self.code, "remedy", lang).format(what=self.what, **self.values)


def listed(names: Sequence[str], most: int = 5) -> str:
    """Some names for a message; the rest is counted."""
    shown = "; ".join(names[:most])
    return shown if len(names) <= most else f"{shown}; … (+{len(names) - most})"


def number(value: float | int | None) -> str:
    """A number without a needless .0."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else str(value)
