"""The figures of a scan counted from its tables: the same for the same tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kavalan.fingerprint import MATCHABLE_QUALITY
from kavalan.lists import RADIUS
from kavalan.scan.results.summary import (
    FORMAT,
    ByCategory,
    ByList,
    ByPlace,
    Figures,
    HitFigures,
    Items,
    Month,
    Stacks,
    Three,
    Times,
    Unmatched,
    Unread,
)

if TYPE_CHECKING:
    from pathlib import Path

    from kavalan.scan.facts import ScanFacts

EARLIEST_YEAR = 1990
"""Times before it are older than the formats: a clock that was never set, or none."""


def figures(out: Path, facts: ScanFacts, *, alike: bool) -> Figures:
    """Count what `items.parquet`, `hits.parquet`, `stacks.parquet` and `unread.parquet` hold.

    Args:
        out: the scan's folder.
        facts: of the scan.
        alike: see `Figures.stacks_alike`.
    """
    items, hits = pl.scan_parquet(out / "items.parquet"), pl.scan_parquet(out / "hits.parquet")
    stacks = pl.read_parquet(out / "stacks.parquet", columns=["kind", "items", "contents"])
    items = items.with_columns(
        picture=pl.col("kind").str.starts_with("image/").fill_null(value=False),
        video=pl.col("kind").str.starts_with("video/").fill_null(value=False),
        time=pl.coalesce("modified", "created"),
    )
    totals = _totals(items, facts)
    return Figures(
        format=FORMAT,
        source=facts.shown,
        source_kind=facts.source_kind,
        authority=facts.authority,
        examiner=facts.examiner,
        unit=facts.unit,
        profile=facts.profile,
        started=facts.started.isoformat(),
        ended=facts.ended.isoformat(),
        end=facts.end,
        why=facts.why,
        runs=facts.runs,
        sandbox=facts.sandbox,
        sandbox_complete=facts.sandbox_complete,
        tools=dict(sorted(facts.tools.items())),
        parameters=dict(sorted(facts.parameters.items())),
        lists=facts.lists,
        seen_before=facts.seen_before,
        items=_items(totals),
        hits=_hits(totals, hits, facts),
        by_list=_by_list(hits),
        by_category=_by_category(hits),
        by_place=_by_place(items),
        unmatched=_unmatched(totals, facts),
        unread=_unread(pl.scan_parquet(out / "unread.parquet")),
        unknown_pictures=_stacks(stacks, "picture"),
        unknown_videos=_stacks(stacks, "video"),
        stacks_alike=alike,
        timeline=_timeline(items),
        times=Times(**{name: totals[name] for name in ("none", "local", "early", "late")}),
        traces=_traces(hits),
    )


def _collected(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.collect(engine="streaming")


def _totals(items: pl.LazyFrame, facts: ScanFacts) -> dict[str, int]:
    """Everything that is counted in one pass over the items."""
    bits = pl.col("pdq").map_batches(_set_bits, return_dtype=pl.Int32, is_elementwise=True)
    low = pl.col("pdq_quality") < MATCHABLE_QUALITY
    timed = pl.col("picture") | pl.col("video") | pl.col("standing").is_in(["identical", "md5_only", "near"])
    standing = {f"as_{name}": pl.col("standing") == name for name in _STANDINGS}
    counted = {
        "pictures": pl.col("picture"),
        "videos": pl.col("video"),
        "deleted": pl.col("state") == "deleted",
        "low_quality": low,
        "flat": ~low & ((bits <= RADIUS) | (bits >= 256 - RADIUS)),
        "not_decoded": pl.col("picture") & pl.col("pdq").is_null(),
        "no_digest": pl.col("sha256").is_null(),
        "none": timed & pl.col("time").is_null(),
        "local": timed & pl.col("time").is_not_null() & (pl.col("clock") == "local"),
        "early": timed & (pl.col("time").dt.year() < EARLIEST_YEAR),
        "late": timed & (pl.col("time") > pl.lit(facts.ended)),
        "seen_before": pl.col("seen_before"),
        **standing,
    }
    sums = [condition.fill_null(value=False).cast(pl.Int64).sum().alias(name) for name, condition in counted.items()]
    row = _collected(items.select(pl.len().cast(pl.Int64).alias("items"), pl.col("size").sum().alias("bytes"), *sums))
    return row.row(0, named=True)


_STANDINGS = ("identical", "md5_only", "near", "contradicted", "suppressed", "negative", "known_good")


def _set_bits(hashes: pl.Series) -> pl.Series:
    return pl.Series([None if one is None else int.from_bytes(one).bit_count() for one in hashes], dtype=pl.Int32)


def _items(totals: dict[str, int]) -> Items:
    other = totals["items"] - totals["pictures"] - totals["videos"]
    names = ("items", "bytes", "pictures", "videos", "deleted", "seen_before")
    return Items(**{name: totals[name] for name in names}, other=other)


def _hits(totals: dict[str, int], hits: pl.LazyFrame, facts: ScanFacts) -> HitFigures:
    best = hits.filter(pl.col("standing").is_in(_THREE), pl.col("sha256").is_not_null())
    best = best.group_by("sha256").agg(_strongest()).group_by("standing").agg(pl.len())
    held = hits.filter(pl.col("kind") == "positive", pl.col("held")).select(pl.col("item").n_unique())
    return HitFigures(
        items=Three(**{name: totals[f"as_{name}"] for name in _THREE}),
        contents=Three(**dict(_collected(best).iter_rows())),
        held=_collected(held).item(),
        contradicted=totals["as_contradicted"],
        suppressed=totals["as_suppressed"],
        negative=totals["as_negative"],
        known_good=totals["as_known_good"],
        left_out=facts.counts.left_out,
    )


_THREE = ("identical", "md5_only", "near")
_RANK = {"identical": 0, "md5_only": 1, "near": 2}


def _strongest() -> pl.Expr:
    """Of several standings of the three the strongest; none where others only."""
    ranks = pl.col("standing").replace_strict(_RANK, default=None, return_dtype=pl.Int8)
    return ranks.min().replace_strict({rank: name for name, rank in _RANK.items()}, return_dtype=pl.String)


def _three(row: dict[str, int]) -> Three:
    return Three(**{name: row[name] for name in _THREE})


def _counts() -> list[pl.Expr]:
    return [(pl.col("standing") == name).sum().cast(pl.Int64).alias(name) for name in _THREE]


def _by_list(hits: pl.LazyFrame) -> tuple[ByList, ...]:
    of = ["list", "owner", "version", "kind"]
    doubt = [(pl.col("standing") == name).any().alias(name) for name in ("contradicted", "suppressed")]
    held = (pl.col("held").any() & (pl.col("kind").first() == "positive")).alias("held")
    items = hits.group_by(*of, "item").agg(_strongest(), *doubt, held)
    unsure = pl.col("standing").is_null()
    rows = items.group_by(of).agg(
        *_counts(),
        (unsure & pl.col("contradicted")).sum().cast(pl.Int64).alias("contradicted"),
        (unsure & ~pl.col("contradicted") & pl.col("suppressed")).sum().cast(pl.Int64).alias("suppressed"),
        pl.col("held").sum().cast(pl.Int64),
    )
    return tuple(
        ByList(
            **{name: row[name] for name in (*of, "contradicted", "suppressed", "held")},
            items=_three(row),
        )
        for row in _collected(rows.filter(pl.col("kind") == "positive").sort(of)).iter_rows(named=True)
    )


def _by_category(hits: pl.LazyFrame) -> tuple[ByCategory, ...]:
    standing = hits.filter(pl.col("standing").is_in(_THREE)).select("item", "standing", "categories")
    each = standing.explode("categories").drop_nulls("categories").unnest("categories")
    rows = each.group_by("scheme", "code", "item").agg(_strongest()).group_by("scheme", "code").agg(_counts())
    named = _collected(rows.sort("scheme", "code")).iter_rows(named=True)
    return tuple(ByCategory(scheme=row["scheme"], code=row["code"], items=_three(row)) for row in named)


def _by_place(items: pl.LazyFrame) -> tuple[ByPlace, ...]:
    rows = items.group_by("place").agg(pl.len().cast(pl.Int64).alias("all"), *_counts())
    named = _collected(rows.sort("all", "place", descending=[True, False])).iter_rows(named=True)
    return tuple(ByPlace(place=row["place"], items=row["all"], hits=_three(row)) for row in named)


def _timeline(items: pl.LazyFrame) -> tuple[Month, ...]:
    media = pl.col("picture") | pl.col("video")
    timed = items.filter(media | pl.col("standing").is_in(_THREE), pl.col("time").is_not_null())
    rows = timed.group_by(pl.col("time").dt.strftime("%Y-%m").alias("month")).agg(
        media.sum().cast(pl.Int64).alias("media"), *_counts()
    )
    named = _collected(rows.sort("month")).iter_rows(named=True)
    return tuple(Month(month=row["month"], media=row["media"], hits=_three(row)) for row in named)


def _unmatched(totals: dict[str, int], facts: ScanFacts) -> Unmatched:
    names = ("low_quality", "flat", "not_decoded", "videos", "no_digest")
    refused = sum(one.refused is not None for one in facts.lists)
    return Unmatched(**{name: totals[name] for name in names}, lists_refused=refused)


def _unread(unread: pl.LazyFrame) -> Unread:
    nothing = (pl.col("what") == "nothing of it").sum().cast(pl.Int64).alias("nothing")
    rows = _collected(unread.group_by("reason").agg(pl.len().cast(pl.Int64).alias("all"), nothing).sort("reason"))
    return Unread(
        items=int(rows["all"].sum()),
        nothing=int(rows["nothing"].sum()),
        by_reason=dict(rows.select("reason", "all").iter_rows()),
    )


def _stacks(stacks: pl.DataFrame, kind: str) -> Stacks:
    of = stacks.filter(pl.col("kind") == kind)
    return Stacks(stacks=len(of), contents=int(of["contents"].sum()), items=int(of["items"].sum()))


def _traces(hits: pl.LazyFrame) -> dict[str, int]:
    once = hits.filter(pl.col("standing").is_in(_THREE)).select("item", "traces").unique("item")
    acts = once.explode("traces").drop_nulls("traces").select(pl.col("traces").struct.field("act"))
    return dict(_collected(acts.group_by("act").agg(pl.len()).sort("act")).iter_rows())
