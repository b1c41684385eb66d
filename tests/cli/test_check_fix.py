from __future__ import annotations

import os
import stat
import subprocess

import pytest

PATH = "records/pitfalls/probe-before-classify.md"
COMMENT = " <!-- govkb: ignore REF002 -- it was lost -->"


@pytest.fixture
def fixable(good):
    """A record with a comment that hides nothing, and a finding that nobody can mend."""
    file = good.root / PATH
    text = file.read_text().replace("memory.", f"memory.{COMMENT}")
    file.write_text(text.replace("none\n", "none\nextra: x\n"))
    return good


def test_a_diff_alone_changes_nothing_and_ends_with_1(fixable, run_govkb):
    before = (fixable.root / PATH).read_bytes()
    outcome = run_govkb("check", "--diff", cwd=fixable.root)
    assert outcome.code == 1
    assert outcome.stdout.startswith(f"--- a/{PATH}\n+++ b/{PATH}\n@@ ")
    assert f"\n-A severity is set from memory.{COMMENT}\n+A severity is set from memory.\n" in (
        outcome.stdout
    )
    assert outcome.stderr.splitlines() == [
        "would fix 1 finding in 1 file:",
        f"  {PATH}: READ022 remove the comment",
    ]
    assert (fixable.root / PATH).read_bytes() == before


def test_a_fix_mends_what_can_be_mended_and_reports_the_rest(fixable, run_govkb):
    outcome = run_govkb("check", "--fix", cwd=fixable.root)
    assert outcome.code == 1
    assert "READ022" not in outcome.stdout
    assert "FIELD004" in outcome.stdout
    assert outcome.stderr.splitlines() == [
        "fixed 1 finding in 1 file:",
        f"  {PATH}: READ022 remove the comment",
        "1 record checked: 1 warning",
    ]
    assert COMMENT not in (fixable.root / PATH).read_text()


def test_both_together_mend_and_show_the_difference(fixable, run_govkb):
    outcome = run_govkb("check", "--fix", "--diff", cwd=fixable.root)
    assert outcome.stdout.startswith(f"--- a/{PATH}\n")
    assert "FIELD004" in outcome.stdout
    assert COMMENT not in (fixable.root / PATH).read_text()


def test_a_second_fix_finds_nothing_to_do(fixable, run_govkb):
    run_govkb("check", "--fix", cwd=fixable.root)
    before = (fixable.root / PATH).stat()
    outcome = run_govkb("check", "--fix", cwd=fixable.root)
    assert outcome.stderr.startswith("1 finding remains; it can't be mended by itself\n")
    assert (fixable.root / PATH).stat().st_ino == before.st_ino
    outcome = run_govkb("check", "--diff", cwd=fixable.root)
    assert outcome.stdout == ""
    assert outcome.code == 1, "a finding is left"


def test_a_diff_of_a_clean_project_ends_with_0(good, run_govkb):
    outcome = run_govkb("check", "--diff", cwd=good.root)
    assert (outcome.code, outcome.stdout, outcome.stderr) == (0, "", "nothing to fix\n")


def test_a_diff_says_what_remains_where_nothing_can_be_mended(mixed, run_govkb):
    outcome = run_govkb("check", "--diff", cwd=mixed.root)
    assert (outcome.code, outcome.stdout) == (1, "")
    assert outcome.stderr == "2 findings remain; none can be mended by itself\n"


def test_git_can_apply_the_difference(fixable, git, run_govkb):
    git(fixable.root).commit()
    patch = run_govkb("check", "--diff", cwd=fixable.root).stdout
    expected = run_govkb("check", "--fix", cwd=fixable.root) and (fixable.root / PATH).read_bytes()
    subprocess.run(["git", "checkout", "--quiet", "."], cwd=fixable.root, check=True)
    subprocess.run(["git", "apply"], input=patch.encode(), cwd=fixable.root, check=True)
    assert (fixable.root / PATH).read_bytes() == expected


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_line_ends_and_byte_order_mark_stay(fixable, run_govkb, mark, line_end):
    file = fixable.root / PATH
    before = mark + file.read_bytes().replace(b"\n", line_end)
    file.write_bytes(before)
    run_govkb("check", "--fix", cwd=fixable.root)
    assert file.read_bytes() == before.replace(COMMENT.encode(), b"")


def test_a_patch_of_windows_line_ends_can_be_applied(fixable, git, run_govkb):
    file = fixable.root / PATH
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n").rstrip())
    git(fixable.root).commit()
    done = subprocess.run(
        ["git", "apply", "--check"],
        input=_diff(fixable.root),
        cwd=fixable.root,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr


def _diff(root):
    import sys

    command = [sys.executable, "-m", "govkb", "check", "--diff"]
    return subprocess.run(command, cwd=root, capture_output=True, check=False).stdout


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
def test_permissions_stay(fixable, run_govkb):
    file = fixable.root / PATH
    file.chmod(0o640)
    run_govkb("check", "--fix", cwd=fixable.root)
    assert COMMENT not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_only_what_is_asked_for_is_mended(fixable, run_govkb):
    other = (fixable.root / PATH).read_text().replace("probe-before-classify", "look-twice")
    fixable.write({"records/pitfalls/look-twice.md": other})
    run_govkb("check", "--fix", "--select", "REF", cwd=fixable.root)
    assert COMMENT in (fixable.root / PATH).read_text()
    run_govkb("check", "--fix", PATH, cwd=fixable.root)
    assert COMMENT not in (fixable.root / PATH).read_text()
    assert COMMENT in (fixable.root / "records/pitfalls/look-twice.md").read_text()


def test_fixes_that_touch_each_other_are_carried_out_one_after_the_other(fixable, run_govkb):
    file = fixable.root / PATH
    file.write_text(file.read_text().replace(COMMENT, COMMENT * 7))
    outcome = run_govkb("check", "--fix", cwd=fixable.root)
    assert "memory.\n" in file.read_text()
    assert "fixed 7 findings in 1 file" in outcome.stderr


def test_machines_get_a_document_and_nothing_else(fixable, run_govkb):
    import json

    outcome = run_govkb("check", "--fix", "--format", "json", cwd=fixable.root)
    assert [d["code"] for d in json.loads(outcome.stdout)["diagnostics"]] == ["FIELD004"]
    assert outcome.stderr.startswith("fixed 1 finding")


def _snapshot(root):
    """Every file and folder with its bytes and times, the repository's own among them."""
    found = {}
    for path in root.rglob("*"):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() else b""
        found[path] = (data, status.st_mtime_ns, status.st_mode)
    return found


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--base", "main"],
        ["--changed", "main"],
        ["--diff"],
        ["--format", "json"],
        ["--select", "REF", "records"],
    ],
)
def test_checking_never_writes_and_never_stages(fixable, git, run_govkb, options):
    repository = git(fixable.root)
    repository.commit()
    file = fixable.root / PATH
    file.write_text(file.read_text() + "\nMore.\n")
    fixable.write({"records/pitfalls/new.md": "---\nid: new\n---\n"})
    # The same content at another time: git would like to write that down in its index.
    os.utime(fixable.root / PATH, (1, 1))
    before = _snapshot(fixable.root)
    run_govkb("check", *options, cwd=fixable.root)
    assert _snapshot(fixable.root) == before
