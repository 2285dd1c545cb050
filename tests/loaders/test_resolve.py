"""References, ids, posts as written and evidence: rows of facts to nodes and relationships."""

import pytest

from graph.errors import InputErrors
from loaders.load import load

BASE = """
places:
  - {id: x, name: tỉnh Xuân, kind: tinh}
  - {id: y, name: tỉnh Yên, kind: tinh}
units:
  - {id: x-ubnd, name: UBND tỉnh, place: x}
  - {id: y-ubnd, name: UBND tỉnh, place: y}
  - {id: x-tu, name: Tỉnh ủy, place: x}
  - {id: x-hdnd, name: HĐND tỉnh, place: x}
  - {name: Sở Nội vụ, parent: x-ubnd}
  - {name: Sở Nội vụ, parent: y-ubnd}
documents:
  - {id: d1, number: 18-NQ/TW, kind: nghị quyết, issued: 25/10/2017}
"""


@pytest.fixture
def given(store, facts_file):
    """Loads the base facts and then what a test gives; returns the store."""

    def run(text, base=True):
        if base:
            load(store, [facts_file(BASE, "base.yaml")])
        load(store, [facts_file(text)])
        return store

    return run


def problems(store, facts_file, text, base=True):
    """The problems that a load meets, as text; nothing may be stored by it."""
    if base:
        load(store, [facts_file(BASE, "base.yaml")])
    before = store.read("MATCH (n) RETURN count(n)").value()
    with pytest.raises(InputErrors) as caught:
        load(store, [facts_file(text)])
    assert store.read("MATCH (n) RETURN count(n)").value() == before
    return str(caught.value)


def one(store, query, **parameters):
    rows = store.read(query, parameters).rows
    assert len(rows) == 1, rows
    return rows[0]


def test_units_of_one_name_in_two_places_are_two(given):
    store = given("functions: [{unit: Sở Nội vụ @ tỉnh Xuân, text: Quản lý biên chế}]")
    rows = store.read("MATCH (u:Unit {name_key: 'sở nội vụ'}) RETURN u.id, u.place ORDER BY u.place").rows
    assert [place for _, place in rows] == ["x", "y"] and rows[0][0] != rows[1][0]
    assert one(store, "MATCH (u)-[:PERFORMS]->(f) RETURN u.id")[0] == rows[0][0]


@pytest.mark.parametrize(
    "reference",
    ["Sở Nội vụ @ tỉnh Xuân", "Sở Nội vụ @ Xuân", "Sở Nội vụ < x-ubnd", "Sở Nội vụ tỉnh Xuân", "sở  nội vụ @ x"],
)
def test_ways_to_say_which(given, reference):
    store = given(f"functions: [{{unit: '{reference}', text: Quản lý biên chế}}]")
    assert one(store, "MATCH (u)-[:PERFORMS]->() RETURN u.place") == ["x"]


def test_the_rows_place_says_which(given):
    store = given("functions: [{unit: Sở Nội vụ, place: y, text: Quản lý biên chế}]")
    assert one(store, "MATCH (u)-[:PERFORMS]->() RETURN u.place") == ["y"]


def test_an_ambiguous_name_lists_what_it_may_mean(store, facts_file):
    said = problems(store, facts_file, "functions: [{unit: Sở Nội vụ, text: Quản lý biên chế}]")
    assert "2 are called 'Sở Nội vụ'" in said and "functions[0].unit" in said
    assert "@ tỉnh Xuân [" in said and "@ tỉnh Yên [" in said


def test_an_unknown_name_gets_the_nearest(store, facts_file):
    said = problems(store, facts_file, "functions: [{unit: Sở Nộ vụ @ Xuân, text: a b}]")
    assert "no unit is called 'Sở Nộ vụ'" in said and "nearest: Sở Nội vụ" in said


def test_all_problems_come_at_once(store, facts_file):
    text = """
functions:
  - {unit: Không có, text: a}
  - {unit: x-ubnd, text: b, valid_from: 31/2/2019}
holdings:
  - {person: An, title: Trưởng gì đó, unit: x-ubnd}
  - {person: An, title: "Bí thư Tỉnh ủy, và việc lạ", place: x}
  - {person: An, title: nguyên Bí thư Tỉnh ủy, place: x}
units:
  - {name: Tên không rõ loại, place: x}
  - {name: Sở A, parent: Sở B, place: x}
  - {name: Sở B, parent: Sở A, place: x}
"""
    said = problems(store, facts_file, text)
    for part in (
        "functions[0].unit",
        "has no day 31",
        "the title 'Trưởng gì đó' is not known",
        "việc lạ",
        "former post without an end",
        "kind of unit cannot be told",
        "its own parent: Sở A → Sở B → Sở A",
    ):
        assert part in said, part


