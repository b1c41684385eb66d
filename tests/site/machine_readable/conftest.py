from __future__ import annotations

import pytest

from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.machine_readable import Masthead, feed_files, reference_files

ADDRESS = "https://kb.example.org/team/"
# Every way out of a format that the files have: of XML, of a script, of an attribute, of a comment.
HOSTILE = """]]> </script><script>alert(1)</script> "'`--> &amp; {{x}} \\\\ *a* [b](c) \\u202e"""


@pytest.fixture
def files_of():
    """The files for programs of a knowledge base, by path, each whole."""

    def make(base, address=ADDRESS, addresses=None, name="Ours", description=None):
        found: dict[str, bytes] = {}
        masthead = Masthead(name, address, description)
        background, at = Background(base), addresses or Addresses()
        for files in (reference_files, feed_files):
            for path, content in files(background, at, masthead):
                found[path] = found.get(path, b"") + content
        return found

    return make


@pytest.fixture
def machine(project, files_of):
    """The same of a project with these files."""

    def make(files, **how):
        return files_of(project(files).load(), **how)

    return make


@pytest.fixture
def hostile(incident):
    """An incident whose every text tries to get out of where it is put."""
    text = HOSTILE.replace("'", "''")
    extra = f"summary: '{text}'\nowner: '{text}'\ntags: ['{text}']\naliases: ['{text}', safe-one]\n"
    body = (
        f"## Summary\n\nx\n\n## Learnings\n\n- {HOSTILE} <script>alert(2)</script> [x](#summary)\n"
    )
    return incident(title=f"'{text}'", extra=extra, body=body)
