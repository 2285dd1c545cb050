"""Plans tried in memory: what is found, what differs, quotas, two plans side by side; nothing is written."""

import datetime as dt

import pytest

from loaders.load import load
from loaders.plan import read_plan
from queries.plans.compare import compare
from queries.plans.trial import try_plan
from tests.plans import FACTS, plan_file


@pytest.fixture
def trial(store, facts_file, tmp_path):
    load(store, [facts_file(FACTS)])

    def make(steps, header="", name="plan.yaml"):
        return try_plan(store, read_plan(store, plan_file(tmp_path, steps, header, name)))

    return make


def found(trial, *codes):
    return [(f.code, f.steps, f.what) for f in trial.check() if not codes or f.code in codes]


def changes(trial, *kinds):
    return [(c.change, c.name, c.before, c.after) for c in trial.diff().units if not kinds or c.change in kinds]


def test_nothing_is_written(trial, store):
    count = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)"
    tried = trial("  - {loại: hợp nhất, đơn vị: [a1, a2], kết quả: Phòng Mới}\n")
    before = store.read(count).rows
    tried.check(), tried.diff()
    assert store.read(count).rows == before
    assert tried.tables_before.units["a1"].name == "Phòng Ngân sách"


def test_a_merger_before_and_after(trial):
    tried = trial(
        "  - {loại: hợp nhất, đơn vị: [a1, a2], kết quả: {tên: Phòng Ngân sách và Giá, biên chế: 14, số cấp phó: 2}}\n"
    )
    diff = tried.diff()
    assert changes(tried, "created", "merged", "quota") == [
        ("created", "Phòng Ngân sách và Giá < Sở Tài chính", None, "Phòng Ngân sách và Giá"),
        ("merged", "Phòng Giá < Sở Tài chính", "Phòng Giá", "Phòng Ngân sách và Giá"),
        ("merged", "Phòng Ngân sách < Sở Tài chính", "Phòng Ngân sách", "Phòng Ngân sách và Giá"),
        ("quota", "Phòng Ngân sách và Giá < Sở Tài chính", None, 14.0),
    ]
    totals = {m.name: (m.before, m.after) for m in diff.measures if not m.system}
    assert totals["units"] == (7, 6)
    assert totals["deputies"] == (1, 2)
    assert totals["quota"] == (90, 90)  # parts are in the quota of their whole
    assert totals["functions"] == (3, 3)
    assert {(f.function, f.before, f.steps) for f in diff.functions} == {
        ("f-ns", ("a1",), (1,)),
        ("f-gia", ("a2",), (1,)),
    }
    assert [(p.name, p.after) for p in diff.people] == [("Vũ Cường", ())]


def test_measures_by_system_and_level_add_up(trial):
    diff = trial("  - {loại: thành lập, kết quả: {tên: Trung tâm Mới, đơn vị cấp trên: so-a}}\n").diff()
    for name in ("units", "heads", "deputies", "functions"):
        parts = [m for m in diff.measures if m.name == name and m.system]
        whole = next(m for m in diff.measures if m.name == name and not m.system)
        assert sum(m.before or 0 for m in parts) == whole.before
        assert sum(m.after or 0 for m in parts) == whole.after
    assert ("service", "province", 0, 1) in [(m.system, m.level, m.before, m.after) for m in diff.measures]


def test_quotas_go_over_with_units_until_a_step_sets_them(trial):
    steps = """
  - {loại: sáp nhập vào, đơn vị: b1, kết quả: a1}
  - {loại: chuyển đơn vị, đơn vị: cc, về: so-a}
"""
    tried = trial(steps)
    assert {u: (q.value, q.assumed) for u, q in tried.quotas_after.items()} == {
        "a1": (15, True),
        "a2": (6, False),
        "cc": (15, False),
        "so-a": (72, True),
        "so-b": (18, True),
    }
    stated = trial(steps + "  - {loại: giao biên chế, đơn vị: so-a, biên chế: 60}\n")
    assert stated.quotas_after["so-a"] == (60.0, False)
    assert next(m for m in tried.diff().measures if m.name == "quota").change == 0


def test_what_is_lost_is_an_error_with_its_step(trial):
    tried = trial("  - {loại: giải thể, đơn vị: so-b}\n")
    assert found(tried, "orphan", "person_without_post", "function_lost") == [
        ("orphan", (1,), "Chi cục Giám định"),
        ("orphan", (1,), "Phòng Quy hoạch"),
        ("person_without_post", (1,), "Lê Bình"),
    ]
    lost = trial("  - {loại: giải thể, đơn vị: a1}\n")
    assert found(lost, "function_lost") == [("function_lost", (1,), "Quản lý ngân sách nhà nước")]
    (finding,) = [f for f in lost.check() if f.code == "function_lost"]
    assert finding.severity == "error" and "→" in finding.remedy("vi")


