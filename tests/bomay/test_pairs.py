"""bomay overlaps --pairs: what it writes."""

from __future__ import annotations

import csv
import json
from math import log
from pathlib import Path

import pytest

from bomay.cli import run

PAIRS = """id,a,b
x,Quản lý nhà nước về bến xe,Quản lý nhà nước về bến xe khách
y,Quản lý thuế,Khám bệnh
"""
LABELLED = """id,a,b,label
x,Quản lý nhà nước về bến xe,Quản lý nhà nước về bến xe khách,trùng lắp
y,Quản lý thuế,Khám bệnh,overlap
"""


def run_on(folder: Path, text: str, *options: str) -> int:
    file = folder / "pairs.csv"
    file.write_text(text, "utf-8")
    return run(["overlaps", "--pairs", str(file), *options])


def test_without_labels_the_pairs_are_listed_with_reasons(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    assert run_on(tmp_path, PAIRS) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert "trùng lắp" in shown and "đối tượng" in shown
    assert shown.index("bến xe khách") < shown.index("Khám bệnh")


def test_csv_has_the_parts_and_they_sum(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run_on(tmp_path, LABELLED, "--format", "csv", "-o", str(out)) == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    assert list(rows[0])[:4] == ["id", "class", "score", "label"]
    for row in rows:
        value = float(row["score"])
        parts = [float(row[name]) for name in list(row)[4:]]
        assert sum(parts) == pytest.approx(log(value / (1 - value)), abs=1e-3)


def test_json(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run_on(tmp_path, PAIRS, "--format", "json") == 0
    rows = json.loads(capsysbinary.readouterr().out)
    assert [row["id"] for row in rows] == ["x", "y"]
    assert rows[0]["class"] == "duplicate"


def test_xlsx(tmp_path: Path) -> None:
    import openpyxl

    out = tmp_path / "out.xlsx"
    assert run_on(tmp_path, PAIRS, "-o", str(out)) == 0
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:3] == ["mã", "loại", "điểm"]


@pytest.mark.parametrize(("lang", "said"), [("vi", "ngưỡng đang dùng"), ("en", "the threshold in use")])
def test_with_labels_the_evaluation_is_shown(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], lang: str, said: str
) -> None:
    assert run_on(tmp_path, LABELLED + "z,Quản lý chợ,Thi hành án,unrelated\n", "--lang", lang) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert said in shown
    assert "y: " in shown  # the worst error


def test_a_bad_label_is_an_error_that_lists_the_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_on(tmp_path, LABELLED.replace("overlap", "overlp")) == 2
    error = capsys.readouterr().err
    assert "row 3" in error and "overlap (chồng chéo)" in error
