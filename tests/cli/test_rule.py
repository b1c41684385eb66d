from __future__ import annotations

import pytest

from govkb.rules import all_rules


@pytest.mark.parametrize("name", ["REF002", "ref002", "dangling-reference"])
def test_a_rule_is_explained_by_code_or_slug(project, run_govkb, name):
    outcome = run_govkb("rule", name, cwd=project().root)
    assert outcome.code == 0
    assert outcome.stdout.startswith("REF002 dangling-reference (error)\n")
    for part in ("What it does", "Why", "Bad", "Good", "Fix"):
        assert f"\n\n{part}\n\n  " in outcome.stdout
    assert outcome.stdout.count("relates_to: INC-20260418-Z") == 1


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("REF020", "REF0"), ("dangling-refrence", "dangling-reference"), ("ref02", "REF0")],
)
def test_an_unknown_rule_ends_with_2_and_a_suggestion(project, run_govkb, name, suggestion):
    outcome = run_govkb("rule", name, cwd=project().root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert f"no rule is called '{name}'" in outcome.stderr
    assert f"did you mean {suggestion}" in outcome.stderr


def test_a_rule_like_none_is_answered_with_the_list(project, run_govkb):
    outcome = run_govkb("rule", "xyzzy", cwd=project().root)
    assert outcome.code == 2
    assert "`govkb rule` lists all rules" in outcome.stderr


def test_without_a_name_every_rule_is_listed(project, run_govkb):
    outcome = run_govkb("rule", cwd=project().root)
    assert outcome.code == 0
    lines = [line for line in outcome.stdout.splitlines() if line.startswith("  ")]
    assert [line.split()[:3] for line in lines] == [
        [r.rule.code, r.rule.slug, r.rule.severity] for r in all_rules()
    ]


@pytest.mark.parametrize("name", ["REF", "ref"])
def test_a_family_is_listed_by_its_name(project, run_govkb, name):
    outcome = run_govkb("rule", name, cwd=project().root)
    first, *lines = outcome.stdout.splitlines()
    assert first == "REF  References between records."
    assert [line.split()[0] for line in lines] == [
        r.rule.code for r in all_rules() if r.family == "ref"
    ]


def test_it_is_said_whether_a_rule_mends_anything_and_what_it_needs(project, run_govkb):
    shown = run_govkb("rule", "READ022", cwd=project().root).stdout
    assert "`govkb check --fix` mends some of what it finds." in shown
    assert "--base REF" in run_govkb("rule", "APP001", cwd=project().root).stdout
    assert "mends" not in run_govkb("rule", "REF002", cwd=project().root).stdout


def test_a_rule_is_explained_outside_of_any_project(tmp_path, run_govkb):
    assert run_govkb("rule", "ID001", cwd=tmp_path).code == 0
