"""What a record's page tells beside the text of the record."""

from __future__ import annotations

import pickle
import re

import pytest

from govkb.history import RecordHistory, Revision, ValueChange, entries_of
from govkb.site.addresses import Addresses, record_uri
from govkb.site.background import Background
from govkb.site.graph_view import GraphPictures
from govkb.site.record_view import Beside, record_view
from govkb.site.rendering import render_body
from govkb.site.source_links import SourceLinks
from govkb.site.viewpoint import Viewpoint

PATH = "records/incidents/a.md"
PAGE = "incidents/INC-20260418-B.md"
DECISION = "---\nid: DEC-20260420-A\ntitle: D\ndate: 2026-04-20\nstatus: {}\n{}---\n\n# D\n\n{}\n"
FIRST = Revision("a" * 40, "2026-04-18T09:30:00+00:00", "Ada <b>")
SECOND = Revision("b" * 40, "2026-04-19T09:30:00+02:00", "Bea")


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def page(project, incident, site_pages):
    """The page of an incident as HTML."""

    def html(text=None, files=None, uri=PAGE, histories=None, sources=None):
        made = project({PATH: text or incident(), **(files or {})})
        found = site_pages(made, histories=histories, sources=sources)
        return next(p.html for p in found if p.uri == uri)

    return html


def card_of(html):
    return text_of(re.search(r'<dl class="govkb-card">.*?</dl>', html, re.DOTALL)[0])


def test_the_card_tells_where_a_record_stands(page, incident):
    extra = "owner: Ada\nstatus: closed\nresolved: 2026-04-20\nstarted: 2026-04-17T10:00:00+02:00\n"
    html = page(incident(extra=f"{extra}affected: [backups]\n", body="- [x] one\n- [ ] two"))
    card = card_of(html)
    assert "Status ● closed Severity" in card
    assert "Owner Ada" in card
    assert "Started 2026-04-17 10:00 +02:00" in card
    assert "Time to resolve 3 days" in card
    assert "1 of 2 done" in card
    assert "backups" not in card
    assert '<time class="govkb-date" datetime="2026-04-20" data-govkb-ago>2026-04-20' in html


def test_the_day_of_its_id_stands_in_where_no_field_says_one(page):
    undated = DECISION.replace("date: 2026-04-20\n", "").format("proposed", "", "x")
    uri = "decisions/DEC-20260420-A.md"
    assert "Date 2026-04-20" in card_of(page(files={"records/decisions/x.md": undated}, uri=uri))


@pytest.mark.parametrize(
    ("status", "field", "said"),
    [
        ("ratified", "review_by: 2026-04-21", "Review by 2026-04-21: that day has passed."),
        ("ratified", "review_by: 2026-04-22", None),
        ("superseded", "review_by: 2026-04-21", None),
        ("proposed", "review_by: never", None),
        # No field of this type's that sets a day.
        ("proposed", "due: 2026-04-21", None),
    ],
)
def test_a_day_that_has_passed_is_told_on_top(page, status, field, said):
    html = page(
        files={"records/decisions/x.md": DECISION.format(status, f"{field}\n", "x")},
        uri="decisions/DEC-20260420-A.md",
    )
    titles = [text_of(t) for t in re.findall(r'<p class="admonition-title">(.*?)</p>', html)]
    assert (said in titles) if said else not [t for t in titles if "2026-04-21" in t]


@pytest.mark.parametrize(("status", "is_told"), [("open", True), ("resolved", False)])
def test_a_day_by_which_something_is_to_be_done_counts_until_it_is(page, status, is_told):
    finding = "---\nid: F-2026-0421-BUCKET\ntitle: F\nstatus: {}\ndue: 2026-04-21\n---\n\n# F\n"
    uri = "findings/F-2026-0421-BUCKET.md"
    html = page(files={"records/findings/x.md": finding.format(status)}, uri=uri)
    assert ("Due 2026-04-21: that day has passed." in text_of(html)) == is_told


def test_entries_show_their_short_names_as_links_to_themselves(page, incident):
    html = page(
        incident(body="## Learnings\n\n- One.\n\n  More.\n- Two.\n\n## Impact\n\n- No entry.")
    )
    found = re.findall(
        r'id="(l-[0-9a-f]{8})"><a class="govkb-entry" href="#(l-\w+)">(L-\w+)</a>', html
    )
    assert len(found) == 2
    assert all(anchor == href == name.lower() for anchor, href, name in found)
    assert html.count("govkb-entry") == 2


