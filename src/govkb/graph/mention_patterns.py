"""What a mention looks like: regular expressions over bytes, built from the forms of all types.

Nothing here depends on records, so what is found in a file stays true for as long as the file and
the types stay the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from govkb.record_types import RecordType, TypeCatalogue
from govkb.record_types.id_patterns import IdPattern

NAME_CHARACTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-"

# A group or a part or the words of a file name; then a fragment, a section or a label.
_TAIL = r"(?:(?:/[A-Z])+(?![A-Za-z0-9])|\.(?:[0-9]+|[a-z](?![A-Za-z0-9.]))|(?:-[a-z0-9]+)+)?"
_SUFFIX = (
    r"(?:#(?=[0-9]*[A-Za-z_-])[A-Za-z0-9_-]+"
    r"| ?§ ?[A-Z][A-Za-z-]*(?: [a-z-]+){0,3}"
    r"| (?:[A-Z][a-z]+|step) (?:[A-Z]|[0-9]{1,3}[a-z]?)(?![A-Za-z0-9_/-]|[.:][A-Za-z0-9]))?"
)
_END = r"(?![A-Za-z0-9_-])"
# A path that goes on with a placeholder (ADR-XXXX-<slug>.md) is none.
_PATH = r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*(?<!-)(?![<{])"
_LAST_NUMBER = re.compile(r"\{(?:seq:[0-9]+|int|date:[^{}]+)\}")
_LITERAL = re.compile(r"[^{}]*[A-Za-z][^{}]*")

# Nearly every id with a fixed beginning has a dash between a letter and a digit or capital.
_ENDS_USUALLY = re.compile("[A-Za-z]-$", re.ASCII)
_WORDLIKE = re.compile(r"\{(?:slug|text)\}")
_MARKDOWN_NAME = r"\.md(?![A-Za-z0-9_])"
_LINE_NUMBER = r":(?<=[A-Za-z]:)[0-9]"


class MentionPatterns(Struct, frozen=True):
    """What to look for in prose.

    `triggers` find, quickly, the places where a name could be; `name` says whether one is. `rows`
    are phrases such as `Roadmap items 094-097`.
    """

    triggers: tuple[re.Pattern[bytes], ...]
    name: re.Pattern[bytes]
    rows: tuple[re.Pattern[bytes], ...] = ()


def mention_patterns(catalogue: TypeCatalogue) -> MentionPatterns:
    """The patterns for a set of types."""
    types = list(catalogue.types.values())
    patterns = [pattern for record_type in types for pattern in _patterns(record_type)]
    folders = sorted({t.folder for t in types if t.folder and "{" not in t.folder})
    triggers = [_compiled(text) for text in _triggers(patterns, folders)]
    rows = [_rows(words) for t in types if t.row_ids for words in t.row_ids.cited_as]
    return MentionPatterns(tuple(triggers), _compiled(_name(patterns, folders)), tuple(rows))


def _compiled(text: str) -> re.Pattern[bytes]:
    return re.compile(text.encode(), re.ASCII)


def _patterns(record_type: RecordType) -> Iterator[IdPattern]:
    """The forms and aliases of a type that can be told from words, and their short forms."""
    for pattern in (*(form.id for form in record_type.all_forms), *record_type.aliases):
        if pattern.prefix or _suffix(pattern):
            yield pattern
            yield from _short_form(pattern)


def _short_form(pattern: IdPattern) -> Iterator[IdPattern]:
    """`ADR-{seq:4}` for `ADR-{seq:4}-{slug}`, and the day for what has one."""
    numbers = list(_LAST_NUMBER.finditer(pattern.template))
    if numbers and "{" in pattern.template[numbers[-1].end() :] and pattern.prefix:
        yield IdPattern(pattern.template[: numbers[-1].end()])


def _suffix(pattern: IdPattern) -> str:
    """The fixed text, if it has a letter, that every match ends with."""
    last = pattern.template.rpartition("}")[2]
    return last if _LITERAL.fullmatch(last) else ""


def _name(patterns: Iterable[IdPattern], folders: Iterable[str]) -> str:
    ids = "|".join(dict.fromkeys(pattern.regex for pattern in patterns)) or "(?!)"
    names = "|".join(re.escape(folder) for folder in folders) or "(?!)"
    return f"(?:(?:{ids}){_TAIL}|(?:{names})/{_PATH}){_SUFFIX}{_END}"


def _triggers(patterns: Iterable[IdPattern], folders: Iterable[str]) -> Iterator[str]:
    """One expression for each character that a name can be told by; it must come first in them.

    A search for a fixed first character costs a tenth of any other.
    """
    after: dict[str, set[str]] = defaultdict(set)
    usual = {"[0-9A-Z]"}
    for text in (*(p.prefix for p in patterns if _is_wordlike(p)), *(f"{f}/" for f in folders)):
        condition = f"(?<={re.escape(text)})[A-Za-z0-9_]"
        (usual if _ENDS_USUALLY.search(text) else after[text[-1]]).add(condition)
    for suffix in filter(None, (_suffix(p) for p in patterns if not p.prefix)):
        after[suffix[0]].add(f"(?={re.escape(suffix[1:])}(?![A-Za-z0-9_-]))")
    # Dates have more dashes than all names together: they are to fail at once.
    after["-"].add(f"(?<=[A-Za-z]-)(?:{'|'.join(sorted(usual))})")
    for character, conditions in sorted(after.items()):
        yield f"{re.escape(character)}(?:{'|'.join(sorted(conditions))})"
    yield _MARKDOWN_NAME
    yield _LINE_NUMBER


def _is_wordlike(pattern: IdPattern) -> bool:
    """Whether its ids can be without a capital or digit after a dash behind a letter."""
    prefix = pattern.prefix
    is_followed_by_words = _WORDLIKE.match(pattern.template, len(prefix)) is not None
    return bool(prefix) and (is_followed_by_words or not _ENDS_USUALLY.search(prefix))


def _rows(words: str) -> re.Pattern[bytes]:
    number = "[0-9]{1,6}[a-z]?"
    some = rf"{number}(?:\s?(?:-|–|—|to)\s?{number})?"
    spaced = re.escape(words).replace(r"\ ", " +")
    return _compiled(rf"{spaced} +{some}(?:, ?{some})*(?: and {some})?{_END}")
