"""The workbook that a user fills in: guide, one sheet for each kind of fact with a worked example, lists."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from graph.errors import UserError
from graph.packaged import packaged_yaml
from loaders.headers import Column, Sheet, sheets
from loaders.tables import column_letters

# Drop-downs reach down to here (rows of Excel)
LAST_ROW = 5_000
_MAX_IN_NOTE = 15
# Dark for required, light for optional: they differ in grey as well
_REQUIRED, _OPTIONAL, _EXAMPLE = "#1F4E79", "#D6E4F0", "#FFF9E5"


def write_template(path: str | Path, lang: str = "vi", *, force: bool = False) -> Path:
    """Write the template in Vietnamese or English (`lang` "vi" or "en") and return its path.

    It loads as it is. Raises `UserError` if the file is there already (unless `force`), is not
    called .xlsx, or cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise UserError(
            f"the template is an Excel workbook, not {path.name!r}", "Give it a name that ends in .xlsx."
        )
    if lang not in ("vi", "en"):
        raise UserError(f"the template is not there in {lang!r}", "Take vi or en.")
    if path.exists() and not force:
        raise UserError(
            f"{path} is there already", "Choose another name, move it away, or overwrite it with --force."
        )
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(_workbook(lang))
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(
            f"{path} cannot be written ({error.strerror})",
            "Choose a folder that exists and in which you may write; close the file in Excel.",
        ) from error
    return path


def _workbook(lang: str) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    _Template(book, lang).write()
    book.close()
    return buffer.getvalue()


