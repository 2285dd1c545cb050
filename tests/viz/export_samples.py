"""Charts with every part of the model, and with hostile texts in each, for the exports."""

import datetime as dt
from dataclasses import replace

from tests.viz import samples
from tests.viz.test_writers import awkward
from viz import chart
from viz.measure import clean
from viz.model import Chart, Connector, Entry, Row, Side, Table, TableRow

ON = dt.date(2025, 3, 1)
HOSTILE = (
    "<script>alert(1)</script>",
    "Phòng \"A\" & 'B'",
    "]]> <!-- \\N {x|y}",
    "=cmd|' /C calc'!A0",
    "Tổ 🚀",
    "a\x00\x07b\x1f\ufffe",
    "Phòng " + "rất dài " * 37,
    "ữ" * 300,
)


def marked(fit: str = "chart") -> tuple[Chart, chart.Options]:
    """A department with all that changes and findings put on a chart."""
    options = chart.Options(show=("heads", "deputies", "staff"), fit=fit)
    made = chart.model(samples.department(), options)
    boxes = made.boxes
    boxes["tt"].ghost, boxes["tt"].tag = True, "giải thể"
    boxes["vp"].tag, boxes["vp"].colour = "hợp nhất", "change:merged"
    boxes["bc"].findings, boxes["cntt"].findings = (1, 2), (1,)
    boxes["tm"].signs = (("face", "2 dấu"),)
    boxes["bcd"].rows.append(Row("Chỉ đạo, điều phối chuyển đổi số", "function"))
    boxes["cty"].rows[0] = replace(boxes["cty"].rows[0], struck=True)
    made.connectors += [Connector("merged", "tt", "vp", arrow=True), Connector("overlap", "bc", "cntt", 1)]
    made.legend.signs += [
        Entry("change:merged", "hợp nhất"),
        Entry("connector:merged:", "hợp nhất vào"),
        Entry("finding:1", "số của phát hiện trong bảng"),
        Entry("sign:face:2 dấu", "cơ quan hai con dấu"),
    ]
    made.summary = "2 đơn vị hợp nhất"
    rows = (
        TableRow(("hợp nhất", "Thanh tra Sở", "vào Văn phòng Sở"), "change:merged"),
        TableRow(("trùng lắp", "Phòng Bưu chính, Viễn thông; Phòng Công nghệ thông tin", "0,82"), "finding:1"),
    )
    made.tables.append(Table("Các thay đổi", ("Loại", "Đơn vị", "Nội dung"), rows, (0.2, 0.5, 0.3), "Theo quyết định."))
    return made, options


def hostile() -> tuple[Chart, chart.Options]:
    """Hostile texts as names, people, legend entries, cells, title and source."""
    options = chart.Options()
    made = chart.model(awkward(), options)
    texts = [clean(text) for text in HOSTILE]
    for box, text in zip(made.boxes.values(), texts, strict=False):
        box.name = text
        box.rows.append(Row(text, "person", (1,)))
    made.title = made.source = '<script>alert(1)</script> "]]>'
    made.legend.lists.append(("Danh sách", [Entry("", text) for text in texts]))
    made.tables.append(Table("=cmd", ("<b>", "&"), tuple(TableRow((text, text)) for text in texts)))
    return made, options


def side_by_side(count: int) -> tuple[Chart, chart.Options]:
    """Two trees of `count` units each: before and after."""
    options = chart.Options()
    trees = [chart.model(samples.tree(count, seed=seed), options) for seed in (3, 5)]
    boxes = {}
    for side, tree in zip("ab", trees, strict=True):
        for key, box in tree.boxes.items():
            children = [f"{side}:{child}" for child in box.children]
            parent = f"{side}:{box.parent}" if box.parent else None
            boxes[f"{side}:{key}"] = replace(box, id=f"{side}:{key}", parent=parent, children=children)
    sides = (Side("Trước", "a:u0"), Side("Sau", "b:u0"))
    return replace(trees[0], boxes=boxes, sides=sides), options
