"""The graph's page in a browser: found, focused, filtered, moved by keyboard, and still."""

from __future__ import annotations

import os
import re

import pytest

from govkb.mkdocs_plugin.running import build_site
from govkb.site import graph_page
from govkb.template_files import browser_file
from govkb.workspace import Workspace

pytestmark = pytest.mark.browser

INCIDENT, TITLE = "INC-20260418-B", "Zero backups for 74 days"
_CAMERA = 'document.querySelector("[data-govkb-graph]").govkb.sigma.getCamera().getState()'
_SHOWN = 'document.querySelector("[data-govkb-graph]").govkb.shown'
_COLOURS = """() => {
  const picture = document.querySelector("[data-govkb-graph]").govkb;
  const from = picture.sigma.getCanvases().nodes;
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [from.width, from.height];
  const context = copy.getContext("2d");
  // Before the browser has shown a picture, and not after, it can be read.
  picture.sigma.once("afterRender", () => context.drawImage(from, 0, 0));
  picture.sigma.refresh();
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  const seen = new Set();
  for (let n = 0; n < data.length; n += 4) {
    if (data[n + 3] === 255) seen.add(data.slice(n, n + 3).join());
  }
  return seen.size;
}"""

# How many labels there are, how many of them stand over another, and how many over a node.
_LABELS = """() => {
  const picture = document.querySelector("[data-govkb-graph]").govkb;
  picture.sigma.refresh();
  const { labels } = picture;
  const over = (others) => (one) => others.some((other) => one !== other
    && one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom);
  const found = [labels, picture.obstacles()].map((others) => labels.filter(over(others)));
  return [labels.length, ...found.map((hidden) => hidden.length)];
}"""


@pytest.fixture(scope="module")
def base(reference_base):
    return reference_base


@pytest.fixture(scope="module")
def site(reference_site):
    if browser_file("govkb-graph.js") is None:
        reason = "the script of the graph was not bundled: install npm, then govkb"
        if os.environ.get("GOVKB_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return reference_site


@pytest.fixture(scope="module")
def home(site, served):
    return served(site)


@pytest.fixture
def graph(visit, home):
    """The page once the graph can be used."""

    def make(fragment="", **options):
        page = visit(home, reduced_motion="reduce", **options).go(f"graph/{fragment}").page
        page.locator("[data-ready]").wait_for()
        return page

    return make


def focus(page, words=INCIDENT):
    page.locator("[name=find]").fill(words)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".govkb-node-card h2").wait_for()


