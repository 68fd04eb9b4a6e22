"""Opening what an examiner names: a chat's file, the folder or the archive in which it lies with what belongs to it."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, Protocol, cast

import msgspec

from kavalan.chats.candidates import Candidate, Found
from kavalan.chats.errors import ChatError
from kavalan.chats.folder import MOST_FILES, Passed, is_archive, may_hold_chats, walked
from kavalan.chats.forms import COMPANIONS, HEAD, recognised
from kavalan.chats.pieces import view
from kavalan.chats.request import Piece
from kavalan.chats.store.source import Media
from kavalan.sources import SourceLimits, shown
from kavalan.sources.archive import Allowance, ZipReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Self

    from kavalan.sources.archive import ZipMember

_ZIP: Final = (b"PK\3\4", b"PK\5\6")
_PIECE: Final = 1 << 20
LIMITS: Final = SourceLimits(depth=1, members=MOST_FILES, spool=64 << 20, free_member=4 << 30)
"""Of an archive."""
_MOST_TOLD: Final = 5


class Export(NamedTuple):
    """A source of chats, open, and what came with it.

    Attributes:
        text: the file, or its files one after another; nothing of it has been read.
        name: of the file; in a folder or an archive, of its member; of several, that of the first.
        form: of `kavalan.chats.FORMS`.
        sha256: of `text`.
        size: of it, in bytes.
        container_sha256: of the archive; empty for none.
        container_name: of it.
        media: the other files of the archive.
        beside: the folder where attachments may lie; None for an archive.
        reasons: what of the archive could not be read.
        pieces: the files, where there are several.
    """

    text: BinaryIO
    name: str
    form: str
    sha256: str
    size: int
    container_sha256: str = ""
    container_name: str = ""
    media: tuple[Media, ...] = ()
    beside: Path | None = None
    reasons: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()


class Exports:
    """The sources that were found, each open until the next is asked for.

    Args:
        opened: opens one after another.
        passed: what else lies there.
    """

    def __init__(self, opened: Iterator[Export], passed: Sequence[Passed] = ()) -> None:
        self._opened = opened
        self.passed: tuple[Passed, ...] = tuple(passed)
        """What is not read, and why."""

    def __iter__(self) -> Self:
        """Itself: sources are opened once."""
        return self

    def __next__(self) -> Export:
        """The next."""
        return next(self._opened)


class _Readable(Protocol):
    def readinto(self, buffer: memoryview, /) -> int: ...


class _Held(NamedTuple):
    """A file that may be read."""

    candidate: Candidate
    open: Callable[[], BinaryIO]
    folder: Path | None = None


@contextmanager
def open_exports(path: Path, form: str = "") -> Iterator[Exports]:
    """The sources in a file, a folder or an archive, and what of it is not read.

    Args:
        path: of it.
        form: of a file, where the examiner says it, as nothing in a provider's table does; else it is found out.

    Raises:
        ChatError: it cannot be read, or no chat lies in it.
        StartError: no confined process can be started.
    """
    with ExitStack() as held:
        try:
            exports = _exports(path, form, held)
        except OSError as error:
            message = f"{shown(os.fsencode(path))} cannot be read: {error.strerror}"
            raise ChatError(message) from error
        # Outside: what goes wrong with whoever reads them is no fault of the file.
        yield exports


def _exports(path: Path, form: str, held: ExitStack) -> Exports:
    if path.is_dir():
        if form:
            message = f"{shown(os.fsencode(path))} is a folder: name the file"
            raise ChatError(message)
        names, passed = walked(path)
        return _in_folder(path, _held_in(path, names, passed), passed)
    # A pipe would be waited for without end, and a device has none.
    if not stat.S_ISREG(path.stat().st_mode):
        message = f"{shown(os.fsencode(path))} is no file"
        raise ChatError(message)
    file = held.enter_context(path.open("rb"))
    zipped = os.pread(file.fileno(), HEAD, 0).startswith(_ZIP)
    if form:
        return _said_to_be(path, form, zipped=zipped)
    return _in_zip(file, path, held) if zipped else _named(path)


def media_beside(folder: Path, names: Iterator[str]) -> Iterator[Media]:
    """Attachments that lie in a folder, by the names that messages give; nothing outside of it is touched."""
    home = folder.resolve()
    for name in names:
        if "\0" in name or ".." in name.split("/"):
            continue
        file = folder / name
        try:
            # Neither an absolute name nor a link may lead elsewhere.
            if file.resolve() != home / name or not file.is_file():
                continue
            with file.open("rb") as opened:
                yield Media(name, *_digest(opened))
        except OSError as error:
            yield Media(name, "", 0, str(error.strerror))


def _companions(path: Path) -> Iterator[str]:
    for one in COMPANIONS:
        beside = path.parent / one.format(path.name)
        if beside.name != path.name and beside.is_file() and not beside.is_symlink():
            yield beside.name


def _held_in(folder: Path, names: Iterable[str], passed: list[Passed], named: str = "") -> dict[str, _Held]:
    """Files by their names as these are shown; what cannot be opened is passed over, unless it was named itself."""
    held = {}
    for name in names:
        file, seen = folder / name, shown(os.fsencode(name))
        try:
            with file.open("rb") as opened:
                head, size = opened.read(HEAD), os.fstat(opened.fileno()).st_size
        except OSError as error:
            if name == named:
                raise
            passed.append(Passed(seen, f"cannot be read: {error.strerror}", lost=True))
            continue
        if seen in held:
            passed.append(Passed(seen, "another file's name reads the same", lost=True))
            continue
        held[seen] = _Held(Candidate(seen, size, head, name == named), _opener(file), file.parent)
    return held


def _opener(file: Path) -> Callable[[], BinaryIO]:
    return lambda: file.open("rb")


def _in_folder(folder: Path, held: dict[str, _Held], passed: list[Passed]) -> Exports:
    found = recognised([one.candidate for one in held.values()])
    passed += _unknown(held, found)
    if not found:
        raise ChatError(_nothing_in(folder, [f"{one.name}: {one.why}" if one.name else one.why for one in passed]))
    return Exports(_opened(found, held), passed)


def _named(path: Path) -> Exports:
    """The source to which a file belongs that was named alone."""
    passed: list[Passed] = []
    held = _held_in(path.parent, [path.name, *dict.fromkeys(_companions(path))], passed, path.name)
    name = shown(os.fsencode(path.name))
    found = [one for one in recognised([one.candidate for one in held.values()]) if name in one.names]
    if not found:
        raise ChatError(_nothing_in(path, []))
    return Exports(_opened(found, held), passed)


def _said_to_be(path: Path, form: str, *, zipped: bool) -> Exports:
    if zipped:
        message = f"{shown(os.fsencode(path))} is no text: save its sheet as CSV, with all numbers as text"
        raise ChatError(message)
    held = _held_in(path.parent, [path.name], [], path.name)
    return Exports(_opened([Found(form, tuple(held))], held))


def _unknown(held: dict[str, _Held], found: list[Found]) -> Iterator[Passed]:
    taken = {name for one in found for name in one.names}
    return (Passed(name, "in no form that is read") for name in held if name not in taken)


def _nothing_in(path: Path, why: list[str]) -> str:
    more = [f"and {len(why) - _MOST_TOLD:,} more"] if len(why) > _MOST_TOLD else []
    told = "; ".join([*why[:_MOST_TOLD], *more])
    return f"{shown(os.fsencode(path))}: no exported chat lies in it{f' ({told})' if told else ''}"


def _opened(found: list[Found], held: dict[str, _Held]) -> Iterator[Export]:
    for one in found:
        with ExitStack() as opened:
            yield _export(one, [held[name] for name in one.names], opened)


def _export(found: Found, held: list[_Held], opened: ExitStack) -> Export:
    name = found.names[0]
    if len(held) == 1:
        file = opened.enter_context(held[0].open())
        digest, size = _digest(file)
        file.seek(0)
        return Export(file, name, found.form, digest, size, beside=held[0].folder)
    together, whole = opened.enter_context(_temporary()), hashlib.sha256()
    pieces = []
    for one in held:
        with one.open() as file:
            offset = together.tell()
            digest, size = _copied(file, together, whole)
        pieces.append(Piece(one.candidate.name, offset, size, digest))
    size = together.tell()
    together.seek(0)
    return Export(together, name, found.form, whole.hexdigest(), size, beside=held[0].folder, pieces=tuple(pieces))


def _in_zip(file: BinaryIO, path: Path, stack: ExitStack) -> Exports:
    digest, size = _digest(file)
    reader = stack.enter_context(ZipReader(LIMITS))
    spool = stack.enter_context(_temporary())
    held: dict[str, _Held] = {}
    media: list[Media] = []
    for member in reader.members(file.fileno(), Allowance(LIMITS.allowance(size), LIMITS.members)):
        name = shown(member.begin.name)
        offset, may = spool.tell(), may_hold_chats(name)
        seen = _passed(member, name, spool if may else None)
        media.append(seen)
        if may and not seen.fault:
            spool.flush()
            head = os.pread(spool.fileno(), min(HEAD, seen.size), offset)
            held[name] = _Held(Candidate(name, seen.size, head), _piece(spool, offset, seen.size))
    reasons = tuple(reader.reasons)
    # A text that lies alone in its archive may be called anything, as one that is named by itself.
    alone = len(held) == 1
    found = recognised([one.candidate._replace(named=alone) for one in held.values()])
    if not found:
        raise ChatError(_nothing_in(path, [*reasons, *(f"{one.name}: {one.fault}" for one in media if one.fault)]))
    taken = {name for one in found for name in one.names}
    files = [one for one in media if one.name not in taken]
    passed = [Passed("", reason, lost=True) for reason in reasons]
    passed += [Passed(one.name, "an archive in it, not opened", lost=True) for one in media if is_archive(one.name)]
    passed += [Passed(one.name, one.fault, lost=True) for one in media if one.fault and may_hold_chats(one.name)]
    exports = (
        export._replace(container_sha256=digest, container_name=shown(os.fsencode(path.name)), reasons=reasons,
                        media=tuple(_seen_from(export.name, files)))
        for export in _opened(found, held)
    )  # fmt: skip
    return Exports(exports, [*passed, *_unknown(held, found)])


def _temporary() -> BinaryIO:
    """A file without a name, gone when it is closed or this process ends."""
    return cast("BinaryIO", tempfile.TemporaryFile())


def _piece(spool: BinaryIO, offset: int, size: int) -> Callable[[], BinaryIO]:
    """A member as a file of its own, for a confined process is given nothing but files."""

    def opened() -> BinaryIO:
        file = _temporary()
        _copied(view(spool, offset, size), file)
        file.seek(0)
        return file

    return opened


def _seen_from(text: str, media: list[Media]) -> Iterator[Media]:
    """Files as a chat's text names them: by their path from its own folder."""
    folder = text.rpartition("/")[0]
    for one in media:
        inside = one.name.removeprefix(f"{folder}/") if folder else one.name
        yield msgspec.structs.replace(one, name=inside)


def _passed(member: ZipMember, name: str, spool: BinaryIO | None) -> Media:
    """A file whose bytes pass, and are kept where a spool is given."""
    if member.content is None:
        return Media(name, "", 0, member.begin.refusal or "not read")
    opened = member.content.open()
    if isinstance(opened, int):
        with os.fdopen(opened, "rb") as held:
            return Media(name, *_copied(held, spool))
    sha256, size = _copied(opened, spool)
    opened.close()
    return Media(name, sha256, size, member.content.ending().error or "")


def _digest(stream: _Readable | BinaryIO) -> tuple[str, int]:
    return _copied(stream, None)


def _copied(stream: _Readable | BinaryIO, into: BinaryIO | None, whole: hashlib._Hash | None = None) -> tuple[str, int]:
    """Digest and size of what is read, which is written to a file and added to another digest where they are given."""
    digest, size, buffer = hashlib.sha256(), 0, memoryview(bytearray(_PIECE))
    while count := stream.readinto(buffer):  # type: ignore[union-attr]  # what `open` opens to read bytes has it
        digest.update(buffer[:count])
        size += count
        if whole is not None:
            whole.update(buffer[:count])
        if into is not None:
            into.write(buffer[:count])
    return digest.hexdigest(), size
