"""Reviewing proposed facts: which say the same, which contradict each other, what a person decided."""
