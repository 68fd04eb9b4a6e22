"""Asking the hash lists of the workspace. Only workers import this: with it come Numba and the indexes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kavalan.casework.exhibits.models import Content
from kavalan.casework.hits.loader import Answered
from kavalan.casework.hits.models import ErrorRate, Hit
from kavalan.casework.hits.rules import Kind, Method, Seen, said
from kavalan.fingerprint import DIHEDRAL
from kavalan.lists import ListError, Subject
from kavalan.lists import Method as Found
from kavalan.matching.error_rates import quote
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.hits.second_look import SecondLook
    from kavalan.lists import Answer, Catalogue, Known, Matcher, Status
    from kavalan.lists import Hit as ListHit

_METHODS = {
    Found.SHA256: Method.SHA256,
    Found.SHA1: Method.SHA1,
    Found.MD5_AND_SIZE: Method.MD5_AND_SIZE,
    Found.MD5: Method.MD5,
    Found.NEAR: Method.NEAR,
}
_PDQ_BYTES = 32


class UnitLists:
    """All lists of the workspace that a unit may use, as they are at each question.

    Lists that refuse (a lapsed agreement, one that names other units, damage) are named with the reason. How many
    contents one entry meets is counted over the life of this object: make one for each run.

    Args:
        catalogue: the lists.
        unit: the name by which agreements know the unit.
        again: gives the hash of a content by a full decode, where the pictures can be read.
    """

    def __init__(self, catalogue: Catalogue, unit: str, again: SecondLook | None = None) -> None:
        self._catalogue = catalogue
        self._unit = unit
        self._again = again
        self._names: list[str] = []
        self._matcher: Matcher | None = None

    def ask(self, contents: Sequence[Content], now: datetime) -> Answered:
        """Every hit on some contents.

        Args:
            contents: at most some ten thousands.
            now: aware UTC; agreements are checked against it.

        Raises:
            kavalan.lists.ListError: a list that had just been opened cannot be read.
        """
        subjects = [subject_of(content) for content in contents]
        try:
            return self._ask(contents, subjects, now)
        except ListError:
            # A list lapsed, was removed or damaged since it was opened: a second look names it.
            self._names, self._matcher = [], None
            return self._ask(contents, subjects, now)

    def _ask(self, contents: Sequence[Content], subjects: Sequence[Subject], now: datetime) -> Answered:
        seen = {name: self._seen(name, now) for name in self._catalogue.names()}
        usable = [name for name, one in seen.items() if not one.refusal]
        if self._matcher is None or usable != self._names:
            self._matcher = self._catalogue.open(usable, self._unit, recompute=self._again)
            self._names = usable
        if self._again is not None:
            self._again.begin()
        answer = self._matcher.match(subjects)
        return Answered(
            contents=tuple(content.pk for content in contents),
            hits=tuple(_once(_hits(answer, seen))),
            seen=tuple(_with_left_out(seen, answer)),
        )

    def _seen(self, name: str, now: datetime) -> Seen:
        try:
            status = self._catalogue.status(name)
        except ListError as error:
            return Seen(name, refusal=_why(name, error))
        try:
            status.info.check_use(now, self._unit)
        except ListError as error:
            return _seen(status, _why(name, error))
        return _seen(status, "")


def subject_of(content: Content) -> Subject:
    """What the matcher is told of a content; nothing of it is decoded."""
    turned = bytes(content.rotations or b"")
    hashes = (turned[at : at + _PDQ_BYTES] for at in range(0, len(turned), _PDQ_BYTES))
    return Subject(
        id=content.pk,
        md5=bytes(content.md5),
        sha1=bytes(content.sha1),
        sha256=bytes(content.sha256),
        size=content.size,
        pdq=bytes(content.pdq) if content.pdq else None,
        quality=content.pdq_quality,
        turned=tuple(zip(DIHEDRAL[1:], hashes, strict=False)),
    )


def shown(text: str) -> str:
    """Text out of somebody's list as one line that prints and that every database stores."""
    return printable(text)


def _why(name: str, error: ListError) -> str:
    return shown(str(error).removeprefix(f"{name}: "))


def _seen(status: Status, refusal: str) -> Seen:
    info = status.info
    return Seen(
        name=info.name,
        owner=shown(info.owner),
        version=shown(info.version),
        kind=info.kind.value,
        agreement=shown(info.agreement.reference) if info.agreement else "",
        state=status.state,
        refusal=refusal,
    )


def _with_left_out(seen: Mapping[str, Seen], answer: Answer) -> Iterator[Seen]:
    left_out: Counter[str] = Counter()
    for cut in answer.cut:
        left_out[cut.list] += cut.left_out
    for name, one in seen.items():
        yield Seen(one.name, one.owner, one.version, one.kind, one.agreement, one.state, one.refusal, left_out[name])


def _hits(answer: Answer, seen: Mapping[str, Seen]) -> Iterator[Hit]:
    yield from map(_hit, answer.hits)
    for mark in answer.known:
        yield _mark(mark, seen[mark.list])


def _hit(found: ListHit) -> Hit:
    version = shown(found.version)
    hit = Hit(
        content_id=found.subject,
        list_name=found.list,
        owner=shown(found.owner),
        version=version,
        confirmed=version,
        state=found.state,
        kind=found.kind.value,
        agreement=shown(found.agreement or ""),
        entry_row=found.row,
        entry_position=found.position,
        entry_key=shown(found.key or ""),
        categories=[[shown(one.scheme), shown(one.code)] for one in found.categories],
        flags=int(found.flags),
        method=_METHODS[found.method],
        distance=found.distance,
        recomputed=found.recomputed,
        error_rate=_error_rate(found),
        rotation=found.rotation or "",
        content_quality=found.subject_quality,
        entry_quality=found.entry_quality,
        contradicted=found.contradicted,
        held=found.held,
        suppressed_by=list(found.suppressed_by),
    )
    hit.said = said(hit)
    return hit


def _error_rate(found: ListHit) -> ErrorRate | None:
    """What was measured about likenesses of this distance and quality."""
    if found.distance is None:
        return None
    unknown = found.subject_quality is None or found.entry_quality is None
    quality = None if unknown else min(found.subject_quality or 0, found.entry_quality or 0)
    return ErrorRate(text=quote(found.distance, quality))


def _mark(mark: Known, one: Seen) -> Hit:
    """The mark of a known-good list; it names no entry, because none of its entries matters by itself."""
    hit = Hit(
        content_id=mark.subject,
        list_name=mark.list,
        owner=one.owner,
        version=one.version,
        confirmed=one.version,
        state=one.state,
        kind=Kind.KNOWN_GOOD,
        agreement=one.agreement,
        method=_METHODS[mark.method],
    )
    hit.said = said(hit)
    return hit


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Each saying once: a list that holds an entry twice says it twice."""
    met: set[tuple[int, bytes]] = set()
    for hit in hits:
        key = hit.content_id, bytes(hit.said)
        if key not in met:
            met.add(key)
            yield hit
