import pytest

from govkb.site.source_links import SourceLinks

PATH = "records/incidents/a b.md"
QUOTED = "records/incidents/a%20b.md"


@pytest.mark.parametrize(
    ("links", "edit"),
    [
        (
            SourceLinks("https://example.org/o/r/", "edit/main/docs/"),
            f"https://example.org/o/r/edit/main/{QUOTED}",
        ),
        (
            SourceLinks("https://example.org/o/r", "-/edit/main/kb/docs/"),
            f"https://example.org/o/r/-/edit/main/kb/{QUOTED}",
        ),
        (
            SourceLinks("https://example.org/o/r", "edit/main/a/b/", docs="a/b"),
            f"https://example.org/o/r/edit/main/{QUOTED}",
        ),
        (
            SourceLinks("", "https://example.org/blob/main/docs/"),
            f"https://example.org/blob/main/{QUOTED}",
        ),
        (
            SourceLinks("", "", "https://example.org/edit/main/docs/{path}"),
            f"https://example.org/edit/main/{QUOTED}",
        ),
        (
            SourceLinks("", "", "https://example.org/new?file={path_noext!q}", "."),
            "https://example.org/new?file=records%2Fincidents%2Fa%20b",
        ),
        (SourceLinks(), None),
        (SourceLinks("https://example.org/o/r"), None),
        (SourceLinks("", "edit/main/docs/"), None),
        (SourceLinks("javascript:alert(1)//", "edit/main/docs/"), None),
        (SourceLinks("", "", "javascript:alert('{path}')"), None),
        (SourceLinks("https://[", "edit/main/docs/"), None),
    ],
)
def test_where_a_record_can_be_edited(links, edit):
    assert links.edit(PATH) == edit


@pytest.mark.parametrize("word", ["edit", "blob"])
def test_the_plain_file_is_beside_it(word):
    links = SourceLinks("https://example.org/edit/blob", f"{word}/main/docs/")
    plain = "https://example.org/edit/blob/raw/main/records/edit/a.md"
    assert links.raw("records/edit/a.md") == plain
    links = SourceLinks("", "", f"https://example.org/o/-/{word}/main/docs/{{path}}")
    assert links.raw("records/edit/a.md") == "https://example.org/o/-/raw/main/records/edit/a.md"


def test_an_address_that_does_not_tell_gives_no_plain_file():
    assert SourceLinks("https://example.org/o/r", "_edit/main/docs/").raw(PATH) is None
    assert SourceLinks().raw(PATH) is None
