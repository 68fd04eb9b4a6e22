"""The hits on the items of a batch, against lists in the state that the scan's plan fixes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import polars as pl

from kavalan.fingerprint import DIHEDRAL
from kavalan.lists import Catalogue, Limits, ListError, Method, Subject
from kavalan.scan.errors import RefusedError, StoppedError
from kavalan.scan.facts import ListFacts
from kavalan.scan.layout import HITS

if TYPE_CHECKING:
    from kavalan.lists import Answer, Hit, Known
    from kavalan.scan.second import SecondLook

_PDQ = 32
_SUBJECT = ("md5", "sha1", "sha256", "size", "pdq", "pdq_quality", "rotations")
_OF_HIT = (
    "list",
    "owner",
    "version",
    "state",
    "agreement",
    "row",
    "key",
    "position",
    "distance",
    "recomputed",
    "rotation",
    "subject_quality",
    "entry_quality",
    "contradicted",
    "held",
)


class Found(msgspec.Struct, frozen=True):
    """Items of one batch, each in every figure that is true of it (`kavalan.lists.Tally`), and hits left out."""

    identical: int = 0
    md5_only: int = 0
    near: int = 0
    suppressed: int = 0
    known_good: int = 0
    left_out: int = 0

    def __add__(self, other: Found) -> Found:
        """Of two batches."""
        return Found(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


def list_facts(catalogue: Catalogue, names: Sequence[str], unit: str | None) -> tuple[ListFacts, ...]:
    """The lists that are asked for, as they are now.

    Raises:
        RefusedError: one is not there, or may not be used.
    """
    if len(set(names)) < len(names):
        raise RefusedError("a list is named twice")
    try:
        catalogue.open(names, unit)
        return tuple(_facts(catalogue, name) for name in names)
    except ListError as error:
        raise RefusedError(str(error)) from error


class HitFinder:
    """Matches batch after batch. Belongs to one thread.

    Args:
        catalogue: of the lists.
        lists: with the state in which each is asked.
        unit: for whom.
        radius: bits up to which pictures are near.
        again: the second look, None for none.

    Raises:
        RefusedError: a list has not this state any more, or may not be used.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        lists: Sequence[ListFacts],
        unit: str | None,
        radius: int,
        again: SecondLook | None,
    ) -> None:
        self._catalogue = catalogue
        self._lists = {one.name: one for one in lists}
        self._unit = unit
        self._again = again
        states = {one.name: one.state for one in lists}
        try:
            self._matcher = catalogue.open(
                list(states), unit, limits=Limits(radius=radius), recompute=again, states=states
            )
        except ListError as error:
            raise RefusedError(str(error)) from error

    def recall(self, hits: Path) -> None:
        """Take up what an earlier run counted: entries that too many items match are held.

        Args:
            hits: the hits of a batch.
        """
        rows = pl.scan_parquet(hits).filter(pl.col("kind") != "known_good")
        near = (pl.col("method") == Method.NEAR.value).alias("near")
        for name, row, is_near, count in rows.group_by("list", "row", near).len().collect().iter_rows():
            self._matcher.recall(name, row, count, near=is_near)

    def find(self, frame: pl.DataFrame, first: int) -> tuple[pl.DataFrame, Found]:
        """Every hit on the items of a batch, in the columns of `HITS`.

        Args:
            frame: the batch.
            first: number of its first item.

        Raises:
            StoppedError: a list may not be used any more, or was damaged or removed.
        """
        self._check()
        if self._again is not None:
            self._again.about(frame, first)
        digests: list[bytes | None] = frame["sha256"].to_list()
        try:
            answer = self._matcher.match(list(_subjects(frame, first)))
        except ListError as error:
            raise StoppedError(str(error)) from error
        rows = [_hit(hit, digests[hit.subject - first]) for hit in answer.hits]
        rows += [_mark(mark, self._lists[mark.list], digests[mark.subject - first]) for mark in answer.known]
        table = pl.DataFrame(rows, schema=HITS, orient="row").sort("item", maintain_order=True)
        return table, _found(answer)

    def _check(self) -> None:
        """Agreements as they are now: one may have been ended since its list was opened.

        Raises:
            StoppedError: a list may not be used any more.
        """
        try:
            self._catalogue.open(list(self._lists), self._unit)
        except ListError as error:
            raise StoppedError(str(error)) from error


def refusals(catalogue: Catalogue, names: Sequence[str], unit: str | None) -> Mapping[str, str]:
    """Which lists may not be used now, with the reason."""
    found = {}
    for name in names:
        try:
            catalogue.open([name], unit)
        except ListError as error:
            found[name] = str(error)
    return found


def _facts(catalogue: Catalogue, name: str) -> ListFacts:
    status = catalogue.status(name)
    info = status.info
    return ListFacts(
        name=name,
        owner=info.owner,
        version=info.version,
        kind=_kind(info.kind.value),
        state=status.state,
        entries=status.entries,
        sha256=status.sha256,
        agreement=info.agreement.reference if info.agreement else None,
    )


def _kind(value: str) -> str:
    return value.replace("-", "_")


def _subjects(frame: pl.DataFrame, first: int) -> Iterator[Subject]:
    rows = frame.select(_SUBJECT).iter_rows()
    for number, (md5, sha1, sha256, size, pdq, quality, turned) in enumerate(rows, first):
        if sha256 is None:
            continue
        hashes = (turned[at : at + _PDQ] for at in range(0, len(turned or b""), _PDQ))
        yield Subject(
            id=number,
            md5=md5,
            sha1=sha1,
            sha256=sha256,
            size=size,
            pdq=pdq,
            quality=quality,
            turned=tuple(zip(DIHEDRAL[1:], hashes, strict=False)),
        )


def _hit(hit: Hit, sha256: bytes | None) -> dict[str, object]:
    return {name: getattr(hit, name) for name in _OF_HIT} | {
        "item": hit.subject,
        "sha256": sha256,
        "kind": _kind(hit.kind.value),
        "categories": [{"scheme": one.scheme, "code": one.code} for one in hit.categories],
        "flags": int(hit.flags),
        "method": hit.method.value,
        "suppressed_by": list(hit.suppressed_by),
    }


def _mark(mark: Known, one: ListFacts, sha256: bytes | None) -> dict[str, object]:
    return {
        "item": mark.subject,
        "sha256": sha256,
        "list": mark.list,
        "owner": one.owner,
        "version": mark.version,
        "kind": one.kind,
        "state": one.state,
        "agreement": one.agreement,
        "categories": [],
        "method": mark.method.value,
        "contradicted": False,
        "held": False,
        "suppressed_by": [],
    }


def _found(answer: Answer) -> Found:
    tally = answer.tally
    return Found(
        identical=tally.identical,
        md5_only=tally.md5_only,
        near=tally.near,
        suppressed=tally.suppressed,
        known_good=tally.known_good,
        left_out=sum(cut.left_out for cut in answer.cut),
    )
