"""Gates and labels as the settings declare them: what can't be used is refused with its place."""

from __future__ import annotations

import pytest

from govkb.config import load_config
from govkb.errors import ConfigurationError

ARTIFACT = '[changes.artifacts]\nadr = {types = ["adr"]}\n'
GATE = '[[changes.gates]]\nname = "adr"\nfiles = ["modules/**"]\nneeds = ["adr"]\n'
NAMESPACE = '[[labels.namespaces]]\nname = "kind"\n'


def settings(project, text):
    return load_config(project({"govkb.toml": text}).root)


def test_what_is_declared_is_what_counts(project):
    config = settings(
        project,
        f"{ARTIFACT}{GATE}"
        '[[changes.bypasses]]\nlabel = "typo-fix"\ngates = ["adr", "checklist"]\nmost_lines = 50\n'
        "[changes.checklist]\n[changes.review]\nleast = 2\n"
        '[[changes.traces]]\nfiles = ["scripts/*"]\ntypes = ["adr"]\n'
        f'{NAMESPACE}values = ["bug"]\nexclusive = true\n[labels]\nbare = ["meta"]\n',
    )
    assert config.changes.number == 4
    assert config.changes.bypasses[0].most_lines == 50
    assert config.changes.review.least == 2
    assert [n.prefix for n in config.labels.namespaces] == ["kind/"]
    assert config.labels.bare == ("meta",)


def test_without_any_there_are_none(project):
    config = settings(project, "")
    assert config.changes.number == 0
    assert not config.labels.are_declared


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[changes]\ngate = 1", "unknown setting `changes.gate`"),
        (f'{ARTIFACT}{GATE}neds = ["x"]', "unknown setting `changes.gates[0].neds`"),
        ('[[changes.gates]]\nfiles = ["a"]\nneeds = []', "`changes.gates[0].name` is missing"),
        ('[[changes.gates]]\nname = "x"\nneeds = ["y"]', "`changes.gates[0].files` is missing"),
        ('[[changes.gates]]\nname = "x"\nfiles = ["y"]', "`changes.gates[0].needs` is missing"),
        (GATE, "names 'adr', and no artifact is called that"),
        (ARTIFACT + GATE + GATE, "has two that are called 'adr'"),
        (GATE.replace('"adr"', '"review"'), "is 'review', which is the name of another kind"),
        (GATE.replace("modules/**", "["), "holds '[', which can't be used as a glob"),
        (f'{ARTIFACT}{GATE}severity = "fatal"', "is 'fatal'; it can be error, warning, info"),
        ("[changes.artifacts]\nadr = {}", "`changes.artifacts.adr.files` is missing"),
        ("[changes.artifacts]\nadr = 1", "`changes.artifacts.adr` must be a table"),
        ('[[changes.bypasses]]\nlabel = "x"', "`changes.bypasses[0].gates` is missing"),
        (
            '[[changes.bypasses]]\nlabel = "x"\ngates = ["checklst"]',
            "names 'checklst', and no gate is called that",
        ),
        (
            '[[changes.bypasses]]\nlabel = "x"\ngates = ["review"]\nmost_lines = -1',
            "must be a whole number, 0 or more, not -1",
        ),
        ("[changes.review]\nleast = true", "must be a whole number, 0 or more, not True"),
        ('[[changes.traces]]\nfiles = ["x"]', "`changes.traces[0].types` is missing"),
        ("[changes]\nchecklist = 1", "`changes.checklist` must be a table"),
        (NAMESPACE, "`labels.namespaces[0].values` is missing"),
        ("[[labels.namespaces]]\nvalues = ['x']", "`labels.namespaces[0].name` is missing"),
        (f'{NAMESPACE}values = ["a"]\n' * 2, "`labels.namespaces` declares 'kind/' twice"),
        (f"{NAMESPACE}values_from = {{}}", "or `type` has to be given, and not both"),
        (f'{NAMESPACE}values_from = {{record = "x"}}', "is the heading of a column"),
        (
            f'{NAMESPACE}values_from = {{record = "x", column = "K", field = "id"}}',
            "is a field of the records of a `type`",
        ),
        (f'{NAMESPACE}values_from = {{type = "adr", x = 1}}', "unknown setting"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(project, text, said):
    with pytest.raises(ConfigurationError) as refused:
        settings(project, text)
    assert said in refused.value.message


def test_the_name_that_was_meant_is_told(project):
    with pytest.raises(ConfigurationError) as refused:
        settings(project, '[[changes.bypasses]]\nlabel = "x"\ngates = ["checklst"]')
    assert refused.value.hint == "did you mean 'checklist'?"


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        ('[[changes.gates]]\nname = "x"\nfile = ["a"]\nneeds = ["y"]', "gates[0].file", "files"),
        ('[[changes.gates]]\nnam = "x"\nfiles = ["a"]\nneeds = ["y"]', "gates[0].nam", "name"),
        ('[[changes.gates]]\nname = "x"\nfiles = ["a"]\nneed = ["y"]', "gates[0].need", "needs"),
        ('[changes.artifacts]\nadr = {file = ["a"]}', "artifacts.adr.file", "files"),
        ('[[changes.bypasses]]\nlabels = "x"\ngates = ["y"]', "bypasses[0].labels", "label"),
        ('[[changes.traces]]\nfiles = ["x"]\ntype = ["y"]', "traces[0].type", "types"),
    ],
)
def test_a_key_that_is_nearly_right_is_told_before_the_one_that_is_missing(
    project, text, key, meant
):
    with pytest.raises(ConfigurationError) as refused:
        settings(project, text)
    assert f"unknown setting `changes.{key}`" in refused.value.message
    assert f"`changes.{key.rpartition('.')[0]}.{meant}`" in refused.value.hint
