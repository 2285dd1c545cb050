"""The small map that comes with the package."""

import datetime as dt
from importlib.util import find_spec

import pytest

from loaders.registers.gazetteer import DAY, cut, find, formed_of, province_name, provinces, read_maps
from loaders.registers.gazetteer_source import FILE, text_of
from loaders.registers.vietnam_source import read_source

BEFORE = dt.date(2019, 5, 1)


def chain(known):
    names = [known.full]
    while known.within is not None:
        known = known.within
        names.append(known.full)
    return names


def test_both_maps_are_whole():
    maps = read_maps()
    counted = {
        (day >= DAY, level): sum(each.level == level for listed in names.values() for each in listed)
        for day, names in ((BEFORE, maps.before), (DAY, maps.after))
        for level in ("province", "district", "commune")
    }
    assert counted == {
        **{(False, "province"): 63, (False, "district"): 696, (False, "commune"): 10_035},
        **{(True, "province"): 34, (True, "district"): 0, (True, "commune"): 3_321},
    }
    assert len(provinces(BEFORE)) == 63 and len(provinces(DAY)) == 34


def test_a_name_is_found_by_day_level_and_kind():
    assert [chain(k) for k in find("Lộc Ninh", BEFORE, kind="huyện")] == [["huyện Lộc Ninh", "tỉnh Bình Phước"]]
    assert sorted(k.within.full for k in find("Lộc Ninh", DAY)) == ["tỉnh Tây Ninh", "tỉnh Đồng Nai"]
    assert find("Lộc Ninh", DAY, level="district") == []
    assert len({k.within for k in find("Châu Thành", BEFORE, kind="huyện")}) == 10
    assert find("Không Có Nơi Này", BEFORE) == []


def test_spellings_of_a_name_are_one_and_other_tones_are_not():
    (town,) = find("HOÀ BÌNH", BEFORE, kind="thành phố")
    assert town.full == "thành phố Hòa Bình"
    assert find("Hoa Binh", BEFORE) == [] == find("Hóa Bình", BEFORE, level="district")
    assert find("Ia H'Drai", BEFORE)[0].within.full == "tỉnh Kon Tum"


def test_provinces_by_their_day():
    assert province_name("thành phố Huế", dt.date(2024, 12, 31)) == "tỉnh Thừa Thiên Huế"
    assert province_name("thành phố Huế", dt.date(2025, 1, 1)) == "thành phố Huế"
    assert province_name("tỉnh Đồng Nai", dt.date(2026, 4, 29)) == "tỉnh Đồng Nai"
    assert province_name("tỉnh Đồng Nai", dt.date(2026, 4, 30)) == "thành phố Đồng Nai"
    assert set(formed_of("tỉnh Đồng Nai")) == {"tỉnh Bình Phước", "tỉnh Đồng Nai"}
    assert formed_of("tỉnh Cao Bằng") == ("tỉnh Cao Bằng",)


def test_a_full_name_is_cut_behind_its_kind():
    assert cut("thị xã Phước Long") == ("thị xã", "Phước Long")
    assert cut("thành phố Phan Rang - Tháp Chàm") == ("thành phố", "Phan Rang - Tháp Chàm")


@pytest.mark.skipif(find_spec("vietnamadminunits") is None, reason="the extra vietnam is not installed")
def test_the_file_is_what_the_package_says():
    assert FILE.read_text(encoding="utf-8") == text_of(read_source())
