"""`bomay` gives the same answers on Neo4j as on the embedded store, for every command on the demo facts.

Each command runs on both; what it prints and its exit code must be equal. Where a difference is
known it is declared in DIFFERENCES with its reason, and an unexpected agreement is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import bomay
from bomay.cli import run
from graph.store import connect
from loaders.load import load
from queries.named import catalogue
from tests.stores import credentials, needs_neo4j

DEMO = Path(bomay.__file__).parent / "demo"
FIXTURES = Path(__file__).parents[1] / "fixtures"
EXPECTED = Path(__file__).parents[1] / "queries" / "expected"
# test id → why the two stores differ
DIFFERENCES: dict[str, str] = {}

PLANS = sorted((Path(bomay.__file__).parent / "plans").glob("*.yaml"))
DAYS = ("2017-01-01", "2018-06-01", "2019-10-09", "2020-12-31", "2025-02-28", "2025-06-30", "2026-11-22")
COMMANDS = [
    *[("concurrent", "--on", day) for day in DAYS],
    *[("concurrent", "--memberships", "--on", day) for day in DAYS[:3]],
    *[("concurrent", "--coverage", "--on", day) for day in DAYS],
    *[("concurrent", "--forbidden", "--on", day) for day in DAYS],
    ("concurrent", "--models", "--min-support", "1", "--on", "2020-12-31"),
    ("concurrent", "--in", "tỉnh Đắk Nông", "--on", "2019-10-09"),
    *[("check", "--on", day) for day in DAYS],
    *[("overlaps", "--in", "tỉnh Vĩnh Phúc", "--on", day) for day in ("2017-01-01", "2025-02-28", "2025-03-01")],
    ("overlaps", "--within", "--in", "tỉnh Vĩnh Phúc", "--on", "2017-01-01"),
    ("overlaps", "--across", "--on", "2019-10-09"),
    *[("merges", "--in", "tỉnh Vĩnh Phúc", "--on", day) for day in ("2017-01-01", "2025-02-28")],
    *[("concurrent", "--candidates", "--on", day) for day in ("2018-06-01", "2025-06-30")],
    *[("plan", "check", str(path)) for path in PLANS],
    *[("plan", "diff", str(path)) for path in PLANS],
    ("plan", "compare", *map(str, PLANS[:2])),
    ("merges", "--record", "--in", "tỉnh Vĩnh Phúc", "--on", "2017-01-01"),
    ("judge", "--list"),
    ("query", "judgements"),
    ("query", "candidates"),
    ("query", "MATCH (u:Unit) WHERE u.valid_from <= $on RETURN u.kind AS kind, count(*) AS n ORDER BY n DESC, kind"),
    ("query", "MATCH (u:Unit) DETACH DELETE u"),
    *[("find", text) for text in ("so noi vu", "Sở Nội vụ Vĩnh Phúc", "nội vụ vĩnh ph", "UBND tỉnh", "vinh phuc")],
    *[("find", text, "--on", day) for text in ("sở xây dựng", "Vĩnh Phúc so") for day in DAYS[4:]],
    *[("find", text) for text in ("trần tuệ hiền bình phước", "tran", "18-NQ/TW", "tổ chức bộ máy", "Văn Lăng")],
    *[("find", text) for text in ("+noi +vu*", 'sở AND (x:y~ "\\ [] {} ^2 ||', "* ?", "s", "không có")],
    ("find", "Sở Nội Vự Khác"),
    ("query", "heds"),
    ("query", "heads", "-p", "place=tỉnh Vĩn Phúc"),
]
JUDGE = ("judge", "Sở Giáo dục và Đào tạo", "Sở Nội vụ", "reject", "--kind", "merge", "--as-of", "2017-01-01")
CHARTS = [("tỉnh Vĩnh Phúc", "2025-02-28"), ("vp-so-tttt", "2017-09-18"), ("tỉnh Bình Phước", "2018-06-01")]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The demo facts on both stores: the folder of the one, the URL of the other."""
    needs_neo4j()
    from tests.neo4j.server import running_neo4j

    folder = tmp_path_factory.mktemp("conformance") / "bomay.db"
    with running_neo4j() as server, credentials(server.user, server.password):
        for place in (str(folder), server.url):
            with connect(place, create=True) as store:
                load(store, [DEMO])
            assert run(["--store", place, *JUDGE]) == 0
        yield str(folder), server.url