def count(page, what="nodes"):
    return page.evaluate(f"{_SHOWN}.{what}.reduce((a, b) => a + b, 0)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_canvas_shows_the_types_in_their_colours(graph, base, scheme):
    page = graph(color_scheme=scheme)
    types = {record.type.name for record in base.records_by_id.values() if record.type}
    # More types than colours are told apart by their shapes.
    assert page.evaluate(_COLOURS) >= min(len(types), 8)
    assert not page.locator("[data-govkb-still]").first.is_visible()
    assert count(page) == len(base.records_by_id)
    assert count(page, "edges") == len(base.graph.relations)


def test_labels_stand_over_nothing_else(graph):
    labels, over_labels, over_nodes = graph().evaluate(_LABELS)
    assert labels > 3
    assert over_labels == over_nodes == 0


def test_where_all_is_crowded_a_few_labels_stand_over_nodes(graph):
    page = graph(viewport={"width": 390, "height": 900})
    labels, over_labels, over_nodes = page.evaluate(_LABELS)
    assert labels >= 3 >= over_nodes
    assert over_labels == 0


def test_a_record_is_found_by_its_title_and_its_card_leads_to_its_page(graph):
    page = graph()
    focus(page, "zero backups")
    card = page.locator(".govkb-node-card")
    assert TITLE in card.inner_text()
    assert "Incident" in card.inner_text()
    assert "closed" in card.locator(".govkb-mark").inner_text()
    assert f"focus={INCIDENT}" in page.url
    card.locator("h2 a").click()
    page.wait_for_url(f"**/incidents/{INCIDENT}/")


def test_one_goes_on_from_card_to_card_and_back_to_the_whole_by_keyboard(graph):
    page = graph()
    focus(page)
    button = page.locator(".govkb-node-card li button").first
    other = button.inner_text()
    button.press("Enter")
    assert page.locator(".govkb-node-card h2").inner_text() == other
    page.keyboard.press("Escape")
    assert not page.locator(".govkb-node-card").is_visible()
    before = page.evaluate(_CAMERA)
    assert page.evaluate("document.activeElement.matches('.govkb-canvas')")
    for key, axis in (("ArrowRight", "x"), ("ArrowUp", "y"), ("+", "ratio")):
        page.keyboard.press(key)
        page.wait_for_function(f"{_CAMERA}.{axis} !== {before[axis]}")


def test_a_click_on_a_shape_opens_its_card(graph):
    page = graph(viewport={"width": 1280, "height": 1200})
    at = page.evaluate(
        """(id) => {
          const { sigma, records } = document.querySelector("[data-govkb-graph]").govkb;
          const { x, y } = sigma.getNodeDisplayData(String(records.numbers.get(id)));
          const place = sigma.framedGraphToViewport({ x, y });
          const box = sigma.getContainer().getBoundingClientRect();
          return [place.x + box.left, place.y + box.top];
        }""",
        INCIDENT,
    )
    page.mouse.click(*at)
    page.locator(".govkb-node-card h2").wait_for()
    assert page.locator(".govkb-node-card h2").inner_text() == INCIDENT


def test_depth_shows_a_record_and_those_so_many_steps_away(graph, base):
    page = graph()
    focus(page)
    beside = {INCIDENT}
    for depth in (1, 2):
        page.locator("[name=depth]").select_option(str(depth))
        relations = base.graph.relations
        near = {r.target for r in relations if r.source in beside}
        beside |= near | {r.source for r in relations if r.target in beside}
        assert count(page) == len(beside)


def test_filters_choose_by_type_status_relation_and_time_and_the_address_keeps_them(graph, base):
    page = graph()
    records = base.records_by_id.values()
    box = page.get_by_role("checkbox", name=re.compile("^Decisions"))
    box.uncheck()
    others = [r for r in records if r.type is None or r.type.name != "decision"]
    assert count(page) == len(others)
    page.locator("[name=status]").select_option("closed")
    closed = [r for r in others if r.status == "closed"]
    assert count(page) == len(closed) > 0
    page.reload()
    page.locator("[data-ready]").wait_for()
    assert count(page) == len(closed)
    page.get_by_role("button", name="Show everything").click()
    page.wait_for_function(f"{_SHOWN}.count === {len(base.records_by_id)}")

    page.locator("[name=from]").fill("2026-04-21")
    dated = count(page)
    assert 0 < dated < len(base.records_by_id)
    page.locator("[name=from]").fill("")
    page.locator("[name=relation]").select_option("Mentions")
    mentions = [r for r in base.graph.relations if r.kind is None]
    assert count(page, "edges") == len(mentions)
    assert count(page) == len({end for r in mentions for end in (r.source, r.target)})


def test_what_is_shown_can_be_read_as_a_list(graph):
    page = graph(f"#?focus={INCIDENT}&depth=1")
    page.get_by_text("What is shown, as a list").click()
    lines = page.locator(".govkb-shown li")
    lines.first.wait_for()
    assert lines.count() == count(page)
    assert TITLE in page.locator(".govkb-shown").inner_text()


def test_the_picture_follows_from_light_to_dark(graph):
    page = graph(color_scheme="light")
    look = 'document.querySelector("[data-govkb-graph]").govkb.look.back'
    before = page.evaluate(look)
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.wait_for_function(f"{look} !== '{before}'")


def test_from_disk_the_picture_stands_still_and_says_why(browser, site):
    page = browser.new_page()
    page.goto((site / "graph" / "index.html").as_uri())
    page.locator("[data-govkb-note]", has_text="opened from disk").wait_for()
    assert page.locator("article svg a").count() > 20
    assert not page.locator(".govkb-explorer").is_visible()
    page.close()


def test_without_the_script_the_picture_stands_still_and_says_why(
    browser, checkout, base, tmp_path, monkeypatch
):
    monkeypatch.setattr(graph_page, "browser_file", lambda name: None)
    site = build_site(Workspace.open(checkout), base, tmp_path / "site").folder
    page = browser.new_page()
    page.goto((site / "graph" / "index.html").as_uri())
    assert page.get_by_text("This picture stands still").is_visible()
    assert page.locator("article svg a").first.is_visible()
    assert not (site / graph_page.SCRIPT).exists()
    page.close()
