"""Doing a write again that another process got in the way of."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from graph.errors import StoreConflict

# Seconds; the pauses grow and differ, so that two that collide do not collide again and again.
PAUSE = 0.02
LONGEST = 1.0

T = TypeVar("T")


def again_on_conflict(work: Callable[[], T], tries: int, before: Callable[[], None] | None = None) -> T:
    """What `work` gives, called up to `tries` times; `before` is called ahead of every further try.

    Raises StoreConflict where others were faster each time.
    """
    for n in range(tries - 1):
        try:
            return work()
        except StoreConflict:
            time.sleep(random.uniform(0, min(LONGEST, PAUSE * 2**n)))  # noqa: S311  (no secret)
            if before:
                before()
    return work()
