"""`kavalan match`: are these files, or the contents with these hashes, on the lists."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kavalan.cli.fingerprints import looks_typed, subject_of
from kavalan.cli.lists import CatalogueOption, list_errors, open_catalogue
from kavalan.cli.output import shown_path
from kavalan.cli.paths import items_of
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from kavalan.fingerprint import Fingerprinter, Reading
    from kavalan.lists import Answer, Cut, Hit, Known, Subject
    from kavalan.sources import Item

_LISTS = Path("lists")
# Contents asked about at a time: what is held in memory, and how soon the first answer comes.
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Asked:
    """One content that was asked about.

    Attributes:
        name: the file or the hash as it was given, safe to print.
        subject: what the lists are asked.
        error: what of a file could not be read.
        item: the file, where it is one.
    """

    name: str
    subject: Subject
    error: str | None = None
    item: Item | None = None


def match(
    targets: Annotated[
        list[str], typer.Argument(metavar="HEX|FILE...", help="Hashes in hex (pdq:HEX for a PDQ), files, folders.")
    ],
    *,
    lists: Annotated[list[str], typer.Option("--lists", help="Name of a list to match against (repeat).")],
    unit: Annotated[str | None, typer.Option(help="The unit that matches, where an agreement names units.")] = None,
    radius: Annotated[int, typer.Option(min=0, max=40, help="Bits up to which pictures are near.")] = 31,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, a tally last.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Decoding processes.")] = 2,
    catalogue: CatalogueOption = _LISTS,
) -> None:
    """Ask hash lists about files or hashes. Every hit says which list, how it was found, and how sure that is.

    Identical, MD5-only and near are told apart. A hit is a lead: a person confirms it.

    Exit code: 0 when everything was asked, 1 when a file could not be read wholly, 2 when nothing could be asked.
    """
    from kavalan.fingerprint import Fingerprinter
    from kavalan.lists import Limits

    with list_errors(), ExitStack() as stack:
        typed = [target for target in targets if looks_typed(target) and not Path(target).exists()]
        files = [Path(target) for target in targets if target not in typed]
        again = _Again(stack)
        matcher = open_catalogue(catalogue).open(lists, unit, limits=Limits(radius=radius), recompute=again)
        shown = _Shown(as_json=as_json)
        asked: Iterator[_Asked] = (_Asked(text, subject_of(text, number)) for number, text in enumerate(typed))
        if files:
            fingerprinter = stack.enter_context(Fingerprinter(workers=workers, rotations=True))
            asked = chain(asked, _read(fingerprinter, files, len(typed)))
        while chunk := list(islice(asked, _CHUNK)):
            again.about(chunk)
            shown.add(chunk, matcher.match([one.subject for one in chunk]))
        shown.end()
    raise typer.Exit(1 if shown.unread else 0)


def _read(fingerprinter: Fingerprinter, files: list[Path], first: int) -> Iterator[_Asked]:
    for number, reading in enumerate(fingerprinter.read(items_of(files)), start=first):
        yield _Asked(shown_path(reading.item.path), _subject(number, reading), reading.error, reading.item)


def _subject(number: int, reading: Reading[Item]) -> Subject:
    from kavalan.fingerprint import DIHEDRAL
    from kavalan.lists import Subject

    found = reading.fingerprint
    if found is None:
        return Subject(id=number)
    turned = zip(DIHEDRAL[1:], (found.rotations or ())[1:], strict=bool(found.rotations))
    return Subject(
        id=number,
        md5=found.md5,
        sha1=found.sha1,
        sha256=found.sha256,
        size=found.size,
        pdq=found.pdq,
        quality=found.pdq_quality,
        turned=tuple(turned),
    )


class _Again:
    """The second look at a near hit: one full decode, as the reference does it. Its worker starts when first needed."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._items: dict[int, Item] = {}
        self._hashes: dict[int, dict[str, bytes]] = {}
        self._fingerprinter: Fingerprinter | None = None

    def about(self, chunk: list[_Asked]) -> None:
        """Say what the numbers of the next questions stand for."""
        self._items = {asked.subject.id: asked.item for asked in chunk if asked.item is not None}
        self._hashes.clear()

    def __call__(self, number: int, turn: str) -> bytes | None:
        """The hash of a file turned that way, or None for what was given as a hash."""
        if number in self._items and number not in self._hashes:
            self._hashes[number] = self._decode(self._items[number])
        return self._hashes.get(number, {}).get(turn)

    def _decode(self, item: Item) -> dict[str, bytes]:
        from kavalan.fingerprint import DIHEDRAL, Fingerprinter

        if self._fingerprinter is None:
            exactly = Fingerprinter(workers=1, rotations=True, exact=True)
            self._fingerprinter = self._stack.enter_context(exactly)
        (reading,) = self._fingerprinter.read([item])
        rotations = reading.fingerprint.rotations if reading.fingerprint else None
        return dict(zip(("", *DIHEDRAL[1:]), rotations or (), strict=False))


