from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from govkb.template_files import shipped_templates

GOOD = """\
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
"""
GOOD_PATH = "records/pitfalls/probe-before-classify.md"
BAD_PATH = "records/incidents/INC-20260418-B-zero-backups.md"
BAD = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: hihg
detected: 2026-04-18
relates_to: INC-20260418-Z
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.
"""


@pytest.fixture
def good(project):
    return project({GOOD_PATH: GOOD})


@pytest.fixture
def mixed(project):
    """One good record and one with two errors."""
    return project({GOOD_PATH: GOOD, BAD_PATH: BAD})


@pytest.fixture
def shipped():
    return shipped_templates()


@pytest.fixture
def on_terminal():
    """Runs a command at a terminal of so many columns; the lines that it shows there."""
    return _shown_on_terminal


def _shown_on_terminal(root, columns, *arguments):
    """What a command shows at a terminal of so many columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns)}
    command = [sys.executable, "-m", "govkb", *arguments]
    with subprocess.Popen(command, cwd=root, stdout=theirs, stderr=theirs, env=environment) as run:
        os.close(theirs)
        shown = b""
        # The terminal ends with an error once nobody writes to it any more.
        while chunk := _read(ours):
            shown += chunk
        run.wait()
    os.close(ours)
    return shown.decode().replace("\r\n", "\n").splitlines()


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""
