from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest


def incident(letter, **fields):
    said = {"severity": "high", "detected": "2026-04-18", **fields}
    lines = "".join(f"{name}: {value}\n" for name, value in said.items())
    return (
        f"---\nid: INC-20260418-{letter}\ntitle: Incident {letter}\n{lines}---\n\n"
        f"# Incident {letter}\n\n## Summary\n\nSomething.\n"
    )


@pytest.fixture
def made(project):
    return project(
        {
            "records/incidents/INC-20260418-A-a.md": incident("A", owner="Platform", tags="[x, y]"),
            "records/incidents/INC-20260418-B-b.md": incident("B", severity="low", status="closed"),
            "records/incidents/INC-20260418-C-c.md": incident("C", severity="critical"),
            "records/decisions/DEC-20260420-spot-check.md": (
                "---\nid: DEC-20260420-spot-check\ntitle: Spot-check\ndate: 2026-04-20\n"
                "status: accepted\nsource: {brief: BRIEF-1}\n---\n\n# Spot-check\n\n"
                "## Context\n\nX.\n\n## Decision\n\nY.\n"
            ),
        }
    )


def ids(outcome):
    return [line.split("\t")[0][-1] for line in outcome.stdout.splitlines()]


def test_without_a_terminal_each_record_is_a_line_with_tabs(made, run_govkb):
    outcome = run_govkb("list", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout.splitlines() == [
        "INC-20260418-A\tincident\topen\thigh\t2026-04-18\tIncident A",
        "INC-20260418-B\tincident\tclosed\tlow\t2026-04-18\tIncident B",
        "INC-20260418-C\tincident\topen\tcritical\t2026-04-18\tIncident C",
        "DEC-20260420-spot-check\tdecision\tratified\t\t2026-04-20\tSpot-check",
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--type", "decision"], "k"),
        (["--type", "decision", "--type", "incident", "--open"], "AC"),
        (["--status", "accepted"], "k"),
        (["--status", "open", "--status", "closed"], "ABC"),
        (["--owner", "platform"], "A"),
        (["--where", "severity=high"], "A"),
        (["--where", "severity!=high", "--type", "incident"], "BC"),
        (["--where", "owner="], "BCk"),
        (["--where", "owner!="], "A"),
        (["--where", "tags=y"], "A"),
        (["--where", "title~ident b"], "B"),
        (["--where", "source.brief=BRIEF-1"], "k"),
        (["--where", "date>2026-04-18"], "k"),
        (["--where", "date<=2026-04-18", "--where", "severity=low"], "B"),
        (["--since", "2026-04-19"], "k"),
        (["--type", "incident", "--sort", "severity"], "CAB"),
        (["--type", "incident", "--sort", "-id"], "CBA"),
        (["--sort", "-severity"], "BACk"),
        (["--limit", "1"], "A"),
    ],
)
def test_what_is_asked_for(made, run_govkb, arguments, found):
    assert "".join(ids(run_govkb("list", *arguments, cwd=made.root))) == found


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--type", "incidnt"], "no type is called 'incidnt'\n  = did you mean 'incident'?"),
        (["--status", "opne"], "no type has a status 'opne'\n  = did you mean 'open'?"),
        (["--where", "sevrity=high"], "no record has a field 'sevrity'"),
        (["--sort", "sevrity"], "did you mean 'severity'?"),
        (["--fields", "id,nope"], "no record has a field 'nope'"),
        (["--where", "severity"], "'severity' is no condition"),
        (["--since", "yesterday"], "--since"),
    ],
)
def test_what_there_is_not_ends_with_2(made, run_govkb, arguments, said):
    outcome = run_govkb("list", *arguments, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert said in outcome.stderr


def test_nothing_found_is_said_beside_the_answer(made, run_govkb):
    outcome = run_govkb("list", "--where", "severity=unclassified", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr == "none of 4 records is like that\n"


def test_where_nothing_is_yet_it_says_how_to_begin(project, run_govkb):
    outcome = run_govkb("list", cwd=project().root)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert "no records yet; `govkb new" in outcome.stderr


def test_json_has_the_values_in_force_or_the_fields_asked_for(made, run_govkb):
    document = json.loads(
        run_govkb("list", "--where", "tags=x", "--format", "json", cwd=made.root).stdout
    )
    assert document["version"] == 1
    (record,) = document["records"]
    assert (record["id"], record["is_done"], record["date"]) == (
        "INC-20260418-A",
        False,
        "2026-04-18",
    )
    assert record["fields"]["tags"] == ["x", "y"]
    few = ["list", "--where", "tags=x", "--fields", "id,tags", "--format", "json"]
    assert json.loads(run_govkb(*few, cwd=made.root).stdout)["records"] == [
        {"id": "INC-20260418-A", "tags": ["x", "y"]}
    ]


def test_csv_is_read_back_and_no_cell_is_a_formula(made, run_govkb):
    made.write(
        {"records/incidents/INC-20260418-D-d.md": incident("D", summary="'=1+1,\"x\"'", owner="-5")}
    )
    arguments = ["list", "--type", "incident", "--fields", "id,owner,summary", "--format", "csv"]
    rows = list(csv.reader(io.StringIO(run_govkb(*arguments, cwd=made.root).stdout)))
    assert rows[0] == ["id", "owner", "summary"]
    assert rows[-1] == ["INC-20260418-D", "-5", '\'=1+1,"x"']


def test_no_cell_has_a_tab_or_acts_on_a_terminal(made, run_govkb):
    made.write({"records/incidents/INC-20260418-D-d.md": incident("D", owner='"a\\tb\\e[1m"')})
    outcome = run_govkb("list", "--where", "owner~b", "--fields", "owner,id", cwd=made.root)
    assert outcome.stdout == "a b\\x1b[1m\tINC-20260418-D\n"


def test_at_a_terminal_the_table_has_headings_and_fits(made, on_terminal):
    lines = on_terminal(made.root, 60, "list", "--type", "incident", "--fields", "id,status,path")
    assert lines == [
        "id              status  path",
        "INC-20260418-A  open    records/incidents/INC-20260418-A-a.…",
        "INC-20260418-B  closed  records/incidents/INC-20260418-B-b.…",
        "INC-20260418-C  open    records/incidents/INC-20260418-C-c.…",
    ]


@pytest.mark.parametrize("command", ["list", "search incident", "graph --format dot"])
def test_a_reader_that_has_seen_enough_is_no_error(made, command):
    program = f"{sys.executable} -m govkb {command} | true"
    done = subprocess.run(["bash", "-c", program], cwd=made.root, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_without_a_type_that_has_severities_there_is_a_list_all_the_same(project, run_govkb):
    made = project({"records/adr/0001-use-git.md": "# Use git\n", "govkb.toml": 'types = ["adr"]'})
    outcome = run_govkb("list", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("0001-use-git\tadr\t")
