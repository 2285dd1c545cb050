"""The register of places around 1 July 2025: the package's data, and a small one of the same make."""

import datetime as dt
import json
import sqlite3
from collections import Counter
from importlib.util import find_spec

import pytest

from graph.errors import UserError
from loaders.load import load
from loaders.registers import vietnam_source
from loaders.registers.vietnam import NAME, named, write_rows
from loaders.registers.vietnam_source import Edge, read_source, without_homonyms

BEFORE = [
    # province, district, commune
    ("Tỉnh An Cựu", "Huyện Một", "Xã Kept", "01", "001", "00001"),
    ("Tỉnh An Cựu", "Huyện Một", "Xã Trái", "01", "001", "00002"),
    ("Tỉnh An Cựu", "Thành phố Hai", "Phường Phải", "01", "002", "00003"),
    ("Tỉnh Bình Tân", "Huyện Ba", "Xã Trái", "02", "003", "00004"),
    ("Tỉnh Bình Tân", "Huyện Ba", "Xã Đôi", "02", "003", "00005"),
    ("Tỉnh Bình Tân", "Huyện Đảo", None, "02", "004", None),
]
AFTER = [
    ("Tỉnh An Cựu", "Xã Kept", "04", "00001"),
    ("Tỉnh An Cựu", "Phường Phải", "04", "00003"),
    ("Tỉnh An Cựu", "Xã Trái", "04", "00004"),
    ("Tỉnh An Cựu", "Đặc khu Đảo", "04", "00009"),
]


def folded(text):
    from graph.text import search_key

    return search_key(text or "").replace(" ", "").replace("-", "")


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package made like the real one, in front of it on the path."""
    data = tmp_path / "site" / "vietnamadminunits" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise ImportError('it is not to be imported')", encoding="utf-8")
    paths = {row[5]: "_".join(map(folded, row[:3])) for row in BEFORE}
    whole = {
        "xakept": [paths["00001"]],
        "phuongphai": [paths["00003"]],
        "xatrai": [paths["00004"]],
        "dackhudao": [paths[None]],
    }
    divided = {
        paths["00002"]: [{"newWardKey": "phuongphai"}, {"newWardKey": "xatrai"}],  # the second is a homonym
        paths["00005"]: [{"newWardKey": "xatrai"}],
    }
    content = {
        "DICT_PROVINCE": {"tinhancuu": ["tinhancuu", "tinhbinhtan"]},
        "DICT_PROVINCE_WARD_NO_DIVIDED": {"tinhancuu": whole},
        "DICT_PROVINCE_WARD_DIVIDED": {"tinhancuu": divided},
    }
    (data / "converter_2025.json").write_text(json.dumps(content), encoding="utf-8")
    with sqlite3.connect(data / "dataset.db") as db:
        legacy = "province, district, ward, provinceCode, districtCode, wardCode, provinceKey, districtKey, wardKey"
        db.execute(f"CREATE TABLE admin_units_legacy ({legacy})")
        for row in BEFORE:
            keys = [folded(name) or None for name in row[:3]]
            db.execute("INSERT INTO admin_units_legacy VALUES (?,?,?,?,?,?,?,?,?)", [*row, *keys])
        db.execute("CREATE TABLE admin_units (province, ward, provinceCode, wardCode, provinceKey, wardKey)")
        for new in AFTER:
            db.execute("INSERT INTO admin_units VALUES (?,?,?,?,?,?)", [*new, *map(folded, new[:2])])
    db.close()
    monkeypatch.syspath_prepend(str(data.parent.parent))
    monkeypatch.setattr(vietnam_source, "find_spec", lambda name: _Spec(data.parent))


class _Spec:
    def __init__(self, folder):
        self.submodule_search_locations = [str(folder)]


def places(store, on, level):
    query = (
        "MATCH (p:Place {level: $level})-[w:WITHIN]->(q:Place) "
        "WHERE (w.valid_from IS NULL OR w.valid_from <= $on) AND (w.valid_to IS NULL OR w.valid_to > $on) "
        "AND (p.valid_from IS NULL OR p.valid_from <= $on) AND (p.valid_to IS NULL OR p.valid_to > $on) "
        "RETURN p.name, q.name ORDER BY p.name, q.name"
    )
    return [tuple(row) for row in store.read(query, {"on": on, "level": level}).rows]


def test_a_small_register_is_loaded_once_and_joins_what_is_known(store, package, tmp_path, facts_file):
    known = (
        "places:\n  - {id: vn, name: Việt Nam, kind: nuoc}\n  - {id: cuu, name: tỉnh An Cựu, kind: tinh, within: vn}\n"
    )
    load(store, [facts_file(known, "known.yaml")])
    written = write_rows(tmp_path, store)
    assert (written.known, written.wrong) == (2, 1)
    load(store, [written.file])
    before, after = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
    assert places(store, before, "province") == [("tỉnh An Cựu", "Việt Nam"), ("tỉnh Bình Tân", "Việt Nam")]
    assert places(store, after, "province") == [("tỉnh An Cựu", "Việt Nam")]
    assert len(places(store, before, "district")) == 4 and places(store, after, "district") == []
    assert places(store, before, "commune") == [
        ("phường Phải", "thành phố Hai"),
        ("xã Kept", "huyện Một"),
        ("xã Trái", "huyện Ba"),
        ("xã Trái", "huyện Một"),
        ("xã Đôi", "huyện Ba"),
    ]
    assert places(store, after, "commune") == [
        (name, "tỉnh An Cựu") for name in ("phường Phải", "xã Kept", "xã Trái", "đặc khu Đảo")
    ]
    heirs = "MATCH (p:Place)<-[:INPUT]-(e:Event)-[:OUTPUT]->(q:Place) WHERE q.level = 'commune' RETURN p.code, q.code"
    assert sorted(map(tuple, store.read(heirs).rows)) == [
        ("00002", "00003"),
        ("00003", "00003"),
        ("00004", "00004"),
        ("00005", "00004"),
        ("004", "00009"),
    ]
    kept = "MATCH (p:Place {name: 'xã Kept'}) RETURN count(p), max(p.valid_to)"
    assert store.read(kept).rows == [[1, None]]
    again = write_rows(tmp_path, store)
    assert load(store, [again.file]).plan.size == 0


def test_an_event_that_another_source_tells_of_is_not_told_again(store, package, tmp_path, facts_file):
    known = """places:
  - {id: vn, name: Việt Nam, kind: nuoc}
  - {id: cuu, name: tỉnh An Cựu, kind: tinh, within: vn}
  - {id: tan, name: tỉnh Bình Tân, kind: tinh, within: vn}
