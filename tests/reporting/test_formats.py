"""Every `NAME.golden` is what the format NAME makes of one of every kind of diagnostic."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkb.reporting import FORMATS, render

FOLDER = Path(__file__).parent

each_format = pytest.mark.parametrize("name", FORMATS)


def test_every_format_has_its_golden_file():
    assert {file.stem for file in FOLDER.glob("*.golden")} == set(FORMATS)


@each_format
@pytest.mark.usefixtures("fixed_surroundings")
def test_the_report_is_the_expected_one(name, diagnostics, hidden, base, update_golden):
    file = FOLDER / f"{name}.golden"
    report = render(name, diagnostics, base, hidden=hidden)
    if update_golden:
        file.write_text(report, "utf-8", newline="")
    assert report == file.read_bytes().decode(), "after a look at the difference: --update-golden"


@pytest.mark.parametrize("name", ["text", "github", "gitlab", "junit"])
def test_what_is_hidden_stays_out_where_it_could_not_be_told_apart(name, diagnostics, hidden, base):
    assert render(name, diagnostics, base, hidden=hidden) == render(name, diagnostics, base)


@each_format
def test_a_report_is_the_same_however_often_it_is_made(name, diagnostics, base):
    assert render(name, iter(diagnostics), base) == render(name, list(diagnostics), base)


@each_format
def test_a_report_ends_in_one_line_end_or_is_empty(name, diagnostics, base):
    for found in (diagnostics, ()):
        report = render(name, found, base)
        assert report == "" or (report.endswith("\n") and not report.endswith("\n\n"))


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab"])
def test_paths_are_those_in_the_repository(name, diagnostics, base):
    assert "team/kb/records/findings" in render(name, diagnostics, base, "team/kb/")
    assert "team/kb" not in render(name, diagnostics, base)


def test_only_files_that_are_shown_are_read(diagnostics, project, monkeypatch):
    from govkb.reading import ReadResult

    files = {f"records/x{number}.md": "---\nid: x\n---\n" for number in range(3)}
    base = project(files).load()
    asked = []
    source = ReadResult.source.fget
    monkeypatch.setattr(
        ReadResult, "source", property(lambda self: asked.append(self.path) or source(self))
    )
    for name in FORMATS:
        render(name, diagnostics, base)
    assert asked == []


@each_format
def test_every_format_is_documented(name, checkout):
    documentation = (checkout / "docs/output-formats.md").read_text("utf-8")
    assert f"\n| `{name}` |" in documentation
