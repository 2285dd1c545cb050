"""Which weights and word lists an analysis used, so that a recorded run says what it was made with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources


@cache
def weights_digest() -> str:
    """A short digest of all files in queries/data, the same for the same content."""
    digest = hashlib.blake2b(digest_size=6)
    folder = resources.files("queries") / "data"
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".yaml"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
