from __future__ import annotations

import errno
import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import tomllib
from datetime import date
from functools import partial

import pytest
import yaml

from govkb import journal
from govkb.errors import StorageError
from govkb.scaffolding.forges import Forge
from govkb.workspace.beginning import Wanted, config_of, plan_beginning, write_beginning

WRITTEN = [".gitattributes", ".gitignore", "govkb.toml", "mkdocs.yml"]
TITLE = "keep-what-we-decide-and-learn-as-records"
FOREIGN = """\
site_name: Ours
nav:
  - Home: index.md
plugins:
  - search
  - tags: {}  # ours

  # the last one
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
theme: {name: material}
"""


def files(root):
    found = (file for file in root.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in found}


def first_record(root):
    [file] = root.rglob("DEC-*.md")
    return file


@pytest.fixture
def empty(tmp_path):
    folder = tmp_path / "my team"
    folder.mkdir()
    return folder


def begin(root, day=date(2026, 4, 21), records=None):
    config = config_of(root, records)
    return write_beginning(lambda: plan_beginning(config, root.name, day), root)


def test_an_empty_folder_becomes_a_project_that_is_checked_and_built(empty, run_govkb, git):
    git(empty).run("config", "user.name", "Test")
    done = run_govkb("init", cwd=empty)
    assert (done.code, done.stderr) == (0, "")
    *wrote, record, ignored, attributes = [
        line for line in done.stdout.splitlines() if line.startswith("wrote ")
    ]
    assert wrote == ["wrote govkb.toml", "wrote mkdocs.yml"]
    assert record.startswith("wrote records/decisions/DEC-") and record.endswith(f"{TITLE}.md")
    assert (ignored, attributes) == ("wrote .gitignore", "wrote .gitattributes")
    assert done.stdout.endswith(
        'next:\n  govkb new incident "TITLE"\n  govkb check\n  govkb serve\n'
    )
    assert sorted(files(empty)) == sorted([*WRITTEN, record.removeprefix("wrote ")])
    checked = run_govkb("check", cwd=empty)
    assert (checked.code, checked.stderr) == (0, "1 record checked: all is well\n")
    built = run_govkb("build", cwd=empty)
    assert built.code == 0, built.stderr
    assert "my team</title>" in (empty / "site/index.html").read_text()
    assert run_govkb("new", "incident", "Vault sealed", cwd=empty).code == 0
    assert run_govkb("check", cwd=empty).code == 0


def test_what_is_built_is_not_for_git_and_what_is_hashed_stays_the_same_bytes(
    empty, run_govkb, git
):
    repository = git(empty)
    run_govkb("init", cwd=empty)
    assert run_govkb("build", cwd=empty).code == 0
    assert "site" not in repository.run("status", "--porcelain", "--untracked-files=all")
    record = first_record(empty).relative_to(empty).as_posix()
    told = repository.run("check-attr", "eol", record, "records/.govkb/ledger/X.ledger", "a.md")
    assert [line.rpartition(" ")[2] for line in told.splitlines()] == ["lf", "lf", "unspecified"]


def test_twice_changes_nothing(empty, run_govkb):
    assert run_govkb("init", cwd=empty).code == 0
    before = files(empty)
    again = run_govkb("init", "--records", "records", cwd=empty)
    assert again.code == 0
    assert again.stdout.startswith("nothing to write: everything is there\n")
    assert files(empty) == before
    begin(empty, date(2031, 1, 1))
    assert files(empty) == before


def test_the_site_is_the_same_before_and_after(project, empty, run_govkb):
    run_govkb("init", cwd=empty)
    run_govkb("build", cwd=empty)
    with_settings = (empty / "site/index.html").read_bytes()
    (empty / "mkdocs.yml").unlink()
    run_govkb("build", cwd=empty)
    assert (empty / "site/index.html").read_bytes() == with_settings


def test_names_of_folders_and_sites_are_written_so_that_they_are_read_back(empty, run_govkb):
    name = 'Ours: "the" # team\x1b'
    done = run_govkb("init", "--name", name, "--records", 'docs/what we "know"', cwd=empty)
    assert done.code == 0, done.stderr
    assert yaml.safe_load((empty / "mkdocs.yml").read_text())["site_name"] == name
    settings = tomllib.loads((empty / "govkb.toml").read_text())
    assert settings == {"records": 'docs/what we "know"'}
    assert first_record(empty).is_relative_to(empty / 'docs/what we "know"/decisions')
    assert run_govkb("check", cwd=empty).code == 0


