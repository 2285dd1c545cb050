"""Search by name on every kind of store: what is found, in which order, whatever is typed."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.errors import StoreInUse
from graph.fit import OTHER, fit_of, typed_words, words_of
from graph.names import searched_labels, text_index
from graph.search import named, search, similar_names
from graph.store import connect, setup
from graph.store.embedded import serve_folder
from graph.undo import undo
from loaders.load import load
from tests.stores import store_of_kind

FACTS = """
places:
  - {id: vp, name: tỉnh Vĩnh Phúc, kind: tinh}
  - {id: vy, name: thành phố Vĩnh Yên, kind: thanh_pho, within: vp}
  - {id: bp, name: tỉnh Bình Phước, kind: tinh}
  - {id: lang, name: xã Văn Lang, kind: xa}
  - {id: lăng, name: xã Văn Lăng, kind: xa}
units:
  - {id: vp-nv, name: Sở Nội vụ, place: vp}
  - {id: bp-nv, name: Sở Nội vụ, place: bp}
  - {id: bp-nn, name: Sở Nông nghiệp và Phát triển nông thôn, place: bp}
  - {id: vp-tt, name: Sở Thông tin và Truyền thông, short_name: STTTT, place: vp, valid_to: 1/3/2025}
  - {id: bp-tt, name: Sở Thông tin và Truyền thông, place: bp}
  - {id: vp-ub, name: UBND tỉnh, place: vp}
  - {id: bp-ub, name: Ủy ban nhân dân tỉnh, place: bp}
  - {id: vy-nv, name: Phòng Nội vụ, place: vy}
  - {id: lang-ub, name: UBND xã, place: lang}
  - {id: lăng-ub, name: UBND xã, place: lăng}
  - {id: bp-bd, name: Trung tâm bồi dưỡng chính trị, aliases: Trường chính trị huyện, place: bp}
people:
  - {id: p1, name: Nguyễn Văn An}
  - {id: p2, name: Nguyễn Vân Ấn}
  - {id: p3, name: Trần Nội Vụ}
holdings:
  - {person: p1, title: Giám đốc, unit: bp-nv}
documents:
  - {id: d18, number: 18-NQ/TW, title: Sắp xếp tổ chức bộ máy, kind: nghị quyết}
  - {id: d19, title: Sở Nội vụ được sắp xếp, kind: bài báo}
"""


@pytest.fixture
def facts(store, facts_file):
    load(store, [facts_file(FACTS)])
    return store


@pytest.fixture(scope="module")
def shared(store_kind, tmp_path_factory):
    """The same facts in a store of their own, for the tests that only read."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    with store_of_kind(store_kind, folder) as store:
        load(store, [folder / "facts.yaml"])
        yield store


def ids(store, text, *labels, **how):
    return [hit.id for hit in search(store, text, labels or None, **how)]


