from __future__ import annotations

import pytest

from govkb.errors import ConfigurationError

RECORD = "---\nid: {id}\ntitle: T\n---\n\n# T\n"


def paths(project) -> list[str]:
    return [result.path for result in project.load().results]


@pytest.fixture
def tree(project):
    files = ("docs/a.md", "docs/deep/b.MD", "notes/c.md", ".hidden/d.md", "node_modules/e.md")
    return project({path: RECORD.format(id=path[-4]) for path in files})


def test_the_whole_repository_can_be_checked_in_place(tree):
    tree.write({"govkb.toml": 'records = "."\n'})
    assert paths(tree) == ["docs/a.md", "docs/deep/b.MD", "notes/c.md"]


def test_globs_choose_and_leave_out(tree):
    tree.write({"govkb.toml": 'records = "."\ninclude = ["docs/**"]\nexclude = ["docs/deep/"]\n'})
    assert paths(tree) == ["docs/a.md"]


def test_a_hidden_folder_can_be_named(tree):
    tree.write({"govkb.toml": 'records = "."\ninclude = [".hidden/**"]\n'})
    assert paths(tree) == [".hidden/d.md"]


def test_a_readme_is_a_record_only_with_frontmatter(project):
    tree = project(
        {
            "govkb.toml": 'records = "."\n',
            "README.md": "# About\n",
            "docs/README.md": RECORD.format(id="DOCS"),
        }
    )
    assert paths(tree) == ["docs/README.md"]


def test_a_readme_that_is_no_record_is_a_page_where_it_lists_statuses(
    project, monkeypatch, tmp_path
):
    monkeypatch.setenv("GOVKB_CACHE_DIR", str(tmp_path / "cache"))
    table = "| ID | Status |\n|---|---|\n| A | open |\n"
    tree = project(
        {
            "README.md": table,
            "records/README.md": table,
            "records/notes/README.md": "# Status\n",
            "records/notes/a.md": RECORD.format(id="A"),
            "records/others/readme.md": b"\xff\n" + table.encode(),
        }
    )
    for _ in range(2):  # the second time from what was kept
        base = tree.load()
        assert [result.path for result in base.results] == ["records/notes/a.md"]
        found = {page.path: page.source.data.decode() for page in base.pages}
        assert found == {"records/README.md": table, "records/others/readme.md": ""}
        assert [file.path for file in base.files][:2] == ["records/notes/a.md", "records/README.md"]


def test_sidecars_are_read_with_the_records(project):
    tree = project(
        {
            "govkb.toml": 'records = "."\n[inheritance]\nfile = "metadata.yaml"\n'
            '[sidecars]\nsuffix = ".metadata.yaml"\n',
            "apps/metadata.yaml": "---\nid: APPS\nowner: platform\n",
            "apps/chart.png": b"\x89PNG",
            "apps/chart.png.metadata.yaml": "id: CHART\n",
            "apps/x.md": RECORD.format(id="X"),
        }
    )
    base = tree.load()
    assert {r.id: r.sidecar for r in base.records} == {"APPS": "folder", "CHART": "file", "X": None}
    assert {r.id: r.effective.get("owner") for r in base.records} == {
        "APPS": "platform",
        "CHART": "platform",
        "X": "platform",
    }


@pytest.mark.parametrize(
    "text", ["- a list\n", "id: [\n", "a: 1\na: 2\n", "\x00", "a: &x 1\nb: *x\n"]
)
def test_a_broken_sidecar_names_itself_and_hands_nothing_down(project, text):
    tree = project(
        {
            "govkb.toml": '[inheritance]\nfile = "metadata.yaml"\n',
            "records/metadata.yaml": "owner: top\n",
            "records/incidents/metadata.yaml": text,
            "records/incidents/INC-20260418-B-x.md": RECORD.format(id="INC-20260418-B"),
        }
    )
    found = {d.path for d in tree.check() if d.code.startswith("READ")}
    assert found == {"records/incidents/metadata.yaml"}
    incident = next(r for r in tree.load().records if r.id == "INC-20260418-B")
    assert incident.effective["owner"] == "top"


def test_folders_that_lack_a_sidecar_are_known(project):
    tree = project(
        {
            "govkb.toml": 'records = "."\n[inheritance]\nfile = "metadata.yaml"\n'
            '[sidecars]\nrequired = ["helm/*"]\n',
            "helm/argocd/metadata.yaml": "id: A\n",
            "helm/argocd/values/x.yaml": "",
            "helm/updater/values.yaml": "",
        }
    )
    assert tree.load().folders_without_sidecar == ("helm/updater",)


def test_folders_can_only_lack_a_file_that_has_a_name(project):
    tree = project({"govkb.toml": '[sidecars]\nrequired = ["helm/*"]\n'})
    with pytest.raises(ConfigurationError, match=r"sidecars.required.*inheritance.file"):
        tree.open()
