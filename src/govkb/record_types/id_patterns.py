"""Id grammars: templates such as `INC-{date:%Y%m%d}-{letter}`, read and written.

A template is the only way to state a grammar, so no regular expression ever comes from a user, and
those that are built here can't run away: every token has a greatest length, and few can be long.
"""

from __future__ import annotations

import calendar
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

MAX_SLUG_BYTES = 80

_TOKEN = re.compile(r"\{([A-Za-z]+)(?::([^{}]*))?\}")
_DATE_PARTS = {"%Y": "[0-9]{4}", "%m": "[0-9]{2}", "%d": "[0-9]{2}"}
_SIMPLE = {
    "folders": "(?:[^/]+/)*",
    "int": "[0-9]{1,12}",
    "letter": "[A-Z]",
    "month": "(?:0[1-9]|1[0-2])",
    "number": "[0-9]{1,12}[a-z]?",
    "project": "[a-z0-9]+(?:-[a-z0-9]+){0,7}?",  # short: what follows it is a slug most of the time
    "slug": "[a-z0-9]+(?:-[a-z0-9]+){0,99}",
    "SLUG": "[A-Z0-9]+(?:-[A-Z0-9]+){0,99}",
    "snake": "[a-z0-9]+(?:_[a-z0-9]+){0,99}",
    "text": "[A-Za-z0-9][A-Za-z0-9._-]{0,199}",
    "year": "[0-9]{4}",
}
_EXAMPLES = {
    "folders": "",
    "int": "1",
    "letter": "A",
    "month": "04",
    "number": "17b",
    "project": "platform",
    "slug": "short-name",
    "SLUG": "SHORT-NAME",
    "snake": "short_name",
    "text": "text",
    "year": "2026",
}
# Where several of these stand in one template there are many ways to split a text among them.
_LONG = frozenset({"id", "project", "slug", "SLUG", "snake", "text"})
_OF_ANY_LENGTH = _LONG | {"int", "number"}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PatternError(ValueError):
    """A template that govkb doesn't understand."""


class _Token(Struct, frozen=True):
    name: str
    argument: str
    regex: str


class IdPattern(Struct, frozen=True, dict=True):
    """One form of an id, an alias or a path.

    Tokens: `{date:%Y%m%d}`, `{year}`, `{month}`, `{letter}`, `{seq:N}`, `{int}`, `{number}` (digits
    with or without a letter: `17b`), `{slug}`, `{SLUG}`, `{snake}`, `{project}` (a slug of at most
    eight words, as short as it can be), `{text}`; in paths also `{id}` and `{folders}`: no folder
    or any number of them, each ending in `/`.
    """

    template: str

    def __post_init__(self) -> None:
        _ = self._parts

    @cached_property
    def _parts(self) -> tuple[str | _Token, ...]:
        parts: list[str | _Token] = []
        at = 0
        for match in _TOKEN.finditer(self.template):
            parts += [self.template[at : match.start()], _token(match[1], match[2] or "")]
            at = match.end()
        parts.append(self.template[at:])
        if any("{" in part or "}" in part for part in parts if isinstance(part, str)):
            raise PatternError(f"{self.template!r} has a brace that belongs to no token")
        _refuse_runaway(self.template, [part.name for part in parts if isinstance(part, _Token)])
        return tuple(part for part in parts if part)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The names of the tokens, in order."""
        return tuple(part.name for part in self._parts if isinstance(part, _Token))

    @cached_property
    def regex(self) -> str:
        """The grammar as a regular expression without groups."""
        return "".join(p.regex if isinstance(p, _Token) else re.escape(p) for p in self._parts)

    @cached_property
    def prefix(self) -> str:
        """The fixed text that every match begins with; often `INC-`, empty for a bare slug."""
        first = self._parts[0] if self._parts else ""
        return first if isinstance(first, str) else ""

    @cached_property
    def fixed_folder(self) -> str:
        """The folder of a path, as far as it is the same for all."""
        return self.prefix.rpartition("/")[0]

    @cached_property
    def folder_pattern(self) -> IdPattern:
        """The part of a path that says in which folder a file is; it ends in `/`, or is empty."""
        slash, folders = self.template.rfind("/"), self.template.rfind("{folders}")
        end = slash + 1 if slash > folders else folders + len("{folders}") if folders >= 0 else 0
        return IdPattern(self.template[:end])

    @cached_property
    def example(self) -> str:
        """An id of this form, for messages."""
        return "".join(_example(p) if isinstance(p, _Token) else p for p in self._parts)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        seen: set[str] = set()
        text = ""
        for part in self._parts:
            if isinstance(part, str):
                text += re.escape(part)
            elif part.name in seen:
                text += f"(?:{part.regex})"
            else:
                seen.add(part.name)
                text += f"(?P<{part.name}>{part.regex})"
        return re.compile(text, re.ASCII)

    def match(self, text: str) -> dict[str, str] | None:
        """The tokens of `text`, a date as YYYY-MM-DD; None where it isn't of this form.

        A date that no calendar has (20260431) is not of this form.
        """
        if not self.tokens:
            return {} if text == self.template else None
        found = self._compiled.fullmatch(text)
        if not found:
            return None
        tokens = found.groupdict()
        if self._date_parts is not None:
            day = _read_day(tokens["date"], self._date_parts)
            if day is None:
                return None
            tokens["date"] = day
        return tokens

    @cached_property
    def _date_parts(self) -> tuple[slice, ...] | None:
        """Where year, month and day stand in the text of the date; None where there is none."""
        for part in self._parts:
            if isinstance(part, _Token) and part.name == "date":
                return _date_slices(part.argument)
        return None

    def match_path(self, path: str, record_id: str) -> dict[str, str] | None:
        """The tokens of a path in which `{id}` stands for this id; None if it has another."""
        head, mark, tail = self._around_id
        if not mark:
            return self.match(path)
        at = path.find(record_id)
        while at >= 0:
            before, after = head.match(path[:at]), tail.match(path[at + len(record_id) :])
            if before is not None and after is not None:
                return {**before, **after}
            at = path.find(record_id, at + 1)
        return None

    @cached_property
    def _around_id(self) -> tuple[IdPattern, bool, IdPattern]:
        head, mark, tail = self.template.partition("{id}")
        return IdPattern(head), bool(mark), IdPattern(tail)

    def fill(self, tokens: Mapping[str, str]) -> str:
        """The text with these tokens, dates given as YYYY-MM-DD.

        Raises KeyError where a token is missing.
        """
        return "".join(_write(p, tokens) if isinstance(p, _Token) else p for p in self._parts)


def slugify(title: str) -> str:
    """A title as lower-case ASCII words joined by `-`, at most 80 bytes.

    A longer one is cut at a word and ends in eight hex digits of its hash, so that two long titles
    stay apart. A title without any ASCII letter or digit becomes its hash.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))
    if slug and len(slug) <= MAX_SLUG_BYTES:
        return slug
    digest = hashlib.sha256(title.encode()).hexdigest()[:8]
    head = slug[: MAX_SLUG_BYTES - 9].rsplit("-", 1)[0]
    return f"{head}-{digest}" if head else digest


