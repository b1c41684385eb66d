"""Folders of architecture decisions as other tools keep them, read where they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SKELETONS = 'exclude = ["index.md", "template.md", "adr-template.md"]\n'
FOLDERS = {"adr-tools": "doc/adr", "madr": "docs/decisions", "log4brains": "docs/adr"}


@pytest.fixture
def copied(project):
    """A copy of the folder with this name, with nothing but two settings added."""

    def copy(name, records=None):
        made = project()
        shutil.copytree(HERE / name, made.root, dirs_exist_ok=True)
        settings = f'records = "{records or FOLDERS[name]}"\n{SKELETONS}'
        return made.write({"govkb.toml": settings})

    return copy


def by_number(base, *parts):
    return {
        record.id.split("-")[0]: tuple(getattr(record, p) for p in parts) for record in base.records
    }


def edges(base):
    return {
        (r.source.split("-")[0], r.kind.name, r.target.split("-")[0])
        for relations in base.graph.outgoing.values()
        for r in relations
        if r.kind is not None
    }


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_is_wrong_with_it(copied, name):
    made = copied(name)
    assert made.report() == ""
    assert {record.type.name for record in made.load().records} == {"adr"}


@pytest.mark.parametrize(
    ("name", "records"), [("adr-tools", "doc"), ("log4brains", "docs"), ("log4brains", ".")]
)
def test_the_records_folder_may_be_one_further_up(copied, name, records):
    (copied(name).root / "README.md").unlink(missing_ok=True)
    made = copied(name, records)
    assert {record.type and record.type.name for record in made.load().records} == {"adr"}


def test_adr_tools(copied):
    base = copied("adr-tools").load()
    assert by_number(base, "title", "status", "date") == {
        "0001": ("1. Record architecture decisions", "accepted", "2016-02-12"),
        "0002": ("2. Keep sessions in Redis", "superseded", "2016-03-01"),
        "0003": ("3. Deploy with Helm", "accepted", "2016-05-17"),
        "0004": ("4. Keep sessions in the database", "accepted", "2017-01-09"),
        "0005": ("5. Render charts in CI", "accepted", "2017-02-20"),
        "0006": ("6. Encrypt backups", "superseded", "2017-06-30"),
        "0007": ("7. Encrypt the bucket", "accepted", "2018-01-15"),
    }
    assert edges(base) == {
        ("0004", "supersedes", "0002"),
        ("0005", "amends", "0003"),
        ("0007", "supersedes", "0006"),
    }


def test_madr(copied):
    base = copied("madr").load()
    assert by_number(base, "status", "date") == {
        "0000": ("accepted", "2025-09-01"),
        "0001": ("accepted", "2025-09-03"),
        "0002": ("superseded", "2025-10-11"),
        "0003": ("rejected", "2025-11-30"),
        "0004": ("accepted", "2026-04-20"),
        "0005": ("proposed", "2026-04-21"),
    }
    assert edges(base) == {("0004", "supersedes", "0002")}
    mentions = base.graph.outgoing["0005-serve-images-from-a-bucket"]
    assert [m.target for m in mentions] == ["0004-sign-in-with-links-by-mail"]


def test_log4brains(copied):
    base = copied("log4brains").load()
    assert by_number(base, "status") == {
        "20200101": ("accepted",),
        "20200214": ("accepted",),
        "20200301": ("accepted",),
        "20200610": ("superseded",),
        "20210105": ("accepted",),
        "20210312": ("draft",),
    }
    assert edges(base) == {("20210105", "supersedes", "20200610")}
    assert (
        base.records_by_id["20200214-store-prices-as-integers"].metadata["deciders"] == "Abby, DJ"
    )


@pytest.mark.parametrize(
    ("path", "line", "other", "place", "words"),
    [
        (
            "0001-record-architecture-decisions.md",
            "Accepted",
            "Acepted",
            "7:1 STATE001",
            "'Acepted'",
        ),
        ("0003-deploy-with-helm.md", "Date: 2016-05-17", "Date: soon", "3:7 FIELD002", "'soon'"),
        ("0005-render-charts-in-ci.md", "## Decision", "## Way", "1:1 SEC001", "Decision outcome"),
        (
            "0007-encrypt-the-bucket.md",
            "Supercedes [6. Encrypt backups](0006-encrypt-backups.md)",
            "Supercedes [6. Encrypt backups](0008-encrypt-backups.md)",
            "9:12 REF010",
            "'0008-encrypt-backups.md'",
        ),
    ],
)
def test_a_fault_is_shown_where_it_stands_in_the_body(copied, path, line, other, place, words):
    made = copied("adr-tools")
    file = made.root / "doc/adr" / path
    text = file.read_text("utf-8")
    assert f"\n{line}\n" in text
    file.write_text(text.replace(f"\n{line}\n", f"\n{other}\n"), "utf-8")
    where, code = place.split()
    (report,) = [part for part in made.report().split("\n\n") if code in part]
    assert report.startswith(f"doc/adr/{path}:{where} error {code}")
    assert words in report


def test_a_new_decision_follows_the_highest_number(copied):
    from datetime import date

    made = copied("madr", "docs")
    file = made.open().create_record("adr", "Use a queue", date(2026, 4, 22))
    assert file.name == "ADR-0006-use-a-queue.md"
