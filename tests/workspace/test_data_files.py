"""Data files are found by the settings, and compared by those of the base."""

from __future__ import annotations

import json
import os
import re

import pytest

from govkb.config import load_config
from govkb.errors import ConfigurationError
from govkb.settings import DataFileSettings, RowFormat

PATH = "environments/development/latest/build_timings.csv"
SETTINGS = f'[[data_files]]\npath = "{PATH}"\n'
HEADER = "date,environment,step,seconds\n"
STALE = HEADER + "2025-12-28,development,bootstrap,1140\n2025-12-30,development,teardown,412\n"
FRESH = [f"2026-01-17,development,teardown,{seconds}" for seconds in (431, 398, 402, 388)]
FULL = STALE + "".join(f"{row}\n" for row in FRESH)


@pytest.fixture
def merged(project, git):
    """A project with a data file that the base has, and the repository."""
    made = project({"govkb.toml": SETTINGS, PATH: FULL})
    repository = git(made.root)
    repository.commit()
    return made, repository


def found(made, base="main"):
    return [(d.code, d.path, d.old) for d in made.check(base) if d.code in ("APP014", "APP015")]


def test_a_stale_copy_that_loses_rows_is_caught_and_each_is_named(merged, run_govkb):
    made, _ = merged
    made.write({PATH: STALE})
    outcome = run_govkb("check", "--base", "main", cwd=made.root)
    assert outcome.code == 1
    assert all(f"is gone: '{row}'" in outcome.stdout for row in FRESH)
    assert outcome.stdout.count("APP014 lost-row") == len(FRESH)
    assert f"{PATH}:3:1 " in outcome.stdout


def test_a_stale_copy_with_a_row_of_its_own_is_caught_too(merged):
    made, _ = merged
    made.write({PATH: STALE + "2026-01-18,production,bootstrap,1200\n"})
    assert [old for _, _, old in found(made)] == FRESH


def test_rows_at_the_end_are_fine(merged, run_govkb):
    made, _ = merged
    made.write({PATH: FULL + "2026-01-18,development,teardown,377\n"})
    assert found(made) == []
    assert run_govkb("check", "--base", "main", cwd=made.root).code == 0


def test_without_a_base_only_the_shape_counts(merged):
    made, _ = merged
    made.write({PATH: STALE})
    assert found(made, None) == []
    made.write({PATH: STALE + "2026-01-18\n"})
    assert found(made, None) == [("APP015", PATH, None)]


def test_all_of_it_works_without_git_but_for_what_needs_history(project):
    made = project({"govkb.toml": SETTINGS, PATH: FULL + "1\n"})
    assert found(made, None) == [("APP015", PATH, None)]


@pytest.mark.parametrize("settings", ["", '[[data_files]]\npath = "other.csv"\n', None])
def test_no_change_can_take_a_file_out_of_its_own_check(merged, settings):
    made, _ = merged
    made.write({PATH: STALE, "govkb.toml": settings or ""})
    if settings is None:
        (made.root / "govkb.toml").unlink()
    assert [old for _, _, old in found(made)] == FRESH


def test_no_change_can_have_rows_read_in_another_way(merged):
    made, _ = merged
    made.write({PATH: STALE, "govkb.toml": f'{SETTINGS}format = "jsonl"\n'})
    assert [old for code, _, old in found(made) if code == "APP014"] == FRESH


def test_what_the_base_does_not_name_may_still_be_put_in_order(merged):
    made, repository = merged
    repository.run("rm", "--quiet", "--cached", "govkb.toml")
    repository.run("commit", "--quiet", "--message", "no settings")
    made.write({PATH: STALE})
    assert found(made) == []


def test_a_deleted_file_loses_every_row(merged):
    made, _ = merged
    (made.root / PATH).unlink()
    assert [old for _, _, old in found(made)] == FULL.splitlines()


def test_an_emptied_file_loses_every_row(merged):
    made, _ = merged
    made.write({PATH: ""})
    assert [old for _, _, old in found(made)] == FULL.splitlines()


