"""Making a field kit: everything that a scan needs, on a stick, named file by file and signed."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import Distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec

import kavalan
from kavalan.scan.kit import interpreter, packages
from kavalan.scan.kit.errors import KitError
from kavalan.scan.kit.stick import Stick
from kavalan.scan.manifest.canonical import canonical
from kavalan.scan.manifest.errors import MalformedError
from kavalan.scan.manifest.files import inventory
from kavalan.scan.manifest.model import FileFacts, read_bytes
from kavalan.scan.manifest.write import moment, replace_signed

if TYPE_CHECKING:
    from kavalan.ledger import SigningKey
    from kavalan.lists import Catalogue, Status

KIT: Final = "kit.json"
SIGNATURE: Final = "kit.sig"
RESULTS: Final = "results"
ASIDE: Final = frozenset({KIT, SIGNATURE, RESULTS})
"""What lies in a kit without being of it: it cannot hold itself, and results come later."""

_HERE = Path(__file__).parent
# File on the stick → file beside this module.
_TEXTS = {"kavalan": "kavalan.sh", "scan.sh": "scan.sh", "README.txt": "README.txt", "python/boot.py": "boot.py"}


class ListCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A list on the stick, as `kavalan.scan.facts.ListFacts` names it.

    Attributes:
        until: the day on which its agreement ends, from which on it refuses to match; None where there is none.
    """

    name: str
    owner: str
    version: str
    state: str
    entries: int
    sha256: str
    agreement: str | None
    until: str | None


