"""The system calls a worker may make, as a seccomp-bpf filter.

**An allowlist, because the kernel grows.** A list of refusals would have let io_uring in on the day it appeared. What
decoders need is short and has not changed in years: read, map memory, run threads, ask the time. All that the list
holds was found by decoding with numpy, Pillow, simplejpeg, pi-heif and PyAV inside (`tests/sandbox/test_decoders.py`
keeps it so).

A refused call answers `EPERM` rather than killing, so that a library which merely tries (naming a thread, setting a
priority) goes on. Calls younger than 2019, which share one numbering on every machine, answer `ENOSYS`: glibc then
falls back to the older call, which this filter can look into. `clone3` keeps its flags where no filter sees them, so
that is what must happen to it.

Format: `struct sock_filter` of linux/filter.h, `struct seccomp_data` of linux/seccomp.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import TYPE_CHECKING, NamedTuple

from kavalan.sandbox import syscalls

if TYPE_CHECKING:
    from collections.abc import Iterator

_SET_MODE_FILTER = 1
_FLAG_TSYNC = 1  # the filter binds every thread, also those a library started while it was imported

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_AND = 0x54  # BPF_ALU | BPF_AND | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

_ALLOW = 0x7FFF0000
_KILL = 0x80000000  # the whole process
_ERRNO = 0x00050000

_NR, _ARCH, _ARGUMENTS = 0, 4, 16

_CLONE_THREAD = 0x00010000
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | 0o20000000  # the last is __O_TMPFILE
_SHARED_ANONYMOUS = 0x21  # MAP_SHARED | MAP_ANONYMOUS
_FCNTL_SAFE = (
    0,
    1,
    2,
    3,
    4,
    1030,
)  # DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC: no owner, no signal, no lock, no lease

# Locking the door is not in here: a worker that is inside can only ask for less, and need not.
_CONDITIONAL = frozenset({"clone", "openat", "mmap", "fcntl", "kill", "tgkill", "prlimit64"})
_NEVER = frozenset(
    {"prctl", "seccomp", "capset", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"}
)


class Instruction(NamedTuple):
    """One `struct sock_filter`: operation, jumps when true and false, constant."""

    code: int
    true: int
    false: int
    k: int


def _load(offset: int) -> Instruction:
    return Instruction(_LOAD, 0, 0, offset)


def _answer(action: int) -> Instruction:
    return Instruction(_RETURN, 0, 0, action)


def _argument(index: int, *, high: bool = False) -> Instruction:
    """Load 32 bits of an argument; both machines are little-endian."""
    return _load(_ARGUMENTS + 8 * index + 4 * high)


def _allowed_when(test: Instruction, *, otherwise: int, load: Instruction) -> list[Instruction]:
    return [load, test, _answer(_ALLOW), _answer(_ERRNO | otherwise)]


def _without_bits(index: int, bits: int, otherwise: int) -> list[Instruction]:
    return _allowed_when(Instruction(_ANY_BIT, 1, 0, bits), otherwise=otherwise, load=_argument(index))


def _equal(index: int, value: int, otherwise: int) -> list[Instruction]:
    return _allowed_when(Instruction(_EQUAL, 0, 1, value), otherwise=otherwise, load=_argument(index))


def _conditions(pid: int) -> dict[str, list[Instruction]]:
    """The calls that depend on their arguments, each as a block that ends in an answer."""
    return {
        # A thread is one of us; a process is not.
        "clone": _allowed_when(Instruction(_ANY_BIT, 0, 1, _CLONE_THREAD), otherwise=errno.EPERM, load=_argument(0)),
        # Landlock says which files; this says "only to read", also where the kernel has no Landlock.
        "openat": _without_bits(2, _WRITES, errno.EACCES),
        # Shared anonymous memory would not count against RLIMIT_DATA.
        "mmap": [
            _argument(3),
            Instruction(_AND, 0, 0, _SHARED_ANONYMOUS),
            Instruction(_EQUAL, 1, 0, _SHARED_ANONYMOUS),
            _answer(_ALLOW),
            _answer(_ERRNO | errno.ENOMEM),
        ],
        "fcntl": [
            _argument(1),
            *(Instruction(_EQUAL, len(_FCNTL_SAFE) - i, 0, command) for i, command in enumerate(_FCNTL_SAFE)),
            _answer(_ERRNO | errno.EPERM),
            _answer(_ALLOW),
        ],
        # abort() raises SIGABRT in its own thread; nobody else may be signalled.
        "kill": _equal(0, pid, errno.EPERM),
        "tgkill": _equal(0, pid, errno.EPERM),
        # glibc asks for limits through prlimit64 with no new value: both halves of that pointer are zero.
        "prlimit64": [
            _argument(2),
            Instruction(_EQUAL, 0, 3, 0),
            _argument(2, high=True),
            Instruction(_EQUAL, 0, 1, 0),
            _answer(_ALLOW),
            _answer(_ERRNO | errno.EPERM),
        ],
    }


def _calls(here: syscalls.Machine, pid: int) -> Iterator[Instruction]:
    conditions = _conditions(pid)
    for name in syscalls.NUMBERS:
        number = syscalls.number(name, here)
        if number is None or name in _NEVER:
            continue
        block = conditions.get(name, [_answer(_ALLOW)])
        yield Instruction(_EQUAL, 0, len(block), number)
        yield from block


def program(here: syscalls.Machine, pid: int) -> list[Instruction]:
    """The filter of one worker.

    Args:
        here: the machine; a call made under any other architecture kills the worker.
        pid: the worker's own process id, the only one it may signal.
    """
    return [
        _load(_ARCH),
        Instruction(_EQUAL, 1, 0, here.audit),
        _answer(_KILL),
        _load(_NR),
        *_calls(here, pid),
        Instruction(_AT_LEAST, 0, 1, syscalls.FIRST_SHARED),
        _answer(_ERRNO | errno.ENOSYS),
        _answer(_ERRNO | errno.EPERM),
    ]


def install() -> bool:
    """Bind this process, all its threads and all it may start to the filter, for good.

    The caller has set `no_new_privs`.

    Returns:
        False where the kernel or the architecture has no seccomp filters.

    Raises:
        OSError: the kernel has them and refused this one.
    """
    here = syscalls.machine()
    if here is None:
        return False
    instructions = program(here, os.getpid())
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in instructions))
    try:
        syscalls.call(
            "seccomp",
            _SET_MODE_FILTER,
            _FLAG_TSYNC,
            struct.pack("@HP", len(instructions), ctypes.addressof(code)),
        )
    except OSError as error:
        if error.errno in {errno.ENOSYS, errno.EPERM, errno.EINVAL}:
            return False
        raise
    return True
