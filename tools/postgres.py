"""A throwaway PostgreSQL: `python tools/postgres.py run -- pytest tests/casework`.

Runs a command with `DATABASE_URL` set to an empty cluster on a Unix socket in a temporary folder, and removes it
afterwards. The programs are looked for in `$KAVALAN_POSTGRES_BIN`, on PATH, in `/usr/lib/postgresql/*/bin` and in
`.cache/debian`. They refuse to run as root: then an unprivileged user runs them.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
# Nothing here outlives the command: waiting for the disk would only cost time.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": ""}


class NoPostgresError(Exception):
    """PostgreSQL's server programs are not on this machine."""


def find_programs() -> Path:
    """The folder that holds `initdb` and `postgres`.

    Raises:
        NoPostgresError: when there is none; the text says how to get one.
    """
    named = os.environ.get("KAVALAN_POSTGRES_BIN")
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    first = [Path(named)] if named else [Path(on_path).parent] if on_path else []
    candidates = [*first, *debian, ROOT / ".cache" / "debian" / "bin"]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgresError(
        "no initdb: install Debian's package postgresql, or set KAVALAN_POSTGRES_BIN to its bin folder"
    )


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and yield the address of its database."""
    programs = find_programs()
    with tempfile.TemporaryDirectory(prefix="kavalan-pg-", dir=_scratch()) as name:
        folder = Path(name)
        drop = _unprivileged(folder)
        data = folder / "data"
        initialise = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=kavalan", "--no-sync"]
        _run([*drop, programs / "initdb", *initialise, "--pgdata", data])
        options = " ".join(f"-c {name}={value or repr(value)}" for name, value in SETTINGS.items())
        control = [*drop, programs / "pg_ctl", "--pgdata", data, "--silent", "--wait"]
        _run([*control, "--log", folder / "log", "--options", f"{options} -k {folder}", "start"])
        try:
            yield f"postgresql://kavalan@/postgres?host={quote(name, safe='/')}"
        finally:
            _run([*control, "--mode", "immediate", "stop"])


def run(command: Sequence[str]) -> int:
    """Run a command beside a cluster and return its exit status."""
    with cluster() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


def _scratch() -> Path:
    """Memory if there is plenty, else /tmp: in both a socket's path stays under its 107 bytes."""
    memory = Path("/dev/shm")  # noqa: S108 the folder below it gets a random name and is ours alone
    if memory.is_dir() and shutil.disk_usage(memory).free > 4 << 30:
        return memory
    return Path("/tmp")  # noqa: S108 as above


def _unprivileged(folder: Path) -> list[str | Path]:
    """What to put before a program so that it does not run as root; the folder is given to that user."""
    if os.geteuid() != 0:
        return []
    user = next(entry for name in ("postgres", "nobody") if (entry := _user(name)))
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("action", choices=["run"])
    parser.add_argument("command", nargs="+", help="after --")
    # Ended from outside, it still stops the server and removes the folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return run(parser.parse_args().command)
    except NoPostgresError as error:
        required = "postgres" in os.environ.get("KAVALAN_REQUIRE", "").split(",")
        print(f"{'FAILED' if required else 'SKIPPED'} everything on PostgreSQL: {error}", file=sys.stderr)
        return 1 if required else 0


if __name__ == "__main__":
    sys.exit(main())
