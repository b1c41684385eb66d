import re

import pytest

INC = "records/incidents/{}.md"
EMPTY_PITFALL = "---\nid: {}\ntitle: T\nenforcement: {}\n---\n\n## Pattern\n\nx\n\n## Rule\n\nx\n"
HANDOFF = """\
---
id: HANDOFF-{day}
title: Handoff of {day}
date: {day}
---

# Handoff of {day}

## Key Learnings

{learnings}
"""


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_record_has_a_page_and_every_type_with_records_an_index(pages, incident):
    made = pages(
        {INC.format("a"): incident(), "records/pitfalls/p.md": EMPTY_PITFALL.format("p", "none")}
    )
    assert list(made) == [
        "index.md",
        "all/index.md",
        "incidents/index.md",
        "pitfalls/index.md",
        "boards.md",
        "learnings.md",
        "watch.md",
        "timeline.md",
        "graph.md",
        "health.md",
        "vocabulary.md",
        "incidents/INC-20260418-B.md",
        "pitfalls/p.md",
    ]
    assert [page.nav for page in made.values()] == [
        "Home", "All records", "Incidents", "Pitfalls", "Boards", "Learnings",
        "Pitfalls to watch for", "Timeline", "Graph", "Health", None, None, None,
    ]  # fmt: skip


def test_without_records_home_says_what_to_run(pages):
    made = pages()
    assert "govkb new incident" in made["index.md"].html


def test_every_link_between_pages_leads_to_one(pages, incident):
    made = pages(
        {
            INC.format("a"): incident(
                extra="relates_to: [INC-20260419-A]\n", body="See INC-20260419-A."
            ),
            INC.format("b"): incident("INC-20260419-A", "Other", "## Learnings\n\n- L.\n"),
        }
    )
    addresses = {f"/{uri.removesuffix('.md').removesuffix('index')}".rstrip("/") for uri in made}
    addresses |= {f"/r/{record}" for record in ("INC-20260418-B", "INC-20260419-A")}
    for uri, page in made.items():
        here = f"/{uri.removesuffix('.md')}/" if not uri.endswith("index.md") else f"/{uri[:-8]}"
        for href in re.findall(r'href="([^"#]+)', page.html):
            assert _joined(here, href) in addresses, (uri, href)


def _joined(here, href):
    parts = [part for part in here.split("/") if part]
    for part in href.split("/"):
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts) if parts else ""


def test_a_record_shows_its_status_and_severity_in_words(pages, incident):
    html = pages({INC.format("a"): incident()})["incidents/INC-20260418-B.md"].html
    words = text_of(html)
    assert "high" in words
    assert "open" in words
    assert "INC-20260418-B" in words


@pytest.mark.parametrize(
    ("start", "end", "figure"),
    [
        ("2026-02-03", "2026-04-18", "Time to detect 74 days"),
        ("2026-04-18", "2026-04-18", "Time to detect within a day"),
        ("2026-04-18T10:00:00Z", "2026-04-18T13:20:00Z", "Time to detect 3 h 20 min"),
        ("2026-04-17", "2026-04-18T13:20:00Z", "Time to detect 1 day"),
    ],
)
def test_durations_are_computed(pages, incident, start, end, figure):
    files = {INC.format("a"): incident(extra=f"started: {start}\n", detected=end)}
    assert figure in text_of(pages(files)["incidents/INC-20260418-B.md"].html)


@pytest.mark.parametrize("start", ["2026-05-01", "2026-04-17T10:00:00"])
def test_a_duration_that_cannot_be_known_is_left_out(pages, incident, start):
    files = {
        INC.format("a"): incident(extra=f"started: {start}\n", detected="2026-04-18T10:00:00Z")
    }
    found = text_of(pages(files)["incidents/INC-20260418-B.md"].html)
    assert "Time to detect" not in found


