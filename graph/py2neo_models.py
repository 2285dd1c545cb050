# mypy: disallow-subclassing-any=False, disable-error-code="import-untyped,import-not-found"
"""The graph for notebooks written for py2neo: `pip install 'bomay[py2neo]'`.

    with connect("bomay.db") as store:
        repository = Repository.wrap(py2neo_graph(store))
        for person in repository.match(Person):
            print(person.name, [position.title for position in person.holds])

py2neo 2021.2.4 is its last release; docs/notebooks.md says what works and how to move on.
The classes follow docs/schema.md. A related object comes once, with the properties of one
relationship, even where several of one type lead to it; ask in Cypher for all of them.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from graph.errors import StoreError, StoreFailed, UserError
from graph.store import SCHEMES, Store
from graph.store.base import Account

try:
    from py2neo import Graph, Transaction
    from py2neo.ogm import Model, Property, RelatedFrom, RelatedTo, Repository
except ImportError as error:
    raise ImportError("py2neo is not installed: pip install 'bomay[py2neo]'") from error

__all__ = [
    "Document",
    "Event",
    "Fact",
    "Function",
    "Person",
    "Place",
    "Position",
    "Repository",
    "Unit",
    "py2neo_graph",
]

READ_ONLY = ("this py2neo graph is open for reading only", "bring facts in with `bomay load`, or ask for writable=True")


class Day(Property):
    """A date property, read as datetime.date."""

    def __get__(self, instance: Any, owner: type) -> dt.date | None:
        """The date, or None."""
        value = super().__get__(instance, owner)
        native: dt.date | None = value.to_native() if hasattr(value, "to_native") else value
        return native


class Fact(Model):
    """What all nodes have; also stands for the nodes of labels that have no class here."""

    __primarykey__ = "id"

    id = Property()
    basis = Property()
    note = Property()

    @classmethod
    def wrap(cls, node: Any) -> Any:
        """An object of the class of the node's label, where a relationship leads to several labels."""
        model = cls
        if cls is Fact and node is not None:
            model = next((each for each in MODELS if node.has_label(each.__name__)), cls)
        return super(Fact, model).wrap(node)


class Dated(Fact):
    """A fact with validity: `valid_from` is inclusive, `valid_to` exclusive."""

    valid_from = Day()
    valid_from_text = Property()
    valid_to = Day()
    valid_to_text = Property()
    ended_by = Property()

    def holds_on(self, day: dt.date) -> bool:
        """Whether the node exists on the day; an unknown start counts as always."""
        start, end = self.valid_from, self.valid_to
        return (start is None or start <= day) and (end is None or end > day)


class Place(Dated):
    """An administrative territory."""

    name = Property()
    kind = Property()
    level = Property()
    code = Property()

    within = RelatedTo("Place", "WITHIN")
    places = RelatedFrom("Place", "WITHIN")
    units = RelatedFrom("Unit", "LOCATED_IN")
    input_of = RelatedFrom("Event", "INPUT")
    output_of = RelatedFrom("Event", "OUTPUT")
    documents = RelatedTo("Document", "STATED_IN")


class Unit(Dated):
    """An organisation or a part of one."""

    name = Property()
    kind = Property()
    level = Property()
    system = Property()
    place = Property()
    short_name = Property()
    aliases = Property()
    former_names = Property()
    temporary = Property()

    located_in = RelatedTo("Place", "LOCATED_IN")
    part_of = RelatedTo("Unit", "PART_OF")
    parts = RelatedFrom("Unit", "PART_OF")
    positions = RelatedFrom("Position", "OF_UNIT")
    members = RelatedFrom("Person", "MEMBER_OF")
    performs = RelatedTo("Function", "PERFORMS")
    serves = RelatedTo("Unit", "SERVES")
    served_by = RelatedFrom("Unit", "SERVES")
    face_of = RelatedTo("Unit", "FACE_OF")
    faces = RelatedFrom("Unit", "FACE_OF")
    related_to = RelatedTo("Unit", "RELATED")
    related_from = RelatedFrom("Unit", "RELATED")
    input_of = RelatedFrom("Event", "INPUT")
    output_of = RelatedFrom("Event", "OUTPUT")
    transferred_by = RelatedFrom("Event", "TRANSFERS")
    issued = RelatedFrom("Document", "ISSUED_BY")
    documents = RelatedTo("Document", "STATED_IN")


class Position(Dated):
    """A post in one unit."""

    title = Property()
    kind = Property()
    role = Property()
    seats = Property()

    unit = RelatedTo("Unit", "OF_UNIT")
    holders = RelatedFrom("Person", "HOLDS")
    input_of = RelatedFrom("Event", "INPUT")
    output_of = RelatedFrom("Event", "OUTPUT")
    transferred_by = RelatedFrom("Event", "TRANSFERS")
    documents = RelatedTo("Document", "STATED_IN")


