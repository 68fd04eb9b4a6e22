"""gzip, bzip2, xz and Zstandard: one compressed file, which is a member of its own or a TAR."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from kavalan.fingerprint.kinds import kind_of
from kavalan.sources.archive.decoders import Squeezed, bzip2_decoder, gzip_decoder, unzstd, xz_decoder
from kavalan.sources.archive.passage import CHUNK, DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, End, Request
from kavalan.sources.archive.tar import read_tar

_DECODERS = {"gzip": gzip_decoder, "bzip2": bzip2_decoder, "xz": xz_decoder, "zstd": unzstd}
_NAMED, _EXTRA = 8, 4
_XZ_CHECKS = {1: "xz crc-32", 4: "xz crc-64", 10: "xz sha-256"}


def read_single(source: BinaryIO, request: Request, passage: Passage) -> Iterator[Said]:
    """Say the one member, or the members of the TAR that it is."""
    head = os.pread(source.fileno(), 4096, 0)
    probe = _squeezed(source, request)
    if kind_of(probe.read(512) or b"\0") == "application/x-tar":
        yield from read_tar(_squeezed(source, request), request, passage)
        return
    squeezed = _squeezed(source, request)
    name, modified = _gzip_facts(head) if request.format == "gzip" else (b"", None)
    packed = os.fstat(source.fileno()).st_size
    for said in passage.member(
        Begin(name or request.name, modified=modified), lambda: _chunks(squeezed), packed=packed
    ):
        if isinstance(said, End):
            yield End(error=said.error, verified=_check(request.format, head))
        else:
            yield said
    if squeezed.rest is not None:
        yield rest(squeezed.rest)


def _squeezed(source: BinaryIO, request: Request) -> Squeezed:
    return Squeezed(_pieces(source.fileno()), _DECODERS[request.format], request.allowance)


def _pieces(descriptor: int) -> Iterator[bytes]:
    at = 0
    while piece := os.pread(descriptor, CHUNK, at):
        yield piece
        at += len(piece)


def _chunks(squeezed: Squeezed) -> Iterator[bytes]:
    while piece := squeezed.piece():
        yield piece
    if squeezed.error is not None:
        raise DamagedError(squeezed.error)


def _gzip_facts(head: bytes) -> tuple[bytes, int | None]:
    """Name and time of the first file in a gzip (RFC 1952, 2.3)."""
    flags, seconds = head[3], int.from_bytes(head[4:8], "little")
    at = 10
    if flags & _EXTRA:
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    name = head[at:].partition(b"\0")[0] if flags & _NAMED else b""
    return name, seconds * 1_000_000 if seconds else None


def _check(format_: str, head: bytes) -> str | None:
    """The check that lies within the compressed data."""
    if format_ == "xz":
        return _XZ_CHECKS.get(head[7] & 15) if len(head) > 7 else None
    if format_ == "zstd":
        return "zstd xxh64" if len(head) > 4 and head[4] & 4 else None
    return {"gzip": "gzip crc-32", "bzip2": "bzip2 crc-32"}[format_]