def test_a_file_may_get_another_name_that_the_settings_know(merged):
    made, _ = merged
    (made.root / PATH).unlink()
    made.write({"metrics/timings.csv": FULL + "2026-01-18,a,b,1\n"})
    assert len(found(made)) == len(FULL.splitlines())
    made.write({"govkb.toml": '[[data_files]]\npath = "metrics/*.csv"\n'})
    assert found(made) == []
    made.write({"metrics/timings.csv": STALE})
    assert len(found(made)) == len(FULL.splitlines())


def test_rows_that_are_in_another_old_file_have_not_moved_there(project, git):
    names = {"a.csv": FULL, "b.csv": FULL + "2026-01-18,a,b,1\n"}
    made = project({"govkb.toml": '[[data_files]]\npath = "*.csv"\n', **names})
    git(made.root).commit()
    (made.root / "a.csv").unlink()
    made.write({"b.csv": FULL + "2026-01-18,a,b,1\n2026-01-19,a,b,1\n"})
    assert {path for _, path, _ in found(made)} == {"a.csv"}


def test_a_link_in_the_place_of_a_file_is_told_of(merged):
    made, _ = merged
    file = made.root / PATH
    file.rename(file.with_name("elsewhere.csv"))
    file.symlink_to("elsewhere.csv")
    assert found(made) == [("APP015", PATH, None)]
    made.write({"govkb.toml": ""})
    assert found(made) == [("APP015", PATH, None)]


def test_a_folder_in_the_place_of_a_file_is_told_of(merged):
    made, _ = merged
    (made.root / PATH).unlink()
    (made.root / PATH).mkdir()
    assert found(made) == [("APP015", PATH, None)]


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may read every file")
def test_a_file_that_may_not_be_read_is_told_of(merged):
    made, _ = merged
    (made.root / PATH).chmod(0)
    assert ("APP015", PATH, None) in found(made, None)


def test_line_ends_and_a_byte_order_mark_are_no_change(merged):
    made, _ = merged
    made.write({PATH: b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()})
    assert found(made) == []


def test_a_file_that_git_ignores_is_checked_by_what_the_base_has(merged):
    made, _ = merged
    made.write({PATH: STALE, ".gitignore": "*.csv\n", ".gitattributes": "*.csv -diff binary\n"})
    assert [old for _, _, old in found(made)] == FRESH


def test_what_was_there_before_is_no_business_of_a_change(merged, run_govkb):
    made, repository = merged
    made.write({PATH: FULL + "2026-01-18\n"})
    repository.commit()
    made.write({"README.md": "# Read me\n"})
    assert run_govkb("check", "--changed", "HEAD", cwd=made.root).code == 0
    made.write({PATH: FULL + "2026-01-18\n2026-01-19\n"})
    assert run_govkb("check", "--changed", "HEAD", cwd=made.root).code == 1


def test_no_baseline_hides_a_row_but_the_settings_can_leave_a_folder_out(merged, run_govkb):
    made, _ = merged
    made.write({PATH: FULL + "2026-01-18\n"})
    assert run_govkb("check", "--write-baseline", "known.jsonl", cwd=made.root).code == 1
    assert run_govkb("check", "--baseline", "known.jsonl", cwd=made.root).code == 1
    made.write({"govkb.toml": f'{SETTINGS}[rules.per_path]\n"environments/**" = ["APP015"]\n'})
    assert run_govkb("check", cwd=made.root).code == 0


def test_what_a_merge_left_may_be_removed(project, git):
    rows = "<<<<<<< HEAD\n2026-01-18,a,b,1\n=======\n2026-01-19,a,b,1\n>>>>>>> other\n"
    made = project({"govkb.toml": SETTINGS, PATH: FULL + rows})
    git(made.root).commit()
    assert {code for code, *_ in found(made)} == {"APP015"}
    made.write({PATH: FULL + "2026-01-18,a,b,1\n2026-01-19,a,b,1\n"})
    assert found(made) == []


