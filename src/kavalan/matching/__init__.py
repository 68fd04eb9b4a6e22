"""Arrays of fingerprints, matched exactly: near hashes, equal digests, videos by their frames, stacks of near-duplicates."""

from kavalan.matching.errors import IndexFileError, MatchingError, SelfTestError
from kavalan.matching.hamming import HammingIndex, HammingInfo, Matches

__all__ = ["HammingIndex", "HammingInfo", "IndexFileError", "MatchingError", "Matches", "SelfTestError"]
