"""Arrays of fingerprints, matched exactly: near hashes, equal digests, videos by their frames, stacks.

It knows arrays and int64 ids only; whose list a hash is on, and what a match means, `kavalan.lists` knows.
"""

from kavalan.matching.digests import WIDTHS, DigestIndex, DigestMatches
from kavalan.matching.errors import IndexFileError, MatchingError, SelfTestError
from kavalan.matching.hamming import HammingIndex, HammingInfo, Matches
from kavalan.matching.selftest import SelfTest
from kavalan.matching.stacks import STACK_RADIUS, stacks
from kavalan.matching.video import FRAME_RADIUS, VideoIndex, VideoMatches, compare, frames_to_match
from kavalan.matching.warmth import warm

__all__ = [
    "FRAME_RADIUS",
    "STACK_RADIUS",
    "WIDTHS",
    "DigestIndex",
    "DigestMatches",
    "HammingIndex",
    "HammingInfo",
    "IndexFileError",
    "Matches",
    "MatchingError",
    "SelfTest",
    "SelfTestError",
    "VideoIndex",
    "VideoMatches",
    "compare",
    "frames_to_match",
    "stacks",
    "warm",
]
