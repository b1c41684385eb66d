"""The files that changes list, held against those that they touch."""

from __future__ import annotations

import time

import pytest

BODY = """\
## Files touched

- `.forgejo/workflows/apply.yml`
- `control-plane/{plan.py,health.py}`
- `schema/module.schema.{json, md}`
- `modules/*/module.yaml`: what `modules/x/runbook.md` says
- docs/plan.md — the plan
- focused tests under `control-plane/tests/`
- No changes to `--dry-run`, `main()` or https://example.org/a.b

## Validation

- `tests/other.py` passed
"""
TOUCHED = [
    ".forgejo/workflows/apply.yml",
    "control-plane/plan.py",
    "control-plane/health.py",
    "control-plane/tests/unit/test_plan.py",
    "schema/module.schema.json",
    "schema/module.schema.md",
    "modules/minio-init/module.yaml",
    "docs/plan.md",
    "records/.govkb/ledger/x.ledger",
]
HINTS = {
    "GATE014": "list them, or take them out of the change",
    "GATE015": "take them off the list, or commit what is missing",
}


@pytest.fixture
def judged(project, change_report):
    made = project()
    return lambda files, body=BODY: change_report(made, files=files, body=body)


def said(report):
    return [line.partition("-file: ")[2] for line in report.splitlines() if "-file: " in line]


def test_a_list_that_agrees_with_what_is_changed_is_fine(judged):
    assert judged(TOUCHED) == ""


def test_what_is_changed_and_not_listed_is_a_warning(judged):
    report = judged([*TOUCHED, "tests/smoke.sh", "control-plane/main.py"])
    assert report.startswith("govkb.toml warning GATE014 unlisted-file: ")
    assert said(report) == [
        '2 files are changed and not listed in "Files touched": '
        "'control-plane/main.py', 'tests/smoke.sh'"
    ]
    assert HINTS["GATE014"] in report


def test_what_is_listed_and_not_changed_is_a_warning(judged):
    gone = {"control-plane/health.py", "modules/minio-init/module.yaml"}
    report = judged([path for path in TOUCHED if path not in gone])
    assert report.startswith("govkb.toml warning GATE015 untouched-file: ")
    assert said(report) == [
        '2 paths are listed in "Files touched" and not changed: '
        "'control-plane/health.py', 'modules/*/module.yaml'"
    ]
    assert HINTS["GATE015"] in report


def test_long_lists_are_cut(judged):
    (line,) = said(judged([*TOUCHED, *(f"more/{n:02}.py" for n in range(25))]))
    assert line.startswith("25 files are changed") and line.endswith("'more/09.py' and 15 more")


@pytest.mark.parametrize(
    "body",
    [
        "## Files touched\n\n| File | Why |\n|---|---|\n| `a/b.py` | x |\n| c.md | y |\n",
        "### files touched\n\n```\nM\ta/b.py\n c.md | 3 ++-\n```\n",
        "# Files touched\n\n1. [a/b.py](https://example.org/x)\n2. **c.md**: z\n",
        "## Files touched\n\n- `a/b.py:12-30`, `./c.md` and `c.md`\n",
        "## Files touched\n\n* a/\n  * `*.md`\n",
        "## Files changed\n\n- other.py\n",
        "No section at all.",
        "",
    ],
)
def test_a_list_can_be_written_in_many_ways(judged, body):
    assert judged(["a/b.py", "c.md"], body) == ""


def test_folders_with_brackets_in_their_names_are_what_they_are(judged):
    body = "## Files touched\n\n- `app/[slug]/page.tsx`\n- `app/[slug]/*.css`\n"
    assert judged(["app/[slug]/page.tsx", "app/[slug]/a.css"], body) == ""
    assert len(said(judged(["app/s/page.tsx", "app/s/a.css"], body))) == 2


