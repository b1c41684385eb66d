"""Pages kept from an earlier build are those that a build from nothing would make."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from govkb.errors import GovkbError
from govkb.history import entries_of
from govkb.mkdocs_plugin import record_writing
from govkb.mkdocs_plugin.kept_pages import place

SETTINGS = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [govkb]\n"
A, B, C, D = (f"records/incidents/INC-20260418-{letter}-x.md" for letter in "ABCD")
DECISION = "records/decisions/DEC-20260419-swap.md"


def decision(extra=""):
    return (
        f"---\nid: DEC-20260419-swap\ntitle: Swap it\nstatus: accepted\n{extra}---\n\n"
        "# Swap it\n\n## Decision\n\nSwap.\n"
    )


@pytest.fixture
def kb(project, incident):
    """Four incidents in a chain, the last of them alone, and a decision."""
    return project(
        {
            "mkdocs.yml": SETTINGS,
            "docs/guide.md": "# Guide\n",
            A: incident("INC-20260418-A", extra="relates_to: INC-20260418-B\n"),
            B: incident(
                "INC-20260418-B",
                body="See INC-20260418-C and [its end](INC-20260418-C-x.md#the-end).\n",
                extra="summary: As in INC-20260418-D and INC-20260418-E\n",
            ),
            C: incident(
                "INC-20260418-C",
                body="## The end\n\nx\n\n## Learnings\n\n- A green job is no proof of a backup.\n",
            ),
            D: incident("INC-20260418-D", body="Nothing but PF-2026-99.\n"),
            DECISION: decision("relates_to: INC-20260418-A\n"),
        }
    )


CHANGES = {
    "text": {A: ("Zero backups", "No backups")},
    "title": {C: ("Zero backups", "Not one backup")},
    "severity": {C: ("severity: high", "severity: low")},
    "status": {DECISION: ("status: accepted", "status: deprecated")},
    "day": {D: ("detected: 2026-04-18", "detected: 2026-04-19")},
    "heading": {C: ("## The end", "## The bitter end")},
    "relation": {D: ("severity", "relates_to: INC-20260418-A\nseverity")},
    "relation gone": {A: ("relates_to: INC-20260418-B\n", "")},
    "relation of a neighbour": {DECISION: ("INC-20260418-A", "INC-20260418-D")},
    "alias": {D: ("severity", "aliases: [INC-20260418-E]\nseverity")},
    "words around a mention": {B: ("See INC-20260418-C", "Compare INC-20260418-C")},
    "contradicted": {DECISION: ("relates_to", "contradicts")},
}


@pytest.mark.long
@pytest.mark.parametrize("name", CHANGES)
def test_an_edit_changes_every_page_that_shows_it(kb, tmp_path, built, name):
    _compare(kb, tmp_path, built, lambda: _edit(kb, CHANGES[name]))


def _edit(kb, changes):
    for path, (old, new) in changes.items():
        text = (kb.root / path).read_text()
        assert old in text
        kb.write({path: text.replace(old, new)})


def _compare(kb, tmp_path, built, change, records=5, **more):
    """Builds before and after a change with a cache, and after it without one."""
    cache = tmp_path / "cache"
    before, made = built(kb.root, tmp_path / "first", cache)
    assert made == records
    change()
    warm, _ = built(kb.root, tmp_path / "second", cache, **more)
    cold, _ = built(kb.root, tmp_path / "third", None, **more)
    assert warm == cold
    assert warm != before
    again, made = built(kb.root, tmp_path / "fourth", cache, **more)
    assert again == warm
    return made


HANDOFF = "records/handoffs/HANDOFF-2026-04-21.md"
TEXTS = {
    "what the newest handoff puts first": {HANDOFF: ("Restore one", "Restore all")},
    "what the newest handoff says elsewhere": {HANDOFF: ("Nothing else", "Nothing more")},
    "a learning": {C: ("- A green", "- A red job proves nothing.\n- A green")},
    "other words of a learning": {C: ("no proof", "hardly a proof")},
    "the first task": {D: ("Nothing but", "- [ ] Restore it\n\nNothing but")},
    "another task": {B: ("- [ ] One", "- [ ] Two")},
    "the last task": {B: ("- [ ] One", "- [x] One")},
    "what a relation holds until": {D: ("- [ ] Two", "- [x] Two")},
    "an answer to a learning, among what is none": {B: ("- 10:00", "- 10:00 ({answer})\n- 10:00")},
}


@pytest.mark.long
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_changes_every_list_that_shows_it(kb, tmp_path, built, name):
    """Where nothing else changes, lists are kept: these are what shows of texts in them."""
    kb.write(
        {
            HANDOFF: (
                "---\nid: HANDOFF-2026-04-21\ntitle: Handoff\nrelates_to: [INC-20260418-C]\n---\n\n"
                "# Handoff\n\n## Start here\n\nRestore one.\n\n## What is\n\nNothing else.\n"
            ),
            DECISION: decision(
                "temporarily_supersedes: "
                "[{ref: INC-20260418-A, until: INC-20260418-D#to-do, scope: swaps}]\n"
            ),
        }
    )
    then = "\n\n## Timeline\n\n- 10:00 UTC\n\n## Then\n\nSee INC"
    _edit(kb, {B: ("See INC", f"## To do\n\n- [ ] One{then}")})
    _edit(kb, {D: ("Nothing but", "## To do\n\n- [ ] Two\n\n## Then\n\nNothing but")})
    (learning,) = entries_of(kb.load().records_by_id["INC-20260418-C"], "Learnings")
    answer = f"supersedes {learning.name}"
    texts = {path: (old, new.format(answer=answer)) for path, (old, new) in TEXTS[name].items()}
    made = _compare(kb, tmp_path, built, lambda: _edit(kb, texts), records=6)
    assert made == 0


FILES = {
    "a record that was named before": {
        "records/incidents/INC-20260418-E-x.md": lambda i: i("INC-20260418-E")
    },
    "a record next to another": {"records/incidents/x.md": lambda i: i("INC-20260418-BB")},
    "a template": {"templates/site/record.html.j2": lambda i: "<h1>{{ record.id }}</h1>"},
    "a type": {"templates/incident/type.yaml": lambda i: "label: Mishap\nplural: Mishaps\n"},
    "a page of the user's own": {"docs/other.md": lambda i: "# Other\n"},
    "the theme's settings": {
        "mkdocs.yml": lambda i: (
            f"{SETTINGS}extra_css: [own.css]\nsite_url: https://kb.example.org\n"
        )
    },
    "where records are edited": {
        "mkdocs.yml": lambda i: f"{SETTINGS}repo_url: https://example.org/o/r\nedit_uri: edit/x/\n"
    },
    "a ledger": {
        "records/.govkb/ledger/INC-20260418-C.ledger": lambda i: (
            f"govkb-ledger 1 INC-20260418-C\nadd {'0' * 64} 2026-04-18 Learnings\n"
        )
    },
    "addresses": {"mkdocs.yml": lambda i: f"{SETTINGS}use_directory_urls: false\n"},
    "a record in the navigation": {
        "mkdocs.yml": lambda i: f"{SETTINGS}nav: [One: incidents/INC-20260418-A.md]\n"
    },
    "what a folder hands down": {
        "records/incidents/INDEX.yaml": lambda i: "status: closed\n",
        "govkb.toml": lambda i: '[inheritance]\nfile = "INDEX.yaml"\n',
    },
    "a record that supersedes another": {
        "records/decisions/DEC-20260420-new.md": lambda i: decision(
            "supersedes: DEC-20260419-swap\n"
        ).replace("id: DEC-20260419-swap", "id: DEC-20260420-new")
    },
}


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_a_new_file_changes_every_page_that_shows_it(kb, tmp_path, built, incident, name):
    files = {path: text(incident) for path, text in FILES[name].items()}
    _compare(kb, tmp_path, built, lambda: kb.write(files))


def test_a_record_that_is_gone_is_gone_from_every_page(kb, tmp_path, built):
    _compare(kb, tmp_path, built, (kb.root / C).unlink)


def test_a_file_that_was_renamed_is_shown_by_its_new_name(kb, tmp_path, built):
    _compare(kb, tmp_path, built, lambda: (kb.root / A).rename(kb.root / A.replace("x", "y")))


def test_a_day_that_passes_shows(kb, tmp_path, built):
    _edit(kb, {D: ("severity", "due: 2026-04-22\nseverity")})
    assert _compare(kb, tmp_path, built, lambda: None, day=date(2026, 4, 23)) == 0


def test_a_day_that_passes_shows_on_a_record_that_is_no_longer_in_force(kb, tmp_path, built):
    exception = "\n## Exceptions\n\n- One swap more\n  - Expires: 2026-04-22\n"
    text = decision().replace("status: accepted", "status: superseded") + exception
    kb.write({DECISION: text})
    assert _compare(kb, tmp_path, built, lambda: None, day=date(2026, 4, 23)) == 0


def test_a_commit_shows(kb, tmp_path, built, git):
    repository = git(kb.root)
    repository.commit()

    def commit():
        _edit(kb, CHANGES["text"])
        repository.commit()

    _compare(kb, tmp_path, built, commit)


def test_an_answer_shows_at_the_entry_that_it_answers(kb, tmp_path, built):
    (entry,) = entries_of(kb.load().records_by_id["INC-20260418-C"], "Learnings")
    text = f"\n## Learnings\n\n- Look at the object. (supersedes {entry.name})\n"
    _compare(kb, tmp_path, built, lambda: _edit(kb, {A: ("# Zero", f"# Zero\n{text}\n# Z")}))


def test_what_settles_an_item_shows_on_the_page_that_asks(kb, tmp_path, built):
    decided = decision("date: 2026-04-19\nsource: {brief: BRIEF-20260418-asked, bullet: A}\n")
    brief = "records/briefs/BRIEF-20260418-asked.md"
    asked = "## Context\n\nx\n\n## Decisions sought\n\n- A: Who swaps?\n- B: When?\n"
    kb.write({brief: f"---\nid: BRIEF-20260418-asked\ntitle: Asked\n---\n\n# Asked\n\n{asked}"})
    rounds = [f"records/reviews/review-swap-2026-04-18{end}.md" for end in ("", "-r2")]
    head = "---\nid: {}\ntitle: Round\n{}---\n\n# Round\n\n## Summary\n\nx\n\n"
    fixes = head.format("review-swap-2026-04-18", "") + "## Required fixes\n\n- R1: Say who.\n"
    after = "status: completed\nverdict: approved\nprevious_round: review-swap-2026-04-18\n"
    answers = head.format("review-swap-2026-04-18-r2", after) + "## Resolved items\n\n- R2: When.\n"
    kb.write({DECISION: decided, rounds[0]: fixes, rounds[1]: answers})
    cache = tmp_path / "cache"
    before, _ = built(kb.root, tmp_path / "first", cache)
    kb.write({DECISION: decided.replace("bullet: A", "bullet: B")})
    kb.write({rounds[1]: answers.replace("R2: When", "R1: When")})
    warm, _ = built(kb.root, tmp_path / "second", cache)
    cold, _ = built(kb.root, tmp_path / "third", None)
    assert warm == cold
    for page in ("briefs/BRIEF-20260418-asked", "reviews/review-swap-2026-04-18"):
        assert warm[f"{page}/index.html"] != before[f"{page}/index.html"]


def test_a_ledger_that_was_written_again_shows(kb, tmp_path, built):
    (entry,) = entries_of(kb.load().records_by_id["INC-20260418-C"], "Learnings")
    path = "records/.govkb/ledger/INC-20260418-C.ledger"
    ledger = f"govkb-ledger 1 INC-20260418-C\nadd {entry.digest} 2026-04-{{}} Learnings\n"
    kb.write({path: ledger.format(18)})
    _compare(kb, tmp_path, built, lambda: kb.write({path: ledger.format(19)}))


def test_an_edit_makes_only_the_pages_that_show_it(kb, tmp_path, built):
    cache = tmp_path / "cache"
    built(kb.root, tmp_path / "site", cache)
    assert built(kb.root, tmp_path / "site", cache)[1] == 0
    _edit(kb, {D: ("Nothing but", "Nothing more than")})
    # Its own page, and that of the record whose summary names it.
    assert built(kb.root, tmp_path / "site", cache)[1] == 2


def test_a_page_that_somebody_wrote_to_is_made_anew(kb, tmp_path, built):
    cache, site = tmp_path / "cache", tmp_path / "site"
    first, _ = built(kb.root, site, cache)
    page = site / "incidents/INC-20260418-A/index.html"
    with page.open("a") as file:
        file.write("<!-- minified -->")
    assert built(kb.root, site, cache) == (first, 1)


def test_an_older_site_keeps_its_pages(kb, tmp_path, built):
    cache = tmp_path / "cache"
    first, _ = built(kb.root, tmp_path / "old", cache)
    _edit(kb, {A: ("Zero backups", "No backups")})
    built(kb.root, tmp_path / "new", cache)
    name = "incidents/INC-20260418-A/index.html"
    assert (tmp_path / "old" / name).read_bytes() == first[name]


def test_what_is_kept_of_records_that_are_gone_is_removed(kb, tmp_path, built):
    cache = tmp_path / "cache"
    built(kb.root, tmp_path / "site", cache)
    (kb.root / D).unlink()
    built(kb.root, tmp_path / "site", cache)
    pages = [file for file in cache.rglob("*.html") if "spare" not in file.parts]
    assert len(pages) == 4


def test_a_cache_that_is_nonsense_is_not_believed(kb, tmp_path, built):
    cache = tmp_path / "cache"
    first, _ = built(kb.root, tmp_path / "site", cache)
    (index,) = cache.rglob("pages.msgpack")
    index.write_bytes(b"\xff nonsense")
    assert built(kb.root, tmp_path / "site", cache) == (first, 5)


@pytest.mark.parametrize("content", [b"", b"nonsense", bytes(64)])
@pytest.mark.parametrize("name", ["files.bin", "index.msgpack", "excerpts.msgpack"])
def test_what_is_kept_of_lists_and_is_nonsense_is_made_anew(kb, tmp_path, built, name, content):
    cache = tmp_path / "cache"
    first, _ = built(kb.root, tmp_path / "site", cache)
    (file,) = cache.rglob(name)
    file.write_bytes(content)
    left = file.with_name("files.bin.1.unfinished")
    left.write_bytes(b"of a build that was killed")
    assert built(kb.root, tmp_path / "site", cache) == (first, 0)
    assert file.read_bytes() != content
    assert left.exists() == (name != "files.bin")


def test_on_another_disk_pages_are_copied(kb, tmp_path, built, monkeypatch):
    def refuse(source, target):
        raise OSError("another disk")

    first, _ = built(kb.root, tmp_path / "first", tmp_path / "cache")
    monkeypatch.setattr(os, "link", refuse)
    assert built(kb.root, tmp_path / "second", tmp_path / "cache") == (first, 0)


@pytest.fixture
def elsewhere(tmp_path):
    """A folder on another disk than that of temporary files."""
    disk = Path("/dev/shm")
    if not disk.is_dir() or disk.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other disk")
    with TemporaryDirectory(dir=disk) as folder:
        yield Path(folder)


def test_a_copy_on_another_disk_stays_while_it_is_one(tmp_path, elsewhere):
    kept, copy = tmp_path / "kept.html", elsewhere / "page" / "index.html"
    kept.write_text("one")
    place(str(kept), str(copy))
    before = copy.stat()
    place(str(kept), str(copy))
    assert os.path.samestat(copy.stat(), before)
    copy.write_text("two")
    place(str(kept), str(copy))
    assert copy.read_text() == "one"


# Executors


@pytest.mark.long
@pytest.mark.parametrize("kind", ["threads", "fresh processes"])
def test_any_executor_makes_the_same_pages(kb, tmp_path, built, monkeypatch, kind):
    monkeypatch.setattr(record_writing, "_PAGES_IN_A_TASK", 2)
    here, _ = built(kb.root, tmp_path / "here", None)
    if kind == "threads":
        executor = ThreadPoolExecutor(2)
    else:
        executor = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    with executor:
        there, made = built(kb.root, tmp_path / "there", None, executor=executor)
    assert there == here
    assert made == 5


@pytest.mark.slow
@pytest.mark.long
def test_dask_makes_the_same_pages(kb, tmp_path, built, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(record_writing, "_PAGES_IN_A_TASK", 1)
    here, _ = built(kb.root, tmp_path / "here", None)
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(tmp_path / "dask"),
    )
    with cluster, distributed.Client(cluster) as client:
        executor = client.get_executor()
        there, made = built(kb.root, tmp_path / "there", None, executor=executor)
        assert made == 5
        cache = tmp_path / "cache"
        kept, _ = built(kb.root, tmp_path / "kept", cache, executor=executor)
    assert there == kept == here


class Elsewhere(ThreadPoolExecutor):
    """Workers on another machine, with a disk of its own."""

    def map(self, function, jobs, chunks):
        def away(job, tasks):
            made = function(job, tasks)
            for task in tasks:
                Path(task.file).unlink(missing_ok=True)
            return made

        return super().map(away, jobs, chunks)


@pytest.mark.parametrize("cache", [None, "cache"])
def test_workers_that_see_other_files_are_found_out(kb, tmp_path, built, cache):
    with Elsewhere(1) as executor, pytest.raises(GovkbError, match="can't be seen from here"):
        built(kb.root, tmp_path / "x", cache and tmp_path / cache, executor=executor)
    assert not (tmp_path / "x").exists()


def test_the_pool_makes_the_same_pages(kb, tmp_path, built, monkeypatch):
    here, _ = built(kb.root, tmp_path / "here", None)
    monkeypatch.setattr(record_writing, "_FEWEST_FOR_A_POOL", 1)
    monkeypatch.setattr(record_writing, "_PAGES_IN_A_TASK", 1)
    monkeypatch.setattr(record_writing.os, "sched_getaffinity", lambda process: {0, 1})
    assert built(kb.root, tmp_path / "there", None) == (here, 5)


def test_pages_that_no_shell_fits_follow_the_settings_too(kb, tmp_path, built):
    asks_more = (
        '{% extends "base.html" %}{% block extrahead %}'
        '{% if page %}<meta name="long" content="{{ page.meta.title | length }}">{% endif %}'
        "{% endblock %}"
    )
    settings = SETTINGS.replace("false}", "false, custom_dir: overrides}")
    kb.write({"overrides/main.html": asks_more, "mkdocs.yml": settings})
    _, made = built(kb.root, tmp_path / "a", tmp_path / "cache")
    kb.write({"mkdocs.yml": settings.replace("Ours", "Theirs")})
    pages, again = built(kb.root, tmp_path / "b", tmp_path / "cache")
    assert again == made
    assert b"Theirs</title>" in pages["incidents/INC-20260418-A/index.html"]
