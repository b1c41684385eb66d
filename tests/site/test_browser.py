"""The built site of the repository's own records, walked through in a browser."""

from __future__ import annotations

import functools
import re

import pytest

from govkb.history import learnings_among

pytestmark = pytest.mark.browser

INCIDENT, TITLE = "INC-20260418-B", "Zero backups for 74 days"
PHONE = {"width": 390, "height": 844}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def base(reference_base):
    return reference_base


@pytest.fixture(scope="module")
def home(reference_site, served):
    return served(reference_site)


@pytest.fixture
def visit(visit, home):
    return functools.partial(visit, home)


def search(page, words):
    """The addresses that a search for these words finds, best first."""
    field = page.locator("input.md-search__input")
    field.click()
    # The page counts as ready for a search only once its index has been read.
    page.wait_for_function(
        "performance.getEntriesByType('resource').some(r => r.name.includes('search_index'))"
    )
    field.fill("")
    field.press_sequentially(words)
    links = page.locator(".md-search-result__item > a.md-search-result__link")
    links.first.wait_for()
    # Results come in while one types: what is found is what is found twice.
    before = None
    for _ in range(40):
        page.wait_for_timeout(300)
        now = links.evaluate_all("all => all.map(link => new URL(link.href).pathname)")
        if now == before:
            break
        before = now
    return now


def test_from_home_to_a_record_to_a_related_one_and_back_by_its_picture(visit, home):
    page = visit().go().page
    page.locator(".govkb-tiles").get_by_role("link", name="Incidents").click()
    page.wait_for_url(f"{home}incidents/")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.wait_for_url(f"{home}incidents/{INCIDENT}/")
    assert page.locator("h1").inner_text().endswith(TITLE)
    assert "74 days" in page.locator("article").inner_text()

    page.locator("#relations ~ * a", has_text="DEC-20260421-F").first.click()
    page.wait_for_url(f"{home}decisions/DEC-20260421-F/")

    node = page.locator(f'svg a[href$="incidents/{INCIDENT}/"]').first
    assert TITLE in node.locator("title").first.text_content()
    node.locator("circle, polygon").click()
    page.wait_for_url(f"{home}incidents/{INCIDENT}/")


def test_a_search_finds_a_record_by_its_id_its_title_and_the_words_of_a_learning(visit, base):
    page = visit().go().page
    wanted = f"/incidents/{INCIDENT}/"
    assert search(page, INCIDENT)[0] == wanted
    assert search(page, TITLE)[0] == wanted
    learning = learnings_among([base.records_by_id[INCIDENT]])[0]
    assert wanted in search(page, " ".join(_telling_words(learning, base)))[:3]


def _telling_words(learning, base):
    """The two words of a learning that the fewest records have."""
    texts = [record.source.data.decode() for record in base.records]
    words = set(re.findall(r"[a-z]{5,}", learning.entry.text))
    return sorted(words, key=lambda word: (sum(word in text for text in texts), word))[:2]


def test_a_learning_leads_to_its_place_in_its_record(visit, home, base):
    page = visit().go("learnings/").page
    link = page.locator(f'main a[href*="incidents/{INCIDENT}/#l-"]').first
    anchor = link.get_attribute("href").partition("#")[2]
    link.click()
    page.wait_for_url(f"{home}incidents/{INCIDENT}/#{anchor}")
    texts = [found.entry.text for found in learnings_among([base.records_by_id[INCIDENT]])]
    assert any(text[12:40] in page.locator(f"#{anchor}").inner_text() for text in texts)


def test_an_index_is_filtered_and_sorted_and_its_address_remembers(visit):
    page = visit().go("incidents/").page
    rows = page.locator("article tbody tr:visible")
    every = rows.count()
    page.locator("form input[name=text]").fill("backups")
    assert rows.count() == 1
    page.reload()
    assert rows.count() == 1
    page.locator("form input[name=text]").fill("")
    assert rows.count() == every
    page.get_by_role("button", name="Id").click()
    ids = [text.split()[0] for text in rows.locator("td:first-child").all_inner_texts()]
    assert ids == sorted(ids)


