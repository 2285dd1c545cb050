"""Two stores for all query tests of a process: the demo facts, and a few invented ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import bomay
from graph.store import Store
from graph.text import key, search_key
from loaders.load import load
from tests.stores import store_of_kind

DEMO = Path(bomay.__file__).parent / "demo"

# What the demo facts do not have: two seals, a renamed unit, contradictions.
SMALL = """
CREATE (p:Place {id: 'p', name: 'tỉnh Thử', kind: 'tinh', level: 'province'})
CREATE (q1:Place {id: 'q1', name: 'tỉnh Hai', kind: 'tinh', level: 'province', name_key: 'tỉnh hai'}),
       (q2:Place {id: 'q2', name: 'thành phố Hai', kind: 'thanh_pho', level: 'district', name_key: 'thành phố hai'}),
       (:Unit {id: 'u1', name: 'Văn phòng', name_key: 'văn phòng', kind: 'van_phong', level: 'province',
              system: 'state'})-[:LOCATED_IN {id: 'l7'}]->(q1),
       (:Unit {id: 'u2', name: 'Văn phòng', name_key: 'văn phòng', kind: 'van_phong', level: 'district',
              system: 'state'})-[:LOCATED_IN {id: 'l8'}]->(q2)
CREATE (d1:Document {id: 'd1', kind: 'report', number: '1/BC'}),
       (d2:Document {id: 'd2', kind: 'report', number: '2/BC'})
CREATE (hu:Unit {id: 'hu', name: 'Huyện ủy', kind: 'huyen_uy', level: 'district', system: 'party'}),
       (ub:Unit {id: 'ub', name: 'UBND huyện', kind: 'ubnd', level: 'district', system: 'state'}),
       (cq:Unit {id: 'cq', name: 'Cơ quan Kiểm tra - Thanh tra', kind: 'co_quan', level: 'district', system: 'party',
                 valid_from: date('2018-01-01'), valid_to: date('2021-01-01')}),
       (kt:Unit {id: 'kt', name: 'Ủy ban Kiểm tra Huyện ủy', kind: 'uy_ban_kiem_tra', level: 'district',
                 system: 'party'}),
       (tt:Unit {id: 'tt', name: 'Thanh tra huyện', kind: 'thanh_tra', level: 'district', system: 'state'}),
       (ct:Unit {id: 'ct', name: 'Trung tâm chính trị', kind: 'trung_tam', level: 'district', system: 'party',
                 former_names: ['Trung tâm bồi dưỡng chính trị'], former_until: ['2019-11-08']})
CREATE (hu)-[:LOCATED_IN {id: 'l1'}]->(p), (ub)-[:LOCATED_IN {id: 'l2'}]->(p), (cq)-[:LOCATED_IN {id: 'l3'}]->(p),
       (kt)-[:LOCATED_IN {id: 'l4'}]->(p), (tt)-[:LOCATED_IN {id: 'l5'}]->(p), (ct)-[:LOCATED_IN {id: 'l6'}]->(p)
CREATE (cq)-[:PART_OF {id: 'r1', kind: 'line'}]->(hu), (cq)-[:PART_OF {id: 'r2', kind: 'managed'}]->(ub)
CREATE (kt)-[:FACE_OF {id: 'f1', valid_from: date('2018-01-01'), valid_to: date('2021-01-01')}]->(cq),
       (tt)-[:FACE_OF {id: 'f2', valid_from: date('2018-01-01'), valid_to: date('2021-01-01')}]->(cq)
CREATE (x:Position {id: 'x', title: 'Bí thư', kind: 'bi_thu', role: 'head'})-[:OF_UNIT {id: 'o1'}]->(hu)
CREATE (a:Person {id: 'a', name: 'Lê Thị Một'})-[:HOLDS {id: 'h1', valid_from: date('2019-01-01')}]->(x),
       (b:Person {id: 'b', name: 'Lê Văn Hai'})-[:HOLDS {id: 'h2', valid_from: date('2020-01-01')}]->(x)
