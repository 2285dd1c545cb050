"""Rows about documents, functions, events, figures, models and principles, made into facts."""

from __future__ import annotations

from collections.abc import Sequence

from graph.dates import FuzzyDate, as_properties
from graph.facts import Properties, fact_id
from graph.history import IN_FORCE, quota_figure
from graph.text import key
from graph.titles import parse_posts
from graph.vocabulary import fields_of, models
from loaders.builder import Builder, chosen, date_of, text_of, texts_of
from loaders.directory import Entry
from loaders.parse import Record


def add_documents(builder: Builder, records: Sequence[Record]) -> None:
    """Documents are joined by their number; without one, by kind, title and issuer."""
    for record in records:
        number = text_of(record, "number")
        title = text_of(record, "title")
        if not (number or title or text_of(record, "id")):
            builder.problem(record, "title", "a document needs a number or a title")
            continue
        number_key = key(number) if number else ""
        issued = _day(builder, record, "issued")
        id_ = text_of(record, "id") or _known_number(builder, number_key, issued)
        if not id_:
            parts = (
                ("number", number_key, issued) if number else ("title", key(title), text_of(record, "issuer"))
            )
            id_ = fact_id("doc", *parts)
        properties: Properties = {
            **chosen(record, "number", "kind", "title", "issuer", "url"),
            **builder.common(record, validity=False),
            "issued": issued,
            "in_force": _day(builder, record, "in_force"),
            "published": _day(builder, record, "published"),
        }
        if number:
            properties["number_key"] = number_key
        builder.facts.add_node("Document", id_, {k: v for k, v in properties.items() if v is not None})
        builder.directory.add(Entry("Document", id_, number or title), [number, title])


def _known_number(builder: Builder, number_key: str, issued: object) -> str:
    """The document that already has this number (and, where both say it, the same day of issue)."""
    for entry in builder.directory.candidates("Document", number_key) if number_key else ():
        stored = entry.interval.start
        if stored is None or issued is None or stored.latest == issued:
            return entry.id
    return ""


def _day(builder: Builder, record: Record, column: str) -> object:
    """An exact day; a document's dates are days."""
    value = date_of(record, column)
    if value is None:
        return None
    if value.precision != "day":
        builder.problem(
            record, column, "a document's date is a day", "write day, month and year, or leave it empty"
        )
        return None
    return value.latest


def add_issuers(builder: Builder, records: Sequence[Record]) -> None:
    """The unit that issued a document, once units are known."""
    for record in records:
        unit = builder.resolve(record, "issued_by", ["Unit"], when=date_of(record, "issued"))
        document = builder.directory.get(text_of(record, "id")) if unit else None
        if unit is not None and document is None:
            found = builder.directory.resolve(
                text_of(record, "number") or text_of(record, "title"), ["Document"]
            )
            document = found if isinstance(found, Entry) else None
        if unit is not None and document is not None:
            builder.relate("ISSUED_BY", document.id, unit.id, {"basis": record.values.get("basis", "stated")})


def add_citations(builder: Builder, records: Sequence[Record]) -> None:
    """Which document cites, implements, amends or replaces which."""
    for record in records:
        start = builder.resolve(record, "document", ["Document"])
        end = builder.resolve(record, "cites", ["Document"])
        if start is not None and end is not None:
            properties = {**builder.common(record, validity=False), **chosen(record, "kind")}
            builder.relate("CITES", start.id, end.id, properties)


def add_functions(builder: Builder, records: Sequence[Record]) -> None:
    """A function belongs to the unit in its row; given again with the same id it gets another host."""
    for record in records:
        place = builder.place(record)
        unit = builder.resolve(record, "unit", ["Unit"], place=place, when=date_of(record, "valid_from"))
        if unit is None:
            continue
        text = text_of(record, "text")
        id_ = text_of(record, "id") or fact_id("function", unit.id, key(text))
        given = texts_of(record, "fields")
        fields = given or fields_of(text)
        properties: Properties = {
            "text": text,
            "text_key": key(text),
            **builder.common(record, validity=False),
            **chosen(record, "kind"),
        }
        if fields:
            properties |= {"fields": fields, "fields_basis": "stated" if given else "deduced"}
        builder.facts.add_node("Function", id_, properties)
        builder.directory.add(Entry("Function", id_, text, unit.place, unit.id), [text])
        performs = builder.relate(
            "PERFORMS", unit.id, id_, {**builder.common(record), **chosen(record, "role")}
        )
        builder.state(record, "Unit", unit.id, performs)
        builder.state(record, "Function", id_, id_)


