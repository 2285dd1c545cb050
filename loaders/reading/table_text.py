"""Tables as lines of text: each row with the heads of its columns, and its address in front."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# what a line of a table begins with: the number of the table and of the row
ADDRESS = re.compile(r"\[Bảng (\d+) hàng (\d+)\] ")
_MOST_HEAD = 60
_NAME = re.compile(r"họ\s*(?:và|,)?\s*tên(?: cán bộ| người giữ chức vụ)?|tên cán bộ", re.I)
_POST = re.compile(r"chức vụ|chức danh|chức vụ hiện nay|chức vụ, đơn vị(?: công tác)?", re.I)
_UNIT = re.compile(r"đơn vị|đơn vị công tác|cơ quan|nơi công tác", re.I)


def table_lines(rows: Sequence[Sequence[str]], table: int, after: int = 0) -> Iterator[str]:
    """The rows of a table as lines, `[Bảng 1 hàng 2] Đơn vị: Sở Y tế | Sau: 5`, with the heads of the first row
    where that has heads. A table that goes on from the page before begins with its heads again and has `after`
    rows there."""
    clean = [[" ".join(cell.split()).replace("|", "/") for cell in row] for row in rows]
    clean = [row for row in clean if any(row)]
    heads = clean[0] if clean and _are_heads(clean[0], clean[1:]) else None
    for number, row in enumerate(clean, 1):
        if heads is not None and row == heads and (after or number > 1):
            continue
        if heads is None or number == 1:
            if not (after and number == 1):
                cells = [cell for cell in row if cell]
                yield f"[Bảng {table} hàng {number + after}] {' | '.join(cells)}"
            continue
        named = [(head, cell) for head, cell in zip(_wide(heads, len(row)), row, strict=True) if cell]
        cells = [f"{head}: {cell}" if head else cell for head, cell in _with_person(named)]
        yield f"[Bảng {table} hàng {number + after}] {' | '.join(cells)}"


def _with_person(named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Name, post and unit of a person as prose has them, "Trần Văn A, Giám đốc Sở B", where a row has one each."""
    found: dict[str, tuple[str, str]] = {}
    for kind, pattern in (("name", _NAME), ("post", _POST), ("unit", _UNIT)):
        fitting = [cell for cell in named if pattern.fullmatch(cell[0])]
        if len(fitting) == 1:
            found[kind] = fitting[0]
    if "name" not in found or "post" not in found:
        return named
    unit = found["unit"][1] if "unit" in found else ""
    post = found["post"][1]
    if unit and unit.casefold() not in post.casefold():
        post = f"{post} {unit}"
    taken = set(found.values())
    return [("", f"{found['name'][1]}, {post}"), *(cell for cell in named if cell not in taken)]


def _wide(heads: list[str], width: int) -> list[str]:
    return [*heads, *[""] * (width - len(heads))][:width]


def _are_heads(first: list[str], others: list[list[str]]) -> bool:
    """Whether the first row names the columns: short texts in all of them, no numbers, and rows below."""
    named = [cell for cell in first if cell]
    return (
        bool(others)
        and len(named) >= 2
        and len(named) >= len(first) - 1
        and all(len(cell) <= _MOST_HEAD and not re.fullmatch(r"[\d.,%/\s-]+", cell) for cell in named)
        and len(set(named)) == len(named)
    )
