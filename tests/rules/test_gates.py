"""The gates of a change: each in its own words, and what lets a change past."""

from __future__ import annotations

import time

import pytest

from govkb.errors import CannotVerifyError

# As a platform's repository words its policies.
SETTINGS = """\
[changes.artifacts]
"session capture" = {files = ["session_capture/**/*.md"]}
"session summary" = {files = ["session_summary/agent_session_summary.md"]}
adr = {files = ["docs/adrs/ADR-*.md"], types = ["adr"]}
changelog = {files = ["docs/changelog/entries/CL-*.md"]}

[[changes.gates]]
name = "session log"
files = ["modules/**", "bootstrap/**", ".github/workflows/**"]
needs = ["session capture", "session summary"]

[[changes.gates]]
name = "adr policy"
labels = ["adr-required"]
needs = ["adr"]

[[changes.gates]]
name = "changelog policy"
labels = ["changelog-required"]
needs = ["changelog"]

[[changes.gates]] # by_domain
name = "security"
files = ["policies/**"]
labels = ["domain:security"]
needs = ["adr", "changelog"]
reviewers = ["platform-team", "security-team"]

[[changes.bypasses]]
label = "changelog-exempt"
gates = ["changelog policy"]

[[changes.bypasses]]
label = "docs-only"
gates = ["session log", "adr policy"]
only_files = ["*.md"]

[[changes.bypasses]]
label = "typo-fix"
gates = ["session log"]
most_lines = 50
only_files = ["*.md", "*.txt"]

[[changes.bypasses]]
label = "hotfix"
gates = ["session log"]
targets = ["main"]
authors = ["platform-lead"]

[[changes.bypasses]]
label = "build_id"
gates = ["session log"]
touches = ["*.tf"]
"""
CAPTURE = "session_capture/2026-01-23-eks.md"
SUMMARY = "session_summary/agent_session_summary.md"
PATHS = (
    *("modules/eks/main.tf", "modules/eks/README.md", "policies/access.yaml"),
    *(CAPTURE, SUMMARY, "session_capture/session_capture_template.md"),
    *("docs/adrs/ADR-0180-argo.md", "docs/changelog/entries/CL-0150-log.md"),
)
FILES = dict.fromkeys((*PATHS, "session_capture/x.md/main.tf"), "x\n")
CHECKLIST = """\
[changes.checklist]
sections = ["Change Type", "Testing / Validation", "Risk & Rollback"]
agent_lines = ["VQ Class"]

[changes.review]
agents = ["claude", "codex", "*[bot]"]
"""
BODY = """\
Select at least one checkbox per section by changing `[ ]` to `[x]`.

## Change Type
- [ ] Feature
- [x] Bug fix

## Testing / Validation
### Plan
- [X] Plan/apply link provided (paste below)

### Command
- [ ] Not applicable

## Risk & Rollback
* [x] Not applicable

## Notes / Summary (optional)
-
"""


@pytest.fixture
def judged(project, change_report):
    """Holds a change against settings; its report."""

    def judge(settings=SETTINGS, labels=(), files=(), **known):
        made = project({"govkb.toml": settings, **FILES})
        return change_report(made, labels=list(labels), files=list(files), **known)

    return judge


# F8: log required


def test_critical_paths_need_the_capture_and_the_summary(judged):
    report = judged(files=["modules/eks/main.tf"])
    assert report == (
        "modules/eks/main.tf error GATE001 unaccompanied-change: the gate 'session log' needs "
        "'session capture', 'session summary' in the same change: 'modules/eks/main.tf' touched\n"
        "     = session capture: add or edit session_capture/**/*.md; "
        "session summary: add or edit session_summary/agent_session_summary.md\n"
    )


@pytest.mark.parametrize(
    ("there", "missing"), [(CAPTURE, "session summary"), (SUMMARY, "session capture")]
)
def test_only_the_one_that_is_missing_is_named(judged, there, missing):
    report = judged(files=["modules/eks/main.tf", there])
    assert f"the gate 'session log' needs '{missing}' in the same change" in report


