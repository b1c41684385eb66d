"""What a policy allows: what theme and owner ask for, and nothing that a record asks for."""

import base64
import hashlib

import pytest

from govkb.site.policy import asked_by, asked_without, policy, together, with_policy

PAGE = '<!doctype html>\n<html><head>\n<meta charset="utf-8">\n<title>x</title></head></html>'


def sha(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_page_may_load_from_its_own_host_and_nothing_else():
    assert policy() == (
        "default-src 'self'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
    )


def test_the_policy_comes_before_everything_that_it_is_for():
    text = with_policy(PAGE, 'a "b" & c')
    assert '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"' in text
    assert 'content="a &quot;b&quot; &amp; c">\n<title>' in text
    assert '<head>\n<meta http-equiv="Con' in with_policy("<head><title>x</title></head>", "a")
    assert with_policy("no page", "a") == "no page"


@pytest.mark.parametrize(
    ("html", "name", "source"),
    [
        ("<script>a\r\nb</script>", "script-src", sha("a\nb")),
        ('<script type="module">x</script>', "script-src", sha("x")),
        ('<script src="https://cdn.example.org/x.js"></script>', "script-src", "cdn"),
        ('<script src="https://cdn.example.org/x.js"></script>', "connect-src", "cdn"),
        ('<script src="//cdn.example.org:8443/x.js"></script>', "script-src", "//cdn:8443"),
        ("<script>s.src='https://cdn.example.org/a'</script>", "script-src", "cdn"),
        ('<link rel="stylesheet" href="https://cdn.example.org/x.css">', "style-src", "cdn"),
        ('<link rel="stylesheet" href="https://cdn.example.org/x.css">', "font-src", "cdn"),
        ('<link rel="preconnect" href="https://cdn.example.org">', "font-src", "cdn"),
        ('<img src="https://u:p@cdn.example.org/badge.svg">', "img-src", "cdn"),
        ('<img srcset="a.png 1x, https://cdn.example.org/b.png 2x">', "img-src", "cdn"),
        ('<iframe src="https://cdn.example.org/v">', "frame-src", "cdn"),
        ('<video poster="https://cdn.example.org/p.png">', "img-src", "cdn"),
        ('<form action="https://cdn.example.org/">', "form-action", "cdn"),
        ("<style>x</style>", "style-src", sha("x")),
        ('<td style="text-align: right">', "style-src", "'unsafe-inline'"),
        ('<script src="https://cdn.example.org/x.js"></script>', "style-src", "'unsafe-inline'"),
        ('<p onclick="x()">', "script-src", sha("x()")),
        ('<p onclick="x()">', "script-src", "'unsafe-hashes'"),
        ('<pre class="mermaid"><code>x</code></pre>', "script-src", "https://unpkg.com"),
    ],
)
def test_what_markup_asks_for(html, name, source):
    host = {"cdn": "https://cdn.example.org", "//cdn:8443": "cdn.example.org:8443"}
    assert host.get(source, source) in asked_by(html)[name]


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/json">{"a": 1}</script>',
        '<script src="assets/x.js"></script><img src="a.png"><link rel="stylesheet" href="x.css">',
        '<a href="https://example.org/" title="x">x</a><link rel="canonical" href="https://a.org">',
        '<img src="https://evil.example;script-src *">',
        '<img src="https://[bad">',
        "text &lt;script&gt;x&lt;/script&gt; <!-- <script>x</script> -->",
    ],
)
def test_what_asks_for_nothing(html):
    assert asked_by(html) == {}


def test_a_script_with_words_of_a_record_in_it_is_not_allowed():
    html = "<script>fine</script><script>title = 'SLOT-TITLE'</script>"
    asked, is_marked = asked_without(html, "SLOT-")
    assert is_marked
    assert asked == {"script-src": {sha("fine")}}
    assert asked_without("<script>fine</script>", "SLOT-") == (asked, False)


def test_hashes_give_way_where_the_owner_allows_every_script():
    both = together(asked_by("<script>x</script>"), {"script-src": {"'unsafe-inline'"}})
    assert "script-src 'self' 'unsafe-inline';" in policy(both)


def test_sources_are_always_in_the_same_order():
    hosts = [f"https://{letter}.example.org" for letter in "cab"]
    made = policy(*({"img-src": frozenset({host})} for host in hosts))
    assert f"img-src 'self' {' '.join(['data:', *sorted(hosts)])};" in made
