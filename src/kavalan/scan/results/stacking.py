"""Unknown pictures and videos put into stacks: what is the same, or practically the same, is looked at once.

Pictures of quality 50 or more are alike by PDQ (`kavalan.matching.stacks`); videos where most frames of each are found
in the other; everything else only where the contents are identical. What lists know, either way, is in no stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import polars as pl

from kavalan.fingerprint import MATCHABLE_QUALITY
from kavalan.matching import VideoIndex, stacks
from kavalan.scan.results.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

VIDEO_SHARE = 0.8
"""Two videos are alike where at least so much of the frames of each is found in the other."""

MOST_PICTURES = 1 << 24
"""Distinct pictures beyond which stacks are of identical contents only."""

MOST_FRAMES = 1 << 21
"""The same for frames of videos: each video is held against all others."""

STACKS = pl.Schema(
    {
        "stack": pl.Int64(),
        "kind": pl.String(),
        "items": pl.Int64(),
        "contents": pl.Int64(),
        "representative": pl.Int64(),
        "widest": pl.Int32(),
        "places": pl.List(pl.Struct({"place": pl.String(), "items": pl.Int64()})),
        "first": pl.Datetime("us", "UTC"),
        "last": pl.Datetime("us", "UTC"),
    }
)
"""One row a stack, the largest first. `kind`: `picture` or `video`. `items`, `contents`: how many lie in it, and how
many different ones by SHA-256. `representative`: the number of the item to look at, the one of the best quality, then
the largest. `widest`: bits from it to the furthest picture; null for videos and where no PDQ can be compared. `places`:
how many items in each kind of place. `first`, `last`: the earliest and latest of the items' own times (modified, else
created), as the source states them."""

_READ = ["sha256", "kind", "size", "pdq", "pdq_quality", "modified", "created"]


class Rows(Protocol):
    """The items of a scan, as `kavalan.scan.results.parts.Parts` reads them.

    Attributes:
        items: how many.
    """

    items: int

    def read(self, columns: list[str]) -> Iterator[pl.DataFrame]:
        """The named columns of each batch, and `item`, the number from 1 on."""


class Stacked(NamedTuple):
    """Which stack each item is in, and the stacks without what is known only later.

    Attributes:
        of_item: (items,) int64, 0 for none; item n at place n - 1.
        table: the columns of `STACKS` but `places`.
        alike: whether likeness was asked; False where there are more than can be held against one another.
    """

    of_item: NDArray[np.int64]
    table: pl.DataFrame
    alike: bool


def stack_unknown(parts: Rows, standing: NDArray[np.uint8]) -> Stacked:
    """Put the unknown pictures and videos of a scan into stacks.

    Memory: some 200 bytes for each unknown picture and video.
    """
    members = _members(parts, standing)
    contents = _contents(members)
    pictures, few = _alike_pictures(contents)
    videos, fewer = _alike_videos(parts, contents)
    contents = contents.with_columns(label=pl.Series(_joined(pictures, videos)))
    return _numbered(members, contents, parts.items, few and fewer)


def with_places(stacked: Stacked, places: NDArray[np.uint8], names: list[str]) -> pl.DataFrame:
    """The stacks with `places`.

    Args:
        stacked: of `stack_unknown`.
        places: (items,) the number of each item's place.
        names: of the places.
    """
    inside = np.flatnonzero(stacked.of_item)
    keys, counts = np.unique(stacked.of_item[inside] * len(names) + places[inside], return_counts=True)
    counted = pl.DataFrame(
        {"stack": keys // len(names), "place": [names[key % len(names)] for key in keys.tolist()], "items": counts}
    ).sort("stack", "items", "place", descending=[False, True, False])
    lists = counted.group_by("stack", maintain_order=True).agg(
        pl.struct("place", pl.col("items").cast(pl.Int64)).alias("places")
    )
    return stacked.table.join(lists, on="stack", how="left", maintain_order="left").select(STACKS.names()).cast(STACKS)


def _members(parts: Rows, standing: NDArray[np.uint8]) -> pl.DataFrame:
    """The unknown pictures and videos, one row an item."""
    frames = [
        frame.filter(
            pl.Series(standing[frame["item"].to_numpy() - 1] == Standing.UNKNOWN),
            pl.col("sha256").is_not_null(),
            pl.col("kind").str.contains("^(?:image|video)/"),
        ).select(
            "item",
            "sha256",
            pl.col("kind").str.starts_with("video/").alias("video"),
            "size",
            pl.when(pl.col("pdq_quality") >= MATCHABLE_QUALITY).then("pdq").alias("pdq"),
            pl.col("pdq_quality").fill_null(-1),
            pl.coalesce("modified", "created").alias("time"),
        )
        for frame in parts.read(_READ)
    ]
    return pl.concat(frames) if frames else _MEMBERS.to_frame()


_MEMBERS = pl.Schema(
    {
        "item": pl.Int64(),
        "sha256": pl.Binary(),
        "video": pl.Boolean(),
        "size": pl.Int64(),
        "pdq": pl.Binary(),
        "pdq_quality": pl.Int32(),
        "time": pl.Datetime("us", "UTC"),
    }
)


def _contents(members: pl.DataFrame) -> pl.DataFrame:
    """One row a content, by its first item; `content` is its place in the table."""
    first = pl.all().exclude("time").first()
    grouped = members.group_by("sha256", maintain_order=True).agg(
        first,
        pl.len().cast(pl.Int64).alias("items"),
        pl.col("time").min().alias("first"),
        pl.col("time").max().alias("last"),
    )
    return grouped.sort("item").with_row_index("content").with_columns(pl.col("content").cast(pl.Int64))


def _alike_pictures(contents: pl.DataFrame) -> tuple[NDArray[np.int64], bool]:
    """For each content the place of the first that it is alike; whether likeness was asked."""
    label = contents["content"].to_numpy().copy()
    pictures = contents.filter(pl.col("pdq").is_not_null(), ~pl.col("video"))
    hashes, rows = _hashes(pictures["pdq"]), pictures["content"].to_numpy()
    if not len(hashes):
        return label, True
    if len(hashes) > MOST_PICTURES:
        return label, False
    label[rows] = rows[stacks(hashes)]
    return label, True


def _alike_videos(parts: Rows, contents: pl.DataFrame) -> tuple[NDArray[np.int64], bool]:
    """The same for videos: joined in pairs that share most of their frames."""
    label = contents["content"].to_numpy().copy()
    frames = _frames(parts, contents.filter("video").select("item", "content"))
    if not len(frames):
        return label, True
    if len(frames) > MOST_FRAMES:
        return label, False
    ids, hashes, quality = frames["content"].to_numpy(), _hashes(frames["pdq"]), frames["quality"].to_numpy()
    index = VideoIndex.build(ids, hashes, quality)
    for video, rows in _runs(ids):
        found = index.find(hashes[rows], quality[rows])
        near = (found.query_share >= VIDEO_SHARE) & (found.video_share >= VIDEO_SHARE)
        for other in found.video[near].tolist():
            _join(label, video, other)
    return np.array([_root(label, place) for place in range(len(label))], np.int64), True


def _frames(parts: Rows, videos: pl.DataFrame) -> pl.DataFrame:
    """The frames that can be matched, one row a frame, by content."""
    found = [pl.DataFrame(schema={"content": pl.Int64, "pdq": pl.Binary, "quality": pl.Int32})]
    if len(videos):
        for batch in parts.read(["frames"]):
            rows = batch.join(videos, on="item").explode("frames").drop_nulls("frames").unnest("frames")
            found.append(rows.filter(pl.col("quality") >= MATCHABLE_QUALITY).select("content", "pdq", "quality"))
    return pl.concat(found).sort("content", maintain_order=True)


def _runs(ids: NDArray[np.int64]) -> Iterator[tuple[int, slice]]:
    values, first = np.unique(ids, return_index=True)
    for value, start, stop in zip(values.tolist(), first.tolist(), [*first[1:].tolist(), len(ids)], strict=True):
        yield value, slice(start, stop)


def _join(label: NDArray[np.int64], left: int, right: int) -> None:
    left, right = _root(label, left), _root(label, right)
    label[max(left, right)] = min(left, right)


def _root(label: NDArray[np.int64], place: int) -> int:
    while label[place] != place:
        label[place] = label[label[place]]
        place = int(label[place])
    return place


def _joined(pictures: NDArray[np.int64], videos: NDArray[np.int64]) -> NDArray[np.int64]:
    """A content is a picture or a video: at most one of the two says anything."""
    return np.where(pictures != np.arange(len(pictures)), pictures, videos)


def _numbered(members: pl.DataFrame, contents: pl.DataFrame, items: int, alike: bool) -> Stacked:
    """Give the stacks their numbers, the largest first, and each item its stack."""
    best = contents.sort("pdq_quality", "size", "item", descending=[True, True, False]).group_by("label").first()
    best = best.select("label", pl.col("item").alias("representative"), pl.col("pdq").alias("middle"))
    bits = _bits_apart(contents.join(best, on="label", how="left", maintain_order="left"))
    table = (
        contents.with_columns(bits=bits)
        .group_by("label")
        .agg(
            pl.when(pl.col("video").first()).then(pl.lit("video")).otherwise(pl.lit("picture")).alias("kind"),
            pl.col("items").sum(),
            pl.len().cast(pl.Int64).alias("contents"),
            pl.col("bits").max().alias("widest"),
            pl.col("first").min(),
            pl.col("last").max(),
        )
        .join(best.drop("middle"), on="label")
        .sort("items", "contents", "label", descending=[True, True, False])
        .with_row_index("stack", offset=1)
        .with_columns(pl.col("stack").cast(pl.Int64))
    )
    numbered = contents.select("sha256", "label").join(table.select("label", "stack"), on="label")
    of_member = members.select("item", "sha256").join(numbered, on="sha256", how="inner")
    of_item = np.zeros(items, np.int64)
    of_item[of_member["item"].to_numpy() - 1] = of_member["stack"].to_numpy()
    return Stacked(of_item, table.drop("label"), alike)


def _bits_apart(contents: pl.DataFrame) -> pl.Series:
    """Bits from each picture to the one that stands for its stack; null where one has no PDQ."""
    both = contents["pdq"].is_not_null() & contents["middle"].is_not_null() & ~contents["video"]
    rows = contents.filter(both)
    apart = np.bitwise_count(_hashes(rows["pdq"]) ^ _hashes(rows["middle"])).sum(axis=1, dtype=np.int32)
    bits = np.full(len(contents), -1, np.int32)
    bits[both.to_numpy()] = apart
    return pl.Series(bits).replace(-1, None)


def _hashes(column: pl.Series) -> NDArray[np.uint8]:
    """(n, 32) uint8."""
    return np.frombuffer(b"".join(column.to_list()), np.uint8).reshape(-1, 32).copy()