def add_events(builder: Builder, records: Sequence[Record]) -> None:
    """Events with what they start from and result in."""
    for record in records:
        place = builder.place(record)
        date = date_of(record, "date")
        inputs = _several(builder, record, "inputs", ["Unit", "Place", "Person", "Position"], place, date, starts=False)
        outputs = _several(builder, record, "outputs", ["Unit", "Place", "Position"], place, date, starts=True)
        id_ = text_of(record, "id") or fact_id(
            "event", text_of(record, "kind"), date, *(e.id for e in inputs), "→", *(e.id for e in outputs)
        )
        properties: Properties = {
            **chosen(record, "kind", "status", "date_kind", "title", "moves", "new_name", "scope"),
            **chosen(record, "staff_quota", "step"),
            **builder.common(record, validity=False),
            **as_properties("date", date),
            "applied": False,
        }
        if properties.get("moves") == ["nothing"]:
            properties["moves"] = []
        builder.facts.add_node("Event", id_, properties)
        builder.directory.add(
            Entry("Event", id_, text_of(record, "title") or id_), [text_of(record, "title")]
        )
        for entry in inputs:
            builder.relate("INPUT", id_, entry.id, {"basis": properties["basis"]})
        for entry in outputs:
            builder.relate("OUTPUT", id_, entry.id, {"basis": properties["basis"]})
        builder.state(record, "Event", id_, id_)
        if properties["kind"] == "set_quota" and properties["status"] == IN_FORCE and date is not None:
            _add_quotas(builder, record, id_, date, [entry.id for entry in inputs if entry.label == "Unit"])


def _add_quotas(builder: Builder, record: Record, event: str, date: FuzzyDate, units: Sequence[str]) -> None:
    """The figures that a staff quota set makes, so that a second load finds them again."""
    quota = record.values.get("staff_quota")
    for unit in units if isinstance(quota, int) else ():
        assert isinstance(quota, int)
        id_, properties = quota_figure(unit, date, quota)
        common = {**builder.common(record, validity=False), "event": event}
        builder.facts.add_node("Figure", id_, {**properties, **common})
        builder.relate("ABOUT", id_, unit, {"basis": common["basis"], "event": event}, ("Figure", "Unit"))
        builder.state(record, "Figure", id_, id_)


def _several(
    builder: Builder,
    record: Record,
    column: str,
    labels: Sequence[str],
    place: str,
    when: FuzzyDate | None,
    *,
    starts: bool | None = None,
) -> list[Entry]:
    """The entries of a column with several references.

    Where a name is shared by an old and a new unit, `starts` says which is meant: the one that
    starts on the date (a result) or the one that was there before (an input).
    """

    def prefer(entry: Entry) -> bool:
        begins = entry.interval.start is not None and when is not None and entry.interval.start.same_as(when)
        return starts is None or begins == starts

    found = [
        builder.resolve(record, column, labels, text=text, place=place, when=when, prefer=prefer)
        for text in texts_of(record, column)
    ]
    return [entry for entry in found if entry is not None]


def add_transfers(builder: Builder, records: Sequence[Record]) -> None:
    """What an event hands over, one by one."""
    for record in records:
        place = builder.place(record)
        event = builder.resolve(record, "event", ["Event"])
        what = builder.resolve(record, "what", ["Function", "Unit", "Position"], place=place)
        giver = builder.resolve(record, "from", ["Unit"], place=place)
        taker = builder.resolve(record, "to", ["Unit"], place=place)
        if event is None or what is None or taker is None:
            continue
        properties: Properties = {**builder.common(record, validity=False), "to": taker.id}
        if giver is not None:
            properties["from"] = giver.id
        builder.relate("TRANSFERS", event.id, what.id, properties)


def add_figures(builder: Builder, records: Sequence[Record]) -> None:
    """Reported numbers with what they are about."""
    for record in records:
        place = builder.place(record)
        labels = ["Unit", "Place", "Event", "ConcurrencyModel"]
        about = _several(builder, record, "about", labels, place, date_of(record, "date"))
        values = chosen(
            record,
            *("measure", "direction", "value", "of", "from_value", "to_value"),
            *("unit_of_count", "state", "approximate", "scope"),
        )
        if not {"value", "from_value", "to_value"} & set(values):
            builder.problem(
                record, "value", "a figure needs a number", "fill in giá trị, or từ and xuống hoặc lên"
            )
            continue
        date = date_of(record, "date")
        id_ = text_of(record, "id") or fact_id(
            "figure", *sorted(e.id for e in about), *[f"{k}={v}" for k, v in sorted(values.items())], date
        )
        properties = {**values, **builder.common(record, validity=False), **as_properties("date", date)}
        builder.facts.add_node("Figure", id_, properties)
        builder.directory.add(Entry("Figure", id_, id_), [])
        for entry in about:
            builder.relate("ABOUT", id_, entry.id, {"basis": properties["basis"]}, ("Figure", entry.label))
        builder.state(record, "Figure", id_, id_)


