"""What can't be hidden."""

from __future__ import annotations

_NEVER_HIDDEN = {"APP": "what was learned once is never changed in silence"}
_NOT_BY_COMMENT = {
    "READ021": "it is about such comments",
    "READ022": "it is about such comments",
}


def reason_to_count(code: str) -> str | None:
    """Why what a rule finds can stand in no baseline; None where it can."""
    return _NEVER_HIDDEN.get(code.rstrip("0123456789"))


def reason_to_speak(code: str) -> str | None:
    """Why what a rule finds can be hidden by no comment; None where it can."""
    return reason_to_count(code) or _NOT_BY_COMMENT.get(code)
