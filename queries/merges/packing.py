"""Which groups to propose together: exact maximum-weight set packing.

No unit is in two groups, and the groups that are chosen weigh the most together. The problem is NP-hard
(R. Karp, 1972) but small here: groups of different connected components do not meet, and each component is
an integer programme of its own, solved to proven optimality by HiGHS (Q. Huangfu and J. Hall, "Parallelizing the
dual revised simplex method", Mathematical Programming Computation 10, 2018).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import NamedTuple, TypeVar

# seconds for one component; only many alike units that are all tied to each other need more
TIME_LIMIT = 5.0
Member = TypeVar("Member", bound=Hashable)


class Packing(NamedTuple):
    """The indices of the chosen groups, in order, and whether no better choice is possible."""

    chosen: list[int]
    proven: bool


def pack(groups: Sequence[Collection[Member]], weights: Sequence[float], fixed: Collection[int] = ()) -> Packing:
    """The groups that weigh the most together. Groups of weight 0 or less are never chosen.

    `fixed` are chosen in any case, in their order, as far as they do not meet each other; all that meet
    them are out.
    """
    chosen: list[int] = []
    taken: set[Member] = set()
    for index in fixed:
        if taken.isdisjoint(groups[index]):
            chosen.append(index)
            taken.update(groups[index])
    rest = [
        index
        for index, group in enumerate(groups)
        if index not in chosen and weights[index] > 0 and taken.isdisjoint(group)
    ]
    proven = True
    for component in _components(groups, rest):
        if len(component) == 1:
            chosen += component
            continue
        best = _solve(groups, weights, component)
        chosen += best.chosen
        proven = proven and best.proven
    return Packing(sorted(chosen), proven)


def _components(groups: Sequence[Collection[Member]], indices: Sequence[int]) -> Iterator[list[int]]:
    """Groups that meet, directly or over others."""
    holding: defaultdict[Member, list[int]] = defaultdict(list)
    for index in indices:
        for member in groups[index]:
            holding[member].append(index)
    seen: set[int] = set()
    for start in indices:
        if start in seen:
            continue
        seen.add(start)
        component, edge = [start], [start]
        while edge:
            for other in (o for member in groups[edge.pop()] for o in holding[member]):
                if other not in seen:
                    seen.add(other)
                    component.append(other)
                    edge.append(other)
        yield sorted(component)


def _solve(groups: Sequence[Collection[Member]], weights: Sequence[float], component: Sequence[int]) -> Packing:
    """The best choice within one component."""
    import highspy

    class SilentHighs(highspy.Highs):  # type: ignore[misc]  # highspy brings no types
        def enableCallbacks(self) -> None:
            # called by the constructor; since 1.16 it writes a banner to standard output, before whatever the
            # caller prints there, unless output is off already
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    model = SilentHighs()
    # proven optimal, not nearly so
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 1e-9)
    model.setOptionValue("threads", 1)
    model.setOptionValue("time_limit", TIME_LIMIT)
    holding: defaultdict[Member, list[int]] = defaultdict(list)
    for column, index in enumerate(component):
        model.addVar(0.0, 1.0)
        model.changeColCost(column, -float(weights[index]))
        model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for member in groups[index]:
            holding[member].append(column)
    for columns in holding.values():
        if len(columns) > 1:
            model.addRow(-highspy.kHighsInf, 1.0, len(columns), columns, [1.0] * len(columns))
    model.run()
    values = model.getSolution().col_value
    best = [index for index, value in zip(component, values, strict=True) if value > 0.5]
    return Packing(best, model.getModelStatus() == highspy.HighsModelStatus.kOptimal)
