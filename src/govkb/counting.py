"""Numbers with what is counted, in words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with what is counted: `1 record`, `10,000 records`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
