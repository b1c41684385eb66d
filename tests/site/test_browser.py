"""The built site of the repository's own records, walked through in a browser."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from dataclasses import dataclass, field

import pytest

from govkb.history import learnings_among
from govkb.mkdocs_plugin.running import build_site
from govkb.workspace import Workspace

pytestmark = pytest.mark.browser

INCIDENT, TITLE = "INC-20260418-B", "Zero backups for 74 days"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@dataclass
class Visitor:
    """A page in a browser, and everything that went wrong on the way."""

    page: object
    home: str
    complaints: list[str] = field(default_factory=list)

    def listen(self):
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        return self

    def go(self, address=""):
        self.page.goto(self.home + address)
        return self

    def search(self, words):
        """The addresses that a search for these words finds, best first."""
        field = self.page.locator("input.md-search__input")
        field.click()
        # The page counts as ready for a search only once its index has been read.
        self.page.wait_for_function(
            "performance.getEntriesByType('resource').some(r => r.name.includes('search_index'))"
        )
        field.fill("")
        field.press_sequentially(words)
        links = self.page.locator(".md-search-result__item > a.md-search-result__link")
        links.first.wait_for()
        return self._settled(links, "all => all.map(link => new URL(link.href).pathname)")

    def _settled(self, locator, expression):
        """What an expression says once it has said it twice: results come in while one types."""
        before = None
        for _ in range(40):
            self.page.wait_for_timeout(300)
            now = locator.evaluate_all(expression)
            if now == before:
                break
            before = now
        return now

    def _console(self, message):
        # A driver that draws without a graphics card says how slow that is.
        if message.type in ("error", "warning") and "GL Driver Message" not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request):
        if not request.url.startswith((self.home, "data:")):
            self.complaints.append(f"another host: {request.url}")

    def _response(self, response):
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="module")
def workspace(checkout):
    return Workspace.open(checkout)


@pytest.fixture(scope="module")
def base(workspace):
    return workspace.load()


@pytest.fixture(scope="module")
def home(workspace, base, tmp_path_factory):
    """The address at which the site is served."""
    site = build_site(workspace, base, tmp_path_factory.mktemp("built") / "site").folder
    handler = functools.partial(_Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def visit(browser, home):
    """Opens the site in a window of its own; at the end nothing must have gone wrong."""
    visitors, contexts = [], []

    def make(viewport=DESKTOP, **options):
        context = browser.new_context(viewport=viewport, **options)
        visitors.append(Visitor(context.new_page(), home).listen())
        contexts.append(context)
        return visitors[-1]

    yield make
    for context in contexts:
        context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def test_from_home_to_a_record_to_a_related_one_and_back_by_its_picture(visit, home):
    page = visit().go().page
    page.locator(".govkb-tiles").get_by_role("link", name="Incidents").click()
    page.wait_for_url(f"{home}incidents/")
    page.get_by_role("link", name=INCIDENT, exact=True).click()
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
    page = visit().go()
    wanted = f"/incidents/{INCIDENT}/"
    assert page.search(INCIDENT)[0] == wanted
    assert page.search(TITLE)[0] == wanted
    learning = learnings_among([base.records_by_id[INCIDENT]])[0]
    assert wanted in page.search(" ".join(_telling_words(learning, base)))[:3]


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
    page.get_by_role("link", name=INCIDENT, exact=True).click()
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
