"""The task that runs in a confined process of its own: say what is on a disk image. Only such workers import it.

It, and it alone, imports dissect, which is AGPL-3.0: what is combined with it is this program, not Kavalan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kavalan.sources.archive.passage import CHUNK, DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request, Rest
from kavalan.sources.diskimage.entry import Chunks, Entry
from kavalan.sources.diskimage.medium import Medium, open_medium
from kavalan.sources.diskimage.volumes import Volume, open_volume, volumes_of


def read(source: BinaryIO, request: Request, *beside: BinaryIO) -> Iterator[Said]:
    """Say the files on an image's volumes, then the medium as a whole where the image keeps digests of it."""
    passage = Passage(request)
    if len(beside) != request.beside:
        yield rest(f"of its {request.beside} further segments {len(beside)} could be handed over; raise `ulimit -n`")
        return
    try:
        medium = open_medium(source, beside)
    except Exception as error:  # noqa: BLE001 - whatever a reader of hostile headers raises costs this image
        yield rest(f"the image cannot be opened: {_told(error)}")
        return
    for trouble in medium.trouble:
        yield rest(trouble)
    yield from _volumes(medium, passage)
    yield from _medium(medium, request, passage)
    if not passage.found_start:
        yield rest("the member behind which reading should go on is not there any more")


def _volumes(medium: Medium, passage: Passage) -> Iterator[Said]:
    try:
        for volume in volumes_of(medium.stream):
            if isinstance(volume, Rest):
                yield volume
            else:
                yield from _files(volume, passage)
    except Exception as error:  # noqa: BLE001 - whatever a reader of a hostile table raises costs what follows
        yield rest(f"its volumes are not read to their end: {_told(error)}")


def _files(volume: Volume, passage: Passage) -> Iterator[Said]:
    try:
        system = open_volume(volume)
        if isinstance(system, Rest):
            yield system
            return
        prefix = f"volume {volume.label} {system.name}/".encode("utf-8", "surrogateescape")
        for seen in system.entries():
            if isinstance(seen, Entry):
                yield from _member(prefix, seen, passage)
            elif isinstance(seen, Rest):
                yield rest(f"{volume}: {seen.reason}")
            else:
                yield seen
    except Exception as error:  # noqa: BLE001 - whatever a reader of a hostile file system raises costs its volume
        yield rest(f"{volume} is not read to its end: {_told(error)}")


def _member(prefix: bytes, entry: Entry, passage: Passage) -> Iterator[Said]:
    begin = Begin(
        prefix + entry.name,
        modified=_moment(entry.modified),
        created=_moment(entry.created),
        accessed=_moment(entry.accessed),
        changed=_moment(entry.changed),
        local=entry.local,
        refusal=entry.refusal,
        remarks=entry.remarks,
        state="deleted" if entry.deleted else "allocated",
    )
    return passage.member(begin, lambda: _careful(entry.chunks), size=entry.size)


def _careful(chunks: Chunks) -> Iterator[bytes]:
    """The bytes of a file; whatever ends them too soon is its damage."""
    try:
        yield from chunks()
    except DamagedError:
        raise
    except Exception as error:
        raise DamagedError(_told(error)) from error


def _medium(medium: Medium, request: Request, passage: Passage) -> Iterator[Said]:
    if not medium.digests:
        return
    size = medium.stream.size
    if size > request.medium:
        kept = ", ".join(f"{name} {digest.hex()}" for name, digest in medium.digests)
        yield rest(f"the digest that the image keeps of its medium of {size} bytes was not checked: {kept}")
        return
    begin = Begin(b"medium", digests=medium.digests, opaque=True)
    yield from passage.opaque(begin, lambda: _careful(lambda: _whole(medium)))


def _whole(medium: Medium) -> Iterator[bytes]:
    at = 0
    while at < medium.stream.size:
        piece = medium.stream.at(at, CHUNK)
        if not piece:
            raise DamagedError("the image ends")
        yield piece
        at += len(piece)


def _moment(microseconds: int | None) -> int | None:
    """A time that a record can hold."""
    return microseconds if microseconds is not None and abs(microseconds) < 1 << 62 else None


def _told(error: Exception) -> str:
    text = str(error)
    return (
        text if isinstance(error, DamagedError) else f"{type(error).__name__}: {text}" if text else type(error).__name__
    )
