"""The how-to guides whose commands can be followed from an empty folder."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

GIT = "[user]\nname = Ada\nemail = ada@example.org\n"


def test_a_type_is_written_as_the_page_says(checkout, reader, holds):
    holds(checkout / "docs/write-a-type.md")
    (record,) = (reader.folder / "records/drills").iterdir()
    assert "Which backup" in record.read_text()


def test_learnings_are_redacted_and_verified_as_the_page_says(checkout, reader, holds, done_before):
    (reader.home / ".gitconfig").write_text(GIT)
    before = [
        "git init --quiet",
        "govkb init --yes",
        'govkb new incident "Vault sealed" --date 2026-04-18',
    ]
    done_before(*before)
    holds(checkout / "docs/keep-learnings.md")
    assert "Ada kept" not in (reader.folder / "site/ledger/log.txt").read_text()


def test_a_clash_of_ids_is_mended_as_the_page_says(checkout, reader, holds, done_before):
    (reader.home / ".gitconfig").write_text(GIT)
    before = [
        "git init --quiet --initial-branch=main",
        "govkb init --yes",
        "git add . && git commit --quiet --message Begin",
        "git switch --quiet --create mine",
        'govkb new incident "DNS was slow" --date 2026-04-18',
        "git add . && git commit --quiet --message DNS",
        "git switch --quiet main",
        'govkb new incident "Vault sealed" --date 2026-04-18',
        "git add . && git commit --quiet --message Vault",
    ]
    done_before(*before)
    holds(checkout / "docs/same-id.md")
