"""From a world to proposals: what is proposed, what never is, and how the score is made up."""

import datetime as dt
from dataclasses import replace
from itertools import combinations
from math import fsum, log

import pytest

from graph.findings import Judgement, finding_key
from queries.merges import against
from queries.merges.groups import candidate_groups, candidate_pairs
from queries.merges.model import Happened, Posts
from queries.merges.propose import Scope, propose
from queries.merges.score import Model, total
from queries.merges.sizes import crowded, fewest, small
from queries.merges.texts import Texts, jaccard, topic_of, words_of
from tests.queries.merges.families import part
from tests.queries.merges.worlds import FARM, farm, unit, world

EXTENSION, SEEDS = "p/Trung tâm Khuyến nông", "p/Trung tâm Giống nông nghiệp"


def groups(proposals):
    return [tuple(sorted(u.id for u in each.units)) for each in proposals.found]


def judged(verdict, *units):
    key = finding_key("m", units)
    return {key: Judgement("merge", key, verdict, members=tuple(("Unit", u, "unit") for u in units))}


def test_the_two_alike_units_are_proposed_and_no_others():
    found = propose(farm(), Scope())
    assert groups(found) == [(SEEDS, EXTENSION)]
    assert found.proven


def test_units_of_two_places_are_never_proposed_together():
    found = propose(farm("p", "q"), Scope())
    assert sorted({u.place for u in each.units} == {each.units[0].place} for each in found.found) == [True, True]


def test_units_without_a_place_are_of_one_only_under_one_parent():
    units = [unit(name, "") for name in ("UBND tỉnh", *FARM)]
    assert groups(propose(world(units, FARM), Scope())) == []
    assert len(groups(propose(world(units, FARM, dict.fromkeys(FARM, "UBND tỉnh")), Scope()))) == 1


@pytest.mark.parametrize("name", ["tuned", "untouched"])
def test_every_waterfall_sums_exactly_to_the_log_odds_and_no_unit_is_in_two_groups(name):
    for each, _ in part(name):
        found = propose(each, Scope(least=0.2)).found
        members = [u.id for p in found for u in p.units]
        assert len(members) == len(set(members)) and found
        for p in found:
            assert fsum(q.contribution for q in p.parts) == p.odds
            assert log(p.score / (1 - p.score)) == pytest.approx(p.odds)
            assert all(q.contribution == q.value * q.weight for q in p.parts)
            assert len({(u.place, u.level) for u in p.units}) == 1


def test_the_order_of_the_units_is_of_no_matter():
    cell = part("tuned")[0][0]
    model = Model(cell, Texts(cell))
    for a, b in candidate_pairs(cell, model.texts)[:50]:
        assert model.pair_odds(a, b) == model.pair_odds(b, a) == pytest.approx(total(model.parts((b, a))))


def test_a_larger_group_pays_for_its_members_and_its_weakest_tie():
    cell = part("tuned")[0][0]
    model = Model(cell, Texts(cell))
    found = [g for g in candidate_groups(model, candidate_pairs(cell, model.texts), least=0.2) if len(g.members) > 2]
    assert found
    for group in found:
        mean = fsum(model.pair_odds(a, b) for a, b in combinations(group.members, 2))
        mean /= len(group.members) * (len(group.members) - 1) / 2
        assert group.odds < mean
        names = {p.name: p.contribution for p in model.parts(group.members)}
        assert names["larger"] < 0 and names.get("weakest", 0) <= 0


def test_size_limits_the_groups():
    cell = part("tuned")[0][0]
    assert all(len(p.units) == 2 for p in propose(cell, Scope(size=2, least=0.2)).found)


def test_a_rejected_group_is_out_with_all_that_contain_it_and_an_accepted_one_is_in():
    assert groups(propose(farm(), Scope(), judged("reject", SEEDS, EXTENSION))) == []
    other = ("p/Bảo tàng tỉnh", SEEDS)
    found = propose(farm(), Scope(), judged("accept", *other))
    assert groups(found) == [other] and found.found[0].accepted
    assert groups(propose(farm(), Scope(), judged("unsure", SEEDS, EXTENSION))) == [(SEEDS, EXTENSION)]