@pytest.mark.parametrize("records", ["../elsewhere", "/tmp/records", ""])
def test_records_have_to_be_in_the_project(empty, run_govkb, records):
    done = run_govkb("init", "--records", records, cwd=empty)
    assert done.code == 2
    assert "--records" in done.stderr
    assert files(empty) == {}


def test_a_folder_that_is_not_there_is_made(tmp_path, run_govkb):
    done = run_govkb("init", "new/team", cwd=tmp_path)
    assert done.code == 0
    assert "\n  cd new/team\n" in done.stdout
    assert run_govkb("check", cwd=tmp_path / "new/team").code == 0


def test_a_file_is_no_folder(tmp_path, run_govkb):
    (tmp_path / "notes").write_text("x")
    done = run_govkb("init", "notes", cwd=tmp_path)
    assert (done.code, done.stderr.splitlines()[0]) == (
        2,
        "govkb: notes is a file, and a project is a folder",
    )


def test_a_dry_run_shows_a_patch_that_git_can_apply_and_writes_nothing(empty, run_govkb, git):
    repository = git(empty)
    (empty / ".gitignore").write_text("*.tmp\n")
    repository.run("config", "user.name", "Test")
    done = run_govkb("init", "--dry-run", cwd=empty)
    assert (done.code, done.stderr) == (0, "nothing was written\n")
    assert files(empty) == {".gitignore": b"*.tmp\n"}
    patch = empty.parent / "begin.patch"
    patch.write_text(done.stdout)
    repository.run("apply", str(patch))
    assert run_govkb("init", cwd=empty).stdout.startswith("nothing to write")


def test_lines_are_added_only_where_they_are_missing(empty):
    (empty / ".gitignore").write_bytes(b"*.tmp\r\nsite\r\nno end \xff")
    (empty / ".gitattributes").write_text("*.ledger  text   eol=lf\n")
    begin(empty)
    ignored = (empty / ".gitignore").read_bytes()
    assert ignored == b"*.tmp\r\nsite\r\nno end \xff\r\n/.site.building/\r\n"
    attributes = (empty / ".gitattributes").read_text()
    assert attributes == "*.ledger  text   eol=lf\n/records/**/*.md text eol=lf\n"


def test_a_mkdocs_project_stays_and_is_told_what_to_add(empty, run_govkb):
    (empty / "docs").mkdir()
    (empty / "docs/index.md").write_text("# Ours\n")
    (empty / "mkdocs.yml").write_text(FOREIGN)
    done = run_govkb("init", cwd=empty)
    assert done.code == 0
    assert "mkdocs.yml is left as it is; what govkb would change in it:\n" in done.stdout
    assert (empty / "mkdocs.yml").read_text() == FOREIGN
    patch = done.stdout[done.stdout.index("--- a/mkdocs.yml") : done.stdout.index("\nnext:")]
    changed = [line for line in patch.splitlines() if line[0] in "+-"][2:]
    assert changed == ["+  - govkb"]
    with_it = FOREIGN.replace("# ours\n", "# ours\n  - govkb\n")
    (empty / "mkdocs.yml").write_text(with_it)
    assert "mkdocs.yml" not in run_govkb("init", cwd=empty).stdout
    assert run_govkb("build", cwd=empty).code == 0


def test_a_link_stays_a_link(empty):
    (empty.parent / "shared").write_text("*.tmp\n")
    (empty / ".gitignore").symlink_to("../shared")
    plan = begin(empty)
    assert [step.path for step in plan.left] == [".gitignore"]
    assert (empty / ".gitignore").is_symlink()
    assert (empty.parent / "shared").read_text() == "*.tmp\n"


def test_a_link_to_nothing_stays_one_too(empty):
    for name in WRITTEN:
        (empty / name).symlink_to(f"../nowhere/{name}")
    plan = begin(empty)
    assert sorted(step.path for step in plan.left) == WRITTEN
    assert all((empty / name).is_symlink() for name in WRITTEN)


