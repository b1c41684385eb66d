"""`llms.txt`, in the form of llmstxt.org."""

import re

INC = "records/incidents/{}.md"
ROOT = "https://kb.example.org/team/"


def sections(text):
    """The head, then the lines of each section by its title."""
    head, *rest = re.split(r"^## ", text, flags=re.MULTILINE)
    return head, {part.partition("\n")[0]: part.splitlines()[2:] for part in rest}


def test_it_has_a_title_a_summary_and_sections_of_links(machine, incident):
    citing = incident(
        record_id="INC-20260419-A", title="Second", extra="caused_by: INC-20260418-B\n"
    )
    files = {INC.format("a"): incident(), INC.format("b"): citing}
    head, found = sections(machine(files, description="What *broke*.")["llms.txt"].decode())
    assert head.startswith("# Ours\n\n> What \\*broke\\*.\n\n2 records, ")
    assert list(found) == ["Indexes", "Most cited records", "Newest records", "Optional"]
    first = f"- [INC-20260418-B: Zero backups]({ROOT}incidents/INC-20260418-B/): open"
    assert found["Most cited records"] == [first, ""]
    assert found["Newest records"][1] == first
    for lines in found.values():
        for line in filter(None, lines):
            assert re.fullmatch(rf"- \[.+?\]\({ROOT}[^)\s]*\)(: .+)?", line), line


def test_it_is_as_short_with_many_records(machine, incident):
    files = {
        INC.format(n): incident(record_id=f"INC-202604{n % 28 + 1:02}-{chr(65 + n // 28)}")
        for n in range(60)
    }
    _, found = sections(machine(files)["llms.txt"].decode())
    assert len(found["Newest records"]) == 21


def test_hostile_titles_are_no_markup_and_no_lines(machine, hostile):
    text = machine({INC.format("x"): hostile}, name="A\n# B")["llms.txt"].decode()
    assert text.startswith("# A # B\n")
    assert "<script" not in text.replace("\\<", "")
    assert "[b](c)" not in text
    assert max(map(len, text.splitlines())) < 1000


def test_no_records_make_a_file_all_the_same(machine):
    head, found = sections(machine({}, address=None)["llms.txt"].decode())
    assert "0 records" in head
    assert list(found) == ["Indexes", "Optional"]
