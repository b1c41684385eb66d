"""What pages lead to is there, and every page can be found: on the site and on a forge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml

from govkb.mkdocs_plugin.navigation import named_in

_LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]+)(?:#([^)\s]*))?\)|\]\(#([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
CHECKOUT = Path(__file__).parents[2]
# Rules' pages have a test of their own, and decisions are records.
PAGES = [*sorted(CHECKOUT.glob("docs/*.md")), *sorted(CHECKOUT.glob("*.md"))]


def prose(page: Path) -> str:
    return _CODE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchors of its headings, as forges and MkDocs make them of plain words."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_links_lead_somewhere(page):
    broken = []
    for path, anchor, here in _LINK.findall(prose(page)):
        target = page.parent / path if path else page
        wanted = anchor or here
        if not target.exists():
            broken.append(path)
        elif wanted and target.suffix == ".md" and wanted not in anchors(target):
            broken.append(f"{path}#{wanted}")
    assert broken == []


def navigation() -> dict[str, list[str]]:
    """The pages of each part of the navigation, in their order."""
    text = (CHECKOUT / "mkdocs.yml").read_text("utf-8")
    (top,) = yaml.safe_load(text)["nav"]
    return {kind: list(named_in(of)) for part in top["Documentation"] for kind, of in part.items()}


def test_every_page_is_in_the_navigation_once_by_what_readers_come_for():
    found = navigation()
    assert list(found) == ["Tutorial", "How-to guides", "Reference", "Explanation"]
    named = list(chain(*found.values()))
    pages = {page.name for page in CHECKOUT.glob("docs/*.md")} - {"README.md"}
    assert sorted(named) == sorted({*pages, "rules/README.md"}), "name new pages in mkdocs.yml"


def listed() -> Iterator[tuple[str, list[str]]]:
    for part in prose(CHECKOUT / "docs/README.md").split("\n## ")[1:]:
        yield part.partition(":")[0], re.findall(r"^- \[.*\]\((.*)\)$", part, re.MULTILINE)


def test_the_folder_on_a_forge_lists_what_the_site_has():
    assert dict(listed()) == navigation(), "docs/README.md and mkdocs.yml say the same"
