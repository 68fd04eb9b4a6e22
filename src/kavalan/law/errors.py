"""What can go wrong with the law as data."""

from __future__ import annotations


class LawError(Exception):
    """Base of all: the law as data cannot answer; the text says what was asked and what to do."""


class MalformedLawError(LawError):
    """A file of the data does not hold together; the text names the file, the place and why."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}; correct the file")


class UnknownError(LawError):
    """Nothing of that name is in the data."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"the law as data knows no {kind} {name!r}")


class NotInForceError(LawError):
    """It is in the data, but no version of it was in force on that day."""


class CountError(LawError):
    """A length of time cannot be counted from what was given."""
