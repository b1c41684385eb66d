"""Reasons why govkb can't go on. A mistake in a record is none of them: that is a diagnostic."""

from __future__ import annotations


class GovkbError(Exception):
    """Stops the command with one line on standard error and `exit_code`."""

    exit_code = 4

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class FindingsError(GovkbError):
    """What is there has a fault that has to be mended first."""

    exit_code = 1


class UsageError(GovkbError):
    """The command was asked for something that doesn't make sense."""

    exit_code = 2


class ConfigurationError(GovkbError):
    """The configuration, a type or a vocabulary can't be used."""

    exit_code = 2


class CannotVerifyError(GovkbError):
    """What the check needs to compare with isn't there; the answer would be a guess."""

    exit_code = 3


class StorageError(GovkbError):
    """Reading or writing failed; what was there before is still there."""

    exit_code = 4
