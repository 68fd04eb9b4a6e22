"""The vault: encrypting and decrypting beside age and pyrage, seeking in 4 GiB, re-reading under a budget.

Run: `python -m benchmarks.vault`

Peers run in the same pass on the same bytes, from memory to memory, so that the ratio holds on any machine. Data is
noise of one chunk repeated: no cipher gains from that. The 4 GiB blob is written as a stream and read at random places.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from kavalan.vault import Ceremony, Inspector, Keys, Vault, create_vault
from kavalan.vault.age import Identity, decrypt, encrypt

MIB = 1 << 20
SIZE = 256 * MIB
LARGE = 4096 * MIB
REPEATS = 3
SEEKS = 1000
SMALL = 500


class Noise:
    """A stream of noise that repeats after a mebibyte."""

    def __init__(self, size: int) -> None:
        self._piece, self._left = os.urandom(MIB), size

    def read(self, size: int, /) -> bytes:
        """Up to a mebibyte."""
        piece = self._piece[: min(size, MIB, self._left)]
        self._left -= len(piece)
        return piece


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'way':34} {'encrypt MB/s':>13} {'decrypt MB/s':>13}")
        for name, encrypting, decrypting in speeds(Path(folder)):
            print(f"{name:34} {encrypting:13.0f} {decrypting:13.0f}")
        vault = _vault(Path(folder))
        for line in [*stored(vault), *seeks(vault), *small(vault), *inspected(vault)]:
            print(line)


def speeds(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Megabytes a second of each program, the best of some passes."""
    own = Identity.generate()
    data = os.urandom(MIB) * (SIZE // MIB)
    yield _speed(
        "Kavalan, in memory", data, lambda: encrypt(data, [own.recipient]), lambda e: decrypt(e, own, "benchmark")
    )
    if find_spec("pyrage") is None:
        yield "pyrage: not installed", 0, 0
    else:
        pyrage = import_module("pyrage")
        recipient = pyrage.x25519.Recipient.from_str(own.recipient.text)
        identity = pyrage.x25519.Identity.from_str(own.text)
        yield _speed(
            "pyrage, in memory",
            data,
            lambda: pyrage.encrypt(data, [recipient]),
            lambda sealed: pyrage.decrypt(sealed, [identity]),
        )
    if shutil.which("age") is None:
        yield "age: not installed", 0, 0
        return
    (folder / "id").write_text(own.text)
    yield _speed(
        "age, by pipe",
        data,
        lambda: _piped(["age", "-r", own.recipient.text], data),
        lambda sealed: _piped(["age", "-d", "-i", str(folder / "id")], sealed),
    )


def stored(vault: Vault) -> Iterator[str]:
    """What it takes to store 4 GiB, durably."""
    started = time.perf_counter()
    vault.put(Noise(LARGE), verify=False)
    yield f"put 4 GiB, durable: {LARGE / 1e6 / (time.perf_counter() - started):.0f} MB/s"


def seeks(vault: Vault) -> Iterator[str]:
    """Milliseconds to open a blob of 4 GiB, and to read 4 KiB at a random place of it."""
    (name,) = vault.names()
    started = time.perf_counter()
    reader = vault.open(name)
    opening = (time.perf_counter() - started) * 1000
    dice, taken = random.Random(5), []
    for _ in range(SEEKS):
        started = time.perf_counter()
        reader.seek(dice.randrange(LARGE - 4096))
        reader.read(4096)
        taken.append((time.perf_counter() - started) * 1000)
    reader.close()
    deciles = statistics.quantiles(taken, n=100)
    yield f"open 4 GiB: {opening:.2f} ms"
    yield f"read 4 KiB at {SEEKS} places: {deciles[49]:.2f} ms median, {deciles[98]:.2f} ms p99"


def small(vault: Vault) -> Iterator[str]:
    """Small blobs a second, each durable and read back."""
    started = time.perf_counter()
    for number in range(SMALL):
        vault.put(io.BytesIO(b"%d" % number * 1000))
    yield f"put small blobs, durable and read back: {SMALL / (time.perf_counter() - started):.0f} a second"


def inspected(vault: Vault) -> Iterator[str]:
    """How fast everything is read again."""
    started = time.perf_counter()
    inspection = Inspector(vault).run(1 << 40, lambda: datetime.now(UTC))
    speed = inspection.size / 1e6 / (time.perf_counter() - started)
    yield f"inspect {inspection.pieces} pieces, past the kernel's memory: {speed:.0f} MB/s"


def _speed(
    name: str, data: bytes, seal: Callable[[], bytes], open_: Callable[[bytes], bytes]
) -> tuple[str, float, float]:
    sealing, opening = [], []
    for _ in range(REPEATS):
        started = time.perf_counter()
        sealed = seal()
        between = time.perf_counter()
        opened = open_(sealed)
        opening.append(time.perf_counter() - between)
        sealing.append(between - started)
        assert opened == data
    return name, SIZE / 1e6 / min(sealing), SIZE / 1e6 / min(opening)


def _piped(command: list[str], data: bytes) -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def _vault(folder: Path) -> Vault:
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key or "")
    keys: Keys = ceremony.found(folder / "keys", b"a passphrase for a benchmark")
    create_vault(folder / "vault", keys)
    return Vault(folder / "vault", keys, lambda: datetime.now(UTC))


if __name__ == "__main__":
    main()