def test_rows_of_a_table_show_their_names_in_the_last_cell(page, incident):
    html = page(incident(body="## Timeline\n\n| When | What |\n|---|---|\n| now | x |\n"))
    assert re.search(
        r'<tr id="l-\w+"><td>now</td><td><a class="govkb-entry" href="#l-\w+">L-\w+</a> x', html
    )


def test_a_redacted_entry_looks_like_one_and_keeps_its_address(page, incident):
    notice = "[redacted L-9f3c2a1b on 2026-04-20: named a customer]"
    html = page(incident(body=f"## Learnings\n\n- {notice}\n- Another.\n"))
    assert '<li id="l-9f3c2a1b" class="govkb-redacted">' in html or (
        '<li class="govkb-redacted" id="l-9f3c2a1b">' in html
    )
    assert ">L-9f3c2a1b</a>" in html
    banner = text_of(html[html.index('"admonition info"') :][:600])
    assert "One entry was redacted" in banner
    assert "2026-04-20: named a customer L-9f3c2a1b" in banner
    assert html.count("govkb-redacted") == 1


def test_sealed_entries_are_listed_with_their_days(page, incident, project):
    text = incident(body="## Learnings\n\n- One.\n")
    name = re.search(r">(L-[0-9a-f]{8})</a>", page(text))[1]
    made = project({PATH: text})
    record = made.load().records_by_id["INC-20260418-B"]
    digest = entries_of(record, "Learnings")[0].digest
    ledger = f"govkb-ledger 1 INC-20260418-B\nadd {digest} 2026-04-19 Learnings\n"
    html = page(text, {"records/.govkb/ledger/INC-20260418-B.ledger": ledger})
    details = text_of(re.search(r"<details.*?</details>", html, re.DOTALL)[0])
    assert details == f"1 sealed entry in the ledger {name} Learnings sealed on 2026-04-19"
    assert "<details" not in page(text)


def test_the_words_around_a_mention_stand_on_both_pages(page, incident):
    long = "word " * 40
    named = "the *same* token as in INC-20260419-A, [see](x.md) `it` <https://example.org/>"
    body = f"* {long}{named} {long}\n* not this\n"
    files = {"records/incidents/b.md": incident("INC-20260419-A", "Other")}
    for uri in (PAGE, "incidents/INC-20260419-A.md"):
        found = text_of(page(incident(body=body), files, uri))
        relations = found[found.index("Relations &para;") :].replace(" ,", ",")
        assert relations.index("… word") < relations.index("the same") < relations.rindex("word …")
        assert "the same token as in INC-20260419-A, see it https://example.org/ word" in relations
        assert "not this" not in relations


def test_words_of_strangers_are_escaped(page, incident):
    body = "<b onclick=x> & <script>alert(1)</script> INC-20260419-A <i>"
    files = {"records/incidents/b.md": incident("INC-20260419-A", "Other")}
    html = page(incident(body=body), files, "incidents/INC-20260419-A.md")
    assert "<script" not in html
    assert "&lt;b onclick=x&gt;" in html


def test_of_very_many_mentions_the_newest_are_shown(page, incident):
    files = {
        f"records/incidents/{n}.md": incident(
            f"INC-2025{n:04}-A", f"T{n}", "See INC-20260418-B.", detected="2025-01-01"
        )
        for n in [month * 100 + day for month in range(1, 4) for day in range(1, 21)]
    }
    html = page(files=files)
    found = text_of(html[html.index("govkb-relations") : html.index("govkb-picture")])
    assert "and 10 older ones" in found
    assert "INC-20250320-A" in found
    assert "INC-20250111-A" in found
    assert "INC-20250110-A" not in found


def test_history_tells_the_newest_first_in_the_words_of_the_type(page):
    changes = (
        ValueChange("status", None, "open", FIRST),
        ValueChange("status", None, "mitigated", SECOND),
        ValueChange("severity", "high", "low", SECOND),
    )
    html = page(histories={PATH: RecordHistory(FIRST, SECOND, 3, changes)})
    history = text_of(html[html.index('id="record-history"') :])
    lines = [
        "2026-04-19 09:30 +02:00 Severity: high → low by Bea in bbbbbbbbbb",
        "2026-04-19 09:30 +02:00 Status: open → mitigated by Bea in bbbbbbbbbb",
        "2026-04-18 09:30 UTC Created by Ada &lt;b&gt; in aaaaaaaaaa",
        "From git: 3 commits.",
    ]
    assert " ".join(lines) in history
    assert "Last changed" not in history