def test_settings_that_are_there_count(project, run_govkb):
    made = project({"pyproject.toml": '[tool.govkb]\nrecords = "kb"\n', "kb/README.md": "# KB\n"})
    done = run_govkb("init", cwd=made.root)
    assert done.code == 0
    assert not (made.root / "govkb.toml").exists()
    assert first_record(made.root).is_relative_to(made.root / "kb")
    assert run_govkb("check", cwd=made.root).code == 0
    other = run_govkb("init", "--records", "records", cwd=made.root)
    assert other.code == 2
    assert "the records are in 'kb'" in other.stderr


def test_where_there_are_records_none_is_added(good, run_govkb):
    assert run_govkb("init", cwd=good.root).code == 0
    assert not list(good.root.rglob("DEC-*.md"))
    assert run_govkb("check", cwd=good.root).code == 0


def test_without_the_type_of_the_first_record_there_is_none(project, run_govkb):
    made = project({"govkb.toml": 'types = ["incident"]\n'})
    assert run_govkb("init", cwd=made.root).code == 0
    assert not list(made.root.rglob("DEC-*.md"))


def test_a_folder_of_decisions_is_adopted(empty, run_govkb):
    for number in (1, 2, 3):
        file = empty / f"docs/adr/000{number}-use-something.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {number}. Use something\n\n## Status\n\nAccepted\n")
    before = files(empty)
    done = run_govkb("init", cwd=empty)
    assert done.code == 2
    assert "docs/adr: 3 files look like records already" in done.stderr
    assert "`govkb adopt --write`" in done.stderr
    assert files(empty) == before
    assert run_govkb("adopt", "--write", cwd=empty).code == 0
    after = run_govkb("init", cwd=empty)
    assert after.code == 0, after.stderr
    assert "wrote mkdocs.yml" in after.stdout
    assert run_govkb("check", cwd=empty).code == 0


def test_one_can_begin_beside_what_looks_like_records(empty, run_govkb):
    for number in (1, 2):
        (empty / f"000{number}-notes.md").write_text("# Notes\n")
    assert run_govkb("init", cwd=empty).code == 2
    assert run_govkb("init", "--records", "records", cwd=empty).code == 0
    assert run_govkb("check", cwd=empty).code == 0


@pytest.mark.parametrize("name", ["01-start.md", "2026-04-21-news.md", "part.md"])
def test_chapters_and_posts_are_no_records(empty, name):
    for number in range(3):
        (empty / str(number)).mkdir()
        (empty / str(number) / name).write_text("# Text\n")
        (empty / name.replace(".md", f"-{number}.md")).write_text("# Text\n")
    begin(empty)


def test_a_subfolder_of_a_repository_is_a_project_of_its_own(empty, run_govkb, git):
    repository = git(empty)
    assert run_govkb("init", "team", cwd=empty).code == 0
    assert sorted(path.name for path in empty.iterdir()) == [".git", "team"]
    repository.commit()
    assert run_govkb("check", "--base", "main", cwd=empty / "team").code == 0


def test_a_folder_of_a_project_is_none_of_its_own(empty, run_govkb):
    assert run_govkb("init", cwd=empty).code == 0
    before = files(empty)
    done = run_govkb("init", "records", cwd=empty)
    assert done.code == 2
    assert "belongs to a project already" in done.stderr
    assert files(empty) == before


def test_without_git_it_says_what_is_missing(empty, run_govkb, tmp_path):
    for path in (os.environ["PATH"], str(tmp_path)):  # no repository, and no git at all
        done = run_govkb("init", cwd=empty, env={"PATH": path, "GIT_CEILING_DIRECTORIES": "/"})
        assert done.code == 0
        assert "`git init`" in done.stderr


@pytest.mark.parametrize("number", range(1, 7))
def test_all_is_written_or_nothing(empty, monkeypatch, number):
    """The disk refuses one write after the other; the last one is that of the journal."""
    calls = []

    def refusing(real):
        def write(*arguments):
            calls.append(arguments)
            if len(calls) == number:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            return real(*arguments)

        return write

    monkeypatch.setattr(journal, "written", refusing(journal.written))
    monkeypatch.setattr(
        "govkb.files.written", refusing(journal.written.__closure__[0].cell_contents)
    )
    with pytest.raises(StorageError) as refused:
        begin(empty)
    assert refused.value.exit_code == 4
    assert files(empty) == {}


