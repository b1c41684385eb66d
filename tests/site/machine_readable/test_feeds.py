"""The feeds, read as a stranger's reader would read them."""

import json
import re
from datetime import datetime
from xml.etree import ElementTree

import feedparser
import pytest

ATOM = "{http://www.w3.org/2005/Atom}"
INC = "records/incidents/{}.md"
FEEDS = ("learnings", "newest")
ADDRESS = "https://kb.example.org/team/"


def learned(incident, learnings, **record):
    items = "\n".join(f"- {text}" for text in learnings)
    return incident(body=f"## Summary\n\nx\n\n## Learnings\n\n{items}\n", **record)


def demand_atom(data):
    """What RFC 4287 demands of a feed and of each entry."""
    root = ElementTree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        assert re.match(r"(https?|urn):", element.find(f"{ATOM}id").text)
        datetime.strptime(element.find(f"{ATOM}updated").text, "%Y-%m-%dT%H:%M:%SZ")
        alternates = [x for x in element.findall(f"{ATOM}link") if x.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert alternates[0].get("href")
    assert root.find(f"{ATOM}author/{ATOM}name").text
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    return root


def demand_json_feed(data):
    """What JSON Feed 1.1 demands, and that nothing is null."""
    feed = json.loads(data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert None not in feed.values()
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item["content_html"], str)
        assert None not in item.values()
        datetime.strptime(item["date_published"], "%Y-%m-%dT%H:%M:%SZ")
        assert all(isinstance(tag, str) for tag in item["tags"])
    return feed


def parsed(made, name):
    demand_atom(made[f"{name}.atom"])
    demand_json_feed(made[f"{name}.json"])
    found = feedparser.parse(made[f"{name}.atom"], sanitize_html=False)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


def test_a_learning_is_an_entry_with_its_permanent_address(machine, incident):
    made = machine({INC.format("x"): learned(incident, ["Test *restores* weekly."])})
    feed = parsed(made, "learnings")
    (entry,) = feed.entries
    assert feed.feed.title == "Ours: Learnings"
    assert feed.feed.id == f"{ADDRESS}learnings.atom"
    assert re.fullmatch(rf"{ADDRESS}r/INC-20260418-B/#l-[0-9a-f]{{8}}", entry.id)
    assert re.fullmatch(rf"{ADDRESS}incidents/INC-20260418-B/#l-[0-9a-f]{{8}}", entry.link)
    assert entry.updated == "2026-04-18T00:00:00Z"
    assert "<em>restores</em>" in entry.content[0].value
    assert f'href="{ADDRESS}incidents/INC-20260418-B/"' in entry.content[0].value
    assert [tag.term for tag in entry.tags] == ["incident"]


def test_a_record_is_an_entry_with_its_permanent_address(machine, incident):
    made = machine({INC.format("x"): incident(extra="summary: None worked.\ntags: [backup]\n")})
    (entry,) = parsed(made, "newest").entries
    assert entry.id == f"{ADDRESS}r/INC-20260418-B/"
    assert entry.link == f"{ADDRESS}incidents/INC-20260418-B/"
    assert entry.title == "INC-20260418-B: Zero backups"
    assert "None worked." in entry.content[0].value
    assert [tag.term for tag in entry.tags] == ["incident", "backup"]


def test_both_formats_say_the_same(machine, incident):
    files = {
        INC.format(day): learned(incident, [f"Learned on {day}."], record_id=f"INC-202604{day}-A")
        for day in (11, 12, 13)
    }
    made = machine(files)
    for name in FEEDS:
        entries = parsed(made, name).entries
        items = json.loads(made[f"{name}.json"])["items"]
        assert [(e.id, e.title, e.link) for e in entries] == [
            (i["id"], i["title"], i["url"]) for i in items
        ]
        assert [entry.updated[:10] for entry in entries] == [
            "2026-04-13",
            "2026-04-12",
            "2026-04-11",
        ]
    assert parsed(made, "newest").feed.updated == "2026-04-13T00:00:00Z"


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_without_entries_is_valid(machine, name):
    found = parsed(machine({}), name)
    assert found.entries == []


@pytest.mark.parametrize("name", FEEDS)
def test_without_an_address_of_the_site_ids_are_urns_and_stay(machine, incident, name):
    files = {INC.format("x"): learned(incident, ["A."])}
    one, other = machine(files, address=None), machine(files, address=None)
    (entry,) = parsed(one, name).entries
    assert entry.id.startswith("urn:uuid:")
    assert entry.id == parsed(other, name).entries[0].id
    feed = json.loads(one[f"{name}.json"])
    assert not {"feed_url", "home_page_url"} & set(feed)
    assert "url" not in feed["items"][0]
    (elsewhere,) = parsed(machine(files, address=None, name="Theirs"), name).entries
    assert elsewhere.id != entry.id


@pytest.mark.parametrize("day", ["soon", "2026-13-45", "2026-02-30", "20260418"])
def test_a_day_that_there_is_not_is_in_no_feed(machine, day):
    finding = f"---\nid: F-X\ntitle: T\ndate: {day}\n---\n\n## Criteria\n\nx\n"
    made = machine({"records/findings/F-X.md": finding})
    for name in FEEDS:
        assert parsed(made, name).entries == []


@pytest.mark.parametrize("name", FEEDS)
def test_hostile_text_stays_text(machine, hostile, name):
    made = machine({INC.format("x"): hostile}, name="A </title> & ]]> \x0b site")
    (entry,) = parsed(made, name).entries
    assert "<script" not in entry.content[0].value
    assert "<script" not in json.loads(made[f"{name}.json"])["items"][0]["content_html"]
    assert "<script" not in made[f"{name}.atom"].decode()


def test_what_xml_cannot_hold_is_replaced(machine, incident):
    made = machine({INC.format("x"): incident(title='"a\\x01b\\uFFFFc"')})
    (entry,) = parsed(made, "newest").entries
    assert entry.title == "INC-20260418-B: a\ufffdb\ufffdc"


def test_a_link_within_the_record_leads_to_it_from_the_feed(machine, incident):
    made = machine({INC.format("x"): learned(incident, ['See [x](#summary), `<a href="#y">`.'])})
    (entry,) = parsed(made, "learnings").entries
    html = entry.content[0].value
    assert f'href="{ADDRESS}incidents/INC-20260418-B/#summary"' in html
    assert '&lt;a href="#y"&gt;' in html


def test_a_feed_has_the_newest_fifty(machine, incident):
    files = {
        INC.format(n): learned(
            incident,
            [f"No. {n}."],
            record_id=f"INC-2026{n // 28 + 1:02}{n % 28 + 1:02}-A",
        )
        for n in range(60)
    }
    made = machine(files)
    for name in FEEDS:
        entries = parsed(made, name).entries
        assert len(entries) == 50
        assert entries[0].updated == "2026-03-04T00:00:00Z"


def test_a_learning_keeps_its_id_when_its_record_gets_another_title_and_file(machine, incident):
    before = machine({INC.format("x"): learned(incident, ["A."])})
    after = machine({INC.format("y"): learned(incident, ["A."], title="Other")})
    ids = [[e.id for n in FEEDS for e in parsed(made, n).entries] for made in (before, after)]
    assert ids[0] == ids[1]