def test_with_both_the_gate_is_open_and_other_paths_need_neither(judged):
    assert judged(files=["modules/eks/main.tf", CAPTURE, SUMMARY]) == ""
    assert judged(files=["docs/changelog/entries/CL-0150-log.md"]) == ""


def test_a_template_is_no_capture(judged):
    template = "session_capture/session_capture_template.md"
    report = judged(files=["modules/eks/main.tf", SUMMARY, template])
    assert "needs 'session capture' in the same change" in report


def test_what_is_taken_away_touches_and_is_no_artifact(judged):
    report = judged(files=["modules/gone/main.tf", CAPTURE, "session_summary/gone.md"])
    assert "needs 'session summary' in the same change: 'modules/gone/main.tf' touched" in report


def test_many_files_are_one_fault(judged):
    files = [f"modules/m{number:04}/main.tf" for number in range(1200)]
    report = judged(files=files)
    assert report.count("GATE001") == 1
    assert "'modules/m0000/main.tf' and 1,199 more touched" in report


# F7: policies that go by labels


@pytest.mark.parametrize(
    ("label", "gate", "needed", "entry"),
    [
        ("adr-required", "adr policy", "adr", "docs/adrs/ADR-0180-argo.md"),
        (
            *("changelog-required", "changelog policy", "changelog"),
            "docs/changelog/entries/CL-0150-log.md",
        ),
    ],
)
def test_a_label_asks_for_an_entry(judged, label, gate, needed, entry):
    report = judged(labels=[label])
    assert (
        f"govkb.toml error GATE001 unaccompanied-change: the gate '{gate}' needs '{needed}'"
        in report
    )
    assert f"'{label}' set" in report
    assert judged(labels=[label], files=[entry]) == ""


def test_the_letter_case_of_a_label_opens_no_gate(judged):
    assert "the gate 'adr policy' needs 'adr'" in judged(labels=["ADR-Required"])


def test_exempt_wins(judged):
    assert judged(labels=["changelog-required", "changelog-exempt"]) == ""


def test_docs_only_is_true_where_only_docs_are_touched(judged):
    assert judged(labels=["docs-only"], files=["modules/eks/README.md"]) == ""


def test_a_folder_that_is_called_like_a_document_is_none(judged):
    files = ["modules/x.md/main.tf", "modules/eks/README.md"]
    report = judged(labels=["docs-only"], files=files)
    assert "claims what is not so: 'modules/x.md/main.tf' is touched too" in report
    report = judged(files=["modules/eks/main.tf", SUMMARY, "session_capture/x.md/main.tf"])
    assert "needs 'session capture'" in report


def test_docs_only_lets_nobody_past_where_it_is_not_true(judged):
    report = judged(labels=["docs-only"], files=["modules/eks/README.md", "modules/eks/main.tf"])
    assert (
        "govkb.toml error GATE002 unearned-bypass: the label 'docs-only' claims what is not so: "
        "'modules/eks/main.tf' is touched too\n"
        "     = take it off: the change has to pass 'session log', 'adr policy'\n"
    ) in report
    assert "GATE001" in report


@pytest.mark.parametrize(
    ("label", "known", "claims"),
    [
        ("typo-fix", {}, "how many lines it changes can't be told: no --base"),
        ("hotfix", {"author": "platform-lead"}, "--target isn't given, and not to 'main'"),
        (
            "hotfix",
            {"author": "platform-lead", "target": "development"},
            "it goes to 'development', and not to 'main'",
        ),
        (
            "hotfix",
            {"author": "mallory", "target": "main"},
            "it is from 'mallory', and not from 'platform-lead'",
        ),
        ("hotfix", {"target": "main"}, "--author isn't given"),
        ("build_id", {}, "nothing is touched that fits '*.tf'"),
    ],
)
def test_what_a_bypass_claims_is_verified(judged, label, known, claims):
    report = judged(labels=[label], files=["modules/eks/README.md"], **known)
    assert f"the label '{label}' claims what is not so: " in report
    assert claims in report
    assert "GATE001" in report


