from __future__ import annotations

from msgspec.structs import replace

from govkb import checking
from govkb.checking import running
from govkb.knowledge_base import Terms
from govkb.rules import all_rules
from govkb.settings import RuleSettings

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


def test_findings_of_all_records_together_can_be_those_of_some_rules(project):
    base = project({PATH: RECORD}).load()
    assert [d.code for d in checking.base_findings(base, {"REF002"})] == ["REF002"]
    assert list(checking.base_findings(base, {"REF001"})) == []


def test_a_rule_about_all_records_is_not_asked_where_it_is_not_in_force(project, monkeypatch):
    asked = []

    def watched(code):
        return lambda _: asked.append(code) or ()

    codes = [r.rule.code for r in all_rules() if r.check_base is not None]
    monkeypatch.setattr(running, "_base_checks", lambda: {code: watched(code) for code in codes})
    base = project({PATH: RECORD, "govkb.toml": '[rules]\nignore = ["REF"]\n'}).load()
    checking.check(base)
    on_request = {r.rule.code for r in all_rules() if r.rule.on_request}
    assert asked == [c for c in codes if not c.startswith("REF") and c not in on_request]
    assert on_request & set(codes)


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