def test_relations_stand_on_both_pages_under_their_own_names(pages, incident):
    made = pages(
        {
            INC.format("a"): incident(
                extra="caused_by:\n  - {ref: INC-20260419-A, note: the same token}\n"
            ),
            INC.format("b"): incident("INC-20260419-A", "Other"),
        }
    )
    there = text_of(made["incidents/INC-20260418-B.md"].html)
    back = text_of(made["incidents/INC-20260419-A.md"].html)
    assert "Caused by Other INC-20260419-A" in there
    assert "the same token" in there
    assert "Cause of Zero backups INC-20260418-B" in back


def test_a_mention_is_told_apart_from_a_relation(pages, incident):
    made = pages(
        {
            INC.format("a"): incident(body="See INC-20260419-A."),
            INC.format("b"): incident("INC-20260419-A", "Other"),
        }
    )
    assert "Mentions Other INC-20260419-A" in text_of(made["incidents/INC-20260418-B.md"].html)
    assert "Mentioned in Zero backups INC-20260418-B" in text_of(
        made["incidents/INC-20260419-A.md"].html
    )


def test_a_superseded_record_says_so_and_by_which(pages, incident):
    made = pages(
        {
            INC.format("a"): incident(),
            INC.format("b"): incident(
                "INC-20260419-A", "Other", extra="supersedes: INC-20260418-B\n"
            ),
        }
    )
    html = made["incidents/INC-20260418-B.md"].html
    banner = html[html.index("admonition") : html.index("admonition") + 400]
    assert "superseded" in banner
    assert 'href="../INC-20260419-A/"' in banner
    assert "admonition" not in made["incidents/INC-20260419-A.md"].html


@pytest.mark.parametrize(
    ("until", "is_shown"), [("2026-04-21", False), ("2026-04-22", True), ("INC-20260419-A", True)]
)
def test_what_is_superseded_for_a_time_says_so_until_it_is_over(pages, incident, until, is_shown):
    extra = f"supersedes: {{ref: INC-20260418-B, until: {until}, scope: the nightly job}}\n"
    html = pages(
        {
            INC.format("a"): incident(),
            INC.format("b"): incident("INC-20260419-A", "Other", extra=extra),
        }
    )["incidents/INC-20260418-B.md"].html
    text = f"Superseded for the nightly job until {until}. Read instead:"
    assert (text in html) is is_shown
    said = text_of(html)
    assert "for the nightly job; until" in said
    assert (", which is over" in said) is not is_shown
    assert "This record is superseded" not in html


def test_a_proposal_supersedes_nothing_yet(pages):
    text = "---\nid: DEC-20260421-{0}\ntitle: T\ndate: 2026-04-21\n{1}---\n\n# T\n"
    made = pages(
        {
            "records/decisions/a.md": text.format("a", "supersedes: DEC-20260421-b\n"),
            "records/decisions/b.md": text.format("b", "status: ratified\n"),
        }
    )
    assert "admonition" not in made["decisions/DEC-20260421-b.md"].html


def test_tasks_are_counted(pages, incident):
    html = pages({INC.format("a"): incident(body="- [x] a\n- [ ] b\n- [ ] c\n")})
    assert "1 of 3" in text_of(html["incidents/INC-20260418-B.md"].html)


def test_a_record_is_found_by_id_title_alias_and_words(pages, incident):
    made = pages(
        {INC.format("a"): incident(extra="aliases: [BLACKOUT]\n", body="## Impact\n\nOpaque.")}
    )
    opening, impact = made["incidents/INC-20260418-B.md"].words
    assert opening.title == "INC-20260418-B: Zero backups"
    assert "BLACKOUT" in opening.text
    assert (impact.anchor, impact.text) == ("impact", "Opaque.")