def _refuse_runaway(template: str, tokens: list[str]) -> None:
    for names, most in ((_LONG, 3), (_OF_ANY_LENGTH, 4)):
        if sum(name in names for name in tokens) > most:
            raise PatternError(f"{template!r} has more than {most} tokens of any length")
    if tokens.count("folders") > 1:
        raise PatternError(f"{template!r} has {{folders}} twice")


def _token(name: str, argument: str) -> _Token:
    if name == "date":
        return _Token(name, argument, _date_regex(argument))
    if name == "seq" and argument.isascii() and argument.isdigit() and 1 <= int(argument) <= 12:
        return _Token(name, argument, f"[0-9]{{{int(argument)}}}")
    if name == "id" and not argument:
        return _Token(name, argument, _SIMPLE["text"])
    if name in _SIMPLE and not argument:
        return _Token(name, argument, _SIMPLE[name])
    shown = f"{{{name}:{argument}}}" if argument else f"{{{name}}}"
    known = (
        "{date:%Y%m%d}, {year}, {month}, {letter}, {seq:3}, {int}, {number}, {slug}, {SLUG}, "
        "{snake}, {project}, {text}"
    )
    raise PatternError(f"{shown} is no token; the tokens are {known}")


def _date_regex(argument: str) -> str:
    pieces = re.split("(%.)", argument)
    for directive in _DATE_PARTS:
        if pieces.count(directive) != 1:
            raise PatternError(f"{{date:{argument}}} must have %Y, %m and %d once each")
    return "".join(_DATE_PARTS.get(piece, re.escape(piece)) for piece in pieces)


def _date_slices(argument: str) -> tuple[slice, ...]:
    at = 0
    found = {}
    for piece in re.split("(%.)", argument):
        length = {"%Y": 4, "%m": 2, "%d": 2}.get(piece, len(piece))
        found[piece] = slice(at, at + length)
        at += length
    return found["%Y"], found["%m"], found["%d"]


def _read_day(text: str, parts: tuple[slice, ...]) -> str | None:
    """The day as YYYY-MM-DD, None where no calendar has it; strptime takes ten times as long."""
    year, month, day = (text[part] for part in parts)
    number = int(month)
    if year == "0000" or not 1 <= number <= 12 or not 1 <= int(day) <= _DAYS[number - 1]:
        return None
    if number == 2 and day == "29" and not calendar.isleap(int(year)):
        return None
    return f"{year}-{month}-{day}"


def _write(token: _Token, tokens: Mapping[str, str]) -> str:
    if token.name == "folders":
        return tokens.get("folders", "")
    value = tokens[token.name]
    if token.name == "date":
        year, month, day = value.split("-")  # strftime does not fill the year up with zeros
        return token.argument.replace("%Y", year).replace("%m", month).replace("%d", day)
    return value.zfill(int(token.argument)) if token.name == "seq" else value


def _example(token: _Token) -> str:
    if token.name == "date":
        return date(2026, 4, 21).strftime(token.argument)
    return (
        "1".zfill(int(token.argument)) if token.name == "seq" else _EXAMPLES.get(token.name, "ID")
    )
