"""`report.html`: one page that answers at once, needs nothing from outside, and never holds a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from kavalan.scan.places import PlaceKind, rules
from kavalan.scan.results.leads import Rates, leads
from kavalan.scan.results.standing import Standing
from kavalan.scan.results.words import plain, sentence, size_words, time_words
from kavalan.sources import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kavalan.scan.facts import ScanFacts
    from kavalan.scan.results.summary import Figures, Month

ITEMS_SHOWN = 400
NEAR_SHOWN = 100
STACKS_SHOWN = 50
UNREAD_SHOWN = 10
MONTHS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class StackShown:
    """A stack of unknown pictures or videos.

    Attributes:
        stack: its number.
        kind: `picture` or `video`.
        items: in it.
        contents: different ones.
        representative: number of the item to look at.
        path: of that item, for people.
        about: its kind and size.
        places: how many items in which kind of place.
        widest: bits from it to the furthest; None for videos.
        span: first and last time.
    """

    stack: int
    kind: str
    items: int
    contents: int
    representative: int
    path: str
    about: str
    places: tuple[str, ...]
    widest: int | None
    span: str


@dataclass(frozen=True, slots=True)
class UnreadShown:
    """Things that could not be read for reasons of one class.

    Attributes:
        reason: the class.
        total: how many.
        examples: item, path for people and the reason as it was said, the first of them.
    """

    reason: str
    total: int
    examples: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the timeline.

    Attributes:
        when: a month or a year.
        media: pictures and videos.
        identical: items with such hits, as the next two.
        md5_only: see `identical`.
        near: see `identical`.
        share: of the longest bar, in per cent.
    """

    when: str
    media: int
    identical: int
    md5_only: int
    near: int
    share: int


def write_report(path: Path, out: Path, facts: ScanFacts, found: Figures) -> None:
    """Write the report.

    Args:
        path: to be written.
        out: the scan's folder with its tables.
        facts: of the scan.
        found: its figures.

    Raises:
        OSError: the disk is full or may not be written.
    """
    rates, hits = Rates(), out / "hits.parquet"
    strong = leads(hits, ITEMS_SHOWN, rates, near=False)
    near = leads(hits, NEAR_SHOWN, rates, near=True)
    bars, by = timeline(found.timeline)
    text = (
        _environment()
        .get_template("report.html")
        .render(
            facts=facts,
            found=found,
            strong=strong,
            near=near,
            rates=rates.texts,
            stacks={kind: _stacks(out, kind) for kind in ("picture", "video")},
            unread=_unread(out, found),
            bars=bars,
            bars_by=by,
            place_words={str(place): place.words for place in PlaceKind},
            standing_words={one.name.lower(): one.words for one in Standing},
            rules=_rules_met({lead.rule for lead in (*strong.items, *near.items)}),
            duration=_duration(facts),
        )
    )
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)


def timeline(months: Sequence[Month]) -> tuple[list[Bar], str]:
    """The bars of a timeline, by month, or by year where there are too many months, and which of the two.

    A bar is as long as its number of pictures and videos; one that has any is at least one per cent long.
    """
    by = "month" if len(months) <= MONTHS_SHOWN else "year"
    summed: dict[str, tuple[int, int, int, int]] = {}
    for one in months:
        when = one.month if by == "month" else one.month[:-3]
        media, identical, md5_only, near = summed.get(when, (0, 0, 0, 0))
        hits = one.hits
        summed[when] = (
            media + one.media,
            identical + hits.identical,
            md5_only + hits.md5_only,
            near + hits.near,
        )
    longest = max((media for media, *_ in summed.values()), default=0)
    return [Bar(when, *row, _share(row[0], longest)) for when, row in summed.items()], by


def _share(value: int, longest: int) -> int:
    return max(1, round(100 * value / longest)) if value else 0


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kavalan.scan.results", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        plain=plain, moment=time_words, sentence=sentence, size=size_words, grouped="{:,}".format
    )
    return environment


def _duration(facts: ScanFacts) -> str:
    minutes, seconds = divmod(round((facts.ended - facts.started).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _stacks(out: Path, kind: str) -> list[StackShown]:
    """The largest stacks of a kind that hold more than one item, with what stands for each."""
    rows = pl.scan_parquet(out / "stacks.parquet").filter(pl.col("kind") == kind, pl.col("items") > 1)
    chosen = rows.head(STACKS_SHOWN).collect(engine="streaming")
    wanted = chosen["representative"].implode()
    items = pl.scan_parquet(out / "items.parquet").filter(pl.col("item").is_in(wanted))
    items = items.select(pl.col("item").alias("representative"), "path", pl.col("kind").alias("media_type"), "size")
    told = chosen.join(items.collect(engine="streaming"), on="representative").sort("stack")
    return [
        StackShown(
            stack=row["stack"],
            kind=kind,
            items=row["items"],
            contents=row["contents"],
            representative=row["representative"],
            path=shown(row["path"]),
            about=", ".join(filter(None, (plain(row["media_type"] or ""), size_words(row["size"])))),
            places=tuple(f"{one['items']:,} {PlaceKind(one['place']).words}" for one in row["places"]),
            widest=row["widest"],
            span=" – ".join(dict.fromkeys(f"{row[name]:%Y-%m-%d}" for name in ("first", "last") if row[name])),
        )
        for row in told.iter_rows(named=True)
    ]


def _unread(out: Path, found: Figures) -> list[UnreadShown]:
    table = pl.scan_parquet(out / "unread.parquet")
    first = table.group_by("reason").agg(pl.struct("item", "shown", "why").sort_by("item").head(UNREAD_SHOWN))
    told = dict(first.collect(engine="streaming").iter_rows())
    by_size = sorted(found.unread.by_reason.items(), key=lambda one: (-one[1], one[0]))
    return [
        UnreadShown(
            reason, total, tuple((one["item"], one["shown"], plain(one["why"] or "")) for one in told.get(reason, ()))
        )
        for reason, total in by_size
    ]


def _rules_met(told: Iterable[str]) -> list[tuple[str, str, str]]:
    """The rules that are named in some texts, each with what it means and the source of the fact."""
    texts = list(told)
    met = []
    for rule in rules():
        for pattern in rule.patterns:
            name = f"{pattern} ({rule.platform}, {rule.certainty})"
            if any(name in text for text in texts):
                met.append((name, rule.place.words, rule.source))
    return met
