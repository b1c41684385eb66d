"""What holds for every file, whatever is in it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
from datetime import date

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from govkb import strict_yaml
from govkb.checking import check
from govkb.config import Config
from govkb.graph import build_graph
from govkb.knowledge_base import KnowledgeBase, first_by_id
from govkb.reading import read_record
from govkb.record_types import load_catalogue
from govkb.reporting import json as json_report
from govkb.reporting import text as text_report
from govkb.source import Position
from govkb.template_files import TemplateFiles, shipped_templates

moderately = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
BODY = "\n# Title\n\n## Pattern\n\nA.\n\n## Rule\n\nB. See INC-20260418-B and [it](x.md#y).\n"
FIELDS = "id: one\ntitle: One\nenforcement: none\n"

# Text in which the characters that mean something to YAML, Markdown or references are frequent.
_pieces = st.sampled_from(
    [
        *(
            "---\n",
            "\n",
            "\r\n",
            "\r",
            ": ",
            "- ",
            "id: ",
            "#",
            "## ",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a",
        ),
        *(
            "!!",
            "<<",
            '"',
            "'",
            "|",
            ">",
            "`",
            "INC-20260418-B",
            "F-2026-0421-A/B",
            ".2",
            "§ ",
            "é",
        ),
        *(
            "備",
            "🚒",
            "\u200b",
            "\x00",
            "\x1b",
            "\ufeff",
            "relates_to: ",
            "date: 2026-02-30\n",
            "\t",
        ),
    ]
)
texts = st.lists(st.one_of(_pieces, st.text(max_size=5)), max_size=40).map("".join)


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(TemplateFiles((shipped_templates(),)))


@pytest.fixture(scope="module")
def base_of(tmp_path_factory, catalogue):
    config = Config(tmp_path_factory.mktemp("root"))

    def make(files):
        results = tuple(
            read_record(f"records/{place}", place, data, catalogue) for place, data in files.items()
        )
        graph = build_graph(results, catalogue)
        by_id = first_by_id(results)
        return KnowledgeBase(
            config, catalogue, results, graph, date(2026, 4, 22), records_by_id=by_id
        )

    return make


def _encoded(text):
    return text.encode("utf-8", "surrogatepass")


def _assert_it_can_be_checked(base):
    """Every diagnostic stands inside its file, and all of it can be reported."""
    found = check(base)
    sources = {result.path: result.source for result in base.results}
    for diagnostic in found:
        if diagnostic.span is not None:
            _assert_inside(sources[diagnostic.path], diagnostic.span)
        for related in diagnostic.related:
            if related.span is not None:
                _assert_inside(sources[related.path], related.span)
    shown = text_report.render(found, base)
    assert not set(shown) & set("\x00\x1b\x9b\u200b\u202e\r")
    assert len(json.loads(json_report.render(found, base))["diagnostics"]) == len(found)


def _assert_inside(source, span):
    lines = source.data.count(b"\n") + 1
    assert Position(1, 1) <= span.start <= span.end
    assert span.end.line <= lines
    assert span.start.column <= len(source.line(span.start.line)) + 1
    assert span.end.column <= len(source.line(span.end.line)) + 1


@moderately
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf---\n---")
@example(b"---\n---\n\x00")
def test_reading_never_raises_for_any_bytes(base_of, data):
    _assert_it_can_be_checked(base_of({"pitfalls/one.md": data}))


@moderately
@given(texts)
@example("a: &a [*a]\n")
@example("? [a]\n: b\n")
@example("id: 'é\n")
@example("\tid: one")
@example("a\n")
@example("- \n")
def test_reading_never_raises_for_any_text_between_the_dashes(base_of, text):
    _assert_it_can_be_checked(base_of({"pitfalls/one.md": _encoded(f"---\n{text}\n---\n{BODY}")}))


@moderately
@given(texts)
def test_reading_never_raises_for_more_text_after_good_fields(base_of, text):
    data = _encoded(f"---\n{FIELDS}{text}\n---\n{BODY}")
    _assert_it_can_be_checked(base_of({"pitfalls/one.md": data}))


@moderately
@given(texts)
def test_reading_never_raises_for_any_body(base_of, text):
    data = _encoded(f"---\n{FIELDS}---\n{BODY}\n{text}")
    _assert_it_can_be_checked(base_of({"pitfalls/one.md": data}))


@settings(moderately, max_examples=40)
@given(st.lists(texts, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_read_changes_no_report(base_of, bodies, shuffler):
    files = {
        f"pitfalls/p{number}.md": _encoded(
            f"---\nid: p{number % 3}\ntitle: P\nrelates_to: [p{number + 1}, p]\n{text}\n---\n{BODY}"
        )
        for number, text in enumerate(bodies)
    }
    shuffled = list(files.items())
    shuffler.shuffle(shuffled)
    one, other = base_of(files), base_of(dict(shuffled))
    assert text_report.render(check(one), one) == text_report.render(check(other), other)


def test_the_order_in_which_the_disk_lists_files_changes_no_report(project, monkeypatch):
    text = "---\nid: {}\ntitle: P\nrelates_to: [gone, p1]\nenforcement: none\n---\n" + BODY
    made = project({f"records/pitfalls/p{n}.md": text.format(f"p{n % 2}") for n in range(6)})
    before = made.report()
    scandir = os.scandir

    def shuffled(path):
        entries = list(scandir(path))
        if str(path).startswith(str(made.root)):
            random.Random(3).shuffle(entries)
        return contextlib.nullcontext(entries)

    monkeypatch.setattr(os, "scandir", shuffled)
    assert before
    assert made.report() == before


_words = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=["C", "Zl", "Zp"]),
    max_size=12,
).filter(lambda word: not re.fullmatch(r"[-+]?[0-9.]+[eE].*", word))  # 1e3 is text in YAML 1.1
_json_like = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**17), 10**17),
        st.floats(allow_nan=False, allow_infinity=False),
        _words,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(_words, inner, max_size=4)
    ),
    max_leaves=15,
)


@moderately
@given(_json_like)
@example({"": ""})
@example({"a": "- b", "c": [[], {}]})
@example(["null", "~", "true", "1", "1.5", "", " a ", "#", "a: b"])
def test_strict_yaml_reads_what_pyyaml_writes(value):
    text = yaml.safe_dump(value, allow_unicode=True)
    document = strict_yaml.load(text)
    assert document.faults == []
    assert document.value == value == yaml.safe_load(text)


@moderately
@given(_json_like)
def test_strict_yaml_reads_json(value):
    document = strict_yaml.load(json.dumps(value, ensure_ascii=False))
    assert (document.faults, document.value) == ([], value)


@moderately
@given(texts)
def test_every_place_that_strict_yaml_gives_lies_inside_the_text(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for place in strict_yaml.places(text).values():
        assert 0 <= place.line < len(lines)
        assert 0 <= place.column <= len(lines[place.line])
        assert 0 <= place.value_line < len(lines) + 1
