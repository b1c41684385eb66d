from __future__ import annotations

import pytest

from govkb.record_types import Classification

GATE = """type: gate
label: Gate
purpose: Something that must hold before the next step.
id: "GATE-{letter}"
path: "gates/{id}.md"
fields:
  level: {type: integer}
  ledger: {}
  since: {$ref: "#/$defs/day"}
classifications:
"""


@pytest.fixture
def catalogue(project):
    def make(declared):
        return project({"templates/gate/type.yaml": GATE + declared}).open().catalogue

    return make


def test_what_is_left_out_is_not_demanded(catalogue):
    made = catalogue("  level: {history: ledger}\n").types["gate"]
    assert made.classifications == (Classification("level", "ledger"),)


def test_a_type_says_what_is_told_where_and_since_when(catalogue):
    declared = "  level: {history: ledger, filed: since, probe: required, stale_after: 10}\n"
    made = catalogue(declared).types["gate"]
    assert made.classifications == (Classification("level", "ledger", "since", True, 10),)


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("  leval: {history: ledger}\n", "the field 'leval' is not declared"),
        ("  level: {history: lodger}\n", "the field 'lodger' is not declared"),
        ("  level: {history: ledger, filed: sinse}\n", "the field 'sinse' is not declared"),
        ("  level: {probe: required}\n", "`classifications.level` lacks `history`"),
        (
            "  level: {history: ledger, stale_after: 0}\n",
            "`classifications.level.stale_after` is 0; it must be at least 1",
        ),
        (
            "  level: {history: ledger, probe: always}\n",
            "`classifications.level.probe` is 'always'",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(catalogue, declared, message):
    (fault,) = catalogue(declared).faults
    assert message in fault.message
    assert fault.line == 11
