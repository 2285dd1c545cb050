"""Plan files read: names, keys in both languages, sheets of workbooks, every mistake with its line, adoption."""

import datetime as dt

import openpyxl
import pytest
import yaml

from graph.errors import InputErrors, UserError
from loaders.load import load
from loaders.plan import adopt, read_plan, status_of
from loaders.plan_write import Merger, write_plan
from tests.plans import FACTS, plan_file


@pytest.fixture
def province(store, facts_file):
    load(store, [facts_file(FACTS)])
    return store


def problems(store, path):
    with pytest.raises(InputErrors) as caught:
        read_plan(store, path)
    return [str(problem) for problem in caught.value.problems]


def test_vietnamese_and_english_keys_give_the_same_plan(province, tmp_path):
    vi = plan_file(
        tmp_path,
        "  - loại: hợp nhất\n    đơn vị: [Phòng Ngân sách, Phòng Giá]\n"
        "    kết quả: {tên: Phòng Ngân sách và Giá, biên chế: 14}\n",
    )
    en = plan_file(
        tmp_path,
        "  - {kind: merge, units: [a1, a2], into: {name: Phòng Ngân sách và Giá, staff quota: 14}}\n",
        name="en.yaml",
    )
    one, other = read_plan(province, vi), read_plan(province, en)
    assert one.steps[0].inputs == other.steps[0].inputs == ("a1", "a2")
    assert one.steps[0].events == other.steps[0].events and one.id == other.id
    assert one.steps[0].title == "Hợp nhất Phòng Ngân sách, Phòng Giá thành Phòng Ngân sách và Giá"
    assert {n.id for n in one.facts.nodes.values()} == {n.id for n in other.facts.nodes.values()}


def test_a_step_finds_what_an_earlier_one_made_or_renamed(province, tmp_path):
    steps = """
  - {loại: hợp nhất, đơn vị: [so-a, so-b], kết quả: Sở Tài chính}
  - {loại: chuyển đơn vị, đơn vị: Chi cục Giám định, về: Sở Tài chính}
  - {loại: đổi tên, đơn vị: Phòng Giá, tên mới: Phòng Giá và Công sản}
  - {loại: giải thể, đơn vị: Phòng Giá và Công sản, chuyển giao: ["tài sản công → Sở Tài chính"]}
"""
    plan = read_plan(province, plan_file(tmp_path, steps))
    merged = plan.steps[0].outputs[0]
    assert merged != "so-a" and plan.steps[1].outputs == (merged,)
    assert plan.steps[3].inputs == ("a2",)
    (transfer,) = [r for r in plan.facts.relationships.values() if r.type == "TRANSFERS"]
    assert (transfer.end, transfer.properties["from"], transfer.properties["to"]) == ("f-gia", "a2", merged)