events:
  - {id: own, kind: absorb, status: in_force, date: 2025-07-01, inputs: [cuu, tan], outputs: [cuu]}
"""
    load(store, [facts_file(known, "known.yaml")])
    load(store, [write_rows(tmp_path, store).file])
    ended = "MATCH (e:Event)-[:INPUT]->(:Place {id: 'tan'}) RETURN e.id"
    assert store.read(ended).rows == [["own"]]


def test_without_the_package_the_remedy_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(vietnam_source, "find_spec", lambda name: None)
    with pytest.raises(UserError) as failed:
        write_rows(tmp_path, None)
    assert "bomay[vietnam]" in failed.value.remedy


def test_edges_between_homonyms_are_told_from_others():
    right = [Edge("a_x_one", "n", "new"), Edge("a_x_two", "n", "new"), Edge("b_y_three", "n", "other")]
    wrong = [Edge("b_y_one", "n", "new")]
    assert without_homonyms([*right, *wrong]) == (right, wrong)


@pytest.mark.parametrize(
    ("full", "level", "name", "kind"),
    [
        ("Thành phố Hà Nội", "province", "thành phố Hà Nội", "thanh_pho_tw"),
        ("Thành phố Việt Trì", "district", "thành phố Việt Trì", "thanh_pho"),
        ("Thị xã Phú Thọ", "district", "thị xã Phú Thọ", "thi_xa"),
        ("Thị trấn Năm Căn", "commune", "thị trấn Năm Căn", "thi_tran"),
        ("Đặc khu Côn Đảo", "commune", "đặc khu Côn Đảo", "dac_khu"),
    ],
)
def test_names_are_written_as_in_a_text(full, level, name, kind):
    assert named(full, level) == (name, kind)


@pytest.mark.skipif(find_spec("vietnamadminunits") is None, reason="the extra vietnam is not installed")
def test_the_package_has_the_country_before_and_after():
    source = read_source()
    districts = {each.district_code for each in source.before}
    assert len({each.province_code for each in source.before}) == 63
    assert (len(districts), sum(bool(each.name) for each in source.before), len(source.before)) == (696, 10_035, 10_040)
    assert (len({each.province_code for each in source.after}), len(source.after)) == (34, 3_321)
    assert (len(source.edges), len(source.wrong)) == (10_574, 28)
    assert sum(n > 1 for n in Counter(edge.old for edge in source.edges).values()) == 445
    assert {edge.old for edge in source.edges} == {each.path for each in source.before}
    assert NAME == "vietnam-2025"
