"""Organs that decide on changes of others, and take no part in them."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.known import Known

# the organs that decide on changes
ISSUERS = frozenset(
    (
        "ubnd",
        "hdnd",
        "tinh_uy",
        "huyen_uy",
        "thanh_uy",
        "thi_uy",
        "quan_uy",
        "ban_thuong_vu",
        "bo_chinh_tri",
        "chinh_phu",
    )
)
_LEADING = ISSUERS | {"so", "bo"}


def decides_on(unit: Known, units: Sequence[Known]) -> bool:
    """Whether the unit is above those that change (Sở A, where centres or divisions do), and not one of their kind."""
    return unit.kind in _LEADING and unit.kind not in {each.kind for each in units}
