"""A file can't be read.

## What it does

Reports files that the operating system refuses to open.

## Why

A file that is skipped in silence is a record that nobody checks.

## Fix

Check the permissions of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult
from govkb.rules.rule import Rule

RULE = Rule("READ016", "no-access", Severity.ERROR)


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """The faults of this kind that reading came upon."""
    return RULE.from_faults(result)
