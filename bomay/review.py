"""The parts of a review put together: proposals, their sources, what the graph has, as cards to be shown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import NothingFound, UserError
from graph.text import key
from graph.vocabulary import codes, label
from loaders.headers import sheets
from loaders.review.groups import Conflict, Groups, date_of, life
from loaders.review.proposals import Proposal, Proposals, Span, name_key, name_of
from viz.review.page import Card, Choice, Review, Text, words

if TYPE_CHECKING:
    from graph.store import Store
    from queries.likely import Candidate, Contradiction, Post, Wanted

_LABELS = {"units": "Unit", "places": "Place", "people": "Person"}
_FROM_NAME = re.compile(r"^Đọc từ (.+)$")
_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s|\n")
_NOT_EDITED = ("id", "document", "at", "quote")
_WITHOUT_NAME = {
    "holdings": ("person", "title", "unit"),
    "memberships": ("person", "as_written", "unit"),
    "transfers": ("what", "from", "to"),
}


@dataclass
class Stored:
    """What the graph has to say about proposals, by their keys."""

    candidates: dict[str, list[Candidate]]
    contradictions: dict[str, list[Contradiction]]


def make_review(proposals: Proposals, texts: dict[str, str], store: Store | None, lang: str) -> Review:
    """All that is shown of a file of proposals; `texts` are the full texts of documents by their ids."""
    groups = Groups(proposals)
    said = words(lang)
    number = {proposal.key: n for n, group in enumerate(groups.same) for proposal in group}
    first = {proposal.key: group[0] for group in groups.same for proposal in group[1:]}
    among: dict[str, list[str]] = defaultdict(list)
    for conflict in groups.conflicts:
        for one, text in _conflict_texts(proposals, conflict, said):
            among[one].append(text)
    stored = ask_graph(proposals, store) if store is not None else Stored({}, {})
    remarks = _remarks(proposals)
    cards: list[Card] = []
    for proposal in _in_order(proposals, groups):
        against = [
            said["conflict_text"].format(
                what=said[f"what.{each.what}"],
                first=_code(each.what, each.proposed, lang),
                where=said["in_graph"],
                second=_code(each.what, each.stored, lang),
            )
            for each in stored.contradictions.get(proposal.key, [])
        ]
        card = _card(proposals, proposal, lang)
        card.group = number.get(proposal.key, -1)
        card.conflicts = list(dict.fromkeys([*among[proposal.key], *against, *remarks.get(proposal.id, [])]))
        if proposal.key in first and first[proposal.key].id not in ("", proposal.id):
            twin = first[proposal.key]
            card.choices.append(Choice(twin.id, name_of(twin), said["in_file"], [], in_graph=False))
        candidates = [c for c in stored.candidates.get(proposal.key, []) if c.id != proposal.id]
        sure = [] if card.conflicts else sure_ones(candidates)
        card.choices += [
            Choice(c.id, c.name, c.about, list(c.reasons), c.by_name_only, sure=c in sure) for c in candidates
        ]
        cards.append(card)
    names = {name: sheet.label(lang) for name, sheet in sheets().items()}
    return Review(proposals.file, proposals.digest, names, _texts(proposals, texts), cards)


def read_texts(proposals: Proposals, files: Sequence[Path], beside: Path) -> dict[str, str]:
    """The full texts of the documents that were read, by id.

    They are looked for in `files`, then beside the file of facts and in the present folder under the names that
    it gives. A text is taken only if it is the one that was read: the ids are made from it.

    Raises:
        UserError: one of `files` cannot be read.
        NothingFound: none of `files` is a document of the facts.
    """
    from loaders.reading.document import make_document
    from loaders.reading.output import digest
    from loaders.reading.sources import read_source

    wanted = {proposal.id for proposal in proposals.sheet("documents")}
    found: dict[str, str] = {}
    for path in files:
        source = read_source(path)
        found[f"vb-{digest(make_document(source.name, source.text))}"] = source.text
    if files and not wanted & set(found):
        raise NothingFound(f"none of the sources is a document of {proposals.file}", "give the files that were read")
    for proposal in proposals.sheet("documents"):
        named = _FROM_NAME.match(str(proposal.row.get("note") or ""))
        if named is None or proposal.id in found:
            continue
        # a name only: what a file of facts says leads nowhere else
        for path in (folder / Path(named[1]).name for folder in (beside, Path())):
            try:
                source = read_source(path)
            except UserError:
                continue
            found.setdefault(f"vb-{digest(make_document(source.name, source.text))}", source.text)
    return {id_: text for id_, text in found.items() if id_ in wanted}


def sentence_of(text: str | None, span: Span | None, quote: str) -> tuple[str, str, str]:
    """What stands before the quote in its sentence, the quote, what stands behind it."""
    if text is None or span is None or span[1] > len(text):
        return "", quote, ""
    start, end = span
    before = [match.end() for match in _SENTENCE_END.finditer(text, max(0, start - 400), start)]
    behind = _SENTENCE_END.search(text, end, min(len(text), end + 400))
    begin = before[-1] if before else max(0, start - 400)
    stop = behind.start() if behind else min(len(text), end + 400)
    return text[begin:start], text[start:end], text[end:stop]


def ask_graph(proposals: Proposals, store: Store) -> Stored:
    """Candidates for units, places, people and events, and what the graph says otherwise."""
    from queries.likely import (
        WantedChange,
        WantedDocument,
        WantedHolder,
        likely,
        likely_changes,
        likely_documents,
        other_holders,
    )

    asked = [proposal for proposal in proposals.all if proposal.sheet in _LABELS]
    posts = _posts(proposals)
    found = likely(store, [_wanted(proposals, proposal, posts) for proposal in asked])
    stored = Stored({p.key: c for p, c in zip(asked, found, strict=True) if c}, defaultdict(list))
    for proposal, candidates in zip(asked, found, strict=True):
        sure = [each for each in candidates if not each.by_name_only]
        stored.contradictions[proposal.key] += [c for each in sure[:1] for c in each.contradictions]

    def ids(proposal: Proposal, column: str) -> list[list[str]]:
        """For each reference the ids of the graph that it may mean, the name alone not counted."""
        meant = [(text, proposals.meant(proposal.sheet, c, text)) for c, text in proposal.references() if c == column]
        return [
            [text] if one is None else [c.id for c in stored.candidates.get(one.key, []) if not c.by_name_only][:1]
            for text, one in meant
        ]

    cited = [p for p in proposals.sheet("documents") if p.row.get("number")]
    numbered = [WantedDocument(str(p.row["number"]), date_of(p.row.get("issued"))) for p in cited]
    for proposal, documents in zip(cited, likely_documents(store, numbered), strict=True):
        if documents:
            stored.candidates[proposal.key] = documents
            stored.contradictions[proposal.key] += [c for each in documents[:1] for c in each.contradictions]
    held = proposals.sheet("holdings")
    holders = [
        WantedHolder(
            proposals.shown(p, "person", str(p.row.get("person") or "")),
            str(p.row.get("title") or ""),
            tuple(id_ for each in ids(p, "unit") for id_ in each),
            life(p.row),
        )
        for p in held
    ]
    for proposal, others in zip(held, other_holders(store, holders), strict=True):
        stored.contradictions[proposal.key] += others
    events = proposals.sheet("events")
    changes = [
        WantedChange(
            str(p.row.get("kind") or ""),
            frozenset(each[0] for each in ids(p, "inputs") if each) if all(ids(p, "inputs")) else frozenset(),
            date_of(p.row.get("date")),
        )
        for p in events
    ]
    for proposal, likely_ones in zip(events, likely_changes(store, changes), strict=True):
        if likely_ones:
            stored.candidates[proposal.key] = likely_ones
            stored.contradictions[proposal.key] += [c for each in likely_ones for c in each.contradictions]
    return stored


def sure_ones(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The one candidate for which more than the name speaks and against which nothing does; else none."""
    strong = [each for each in candidates if not each.by_name_only]
    return strong if len(strong) == 1 and not strong[0].contradictions else []


