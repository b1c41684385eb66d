"""Findings that were there already, written down so that only new ones count.

A baseline is a text of JSON lines, sorted, one finding a line after a first line with the version.
A finding is known again by its rule, its record (or file, where there is none), its field and the
values that its message quotes. Neither its line nor its wording counts: it stays known when text is
added above it, when the record moves, and when a later govkb puts it in other words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from govkb.diagnostics import Diagnostic, Severity
from govkb.errors import ConfigurationError
from govkb.rules.suppressing import reason_to_count
from govkb.source import SourceText

VERSION = 1
_VERSION_KEY = "govkb-baseline"
# Quoted values; an apostrophe inside of a word quotes nothing.
_VALUE = re.compile(r"(?<!\w)'(?P<a>[^'\n]+)'(?!\w)|\"(?P<b>[^\"\n]+)\"|`(?P<c>[^`\n]+)`")
_NO_UNICODE = re.compile("[\ud800-\udfff]")
_INDEX = re.compile(r"\[[0-9]+\]")

_Moved = tuple[str, str, str, tuple[str, ...]]


class KnownFinding(Struct, frozen=True, order=True):
    """What a finding is known by; `record` and `key` are empty where there is none."""

    path: str
    code: str
    record: str
    key: str
    values: tuple[str, ...]

    @property
    def moved(self) -> _Moved | None:
        """What is left to know it by when its file has moved; without a record nothing."""
        return (self.code, self.record, self.key, self.values) if self.record else None


class Baseline(Struct, frozen=True):
    """Known findings, with how many of each there may be; `path` is where they are written."""

    path: str
    known: Counter[KnownFinding]


def can_be_known(diagnostic: Diagnostic) -> bool:
    """Whether a finding may stand in a baseline: not what is always said, nor what never fails."""
    return not reason_to_count(diagnostic.code) and diagnostic.severity is not Severity.INFO


def identity(diagnostic: Diagnostic) -> KnownFinding:
    """What a finding is known by."""
    values = tuple(m["a"] or m["b"] or m["c"] for m in _VALUE.finditer(diagnostic.message))
    key = _INDEX.sub("[]", diagnostic.key or "")
    return KnownFinding(diagnostic.path, diagnostic.code, diagnostic.record or "", key, values)


def written(diagnostics: Iterable[Diagnostic]) -> str:
    """The text of a baseline with these findings, as far as they can be known."""
    known = Counter(identity(d) for d in diagnostics if can_be_known(d))
    lines = [{_VERSION_KEY: VERSION}, *(_line(known, finding) for finding in sorted(known))]
    return "".join(f"{_json(line)}\n" for line in lines)


def _line(known: Counter[KnownFinding], finding: KnownFinding) -> dict[str, Any]:
    line: dict[str, Any] = {"code": finding.code, "path": finding.path}
    line |= {"record": finding.record} if finding.record else {}
    line |= {"key": finding.key} if finding.key else {}
    line |= {"values": finding.values} if finding.values else {}
    return line | ({"count": known[finding]} if known[finding] > 1 else {})


def _json(line: dict[str, Any]) -> str:
    """One line of JSON, readable wherever its text is Unicode; a file's name need not be."""
    text = json.dumps(line, ensure_ascii=False)
    return json.dumps(line) if _NO_UNICODE.search(text) else text


def is_like_a_baseline(data: bytes) -> bool:
    """Whether a file is empty or was a baseline once, whatever has become of it."""
    return not data.strip() or _VERSION_KEY.encode() in data


def read_baseline(source: SourceText) -> Baseline:
    """The baseline in a text.

    Raises ConfigurationError, naming the line, where it is none.
    """
    known: Counter[KnownFinding] = Counter()
    for number, line in _lines(source):
        finding, count = _finding(line, f"{source.path}:{number}")
        known[finding] += count
    return Baseline(source.path, known)


def _lines(source: SourceText) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines after the first with their numbers, each as an object."""
    for number, text in enumerate(source.data.split(b"\n"), 1):
        where = f"{source.path}:{number}"
        if number == 1:
            _refuse_version(_object(text, where), where)
        elif text.strip():
            yield number, _object(text, where)


def _object(text: bytes, where: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{where}: the baseline can't be read: this line is no JSON"
        raise ConfigurationError(message, _hint(where)) from error
    if not isinstance(value, dict):
        message = f"{where}: the baseline can't be read: a line must be an object, not {value!r}"
        raise ConfigurationError(message, _hint(where))
    return value


def _refuse_version(first: dict[str, Any], where: str) -> None:
    version = first.get(_VERSION_KEY)
    if version is None:
        message = f"{where}: this is no baseline; its first line must be {_first_line()}"
        raise ConfigurationError(message, _hint(where))
    if version != VERSION:
        message = f"{where}: the baseline has version {version!r}; this govkb knows {VERSION}"
        raise ConfigurationError(message, _hint(where))


def _finding(line: dict[str, Any], where: str) -> tuple[KnownFinding, int]:
    texts = {name: line.get(name, "") for name in ("path", "code", "record", "key")}
    values = line.get("values", [])
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        message = f"{where}: `values` must be a list of texts, not {values!r}"
        raise ConfigurationError(message, _hint(where))
    for name, value in texts.items():
        if not isinstance(value, str) or (name in ("path", "code") and not value):
            message = f"{where}: a finding needs `code` and `path`, and `{name}` must be text"
            raise ConfigurationError(message, _hint(where))
    count = line.get("count", 1)
    if type(count) is not int or count < 1:
        message = f"{where}: `count` must be a number from 1 on, not {count!r}"
        raise ConfigurationError(message, _hint(where))
    against = reason_to_count(texts["code"])
    if against:
        raise ConfigurationError(f"{where}: {texts['code']} can't be in a baseline: {against}")
    return KnownFinding(**texts, values=tuple(values)), count


def _first_line() -> str:
    return json.dumps({_VERSION_KEY: VERSION})


def _hint(where: str) -> str:
    path = where.rpartition(":")[0]
    return f"restore it from git, or write it anew: `govkb check --write-baseline {path}`"


class BaselineMatcher:
    """Tells known findings from new ones, each as often as the baseline has it."""

    def __init__(self, baseline: Baseline, paths: frozenset[str]) -> None:
        """`paths` are the files that are there: what is known of others may have moved."""
        self._left = Counter(baseline.known)
        self._moved = Counter[_Moved]()
        self._paths = paths
        for finding, count in baseline.known.items():
            if finding.path not in paths and finding.moved:
                self._moved[finding.moved] += count

    def is_known(self, diagnostic: Diagnostic) -> bool:
        """Whether the baseline has this finding, and hasn't been asked for it too often."""
        finding = identity(diagnostic)
        if self._left[finding] > 0:
            self._left[finding] -= 1
            if finding.path not in self._paths and finding.moved:
                self._moved[finding.moved] -= 1
            return True
        if finding.moved and self._moved[finding.moved] > 0:
            self._moved[finding.moved] -= 1
            return True
        return False

    def gone(self) -> Iterator[tuple[KnownFinding, int]]:
        """What never came up, with how often."""
        moved = Counter(self._moved)
        for finding, count in self._left.items():
            if finding.path not in self._paths and finding.moved:
                count = min(count, moved[finding.moved])
                moved[finding.moved] -= count
            if count:
                yield finding, count
