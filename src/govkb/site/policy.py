"""The Content-Security-Policy of a page: what may run in it, and whom it may ask for anything.

The sanitiser keeps markup of strangers out of the pages. Should it ever miss some, the browser
runs no script that the theme didn't bring. A policy is made from what the markup of the site's
owner asks for: the theme's page with nothing of a record in it, or a page of the owner's own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

# The sources of each directive.
Sources = Mapping[str, frozenset[str]]

SELF = "'self'"
UNSAFE_INLINE = "'unsafe-inline'"
_ALWAYS: dict[str, frozenset[str]] = {
    "default-src": frozenset({SELF}),
    "script-src": frozenset({SELF}),
    "style-src": frozenset({SELF}),
    "img-src": frozenset({SELF, "data:"}),
    "object-src": frozenset(),
    "base-uri": frozenset(),
    "form-action": frozenset({SELF}),
}
# What these lack is what `default-src` has.
_FURTHER = ("connect-src", "font-src", "frame-src", "media-src", "worker-src")
DIRECTIVES = (*_ALWAYS, *_FURTHER)
# A script from another host may do what the page may do, and mostly asks its own host for more.
_WITH_SCRIPTS = ("connect-src", "font-src", "frame-src", "img-src", "media-src", "style-src")
_WITH_STYLES = ("font-src", "img-src")
INLINE_STYLES = ("style-src", UNSAFE_INLINE)
_LOADED = {
    "audio": "media-src",
    "embed": "object-src",
    "iframe": "frame-src",
    "image": "img-src",
    "img": "img-src",
    "input": "img-src",
    "source": "media-src",
    "track": "media-src",
    "video": "media-src",
}
_LINKED = {"stylesheet": "style-src", "icon": "img-src", "preconnect": "font-src"}
_SCRIPT_TYPES = frozenset({"", "module", "importmap", "speculationrules"})
_HOST = re.compile(r"[a-z0-9.\-]+(?::\d+)?", re.ASCII | re.IGNORECASE)
_NAMED_IN_SCRIPT = re.compile(r"""["'`]((?:https?:)?//[\w.\-]+\.[\w\-]+(?::\d+)?)""", re.ASCII)
_HEAD = re.compile(r"<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)


def policy(*asked: Sources) -> str:
    """The policy under which all of this can be had."""
    lines = []
    everything = together(*asked)
    for name in DIRECTIVES:
        if name not in _ALWAYS and name not in everything:
            continue
        found = _ALWAYS.get(name, _ALWAYS["default-src"]) | everything.get(name, frozenset())
        if UNSAFE_INLINE in found:
            # Beside hashes a browser pays no heed to it.
            found = frozenset(source for source in found if not _is_hash(source))
        ordered = sorted(found, key=lambda source: (source != SELF, source))
        lines.append(" ".join([name, *(ordered or ["'none'"])]))
    return "; ".join(lines)


def with_policy(html: str, text: str) -> str:
    """The page with this policy at the beginning of its head; other text as it is."""
    content = escape(text, quote=False).replace('"', "&quot;")
    meta = f'\n<meta http-equiv="Content-Security-Policy" content="{content}">'
    return _HEAD.sub(lambda found: f"{found[0]}{meta}", html, count=1)


def asked_by(html: str) -> Sources:
    """What a piece of markup needs that a page may not have by itself."""
    return _read(html).sources()


def asked_without(html: str, mark: str) -> tuple[Sources, bool]:
    """What markup needs but for scripts that have a `mark` in them; and whether there are such."""
    reader = _read(html)
    kept = [script for script in reader.scripts if mark not in script]
    is_marked = len(kept) < len(reader.scripts)
    reader.scripts = kept
    return reader.sources(), is_marked


def together(*asked: Sources) -> Sources:
    """All of this in one."""
    return sources_of((name, s) for one in asked for name, found in one.items() for s in found)


def hash_of(script: str) -> str:
    """The source that stands for one script or style sheet within a page."""
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def hosts(address: str, directive: str) -> Iterator[tuple[str, str]]:
    """The directives that something from an address needs, each with the address's host."""
    source = _source(address)
    if source is None:
        return
    also = {"script-src": _WITH_SCRIPTS, "style-src": _WITH_STYLES}.get(directive, ())
    for name in (directive, *also):
        yield name, source
    if directive == "script-src":
        yield INLINE_STYLES


def _source(address: str) -> str | None:
    """The host of an address as policies name it; None for the site's own."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme in ("data", "blob"):
        return f"{parts.scheme}:"
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("", "http", "https") or not _HOST.fullmatch(host):
        return None
    return f"{parts.scheme}://{host}" if parts.scheme else host


def _is_hash(source: str) -> bool:
    return source.startswith(("'sha256-", "'sha384-", "'sha512-"))


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


class _Reader(HTMLParser):
    """Collects what markup loads and runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: set[tuple[str, str]] = set()
        self.scripts: list[str] = []
        self._script: list[str] | None = None
        self._style: list[str] | None = None

    def sources(self) -> Sources:
        pairs = {*self.pairs, *(("script-src", hash_of(script)) for script in self.scripts)}
        for script in self.scripts:
            for match in _NAMED_IN_SCRIPT.finditer(script):
                pairs.update(hosts(match[1], "script-src"))
        return sources_of(pairs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "script":
            kind = said.get("type", "").lower()
            if "src" in said:
                self._load(said["src"], "script-src")
            elif kind in _SCRIPT_TYPES or "javascript" in kind or "ecmascript" in kind:
                self._script = []
        elif tag == "style":
            self._style = []
        elif tag == "link":
            for rel in said.get("rel", "").lower().split():
                if rel in _LINKED:
                    self._load(said.get("href", ""), _LINKED[rel])
        elif tag == "form":
            self._load(said.get("action", ""), "form-action")
        elif tag == "object":
            self._load(said.get("data", ""), "object-src")
        elif tag in _LOADED:
            self._loaded(tag, said)
        if "mermaid" in said.get("class", "").split():
            # From there the theme's script fetches what draws it.
            self._load("https://unpkg.com", "script-src")
        if "style" in said:
            self.pairs.add(INLINE_STYLES)
        for name, value in said.items():
            if name.startswith("on"):
                self.pairs |= {("script-src", hash_of(value)), ("script-src", "'unsafe-hashes'")}

    def handle_data(self, data: str) -> None:
        for kept in (self._script, self._style):
            if kept is not None:
                kept.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.scripts.append("".join(self._script))
            self._script = None
        elif tag == "style" and self._style is not None:
            self.pairs.add(("style-src", hash_of("".join(self._style))))
            self._style = None

    def _loaded(self, tag: str, said: Mapping[str, str]) -> None:
        for name in ("src", "href", "xlink:href"):
            self._load(said.get(name, ""), _LOADED[tag])
        self._load(said.get("poster", ""), "img-src")
        for one in said.get("srcset", "").split(","):
            self._load(one.strip().partition(" ")[0], "img-src")

    def _load(self, address: str, directive: str) -> None:
        self.pairs.update(hosts(address, directive))


def sources_of(pairs: Iterable[tuple[str, str]]) -> Sources:
    """Pairs of directive and source as sources."""
    found: dict[str, set[str]] = {}
    for name, source in pairs:
        found.setdefault(name, set()).add(source)
    return {name: frozenset(sources) for name, sources in found.items()}
