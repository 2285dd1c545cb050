"""Which units a change needs, by the rule that found it, and which only decide on it."""

from __future__ import annotations

import re

from loaders.reading.known import Known
from loaders.reading.rules import Rule

UNNAMED = frozenset(("scheme-of-merging", "hand-over"))
_OF_TWO = frozenset(("merge-named", "merged-named", "merged-named-by", "merged-by-themselves"))
_OWN_PART = re.compile(r"v:becoming U (?:, )?v:under Y ")
_PARTS = frozenset(("phong", "phong_chi_cuc", "khoa", "to", "doi", "bo_phan", "to_chuc_khac"))
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


def merged_with_own_part(kind: str, inputs: list[Known], outputs: list[Known], said: str) -> bool:
    """Whether what a unit went over into only made of it a part of its own (sáp nhập Cảnh sát phòng cháy vào Công an
    tỉnh và tổ chức thành Phòng A trực thuộc Công an tỉnh); `said` are the symbols of the sentence as it stands."""
    if kind != "merge" or len(inputs) != 2 or len(outputs) != 1 or "v:into U " not in said:
        return False
    return _OWN_PART.search(said) is not None and outputs[0].kind in _PARTS and inputs[1].kind not in _PARTS


def with_place_of_result(rule: Rule, match: re.Match[str], inputs: list[Known], outputs: list[Known]) -> list[Known]:
    """What merges where the second is called by its place alone (sáp nhập Trạm Y tế phường A vào phường B thành Trạm
    Y tế phường B)."""
    if rule.name == "merge-into-new" and len(inputs) == 1 == len(outputs) and "v:into P v:becoming " in match[0]:
        return [*inputs, *outputs] if inputs[0].kind == outputs[0].kind else inputs
    return inputs
