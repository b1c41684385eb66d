"""What the sanitiser lets through, whatever it is given."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from govkb.site.sanitising import identified, sanitise, vouched

PIECES = st.sampled_from(
    (
        '<abbr title="', "<a title='", '<p id="x" class="govkb-entry">', "<b", "&lt;b", "&#60;!--",
        "<script>", "</p>", '"', "'", ">", "<", " ", "title=", "&quot;", "text", "</abbr>", "</a>",
        '<div id="__search">', "&amp;lt;i", "<img src=x onerror=y>", "\n",
    )
)  # fmt: skip


class _Page(HTMLParser):
    """Every attribute of a page as a browser has it."""

    def __init__(self, html):
        super().__init__()
        self.attributes = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.attributes += attrs


@given(st.lists(PIECES, max_size=12))
def test_no_title_opens_an_element_and_no_text_gives_itself_an_id(pieces):
    attributes = _Page(sanitise("".join(pieces))).attributes
    titles = [value or "" for name, value in attributes if name == "title"]
    assert not [title for title in titles if re.search("<[A-Za-z/!?]", title)]
    assert not [name for name, _ in attributes if name in ("id", "onerror")]
    assert not [value for name, value in attributes if name == "class" and "entry" in value]


def test_what_the_renderer_vouches_for_stays():
    html = f'<p {identified("a&b")}><a class="{vouched("govkb-entry")}" href="#a">x</a></p>'
    assert sanitise(html) == '<p id="a&amp;b"><a class="govkb-entry" href="#a">x</a></p>'


def test_ids_of_the_theme_are_given_to_nobody():
    assert identified("__search") == ""


def test_an_id_under_another_name_is_none():
    own, _, _ = identified("x").partition("=")
    for name in ("id", "data-id", f"{own}x", f"x{own}"):
        assert sanitise(f'<p {name}="x">y</p>') == "<p>y</p>"
