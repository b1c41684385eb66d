from __future__ import annotations

import subprocess
import sys
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkb.record_types import Form, load_catalogue
from govkb.record_types.id_patterns import MAX_SLUG_BYTES, IdPattern, PatternError, slugify
from govkb.template_files import TemplateFiles, shipped_templates

GOOD = {
    "incident": ["INC-20260418-B", "INC-20260420-A", "INC-20240229-Z"],
    "decision": [
        "DEC-20260420-attribution-cutover",
        "DEC-20260421-scope-of-17b",
        "DEC-20260421-D",
        "DEC-20260123-x",
    ],
    "evolution": ["EVO-2026-0420-004", "EVO-2026-0418-001"],
    "finding": ["F-2026-0421-BACKUP-BUCKET-NAME-MISMATCH", "F-2026-0123-X", "F-2026-0123-A1-2"],
    "pitfall": ["probe-before-classify", "route53-wildcard", "x"],
    "handoff": ["HANDOFF-2026-04-21", "HANDOFF-2026-04-21-B"],
    "brief": ["BRIEF-20260421-decisions-sought"],
    "adr": [
        "ADR-0178",
        "ADR-0179-dynamic-hostname-generation",
        "0001-record-architecture-decisions",
        "20200101-use-log4brains",
    ],
    "runbook": ["RB-0001", "RB-0008-managed-lb-cleanup"],
    "sop": ["sop-platform-tf-changes", "sop-postgres-restore", "service-onboarding-sop"],
    "changelog": ["CL-0196", "CL-0196-backstage-helm-consolidation"],
    "session-capture": ["2026-01-23-v1-milestone-ephemeral-deploy-success"],
    "change": ["CHG-20260518-minio-init"],
    "review": ["review-1064-2026-04-20", "review-1064-2026-04-20-r2", "review-a-b-2026-04-20"],
    "validation": ["validation-postgres-restore-2026-04-21"],
    "investigation": ["drift-investigation-2026-04-20", "tf-drift-investigation-2026-04-20"],
    "ticket": ["ticket-1", "ticket-297"],
    "phase": [
        "phase-pal-e-platform-28-keycloak-smtp",
        "phase-platform-17b-tf-state-governance",
        "phase-platform-28-python-3-upgrade",
        "phase-28-keycloak-smtp",
    ],
    "feedback": ["feedback_never_write_prod_db", "feedback_x"],
    "document": ["drift-investigation-2026-04-20", "24_PR_GATES", "deployment-lessons"],
}
BAD = {
    "incident": [
        "INC-2026-04-20-A",
        "INC-20260431-A",
        "INC-20250229-A",
        "INC-20260420-a",
        "INC-20260420",
        "INC-20260420-AB",
        "INC-20260420-A-zero-backups",
        "INC-00000101-A",
        "INC-20260420-A\n",
        "\nINC-20260420-A",
        " INC-20260420-A",
        "INC-２0260420-A",
        "INC-20260420-Α",
        "inc-20260420-A",
        "",
    ],
    "decision": [
        "DEC-20260420",
        "DEC-20260420-",
        "DEC-20260420-a_b",
        "DEC-20260420-trailing-",
        "DEC-20260420--double",
        "DEC-20260420-Upper",
        "DEC-20260432-drill",
        "DEC-20260421-D-spot-check",
        "DEC-20260421-E.2",
        "DEC-20260420-é",
    ],
    "evolution": ["EVO-2026-04-20-004", "EVO-2026-0420-4", "EVO-2026-0420-0004", "EVO-001"],
    "finding": [
        "F-2026-0421",
        "F-2026-0421-bucket",
        "F-20260421-BUCKET",
        "F-2026-0230-BUCKET",
        "F-a",
        "F3",
    ],
    "pitfall": ["Probe", "probe_before", "probe-", "-probe", "pitfalls/probe", "probe.md", "pröbe"],
    "handoff": ["HANDOFF-20260421", "HANDOFF-2026-04-31", "handoff-2026-04-21"],
    "brief": ["BRIEF-20260421", "BRIEF-decisions-sought"],
    "adr": ["ADR-178", "ADR-0178-", "ADR-0178_x", "adr-0178", "001-x", "0001", "20200230-x", "x"],
    "runbook": ["RB-1", "RB-00001", "RB-0001-Upper", "runbook"],
    "sop": ["sop", "sop-", "sop_x", "-sop", "Platform-sop", "sops-x"],
    "changelog": ["CL-196", "CL-0196 ", "CL-x"],
    "session-capture": ["2026-01-23", "20260123-x", "2026-01-32-x", "2026-01-23-X"],
    "change": ["CHG-20260518", "CHG-20260532-x", "CHG-379"],
    "review": [
        "review-1064",
        "review-2026-04-20",
        "review-1064-2026-04-31",
        "review-1064-2026-04-20-r",
        "review-1064-2026-04-20-2",
        "review-1064-2026-04-20-rx",
    ],
    "validation": ["validation-postgres-restore", "validation-2026-04-21", "validation"],
    "investigation": ["drift-investigation", "investigation-2026-04-20", "drift-2026-04-20"],
    "ticket": ["ticket-", "ticket-x", "ticket-297-slug", "297", "#297"],
    "phase": ["phase-out", "phase-28", "phase-platform-17B-x", "phase-platform-17bc-x", "Phase 28"],
    "feedback": ["feedback_", "feedback-x", "feedback_a-b", "feedback_Upper", "feedback_a__b"],
    "document": ["", "-x", ".hidden", "a b", "a/b"],
}


