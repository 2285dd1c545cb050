"""What a merger would save at the most, from the graph and the dated rules, with the assumptions named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from queries.merges import sizes
from queries.merges.model import Saving, Unit, World


def saving(world: World, members: Sequence[str]) -> Saving:
    """Units, head posts, deputies beyond what one unit may have, staff beyond the norm of the kind.

    The merged unit is taken to be of the kind and place of the largest member. People are not counted
    as saved: they are to be placed elsewhere.
    """
    units = [world.units[unit] for unit in members]
    result = max(units, key=lambda unit: (world.staff.get(unit.id, 0.0), -units.index(unit)))
    known = [world.staff[unit] for unit in members if unit in world.staff]
    staff = sum(known) if len(known) == len(members) else None
    assumptions: list[tuple[str, dict[str, Any]]] = [("kind", {"unit": result.name})]
    recorded = [world.posts[unit].heads if unit in world.posts else 0 for unit in members]
    heads = sum(number or 1 for number in recorded)
    if not all(recorded):
        assumptions.append(("one_head_each", {}))
    if staff is None:
        assumptions.append(("staff_unknown", {"n": len(members) - len(known)}))
    if sizes.province_class(result) == sizes.LOWEST_CLASS:
        assumptions.append(("province_class", {"class": sizes.LOWEST_CLASS}))
    deputies = _deputies(world, members, result, staff, assumptions)
    above_norm = _staff(world, result, staff, assumptions)
    return Saving(len(members) - 1, max(0, heads - 1), deputies, above_norm, tuple(assumptions))


def _deputies(
    world: World,
    members: Sequence[str],
    result: Unit,
    staff: float | None,
    assumptions: list[tuple[str, dict[str, Any]]],
) -> int | None:
    now = sum(world.posts[unit].deputies for unit in members if unit in world.posts)
    most = sizes.most_deputies(world, result, staff)
    if most is None or not any(unit in world.posts for unit in members):
        assumptions.append(("deputies_unknown", {}))
        return None
    assumptions.append(("deputies", {"most": most[0], "source": most[1].source, "now": now}))
    return max(0, now - int(most[0]))


def _staff(
    world: World, result: Unit, staff: float | None, assumptions: list[tuple[str, dict[str, Any]]]
) -> float | None:
    norm = sizes.most_staff(world, result)
    if norm is None or staff is None:
        assumptions.append(("no_norm", {}))
        return None
    assumptions.append(("norm", {"most": norm[0], "source": norm[1].source, "now": staff}))
    return max(0.0, staff - norm[0])