def test_the_scope_narrows():
    assert groups(propose(farm(), Scope(levels=("district",)))) == []
    assert groups(propose(farm(), Scope(kinds=("bao_tang",)))) == []
    assert groups(propose(farm(), Scope(systems=("service",)))) == [(SEEDS, EXTENSION)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tỉnh ủy", "leading_body"),
        ("Hội đồng nhân dân tỉnh", "elected_body"),
        ("Cục Thuế tỉnh", "vertical"),
        ("Ban Chỉ đạo cải cách hành chính", "temporary"),
        ("Công ty Cấp nước", "enterprise"),
        ("Thôn Đông", "community"),
    ],
)
def test_what_is_never_proposed_says_by_which_rule(name, code):
    stop = against.stopped_alone(unit(name))
    assert stop is not None and stop.code == code and stop.source


def test_rules_that_keep_two_units_apart():
    names = ("UBND tỉnh", "Sở Nội vụ", "Sở Tư pháp", "Văn phòng Sở", "Hội Nông dân tỉnh", "Hội Cựu chiến binh tỉnh")
    units = {each: unit(each) for each in names}
    room = unit("Phòng Hành chính", id_="p/Phòng")
    parents = {
        "Sở Nội vụ": "UBND tỉnh",
        "Sở Tư pháp": "UBND tỉnh",
        "Văn phòng Sở": "Sở Nội vụ",
        room.name: "Sở Tư pháp",
    }
    made = world([*units.values(), room], {}, parents)
    assert against.stopped(made, units["Sở Nội vụ"], units["Văn phòng Sở"]).code == "one_above_other"
    assert against.stopped(made, units["Văn phòng Sở"], room).code == "parts_of_two"
    assert against.stopped(made, units["Hội Nông dân tỉnh"], units["Hội Cựu chiến binh tỉnh"]).code == "own_charter"
    assert against.stopped(made, units["Sở Nội vụ"], units["Sở Tư pháp"]) is None


def test_heads_who_may_not_be_one_person_keep_their_units_apart():
    council, committee = unit("Hội đồng nhân dân tỉnh"), unit("UBND tỉnh")
    stop = against.stopped(world([council, committee], {}), council, committee)
    assert stop.code == "head_posts" and "Luật" in stop.source


def test_a_pair_of_party_and_state_counts_in_full_only_while_it_is_policy():
    units = [unit("Ban Tổ chức Huyện ủy", level="district"), unit("Phòng Nội vụ", level="district")]
    values = {}
    for on in (dt.date(2017, 1, 1), dt.date(2019, 1, 1)):
        made = replace(world(units, {}), on=on)
        values[on.year] = Model(made, Texts(made)).facts(units[0].id, units[1].id)["paired"]
    assert (values[2017].value, values[2019].value) == (0.5, 1.0)
    assert values[2019].source == "34-KL/TW"


def test_a_recent_split_speaks_against_and_an_old_one_does_not():
    both = (unit("Trung tâm Khuyến nông"), unit("Trung tâm Giống nông nghiệp"))
    odds = {}
    for year in (2000, 2018):
        split = Happened("e", "separate", dt.date(year, 1, 1), "Tách trung tâm", both, ("12/QĐ",))
        made = farm(splits=(split,))
        odds[year] = Model(made, Texts(made)).pair_odds(EXTENSION, SEEDS)
        parts = {p.name: p for p in Model(made, Texts(made)).parts((EXTENSION, SEEDS))}
    assert odds[2018] < odds[2000]
    assert parts["split"].source == "12/QĐ"


def test_one_head_and_shared_clients_speak_for_it():
    plain = farm()
    heads = {EXTENSION: frozenset({"n1"}), SEEDS: frozenset({"n1", "n2"})}
    more = farm(heads=heads, serves={EXTENSION: frozenset({"p/UBND tỉnh"}), SEEDS: frozenset({"p/UBND tỉnh"})})
    parts = {p.name for p in Model(more, Texts(more)).parts((EXTENSION, SEEDS))}
    assert {"one_head", "clients"} <= parts
    assert Model(more, Texts(more)).pair_odds(EXTENSION, SEEDS) > Model(plain, Texts(plain)).pair_odds(EXTENSION, SEEDS)


