"""Damaged, hostile or misshapen CSV, YAML and JSON: a message with its place, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputErrors
from loaders.parse import parse
from loaders.read import read_tables


def refused(path: Path) -> str:
    """The message about a file that must be refused; every problem has the file and a remedy."""
    with pytest.raises(InputErrors) as error:
        read_tables(path)
    for problem in error.value.problems:
        assert problem.file
        assert problem.remedy
    return str(error.value)


# ---------------------------------------------------------------- CSV


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'name\n"S\xe1\xbb\x9f', "breaks off"),
        (b"name\n\xff\xfe\xfd\xfc", "cannot be read"),
        (b"\xff\xfe\x00\x00n\x00\x00\x00", "UTF-32"),
        (b"\xff\xfen", "damaged UTF-16"),
        (b"\xef\xbb\xbf\xff", "damaged UTF-8"),
        ("name\nSở".encode("utf-16-le"), "UTF-16 without mark"),
        # "Sở Nội vụ, Phòng Tổ chức" in the TCVN3 font encoding
        (b"name\nS\xeb N\xe9i v\xf4, Ph\xdfng T\xe6 ch\xf8c", "cannot be read"),
        ("name\nУправление".encode("cp1251"), "cannot be read"),
    ],
)
def test_csv_that_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "units.csv").write_bytes(content)
    assert said in refused(tmp_path / "units.csv")


def test_all_unreadable_files_of_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(b"")
    (tmp_path / "units.csv").write_bytes(b'name\n"x')
    message = refused(tmp_path)
    assert f"{tmp_path.name}/people.csv" in message
    assert f"{tmp_path.name}/units.csv" in message


# ---------------------------------------------------------------- YAML and JSON


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [x]\nb: *a\n", "anchors and aliases"),
        ("units:\n  - name: *x\n", "anchors and aliases"),
        ("units:\n  - name: !!python/object/apply:os.system [ls]\n", "tags are not read"),
        ("units:\n  - {name: a, name: b}\n", "units[0] has a column twice"),
        ("units: []\nunits: []\n", "twice"),
        ("- name: a\n", "not a mapping"),
        ("just text\n", "not a mapping"),
        ("# nothing\n", "no content"),
        ("units: {name: a}\n", "list of rows"),
        ("units: [a]\n", "row 0 is not a mapping"),
        ("units: [{name: {a: b}}]\n", "is a mapping"),
        ("units: [{aliases: [[a]]}]\n", "list inside the list"),
        ("units: [{[a]: b}]\n", "column is not a text"),
        ("{[a]: b}\n", "sheet is not a text"),
        ("units: []\n---\nunits: []\n", "second document"),
        ("units:\n\t- name: a\n", "not YAML"),
        ("units: [{name: a}\n", "not YAML"),
        ("units: [{name: 'a\x01'}]\n", "does not allow"),
        ("units: " + "[" * 5000, "not YAML"),
    ],
)
def test_yaml_that_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert said in refused(tmp_path / "a.yaml")


def test_yaml_problems_have_lines_and_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("units:\n  - x\n  - {name: a, name: b}\npeople: 5\n", encoding="utf-8")
    with pytest.raises(InputErrors) as error:
        read_tables(tmp_path / "a.yaml")
    assert [p.cell for p in error.value.problems] == ["line 2", "line 3", "line 4"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"figures": [{"value": NaN}]}', "NaN"),
        ('{"figures": [{"value": -Infinity}]}', "Infinity"),
        ('{"units": [{"name": "a", "name": "b"}]}', "column is there twice"),
        ('{"units": [], "units": []}', "sheet is there twice"),
        ('{"units": [}', "not JSON"),
        ("[1]", "not a mapping"),
        ('{"units": {"name": "a"}}', "list of rows"),
        ('{"units": ["a"]}', "row is a mapping"),
        ('{"units": [{"name": {"a": 1}}]}', "a value is"),
        ('{"units": [{"aliases": [["a"]]}]}', "a value is"),
        ('{"units": [' + "[" * 100_000, "nested too deep"),
        ('{"units": [{"name": ' + "9" * 5000 + "}]}", "fewer digits"),
    ],
)
def test_json_that_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert said in refused(tmp_path / "a.json")


def test_values_that_json_allows_and_we_do_not(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '{"units": [{"name": "\\ud800"}, {"name": "a\\u0000"}, {"name": "a", "staff_quota": 1e999},'
        ' {"name": ["a"]}]}',
        encoding="utf-8",
    )
    cells = [p.cell for p in parse(read_tables(tmp_path / "a.json")).problems]
    assert cells == ["units[0].name", "units[1].name", "units[2].staff_quota", "units[3].name"]
