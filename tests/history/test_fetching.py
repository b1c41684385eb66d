"""Asking a site for what it has published."""

from __future__ import annotations

import http.server
import threading
from urllib.error import URLError
from urllib.request import HTTPSHandler

import pytest

from govkb.errors import CannotVerifyError, UsageError
from govkb.history import fetching
from govkb.history.fetching import answer_of, fetch, secure_opener

LOG = "https://kb.example.org/ledger/log.txt"


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", f"http://{self.headers['Host']}/log.txt")
            self.end_headers()
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"half")
        elif self.path == "/log.txt":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"all of it")
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Opener:
    """Answers in pieces, or not at all."""

    def __init__(self, *pieces, fault=None):
        self.pieces, self.fault, self.asked = [*pieces], fault, []

    def open(self, request, *, timeout):
        self.asked.append((request.full_url, timeout))
        if self.fault is not None:
            raise self.fault
        return self

    def read(self, most):
        return self.pieces.pop(0) if self.pieces else b""


def test_what_is_at_an_https_address():
    opener = _Opener(b"one ", b"two")
    assert fetch(LOG, opener) == b"one two"
    assert opener.asked == [(LOG, 20)]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://kb.example.org/log.txt", "only https"),
        ("file:///etc/passwd", "only https"),
        ("ftp://kb.example.org/log.txt", "only https"),
        ("https:///log.txt", "no address"),
        ("https://kb.example.org:port/", "no address"),
        ("https://kb.example.org/a b", "no address"),
        ("https://kb.example.org/\x1b[31m", "no address"),
        ("https://me:secret@kb.example.org/", "name or password"),
    ],
)
def test_other_addresses_are_not_asked(address, said):
    opener = _Opener(b"x")
    with pytest.raises(UsageError, match=said) as raised:
        fetch(address, opener)
    assert opener.asked == []
    assert "secret" not in raised.value.message


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (URLError("Name or service not known"), "can't be asked: Name or service not known"),
        (URLError(TimeoutError()), "takes too long"),
        (TimeoutError(), "takes too long"),
        (ConnectionResetError(104, "Connection reset by peer"), "can't be asked"),
    ],
)
def test_no_answer_is_no_proof(fault, said):
    with pytest.raises(CannotVerifyError, match=said):
        fetch(LOG, _Opener(fault=fault))


def test_an_endless_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 10)
    with pytest.raises(CannotVerifyError, match="larger than"):
        fetch(LOG, _Opener(*[b"12345"] * 4))
    monkeypatch.setattr(fetching, "_MOST_SECONDS", -1)
    with pytest.raises(CannotVerifyError, match="takes too long"):
        fetch(LOG, _Opener(b"1", b"2"))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone", "answers 404"),
        ("/cut", "ends before its end"),
        ("/away", "leads on to an address that isn't https"),
    ],
)
def test_what_a_server_may_answer(site, path, said):
    with pytest.raises(CannotVerifyError, match=said):
        answer_of(site + path, secure_opener())


def test_a_server_that_answers(site):
    assert answer_of(f"{site}/log.txt", secure_opener()) == b"all of it"


def test_the_opener_checks_certificates():
    (handler,) = [h for h in secure_opener().handlers if isinstance(h, HTTPSHandler)]
    context = handler._context
    assert context is None or context.check_hostname


def test_verify_refuses_what_is_not_https(project, run_govkb):
    outcome = run_govkb("verify", "--against", "http://127.0.0.1:1/log.txt", cwd=project().root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "only https" in outcome.stderr
