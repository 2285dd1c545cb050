"""A small province to try plans on, and plans written in a few lines."""

from pathlib import Path

FACTS = """
places: [{id: vd, name: tỉnh Ví Dụ, kind: tinh}]
units:
  - {id: ubnd, name: UBND tỉnh, place: vd}
  - {id: so-a, name: Sở Tài chính, place: vd, parent: ubnd, staff_quota: 50}
  - {id: so-b, name: Sở Xây dựng, place: vd, parent: ubnd, staff_quota: 40}
  - {id: a1, name: Phòng Ngân sách, place: vd, parent: so-a, staff_quota: 8}
  - {id: a2, name: Phòng Giá, place: vd, parent: so-a, staff_quota: 6}
  - {id: b1, name: Phòng Quy hoạch, place: vd, parent: so-b, staff_quota: 7}
  - {id: cc, name: Chi cục Giám định, place: vd, parent: so-b, staff_quota: 15}
  - {id: cu, name: Sở Thủy sản, place: vd, parent: ubnd, valid_to: 2020-01-01}
positions:
  - {id: gd-a, title: Giám đốc, unit: so-a}
  - {id: gd-b, title: Giám đốc, unit: so-b}
  - {id: tp-a1, title: Trưởng phòng, unit: a1}
  - {id: pp-a1, title: Phó Trưởng phòng, unit: a1, seats: 1}
holdings:
  - {person: Trần An, title: Giám đốc, unit: so-a}
  - {person: Lê Bình, title: Giám đốc, unit: so-b}
  - {person: Vũ Cường, title: Trưởng phòng, unit: a1}
functions:
  - {id: f-ns, unit: a1, text: Quản lý ngân sách nhà nước}
  - {id: f-gia, unit: a2, text: Quản lý giá và tài sản công}
  - {id: f-qh, unit: b1, text: Thẩm định quy hoạch xây dựng}
"""


def plan_file(folder: Path, steps: str, header: str = "", name: str = "plan.yaml") -> Path:
    """A plan of these steps for the small province."""
    top = header or "tên: Thử\nngày: 2027-01-01\nđịa bàn: tỉnh Ví Dụ\n"
    path = folder / name
    path.write_text(f"{top}các bước:\n{steps}", encoding="utf-8")
    return path
