"""What no comment can hide."""

from __future__ import annotations

_ALWAYS_SAID = {
    "APP": "what was learned once is never changed in silence",
    "READ021": "it is about such comments",
    "READ022": "it is about such comments",
}


def reason_to_speak(code: str) -> str | None:
    """Why what a rule finds is always reported; None where a comment can hide it."""
    return _ALWAYS_SAID.get(code) or _ALWAYS_SAID.get(code.rstrip("0123456789"))
