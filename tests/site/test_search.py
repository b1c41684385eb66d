"""The search as people use it: the real index of the repository's own records, in a browser."""

import json
import re
from pathlib import Path

import pytest

from govkb.history import learnings_among
from govkb.mkdocs_plugin.running import build_site

SETTINGS = "site_name: Ours\ntheme: {{name: material, font: false}}\nplugins: [{}]\n"
RESULTS = ".md-search-result__item > a.md-search-result__link"
PATHS = "links => links.map(link => new URL(link.href).pathname)"
WRITTEN = "performance.getEntriesByType('resource').some(r => r.name.includes('search_index'))"


@pytest.fixture(scope="module")
def base(reference_base):
    return reference_base


@pytest.fixture(scope="module")
def home(reference_site, served):
    return served(reference_site)


@pytest.fixture(scope="module")
def page(browser, home):
    """The home page with the search open and its index read."""
    page = browser.new_page()
    page.goto(home)
    page.locator("input.md-search__input").click()
    page.wait_for_function(WRITTEN)
    yield page
    page.close()


@pytest.fixture
def finds(page):
    """Whether a search has this record among its first results, given some seconds."""

    def search(words, record_id, among=1):
        field = page.locator("input.md-search__input")
        for text in ("zzz", words):
            field.fill(text)
            # The search listens to keys, not to what is pasted.
            field.dispatch_event("keyup")
        for _ in range(40):
            page.wait_for_timeout(50)
            found = page.locator(RESULTS).evaluate_all(PATHS)[:among]
            if any(path.endswith(f"/{record_id}/") for path in found):
                return True
        return False

    return search


@pytest.mark.browser
def test_an_id_leads_to_its_record_before_all_that_cite_it(finds, base):
    ids = [i for i in base.records_by_id if re.search(r"-(?:[A-Z]|\d+)$", i)]
    assert "INC-20260418-B" in ids
    assert len(ids) > 15
    assert [record_id for record_id in ids if not finds(record_id, record_id)] == []


@pytest.mark.browser
def test_an_alias_leads_to_its_record(finds, base):
    aliases = [(a, r.id) for r in base.records for a in r.metadata.get("aliases", [])]
    assert aliases
    assert [(name, found) for name, found in aliases if not finds(name, found)] == []


@pytest.mark.browser
def test_the_words_of_a_title_lead_to_its_record(finds, base):
    incidents = [r for r in base.of_type("incident") if "--" not in r.title]
    assert len(incidents) > 5
    assert [r.title for r in incidents if not finds(r.title, r.id)] == []


@pytest.mark.browser
def test_the_words_of_a_learning_lead_to_its_record(finds, base):
    learnings = learnings_among(base.of_type("incident"))
    assert len(learnings) > 5
    for learning in learnings:
        words = re.findall(r"\b[A-Za-z]{5,}\b", learning.entry.text)[:8]
        assert finds(" ".join(words), learning.record.id, among=3), words


def index_of(project):
    workspace = project.open()
    site = build_site(workspace, workspace.load()).folder
    return json.loads((site / "search/search_index.json").read_text())


def test_names_are_in_the_index_and_weigh_more_than_titles(project, incident):
    record = incident(extra="aliases: [Old <name>, ADR-7]\n")
    index = index_of(project({"records/incidents/x.md": record}))
    fields = index["config"]["fields"]
    assert fields["tags"]["boost"] > fields["title"]["boost"] > fields["text"]["boost"]
    tags = {entry["location"]: entry.get("tags") for entry in index["docs"]}
    plain = [tag.replace("\u200b", "") for tag in tags["incidents/INC-20260418-B/"]]
    assert plain == ["INC-20260418-B", "Old &lt;name&gt;", "ADR-7"]
    assert tags["graph/"] is None


def test_what_the_user_says_about_search_stays(project, incident):
    own = "search: {separator: '[x]', fields: {title: {boost: 5.0}}}, govkb: {}"
    settings = SETTINGS.format(own).replace("[search", "{search").replace("{}]", "{}}")
    files = {"records/incidents/x.md": incident(), "mkdocs.yml": settings}
    config = index_of(project(files))["config"]
    assert config["separator"] == "[x]"
    assert config["fields"]["title"]["boost"] == 5.0
    assert config["fields"]["tags"]["boost"] == 1e6


@pytest.mark.parametrize("plugins", ["search, govkb", "govkb, search", "govkb"])
def test_the_order_of_the_plugins_does_not_matter(project, incident, plugins):
    files = {"records/incidents/x.md": incident(), "mkdocs.yml": SETTINGS.format(plugins)}
    config = index_of(project(files))["config"]
    assert "/" in config["separator"]
    assert config["fields"]["tags"]["boost"] == 6


@pytest.mark.browser
@pytest.mark.parametrize(
    "words",
    [
        "INC-20260418-B",
        "inc-20260418-b",
        "#INC-20260418-B",
        "see INC-20260418-B, please",
        "inc 20260418 b",
    ],
)
def test_an_id_leads_to_its_record_however_it_is_written(finds, words):
    assert finds(words, "INC-20260418-B")


@pytest.mark.long
@pytest.mark.browser
def test_signs_of_the_query_language_are_only_signs(finds, page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    assert finds("2026-04-21:", "HANDOFF-2026-04-21")
    assert finds("--reuse-values", "helm-reuse-values", among=2)
    for words in ("7", "probe-", "a*b", "c++ ^2 ~", "- - :", "title:"):
        finds(words, "nothing")
    assert complaints == []


@pytest.mark.browser
def test_enter_opens_the_record_of_an_id(visit, home):
    page = visit(home).go().page
    page.keyboard.press("/")
    page.wait_for_function(WRITTEN)
    page.keyboard.type("inc-20260418-b")
    page.locator(RESULTS).first.wait_for()
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/INC-20260418-B/**")


def test_whole_texts_and_the_headings_of_the_type_stay_out_of_the_index(project, incident):
    body = "## Impact\n\nOpaque.\n\n## Our own\n\nOpaque.\n\n## Learnings\n\n- Look first.\n"
    record = incident(body=body, extra="summary: All lost.\n")
    docs = {d["location"]: d for d in index_of(project({"records/incidents/x.md": record}))["docs"]}
    place = "incidents/INC-20260418-B/"
    assert "Opaque" not in json.dumps(docs)
    assert docs[place]["text"] == "<p>INC-20260418-B</p><p>All lost.</p>"
    assert f"{place}#impact" not in docs
    assert (docs[f"{place}#our-own"]["title"], docs[f"{place}#our-own"]["text"]) == ("Our own", "")
    assert docs[f"{place}#learnings"]["text"] == "<p>Look first.</p>"


def test_the_themes_worker_comes_after_ours_as_it_is(project, incident):
    import material

    workspace = project({"records/incidents/x.md": incident()}).open()
    site = build_site(workspace, workspace.load()).folder
    (built,) = site.glob("assets/javascripts/workers/search.*.min.js")
    theirs = Path(material.__file__).parent / "templates/assets/javascripts/workers" / built.name
    assert built.read_bytes().endswith(theirs.read_bytes())
    assert b"namedFirst" in built.read_bytes()
