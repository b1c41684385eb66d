"""The Content-Security-Policy of each page, as mkdocs.yml and the theme ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from govkb.errors import ConfigurationError
from govkb.site.policy import (
    DIRECTIVES,
    INLINE_STYLES,
    UNSAFE_INLINE,
    Sources,
    asked_by,
    asked_without,
    hash_of,
    hosts,
    policy,
    sources_of,
    together,
    with_policy,
)

log = get_plugin_logger("govkb")

OPTION = "content_security_policy"
_OURS = "assets/govkb"
_SOURCE = re.compile(r"[^\s;,]+")
# What Google's script sends to, which no markup says.
_GOOGLE = tuple(
    (directive, f"https://*.{host}")
    for directive in ("connect-src", "img-src")
    for host in ("google-analytics.com", "analytics.google.com", "googletagmanager.com")
)
_IN_META = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
_LAST_SCRIPT = re.compile(rb".*<script>(.*?)</script>", re.DOTALL)


@dataclass(slots=True)
class Policies:
    """The policies of one site, or none where mkdocs.yml turns them off.

    `common` is what all pages may have beside what their own markup asks for.
    """

    is_on: bool
    common: Sources
    _is_said: bool = field(default=False)

    @classmethod
    def of(cls, config: MkDocsConfig, option: object) -> Policies:
        """What mkdocs.yml says. Raises ConfigurationError where the option can't be used."""
        listed = _listed(option) if isinstance(option, dict) else {}
        return cls(option is not False, together(_of_settings(config), listed))

    def share(self, pieces: Iterable[str]) -> None:
        """Allows every page what the contents of these ask for.

        With instant navigation the policy of the page that one came to first stays in force.
        """
        self.common = together(self.common, *map(asked_by, pieces))

    def for_theme(self, html: str, mark: str) -> Sources:
        """What pages made by the theme need; `html` is one with a `mark` where records' texts go.

        A script that has such a text in it is not allowed.
        """
        asked, is_marked = asked_without(html, mark)
        if is_marked and self.is_on and not self._is_said:
            self._is_said = True
            log.warning(
                "a template puts words of the page into a script, where a record's words could run:"
                " the policy doesn't allow it. Put them into an attribute (docs: security)"
            )
        return asked

    def on(self, html: str, *asked: Sources) -> str:
        """The page under its policy."""
        return with_policy(html, policy(self.common, *asked)) if self.is_on else html

    def on_own(self, html: str) -> str:
        """A page of the owner's own under a policy that allows what it asks for."""
        return self.on(html, asked_by(html)) if self.is_on else html


def added(before: str, after: str) -> Sources:
    """What other plugins have put into a finished page asks for."""
    if before == after:
        return {}
    known, now = asked_by(before), asked_by(after)
    return {name: found - known.get(name, frozenset()) for name, found in now.items()}


def allow_reloading(server: LiveReloadServer) -> None:
    """Lets the pages of the development server run the script by which it reloads them."""
    inject = getattr(server, "_inject_js_into_html", None)
    if inject is None:
        return

    def inject_allowed(content: bytes, epoch: int) -> bytes:
        made: bytes = inject(content, epoch)
        script = _LAST_SCRIPT.match(made)
        if script is None:
            return made
        allowed = f"script-src {hash_of(script[1].decode())} ".encode()
        return _IN_META.sub(lambda found: _allowing(found, allowed), made, count=1)

    server._inject_js_into_html = inject_allowed  # type: ignore[method-assign]


def _allowing(found: re.Match[bytes], allowed: bytes) -> bytes:
    if UNSAFE_INLINE.encode() in found[2].partition(b"style-src")[0]:
        return found[0]
    return found[1] + found[2].replace(b"script-src ", allowed, 1) + found[3]


def _of_settings(config: MkDocsConfig) -> Sources:
    """What the theme's own script fetches because of settings."""
    pairs: list[tuple[str, str]] = []
    repository = config.repo_url or ""
    host = urlsplit(repository).netloc
    if "github.com" in host:
        pairs += hosts("https://api.github.com", "connect-src")
    elif "gitlab" in host:
        pairs += hosts(f"https://{host}", "connect-src")
    if any(not str(script).startswith(_OURS) for script in config.extra_javascript):
        # Nobody knows how they set styles.
        pairs.append(INLINE_STYLES)
    analytics = config.extra.get("analytics")
    if isinstance(analytics, dict) and analytics.get("provider") == "google":
        pairs += _GOOGLE
    return sources_of(pairs)


def _listed(option: Mapping[str, Any]) -> Sources:
    """The sources that mkdocs.yml lists by directive."""
    for name, sources in option.items():
        if name not in DIRECTIVES:
            message = f"mkdocs.yml: `{OPTION}` names {name!r}, which no policy here has"
            raise ConfigurationError(message, f"there are {', '.join(DIRECTIVES)}")
        if not isinstance(sources, list) or not all(map(_is_source, sources)):
            message = f"mkdocs.yml: `{OPTION}`: `{name}` must be a list of sources"
            raise ConfigurationError(message, f"write `{name}: [https://example.org]`")
    return {name: frozenset(sources) for name, sources in option.items()}


def _is_source(source: object) -> bool:
    return isinstance(source, str) and _SOURCE.fullmatch(source) is not None
