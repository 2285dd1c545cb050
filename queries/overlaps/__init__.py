"""Functions of different units that duplicate, overlap or are scattered, each with its reasons.

The three classes are those of the Government Accountability Office's guide to fragmentation,
overlap and duplication (GAO-15-49SP, 2015): *duplicate* (trùng lắp), the same thing for the same
clients; *overlap* (chồng chéo), similar aims or activities; *fragmentation* (phân tán), one field of
work in several hands, here at least three.

    pull.pull(store, on, …)     → Columns: who performs what in the scope on the day
    find.find(columns, …)       → Found: pairs and groups, best first (pure)
    across.across(columns, …)   → who hosts each function in other places (pure)
    evidence.evidence(store, …) → the documents that state what was found
"""
