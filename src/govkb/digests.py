"""One digest for many parts, which can't be taken for that of others split in other places."""

from __future__ import annotations

import hashlib


def digest_of(*parts: bytes) -> bytes:
    """The SHA-256 of all parts in their order, each with its length before it: 32 bytes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