class _Template:
    """Writes one workbook in one language."""

    def __init__(self, book: Any, lang: str) -> None:
        self.book = book
        self.lang = lang
        self.words: dict[str, Any] = _data("template_guide.yaml")[lang]
        self.sheets = [sheets()[key] for key in _data("template_guide.yaml")["order"]]
        wrap = {"text_wrap": True, "valign": "top"}
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.bold = book.add_format({"bold": True, **wrap})
        self.wrap = book.add_format(wrap)
        self.required = book.add_format({**head, "bg_color": _REQUIRED, "font_color": "#FFFFFF"})
        self.optional = book.add_format({**head, "bg_color": _OPTIONAL})
        # text format: Excel must neither swap day and month nor read 1.381 as a fraction
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.example = book.add_format({"num_format": "@", "italic": True, "bg_color": _EXAMPLE, **wrap})

    def write(self) -> None:
        guide = self.book.add_worksheet(self.words["guide"])
        pages = {sheet.key: self.book.add_worksheet(self.sheet_name(sheet)) for sheet in self.sheets}
        lists = self.book.add_worksheet(self.words["lists"])
        self._guide(guide)
        ranges = self._lists(lists)
        for sheet in self.sheets:
            self._sheet(pages[sheet.key], sheet, ranges)
        guide.activate()

    def sheet_name(self, sheet: Sheet) -> str:
        name = sheet.label(self.lang)
        return name[0].upper() + name[1:]

    def _guide(self, page: Any) -> None:
        page.hide_gridlines(2)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 110)
        page.write_string(0, 0, self.words["title"], self.title)
        page.write_string(1, 0, self.words["required"], self.required)
        page.write_string(2, 0, self.words["optional"], self.optional)
        row = 4
        page.write_string(row, 0, self.words["section_rules"], self.title)
        for heading, text in self.words["rules"]:
            row += 1
            page.write_string(row, 0, heading, self.bold)
            page.write_string(row, 1, text, self.wrap)
        row += 2
        page.write_string(row, 0, self.words["section_sheets"], self.title)
        for sheet in self.sheets:
            row += 1
            name = self.sheet_name(sheet)
            page.write_url(row, 0, f"internal:'{name}'!A1", self.bold, string=name)
            page.write_string(row, 1, self.words["sheets"][sheet.key], self.wrap)

    def _lists(self, page: Any) -> dict[str, str]:
        """Write every list that a column uses; return the range of each, for the drop-downs."""
        used = {c.vocabulary: c for sheet in self.sheets for c in sheet.columns.values() if c.vocabulary}
        ranges: dict[str, str] = {}
        choices = {name: _labels(name, self.lang) for name in used}
        choices["bool"] = [self.words["yes"], self.words["no"]]
        for index, (name, labels) in enumerate(choices.items()):
            page.write_string(0, index, name.replace("_", " "), self.optional)
            for row, label in enumerate(labels, start=1):
                page.write_string(row, index, label)
            page.set_column(index, index, min(45, max(len(label) for label in labels) + 2))
            letters = column_letters(index)
            ranges[name] = f"='{self.words['lists']}'!${letters}$2:${letters}${len(labels) + 1}"
        page.freeze_panes(1, 0)
        return ranges

    def _sheet(self, page: Any, sheet: Sheet, ranges: dict[str, str]) -> None:
        rows = _data("template_example.yaml")[sheet.key]
        page.set_row(0, 32)
        page.freeze_panes(1, 0)
        page.set_comments_author("bomay")
        for index, column in enumerate(sheet.columns.values()):
            page.set_column(index, index, _width(column), self.text)
            page.write_string(
                0, index, column.label(self.lang), self.required if column.required else self.optional
            )
            note = self._note(sheet, column)
            page.write_comment(0, index, note, {"x_scale": 2.4, "y_scale": 0.5 + 0.22 * _lines(note)})
            self._drop_down(page, index, column, ranges)
            for row, values in enumerate(rows, start=1):
                page.write_string(row, index, self._shown(column, values.get(column.key)), self.example)
        last = column_letters(len(sheet.columns) - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:{last}{LAST_ROW}"})
        page.autofilter(0, 0, len(rows), len(sheet.columns) - 1)

    def _note(self, sheet: Sheet, column: Column) -> str:
        lines = [self.words["required"] if column.required else self.words["optional"]]
        docs = self.words.get("docs", {})
        doc = column.doc if self.lang == "en" else docs.get(f"{sheet.key}.{column.key}", docs.get(column.key))
        if doc:
            lines.append(doc)
        if column.type in self.words["types"]:
            lines.append(self.words["types"][column.type])
        if column.to:
            lines.append(" / ".join(self._target(label) for label in column.to))
        if column.vocabulary:
            labels = _labels(column.vocabulary, self.lang)
            more = " …" if len(labels) > _MAX_IN_NOTE else ""
            lines.append(f"{self.words['choose']} {'; '.join(labels[:_MAX_IN_NOTE])}{more}")
        if column.type in ("list", "refs"):
            lines.append(self.words["several"])
        if column.default:
            lines.append(f"{self.words['default']} {self._shown(column, column.default)}")
        return "\n".join(lines)

    def _target(self, label: str) -> str:
        """The sheet on which the things of a label stand."""
        made = {"ConcurrencyModel": "models"} | {s.makes: s.key for s in self.sheets}
        return self.sheet_name(sheets()[made[label]])

    def _drop_down(self, page: Any, index: int, column: Column, ranges: dict[str, str]) -> None:
        name = column.vocabulary if column.type == "code" else column.type
        if name in ranges:
            # a warning, not a stop: other spellings of the listed values load as well
            rule = {
                "validate": "list",
                "source": ranges[name],
                "error_type": "warning",
                "error_message": self.words["unusual"],
            }
            page.data_validation(1, index, LAST_ROW - 1, index, rule)

    def _shown(self, column: Column, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(self.words["yes"] if value else self.words["no"])
        if column.vocabulary:
            from graph.vocabulary import label

            given = value if isinstance(value, list) else [value]
            return "; ".join(label(column.vocabulary, str(code), self.lang) for code in given)
        return str(value)


def _labels(vocabulary: str, lang: str) -> list[str]:
    from graph.vocabulary import codes, label

    return [label(vocabulary, code, lang) for code in codes(vocabulary)]


def _width(column: Column) -> int:
    if column.key in ("text", "title", "name", "inputs", "outputs"):
        return 38
    return {"ref": 28, "refs": 32, "text": 22, "list": 26, "code": 20, "date": 15}.get(column.type, 12)


def _lines(note: str) -> int:
    return sum(1 + len(line) // 45 for line in note.splitlines())


def _data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = packaged_yaml("loaders", name)
    return data
