"""The pages that look at all records from one side, on small bases of their own."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from govkb.queries.deadlines import deadlines_of, overdue, soon
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.boards import boards
from govkb.site.health import coverage
from govkb.site.lately import lately
from govkb.site.ledger_view import ledger_page
from govkb.site.overviews import Told
from govkb.site.spans import span_of
from govkb.site.timeline import Timeline
from govkb.site.timeline_drawing import Bar, drawing
from govkb.site.trend import last_months, trend
from govkb.site.viewpoint import Viewpoint
from govkb.site.watch import watch_list, watched_types

INC = "records/incidents/{}.md"
PITFALL = """\
---
id: {name}
title: {name}
enforcement: {enforcement}
instances: [{instances}]
{extra}---

## Pattern

x

## Rule

x
"""
HANDOFF = """\
---
id: HANDOFF-{day}
title: Handoff of {day}
date: {day}
{extra}---

# Handoff of {day}

## Top of next session

1. First thing.

## Carry-forward flags

{flags}

## Executor actions

- [x] Done before.
- [ ] Run `it`.
"""
DECISION = """\
---
id: DEC-20260420-{slug}
title: {slug}
date: 2026-04-20
{extra}---

## Context

x

## Decision

x
"""


@pytest.fixture
def view(project):
    """The view from a page of a project with these files."""

    def make(files, uri="boards.md"):
        return Viewpoint.at(Background(project(files).load()), Addresses(), uri)

    return make


@pytest.fixture
def made(project, site_pages):
    """Every page of a project by its uri, as of the tests' day, with what the check found."""

    def make(files, findings=False):
        found = project(files)
        told = Told(found.check() if findings else ())
        return {page.uri: page for page in site_pages(found, told=told)}

    return make


