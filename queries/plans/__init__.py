"""Plans tried in memory: a part of the graph as it is, the same with the plan, and what differs."""