def test_a_bypass_lets_a_change_past_where_all_is_true(judged):
    known = {"author": "Platform-Lead", "target": "main"}
    assert judged(labels=["hotfix"], files=["modules/eks/main.tf"], **known) == ""
    assert judged(labels=["build_id"], files=["modules/eks/main.tf"]) == ""


@pytest.mark.parametrize(("lines", "is_open"), [(25, True), (26, False)])
def test_lines_are_counted_by_git(project, git, change_report, lines, is_open):
    made = project({"govkb.toml": SETTINGS, "modules/eks/README.md": "then\n" * lines})
    git(made.root).commit()
    made.write({"modules/eks/README.md": "now\n" * lines})
    report = change_report(made, "main", labels=["typo-fix"])
    assert (report == "") is is_open
    assert ("52 lines are changed, and 50 are the most" in report) is not is_open


def test_a_change_of_bytes_has_no_lines(project, git, change_report):
    made = project({"govkb.toml": SETTINGS, "modules/eks/README.md": b"\0\1"})
    git(made.root).commit()
    made.write({"modules/eks/README.md": b"\0\2"})
    assert "a file that is no text" in change_report(made, "main", labels=["typo-fix"])


# F9: routing


@pytest.mark.parametrize(
    "change", [{"files": ["policies/access.yaml"]}, {"labels": ["domain:security"]}]
)
def test_routing_asks_for_artifacts_and_names_the_reviewers(judged, change):
    report = judged(**change)
    assert "the gate 'security' needs 'adr', 'changelog' in the same change" in report
    assert "GATE007 unasked-reviewer: the gate 'security' sends it to platform-team, " in report


def test_a_record_of_a_type_is_an_artifact(project, change_report):
    record = (
        "---\nid: ADR-0012\ntype: adr\ntitle: T\nstatus: proposed\ndate: 2026-04-18\n---\n# T\n"
    )
    made = project({"govkb.toml": SETTINGS, "records/adr/ADR-0012-t.md": record})
    assert change_report(made, labels=["adr-required"], files=["records/adr/ADR-0012-t.md"]) == ""


# F10: the checklist


def test_a_section_without_a_ticked_box_is_named(judged):
    known = {"author": "dj", "reviewers": ["anna"]}
    assert judged(CHECKLIST, body=BODY, **known) == ""
    report = judged(CHECKLIST, body=BODY.replace("[x] Bug", "[ ] Bug"), **known)
    assert "GATE003 unticked-section: the section 'Change Type' of the body has no box" in report


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## Risk & Rollback", "## Risk", "the body has no section 'Risk & Rollback'"),
        ("* [x] Not", "* Not", "the section 'Risk & Rollback' of the body has no boxes"),
        (
            "* [x] Not applicable",
            "```\n- [x] No\n```",
            "'Risk & Rollback' of the body has no boxes",
        ),
        ("* [x] Not applicable", "<!--\n- [x] No\n-->", "'Risk & Rollback' of the body has no box"),
        (BODY, "", "the body has no sections, and the gate 'checklist' asks for some"),
    ],
)
def test_what_is_no_ticked_box_does_not_count(judged, old, new, said):
    report = judged(CHECKLIST, body=BODY.replace(old, new), author="dj", reviewers=["anna"])
    assert said in report


def test_the_body_may_have_the_line_ends_of_a_browser(judged):
    body = BODY.replace("\n", "\r\n")
    assert judged(CHECKLIST, body=body, author="dj", reviewers=["anna"]) == ""


def test_line_ends_that_are_written_out_are_recognised(judged):
    body = BODY.replace("\n", "\\n")
    report = judged(CHECKLIST, body=body, author="dj", reviewers=["anna"])
    assert "it has `\\\\n` in the place of line ends" in report