def words_in(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def pitfalls(**cases):
    """Pitfalls by name, each with its enforcement and the ids of its instances."""
    return {
        f"records/pitfalls/{name}.md": PITFALL.format(
            name=name, enforcement=enforcement, instances=", ".join(instances), extra=""
        )
        for name, (enforcement, instances) in cases.items()
    }


def decision(slug, extra):
    return {f"records/decisions/DEC-20260420-{slug}.md": DECISION.format(slug=slug, extra=extra)}


# What to watch for


def test_what_came_back_without_a_barrier_comes_first(view, incident):
    ids = ["INC-20260418-B", "INC-20260419-A", "INC-20260420-A"]
    files = {INC.format(name): incident(name) for name in ids}
    shown = view(
        {
            **files,
            **pitfalls(
                barred=("test", ids),
                once=("none", ids[:1]),
                twice=("none", ids[:2]),
                thrice=("none", ids),
                noted=("doc", ids[:2]),
            ),
        }
    )
    (record_type,) = watched_types(shown.base)
    found = watch_list(record_type, shown)
    assert [(g.anchor, [w.link.id for w in g.watched]) for g in found.groups] == [
        ("came-back-and-nothing-stops-it", ["thrice", "twice"]),
        ("came-back-in-spite-of-a-barrier", ["noted", "barred"]),
        ("seen-once-at-most", ["once"]),
    ]
    assert [(row.barrier, row.counts) for row in found.rows] == [
        ("none", (1, 1, 1)), ("doc", (0, 1, 0)), ("hook", (0, 0, 0)), ("lint", (0, 0, 0)),
        ("test", (0, 0, 1)),
    ]  # fmt: skip


def test_what_is_superseded_is_no_longer_watched(view):
    text = PITFALL.format(name="old", enforcement="none", instances="", extra="status: withdrawn\n")
    shown = view({"records/pitfalls/old.md": text})
    (record_type,) = watched_types(shown.base)
    assert watch_list(record_type, shown).groups == ()


def test_a_team_can_have_a_type_of_its_own_that_is_watched(made, incident):
    own = (
        "type: trap\nlabel: Trap\npurpose: What bites.\nid: 'TRAP-{seq:1}'\n"
        "path: 'traps/{id}.md'\nrequired: [title]\n"
        "fields: {barrier: {enum: [nothing, wall]}}\nrelations: [evidence]\n"
        "site: {order: barrier, weight: evidence, open: Traps}\n"
    )
    trap = (
        "---\nid: TRAP-1\ntype: trap\ntitle: Pit\nbarrier: nothing\n"
        "evidence: [INC-20260418-B, INC-20260419-A]\n---\n\nx\n"
    )
    pages = made(
        {
            "templates/trap/type.yaml": own,
            "records/traps/TRAP-1.md": trap,
            INC.format("a"): incident(),
            INC.format("b"): incident("INC-20260419-A"),
        }
    )
    assert pages["watch.md"].nav == "Traps"
    assert "Came back, and nothing stops it" in pages["watch.md"].html


# Boards


def test_only_days_that_still_count_are_deadlines(view):
    shown = view(
        {
            **decision("late", "status: ratified\nreview_by: 2026-04-01\n"),
            **decision("soon", "status: ratified\nreview_by: 2026-05-01\n"),
            **decision("far", "review_by: 2027-01-01\n"),
            **decision("gone", "status: rejected\nreview_by: 2026-04-01\n"),
            "records/findings/F-2026-0420-X.md": (
                "---\nid: F-2026-0420-X\ntitle: X\nseverity: low\nstatus: resolved\n"
                "due: 2026-04-01\n---\n\n## Condition\n\nx\n"
            ),
        }
    )
    days, today = deadlines_of(shown.base), shown.base.today
    assert [d.record.id for d in overdue(days, today)] == ["DEC-20260420-late"]
    assert [d.record.id for d in soon(days, today, 30)] == ["DEC-20260420-soon"]
    assert len(days) == 3


def test_overdue_is_said_on_the_boards_and_on_the_home_page(made):
    pages = made(decision("late", "owner: Ada\nstatus: ratified\nreview_by: 2026-04-01\n"))
    for uri in ("boards.md", "index.md"):
        words = words_in(pages[uri].html)
        assert "21 days late" in words
        assert "Ada" in words


def test_open_tasks_come_with_their_record_and_those_of_done_records_apart(view, incident):
    body = "## Summary\n\n- [x] Old.\n- [ ] Do `this` & <b>that</b>.\n"
    closed = "status: closed\nresolved: 2026-04-19\nowner: Ada\n"
    found = boards(
        view(
            {
                INC.format("a"): incident(body=body),
                INC.format("b"): incident("INC-20260419-A", body=body, extra=closed),
                INC.format("c"): incident("INC-20260420-A", body="- [x] Done.\n"),
            }
        )
    )
    (waiting,), (left,) = found.tasks.shown, found.left.shown
    assert (waiting.link.id, waiting.done, waiting.total) == ("INC-20260418-B", 1, 2)
    assert "<code>this</code> &amp;" in waiting.tasks[0]
    assert (left.link.id, left.owner) == ("INC-20260419-A", "Ada")


def test_a_change_of_severity_without_a_probe_is_told(view, incident):
    step = "  - {{at: 2026-04-19, from: low, to: high, by: x{}}}\n"
    probe = ", probe: {what: a, observed_at: 2026-04-19, result: b}"
    found = boards(
        view(
            {
                INC.format("a"): incident(extra="classification:\n" + step.format("")),
                INC.format("b"): incident(
                    "INC-20260419-A", extra="classification:\n" + step.format(probe)
                ),
            }
        )
    )
    assert [(row.link.id, row.change) for row in found.unprobed.shown] == [
        ("INC-20260418-B", "low → high")
    ]


def test_a_contradiction_is_open_until_somebody_says_how_it_was_resolved(view, incident):
    other = {INC.format("b"): incident("INC-20260419-A")}
    open_one = incident(extra="contradicts: [INC-20260419-A]\n")
    settled = incident(extra="contradicts:\n  - {ref: INC-20260419-A, resolution: both}\n")
    assert boards(view({INC.format("a"): open_one, **other})).contradictions.total == 1
    assert boards(view({INC.format("a"): settled, **other})).contradictions.total == 0


def test_boards_of_a_base_in_which_nothing_is_open_say_so(made):
    assert "Nothing is open" in made(decision("x", "status: ratified\n"))["boards.md"].html


def test_a_long_board_is_cut_and_leads_to_the_index(made, incident):
    files = {INC.format(n): incident(f"INC-202604{n:02}-A") for n in range(1, 31)}
    html = made(files)["boards.md"].html
    assert html.count("<tr><td>") == 20
    assert "and 10 more" in html


# Handoff


def handoffs(flags_by_day, extra=""):
    days = list(flags_by_day)
    return {
        f"records/handoffs/HANDOFF-{day}.md": HANDOFF.format(
            day=day,
            flags=flags,
            extra=(f"previous: HANDOFF-{days[n - 1]}\n" if n else "") + extra,
        )
        for n, (day, flags) in enumerate(flags_by_day.items())
    }


def test_the_board_shows_the_newest_handoff_and_how_old_each_flag_is(made):
    files = handoffs(
        {
            "2026-04-01": "- **Old one:** look.\n- Same words.",
            "2026-04-11": "- **Old one:** look again.\n- Same words.",
            "2026-04-21": "- **Old one:** still.\n- **New one:** x.",
        },
        extra="stale_after: 2026-04-21\n",
    )
    html = made(files)["handoff.md"].html
    words = words_in(html)
    assert "Handoff of 2026-04-21" in words
    assert words.index("First thing.") < words.index("Run it .") < words.index("Old one:")
    assert "still. for 21 days, since HANDOFF-2026-04-01 , over 3 handoffs" in words
    assert "New one: x. for 1 day" in words
    assert "Done before." in html
    assert "Stale after 2026-04-21: that was 1 day ago" in words


def test_without_handoffs_there_is_no_board(made, incident):
    pages = made({INC.format("a"): incident()})
    assert "handoff.md" not in pages
    assert "ledger.md" not in pages
    assert "watch.md" not in pages


# Timeline


def test_a_span_goes_from_the_first_day_to_the_last_or_to_today(view, incident):
    closed = "started: 2026-04-10\nresolved: 2026-04-20T10:00:00Z\nstatus: closed\n"
    shown = view(
        {INC.format("a"): incident(extra=closed), INC.format("b"): incident("INC-20260419-A")}
    )
    records, today = shown.base.records_by_id, shown.base.today
    done = span_of(records["INC-20260418-B"], today)
    assert done.in_words == "2026-04-10 to 2026-04-20, 10 days"
    still = span_of(records["INC-20260419-A"], today)
    assert still.in_words == "since 2026-04-18, 4 days"
    assert (done.is_open, still.is_open) == (False, True)


def test_the_timeline_tells_spans_and_gaps(made, incident):
    files = {
        INC.format("a"): incident(detected="2026-03-01").replace("20260418-B", "20260301-A"),
        INC.format("b"): incident(),
        **decision("x", ""),
    }
    page = made(files)["timeline.md"]
    words = words_in(page.html)
    assert "The last incident began on 2026-04-18, 4 days before 2026-04-22." in words
    assert "The longest time between two was 48 days, from 2026-03-01 to 2026-04-18." in words
    assert "48 days after INC-20260301-A" in words
    assert words.index("April 2026") < words.index("March 2026")
    assert "DEC-20260420-x" in words
    assert page.html.count('class="govkb-bar ') == 2
    assert "<script" not in page.html


def test_a_long_timeline_is_split_by_year_and_month(made, incident, view):
    days = [date(2025, 1, 1) + timedelta(days=n % 300) for n in range(420)]
    ids = [f"INC-{day:%Y%m%d}-{'A' if n < 300 else 'B'}" for n, day in enumerate(days)]
    files = {INC.format(name): incident(name) for name in ids}
    files[INC.format("old")] = incident("INC-20240101-A")
    pages = made(files)
    uris = [uri for uri in pages if uri.startswith("timeline")]
    assert uris[:2] == ["timeline.md", "timeline/2025-10.md"]
    assert uris[-2:] == ["timeline/2025-01.md", "timeline/2024.md"]
    assert [pages[uri].nav for uri in uris[:2]] == ["Timeline", None]
    assert "INC-20250101-A" in pages["timeline/2025-01.md"].html
    assert 'href="2025-01/#2025-01"' in pages["timeline.md"].html
    assert len(pages["timeline.md"].html) < 40_000
    timeline = Timeline(view(files).base)
    assert sum(len(found) for found in timeline.by_month.values()) == 421


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date.max, date.max),
        (date.min, date.max),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 1, 31), date(2026, 12, 31)),
        (date(1999, 12, 31), date(2026, 1, 1)),
    ],
)
def test_any_time_can_be_drawn(start, end):
    bar = Bar("<x>", "a & b", "../x/", start, end, end == start, "▲", "severity-0")
    svg = drawing([bar])
    assert "&lt;x&gt;" in svg
    assert "a &amp; b" in svg
    assert svg.count("govkb-tick-label") in range(1, 14)
    places = [float(x) for x in re.findall(r'x="(-?[0-9.]+)"', svg)]
    assert all(0 <= x <= 760 for x in places)