def _posts(proposals: Proposals) -> dict[str, set[Post]]:
    """For each person (title, unit), for each unit (title, person), folded, by the keys of their rows."""
    posts: dict[str, set[Post]] = defaultdict(set)
    for holding in proposals.sheet("holdings"):
        person = proposals.meant("holdings", "person", str(holding.row.get("person") or ""))
        unit = proposals.meant("holdings", "unit", str(holding.row.get("unit") or ""))
        if person is not None and unit is not None:
            post = key(str(holding.row.get("title") or ""))
            posts[person.key].add((post, name_key(unit)))
            posts[unit.key].add((post, name_key(person)))
    return posts


def _wanted(proposals: Proposals, proposal: Proposal, posts: dict[str, set[Post]]) -> Wanted:
    from queries.likely import Wanted

    def name(column: str) -> str:
        text = str(proposal.row.get(column) or "")
        return proposals.shown(proposal, column, text) if text else ""

    place = name("within") if proposal.sheet == "places" else name("place")
    dated = proposal.row.get("valid_from") or proposal.row.get("valid_to")
    return Wanted(
        _LABELS[proposal.sheet],
        name_of(proposal),
        str(proposal.row.get("kind") or ""),
        place,
        name("parent"),
        life(proposal.row) if dated else None,
        frozenset(posts[proposal.key]),
    )