def test_transfers_leave_nothing_behind(trial):
    steps = """
  - loại: giải thể
    đơn vị: so-b
    chuyển giao: [b1 → so-a, Chi cục Giám định → Sở Tài chính]
  - {loại: bố trí kiêm nhiệm, cán bộ: Lê Bình, chức danh: Trưởng phòng Phòng Giá}
"""
    tried = trial(steps)
    assert not [f for f in tried.check() if f.severity in ("error", "warning")]
    assert tried.tables_after.units["cc"].parent == "so-a"


@pytest.mark.parametrize(
    ("steps", "code", "step"),
    [
        (
            "  - {loại: sáp nhập vào, đơn vị: a1, kết quả: a2}\n  - {loại: sáp nhập vào, đơn vị: a1, kết quả: b1}\n",
            "contradiction",
            2,
        ),
        ("  - {loại: giải thể, đơn vị: a2}\n  - {loại: đổi tên, đơn vị: a2, tên mới: X}\n", "contradiction", 2),
        (
            "  - {loại: chuyển đơn vị, đơn vị: so-a, về: so-b}\n  - {loại: chuyển đơn vị, đơn vị: so-b, về: so-a}\n",
            "contradiction",
            2,
        ),
        ("  - {loại: sáp nhập vào, đơn vị: cu, kết quả: so-a}\n", "contradiction", 1),
        ("  - {loại: sáp nhập vào, đơn vị: a1, kết quả: cu}\n", "contradiction", 1),
        (
            "  - {loại: giải thể, đơn vị: a2, chuyển giao: [f-gia → a1]}\n"
            "  - {loại: chuyển chức năng, đơn vị: a1, chức năng: f-ns, về: a2}\n",
            "used_after_end",
            2,
        ),
    ],
)
def test_a_plan_that_contradicts_itself_or_the_graph(trial, steps, code, step):
    findings = [f for f in trial(steps).check() if f.code == code]
    assert [f.steps for f in findings] == [(step,)] and findings[0].severity == "error"
    assert "plan-" not in findings[0].message("vi")


def test_rules_of_the_day_with_their_sources(trial):
    steps = """
  - {loại: giao biên chế, đơn vị: cc, biên chế: 11}
  - {loại: hợp nhất, đơn vị: [a1, a2], kết quả: {tên: Phòng Mới, biên chế: 4, số cấp phó: 4}}
  - {loại: thành lập, kết quả: {tên: Trung tâm Nhỏ, đơn vị cấp trên: so-a, biên chế: 9}}
"""
    rules = {f.rule.id: (f.severity, f.source, f.steps) for f in trial(steps).check() if f.rule}
    assert rules["min_staff_sub_department"][0] == "error"
    assert "107/2020/NĐ-CP" in rules["min_staff_sub_department"][1]
    assert rules["min_staff_division"][2] == (2,) and rules["deputies_division_other"][2] == (2,)
    assert rules["min_staff_service_unit_2025"][0] == "warning"  # its text has exceptions
    old = trial(steps, "tên: Cũ\nngày: 2019-01-01\nđịa bàn: tỉnh Ví Dụ\n")
    assert not [f for f in old.check() if f.rule and f.rule.kind == "min_staff"]


def test_the_class_of_the_province_sets_the_minimum(trial):
    step = "  - {loại: giao biên chế, đơn vị: a1, biên chế: 5}\n"
    header = "tên: Thử\nngày: 2027-01-01\nđịa bàn: tỉnh Ví Dụ\nloại tỉnh: %s\n"
    assert not found(trial(step, header % "II"), "min_staff")
    assert found(trial(step, header % "I"), "min_staff") == [("min_staff", (1,), "Phòng Ngân sách < Sở Tài chính")]


def test_what_was_wrong_before_is_not_the_plans(trial):
    small = "  - {loại: giao biên chế, đơn vị: a1, biên chế: 3}\n"
    assert found(trial(small), "min_staff")
    # a2 has 6 of at least 5; b1's 7 stay as they are
    assert not found(trial("  - {loại: đổi tên, đơn vị: b1, tên mới: Phòng B}\n"))