class _Shown:
    """What has been answered so far, printed as it comes."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._tally: Counter[str] = Counter()
        self._near: list[Hit] = []
        self.unread = 0

    def add(self, chunk: list[_Asked], answer: Answer) -> None:
        """Print the answers to one chunk."""
        import msgspec

        hits: dict[int, list[Hit]] = defaultdict(list)
        for hit in answer.hits:
            hits[hit.subject].append(hit)
        near = [hit for hit in answer.hits if hit.distance is not None]
        self._near = sorted((*self._near, *near), key=_doubt)[-1:]
        known = {mark.subject: mark for mark in answer.known}
        cut = {one.subject: one for one in answer.cut}
        self._tally.update(msgspec.to_builtins(answer.tally))
        for asked in chunk:
            self.unread += asked.error is not None
            number = asked.subject.id
            record = _record(asked, hits[number], known.get(number), cut.get(number))
            typer.echo(json.dumps(record) if self._as_json else _text(record))

    def end(self) -> None:
        """Print the tally, the three figures apart, and how often the most doubtful of the near hits is wrong."""
        tally = dict(self._tally)
        if self._as_json:
            typer.echo(json.dumps({"tally": tally, "unread": self.unread}))
            return
        parts = [f"{what.replace('_', ' ')}: {count}" for what, count in tally.items() if count or what == "subjects"]
        typer.echo("\n" + ", ".join(parts))
        if self._near:
            typer.echo(_rates(max(self._near, key=_doubt)))


def _record(asked: _Asked, hits: list[Hit], known: Known | None, cut: Cut | None) -> dict[str, Any]:
    import msgspec

    return {
        "asked": asked.name,
        "error": asked.error,
        "hits": [_hit_record(hit) for hit in hits],
        "known_good": msgspec.to_builtins(known) if known else None,
        "left_out": cut.left_out if cut else 0,
    }


def _hit_record(hit: Hit) -> dict[str, Any]:
    import msgspec

    record: dict[str, Any] = msgspec.to_builtins(hit)
    return record if hit.distance is None else record | {"error_rates": _rates(hit)}


def _quality(hit: Hit) -> int | None:
    """Of the poorer picture, where both are known."""
    known = [quality for quality in (hit.subject_quality, hit.entry_quality) if quality is not None]
    return min(known) if len(known) == 2 else None


def _doubt(hit: Hit) -> tuple[int, int]:
    """The hit for which the least can be said comes last."""
    return hit.distance or 0, -(_quality(hit) or 0)


def _rates(hit: Hit) -> str:
    from kavalan.matching.error_rates import quote

    return quote(hit.distance or 0, _quality(hit))


def _text(record: dict[str, Any]) -> str:
    lines = [printable(record["asked"])]
    if record["error"]:
        lines.append(f"  not wholly read: {printable(record['error'])}")
    lines += [_hit_line(hit) for hit in record["hits"]]
    if record["left_out"]:
        lines.append(f"  … and {record['left_out']} weaker hits left out")
    if record["known_good"]:
        lines.append(f"  known good: {record['known_good']['list']} by {record['known_good']['method']}")
    if not record["hits"] and not record["known_good"]:
        lines.append("  on none of the lists")
    return "\n".join(lines)


def _hit_line(hit: dict[str, Any]) -> str:
    categories = ", ".join(f"{one['scheme']} {one['code']}" for one in hit["categories"]) or "no category"
    doubts = [
        *(["another digest contradicts it"] if hit["contradicted"] else []),
        *([f"suppressed by {', '.join(hit['suppressed_by'])}"] if hit["suppressed_by"] else []),
        *(["held: this entry matches too much, look at it first"] if hit["held"] else []),
    ]
    line = f"  {_how(hit)}  {hit['list']} of {hit['owner']}, version {hit['version']}: {categories}"
    return printable("; ".join([line, *doubts]))


def _how(hit: dict[str, Any]) -> str:
    if hit["method"] != "near":
        return f"{'IDENTICAL' if hit['method'].startswith('sha') else 'MD5 ONLY'} ({hit['method']})"
    exactly = f", {hit['recomputed']} by full decode" if hit["recomputed"] is not None else ""
    turn = f", {hit['rotation']}" if hit["rotation"] else ""
    return (
        f"NEAR ({hit['distance']} bits{exactly}{turn}; qualities {hit['subject_quality']} and {hit['entry_quality']})"
    )
