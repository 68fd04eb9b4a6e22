"""What `summary.json` says: every figure of a scan, each with what it counts."""

from __future__ import annotations

import msgspec

from kavalan.scan.facts import ListFacts, SeenFacts

FORMAT = 1
"""Of `summary.json`: grows when a key changes its meaning."""


class Three(msgspec.Struct, frozen=True, kw_only=True):
    """Three figures that are never added up.

    Attributes:
        identical: by SHA-256 or SHA-1.
        md5_only: by MD5, with or without the size, and by nothing stronger.
        near: by PDQ, and by nothing stronger.
    """

    identical: int = 0
    md5_only: int = 0
    near: int = 0


class HitFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What lists know.

    An item counts once, by the strongest that stands; a content that lies in several places is an item in each.

    Attributes:
        items: with a hit on known material, neither suppressed nor contradicted.
        contents: different ones by SHA-256 among these.
        held: items with a hit that is held for a person; they are counted above as well.
        contradicted: items with nothing better than a contradicted hit.
        suppressed: items whose hits on known material are all suppressed by negative lists.
        negative: items on negative lists only.
        known_good: items without any hit that are part of a system or program.
        left_out: weaker hits beyond the most that are kept of one item on one list.
    """

    items: Three
    contents: Three
    held: int
    contradicted: int
    suppressed: int
    negative: int
    known_good: int
    left_out: int


class ByList(msgspec.Struct, frozen=True, kw_only=True):
    """Items by the strongest hit on one list, doubts apart."""

    list: str
    owner: str
    version: str
    kind: str
    items: Three
    contradicted: int
    suppressed: int
    held: int


class ByCategory(msgspec.Struct, frozen=True, kw_only=True):
    """Items by the strongest hit with one category of one scheme, doubtful ones left out."""

    scheme: str
    code: str
    items: Three


class ByPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Items in one kind of place (`kavalan.scan.places.PlaceKind`)."""

    place: str
    items: int
    hits: Three


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """Pictures, videos and hits by the month of the file's own time (modified, else created), as its source states it.

    Attributes:
        month: `2026-11`.
        media: pictures and videos.
        hits: items.
    """

    month: str
    media: int
    hits: Three


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """Doubts about the times of pictures, videos and hits.

    Attributes:
        none: without a time.
        local: by the maker's clock in a zone that is not known.
        early: before 1990.
        late: after the end of the scan.
    """

    none: int
    local: int
    early: int
    late: int


class Stacks(msgspec.Struct, frozen=True, kw_only=True):
    """Unknown pictures, or videos.

    Attributes:
        stacks: to be looked at.
        contents: different ones by SHA-256.
        items: in them.
    """

    stacks: int = 0
    contents: int = 0
    items: int = 0


class Items(msgspec.Struct, frozen=True, kw_only=True):
    """All items.

    Attributes:
        items: rows.
        bytes: of these.
        pictures: by content.
        videos: by content.
        other: of any other kind.
        deleted: that the source no longer lists.
        seen_before: whose content was in an earlier scan that was named.
    """

    items: int
    bytes: int
    pictures: int
    videos: int
    other: int
    deleted: int
    seen_before: int


class Unmatched(msgspec.Struct, frozen=True, kw_only=True):
    """What was matched in part only.

    Attributes:
        lists_refused: lists that were not asked, or not to the end.
        low_quality: pictures with a PDQ quality below 50: held against digests only.
        flat: other pictures whose PDQ hash is nearly constant: the same.
        not_decoded: pictures without a PDQ hash: the same.
        videos: of which only the digests are held against lists.
        no_digest: items of which nothing could be read: held against nothing.
    """

    lists_refused: int
    low_quality: int
    flat: int
    not_decoded: int
    videos: int
    no_digest: int


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read.

    Attributes:
        items: in all.
        nothing: of these, of which not even digests could be taken.
        by_reason: items by the class of the reason.
    """

    items: int
    nothing: int
    by_reason: dict[str, int]


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """`summary.json`.

    Attributes:
        format: see `FORMAT`.
        source: the source, safe to print.
        source_kind: see `ScanFacts`, as are the others until `seen_before`.
        items: see `Items`, and so on.
        stacks_alike: whether likeness was asked of the unknown; else stacks are of identical contents only.
        traces: records of use of items with hits, by what happened.
    """

    format: int
    source: str
    source_kind: str
    authority: str
    examiner: str
    unit: str | None
    profile: str
    started: str
    ended: str
    end: str
    why: str | None
    runs: int
    sandbox: str
    sandbox_complete: bool
    tools: dict[str, str]
    parameters: dict[str, str]
    lists: tuple[ListFacts, ...]
    seen_before: tuple[SeenFacts, ...]
    items: Items
    hits: HitFigures
    by_list: tuple[ByList, ...]
    by_category: tuple[ByCategory, ...]
    by_place: tuple[ByPlace, ...]
    unmatched: Unmatched
    unread: Unread
    unknown_pictures: Stacks
    unknown_videos: Stacks
    stacks_alike: bool
    timeline: tuple[Month, ...]
    times: Times
    traces: dict[str, int]

    def encode(self) -> bytes:
        """JSON, keys in the order of the fields."""
        return msgspec.json.format(msgspec.json.encode(self, order="deterministic"), indent=2) + b"\n"
