"""Every `FAMILY/slug.md`: input files and the whole report that `govkb check` gives for them.

Files at `base:PATH` are committed first; the others are then compared with that commit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from govkb.rules import all_rules, find_rule

_BASE = "base:"
FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.md"))
FAMILIES = ("id", "field", "state", "sec", "ref", "rel", "app", "item", "due", "safe")

FIXABLE = [registered for registered in all_rules() if registered.rule.fixable]

each_file = pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_rule_of_a_family_has_its_cases(family):
    rules = {r.rule.slug for r in all_rules() if r.family == family}
    assert rules == {file.stem for file in FILES if file.parent.name == family}


@pytest.fixture
def made(project, fences, git):
    """Makes the project of a case, and says what to compare it with."""

    def make(case):
        made = project()
        files = [fence for fence in fences(case) if fence.path]
        before = [fence for fence in files if fence.path.startswith(_BASE)]
        for fence in before:
            replace(fence, path=fence.path.removeprefix(_BASE)).put_below(made.root)
        if before:
            git(made.root).commit()
        for fence in before:
            (made.root / fence.path.removeprefix(_BASE)).unlink()
        for fence in files:
            if fence not in before:
                fence.put_below(made.root)
        return made, "main" if before else None

    return make


@each_file
def test_the_report_is_the_expected_one(file, made, fences, update_golden):
    written = file.read_text("utf-8")
    now = "".join(_with_report(case, made, fences) for case in _cases(written))
    if update_golden:
        file.write_text(now, "utf-8")
    assert now == written, "after a look at the difference: pytest --update-golden"


@each_file
def test_the_rule_is_broken_in_one_of_its_cases_and_kept_in_another(file, made, fences):
    code = find_rule(file.stem).rule.code
    broken = set()
    for case in _cases(file.read_text("utf-8")):
        if fences(case):
            project, base = made(case)
            broken.add(code in project.codes(base))
    assert broken == {True, False}


@pytest.mark.parametrize("registered", FIXABLE, ids=lambda r: r.rule.code)
def test_a_rule_that_mends_something_mends_some_of_its_cases(registered, made, fences):
    file = FOLDER / registered.family / f"{registered.rule.slug}.md"
    found = []
    for case in _cases(file.read_text("utf-8")):
        if fences(case):
            project, base = made(case)
            found += [d for d in project.check(base) if d.code == registered.rule.code]
    assert any(diagnostic.fix is not None for diagnostic in found)
    assert any(diagnostic.fix is None for diagnostic in found) or len(found) > 1


def _cases(text):
    """The pieces of a file, each but the first beginning at a `##` outside its fenced blocks."""
    return re.split(r"^(?=## Case: )", text, flags=re.MULTILINE)


def _with_report(case, made, fences):
    expected = [fence for fence in fences(case) if not fence.path]
    if not expected:
        return case
    (block,) = expected
    project, base = made(case)
    return case[: block.start] + project.report(base) + case[block.end :]
