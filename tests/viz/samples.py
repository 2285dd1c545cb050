"""Synthetic structures to draw: a province, a department with every sign, and awkward shapes."""

from __future__ import annotations

import datetime as dt
import random

from queries.structure import Concurrent, Holder, Post, Structure, Tie, UnitNode

ON = dt.date(2019, 10, 9)
_FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
_MIDDLE = ["Văn", "Thị", "Hữu", "Đức", "Ngọc", "Xuân", "Minh", "Quang", "Công", "Thanh"]
_GIVEN = [
    "Dũng",
    "Hiền",
    "Tuyết",
    "Khánh",
    "Phượng",
    "Quỳnh",
    "Lộc",
    "Đạt",
    "Ước",
    "Thủy",
    "Nghĩa",
    "Mười",
    "Bảy",
    "Trưởng",
    "Thưởng",
]

SO = [
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở Kế hoạch và Đầu tư",
    "Sở Tài chính",
    "Sở Công Thương",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Giao thông vận tải",
    "Sở Xây dựng",
    "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
    "Thanh tra tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh",
]
PHONG = [
    "Văn phòng",
    "Phòng Tổ chức - Hành chính",
    "Thanh tra Sở",
    "Phòng Kế hoạch - Tài chính",
    "Phòng Quản lý chất lượng",
    "Chi cục Thủy lợi",
    "Chi cục Kiểm lâm",
]


