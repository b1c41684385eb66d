"""Files that are broken or hostile: what each gets, and that no other record suffers for it."""

from __future__ import annotations

import pytest

BODY = """
# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
"""
GOOD = f"""---
id: look-twice
title: Look twice
enforcement: none
relates_to: bad-one
---
{BODY}"""
BAD = "records/pitfalls/bad-one.md"
NEIGHBOUR = "records/pitfalls/look-twice.md"


def record(extra="", record_id="bad-one"):
    """A good pitfall with these lines at the end of its frontmatter, from line 5 on."""
    lines = f"{extra}\n" if extra else ""
    return f"---\nid: {record_id}\ntitle: Bad one\nenforcement: none\n{lines}---\n{BODY}"


@pytest.fixture
def faults(project):
    """What is reported of a file beside a good record that refers to it, as (code, line, column).

    The file must be reported, and the good record must be read and have nothing reported.
    """

    def check(content, path=BAD):
        made = project({path: content, NEIGHBOUR: GOOD})
        found = made.check()
        assert [r.path for r in made.load().records if r.path == NEIGHBOUR] == [NEIGHBOUR]
        assert {diagnostic.path for diagnostic in found} == {path}
        return [(d.code, *_start(d)) for d in found]

    return check


@pytest.fixture
def message(project):
    def of(content, path=BAD):
        (diagnostic,) = project({path: content}).check()
        return diagnostic.message

    return of


def _start(diagnostic):
    span = diagnostic.span
    return (span.start.line, span.start.column) if span else (None, None)


def test_a_good_file_in_the_place_of_the_bad_one_is_clean(project):
    assert project({BAD: record(), NEIGHBOUR: GOOD}).codes() == []


CONFLICT = "<<<<<<< HEAD\n{0}: one\n=======\n{0}: two\n>>>>>>> feature"


def test_row_26_conflict_markers_in_the_frontmatter_are_reported(faults):
    found = faults(record(CONFLICT.format("summary")))
    assert [place for place in found if place[0] == "READ017"] == [
        ("READ017", 5, 1),
        ("READ017", 9, 1),
    ]


def test_row_26_conflict_markers_in_the_body_are_reported(faults):
    text = record() + "\n" + CONFLICT.format("Owner") + "\n"
    assert faults(text) == [("READ017", 17, 1), ("READ017", 21, 1)]


def test_row_26_conflict_markers_in_code_are_an_example(project):
    text = record() + "\n~~~\n" + CONFLICT.format("Owner") + "\n~~~\n"
    assert project({BAD: text}).codes() == []


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ("!!python/object/apply:os.system ['touch {target}']", 10),
        ("!!python/object/new:os.system ['touch {target}']", 10),
        ("{{deep: [!!python/name:os.system , x]}}", 18),
    ],
)
def test_row_27_python_tag_is_refused_and_not_executed(faults, tmp_path, value, column):
    target = tmp_path / "executed"
    assert faults(record(f"summary: {value.format(target=target)}")) == [("READ009", 5, column)]
    assert not target.exists()


def test_row_27_a_tag_on_a_key_is_refused(faults):
    assert faults(record("!!str summary: x")) == [("READ009", 5, 1)]


@pytest.mark.parametrize(
    ("lines", "line", "column"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]", 6, 8),
        ("a: &a {x: 1}\nb:\n  <<: *a", 7, 3),
        ("tags: &all [one]\naliases: *all", 6, 10),
    ],
)
def test_row_29_an_alias_is_refused_before_it_is_expanded(faults, lines, line, column):
    assert faults(record(lines)) == [("READ008", line, column)]


def test_row_29_a_key_that_is_an_alias_is_refused(faults):
    assert faults(record("tags: &all one\n*all : two")) == [("READ008", 6, 1)]


def test_row_30_a_recursive_alias_is_refused(faults):
    assert faults(record("tags: &a [*a]")) == [("READ008", 5, 11)]


