"""What can go wrong with a hash list, said to the person who must act."""

from __future__ import annotations


class ListError(Exception):
    """A hash list cannot be read, opened, changed or matched; the message says where and what to do.

    Args:
        where: the file or the list.
        what: what is wrong, and what to do where that is not plain.
    """

    def __init__(self, where: object, what: str) -> None:
        super().__init__(f"{where}: {what}")


class WrongFormatError(ListError):
    """The file is not of the format that its reader was asked for. Choose another reader or ask the owner."""


class TruncatedError(ListError):
    """The file ends before its own end: fetch it again. Everything before the cut was given out."""


class TooLargeError(ListError):
    """One value, nesting or column set is beyond the bounds that keep memory constant: hostile or damaged."""


class UnknownListError(ListError):
    """No list of this name is in the catalogue."""


class DamagedError(ListError):
    """Bytes on disk are not what was written. Restore the list from its source file; nothing is matched until then."""


class MovedError(ListError):
    """The list has been compiled anew since: the content that is asked for is no longer there. Begin anew."""


class LapsedError(ListError):
    """The agreement under which the owner shared the list has ended, so the list refuses to match."""


class NotAgreedError(ListError):
    """The agreement does not name this unit, or the list's kind forbids this use."""


class VotesMissingError(ListError):
    """The list takes additions only with the votes of two different people."""


class BusyError(ListError):
    """Another process is changing the list. Try again when it has finished."""
