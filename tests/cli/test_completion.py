"""What shells offer. Each is asked as it asks: with a line of words and the place of the cursor."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from click.shell_completion import CompletionItem

from govkb import config
from govkb.cli.completing import record_ids
from govkb.cli.main import cli
from govkb.cli.shells import SHELLS

INCIDENT = """\
---
id: {id}
title: "{title}"
severity: high
detected: 2026-04-18
---

# {title}

## Summary

None.
"""


def incident(letter: str, title: str = "Zero backups") -> dict[str, str]:
    record_id = f"INC-20260418-{letter}"
    text = INCIDENT.format(id=record_id, title=title)
    return {f"records/incidents/{record_id}-x.md": text}


@pytest.fixture
def made(project, monkeypatch):
    """A project with two records, of which only the first has been seen by a command."""
    made = project(incident("A", "Zero, backups: $(date)"))
    made.load()
    made.write(incident("B"))
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def offered(monkeypatch):
    """What is offered for the last of some words."""

    def ask(*words: str) -> list[CompletionItem[str]]:
        shell = SHELLS["bash"](cli, {}, "govkb", "_GOVKB_COMPLETE")
        return shell.get_completions(list(words[:-1]), words[-1])

    return ask


def values(items: list[CompletionItem[str]]) -> list[str]:
    return [item.value for item in items]


IDS = ["INC-20260418-A", "INC-20260418-B"]


@pytest.mark.parametrize(
    "words",
    [
        ("show", "INC"),
        ("show", "inc-2026"),
        ("path", "INC-20260418-A", ""),
        ("supersede", "INC-20260418-A", "--by", ""),
        ("supersede", "INC-20260418-A", "--by", "=", "INC"),  # as bash cuts --by=INC
        ("seal", "INC-20260418-A", ""),
        ("learn", ""),
        ("graph", "--of", ""),
    ],
)
def test_ids_are_offered_also_of_records_that_no_command_has_seen(made, offered, words):
    assert values(offered(*words)) == IDS


def test_a_record_that_is_gone_is_not_offered(made, offered):
    next((made.root / "records/incidents").glob("INC-20260418-A*")).unlink()
    assert values(offered("show", "")) == ["INC-20260418-B"]


def test_without_anything_kept_ids_come_from_the_files(made, offered, monkeypatch):
    monkeypatch.setenv("GOVKB_CACHE_DIR", "")
    assert values(offered("show", "")) == IDS


def test_a_damaged_cache_is_as_good_as_none(made, offered, monkeypatch, tmp_path):
    from govkb.kept import cache_file

    file = cache_file(made.root)
    assert file is not None
    file.write_bytes(b"\x92\xa1x")
    assert values(offered("show", "")) == IDS


def test_a_file_without_an_id_is_offered_by_its_stem(made, offered):
    made.write({"records/adr/0001-use-git.md": "# Use git\n", "records/adr/README.md": "# A\n"})
    assert values(offered("show", "0")) == ["0001-use-git"]


def test_no_id_reaches_the_line_that_a_shell_would_run(made, offered):
    made.write({"records/incidents/x.md": "---\nid: $(reboot)\n---\n"})
    assert values(offered("show", "")) == IDS


def test_titles_are_shown_on_one_line_and_without_control_characters(made, offered):
    made.write(incident("C", "Red \x1b[31m"))
    titles = [item.help for item in offered("show", "")]
    assert titles == ["Zero, backups: $(date)", "Zero backups", "Red [31m"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("orp",), ["orphans"]),
        (("registry", ""), ["diff"]),
        (("help", "li"), ["links", "list"]),
        (("check", "--format", "gi"), ["github", "gitlab"]),
        (("check", "--format=gith"), ["--format=github"]),
        (("check", "--unc"), ["--uncommitted"]),
        (("new", "inc"), ["incident"]),
        (("list", "--type", "pit"), ["pitfall"]),
        (("status", "INC-20260418-A", ""), ["open", "mitigated", "closed"]),
        (("rule", "dangling"), ["dangling-reference"]),
        (("related", "x", "--by", "superseded"), ["superseded_by"]),
        (("check", "--select", "unknown-st"), ["unknown-status"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("show", "INC-20260418-A", ""), []),
    ],
)
def test_commands_options_and_choices_are_offered(made, offered, words, expected):
    assert values(offered(*words)) == expected


def test_no_command_forgets_to_offer_what_can_be_offered():
    names = {"ID", "[ID]...", "TYPE", "[TYPE]", "RULES", "RELATION"}
    commands = [cli.get_command(None, name) for name in cli.list_commands(None)]
    left_out = [
        (command.name, parameter.name)
        for command in commands
        for parameter in command.params
        if parameter.metavar in names and parameter._custom_shell_complete is None
    ]
    # What --also takes in isn't in force yet, and adoption begins where there is no project.
    assert left_out == [("adopt", "also")]


def test_files_are_left_to_the_shell(made, offered):
    assert [item.type for item in offered("check", "rec")] == ["file"]
    assert [item.type for item in offered("adopt", "rec")] == ["dir"]


def test_outside_of_a_project_there_is_nothing(tmp_path, offered, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (("show", ""), ("new", ""), ("status", "x", "")):
        assert offered(*words) == []


def test_settings_that_cannot_be_read_are_no_error_on_the_prompt(made, offered):
    made.write({"govkb.toml": "records = ["})
    assert offered("show", "") == []
    assert values(offered("orp")) == ["orphans"]


def test_the_names_of_ten_thousand_records_are_no_more_than_their_names(made, monkeypatch):
    """What is kept is decoded as far as the names, which a whole record begins with."""
    from govkb.kept import KeptName
    from govkb.workspace.kept import KeptFile

    assert KeptFile.__struct_fields__[:3] == KeptName.__struct_fields__
    assert [item.value for item in record_ids(None, None, "")] == IDS


def shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def environment(tmp_path):
    """A PATH with govkb on it, and an empty home."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "govkb"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govkb "$@"\n')
    program.chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"
    return {**os.environ, "HOME": str(tmp_path), "PATH": path, "TERM": "dumb"}


