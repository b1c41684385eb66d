"""What day it is: for readers the one that is given, for writers the one that it really is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from govkb.errors import ConfigurationError

# Set by builds that must give the same bytes whenever they run: reproducible-builds.org has the
# specification. Seconds since 1970 in decimal digits; eleven of them reach the year 5138.
_GIVEN = "SOURCE_DATE_EPOCH"
_MOST_DIGITS = 11


def local_today() -> date:
    """The day that it is where the user is: what is written down today is said to be of today."""
    return datetime.now().astimezone().date()


def effective_today() -> date:
    """The day as of which records are judged and shown: that of SOURCE_DATE_EPOCH, else today.

    Raises ConfigurationError where what is given is no time.
    """
    return given_day() or local_today()


def given_day() -> date | None:
    """The day, in UTC, that SOURCE_DATE_EPOCH names; None where it isn't set.

    Raises ConfigurationError where it is set to something else than a number of seconds.
    """
    given = os.environ.get(_GIVEN)
    if given is None:
        return None
    if not (given.isdecimal() and given.isascii() and len(given) <= _MOST_DIGITS):
        message = f"{_GIVEN} is {given!r}, which is no number of seconds"
        raise ConfigurationError(message, "unset it, or give seconds since 1970")
    return datetime.fromtimestamp(int(given), UTC).date()
