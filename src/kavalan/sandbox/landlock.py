"""Landlock: which files a worker may open, and that it may not reach out.

Format and constants: linux/landlock.h; https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import errno
import os
import struct
from typing import TYPE_CHECKING

from kavalan.sandbox import syscalls

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH

_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
# How many rights on files each ABI knows, from bit 0: execute … make_sym, then refer (2), truncate (3), ioctl_dev (5).
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NET_RIGHTS = 0b11  # bind and connect a TCP socket
_SCOPES = 0b11  # abstract unix sockets and signals stay inside


def version() -> int:
    """The Landlock ABI the kernel offers, or 0 where there is none, or none for us."""
    try:
        return syscalls.call("landlock_create_ruleset", 0, 0, _VERSION)
    except OSError:
        return 0


def _ruleset(abi: int) -> bytes:
    """`struct landlock_ruleset_attr` that handles, so refuses, every right the ABI knows."""
    files = (1 << _FILE_RIGHTS[min(abi, max(_FILE_RIGHTS))]) - 1
    net = _NET_RIGHTS if abi >= 4 else 0
    scoped = _SCOPES if abi >= 6 else 0
    # An older kernel takes a longer struct as long as what it does not know is zero.
    return struct.pack("=QQQ", files, net, scoped)


def _allow_reading(ruleset: int, path: Path) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        syscalls.call("landlock_add_rule", ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, opened), 0)
    finally:
        os.close(opened)


def restrict(readable: Iterable[Path]) -> int:
    """Leave this thread, and all it may start, nothing but reading beneath some paths.

    Descriptors that are open already stay usable. The caller has set `no_new_privs` and is the only thread.

    Args:
        readable: files and directories; those that do not exist are left out.

    Returns:
        The ABI in force; 0 where the kernel grants none.

    Raises:
        OSError: the kernel offers Landlock and then refused.
    """
    abi = version()
    if abi == 0:
        return 0
    attributes = _ruleset(abi)
    ruleset = syscalls.call("landlock_create_ruleset", attributes, len(attributes), 0)
    try:
        for path in readable:
            _allow_reading(ruleset, path)
        syscalls.call("landlock_restrict_self", ruleset, 0)
    except OSError as error:
        if error.errno == errno.EOPNOTSUPP:
            return 0
        raise
    finally:
        os.close(ruleset)
    return abi
