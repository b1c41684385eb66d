"""Every `FAMILY/slug.md`: input files and the whole report that `govkb check` gives for them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govkb.rules import all_rules, find_rule

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.md"))
FAMILIES = ("id", "field", "state", "sec", "ref")

each_file = pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_rule_of_a_family_has_its_cases(family):
    rules = {r.rule.slug for r in all_rules() if r.family == family}
    assert rules == {file.stem for file in FILES if file.parent.name == family}


@each_file
def test_the_report_is_the_expected_one(file, project, fences, update_golden):
    written = file.read_text("utf-8")
    now = "".join(_with_report(case, project, fences) for case in _cases(written))
    if update_golden:
        file.write_text(now, "utf-8")
    assert now == written, "after a look at the difference: pytest --update-golden"


@each_file
def test_the_rule_is_broken_in_one_of_its_cases_and_kept_in_another(file, project, fences):
    code = find_rule(file.stem).rule.code
    broken = {
        code in _made(case, project, fences).codes()
        for case in _cases(file.read_text("utf-8"))
        if fences(case)
    }
    assert broken == {True, False}


def _cases(text):
    """The pieces of a file, each but the first beginning at a `##` outside its fenced blocks."""
    return re.split(r"^(?=## Case: )", text, flags=re.MULTILINE)


def _made(case, project, fences):
    made = project()
    for fence in fences(case):
        if fence.path:
            fence.put_below(made.root)
    return made


def _with_report(case, project, fences):
    expected = [fence for fence in fences(case) if not fence.path]
    if not expected:
        return case
    (block,) = expected
    report = _made(case, project, fences).report()
    return case[: block.start] + report + case[block.end :]
