from __future__ import annotations

from collections import Counter

import pytest

from govkb.rules import all_rules, find_rule

RULES = all_rules()
WITHOUT_EXAMPLES = {
    "READ016": "who may read a file can't be written down in an example",
    "APP001": "needs a base to compare with: tests/history",
    "APP002": "needs a base to compare with: tests/history",
    "APP003": "needs a base to compare with: tests/history",
    "APP004": "needs a base to compare with: tests/history",
}
WITH_EXAMPLES = [rule for rule in RULES if rule.rule.code not in WITHOUT_EXAMPLES]

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
    assert _module(registered).rpartition(".")[2] == registered.rule.slug.replace("-", "_")


@each_rule
def test_a_rule_is_one_check(registered):
    checks = (registered.check_file, registered.check_record, registered.check_base)
    assert sum(check is not None for check in checks) == 1


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


def _module(registered):
    checks = (registered.check_file, registered.check_record, registered.check_base)
    return next(check.__module__ for check in checks if check is not None)