@pytest.fixture(scope="module")
def types():
    return load_catalogue(TemplateFiles((shipped_templates(),))).types


@pytest.mark.parametrize(("name", "text"), [(n, text) for n in GOOD for text in GOOD[n]])
def test_an_id_of_its_form_is_accepted_and_written_back(types, name, text):
    assert types[name].match_id(text) is not None
    form = next(form for form in types[name].forms if form.id.match(text))
    assert form.id.fill(form.id.match(text)) == text


@pytest.mark.parametrize(("name", "text"), [(n, text) for n in BAD for text in BAD[n]])
def test_an_id_of_another_form_is_refused(types, name, text):
    assert types[name].match_id(text) is None


def test_every_shipped_type_has_its_good_and_bad_ids_here(types):
    assert set(GOOD) == set(BAD) == set(types)


@pytest.mark.parametrize("name", GOOD)
def test_an_example_for_messages_is_an_id(types, name):
    assert all(form.id.match(form.id.example) for form in types[name].forms)


def test_the_parts_of_an_id_are_known_and_dates_are_iso():
    assert IdPattern("INC-{date:%Y%m%d}-{letter}").match("INC-20260418-B") == {
        "date": "2026-04-18",
        "letter": "B",
    }


def test_a_project_is_as_short_as_it_can_be():
    pattern = IdPattern("phase-{project}-{number}-{slug}")
    found = pattern.match("phase-pal-e-platform-28-python-3-upgrade")
    assert found == {"project": "pal-e-platform", "number": "28", "slug": "python-3-upgrade"}
    assert pattern.match("phase" + "-a" * 9 + "-28-x") is None


def test_a_number_is_filled_with_zeros():
    pattern = IdPattern("EVO-{date:%Y-%m%d}-{seq:3}")
    assert pattern.fill({"date": "2026-04-20", "seq": "4"}) == "EVO-2026-0420-004"


@pytest.mark.parametrize(
    "template",
    [
        "INC-{day}",
        "INC-{date}",
        "INC-{date:%Y%m}",
        "INC-{date:%Y%Y%m%d}",
        "X-{seq}",
        "X-{seq:0}",
        "X-{seq:99}",
        "X-{seq:٣}",
        "X-{letter:3}",
        "X-{slug:5}",
        "X-{",
        "X-}",
        "([A-Z]+)+-{x}",
        "{slug}-{SLUG}-{text}-{snake}",
        "{int}{int}{int}{int}{int}",
        "{folders}a/{folders}{id}.md",
    ],
)
def test_a_template_that_means_nothing_is_refused(template):
    with pytest.raises(PatternError):
        IdPattern(template)


def test_row_48_a_regular_expression_in_a_template_is_plain_text():
    pattern = IdPattern("([A-Z]+)+-{seq:2}")
    assert pattern.match("([A-Z]+)+-07") == {"seq": "07"}
    assert pattern.match("A" * 5000 + "-x") is None


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Zero backups for 74 days", "zero-backups-for-74-days"),
        ("État de Terraform dérivé", "etat-de-terraform-derive"),
        ("Don't panic", "dont-panic"),
        ("  --a__b//c  ", "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("ＦＵＬＬ", "full"),
    ],
)
def test_a_title_becomes_words_joined_by_dashes(title, slug):
    assert slugify(title) == slug


@pytest.mark.parametrize("title", ["備份失敗", "🚒", "!!!"])
def test_a_title_without_letters_becomes_its_hash(title):
    assert len(slugify(title)) == 8
    assert slugify(title) != slugify(title + "x!")


def test_row_45_a_long_title_is_cut_at_a_word_and_stays_apart_from_others():
    one = slugify("word " * 60 + "one")
    other = slugify("word " * 60 + "other")
    assert len(one) <= MAX_SLUG_BYTES
    assert one != other
    assert set(one.split("-")[:-1]) == {"word"}


