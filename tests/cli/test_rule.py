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
    [("REF020", "REF00"), ("dangling-refrence", "dangling-reference"), ("ref02", "REF0")],
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
    lines = outcome.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[r.rule.code, r.rule.slug] for r in all_rules()]


def test_a_rule_is_explained_outside_of_any_project(tmp_path, run_govkb):
    assert run_govkb("rule", "ID001", cwd=tmp_path).code == 0
