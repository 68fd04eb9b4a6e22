"""Lock this process in: privileges, limits, Landlock, seccomp. Called by a worker on itself, before its first item."""

from __future__ import annotations

import os
import resource
import struct
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import kavalan
from kavalan.sandbox import landlock, seccomp, syscalls

if TYPE_CHECKING:
    from kavalan.sandbox.limits import Limits

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_SIGKILL = 9
_CAPABILITY_VERSION_3 = 0x20080522

# Address space beyond `Limits.memory`: mapped libraries and what allocators reserve per thread and never touch.
_RESERVED = 4 << 30
# For all processes of the user together, as the kernel counts them: far above a desk, far below a bomb of threads.
_TASKS = 4096


class Confinement(msgspec.Struct, frozen=True):
    """What the kernel granted on top of limits, which are always in force.

    Attributes:
        landlock: ABI version, 0 for none.
        seccomp: whether the filter of system calls is in force.
    """

    landlock: int
    seccomp: bool

    @property
    def complete(self) -> bool:
        """Everything there is was granted."""
        return bool(self.landlock) and self.seccomp

    def __str__(self) -> str:
        granted = [f"landlock {self.landlock}"] * bool(self.landlock) + ["seccomp"] * self.seccomp
        return ", ".join(granted) or "limits only"


def die_with(parent: int) -> None:
    """Have the kernel kill this process when the thread that started it ends.

    Raises:
        ProcessLookupError: it has ended already.
    """
    syscalls.call("prctl", _PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        msg = f"parent {parent} is gone"
        raise ProcessLookupError(msg)


def _readable() -> list[Path]:
    """Where Python and the libraries it has loaded keep what they may load later; nothing of the user's.

    With them goes the kernel's source of random numbers, which qpdf opens before it decrypts.
    """
    python = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    system = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/urandom")
    return [Path(path).resolve() for path in (*sorted(python), *kavalan.__path__, *system)]


def _bound(kind: int, most: int) -> None:
    """Lower a limit for good; one that is lower already stays."""
    hard = resource.getrlimit(kind)[1]
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (value, value))


def _bound_all(limits: Limits) -> None:
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_NPROC, _TASKS),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.written_bytes),
        (resource.RLIMIT_DATA, limits.memory),
        (resource.RLIMIT_AS, limits.memory + _RESERVED),
    ):
        _bound(kind, most)


def _drop_privileges() -> None:
    """No capability, also for root, and no way to gain one; nobody else may look into this process."""
    syscalls.call("capset", struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24))
    syscalls.call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    syscalls.call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)


def confine(limits: Limits) -> Confinement:
    """Lock this process in, for good.

    Raises:
        RuntimeError: other threads run, which Landlock would leave free.
        OSError: the kernel offers a protection and refuses to put it in force.
    """
    threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    if threads != 1:
        msg = f"importing the task started {threads - 1} threads, which could not be confined"
        raise RuntimeError(msg)
    _bound_all(limits)
    _drop_privileges()
    abi = landlock.restrict(_readable())
    return Confinement(landlock=abi, seccomp=seccomp.install())
