"""Ask this machine what it grants a worker, by starting one and having it read something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kavalan.sandbox.errors import StartError
from kavalan.sandbox.pool import Pool
from kavalan.sandbox.source import sealed

if TYPE_CHECKING:
    from typing import BinaryIO

    from kavalan.sandbox.confinement import Confinement


class Echo(msgspec.Struct, frozen=True):
    """How much to read; what was read."""

    length: int
    content: bytes = b""


def echo(source: BinaryIO, request: Echo) -> Echo:
    """The task that `probe` gives its worker."""
    return Echo(request.length, source.read(request.length))


def probe() -> Confinement:
    """What the kernel grants workers here.

    Raises:
        StartError: no worker can be started, or it does not answer as it should; the text names the cause.
    """
    sample = b"kavalan"
    with Pool(f"{__name__}:{echo.__name__}", Echo, Echo) as pool, sealed(sample) as source:
        outcome = pool.run(source, Echo(len(sample)))
        if outcome.failure is not None:
            msg = f"a worker starts and cannot read: {outcome.failure}"
            raise StartError(msg)
        return pool.confinement
