from __future__ import annotations

from dataclasses import replace

from govkb import checking
from govkb.config import RuleSettings
from govkb.knowledge_base import Terms

PATH = "records/pitfalls/probe.md"
RECORD = """\
---
id: probe
title: Probe before you classify
enforcement: nonne
relates_to: INC-20260418-Z
---

# Probe

## Pattern

A severity is set from memory.

## Rule

Look.
"""


def test_findings_of_a_file_are_whole_whatever_the_settings_select(project):
    made = project({PATH: RECORD, "govkb.toml": '[rules]\nignore = ["FIELD", "REF"]\n'})
    base = made.load()
    (result,) = base.results
    assert [d.code for d in checking.file_findings(result, base.terms)] == ["FIELD003"]
    assert checking.check(base) == []


def test_findings_of_a_file_depend_on_nothing_but_the_file_and_the_terms(project):
    base = project({PATH: RECORD}).load()
    (result,) = base.results
    terms = Terms(replace(base.config, rules=RuleSettings(ignore=("READ",))), base.catalogue)
    assert checking.file_findings(result, terms) == checking.file_findings(result, base.terms)


def test_findings_of_all_records_together_leave_out_those_of_single_files(project):
    base = project({PATH: RECORD}).load()
    assert [d.code for d in checking.base_findings(base)] == ["REF002"]


def test_a_check_takes_what_is_known_of_files_and_asks_again_where_nothing_is(project):
    base = project({PATH: RECORD}).load()
    assert base.file_findings is not None
    assert checking.check(replace(base, file_findings=None)) == checking.check(base)
    (result,) = base.results
    known = replace(base, file_findings={result.path: ()})
    assert [d.code for d in checking.check(known)] == ["REF002"]


def test_faults_of_reading_are_findings_of_the_file(project):
    base = project({PATH: "---\nid: probe\nid: other\n"}).load()
    (result,) = base.results
    assert [d.code for d in checking.file_findings(result, base.terms)] == ["READ003"]
    assert [d.slug for d in checking.check(base)] == ["unclosed-frontmatter"]
