"""The words on a chart, in Vietnamese or English: labels.yaml and the vocabulary's code lists."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from graph.errors import UserError
from graph.packaged import packaged_yaml

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _labels() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = packaged_yaml("viz", "labels.yaml")
    return data


@lru_cache(maxsize=1)
def _english_titles() -> dict[str, str]:
    from graph import vocabulary

    return {entry.vi.casefold(): entry.en[:1].upper() + entry.en[1:] for entry in vocabulary.codes("titles").values()}


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

    def beginning(self, prefix: str) -> dict[str, str]:
        """The labels whose keys begin so, as they are written, by the rest of their keys."""
        return {key.removeprefix(prefix): words for key, words in self._words.items() if key.startswith(prefix)}

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

    def title(self, text: str) -> str:
        """A post's title as it is recorded; in English the vocabulary's word, where it has the title."""
        return text if self.lang == "vi" else _english_titles().get(text.casefold(), text)

    def model(self, code: str, own: str = "") -> str:
        """A concurrency model's code with its name: the vocabulary's, or that of the user's own model."""
        name = self.code("models", code)
        if name == code:
            name = own
        return f"{code}: {name}" if name else code
