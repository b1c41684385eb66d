"""Days that records name, and how far they are from today, in words."""

from __future__ import annotations

from datetime import date


def day_of(value: object) -> date | None:
    """The day of a day or a moment as it is written; None where it is neither."""
    text = str(value) if isinstance(value, str | date) else ""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def days_since(value: object, today: date) -> int | None:
    """How many days ago it was; None where nobody can say, or where it is still to come."""
    day = day_of(value)
    return (today - day).days if day is not None and day <= today else None


def ago(value: object, today: date) -> str:
    """How long ago it was; empty where nobody can say."""
    days = days_since(value, today)
    if days is None:
        return ""
    return f"{counted(days, 'day')} ago" if days else "today"


def counted(number: int, noun: str) -> str:
    """A number with what is counted."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
