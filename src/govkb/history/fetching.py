"""What a site has published, from its address. The one module that asks another machine."""

from __future__ import annotations

import time
from http.client import HTTPException, HTTPMessage
from typing import IO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from govkb.errors import CannotVerifyError, UsageError

# A line of a log has some 150 bytes.
MOST_BYTES = 64 * 1024 * 1024
_PIECE = 1 << 16
# Seconds without an answer, and until all of it has to be there.
_PATIENCE, _MOST_SECONDS = 20, 120
_HINT = "fetch the file by other means, and give its path"


class Answer(Protocol):
    """What a server answers."""

    def read(self, most: int, /) -> bytes:
        """The next bytes; none at the end."""


class Opener(Protocol):
    """Asks servers; urllib's own does."""

    def open(self, request: Request, *, timeout: float) -> Answer:
        """The answer. Raises OSError or HTTPException where there is none."""


class _OnlyHttps(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme != "https":
            raise URLError("it leads on to an address that isn't https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_address(text: str) -> bool:
    """Whether a text is an address, and no path."""
    return "://" in text


def fetch(address: str, opener: Opener | None = None) -> bytes:
    """The bytes at an https address.

    Raises UsageError for an address that can't be trusted or asked, CannotVerifyError where there
    is no answer, or only a part of one.
    """
    _refuse(address)
    return answer_of(address, opener or secure_opener())


def secure_opener() -> Opener:
    """Asks servers, and follows them to https addresses only."""
    return build_opener(_OnlyHttps)


def answer_of(address: str, opener: Opener) -> bytes:
    """What is at an address, whatever that is. Raises CannotVerifyError as `fetch` does."""
    end = time.monotonic() + _MOST_SECONDS
    data = bytearray()
    try:
        answer = opener.open(Request(address), timeout=_PATIENCE)
        while piece := answer.read(_PIECE):
            data += piece
            if len(data) > MOST_BYTES:
                limit = f"{MOST_BYTES // 1024 // 1024} MiB"
                raise CannotVerifyError(f"{address}: it is larger than {limit}", _HINT)
            if time.monotonic() > end:
                raise TimeoutError
        # What was cut off would prove less than it says.
        if getattr(answer, "length", None):
            raise CannotVerifyError(f"{address}: the answer ends before its end", _HINT)
    except HTTPError as error:
        hint = "a site has it at ledger/log.txt" if error.code == 404 else _HINT
        raise CannotVerifyError(f"{address}: the server answers {error.code}", hint) from error
    except TimeoutError as error:
        raise CannotVerifyError(f"{address}: the server takes too long", _HINT) from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        said = "takes too long" if isinstance(reason, TimeoutError) else f"can't be asked: {reason}"
        raise CannotVerifyError(f"{address}: the server {said}", _HINT) from error
    return bytes(data)


def _refuse(address: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise UsageError(f"{address}: this is no address: {error}") from error
    if parts.scheme != "https":
        message = f"{address}: only https addresses are asked"
        raise UsageError(message, "on the way of any other the answer could be changed")
    if not host or not address.isprintable() or " " in address or not address.isascii():
        raise UsageError(
            f"{address}: this is no address", "for example https://HOST/ledger/log.txt"
        )
    if parts.username is not None:
        raise UsageError("an address with a name or password in it is not asked", _HINT)
