"""A vocabulary names no status that no type has."""

from __future__ import annotations

import pytest

from govkb.record_types.declarations import read_declaration
from govkb.record_types.status_words import check_status_words
from govkb.template_files import TemplateFiles, shipped_templates

DRILL = """\
type: drill
label: Drill
purpose: A disaster that was held on purpose.
id: "DRILL-{seq:4}"
path: "drills/{id}.md"
relations: [replaces]
"""
STATUS = "status: {initial: idea, idea: [held], held: [], synonyms: {thought: idea}}\n"


@pytest.fixture
def faults(project):
    """What is wrong with a vocabulary that says this about `replaces`: (line, message, hint)."""

    def find(said, drill=DRILL + STATUS, settings=""):
        vocabulary = f"relations:\n  replaces:\n    label: Replaces\n{said}"
        files = {"templates/vocabulary.yaml": vocabulary, "templates/drill/type.yaml": drill}
        made = project({**files, **({"govkb.toml": settings} if settings else {})})
        return [(f.line, f.message, f.hint) for f in made.open().catalogue.faults if not f.type]

    return find


def test_a_status_that_no_type_has_is_a_fault_where_it_stands(faults):
    assert faults("    void_while: [idea, helt]\n") == [
        (4, "no type has the status 'helt'", "did you mean 'held'?")
    ]
    ((line, message, _),) = faults("    void_while: [idea]\n    target_status: [nowhere-near]\n")
    assert (line, message) == (5, "no type has the status 'nowhere-near'")


def test_a_synonym_and_a_status_of_a_type_that_is_not_in_force_are_statuses(faults):
    said = "    void_while: [thought, mitigated]\n    target_status: [superseded]\n"
    assert faults(said) == []
    assert faults(said, settings='types = ["decision"]\n') == []


def test_where_any_text_is_a_status_nothing_is_said(faults):
    assert faults("    void_while: [helt]\n", drill=DRILL) == []
    assert faults("    target_status: [helt]\n", drill=DRILL) == []
    assert faults("    targets: [decision]\n    target_status: [helt]\n", drill=DRILL) != []


@pytest.mark.parametrize("drill", ["status: [", "status: 1\n", "- 1\n"])
def test_a_type_that_cannot_be_read_may_have_it(faults, drill):
    assert faults("    void_while: [helt]\n", drill=drill) == []


def test_govkbs_own_vocabulary_names_one_status_that_only_repositories_have():
    vocabulary = read_declaration(shipped_templates() / "vocabulary.yaml")
    check_status_words(vocabulary, TemplateFiles((shipped_templates(),)))
    assert [fault.message for fault in vocabulary.faults] == ["no type has the status 'archived'"]
