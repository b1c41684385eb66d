import json
import re

import pytest

from govkb.graph.layout import MOST_WITH_LABELS
from govkb.site import graph_page
from govkb.site.addresses import Addresses
from govkb.site.graph_summary import relation_counts

INC = "records/incidents/{}.md"
STILL = "This picture stands still"


@pytest.fixture(params=[True, False], ids=["with the script", "without it"])
def has_script(request, monkeypatch):
    found = b"/* script */" if request.param else None
    monkeypatch.setattr(graph_page, "browser_file", lambda name: found)
    return request.param


@pytest.fixture
def with_script(monkeypatch):
    monkeypatch.setattr(graph_page, "browser_file", lambda name: b"/* script */")


def data_of(page):
    return json.loads(page.files[graph_page.DATA])


def three(incident):
    return {
        INC.format("a"): incident(extra="caused_by: INC-20260419-A\n"),
        INC.format("b"): incident("INC-20260419-A", "Other", "See INC-20260420-A."),
        INC.format("c"): incident("INC-20260420-A", "</script><b>", detected="2026-04-20"),
    }


def test_the_page_says_whether_it_can_be_moved(pages, incident, has_script):
    page = pages(three(incident))["graph.md"]
    assert (STILL in page.html) is not has_script
    assert ("data-govkb-graph" in page.html) is has_script
    wanted = {graph_page.DATA, graph_page.SCRIPT} if has_script else set()
    assert set(page.files) == wanted
    assert "<svg" in page.html


def test_the_data_has_every_record_and_relation(pages, incident, with_script):
    data = data_of(pages(three(incident))["graph.md"])
    assert data["ids"] == ["INC-20260418-B", "INC-20260419-A", "INC-20260420-A"]
    assert data["titles"][2] == "</script><b>"
    edges = zip(data["edges"][::3], data["edges"][1::3], data["edges"][2::3], strict=True)
    assert {(one, other, data["relations"][kind]) for one, other, kind in edges} == {
        (0, 1, "Caused by"),
        (1, 2, "Mentions"),
    }
    assert data["relations"][data["mention"]] == "Mentions"
    assert data["date"] == ["2026-04-18", "2026-04-19", "2026-04-20"]
    assert [data["types"][n]["label"] for n in data["type"]] == ["Incident"] * 3
    assert [data["statuses"][n]["text"] for n in data["status"]] == ["open"] * 3
    assert len(set(zip(data["x"], data["y"], strict=True))) == 3


@pytest.mark.parametrize("directories", [True, False])
def test_the_addresses_in_the_data_are_those_of_the_pages(
    project, incident, with_script, directories, site_pages
):
    made = project({**three(incident), "records/x.md": incident("../../x", "No page")})
    addresses = Addresses(directories=directories)
    found = site_pages(made, addresses)
    page = next(page for page in found if page.uri == "graph.md")
    data = data_of(page)
    places = data["pages"]
    hrefs = {
        record_id: places["before"][folder] + record_id + places["after"]
        for record_id, folder in zip(data["ids"], places["folder"], strict=True)
        if folder >= 0
    }
    start, end = ("../", "/") if directories else ("", ".html")
    assert hrefs == {
        record_id: f"{start}incidents/{record_id}{end}"
        for record_id in data["ids"]
        if record_id.startswith("INC")
    }
    assert f'src="{start}{graph_page.SCRIPT}"' in page.html
    assert f'data-govkb-graph="{start}{graph_page.DATA}"' in page.html


def test_the_order_of_files_changes_nothing(pages, incident, with_script):
    files = three(incident)
    turned = dict(reversed(files.items()))
    assert pages(files)["graph.md"] == pages(turned)["graph.md"]


def test_a_large_graph_is_drawn_by_its_types_and_listed_in_numbers(pages, incident, has_script):
    size = MOST_WITH_LABELS + 50
    ids = [
        f"INC-20260{1 + n // 26 // 28}{1 + n // 26 % 28:02d}-{chr(65 + n % 26)}"
        for n in range(size)
    ]
    files = {
        INC.format(n): incident(each, body=" ".join(f"See {other}." for other in ids[:n][-3:]))
        for n, each in enumerate(ids)
    }
    page = pages(files)["graph.md"]
    assert len(page.html) < 20_000
    assert f"Incidents {size}" in page.html
    row = r"<td>Incidents</td><td>mentions</td><td>Incidents</td><td class=\"govkb-right\">1,044<"
    assert re.search(row, page.html)
    if has_script:
        assert len(data_of(page)["ids"]) == size


def test_relations_are_counted_by_kind_and_types_the_most_frequent_first(project, incident):
    decision = "---\nid: DEC-20260421-A\ntitle: D\nrelates_to: [INC-20260418-B]\n---\n"
    base = project({**three(incident), "records/decisions/d.md": decision}).load()
    found = [(c.source, c.label, c.target, c.count) for c in relation_counts(base)]
    assert sorted(found) == sorted(
        [
            ("Decisions", "related to", "Incidents", 1),
            ("Incidents", "caused by", "Incidents", 1),
            ("Incidents", "mentions", "Incidents", 1),
        ]
    )
