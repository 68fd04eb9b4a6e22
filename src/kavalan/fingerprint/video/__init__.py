"""A video to the PDQ of its sampled frames."""

from kavalan.fingerprint.video.hashing import DEMUXERS, MAX_FRAMES, MAX_PIXELS, VideoHashes, hash_video

__all__ = ["DEMUXERS", "MAX_FRAMES", "MAX_PIXELS", "VideoHashes", "hash_video"]
