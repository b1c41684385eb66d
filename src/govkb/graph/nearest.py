"""Which records somebody may have meant who wrote a name that none has."""

from __future__ import annotations

import difflib
import heapq
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from govkb.graph.names import Names, without_extension
from govkb.reading import Record

_SHORTLIST = 16
# A word that more names than this share tells nothing; looking at all of them would take long.
_MOST_SHARED = 400
_LONGEST = 200
_ENOUGH = 0.6
_DATE = re.compile("(?<![0-9])(?:19|20)[0-9]{2}-?[01][0-9]-?[0-3][0-9](?![0-9])", re.ASCII)
# What begins the ids of a type, where a day or a number follows.
_PREFIX = re.compile("([a-z]+)-(?=[0-9])", re.ASCII)
_WORDS = re.compile("[a-z0-9]+", re.ASCII)


class Nearest:
    """Finds names alike through indexes of words, numbers and beginnings.

    Only a shortlist is compared letter by letter, so that thousands of broken references among ten
    thousand records take seconds, not hours.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._memo: dict[str, list[Record]] = {}

    def to(self, name: str, limit: int = 3) -> list[Record]:
        """At most `limit` records, the likeliest first; none where nothing is near."""
        if name not in self._memo:
            self._memo[name] = self._search(without_extension(name).rpartition("/")[2][:_LONGEST])
        return self._memo[name][:limit]

    def _search(self, name: str) -> list[Record]:
        query = name.lower()
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(query)
        best: dict[str, tuple[bool, float, str, Record]] = {}
        for number in self._shortlist(query):
            known, record = self._known[number]
            matcher.set_seq1(known)
            score = self._score(query, known, matcher)
            scored = (self._is_of_another(query, known), -score, record.id, record)
            if score >= _ENOUGH and (record.id not in best or scored[:3] < best[record.id][:3]):
                best[record.id] = scored
        return [found[3] for found in sorted(best.values(), key=lambda found: found[:3])]

    def _is_of_another(self, query: str, known: str) -> bool:
        """Whether the prefix of the query means records of one type, and this is none of them."""
        prefix = _prefix(query)
        return prefix in self._prefixes and _prefix(known) != prefix

    def _score(self, query: str, known: str, matcher: difflib.SequenceMatcher[str]) -> float:
        score = self._likeness(query, known, matcher)
        # Many records share a day; who names a decision hardly means an incident of that day.
        return 0.85 * score if self._is_of_another(query, known) else score

    def _likeness(self, query: str, known: str, matcher: difflib.SequenceMatcher[str]) -> float:
        wanted, words = _words(query), _words(known)
        shared = len(wanted & words) / max(len(wanted), 1)
        score = 0.9 * shared
        if matcher.real_quick_ratio() > score and matcher.quick_ratio() > score:
            score = max(score, matcher.ratio())
        numbers, known_numbers = _numbers(query), _numbers(known)
        if numbers & known_numbers:
            same = _first_word(query) == _first_word(known)
            return max(score, 0.6 + 0.35 * shared) if same else score
        # A number is what a name is known by: who has another is rarely meant.
        return 0.85 * score if numbers and known_numbers else score

    def _shortlist(self, query: str) -> Iterable[int]:
        """The names that share most, rare words counting more than common ones."""
        weights: dict[int, float] = defaultdict(float)
        for feature in _features(query):
            holders = self._index.get(feature, ())
            if len(holders) <= _MOST_SHARED:
                for number in holders:
                    weights[number] += 1 / (1 + len(holders)) + 0.05
        return heapq.nsmallest(_SHORTLIST, weights, key=lambda n: (-weights[n], self._known[n][0]))

    @cached_property
    def _known(self) -> list[tuple[str, Record]]:
        """Every name in small letters with its record, the same in whatever order files come."""
        names = self._names
        pairs = {
            (name[:_LONGEST].lower(), record.path): record
            for index in (names.by_stem, names.by_alias, names.by_id)
            for name, records in index.items()
            for record in records
        }
        return [(name, pairs[name, path]) for name, path in sorted(pairs)]

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        return frozenset(_prefix(name) for name, _ in self._known) - {""}

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for number, (name, _) in enumerate(self._known):
            for feature in _features(name):
                index[feature].append(number)
        return dict(index)


def _features(name: str) -> set[str]:
    """What names alike have in common: words, pairs of words, all without dashes, both ends."""
    words = _WORDS.findall(name)
    pairs = {f"{one}-{other}" for one, other in pairwise(words)}
    trimmed = {f"{word.lstrip('0')}." for word in words if word.isdigit()}
    ends = {f"^{name[:6]}", f"{name[-6:]}$", f"^{name[:-1]}"} if len(name) > 3 else set()
    return {*words, *pairs, *trimmed, *ends, f"^{name}", f"={''.join(words)}"}


def _prefix(name: str) -> str:
    found = _PREFIX.match(name)
    return found[1] if found else ""


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(name))


def _first_word(name: str) -> str:
    found = _WORDS.search(name)
    return found[0] if found else ""


def _numbers(name: str) -> frozenset[str]:
    """The numbers in a name; dates are none, since many names share them."""
    return frozenset(word for word in _WORDS.findall(_DATE.sub(" ", name)) if word[0].isdigit())
