"""Finds records by their words, the likeliest first, with SQLite's full-text index (FTS5).

The index holds no texts, only which words stand where. It is kept in a file, and what has changed
since is put in before it is asked; without a file it is made anew each time.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_SCHEMA = """
CREATE TABLE made_with (fingerprint TEXT);
CREATE TABLE files (path TEXT PRIMARY KEY, digest BLOB, place INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
  id, title, aliases, summary, learnings, text,
  content='', tokenize='porter unicode61 remove_diacritics 2'
);
"""
# The numbers say how much a word counts in each of the columns.
_QUESTION = "SELECT rowid, bm25(words, 12, 8, 8, 4, 3, 1) FROM words WHERE words MATCH ?"
_FEWEST_LETTERS = 3
_PATIENCE = 5.0


class Texts(NamedTuple):
    """What of a record can be found, the most telling first."""

    id: str
    title: str
    aliases: str = ""
    summary: str = ""
    learnings: str = ""
    text: str = ""


class Found(NamedTuple):
    """A file in which words were found; the smaller the rank, the better."""

    path: str
    rank: float


class TextIndex:
    """The words of some files. `fingerprint` says what else the texts depend on."""

    def __init__(self, file: Path | None, fingerprint: str = "") -> None:
        self._fingerprint = fingerprint
        self._connection = _opened(file, fingerprint) if file is not None else _new(fingerprint)

    def bring_up_to_date(
        self, digests: Mapping[str, bytes], texts_of: Callable[[str], Texts]
    ) -> None:
        """Takes in the files that are new or changed, and forgets those that are gone.

        An index that can't be written to, or that somebody else holds, is made anew in memory.
        """
        try:
            self._take_in(digests, texts_of)
        except sqlite3.Error:
            self.close()
            self._connection = _new(self._fingerprint)
            self._take_in(digests, texts_of)

    def find(self, words: Sequence[str], *, any_of: bool = False) -> list[Found]:
        """The files with all of the words, or with `any_of` them, the likeliest first.

        A word also means those that begin with it and its other forms; one with blanks in it is
        several words in a row. Those without a letter or a digit count for nothing.
        """
        terms = [term for term in map(_term, words) if term]
        if not terms:
            return []
        said = (" OR " if any_of else " AND ").join(terms)
        # Joined here, because SQLite would ask the index once for every file.
        paths = dict(self._connection.execute("SELECT place, path FROM files"))
        rows = self._connection.execute(_QUESTION, (said,))
        found = (Found(paths[place], rank) for place, rank in rows if place in paths)
        return sorted(found, key=lambda one: (one.rank, one.path))

    def with_word(self, word: str) -> set[str]:
        """The files that have a word, or another form of it, in what is said before the text."""
        if not any(map(str.isalnum, word)):
            return set()
        paths = dict(self._connection.execute("SELECT place, path FROM files"))
        quoted = word.replace('"', '""').replace("\x00", "")
        said = f'{{title aliases summary learnings}} : "{quoted}"'
        rows = self._connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (said,))
        return {paths[place] for (place,) in rows if place in paths}

    def close(self) -> None:
        """Gives the file back."""
        self._connection.close()

    def _take_in(self, digests: Mapping[str, bytes], texts_of: Callable[[str], Texts]) -> None:
        rows = self._connection.execute("SELECT path, digest, place FROM files").fetchall()
        known = {path: digest for path, digest, _ in rows}
        gone = [(path,) for path in known if digests.get(path) != known[path]]
        new = sorted(path for path, digest in digests.items() if known.get(path) != digest)
        last = max((place for *_, place in rows), default=0)
        if not gone and not new:
            return
        if len(gone) + last > 2 * len(digests) + 100:
            # What is forgotten stays in the index as words that lead nowhere.
            self._clear()
            new, gone, last = sorted(digests), [], 0
        with self._connection:
            self._connection.executemany("DELETE FROM files WHERE path = ?", gone)
            self._insert(new, last, digests, texts_of)

    def _insert(
        self,
        paths: Iterable[str],
        last: int,
        digests: Mapping[str, bytes],
        texts_of: Callable[[str], Texts],
    ) -> None:
        places = {path: last + number for number, path in enumerate(paths, 1)}
        words = ((place, *texts_of(path)) for path, place in places.items())
        self._connection.executemany(
            "INSERT INTO words (rowid, id, title, aliases, summary, learnings, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            words,
        )
        rows = ((path, digests[path], place) for path, place in places.items())
        self._connection.executemany("INSERT INTO files VALUES (?, ?, ?)", rows)

    def _clear(self) -> None:
        with self._connection:
            self._connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            self._connection.execute("DELETE FROM files")


def _opened(file: Path, fingerprint: str) -> sqlite3.Connection:
    """The index in a file; a new one where that is damaged or was made with something else."""
    with contextlib.suppress(sqlite3.Error, OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(2):
            connection = sqlite3.connect(file, timeout=_PATIENCE)
            if _is_usable(connection, fingerprint):
                return connection
            connection.close()
            file.unlink(missing_ok=True)
            _new(fingerprint, file).close()
    return _new(fingerprint)


def _is_usable(connection: sqlite3.Connection, fingerprint: str) -> bool:
    try:
        # Nothing is lost with it that can't be found out again.
        connection.execute("PRAGMA synchronous = OFF")
        return connection.execute("SELECT fingerprint FROM made_with").fetchall() == [
            (fingerprint,)
        ]
    except sqlite3.Error:
        return False


def _new(fingerprint: str, file: Path | None = None) -> sqlite3.Connection:
    connection = sqlite3.connect(file or ":memory:", timeout=_PATIENCE)
    with connection:
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO made_with VALUES (?)", (fingerprint,))
    return connection


def _term(word: str) -> str:
    """A word as the index is asked for it; empty where there is nothing in it to look for."""
    letters = list(_last_letters(word))
    if not any(map(str.isalnum, word)):
        return ""
    quoted = '"' + word.replace('"', '""').replace("\x00", "") + '"'
    return f"{quoted} *" if len(letters) >= _FEWEST_LETTERS else quoted


def _last_letters(word: str) -> Iterator[str]:
    """The letters and digits at the end of a word, from the last to the first."""
    for letter in reversed(word):
        if not letter.isalnum():
            return
        yield letter