@pytest.mark.parametrize("depth", [20, 500, 15_000])
@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_row_31_deep_nesting_is_refused_without_recursion(faults, depth, opening):
    # One level is the frontmatter itself, so that the twentieth bracket is one too many.
    depth = min(depth, 30_000 // len(opening))
    assert faults(record(f"tags: {opening * depth}")) == [
        ("READ010", 5, 7 + 19 * len(opening)),
    ]


def test_row_31_nesting_up_to_the_limit_is_read(project):
    made = project({BAD: record(f"tags: {'[' * 19}{']' * 19}")})
    assert made.codes() == ["FIELD002"]


def test_row_31_fifty_thousand_brackets_are_too_large_to_be_parsed(faults):
    assert faults(record(f"tags: {'[' * 50_000}")) == [("READ011", 2, 1)]


@pytest.mark.parametrize("size", [33_000, 2_600_000])
def test_row_32_a_huge_frontmatter_is_refused(faults, message, size):
    text = record("summary: " + "x" * size)
    assert faults(text) == [("READ011", 2, 1)]
    assert "32,768" in message(text)


def test_row_32_the_limit_counts_bytes_not_characters(faults):
    assert faults(record("summary: " + "備" * 11_000)) == [("READ011", 2, 1)]


def test_row_33_a_duplicate_key_is_reported_at_the_second_one(faults, message):
    text = record("id: bad-one")
    assert faults(text) == [("READ007", 5, 1)]
    assert "'id'" in message(text)


def test_row_33_a_duplicate_key_deep_down_is_reported_too(faults):
    assert ("READ007", 5, 31) in faults(record("source: {brief: a, bullet: A, brief: b}"))


def test_row_34_an_impossible_date_is_reported_with_its_place(faults, message):
    assert faults(record("date: 2026-02-30")) == [("FIELD002", 5, 7)]
    assert "'2026-02-30'" in message(record("date: 2026-02-30"))


def test_row_34_an_integer_of_5000_digits_is_reported_with_its_place(faults):
    assert ("READ013", 5, 10) in faults(record("summary: " + "9" * 5000))


@pytest.mark.parametrize("word", ["no", "No", "off", "yes", "012", "1:30", "0x1F", "1_000", "0o17"])
def test_row_35_words_that_yaml_1_1_reads_otherwise_stay_text(project, word):
    made = project({BAD: record(f"summary: {word}")})
    assert made.codes() == []
    (only,) = made.load().records
    assert only.metadata["summary"] == word


def test_row_36_a_byte_order_mark_is_accepted(project):
    made = project({BAD: b"\xef\xbb\xbf" + record().encode(), NEIGHBOUR: GOOD})
    assert made.codes() == []


def test_row_36_a_fault_after_a_byte_order_mark_has_its_place(faults):
    text = b"\xef\xbb\xbf" + record("enforcemnt: none").encode()
    assert faults(text) == [("FIELD004", 5, 1)]


def test_row_36_windows_line_ends_are_accepted(project):
    text = record("summary: |\n  one\n  two").replace("\n", "\r\n").encode()
    made = project({BAD: text, NEIGHBOUR: GOOD})
    assert made.codes() == []
    assert "\r" not in next(iter(made.load().records)).metadata["summary"]


def test_row_36_carriage_returns_alone_are_reported(faults):
    assert faults(record().replace("\n", "\r").encode()) == [("READ014", 1, 4)]


def test_row_36_a_missing_closing_line_is_reported(faults):
    assert faults(record().replace("none\n---\n", "none\n")) == [("READ003", 1, 1)]


@pytest.mark.parametrize("content", ["- one\n- two\n", "just text\n", "", "# only a comment\n"])
def test_row_36_frontmatter_that_is_no_mapping_is_reported(faults, content):
    assert faults(f"---\n{content}---\n{BODY}") == [("READ005", 2, 1)]


def test_row_37_json_frontmatter_is_reported(faults):
    assert faults('{"id": "bad-one"}\n\n# Bad one\n') == [("READ004", 1, 1)]


TOML = '+++\ntitle = "One"\n+++\n\n# One\n'


def test_toml_frontmatter_is_reported(faults):
    assert faults(TOML) == [("READ026", 1, 1)]


def test_toml_frontmatter_is_no_text_where_no_frontmatter_is_needed(message):
    assert "TOML" in message(TOML, "records/adr/0001-one.md")


def test_where_no_type_demands_frontmatter_its_lack_is_not_the_reason(project):
    settings = 'records = "."\ntypes = ["adr"]\n'
    (found,) = project({"govkb.toml": settings, "CONTRIBUTING.md": "# How to\n"}).check()
    assert found.code == "READ002"
    assert found.message.startswith("no type has its records here")
    assert "`exclude`" in found.hint


def test_a_broken_file_at_a_path_that_does_not_tell_its_id(project):
    declared = (
        'type: log\nlabel: Log\npurpose: A day.\nid: "LOG-{date:%Y%m%d}"\npath: "logs/{text}.md"\n'
    )
    made = project({"templates/log/type.yaml": declared, "records/logs/x.md": "---\na: [\n---\n"})
    assert made.codes() == ["READ006"]


@pytest.mark.parametrize("text", ["+++ one +++\n\n+++\n", "+++\n", "# One\n\n+++\n\n+++\n"])
def test_plus_signs_alone_are_no_toml(faults, text):
    assert faults(text) == [("READ002", 1, 1)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_row_38_utf_16_is_reported(faults, encoding):
    assert faults(record().encode(encoding))[0][0] in ("READ001", "READ002")


def test_row_38_utf_16_is_called_by_its_name(message):
    assert "UTF-16" in message(record().encode("utf-16"))


def test_row_38_latin_1_is_reported_with_the_byte(faults, message):
    text = record("summary: café").encode("latin-1")
    assert [code for code, *_ in faults(text)] == ["READ001"]
    offset = text.index(b"\xe9")
    assert f"byte {offset} (0xE9)" in message(text)


@pytest.mark.parametrize(
    ("escape", "name"),
    [(r"\e", "U+001B"), (r"\0", "U+0000"), (r"\u202e", "U+202E"), (r"\u200b", "U+200B")],
)
def test_row_39_a_control_character_by_escape_is_reported_by_name(faults, message, escape, name):
    text = record(f'summary: "a{escape}b"')
    assert faults(text) == [("READ012", 5, 10)]
    assert name in message(text)


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\x7f", "\x9b", "\u200b", "\u202e"])
def test_row_39_a_raw_control_character_is_reported(faults, character):
    found = faults(record(f"summary: a{character}b"))
    assert found[0][:2] == ("READ012", 5)


@pytest.mark.parametrize(
    "record_id",
    [
        "F-２026-0421-BUCKET",
        '"F-2026-0421-BUCKET\\n"',
        "F-2026-0421-BUCKET-Α",
        "F-2026-0421-ВUCKET",
        "F-2026-0230-BUCKET",
        "../F-2026-0421-BUCKET",
        "F-2026-0421-BUCKET/../../x",
        "F-2026-0421-BU\\CKET",
        ".F-2026-0421-BUCKET",
        "'-F-2026-0421-BUCKET'",
        '"F-2026-0421-BUCKET "',
        "F-2026-0421-" + "X" * 300 + "é",
    ],
)
def test_rows_40_to_42_an_id_that_is_not_plain_ascii_of_its_form_is_reported(faults, record_id):
    text = f"---\nid: {record_id}\ntitle: Bucket\nseverity: low\n---\n\n## Condition\n\nIt leaks.\n"
    path = "records/findings/bad-one.md"
    assert ("ID001", 2, 5) in faults(text, path)


def test_row_40_the_id_of_a_slug_type_may_not_end_in_a_newline(faults):
    assert ("ID001", 2, 5) in faults(record(record_id='"bad-one\\n"'))


def test_row_41_a_look_alike_is_named_by_its_code_point(message):
    assert "U+0430 CYRILLIC SMALL LETTER A" in message(record(record_id="bаd-one"))


def test_row_41_a_bidi_control_in_an_id_is_reported(faults):
    assert ("READ012", 2, 5) in faults(record(record_id='"bad\\u202e-one"'))


@pytest.mark.parametrize("record_id", ["../bad-one", "bad/one", "bad\\one", "-bad", ".bad", "bad-"])
def test_row_42_an_id_that_could_be_a_path_is_reported(faults, record_id):
    assert ("ID001", 2, 5) in faults(record(record_id=record_id))


def test_row_42_nul_in_an_id_is_reported(faults):
    assert ("READ012", 2, 5) in faults(record(record_id='"bad\\0one"'))


@pytest.mark.parametrize(
    ("one", "other"),
    [("bad-one", "Bad-One"), ("caf\u00e9", "cafe\u0301")],
    ids=["letter case", "Unicode form"],
)
def test_row_43_paths_that_differ_only_in_spelling_collide(project, one, other):
    files = {f"records/pitfalls/{name}.md": record() for name in (one, other)}
    collisions = [d for d in project(files).check() if d.code == "ID004"]
    assert {diagnostic.path for diagnostic in collisions} == set(files)


@pytest.mark.parametrize(
    "name", ["CON.md", "aux.md", "nul.tar.md", "lpt1.md", "a:b.md", "a?.md", "a .md", "a..md"]
)
def test_row_44_names_that_windows_refuses_are_reported(faults, name):
    assert ("ID005", None, None) in faults(record(), f"records/pitfalls/{name}")


def test_row_44_a_folder_that_windows_refuses_is_reported(project):
    assert "ID005" in project({"records/con/bad-one.md": record("type: pitfall")}).codes()


def test_row_45_a_name_of_more_than_200_bytes_is_reported(faults):
    assert ("ID005", None, None) in faults(record(), f"records/pitfalls/{'x' * 240}.md")


def test_row_45_an_id_of_300_bytes_is_reported_whatever_its_file_is_called(faults):
    assert ("ID003", 2, 5) in faults(record(record_id="x" * 300))


@pytest.mark.parametrize("target", ["/etc/passwd", "look-twice.md", "gone.md", "/etc"])
def test_row_46_a_symbolic_link_is_reported_and_not_followed(project, target):
    made = project({NEIGHBOUR: GOOD})
    (made.root / BAD).symlink_to(target)
    found = made.check()
    assert [(d.code, d.path) for d in found] == [("READ015", BAD)]
    assert "root:" not in made.report()


@pytest.mark.parametrize("target", ["pitfalls", "/etc"])
def test_row_46_a_link_to_a_folder_is_reported_and_not_followed(project, target):
    made = project({NEIGHBOUR: GOOD.replace("relates_to: bad-one\n", "")})
    (made.root / "records" / "again").symlink_to(target)
    assert [record.path for record in made.load().records] == [NEIGHBOUR]
    assert [(d.code, d.path) for d in made.check()] == [("READ015", "records/again")]


@pytest.mark.parametrize("settings", ['records = "."', 'exclude = ["/records/again/"]'])
def test_row_46_other_links_to_folders_are_nobodys_business(project, settings):
    made = project({NEIGHBOUR: GOOD.replace("relates_to: bad-one\n", "")})
    made.write({"govkb.toml": settings})
    (made.root / "records" / "again").symlink_to("pitfalls")
    assert "READ015" not in made.codes()


def test_row_47_a_line_end_in_a_file_name_is_escaped(project):
    made = project({"records/pitfalls/a\n::error::b.md": record()})
    report = made.report()
    assert "ID005" in report
    assert r"a\x0a::error::b.md" in report
    assert not any(line.startswith("::error") for line in report.split("\n"))


def test_row_47_a_file_name_that_is_no_utf_8_is_reported(project):
    made = project({NEIGHBOUR: GOOD})
    (made.root / "records/pitfalls").joinpath("b\udce9d.md").write_text(record())
    assert r"records/pitfalls/b\xe9d.md" in made.report()


@pytest.mark.parametrize(
    "line", ["summary: [\x1b[31mred", "sum\x1b]0;owned\x07mary: x", "type: 'a\x9b31m'"]
)
def test_row_62_no_escape_reaches_the_terminal(project, line):
    report = project({BAD: record(line)}).report()
    assert report
    assert not set(report) & set("\x1b\x07\x9b")


def test_row_62_a_value_in_a_message_is_escaped(project):
    report = project({BAD: record("relates_to: gone")}).report()
    assert "'gone'" in report
    hostile = project({BAD: record() + "\nSee [it](\u202egone.md).\n"}).report()
    assert "broken-link" in hostile
    assert "\u202e" not in hostile


def test_an_empty_file_is_reported(faults):
    assert [code for code, *_ in faults("")] == ["READ002"]


@pytest.mark.parametrize("text", ["\n", "   ", "\r\n\r\n", "\t\n"])
def test_a_file_of_blanks_is_reported(faults, text):
    assert [code for code, *_ in faults(text)] == ["READ002"]


def test_a_blank_line_before_the_frontmatter_is_reported(faults):
    assert faults("\n" + record()) == [("READ002", 1, 1)]


def test_a_file_with_frontmatter_only_lacks_its_sections(faults):
    text = "---\nid: bad-one\ntitle: Bad one\nenforcement: none\n---"
    assert faults(text) == [("SEC001", 1, 1), ("SEC001", 1, 1)]


def test_three_dashes_inside_a_value_and_in_the_body_close_nothing(project):
    made = project({BAD: record('summary: "a --- b"\nowner: a---b') + "\n---\n\nMore.\n"})
    assert made.codes() == []
    assert next(iter(made.load().records)).metadata["summary"] == "a --- b"


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 10_000,
        "<a " * 10_000,
        "> " * 5_000,
        "*a **a " * 3_000,
        "`" * 9_999 + " `",
        "![[" * 5_000,
        "[it](look-twice.md) " * 20_000,
        "`it` [it](look-twice.md)\n" * 10_000,
    ],
    ids=["brackets", "tags", "quotes", "emphasis", "backticks", "images", "links", "code"],
)
def test_row_57_text_that_is_slow_elsewhere_is_read(project, hostile):
    assert project({BAD: record() + "\n" + hostile + "\n", NEIGHBOUR: GOOD}).codes() == []