def test_without_names_all_sections_with_boxes_count(judged):
    settings = "[changes.checklist]\n"
    assert judged(settings, body=BODY.replace("### Command\n- [ ]", "### Command\n-")) == ""
    assert "'Command' of the body has no box ticked" in judged(settings, body=BODY)
    assert "no section of the body has boxes" in judged(settings, body="# T\n\nText.\n")


@pytest.mark.parametrize(
    ("line", "is_there"),
    [
        ("VQ Class: 🔴 HV/HQ", True),
        ("- **VQ Class:** HV/HQ", True),
        ("**VQ Class**: HV/HQ", True),
        ("vq class : HV/HQ", True),
        ("VQ Class:", False),
        ("**VQ Class:** <!-- HV/HQ, MV/HQ, LV/LQ -->", False),
        ("<!-- VQ Class: HV/HQ -->", False),
        ("```\nVQ Class: HV/HQ\n```", False),
        ("The VQ Class: HV/HQ", False),
    ],
)
def test_agents_say_what_a_change_is_worth(judged, line, is_there):
    body = f"{BODY}\n{line}\n"
    for known in ({"author": "Claude"}, {"author": "x", "is_by_agent": True}):
        report = judged(CHECKLIST, body=body, reviewers=["anna"], **known)
        said = "GATE004 missing-line: the body of a change of an agent needs a line `VQ Class: …`"
        assert (said in report) is not is_there
    assert judged(CHECKLIST, body=body, author="dj", reviewers=["anna"]) == ""


# F11: traceability

TRACE = '[[changes.traces]]\nfiles = ["scripts/**"]\ntypes = ["adr", "changelog"]\n'


@pytest.mark.parametrize(
    ("mention", "is_named"),
    [
        ("runs deploy.sh.", True),
        ("runs `scripts/deploy.sh`:", True),
        ("[it](../../scripts/deploy.sh)", True),
        ("https://git.example.org/blob/main/scripts/deploy.sh#L3", True),
        ("runs redeploy.sh", False),
        ("runs deploy.sh.bak", False),
        ("runs deploy.shx", False),
        ("runs pre-deploy.sh", False),
        ("runs tools/deploy.sh", False),
    ],
)
def test_a_script_is_named_as_a_whole_in_a_record_of_each_type(
    project, change_report, mention, is_named
):
    record = f"---\nid: ADR-0012\ntype: adr\ntitle: T\n---\n\n# T\n\nIt {mention}\n"
    made = project(
        {"govkb.toml": TRACE, "scripts/deploy.sh": "", "records/adr/ADR-0012-t.md": record}
    )
    report = change_report(made, files=["scripts/deploy.sh"])
    kinds = "'changelog'" if is_named else "'adr', nor of 'changelog'"
    said = f"untraced-file: it is named in no record of the type {kinds}\n"
    assert report.startswith(f"scripts/deploy.sh warning GATE006 {said}")


@pytest.mark.parametrize(("mention", "is_named"), [("`.env`", True), ("the env of it", False)])
def test_a_hidden_file_has_its_dot(project, change_report, mention, is_named):
    record = f"---\nid: ADR-0012\ntype: adr\ntitle: T\n---\n\n# T\n\nSee {mention}.\n"
    settings = TRACE.replace(', "changelog"', "")
    made = project(
        {"govkb.toml": settings, "scripts/.env": "", "records/adr/ADR-0012-t.md": record}
    )
    assert (change_report(made, files=["scripts/.env"]) == "") is is_named


def test_a_name_with_blanks_counts_as_a_whole(project, change_report):
    record = "---\nid: ADR-0012\ntype: adr\ntitle: T\n---\n\n# T\n\nSee my tool.sh, a (1).sh.\n"
    files = dict.fromkeys(("scripts/my tool.sh", "scripts/a (1).sh", "scripts/y tool.sh"), "")
    settings = TRACE.replace(', "changelog"', "")
    made = project({"govkb.toml": settings, "records/adr/ADR-0012-t.md": record, **files})
    report = change_report(made, files=list(files))
    assert [line.split(" warning GATE")[0] for line in report.splitlines()[::3]] == [
        "scripts/y tool.sh"
    ]


