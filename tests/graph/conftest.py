from __future__ import annotations

import pytest

_PLACES = {"INC": "incidents", "DEC": "decisions", "EVO": "evolutions", "F-2": "findings"}


def _place(record_id):
    folder = next((f for p, f in _PLACES.items() if record_id.startswith(p)), "pitfalls")
    return f"records/{folder}/{record_id}.md"


def _text(record_id, extra="", body=""):
    lines = f"{extra}\n" if extra else ""
    return f"---\nid: {record_id}\ntitle: The title of {record_id}\n{lines}---\n\n# T\n\n{body}\n"


@pytest.fixture
def graph_of(project):
    """The graph of records given as {id: (frontmatter lines, body)}; files keep the id's name."""

    def make(records, files=None):
        texts = {_place(i): _text(i, *given) for i, given in records.items()}
        return project({**texts, **(files or {})}).load().graph

    return make


@pytest.fixture
def resolve(project):
    """What a name means where one of these records says it: (kind, ids)."""

    def find(name, records, citing="citing", files=None):
        texts = {_place(i): _text(i, *given) for i, given in records.items()}
        texts.setdefault(_place(citing), _text(citing))
        base = project({**texts, **(files or {})}).load()
        found = base.graph.resolver.resolve(name, base.records_by_id[citing])
        if found.record is not None:
            return found.kind.value, found.record.id
        return found.kind.value, sorted(record.id for record in found.candidates)

    return find
