import pytest

from govkb.site.addresses import Addresses, record_uri


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("index.md", "incidents/index.md", "incidents/"),
        ("incidents/index.md", "incidents/INC-1.md", "INC-1/"),
        ("incidents/INC-1.md", "index.md", "../../"),
        ("incidents/INC-1.md", "decisions/DEC-1.md", "../../decisions/DEC-1/"),
        ("index.md", "index.md", "./"),
    ],
)
def test_a_link_leads_from_folder_to_folder(here, there, expected):
    assert Addresses().between(here, there) == expected


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("index.md", "incidents/index.md", "incidents/index.html"),
        ("incidents/INC-1.md", "incidents/INC-2.md", "INC-2.html"),
        ("incidents/INC-1.md", "index.md", "../index.html"),
    ],
)
def test_without_folders_it_leads_from_file_to_file(here, there, expected):
    assert Addresses(directories=False).between(here, there) == expected


def test_an_anchor_on_the_same_page_is_only_the_anchor():
    assert Addresses().between("a.md", "a.md", "impact") == "#impact"
    assert Addresses().between("a.md", "b.md", "impact") == "../b/#impact"


def test_an_address_follows_from_type_and_id_and_survives_renames(project, incident):
    base = project({"records/incidents/what-it-was-called-first.md": incident()}).load()
    assert record_uri(base.records_by_id["INC-20260418-B"]) == "incidents/INC-20260418-B.md"


@pytest.mark.parametrize(
    "bad", ["../../x", "a/b", ".hidden", "-x", "index", "README", "a\\nb", "α"]
)
def test_an_id_that_could_not_be_a_file_name_has_no_address(project, bad):
    text = f'---\nid: "{bad}"\ntitle: t\nenforcement: none\n---\n\n## Pattern\n'
    base = project({"records/pitfalls/x.md": text}).load()
    (record,) = base.records_by_id.values()
    assert record_uri(record) is None