def test_posts_as_written_become_typed_holdings(given):
    store = given(
        "holdings: [{person: Trần Thị Mẫu, title: 'Phó Bí thư Thường trực Tỉnh ủy, Chủ tịch HĐND tỉnh', place: x,"
        " document: d1, at: đoạn 2}]"
    )
    rows = store.read(
        "MATCH (p:Person)-[h:HOLDS]->(c:Position)-[:OF_UNIT]->(u:Unit) "
        "RETURN p.name, c.title, c.role, u.id, h.as_written ORDER BY u.id"
    ).rows
    assert [row[:4] for row in rows] == [
        ["Trần Thị Mẫu", "Chủ tịch", "head", "x-hdnd"],
        ["Trần Thị Mẫu", "Phó Bí thư Thường trực", "standing_deputy", "x-tu"],
    ]
    assert all(row[4] for row in rows)
    query = "MATCH (p:Person)-[h:HOLDS]->() MATCH (p)-[e:STATED_IN]->(d) WHERE e.fact = h.id RETURN d.id, e.at"
    assert store.read(query).rows == [["d1", "đoạn 2"]] * 2


def test_memberships_are_not_posts(given):
    store = given(
        "holdings: [{person: An, title: 'UVTVTU, Trưởng Ban Tổ chức Tỉnh ủy', place: x}]\n"
        "units: [{name: Ban Tổ chức Tỉnh ủy, parent: x-tu}, {name: Ban Thường vụ Tỉnh ủy, parent: x-tu}]"
    )
    assert one(store, "MATCH (p)-[:HOLDS]->(c) RETURN c.title") == ["Trưởng ban"]
    assert one(store, "MATCH (p)-[m:MEMBER_OF]->() RETURN m.kind") == ["standing"]


def test_acting_and_in_charge_are_kept(given):
    store = given("holdings: [{person: An, title: Quyền Giám đốc Sở Nội vụ, place: x}]")
    assert one(store, "MATCH (p)-[h:HOLDS]->(c) RETURN h.mode, c.title") == ["acting", "Giám đốc"]


def test_a_name_is_one_person_in_a_file_and_not_across_places(given, facts_file):
    store = given(
        "holdings:\n  - {person: Lê An, title: Giám đốc, unit: Sở Nội vụ @ x}\n"
        "  - {person: Lê An, title: Bí thư, unit: x-tu}"
    )
    assert store.read("MATCH (p:Person) RETURN p.name").rows == [["Lê An"]]
    report = load(store, [facts_file("holdings: [{person: Lê An, title: Giám đốc, unit: Sở Nội vụ @ y}]", "two.yaml")])
    assert len(store.read("MATCH (p:Person) RETURN p.id").rows) == 2
    assert any("another person" in notice for notice in report.notices)
    load(store, [facts_file("holdings: [{person: Lê An, title: Chủ tịch, unit: x-hdnd}]", "three.yaml")])
    assert len(store.read("MATCH (p:Person) RETURN p.id").rows) == 2


def test_what_is_not_in_the_row_is_found(given):
    store = given("units: [{name: Chi cục Thủy lợi, parent: Sở Nội vụ @ x}, {name: Trung tâm CNTT, parent: x-ubnd}]")
    query = "MATCH (u:Unit {name: $name}) RETURN u.kind, u.level, u.system, u.place"
    assert one(store, query, name="Chi cục Thủy lợi") == ["chi_cuc", "province", "state", "x"]
    assert one(store, query, name="Trung tâm CNTT")[2] == "service"


def test_a_place_that_is_only_inferred_is_so_on_the_tie(given):
    store = given("units: [{id: n, name: Sở Y tế, place: x, place_basis: suy đoán}]")
    assert one(store, "MATCH (u:Unit {id: 'n'})-[l:LOCATED_IN]->() RETURN u.basis, l.basis") == ["stated", "inferred"]


def test_documents_are_joined_by_number_not_by_title(given):
    store = given("documents: [{number: 18-NQ/TW, kind: nghị quyết, title: Tên viết khác}]")
    assert store.read("MATCH (d:Document) RETURN d.id, d.title").rows == [["d1", "Tên viết khác"]]


def test_a_further_source_that_says_it_differently_is_kept(given):
    store = given(
        "events: [{id: e, kind: giao tự chủ, status: đã thực hiện, date: 8 tháng đầu năm 2017, inputs: x-ubnd,"
        " document: d1, at: đoạn 1}]\n"
        "evidence: [{fact: e, document: d1, at: chú thích, says: quý III/2017}]"
    )
    rows = store.read("MATCH (e:Event)-[s:STATED_IN]->(d) RETURN s.at, s.says ORDER BY s.at").rows
    assert sorted(rows, key=str) == [["chú thích", "quý III/2017"], ["đoạn 1", None]]


def test_an_old_and_a_new_unit_of_one_name_are_told_apart_by_the_event(given):
    store = given(
        "units: [{id: t1, name: Sở Tài chính, parent: x-ubnd}, {id: k, name: Sở Kế hoạch và Đầu tư, parent: x-ubnd},"
        " {id: t2, name: Sở Tài chính, parent: x-ubnd, valid_from: 1/3/2025}]\n"
        "events: [{kind: hợp nhất, status: đã thực hiện, date: 1/3/2025, place: x,"
        " inputs: Sở Kế hoạch và Đầu tư; Sở Tài chính, outputs: Sở Tài chính}]"
    )
    query = "MATCH (e:Event)-[r:INPUT|OUTPUT]->(u) RETURN type(r) AS t, u.id AS u ORDER BY t, u"
    assert store.read(query).rows == [["INPUT", "k"], ["INPUT", "t1"], ["OUTPUT", "t2"]]
    assert str(one(store, "MATCH (u:Unit {id: 't1'}) RETURN u.valid_to")[0]) == "2025-03-01"


