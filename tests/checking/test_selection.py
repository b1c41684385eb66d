from __future__ import annotations

from pathlib import Path

import pytest

from govkb.checking.selection import Asked, selection_of
from govkb.config import Config
from govkb.diagnostics import Diagnostic, Severity
from govkb.errors import ConfigurationError, UsageError
from govkb.rules import all_rules
from govkb.settings import RuleSettings

ALL = {registered.rule.code for registered in all_rules() if not registered.rule.on_request}
FIELD = {code for code in ALL if code.startswith("FIELD")}
REF = {code for code in ALL if code.startswith("REF")}


def selected(rules=None, **asked):
    return selection_of(Config(Path(), rules=RuleSettings(**(rules or {}))), Asked(**asked))


def test_without_a_word_all_rules_are_in_force():
    assert selected().codes == ALL


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ({"select": ("REF",)}, REF),
        ({"select": ("REF002", "ref")}, REF),
        ({"select": ("REF002", "missing-field")}, {"REF002", "FIELD001"}),
        ({"ignore": ("REF",)}, ALL - REF),
        ({"ignore": ("dangling-reference",)}, ALL - {"REF002"}),
        ({"select": ("REF",), "ignore": ("REF002",)}, REF - {"REF002"}),
        ({"select": ("REF002",), "ignore": ("REF",)}, {"REF002"}),
        ({"select": ("REF002",), "ignore": ("REF002",)}, set()),
    ],
)
def test_the_settings_select_and_ignore_and_the_nearer_name_counts(rules, codes):
    assert selected(rules).codes == codes


@pytest.mark.parametrize(
    ("rules", "asked", "codes"),
    [
        ({"select": ("SEC",)}, {"select": ("REF",)}, REF),
        ({"ignore": ("REF002",)}, {"select": ("REF",)}, REF - {"REF002"}),
        ({"ignore": ("REF002",)}, {"select": ("REF002",)}, {"REF002"}),
        ({"ignore": ("REF",)}, {"select": ("dangling-reference",)}, {"REF002"}),
        ({"select": ("REF",)}, {"ignore": ("REF002",)}, REF - {"REF002"}),
        ({"ignore": ("REF001",)}, {"ignore": ("REF002",)}, ALL - {"REF001", "REF002"}),
        ({}, {"select": ("REF",), "ignore": ("REF002",)}, REF - {"REF002"}),
        ({}, {"select": ("REF002",), "ignore": ("REF",)}, {"REF002"}),
    ],
)
def test_the_command_line_has_the_last_word(rules, asked, codes):
    assert selected(rules, **asked).codes == codes


@pytest.mark.parametrize(
    ("rules", "asked", "codes"),
    [
        ({}, {"select": ("FIELD",)}, FIELD),
        ({"select": ("FIELD",)}, {}, FIELD),
        ({"severity": {"FIELD": Severity.ERROR}}, {}, ALL),
        ({}, {"select": ("redundant-value",)}, {"FIELD010"}),
        ({}, {"select": ("FIELD", "FIELD010")}, FIELD | {"FIELD010"}),
        ({"select": ("FIELD", "FIELD010")}, {}, FIELD | {"FIELD010"}),
        ({"severity": {"FIELD010": Severity.ERROR}}, {}, ALL | {"FIELD010"}),
        ({"severity": {"FIELD010": Severity.ERROR}}, {"ignore": ("FIELD010",)}, ALL),
        ({"severity": {"FIELD010": Severity.ERROR}}, {"select": ("REF",)}, REF),
        ({"severity": {"FIELD010": Severity.ERROR}, "select": ("REF",)}, {}, REF),
        ({"severity": {"FIELD010": Severity.ERROR}, "ignore": ("FIELD010",)}, {}, ALL),
        ({"severity": {"REF002": Severity.INFO}, "ignore": ("REF",)}, {}, ALL - REF),
    ],
)
def test_what_runs_on_request_has_to_be_named_itself(rules, asked, codes):
    assert selected(rules, **asked).codes == codes


@pytest.mark.parametrize(
    ("path", "is_in_force"),
    [
        ("records/archive/a.md", False),
        ("records/archive/deep/a.md", False),
        ("records/archived.md", True),
        ("docs/x.md", False),
        ("docs/x/y.md", True),
    ],
)
def test_a_path_takes_rules_out(path, is_in_force):
    rules = {"per_path": {"records/archive/**": ("REF",), "docs/*.md": ("REF002", "SEC")}}
    selection = selected(rules)
    assert selection.is_in_force("REF002", path) == is_in_force
    assert selection.is_in_force("ID001", path)


def test_grades_by_code_slug_and_family_of_which_the_nearer_counts():
    severity = {"REF002": Severity.INFO, "REF": Severity.WARNING, "missing-field": Severity.INFO}
    selection = selected({"severity": severity})
    found = [
        Diagnostic(code, "x", Severity.ERROR, "x.md", "x")
        for code in ("REF002", "REF001", "FIELD001", "ID001")
    ]
    grades = [diagnostic.severity for diagnostic in selection.graded(found)]
    assert grades == [Severity.INFO, Severity.WARNING, Severity.INFO, Severity.ERROR]


@pytest.mark.parametrize(
    "rules",
    [
        {"select": ("REF2",)},
        {"ignore": ("REF2",)},
        {"severity": {"REF2": Severity.INFO}},
        {"per_path": {"docs/**": ("REF2",)}},
    ],
)
def test_an_unknown_name_in_the_settings_names_its_key_and_the_nearest(rules):
    with pytest.raises(ConfigurationError) as caught:
        selected(rules)
    (key,) = rules
    assert f"`rules.{key}" in caught.value.message
    assert "'REF2'" in caught.value.message
    assert caught.value.hint == "did you mean REF002?"


@pytest.mark.parametrize("key", ["select", "ignore"])
def test_an_unknown_name_on_the_command_line_names_its_option(key):
    with pytest.raises(UsageError) as caught:
        selected(**{key: ("dangling-refrence",)})
    assert caught.value.message.startswith(f"--{key} names 'dangling-refrence'")
    assert caught.value.hint == "did you mean dangling-reference?"


def test_a_name_like_none_is_answered_with_where_all_are_listed():
    with pytest.raises(UsageError) as caught:
        selected(select=("xyzzyx",))
    assert caught.value.hint == "`govkb rule` lists all rules"