def test_a_learning_that_later_handoffs_repeat_is_shown_once_under_its_first_source(pages):
    first = "### 2026-04-18\n\n1. Look for the backup itself.\n"
    made = pages(
        {
            "records/handoffs/HANDOFF-2026-04-18.md": HANDOFF.format(
                day="2026-04-18", learnings=first
            ),
            "records/handoffs/HANDOFF-2026-04-21.md": HANDOFF.format(
                day="2026-04-21", learnings=f"{first}\n### 2026-04-21\n\n1. Probe first.\n"
            ),
        }
    )
    html = made["learnings.md"].html
    assert text_of(html).count("Look for the backup itself.") == 1
    assert html.index("2026-04-21") < html.index("Probe first.") < html.index("Look for the backup")
    (anchor,) = re.findall(r'href="\.\./handoffs/HANDOFF-2026-04-18/#(l-[0-9a-f]{8})"', html)
    assert f'id="{anchor}"' in made["handoffs/HANDOFF-2026-04-18.md"].html


def test_pitfalls_without_a_barrier_come_first(pages):
    names = [("a-tested", "test"), ("b-none", "none"), ("c-documented", "doc")]
    made = pages({f"records/pitfalls/{n}.md": EMPTY_PITFALL.format(n, e) for n, e in names})
    html = made["pitfalls/index.md"].html
    order = sorted(("a-tested", "b-none", "c-documented"), key=lambda n: html.index(f">{n}</span>"))
    assert order == ["b-none", "c-documented", "a-tested"]


def test_of_two_pitfalls_without_a_barrier_the_one_that_came_back_comes_first(pages, incident):
    pitfall = (
        "---\nid: {}\ntitle: {}\nenforcement: none\n{}---\n\n## Pattern\n\nx\n\n## Rule\n\ny\n"
    )
    made = pages(
        {
            "records/incidents/b.md": incident(),
            "records/pitfalls/cited.md": pitfall.format("cited", "Cited", ""),
            "records/pitfalls/again.md": pitfall.format(
                "again", "Again", "instances: INC-20260418-B\n"
            ),
            "records/pitfalls/other.md": pitfall.format(
                "other", "Other", "relates_to: [cited, INC-20260418-B]\n"
            ),
        }
    )
    found = re.findall(r'<tr>\n<td><span class="govkb-id">([^<]+)<', made["pitfalls/index.md"].html)
    assert found[0] == "again"


def test_a_learning_with_a_date_of_its_own_stands_under_that_day(pages, incident):
    body = "## Learnings\n\n- Filed with the incident.\n- 2026-04-21: Learned later.\n"
    html = pages({"records/incidents/b.md": incident(body=body)})["learnings.md"].html
    days = re.findall(r'<h2 id="day-([0-9-]+)"', html)
    assert days == ["2026-04-21", "2026-04-18"]
    assert html.index("day-2026-04-21") < html.index("Learned later") < html.index("day-2026-04-18")


def test_the_graph_has_a_node_for_every_record_and_a_list_of_every_relation(pages, incident):
    made = pages(
        {
            INC.format("a"): incident(extra="caused_by: INC-20260419-A\n"),
            INC.format("b"): incident("INC-20260419-A", "Other"),
            INC.format("c"): incident("INC-20260420-A", "Alone"),
        }
    )
    html = made["graph.md"].html
    svg = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    for record_id in ("INC-20260418-B", "INC-20260419-A", "INC-20260420-A"):
        assert f'href="../incidents/{record_id}/"' in svg
    assert "INC-20260418-B caused by INC-20260419-A" in text_of(html)


def test_two_runs_give_the_same_pages(pages, incident):
    files = {
        INC.format(n): incident(f"INC-20260418-{n}", f"Title {n}", f"See INC-20260418-{m}.")
        for n, m in ("AB", "BC", "CD", "DA", "EA", "FB")
    }
    assert pages(files) == pages(files)


def test_a_duplicate_id_has_one_page(pages, incident):
    made = pages({INC.format("a"): incident(), INC.format("b"): incident(title="Second")})
    assert [uri for uri in made if "INC-" in uri] == ["incidents/INC-20260418-B.md"]


