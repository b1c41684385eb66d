"""Labels as a taxonomy: a forge's real ones and what is wrong with them, and with those set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govkb.config import load_config
from govkb.queries.labels import taxonomy_of

LABELS = (Path(__file__).parent / "labels-of-a-forge.txt").read_text().split()
STORIES = """\
---
id: project-pal-e-platform
type: document
title: The platform
---

# The platform

| Key | Story | Success metric |
|---|---|---|
| `superuser-deploy` | As a superuser I bootstrap the platform | the plan is empty |
| **superuser-onboard-service** | As a superuser I onboard a service | it has a realm |
"""
STORY_SETTINGS = """\
[[labels.namespaces]]
name = "story"
separator = ":"
values_from = {record = "project-pal-e-platform", column = "key"}
"""
CHANGE = """\
---
id: CHG-20260518-{slug}
title: T
{labels}
---

# T
"""


def as_settings(labels):
    """The taxonomy that somebody writes down who finds these labels."""
    bare = [label for label in labels if not re.search("[/:]", label)]
    spaces = {}
    for label in labels:
        found = re.match(r"([^/:]+)([/:])(.+)", label)
        if found:
            spaces.setdefault(found.groups()[:2], []).append(found[3])
    tables = [
        f'[[labels.namespaces]]\nname = "{name}"\nseparator = "{mark}"\nvalues = {values}\n'
        for (name, mark), values in spaces.items()
    ]
    return f"[labels]\nbare = {bare}\n" + "".join(tables)


def change(slug, *labels):
    path = f"records/changes/CHG-20260518-{slug}.md"
    written = f"labels: [{', '.join(map(repr, labels))}]" if labels else "branch: x"
    return {path: CHANGE.format(slug=slug, labels=written)}


def gate_lines(made):
    return [line for line in made.report().splitlines() if " GATE" in line]


def test_there_are_133_labels_of_which_15_are_bare(project):
    made = project({"govkb.toml": as_settings(LABELS)})
    settings = load_config(made.root).labels
    assert len(LABELS) == 133
    assert len(settings.bare) == 15
    taxonomy = taxonomy_of(settings, made.load())
    assert all(map(taxonomy.has, LABELS))
    assert sum(len(values) for values in taxonomy.values.values()) == 118


def test_what_is_wrong_with_them_is_told(project):
    made = project({"govkb.toml": as_settings(LABELS)})
    assert gate_lines(made) == [
        "govkb.toml warning GATE011 mixed-separators: labels of 'tier' are divided in 2 ways: "
        "`tier/` and `tier:`",
        "govkb.toml warning GATE012 overlapping-namespaces: "
        "`judge/` and `priority:` share p0, p1, p2, p3",
        "govkb.toml warning GATE012 overlapping-namespaces: "
        "`kind/` and `type:` share bug, chore, research",
    ]


def test_one_word_may_mean_two_things_but_not_bare_too(project):
    table = '[[labels.namespaces]]\nname = "%s"\nvalues = ["infra", "%s", "%s"]\n'
    two = table % ("domain", "ci", "docs") + table % ("kind", "bug", "chore")
    assert gate_lines(project({"govkb.toml": two})) == []
    (line,) = gate_lines(project({"govkb.toml": f'[labels]\nbare = ["bug"]\n{two}'}))
    assert line.endswith("overlapping-namespaces: `kind/` and the bare labels share bug")


def test_the_longest_namespace_that_fits_is_that_of_a_label(project):
    settings = '[[labels.namespaces]]\nname = "%s"\nseparator = ":"\nvalues = ["%s"]\n'
    made = project(
        {
            "govkb.toml": settings % ("status", "blocked")
            + settings % ("status:merged", "pending-evidence")
        }
    )
    taxonomy = taxonomy_of(load_config(made.root).labels, made.load())
    assert taxonomy.namespace("status:merged:pending-evidence").name == "status:merged"
    assert taxonomy.namespace("status:merge").name == "status"
    assert taxonomy.namespace("stat") is None
    assert taxonomy.has("status:merged:pending-evidence")
    assert not taxonomy.has("status:merged")


def test_values_come_from_the_table_of_a_record(project, change_report):
    made = project(
        {"govkb.toml": STORY_SETTINGS, "records/documents/project-pal-e-platform.md": STORIES}
    )
    assert change_report(made, labels=["story:superuser-onboard-service"]) == ""
    assert change_report(made, labels=["story:platform-bootstrap"]) == (
        "govkb.toml error GATE008 unknown-label: no label is called 'story:platform-bootstrap'\n"
        "     = did you mean 'story:superuser-deploy'?\n"
    )


def test_values_come_from_the_fields_of_records(project, change_report):
    settings = STORY_SETTINGS.replace('record = "project-pal-e-platform"', 'type = "change"')
    settings = settings.replace('column = "key"', 'field = "branch"')
    made = project({"govkb.toml": settings, **change("a")})
    assert change_report(made, labels=["story:x"]) == ""
    assert "no label is called 'story:y'" in change_report(made, labels=["story:y"])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('record = "nowhere", column = "Key"', "'nowhere' names no record"),
        (
            'record = "project-pal-e-platform", column = "Keys"',
            "no table of project-pal-e-platform has a row with a column 'Keys'",
        ),
        ('type = "adr"', "no record of the type 'adr' has a value in 'id'"),
    ],
)
def test_where_there_are_no_values_the_reason_is_told(project, source, reason):
    settings = re.sub(r"\{.*\}", f"{{{source}}}", STORY_SETTINGS)
    made = project({"govkb.toml": settings, "records/documents/project-pal-e-platform.md": STORIES})
    assert f"GATE013 empty-namespace: labels of `story:` have no values: {reason}" in made.report()


@pytest.mark.parametrize(
    ("label", "advice"),
    [
        ("kind/bugg", "did you mean 'kind/bug'?"),
        ("kind:bug", "did you mean 'kind/bug'?"),
        ("Meta", "did you mean 'meta'?"),
        ("tier/stakced", "did you mean 'tier/stacked'?"),
        ("size/gigantic", "`size/` has large, medium, small, tiny, unknown"),
        ("zzz", "labels are, or begin with: agent/, class/, "),
    ],
)
def test_the_nearest_label_is_named(project, change_report, label, advice):
    made = project({"govkb.toml": as_settings(LABELS)})
    report = change_report(made, labels=[label])
    assert f"no label is called {label!r}" in report
    assert advice in report


def test_labels_of_records_are_checked_where_they_stand(project):
    settings = '[[labels.namespaces]]\nname = "tier"\nvalues = ["full", "lite"]\nexclusive = true\n'
    files = {
        **change("a", "tier/fulll"),
        **change("b", "tier/full", "tier/lite"),
        **change("c", "tier/full"),
    }
    made = project({"govkb.toml": settings, **files})
    assert gate_lines(made) == [
        "records/changes/CHG-20260518-a.md:4:10 error GATE008 unknown-label: "
        "no label is called 'tier/fulll'",
        "records/changes/CHG-20260518-b.md:4:23 error GATE009 conflicting-labels: "
        "of `tier/` only one label can be set, and there are: 'tier/full', 'tier/lite'",
    ]


def test_records_without_a_label_that_their_type_needs_are_told_of(project, change_report):
    settings = (
        '[labels]\nbare = ["meta"]\nrequired = ["change"]\n'
        '[[labels.namespaces]]\nname = "tier"\nvalues = ["full"]\nrequired = ["change"]\n'
    )
    made = project({"govkb.toml": settings, **change("a"), **change("b", "meta")})
    said = "GATE010 missing-label: it has no label of `tier/`, and its type 'change' needs one"
    assert sum(said in line for line in gate_lines(made)) == 2
    assert f"govkb.toml warning {said}" in change_report(made, labels=[])
    assert change_report(made, labels=["tier/full"]) == ""
    only_some = project(
        {"govkb.toml": settings.replace('required = ["change"]\n[[', "[["), **change("a")}
    )
    assert len(gate_lines(only_some)) == 1
    any_label = project({"govkb.toml": settings.rpartition("required")[0], **change("a")})
    assert "it has no label, and its type 'change' needs at least one" in any_label.report()


def test_without_a_taxonomy_nobody_is_told_which_labels_to_use(project):
    assert gate_lines(project(change("a", "whatever"))) == []
