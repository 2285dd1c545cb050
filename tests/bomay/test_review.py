"""bomay review: what is shown, the page, and from reading over decisions to what is loaded."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bomay.commands.review import plain
from bomay.review import sentence_of
from tests.bomay.conftest import Outcome

FIXTURES = Path(__file__).parents[1] / "fixtures" / "reading"
Bomay = Callable[..., Outcome]


@pytest.fixture
def facts(bomay: Bomay, tmp_path: Path) -> Path:
    """An article with what was read in it, side by side."""
    shutil.copy(FIXTURES / "facts-vinh-phuc.txt", tmp_path / "bài.txt")
    assert bomay("read", tmp_path / "bài.txt", "-o", tmp_path / "facts.yaml").code == 0
    return tmp_path / "facts.yaml"


def shown(bomay: Bomay, *arguments: object) -> list[dict[str, object]]:
    done = bomay("review", *arguments, "--format", "json")
    assert done.code == 0, done.err
    rows: list[dict[str, object]] = json.loads(done.out)
    return rows


def test_quotes_stand_in_their_sentences(bomay: Bomay, facts: Path) -> None:
    done = bomay("review", facts)
    assert done.code == 0 and "ĐƠN VỊ" in done.out
    merger = next(row for row in shown(bomay, facts) if row["sheet"] == "events")
    assert str(merger["quote"]) in str(merger["sentence"])
    assert len(str(merger["sentence"])) > len(str(merger["quote"]))
    assert f"«{merger['quote']}»" in done.out


def test_low_shows_only_what_is_less_sure(bomay: Bomay, facts: Path) -> None:
    every, low = shown(bomay, facts), shown(bomay, facts, "--low", "0.8")
    assert 0 < len(low) < len(every)
    assert all(row["confidence"] is None or float(str(row["confidence"])) < 0.8 for row in low)


def test_the_graph_proposes_with_reasons(bomay: Bomay, facts: Path, demo: Path) -> None:
    rows = shown(bomay, facts, "--store", demo / "bomay.db")
    so = next(row for row in rows if str(row["title"]).startswith("Sở Thông tin và Truyền thông"))
    assert "vp-so-tttt: name, place" in str(so["candidates"])
    said = bomay("review", facts, "--store", demo / "bomay.db", "--lang", "en").out
    assert bomay("--store", demo / "bomay.db", "review", facts, "--lang", "en").out == said
    assert "[vp-so-tttt] · same name, place, kind" in said and "only the name is the same" not in said


def test_where_no_place_is_named_only_the_name_is_the_same(bomay: Bomay, demo: Path, tmp_path: Path) -> None:
    assert bomay("read", FIXTURES / "facts-dak-nong.txt", "-o", tmp_path / "facts.yaml").code == 0
    said = bomay("review", tmp_path / "facts.yaml", "--store", demo / "bomay.db", "--lang", "en").out
    assert "only the name is the same" in said


def test_the_page_has_the_source(bomay: Bomay, facts: Path, tmp_path: Path) -> None:
    done = bomay("review", facts, "-o", tmp_path / "review.html")
    assert done.code == 0
    page = (tmp_path / "review.html").read_text(encoding="utf-8")
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.S)
    assert found is not None
    data = json.loads(found[1])
    text = data["texts"][0]["text"]
    for card in data["cards"]:
        if card["spans"] and card["quote"] and len(card["quote"]) < 600:
            start, end = card["spans"][0]
            assert card["quote"].split() == text[start:end].split()


def test_a_source_that_was_not_read(bomay: Bomay, facts: Path) -> None:
    done = bomay("review", facts, "--source", FIXTURES / "facts-gia-lai.txt")
    assert done.code == 1 and "none of the sources" in done.err


def test_without_the_source_the_quotes_are_left(bomay: Bomay, facts: Path, tmp_path: Path) -> None:
    (tmp_path / "bài.txt").unlink()
    assert bomay("review", facts, "-o", tmp_path / "review.html").code == 0
    assert '"text":null' in (tmp_path / "review.html").read_text(encoding="utf-8")


def decide(facts: Path, verdicts: dict[str, dict[str, object]]) -> Path:
    import hashlib

    path = facts.with_name("decisions.json")
    digest = hashlib.sha256(facts.read_bytes()).hexdigest()
    path.write_text(json.dumps({"facts": digest, "decisions": verdicts}), encoding="utf-8")
    return path


def test_from_reading_to_loading(bomay: Bomay, facts: Path, demo: Path, tmp_path: Path) -> None:
    store = tmp_path / "bomay.db"
    shutil.copytree(demo / "bomay.db", store)
    rows = yaml.safe_load(facts.read_text(encoding="utf-8"))
    so = next(n for n, row in enumerate(rows["units"]) if row["name"] == "Sở Thông tin và Truyền thông")
    decisions = decide(
        facts,
        {
            "places[0]": {"verdict": "use", "use": "place-vinh-phuc"},
            f"units[{so}]": {"verdict": "use", "use": "vp-so-tttt"},
            "figures[0]": {"verdict": "reject"},
            "events[0]": {"verdict": "accept", "edit": {"title": "Đã sửa"}},
        },
    )
    accepted = tmp_path / "accepted.yaml"
    done = bomay("review", facts, "--apply", decisions, "-o", accepted)
    assert done.code == 0, done.err
    assert "1 rejected, 1 edited, 2 replaced" in done.out
    assert rows["units"][so]["id"] not in accepted.read_text(encoding="utf-8").replace(
        f"{rows['units'][so]['id']}-", ""
    )
    loaded = bomay("load", accepted, "--store", store)
    assert loaded.code == 0, loaded.err
    told = bomay(
        "query", "--store", store, "MATCH (e:Event {title: 'Đã sửa'}) RETURN count(e) AS n", "--format", "json"
    )
    assert json.loads(told.out)[0]["n"] == 1
    stated = (
        "MATCH (:Unit {id: 'vp-so-tttt'})-[s:STATED_IN]->(d:Document) WHERE d.id STARTS WITH 'vb-' RETURN count(s) AS n"
    )
    told = bomay("query", "--store", store, stated, "--format", "json")
    assert json.loads(told.out)[0]["n"] >= 1


def test_a_draft_takes_what_surely_is_there(bomay: Bomay, facts: Path, demo: Path, tmp_path: Path) -> None:
    store = tmp_path / "bomay.db"
    shutil.copytree(demo / "bomay.db", store)
    units = "MATCH (u:Unit {name: 'Sở Thông tin và Truyền thông'}) RETURN count(u) AS n"
    before = bomay("query", "--store", store, units, "--format", "json").out
    draft = tmp_path / "draft.json"
    done = bomay("review", facts, "--store", store, "--draft", draft)
    assert done.code == 0 and "are in the graph already" in done.out, done.err
    uses = {said["use"] for said in json.loads(draft.read_text(encoding="utf-8"))["decisions"].values()}
    assert {"place-vinh-phuc", "vp-so-tttt", "vp-so-tttt-phong-buu-chinh"} <= uses
    assert bomay("review", facts, "--apply", draft, "-o", tmp_path / "accepted.yaml").code == 0
    loaded = bomay("load", tmp_path / "accepted.yaml", "--store", store)
    assert loaded.code == 0, loaded.err
    assert bomay("query", "--store", store, units, "--format", "json").out == before


def test_a_draft_needs_a_graph(bomay: Bomay, facts: Path, tmp_path: Path) -> None:
    done = bomay("review", facts, "--draft", tmp_path / "draft.json")
    assert done.code == 2 and "--store" in done.err and not (tmp_path / "draft.json").exists()


def test_what_depends_on_a_rejected_unit_is_listed(bomay: Bomay, facts: Path, tmp_path: Path) -> None:
    decisions = decide(facts, {"units[0]": {"verdict": "reject"}})
    done = bomay("review", facts, "--apply", decisions, "-o", tmp_path / "accepted.yaml")
    assert done.code == 2 and "(units[0])" in done.err and "--drop" in done.err
    assert not (tmp_path / "accepted.yaml").exists()
    done = bomay("review", facts, "--apply", decisions, "--drop", "-o", tmp_path / "accepted.yaml")
    assert done.code == 0 and "left out with what they refer to" in done.out
    assert bomay("load", tmp_path / "accepted.yaml", "--store", tmp_path / "new.db").code == 0


def test_a_facts_file_that_names_a_path_reads_no_other_folder(bomay: Bomay, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("Sở Nội vụ", encoding="utf-8")
    rows = {
        "documents": [
            {"id": "vb-1", "kind": "article", "title": "\x1b[2J".replace("\x1b", "·"), "note": "Đọc từ ../secret.txt"}
        ]
    }
    (folder / "facts.yaml").write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    done = bomay("review", folder / "facts.yaml", "-o", folder / "review.html")
    assert done.code == 0
    assert "Sở Nội vụ" not in (folder / "review.html").read_text(encoding="utf-8")


def test_nothing_steers_the_terminal() -> None:
    assert plain("a\x1b[31m\n\x07b\u202e") == "a [31m  b "


def test_the_sentence_of_a_quote() -> None:
    text = "Một câu. Sở Nội vụ sáp nhập với Sở khác! Câu sau."
    assert sentence_of(text, (9, 18), "") == ("", "Sở Nội vụ", " sáp nhập với Sở khác!")
    assert sentence_of(None, (9, 18), "trích") == ("", "trích", "")
