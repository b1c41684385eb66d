from __future__ import annotations

import pytest

from govkb.reading.body_fields import with_body_fields
from govkb.reading.outline import read_outline
from govkb.record_types.record_type import BodySource


class TypeWith:
    """The one thing that reading asks a type for."""

    def __init__(self, **sources):
        self.from_body = {field: (source,) for field, source in sources.items()}


def fields(text: str, **sources) -> dict[str, object]:
    data = text.encode()
    return with_body_fields({}, data, read_outline(data, 0), TypeWith(**sources))


@pytest.mark.parametrize(
    "line",
    [
        "Date: 2016-02-12",
        "**Date:** 2016-02-12",
        "**Date**: 2016-02-12",
        "- Date: 2016-02-12",
        "* **Date:**   2016-02-12  ",
        "date: 2016-02-12",
    ],
)
def test_a_line_gives_its_value(line):
    text = f"# 1. Title\n\n{line}\n\n## Status\n"
    assert fields(text, date=BodySource(line="Date")) == {"date": "2016-02-12"}


@pytest.mark.parametrize("line", ["Update: 2016-02-12", "The Date: 2016-02-12", "Date 2016-02-12"])
def test_another_line_gives_nothing(line):
    assert fields(f"# T\n\n{line}\n", date=BodySource(line="Date")) == {}


def test_a_section_gives_its_first_line_as_plain_text():
    text = "# T\n\n## Status\n\n**Accepted**\n\nMore.\n\n## Context\n\nRejected\n"
    assert fields(text, status=BodySource(section="Status")) == {"status": "Accepted"}


def test_what_follows_a_phrase_is_what_is_named():
    text = (
        "# T\n\n## Status\n\nSuperseded by [3. Use X](0003-use-x.md)\n\n"
        "Amends 0001-first.md.\n\n## Context\n\nSuperseded by [no](0009-no.md)\n"
    )
    assert fields(
        text,
        superseded_by=BodySource(section="Status", after=("Superseded by", "Superceded by")),
        amends=BodySource(section="Status", after=("Amends",)),
        clarifies=BodySource(section="Status", after=("Clarifies",)),
    ) == {"superseded_by": ["0003-use-x.md"], "amends": ["0001-first.md"]}


def test_frontmatter_comes_first():
    data = b"# T\n\nDate: 2016-02-12\n"
    metadata = {"date": "2020-01-01"}
    found = with_body_fields(
        metadata, data, read_outline(data, 0), TypeWith(date=BodySource(line="Date"))
    )
    assert found == metadata
