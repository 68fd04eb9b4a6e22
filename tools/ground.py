"""The ground under `make`: fetch what a bare machine lacks, say so, and leave it where the next run finds it offline.

Usage: python3 -m tools.ground PART...   with PART one of venv, peers, web, photos, browser, postgres, judges.

Standard library only: this runs before anything is installed. Everything lands in `.venv`, `web/node_modules` and
`.cache`, except that root lets apt-get install programs (a browser, PostgreSQL) as Debian means them to be installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import debian, photos

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DONE = ROOT / ".cache" / "done"
# Other people's programs whose verdict on archives, disk images, documents and digests the tests ask for.
JUDGES = {
    "age": "age",
    "btrfs-progs": "mkfs.btrfs",
    "dosfstools": "fsck.fat",
    "e2fsprogs": "mke2fs",
    "ewf-tools": "ewfacquirestream",
    "exfatprogs": "mkfs.exfat",
    "fdisk": "sfdisk",
    "hashdeep": "hashdeep",
    "libgsf-bin": "gsf",
    "mtools": "mcopy",
    "ntfs-3g": "mkntfs",
    "p7zip-full": "7z",
    "poppler-utils": "pdfimages",
    "qemu-utils": "qemu-img",
    "shellcheck": "shellcheck",
    "sleuthkit": "fls",
    "squashfs-tools": "mksquashfs",
    "unzip": "unzip",
    "xfsprogs": "mkfs.xfs",
    "zbar-tools": "zbarimg",
    "zip": "zip",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PIP = (str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
LOCKED = (*PIP, "--require-hashes")


class MissingError(Exception):
    """Something is not here and could not be fetched; the text says what it is for and how to get it."""


def say(text: str) -> None:
    """Tell what is being done; fetching without a word would be rude."""
    print(f"kavalan: {text}", flush=True)


def main(parts: Sequence[str]) -> int:
    """Provide the named parts in order; answer 1 if one that is required is missing."""
    code = 0
    for part in parts:
        if part not in PARTS:
            say(f"unknown part {part!r}; known are {', '.join(PARTS)}")
            return 2
        try:
            PARTS[part]()
        except MissingError as missing:
            say(f"MISSING {part}: {missing}")
            code |= part in REQUIRED
        else:
            DONE.mkdir(parents=True, exist_ok=True)
            (DONE / part).touch()
    return code


def provide_venv() -> None:
    """The Python environment with the locked packages and Kavalan itself, editable."""
    if sys.version_info < (3, 11):
        version = ".".join(map(str, sys.version_info[:3]))
        raise MissingError(
            f"Kavalan needs Python 3.11 or newer, this is {version}; run `make PYTHON=/path/to/python3.11`"
        )
    if not PYTHON.exists():
        say("making the Python environment .venv")
        _make_environment()
    say("fetching the locked Python packages by pip (once)")
    lock = ROOT / "locks" / "dev.txt"
    _run(
        [*LOCKED, "--only-binary", ":all:", "-r", str(lock)], "the Python packages of locks/dev.txt; is PyPI reachable?"
    )
    _run([*PIP, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)], "Kavalan itself in .venv")


def _make_environment() -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian leaves it out of python3; what follows depends on it
    except ImportError:
        _make_environment_with_debians_pip()
    else:
        venv.create(VENV, with_pip=True, symlinks=True)


def _make_environment_with_debians_pip() -> None:
    say("this Python has no ensurepip; unpacking pip from Debian's python3-pip-whl")
    wheels = ROOT / ".cache" / "debian" / "pip"
    try:
        debian.unpack(["python3-pip-whl"], wheels)
    except debian.AptError as error:
        raise MissingError(f"pip; install it (Debian: apt-get install python3-venv). {error}") from error
    venv.create(VENV, with_pip=False, symlinks=True)
    wheel = next(wheels.glob("usr/share/python-wheels/pip-*.whl"))
    _run([str(PYTHON), str(wheel / "pip"), "install", "--quiet", "--no-index", str(wheel)], "pip in .venv")


def provide_peers() -> None:
    """The programs that tests and benchmarks compare with; two are compiled here."""
    lock = str(ROOT / "locks" / "peers.txt")
    say("fetching the peers that benchmarks compare with (pdqhash is compiled here)")
    if _works([*LOCKED, "-r", lock]):
        return
    if debian.is_root():
        say("they need a compiler: apt-get install g++ python3-dev")
        debian.install(["g++", "python3-dev"])
        if _works([*LOCKED, "-r", lock]):
            return
    message = (
        "pdqhash, threatexchange, faiss-cpu: comparisons with them are skipped by name. "
        "They need a C++ compiler and Python's headers (Debian: apt-get install g++ python3-dev)"
    )
    raise MissingError(message)


def provide_web() -> None:
    """Node from PyPI's wheel (in the lock), packages by npm, assets by Vite, translations by Babel."""
    web = ROOT / "web"
    environment = os.environ | {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    npm = str(VENV / "bin" / "npm")
    if not _newer(web / "node_modules" / ".package-lock.json", [web / "package-lock.json"]):
        say("fetching the web packages by npm (once)")
        _run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            "the packages of web/package-lock.json",
            web,
            environment,
        )
        (web / "node_modules" / ".package-lock.json").touch()
    say("building the web assets")
    _run([npm, "run", "--silent", "build"], "the web assets", web, environment)
    _run([str(PYTHON), "-m", "tools.messages", "compile"], "the pages' translations")


