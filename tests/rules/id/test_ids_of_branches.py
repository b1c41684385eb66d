"""Two branches gave one id: whoever merges second is told before, for git sees no conflict."""

from __future__ import annotations


def incident(record_id, title):
    return (
        f"---\nid: {record_id}\ntitle: {title}\nseverity: low\ndetected: 2026-04-18\n---\n\n"
        f"# {title}\n\n## Summary\n\nIt broke.\n"
    )


def path(record_id, slug):
    return f"records/incidents/{record_id}-{slug}.md"


def branches(project, git, there, here):
    """A project on a branch with some records, while main got others; `first` was there before."""
    made = project({path("INC-20260418-A", "first"): incident("INC-20260418-A", "First")})
    repository = git(made.root)
    repository.commit()
    repository.run("checkout", "--quiet", "-b", "topic")
    repository.run("checkout", "--quiet", "main")
    made.write(there)
    repository.commit("there")
    repository.run("checkout", "--quiet", "topic")
    made.write(here)
    return made, repository


def clashes(made):
    return [d for d in made.check("main") if d.code == "ID002"]


def test_an_id_that_the_base_gave_meanwhile_is_reported(project, git):
    there = {path("INC-20260418-B", "theirs"): incident("INC-20260418-B", "Theirs")}
    here = {path("INC-20260418-B", "ours"): incident("INC-20260418-B", "Ours")}
    made, repository = branches(project, git, there, here)
    for _ in range(2):  # before it is committed, and after
        (found,) = clashes(made)
        assert found.path == path("INC-20260418-B", "ours")
        assert path("INC-20260418-B", "theirs") in found.message
        repository.commit("here")
    assert made.codes() == []


def test_other_ids_and_the_same_file_are_none(project, git):
    there = {
        path("INC-20260418-B", "theirs"): incident("INC-20260418-B", "Theirs"),
        path("INC-20260418-C", "both"): incident("INC-20260418-C", "Both"),
    }
    here = {
        path("INC-20260418-C", "both"): incident("INC-20260418-C", "Both"),
        path("INC-20260418-D", "ours"): incident("INC-20260418-D", "Ours"),
        path("INC-20260418-A", "first"): incident("INC-20260418-A", "Once more"),
    }
    made, _ = branches(project, git, there, here)
    assert clashes(made) == []


def test_a_file_that_the_base_only_renamed_is_none(project, git):
    made = project({path("INC-20260418-A", "first"): incident("INC-20260418-A", "First")})
    repository = git(made.root)
    repository.commit()
    repository.run("checkout", "--quiet", "-b", "topic")
    repository.run("checkout", "--quiet", "main")
    repository.run("mv", path("INC-20260418-A", "first"), path("INC-20260418-A", "renamed"))
    repository.commit("there")
    repository.run("checkout", "--quiet", "topic")
    made.write({path("INC-20260418-A", "first"): incident("INC-20260418-A", "Once more")})
    assert clashes(made) == []


def test_after_a_move_there_is_no_clash(project, git, run_govkb):
    there = {path("INC-20260418-B", "theirs"): incident("INC-20260418-B", "Theirs")}
    here = {path("INC-20260418-B", "ours"): incident("INC-20260418-B", "Ours")}
    made, repository = branches(project, git, there, here)
    moved = run_govkb("move", "INC-20260418-B", "INC-20260418-C", "--forget", cwd=made.root)
    assert moved.code == 0, moved.stderr
    assert clashes(made) == []
    repository.commit("moved")
    repository.run("merge", "--quiet", "--no-edit", "main")
    assert made.report() == ""
    assert made.load().graph.resolver.resolve_name("INC-20260418-B").record.title == "Theirs"


def test_of_two_with_one_id_the_one_that_is_moved_leaves_the_id_to_the_other(project, run_govkb):
    theirs, ours = path("INC-20260418-B", "theirs"), path("INC-20260418-B", "ours")
    made = project(
        {
            path("INC-20260418-A", "first"): incident("INC-20260418-A", "First"),
            theirs: incident("INC-20260418-B", "Theirs"),
            ours: incident("INC-20260418-B", "Ours"),
        }
    )
    moved = run_govkb("move", ours, "INC-20260418-C", cwd=made.root)
    assert moved.code == 0, moved.stderr
    assert made.report() == ""
    assert "aliases" not in (made.root / path("INC-20260418-C", "ours")).read_text()
