"""Arrays of fingerprints, matched exactly: near hashes, equal digests, videos, stacks."""

from kavalan.matching.errors import IndexFileError, MatchingError, SelfTestError
from kavalan.matching.hamming import HammingIndex, HammingInfo, Matches

__all__ = ["HammingIndex", "HammingInfo", "IndexFileError", "Matches", "MatchingError", "SelfTestError"]
