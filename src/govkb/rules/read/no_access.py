"""A file can't be read.

## What it does

Reports files that the operating system refuses to open.

## Why

A file that is skipped in silence is a record that nobody checks.

## Fix

Check the permissions of the file.
"""

from __future__ import annotations

from govkb.diagnostics import Severity
from govkb.rules.rule import Rule

RULE = Rule("READ016", "no-access", Severity.ERROR)