@pytest.mark.parametrize(
    ("glob", "files"),
    [
        ("metrics/*.csv", ["metrics/a.csv"]),
        ("metrics/**/*.csv", ["metrics/a.csv", "metrics/deep/b.csv"]),
        ("b.csv", ["metrics/deep/b.csv", "other/b.csv"]),
        ("metrics/deep/b.csv", ["metrics/deep/b.csv"]),
        (".hidden/*.csv", [".hidden/c.csv"]),
        ("missing/*.csv", []),
    ],
)
def test_globs_are_those_of_gitignore(project, glob, files):
    paths = ["metrics/a.csv", "metrics/deep/b.csv", "other/b.csv", ".hidden/c.csv", "metrics/d.txt"]
    made = project(dict.fromkeys(paths, "a,b\n"))
    made.write({"govkb.toml": f'[[data_files]]\npath = "{glob}"\n'})
    assert [file.path for file in made.load().data_files] == files


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('path = "a.csv"', RowFormat.CSV),
        ('path = "a.TSV"', RowFormat.CSV),
        ('path = "a/*.jsonl"', RowFormat.JSONL),
        ('path = "a/*.ndjson"', RowFormat.JSONL),
        ('path = "a.log"\nformat = "jsonl"', RowFormat.JSONL),
        ('path = "a.jsonl"\nformat = "csv"', RowFormat.CSV),
    ],
)
def test_the_name_says_the_format_where_the_settings_do_not(project, settings, expected):
    made = project({"govkb.toml": f"[[data_files]]\n{settings}\n"})
    (one,) = load_config(made.root).data_files
    assert one == DataFileSettings(one.path, expected)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('[[data_files]]\npaths = "a.csv"', "`data_files[0].path`"),
        ('[[data_files]]\npath = "a.csv"\nfromat = "csv"', "`data_files[0].fromat`"),
        ('[[data_files]]\npath = "a.csv"\nformat = "xml"', "can be csv, jsonl"),
        ('[[data_files]]\npath = "data/*"', "say `format` beside 'data/*'"),
        ('[[data_files]]\npath = "../a.csv"', "must be inside the project"),
        ('[[data_files]]\npath = "/a.csv"', "must be inside the project"),
        ('[[data_files]]\npath = "!a.csv"', "must be a glob"),
        ('[[data_files]]\npath = "#a.csv"', "must be a glob"),
        ('data_files = ["a.csv"]', "each as [[data_files]]"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(project, settings, words):
    made = project({"govkb.toml": f"{settings}\n"})
    with pytest.raises(ConfigurationError) as caught:
        load_config(made.root)
    assert words in f"{caught.value.message} {caught.value.hint}"


def test_the_documentation_shows_what_happens(checkout, project, git, run_govkb):
    page = (checkout / "docs/data-files.md").read_text("utf-8")
    shown = re.findall(r"^```console\n\$ govkb (.*)\n((?s:.*?))^```$", page, re.MULTILINE)
    settings = re.search(r"^```toml\n((?s:.*?))^```$", page, re.MULTILINE)[1]
    rows = ["date,step,seconds", "2026-01-15,up,1140", "2026-01-16,teardown,431"]
    agents = {"generic-executor": {"status": "available"}, "planner": {"capacity": 2}}
    registry = {"agents": agents, "version": 3}
    made = project({"govkb.toml": settings, "AGENT-REGISTRY.json": json.dumps(registry)})
    made.write({"metrics/build_timings.csv": "\n".join([*rows, "2026-01-17,teardown,398\n"])})
    repository = git(made.root)
    repository.commit()
    agents = {"planner": {"capacity": 3}, "generic-executor": {"status": "unavailable"}}
    made.write({"metrics/build_timings.csv": "\n".join(rows[:2]) + "\n"})
    made.write({"AGENT-REGISTRY.json": json.dumps({"agents": agents})})
    repository.run("update-ref", "refs/remotes/origin/main", "main")
    for command, output in shown:
        outcome = run_govkb(*command.split(), cwd=made.root)
        assert (outcome.code, outcome.stdout.strip()) == (1, output.strip())
    assert len(shown) == 2
