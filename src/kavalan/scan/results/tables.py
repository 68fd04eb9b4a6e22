"""The tables for other programs: every item, every hit, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kavalan.scan.layout import HITS
from kavalan.scan.places import PlaceKind, place_of
from kavalan.scan.results.parts import ITEM
from kavalan.scan.results.reasons import class_of
from kavalan.scan.results.standing import Standing, standing_of_hit
from kavalan.sources import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kavalan.scan.results.mentions import Told
    from kavalan.scan.results.parts import Parts

PLACES = [str(place) for place in PlaceKind]

ITEMS = pl.Schema(
    {**ITEM, "place": pl.String(), "place_rule": pl.String(), "standing": pl.String(), "stack": pl.Int64()}
)
"""One row an item: its number, the columns of the batches, and `place` (`kavalan.scan.places.PlaceKind`), `place_rule`
(what says so), `standing` (`kavalan.scan.results.standing.Standing`, in lower case) and `stack` (number in
`stacks.parquet`, null for none)."""

_OF_ITEM = {
    "path": "path",
    "shown": "shown",
    "container": "container",
    "original": "original",
    "media_type": "kind",
    "size": "size",
    "md5": "md5",
    "sha1": "sha1",
    "pdq": "pdq",
    "item_state": "state",
    "modified": "modified",
    "created": "created",
    "accessed": "accessed",
    "clock": "clock",
    "place": "place",
    "place_rule": "place_rule",
}

_TRACE = pl.Struct(
    {
        "act": pl.String(),
        "evidence": pl.String(),
        "at": pl.Int64(),
        "count": pl.Int64(),
        "database": pl.Binary(),
        "names": pl.Int64(),
        "whole": pl.Boolean(),
        "fits": pl.Int64(),
    }
)

HITS_TOLD = pl.Schema(
    {
        **HITS,
        "standing": pl.String(),
        **{new: {**ITEMS, "shown": pl.String()}[old] for new, old in _OF_ITEM.items()},
        "traces": pl.List(_TRACE),
    }
)
"""The hits (`kavalan.scan.layout.HITS`) with what is to be known of the item: `standing` of this hit; `media_type` and
`item_state` are the item's `kind` and `state`; `shown` its path for people. `traces`: of the item itself, and of
databases elsewhere (`database`: which one; `names`: how many names of the path fit; `whole`: whether that is all that
the database spells; `fits`: how many items' paths end so). Null for marks of known-good lists."""

UNREAD = pl.Schema(
    {
        "item": pl.Int64(),
        "path": pl.Binary(),
        "shown": pl.String(),
        "what": pl.String(),
        "why": pl.String(),
        "reason": pl.String(),
        "size": pl.Int64(),
    }
)
"""What could not be read wholly, or at all. `what`: the media type, or `nothing of it` where not even digests could be
taken. `why`: as it was said. `reason`: its class (`kavalan.scan.results.reasons.CLASSES`)."""


def items_told(
    parts: Parts, standing: NDArray[np.uint8], stack: NDArray[np.int64], places: NDArray[np.uint8]
) -> Iterator[pl.DataFrame]:
    """The rows of `ITEMS`, batch by batch.

    Args:
        parts: the scan.
        standing: (items,).
        stack: (items,), 0 for none.
        places: (items,), filled as the rows go by: the place of each item's place in `PLACES`.
    """
    names = {name: number for number, name in enumerate(PLACES)}
    for frame in parts.read():
        at = frame["item"].to_numpy() - 1
        told = frame.with_columns(
            *_placed(frame),
            pl.Series("standing", [Standing(number).name.lower() for number in standing[at].tolist()], pl.String),
            pl.Series("stack", stack[at]).replace(0, None),
        )
        places[at] = [names[name] for name in told["place"].to_list()]
        yield told.select(ITEMS.names()).cast(ITEMS)


def hits_told(parts: Parts, told: Mapping[int, Sequence[Told]]) -> Iterator[pl.DataFrame]:
    """The rows of `HITS_TOLD`, batch by batch.

    Args:
        parts: the scan.
        told: what databases say of items, by number.
    """
    for items, hits in parts.read_with_hits():
        own = items.join(hits.select("item").unique(), on="item", how="semi")
        own = own.with_columns(*_placed(own), _shown(own)).with_columns(_traces(own, told))
        own = own.select("item", *(pl.col(old).alias(new) for new, old in _OF_ITEM.items()), "traces")
        rows = hits.with_columns(standing=_in_words(standing_of_hit())).join(
            own, on="item", how="left", maintain_order="left"
        )
        known = pl.col("kind") == "known_good"
        rows = rows.with_columns(traces=pl.when(~known).then("traces"))
        yield rows.select(HITS_TOLD.names()).cast(HITS_TOLD)


def unread_told(parts: Parts) -> Iterator[pl.DataFrame]:
    """The rows of `UNREAD`, batch by batch."""
    for frame in parts.read(["path", "kind", "size", "sha256", "error", "stored", "stored_agrees"]):
        bad = frame.filter(pl.col("error").is_not_null() | (pl.col("stored_agrees") == False))  # noqa: E712 -- SQL's
        differs = "the stored checksum (" + pl.col("stored").fill_null("") + ") is not that of what was read"
        bad = bad.with_columns(why=pl.coalesce("error", differs))
        classes = [class_of(why, agrees) for why, agrees in bad.select("why", "stored_agrees").iter_rows()]
        nothing = pl.col("sha256").is_null()
        yield (
            bad.with_columns(
                _shown(bad),
                pl.Series("reason", classes, pl.String),
                what=pl.when(nothing).then(pl.lit("nothing of it")).otherwise("kind"),
            )
            .select(UNREAD.names())
            .cast(UNREAD)
        )


def _placed(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    columns = (frame[name].to_list() for name in ("path", "original", "state"))
    placed = [place_of(path, original, state) for path, original, state in zip(*columns, strict=True)]
    return (
        pl.Series("place", [str(one.place) for one in placed], pl.String),
        pl.Series("place_rule", [one.rule for one in placed], pl.String),
    )


def _shown(frame: pl.DataFrame) -> pl.Series:
    return pl.Series("shown", [shown(path) for path in frame["path"].to_list()], pl.String)


def _traces(frame: pl.DataFrame, told: Mapping[int, Sequence[Told]]) -> pl.Series:
    of_items = zip(frame["item"].to_list(), frame["traces"].to_list(), strict=True)
    rows = [
        [*(_own_trace(trace) for trace in traces or ()), *(_told_trace(one) for one in told.get(item, ()))]
        for item, traces in of_items
    ]
    return pl.Series("traces", rows, pl.List(_TRACE))


def _own_trace(trace: Mapping[str, object]) -> dict[str, object]:
    return {**trace, "database": None, "names": None, "whole": True, "fits": 1}


def _told_trace(told: Told) -> dict[str, object]:
    fields = told._asdict()
    return {**fields, "count": fields.pop("times")}


def _in_words(standing: pl.Expr) -> pl.Expr:
    return standing.replace_strict({int(one): one.name.lower() for one in Standing}, return_dtype=pl.String)