def _in_order(proposals: Proposals, groups: Groups) -> list[Proposal]:
    """Sheet by sheet, what says the same together."""
    group = {proposal.key: found for found in groups.same for proposal in found}
    order: dict[str, Proposal] = {}
    for sheet in sheets():
        for proposal in proposals.sheet(sheet):
            order |= {each.key: each for each in group.get(proposal.key, [proposal])}
    return list(order.values())


def _card(proposals: Proposals, proposal: Proposal, lang: str) -> Card:
    columns = sheets()[proposal.sheet].columns
    fields = []
    for name, column in columns.items():
        if name in _NOT_EDITED:
            continue
        value = _text(proposal.row.get(name))
        if column.vocabulary and value in codes(column.vocabulary):
            value = label(column.vocabulary, value, lang)  # which `bomay load` takes as well
        names = [proposals.shown(proposal, name, text) for at, text in proposal.references() if at == name]
        fields.append((name, column.label(lang), value, "; ".join(names) or value))
    said = words(lang)
    facts = []
    if proposal.confidence is not None:
        facts.append(f"{said['confidence']} {proposal.confidence:g}")
    if proposal.row.get("basis"):
        facts.append(_code("basis", str(proposal.row["basis"]), lang))
    if proposal.row.get("#rule"):
        facts.append(f"{said['rule']} {proposal.row['#rule']}")
    if len(proposal.spans) > 1:
        facts.append(said["also"].format(n=len(proposal.spans) - 1))
    low = proposal.confidence is not None and proposal.confidence < 0.8
    document = str(proposal.row.get("document") or "") or _owner(proposals, proposal)
    return Card(
        proposal.key,
        proposal.sheet,
        _title(proposals, proposal, lang),
        fields,
        document,
        proposal.quote,
        proposal.spans,
        " · ".join(facts),
        low,
    )


def _owner(proposals: Proposals, proposal: Proposal) -> str:
    """The document that a row without the column was found in: its id, or its event's, begins with the document's."""
    named = proposal.id or str(proposal.row.get("event") or "")
    sources = [
        each.id for each in proposals.sheet("documents") if each.id and _FROM_NAME.match(_text(each.row.get("note")))
    ]
    own = next((id_ for id_ in sources if named == id_ or named.startswith(f"{id_}-")), "")
    if own or not proposal.row.get("number"):
        return own
    # what is known by its number only: the document that cites it
    cited = (p for p in proposals.sheet("citations") if p.row.get("cites") == proposal.row["number"])
    return next((str(p.row.get("document") or "") for p in cited if p.spans == proposal.spans), "")


