"""The site by keyboard alone: what Tab reaches can be seen, and nothing holds it."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

INCIDENT, TITLE = "INC-20260418-B", "Zero backups for 74 days"
# What has the focus: where it is, and whether one sees that.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  // The theme shows that a choice of colours has the focus at its label.
  const seen = at.matches(".md-option") ? at.nextElementSibling : at;
  const box = seen.getBoundingClientRect();
  const style = getComputedStyle(seen);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  // The search opens over the whole page, with a place for results in which there are none yet; the
  // way back to the top comes and goes.
  const themes = at.matches(".md-search__input, .md-search__scrollwrap, .md-top");
  const drawn = at.closest("svg") !== null;
  return {
    what: at.outerHTML.slice(0, 160), text: at.textContent.trim(), href: at.getAttribute("href"),
    visible: themes || (box.width > 0 && box.height > 0 && style.visibility === "visible"),
    outlined: themes || drawn || outlined,
  };
}"""
PAGES = ["", "incidents/", f"incidents/{INCIDENT}/", "graph/", "boards/", "timeline/"]


@pytest.fixture(scope="session")
def home(served, reference_site):
    return served(reference_site)


@pytest.fixture
def page(visit, home):
    return visit(home).go().page


def tabs(page, most=400):
    """What Tab reaches one after the other, until it leaves the page."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            return
        yield focus
    pytest.fail(f"Tab does not leave the page after {most} steps: it is at {focus['what']}")


def tab_to(page, is_there):
    return next(focus for focus in tabs(page) if is_there(focus))


@pytest.mark.parametrize("address", PAGES)
def test_all_that_tab_reaches_can_be_seen_and_nothing_holds_it(page, home, address):
    page.goto(home + address)
    if address == "graph/":
        # The still picture goes when the graph is there, and whatever has the focus in it too.
        page.locator("[data-ready]").wait_for()
    reached = list(tabs(page))
    assert len(reached) > 10
    hidden = [focus["what"] for focus in reached if not focus["visible"]]
    unmarked = [focus["what"] for focus in reached if not focus["outlined"]]
    assert not hidden, "\n".join(hidden)
    assert not unmarked, "\n".join(unmarked)


@pytest.mark.parametrize("address", ["", "incidents/", f"incidents/{INCIDENT}/", "boards/"])
def test_the_first_tab_offers_a_way_past_the_navigation(page, home, address):
    page.goto(home + address)
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUS)
    assert "md-skip" in focus["what"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main article') !== null")


def test_from_home_a_record_is_reached_and_opened(page, home):
    tab_to(page, lambda focus: (focus["href"] or "").startswith("incidents/INC-"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}incidents/INC-*/")


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_search_an_id_finds_its_record_and_enter_opens_it(page, home, key):
    page.keyboard.press(key)
    page.wait_for_function("document.activeElement.matches('.md-search__input')")
    page.keyboard.type(INCIDENT)
    first = page.locator(".md-search-result__item a").first
    first.wait_for()
    page.wait_for_function(
        "id => document.querySelector('.md-search-result__item a')?.href.includes(id)", arg=INCIDENT
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}incidents/{INCIDENT}/**")


def test_escape_closes_the_search(page):
    page.keyboard.press("/")
    page.wait_for_function("document.querySelector('#__search').checked")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('#__search').checked")


def test_a_table_is_filtered_and_sorted(page, home):
    page.goto(f"{home}incidents/")
    rows = page.locator("article tbody tr:visible")
    every = rows.count()
    tab_to(page, lambda focus: 'name="text"' in focus["what"])
    page.keyboard.type("backups")
    assert rows.count() == 1
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    assert rows.count() == every
    tab_to(page, lambda focus: focus["text"] == "Id")
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Id")
    page.keyboard.press("Space")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Id")


def test_a_record_is_found_in_the_graph_and_escape_lets_go_of_it(page, home):
    page.goto(f"{home}graph/")
    page.locator(".govkb-explorer:visible").wait_for()
    tab_to(page, lambda focus: 'name="find"' in focus["what"])
    page.keyboard.type(INCIDENT)
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    card = page.locator(".govkb-node-card")
    card.wait_for()
    assert TITLE in card.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_what_the_graph_shows_is_a_list_too(page, home):
    page.goto(f"{home}graph/")
    page.locator(".govkb-explorer:visible").wait_for()
    tab_to(page, lambda focus: "What is shown" in focus["what"])
    page.keyboard.press("Enter")
    page.locator(".govkb-shown li a").first.wait_for()
    there = tab_to(page, lambda focus: (focus["href"] or "").startswith("../"))["href"]
    page.keyboard.press("Enter")
    page.wait_for_url(home + there.removeprefix("../"))
