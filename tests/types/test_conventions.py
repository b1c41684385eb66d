"""What the shipped types ask for beyond fields and sections that are always required."""

from __future__ import annotations

import re

import pytest

PACK = """\
---
id: CHG-20260513-backup-before-apply
title: Back up before applying
TIER---

# Back up before applying

## Canary Context Pack
"""
LITE = (
    "Product story",
    "What changed",
    "Why it changed",
    "Runtime evidence",
    "Known constraints",
    "Explicit out-of-scope",
    "Requested decision",
    "Merge blockers",
)
FULL = (*LITE[:3], "Files touched", "Relevant context", *LITE[3:])


def change(project, sections, tier=None, text="Text."):
    pack = PACK.replace("TIER", f"tier: {tier}\n" if tier else "")
    body = "".join(f"\n### {name}\n\n{text}\n" for name in sections)
    end = "\n## Spec sources read\n\n- `modules/*/module.yaml`\n"
    path = "records/changes/CHG-20260513-backup-before-apply.md"
    return [(d.slug, d.message) for d in project({path: pack + body + end}).check()]


@pytest.mark.parametrize("tier", ["lite", "stacked", "full", None])
def test_a_full_pack_serves_every_tier(project, tier):
    assert change(project, FULL, tier) == []


def test_a_lite_change_needs_neither_files_nor_context(project):
    assert change(project, LITE, "lite") == []


@pytest.mark.parametrize("tier", ["stacked", "full", None])
def test_every_other_change_needs_both(project, tier):
    found = change(project, LITE, tier)
    assert [slug for slug, _ in found] == ["missing-section"] * 2
    assert re.findall('section "(.*?)" is', " ".join(message for _, message in found)) == [
        "Files touched",
        "Relevant context",
    ]


@pytest.mark.parametrize("number", range(len(FULL)))
def test_each_section_of_the_pack_must_be_there(project, number):
    (found,) = change(project, FULL[:number] + FULL[number + 1 :])
    assert (found[0], FULL[number] in found[1]) == ("missing-section", True)


def test_the_sections_stand_in_the_declared_order(project):
    swapped = (*FULL[:2], "Files touched", "Why it changed", *FULL[4:])
    assert [slug for slug, _ in change(project, swapped)] == ["misordered-section"]


def test_what_stands_between_them_is_free(project):
    sections = (*FULL[:3], "Class mapping table", *FULL[3:], "Test plan")
    assert change(project, sections) == []


def test_a_section_of_comments_is_empty(project):
    found = change(project, FULL, text="<!-- later -->")
    assert [slug for slug, _ in found] == ["empty-section"] * len(FULL)


TICKET = """\
---
id: ticket-297
title: The plan is not empty
kind: KIND
---

# The plan is not empty

## What Broke

There is something to apply.

## Acceptance Criteria

- [ ] The plan is empty.
"""


@pytest.mark.parametrize(("kind", "missing"), [("bug", 2), ("chore", 0), ("policy", 0)])
def test_only_bugs_must_be_repeatable(project, kind, missing):
    made = project({"records/tickets/ticket-297.md": TICKET.replace("KIND", kind)})
    assert [d.slug for d in made.check()] == ["missing-section"] * missing


CAPTURE = """\
# V1 milestone: ephemeral deploy success

**Agent:** Ava
**Date:** 2026-01-23
**Timestamp:** 2026-01-23T07:30:00Z
**Branch:** feature/tf-state

## Scope

- The first deploy.

## Work Summary

- It works.
"""
PLAIN = "records/session_capture/2026-01-23-v1-milestone-ephemeral-deploy-success.md"


def test_a_session_capture_needs_no_frontmatter(project):
    made = project({PLAIN: CAPTURE})
    assert made.report() == ""
    (record,) = made.load().records
    assert record.type.name == "session-capture"
    assert record.id == "2026-01-23-v1-milestone-ephemeral-deploy-success"
    assert record.title == "V1 milestone: ephemeral deploy success"
    fields = ("agent", "date", "timestamp", "branch")
    expected = ["Ava", "2026-01-23", "2026-01-23T07:30:00Z", "feature/tf-state"]
    assert [record.metadata[field] for field in fields] == expected


def test_its_day_is_that_of_the_file(project):
    made = project({PLAIN: CAPTURE.replace("**Date:** 2026-01-23", "**Date:** 2026-01-24")})
    assert made.report().startswith(f"{PLAIN}:4:11 error ID007 id-contradicts-field")


def test_a_feedback_rule_needs_no_frontmatter(project):
    text = "# Never write the production database\n\n## Rule\n\nNever write to it.\n"
    made = project({"records/memory/feedback_never_write_prod_db.md": text})
    assert made.report() == ""
    (record,) = made.load().records
    assert (record.type.name, record.status) == ("feedback", "active")


PHASE = """\
---
id: ID
title: A phase
RELATION---

# A phase

## Goal

A goal.

## Acceptance criteria

- [ ] One.
"""


def phases(project, *ids, relates_to):
    relation = f'relates_to: "{relates_to}"\n'
    texts = {i: PHASE.replace("ID", i).replace("RELATION", "") for i in ids}
    texts[ids[0]] = PHASE.replace("ID", ids[0]).replace("RELATION", relation)
    made = project({f"records/phases/{i}.md": text for i, text in texts.items()})
    return [d.slug for d in made.check()], made.load().graph.outgoing.get(ids[0], ())


def test_a_phase_goes_by_its_number_where_only_one_has_it(project):
    one, two = "phase-pal-e-platform-28-keycloak-smtp", "phase-platform-17b-tf-state-governance"
    slugs, edges = phases(project, one, two, relates_to="17b")
    assert (slugs, [edge.target for edge in edges]) == ([], [two])


def test_a_number_of_two_phases_is_never_chosen_from(project):
    ids = ("phase-a-1-x", "phase-b-2-x", "phase-c-2-x")
    slugs, edges = phases(project, *ids, relates_to="2")
    assert (slugs, list(edges)) == (["ambiguous-reference"], [])


RUNBOOK = """\
---
id: RB-0001
title: Unseal the vault
status: active
---

# Unseal the vault

## Trigger

It is sealed.

## Mitigation

Unseal it.
"""


def test_an_active_runbook_says_who_owns_it_how_to_see_that_it_is_over_and_whom_to_call(project):
    made = project({"records/runbooks/RB-0001-unseal-the-vault.md": RUNBOOK})
    found = made.check()
    assert {d.slug for d in found} == {"unmet-demand"}
    words = " ".join(d.message for d in found)
    assert all(word in words for word in ("owner", "Verification", "Escalation"))
    draft = RUNBOOK.replace("active", "draft")
    assert project({"records/runbooks/RB-0001-unseal-the-vault.md": draft}).check() == []