def test_all_mistakes_come_at_once_with_their_lines(province, tmp_path):
    steps = """  - loại: hợp nhát
    đơn vị: [Phòng Ngân sách, Phòng Gía]
  - loại: hợp nhất
    đơn vi: [a1, a2]
    kết quả: Phòng Mới
  - loại: sáp nhập vào
    đơn vị: [Phòng Ngan sach]
    kết quả: Phòng Giá
    biên chế: nhiều
  - {loại: đổi tên, đơn vị: [a1, a2], tên mới: X}
  - {loại: hội nghị}
  - {loại: giao biên chế, đơn vị: a1, biên chế: 5, người đứng đầu: Ai đó}
  - {loại: thành lập, kết quả: Cơ quan Lạ, ngày: 31/2/2027}
  - {loại: thành lập, kết quả: Cơ quan Lạ}
  - {loại: bố trí kiêm nhiệm, cán bộ: Trần An, chức danh: [Giám đốc]}
"""
    found = problems(province, plan_file(tmp_path, steps))
    text = "\n".join(found)
    for said in (
        "line 5: step 1, loại (kind): not in the list",
        "Nearest: hợp nhất",
        "line 8: unknown key 'đơn vi' in step 2",
        "nearest: đơn vị",
        "step 2: hợp nhất (merge) needs 'đơn vị' (units)",
        "line 11: step 3: no unit is called 'Phòng Ngan sach'",
        "nearest: Phòng Ngân sách",
        "line 13: step 3, biên chế (staff_quota): not a number",
        "line 14: step 4: đổi tên (rename) needs exactly 1",
        "line 15: step 5: hội nghị (meeting) is no step of a plan",
        "line 16: step 6: giao biên chế (set_quota) takes no 'người đứng đầu' (head)",
        "line 17: step 7, ngày (date): month 2/2027 has no day 31",
        "line 18: step 8: the kind of unit cannot be told from 'Cơ quan Lạ'",
        "line 19: step 9: 'Giám đốc' does not say of which unit",
    ):
        assert said in text, said
    lines = [int(p.split("line ")[1].split(":")[0]) for p in found]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the plan is empty"),
        ("tên: [", "not YAML"),
        ("- a\n- b\n", "not a plan"),
        ("tên: X\nngày: 2027-01-01\n", "the plan has no steps"),
        ("ngày: 2027-01-01\ncác bước: [{loại: đổi tên, đơn vị: a1, tên mới: B}]\n", "the plan has no title"),
        ("tên: X\ncác bước: [{loại: đổi tên, đơn vị: a1, tên mới: B}]\n", "step 1 has no date"),
        ("tên: X\nngày: nay mai\ncác bước: []\n", "'nay mai' is not a date"),
        ("tên: X\nđịa bàn: tỉnh Ví Dù\ncác bước: []\n", "nearest: tỉnh Ví Dụ"),
        ("tên: X\nloại tỉnh: IV\ncác bước: []\n", "is one of: đặc biệt, I, II, III"),
        ("tên: &a X\nghi chú: *a\n", "anchors and aliases"),
        ("tên: !!python/object:os.system X\n", "tags are not read"),
        ("tên: X\ncác bước: 5\n", "the steps are not a list"),
        ("tên: X\ncác bước: [a, b]\n", "step 1 is not a mapping"),
        ("tên: X\ntên: Y\ncác bước: []\n", "is there twice"),
        ("[" * 3000 + "]" * 3000, "nested too deep"),
    ],
)
def test_files_that_are_no_plan(province, tmp_path, text, said):
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    assert said in "\n".join(problems(province, path))


def test_a_plan_needs_facts_to_be_about(store, tmp_path):
    with pytest.raises(UserError, match="no facts yet"):
        read_plan(store, plan_file(tmp_path, "  - {loại: đổi tên, đơn vị: a1, tên mới: B}\n"))


