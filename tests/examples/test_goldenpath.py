"""The example loads by itself, and what it says of the repository that it is for is true."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from govkb import checking
from govkb.graph import ResolutionKind
from govkb.workspace import Workspace

EXAMPLE = Path(__file__).parents[2] / "examples" / "goldenpath"
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "goldenpath"
MILESTONE = "2026-01-23-v1-milestone-ephemeral-deploy-success"


def lay_over(root: Path) -> None:
    shutil.copy(EXAMPLE / "govkb.toml", root)
    shutil.copytree(EXAMPLE / "govkb", root / "govkb")


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The example in a folder without any record."""
    root = tmp_path_factory.mktemp("bare")
    lay_over(root)
    return Workspace.at(root)


def test_the_configuration_loads_without_a_fault(bare):
    assert [f"{fault.message}" for fault in bare.catalogue.faults] == []
    assert bare.config.records == "."
    assert bare.config.inheritance.file == "metadata.yaml"


def test_only_its_own_types_are_in_force(bare):
    folders = {file.parent.name for file in (EXAMPLE / "govkb").glob("*/type.yaml")}
    assert set(bare.catalogue.types) == folders
    assert {"adr", "changelog", "runbook", "documentation", "session-capture"} <= folders


def test_it_holds_configuration_and_none_of_the_records():
    names = {file.name for file in EXAMPLE.rglob("*") if file.is_file()}
    assert names == {"README.md", "govkb.toml", "vocabulary.yaml", "type.yaml", "record.md.j2"}


def test_every_type_asks_for_what_the_repositorys_schemas_ask_for(bare):
    types = bare.catalogue.types
    assert set(types["adr"].required) == {"id", "title", "type", "status", "domain", "applies_to"}
    for name, record_type in types.items():
        assert "type" in record_type.required, name
        assert record_type.validator.is_valid({}) is False


def test_decorated_values_have_their_plain_spelling(bare):
    spellings = bare.catalogue.vocabulary.spellings["vq_class"]
    assert spellings["HV/HQ"] == "🔴 HV/HQ"
    assert set(spellings.values()) == set(bare.catalogue.vocabulary.definitions["vq_class"]["enum"])


def test_new_records_of_every_type_are_in_order(tmp_path):
    lay_over(tmp_path)
    workspace = Workspace.at(tmp_path)
    for name in workspace.catalogue.types:
        workspace.create_record(name, f"The first {name}", date(2026, 4, 22))
    assert checking.check(workspace.load()) == []


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """The example over a copy of the repository's records."""
    if not CORPUS.is_dir():
        pytest.skip(f"the records that the example is for are not here: {CORPUS}")
    root = tmp_path_factory.mktemp("goldenpath") / "repository"
    shutil.copytree(CORPUS, root, copy_function=shutil.copyfile)
    for folder in (root, *(p for p in root.rglob("*") if p.is_dir())):
        folder.chmod(0o755)
    lay_over(root)
    return root


@pytest.fixture(scope="module")
def base(laid):
    return Workspace.at(laid).load()


@pytest.fixture(scope="module")
def found(base):
    return checking.check(base)


def by_code(found, code):
    return [diagnostic for diagnostic in found if diagnostic.code == code]


@pytest.mark.slow
def test_the_six_references_of_the_milestone_resolve_by_exact_id(base):
    resolved = [c for c in base.graph.declared if c.citation.record.id == MILESTONE]
    assert len(resolved) == len(base.records_by_id[MILESTONE].metadata["relates_to"]) == 6
    assert {c.resolution.kind for c in resolved} == {ResolutionKind.ID}


@pytest.mark.slow
def test_an_id_that_three_files_claim_is_reported_in_all_three(found):
    paths = {d.path for d in by_code(found, "ID002") if "'ADR-0170'" in d.message}
    assert paths == {
        f"docs/adrs/ADR-0170-{slug}.md"
        for slug in (
            "build-pipeline-architecture",
            "route53-terraform-module",
            "s3-self-service-request-system",
        )
    }


@pytest.mark.slow
def test_a_number_and_a_slug_of_two_records_are_a_contradiction_that_names_the_right_one(found):
    (finding,) = [d for d in found if "'ADR-0180-tdd-philosophy'" in d.message and d.key]
    assert finding.slug == "contradicting-reference"
    assert "ADR-0180-argocd-orchestrator-contract" in finding.message
    assert "ADR-0182-tdd-philosophy" in finding.message


@pytest.mark.slow
def test_exactly_one_chart_lacks_the_sidecar_that_its_zone_demands(found, base):
    assert base.folders_without_sidecar == ("gitops/helm/argocd-image-updater",)
    assert [d.path for d in found if d.slug == "missing-sidecar"] == [
        "gitops/helm/argocd-image-updater"
    ]


@pytest.mark.slow
def test_switching_inheritance_off_changes_only_what_is_required(laid, found):
    settings = laid / "govkb.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("[inheritance]", "[inheritance]\nenabled = false"), "utf-8")
    try:
        without = checking.check(Workspace.at(laid).load())
    finally:
        settings.write_text(text, "utf-8")
    assert as_set(without, but=("FIELD001",)) == as_set(found, but=("FIELD001",))
    assert len(by_code(without, "FIELD001")) > len(by_code(found, "FIELD001"))


@pytest.mark.slow
def test_the_documentation_has_the_numbers_of_today(found, base):
    page = (EXAMPLE.parents[1] / "docs" / "goldenpath.md").read_text("utf-8")
    rows = re.findall(r"^\| ([A-Z]+[0-9]{3}) \S+ \| ([0-9]+) \|", page, re.MULTILINE)
    assert {code: int(count) for code, count in rows} == Counter(d.code for d in found)
    assert f"{len(found):,} findings in {len(base.results)} records" in page


def as_set(found, but):
    return {
        (d.code, d.path, d.key, d.message, json.dumps(d.span and d.span.start.line))
        for d in found
        if d.code not in but
    }