@pytest.mark.parametrize(
    "line",
    ["- `" + "{a,b}" * 300 + "`\n", "- `" + "{a,b}" * 9 + "`\n", "- `x{" + "{a," * 40 + "`\n"],
)
def test_braces_that_stand_for_too_many_paths_are_told_of(judged, line):
    (told,) = said(judged(["x.py"], f"## Files touched\n\n{line}"))
    assert told.startswith('the list in "Files touched" is not taken apart: ')
    assert told.endswith(" is too many paths") and len(told) < 400


@pytest.mark.parametrize(
    "line",
    [
        "- `" + "{a,b}" * 8 + "x`\n",
        "- [a](b",
        "- `*a" + "*a" * 40 + "/y`\n",
        "- `" + "**/a/" * 30 + "x.py`\n",
        "- `a` ",
        "`",
    ],
)
def test_a_list_that_goes_on_and_on_is_cheap(judged, line):
    begun = time.perf_counter()
    judged(["a/" * 100 + "b.py", "a" * 200], "## Files touched\n\n- x.py\n" + line * 3000)
    assert time.perf_counter() - begun < 5


def test_classes_without_end_are_cheap(project):
    rows = "".join(f"| C{n} | `*a{n}*{'b*a' * 20}` | x |\n" for n in range(400))
    table = f"### Class mapping table\n\n| Class | Modules | Procedure |\n|---|---|---|\n{rows}"
    text = record("- x", modules=[f"{'ab' * 40}-{n}" for n in range(300)])
    made = project(
        {"records/changes/CHG-20260518-a.md": text.replace("### Known", f"{table}\n### Known")}
    )
    begun = time.perf_counter()
    assert "ITEM020" not in made.report()
    assert time.perf_counter() - begun < 5


PACK = "".join(
    f"### {name}\n\nText.\n\n"
    for name in (
        *("Product story", "What changed", "Why it changed"),
        *("Runtime evidence", "Known constraints", "Explicit out-of-scope"),
        *("Requested decision", "Merge blockers"),
    )
)


def record(listed, **fields):
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    pack = PACK.replace("### Runtime", f"### Files touched\n\n{listed}\n\n### Runtime")
    head = f"---\nid: CHG-20260518-a\ntitle: One\ntier: lite\n{lines}---\n\n# One\n\n"
    return f"{head}## Canary Context Pack\n\n{pack}"


@pytest.fixture
def merged(project, git):
    """A project in which a merge has brought two files, and the name of its commit."""
    made = project({"a.py": "1\n"})
    repository = git(made.root)
    repository.commit()
    repository.run("switch", "-q", "-c", "work")
    made.write({"tools/plan.py": "x\n", "tools/é.py": "x\n"})
    repository.commit()
    repository.run("switch", "-q", "main")
    made.write({"other.py": "x\n"})
    repository.commit()
    repository.run("merge", "-q", "--no-ff", "-m", "Merge", "work")
    return made, repository.run("rev-parse", "HEAD").strip()


def test_the_record_of_a_change_is_held_against_its_commit(merged):
    made, commit = merged
    path = "records/changes/CHG-20260518-a.md"
    made.write({path: record("- `tools/{plan,é}.py`", commit=f"'{commit[:8]}'")})
    assert made.report() == ""
    made.write({path: record("- `tools/plan.py`\n- `other.py`", commit=commit)})
    report = made.report()
    assert said(report) == [
        "1 file is changed and not listed in \"Files touched\": 'tools/é.py'",
        "1 path is listed in \"Files touched\" and not changed: 'other.py'",
    ]
    assert report.startswith(f"{path}:24:1 warning GATE014 unlisted-file")


@pytest.mark.parametrize("fields", [{}, {"commit": "abcdef1"}, {"repo": "some/other"}])
def test_a_record_whose_commit_is_not_here_is_left_alone(merged, fields):
    made, commit = merged
    fields = {"commit": commit, **fields} if "repo" in fields else fields
    made.write({"records/changes/CHG-20260518-a.md": record("- `nothing.py`", **fields)})
    assert "GATE01" not in made.report()
