"""Units that stand before those that they are above of: "Thuộc Sở A, Trung tâm B …"."""

from __future__ import annotations

from dataclasses import replace

from loaders.reading.items import Item

_MOST_BEFORE = 8


def mark_leading_owner(items: list[Item]) -> None:
    """Mark the unit above those that follow, where it stands first (*Thuộc Sở A*, Trung tâm B …) or between a number
    of units and their list (5 đơn vị *trực thuộc Sở A*: Trung tâm B, …)."""
    symbols = [item.symbol for item in items]
    if symbols[:3] == ["v:under", "U", ","]:
        items[1] = replace(items[1], symbol="Y")
    if symbols[:2] == ["đối", "với"] and "U" in symbols[3:_MOST_BEFORE]:
        of = symbols.index("U")  # đối với cơ quan chuyên trách Liên đoàn A, Ban B …
        if symbols[of + 1 : of + 3] == [",", "U"] and all(symbol.isalpha() or symbol == "K" for symbol in symbols[:of]):
            items[of] = replace(items[of], symbol="Y")
    for at in range(1, min(len(items) - 3, _MOST_BEFORE)):
        if symbols[at : at + 4] == ["D", "của", "U", ","]:
            items[at + 2] = replace(items[at + 2], symbol="Y")  # theo Quyết định số 12 của Bộ A, Cục B và Cục C …
    for at in range(1, len(items) - 2):
        listed = symbols[at + 1] in (":", "gồm") or symbols[at + 1 : at + 3] == [",", "gồm"]
        if symbols[at - 1 : at + 1] == ["M", "U"] and listed:
            items[at] = replace(items[at], symbol="Y")