def test_posts_that_exclude_each_other_and_two_heads(trial):
    steps = """
  - {loại: bố trí kiêm nhiệm, cán bộ: Trần An, chức danh: [Giám đốc Sở Tài chính, Chi cục trưởng Chi cục Giám định]}
"""
    assert found(trial(steps), "several_posts") == [("several_posts", (1,), "Trần An")]
    below = trial("  - {loại: bố trí kiêm nhiệm, cán bộ: Lê Bình, chức danh: Chi cục trưởng Chi cục Giám định}\n")
    (finding,) = [f for f in below.check() if f.code == "incompatible"]
    assert finding.rule.id == "director_not_lower_head" and finding.severity == "warning"
    two = trial(
        "  - {loại: hợp nhất, đơn vị: [so-a, so-b], kết quả: Sở Mới, chuyển theo: [chức năng, đơn vị, chức danh]}\n"
    )
    assert found(two, "two_heads") == [("two_heads", (1,), "Sở Mới")]


def test_a_split_leaves_its_quota_open_until_all_is_given(trial):
    steps = """
  - loại: chia
    đơn vị: a1
    kết quả: [{tên: Phòng X, biên chế: 5}, {tên: Phòng Y}]
    chuyển giao: [f-ns → Phòng X]
"""
    tried = trial(steps)
    (finding,) = [f for f in tried.check() if f.code == "quota_left"]
    assert "8 biên chế, chia ra còn 5" in finding.message("vi")


def test_every_finding_reads_well_in_both_languages(trial):
    tried = trial(
        "  - {loại: giải thể, đơn vị: so-b}\n  - {loại: đổi tên, đơn vị: so-b, tên mới: X}\n"
        "  - {loại: hợp nhất, đơn vị: [a1, a2], kết quả: {tên: Phòng Mới, biên chế: 3, người đứng đầu: Ai Đó}}\n"
    )
    for finding in tried.check():
        for lang in ("vi", "en"):
            assert "{" not in finding.message(lang) + finding.remedy(lang)
    severities = [f.severity for f in tried.check()]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)


def test_a_shared_office_and_two_seals(trial):
    steps = """
  - {loại: văn phòng phục vụ chung, đơn vị: [so-a, so-b], kết quả: {tên: Văn phòng chung, đơn vị cấp trên: ubnd}}
  - {loại: hợp nhất có hai con dấu, đơn vị: [a2, b1], kết quả: {tên: Phòng Hai con dấu, đơn vị cấp trên: ubnd}}
"""
    tried = trial(steps)
    kinds = {r.type for r in tried.after.facts.relationships.values()}
    assert {"SERVES", "FACE_OF"} <= kinds
    assert {"so-a", "so-b", "a2", "b1"} <= tried.tables_after.units.keys()
    assert not [f for f in tried.check() if f.severity == "error"]


def test_two_plans_side_by_side(trial):
    a = trial("  - {loại: hợp nhất, đơn vị: [a1, a2], kết quả: {tên: Phòng Mới, biên chế: 14}}\n")
    b = trial(
        "  - {loại: hợp nhất, đơn vị: [a1, a2], kết quả: {tên: Phòng Mới, biên chế: 4}}\n"
        "  - {loại: giải thể, đơn vị: b1, chuyển giao: [f-qh → cc]}\n",
        "tên: Khác\nngày: 2027-01-01\nđịa bàn: tỉnh Ví Dụ\n",
    )
    result = compare(a, b)
    units = next(m for m in result.measures if m.name == "units")
    assert (units.before, units.a, units.b) == (7, 6, 5)
    differ = {u.name: (u.a, u.b) for u in result.units}
    assert differ["Phòng Mới < Sở Tài chính"] == ({"quota": 14.0}, {"quota": 4.0})
    assert differ["Phòng Quy hoạch < Sở Xây dựng"][1] is None
    assert [f.code for f in result.only_b if f.severity == "error"] == ["min_staff"]
    same = compare(a, a)
    assert not same.units and not same.only_a and not same.only_b


def test_a_plan_of_the_past_is_tried_on_what_was_known_then(trial, store):
    store.write("MATCH (u:Unit {id: 'a1'}) SET u.valid_to = date('2026-01-01'), u.ended_by = 'e'")
    store.write("MATCH (u:Unit {id: 'a1'})-[r]->() SET r.valid_to = date('2026-01-01')")
    past = "tên: Cũ\nngày: 2025-06-01\nđịa bàn: tỉnh Ví Dụ\n"
    tried = trial("  - {loại: sáp nhập vào, đơn vị: a1, kết quả: a2}\n", past)
    assert tried.before.on == dt.date(2025, 6, 1) and "a1" in tried.tables_before.units
    assert [(f.code, f.severity) for f in tried.check() if f.code != "person_without_post"] == [
        ("known_later", "warning")
    ]
    assert [c.change for c in tried.diff().units if c.unit == "a1"] == ["merged"]
