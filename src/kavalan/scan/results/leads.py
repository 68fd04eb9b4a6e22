"""The hits that a report lists: the strongest, an item at a time, each with its doubts in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kavalan.matching.error_rates import quote
from kavalan.scan.places import PlaceKind
from kavalan.scan.results.words import flag_words, method_words, plain, size_words, time_words, trace_words, turn_words
from kavalan.sources import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

HITS_OF_ITEM = 5
TRACES_OF_ITEM = 10

_ORDER = {"identical": 0, "md5_only": 1, "near": 2, "contradicted": 3, "suppressed": 4, "negative": 5}
# What a person keeps comes before what a program keeps by itself.
_PLACES = [
    PlaceKind.MESSENGER_SENT,
    PlaceKind.CAMERA,
    PlaceKind.PICTURES,
    PlaceKind.DOCUMENTS,
    PlaceKind.DESKTOP,
    PlaceKind.DOWNLOADS,
    PlaceKind.USER,
    PlaceKind.MESSENGER_RECEIVED,
    PlaceKind.MESSENGER,
    PlaceKind.TRASH,
    PlaceKind.BACKUP,
    PlaceKind.DELETED,
    PlaceKind.UNKNOWN,
    PlaceKind.MESSENGER_AUTO,
    PlaceKind.APP,
    PlaceKind.CACHE,
    PlaceKind.BROWSER_CACHE,
    PlaceKind.THUMBNAILS,
    PlaceKind.SYSTEM,
]
_PLACE_ORDER = {str(place): number for number, place in enumerate(_PLACES)}


@dataclass(frozen=True, slots=True)
class LeadHit:
    """One hit in words.

    Attributes:
        method: how the content was recognised.
        list: name, owner and version of the list.
        entry: the owner's key, or where in the owner's file.
        categories: each with its scheme.
        flags: what else the owner says.
        near: distance, turn and qualities; empty for what is not near.
        rate: number of the quoted error rate among the report's; None for what is not near.
        doubts: why it must be looked at with care.
    """

    method: str
    list: str
    entry: str
    categories: tuple[str, ...]
    flags: tuple[str, ...]
    near: str
    rate: int | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """An item with hits.

    Attributes:
        item: its number.
        standing: what it comes to.
        about: kind and size.
        path: for people.
        original: its path on the device, or empty.
        sha256: in hex.
        place: in words.
        rule: what says so.
        state: in words; empty for what its source lists.
        times: each in words.
        traces: each in a sentence.
        more_traces: that are left out.
        hits: the strongest.
        more: hits that are left out.
    """

    item: int
    standing: str
    about: str
    path: str
    original: str
    sha256: str
    place: str
    rule: str
    state: str
    times: tuple[tuple[str, str], ...]
    traces: tuple[str, ...]
    more_traces: int
    hits: tuple[LeadHit, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Leads:
    """What a report lists.

    Attributes:
        items: the strongest first.
        more: items that are left out.
    """

    items: tuple[Lead, ...]
    more: int


class Rates:
    """The error rates that hits quote, each once, numbered from 1 as they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, distance: int, qualities: tuple[int | None, int | None]) -> int:
        """The number of what is to be said of a near hit (`kavalan.matching.error_rates.quote`)."""
        known = [quality for quality in qualities if quality is not None]
        try:
            text = quote(distance, min(known) if len(known) == len(qualities) else None)
        except ValueError:  # a radius beyond what was measured
            text = f"No error rate was measured for {distance} bits."
        return self._numbers.setdefault(text, len(self._numbers) + 1)

    @property
    def texts(self) -> tuple[str, ...]:
        """What was quoted, in the order of the numbers."""
        return tuple(self._numbers)


