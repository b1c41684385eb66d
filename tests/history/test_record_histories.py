"""Real repositories: when records were created and changed, and what became of their status."""

from __future__ import annotations

import pytest

from govkb.history import open_repository, record_histories
from govkb.workspace import Workspace, histories
from govkb.workspace.histories import histories_of

PATH = "records/incidents/a.md"
TEXT = "---\nid: INC-20260418-A\ntitle: T\n{fields}---\n\n# T\n\n{body}\n"


def text(fields="status: open\n", body="x"):
    return TEXT.format(fields=fields, body=body)


@pytest.fixture
def history(project, git):
    """Commits each version of a record in turn, and gives what is known of it then."""

    def known(*versions):
        made = project()
        repository = git(made.root)
        for number, version in enumerate(versions):
            made.write({PATH: version})
            repository.run("add", "--all")
            author = f"--author=Author {number} <author@example.org>"
            repository.run("commit", "--quiet", "--allow-empty", author, "--message", "x")
        return record_histories(open_repository(made.root), ["records"], [PATH]).get(PATH)

    return known


def told(found):
    return [(change.field, change.before, change.after) for change in found.changes]


def test_the_first_and_the_last_commit_are_told_with_their_authors(history):
    found = history(text(body="one"), text(body="two"), text(body="three"))
    assert (found.created.author, found.changed.author) == ("Author 0", "Author 2")
    assert found.count == 3
    assert found.changes == ()


def test_changes_of_status_and_severity_are_told_in_order(history):
    found = history(
        text("severity: high\n"),
        text("status: mitigated\nseverity: high\n"),
        text("status: closed # for good\nseverity: 'low'\n"),
    )
    assert told(found) == [
        ("status", None, "mitigated"),
        ("status", "mitigated", "closed"),
        ("severity", "high", "low"),
    ]
    assert [change.at.author for change in found.changes] == ["Author 1", "Author 2", "Author 2"]


def test_only_frontmatter_says_a_status(history):
    found = history(text(body="status: open"), text(body="status: closed\n\n---\n\nstatus: gone"))
    assert found.changes == ()


def test_other_ways_to_write_the_same_value_change_nothing(history):
    found = history(
        text('status: "open"\n'), text("status:   open  \r\n"), text("status: 'open'\n")
    )
    assert found.changes == ()


def test_text_that_is_no_frontmatter_says_nothing(history):
    assert history("no frontmatter\n", b"\xff\xfe", text()).changes[0].before is None


def test_a_renamed_record_keeps_its_history(project, git):
    made = project({"records/incidents/old.md": text()})
    repository = git(made.root)
    repository.commit()
    first = repository.run("rev-parse", "HEAD")
    repository.run("mv", "records/incidents/old.md", PATH)
    repository.commit()
    made.write({PATH: text("status: closed\n")})
    repository.commit()
    found = record_histories(open_repository(made.root), ["records"], [PATH])[PATH]
    assert found.created.commit == first
    assert told(found) == [("status", "open", "closed")]


def test_a_record_takes_nothing_from_one_that_had_its_name_before(project, git):
    made = project({PATH: text()})
    repository = git(made.root)
    repository.commit()
    repository.run("mv", PATH, "records/incidents/b.md")
    repository.commit()
    made.write({PATH: text("status: closed\n")})
    repository.commit()
    found = record_histories(
        open_repository(made.root), ["records"], [PATH, "records/incidents/b.md"]
    )
    assert found["records/incidents/b.md"].count == 2
    assert found[PATH].count == 1


def test_names_that_look_like_what_git_says_do_no_harm(project, git):
    odd = "records/incidents/:100644 100644 a b M\x01\n.md"
    made = project({odd: text(), PATH: text()})
    repository = git(made.root)
    repository.run("add", "--all")
    repository.run("-c", "user.name=x \x01 :1 <b>", "commit", "--quiet", "--message", ":x")
    found = record_histories(open_repository(made.root), ["records"], [odd, PATH])
    assert set(found) == {odd, PATH}
    assert found[PATH].created.author == "x \x01 :1 b"


def test_commits_of_merged_branches_count(project, git):
    made = project({PATH: text()})
    repository = git(made.root)
    repository.commit()
    repository.run("switch", "--quiet", "--create", "branch")
    made.write({PATH: text("status: mitigated\n")})
    repository.commit()
    repository.run("switch", "--quiet", "main")
    made.write({"other.txt": "x"})
    repository.commit()
    repository.run("merge", "--quiet", "--no-ff", "--message", "merged", "branch")
    found = record_histories(open_repository(made.root), ["records"], [PATH])[PATH]
    assert found.count == 2
    assert told(found) == [("status", "open", "mitigated")]


def test_a_project_below_the_top_of_its_repository(project, git):
    made = project()
    git(made.root)
    made.write({f"kb/{PATH}": text(), "kb/govkb.toml": ""})
    repository = git(made.root)
    repository.commit()
    found = record_histories(open_repository(made.root / "kb"), ["records"], [PATH])
    assert list(found) == [PATH]


def test_what_nobody_has_committed_has_no_history(project, git):
    made = project({PATH: text()})
    repository = git(made.root)
    assert histories_of(made.load()) == {}
    made.write({"other.txt": "x"})
    repository.run("add", "other.txt")
    repository.run("commit", "--quiet", "--message", "other")
    assert histories_of(made.load()) == {}


def test_outside_of_git_nothing_is_known(project):
    assert histories_of(project({PATH: text()}).load()) == {}


@pytest.mark.parametrize("option", ["--depth=1", "--filter=blob:none"])
def test_of_a_part_of_the_history_nothing_is_told(project, git, tmp_path, option):
    made = project({PATH: text()})
    repository = git(made.root)
    repository.run("config", "uploadpack.allowFilter", "true")
    repository.commit()
    made.write({PATH: text("status: closed\n")})
    repository.commit()
    clone = tmp_path / "clone"
    repository.run("clone", "--quiet", option, f"file://{made.root}", str(clone))
    assert (clone / PATH).is_file()
    assert histories_of(Workspace.open(clone).load()) == {}
    assert histories_of(made.load())[PATH].count == 2


def test_git_is_asked_again_when_there_is_another_commit_record_or_name(project, git, monkeypatch):
    made = project({PATH: text()})
    repository = git(made.root)
    repository.commit()
    asked = []

    def counted(*arguments):
        asked.append(arguments)
        return record_histories(*arguments)

    monkeypatch.setattr(histories, "record_histories", counted)
    first = histories_of(made.load())
    assert histories_of(made.load()) == first
    assert len(asked) == 1
    made.write({PATH: text(body="another")})
    assert histories_of(made.load()) == first
    repository.commit()
    assert histories_of(made.load())[PATH].count == 2
    made.write({"records/incidents/b.md": text().replace("-A", "-B")})
    assert histories_of(made.load()).keys() == {PATH}
    author = first[PATH].created.author
    address = repository.run("log", "-1", "--format=%ae").strip()
    made.write({".mailmap": f"Another Name <{address}>"})
    assert histories_of(made.load())[PATH].created.author == "Another Name" != author
    assert len(asked) == 4
