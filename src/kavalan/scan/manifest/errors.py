"""What can go wrong with a manifest, said to the person who must act."""

from __future__ import annotations


class ManifestError(Exception):
    """A manifest, a key or a result cannot be made or believed; the message says which, why, and what to do.

    Args:
        where: the file or folder.
        what: what is wrong, and what to do where that is not plain.
    """

    def __init__(self, where: object, what: str) -> None:
        super().__init__(f"{where}: {what}")


class SignatureError(ManifestError):
    """A signature cannot be read, or is not by its key over these bytes."""


class MalformedError(ManifestError):
    """A manifest is not of its form: cut off, changed by an editor, or of a later version of Kavalan."""


class AlteredError(ManifestError):
    """What lies in a folder is not what its manifest says; `faults` names all of it.

    Args:
        where: the folder.
        faults: a sentence each.
    """

    def __init__(self, where: object, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(where, "not what its manifest says: " + "; ".join(faults))


class UnknownSignerError(ManifestError):
    """Nobody whose key is trusted here has signed: unsigned, or signed with another key."""


class IncompleteError(ManifestError):
    """The scan was stopped before its end."""


class DifferentToolsError(ManifestError):
    """This machine has other programs or lists than a scan that is to be repeated.

    Args:
        where: the manifest.
        differences: a sentence each.
    """

    def __init__(self, where: object, differences: tuple[str, ...]) -> None:
        self.differences = differences
        super().__init__(where, "cannot be repeated with the same programs and lists: " + "; ".join(differences))
