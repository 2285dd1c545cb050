"""The words on a chart, in Vietnamese or English: labels.yaml and the vocabulary's code lists."""

from __future__ import annotations

import datetime as dt

from graph.errors import UserError
from graph.packaged import packaged_yaml

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _labels() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = packaged_yaml("viz", "labels.yaml")
    return data


class Labels:
    """The words in one language.

    Raises:
        UserError: there are no words in that language.
    """

    def __init__(self, lang: str) -> None:
        if lang not in _labels():
            raise UserError(f"no chart labels in {lang!r}", f"allowed: {', '.join(_labels())}")
        self.lang = lang
        self._words = _labels()[lang]

    def __call__(self, key: str, /, **values: object) -> str:
        """The label `key` with the values filled in."""
        return self._words[key].format(**values) if values else self._words[key]

    def date(self, on: dt.date) -> str:
        """A day as it is written: ngày 09/10/2019, 9 October 2019."""
        return self("date", day=on.day, month=on.month, year=on.year, month_name=_MONTHS[on.month - 1])

    def number(self, value: int) -> str:
        """A whole number with its thousands: 1.381 in Vietnamese, 1,381 in English."""
        text = f"{value:,}"
        return text.replace(",", ".") if self.lang == "vi" else text

    def code(self, code_list: str, code: str) -> str:
        """The vocabulary's label for a code; an unknown code stands for itself."""
        from graph import vocabulary

        entry = vocabulary.codes(code_list).get(code)
        if entry is None:
            return code
        return str(entry.vi if self.lang == "vi" else entry.en)

    def model(self, code: str) -> str:
        """A concurrency model's code with its name, where the vocabulary knows it."""
        from graph import vocabulary

        names = [model.name for model in vocabulary.models() if model.code == code]
        return f"{code}: {names[0]}" if names else code
