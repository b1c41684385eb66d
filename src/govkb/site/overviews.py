"""The pages that look at all records from one side: what is open, what happened, what is sound.

A page that would have nothing to say, because no record of such a type exists, is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from govkb.diagnostics import Diagnostic
from govkb.history.log import Checkpoint
from govkb.knowledge_base import KnowledgeBase
from govkb.site.boards import URI as BOARDS_URI
from govkb.site.boards import Boards, boards
from govkb.site.handoff_board import HandoffBoard, handoff_board, handoff_types
from govkb.site.health import health
from govkb.site.ledger_view import ledger_page
from govkb.site.markdown_writer import Contents
from govkb.site.marks import severity_legend
from govkb.site.timeline import URI as TIMELINE_URI
from govkb.site.timeline import Timeline, TimelinePage, has_timeline
from govkb.site.viewpoint import Viewpoint
from govkb.site.watch import WatchList, watch_list, watched_types

HANDOFF_URI = "handoff.md"
HEALTH_URI = "health.md"
LEDGER_URI = "ledger.md"
WATCH_URI = "watch.md"
OPEN, INSIGHT, TRUST = "What is open", "What we know", "Can it be trusted"

ViewAt = Callable[[str], Viewpoint]
# From which side all records are looked at.
Side = Callable[[KnowledgeBase, ViewAt], Iterator["Overview"]]


class Overview(Struct, frozen=True):
    """A page with what its template sees. `nav` is None where another page of its kind leads to it.

    `question` is what it answers, and `section` the part of the navigation where it stands.
    """

    uri: str
    title: str
    template: str
    question: str
    section: str
    values: Mapping[str, Any]
    contents: tuple[Contents, ...] = ()
    nav: str | None = None


class Told(Struct, frozen=True):
    """What the site is told by whoever builds it: the findings, and the log's checkpoint."""

    findings: Sequence[Diagnostic] = ()
    checkpoint: Checkpoint | None = None


def what_is_open(base: KnowledgeBase, view_at: ViewAt) -> Iterator[Overview]:
    """The boards, and where to start."""
    found = boards(view_at(BOARDS_URI))
    contents = _contents_of_boards(found)
    yield Overview(
        BOARDS_URI,
        "Boards",
        "boards",
        "What is open, who has it, and what is overdue?",
        OPEN,
        {"boards": found, "contents": contents},
        contents,
        nav="Boards",
    )
    handing = handoff_types(base)
    if handing:
        board = handoff_board(handing, view_at(HANDOFF_URI))
        yield Overview(
            HANDOFF_URI,
            handing[0].label,
            "handoff",
            "Where do I start, and what was carried forward?",
            OPEN,
            {"board": board},
            _contents_of_handoff(board),
            nav=handing[0].label,
        )


def what_we_know(base: KnowledgeBase, view_at: ViewAt) -> Iterator[Overview]:
    """What to watch for, and what happened when."""
    watched = watched_types(base)
    if watched:
        view = view_at(WATCH_URI)
        lists = tuple(watch_list(record_type, view) for record_type in watched)
        title = lists[0].title if len(lists) == 1 else "What to watch for"
        yield Overview(
            WATCH_URI,
            title,
            "watch",
            "What came back, and what stands in its way?",
            INSIGHT,
            {"lists": lists},
            _contents_of_watch(lists),
            nav=title,
        )
    if has_timeline(base):
        yield from _timeline(base, view_at)


def _timeline(base: KnowledgeBase, view_at: ViewAt) -> Iterator[Overview]:
    timeline = Timeline(base)
    yield _timeline_page(TIMELINE_URI, timeline.first_page(view_at(TIMELINE_URI)), base, "Timeline")
    for number, chapter in enumerate(timeline.chapters):
        yield _timeline_page(chapter.uri, timeline.page(number, view_at(chapter.uri)), base, None)


def _timeline_page(uri: str, page: TimelinePage, base: KnowledgeBase, nav: str | None) -> Overview:
    years = (Contents("By year and month", "years", 2),) if page.years else ()
    months = tuple(Contents(month.title, month.anchor, 2) for month in page.months)
    values = {"page": page, "legend": severity_legend(base.catalogue)}
    question = "What happened when, for how long, and how far apart?"
    contents = (*years, *months)
    return Overview(uri, page.title, "timeline", question, INSIGHT, values, contents, nav=nav)


def trust(base: KnowledgeBase, view_at: ViewAt, told: Told) -> Iterator[Overview]:
    """What is wrong, and what is sealed."""
    if base.records_by_id or told.findings:
        contents = (
            Contents("Findings", "findings", 2),
            Contents("References astray", "references", 2),
            Contents("Orphans", "orphans", 2),
            Contents("Sealed entries", "sealed", 2),
        )
        yield Overview(
            HEALTH_URI,
            "Health",
            "health",
            "Can I trust these records, and what is wrong with them?",
            TRUST,
            {"health": health(view_at(HEALTH_URI), told.findings)},
            contents,
            nav="Health",
        )
    if any(ledger.lines for ledger in base.ledgers.values()):
        yield Overview(
            LEDGER_URI,
            "Ledger",
            "ledger",
            "Has anything been altered, and how do I verify it?",
            TRUST,
            {"ledger": ledger_page(view_at(LEDGER_URI), told.checkpoint)},
            (
                *((Contents("Checkpoint", "checkpoint", 2),) if told.checkpoint else ()),
                *((Contents("Verify it", "verify", 2),) if told.checkpoint else ()),
                Contents("By record", "records", 2),
            ),
            nav="Ledger",
        )


def _contents_of_boards(found: Boards) -> tuple[Contents, ...]:
    parts = (
        ("Overdue", "overdue", found.late.total),
        ("Within a month", "soon", found.soon.total),
        *((board.heading, board.anchor, board.records.total) for board in found.open),
        *((board.heading, board.anchor, board.items.total) for board in found.items),
        ("Open tasks", "tasks", found.tasks.total),
        ("Left open in records that are done", "left", found.left.total),
        ("Reclassified without a probe", "unprobed", found.unprobed.total),
        ("Contradictions that nobody settled", "contradictions", found.contradictions.total),
    )
    return tuple(Contents(title, anchor, 2) for title, anchor, total in parts if total)


def _contents_of_handoff(board: HandoffBoard) -> tuple[Contents, ...]:
    parts = [(part.heading, part.anchor) for part in board.first]
    parts += [(open_ones.heading, open_ones.anchor) for open_ones in board.items]
    parts += [("Open tasks", "tasks")] if board.tasks else []
    parts += [(carried.heading, carried.anchor) for carried in board.carried]
    parts += [("Earlier ones", "earlier")] if board.earlier else []
    return tuple(Contents(title, anchor, 2) for title, anchor in parts)


def _contents_of_watch(lists: Sequence[WatchList]) -> tuple[Contents, ...]:
    groups = [group for found in lists for group in found.groups]
    return tuple(Contents(group.heading, group.anchor, 2) for group in groups)
