from __future__ import annotations

import pytest

from govkb.site.addresses import Addresses, record_uri
from govkb.site.linking import Linker
from govkb.site.rendering import render_body

INCIDENT = """\
---
id: {id}
title: {title}
severity: high
detected: {detected}
{extra}---

# {title}

{body}
"""


@pytest.fixture(scope="session")
def incident():
    """The text of an incident."""

    def text(
        record_id="INC-20260418-B", title="Zero backups", body="", extra="", detected="2026-04-18"
    ):
        return INCIDENT.format(id=record_id, title=title, body=body, extra=extra, detected=detected)

    return text


@pytest.fixture
def render(project, incident):
    """The body of an incident as HTML, beside other records given by their paths."""

    def html(body, files=None):
        return render_record(
            project, {"records/incidents/x.md": incident(body=body), **(files or {})}
        ).html

    return html


def render_record(project, files, record_id="INC-20260418-B"):
    base = project(files).load()
    record = base.records_by_id[record_id]
    return render_body(record, Linker(base.graph, Addresses(), record_uri(record)))


@pytest.fixture
def rendered(project):
    """A record of a project as its page shows it, with contents and words."""

    def make(files, record_id="INC-20260418-B"):
        return render_record(project, files, record_id)

    return make


@pytest.fixture
def pages(project, site_pages):
    """Every page of a project by its uri."""

    def make(files=None):
        return {p.uri: p for p in site_pages(project(files or {}))}

    return make