class Kit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a kit holds.

    Attributes:
        made: when, UTC, ISO 8601.
        kavalan: its version; likewise `python`.
        machine: what it runs on, as `uname -m` says it.
        c_library: the least version 2.N of the GNU C library that it needs; the N.
        packages: versions of the Python packages, by name.
        lists: copies of hash lists.
        signer: fingerprint of the key that signs; None where nobody does.
        files: every file of it.
        format: of this record.
    """

    made: str
    kavalan: str
    python: str
    machine: str
    c_library: int
    packages: dict[str, str]
    lists: tuple[ListCopy, ...]
    signer: str | None
    files: dict[str, FileFacts]
    format: Literal["kavalan-field-kit-1"] = "kavalan-field-kit-1"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(facts.size for facts in self.files.values())


def make_kit(
    root: Path,
    *,
    catalogue: Catalogue | None,
    lists: Sequence[str],
    key: SigningKey | None,
    now: datetime,
    tell: Callable[[str], None],
) -> Kit:
    """Write a field kit into an empty folder.

    Args:
        root: where it goes, on the stick.
        catalogue: where the lists lie; None where none is copied.
        lists: names of those that are copied; that their agreements allow it is the caller's to have asked.
        key: that signs; None leaves the kit unsigned.
        now: aware.
        tell: told what is being done.

    Raises:
        KitError: this Python cannot be carried, something is not installed, or the stick cannot hold a file.
        kavalan.lists.ListError: a list cannot be copied.
        OSError: the stick is full, or a file cannot be read or written.
    """
    stick = Stick(root)
    root = stick.root
    tell("the interpreter and its library")
    _copy_library(stick)
    tell("the packages")
    versions = _copy_packages(stick)
    tell("the shared libraries")
    needed = _copy_shared(stick)
    tell("compiling")
    _compile(root)
    copies = tuple(_copy_of(catalogue.copy(name, root / "lists")) for name in lists) if catalogue else ()
    facts = {"MADE": now.strftime("%Y-%m-%d"), "VERSION": kavalan.__version__, "MACHINE": platform.machine()}
    facts |= {"PROGRAM": _program(), "LIBDIR": sys.platlibdir, "FOLDER": interpreter.folder()}
    facts |= {"C_LIBRARY": str(needed), "LISTS": _listed(copies)}
    for name, text in _TEXTS.items():
        stick.write(name, _filled((_HERE / text).read_text("utf-8"), facts).encode())
    tell("digests")
    kit = Kit(
        made=moment(now),
        kavalan=kavalan.__version__,
        python=platform.python_version(),
        machine=platform.machine(),
        c_library=needed,
        packages=versions,
        lists=copies,
        signer=key.public.fingerprint if key else None,
        files=inventory(root, ASIDE),
    )
    replace_signed(root / KIT, root / SIGNATURE, canonical(msgspec.to_builtins(kit)), key)
    os.sync()
    return kit


def read_kit(root: Path) -> tuple[Kit, bytes]:
    """What a kit says it holds, and the bytes that are signed.

    Raises:
        MalformedError: it says nothing, or not in Kavalan's way.
    """
    data = read_bytes(root / KIT)
    try:
        kit = msgspec.json.decode(data, type=Kit)
        text = canonical(msgspec.to_builtins(kit))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedError(root / KIT, f"is no record of a kit, or only a part of one ({error})") from error
    if text != data:
        raise MalformedError(
            root / KIT, "is written otherwise than Kavalan writes it: an editor or a tool has saved it"
        )
    return kit, data


def try_kit(root: Path) -> str | None:
    """Run the kit as a machine without Python would; what went wrong, or None.

    Args:
        root: of the kit.
    """
    done = subprocess.run(
        ["/bin/sh", str(root / "kavalan"), "--version"],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return None if done.returncode == 0 else done.stderr.strip()


def _program() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


def _copy_library(stick: Stick) -> None:
    stick.copy(interpreter.program(), f"python/bin/{_program()}")
    for path, name in interpreter.library():
        stick.copy(path, f"python/{interpreter.folder()}/{name}")


def _copy_packages(stick: Stick) -> dict[str, str]:
    wanted = packages.wanted()
    for carried in _all_files(wanted):
        stick.copy(carried.source, f"python/{interpreter.folder()}/site-packages/{carried.name}")
    return {name: package.version for name, package in wanted.items()}


def _all_files(wanted: Mapping[str, Distribution]) -> Iterator[packages.Carried]:
    # Parts of one namespace may each bring the same file, as licences do.
    seen = set()
    for one in (*packages.files_of_kavalan(), *(file for own in wanted.values() for file in packages.files_of(own))):
        if one.name not in seen:
            seen.add(one.name)
            yield one


def _copy_shared(stick: Stick) -> int:
    """Copy the system's libraries that are needed; the least C library for everything is returned.

    They lie below the standard library, where workers that are locked in may still read.
    """
    place = stick.root / "python"
    objects = [place / "bin" / _program(), *sorted(place.rglob("*.so*"))]
    originals = interpreter.shared(objects, [place])
    originals |= interpreter.shared([interpreter.program()], [])
    for name, path in originals.items():
        stick.copy(path, f"python/{interpreter.folder()}/shared/{name}")
    return interpreter.c_library([*objects, *originals.values()])


def _compile(root: Path) -> None:
    """Compile all modules ahead, to be taken as they are: a stick keeps times coarsely, in no known zone."""
    folder = root / "python" / interpreter.folder()
    options = ["-q", "-f", "-j", "0", "-s", str(root), "--invalidation-mode", "unchecked-hash"]
    done = subprocess.run(
        [sys.executable, "-I", "-m", "compileall", *options, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if not any(folder.rglob("__pycache__")):
        raise KitError(folder, f"could not be compiled: {done.stderr.strip()}")


def _copy_of(status: Status) -> ListCopy:
    info = status.info
    agreement = info.agreement
    return ListCopy(
        name=info.name,
        owner=info.owner,
        version=info.version,
        state=status.state,
        entries=status.entries,
        sha256=status.sha256,
        agreement=agreement.reference if agreement else None,
        until=moment(agreement.until) if agreement and agreement.until else None,
    )


def _listed(copies: Sequence[ListCopy]) -> str:
    lines = [
        f"  {one.name}: {one.owner}, version {one.version}, {one.entries} entries"
        + (f", under {one.agreement}" if one.agreement else "")
        + (f", which ends {one.until[:10]}" if one.until else "")
        for one in copies
    ]
    return "\n".join(["Lists:", *lines]) if lines else "No lists: the scan says what is there, not what is known."


def _filled(text: str, facts: Mapping[str, str]) -> str:
    for name, value in facts.items():
        text = text.replace(f"@{name}@", value)
    return text
