"""What a change to the gates asks for less is told; what it asks for more is not."""

from __future__ import annotations

import pytest

from govkb.config import load_config
from govkb.rules.gate_policy import loosened_gates

THEN = """\
[labels]
bare = ["meta"]
required = ["change"]
[[labels.namespaces]]
name = "tier"
values = ["full"]
exclusive = true
required = ["change"]
[changes.artifacts]
log = {files = ["log/*.md", "!log/old.md"], types = ["handoff"]}
[[changes.gates]]
name = "log"
files = ["modules/**", "!modules/x"]
labels = ["risky"]
needs = ["log"]
reviewers = ["team"]
severity = "warning"
[[changes.bypasses]]
label = "docs-only"
gates = ["log"]
only_files = ["*.md"]
[changes.checklist]
sections = ["Risk"]
agent_lines = ["VQ Class"]
[changes.review]
least = 2
agents = ["codex"]
people = ["dj"]
[[changes.traces]]
files = ["scripts/*"]
types = ["adr"]
"""


@pytest.fixture
def loosened(project):
    def find(now):
        configs = [load_config(project({"govkb.toml": text}).root) for text in (THEN, now)]
        return list(loosened_gates(*configs))

    return find


def test_what_stays_as_it_was_is_not_told(loosened):
    assert loosened(THEN) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "log"\n', 'name = "other"\n', "the gate 'log' is gone"),
        ('files = ["modules/**", ', 'files = ["x/**", ', "the gate 'log' asks for less"),
        ('"!modules/x"', '"!modules/x", "!modules/y"', "the gate 'log' asks for less"),
        ('labels = ["risky"]\n', "", "the gate 'log' asks for less"),
        ('reviewers = ["team"]\n', "", "the gate 'log' asks for less"),
        ('"warning"', '"info"', "the gate 'log' asks for less"),
        ('"log/*.md"', '"log/*.md", "*.md"', "other files or records count as the artifact 'log'"),
        (', "!log/old.md"', "", "other files or records count as the artifact 'log' now"),
        ('["handoff"]', '["handoff", "adr"]', "other files or records count as the artifact 'log'"),
        ('["*.md"]', '["*.md", "*.txt"]', "the label 'docs-only' lets changes past gates now"),
        ('sections = ["Risk"]\n', "", "the gate 'checklist' asks for less"),
        ('agent_lines = ["VQ Class"]\n', "", "the gate 'checklist' asks for less"),
        ("least = 2", "least = 1", "the gate 'review' asks for less"),
        ('agents = ["codex"]\n', "", "the gate 'review' asks for less"),
        ('people = ["dj"]', 'people = ["dj", "codex"]', "the gate 'review' asks for less"),
        ('types = ["adr"]', 'types = ["change"]', "the trace of scripts/* is gone or another"),
        ("exclusive = true\n", "", "labels of `tier/` no longer exclude each other"),
        ('exclusive = true\nrequired = ["change"]', "exclusive = true", "no longer required"),
        ('["meta"]\nrequired = ["change"]', '["meta"]', "labels are no longer required"),
    ],
)
def test_whatever_is_asked_less_is_told(loosened, old, new, said):
    now = THEN.replace(old, new)
    if said == "the gate 'log' is gone":
        now = now.replace('gates = ["log"]', 'gates = ["review"]')
    assert now != THEN
    assert any(said in line for line in loosened(now))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["modules/**", ', '["modules/**", "envs/**", '),
        (', "!modules/x"', ""),
        ('["risky"]', '["risky", "prod"]'),
        ('"warning"', '"error"'),
        ('"log/*.md", ', ""),
        ('["Risk"]', '["Risk", "Change Type"]'),
        ("least = 2", "least = 3"),
        ('["codex"]', '["codex", "claude"]'),
        ('values = ["full"]', 'values = ["full", "lite"]'),
        ('["meta"]', '["meta", "new"]'),
    ],
)
def test_what_is_asked_more_is_not_told(loosened, old, new):
    assert THEN.replace(old, new) != THEN
    assert loosened(THEN.replace(old, new)) == []


def test_without_any_label_every_label_is_taken(loosened):
    now = THEN[THEN.index("[changes.artifacts]") :]
    assert loosened(now) == ["no label is declared any more, so that every label is taken"]
