from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

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
WITHOUT_EXAMPLES = {
    "READ016": "who may read a file can't be written down in an example",
    "APP001": "needs a base to compare with: tests/history",
    "APP002": "needs a base to compare with: tests/history",
    "APP003": "needs a base to compare with: tests/history",
    "APP004": "needs a base to compare with: tests/history",
    "APP005": "needs a base to compare with: tests/history",
    "STATE004": "needs a base to compare with: tests/rules/state",
    "STATE008": "needs a base to compare with: tests/rules/state",
}
WITH_EXAMPLES = [rule for rule in RULES if rule.rule.code not in WITHOUT_EXAMPLES]

SOURCES = (
    *Path(govkb.reading.__path__[0]).glob("*.py"),
    Path(govkb.strict_yaml.__file__),
    Path(govkb.workspace.__path__[0]) / "loading.py",
)
FAULT_KINDS = _fault_kinds(SOURCES)

each_rule = pytest.mark.parametrize("registered", RULES, ids=lambda r: r.rule.code)
each_example = pytest.mark.parametrize("registered", WITH_EXAMPLES, ids=lambda r: r.rule.code)


@pytest.fixture
def example(project, fences):
    def make(text):
        made = project()
        for fence in fences(text):
            fence.put_below(made.root / "records")
        return made

    return make


def test_there_are_rules():
    assert len(RULES) > 30


@each_rule
def test_every_rule_says_what_it_does_why_and_how_to_mend_it(registered):
    assert registered.summary
    assert "\n" not in registered.summary
    assert registered.summary.endswith(".")
    for part in ("What it does", "Why", "Fix"):
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


@each_rule
def test_a_rule_has_examples_or_a_reason_for_having_none(registered):
    has_examples = "Bad" in registered.parts and "Good" in registered.parts
    assert has_examples != (registered.rule.code in WITHOUT_EXAMPLES)


@each_example
def test_the_bad_example_breaks_the_rule(registered, example):
    assert registered.rule.code in example(registered.parts["Bad"]).codes()


@each_example
def test_the_good_example_is_clean_under_all_rules(registered, example):
    made = example(registered.parts["Good"])
    assert list(made.load().records), "the example has no record"
    assert made.report() == ""