def test_sizes_are_judged_by_the_rules_of_the_day():
    made = farm(staff={EXTENSION: 9.0})
    centre = made.units[EXTENSION]
    assert fewest(made, centre) is None and small(made, centre) == ""
    later = replace(made, on=dt.date(2022, 1, 1))
    assert fewest(later, centre)[0] == 15
    assert "120/2020/NĐ-CP" in small(later, centre)


def test_a_committee_with_more_departments_than_the_rules_allow():
    units = [unit("UBND tỉnh"), *(unit(f"Sở {n}", id_=f"s{n}") for n in range(20))]
    made = replace(world(units, {}, {f"Sở {n}": "UBND tỉnh" for n in range(20)}), on=dt.date(2025, 7, 1))
    share, why = crowded(made)["p/UBND tỉnh", "so"]
    assert share > 0 and "20 >" in why


def test_savings_name_their_assumptions():
    made = replace(farm(staff={EXTENSION: 9.0, SEEDS: 8.0}), on=dt.date(2022, 1, 1))
    made = replace(made, posts={EXTENSION: Posts(1, 2), SEEDS: Posts(1, 2)})
    saving = propose(made, Scope()).found[0].saving
    assert (saving.units, saving.heads, saving.deputies, saving.staff) == (1, 1, 2, None)
    codes = dict(saving.assumptions)
    assert codes["deputies"]["source"].startswith("120/2020") and "no_norm" in codes and "kind" in codes


def test_precedents_are_of_the_same_kinds_and_near_in_name_and_not_the_same_units():
    there = (unit("Trung tâm Khuyến nông", "q"), unit("Trung tâm Giống nông nghiệp", "q"))
    far = (unit("Trung tâm Pháp y", "q"), unit("Trung tâm Dịch vụ việc làm", "q"))
    made = farm(
        happened=(
            Happened("e1", "merge", dt.date(2018, 1, 1), "", there, ("5/QĐ",)),
            Happened("e2", "merge", dt.date(2018, 1, 1), "", far),
            Happened("e3", "merge", dt.date(2018, 1, 1), "", (farm().units[EXTENSION], farm().units[SEEDS])),
        )
    )
    assert [event.id for event in propose(made, Scope()).found[0].precedents] == ["e1"]


def test_what_everybody_does_is_no_reason():
    same = ["Quản lý tài chính, tài sản của đơn vị", "Thực hiện nhiệm vụ khác do cấp trên giao"]
    made = world(
        [unit(f"Trung tâm Số {n}", id_=f"u{n}") for n in range(40)], {f"Trung tâm Số {n}": same for n in range(40)}
    )
    assert propose(made, Scope()).found == []


@pytest.mark.parametrize("text", ["", "nước", "…", "Quản lý đất đai, rừng. " * 2_500, "Manage land and forests"])
def test_odd_statements_do_no_harm(text):
    made = world([unit(f"Trung tâm {n}", id_=f"u{n}") for n in "ABC"], {f"Trung tâm {n}": [text] for n in "ABC"})
    for each in propose(made, Scope()).found:
        assert fsum(p.contribution for p in each.parts) == each.odds


def test_topics_are_names_without_kind_and_level():
    assert topic_of("Phòng Bưu chính") == "Bưu chính"
    assert topic_of("Ban Tổ chức Huyện ủy") == ""
    assert topic_of("Trung tâm Xúc tiến đầu tư tỉnh") == "Xúc tiến đầu tư"


def test_plain_jaccard():
    made = world([unit("Sở Nội vụ"), unit("Sở Y tế")], {"Sở Nội vụ": ["một hai"], "Sở Y tế": ["hai ba"]})
    assert jaccard(words_of(made, "p/Sở Nội vụ"), words_of(made, "p/Sở Y tế")) == pytest.approx(1 / 3)
