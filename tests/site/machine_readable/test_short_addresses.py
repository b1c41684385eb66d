"""Permanent addresses: every id and every alias, and none that could do harm."""

import re
from html.parser import HTMLParser

import pytest

INC = "records/incidents/{}.md"


class Page(HTMLParser):
    def __init__(self, data):
        super().__init__()
        self.tags = []
        self.feed(data.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def of(self, tag, **wanted):
        found = [a for t, a in self.tags if t == tag]
        return [a for a in found if all(a.get(k) == v for k, v in wanted.items())]


def short(made):
    return {path[2:].removesuffix("/index.html") for path in made if path.startswith("r/")}


def leads_to(data):
    page = Page(data)
    (refresh,) = page.of("meta", **{"http-equiv": "refresh"})
    (link,) = page.of("a")
    assert refresh["content"] == f"0; url={link['href']}"
    return link["href"]


def test_every_id_and_every_alias_leads_to_the_record(machine, incident):
    made = machine({INC.format("x"): incident(extra="aliases: [zero-backups, INC-OLD-1]\n")})
    assert short(made) == {"INC-20260418-B", "zero-backups", "INC-OLD-1"}
    for name in short(made):
        page = made[f"r/{name}/index.html"]
        assert leads_to(page) == "../../incidents/INC-20260418-B/"
        (canonical,) = Page(page).of("link", rel="canonical")
        assert canonical["href"] == "https://kb.example.org/team/incidents/INC-20260418-B/"
        assert b"INC-20260418-B: Zero backups" in page


def test_a_renamed_record_keeps_its_short_address(machine, incident):
    """Another title and file, another folder, another id with the old as alias, another type."""
    extra = "aliases: [INC-20260418-B]\n"
    ways = [
        {INC.format("other"): incident(title="Another title")},
        {"records/deep/down/x.md": incident(extra="type: incident\n")},
        {INC.format("x"): incident(record_id="INC-20260419-C", extra=extra)},
        {"records/x.md": incident(extra="type: finding\n")},
    ]
    targets = [leads_to(machine(files)["r/INC-20260418-B/index.html"]) for files in ways]
    assert targets == [
        "../../incidents/INC-20260418-B/",
        "../../incidents/INC-20260418-B/",
        "../../incidents/INC-20260419-C/",
        "../../findings/INC-20260418-B/",
    ]


def test_without_directories_it_leads_to_the_file(machine, incident):
    from govkb.site.addresses import Addresses

    made = machine({INC.format("x"): incident()}, addresses=Addresses(directories=False))
    page = made["r/INC-20260418-B/index.html"]
    assert leads_to(page) == "../../incidents/INC-20260418-B.html"


def test_a_name_of_several_records_lists_them_and_chooses_none(machine, incident):
    other = incident(record_id="INC-20260419-A", title="Second", extra="aliases: [outage]\n")
    made = machine({INC.format("a"): incident(extra="aliases: [outage]\n"), INC.format("b"): other})
    page = Page(made["r/outage/index.html"])
    assert not page.of("meta", **{"http-equiv": "refresh"})
    assert [link["href"] for link in page.of("a")] == [
        "../../incidents/INC-20260418-B/",
        "../../incidents/INC-20260419-A/",
    ]


def test_an_id_is_its_records_whatever_others_call_themselves(machine, incident):
    other = incident(
        record_id="INC-20260419-A", extra="aliases: [INC-20260418-B, inc-20260418-b]\n"
    )
    made = machine({INC.format("a"): incident(), INC.format("b"): other})
    assert leads_to(made["r/INC-20260418-B/index.html"]) == "../../incidents/INC-20260418-B/"
    assert short(made) == {"INC-20260418-B", "INC-20260419-A"}


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "..", ".hidden", "a b", "x\\ny", "index", "é", "x.", "%2e%2e", ""]
)
def test_a_name_that_is_no_file_name_has_no_address(machine, incident, name):
    made = machine({INC.format("x"): incident(extra=f'aliases: ["{name}"]\n')})
    assert short(made) == {"INC-20260418-B"}


def test_hostile_titles_stay_text(machine, hostile):
    made = machine({INC.format("x"): hostile})
    for name in short(made):
        page = made[f"r/{name}/index.html"]
        assert Page(page).of("script") == [{"src": "../../assets/short-address.js"}]
        assert not re.search(rb"alert\(1\)</script>", page)


def test_the_script_that_keeps_fragments_is_there(machine, incident):
    made = machine({INC.format("x"): incident()})
    assert b"location.hash" in made["assets/short-address.js"]