def leads(hits: Path, most: int, rates: Rates, *, near: bool) -> Leads:
    """The items of the strongest hits, of those that are near and nothing stronger, or of all others.

    Identical before MD5 only, near by distance, doubtful ones last; among equals what lay in a person's folders first.

    Args:
        hits: `hits.parquet`.
        most: how many items.
        rates: where what the near hits quote is collected.
        near: which of the two.
    """
    ranked = (
        pl.scan_parquet(hits)
        .filter(pl.col("standing").is_in(list(_ORDER)))
        .with_columns(
            pl.col("standing").replace_strict(_ORDER, return_dtype=pl.Int32).alias("rank"),
            pl.col("place").replace_strict(_PLACE_ORDER, return_dtype=pl.Int32).alias("where"),
        )
    )
    # One number, the lower the stronger: a distance is at most 256, and there are fewer than 64 places.
    strength = (pl.col("rank") * 1024 + pl.col("distance").fill_null(0)) * 64 + pl.col("where")
    best = pl.col("rank").min() == _ORDER["near"]
    by_item = ranked.group_by("item").agg(strength.min().alias("strength"), best.alias("near"))
    of_kind = by_item.filter(pl.col("near") == near)
    total = of_kind.select(pl.len()).collect(engine="streaming").item()
    strongest = of_kind.sort("strength", "item").head(most)
    chosen = strongest.select("item").with_row_index("order").collect(engine="streaming")
    told = ranked.filter(pl.col("item").is_in(chosen["item"].implode())).collect(engine="streaming")
    told = told.join(chosen, on="item").sort("order", "rank", "distance", "list", "position")
    groups = told.group_by("item", maintain_order=True)
    items = tuple(_lead(group.head(HITS_OF_ITEM).to_dicts(), len(group), rates) for _, group in groups)
    return Leads(items, total - len(items))


def _lead(rows: Sequence[Mapping[str, Any]], hits: int, rates: Rates) -> Lead:
    first = rows[0]
    traces = first["traces"] or []
    return Lead(
        item=first["item"],
        standing=first["standing"],
        about=", ".join(filter(None, (plain(first["media_type"] or ""), size_words(first["size"])))),
        path=first["shown"],
        original=shown(first["original"]) if first["original"] else "",
        sha256=first["sha256"].hex(),
        place=PlaceKind(first["place"]).words,
        rule=first["place_rule"],
        state={"deleted": "deleted", "unknown": "state unknown"}.get(first["item_state"], ""),
        times=tuple(
            (name, time_words(first[name], first["clock"]))
            for name in ("modified", "created", "accessed")
            if first[name]
        ),
        traces=tuple(trace_words(trace) for trace in traces[:TRACES_OF_ITEM]),
        more_traces=max(0, len(traces) - TRACES_OF_ITEM),
        hits=tuple(_hit(row, rates) for row in rows),
        more=hits - len(rows),
    )


def _hit(row: Mapping[str, Any], rates: Rates) -> LeadHit:
    near = row["method"] == "near"
    entry = f"entry {plain(row['key'])}" if row["key"] else f"record {row['position']} of the owner's file"
    return LeadHit(
        method=method_words(row["method"]),
        list=f"{row['list']} of {plain(row['owner'])}, {plain(row['version'])}",
        entry=entry,
        categories=tuple(f"{plain(one['scheme'])} {plain(one['code'])}" for one in row["categories"] or ()),
        flags=tuple(flag_words(row["flags"])),
        near=_near_words(row) if near else "",
        rate=rates.number(row["distance"], (row["subject_quality"], row["entry_quality"])) if near else None,
        doubts=tuple(_doubts(row)),
    )


def _near_words(row: Mapping[str, Any]) -> str:
    words = [f"{row['distance']} of 256 bits apart"]
    if row["recomputed"] is not None:
        words.append(f"{row['recomputed']} after a second, full decode")
    if turn := turn_words(row["rotation"]):
        words.append(f"once it is {turn}")
    words.append(f"quality {_or_unknown(row['subject_quality'])} here, {_or_unknown(row['entry_quality'])} on the list")
    return ", ".join(words)


def _or_unknown(value: int | None) -> str:
    return "unknown" if value is None else str(value)


def _doubts(row: Mapping[str, Any]) -> list[str]:
    doubts = []
    if row["kind"] == "negative":
        doubts.append("The list says that this is not known material.")
    if row["suppressed_by"]:
        doubts.append(f"Suppressed by the negative list {', '.join(map(plain, row['suppressed_by']))}.")
    if row["contradicted"]:
        doubts.append("Contradicted: another digest or the size says that these are not the same bytes.")
    if row["held"]:
        doubts.append("Held for a person: more contents than likely match this entry.")
    return doubts
