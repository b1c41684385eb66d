"""Proving that nothing which was published is missing."""

from __future__ import annotations

import shutil
import subprocess

import pytest

FILE = "records/incidents/INC-20260418-B-zero-backups.md"
LEDGER = "records/.govkb/ledger/INC-20260418-B.ledger"
TEXT = """\
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
---

# Zero backups

## Summary

None was written.

## Learnings

- A green job is no proof of a backup.
- Restore from it once a month.
"""


@pytest.fixture
def published(project, run_govkb):
    """A project whose site was built, and what was kept of it."""
    made = project({FILE: TEXT})

    def run(*arguments):
        return run_govkb(*arguments, cwd=made.root)

    assert run("seal").code == 0
    assert run("build").code == 0
    kept = made.root.parent / f"{made.root.name}-kept"
    shutil.copytree(made.root / "site" / "ledger", kept)
    return made, run, kept


def test_what_was_published_is_all_there(published):
    _, run, kept = published
    for name in ("log.txt", "checkpoint.txt"):
        outcome = run("verify", "--against", str(kept / name))
        assert (outcome.code, outcome.stderr) == (0, ""), outcome.stdout
        assert "nothing is missing: 2 events" in outcome.stdout


def test_what_came_later_breaks_nothing(published):
    _, run, kept = published
    run("learn", "INC-20260418-B", "More was learned.", "--date", "2099-01-01")
    run("new", "incident", "Another", "--date", "2026-01-01")
    run("learn", "INC-20260101-A", "An older record, a later learning.", "--date", "2026-01-01")
    assert run("verify", "--against", str(kept / "log.txt")).code == 0
    # Its day comes before those that were published; a log that goes on keeps it behind them.
    outcome = run("verify", "--against", str(kept / "checkpoint.txt"))
    assert (outcome.code, "--log" in outcome.stdout) == (1, True)
    assert run("build", "--log", str(kept / "log.txt")).code == 0
    log = ("--log", "site/ledger/log.txt")
    assert run("verify", "--against", str(kept / "checkpoint.txt"), *log).code == 0
    assert run("verify", "--against", str(kept / "log.txt"), *log).code == 0


def test_rows_8_and_9_what_is_missing_is_named(published):
    made, run, kept = published
    lines = (made.root / LEDGER).read_text().splitlines(keepends=True)
    made.write(
        {LEDGER: "".join(lines[:-1]), FILE: TEXT.replace("- Restore from it once a month.\n", "")}
    )
    assert run("check").code == 0
    outcome = run("verify", "--against", str(kept / "log.txt"))
    assert outcome.code == 1
    assert f"missing: add L-{lines[-1].split()[1][:8]} of INC-20260418-B" in outcome.stdout
    outcome = run("verify", "--against", str(kept / "checkpoint.txt"))
    assert (outcome.code, "1 event of the 2" in outcome.stdout) == (1, True)
    outcome = run("build", "--log", str(kept / "log.txt"))
    assert outcome.code != 0
    assert "lack" in outcome.stderr


def test_a_record_that_does_not_show_what_is_sealed_proves_nothing(published):
    made, run, kept = published
    made.write({FILE: TEXT.replace("no proof", "some proof")})
    outcome = run("verify", "--against", str(kept / "log.txt"))
    assert (outcome.code, "run `govkb check`" in outcome.stdout) == (1, True)


@pytest.mark.parametrize("text", ["", "something else\n", "govkb-log 1\nx\n", "o\n2\nAAAA\n"])
def test_a_file_that_is_neither_log_nor_checkpoint_is_refused(published, text):
    _, run, kept = published
    (kept / "other").write_text(text)
    outcome = run("verify", "--against", str(kept / "other"))
    assert outcome.code == 1
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize("change", [("\n2\n", "\n1\n"), ("\n2\n", "\n3\n")])
def test_a_forged_checkpoint_does_not_fit(published, change):
    _, run, kept = published
    text = (kept / "checkpoint.txt").read_text()
    (kept / "checkpoint.txt").write_text(text.replace(*change, 1))
    assert run("verify", "--against", str(kept / "checkpoint.txt")).code == 1


def test_without_a_ledger_nothing_is_published(project, run_govkb):
    made = project({FILE: TEXT})
    assert run_govkb("build", cwd=made.root).code == 0
    assert not (made.root / "site" / "ledger").exists()


@pytest.fixture
def key(tmp_path):
    """An SSH key, and a file that allows what it signs."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("no ssh-keygen")
    file = tmp_path / "key"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    public = file.with_suffix(".pub").read_text().strip()
    (tmp_path / "owners").write_text(f'dj@example.org namespaces="govkb-checkpoint" {public}\n')
    return file


def test_a_signed_checkpoint_names_its_signer(published, key):
    made, run, _ = published
    assert run("build", "--sign", str(key)).code == 0
    signed = str(made.root / "site" / "ledger" / "checkpoint.txt")
    owners = ("--allowed-signers", str(key.parent / "owners"))
    outcome = run("verify", "--against", signed, *owners)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert "signed by dj@example.org" in outcome.stdout


def test_a_checkpoint_that_was_changed_or_signed_by_another_is_refused(published, key, tmp_path):
    made, run, _ = published
    run("build", "--sign", str(key))
    signed = made.root / "site" / "ledger" / "checkpoint.txt"
    owners = ("--allowed-signers", str(key.parent / "owners"))
    text = signed.read_text()
    signed.write_text(f"other\n{text.partition(chr(10))[2]}")
    outcome = run("verify", "--against", str(signed), *owners)
    assert (outcome.code, "signature" in outcome.stderr) == (1, True)
    signed.write_text(text)
    (key.parent / "owners").write_text("somebody@example.org ssh-ed25519 AAAA\n")
    assert run("verify", "--against", str(signed), *owners).code == 1
    signed.with_name("checkpoint.txt.sig").unlink()
    assert run("verify", "--against", str(signed), *owners).code == 4


def test_a_key_that_is_not_there_stops_the_build_and_the_old_site_stays(published, tmp_path):
    made, run, _ = published
    before = (made.root / "site" / "index.html").read_bytes()
    outcome = run("build", "--sign", str(tmp_path / "nokey"))
    assert (outcome.code, "no such key" in outcome.stderr) == (3, True)
    assert (made.root / "site" / "index.html").read_bytes() == before