def cases() -> list[Any]:
    """Every command, and every named query with the parameters of its expected rows."""
    found = [(" ".join(words), [*words]) for words in COMMANDS]
    for name in catalogue():
        for number, case in enumerate(yaml.safe_load((EXPECTED / f"{name}.yaml").read_text(encoding="utf-8"))):
            if case.get("store", "demo") == "demo":
                values = [w for k, v in (case.get("parameters") or {}).items() for w in ("-p", f"{k}={_written(v)}")]
                day = ["--on", str(case["day"])] if case.get("day") else []
                found.append((f"query {name} {number}", ["query", name, *values, *day]))
    return [
        pytest.param(
            words,
            id=re.sub(r"\S+/", "", id_),
            marks=pytest.mark.xfail(reason=DIFFERENCES[id_], strict=True) if id_ in DIFFERENCES else (),
        )
        for id_, words in found
    ]


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def ask(place: str, words: list[str], capture: pytest.CaptureFixture[bytes]) -> tuple[int, Any, str]:
    capture.readouterr()
    code = run(["--store", place, *words, "--format", "json"])
    out, err = (text.decode() for text in capture.readouterr())
    return code, json.loads(out) if out else None, re.sub(r"line \d+.*", "", err.splitlines()[0] if err else "")


@pytest.mark.parametrize("words", cases())
def test_the_same_answer(words: list[str], stores: tuple[str, str], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    embedded, neo4j = (ask(place, words, capfdbinary) for place in stores)
    assert neo4j == embedded
    assert embedded[0] in (0, 1, 2)


@pytest.mark.parametrize(("what", "day"), CHARTS)
def test_the_same_chart(what: str, day: str, stores: tuple[str, str], tmp_path: Path) -> None:
    drawn = []
    for number, place in enumerate(stores):
        path = tmp_path / f"{number}.svg"
        assert run(["--store", place, "chart", what, "--on", day, "-o", str(path)]) == 0
        drawn.append(path.read_bytes())
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    "options",
    [
        ("UBND tỉnh Vĩnh Phúc", "--before", "2025-02-28", "--after", "2025-03-01", "--format", "svg"),
        ("UBND tỉnh Vĩnh Phúc", "--plan", str(PLANS[-1]), "--format", "svg"),
        ("UBND tỉnh Vĩnh Phúc", "--on", "2017-01-01", "--overlaps", "--merges", "--checks", "--format", "svg"),
        ("tỉnh Đắk Nông", "--on", "2022-01-01", "--vacancies", "--show", "people,functions,quota", "--format", "svg"),
        ("tỉnh Phú Thọ", "--on", "2025-07-01", "--format", "html"),
    ],
    ids=["changes", "plan", "findings", "vacancies", "page"],
)
def test_the_same_chart_of_more(options: tuple[str, ...], stores: tuple[str, str], tmp_path: Path) -> None:
    drawn = []
    for number, place in enumerate(stores):
        path = tmp_path / str(number)
        assert run(["--store", place, "chart", *options, "-o", str(path)]) == 0
        drawn.append(path.read_bytes())
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("name", ["facts-vinh-phuc.txt", "facts-dak-nong.txt"])
def test_the_same_candidates_and_conflicts(name: str, stores: tuple[str, str], tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    assert run(["read", str(FIXTURES / "reading" / name), "-o", str(facts)]) == 0
    pages = []
    for number, place in enumerate(stores):
        page = tmp_path / f"{number}.html"
        assert run(["review", str(facts), "--store", place, "-o", str(page)]) == 0
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]
    assert b"vp-so-tttt" in pages[0] or b"dn-tinh-uy" in pages[0]
