"""What would change in files, as a patch that git and others can apply."""

from __future__ import annotations

import difflib

_NO_LINE_END = "\\ No newline at end of file"


def render(path: str, before: bytes | None, after: bytes) -> str:
    """The patch of one file; what is no UTF-8 stays as it is through surrogates.

    With None for `before` it is a new file.
    """
    old, new = _lines(before or b""), _lines(after)
    lines = difflib.unified_diff(
        old, new, "/dev/null" if before is None else f"a/{path}", f"b/{path}"
    )
    return "".join(_ended(line) for line in lines)


def _lines(data: bytes) -> list[str]:
    """The lines with their ends; only LF ends one, so that a CR stays part of its line."""
    text = data.decode("utf-8", "surrogateescape")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [
        line for line in text.split("\n")[-1:] if line
    ]


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}\n"