# Health


def test_health_tells_findings_by_rule_and_owner_and_what_leads_nowhere(made, incident):
    files = {
        INC.format("INC-20260418-B-x"): incident(
            extra="owner: Ada\nrelates_to: INC-20260418-Z\ncolour: <i>blue</i>\n",
            body="## Summary\n\nx\n",
        ),
        **decision("alone", ""),
    }
    words = words_in(made(files, findings=True)["health.md"].html)
    assert "REF002 dangling-reference ▲ error 1" in words
    assert "FIELD004" in words
    assert "Ada 1 1" in words
    assert "INC-20260418-Z Zero backups INC-20260418-B names nothing" in words
    assert "alone DEC-20260420-alone" in words
    assert "Nothing is sealed yet" in words


def test_a_clean_base_is_told_to_be_one(made):
    words = words_in(made(decision("x", ""), findings=True)["health.md"].html)
    assert "None: every record fits its type" in words


def test_many_findings_are_cut(made, incident):
    files = {
        INC.format(n): incident(
            f"INC-202604{n:02}-A", extra="".join(f"x{k}: 1\n" for k in range(10))
        )
        for n in range(1, 29)
    }
    html = made(files, findings=True)["health.md"].html
    assert html.count('class="govkb-line"') == 200
    assert "more; <code>govkb check</code> lists them all" in html