FOUND = [
    # as written, and without diacritics
    ("Sở Nội vụ", ["bp-nv", "vp-nv", "d19"]),
    ("so noi vu", ["bp-nv", "vp-nv", "d19"]),
    ("SO NOI VU", ["bp-nv", "vp-nv", "d19"]),
    # with diacritics the name that has them, then the others; other diacritics last
    ("Văn Lang", ["lang", "lăng"]),
    ("Văn Lăng", ["lăng", "lang"]),
    ("van lang", ["lang", "lăng"]),
    ("nguyen van an", ["p2", "p1"]),
    ("Nguyễn Vân Ấn", ["p2", "p1"]),
    # any order, a part, the last word begun
    ("vụ nội", ["vy-nv", "bp-nv", "vp-nv", "p3", "d19"]),
    ("so no", ["bp-nv", "vp-nv", "bp-nn", "d19"]),
    ("sở nông ngh", ["bp-nn"]),
    ("nội s", ["bp-nv", "vp-nv", "d19"]),
    # abbreviations, short names, aliases
    ("ubnd tinh", ["vp-ub", "bp-ub"]),
    ("Uỷ ban nhân dân xã", ["lang-ub", "lăng-ub"]),
    ("Sở TT&TT", ["bp-tt", "vp-tt"]),
    ("sttt", ["vp-tt"]),
    ("truong chinh tri", ["bp-bd"]),
    # with the place behind or before it, its name begun, a place above
    ("noi vu vinh phuc", ["vp-nv", "vy-nv"]),
    ("tỉnh Vĩnh Phúc Sở Nội vụ", ["vp-nv"]),
    ("sở nội vụ vĩnh ph", ["vp-nv"]),
    ("phong noi vu vinh phuc", ["vy-nv"]),
    ("UBND Văn Lăng", ["lăng-ub", "lang-ub"]),
    ("van an binh phuoc", ["p1"]),
    # documents by number and title
    ("18-NQ/TW", ["d18"]),
    ("nq/t", ["d18"]),
    ("bo may 18", ["d18"]),
    ("vinh phuc", ["vp"]),
    ("khong co gi", []),
    ("sở nội vụ hà nội", []),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_what_is_found_the_best_first(shared, text, found):
    assert ids(shared, text) == found


def test_which_words_the_indexes_are_asked_for_changes_no_answer(shared, monkeypatch):
    monkeypatch.setattr("graph.search._FREQUENT", {})
    assert {text: ids(shared, text) for text, _ in FOUND} == dict(FOUND)
    monkeypatch.setattr("graph.search._FREQUENT", dict.fromkeys(searched_labels(), "so noi vu van tinh sttt ubnd xa"))
    assert {text: ids(shared, text) for text, _ in FOUND} == dict(FOUND)


def test_names_with_other_diacritics_are_marked_and_come_last(shared):
    right, wrong = search(shared, "Văn Lăng")
    assert right.score > 0.99 and wrong.score < 0.1
    assert right.fit.accents < OTHER == wrong.fit.accents
    less = search(shared, "van lang")
    assert less[0].score == less[1].score < 1


def test_the_name_that_fits_is_told(shared):
    hit = search(shared, "trường chính trị")[0]
    assert (hit.label, hit.name, hit.matched) == ("Unit", "Trung tâm bồi dưỡng chính trị", "Trường chính trị huyện")


def test_labels_and_a_limit(shared):
    assert ids(shared, "noi vu", "Person") == ["p3"]
    assert ids(shared, "noi vu", limit=2) == ids(shared, "noi vu")[:2]
    with pytest.raises(ValueError, match=r"Position is not searched.*Unit"):
        search(shared, "x", ["Position"])


def test_what_exists_on_the_day_comes_first(shared):
    assert ids(shared, "Sở TT&TT") == ["bp-tt", "vp-tt"]
    assert ids(shared, "Sở TT&TT", on=dt.date(2025, 3, 1)) == ["bp-tt", "vp-tt"]
    assert ids(shared, "Sở TT&TT", on=dt.date(2025, 2, 28)) == ["bp-tt", "vp-tt"]
    assert [hit.lives for hit in search(shared, "Sở TT&TT", on=dt.date(2025, 2, 28))] == [True, True]
    assert [hit.lives for hit in search(shared, "Sở TT&TT", on=dt.date(2025, 3, 1))] == [True, False]


def test_what_has_ended_comes_after_though_its_id_is_before(store, facts_file):
    load(
        store,
        [
            facts_file("""
places:
  - {id: x, name: tỉnh Ví Dụ, kind: tinh}
units:
  - {id: a, name: Sở Y tế, place: x, valid_to: 1/1/2020}
  - {id: b, name: Sở Y tế, place: x, valid_from: 1/1/2020}
""")
        ],
    )
    assert ids(store, "Sở Y tế") == ["b", "a"]
    assert ids(store, "Sở Y tế", on=dt.date(2019, 12, 31)) == ["a", "b"]
    assert ids(store, "Sở Y tế", on=dt.date(2020, 1, 1), limit=1) == ["b"]


HOSTILE = [
    "+", "-", "||", "!", "(", ")", "{", "}", "[", "]", "^", '"', "~", "*", "?", ":", "\\", "/", "'", "`", "$",
    ";", "AND", "OR", "NOT", "name:", "search_keys:", "_exists_:", "\x00", "\n", "\u202e", "²", "ﬁ", "中", "{}", "%s",
    "//", "*:*", "/.*/", "[a TO z]", "<b>", "') RETURN 1 //", "\\u0041", "~2", "^5", "\N{GRINNING FACE}",
]  # fmt: skip


@pytest.mark.parametrize("mark", [mark for mark in HOSTILE if not any(c.isalnum() for c in mark)])
def test_marks_of_the_query_language_are_no_words(shared, mark):
    """Wherever they stand, the answer is that of the words alone."""
    plain = ids(shared, "sở nội vụ")
    assert ids(shared, f"{mark} sở nội vụ") == ids(shared, f"sở {mark} nội{mark} vụ {mark}") == plain
    assert ids(shared, mark) == []


@pytest.mark.parametrize("mark", [mark for mark in HOSTILE if any(c.isalnum() for c in mark)])
def test_words_of_the_query_language_are_words_like_others(shared, mark):
    assert ids(shared, f"sở nội vụ {mark} x") == []
    search(shared, mark)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.lists(st.sampled_from(["sở", "noi", "vụ", "ub", "xã", "an", *HOSTILE])).map(" ".join))
@example("so " * 500)
@example("x" * 100_000)
@example("nội vụ vĩnh phúc " * 30)
def test_whatever_is_typed_only_what_has_all_the_words_is_found(shared, text):
    typed = typed_words(text)
    for hit in search(shared, text, ["Person", "Place"], limit=5):
        assert fit_of(typed, words_of(hit.matched), other=False) or hit.fit.tier > 2


