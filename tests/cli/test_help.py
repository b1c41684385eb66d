from __future__ import annotations

import shutil
import subprocess

import click
import pytest

from govkb.cli.main import cli
from govkb.cli.manual import manual


def test_the_pages_of_all_commands_are_current(checkout, run_govkb, tmp_path):
    file, man = tmp_path / "commands.md", tmp_path / "govkb.1"
    outcome = run_govkb("help", "--markdown", str(file), "--man", str(man), cwd=checkout)
    assert outcome.code == 0
    assert man.read_text() == (checkout / "man/govkb.1").read_text(), "run `make rules`"
    page = (checkout / "docs/commands.md").read_text()
    assert file.read_text() == page, "run `make rules`"
    for name in cli.list_commands(None):
        assert f"\n## govkb {name}\n" in page


def test_every_command_has_an_example(checkout):
    sections = (checkout / "docs/commands.md").read_text().split("\n## govkb ")[1:]
    for section in sections:
        assert "\n$ govkb " in section, section.splitlines()[0]


@pytest.mark.parametrize("names", [["list"], ["registry", "diff"]])
def test_help_says_what_the_commands_own_help_says(project, run_govkb, names):
    root = project().root
    assert (
        run_govkb("help", *names, cwd=root).stdout == run_govkb(*names, "--help", cwd=root).stdout
    )


def test_help_of_nothing_that_there_is_ends_with_2(project, run_govkb):
    outcome = run_govkb("help", "list", "more", cwd=project().root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "`govkb list --help`" in outcome.stderr


def test_the_manual_page_tells_of_every_command_and_is_well_formed(checkout):
    page = checkout / "man/govkb.1"
    text = page.read_text()
    for name in cli.list_commands(None):
        assert f"\n.SS govkb {name}".replace("-", "\\-") in text
    assert text.isascii()
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    command = ["mandoc", "-T", "lint", "-W", "warning", str(page)]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    # The day on which a page was made is no part of it: the same commands give the same bytes.
    assert [line for line in said.splitlines() if "missing date" not in line] == []


def test_no_word_of_a_help_text_is_a_request_of_the_manual_page():
    odd = click.Command("odd", help="First.\n\n\b\n.so /etc/passwd\n'br \\fB…")
    text = manual(odd, {"odd": odd})
    assert "\n\\&.so /etc/passwd\n\\&'br \\efB\\[u2026]\n" in text
    assert "\n.so" not in text


def everything():
    for name in cli.list_commands(None):
        found = cli.get_command(None, name)
        yield f"govkb {name}", found
        for member in getattr(found, "commands", {}).values():
            yield f"govkb {name} {member.name}", member


@pytest.mark.parametrize(("path", "found"), list(everything()), ids=str)
def test_the_help_of_every_command_shows_an_example(path, found):
    _, mark, examples = found.help.partition("\b\n")
    assert mark and any(line.lstrip().startswith(path) for line in examples.splitlines())
