from __future__ import annotations

import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkb.reporting.unified_diff import render

contents = st.lists(st.sampled_from(["a", "b", "", "ü\r", "-x", "\\", "\udcff"])).map(
    lambda lines: "\n".join(lines).encode("utf-8", "surrogateescape")
)


def test_a_file_that_stays_has_no_patch():
    assert render("a.md", b"x\n", b"x\n") == ""


def test_a_patch_names_the_file_and_what_changes():
    assert render("d/a.md", b"x\ny\n", b"x\nz\n").splitlines() == [
        "--- a/d/a.md",
        "+++ b/d/a.md",
        "@@ -1,2 +1,2 @@",
        " x",
        "-y",
        "+z",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"x", b"y"), (b"x", b"x\n"), (b"x\n", b"x"), (b"x", b"x\ny\n"), (b"x\r\n", b"y\r\n")],
)
def test_missing_line_ends_and_windows_ones_are_kept(before, after, tmp_path):
    assert _applied(tmp_path, before, after) == after


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(contents.filter(bool), contents.filter(bool))
def test_git_makes_of_the_old_file_the_new_one(tmp_path, before, after):
    assert _applied(tmp_path, before, after) == after


def _applied(folder, before, after):
    file = folder / "a.md"
    file.write_bytes(before)
    patch = render("a.md", before, after).encode("utf-8", "surrogateescape")
    if patch:
        command = ["git", "apply", "--whitespace=nowarn"]
        subprocess.run(command, input=patch, cwd=folder, check=True)
    return file.read_bytes()