class Person(Fact):
    """A public office-holder."""

    name = Property()
    aliases = Property()

    holds = RelatedTo("Position", "HOLDS")
    member_of = RelatedTo("Unit", "MEMBER_OF")
    documents = RelatedTo("Document", "STATED_IN")


class Function(Fact):
    """What a unit does."""

    text = Property()
    kind = Property()
    fields = Property()

    performed_by = RelatedFrom("Unit", "PERFORMS")
    transferred_by = RelatedFrom("Event", "TRANSFERS")
    documents = RelatedTo("Document", "STATED_IN")


class Event(Fact):
    """Something that re-arranges units, functions or posts."""

    kind = Property()
    status = Property()
    title = Property()
    date = Day()
    date_text = Property()
    moves = Property()
    new_name = Property()
    applied = Property()

    inputs = RelatedTo("Fact", "INPUT")
    outputs = RelatedTo("Fact", "OUTPUT")
    transfers = RelatedTo("Fact", "TRANSFERS")
    documents = RelatedTo("Document", "STATED_IN")


class Document(Fact):
    """A source."""

    number = Property()
    kind = Property()
    title = Property()
    issuer = Property()
    issued = Day()
    in_force = Day()
    published = Day()
    url = Property()

    issued_by = RelatedTo("Unit", "ISSUED_BY")
    cites = RelatedTo("Document", "CITES")
    cited_by = RelatedFrom("Document", "CITES")
    states = RelatedFrom("Fact", "STATED_IN")


MODELS = (Place, Unit, Position, Person, Function, Event, Document)


def py2neo_graph(store: Store | str, *, writable: bool = False) -> Graph:
    """A py2neo Graph on an open store, or on the Neo4j server (or `bomay serve`) at a Bolt URL.

    It reads only, unless `writable`: what py2neo writes has no load, no evidence and no history,
    and `bomay load --undo` cannot take it back. BOMAY_USER, BOMAY_PASSWORD and BOMAY_DATABASE say
    who and where on a server, as for `connect`. A neo4j:// address is taken as bolt://, since
    py2neo's routing is older than Neo4j 5. The graph of an embedded store ends with the store.
    Raises UserError for a folder that is not open, StoreError without a password or a server.
    """
    account = _account(store, writable=writable)
    kind = CheckedGraph if writable else ReadingGraph
    try:
        address = account.url.replace("neo4j", "bolt", 1)
        return kind(address, auth=(account.user, account.password), name=account.database)
    except Exception as error:  # py2neo raises many kinds: of its own, of the socket, of the server
        raise StoreError(
            f"py2neo cannot connect to {account.url}: {error}",
            "is the server up, and are BOMAY_USER and BOMAY_PASSWORD right?",
        ) from error


class CheckedGraph(Graph):
    """A graph that says so when a commit was refused.

    py2neo itself goes on, and takes what the server then ignores for empty answers.
    """

    def commit(self, tx: Transaction) -> None:
        """Commit, and raise StoreFailed where the server gave no bookmark for it."""
        super().commit(tx)
        if tx is not None and not list(tx.bookmark):
            tx.ref.connection.reset(force=True)
            self._refused()

    def _refused(self) -> None:
        raise StoreFailed("the store refused to commit what py2neo wrote", "nothing of it was kept; try it in Cypher")


class ReadingTransaction(Transaction):
    """A transaction that refuses py2neo's writing methods; the server refuses Cypher that writes."""

    def _refuse(self, *_: object, **__: object) -> None:
        raise UserError(*READ_ONLY)

    create = delete = merge = push = separate = _refuse


class ReadingGraph(CheckedGraph):
    """A graph whose transactions are all of read access, those of the object mapper too."""

    def auto(self, readonly: bool = True) -> Transaction:
        """A transaction for one statement."""
        return ReadingTransaction(self, autocommit=True, readonly=True)

    def begin(self, readonly: bool = True) -> Transaction:
        """A transaction for several statements."""
        return ReadingTransaction(self, autocommit=False, readonly=True)

    def _refused(self) -> None:
        raise UserError(*READ_ONLY)


def _account(store: Store | str, *, writable: bool) -> Account:
    """Where to connect and as whom; for an address, the environment says who."""
    if isinstance(store, Store):
        return store.account(writable=writable)
    if store.split("://")[0] not in SCHEMES:
        raise UserError(f"{store} is not the address of a server", "for a folder: py2neo_graph(connect(folder))")
    password = os.environ.get("BOMAY_PASSWORD")
    if password is None:
        raise StoreError(f"no password for {store}", "set BOMAY_PASSWORD (and BOMAY_USER if it is not neo4j)")
    return Account(store, os.environ.get("BOMAY_USER", "neo4j"), password, os.environ.get("BOMAY_DATABASE"))
