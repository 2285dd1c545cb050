"""The page to explore, as a file: what is in it, and that nothing in it can be anything but text."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
import tomllib
import zlib
from pathlib import Path
from typing import Any

import pytest

from graph.errors import UserError
from queries.timeline.at import Days
from queries.timeline.types import Life, Timeline
from tests.viz.histories import EVIL, ON, large, line, province, unit
from viz.chart import Options, model, render, sheet_of
from viz.explorer import explorer as module
from viz.explorer.data import Overlap, explorer_data
from viz.explorer.explorer import explorer
from viz.explorer.still import html
from viz.explorer.tables import FIRST, LAST, day
from viz.model import Side
from viz.webpage import json_text

OPTIONS = Options(show=("heads", "deputies", "staff"))


def _page(**values: Any) -> str:
    return explorer(Days(province()), ON, OPTIONS, **values).decode()


def _data(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="data" type="[^"]*"( data-packed)?>(.*?)</script>', page, re.DOTALL)
    assert found
    text = zlib.decompress(base64.b64decode(found[2])).decode() if found[1] else found[2]
    data: dict[str, Any] = json.loads(text)
    return data


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return _data(_page())


def _column(data: dict[str, Any], table: str, column: str) -> list[str]:
    return [data["strings"][number] for number in data["tables"][table][column]]


def test_the_same_history_gives_the_same_bytes() -> None:
    assert _page() == _page()


def test_a_name_can_end_no_element() -> None:
    page = _page()
    assert page.count("<script") == page.count("</script>") == 2
    assert "alert(1)</script>" not in page
    assert EVIL in _data(page)["strings"]
    hostile = "</script><!--\u2028\u2029&<script>"
    assert not set(json_text({"x": hostile})) & set("<>&\u2028\u2029")
    assert json.loads(json_text({"x": hostile})) == {"x": hostile}


def test_a_hostile_title_is_text_in_the_head() -> None:
    page = explorer(Days(province()), ON, Options(title=EVIL)).decode()
    assert "<title>&lt;script&gt;" in page
    assert page.count("<script") == 2


def test_the_policy_allows_only_what_is_in_the_page() -> None:
    page = _page()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1] and "http" not in policy[1]
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(script) == 1
    styles = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
    for content in [*script, *styles[:2]]:  # a third one is a string of the script
        assert base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() in policy[1]
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_addresses_that_could_run_something_are_left_out(data: dict[str, Any]) -> None:
    assert _column(data, "documents", "number") == ["18-NQ/TW"]
    assert _column(data, "documents", "url") == [""]


def test_units_come_with_all_their_names_and_keys(data: dict[str, Any]) -> None:
    ids = _column(data, "units", "id")
    assert ids[0] == "ub" and set(ids) == {"ub", "snv", "stc", "evil", "a", "b", "ab", "m", "tu"}
    snv = ids.index("snv")
    assert _column(data, "units", "key")[snv] == "so noi vu"
    ((until, name, key),) = data["tables"]["former"][str(snv)]
    assert until == day(dt.date(2017, 3, 1))
    assert (data["strings"][name], data["strings"][key]) == ("Ban Tổ chức chính quyền", "ban to chuc chinh quyen")


def test_days_are_counted_and_open_ends_are_marked(data: dict[str, Any]) -> None:
    units = data["tables"]["units"]
    ids = _column(data, "units", "id")
    assert (units["from"][ids.index("ab")], units["to"][ids.index("ab")]) == (day(dt.date(2018, 6, 1)), LAST)
    assert (units["from"][ids.index("a")], units["to"][ids.index("a")]) == (FIRST, day(dt.date(2018, 6, 1)))
    assert day(dt.date(1970, 1, 2)) == 1


def test_a_box_has_a_state_for_each_time(data: dict[str, Any]) -> None:
    ids = _column(data, "units", "id")
    states = data["states"]
    rows = states["rows"]
    found = {}
    for state, (number, start) in enumerate(zip(states["unit"], states["day"], strict=True)):
        end = states["first"][state + 1] if state + 1 < len(states["first"]) else len(rows["text"])
        texts = [data["strings"][rows["text"][row]] for row in range(states["first"][state], end)]
        found.setdefault(ids[number], []).append((start, texts))
    (first, before), (renamed, after), (changed, now) = found["snv"]
    assert (first, renamed, changed) == (FIRST, day(dt.date(2017, 3, 1)), day(dt.date(2018, 1, 1)))
    assert "Ban Tổ chức" in " ".join(before) and "Trần Thị Bình" in before
    assert "Sở Nội vụ" in after and "Trần Thị Bình" in after
    assert "Lê Đức Cường" in now
    assert len(found["stc"]) == 1


def test_a_person_in_two_posts_is_numbered_in_both_boxes(data: dict[str, Any]) -> None:
    marked = {data["strings"][data["states"]["rows"]["text"][int(row)]] for row in data["states"]["rows"]["marks"]}
    assert marked == {"Nguyễn Văn Ân"}
    assert len(data["states"]["rows"]["marks"]) == 2
    people = dict(zip(_column(data, "people", "name"), data["tables"]["people"]["mark"], strict=True))
    assert people == {"Nguyễn Văn Ân": 1, "Trần Thị Bình": 0, "Lê Đức Cường": 0}


def test_events_and_evidence(data: dict[str, Any]) -> None:
    tables = data["tables"]
    ids = _column(data, "units", "id")
    merger = _column(data, "events", "title").index("Hợp nhất hai phòng")
    assert [ids[unit] for unit in tables["events"]["into"][merger]] == ["a", "b"]
    assert [ids[unit] for unit in tables["events"]["out"][merger]] == ["ab"]
    assert tables["events"]["day"][merger] == day(dt.date(2018, 6, 1))
    (cite,) = tables["evidence"]["duties"]["0"]
    assert data["strings"][tables["cites"]["at"][cite]] == "Điều 4"
    assert data["strings"][tables["cites"]["basis"][cite]] == "suy đoán"


def test_overlaps_between_units_of_the_page_only() -> None:
    overlaps = [
        Overlap("overlap", 0.914, (("snv", "một"), ("stc", "hai"))),
        Overlap("duplicate", 0.99, (("snv", "một"), ("elsewhere", "hai"))),
    ]
    data = explorer_data(Days(province()), ON, OPTIONS, overlaps=overlaps)
    ((cls, score, units, texts),) = data["overlaps"]
    assert (data["strings"][cls], score) == ("chồng chéo", 91)
    assert [data["strings"][data["tables"]["units"]["id"][unit]] for unit in units] == ["snv", "stc"]
    assert [data["strings"][text] for text in texts] == ["một", "hai"]


def test_english_labels() -> None:
    data = explorer_data(Days(province()), ON, Options("en"))
    assert data["labels"]["overview"] == "Overview"
    assert "merger into a new unit" in _column(data, "events", "kind")


def test_every_word_of_the_sources_is_a_label(data: dict[str, Any]) -> None:
    folder = Path(module.__file__).parent / "page"
    text = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    used = set(re.findall(r'word\("(\w+)"', text)) | set(re.findall(r'data-(?:word|label|hint)="(\w+)"', text))
    used |= {f"change_{kind}" for kind in ("created", "renamed", "moved", "changed", "ended")}
    used |= {"expand", "collapse", "expanded", "collapsed"}
    assert used - set(data["labels"]) == set()
    shared = {"day", "months", "failed", "noscript", "changes_count"}
    assert set(data["labels"]) - used - shared == set()


def test_every_source_is_in_the_page_and_in_the_wheel() -> None:
    folder = Path(module.__file__).parent / "page"
    assert {path.stem for path in folder.glob("*.js")} == set(module.SCRIPTS)
    assert max(len(path.read_text(encoding="utf-8").splitlines()) for path in folder.iterdir()) < 400
    settings = tomllib.loads((folder.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert "viz" in settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def test_large_histories_are_packed_and_small() -> None:
    content = explorer(Days(large(3000)), ON, OPTIONS)
    assert b"data-packed" in content
    assert len(content) < 450_000
    assert len(_data(content.decode())["tables"]["units"]["id"]) == 3000


def test_any_chart_can_be_a_page() -> None:
    structure = Days(province()).structure(ON)
    data = _data(render(structure, "html").decode())
    chart = model(structure, Options())
    assert _column(data, "units", "id") == list(chart.boxes)
    assert data["chart"]["title"] == chart.title


def test_two_charts_side_by_side_are_refused() -> None:
    sheet = sheet_of(model(Days(province()).structure(ON), Options()), ON, Options())
    sheet.chart.sides = (Side("Trước", "ub"), Side("Sau", "stc"))
    with pytest.raises(UserError, match="side by side"):
        html(sheet)


def test_units_in_a_circle_on_another_day_leave_the_chart_readable() -> None:
    history = province()
    circle = Life(dt.date(2010, 1, 1), dt.date(2011, 1, 1))
    history.lines += [line("a", "m", circle), line("m", "a", circle), line("ub", "snv", circle)]
    data = explorer_data(Days(history), ON, OPTIONS)
    assert len(data["tables"]["lines"]["start"]) == len(history.lines)
    assert {data["states"]["unit"][0], *data["states"]["unit"]} == set(range(len(history.units)))


def test_awkward_names_and_no_history_at_all() -> None:
    units = [unit("u", "\u202e\u05e9\u05dc\u05d5\u05dd \U0001f3db " + "dài " * 100), unit("v", "x" * 300)]
    history = Timeline("u", {each.id: each for each in units}, lines=[line("v", "u")])
    data = _data(explorer(Days(history), ON, OPTIONS).decode())
    assert len(data["states"]["unit"]) == 2
    assert data["tables"]["events"]["day"] == []