def run(command, root, environment, typed=None):
    done = subprocess.run(
        command, cwd=root, env=environment, input=typed, capture_output=True, text=True, timeout=60
    )
    return done.stdout, done.stderr


_ASK_BASH = """
eval "$(govkb completion bash)"
ask() {
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
    _govkb_completion govkb "${!#}" "${COMP_WORDS[COMP_CWORD-1]}"
    printf '%s\\n' "${COMPREPLY[@]}"
}
complete -p govkb
"""


def test_bash(made, environment):
    script = f"{_ASK_BASH}ask govkb show INC\nask govkb check rec\ntouch govkb.toml; "
    script += "printf 'records = [' > govkb.toml; ask govkb show INC"
    stdout, stderr = run([shell("bash"), "--norc", "-c", script], made.root, environment)
    registered, *found = stdout.splitlines()
    assert registered == "complete -o nosort -F _govkb_completion govkb"
    assert found == [*IDS, "records", ""]
    assert stderr == ""


def test_fish(made, environment):
    script = "govkb completion fish | source; complete -C 'govkb show INC'; "
    script += "complete -C 'govkb check --format=gith'; complete -C 'govkb check rec'"
    stdout, stderr = run([shell("fish"), "--no-config", "-c", script], made.root, environment)
    assert stdout.splitlines() == [
        "INC-20260418-A\tZero, backups: $(date)",
        "INC-20260418-B\tZero backups",
        "--format=github",
        "records/",
    ]
    assert stderr == ""


def test_zsh(made, environment):
    """It is loaded, and offers what it is told."""
    script = """
    compdef() { print -r -- "compdef $*" }
    _describe() { print -r -- "$*"; print -rl "${found[@]}" }
    _files() { print -r -- "files $*" }
    eval "$(govkb completion zsh)"
    ask() { words=("$@"); CURRENT=$#; _govkb_completion }
    ask govkb show INC
    ask govkb check rec
    ask govkb adopt ''
    ask govkb show X || print nothing
    """
    stdout, stderr = run([shell("zsh"), "-f", "-c", script], made.root, environment)
    assert stdout.splitlines() == [
        "compdef _govkb_completion govkb",
        "-V govkb found -U",
        "INC-20260418-A:Zero, backups: $(date)",
        "INC-20260418-B:Zero backups",
        "files ",
        "files -/",
        "nothing",
    ]
    assert stderr == ""


@pytest.mark.parametrize(
    "words", [("show", ""), ("new", ""), ("status", "INC-20260418-A", ""), ("related", "--rel", "")]
)
def test_the_settings_are_read_once_for_an_answer(made, offered, words, monkeypatch):
    read = []
    load = config.load_config
    monkeypatch.setattr(config, "load_config", lambda root: read.append(root) or load(root))
    offered(*words)
    assert read == [made.root]