CREATE (e1:Event {id: 'e1', kind: 'merge', status: 'in_force', date: date('2018-01-01')}),
       (e2:Event {id: 'e2', kind: 'merge', status: 'in_force', date: date('2018-03-31'), date_text: 'tháng 3/2018'})
CREATE (e1)-[:INPUT]->(kt), (e1)-[:INPUT]->(tt), (e1)-[:OUTPUT]->(cq),
       (e2)-[:INPUT]->(kt), (e2)-[:INPUT]->(tt), (e2)-[:OUTPUT]->(cq)
CREATE (g1:Figure {id: 'g1', measure: 'units', direction: 'decrease', value: 26.0, date: date('2018-01-01')}),
       (g2:Figure {id: 'g2', measure: 'units', direction: 'decrease', value: 27.0, date: date('2018-01-01')})
CREATE (g1)-[:ABOUT]->(p), (g2)-[:ABOUT]->(p)
CREATE (a)-[:STATED_IN {fact: 'h1', basis: 'stated'}]->(d1), (b)-[:STATED_IN {fact: 'h2', basis: 'stated'}]->(d2),
       (e1)-[:STATED_IN {fact: 'e1', basis: 'stated'}]->(d1), (e2)-[:STATED_IN {fact: 'e2', basis: 'stated'}]->(d2),
       (g1)-[:STATED_IN {fact: 'g1', basis: 'stated'}]->(d1), (g2)-[:STATED_IN {fact: 'g2', basis: 'stated'}]->(d2)
CREATE (run:Run {id: 'run', kind: 'overlap', as_of: date('2019-06-01'), parameters: '{}', candidates: 2}),
       (c1:Candidate {id: 'c1', kind: 'overlap', key: 'o-1', cls: 'duplicate', score: 0.9, summary: 'một', rank: 1}),
       (c2:Candidate {id: 'c2', kind: 'overlap', key: 'o-2', cls: 'overlap', score: 0.6, summary: 'hai', rank: 2}),
       (j1:Judgement {id: 'j1', kind: 'overlap', key: 'o-1', verdict: 'unsure', by: 'An', made: date('2019-07-01'),
                      made_at: '2019-07-01T08:00:00', summary: 'một', ended: date('2019-08-01'), ended_why: 'replaced',
                      ended_by: 'Bình'}),
       (j2:Judgement {id: 'j2', kind: 'overlap', key: 'o-1', verdict: 'reject', by: 'Bình', reason: 'khác phạm vi',
                      made: date('2019-08-01'), made_at: '2019-08-01T08:00:00', summary: 'một'}),
       (j3:Judgement {id: 'j3', kind: 'merge', key: 'm-1', verdict: 'accept', by: 'An', made: date('2019-09-01'),
                      made_at: '2019-09-01T08:00:00', summary: 'nhóm'})
CREATE (c1)-[:FOUND_IN {id: 'fi1'}]->(run), (c2)-[:FOUND_IN {id: 'fi2'}]->(run),
       (c1)-[:CONCERNS {id: 'co1', role: 'a'}]->(kt), (c1)-[:CONCERNS {id: 'co2', role: 'b'}]->(tt),
       (j3)-[:CONCERNS {id: 'co3', role: 'member'}]->(kt),
       (j1)-[:JUDGES {id: 'ju1'}]->(c1), (j2)-[:JUDGES {id: 'ju2'}]->(c1)
"""


@pytest.fixture(scope="session")
def demo(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store_of_kind(store_kind, tmp_path_factory.mktemp("demo")) as store:
        load(store, [DEMO])
        yield store


@pytest.fixture(scope="session")
def small(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store_of_kind(store_kind, tmp_path_factory.mktemp("small")) as store:
        store.write(SMALL)
        store.write("MATCH (p:Place {id: 'p'}) SET p.name_key = $k, p.search_key = $s", _keys("tỉnh Thử"))
        yield store


def _keys(name: str) -> dict[str, str]:
    return {"k": key(name), "s": search_key(name)}