def provide_photos() -> None:
    """Benign photographs: wallpapers that arrive in Debian packages, unpacked and never installed."""
    for name in photos.packages():
        if (photos.PHOTOS / name).is_dir():
            continue
        say(f"unpacking Debian's {name} for its photographs (once)")
        try:
            photos.provide(name)
        except debian.AptError as error:
            what = f"photographs of Debian's {name}; tests and demo go on with pictures they draw"
            raise MissingError(f"{what}. {error}") from error


def provide_browser() -> None:
    """A Chromium for the browser tests: `$KAVALAN_BROWSER`, PATH, or Debian's."""
    named = os.environ.get("KAVALAN_BROWSER")
    if named:
        if not shutil.which(named):
            raise MissingError(f"KAVALAN_BROWSER={named} is not a program")
        return
    if any(map(shutil.which, BROWSERS)):
        return
    _provide_program("chromium", "the browser tests", lambda root: root / "usr/lib/chromium/chromium")


def provide_postgres() -> None:
    """PostgreSQL's server programs, for the same tests on the second database."""
    if os.environ.get("KAVALAN_POSTGRES_BIN") or shutil.which("initdb"):
        return
    if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return
    _provide_program(
        "postgresql", "the tests on PostgreSQL", lambda root: next(root.glob("usr/lib/postgresql/*/bin/initdb"))
    )


def provide_judges() -> None:
    """The programs of `JUDGES`, from PATH or Debian's packages."""
    lacking = [package for package, program in JUDGES.items() if not _found(program)]
    if not lacking:
        return
    use = "tests that hold our readers against them"
    names = " ".join(lacking)
    try:
        if debian.is_root():
            say(f"apt-get install {names}, for {use}")
            debian.install(lacking)
            return
        say(f"unpacking Debian's {names} and what they need into .cache, for {use} (once)")
        folder = debian.CACHE / "judges"
        debian.unpack(debian.closure(lacking), folder)
        for programs in ("bin", "sbin", "usr/bin", "usr/sbin"):
            if (folder / programs).is_dir():
                debian.wrap(folder / programs, folder)
    except (debian.AptError, OSError) as error:
        raise _absent(names, use, error) from error


def _found(program: str) -> bool:
    places = (debian.CACHE / "bin", Path("/usr/sbin"), Path("/sbin"))
    return shutil.which(program) is not None or any((place / program).exists() for place in places)


def _provide_program(package: str, use: str, program: Callable[[Path], Path]) -> None:
    """As root, install by apt-get; otherwise unpack the package with its needs, wrappers in `.cache/debian/bin`."""
    try:
        if debian.is_root():
            say(f"apt-get install {package}, for {use}")
            debian.install([package])
            return
        if (ROOT / ".cache" / "debian" / "bin" / program(debian.UNPACKED).name).exists():
            return
    except StopIteration:
        pass
    except debian.AptError as error:
        raise _absent(package, use, error) from error
    say(f"unpacking Debian's {package} and what it needs into .cache, for {use} (once)")
    try:
        debian.unpack(debian.closure([package]), debian.UNPACKED)
        debian.wrap(program(debian.UNPACKED).parent)
    except (debian.AptError, StopIteration, OSError) as error:
        raise _absent(package, use, error) from error


def _absent(package: str, use: str, error: Exception) -> MissingError:
    return MissingError(
        f"{package}, for {use}: those are skipped. Debian: apt-get install {package}. ({str(error)[:200]})"
    )


def _newer(made: Path, sources: Sequence[Path]) -> bool:
    return made.exists() and all(made.stat().st_mtime >= source.stat().st_mtime for source in sources)


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode == 0


def _run(command: Sequence[str], what: str, folder: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    try:
        subprocess.run(command, cwd=folder, env=environment, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingError(f"{what} ({error})") from error


PARTS: dict[str, Callable[[], None]] = {
    "venv": provide_venv,
    "peers": provide_peers,
    "web": provide_web,
    "photos": provide_photos,
    "browser": provide_browser,
    "judges": provide_judges,
    "postgres": provide_postgres,
}
REQUIRED = {"venv", "web"}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
