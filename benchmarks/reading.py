"""How long `bomay read` takes: many documents, one long text, a long PDF, a page of much markup.

The texts are those of the tests, repeated with another number in each copy. Each measurement is made in a
process of its own. A PDF is compared with the text that PDFium itself gives, without layout and paragraphs.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.charts import _machine
from benchmarks.measure import ROOT, in_own_process, taken

RESULTS = Path(__file__).parent / "READING.md"
FIXTURES = ROOT / "tests" / "fixtures" / "reading"
DOCUMENTS, PER_MINUTE = 300, 300
LENGTHS = (250_000, 500_000, 1_000_000, 2_000_000)
PAGES = (100, 500)
MARKUP = 50_000_000


def run(say: Callable[[str], None], result: Path | None) -> None:
    """Measure all of it, print the page and keep it."""
    found: dict[str, Any] = {"prose": {}, "decision": {}, "pdf": {}}
    say(f"{DOCUMENTS} documents …")
    found["documents"] = in_own_process("benchmarks.reading", "documents", str(DOCUMENTS))
    for kind in ("prose", "decision"):
        for length in LENGTHS:
            say(f"{kind}, {length:,} characters …")
            found[kind][length] = in_own_process("benchmarks.reading", kind, str(length))
    for pages in PAGES:
        say(f"a PDF of {pages} pages …")
        found["pdf"][pages] = in_own_process("benchmarks.reading", "pdf", str(pages))
    say("a page of 50 MB …")
    found["html"] = in_own_process("benchmarks.reading", "html", str(MARKUP))
    text = page(found)
    print(text)
    (result or RESULTS).write_text(text, encoding="utf-8")


# in a process of its own


def texts(decisions: bool) -> list[str]:
    """The texts of the tests: decisions of articles, or prose without the furniture of pages."""
    every = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.txt"))]
    if decisions:
        return [text for text in every if "\nĐiều 2" in text]
    return ["\n\n".join(p for p in text.splitlines() if len(p) > 150) for text in every if "\nĐiều 2" not in text]


def long_text(length: int, decisions: bool) -> str:
    """Texts one after the other until there are so many characters."""
    known, parts, size = texts(decisions), [], 0
    while size < length:
        part = f"{known[len(parts) % len(known)]}\n\nĐây là phần thứ {len(parts)}."
        parts.append(part)
        size += len(part) + 2
    return "\n\n".join(parts)[:length]


def measure(what: str, size: int) -> dict[str, float]:
    """What reading takes: seconds, processor seconds, peak MB, the characters read and the facts found."""
    made: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if what == "documents":
            known = sorted(FIXTURES.glob("*.txt"))
            for number in range(size):
                text = known[number % len(known)].read_text(encoding="utf-8")
                (folder / f"{number}.txt").write_text(f"{text}\n\nBản chép thứ {number}.", encoding="utf-8")
            files = sorted(folder.glob("*.txt"))
        elif what in ("prose", "decision"):
            (folder / "a.txt").write_text(long_text(size, what == "decision"), encoding="utf-8")
            files = [folder / "a.txt"]
        elif what == "pdf":
            files = [folder / "a.pdf"]
            in_own_process("benchmarks.reading", "make-pdf", str(size), str(files[0]))
            made = {f"source_{name}": value for name, value in taken(lambda: _source(files[0])).items()}
            made |= {f"plain_{name}": value for name, value in taken(lambda: _plain(files[0])).items()}
        else:
            files = [folder / "a.html"]
            _write_page(files[0], size)
        found: list[int] = []
        spent = taken(lambda: found.extend(_read(files)))
        return {**made, **spent, "characters": found[0], "facts": found[1]}


def _read(files: list[Path]) -> tuple[int, int]:
    """The characters of the texts, and the facts in them."""
    from loaders.reading.document import make_document
    from loaders.reading.output import rows, to_yaml
    from loaders.reading.read import read_document

    sources = [_source(file) for file in files]
    readings = [read_document(make_document(source.name, source.text)) for source in sources]
    to_yaml(rows(readings))
    return sum(len(source.text) for source in sources), sum(len(reading.facts) for reading in readings)


def _source(file: Path) -> Any:
    from loaders.reading.sources import read_source

    return read_source(file)


def _plain(file: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def make_pdf(pages: int, file: Path) -> dict[str, float]:
    """Write a report of so many pages with heads, page numbers and a table now and then."""
    from importlib.resources import files

    from fpdf import FPDF

    font = str(files("fontpkg_be_vietnam_pro") / "files" / "BeVietnamPro-Regular.ttf")
    paragraphs = [p for text in texts(decisions=False) for p in text.split("\n\n") if p]

    class Report(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 6, f"Trang {self.page_no()}", align="C")

    pdf = Report()
    pdf.add_font("V", "", font)
    pdf.add_font("V", "B", font)
    pdf.set_font("V", size=11)
    pdf.add_page()
    number = 0
    while pdf.page_no() < pages:
        pdf.multi_cell(0, 6, f"{number}. {paragraphs[number % len(paragraphs)]}", new_x="LMARGIN", new_y="NEXT")
        number += 1
        if number % 50 == 0:
            with pdf.table() as table:
                for row in [("Đơn vị", "Số phòng trước", "Số phòng sau"), ("Sở Nội vụ", "7", "5")]:
                    cells = table.row()
                    for cell in row:
                        cells.cell(cell)
    pdf.output(str(file))
    return {}


def _write_page(file: Path, size: int) -> None:
    paragraphs = [f"<p>{p}</p>\n" for text in texts(decisions=False) for p in text.split("\n\n") if p]
    with file.open("w", encoding="utf-8") as out:
        out.write("<html><head><meta charset='utf-8'></head><body><h1>Trang rất dài về sắp xếp bộ máy</h1>\n")
        number = written = 0
        while written < size:
            written += len(paragraphs[number % len(paragraphs)].encode())
            out.write(paragraphs[number % len(paragraphs)])
            number += 1


# the page


def page(found: dict[str, Any]) -> str:
    """The results in Markdown."""
    documents = found["documents"]
    a_minute = DOCUMENTS / documents["seconds"] * 60
    met = "met" if a_minute >= PER_MINUTE else "**missed**"
    html = found["html"]
    return "\n\n".join(
        [
            "# What `python -m benchmarks reading` measured",
            f"{dt.date.today().isoformat()}, {_machine()}. One process, one core of them; the texts of the tests, "
            "repeated. Everything cold, in a process of its own.",
            "## Many documents",
            f"{DOCUMENTS} documents of {documents['characters'] / DOCUMENTS:,.0f} characters on average: "
            f"{documents['seconds']:.1f} s, {documents['cpu']:.1f} CPU s, {documents['peak_mb']:,.0f} MB: "
            f"{a_minute:,.0f} a minute. Goal: {PER_MINUTE} a minute on two cores: {met}.",
            "## One long text",
            _lengths(found),
            "## A long PDF",
            _pdfs(found["pdf"]),
            "## A page of 50 MB",
            f"The first 8 MB of markup and 5 million characters of text are read, and that is said; with the facts: "
            f"{html['cpu']:.0f} CPU s, {html['peak_mb']:,.0f} MB.",
            "",
        ]
    )


def _lengths(found: dict[str, Any]) -> str:
    lines = ["| characters | prose: CPU s | peak MB | decisions: CPU s | peak MB |", "| --- | --- | --- | --- | --- |"]
    for length in LENGTHS:
        cells = [f"{found[kind][length][name]:,.{1 if name == 'cpu' else 0}f}" for kind, name in _CELLS]
        lines.append(f"| {length:,} | {' | '.join(cells)} |")
    growth = [
        found[kind][LENGTHS[-1]]["cpu"] / found[kind][LENGTHS[0]]["cpu"] * LENGTHS[0] / LENGTHS[-1] for kind in _KINDS
    ]
    said = f"A character of the longest text takes {growth[0]:.2f} times (prose) and {growth[1]:.2f} times (decisions)"
    return "\n".join([*lines, "", f"{said} as long as one of the shortest; 1 is linear."])


_KINDS = ("prose", "decision")
_CELLS = [(kind, name) for kind in _KINDS for name in ("cpu", "peak_mb")]


def _pdfs(found: dict[int, dict[str, float]]) -> str:
    lines = [
        "| pages | characters | text: CPU s | peak MB | times PDFium's own text | with facts: CPU s | peak MB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for pages, each in found.items():
        cells = [
            f"{each['characters']:,.0f}",
            f"{each['source_cpu']:.1f}",
            f"{each['source_peak_mb']:,.0f}",
            f"{each['source_cpu'] / each['plain_cpu']:.1f}",
            f"{each['cpu']:.1f}",
            f"{each['peak_mb']:,.0f}",
        ]
        lines.append(f"| {pages} | {' | '.join(cells)} |")
    few, many = PAGES
    growth = found[many]["source_cpu"] / found[few]["source_cpu"] * few / many
    return "\n".join(
        [*lines, "", f"A page of the PDF of {many} takes {growth:.2f} times as long as one of {few}; 1 is linear."]
    )


if __name__ == "__main__":
    if sys.argv[1] == "make-pdf":
        print(json.dumps(make_pdf(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
