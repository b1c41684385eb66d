from __future__ import annotations

import json

import pytest


def record(record_id, title, text, more=""):
    return (
        f"---\nid: {record_id}\ntitle: {title}\nenforcement: none\n{more}---\n\n# {title}\n\n"
        f"## Pattern\n\n{text}\n\n## Rule\n\nLook first.\n"
    )


@pytest.fixture
def made(project):
    return project(
        {
            "records/pitfalls/in-text.md": record(
                "in-text", "Something else", "Of the backups nobody knew."
            ),
            "records/pitfalls/in-title.md": record("in-title", "Backup was never run", "Nothing."),
            "records/pitfalls/in-summary.md": record(
                "in-summary", "Another", "Nothing.", "summary: A backup job.\n"
            ),
        }
    )


def found(outcome):
    return [line.split("\t")[0] for line in outcome.stdout.splitlines()]


def test_the_likeliest_comes_first_and_other_forms_of_a_word_count(made, run_govkb):
    outcome = run_govkb("search", "backup", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert found(outcome) == ["in-title", "in-summary", "in-text"]
    assert outcome.stdout.splitlines()[2].split("\t") == [
        "in-text",
        "pitfall",
        "active",
        "Something else",
        "Of the backups nobody knew.",
    ]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["Backups", "KNEW"], ["in-text"]),
        (["nobody knew"], ["in-text"]),
        (["knew nobody"], []),
        (["back"], ["in-title", "in-summary", "in-text"]),
        (["in-title"], ["in-title"]),
        (['"backup" OR', "knew"], ["in-text"]),
        (["backup", "—"], ["in-title", "in-summary", "in-text"]),
    ],
)
def test_what_words_mean(made, run_govkb, words, ids):
    assert found(run_govkb("search", *words, cwd=made.root)) == ids


def test_where_none_has_all_words_those_with_some_are_shown(made, run_govkb):
    outcome = run_govkb("search", "never", "job", cwd=made.root)
    assert sorted(found(outcome)) == ["in-summary", "in-title"]
    assert outcome.stderr == "no record has all of these words; these have some\n"


def test_nothing_found_ends_with_0_and_nothing_asked_with_2(made, run_govkb):
    outcome = run_govkb("search", "zanzibar", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr == "no record has this word\n"
    assert run_govkb("search", "--", "—", cwd=made.root).code == 2
    assert run_govkb("search", cwd=made.root).code == 2


def test_the_number_left_out_is_said(made, run_govkb):
    outcome = run_govkb("search", "backup", "--limit", "1", cwd=made.root)
    assert found(outcome) == ["in-title"]
    assert outcome.stderr == "1 of 3 records; --limit 3 shows all\n"


@pytest.mark.parametrize("cache", ["", "kept"])
def test_what_changed_since_is_found_and_what_is_gone_is_not(made, run_govkb, tmp_path, cache):
    environment = {"GOVKB_CACHE_DIR": str(tmp_path / cache) if cache else ""}
    ask = ("search", "backup")
    assert len(found(run_govkb(*ask, cwd=made.root, env=environment))) == 3
    made.write({"records/pitfalls/in-text.md": record("in-text", "Something", "No word of it.")})
    made.write({"records/pitfalls/new.md": record("new", "New", "A backup.")})
    (made.root / "records/pitfalls/in-summary.md").unlink()
    assert found(run_govkb(*ask, cwd=made.root, env=environment)) == ["in-title", "new"]


def test_a_damaged_index_is_made_anew(made, run_govkb, tmp_path):
    environment = {"GOVKB_CACHE_DIR": str(tmp_path)}
    first = run_govkb("search", "backup", cwd=made.root, env=environment)
    (index,) = tmp_path.rglob("words.sqlite")
    index.write_bytes(b"no database")
    again = run_govkb("search", "backup", cwd=made.root, env=environment)
    assert (again.code, again.stdout, again.stderr) == (0, first.stdout, "")
    assert index.read_bytes().startswith(b"SQLite format 3")


def test_filters_hold_as_in_list(made, run_govkb):
    outcome = run_govkb("search", "backup", "--where", "summary=", cwd=made.root)
    assert found(outcome) == ["in-title", "in-text"]


def test_json_says_where_and_how_many(made, run_govkb):
    document = json.loads(run_govkb("search", "job", "--format", "json", cwd=made.root).stdout)
    assert document == {
        "version": 1,
        "total": 1,
        "all_words": True,
        "records": [
            {
                "id": "in-summary",
                "type": "pitfall",
                "status": "active",
                "title": "Another",
                "path": "records/pitfalls/in-summary.md",
                "excerpt": "A backup job.",
            }
        ],
    }


def test_at_a_terminal_the_words_that_were_found_stand_below(made, on_terminal):
    lines = on_terminal(made.root, 40, "search", "knew")
    assert lines == [
        "in-text  pitfall  active  Something else",
        "    Of the backups nobody knew.",
    ]
    assert all(len(line) <= 30 for line in on_terminal(made.root, 30, "search", "backup"))
