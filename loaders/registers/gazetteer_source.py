"""Writes `places.txt`, the small map that comes with the package, from the package vietnamadminunits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from loaders.registers.vietnam import named
from loaders.registers.vietnam_source import Commune, Source, read_source

FILE = Path(__file__).with_name("places.txt")
_HEAD = """\
# Names of provinces, districts and communes of Viet Nam before and after 1 July 2025.
# From the data of vietnamadminunits, https://pypi.org/project/vietnamadminunits
# Copyright (c) 2025 Tran Ngoc Minh Hieu. MIT License:
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
# documentation files (the "Software"), to deal in the Software without restriction, including without limitation
# the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
# to permit persons to whom the Software is furnished to do so, subject to the following conditions:
# The above copyright notice and this permission notice shall be included in all copies or substantial portions of
# the Software.
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
# THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
# AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
# CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
# IN THE SOFTWARE.
# Made by `python -m loaders.registers.gazetteer_source`.

= 2025-01-01 tỉnh Thừa Thiên Huế → thành phố Huế
= 2026-04-30 tỉnh Đồng Nai → thành phố Đồng Nai
"""


def text_of(source: Source) -> str:
    """The file's content."""
    return "\n".join([_HEAD, "@ before", *_before(source), "", "@ after", *_after(source), ""])


def _before(source: Source) -> Iterable[str]:
    provinces: dict[str, dict[str, list[Commune]]] = {}
    for each in source.before:
        provinces.setdefault(each.province, {}).setdefault(each.district, []).append(each)
    for province, districts in provinces.items():
        yield named(province, "province")[0]
        for district, communes in districts.items():
            yield " " + named(district, "district")[0]
            yield from _communes("  ", communes)


def _after(source: Source) -> Iterable[str]:
    name_of = {each.province_key: named(each.province, "province")[0] for each in source.before}
    provinces: dict[str, list[Commune]] = {}
    for each in source.after:
        provinces.setdefault(each.province, []).append(each)
    for province, communes in provinces.items():
        parts = [name_of[old] for old in source.provinces[communes[0].province_key]]
        formed = f" ← {', '.join(parts)}" if len(parts) > 1 else ""
        yield named(province, "province")[0] + formed
        yield from _communes(" ", communes)


def _communes(indent: str, communes: Iterable[Commune]) -> Iterable[str]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for each in communes:
        if each.name:
            full = named(each.name, "commune")[0]
            kind = next(k for k in ("thị trấn", "đặc khu", "phường", "xã") if full.startswith(k + " "))
            names[kind].append(full[len(kind) + 1 :])
    for kind, listed in sorted(names.items()):
        yield f"{indent}{kind}: {', '.join(listed)}"


if __name__ == "__main__":
    FILE.write_text(text_of(read_source()), encoding="utf-8")