def test_names_with_markup_and_cypher_are_only_text(given):
    name = "Sở <script>alert(1)</script>'}) DETACH DELETE (n //"
    store = given(f'units: [{{id: h, name: "{name}", kind: sở, place: x}}]')
    assert one(store, "MATCH (u:Unit {id: 'h'}) RETURN u.name") == [name]


def test_own_models_are_read_from_their_posts(given):
    store = given(
        "models: [{model: M1, post_a: Bí thư Huyện ủy, post_b: Chủ tịch UBND huyện, place: x, status: thí điểm}]"
    )
    row = one(store, "MATCH (m:ConcurrencyModel)-[s:STATUS_IN]->() RETURN m.a_titles, m.b_titles, s.status")
    assert row == [["bi_thu"], ["chu_tich"], "pilot"]


def test_a_dry_run_writes_nothing_and_tells_everything(store, facts_file):
    report = load(store, [facts_file(BASE)], dry_run=True)
    assert report.plan.added()["Unit"] == 6 and not report.load
    assert store.read("MATCH (n) WHERE NOT n:Meta RETURN n").rows == []


DISTRICTS = """
places:
  - {id: h1, name: huyện Hạ, kind: huyen, within: x}
  - {id: h2, name: huyện Thượng, kind: huyen, within: y}
"""


def test_a_place_without_an_id_is_the_one_of_the_graph(given, facts_file):
    store = given(DISTRICTS)
    text = """
documents: [{id: d9, kind: bài báo, title: Tin}]
places:
  - {name: huyện Hạ, kind: huyen, within: tỉnh Xuân, document: d9, at: đoạn 1}
  - {name: tỉnh Xuân, kind: tinh, document: d9, at: đoạn 2}
units: [{id: hu, name: Huyện ủy, place: huyện Hạ}]
"""
    load(store, [facts_file(text, "news.yaml")])
    assert sorted(store.read("MATCH (p:Place) RETURN p.id").column("p.id")) == ["h1", "h2", "x", "y"]
    assert one(store, "MATCH (:Unit {id: 'hu'})-[:LOCATED_IN]->(p) RETURN p.id") == ["h1"]
    stated = "MATCH (p:Place)-[s:STATED_IN]->(:Document {id: 'd9'}) RETURN p.id, s.at ORDER BY p.id"
    assert store.read(stated).rows == [["h1", "đoạn 1"], ["x", "đoạn 2"]]
    assert load(store, [facts_file(text, "news.yaml")]).plan.size == 0


def test_a_place_of_the_graph_in_two_spellings_is_one(given, facts_file):
    store = given("places: [{id: qn, name: tỉnh Quảng Ngãi, kind: tinh}]")
    text = """
places:
  - {name: tỉnh Quảng Ngãi, kind: tinh}
  - {name: tỉnh Quảng ngãi, kind: tinh}
units: [{id: tu, name: Tỉnh ủy, place: tỉnh Quảng Ngãi}, {id: nv, name: Sở Nội vụ, place: tỉnh Quảng ngãi}]
"""
    load(store, [facts_file(text, "news.yaml")])
    assert store.read("MATCH (p:Place {kind: 'tinh'}) RETURN p.id ORDER BY p.id").column("p.id") == ["qn", "x", "y"]
    located = "MATCH (u:Unit)-[:LOCATED_IN]->(:Place {id: 'qn'}) RETURN u.id ORDER BY u.id"
    assert store.read(located).column("u.id") == ["nv", "tu"]


@pytest.mark.parametrize(
    "row",
    ["{name: huyện Hạ, kind: huyen, within: tỉnh Yên}", "{name: huyện Hạ, kind: huyen}"],
    ids=["elsewhere", "nowhere"],
)
def test_a_district_of_that_name_elsewhere_is_another(given, facts_file, row):
    store = given(DISTRICTS)
    load(store, [facts_file(f"places: [{row}]\nunits: [{{id: hu, name: Huyện ủy, place: huyện Hạ}}]", "news.yaml")])
    assert len(store.read("MATCH (p:Place {name: 'huyện Hạ'}) RETURN p.id").rows) == 2
    assert one(store, "MATCH (:Unit {id: 'hu'})-[:LOCATED_IN]->(p) RETURN p.id") != ["h1"]


def test_a_place_with_its_own_dates_is_another(given):
    store = given("places: [{name: tỉnh Xuân, kind: tinh, valid_from: 2025-07-01}]")
    assert len(store.read("MATCH (p:Place {name: 'tỉnh Xuân'}) RETURN p.id").rows) == 2