def test_without_changes_of_status_history_tells_the_last_commit(page):
    html = page(histories={PATH: RecordHistory(FIRST, SECOND, 2)})
    assert "Last changed by Bea" in text_of(html)
    assert 'id="record-history"' not in page()


def test_a_long_history_is_cut(page):
    changes = tuple(
        ValueChange("severity", str(n), str(n + 1), Revision(f"{n:040}", FIRST.moment, "A"))
        for n in range(200)
    )
    found = text_of(page(histories={PATH: RecordHistory(FIRST, SECOND, 201, changes)}))
    assert found.count("Severity: ") == 49
    assert "Created by Ada" in found
    assert "older changes are left out" in found


def test_a_forge_gives_links_to_edit_and_to_the_plain_file(page):
    sources = SourceLinks("https://example.org/o/r", "edit/main/docs/")
    html = page(sources=sources)
    assert f'<a href="https://example.org/o/r/edit/main/{PATH}" rel="edit">Edit</a>' in html
    assert f'<a href="https://example.org/o/r/raw/main/{PATH}">Raw</a>' in html
    assert ">Edit<" not in page()


def test_the_permanent_address_is_there_without_a_script(page):
    html = page()
    assert '<a href="../../r/INC-20260418-B/">r/INC-20260418-B/</a>' in html
    assert re.search(r"<button[^>]* hidden>Cite</button>", html)


def test_tags_lead_to_the_page_of_tags(page, incident):
    text = incident(extra="tags: [Ge Lab, ge-lab, '<b>', 7]\n")
    html = page(text)
    assert '<a href="../../tags/#tag-ge-lab">ge-lab</a>' in html
    assert "&lt;b&gt;" in html
    tags = page(text, uri="tags.md")
    assert '<h2 id="tag-ge-lab">' in tags
    assert "INC-20260418-B" in tags


def test_what_a_page_shows_is_plain_and_the_same_every_time(project, incident):
    other = {"records/incidents/b.md": incident("INC-20260419-A")}
    made = project({PATH: incident(body="INC-20260419-A"), **other})
    views = []
    for _ in range(2):
        base = made.load()
        record = base.records_by_id["INC-20260418-B"]
        background = Background(base, {PATH: RecordHistory(FIRST, SECOND, 2)})
        view = Viewpoint.at(background, Addresses(), record_uri(record))
        near = GraphPictures(base).around(record, view)
        shown = record_view(record, render_body(record, view.linker), near, Beside(), view)
        assert pickle.loads(pickle.dumps(shown)) == shown
        views.append(shown)
    assert views[0] == views[1]


def test_what_was_superseded_says_so_where_it_stands(page, incident, project):
    learned = incident(body="## Learnings\n\n- Old words.\n")
    (record,) = project({PATH: learned}).load().records
    (entry,) = entries_of(record, "Learnings")
    html = page(incident(body=f"## Learnings\n\n- Old words.\n- New. (supersedes {entry.name})\n"))
    old = re.search(r"<li[^>]*>(.*?)Old words", html, re.DOTALL)[1]
    assert "Superseded by L-" in text_of(old)
    assert re.search(r'class="govkb-answered" href="[^"]*#l-[0-9a-f]{8}"', old)
    assert html.count("govkb-answered") == 1


def test_no_record_can_say_that_another_superseded_it(page, incident):
    html = page(incident(body='<a class="govkb-answered" href="#x">Superseded</a>'))
    assert "govkb-answered" not in html


def test_an_item_that_is_an_entry_too_has_the_anchors_of_both(project, site_pages):
    work = (
        "type: work\nlabel: Work\npurpose: To try things.\nid: 'work-{int}'\n"
        "path: 'works/{id}.md'\nsections:\n  Checks: {append_only: true}\n  Plans: {}\n"
        "items:\n  check:\n    label: Check\n    section: [Checks, Plans]\n    name: 'C{int}'\n"
        "    states: [open, passed]\n"
    )
    body = "## Checks\n\n- C1: Seen.\n\n## Plans\n\n- C2: To see.\n"
    text = f"---\nid: work-1\ntitle: One\n---\n\n{body}"
    made = project({"templates/work/type.yaml": work, "records/works/work-1.md": text})
    (html,) = (page.html for page in site_pages(made) if page.uri == "works/work-1.md")
    led_to = re.findall(r'href="#([^"]+)"[^>]*>C[12]<', html)
    (entry,) = re.findall(r'<li id="(l-[0-9a-f]{8})"', html)
    assert led_to == ["check-c1", "check-c2"]  # where boards lead to as well
    assert [html.count(f'id="{anchor}"') for anchor in (entry, *led_to)] == [1, 1, 1]
