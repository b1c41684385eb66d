from __future__ import annotations

import pytest

from govkb.cli.main import cli


def test_the_page_of_all_commands_is_current(checkout, run_govkb, tmp_path):
    file = tmp_path / "commands.md"
    outcome = run_govkb("help", "--markdown", str(file), cwd=checkout)
    assert outcome.code == 0
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
