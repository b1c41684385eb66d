"""What the site answers in two clicks, and what a page is made of."""

from __future__ import annotations

import gzip
import posixpath
from functools import cache
from html.parser import HTMLParser

import pytest

# Each question of whoever reads the site: where its answer stands, and words of it.
QUESTIONS = {
    "What is going on?": ("", "Open incidents"),
    "Which are there?": ("incidents/", "Zero backups for 74 days"),
    "What is it, and is it still true?": ("incidents/INC-20260418-B/", "closed"),
    "Who decided that, and when?": ("decisions/DEC-20260421-F/", "Ratified by"),
    "How does it hang together?": ("graph/", "Every record and how they refer"),
    "What happened when?": ("timeline/", "May 2026"),
    "What did we learn?": ("learnings/", "exit code 0 is its healthy state"),
    "What should I watch for?": ("watch/", "Came back in spite of a barrier"),
    "Where do I start?": ("handoff/", "Top of next session"),
    "What is open, and who has it?": ("boards/", "Open incidents"),
    "Can I trust this base?": ("health/", "every record fits its type"),
    "Has anything been altered?": ("ledger/", "govkb verify --against"),
    "What do the words mean?": ("vocabulary/", "How much harm it did"),
    "What belongs together?": ("tags/", "silent-degradation"),
}


class _Page(HTMLParser):
    """What a page links to and is made of, without scripts."""

    def __init__(self):
        super().__init__()
        self.links, self.headings, self.meta = [], [], {}
        self.language = self.title = None
        self._in_title = False

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(tag[1]))
        elif tag == "html":
            self.language = found.get("lang")
        elif tag == "meta" and "name" in found:
            self.meta[found["name"]] = found.get("content")
        elif tag == "link" and found.get("rel") == "canonical":
            self.meta["canonical"] = found["href"]
        self._in_title = tag == "title" and self.title is None

    def handle_data(self, data):
        if self._in_title:
            self.title, self._in_title = data, False


@pytest.fixture(scope="module")
def look(reference_site):
    """A page of the reference site by its address: its text, and what it is made of."""

    @cache
    def at(address):
        file = reference_site / address
        text = (file / "index.html" if not file.suffix else file).read_text(encoding="utf-8")
        page = _Page()
        page.feed(text)
        return text, page

    return at


@pytest.fixture(scope="module")
def clicks(look, reference_site):
    """How many clicks from home each page is away, up to two."""
    found = {"": 0}
    for step in (1, 2):
        for address in [address for address, away in found.items() if away == step - 1]:
            for href in look(address)[1].links:
                there = posixpath.normpath(posixpath.join("/", address, href.partition("#")[0]))
                there = there.strip("/") + "/" if there != "/" else ""
                if "://" not in href and (reference_site / there / "index.html").is_file():
                    found.setdefault(there, step)
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_in_two_clicks_without_a_script(look, clicks, question):
    address, words = QUESTIONS[question]
    assert clicks.get(address, 3) <= 2
    assert words in look(address)[0]


def test_every_record_is_two_clicks_away(clicks, reference_base):
    folders = {address.rstrip("/").rpartition("/")[2] for address in clicks}
    assert set(reference_base.records_by_id) - folders == set()


def test_every_page_has_a_title_a_language_a_description_and_one_heading_above_all(
    look, reference_site
):
    addresses = {
        file.parent.relative_to(reference_site).as_posix() + "/"
        for file in reference_site.rglob("index.html")
    }
    for address in {address for address in addresses if not address.startswith("r/")}:
        _, page = look("" if address == "./" else address)
        assert page.title and page.meta.get("description") and page.language == "en", address
        assert page.headings.count(1) == 1, address
        # The table of contents, and whoever hears the page, go by them.
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), address


@pytest.mark.browser
@pytest.mark.parametrize(
    "address", ["", "all/", "incidents/INC-20260418-B/", "graph/", "timeline/", "boards/"]
)
def test_a_page_is_light_and_stays_where_it_is(visit, served, reference_site, address):
    visitor = visit(served(reference_site))
    visitor.page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => { if (!entry.hadRecentInput) window.shift += entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    visitor.go(address)
    visitor.page.wait_for_load_state("networkidle")
    asked = [place.partition("?")[0].partition("#")[0] for place in visitor.asked]
    files = [reference_site / (place or "index.html") for place in asked if "search" not in place]
    files = [file / "index.html" if file.is_dir() else file for file in files]
    weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
    assert weight < 200_000
    assert visitor.page.evaluate("window.shift") < 0.01