def test_sealed_entries_are_counted(project, run_govkb, incident):
    made = project(
        {INC.format("INC-20260418-B-x"): incident(body="## Learnings\n\n- One.\n- Two.\n")}
    )
    assert run_govkb("seal", cwd=made.root).code == 0
    assert coverage(made.load()).percent == 100
    made.write(
        {INC.format("INC-20260418-B-x"): incident(body="## Learnings\n\n- One.\n- Two.\n- New.\n")}
    )
    found = coverage(made.load())
    assert (found.sealed, found.unsealed, found.percent) == (2, 1, 66)


# Ledger


def test_the_ledgers_page_shows_the_checkpoint_that_is_published(project, run_govkb, incident):
    body = "## Summary\n\nx\n\n## Learnings\n\n- One.\n- Two.\n"
    made = project({INC.format("INC-20260418-B-x"): incident(body=body)})
    assert run_govkb("seal", cwd=made.root).code == 0
    assert run_govkb("build", cwd=made.root).code == 0
    site = made.root / "site"
    origin, size, root = (site / "ledger/checkpoint.txt").read_text().splitlines()
    html = (site / "ledger/index.html").read_text()
    assert f"<code>{origin}\n{size}\n{root}</code>" in html
    assert 'href="checkpoint.txt"' in html
    assert "govkb verify --against checkpoint.txt" in html
    kept = site / "ledger/checkpoint.txt"
    assert run_govkb("verify", "--against", str(kept), cwd=made.root).code == 0


def test_a_ledger_whose_record_is_gone_still_has_its_row(project, run_govkb, incident):
    body = "## Learnings\n\n- One.\n"
    made = project({INC.format("INC-20260418-B-x"): incident(body=body)})
    run_govkb("seal", cwd=made.root)
    (made.root / INC.format("INC-20260418-B-x")).unlink()
    page = ledger_page(Viewpoint.at(Background(made.load()), Addresses(), "ledger.md"), None)
    (row,) = page.rows.shown
    assert (row.record_id, row.link, row.sealed) == ("INC-20260418-B", None, 1)