def test_a_very_deep_list_is_read(project):
    deep = "".join(f"{'  ' * level}- level {level}\n" for level in range(500))
    assert project({BAD: record() + "\n" + deep, NEIGHBOUR: GOOD}).codes() == []


def test_a_file_that_may_not_be_read_is_reported(project, monkeypatch):
    from govkb.workspace.trees import DiskTree

    made = project({BAD: record(), NEIGHBOUR: GOOD})
    read = DiskTree.read

    def refuse(tree, path):
        if path == BAD:
            raise PermissionError(13, "Permission denied", path)
        return read(tree, path)

    monkeypatch.setattr(DiskTree, "read", refuse)
    assert [(d.code, d.path) for d in made.check()] == [("READ016", BAD)]


CITING = (
    """---
id: look-back
title: Look back
enforcement: none
relates_to: [INC-20260418-B]
---
"""
    + BODY
)
INCIDENT = "records/incidents/INC-20260418-B-zero-backups.md"


@pytest.mark.parametrize(
    "content",
    [
        b"---\ntitle: Zero backups\nseverity: high\n---\n\n## Summary\n\nNone.\n",
        b"---\nid: [INC-20260418-B]\ntitle: Zero\nseverity: high\n---\n\n## Summary\n\nNone.\n",
        b"---\nid: 20260418\ntitle: Zero\nseverity: high\n---\n\n## Summary\n\nNone.\n",
        b"---\nid: INC-20260418-B\ntitle: Caf\xe9\n---\n",
        "---\nid: INC-20260418-B\n---\n".encode("utf-16"),
        b"",
    ],
    ids=["no id", "a list", "a number", "Latin-1", "UTF-16", "empty"],
)
def test_a_record_whose_id_cannot_be_read_makes_no_reference_to_it_dangle(project, content):
    made = project({INCIDENT: content, "records/pitfalls/look-back.md": CITING})
    for _ in range(2):  # the second time from what was kept
        assert {d.path for d in made.check()} == {INCIDENT}


