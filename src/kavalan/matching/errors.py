"""What can go wrong with an index, said to the one who must act."""


class MatchingError(Exception):
    """The base of this package's errors."""


class IndexFileError(MatchingError):
    """A file that is no index, was cut short, was changed, or was written by a version this one cannot read."""


class SelfTestError(MatchingError):
    """A freshly built index answered otherwise than an exact scan: a fault of ours; the index must not be used."""
