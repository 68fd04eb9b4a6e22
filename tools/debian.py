"""Debian's packages without being root, and with: download, unpack, find what a program needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "debian"
UNPACKED = CACHE / "root"
_LISTS = CACHE / "lists"


class AptError(Exception):
    """apt-get is not here, or it could not do what was asked; the text is what it said."""


def is_root() -> bool:
    """Whether apt-get may install for the whole machine."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> None:
    """Install for the whole machine; needs root.

    Raises:
        AptError: apt-get failed.
    """
    _apt("update", "-qq")
    _apt("install", "-y", "-qq", "--no-install-recommends", *packages)


def closure(packages: Sequence[str]) -> list[str]:
    """The named packages and all they need that this machine lacks, as apt-get would install them.

    Raises:
        AptError: apt-get failed.
    """
    _refresh()
    plan = _apt(*_private(), "install", "--simulate", "--no-install-recommends", *packages)
    return [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]


def unpack(packages: Sequence[str], target: Path) -> None:
    """Download the packages and unpack them below `target`: nothing is installed and no script of theirs runs.

    Raises:
        AptError: apt-get or dpkg-deb failed.
    """
    _refresh()
    target.parent.mkdir(parents=True, exist_ok=True)
    # A new target appears by renaming: an interrupted download leaves nothing that looks complete.
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        folder = Path(scratch)
        # apt's own sandbox user may not write to a folder of ours.
        _apt(*_private(), "-o", "APT::Sandbox::User=root", "download", "-qq", *packages, folder=folder)
        tree = target if target.exists() else folder / "tree"
        for archive in folder.glob("*.deb"):
            _call(["dpkg-deb", "-x", str(archive), str(tree)])
        if tree is not target:
            tree.rename(target)


def wrap(programs: Path, unpacked: Path | None = None) -> None:
    """Write `.cache/debian/bin/NAME` for every program in a folder that was unpacked: it runs with what lies beside it.

    Args:
        programs: the folder of the programs.
        unpacked: the tree that holds its libraries too; `UNPACKED` without one.
    """
    libraries = sorted({str(path.parent) for path in (unpacked or UNPACKED).glob("**/lib/**/*.so*")})
    fonts = CACHE / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{UNPACKED}/usr/share/fonts</dir><cachedir>{CACHE}/fonts</cachedir></fontconfig>\n"
    )
    settings = f'LD_LIBRARY_PATH="{":".join(libraries)}" FONTCONFIG_FILE="{fonts}"'
    wrappers = CACHE / "bin"
    wrappers.mkdir(parents=True, exist_ok=True)
    for program in programs.iterdir():
        if program.is_file() and os.access(program, os.X_OK):
            wrapper = wrappers / program.name
            wrapper.write_text(f'#!/bin/sh\n{settings} exec "{program}" "$@"\n')
            wrapper.chmod(0o755)


def _refresh() -> None:
    """Fetch the package lists once a checkout, into a folder of ours so that it needs no root."""
    stamp = CACHE / "lists.fetched"
    if not stamp.exists():
        (_LISTS / "partial").mkdir(parents=True, exist_ok=True)
        _apt(*_private(), "-o", "APT::Sandbox::User=root", "update", "-qq")
        stamp.touch()


def _private() -> tuple[str, ...]:
    archives = CACHE / "archives"
    (archives / "partial").mkdir(parents=True, exist_ok=True)
    return ("-o", f"Dir::State::Lists={_LISTS}", "-o", f"Dir::Cache={archives}")


def _apt(*arguments: str, folder: Path | None = None) -> str:
    if shutil.which("apt-get") is None:
        raise AptError("apt-get is not on this machine")
    return _call(["apt-get", *arguments], folder)


def _call(command: Sequence[str], folder: Path | None = None) -> str:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise AptError(f"{' '.join(command[:1])} failed: {done.stderr.strip()[-500:]}")
    return done.stdout
