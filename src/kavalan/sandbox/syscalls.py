"""Linux system call numbers, as data, for the two machines Kavalan runs on, and how to make such a call from Python."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
from typing import NamedTuple

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class Machine(NamedTuple):
    """A processor architecture as seccomp names it.

    Attributes:
        audit: `AUDIT_ARCH_*` of linux/audit.h; a filter must check it, for the same number means another call
            elsewhere.
        column: the column of `NUMBERS` that holds its numbers.
    """

    audit: int
    column: int


MACHINES = {"x86_64": Machine(0xC000003E, 0), "aarch64": Machine(0xC00000B7, 1)}

# From this number on (pidfd_send_signal, Linux 5.1) every architecture shares one numbering.
FIRST_SHARED = 424

# name: (x86_64, aarch64), from asm/unistd_64.h and asm-generic/unistd.h of Linux 6.1; None: no such call there.
NUMBERS: dict[str, tuple[int | None, int | None]] = {
    # reading
    "read": (0, 63),
    "readv": (19, 65),
    "pread64": (17, 67),
    "preadv": (295, 69),
    "lseek": (8, 62),
    "close": (3, 57),
    "fstat": (5, 80),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "stat": (4, None),
    "lstat": (6, None),
    "access": (21, None),
    "faccessat": (269, 48),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getcwd": (79, 17),
    "getdents64": (217, 61),
    "fadvise64": (221, 223),
    "dup": (32, 23),
    "openat": (257, 56),
    "fcntl": (72, 25),
    # answering
    "write": (1, 64),
    "writev": (20, 66),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "recvfrom": (45, 207),
    "recvmsg": (47, 212),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    # memory
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "brk": (12, 214),
    # threads and the end
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "get_robust_list": (274, 100),
    "rseq": (334, 293),
    "membarrier": (324, 283),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "clone": (56, 220),
    "exit": (60, 93),
    "exit_group": (231, 94),
    # signals
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "kill": (62, 129),
    "tgkill": (234, 131),
    # time
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    "getrusage": (98, 165),
    # questions about oneself
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "getrandom": (318, 278),
    "getrlimit": (97, 163),
    "prlimit64": (302, 261),
    # made by the worker itself while it locks the door; never allowed afterwards
    "prctl": (157, 167),
    "seccomp": (317, 277),
    "capset": (126, 91),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
}


def machine() -> Machine | None:
    """The architecture this process runs on, or None where its numbers are not in the table."""
    return MACHINES.get(platform.machine())


def number(name: str, on: Machine) -> int | None:
    """The number of a call in `NUMBERS`, or None where that machine has no such call."""
    return NUMBERS[name][on.column]


def call(name: str, *arguments: int | bytes) -> int:
    """Make a system call that glibc has no function for.

    Args:
        name: a key of `NUMBERS`.
        arguments: integers, or bytes whose address is passed.

    Raises:
        OSError: with the kernel's errno; `ENOSYS` where the architecture is not in the table.
    """
    here = machine()
    wanted = None if here is None else number(name, here)
    if wanted is None:
        raise OSError(errno.ENOSYS, f"{name}: no system call number for {platform.machine()}")
    converted = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    result: int = _libc.syscall(ctypes.c_long(wanted), *converted)
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result
