"""Every kind of page as axe sees it: light, dark, and on a phone.

axe comes with the package axe-playwright-python; its rules are those of WCAG 2.2 AA and what axe
calls best practice.
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

INCIDENT = "incidents/INC-20260418-B/"
PAGES = [
    "",
    "all/",
    "incidents/",
    INCIDENT,
    "decisions/DEC-20260421-A/",
    "pitfalls/probe-before-classify/",
    "findings/F-2026-0421-BACKUP-BUCKET-NAME-MISMATCH/",
    "handoffs/HANDOFF-2026-04-21/",
    "briefs/BRIEF-20260421-decisions-sought/",
    "graph/",
    "timeline/",
    "learnings/",
    "watch/",
    "handoff/",
    "boards/",
    "health/",
    "ledger/",
    "tags/",
    "vocabulary/",
    "404.html",
    "tutorial/",
    "write-a-type/",
    "commands/",
]
PHONE = {"width": 390, "height": 844}
VIEWS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": PHONE},
}
# The narrowest window that WCAG asks for, and letters of twice the size on a small screen.
REFLOW = {"narrow": (320, ""), "large letters": (640, "200%")}
# A script of the page itself may not add a style sheet: the policy forbids it.
LETTERS = "size => document.documentElement.style.setProperty('font-size', size, 'important')"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the theme itself makes, by the place where axe finds it.
THEME = {".md-code__nav": "one landmark, always of the same name, for each block of code"}


@pytest.fixture(scope="session")
def axe():
    """What axe finds on a page, as lines: the rule, where, and why."""
    from axe_playwright_python.sync_playwright import Axe

    checker = Axe()

    def run(page):
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = checker.run(
            page, context={"exclude": [[place] for place in THEME]}, options=options
        )
        return [
            f"{violation['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]

    return run


@pytest.fixture(scope="session")
def home(served, reference_site):
    return served(reference_site)


@pytest.mark.long
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_any_page(visit, home, axe, view):
    visitor = visit(home, **VIEWS[view])
    found = []
    for address in PAGES:
        visitor.go(address)
        found += [f"{address}: {violation}" for violation in axe(visitor.page)]
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("view", REFLOW)
def test_no_page_has_to_be_scrolled_sideways(visit, home, view):
    width, size = REFLOW[view]
    visitor = visit(home, viewport={"width": width, "height": 800})
    wide = {}
    for address in PAGES:
        visitor.go(address)
        if size:
            visitor.page.evaluate(LETTERS, size)
        if wider := visitor.page.evaluate(WIDER):
            wide[address] = wider
    assert wide == {}
