"""Which units a change needs, by the rule that found it, and which only decide on it."""

from __future__ import annotations

import re

from loaders.reading.known import Known
from loaders.reading.rules import Rule

UNNAMED = frozenset(("scheme-of-merging", "hand-over"))
_OF_TWO = frozenset(("merge-named", "merged-named", "merged-named-by", "merged-by-themselves"))
# what is counted there and named in the next sentences is dissolved or merged
COUNTED_INPUTS = frozenset(
    (
        "dissolve-counted-before-list",
        "counted-dissolved-before-list",
        "create-by-merging-counted",
        "created-by-merging-counted",
        "merge-counted-into",
        "merged-counted-into",
        "merge-counted",
    )
)


def enough(rule: Rule, match: re.Match[str], inputs: list[Known], outputs: list[Known]) -> bool:
    """Whether the units that the change is about are named."""
    if rule.name in UNNAMED:
        return True
    groups = rule.pattern.groupindex
    if rule.name in COUNTED_INPUTS and rule.kind == "merge":
        return bool(outputs) or len(inputs) > 1
    if rule.name == "renamed-once-more":
        return bool(outputs)
    if rule.kind in ("merge", "absorb"):
        if "outputs" in groups and not outputs:
            # two or more named ones that become one of a kind (thành một chi cục thuế khu vực)
            return rule.kind == "merge" and len(inputs) > 1 and match["outputs"].startswith("K ")
        return bool(inputs) and (len(inputs) > 1 or rule.name not in _OF_TWO)
    if rule.kind == "move":
        return bool(inputs)
    if rule.kind in ("create", "transfer"):
        return bool(outputs)
    return bool(inputs) and ("outputs" not in groups or bool(outputs))


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


def without_issuer(units: list[Known]) -> list[Known]:
    """The units without the organ that leads the sentence (Theo nghị quyết của HĐND tỉnh, Sở A và Sở B …), or the
    clause behind (Sau khi hợp nhất Sở A, Sở B, UBND tỉnh có quyết định …)."""
    if len(units) > 1 and units[0].kind in ISSUERS and not any(unit.kind in ISSUERS for unit in units[1:]):
        return units[1:]
    if len(units) > 2 and units[-1].kind in ISSUERS and not any(unit.kind in ISSUERS for unit in units[:-1]):
        return units[:-1]
    return units
