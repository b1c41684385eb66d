"""The full-text search by Pagefind, and when it is taken."""

from __future__ import annotations

import pytest

from govkb.errors import GovkbError
from govkb.mkdocs_plugin import search
from govkb.mkdocs_plugin.running import build_site
from govkb.workspace import Workspace

SETTINGS = (
    "site_name: Ours\ntheme: {{name: material, font: false, features: [search.highlight]}}\n"
    "extra: {{generator: false}}\nplugins: [search, govkb: {{search: {}}}]\n"
)
HOSTILE = '<img src=x onerror="document.title=1">'
RECORDS = {
    "records/incidents/a.md": (
        "INC-20250418-B", f"Zero backups {HOSTILE}", "high", "2025-04-18",
        f"## Impact\n\nThe zymurgy plant stood still `{HOSTILE}`.\n",
    ),
    "records/incidents/b.md": (
        "INC-20260419-A", "Vault sealed", "low", "2026-04-19",
        "## Impact\n\nAs in INC-20250418-B, the zymurgy plant. See also INC-20250418-B.\n",
    ),
}  # fmt: skip
RESULTS = ".md-search-result__item > a.md-search-result__link"
PATHS = "links => links.map(link => new URL(link.href).pathname)"


def files(engine):
    made = {"mkdocs.yml": SETTINGS.format(engine)}
    for path, (record_id, title, severity, day, body) in RECORDS.items():
        made[path] = (
            f"---\nid: {record_id}\ntitle: '{title}'\nseverity: {severity}\ndetected: {day}\n"
            f"aliases: [ALIAS {record_id[-1]}]\n---\n\n# T\n\n{body}"
        )
    return made


def built(project, engine):
    workspace = project(files(engine)).open()
    return build_site(workspace, workspace.load()).folder


def index_of(site):
    return (site / "search/search_index.json").read_text()


def test_two_builds_give_the_same_index(project):
    first, second = (
        {f.relative_to(site): f.read_bytes() for f in (site / "pagefind").rglob("*") if f.is_file()}
        for site in (built(project, "pagefind"), built(project, "pagefind"))
    )
    assert first == second
    assert not [path for path in first if "ui" in path.name]


@pytest.mark.parametrize(("largest", "is_full"), [(100, True), (2_000_000, False)])
def test_a_large_index_is_pagefinds_and_a_small_one_the_themes(
    project, monkeypatch, largest, is_full
):
    monkeypatch.setattr(search, "LARGEST", largest)
    site = built(project, "auto")
    assert (site / "pagefind").exists() is is_full
    assert ("INC-20250418-B" in index_of(site)) is not is_full


def test_without_pagefind_a_large_index_has_ids_and_titles_and_the_build_says_so(
    project, monkeypatch, capsys
):
    monkeypatch.setattr(search, "LARGEST", 100)
    monkeypatch.setattr(search, "is_installed", lambda: False)
    site = built(project, "auto")
    said = capsys.readouterr().err
    assert said.count("govkb[search]") == 1
    assert "Vault sealed" in index_of(site)
    assert "<p>" not in index_of(site)


def test_pagefind_that_is_asked_for_must_be_there(project, monkeypatch):
    monkeypatch.setattr(search, "is_installed", lambda: False)
    with pytest.raises(GovkbError, match="Pagefind isn't installed"):
        built(project, "pagefind")


def test_an_engine_that_there_is_not_is_refused(project):
    with pytest.raises(GovkbError, match="search"):
        built(project, "algolia")


@pytest.fixture(scope="module")
def home(tmp_path_factory, served):
    root = tmp_path_factory.mktemp("project")
    for path, text in files("pagefind").items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    workspace = Workspace.open(root)
    return served(build_site(workspace, workspace.load()).folder)


@pytest.fixture
def page(visit, home):
    """Home with the search open."""
    page = visit(home).go().page
    page.keyboard.press("s")
    yield page
    assert page.title() != "1"


def found(page, words, number=None):
    """The addresses found, once there are as many as wanted."""
    page.locator("input.md-search__input").fill("")
    page.keyboard.type(words)
    links = page.locator(RESULTS)
    before = None
    for _ in range(40):
        page.wait_for_timeout(150)
        now = list(dict.fromkeys(links.evaluate_all(PATHS)))
        if now == before and now and number in (None, len(now)):
            break
        before = now
    return [path.rstrip("/").rpartition("/")[2] for path in now]


@pytest.mark.browser
def test_whole_texts_are_found(page):
    assert set(found(page, "zymurgy", 2)) == {"INC-20250418-B", "INC-20260419-A"}


@pytest.mark.browser
@pytest.mark.parametrize(
    "words",
    ["INC-20250418-B", "inc-20250418-b", "#INC-20250418-B", "see INC-20250418-B please", "alias b"],
)
def test_a_name_leads_to_its_record_before_all_that_cite_it(page, words):
    assert found(page, words)[0] == "INC-20250418-B"
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/INC-20250418-B/**")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        ("severity:high", "INC-20250418-B"),
        ("year:2026", "INC-20260419-A"),
        ("Severity:low type:Incident status:open", "INC-20260419-A"),
    ],
)
def test_choices_can_be_typed(page, choice, wanted):
    assert found(page, f"{choice.lower()} zymurgy", 1) == [wanted]
    assert found(page, choice.lower() + " ", 1) == [wanted]


@pytest.mark.browser
def test_choices_are_made_by_keyboard_and_become_part_of_the_question(page):
    found(page, "zymurgy", 2)
    page.locator(".govkb-facets label:visible").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.querySelectorAll('.md-search-result__item').length === 1")
    assert page.locator("input.md-search__input").input_value() == "severity:high zymurgy"
    page.keyboard.press("Escape")
    assert not page.locator("#__search").is_checked()


@pytest.mark.browser
def test_what_is_found_is_text_and_never_markup(page):
    found(page, "zymurgy", 2)
    assert page.locator(".md-search-result img").count() == 0
    assert "onerror" in page.locator(".md-search-result").inner_text()
