"""Reading everything again, a budget of bytes at a time, what was read longest ago first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from kavalan.vault.age import CHUNK, PayloadReader
from kavalan.vault.draft import digest_of, forget
from kavalan.vault.errors import UnknownBlobError, VaultError
from kavalan.vault.held import HeldReader
from kavalan.vault.register import MISSING, MOST_FAULTS, PIECE, Fault, Kind, Look, Piece, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from kavalan.vault.shelf import Shelf
    from kavalan.vault.vault import Vault

_CHUNKS: Final = PIECE // CHUNK
_PAGE: Final = 256
_PART: Final = 1 << 30
_KINDS: Final[tuple[Kind, ...]] = ("blob", "held")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one run did and found.

    Attributes:
        size: plain bytes that were read.
        pieces: how many pieces were looked at.
        adopted: blobs that lay there and were not entered: after a crash, or a lost register.
        faults: of this run, the first thousand: of pieces that were read, of all that is missing, of files that do not
            belong there.
        standing: how much is known to be whole now.
    """

    size: int
    pieces: int
    adopted: int
    faults: tuple[Fault, ...]
    standing: Standing


class Inspector:
    """Verifies a vault within a budget, night by night. One run at a time; the vault may be used beside it.

    Args:
        vault: an open one.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._register = vault.register

    def standing(self) -> Standing:
        """How much is known to be whole, without reading anything."""
        return self._register.standing()

    def run(self, budget_bytes: int, clock: Callable[[], datetime]) -> Inspection:
        """Look for what is missing, then read pieces until the budget is spent or each was read once.

        A piece is up to 64 MiB. How reading went is kept every 64 MiB or 256 pieces: a crash costs no more than to read
        those again. Nothing that is found ends the run.

        Args:
            budget_bytes: plain bytes to read; one piece is read whatever it is, so that every run gets on.
            clock: gives the time, aware.
        """
        *_, last = self.parts(budget_bytes, clock)
        return last

    def parts(
        self,
        budget_bytes: int,
        clock: Callable[[], datetime],
        *,
        since: datetime | None = None,
        part_bytes: int = _PART,
    ) -> Iterator[Inspection]:
        """A run, told again and again how far it is; the last time is how it ended. It may be left in between.

        Args:
            budget_bytes: as for `run`.
            clock: as for `run`.
            since: what was looked at from then on is passed over: when a run began that is gone on with. None: now.
            part_bytes: plain bytes between two tellings.
        """
        begun = clock()
        adopted, faults = self._take_stock(begun)
        size = pieces = told = 0
        with _Reading(self._vault) as reading:
            for piece in self._due(since or begun, reading):
                if size and size + piece.size > budget_bytes:
                    break
                read, fault = reading.read(piece)
                size, pieces = size + read, pieces + 1
                reading.note(Look(piece.name, piece.number, max(begun, clock()), fault), read)
                if fault and self._register.knows(piece.name):
                    faults.append(Fault(piece.name, fault))
                if size - told >= part_bytes:
                    told = size
                    reading.save()
                    yield self._inspection(size, pieces, adopted, faults)
        yield self._inspection(size, pieces, adopted, faults)

    def _inspection(self, size: int, pieces: int, adopted: int, faults: Sequence[Fault]) -> Inspection:
        return Inspection(size, pieces, adopted, tuple(faults[:MOST_FAULTS]), self.standing())

    def _due(self, begun: datetime, reading: _Reading) -> Iterator[Piece]:
        """The piece that was looked at longest ago first, each once."""
        while page := self._register.due(begun, _PAGE):
            yield from page
            reading.save()

    def _take_stock(self, now: datetime) -> tuple[int, list[Fault]]:
        """Hold the directories against the register, one directory at a time."""
        faults: list[Fault] = []
        adopted, missing = 0, self._register.missing()
        for kind in _KINDS:
            shelf = self._vault.blobs if kind == "blob" else self._vault.manifests
            for prefix in shelf.folders():
                there, strays = shelf.listing(prefix)
                known = self._register.names(kind, prefix)
                for name in sorted(there & missing):
                    self._register.find(name)
                faults += [fault for name in sorted(known - there) if (fault := self._missing(name))]
                for name in sorted(there - known):
                    self._register.enter(name, kind, self._size(shelf, kind, name), now, verified=False)
                    adopted += 1
                faults += [Fault(stray, "does not belong to the vault; find out who put it there") for stray in strays]
        return adopted, faults

    def _missing(self, name: str) -> Fault | None:
        """A fault, unless it was destroyed and only the register was not told: power may fail between the two."""
        entered = self._register.entered(name)
        if entered is None or any(one.destroyed >= entered for one in self._vault.certificates(name)):
            self._register.remove(name)
            return None
        self._register.miss(name)
        return Fault(name, MISSING)

    def _size(self, shelf: Shelf, kind: Kind, name: str) -> int:
        """Plain bytes of something that is not entered; 0 where it does not tell, and reading it will say why."""
        try:
            return shelf.size(name) if kind == "blob" else self._vault.held(name).size
        except VaultError:
            return 0


class _Reading:
    """Reads pieces, keeping open what the last one was of, and keeps how it went."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._open: tuple[str, PayloadReader | HeldReader] | None = None
        self._looks: list[Look] = []
        self._unsaved = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go()
        self.save()

    def read(self, piece: Piece) -> tuple[int, str | None]:
        """How many bytes were read and what is wrong, if anything."""
        try:
            fault = self._check(self._reader(piece), piece)
        except UnknownBlobError as error:
            return 0, MISSING if piece.kind == "blob" else error.what
        except VaultError as error:
            return piece.size, error.what
        except OSError as error:
            return piece.size, f"cannot be read from the disk: {error.strerror}; restore it from a backup"
        return piece.size, fault

    def note(self, look: Look, read: int) -> None:
        """Keep how reading went, now or with the next ones."""
        self._looks.append(look)
        self._unsaved += read
        if self._unsaved >= PIECE:
            self.save()

    def save(self) -> None:
        """Bring to the disk how reading went."""
        if self._looks:
            self._vault.register.record(self._looks)
        self._looks, self._unsaved = [], 0

    def _check(self, reader: PayloadReader | HeldReader, piece: Piece) -> str | None:
        if reader.size != piece.whole:
            entered = self._vault.register.entered(piece.name)
            if entered is not None:
                self._vault.register.enter(piece.name, piece.kind, reader.size, entered, verified=False)
            return "has another size than was noted; it is read anew from the next run on"
        if isinstance(reader, HeldReader):
            reader.check(piece.number)
        elif piece.whole > PIECE:
            reader.check(piece.number * _CHUNKS, (piece.number + 1) * _CHUNKS)
        elif self._vault.blobs.name(digest_of(reader)) != piece.name:
            return "has another content than its name says; restore it from a backup"
        return None

    def _reader(self, piece: Piece) -> PayloadReader | HeldReader:
        if self._open is None or self._open[0] != piece.name:
            self._let_go()
            self._open = (piece.name, self._opened(piece))
        return self._open[1]

    def _opened(self, piece: Piece) -> PayloadReader | HeldReader:
        if piece.kind == "held":
            return self._vault.open_held(piece.name)
        reader = self._vault.open(piece.name)
        forget(self._vault.blobs.path(piece.name))
        return reader

    def _let_go(self) -> None:
        if self._open is not None:
            self._open[1].close()
        self._open = None
