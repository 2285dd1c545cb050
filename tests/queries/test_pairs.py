"""The evaluation of labelled pairs, and how well the scorer does on pairs that it was not tuned to."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graph.errors import InputErrors, UserError
from queries.pairs import Pair, average_precision, evaluate, score_pairs
from queries.pairs_file import read_pairs

FIXTURES = Path(__file__).parent.parent / "fixtures" / "statements"


@pytest.mark.parametrize(("name", "least"), [("tuned_pairs", 0.90), ("held_out_pairs", 0.85)])
def test_quality(name: str, least: float) -> None:
    found = evaluate(score_pairs(read_pairs(FIXTURES / f"{name}.csv")))
    assert found.average_precision is not None and found.baseline is not None
    assert found.average_precision >= least
    assert found.average_precision >= found.baseline + 0.10
    (used,) = (point for point in found.points if point.operating)
    assert used.precision >= 0.85
    assert used.recall >= 0.65


@pytest.mark.parametrize("name", ["tuned_pairs", "held_out_pairs"])
def test_pairs_that_share_only_boilerplate_are_not_flagged(name: str) -> None:
    scored = score_pairs(read_pairs(FIXTURES / f"{name}.csv"))
    lines = (FIXTURES / f"{name}.csv").read_text("utf-8").splitlines()
    only = [one for one, line in zip(scored, lines[1:], strict=True) if line.endswith(",boiler")]
    assert len(only) >= 6
    assert [one.pair.id for one in only if one.score.cls in ("duplicate", "overlap")] == []


def test_average_precision_takes_ties_together() -> None:
    assert average_precision([True, False, True], [0.9, 0.8, 0.7]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([True, False], [0.5, 0.5]) == pytest.approx(0.5)
    assert average_precision([False, True], [0.5, 0.5]) == pytest.approx(0.5)
    assert average_precision([True, True], [0.5, 0.4]) is None


def test_points_and_confusion() -> None:
    pairs = [
        Pair("1", "Quản lý bến xe", "Quản lý bến xe khách", "duplicate"),
        Pair("2", "Quản lý bến xe", "Thi hành án dân sự", "overlap"),
        Pair("3", "Quản lý thuế", "Khám bệnh", "unrelated"),
        Pair("4", "Quản lý thuế", "Khám bệnh"),
    ]
    found = evaluate(score_pairs(pairs))
    assert (found.pairs, found.positives) == (3, 2)
    (used,) = (point for point in found.points if point.operating)
    assert (used.flagged, used.precision, used.recall) == (1, 1.0, 0.5)
    assert found.confusion["overlap", "unrelated"] == 1
    assert [one.pair.id for one in found.worst] == ["2"]


def test_ten_thousand_equal_pairs_cost_what_they_should() -> None:
    began = time.process_time()
    pairs = [Pair(str(i), "Quản lý hộ tịch", "Quản lý hộ tịch", "duplicate") for i in range(10_000)]
    found = evaluate(score_pairs(pairs))
    assert found.confusion["duplicate", "duplicate"] == 10_000
    assert time.process_time() - began < 30


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "pairs.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_encodings(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["Mã", "Câu A", "Câu B", "Nhãn"], ["x", "một", "hai", "chồng chéo"], ["", "ba", "bốn", ""]]
    file = write(tmp_path, "\r\n".join(delimiter.join(row) for row in rows), encoding)
    assert read_pairs(file) == [Pair("x", "một", "hai", "overlap"), Pair("2", "ba", "bốn", None)]


def test_long_cells_and_quotes(tmp_path: Path) -> None:
    long = "quản lý " * 20_000
    (pair,) = read_pairs(write(tmp_path, f'ID,B,A\n1,"a ""b"", c","{long}"\n'))
    assert (pair.a, pair.b) == (long, 'a "b", c')
    assert score_pairs([pair])[0].score.value < 1


def test_bad_cells_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as raised:
        read_pairs(write(tmp_path, "id,a,b,label\n1,x,y,duplicat\n2,,y,overlap\n\n3,x,y,unrelated\n"))
    text = str(raised.value)
    assert "pairs.csv row 2 column label" in text and "duplicat" in text and "duplicate (trùng lắp)" in text
    assert "pairs.csv row 3 column a: no text" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("id,a\n1,x\n", "no column b"), ("id,a,b\n", "no pairs"), ("a,A,b\nx,y,z\n", "two columns")],
)
def test_files_that_are_no_pairs(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_pairs(write(tmp_path, text))


def test_other_code_pages_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="line 2: not UTF-8"):
        read_pairs(write(tmp_path, "id,a,b\n1,tên,b\n", "latin-1"))
    with pytest.raises(UserError, match="no file"):
        read_pairs(tmp_path / "none.csv")
