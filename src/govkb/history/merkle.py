"""Merkle tree hashes over a list of leaves, as RFC 6962 (section 2.1) defines them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The tree hash of a list of leaves, 32 bytes; that of no leaves is the hash of nothing.

    Takes memory for a hash per level, however many leaves there are.
    """
    stack: list[tuple[int, bytes]] = []
    for leaf in leaves:
        height, digest = 0, hashlib.sha256(b"\0" + leaf).digest()
        while stack and stack[-1][0] == height:
            digest = _node(stack.pop()[1], digest)
            height += 1
        stack.append((height, digest))
    if not stack:
        return hashlib.sha256(b"").digest()
    _, digest = stack.pop()
    while stack:
        digest = _node(stack.pop()[1], digest)
    return digest


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
