"""Histories to explore: a province in which everything happens that the page shows, and large ones."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from queries.timeline.types import (
    Citation,
    Duty,
    Happening,
    Life,
    Source,
    Tenure,
    TimedPost,
    TimedTie,
    TimedUnit,
    Timeline,
)
from tests.viz.samples import PHONG, SO

ON = dt.date(2019, 10, 9)
EVIL = "<script>alert(1)</script> & <!-- “Phòng”"


def unit(id_: str, name: str, system: str = "state", life: Life | None = None, kind: str = "so") -> TimedUnit:
    """A unit that always had its name."""
    return TimedUnit(id_, ((None, name),), kind, "province", system, life or Life())


def line(child: str, parent: str, life: Life | None = None) -> TimedTie:
    """A line to a parent."""
    return TimedTie(f"r-{child}-{parent}", "line", child, parent, life or Life())


def province() -> Timeline:
    """A committee and departments: one renamed, one moved, two merged, a person with two posts, evidence."""
    merged, renamed, moved = dt.date(2018, 6, 1), dt.date(2017, 3, 1), dt.date(2018, 1, 1)
    units = [
        unit("ub", "Ủy ban nhân dân tỉnh", kind="ubnd"),
        replace(unit("snv", ""), names=((renamed, "Ban Tổ chức chính quyền"), (None, "Sở Nội vụ"))),
        unit("stc", "Sở Tài chính"),
        unit("evil", EVIL),
        unit("a", "Phòng Bưu chính", life=Life(None, merged), kind="phong"),
        unit("b", "Phòng Viễn thông", life=Life(None, merged), kind="phong"),
        unit("ab", "Phòng Bưu chính - Viễn thông", life=Life(merged), kind="phong"),
        unit("m", "Chi cục Văn thư", kind="chi_cuc"),
        unit("tu", "Tỉnh ủy", "party", kind="tinh_uy"),
    ]
    lines = [
        *(line(child, "ub") for child in ("snv", "stc", "evil", "tu")),
        *(line(child, "stc") for child in ("a", "b", "ab")),
        line("m", "stc", Life(None, moved)),
        TimedTie("r-m-snv", "line", "m", "snv", Life(moved)),
    ]
    posts = [
        TimedPost("p-ub", "ub", "Chủ tịch", "chu_tich", "head", None, Life()),
        TimedPost("p-snv", "snv", "Giám đốc", "giam_doc", "head", None, Life()),
        TimedPost("p-tu", "tu", "Phó Bí thư", "pho_bi_thu", "deputy", None, Life()),
    ]
    tenures = [
        _tenure("t1", "an", "Nguyễn Văn Ân", "p-ub", Life(dt.date(2016, 1, 1))),
        _tenure("t2", "an", "Nguyễn Văn Ân", "p-tu", Life(dt.date(2018, 1, 1))),
        _tenure("t3", "binh", "Trần Thị Bình", "p-snv", Life(None, dt.date(2018, 1, 1))),
        _tenure("t4", "cuong", "Lê Đức Cường", "p-snv", Life(dt.date(2018, 1, 1))),
    ]
    events = [
        Happening("e1", "merge", "in_force", "Hợp nhất hai phòng", merged, "", "", ("a", "b"), ("ab",)),
        Happening("e2", "rename", "in_force", "", renamed, "by", "", ("snv",), ("snv",)),
    ]
    duties = [Duty("d1", "snv", "f1", "Quản lý nhà nước về văn thư, lưu trữ", "task", (), "leads", Life())]
    return Timeline(
        "ub",
        {each.id: each for each in units},
        lines=lines,
        posts={post.id: post for post in posts},
        tenures=tenures,
        duties=duties,
        events=events,
        sources={"doc": Source("doc", "18-NQ/TW", "Nghị quyết", dt.date(2017, 10, 25), "javascript:alert(1)")},
        citations=[
            Citation("snv", "doc", "Điều 3", "stated"),
            Citation("d1", "doc", "Điều 4", "inferred"),
            Citation("e1", "doc", "Điều 5", "stated"),
        ],
        place="tỉnh Vĩnh Phúc",
    )


def large(count: int, seed: int = 1) -> Timeline:
    """A country of `count` units: provinces, departments, divisions, with a head for each department."""
    chance = random.Random(seed)
    units = {"u0": unit("u0", "Cả nước", kind="ubnd")}
    lines, posts, tenures = [], {}, []
    parents = ["u0"]
    widths = (34, 20, 7, 6)
    for width in widths:
        below = []
        for parent in parents:
            for number in range(width):
                if len(units) >= count:
                    break
                id_ = f"u{len(units)}"
                kind = SO if width == 20 else PHONG
                name = f"tỉnh {number + 1}" if parent == "u0" else f"{kind[number % len(kind)]} {len(units) % 97}"
                units[id_] = unit(id_, name, chance.choice(("state", "state", "party", "front", "service")))
                lines.append(line(id_, parent))
                below.append(id_)
                if width == 20:
                    posts[f"x{id_}"] = TimedPost(f"x{id_}", id_, "Giám đốc", "giam_doc", "head", None, Life())
                    tenures.append(_tenure(f"t{id_}", f"p{id_}", f"Nguyễn Văn {len(units)}", f"x{id_}", Life()))
        parents = below
    return Timeline("u0", units, lines=lines, posts=posts, tenures=tenures)


def _tenure(id_: str, person: str, name: str, post: str, life: Life) -> Tenure:
    return Tenure(id_, person, name, post, "full", "", "stated", "", life)
