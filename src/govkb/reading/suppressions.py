"""Comments by which a record answers for a finding: `<!-- govkb: ignore REF002 -- reason -->`.

A comment at the end of a line covers that line, one on a line of its own the block that follows,
and `ignore-file` the whole file. In frontmatter and in sidecars it is a YAML comment on a key's
line or above it, and covers the key with all that belongs to it. Comments in code are examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from govkb import strict_yaml
from govkb.reading.body import read_body
from govkb.record_text.comments import comments
from govkb.source import SourceText

_ADDRESS = b"govkb:"
_IN_YAML = re.compile(r"(?:^|(?<=[ \t]))#+[ \t]*govkb:[ \t]*(?P<text>.*?)[ \t]*$")
_OTHER_VERBS = ("verbatim", "end")
_REASON = re.compile(r"(?:^|\s)(?:--+|–|—)(?:\s|$)")
_FENCE = re.compile(rb"[ \t>]*(?P<run>`{3,}|~{3,})")
_BLANK = b" \t>"


class Suppression(Struct, frozen=True):
    """One comment. `verb` is `ignore` or `ignore-file`, or what somebody wrote in their place.

    `names` are of rules, as written; `start` and `end` are byte offsets of the comment. It covers
    the lines from `first_line` to `last_line`, both included. `is_alone` where nothing else stands
    on its lines. Without a `reason` it hides nothing.
    """

    verb: str
    names: tuple[str, ...]
    reason: str
    start: int
    end: int
    first_line: int
    last_line: int
    is_alone: bool = False

    @property
    def covers_file(self) -> bool:
        """Whether it answers for findings that have no line of their own too."""
        return self.verb == "ignore-file"


def suppressions_of(
    source: SourceText, yaml_start: int, yaml_end: int, body_start: int
) -> tuple[Suppression, ...]:
    """The suppressions of a file, in order. A file without `govkb:` costs one search for it."""
    if _ADDRESS not in source.data:
        return ()
    in_yaml = _in_yaml(source, yaml_start, yaml_end) if yaml_end > yaml_start else ()
    return (*in_yaml, *_in_body(source.data, body_start))


def _in_body(data: bytes, body_start: int) -> Iterator[Suppression]:
    if data.find(_ADDRESS, body_start) < 0:
        return
    body = read_body(data, body_start)
    code = sorted((*body.code_blocks, *body.code_spans))
    found = [c for c in comments(data, body_start, code) if _verb(c.text) not in _OTHER_VERBS]
    owned = {data.count(b"\n", 0, c.start) + 1 for c in found if _is_alone(data, c.start, c.end)}
    for comment in found:
        first = data.count(b"\n", 0, comment.start) + 1
        last = first + data.count(b"\n", comment.start, comment.end)
        is_alone = _is_alone(data, comment.start, comment.end)
        if is_alone:
            last = _block_end(data, last, owned)
        yield _suppression(comment.text, comment.start, comment.end, first, last, is_alone)


def _suppression(
    text: str, start: int, end: int, first_line: int, last_line: int, is_alone: bool
) -> Suppression:
    verb = _verb(text)
    said = text[len(verb) :]
    dash = _REASON.search(said)
    names = said[: dash.start()] if dash else said
    reason = said[dash.end() :].strip() if dash else ""
    listed = tuple(name for name in re.split(r"[,\s]+", names) if name)
    return Suppression(verb, listed, reason, start, end, first_line, last_line, is_alone)


def _verb(text: str) -> str:
    return text.replace(",", " ").split(" ", 1)[0]


def _is_alone(data: bytes, start: int, end: int) -> bool:
    """Whether nothing but blanks and the marks of quotations stand beside a comment."""
    before = data[data.rfind(b"\n", 0, start) + 1 : start]
    line_end = data.find(b"\n", end)
    after = data[end : line_end if line_end >= 0 else len(data)]
    return not before.strip(_BLANK) and not after.strip()


def _block_end(data: bytes, line: int, comment_lines: set[int]) -> int:
    """The last line of the block below a line; comments of this kind on the way are no block."""
    lines = data.split(b"\n")
    at = line  # counted from 0, this is the line below
    while at < len(lines) and (not lines[at].strip(_BLANK) or at + 1 in comment_lines):
        at += 1
    while at < len(lines) and lines[at].strip(_BLANK):
        at = _fence_end(lines, at) + 1
    return at


def _fence_end(lines: list[bytes], at: int) -> int:
    """The line that closes the fence which a line opens; the line itself where it opens none."""
    opening = _FENCE.match(lines[at])
    if opening is None:
        return at
    for number in range(at + 1, len(lines)):
        closing = _FENCE.match(lines[number])
        if closing and closing["run"].startswith(opening["run"]):
            return number
    return len(lines) - 1


def _in_yaml(source: SourceText, yaml_start: int, yaml_end: int) -> Iterator[Suppression]:
    if source.data.find(_ADDRESS, yaml_start, yaml_end) < 0:
        return
    yaml = source.text(yaml_start, yaml_end)
    lines = yaml.split("\n")
    lines_before = source.data.count(b"\n", 0, yaml_start)
    scalars = strict_yaml.scalar_extents(yaml)
    places = strict_yaml.places(yaml)
    at = yaml_start
    for number, line in enumerate(lines):
        for match in _IN_YAML.finditer(line):
            is_comment = not any(a <= (number, match.start()) < b for a, b in scalars)
            if is_comment and _verb(match["text"]) not in _OTHER_VERBS:
                start = at + len(line[: match.start()].encode())
                is_alone = not line[: match.start()].strip()
                first, last = _key_lines(places, number, is_alone, len(lines) - (lines[-1] == ""))
                yield _suppression(
                    match["text"],
                    start,
                    at + len(line.rstrip().encode()),
                    min(first, number) + lines_before + 1,
                    last + lines_before + 1,
                    is_alone,
                )
        at += len(line.encode()) + 1


def _key_lines(
    places: dict[tuple[str | int, ...], strict_yaml.Place], line: int, below: bool, end: int
) -> tuple[int, int]:
    """The lines of the key on a line, with all that belongs to it.

    Where none begins there it is the next one `below`, or else the one whose value ends there.
    """
    starts = sorted((place.line, len(path), path) for path, place in places.items())
    here = [s for s in starts if s[0] == line]
    next_below = (s for s in starts if s[0] > line)
    last_above = (s for s in reversed(starts) if s[0] < line)
    own = next(iter(here) if here else next_below if below else last_above, None)
    if own is None:
        return line, line
    path = own[2]
    after = (s[0] for s in starts if s[0] > own[0] and s[2][: len(path)] != path)
    return own[0], next(after, end) - 1