def test_a_record_and_its_entries_can_be_cited(visit, home):
    page = visit(permissions=["clipboard-read", "clipboard-write"]).go().page
    page.goto(f"{home}incidents/{INCIDENT}/")
    copied = "navigator.clipboard.readText()"
    page.get_by_role("button", name="Cite").click()
    page.get_by_text("Copied to clipboard").first.wait_for()
    assert page.evaluate(copied) == f"[{INCIDENT}]({home}r/{INCIDENT}/)"
    entry = page.locator("a.govkb-entry").first
    entry.click()
    assert page.url == f"{home}incidents/{INCIDENT}/#{entry.inner_text().lower()}"
    assert page.evaluate(copied) == page.url


def test_a_record_says_how_long_ago_its_days_are(visit):
    page = visit().go(f"incidents/{INCIDENT}/").page
    day = page.locator('.govkb-card time[datetime="2026-02-03"]')
    assert day.inner_text() == "2026-02-03"
    assert re.fullmatch(r"(\d+|last|next) (years?|months?)( ago)?", day.get_attribute("title"))


def test_without_scripts_everything_can_be_read(visit):
    visitor = visit(java_script_enabled=False)
    page = visitor.go("incidents/").page
    assert page.locator("article tbody tr:visible").count() > 5
    page.get_by_role("link", name=TITLE, exact=True).click()
    assert page.locator("h1").inner_text().endswith(TITLE)
    visitor.go("graph/")
    assert page.locator("article svg a").count() > 20


def test_a_record_is_reached_by_keyboard_alone(visit):
    page = visit().go(f"incidents/{INCIDENT}/").page
    wanted = "document.activeElement.closest('svg') && document.activeElement.getAttribute('href')"
    for _ in range(200):
        page.keyboard.press("Tab")
        if href := page.evaluate(wanted):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{href.replace('../', '')}")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "incidents/",
        "pitfalls/",
        "decisions/",
        f"incidents/{INCIDENT}/",
        "incidents/INC-20260420-A/",
        "decisions/DEC-20260421-F/",
        "handoffs/HANDOFF-2026-04-21/",
        "pitfalls/probe-before-classify/",
        "graph/",
        "learnings/",
    ],
)
def test_no_page_is_wider_than_a_phone(visit, address):
    assert visit(PHONE).go(address).page.evaluate(WIDER) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(visit, scheme):
    """WCAG 2.2 AA asks for 4.5 to 1; Material's own faint text is not ours to judge."""
    page = visit(color_scheme=scheme).go(f"incidents/{INCIDENT}/").page
    ratios = page.evaluate(_CONTRAST)
    assert ratios
    assert {text: ratio for text, ratio in ratios.items() if ratio < 4.5} == {}


_CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = (colour, under) => {
    canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (channels) => {
    const [r, g, b] = channels.map((c) => {
      c /= 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = getComputedStyle(document.body).backgroundColor;
  const found = {};
  const ours = "article [class*=govkb], article dt, article dd";
  for (const element of document.querySelectorAll(ours)) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || element.closest("svg")) continue;
    const a = light(rgb(getComputedStyle(element).color, behind));
    const b = light(rgb(behind, behind));
    const text = element.textContent.trim().slice(0, 40);
    found[text] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }
  return found;
}"""


@pytest.mark.parametrize(
    "address",
    [
        f"records/incidents/{INCIDENT}-zero-backups.md",
        f"incidents/{INCIDENT.lower()}/",
        f"old/place/{INCIDENT.replace('0418', '0481')}.html",
    ],
)
def test_an_address_that_leads_nowhere_offers_the_record_whose_id_it_has(visit, home, address):
    visitor = visit()
    page = visitor.page
    missing = page.request.get(f"{home}404.html").text()
    page.route(home + address, lambda route: route.fulfill(body=missing, content_type="text/html"))
    visitor.go(address)
    page.locator(".govkb-missing").get_by_role("link", name=INCIDENT, exact=True).click()
    page.wait_for_url(f"{home}incidents/{INCIDENT}/")


def test_every_overview_is_one_click_from_home_and_fits_a_phone(visit, home):
    visitor = visit(viewport=PHONE).go()
    page = visitor.page
    places = page.locator(".govkb-places a").evaluate_all("all => all.map(a => a.href)")
    assert len(places) == 9
    for place in places:
        page.goto(place)
        assert page.evaluate(WIDER) <= 0, place
