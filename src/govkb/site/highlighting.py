"""Code with colours, in the markup that the theme styles and adds its copy button to."""

from __future__ import annotations

from functools import cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Some of Pygments's lexers take quadratic time; a long listing is readable without colours.
_LONGEST = 20_000


def code_html(code: str, language: str) -> str:
    """A code block as HTML; plain where the language is unknown."""
    inner = _coloured(code, language)
    return f'<div class="highlight"><pre><span></span><code>{inner}</code></pre></div>\n'


def _coloured(code: str, language: str) -> str:
    lexer = _lexer(language) if language and len(code) <= _LONGEST else None
    if lexer is None:
        return escape(code)
    return str(highlight(code, lexer, _formatter()))


@cache
def _formatter() -> HtmlFormatter[str]:
    # It writes a style sheet whenever one is made.
    return HtmlFormatter(nowrap=True)


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
