from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import govkb.reading
import govkb.strict_yaml
import govkb.workspace
from govkb.rules import all_rules, find_rule


def _fault_kinds(files: Iterable[Path]) -> set[str]:
    """Every text that is passed as the `kind` of a fault anywhere in these files."""
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    makers = {"ReadFault": 0, "YamlFault": 0} | {
        node.name: [a.arg for a in node.args.args if a.arg != "self"].index("kind")
        for node in nodes
        if isinstance(node, ast.FunctionDef) and "kind" in [a.arg for a in node.args.args]
    }
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    named = {ast.unparse(call.func).rpartition(".")[2]: [] for call in calls}
    for call in calls:
        named[ast.unparse(call.func).rpartition(".")[2]].append(call)
    kinds = [
        argument
        for name, position in makers.items()
        for call in named.get(name, ())
        for argument in call.args[position : position + 1]
    ]
    return {kind.value for kind in kinds if isinstance(kind, ast.Constant)}


RULES = all_rules()
NOT_IN_A_FILE = {"READ016": "who may read a file stands in no file"}
IN_FILES = [rule for rule in RULES if rule.rule.code not in NOT_IN_A_FILE]

SOURCES = (
    *Path(govkb.reading.__path__[0]).glob("*.py"),
    Path(govkb.strict_yaml.__file__),
    Path(govkb.workspace.__path__[0]) / "loading.py",
)
FAULT_KINDS = _fault_kinds(SOURCES)

COMMANDS = {
    *("check", "require", "disallow", "forbid", "ban", "ensure", "use", "avoid", "prefer", "keep"),
    *("must", "should", "dont", "do", "valid", "allow", "ignore", "has", "is", "when", "if"),
}

each_rule = pytest.mark.parametrize("registered", RULES, ids=lambda r: r.rule.code)
each_example = pytest.mark.parametrize("registered", IN_FILES, ids=lambda r: r.rule.code)

_BASE = "base:"
_CHANGE = "change:"


@pytest.fixture
def example(project, fences, git):
    """Makes the project of an example, and says what to compare it with."""

    def make(text):
        made = project()
        files = [f for f in fences(text) if f.path and f.path != _CHANGE]
        before = [fence for fence in files if fence.path.startswith(_BASE)]
        for fence in before:
            replace(fence, path=fence.path.removeprefix(_BASE)).put_below(made.root / "records")
        if before:
            git(made.root).commit()
        for fence in files:
            if fence not in before:
                fence.put_below(made.root / "records")
        return made, "main" if before else None

    return make


@pytest.fixture
def report_of(example, fences, change_report):
    """What is reported of an example: of its change where it has one, else of its records."""

    def report(text):
        made, base = example(text)
        changes = [fence for fence in fences(text) if fence.path == _CHANGE]
        if changes:
            return change_report(made, **yaml.safe_load(changes[0].content)) + made.report(base)
        return made.report(base)

    return report


def test_there_are_rules():
    assert len(RULES) > 30


@each_rule
def test_every_rule_says_what_it_does_why_and_how_to_mend_it(registered):
    assert registered.summary
    assert "\n" not in registered.summary
    assert registered.summary.endswith(".")
    for part in ("What it does", "Why", "Bad", "Good", "Fix"):
        assert registered.parts.get(part), f"{registered.rule.code} lacks the part {part!r}"


@each_rule
def test_a_rules_code_begins_with_its_family_and_ends_in_three_digits(registered):
    prefix, number = registered.rule.code[:-3], registered.rule.code[-3:]
    assert prefix == registered.family.upper()
    assert number.isdigit()


@each_rule
def test_a_rule_is_called_what_its_file_is_called(registered):
    assert registered.module.rpartition(".")[2] == registered.rule.slug.replace("-", "_")


@each_rule
def test_a_rule_is_one_check_or_stands_for_what_reading_comes_upon(registered):
    checks = (
        registered.check_file,
        registered.check_record,
        registered.check_base,
        registered.check_outcome,
    )
    number = sum(check is not None for check in checks)
    assert number == (0 if registered.rule.slug in FAULT_KINDS else 1)


def test_every_fault_of_reading_has_a_rule():
    assert len(FAULT_KINDS) > 10
    slugs = {registered.rule.slug for registered in RULES if registered.stands_for_faults}
    assert slugs == FAULT_KINDS


@pytest.mark.parametrize("name", ["code", "slug"])
def test_no_two_rules_share_a_name(name):
    counted = Counter(getattr(registered.rule, name) for registered in RULES)
    assert [name for name, number in counted.items() if number > 1] == []


@each_rule
def test_a_rule_is_found_by_code_and_by_slug_in_any_letter_case(registered):
    assert find_rule(registered.rule.code.lower()) is registered
    assert find_rule(registered.rule.slug.upper()) is registered


@each_example
def test_the_bad_example_breaks_the_rule(registered, report_of):
    assert f" {registered.rule.code} " in report_of(registered.parts["Bad"])


@each_example
def test_the_good_example_is_clean_under_all_rules(registered, example, report_of):
    made, _ = example(registered.parts["Good"])
    assert list(made.load().records), "the example has no record"
    assert report_of(registered.parts["Good"]) == ""


def test_a_file_that_may_not_be_read_is_told_of(example, monkeypatch):
    registered = find_rule("no-access")
    made, _ = example(registered.parts["Bad"])
    assert made.codes() == []
    _refuse_reading(monkeypatch)
    assert made.codes() == ["READ016"]


def _refuse_reading(monkeypatch):
    """As the operating system does for anybody but its administrator, who may run the tests."""
    trees = pytest.importorskip("govkb.workspace.trees")

    def refuse(path):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(trees, "_read_bytes", refuse)
    monkeypatch.setenv("GOVKB_CACHE_DIR", "")


@each_rule
def test_a_rule_says_whether_it_mends_anything(registered):
    source = Path(sys.modules[registered.module].__file__).read_text("utf-8")
    assert registered.rule.fixable == ("Fix(" in source)


@each_rule
def test_a_rule_says_whether_it_needs_a_base(registered):
    source = Path(sys.modules[registered.module].__file__).read_text("utf-8")
    assert registered.rule.needs_base == bool(re.search(r"base\.(before|past)\b", source))


@each_rule
def test_a_rule_says_whether_it_needs_a_change(registered):
    source = Path(sys.modules[registered.module].__file__).read_text("utf-8")
    assert registered.rule.needs_change == bool(re.search(r"base\.change\b", source))


@each_rule
def test_a_slug_names_a_fault_and_reads_well_after_ignore(registered):
    slug = registered.rule.slug
    words = slug.split("-")
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+){0,4}", slug)
    assert words[0] not in COMMANDS, f"'ignore {slug}' reads like two commands"
    assert words[-1] not in ("check", "rule", "fault", "error", "warning")


@each_rule
def test_a_family_says_what_it_is_about(registered):
    assert registered.family_summary.endswith(".")
