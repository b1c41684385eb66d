"""Progress of long work, as people see it: through a pseudo terminal."""

import os
import pty
import re
import subprocess
import sys
import threading

import pytest

PATH = "records/incidents/INC-20260418-B-x.md"
_TERMINAL = re.compile(r"(\x1b\[(?:(\d*)A|[?0-9;]*[A-Za-z])|\r|\n)|([^\x1b\r\n]+)")
INCIDENT = """\
---
id: {}
title: Zero backups
severity: high
detected: 2026-04-18
{}---

# Zero backups

## Summary

x
"""
STEPS = """
import time
from govkb.cli.progress import shown_progress
from govkb.cli import progress as module
module._PATIENCE = {patience}
with shown_progress({quiet}) as report:
    for number in range(1, 41):
        report("Reading records", number, 40)
        time.sleep(0.01)
    report("Making the search index", 0, None)
print("rich" in __import__("sys").modules)
"""
# What each of these commands says of itself does not wait a second here.
AT_ONCE = """
import sys
from govkb.cli import progress
progress._PATIENCE = 0
sys.argv = ["govkb", *{arguments}]
from govkb.cli.main import main
main()
"""


def seen(program, cwd, **environment):
    """What a program writes to a terminal as its standard error, and what to its output."""
    master, slave = pty.openpty()
    own = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
    environment = {**own, "TERM": "xterm", "COLUMNS": "80", **environment}
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=slave,
    )
    os.close(slave)
    written = []

    def read():
        try:
            while data := os.read(master, 4096):
                written.append(data)
        except OSError:  # that is how Linux says that nobody has the other end any more
            pass

    reader = threading.Thread(target=read)
    reader.start()
    output, _ = child.communicate(timeout=120)
    reader.join()
    os.close(master)
    return b"".join(written).decode(), output.decode(), child.returncode


def shown(patience=0, quiet=False, **environment):
    return seen(STEPS.format(patience=patience, quiet=quiet), "/", **environment)[:2]


def last_screen(terminal):
    """The lines that stand on the screen in the end."""
    lines, row, column = [""], 0, 0
    for control, up, text in re.findall(_TERMINAL, terminal):
        if text:
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
            column += len(text)
        elif control == "\r":
            column = 0
        elif control == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif control.endswith("A"):
            row -= int(up or 1)
        elif control == "\x1b[2K":
            lines[row] = ""
    return [line.rstrip() for line in lines if line.strip()]


def test_each_step_is_counted_on_one_line_that_is_gone_in_the_end():
    terminal, output = shown()
    assert re.search(r"Reading records .*\d+ of 40", terminal)
    assert "Making the search index" in terminal
    assert terminal.count("\n") <= 1
    assert terminal.endswith("\x1b[2K")
    assert last_screen(terminal) == []
    assert output == "True\n"


def test_what_is_over_soon_shows_nothing_and_imports_nothing():
    assert shown(patience=60) == ("", "False\n")


@pytest.mark.parametrize(
    "environment", [{"TERM": "dumb"}, {"TERM": "unknown"}, {"CI": "true"}], ids=str
)
def test_nothing_is_drawn_where_nobody_watches_or_nothing_can_be(environment):
    assert shown(**environment) == ("", "False\n")


def test_quiet_is_quiet():
    assert shown(quiet=True) == ("", "False\n")


def test_without_colours_there_are_none():
    terminal, _ = shown(NO_COLOR="1")
    assert "Reading records" in terminal
    assert not re.search(r"\x1b\[[0-9;]*m", terminal)


def test_no_terminal_no_progress(project, run_govkb):
    made = project({PATH: INCIDENT.format("INC-20260418-B", "")})
    assert run_govkb("build", cwd=made.root).stderr == ""


@pytest.fixture
def run_at_once(project):
    """Runs a command at a terminal on a project of a few records."""

    def run(*arguments, files=None):
        text = INCIDENT.format("INC-20260418-B", "")
        made = project({PATH: text, **(files or {})})
        return seen(AT_ONCE.format(arguments=list(arguments)), made.root)

    return run


def test_a_build_tells_of_every_step(run_at_once):
    terminal, output, code = run_at_once("build")
    assert code == 0
    steps = [
        "Reading records",
        "Checking records",
        "Making the pages that list records",
        "Making the pages of records",
        "Making the search index",
        "Writing the files for programs",
    ]
    places = [terminal.index(step) for step in steps]
    assert places == sorted(places)
    assert re.fullmatch(r"built .*\n", output)
    assert last_screen(terminal) == []


def test_a_check_and_its_report(run_at_once):
    wrong = {"records/incidents/y.md": INCIDENT.format("INC-20260418-C", "relates_to: INC-1\n")}
    terminal, output, code = run_at_once("check", files=wrong)
    assert code == 1
    assert "Reading records" in terminal
    assert "REF002" in output
    assert last_screen(terminal)[-1].endswith("2 errors")


def test_what_is_logged_stands_on_lines_of_its_own(run_at_once):
    own = {"docs/incidents/INC-20260418-B.md": "# Mine\n"}
    terminal, _, code = run_at_once("build", files=own)
    assert code == 0
    logged = "govkb: docs/incidents/INC-20260418-B.md hides what govkb makes"
    assert last_screen(terminal) == [logged]


def test_a_failure_leaves_the_terminal_as_it_was(run_at_once):
    broken = {"templates/site/record.html.j2": "{{ nothing_of_this_name }}"}
    terminal, _, code = run_at_once("build", files=broken)
    assert code in (2, 4)
    assert terminal.count("\x1b[?25l") == terminal.count("\x1b[?25h")
    assert last_screen(terminal)[0].startswith("govkb: ")


def test_an_audit_counts_commits(project, git):
    made = project({PATH: INCIDENT.format("INC-20260418-B", "")})
    repository = git(made.root)
    repository.commit()
    program = AT_ONCE.format(arguments=["history", "audit", "main"])
    terminal, output, code = seen(program, made.root)
    assert code == 0
    assert "Auditing commits" in terminal
    assert "1 of 1" in terminal
    assert output.startswith("1 commit")


def test_no_command_imports_it_to_begin_with():
    program = "import sys, govkb.cli.main, govkb.cli.check, govkb.cli.build, govkb.cli.serve\n"
    program += "print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "False\n"
