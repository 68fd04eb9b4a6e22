"""Unwrapping the keys in a process that ends: the quarter of a gigabyte that it takes does not stay with the desk.

`python -m kavalan.casework.serving.unlocking WORKSPACE DESCRIPTOR` reads the passphrase from its standard input and
writes the keys into the file in memory that it inherits. Exit code: 0, or 2 and the reason on standard output.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kavalan.casework import keys
from kavalan.casework.keys import KeysError


def unlocked_in_memory(workspace: Path, passphrase: bytes) -> int:
    """The keys of a workspace in a file in memory (`keys.new_memory`); its descriptor, which the caller closes.

    Raises:
        KeysError: there are none, they were altered, or the passphrase is another.
    """
    descriptor = keys.new_memory()
    command = [sys.executable, "-m", "kavalan.casework.serving.unlocking", str(workspace), str(descriptor)]
    done = subprocess.run(command, input=passphrase, pass_fds=[descriptor], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise KeysError(done.stdout.decode().strip() or "the keys could not be unlocked; the lines above say why")
    return descriptor


def main() -> int:
    """The command line."""
    workspace, descriptor = Path(sys.argv[1]), int(sys.argv[2])
    try:
        keys.write_to(descriptor, keys.unlock(workspace, sys.stdin.buffer.read()))
    except KeysError as error:
        sys.stdout.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