def test_what_a_crash_interrupted_is_finished(empty, monkeypatch):
    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(journal, "finish", crash)
        with pytest.raises(KeyboardInterrupt):
            begin(empty)
    assert not (empty / "govkb.toml").exists()
    begin(empty)
    assert sorted(path for path in files(empty) if "/" not in path) == WRITTEN


def as_foreground():
    """Makes a new process one that its terminal interrupts, even if the tests run in background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def at_terminal(folder, *arguments, answers, again=""):
    """What `govkb init` shows at a terminal where somebody types these answers; and its end.

    An interrupt that comes before the prompt waits for it is lost, so people press it `again`.
    """
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "govkb", "init", *arguments],
        cwd=folder,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=as_foreground,
    )
    os.close(slave)
    seen, left, patience = "", list(answers), 60
    while patience:
        if not select.select([master], [], [], 1)[0]:
            patience -= 1
            if again and not left:
                os.write(master, again.encode())
            continue
        try:
            seen += os.read(master, 1000).decode()
        except OSError:
            break
        if left and seen.endswith(("]: ", "]:")):
            os.write(master, left.pop(0).encode())
    os.close(master)
    return child.wait(60), seen


def test_at_a_terminal_it_asks(empty):
    code, seen = at_terminal(empty, answers=["Ours\n", "kb\n", *["\n"] * 4])
    assert code == 0, seen
    assert yaml.safe_load((empty / "mkdocs.yml").read_text())["site_name"] == "Ours"
    assert tomllib.loads((empty / "govkb.toml").read_text()) == {"records": "kb"}


def test_with_yes_it_does_not(empty):
    code, seen = at_terminal(empty, "--yes", answers=())
    assert (code, "?" in seen) == (0, False)


def test_a_prompt_that_is_interrupted_writes_nothing(empty):
    for way in ("\x03", "\x04"):
        code, seen = at_terminal(empty, answers=["Ours\n", way], again=way)
        assert code == 130, seen
        assert "stopped" in seen
    assert list(empty.iterdir()) == []


def test_a_workflow_is_written_at_the_top_of_the_repository(empty, run_govkb, git):
    git(empty)
    done = run_govkb("init", "team", "--ci", "github", cwd=empty)
    assert done.code == 0
    assert "wrote .github/workflows/govkb.yml\n" in done.stdout
    assert "wrote team/govkb.toml\n" in done.stdout
    assert 'working-directory: "team"\n' in (empty / ".github/workflows/govkb.yml").read_text()
    again = run_govkb("init", "team", "--ci", "github", cwd=empty)
    assert again.stdout.startswith("nothing to write: everything is there\n")
    names = sorted(path.name for path in empty.iterdir())
    assert names == [".git", ".github", "team"]


def test_a_workflow_that_was_changed_stays(empty, run_govkb):
    run_govkb("init", "--ci", "forgejo", cwd=empty)
    workflow = empty / ".forgejo/workflows/govkb.yml"
    text = workflow.read_text().replace("python:3.13-bookworm", "python:3.12-bookworm")
    workflow.write_text(text)
    done = run_govkb("init", "--ci", "forgejo", cwd=empty)
    assert done.code == 0
    assert "+      image: python:3.13-bookworm\n" in done.stdout
    assert workflow.read_text() == text


@pytest.mark.parametrize(
    ("before", "added"),
    [
        (
            "test:\n  script: [!reference [.a, script]]\n",
            ["+include:", "+  - local: .gitlab/govkb.yml"],
        ),
        ("include:\n  - local: a.yml\n\ntest: {}\n", ["+  - local: .gitlab/govkb.yml"]),
    ],
)
def test_a_pipeline_that_is_there_is_told_what_to_include(empty, run_govkb, before, added):
    (empty / ".gitlab-ci.yml").write_text(before)
    done = run_govkb("init", "--ci", "gitlab", cwd=empty)
    assert done.code == 0
    assert "wrote .gitlab/govkb.yml\n" in done.stdout
    patch = done.stdout[done.stdout.index("+++ b/.gitlab-ci.yml\n") :].splitlines()[1:]
    assert [line for line in patch if line.startswith("+")] == added
    assert (empty / ".gitlab-ci.yml").read_text() == before


def test_a_pipeline_that_is_not_there_is_made(empty, run_govkb):
    assert run_govkb("init", "--ci", "gitlab", cwd=empty).code == 0
    pipeline = yaml.safe_load((empty / ".gitlab-ci.yml").read_text())
    assert pipeline == {"include": [{"local": ".gitlab/govkb.yml"}]}


def test_the_forge_is_offered_by_the_address_of_the_repository(empty, git):
    git(empty).run("remote", "add", "origin", "git@codeberg.org:acme/team.git")
    code, seen = at_terminal(empty, answers=["\n"] * 5)
    assert code == 0
    assert "[forgejo]" in seen
    assert (empty / ".forgejo/workflows/govkb.yml").is_file()


@pytest.mark.parametrize(
    ("forge", "change", "issue"),
    [
        ("github", ".github/pull_request_template.md", ".github/ISSUE_TEMPLATE/incident.md"),
        (
            "gitlab",
            ".gitlab/merge_request_templates/Default.md",
            ".gitlab/issue_templates/Incident.md",
        ),
        ("forgejo", ".forgejo/pull_request_template.md", ".forgejo/issue_template/incident.md"),
    ],
)
def test_templates_ask_for_what_the_types_ask_for(empty, run_govkb, shipped, forge, change, issue):
    assert run_govkb("init", "--templates", forge, cwd=empty).code == 0
    declared = yaml.safe_load((shipped / "change/type.yaml").read_text())["sections"]
    headings = [line for line in (empty / change).read_text().splitlines() if line[:1] == "#"]
    assert [heading.lstrip("# ") for heading in headings] == list(declared)
    text = (empty / issue).read_text()
    assert "\n## Summary\n" in text and "\n## Learnings\n" in text
    assert "\n# " not in text and "id:" not in text
    if forge != "gitlab":
        about = yaml.safe_load(text.split("---\n")[1])
        assert about.keys() == {"name", "about"}
    later = {"wanted": Wanted(templates=Forge(forge))}
    config = config_of(empty, None)
    plan = plan_beginning(config, "x", date(2031, 1, 1), **later)
    assert (plan.written, plan.left) == ((), ())


def test_what_comes_next_is_possible(project, run_govkb):
    made = project({"govkb.toml": 'types = ["runbook"]\n'})
    done = run_govkb("init", "--templates", "github", cwd=made.root)
    assert '\n  govkb new runbook "TITLE"\n' in done.stdout
    assert "no templates: none of the types change, incident, finding is in force" in done.stderr


def test_git_without_a_name_is_told_of(empty, run_govkb, git):
    git(empty)
    assert "git config user.name" in run_govkb("init", cwd=empty).stderr


def test_templates_follow_the_types_in_force(project, run_govkb):
    made = project({"govkb.toml": 'types = ["incident"]\n'})
    assert run_govkb("init", "--templates", "github", cwd=made.root).code == 0
    assert sorted(path for path in files(made.root) if ".github" in path) == [
        ".github/ISSUE_TEMPLATE/incident.md"
    ]


def test_hooks_that_are_there_are_told_what_to_add(empty, run_govkb):
    before = "repos:\n- repo: meta\n  hooks:\n  - id: identity\n"
    (empty / ".pre-commit-config.yaml").write_text(before)
    done = run_govkb("init", "--hooks", cwd=empty)
    assert "+- repo: local" in done.stdout
    assert "+    - id: govkb-check\n" in done.stdout
    assert (empty / ".pre-commit-config.yaml").read_text() == before


def test_a_crash_in_a_folder_of_a_repository_is_finished_too(empty, monkeypatch, git):
    git(empty)

    def crash(*_):
        raise KeyboardInterrupt

    def begin_all():
        config = config_of(empty / "team", None)
        wanted = Wanted(Forge.GITHUB, True, Forge.GITHUB)
        make = partial(plan_beginning, config, "x", date(2026, 4, 21), wanted)
        return write_beginning(make, empty / "team")

    with monkeypatch.context() as patched:
        patched.setattr(journal, "finish", crash)
        with pytest.raises(KeyboardInterrupt):
            begin_all()
    assert begin_all().written == ()
    left = sorted(path.name for path in empty.iterdir())
    assert left == [".git", ".github", ".pre-commit-config.yaml", "team"]
    assert not [path for path in files(empty) if path.endswith(".unfinished")]
