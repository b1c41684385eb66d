from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow


def test_the_tutorial_prints_what_it_says(checkout, reader, holds):
    page = checkout / "docs/tutorial.md"
    assert "$ pip install govkb\n" in page.read_text()
    holds(page)
    site = reader.folder / "my-team/site"
    incident = (site / "r/INC-20260418-A/index.html").read_text()
    assert "INC-20260418-A" in incident
    assert (site / "index.html").is_file()
