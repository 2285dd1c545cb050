"""Units that could merge: found, scored with reasons, weighed against each other, and checked against history.

propose(world, settings)      → groups of 2 to 4 units, chosen together, each with its waterfall
evaluate(...)                 → how well that finds mergers that are known
"""