def test_a_link_in_the_place_of_a_record_makes_no_reference_to_it_dangle(project):
    made = project({"records/pitfalls/look-back.md": CITING})
    (made.root / INCIDENT).parent.mkdir()
    (made.root / INCIDENT).symlink_to("/etc/passwd")
    assert {d.path for d in made.check()} == {INCIDENT}


def test_a_reference_to_nothing_dangles_beside_a_record_without_an_id(project):
    files = {BAD: record().replace("id: bad-one\n", ""), "records/pitfalls/look-back.md": CITING}
    assert ("REF002", "records/pitfalls/look-back.md") in [
        (d.code, d.path) for d in project(files).check()
    ]


def test_row_49_one_new_id_on_two_branches_is_reported_once_they_meet(project, git):
    first = record(record_id="bad-one")
    made = project({NEIGHBOUR: GOOD.replace("relates_to: bad-one\n", "")})
    repository = git(made.root)
    base = repository.commit()
    repository.run("checkout", "-q", "-b", "one")
    made.write({BAD: first})
    repository.commit("one")
    repository.run("checkout", "-q", base, "-b", "two")
    made.write({"records/pitfalls/bad/bad-one.md": first})
    repository.commit("two")
    repository.run("merge", "-q", "-m", "both", "one")
    for given in (None, base):
        found = {d.path for d in made.check(given) if d.code == "ID002"}
        assert found == {BAD, "records/pitfalls/bad/bad-one.md"}
