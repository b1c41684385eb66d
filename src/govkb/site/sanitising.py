"""The last step of every rendering: only what is on these lists reaches a page.

Records are written by anyone who can open a merge request, so nothing before this step is trusted.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from functools import cache
from html import escape

import nh3
from pygments.token import STANDARD_TYPES

from govkb.site.inert import inert

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    "blockquote", "details", "div", "dd", "dl", "dt", "hr", "li", "ol", "p", "pre", "summary", "ul",
}  # fmt: skip
_TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
_INLINE = {
    "a", "abbr", "b", "br", "code", "del", "em", "i", "ins", "kbd", "label", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
}  # fmt: skip
# No img: the pages ask no host for anything, and which files may be copied is not settled here.
_TAGS = _HEADINGS | _BLOCKS | _TABLES | _INLINE | {"input"}
_WITH_CONTENT = {"script", "style", "template", "title", "textarea", "iframe", "object", "noscript"}
_WITH_ID = _HEADINGS | {"a", "li", "p", "tr", "div", "blockquote", "sup", "pre"}

_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "details": {"open"},
    "input": {"aria-label", "checked"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_ALIGNMENTS = {"govkb-left", "govkb-center", "govkb-right"}
_CLASSES = {
    "a": {"govkb-mention", "headerlink", "footnote-ref", "footnote-backref"},
    "div": {
        "admonition",
        "note",
        "tip",
        "info",
        "warning",
        "danger",
        "highlight",
        "footnote",
    },
    "label": {"task-list-control"},
    "li": {"task-list-item"},
    "p": {"admonition-title"},
    "span": {"task-list-indicator", *filter(None, STANDARD_TYPES.values())},
    "td": _ALIGNMENTS,
    "th": _ALIGNMENTS,
    "ul": {"task-list"},
}
# What these say of a text only govkb can say: that it is sealed, or was redacted.
_VOUCHED = {
    "a": {"govkb-entry", "govkb-answered"},
    **{tag: {"govkb-redacted"} for tag in ("blockquote", "li", "p", "tr")},
}
_SCHEMES = {"http", "https", "mailto"}
_SET = re.compile(r'(<input[^<>]*) disabled="disabled" type="checkbox"')


# A title with what the theme's script would take for an element, or a text that looks like one.
_TITLED = re.compile(r'title="[^"]*(?:<|&lt;)[A-Za-z/!?]')


def sanitise(html: str) -> str:
    """The HTML with nothing in it that could run, load or lay claim to a place of the page's own.

    Of all ids only those that are `identified` stay.
    """
    cleaned = _cleaner(None).clean(html)
    if _TITLED.search(cleaned):
        # To be asked about every attribute takes twice as long, and hardly any text needs it.
        cleaned = _cleaner(_harmless).clean(html)
    cleaned = cleaned.replace(f"{_identity()}=", "id=").replace(_secret(), "")
    # nh3 sets the two attributes in either order. No text has a tag in it by now.
    return _SET.sub(r'\1 type="checkbox" disabled="disabled"', cleaned)


def vouched(name: str) -> str:
    """A class that no text can give itself, as `sanitise` expects it."""
    return f"{_secret()}{name}"


def identified(anchor: str) -> str:
    """An id that no text can give itself, as the attribute that `sanitise` expects."""
    # The theme's script finds its own by ids that begin like that.
    return "" if anchor.startswith("__") else f'{_identity()}="{escape(anchor)}"'


@cache
def _secret() -> str:
    return f"{secrets.token_hex(16)}-"


def _identity() -> str:
    return f"data-{_secret()}id"


def _harmless(_tag: str, attribute: str, value: str) -> str:
    return inert(value) if attribute == "title" else value


@cache
def _cleaner(look_at: Callable[[str, str, str], str] | None) -> nh3.Cleaner:
    # Making one takes as long as cleaning a short page.
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_WITH_CONTENT,
        attributes={
            tag: _ATTRIBUTES.get(tag, set()) | ({_identity()} if tag in _WITH_ID else set())
            for tag in {*_ATTRIBUTES, *_WITH_ID}
        },
        attribute_filter=look_at,
        allowed_classes=_classes(),
        # A checkbox of a task list, which nobody can tick, is the only input that there can be.
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": "disabled"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _classes() -> dict[str, set[str]]:
    own = {tag: set(map(vouched, names)) for tag, names in _VOUCHED.items()}
    return {tag: _CLASSES.get(tag, set()) | own.get(tag, set()) for tag in {*_CLASSES, *own}}


@cache
def sanitised_schemes() -> frozenset[str]:
    """The schemes that a link may have."""
    return frozenset(_SCHEMES)
