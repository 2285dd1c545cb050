"""A history as tables of whole numbers: columns by name, texts by their number in one list.

Days are counted from 1970-01-01; an unknown start is FIRST and no end is LAST. A row is known by its
number in its table; columns that name another table's rows hold these numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from graph.text import nfc, search_key
from queries.timeline.at import Days
from queries.timeline.types import Life
from viz.explorer.states import BEGINNING, States
from viz.labels import Labels

FIRST, LAST = -999_999, 999_999
_EPOCH = dt.date(1970, 1, 1).toordinal()
_ROLES = ("head", "standing_deputy", "deputy")
_WEB = ("https://", "http://")  # other addresses could run something
Columns = dict[str, list[int]]


class Texts:
    """Texts, each once; number 0 is the empty one."""

    def __init__(self) -> None:
        self.list: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}

    def __call__(self, text: str) -> int:
        """The number of a text."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.list)
            self.list.append(text)
        return number


def day(date: dt.date | None, absent: int = FIRST) -> int:
    """A day as a number."""
    return absent if date is None or date == BEGINNING else date.toordinal() - _EPOCH


class Tables:
    """Everything of a history that the page needs, except how the boxes look."""

    def __init__(self, days: Days, found: States, labels: Labels) -> None:
        self.days, self.timeline, self.labels, self.found = days, days.timeline, labels, found
        self.text = Texts()
        root = self.timeline.root
        self.units = [root, *sorted((u for u in self.timeline.units if u != root), key=days.rank.__getitem__)]
        self.unit = {unit: number for number, unit in enumerate(self.units)}
        self.posts = [post for post in self.timeline.posts.values() if post.unit in self.unit]
        self._post = {post.id: number for number, post in enumerate(self.posts)}
        self.people = list(dict.fromkeys(tenure.person for tenure in self.timeline.tenures))
        self._person = {person: number for number, person in enumerate(self.people)}
        self._documents = {id_: number for number, id_ in enumerate(self.timeline.sources)}
        self._cites: dict[str, list[int]] = {}
        self._citation_numbers: dict[tuple[int, int, int], int] = {}

    def tables(self) -> dict[str, Any]:
        """All tables by name, and `evidence`: by table and row the numbers of the citations."""
        self._read_citations()
        timeline = self.timeline
        tenures = [tenure for tenure in timeline.tenures if tenure.post in self._post]
        evidence = {
            "units": self._evidence([[unit] for unit in self.units]),
            "lines": self._evidence([[line.id] for line in self.days.lines]),
            "posts": self._evidence([[post.id] for post in self.posts]),
            "tenures": self._evidence([[tenure.id] for tenure in tenures]),
            "duties": self._evidence([[duty.id, duty.function] for duty in timeline.duties]),
            "events": self._evidence([[event.id] for event in timeline.events]),
            "ties": self._evidence([[tie.id] for tie in timeline.ties]),
        }
        return {
            "units": self._units(),
            "former": self._former(),
            "lines": self._ends([(line.start, line.end, line.life) for line in self.days.lines]),
            "ties": {
                **self._ends([(tie.start, tie.end, tie.life) for tie in timeline.ties]),
                "kind": [self.text(tie.kind) for tie in timeline.ties],
                "label": self._labels("relation_kinds", [tie.kind for tie in timeline.ties]),
            },
            "posts": self._posts(),
            "people": {
                "name": [self.text(name) for name in self._names_of_people()],
                "key": [self.text(search_key(name)) for name in self._names_of_people()],
                "mark": [self.found.marks.get(person, 0) for person in self.people],
            },
            "tenures": {
                "person": [self._person[tenure.person] for tenure in tenures],
                "post": [self._post[tenure.post] for tenure in tenures],
                "mode": [self._mode(tenure.mode) for tenure in tenures],
                "basis": [self._basis(tenure.basis) for tenure in tenures],
                **self._lives([tenure.life for tenure in tenures]),
            },
            "duties": self._duties(),
            "events": self._events(),
            "cites": {
                name: [key[place] for key in self._citation_numbers]
                for place, name in enumerate(("document", "at", "basis"))
            },
            "documents": self._sources(),
            "forms": [
                [self._person[person], day(start), self._form(form), self._models(models)]
                for person, known in self.found.forms.items()
                for start, form, models in known
            ],
            "evidence": evidence,
        }

    def _units(self) -> Columns:
        known = [self.timeline.units[unit] for unit in self.units]
        return {
            "id": [self.text(unit.id) for unit in known],
            "name": [self.text(nfc(unit.names[-1][1])) for unit in known],
            "key": [self.text(search_key(unit.names[-1][1])) for unit in known],
            "kind": self._labels("unit_kinds", [unit.kind for unit in known]),
            "level": self._labels("levels", [unit.level for unit in known]),
            "system": self._labels("systems", [unit.system for unit in known]),
            "basis": [self._basis(unit.basis) for unit in known],
            "temporary": [int(unit.temporary) for unit in known],
            **self._lives([unit.life for unit in known]),
        }

    def _former(self) -> dict[int, list[list[int]]]:
        """By unit: [in use until, name, key]; other names in use until FIRST."""
        found = {}
        for number, unit in enumerate(self.timeline.units[unit] for unit in self.units):
            names = [(day(until, LAST), name) for until, name in unit.names[:-1]]
            names += [(FIRST, name) for name in unit.others]
            if names:
                found[number] = [[until, self.text(nfc(name)), self.text(search_key(name))] for until, name in names]
        return found

    def _posts(self) -> Columns:
        return {
            "unit": [self.unit[post.unit] for post in self.posts],
            "title": [self.text(self.labels.title(nfc(post.title))) for post in self.posts],
            "role": [_ROLES.index(p.role) if p.role in _ROLES else len(_ROLES) for p in self.posts],
            **self._lives([post.life for post in self.posts]),
        }

    def _names_of_people(self) -> list[str]:
        names = {tenure.person: nfc(tenure.name) for tenure in self.timeline.tenures}
        return [names[person] for person in self.people]

    def _duties(self) -> Columns:
        duties = self.timeline.duties
        fields = [", ".join(self.labels.code("fields", code) for code in duty.fields) for duty in duties]
        return {
            "unit": [self.unit[duty.unit] for duty in duties],
            "text": [self.text(nfc(duty.text)) for duty in duties],
            "kind": self._labels("function_kinds", [duty.kind for duty in duties]),
            "fields": [self.text(names) for names in fields],
            "role": self._labels("performing_roles", [duty.role for duty in duties]),
            **self._lives([duty.life for duty in duties]),
        }

    def _events(self) -> dict[str, Any]:
        events = self.timeline.events
        return {
            "kind": self._labels("event_kinds", [event.kind for event in events]),
            "status": self._labels("event_statuses", [event.status for event in events]),
            "title": [self.text(nfc(event.title)) for event in events],
            "day": [day(event.date) for event in events],
            "about": self._labels("precision", ["" if e.precision == "day" else e.precision for e in events]),
            "into": [[self.unit[unit] for unit in event.inputs] for event in events],
            "out": [[self.unit[unit] for unit in event.outputs] for event in events],
        }

    def _sources(self) -> Columns:
        known = self.timeline.sources.values()
        return {
            "number": [self.text(source.number) for source in known],
            "title": [self.text(source.title or ("" if source.number else source.id)) for source in known],
            "day": [day(source.issued) for source in known],
            "url": [self.text(source.url if source.url.startswith(_WEB) else "") for source in known],
        }

    def _read_citations(self) -> None:
        numbers = self._citation_numbers
        for cited in self.timeline.citations:
            basis = self.text(self.labels.code("basis", cited.basis))
            key = (self._documents[cited.document], self.text(cited.at), basis)
            self._cites.setdefault(cited.fact, []).append(numbers.setdefault(key, len(numbers)))

    def _evidence(self, facts: Iterable[Sequence[str]]) -> dict[int, list[int]]:
        found = {}
        for row, ids in enumerate(facts):
            cites = [number for id_ in ids for number in self._cites.get(id_, ())]
            if cites:
                found[row] = list(dict.fromkeys(cites))
        return found

    def _ends(self, ties: Sequence[tuple[str, str, Life]]) -> Columns:
        return {
            "start": [self.unit[start] for start, _, _ in ties],
            "end": [self.unit[end] for _, end, _ in ties],
            **self._lives([life for _, _, life in ties]),
        }

    @staticmethod
    def _lives(lives: Sequence[Life]) -> Columns:
        return {"from": [day(life.start) for life in lives], "to": [day(life.end, LAST) for life in lives]}

    def _labels(self, code_list: str, codes: Sequence[str]) -> list[int]:
        numbers = {code: self.text(self.labels.code(code_list, code) if code else "") for code in dict.fromkeys(codes)}
        return [numbers[code] for code in codes]

    def _basis(self, basis: str) -> int:
        return self.text(self.labels.code("basis", basis)) if basis in ("inferred", "deduced") else 0

    def _mode(self, mode: str) -> int:
        return 0 if mode == "full" else self.text(self.labels.code("holding_modes", mode))

    def _form(self, form: str) -> int:
        return self.text(self.labels.code("concurrency_forms", form)) if form else 0

    def _models(self, models: str) -> int:
        return self.text("; ".join(self.labels.model(code) for code in models.split(", ") if code))