def test_an_id_that_leads_out_of_the_site_has_no_page(pages):
    made = pages({"records/pitfalls/x.md": EMPTY_PITFALL.format('"../../x"', "none")})
    assert all(".." not in uri for uri in made)


def test_54_every_field_is_escaped_everywhere(pages, incident):
    hostile = "\"'><script>alert(1)</script>"
    quoted = '"\\"\'><script>alert(1)</script>"'
    extra = f"owner: {quoted}\nsummary: {quoted}\ntags: [{quoted}]\naffected: [{quoted}]\n"
    other = incident(
        "INC-20260419-A",
        quoted,
        extra=f"relates_to:\n  - {{ref: INC-20260418-B, note: {quoted}}}\n",
    )
    made = pages({INC.format("a"): incident(title=quoted, extra=extra), INC.format("b"): other})
    assert hostile in made["incidents/INC-20260418-B.md"].title
    for uri, page in made.items():
        own = '<script src="../assets/govkb-graph.js" defer></script>'
        assert "<script" not in page.html.replace(own, ""), uri
        assert not re.search(r"<[^>]*\"'>", page.html), uri


def test_56_template_marks_in_a_field_are_text(pages, incident):
    made = pages({INC.format("a"): incident(title='"{{ 7*7 }} {% raw %}"')})
    assert all("49" not in page.html for page in made.values())
    assert "{{ 7*7 }} {% raw %}" in made["incidents/INC-20260418-B.md"].html


def test_a_template_of_the_repository_wins(pages):
    files = {
        "templates/site/learnings.html.j2": "<h1>Ours</h1>",
        "records/pitfalls/p.md": EMPTY_PITFALL.format("p", "none"),
    }
    assert pages(files)["learnings.md"].html == "<h1>Ours</h1>"


def test_the_vocabulary_says_what_values_there_are_and_who_uses_them(pages, incident):
    made = pages(
        {
            "templates/vocabulary.yaml": "definitions:\n  severity:\n"
            "    description: how bad it is\n"
            '    enum: [high, low]\n    spellings: {"🔴 high": high, HIGH: high}\n',
            INC.format("a"): incident(),
            INC.format("b"): incident("INC-20260418-C").replace(
                "severity: high", "severity: 🔴 high"
            ),
        }
    )
    page = made["vocabulary.md"]
    words = text_of(page.html)
    assert "How bad it is. Value Also written Used high 🔴 high, HIGH 2 low 0" in words
    assert "In Incident : severity , Incident : classification" in words
    assert 'href="incidents/"' in page.html.replace("../", "")
    assert "Enforcement" not in words
    assert [entry.anchor for entry in page.contents] == ["gate_kind", "severity"]
    assert 'href="../vocabulary/"' in made["incidents/index.md"].html


def test_a_decorated_value_counts_as_the_value_proper(pages, incident):
    made = pages(
        {
            "templates/vocabulary.yaml": "definitions:\n  severity:\n"
            '    enum: [critical, high, low, unknown]\n    spellings: {"🔴 critical": critical}\n',
            INC.format("a"): incident().replace("severity: high", "severity: 🔴 critical"),
        }
    )
    assert "▲ critical" in text_of(made["incidents/index.md"].html)


def test_a_status_that_is_any_text_is_shown_as_written(pages):
    note = (
        'type: note\nlabel: Note\npurpose: A thought.\nid: "NOTE-{seq:3}"\npath: "notes/{id}.md"\n'
    )
    made = pages(
        {
            "templates/note/type.yaml": note,
            "records/notes/NOTE-001.md": "---\nid: NOTE-001\nstatus: simmering\n---\n",
            "records/notes/NOTE-002.md": "---\nid: NOTE-002\n---\n",
        }
    )
    assert "simmering" in text_of(made["notes/NOTE-001.md"].html)
    assert "simmering" in text_of(made["notes/index.md"].html)
    assert "Note" in text_of(made["index.md"].html)
