from __future__ import annotations

import pytest

from govkb.reading.body_fields import found_in_body, with_body_fields
from govkb.reading.outline import read_outline
from govkb.record_types import load_catalogue
from govkb.record_types.body_sources import BodySource
from govkb.template_files import TemplateFiles


@pytest.fixture(scope="module")
def adr(checkout):
    return load_catalogue(TemplateFiles.for_repository(checkout / "nowhere")).types["adr"]


class TypeWith:
    """The one thing that reading asks a type for."""

    def __init__(self, **sources):
        self.from_body = {field: (source,) for field, source in sources.items()}


def fields(record_type, text, **metadata):
    data = text.encode()
    found = with_body_fields(metadata, data, read_outline(data, 0), record_type)
    return {name: value for name, value in found.items() if name not in metadata}


@pytest.mark.parametrize(
    "line",
    [
        "Date: 2016-02-12",
        "date: 2016-02-12",
        "**Date:** 2016-02-12",
        "**Date**: 2016-02-12",
        "- Date: 2016-02-12",
        "* **Date:**   2016-02-12  ",
    ],
)
def test_a_line_gives_its_value_in_any_of_its_looks(adr, line):
    assert fields(adr, f"# A\n\n{line}\n\n## Context\n\nB.\n") == {"date": "2016-02-12"}


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\nUpdate: 2016-02-12\n",
        "# A\n\nThe Date: 2016-02-12\n",
        "# A\n\nDate 2016-02-12\n",
        "# A\n\n## Context\n\nB.\n\n## Decision\n\nDate: 2016-02-12\n",
        "# A\n\nDate:\n",
    ],
)
def test_other_lines_say_nothing_about_the_record(adr, text):
    assert fields(adr, text) == {}


def test_a_section_gives_its_first_line_as_plain_text(adr):
    assert fields(adr, "# A\n\n## Status\n\n\n**Accepted**\n\nLast week.\n") == {
        "status": "Accepted"
    }
    text = "# A\n\n## Status\n\nAccepted\n\n## Context\n\nRejected\n"
    assert fields(adr, text) == {"status": "Accepted"}
    assert fields(adr, "# A\n\n## Status\n\n## Context\n\nRejected\n") == {}


def test_the_first_place_that_says_something_counts(adr):
    text = "# A\n\nStatus: proposed\n\n## Status\n\nAccepted\n"
    assert fields(adr, text) == {"status": "Accepted"}


def test_what_the_frontmatter_says_is_never_overruled(adr):
    assert fields(adr, "# A\n\n## Status\n\nAccepted\n", status="proposed") == {}
    assert fields(adr, "# A\n\nDate: 2016-02-12\n", date="2017-01-01") == {}


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("Superseded by [4. X](0004-x.md)", ["0004-x.md"]),
        ("Superceded by [4. X](0004-x.md)", ["0004-x.md"]),
        ("superseded by ADR-0004.", ["ADR-0004"]),
        ("Superseded by ADR-0004, last week", ["ADR-0004"]),
        (
            "Superseded by [4](0004-x.md)\n\nSuperseded by [5](0005-y.md)",
            ["0004-x.md", "0005-y.md"],
        ),
        ("Superseded by [4](0004-x.md)\n\nSuperseded by [4](0004-x.md)", ["0004-x.md"]),
    ],
)
def test_the_link_or_word_after_a_phrase_names_the_other(adr, status, names):
    found = fields(adr, f"# A\n\n## Status\n\n{status}\n")
    assert found["superseded_by"] == names
    assert adr.statuses.canonical(found["status"]) == "superseded"


def test_only_what_stands_in_the_section_is_named():
    text = (
        "# T\n\n## Status\n\nSuperseded by [3. Use X](0003-use-x.md)\n\n"
        "Amends 0001-first.md.\n\n## Context\n\nSuperseded by [no](0009-no.md)\n"
    )
    with_sources = TypeWith(
        superseded_by=BodySource(section="Status", after=("Superseded by", "Superceded by")),
        amends=BodySource(section="Status", after=("Amends",)),
        clarifies=BodySource(section="Status", after=("Clarifies",)),
    )
    expected = {"superseded_by": ["0003-use-x.md"], "amends": ["0001-first.md"]}
    assert fields(with_sources, text) == expected


def test_another_field_can_say_two_things(adr):
    assert fields(adr, "# A\n", status="superseded by ADR-0123") == {"superseded_by": ["ADR-0123"]}


@pytest.mark.parametrize("status", ["superseded", "supersededby x", "accepted by DJ", ""])
def test_a_status_that_only_begins_alike_is_no_other(adr, status):
    assert fields(adr, "# A\n", status=status) == {}
    assert adr.statuses.canonical(status) in (status or None, None)


def test_each_value_is_known_by_its_bytes(adr):
    text = "# Über\n\n- Date: 2016-02-12\n\n## Status\n\nAmends [é](0001-é.md) and more\n"
    data = text.encode()
    for field, shown in {"date": "2016-02-12", "amends": "[é](0001-é.md)"}.items():
        (found,) = found_in_body({}, data, read_outline(data, 0), adr.from_body[field])
        assert data[found.start : found.end].decode() == shown


SPLIT = BodySource("Canary status", split=("state", "note"))


@pytest.mark.parametrize(
    ("line", "canary"),
    [
        ("missing — no runner", {"state": "missing", "note": "no runner"}),
        ("missing—no runner", {"state": "missing", "note": "no runner"}),
        (
            "missing - Lite/script PR; no smoke",
            {"state": "missing", "note": "Lite/script PR; no smoke"},
        ),
        ("**pass** – all green", {"state": "pass", "note": "all green"}),
        ("pass -- all green - at last", {"state": "pass", "note": "all green - at last"}),
        ("pass", {"state": "pass"}),
        ("not-run", {"state": "not-run"}),
    ],
)
def test_a_line_can_be_split_at_its_dashes(line, canary):
    text = f"# A\n\nCanary status: {line}\n\n## Context\n\nB.\n"
    assert fields(TypeWith(canary=SPLIT), text) == {"canary": canary}


def test_each_part_of_a_line_has_its_place():
    data = "# A\n\nCanary status: missing — **no** runner\n".encode()
    (found,) = found_in_body({}, data, read_outline(data, 0), (SPLIT,))
    cut = {key: data[slice(*found.extent_of(key))].decode() for key in ("state", "note", "other")}
    assert cut == {
        "state": "missing",
        "note": "**no** runner",
        "other": "missing — **no** runner",
    }