# Home


def test_home_leads_to_every_overview_by_its_question(made, incident):
    pages = made({INC.format("a"): incident(), **handoffs({"2026-04-21": "- x"})})
    html = pages["index.md"].html
    for uri, page in pages.items():
        if page.nav and page.nav != "Home":
            assert (
                f'href="{uri.removesuffix("index.md").removesuffix(".md").strip("/")}/"' in html
            ), uri


def test_what_home_leaves_out_of_a_list_is_on_the_boards(made, incident):
    pages = made({INC.format(n): incident(f"INC-202604{n:02}-A") for n in range(1, 8)})
    assert '<a href="boards/#open-incident">and 2 more</a>' in pages["index.md"].html
    assert 'id="open-incident"' in pages["boards.md"].html


def test_home_tells_the_newest_changes_from_what_records_say_of_themselves(view, incident):
    text = incident(
        extra=(
            "status: closed\nresolved: 2026-04-20\n"
            "status_history:\n  - {at: 2026-04-20, from: open, to: closed}\n"
            "classification:\n  - {at: 2026-05-30, from: low, to: high}\n"
        )
    )
    found = lately(view({INC.format("a"): text}, "index.md"))
    assert [(change.day, change.what) for change in found] == [
        ("2026-04-20", "resolved; status from open to closed"),
        ("2026-04-18", "filed"),
    ]


def test_the_trend_has_a_bar_for_each_month_with_records():
    today = date(2026, 4, 22)
    days = ("2026-04-01", "2026-04-02", "2025-05-01", "2025-04-30", None)
    records = [SimpleNamespace(date=day, metadata={}, type=None) for day in days]
    svg = trend(records, today)
    assert "3 records in twelve months, 2 this month" in svg
    assert svg.count("<rect") == 2
    assert trend(records[3:], today) is None
    assert (last_months(today)[0], last_months(today)[-1]) == ("2025-05", "2026-04")
    assert last_months(date(1, 3, 1)) == ["0001-01", "0001-02", "0001-03"]


def test_53_what_a_stranger_wrote_runs_nowhere(made, incident):
    hostile = "</title><script>alert(1)</script><img src=x onerror=alert(2)>"
    files = {
        INC.format("a"): incident(
            title=f"'{hostile}'",
            extra=f"owner: '{hostile}'\nclassification:\n"
            f"  - {{at: 2026-04-19, from: low, to: '{hostile}', by: x}}\n",
            body=f"## Summary\n\n- [ ] {hostile}\n",
        ),
        **handoffs({"2026-04-21": f"- **{hostile}** {hostile}"}),
        **pitfalls(x=("none", ["INC-20260418-B"])),
    }
    for uri, page in made(files, findings=True).items():
        # The rows of a table are data in an attribute, which ends at the first quote.
        html = re.sub(r' data-rows="[^"<>]*"', "", page.html)
        html = html.replace('<script src="../assets/govkb-graph.js" defer></script>', "")
        assert "<script" not in html, uri
        assert not re.search(r"<[^>]*onerror", html), uri


def test_tickets_stand_on_their_board_by_priority_with_the_day_they_were_opened(
    project, site_pages
):
    text = (
        "---\nid: ticket-{}\ntitle: One\nkind: chore\nstatus: todo\nopened: 2026-04-1{}\n{}---\n\n"
        "## Problem\n\nx\n\n## Acceptance criteria\n\n- [ ] AC1: y\n"
    )
    more = {3: "priority: p2\n", 5: "priority: p0\n", 7: ""}
    made = project(
        {f"records/tickets/ticket-{n}.md": text.format(n, n, said) for n, said in more.items()}
    )
    html = next(page.html for page in site_pages(made) if page.uri == "boards.md")
    shown = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    assert "Record Priority Status Filed" in shown
    rows = re.findall(r"One ticket-(\d) (p\d)? ?○ todo (2026-04-1\d)", shown)
    assert rows == [("5", "p0", "2026-04-15"), ("3", "p2", "2026-04-13"), ("7", "", "2026-04-17")]