# F12: reviewers

REVIEW = '[changes.review]\nleast = 1\nagents = ["claude", "codex", "*[bot]"]\n'


@pytest.mark.parametrize(
    ("author", "reviewers", "said"),
    [
        ("dj", [], "nobody is asked to review it"),
        ("dj", ["DJ"], "the only reviewer is its author, 'dj'"),
        ("claude", ["codex"], "the author 'claude' is an agent, and no person reviews it: codex"),
        ("renovate[bot]", ["Codex"], "the author 'renovate[bot]' is an agent, and no person"),
    ],
)
def test_somebody_else_reviews_and_for_agents_a_person(judged, author, reviewers, said):
    report = judged(REVIEW, author=author, reviewers=reviewers)
    assert "GATE005 unreviewed-change" in report
    assert said in report


@pytest.mark.parametrize(
    ("author", "reviewers"), [("dj", ["codex"]), ("claude", ["codex", "dj"]), ("dj", ["dj", "a"])]
)
def test_a_reviewed_change_passes(judged, author, reviewers):
    assert judged(REVIEW, author=author, reviewers=reviewers) == ""


def test_more_reviewers_and_named_people_can_be_asked_for(judged):
    settings = '[changes.review]\nleast = 2\nagents = ["claude"]\npeople = ["dj", "team-*"]\n'
    report = judged(settings, author="claude", reviewers=["codex"])
    assert "it needs 2 reviewers besides its author, and has 1: codex" in report
    report = judged(settings, author="claude", reviewers=["codex", "gpt"])
    assert "no person reviews it: codex, gpt" in report
    assert judged(settings, author="claude", reviewers=["codex", "team-core"]) == ""


# What nobody told


@pytest.mark.parametrize(
    ("settings", "known", "missing"),
    [
        (SETTINGS, {}, "its labels"),
        (CHECKLIST, {"author": "dj", "reviewers": []}, "its body"),
        (REVIEW, {"reviewers": []}, "its author"),
        (REVIEW, {"author": "dj"}, "its reviewers"),
        (CHECKLIST, {}, "its body, its author, its reviewers"),
    ],
)
def test_what_a_gate_asks_for_and_nobody_told_is_never_taken_for_granted(
    project, change_report, settings, known, missing
):
    made = project({"govkb.toml": settings})
    with pytest.raises(CannotVerifyError) as refused:
        change_report(made, files=[], **known)
    assert refused.value.message.endswith(f"nobody told of the change: {missing}")


# Strangers write all of this


@pytest.mark.parametrize(
    "body",
    [
        "## a\n- [ ] b\n" * 14_000,
        "VQ Class:\n" * 20_000,
        "- " * 100_000,
        "- [x] " * 34_000,
        "*" * 200_000,
        "[" * 200_000,
        "<!-- " * 40_000,
        " " * 200_000,
        "VQ Class" + " " * 200_000,
        "VQ Class: " + "<!--" * 50_000,
        "# " * 100_000,
        "`" * 200_000,
        "> " * 100_000,
    ],
    ids=lambda body: body[:12].strip() or "blanks",
)
def test_a_body_that_goes_on_and_on_is_cheap(judged, body):
    begun = time.process_time()
    judged(CHECKLIST, body=body, author="claude", reviewers=["dj"])
    # Whatever grows with the square of it takes minutes.
    assert time.process_time() - begun < 5


def test_thousands_of_labels_and_files_are_cheap(judged):
    labels = [f"story:platform-bootstrap-{number:05}" for number in range(5_000)]
    settings = SETTINGS + '[[labels.namespaces]]\nname = "story"\nseparator = ":"\nvalues = [%s]\n'
    values = ", ".join(f'"superuser-{number}"' for number in range(1_000))
    files = [f"modules/m{number}/main.tf" for number in range(5_000)]
    begun = time.process_time()
    report = judged(settings % values, labels=labels, files=files)
    assert report.count("GATE008") == 21
    assert "4,980 unknown labels more" in report
    assert time.process_time() - begun < 5
