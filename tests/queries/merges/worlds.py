"""Small worlds for the tests of mergers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from graph.vocabulary import unit_kind, unit_kind_of
from queries.merges.model import Unit, World

ON = dt.date(2019, 6, 1)


def unit(name: str, place: str = "p", level: str = "province", id_: str = "") -> Unit:
    """A unit whose kind and system its name says."""
    kind = unit_kind_of(name) or "trung_tam"
    return Unit(id_ or f"{place}/{name}", name, kind, level, unit_kind(kind).system, place, f"tỉnh {place}")


def world(
    units: Sequence[Unit], functions: Mapping[str, Sequence[str]], parents: Mapping[str, str] = {}, **more
) -> World:
    """A world; functions and parents by the unit's name, in every place."""
    by_name = {(each.place, each.name): each.id for each in units}
    return World(
        on=ON,
        units={each.id: each for each in units},
        functions={
            each.id: tuple((f"{each.id}/{n}", text) for n, text in enumerate(functions[each.name]))
            for each in units
            if each.name in functions
        },
        parents={
            each.id: {by_name[each.place, parents[each.name]]}
            for each in units
            if (each.place, parents.get(each.name)) in by_name
        },
        **more,
    )


FARM = {
    "Trung tâm Khuyến nông": [
        "Chuyển giao kỹ thuật trồng lúa, chăn nuôi lợn cho nông dân",
        "Xây dựng mô hình trình diễn lúa mới",
    ],
    "Trung tâm Giống nông nghiệp": [
        "Nhân giống lúa, giống lợn và chuyển giao kỹ thuật cho nông dân",
        "Trình diễn giống lúa mới",
    ],
    "Trung tâm Pháp y": ["Giám định pháp y theo trưng cầu của cơ quan tố tụng"],
    "Trung tâm Dịch vụ việc làm": ["Tư vấn, giới thiệu việc làm và chi trả bảo hiểm thất nghiệp"],
    "Thư viện tỉnh": ["Sưu tầm sách báo và phục vụ bạn đọc"],
    "Bảo tàng tỉnh": ["Trưng bày hiện vật lịch sử, khảo cổ"],
}


def farm(*places: str, **more) -> World:
    """Two centres for farmers among others, in each place."""
    units = [unit(name, place) for place in places or ("p",) for name in ("UBND tỉnh", *FARM)]
    return world(units, FARM, dict.fromkeys(FARM, "UBND tỉnh"), **more)