@pytest.mark.parametrize("in_one_transaction", [300_000, 5])
def test_loads_fold_the_names_of_all_that_is_searched(store, facts_file, monkeypatch, in_one_transaction):
    monkeypatch.setattr("graph.ingest.ONE_TRANSACTION", in_one_transaction)
    load(store, [facts_file(FACTS)])
    for label in searched_labels():
        rows = store.read(f"MATCH (n:{label}) RETURN count(n), count(n.search_keys)").rows
        assert rows[0][0] == rows[0][1] > 0, label


def test_a_name_that_a_later_load_adds_is_found_and_gone_when_it_is_undone(facts, facts_file):
    more = "units: [{id: bp-nv, name: Sở Nội vụ, place: bp, aliases: Sở Tổ chức}]"
    report = load(facts, [facts_file(more)])
    assert ids(facts, "so to chuc") == ["bp-nv"] and ids(facts, "so noi vu")[0] == "bp-nv"
    assert not load(facts, [facts_file(more)]).plan.size
    undo(facts, report.load)
    assert ids(facts, "so to chuc") == [] and ids(facts, "so noi vu")[0] == "bp-nv"


def test_a_unit_is_found_by_its_new_and_its_former_name(facts, facts_file):
    event = "{id: e, kind: rename, status: in_force, date: 8/11/2019, inputs: bp-bd, new_name: Trung tâm chính trị}"
    report = load(facts, [facts_file(f"events: [{event}]")])
    assert ids(facts, "trung tam chinh tri") == ["bp-bd"]
    hit = search(facts, "trung tâm bồi dưỡng chính trị")[0]
    assert (hit.id, hit.name, hit.matched) == ("bp-bd", "Trung tâm chính trị", "Trung tâm bồi dưỡng chính trị")
    undo(facts, report.load)
    assert search(facts, "trung tâm bồi dưỡng chính trị")[0].score == 1


def test_nothing_changes_for_facts_that_are_loaded_again(facts, facts_file):
    assert not load(facts, [facts_file(FACTS, "again.yaml")], dry_run=True).plan.size


def test_of_many_of_one_name_the_first_ids_are_shown(store):
    rows = [
        {"id": f"u{i:04}", "name": "UBND xã", "search_key": "uy ban nhan dan xa", "search_keys": ["uy ban nhan dan xa"]}
        for i in range(300)
    ]
    store.write("UNWIND $rows AS row CREATE (u:Unit) SET u = row", {"rows": rows[::-1]})
    for text in ("UBND xã", "ubnd xa", "uy ban nhan", "nhân dân ủy ban x"):
        assert ids(store, text, limit=5) == [f"u{i:04}" for i in range(5)]


def test_named_and_similar(shared):
    assert named(shared, "Unit", "trường chính trị huyện") == ["bp-bd"]
    assert named(shared, "Unit", "truong chinh tri huyen") == ["bp-bd"]
    assert named(shared, "Unit", "chính trị huyện") == named(shared, "Unit", "trường chính trí huyện") == []
    assert named(shared, "Person", "Nguyễn Văn An") == ["p1"]
    assert named(shared, "Person", "nguyen van an") == ["p1", "p2"]
    assert "Sở Nội vụ" in similar_names(shared, "Unit", "Sở Nội vụụ")
    assert similar_names(shared, "Unit", "zzz") == []


# ---------------------------------------------------------------- the indexes


def indexes(store):
    rows = store.read("SHOW INDEXES YIELD name, type, state RETURN name, type, state").rows
    return {name: state for name, type_, state in rows if type_ == "FULLTEXT"}


def test_the_indexes_are_made_once(store):
    expected = dict.fromkeys(map(text_index, searched_labels()), "ONLINE")
    assert indexes(store) == expected
    setup.define(store)
    assert indexes(store) == expected


def test_analysts_may_ask_the_indexes_in_cypher_of_their_own(shared):
    """As the documentation shows it."""
    concepts = (Path(__file__).parents[2] / "docs" / "concepts.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"```cypher\n(.*?)```", concepts, re.S)
    rows = shared.ask(query).dicts()
    assert sorted(row["name"] for row in rows) == ["Phòng Nội vụ", "Sở Nội vụ", "Sở Nội vụ"]
    assert all(row["score"] > 0 for row in rows)


def test_who_joined_a_served_folder_searches_it_but_makes_no_index(tmp_path, facts_file):
    path = tmp_path / "bomay.db"
    with connect(str(path), create=True) as store:
        load(store, [facts_file(FACTS)])
    served = serve_folder(path, port=None, purpose="bomay serve")
    try:
        with connect(str(path)) as joined:
            assert ids(joined, "noi vu vinh phuc") == ["vp-nv", "vy-nv"]
            setup.define(joined)
            with pytest.raises(StoreInUse, match=r"other_search.*bomay serve"):
                joined.define_text_index("other_search", "Position", "titles")
    finally:
        served.stop()