def add_known_models(builder: Builder) -> None:
    """CM1 to CM13 of the vocabulary, so that rows can refer to them by code."""
    for model in models():
        builder.directory.add(
            Entry("ConcurrencyModel", model.code.casefold(), model.name), [model.code, model.name]
        )


def add_models(builder: Builder, records: Sequence[Record]) -> None:
    """Where a concurrency model stands; the model itself comes from the vocabulary, or from the row."""
    for record in records:
        model = _model(builder, record)
        if model is None:
            continue
        place = builder.place(record)
        if not place:
            builder.problem(
                record, "place", "the place is missing", "the whole country is a place too: Việt Nam"
            )
            continue
        properties = {**builder.common(record), **chosen(record, "status", "level", "n", "m", "approximate")}
        builder.state(record, "ConcurrencyModel", model, model, builder.relate("STATUS_IN", model, place, properties))


def _model(builder: Builder, record: Record) -> str | None:
    code = text_of(record, "model")
    known = next((m for m in models() if key(m.code) == key(code)), None)
    properties: Properties
    if known is not None:
        properties = {
            "code": known.code,
            "name": known.name,
            "form": known.form,
            "levels": list(known.levels),
            "a_kinds": list(known.a_kinds),
            "a_titles": list(known.a_titles),
            "b_kinds": list(known.b_kinds),
            "b_titles": list(known.b_titles),
            "basis": "stated",
        }
        id_ = known.code.casefold()
        builder.facts.add_node("ConcurrencyModel", id_, properties)
        return id_
    entry = builder.directory.resolve(code, ["ConcurrencyModel"])
    if isinstance(entry, Entry):
        return entry.id
    return _own_model(builder, record, code)


def _own_model(builder: Builder, record: Record, code: str) -> str | None:
    """A model of the user's own, from its two posts as written; a generic pair has only a name."""
    sides: Properties = {}
    for side in ("a", "b"):
        column = f"post_{side}"
        if not record.values.get(column):
            continue
        parsed = parse_posts(text_of(record, column))
        if len(parsed.posts) != 1 or parsed.unknown or not parsed.posts[0].unit_kind:
            builder.problem(
                record, column, "this is not one post with its unit", "write for example: Chủ tịch UBND huyện"
            )
            return None
        post = parsed.posts[0]
        sides |= {f"{side}_kinds": [post.unit_kind], f"{side}_titles": [post.title_code]}
    name = text_of(record, "name") or " = ".join(
        filter(None, (text_of(record, "post_a"), text_of(record, "post_b")))
    )
    if not name:
        builder.problem(
            record,
            "model",
            f"the model {code!r} is not known",
            "use CM1 to CM13, or fill in its name and its posts",
        )
        return None
    id_ = fact_id("model", key(code))
    builder.facts.add_node(
        "ConcurrencyModel",
        id_,
        {"code": code, "name": name, **sides, **builder.common(record, validity=False)},
    )
    builder.directory.add(Entry("ConcurrencyModel", id_, name), [code, name])
    return id_


def add_principles(builder: Builder, records: Sequence[Record]) -> None:
    """Criteria, principles and targets without a number."""
    for record in records:
        place = builder.place(record)
        about = _several(builder, record, "about", ["Unit", "Place", "Event"], place, None)
        name = text_of(record, "name")
        id_ = text_of(record, "id") or fact_id("principle", key(name), *sorted(e.id for e in about))
        properties = {**chosen(record, "kind", "name", "items"), **builder.common(record, validity=False)}
        builder.facts.add_node("Principle", id_, properties)
        builder.directory.add(Entry("Principle", id_, name), [name])
        for entry in about:
            builder.relate("ABOUT", id_, entry.id, {"basis": properties["basis"]}, ("Principle", entry.label))
        builder.state(record, "Principle", id_, id_)


def add_evidence(builder: Builder, records: Sequence[Record]) -> None:
    """Further sources of a fact, also where they say it differently."""
    labels = ["Event", "Unit", "Place", "Position", "Person", "Function", "Figure", "Principle"]
    for record in records:
        place = builder.place(record)
        fact = builder.resolve(record, "fact", labels, place=place)
        document = builder.resolve(record, "document", ["Document"])
        if fact is not None and document is not None:
            properties = {"fact": fact.id, **chosen(record, "at", "basis", "says", "quote")}
            builder.relate("STATED_IN", fact.id, document.id, properties, (fact.label, "Document"))