def test_a_sheet_of_a_workbook_is_a_plan_too(province, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kế hoạch"
    for row in (
        ["Tên", "Thử"],
        ["Ngày", dt.date(2027, 1, 1)],
        ["Địa bàn", "tỉnh Ví Dụ"],
        [],
        ["Loại", "Đơn vị", "Kết quả", "Biên chế", "Chuyển giao", "Tên mới"],
        ["hợp nhất", "Phòng Ngân sách; Phòng Giá", "Phòng Ngân sách và Giá", 14],
        ["giải thể", "Phòng Quy hoạch", None, None, "quy hoạch xây dựng → Chi cục Giám định"],
        ["đổi tên", "Không có", None, None, None, "X"],
    ):
        sheet.append(row)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    assert problems(province, path)[0].startswith("plan.xlsx B8: step 3: no unit is called 'Không có'")
    sheet.delete_rows(8)
    book.save(path)
    plan = read_plan(province, path)
    assert [step.kind for step in plan.steps] == ["merge", "dissolve"]
    assert plan.steps[0].inputs == ("a1", "a2") and len(plan.steps[0].events) == 2
    same = "  - {loại: hợp nhất, đơn vị: [a1, a2], kết quả: Phòng Ngân sách và Giá, biên chế: 14}\n"
    as_yaml = read_plan(province, plan_file(tmp_path, same))
    assert as_yaml.steps[0].outputs == plan.steps[0].outputs
    # beside sheets of facts it is a plan all the same, and a load passes it over
    book.create_sheet("Địa bàn").append(["tên", "loại"])
    book["Địa bàn"].append(["tỉnh Khác", "tỉnh"])
    book.save(path)
    assert [step.kind for step in read_plan(province, path).steps] == ["merge", "dissolve"]
    report = load(province, [path])
    assert report.plan.added() == {"Place": 1} and "is a plan and was not loaded" in report.notices[0]


MERGE = """
  - loại: hợp nhất
    đơn vị: [a1, a2]
    kết quả: {tên: Phòng Ngân sách và Giá, biên chế: 14, số cấp phó: 1, người đứng đầu: Vũ Cường}
"""


def test_adopted_in_force_it_is_applied_and_undone_like_any_load(province, tmp_path):
    from graph.undo import undo

    path = plan_file(tmp_path, MERGE)
    count = "MATCH (n) WHERE NOT n:Load AND NOT n:Meta RETURN count(n)"
    before = province.read(count).value()
    report = adopt(province, path, "in_force")
    merged = province.read("MATCH (u:Unit {name: 'Phòng Ngân sách và Giá'}) RETURN u.id").value()
    query = "MATCH (u:Unit {id: $id})-[:PERFORMS]->(f) RETURN f.id ORDER BY f.id"
    assert province.read(query, {"id": merged}).column("f.id") == ["f-gia", "f-ns"]
    head = "MATCH (u:Unit {id: $id})<-[:OF_UNIT]-(p)<-[:HOLDS]-(w) RETURN w.name"
    assert province.read(head, {"id": merged}).column("w.name") == ["Vũ Cường"]
    evidence = "MATCH (e:Event {kind: 'merge'})-[s:STATED_IN]->(d) RETURN d.title, s.at"
    assert province.read(evidence).rows == [["Thử", "bước 1"]]
    assert not adopt(province, path, "in_force").plan.size
    undo(province, report.load)
    assert province.read(count).value() == before
    assert province.read("MATCH (u:Unit {id: 'a1'}) RETURN u.valid_to").value() is None


def test_recorded_as_adopted_it_changes_nothing_and_is_applied_later(province, tmp_path):
    path = plan_file(tmp_path, MERGE)
    adopt(province, path, "adopted")
    assert province.read("MATCH (u:Unit) RETURN count(u)").value() == 8
    event = "MATCH (e:Event {kind: 'merge'}) RETURN e.status, e.applied, e.new_name"
    assert province.read(event).rows == [["adopted", False, "Phòng Ngân sách và Giá"]]
    adopt(province, path, "in_force")
    assert province.read(event).rows[0][:2] == ["in_force", True]
    assert province.read("MATCH (u:Unit {id: 'a1'}) RETURN u.valid_to").value() == dt.date(2027, 1, 1)


def test_what_lies_ahead_is_adopted_and_what_is_past_is_in_force(province, tmp_path):
    plan = read_plan(province, plan_file(tmp_path, MERGE))
    assert status_of(plan, dt.date(2026, 12, 31)) == "adopted"
    assert status_of(plan, dt.date(2027, 1, 1)) == "in_force"
    own = read_plan(province, plan_file(tmp_path, MERGE, "tên: Thử\nngày: 2027-01-01\ntrạng thái: đề án\n"))
    assert status_of(own, dt.date(2030, 1, 1)) == "scheme"


def test_a_basis_that_the_graph_lacks_is_recorded_with_its_kind(province, tmp_path):
    header = "tên: Thử\nngày: 2026-01-01\ncăn cứ: [18-NQ/TW, 45/2025/NĐ-CP]\n"
    adopt(province, plan_file(tmp_path, "  - {loại: đổi tên, đơn vị: a1, tên mới: Phòng B}\n", header), "in_force")
    cited = "MATCH (:Document {title: 'Thử'})-[c:CITES]->(d) RETURN d.number, d.kind, c.kind ORDER BY d.number"
    assert province.read(cited).rows == [
        ["18-NQ/TW", "resolution", "implements"],
        ["45/2025/NĐ-CP", "decree", "implements"],
    ]


def test_a_written_plan_is_read_again(province, tmp_path):
    mergers = [
        Merger(["a1", "a2"], name="Phòng Ngân sách: và Giá", note="điểm 0,91", called=["Phòng Ngân sách", "Phòng Giá"]),
        Merger(["b1", "cc"], into="cc"),
    ]
    text = write_plan(mergers, "Đề xuất #1", dt.date(2027, 1, 1), "tỉnh Ví Dụ")
    assert yaml.safe_load(text)["các bước"][1] == {"loại": "sáp nhập vào", "đơn vị": ["b1"], "kết quả": "cc"}
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    plan = read_plan(province, path)
    assert [(s.kind, s.inputs) for s in plan.steps] == [("merge", ("a1", "a2")), ("absorb", ("b1",))]
    assert plan.title == "Đề xuất #1"
    with pytest.raises(ValueError, match="not a merger"):
        write_plan([Merger(["a1"], name="X")], "T", dt.date(2027, 1, 1))
