"""Videos compared by their frames.

As the `vpdq` package's `matchHash` does: frames below a quality are left out, equal frames count once, and a frame is
matched when the other video has one within the radius. What comes out is two shares: how much of the query is found in
the video, and how much of the video in the query. A short clip out of a long film has a high first share and a low
second one.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kavalan.fingerprint import MATCHABLE_QUALITY
from kavalan.matching.hamming import HammingIndex
from kavalan.matching.store import Store, StoreWriter, frozen

FRAME_RADIUS = 31
"""Bits between frames that are taken for the same."""

I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]


class VideoMatches(NamedTuple):
    """Videos that share a frame with the query, by falling query share, then falling video share, then id.

    Attributes:
        video: int64, the id.
        query_share: float64, above 0 up to 1, of the query's frames found in the video.
        video_share: float64, above 0 up to 1, of the video's frames found in the query.
    """

    video: I64
    query_share: NDArray[np.float64]
    video_share: NDArray[np.float64]


def frames_to_match(hashes: U8, quality: NDArray[np.integer]) -> U8:
    """The frames that count: of quality 50 or more, each hash once, (k, 32), sorted.

    Args:
        hashes: (n, 32) uint8.
        quality: (n,), 0 to 100.
    """
    return np.unique(hashes[quality >= MATCHABLE_QUALITY], axis=0)


class VideoIndex:
    """All frames of all videos, searched at once. Made by `build` or `open`."""

    def __init__(self, frames: HammingIndex, videos: I64, bounds: I64) -> None:
        self._frames = frames
        self._videos = videos
        self._bounds = bounds

    @classmethod
    def build(cls, videos: I64, hashes: U8, quality: NDArray[np.integer]) -> VideoIndex:
        """Index the frames of videos.

        Args:
            videos: (n,) int64, for each frame the id of its video, in any order.
            hashes: (n, 32) uint8.
            quality: (n,), 0 to 100; frames below 50 are left out, and so is a video of which none is left.

        Raises:
            ValueError: when the shapes or types are others.
        """
        if videos.dtype != np.int64 or not len(videos) == len(hashes) == len(quality):
            message = f"{len(videos)} video ids of {videos.dtype}, {len(hashes)} hashes, {len(quality)} qualities"
            raise ValueError(message)
        order = np.argsort(videos, kind="stable")
        ids, first = np.unique(videos[order], return_index=True)
        per_video = [frames_to_match(hashes[rows], quality[rows]) for rows in np.split(order, first[1:])]
        amounts = np.array([len(frames) for frames in per_video], np.int64)[: len(ids)]
        frames = np.concatenate([hashes[:0], *per_video])
        bounds = np.concatenate((np.zeros(1, np.int64), amounts[amounts > 0].cumsum()))
        index = HammingIndex.build(frames, np.arange(len(frames), dtype=np.int64))
        return cls(index, frozen(ids[amounts > 0]), frozen(bounds))

    @classmethod
    def open(cls, folder: Path) -> VideoIndex:
        """Map a saved index.

        Raises:
            IndexFileError: when one of its two files is not whole, or they do not belong together.
            OSError: when one cannot be read.
        """
        store = Store(folder / "videos", "videos")
        videos, bounds = store.array("videos", np.int64), store.array("bounds", np.int64)
        frames = HammingIndex.open(folder / "frames")
        if bounds.size != videos.size + 1 or bounds[0] or bounds[-1] != len(frames) or (np.diff(bounds) < 1).any():
            store.refuse("does not belong to the frames beside it")
        return cls(frames, videos, bounds)

    def save(self, folder: Path) -> None:
        """Write two files, `frames` and `videos`, into a folder.

        Raises:
            OSError: when one cannot be written.
        """
        self._frames.save(folder / "frames")
        with StoreWriter(folder / "videos", "videos") as writer:
            writer.write("videos", [self._videos])
            writer.write("bounds", [self._bounds])
            writer.finish({"videos": self._videos.size})

    def __len__(self) -> int:
        return self._videos.size

    def find(self, hashes: U8, quality: NDArray[np.integer], radius: int = FRAME_RADIUS) -> VideoMatches:
        """The videos that share at least one frame with the query.

        Args:
            hashes: (n, 32) uint8, the query's frames.
            quality: (n,), 0 to 100.
            radius: 0 to 64, in bits.

        Raises:
            ValueError: when the shape, the type or the radius is another.
        """
        asked = frames_to_match(hashes, quality)
        found = self._frames.range_search(asked, radius)
        video = np.searchsorted(self._bounds, found.id, side="right") - 1
        of_query = _times_each(np.unique(video * len(asked) + found.query_index) // max(1, len(asked)), len(self))
        of_video = _times_each(np.searchsorted(self._bounds, np.unique(found.id), side="right") - 1, len(self))
        there = np.flatnonzero(of_query)
        query_share = of_query[there] / max(1, len(asked))
        video_share = of_video[there] / np.diff(self._bounds)[there]
        order = np.lexsort((self._videos[there], -video_share, -query_share))
        return VideoMatches(self._videos[there][order], query_share[order], video_share[order])


def compare(left: tuple[U8, NDArray[np.integer]], right: tuple[U8, NDArray[np.integer]]) -> tuple[float, float]:
    """The shares of two videos' frames, each (hashes, quality), that are found in the other.

    Raises:
        ValueError: when a shape or type is another.
    """
    index = VideoIndex.build(np.zeros(len(right[0]), np.int64), *right)
    found = index.find(*left)
    return (float(found.query_share[0]), float(found.video_share[0])) if found.video.size else (0.0, 0.0)


def _times_each(numbers: I64, length: int) -> I64:
    return np.bincount(numbers, minlength=length)