class Maker:
    """Builds a structure unit by unit; people and figures come from a seeded generator."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.units: dict[str, UnitNode] = {}

    def person(self) -> str:
        return " ".join(self.random.choice(names) for names in (_FAMILY, _MIDDLE, _GIVEN))

    def unit(
        self,
        unit_id: str,
        name: str,
        parent: str | None = None,
        title: str = "Trưởng phòng",
        system: str = "state",
        holder: str | None = "",
        **values: object,
    ) -> UnitNode:
        holders = []
        if holder is not None:
            full = holder or self.person()
            holders = [Holder(person=full, name=full)]
        posts = [Post(f"{unit_id}/head", title, "head", holders)] if title else []
        node = UnitNode(
            unit_id, name, "kind", "province", system, parent, posts=posts, quota=self.random.randint(3, 250)
        )
        for key, value in values.items():
            setattr(node, key, value)
        self.units[unit_id] = node
        if parent is not None:
            self.units[parent].children.append(unit_id)
        return node

    def structure(self, root: str, **values: object) -> Structure:
        return Structure(root, ON, self.units, **values)  # type: ignore[arg-type]


def province() -> Structure:
    """A province of about 60 units in the shape of a real one, with two concurrent holders."""
    make = Maker()
    make.unit("tinh", "Tỉnh Đồng Tháp", title="", quota=None)
    make.unit("tu", "Tỉnh ủy", "tinh", "Bí thư", "party", "Huỳnh Công Trưởng")
    make.unit("hdnd", "Hội đồng nhân dân tỉnh", "tinh", "Chủ tịch", "state", "Huỳnh Công Trưởng")
    make.unit("ubnd", "Ủy ban nhân dân tỉnh", "tinh", "Chủ tịch", "state", "Nguyễn Ngọc Mười")
    make.unit("mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "tinh", "Chủ tịch", "front", "Lê Thị Ước")
    organs = [
        ("btc", "Ban Tổ chức Tỉnh ủy", "Trưởng ban"),
        ("bdv", "Ban Dân vận Tỉnh ủy", "Trưởng ban"),
        ("ubkt", "Ủy ban Kiểm tra Tỉnh ủy", "Chủ nhiệm"),
        ("bnc", "Ban Nội chính Tỉnh ủy", "Trưởng ban"),
        ("vptu", "Văn phòng Tỉnh ủy", "Chánh Văn phòng"),
        ("tct", "Trường Chính trị tỉnh", "Hiệu trưởng"),
    ]
    for unit_id, name, title in organs:
        holder = "Lê Thị Ước" if unit_id == "bdv" else ""
        make.unit(unit_id, name, "tu", title, "service" if unit_id == "tct" else "party", holder)
    for parent, count in (("btc", 5), ("bdv", 4), ("ubkt", 6), ("bnc", 1)):
        for number, name in enumerate(PHONG[:count]):
            make.unit(f"{parent}{number}", name, parent, system="party")
    for number, name in enumerate(("Ban Pháp chế", "Ban Kinh tế - Ngân sách", "Ban Văn hóa - Xã hội")):
        make.unit(f"hdnd{number}", name, "hdnd", "Trưởng ban")
    for number, name in enumerate(SO):
        make.unit(f"so{number}", name, "ubnd", "Giám đốc")
    for number, name in enumerate(("Hội Nông dân tỉnh", "Hội Liên hiệp Phụ nữ tỉnh", "Tỉnh đoàn")):
        make.unit(f"mttq{number}", name, "mttq", "Chủ tịch", "front")
    return make.structure(
        "tinh",
        place="tỉnh Đồng Tháp",
        concurrents=[
            Concurrent("Huỳnh Công Trưởng", "Huỳnh Công Trưởng", ("tu/head", "hdnd/head"), "unified_heads", "CM1"),
            Concurrent("Lê Thị Ước", "Lê Thị Ước", ("bdv/head", "mttq/head"), "unified_heads", "CM3"),
        ],
        sources=["Nghị định 24/2014/NĐ-CP", "Quyết định 04-QĐi/TW"],
    )


def department() -> Structure:
    """A department in which every sign of the legend occurs."""
    make = Maker(2)
    root = make.unit("so", "Sở Thông tin và Truyền thông", None, "Giám đốc", quota=1381)
    root.posts.append(
        Post(
            "so/pgd",
            "Phó Giám đốc",
            "deputy",
            [Holder("p1", "Đỗ Hữu Ước", "in_charge"), Holder("p2", "Vũ Ngọc Quỳnh", basis="inferred")],
        )
    )
    make.unit("vp", "Văn phòng Sở", "so", "Chánh Văn phòng", holder="Bùi Thị Hiền")
    make.unit("tt", "Thanh tra Sở", "so", "Chánh Thanh tra", holder=None)
    acting = make.unit("bc", "Phòng Bưu chính, Viễn thông", "so", basis="deduced")
    acting.posts[0].holders = [Holder("p3", "Lý Quang Đạt", "acting", "deduced")]
    make.unit("cntt", "Phòng Công nghệ thông tin", "so", basis="inferred", hidden=12)
    make.unit("tm", "Trung tâm Hạ tầng thông tin", "so", "Giám đốc", "service", holder="Bùi Thị Hiền")
    make.unit("bcd", "Ban Chỉ đạo chuyển đổi số", "so", "Trưởng ban", temporary=True, quota=None)
    make.unit("cty", "Công ty Phát hành báo chí", "so", "Giám đốc", "enterprise")
    make.unit("cd", "Công đoàn cơ sở", "so", "Chủ tịch", "front", quota=None)
    make.unit("cb", "Chi bộ Văn phòng", "so", "Bí thư", "party", quota=None)
    make.unit("tdp", "Tổ dân phố số 4", "so", "Tổ trưởng", "community", quota=None)
    return make.structure(
        "so",
        place="tỉnh Vĩnh Phúc",
        ties=[Tie("serves", "vp", "tt"), Tie("party", "bc", "cb"), Tie("guides", "cntt", "tm")],
        concurrents=[Concurrent("Bùi Thị Hiền", "Bùi Thị Hiền", ("vp/head", "tm/head"), "extra")],
        sources=[f"Quyết định số {n}/QĐ-UBND" for n in range(1, 8)],
    )


def large_province(districts: int = 9) -> Structure:
    """A province with its districts and communes: about 1,500 units, with many concurrent holders."""
    make = Maker(5)
    concurrents: list[Concurrent] = []

    def heads(first: str, second: str, form: str = "unified_heads", model: str = "CM1") -> None:
        """One person at the head of both units."""
        holder = make.units[first].posts[0].holders[0]
        person = f"{holder.name} {first}"
        for unit_id in (first, second):
            make.units[unit_id].posts[0].holders = [Holder(person, holder.name)]
        concurrents.append(Concurrent(person, holder.name, (f"{first}/head", f"{second}/head"), form, model))

    make.unit("tinh", "Tỉnh Đồng Tháp", title="", staff=None)
    make.unit("tu", "Tỉnh ủy", "tinh", "Bí thư", "party")
    make.unit("hdnd", "Hội đồng nhân dân tỉnh", "tinh", "Chủ tịch")
    make.unit("ubnd", "Ủy ban nhân dân tỉnh", "tinh", "Chủ tịch")
    make.unit("mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "tinh", "Chủ tịch", "front")
    heads("tu", "hdnd")
    for number in range(6):
        make.unit(f"ban{number}", f"Ban {SO[number][3:]} Tỉnh ủy", "tu", "Trưởng ban", "party")
        for index, name in enumerate(PHONG):
            make.unit(f"ban{number}p{index}", name, f"ban{number}", system="party")
    for number, name in enumerate(SO):
        make.unit(f"so{number}", name, "ubnd", "Giám đốc")
        for index, below in enumerate((*PHONG, "Trung tâm Ứng dụng", "Trung tâm Đào tạo", "Ban Quản lý dự án")):
            system = "service" if index >= len(PHONG) else "state"
            make.unit(f"so{number}p{index}", below, f"so{number}", system=system, staff=None)
    for district in range(1, districts + 1):
        top = f"h{district}"
        make.unit(top, f"Ủy ban nhân dân huyện Số {district}", "ubnd", "Chủ tịch")
        make.unit(f"{top}hu", f"Huyện ủy Số {district}", "tu", "Bí thư", "party")
        for index in range(12):
            make.unit(f"{top}p{index}", f"Phòng {SO[index][3:]}", top, system="state")
        for commune in range(1, 13):
            key, name = f"{top}x{commune}", f"xã Số {district}.{commune}"
            make.unit(key, f"Ủy ban nhân dân {name}", top, "Chủ tịch")
            make.unit(f"{key}du", f"Đảng ủy {name}", f"{top}hu", "Bí thư", "party")
            make.unit(f"{key}hd", f"Hội đồng nhân dân {name}", key, "Chủ tịch")
            for index, below in enumerate(
                ("Văn phòng", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Công an", "Quân sự")
            ):
                make.unit(f"{key}b{index}", below, key, staff=None)
            make.unit(f"{key}mt", f"Ủy ban Mặt trận Tổ quốc {name}", key, "Chủ tịch", "front")
            if commune % 2:
                heads(f"{key}du", f"{key}hd")
    return make.structure("tinh", place="tỉnh Đồng Tháp", concurrents=concurrents, sources=["Nghị định 24/2014/NĐ-CP"])


def tree(count: int, width: int = 7, seed: int = 3) -> Structure:
    """`count` units, each with up to `width` children."""
    make = Maker(seed)
    make.unit("u0", "Ủy ban nhân dân tỉnh", None, "Chủ tịch")
    for number in range(1, count):
        name = make.random.choice(SO + PHONG)
        make.unit(f"u{number}", name, f"u{(number - 1) // width}", "Giám đốc")
    return make.structure("u0")


def flat(count: int) -> Structure:
    """One parent with `count` children."""
    return tree(count + 1, count)


def chain(count: int) -> Structure:
    """Each unit under the one before."""
    return tree(count, 1)
