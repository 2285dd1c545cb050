"""A document read: everything that is found in it, as facts with evidence."""

from __future__ import annotations

from loaders.reading.arithmetic import find_contradictions
from loaders.reading.atlas import atlas_of
from loaders.reading.citations import find_documents
from loaders.reading.decision_head import describe_decision, find_signature, mark_replaced, settle_by_issuer
from loaders.reading.document import Document
from loaders.reading.event_checks import orders_change
from loaders.reading.events import find_events
from loaders.reading.facts import Fact, Reading
from loaders.reading.figures import find_figures
from loaders.reading.function_moves import find_moves
from loaders.reading.holdings import find_people
from loaders.reading.items import Sentence
from loaders.reading.known import Register
from loaders.reading.models import find_models
from loaders.reading.principles import find_principles
from loaders.reading.prose_functions import find_functions
from loaders.reading.register import is_cited_only, register
from loaders.reading.scan import sentences
from loaders.reading.statute import find_statute
from loaders.reading.table_facts import find_table_figures, has_numbers, unread_rows
from loaders.reading.ties import find_ties


def read_document(document: Document) -> Reading:
    """All facts of a document. The values of references are objects of the reading; `loaders.reading.output`
    turns them into ids."""
    if document.decision:
        describe_decision(document)
    found = list(sentences(document))
    units = register(found, atlas_of(document))
    reading = Reading(document)
    cited = find_documents(document, found, units)
    if document.decision:
        settle_by_issuer(document, units)
        mark_replaced(document, cited)
    statute = find_statute(document, units) if document.decision else []
    events = find_events(document, [s for s in found if not _of_duties(document, s)], units)
    if not any(fact.sheet == "functions" for fact in statute):
        statute += find_functions(document, found, events, units)
    moves = find_moves(document, events, [fact for fact in statute if fact.sheet == "functions"])
    people, unread = find_people(document, found, units, events)
    people += find_signature(document, units) if document.decision else []
    counted = [s for s in found if not has_numbers(s.paragraph) and not _is_ground(document, s)]
    figures = find_figures(document, counted, units)
    figures += find_table_figures(document, found, units)
    models = find_models(document, found, units)
    principles = find_principles(document, found, units)
    ties = find_ties(found, units)
    told = [*ties, *people, *statute, *events, *moves, *figures, *models, *principles]
    reading.facts = [*cited, *_units(units), *told]
    reading.unread = [*unread, *unread_rows(document, reading.facts)]
    reading.units = units
    reading.remarks = find_contradictions(document, found, reading.facts, units)
    return reading


def _of_duties(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence of a decision says what a unit may do, not what is done."""
    if _is_ground(document, sentence):
        return True
    topic = document.topics.get(sentence.paragraph.number)
    return topic in ("duties", "role", "structure") and not orders_change(sentence)


def _is_ground(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence names the grounds of a decision."""
    return document.decision and sentence.paragraph.text.startswith(("Căn cứ", "Theo đề nghị", "Xét"))


def _units(units: Register) -> list[Fact]:
    return [
        Fact("units", {"unit": known}, known.mentions[0], known.mentions[1:])
        for known in units.units
        if known.mentions and not is_cited_only(known)
    ]
