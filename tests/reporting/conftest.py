from __future__ import annotations

import pytest
from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Edit, Fix, HiddenBy, HiddenDiagnostic, Related, Severity
from govkb.rules import find_rule
from govkb.source import Position, Span

BUCKET = "records/findings/F-2026-0421-BUCKET.md"
BACKUPS = "records/incidents/INC-20260418-B zero backups (ü).md"
HOSTILE_PATH = "records/a\n::error::pwned,file=x%0A:\udcff\u202e.md"
HOSTILE = (
    "'\x1b[31m\x00\x07\u202e\ud800' ]]> &amp; <b> % %0A %3A\r\n::error::x"
    " ##[add-mask]y {0} [z](1) \\"
)
BUCKET_TEXT = """\
---
id: F-2026-0421-BUCKET
title: The bucket is public
relates_to:
  - INC-20260418-Z
  - INC-20260418-Y
---

# The bucket is public

## Criteria

Nobody may read it. 🎉🎉 ##[set-output name=x]y
"""
BACKUPS_TEXT = "---\r\nid: INC-20260418-B\r\n---\r\n\r\nOne\r\n  two \r\nthrée\r\n"
TWO = BACKUPS_TEXT.replace("\r\n", "\n").encode().index(b"  two ")
THREE = BACKUPS_TEXT.replace("\r\n", "\n").encode().index("rée".encode())


def span(line, column, last_line, last_column):
    return Span(Position(line, column), Position(last_line, last_column))


DIAGNOSTICS = (
    Diagnostic(
        "REF002",
        "dangling-reference",
        Severity.ERROR,
        BUCKET,
        "'INC-20260418-Z' names no record",
        span(5, 5, 5, 19),
        "did you mean INC-20260418-B?",
        "relates_to[0]",
        "F-2026-0421-BUCKET",
        related=(
            Related("a record with a name like it", BACKUPS, span(2, 1, 2, 19)),
            Related("the folder of [incidents]", "records/incidents"),
        ),
    ),
    Diagnostic(
        "REF002",
        "dangling-reference",
        Severity.ERROR,
        BUCKET,
        "'INC-20260418-Y' names no record",
        span(6, 5, 6, 19),
        None,
        "relates_to[1]",
        "F-2026-0421-BUCKET",
    ),
    Diagnostic(
        "SEC001",
        "missing-section",
        Severity.WARNING,
        BUCKET,
        "'🎉🎉 ##[set-output name=x]y' is no section",
        span(13, 21, 13, 50),
        record="F-2026-0421-BUCKET",
    ),
    Diagnostic(
        "SEC001", "missing-section", Severity.WARNING, BUCKET, "several lines", span(9, 3, 12, 4)
    ),
    Diagnostic(
        "SEC001", "missing-section", Severity.WARNING, BUCKET, "whole lines", span(9, 1, 11, 1)
    ),
    Diagnostic("READ017", "info", Severity.INFO, "govkb.toml", "the whole file, 12 days on"),
    Diagnostic(
        "APP001",
        "edited-entry",
        Severity.ERROR,
        BACKUPS,
        "this entry was edited",
        span(5, 1, 5, 1),
        "restore it",
        record="INC-20260418-B",
        old="no proof of a backup",
        new="some proof of a backup",
    ),
    Diagnostic(
        "FIELD003",
        "unknown-value",
        Severity.WARNING,
        BACKUPS,
        "'  two ' is no value",
        span(6, 1, 6, 7),
        "write `two`",
        "severity",
        "INC-20260418-B",
        fix=Fix(
            "write `two` {so}",
            (
                Edit(TWO, TWO + 2, ""),
                Edit(TWO + 2, TWO + 6, "two"),
                Edit(THREE, THREE, "h\u202e"),
            ),
        ),
    ),
    Diagnostic(
        "READ017",
        "info",
        Severity.ERROR,
        HOSTILE_PATH,
        HOSTILE,
        span(1, 1, 1, 4),
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (Related(HOSTILE, HOSTILE_PATH, span(3, 1, 3, 2)),),
        HOSTILE,
        HOSTILE,
    ),
)

HIDDEN = (
    HiddenDiagnostic(
        Diagnostic(
            "STATE001", "unknown-status", Severity.ERROR, BUCKET, "not so", span(9, 1, 9, 3)
        ),
        HiddenBy.COMMENT,
        "it was agreed upon ##[set-output name=x]y \u202e",
    ),
    HiddenDiagnostic(DIAGNOSTICS[1], HiddenBy.BASELINE),
)

PARTS = {
    "What it does": "Looks at {this} and that.",
    "Why": "Because.",
    "Bad": "```markdown x.md\n---\nid: x\n---\n```",
    "Good": "Nothing.",
    "Fix": "Mend it.",
}


@pytest.fixture
def diagnostics():
    """One of every kind: each field is there and is left out, and text tries to break out."""
    return DIAGNOSTICS


@pytest.fixture
def hidden():
    """One of each kind; the second is like one that counts, and the first is of another rule."""
    return HIDDEN


@pytest.fixture
def base(project):
    return project({BUCKET: BUCKET_TEXT, BACKUPS: BACKUPS_TEXT}).load()


@pytest.fixture
def fixed_surroundings(monkeypatch):
    """A version and rules that stay as they are while govkb's own go on."""
    codes = {"APP001", "FIELD003", "READ017", "REF002", "SEC001", "STATE001"}
    rules = tuple(
        replace(find_rule(code), summary=f"What {code} is about.", parts=PARTS)
        for code in sorted(codes)
    )
    monkeypatch.setattr("govkb.__version__", "1.2.3")
    monkeypatch.setattr("govkb.reporting.sarif.all_rules", lambda: rules)
