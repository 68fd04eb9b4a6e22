"""The Python that runs here, as files that run elsewhere: program, library, and what shared libraries they need.

The C library is the one thing that every Linux machine has and that cannot be carried beside its own; which version
of it is needed stands in the kit (`c_library`).
"""

from __future__ import annotations

import mmap
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from kavalan.scan.kit.errors import KitError

# Parts of the standard library that need a screen, a network service, a developer, or a library that is not carried.
_LEFT_OUT: Final = frozenset(
    {
        "__pycache__",
        "dist-packages",
        "ensurepip",
        "idlelib",
        "lib2to3",
        "site-packages",
        "test",
        "tests",
        "tkinter",
        "turtledemo",
    }
)
_MODULES_LEFT_OUT = re.compile(r"(_tkinter|nis|_curses.*|readline|_g?dbm|_crypt|_test.*|_ctypes_test|xx.*)\.")
_C_LIBRARY = re.compile(
    r"(ld-linux.*|linux-vdso|lib(c|m|mvec|dl|pthread|rt|resolv|util|anl|nss_.*|BrokenLocale|thread_db))\.so.*"
)
_NEEDED = re.compile(r"^\s+(\S+) => (\S.*) \(0x[0-9a-f]+\)$")
_C_VERSION = re.compile(rb"GLIBC_2\.(\d{1,3})\b")


def program() -> Path:
    """The interpreter's own file.

    Raises:
        KitError: Python does not know it.
    """
    if not sys.executable:
        raise KitError("Python", "does not know its own program; run Kavalan with an installed Python")
    return Path(sys.executable).resolve()


def folder() -> str:
    """Where below its prefix this Python looks for its standard library, as `lib/python3.11`."""
    return f"{sys.platlibdir}/python{sys.version_info.major}.{sys.version_info.minor}"


def library() -> Iterator[tuple[Path, str]]:
    """The files of the standard library and their names below it.

    Raises:
        KitError: they lie in no folder, or the compiled ones lie elsewhere.
    """
    root = Path(sysconfig.get_path("stdlib"))
    if not (root / "os.py").is_file() or not (root / "lib-dynload").is_dir():
        raise KitError(root, "does not hold the whole standard library; make the kit with another Python")
    yield from _below(root, "")


def _below(folder: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.iterdir()):
        if path.name in _LEFT_OUT or path.name.startswith("config-"):
            continue
        if path.is_dir():
            yield from _below(path, f"{prefix}{path.name}/")
        elif not (prefix == "lib-dynload/" and _MODULES_LEFT_OUT.match(path.name)):
            yield path, prefix + path.name


def shared(objects: Iterable[Path], carried: Iterable[Path]) -> dict[str, Path]:
    """Libraries of the system that programs and modules need, by the name under which they ask for them.

    Args:
        objects: files of programs, modules and libraries.
        carried: folders whose libraries come along anyway.

    Raises:
        KitError: they cannot be told.
    """
    within = tuple(f"{path}/" for path in carried)
    found: dict[str, Path] = {}
    waiting = iter(objects)
    while chunk := list(islice(waiting, 200)):
        for name, path in _asked(chunk):
            if not _C_LIBRARY.fullmatch(name) and not path.startswith(within):
                found.setdefault(name, Path(path))
    return dict(sorted(found.items()))


def c_library(objects: Iterable[Path]) -> int:
    """The least version 2.N of the GNU C library that has all that some programs and libraries ask of it; the N."""
    return max((_c_library(path) for path in objects), default=0)


def _asked(objects: list[Path]) -> Iterator[tuple[str, str]]:
    try:
        done = subprocess.run(
            ["ldd", *map(str, objects)], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise KitError(
            "ldd", f"cannot be run ({error.strerror}); it comes with the C library (Debian: libc-bin)"
        ) from None
    for line in done.stdout.splitlines():
        if found := _NEEDED.match(line):
            yield found[1], found[2]


def _c_library(path: Path) -> int:
    with path.open("rb") as stream:
        if stream.read(4) != b"\x7fELF":
            return 0
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return max((int(found[1]) for found in _C_VERSION.finditer(data)), default=0)
