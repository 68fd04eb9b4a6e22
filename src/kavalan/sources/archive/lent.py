"""A file that only the caller can read, such as one that lies encrypted, lent to a confined reader.

The reader asks for a piece through one pipe and gets it through another: no more of the file is in clear than is being
read, and the reader holds nothing but pipes.
"""

from __future__ import annotations

import io
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol, TypeAlias

from kavalan.sources.archive.passage import DamagedError

_QUESTION = struct.Struct("<QL")
_PIECE = 1 << 18


class Lendable(Protocol):
    """What can be read at any place, as the vault's readers can."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""
        ...

    def read(self, size: int, /) -> bytes:
        """The next bytes; fewer only at the end."""
        ...


class Loan:
    """The reader's ends of the two pipes.

    Attributes:
        answers: where the reader reads.
        questions: where it asks.
    """

    def __init__(self, answers: int, questions: int) -> None:
        self.answers, self.questions = answers, questions
        self._ours = True

    def given(self) -> None:
        """They have been handed over: from now on only the reader holds them, so that its end is seen."""
        if self._ours:
            self._ours = False
            os.close(self.answers)
            os.close(self.questions)


class Lender:
    """Answers a reader's questions on a thread of its own; until it has ended nobody else may read the file.

    Attributes:
        failure: why a piece could not be given; None as long as all could.
    """

    def __init__(self, source: Lendable) -> None:
        self.failure: Exception | None = None
        self._source = source

    @contextmanager
    def lend(self) -> Iterator[Loan]:
        """Lend. Leave only when the reader has ended its item or its life: that is waited for."""
        answers, answering = os.pipe()
        asked, questions = os.pipe()
        thread = threading.Thread(target=self._serve, args=(asked, answering), daemon=True)
        thread.start()
        loan = Loan(answers, questions)
        try:
            yield loan
        finally:
            loan.given()
            thread.join()

    def _serve(self, asked: int, answering: int) -> None:
        with os.fdopen(asked, "rb") as questions, os.fdopen(answering, "wb", buffering=0) as answers:
            while len(question := questions.read(_QUESTION.size)) == _QUESTION.size:
                try:
                    self._answer(answers, *_QUESTION.unpack(question))
                except BrokenPipeError:
                    return
                except Exception as error:  # noqa: BLE001 - whatever the file raises is told to who reads the archive
                    self.failure = error
                    return

    def _answer(self, answers: io.RawIOBase, place: int, count: int) -> None:
        self._source.seek(place)
        left = min(count, _PIECE)
        while left:
            piece = memoryview(self._source.read(left))
            if not piece:
                raise EOFError(f"the file ends before byte {place + count}")
            left -= len(piece)
            while piece:
                piece = piece[answers.write(piece) or 0 :]


class Borrowed:
    """The file as its reader sees it."""

    def __init__(self, answers: BinaryIO, questions: BinaryIO, size: int) -> None:
        self._answers, self._questions, self._size = answers, questions.fileno(), size

    def pread(self, count: int, place: int) -> bytes:
        """Bytes from a place on; fewer only at the end.

        Raises:
            DamagedError: the file cannot be read there.
        """
        end, parts = min(self._size, place + count), []
        while place < end:
            asked = min(_PIECE, end - place)
            os.write(self._questions, _QUESTION.pack(place, asked))
            part = self._answers.read(asked)
            if len(part) < asked:
                raise DamagedError(f"the file that is lent cannot be read at byte {place}")
            parts.append(part)
            place += asked
        return b"".join(parts)


At: TypeAlias = int | Borrowed
"""A descriptor, or what is lent instead."""


def read_at(source: At, count: int, place: int) -> bytes:
    """Bytes from a place on; fewer only at the end.

    Raises:
        OSError: a descriptor that cannot be read.
        DamagedError: what is lent cannot be read.
    """
    return os.pread(source, count, place) if isinstance(source, int) else source.pread(count, place)