def _title(proposals: Proposals, proposal: Proposal, lang: str) -> str:
    """One line that says what is proposed, ids shown as names."""
    row = proposal.row
    if proposal.sheet in _WITHOUT_NAME:
        parts = [
            proposals.shown(proposal, name, _text(row[name])) for name in _WITHOUT_NAME[proposal.sheet] if row.get(name)
        ]
        return " – ".join(parts)
    if proposal.sheet == "figures":
        numbers = [
            f"{row[name]:g}"
            for name in ("value", "of", "from_value", "to_value")
            if isinstance(row.get(name), int | float)
        ]
        about = [proposals.shown(proposal, name, text) for name, text in proposal.references() if name == "about"]
        measure = label("measures", row["measure"], lang) if row.get("measure") in codes("measures") else ""
        return f"{measure}: {' / '.join(numbers)} {_text(row.get('unit_of_count'))} – {'; '.join(about)}"
    if proposal.sheet in ("citations", "evidence", "models", "positions", "functions"):
        parts = [proposals.shown(proposal, name, text) for name, text in proposal.references() if name != "document"]
        status = label("model_statuses", row["status"], lang) if row.get("status") in codes("model_statuses") else ""
        return " – ".join(
            [
                *parts,
                *(_text(row[name]) for name in ("title", "text", "says") if row.get(name)),
                *[status] * bool(status),
            ]
        )
    if proposal.sheet == "documents" and row.get("number") and row.get("kind") in codes("document_kinds"):
        return f"{label('document_kinds', row['kind'], lang)} {row['number']}"
    place = row.get("place") or row.get("within")
    where = f" ({proposals.shown(proposal, 'place' if row.get('place') else 'within', _text(place))})" if place else ""
    return name_of(proposal) + where


def _remarks(proposals: Proposals) -> dict[str, list[str]]:
    """What the reader found not to agree, by the ids of the facts that it is about."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in proposals.rest.get("#remarks", []):
        quotes = " / ".join(f"“{quote}”" for quote in _listed(row.get("quotes")))
        for id_ in _listed(row.get("facts")):
            found[id_].append(f"{_text(row.get('text'))}: {quotes}")
    return found


def _listed(value: object) -> list[str]:
    return [_text(each) for each in value] if isinstance(value, list) else [_text(value)] if value else []


def _texts(proposals: Proposals, texts: dict[str, str]) -> list[Text]:
    found = []
    for proposal in proposals.sheet("documents"):
        if _FROM_NAME.match(_text(proposal.row.get("note"))) or proposal.id in texts:
            unread = [
                (int(start), int(end))
                for row in proposals.rest.get("#unread", [])
                if row.get("document") == proposal.id
                for start, dash, end in [_text(row.get("#span")).partition("-")]
                if dash and start.isdigit() and end.isdigit()
            ]
            found.append(Text(proposal.id, name_of(proposal), texts.get(proposal.id), unread))
    return found


def _conflict_texts(proposals: Proposals, conflict: Conflict, said: dict[str, str]) -> list[tuple[str, str]]:
    """The conflict as each of its two proposals has it."""
    ends = [(conflict.first, conflict.values[0]), (conflict.second, conflict.values[1])]
    texts = []
    for (own, first), (other, second) in (ends, ends[::-1]):
        where = f"{other.key} ({_text(other.row.get('document')) or other.id})"
        text = said["conflict_text"].format(what=said[f"what.{conflict.what}"], first=first, where=where, second=second)
        texts.append((own.key, text))
    return texts


def _code(what: str, value: str, lang: str) -> str:
    vocabulary = {"kind": "unit_kinds", "basis": "basis"}.get(what, "")
    return label(vocabulary, value, lang) if vocabulary and value in codes(vocabulary) else value


def _text(value: object) -> str:
    """A cell as it is edited: lists with semicolons."""
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
