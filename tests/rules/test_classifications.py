"""A chain of steps that are each probed says nothing; one that is broken anywhere is reported."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkb.config import Config
from govkb.knowledge_base import Terms
from govkb.reading import read_record
from govkb.record_types import load_catalogue
from govkb.rules.moments import day_of, is_before
from govkb.rules.state import (
    broken_classification,
    unprobed_classification,
    unrecorded_classification,
)
from govkb.template_files import TemplateFiles, shipped_templates

FILED = date(2026, 1, 5)
VALUES = ("critical", "high", "medium", "low", "unclassified")

moderately = settings(max_examples=200, deadline=None)
days = st.integers(0, 40).map(timedelta)


@st.composite
def chains(draw):
    """Steps from the filing on, each with its own probe."""
    value, day, steps = draw(st.sampled_from(VALUES)), FILED, []
    for _ in range(draw(st.integers(1, 6))):
        day += draw(days)
        seen = day - timedelta(draw(st.integers(0, (day - FILED).days)))
        to = draw(st.sampled_from(VALUES))
        hour = draw(st.sampled_from(["", "T23:59:59Z"]))
        steps.append(
            {
                "at": f"{day}{hour}",
                "from": value,
                "to": to,
                "by": "reviewer",
                "probe": {"what": "the token", "observed_at": f"{seen}", "result": "as it is"},
            }
        )
        if hour:  # so that a step of the same day never comes before it
            day += timedelta(1)
        value = to
    return steps


def _other(value):
    return VALUES[(VALUES.index(value) + 1) % len(VALUES)]


def _shifted(moment, by):
    return str(date.fromisoformat(moment[:10]) + timedelta(by))


# Each takes the steps and the number of one of them, and breaks its link.
BREAKS = {
    "it ends elsewhere": lambda steps, n: steps[n].update(to=_other(steps[n]["to"])),
    "no probe": lambda steps, n: steps[n].pop("probe"),
    "empty probe": lambda steps, n: steps[n].update(probe={}),
    "nobody": lambda steps, n: steps[n].pop("by"),
    "no beginning": lambda steps, n: steps[n].pop("from"),
    "nothing looked at": lambda steps, n: steps[n]["probe"].pop("what"),
    "nothing seen": lambda steps, n: steps[n]["probe"].pop("result"),
    "no day of the probe": lambda steps, n: steps[n]["probe"].pop("observed_at"),
    "a probe of before the filing": lambda steps, n: steps[n]["probe"].update(
        observed_at=_shifted(str(FILED), -1)
    ),
    "a probe of after the change": lambda steps, n: steps[n]["probe"].update(
        observed_at=_shifted(steps[n]["at"], 1)
    ),
    "a day before the filing": lambda steps, n: steps[n].update(at=_shifted(str(FILED), -1)),
}


@pytest.fixture(scope="module")
def terms():
    catalogue = load_catalogue(TemplateFiles((shipped_templates(),)))
    return Terms(Config(root=shipped_templates()), catalogue)


@pytest.fixture(scope="module")
def read(terms):
    """Makes the record with these steps and this severity."""

    def make(steps, severity):
        frontmatter = {
            "id": "INC-20260105-A",
            "title": "Token",
            "severity": severity,
            "detected": str(FILED),
            "classification": steps,
        }
        lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in frontmatter.items())
        text = f"---\n{lines}---\n\n# Token\n"
        path = "incidents/INC-20260105-A-token.md"
        return read_record(f"records/{path}", path, text.encode(), terms.catalogue).record

    return make


@pytest.fixture(scope="module")
def reported(terms, read):
    """The codes that such a record gets, and what its type's schema refuses."""

    def report(steps, severity):
        record = read(steps, severity)
        found = [d.code for d in broken_classification.check_record(record, terms)]
        found += [d.code for d in unprobed_classification.check_record(record, terms)]
        return found + [fault.kind for fault in record.field_faults]

    return report


@pytest.fixture(scope="module")
def compared(read):
    """The codes of a record, given as steps and severity, that was another in the base."""

    def compare(before, after):
        records = [{record.id: record} for record in (read(*before), read(*after))]
        base = SimpleNamespace(before=records[0], records_by_id=records[1])
        return [d.code for d in unrecorded_classification.check_base(base)]

    return compare


@moderately
@given(chains())
def test_any_chain_of_probed_steps_is_fine(reported, steps):
    assert reported(steps, steps[-1]["to"]) == []


@pytest.mark.parametrize("kind", BREAKS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_breaking_any_link_is_reported(reported, kind, data):
    steps = data.draw(chains())
    severity = steps[-1]["to"]
    broken = copy.deepcopy(steps)
    BREAKS[kind](broken, data.draw(st.integers(0, len(steps) - 1)))
    assert reported(broken, severity)


@moderately
@given(st.data())
def test_a_step_that_is_taken_out_leaves_a_gap(reported, data):
    steps = data.draw(chains().filter(lambda steps: len(steps) > 1))
    severity = steps[-1]["to"]
    number = data.draw(st.integers(1, len(steps) - 1))
    without = steps[:number] + steps[number + 1 :]
    closes = steps[number]["from"] == steps[number]["to"]  # a mere confirmation leaves none
    assert bool(reported(without, severity)) == (not closes)


@moderately
@given(chains(), st.sampled_from(VALUES))
def test_the_value_is_what_the_last_step_says(reported, steps, value):
    assert ("STATE009" in reported(steps, value)) == (value != steps[-1]["to"])


def _value(steps, number):
    """The severity before a step, or after the last one."""
    return steps[number]["from"] if number < len(steps) else steps[-1]["to"]


@moderately
@given(st.data())
def test_whatever_is_added_to_a_chain_tells_of_every_change(compared, data):
    steps = data.draw(chains())
    merged = data.draw(st.integers(0, len(steps)))
    before = steps[:merged], _value(steps, merged)
    assert compared(before, (steps, steps[-1]["to"])) == []
    untold = before[0], _other(before[1])
    assert compared(before, untold) == ["STATE011"]


@moderately
@given(st.data())
def test_no_merged_step_can_be_changed_or_taken_out(compared, data):
    steps = data.draw(chains())
    number = data.draw(st.integers(0, len(steps) - 1))
    changed = copy.deepcopy(steps)
    changed[number]["by"] = "somebody else"
    before = steps, steps[-1]["to"]
    assert compared(before, (changed, before[1])) == ["STATE011"]
    without = steps[:number] + steps[number + 1 :]
    assert compared(before, (without, before[1])) == ["STATE011"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-04-20", "2026-04-21"),
        ("2026-04-20", "2026-04-21T00:00:00Z"),
        ("2026-04-20T23:59:59Z", "2026-04-21"),
        ("2026-04-21T10:00:00+02:00", "2026-04-21T08:00:01Z"),
        ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_one_moment_is_before_another(one, other):
    assert is_before(one, other)
    assert not is_before(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2026-04-21", "2026-04-21T08:00:00Z"), ("2026-04-21T10:00:00+02:00", "2026-04-21T08:00:00Z")],
)
def test_neither_of_two_is_before_the_other(one, other):
    assert not is_before(one, other)
    assert not is_before(other, one)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-02-30", "2026-04-21 or so", "20260421", "2026-04-21T25:00:00Z"]
)
def test_what_is_no_day_and_no_moment_has_no_day(text):
    assert day_of(text) is None


def test_a_moment_has_the_day_that_is_written_there():
    assert day_of("2026-04-21T23:30:00-05:00") == date(2026, 4, 21)
