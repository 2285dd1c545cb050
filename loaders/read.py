"""Files and folders to tables: which reader takes which file, and what is refused beforehand."""

from __future__ import annotations

from pathlib import Path

from graph.errors import InputErrors, Problem
from loaders.tables import UNPACKED_PER_PACKED, Table, max_file_bytes, unreadable

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
STRUCTURED = (".yaml", ".yml", ".json")
FOLDER_FILES = (".csv", *STRUCTURED)
# a CSV file is read row by row; it may be as large as what other files unpack to
CSV_PER_OTHER = UNPACKED_PER_PACKED


def read_tables(path: str | Path) -> list[Table]:
    """The tables of a workbook, of a CSV, YAML or JSON file, or of a folder of the latter three.

    A CSV file is one table, called after the file. Raises `InputErrors` where a file cannot be
    read: not there, no permission, too large, empty, damaged, protected, of another kind.
    """
    path = Path(path)
    if path.is_dir():
        return _read_folder(path)
    _check_file(path, path.name)
    return _read_file(path, path.name)


def _read_folder(folder: Path) -> list[Table]:
    folder = folder.resolve()  # "." has no name of its own
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise unreadable(folder.name, f"the folder cannot be opened ({error.strerror})") from error
    files = [p for p in inside if p.suffix.lower() in FOLDER_FILES and not p.name.startswith((".", "~"))]
    if not files:
        raise unreadable(
            folder.name,
            "the folder has no .csv, .yaml or .json file",
            "Give a workbook, or a folder with one CSV file for each sheet, called as the sheet.",
        )
    tables: list[Table] = []
    problems: list[Problem] = []
    for file in files:
        name = f"{folder.name}/{file.name}"
        try:
            _check_file(file, name)
            tables += _read_file(file, name)
        except InputErrors as error:
            problems += error.problems
    if problems:
        raise InputErrors(problems)
    return tables


def _read_file(path: Path, name: str) -> list[Table]:
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        from loaders.workbook import read_workbook

        return read_workbook(path, name)
    if suffix == ".csv":
        from loaders.csvfile import read_csv

        return [read_csv(path, name)]
    from loaders.structured import read_json, read_yaml

    return read_json(path, name) if suffix == ".json" else read_yaml(path, name)


def _check_file(path: Path, name: str) -> None:
    """Whether the file is there, may be read, and has a size and a kind that can be taken."""
    if path.suffix.lower() not in (*WORKBOOKS, *FOLDER_FILES):
        if not path.exists():
            raise _not_found(path, name)
        kinds = " ".join((*WORKBOOKS, *FOLDER_FILES))
        raise unreadable(
            name,
            f"files of the kind {path.suffix or 'without ending'!r} are not read",
            f"Read are: {kinds}. Save it as an Excel workbook (.xlsx).",
        )
    try:
        with path.open("rb"):
            size = path.stat().st_size
    except FileNotFoundError:
        raise _not_found(path, name) from None
    except PermissionError as error:
        raise unreadable(
            name,
            "no permission to read the file",
            "Close it in other programs, or ask its owner for the right to read it.",
        ) from error
    except OSError as error:
        raise unreadable(name, f"the file cannot be opened ({error.strerror})") from error
    if size == 0:
        raise unreadable(
            name,
            "the file is empty (0 bytes)",
            "Copy or save it again; `bomay template` writes one to start from.",
        )
    limit = max_file_bytes() * (CSV_PER_OTHER if path.suffix.lower() == ".csv" else 1)
    if size > limit:
        raise unreadable(
            name,
            f"the file has {size / 1e6:,.0f} MB; files of up to {limit / 1e6:,.0f} MB are read",
            "Split it into several files, or set BOMAY_MAX_FILE_MB to a higher number.",
        )


def _not_found(path: Path, name: str) -> InputErrors:
    near: list[str] = []
    if path.parent.is_dir():
        from graph.text import nearest

        around = [p.name for p in path.parent.iterdir() if p.suffix.lower() in (*WORKBOOKS, *FOLDER_FILES)]
        near = nearest(path.name, around)
    remedy = f"In that folder are: {'; '.join(near)}." if near else "Check the name and the folder."
    return unreadable(name, "there is no such file", remedy)