def test_a_title_of_exactly_the_limit_is_kept_whole():
    assert slugify("x" * MAX_SLUG_BYTES) == "x" * MAX_SLUG_BYTES
    assert slugify("x" * (MAX_SLUG_BYTES + 1)) != "x" * (MAX_SLUG_BYTES + 1)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_every_title_gives_a_slug_that_the_grammar_accepts(title):
    slug = slugify(title)
    assert len(slug.encode()) <= MAX_SLUG_BYTES
    assert IdPattern("{slug}").match(slug) == {"slug": slug}


@settings(max_examples=200, deadline=None)
@given(st.dates(), st.sampled_from("ABCXYZ"), st.integers(0, 999))
def test_what_a_pattern_writes_it_reads_back(day, letter, number):
    pattern = IdPattern("X-{date:%Y-%m%d}-{letter}{seq:3}")
    tokens = {"date": day.isoformat(), "letter": letter, "seq": str(number).zfill(3)}
    assert pattern.match(pattern.fill(tokens)) == tokens


@pytest.mark.parametrize(
    "template", ["{text}-{text}-{text}", "X-{slug}{int}-{slug}{slug}", "{folders}{text}{text}/{id}"]
)
@pytest.mark.parametrize("piece", ["a-", "a/", "1", "A-1-", "X-a-", "X-1"])
def test_row_48_no_template_runs_away_whatever_it_meets(template, piece):
    program = (
        f"from govkb.record_types.id_patterns import IdPattern as P\n"
        f"p = P({template!r})\nprint(p.match({piece!r} * 5000 + '!'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=20)
    assert done.stdout == b"None\n", done.stderr


@pytest.mark.parametrize(
    ("template", "text", "tokens"),
    [
        ("PM-{year}-{seq:3}", "PM-2026-004", {"year": "2026", "seq": "004"}),
        ("R{int}", "R7", {"int": "7"}),
        ("R{int}", "R007", {"int": "007"}),
        ("R{int}", "R", None),
        ("R{int}", "R7a", None),
        ("docs/{folders}{slug}.md", "docs/a.md", {"folders": "", "slug": "a"}),
        ("docs/{folders}{slug}.md", "docs/x/y/a.md", {"folders": "x/y/", "slug": "a"}),
        ("docs/{folders}{slug}.md", "docs//a.md", None),
        ("docs/{folders}{slug}.md", "other/a.md", None),
        ("{date:%d.%m.%Y}", "21.04.2026", {"date": "2026-04-21"}),
        ("{date:%d.%m.%Y}", "31.04.2026", None),
        ("{date:%Y%m%d}", "19000229", None),
        ("{date:%Y%m%d}", "20000229", {"date": "2000-02-29"}),
    ],
)
def test_tokens_of_other_kinds(template, text, tokens):
    assert IdPattern(template).match(text) == tokens


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("drills/DRILL-2026-001.md", True),
        ("drills/vault/2026/DRILL-2026-001.md", True),
        ("drills/DRILL-2026-001/DRILL-2026-001.md", True),
        ("drills/DRILL-2026-002.md", False),
        ("old/2026/DRILL-2026-001/README.md", True),
        ("old/2025/DRILL-2026-001/README.md", False),
        ("DRILL-2026-001.md", False),
    ],
)
def test_a_path_may_have_folders_and_repeats_what_the_id_says(path, fits):
    paths = ("drills/{folders}{id}.md", "old/{year}/{id}/README.md")
    form = Form(IdPattern("DRILL-{year}-{seq:3}"), tuple(IdPattern(p) for p in paths))
    assert form.has_path("DRILL-2026-001", path) is fits


def test_the_folders_of_a_new_record_are_those_that_are_always_there():
    pattern = IdPattern("docs/{folders}{id}.md")
    assert pattern.fill({"id": "ADR-0001"}) == "docs/ADR-0001.md"
    assert pattern.fixed_folder == "docs"
    assert IdPattern("docs/{year}/{id}.md").fixed_folder == "docs"
    assert IdPattern("{folders}{id}.md").fixed_folder == ""


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text("0123456789", min_size=8, max_size=8),
        st.dates().map(lambda day: day.isoformat().replace("-", "")),
    )
)
def test_a_date_counts_if_and_only_if_the_calendar_has_it(digits):
    try:
        day = datetime.strptime(digits, "%Y%m%d").date().isoformat()
    except ValueError:
        day = None
    found = IdPattern("{date:%Y%m%d}").match(digits)
    assert (found["date"] if found else None) == day
