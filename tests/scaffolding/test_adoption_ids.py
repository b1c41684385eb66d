from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.record_types.id_patterns import IdPattern
from govkb.scaffolding.adoption.id_shapes import id_shapes


@pytest.mark.parametrize(
    ("ids", "templates"),
    [
        (["ADR-0001", "ADR-0002"], ["ADR-{seq:4}"]),
        (["ADR-0001-use-x", "ADR-0002-drop-y"], ["ADR-{seq:4}-{slug}"]),
        (["ADR-0001-use-x", "ADR-0002-Use-Kong"], ["ADR-{seq:4}-{text}"]),
        (["ADR-0001", "ADR-0002-use-x"], ["ADR-{seq:4}", "ADR-{seq:4}-{slug}"]),
        (["0001-use-x", "0002-drop-y"], ["{seq:4}-{slug}"]),
        (["1-use-x", "12-drop-y"], ["{int}-{slug}"]),
        (["2026-01-23-it-works", "2026-01-24-it-broke"], ["{date:%Y-%m-%d}-{slug}"]),
        (["20240301-use-x"], ["{date:%Y%m%d}-{slug}"]),
        (["session_2026_01_17_01"], ["session_{date:%Y_%m_%d}_{slug}"]),
        (["INC-20260418-A", "INC-20260418-B"], ["INC-{date:%Y%m%d}-{letter}"]),
        (["F-2026-0421-BACKUP-BUCKET"], ["F-{date:%Y-%m%d}-{SLUG}"]),
        (["2026-01-use-x", "2026-02-drop-y", "2027-12-go"], ["{year}-{month}-{slug}"]),
        (["2026-01-use-x", "2026-13-drop-y"], ["{year}-{seq:2}-{slug}"]),
        (["INC-2026-001", "INC-2026-002", "INC-2027-001"], ["INC-{year}-{seq:3}"]),
        (["2025-review", "2026-review"], ["{year}-{slug}"]),
        (["2025-review", "2026-04-drop-y"], ["{year}-{month}-{slug}", "{year}-{slug}"]),
        (["RFC-1999-x", "RFC-2119-y"], ["RFC-{seq:4}-{slug}"]),  # one of them is no year
        (["probe-first", "look-twice"], ["{slug}"]),
        (["EMOJI_POLICY", "README"], ["{text}"]),
    ],
)
def test_ids_have_the_narrowest_template_that_all_of_them_fit(ids, templates):
    assert [shape.template for shape in id_shapes(ids)] == templates


@pytest.mark.parametrize(
    ("record_id", "template"),
    [
        (
            "BR-0001-02-01-26-06",
            "BR-{seq:4}-{slug}",
        ),  # a build number, not 1 February of the year 1
        ("20261399-x", "{seq:8}-{slug}"),  # no calendar has the day
        ("v2-plan", "{slug}"),
    ],
)
def test_what_only_looks_like_a_date_is_none(record_id, template):
    assert [shape.template for shape in id_shapes([record_id])] == [template]


def test_ids_that_no_template_can_say_have_no_shape():
    assert id_shapes(["Büro", "two words", "a/b", ""]) == []


def test_the_shape_of_most_ids_comes_first_and_mere_words_last():
    shapes = id_shapes(["index", "overview", "notes", "ADR-0001", "RB-0001", "RB-0002"])
    assert [shape.template for shape in shapes] == ["RB-{seq:4}", "ADR-{seq:4}", "{slug}"]


@given(st.lists(st.text(alphabet="AZaz09-_.", max_size=12), max_size=12))
def test_every_id_with_a_shape_fits_its_template(ids):
    for shape in id_shapes(ids):
        assert shape.ids
        assert all(IdPattern(shape.template).match(record_id) for record_id in shape.ids)


@given(st.lists(st.from_regex(r"[A-Z]{2,4}-[0-9]{4}(-[a-z]{1,5}){0,2}", fullmatch=True)))
def test_the_order_of_the_ids_changes_nothing(ids):
    assert id_shapes(ids) == id_shapes(reversed(ids))
