"""Tables of records: plain pages of 200 rows, and windows onto thousands with scripts."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from govkb.mkdocs_plugin.running import build_site
from govkb.site.record_table import PAGE_ROWS
from govkb.workspace import Workspace

MANY = 2 * PAGE_ROWS + 50
SEVERITIES = ("high", "low")
ROWS = "article tbody tr:visible"
OPTION = "form select[name=severity] option[value=high]"


def identity(number):
    return f"INC-{date(2020, 1, 1) + timedelta(days=number):%Y%m%d}-A"


def incident(number, extra="tags: [disk]\n"):
    day = date(2020, 1, 1) + timedelta(days=number)
    return (
        f"---\nid: {identity(number)}\ntitle: Case {number}\nowner: team-{number % 3}\n"
        f"severity: {SEVERITIES[number % 2]}\ndetected: {day}\n{extra}---\n\n# Case\n"
    )


def many(number=MANY):
    return {f"records/incidents/{identity(n)}-x.md": incident(n) for n in range(number)}


def data_of(page):
    return json.loads(page.files["incidents/page/rows.json"])


def test_a_long_table_stands_on_several_pages_that_lead_to_one_another(pages):
    made = pages(many())
    table = [uri for uri in made if uri.startswith("incidents/") and "INC-" not in uri]
    assert table == ["incidents/index.md", "incidents/page/2.md", "incidents/page/3.md"]
    ids = [re.findall(r">(INC-[^<]+)</span>", made[uri].html) for uri in table]
    assert [len(found) for found in ids] == [PAGE_ROWS, PAGE_ROWS, 50]
    assert [one for found in ids for one in found] == [identity(n) for n in reversed(range(MANY))]
    assert 'href="page/2/">Next' in made[table[0]].html
    assert 'href="../../">Previous' in made[table[1]].html
    assert 'href="../3/">Next' in made[table[1]].html
    assert "Next" not in made[table[2]].html
    assert f'href="../../{identity(0)}/"' in made[table[2]].html


def test_further_pages_are_in_neither_the_navigation_nor_the_search(pages):
    page = pages(many())["incidents/page/2.md"]
    assert (page.nav, page.words, page.files) == (None, (), {})


def test_all_rows_are_beside_a_long_table_and_inside_a_short_one(pages):
    long, short = pages(many()), pages(many(3))
    data = data_of(long["incidents/index.md"])
    assert len(data["rows"]) == MANY
    assert 'data-source="page/rows.json"' in long["incidents/index.md"].html
    assert short["incidents/index.md"].files == {}
    (inside,) = re.findall(r'data-rows="([^"]+)"', short["incidents/index.md"].html)
    assert len(json.loads(inside.replace("&#34;", '"'))["rows"]) == 3


def test_values_that_repeat_are_numbers_into_lists(pages):
    data = data_of(pages(many())["incidents/index.md"])
    row = dict(zip(data["fields"], data["rows"][0], strict=True))
    assert row["id"] == identity(MANY - 1)
    assert data["lists"]["severity"][row["severity"]][0] == SEVERITIES[(MANY - 1) % 2]
    assert data["lists"]["owner"][row["owner"]] == f"team-{(MANY - 1) % 3}"
    assert [data["lists"]["tags"][tag] for tag in row["tags"]] == ["disk"]
    assert data["lists"]["place"] == [""]


def test_all_records_are_in_one_table_with_their_types(pages):
    pitfall = "---\nid: p\ntitle: P\nenforcement: none\n---\n\n## Pattern\n\nx\n\n## Rule\n\nx\n"
    page = pages({**many(2), "records/pitfalls/p.md": pitfall})["all/index.md"]
    assert '<option value="Incident">Incident (2)</option>' in page.html
    assert '<option value="Pitfall">Pitfall (1)</option>' in page.html
    assert f'href="../incidents/{identity(0)}/"' in page.html
    assert "../pitfalls/" in page.html


def test_choices_are_in_the_order_in_which_one_looks_for_them(pages):
    html = pages(many(800))["incidents/index.md"].html
    assert html.index('value="high"') < html.index('value="low"')
    assert html.index('value="2022"') < html.index('value="2021"') < html.index('value="2020"')
    assert "Tag" not in html  # all have the same


def test_hostile_text_in_a_table_stays_text(pages):
    hostile = "'\\\"><script>alert(1)</script>"
    extra = f'tags: ["{hostile}"]\naffected: ["{hostile}"]\n'
    files = {f"records/{n}.md": incident(n, extra) for n in range(PAGE_ROWS + 1)}
    made = pages(files)
    for number in (1, 2):
        page = made["incidents/index.md" if number == 1 else "incidents/page/2.md"]
        assert "<script" not in page.html


@pytest.fixture(scope="module")
def home(tmp_path_factory, served):
    root = tmp_path_factory.mktemp("project")
    for path, text in many().items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    workspace = Workspace.open(root)
    return served(build_site(workspace, workspace.load()).folder)


@pytest.fixture
def table(visit, home):
    """Opens the table of incidents."""
    return lambda address="incidents/", **options: visit(home, **options).go(address).page


def said(page, text):
    page.wait_for_function(
        "text => document.querySelector('.govkb-filter output').value === text", arg=text
    )


@pytest.mark.browser
def test_all_rows_are_fetched_once_somebody_filters(visit, home):
    visitor = visit(home).go("incidents/")
    page = visitor.page
    assert page.locator(ROWS).count() == PAGE_ROWS
    assert "incidents/page/rows.json" not in visitor.asked
    page.locator("form input[name=text]").fill(identity(3).lower())
    said(page, f"1 of {MANY}")
    assert page.locator(ROWS).count() == 1
    assert visitor.asked.count("incidents/page/rows.json") == 1
    page.get_by_role("link", name="Case 3", exact=True).click()
    page.wait_for_url(f"**/incidents/{identity(3)}/")


@pytest.mark.browser
def test_choices_say_how_many_rows_they_would_leave(table):
    page = table()
    assert page.locator(OPTION).inner_text() == f"high ({MANY // 2})"
    page.locator("form select[name=owner]").select_option("team-1")
    said(page, f"{MANY // 3} of {MANY}")
    fitting = sum(n % 3 == 1 and n % 2 == 0 for n in range(MANY))
    assert page.locator(OPTION).inner_text() == f"high ({fitting})"
    page.locator("form select[name=severity]").select_option("high")
    said(page, f"{fitting} of {MANY}")
    # What else could be chosen instead is still there.
    low = page.locator("form select[name=severity] option[value=low]")
    assert low.inner_text() == f"low ({MANY // 3 - fitting})"


@pytest.mark.browser
def test_the_address_keeps_the_state_and_clear_forgets_it(table):
    page = table()
    page.locator("form select[name=owner]").select_option("team-2")
    page.get_by_role("button", name="Id").click()
    said(page, f"{MANY // 3} of {MANY}")
    page.reload()
    said(page, f"{MANY // 3} of {MANY}")
    assert page.locator(ROWS).first.inner_text().startswith(identity(2))
    assert page.locator("th[data-column=id]").get_attribute("aria-sort") == "ascending"
    page.locator("form.govkb-filter button[type=reset]").click()
    said(page, "")
    assert "owner" not in page.url


@pytest.mark.browser
def test_nothing_that_fits_is_said_so(table):
    page = table()
    page.locator("form input[name=text]").fill("nothing has this")
    said(page, "No record fits.")
    assert page.locator(ROWS).count() == 0


@pytest.mark.browser
def test_only_the_rows_near_the_window_are_in_the_document(table):
    page = table("incidents/#?sort=id")
    page.wait_for_function("document.querySelector('th[aria-sort=ascending]')")
    page.mouse.move(600, 500)
    for _ in range(60):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(30)
    page.get_by_role("link", name=f"Case {MANY - 1}").wait_for()
    assert page.locator("article tbody tr").count() < MANY
    assert page.locator(f'a:text-is("{identity(0)}")').count() == 0


@pytest.mark.browser
def test_without_scripts_one_turns_pages(table):
    page = table(java_script_enabled=False)
    assert not page.locator(".govkb-filter").is_visible()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Next").click()
    assert page.get_by_role("link", name="Case 0").is_visible()


@pytest.mark.browser
def test_a_table_is_filtered_by_keyboard_alone(table):
    page = table()
    page.locator("form input[name=text]").focus()
    page.keyboard.type("case 44")
    said(page, f"14 of {MANY}")
    page.locator("th[data-column=date] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('th[data-column=date][aria-sort=ascending]')")
    assert page.locator(ROWS).first.inner_text().startswith(identity(44))
