from __future__ import annotations

import subprocess
import sys

import pytest

from govkb import __version__

SLOW = ("mkdocs", "networkx", "numpy", "jinja2", "jsonschema_rs", "pyromark", "yaml", "rich")


def test_help_lists_the_commands_and_exit_codes(project, run_govkb):
    outcome = run_govkb("--help", cwd=project().root)
    assert outcome.code == 0
    assert all(word in outcome.stdout for word in ("check", "new", "rule", "Exit codes"))
    assert run_govkb("-h", cwd=project().root).stdout == outcome.stdout


def test_the_version_is_the_packages(project, run_govkb):
    outcome = run_govkb("--version", cwd=project().root)
    assert (outcome.code, outcome.stdout) == (0, f"govkb {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chekc"], "chekc"),
        (["check", "--fromat", "json"], "--fromat"),
        (["check", "--format", "yaml"], "yaml"),
        (["check", "--base"], "--base"),
        (["--colour"], "--colour"),
    ],
)
def test_a_wrong_command_line_ends_with_2(project, run_govkb, arguments, words):
    outcome = run_govkb(*arguments, cwd=project().root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert words in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_help_of_every_command_shows_what_to_type(project, run_govkb):
    for name in ("check", "new", "rule"):
        outcome = run_govkb(name, "--help", cwd=project().root)
        assert outcome.code == 0
        assert f"govkb {name}" in outcome.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_starting_imports_nothing_that_is_slow(arguments):
    program = (
        "import os, sys\n"
        "os._exit = sys.exit\n"
        f"sys.argv = ['govkb', *{arguments!r}]\n"
        "from govkb.cli.main import main\n"
        "try:\n    main()\n"
        "finally:\n    print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    imported = {name.partition(".")[0] for name in done.stderr.decode().split()}
    assert "click" in imported
    assert imported.isdisjoint(SLOW)


def test_a_reader_that_has_seen_enough_is_no_error(mixed):
    program = f"{sys.executable} -m govkb check --format json | head -c 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {program}"],
        cwd=mixed.root,
        capture_output=True,
        check=False,
    )
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("check", "--selct", "REF"),
            "govkb: no such option '--selct'\n  = did you mean '--select'?\n"
            "  = `govkb check --help` says what can be given\n",
        ),
        (
            ("show",),
            "govkb: missing argument 'ID'\n  = for example: govkb show INC-20260418-B\n"
            "  = `govkb show --help` says what can be given\n",
        ),
        (
            ("completion", "tcsh"),
            "govkb: invalid value for 'bash|zsh|fish': 'tcsh' is not one of 'bash', 'zsh', 'fish'\n"
            "  = `govkb completion --help` says what can be given\n",
        ),
        (
            ("--nope",),
            "govkb: no such option '--nope'\n  = `govkb --help` says what can be given\n",
        ),
    ],
)
def test_a_wrong_command_line_is_answered_like_every_mistake(project, run_govkb, arguments, said):
    outcome = run_govkb(*arguments, cwd=project().root)
    assert (outcome.code, outcome.stdout, outcome.stderr) == (2, "", said)


def test_in_a_folder_that_was_deleted_it_says_so(tmp_path):
    gone = tmp_path / "gone"
    program = f"mkdir {gone} && cd {gone} && rmdir {gone} && {sys.executable} -m govkb check"
    done = subprocess.run(["bash", "-c", program], capture_output=True, check=False)
    assert done.returncode == 4
    assert done.stderr.decode().startswith("govkb: the current folder isn't there any more\n")
