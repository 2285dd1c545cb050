"""Columns made by hand, for the pure parts of the analysis."""

from __future__ import annotations

from typing import Any

from queries.overlaps.pull import Columns, Host, Performed


def host(id_: str, name: str = "", *, kind: str = "so", system: str = "state", place: str = "t", **more: Any) -> Host:
    return Host(id_, name or id_, kind, more.get("level", "province"), system, place, f"tỉnh {place}")


def columns(
    hosts: list[Host],
    does: dict[str, list[str]],
    *,
    parents: dict[str, set[str]] | None = None,
    faces: dict[str, set[str]] | None = None,
    roles: dict[str, str] | None = None,
    uncertain: tuple[str, ...] = (),
) -> Columns:
    """`does`: texts of functions by unit; "=f text" is a function with the id f, which several may have.

    The id of any other function is unit:number. `roles` and `uncertain` are by unit.
    """
    texts: dict[str, str] = {}
    performed = []
    for unit, said in does.items():
        for number, text in enumerate(said):
            function = f"{unit}:{number}"
            if text.startswith("="):
                function, _, text = text[1:].partition(" ")
            texts[function] = text
            role = (roles or {}).get(unit, "")
            performed.append(Performed(unit, function, f"r:{unit}:{function}", role, unit not in uncertain))
    by_id = {each.id: each for each in hosts}
    return Columns(by_id, texts, {}, tuple(performed), parents or {}, faces or {}, len(by_id))
