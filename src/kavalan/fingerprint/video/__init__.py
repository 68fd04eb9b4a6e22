"""A video to the PDQ of its sampled frames."""

from kavalan.fingerprint.video.hashing import (
    DEMUXERS,
    MAX_FRAMES,
    MAX_PIXELS,
    VideoHashes,
    hash_video,
    hash_video_in_steps,
)

__all__ = ["DEMUXERS", "MAX_FRAMES", "MAX_PIXELS", "VideoHashes", "hash_video", "hash_video_in_steps"]
