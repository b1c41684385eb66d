from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.graph.created_paths import created_paths
from govkb.graph.prose import ParsedLayout, QuickLayout, Unsure
from govkb.reading.body import read_body
from govkb.reading.outline import read_outline
from govkb.record_types.body_sources import CreatedPaths

WORDS = CreatedPaths(("Added", "Created"), ("Historical note",))


def by(layout, data):
    spans = created_paths(data, read_outline(data, 0), layout, WORDS)
    return [data[start:end].decode() for start, end in spans]


def parsed(text):
    data = text.encode()
    return by(ParsedLayout(data, read_body(data, 0)), data)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Added `a/b.sh`.", ["a/b.sh"]),
        ("- **Added:** the new `a/b.sh`, `a/c.sh` and `a/d/`", ["a/b.sh", "a/c.sh", "a/d/"]),
        ("We also created `./a/.env.sample`", ["./a/.env.sample"]),
        ("- `a/b.sh` - Created", ["a/b.sh"]),
        ("- `a/b.sh` — *created*: all of it", ["a/b.sh"]),
        ("| What | Now |\n|-|-|\n| `a/b.sh` | Created |", ["a/b.sh"]),
        ("## Files created\n\n- `a/b.sh`: reads `c/d.sh`\n\n## Files\n\n- `a/e.sh`", ["a/b.sh"]),
        ("Added `a/b.sh`.\n\nAdded `a/b.sh`.", ["a/b.sh"]),
        ("- `a/b.sh` - Added a step", []),
        ("Still to be added: nothing. To be added `a/b.sh`", []),
        ("## Files to be created\n\n- `a/b.sh`", []),
        ("## Artifacts to create\n\n- `a/b.sh`", []),
        ("Added `b.sh`, `/etc/a.conf`, `a/*.sh`, `a/kong`", []),
        ("```\nAdded `a/b.sh`\n```", []),
        ("Added `a/b.sh`\n\n*Historical note:* all of `a/` has\nmoved. Of `b/`\n- `c/` → `a/`", []),
        ("Added `a/b.sh`\r\n\r\nHistorical note: `c/`\r\n\r\nOf `a/`\r\n", ["a/b.sh"]),
        ("- `a/b.sh` - Created\r\n- `a/c.sh`\r\n", ["a/b.sh"]),
        (f"Added `{'a/' * 501}`", []),
        ("Added `c/b.sh`\n\n*Historical note:* all of `a/` has\nmoved.\n- `c/` → `a/`", ["c/b.sh"]),
    ],
)
def test_what_a_text_says_was_created(text, paths):
    assert parsed(text) == paths


PIECES = [
    "Added ",
    "`a/b.sh`",
    "`a/c/`",
    " - Created",
    "\n",
    "\n- ",
    "\n| ",
    " | ",
    "\n## Files added\n",
]
PIECES += [
    "```",
    "\n\n",
    "Historical note ",
    "`a/`",
    "<!-- ",
    " -->",
    "    ",
    "`",
    "x ",
    ", ",
    " and ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_a_look_at_the_bytes_finds_what_the_parser_finds(text):
    data = text.encode()
    try:
        quick = by(QuickLayout(data, 0), data)
    except Unsure:
        return
    assert quick == parsed(text)
