import re

INC = "records/incidents/{}.md"


def test_a_tag_has_its_newest_records_and_tells_how_many_more(pages, incident):
    files = {
        INC.format(n): incident(f"INC-202604{n:02}-A", f"T{n}", extra="tags: [backup]\n")
        for n in range(1, 26)
    }
    html = pages(files)["tags.md"].html
    assert html.count('class="govkb-line"') == 20
    assert "INC-20260425-A" in html
    assert "INC-20260405-A" not in html
    assert re.search(r'<a href="[^"]*incidents/">5 more incidents</a>', html)


def test_the_most_used_spelling_names_a_tag(pages, incident):
    files = {
        INC.format(n): incident(f"INC-2026040{n}-A", "T", extra=f"tags: ['{tag}']\n")
        for n, tag in enumerate(["Object Store", "object-store", "object-store"], 1)
    }
    html = pages(files)["tags.md"].html
    assert re.findall(r"<h2 id=\"([^\"]+)\">([^<]+?) <span[^>]*>(\d+)<", html) == [
        ("tag-object-store", "object-store", "3")
    ]


def test_very_many_tags_are_cut_to_the_most_used(pages, incident):
    tags = ", ".join(f"t{n}" for n in range(510))
    files = {
        INC.format("a"): incident(extra=f"tags: [{tags}]\n"),
        INC.format("b"): incident("INC-20260419-A", extra="tags: [t509]\n"),
    }
    html = pages(files)["tags.md"].html
    assert html.count("<h2 ") == 500
    assert 'id="tag-t509"' in html
    assert "10 rarer tags are left out" in html


def test_one_tag_need_not_stand_in_a_list(pages, incident):
    assert (
        'id="tag-backup"'
        in pages({INC.format("a"): incident(extra="tags: backup\n")})["tags.md"].html
    )


def test_without_tags_there_is_no_such_page(pages, incident):
    assert "tags.md" not in pages({INC.format("a"): incident(extra="tags: [[], '', {}]\n")})
