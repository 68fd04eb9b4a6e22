"""The filter of both machines, run by an interpreter of classic BPF; in `test_confinement.py` the kernel runs it."""

import errno
import os
import struct

import pytest

from kavalan.sandbox import seccomp, syscalls

PID = 4321
ALLOW, KILL = 0x7FFF0000, 0x80000000
THREAD = 0x3D0F00  # what glibc's pthread_create asks of clone
FORK = 0x01200011  # what glibc's fork asks of it


def decide(machine, number, *arguments, arch=None):
    """What the filter answers to a call (linux/filter.h, linux/seccomp.h)."""
    there = syscalls.MACHINES[machine]
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<IIQ6Q", number, there.audit if arch is None else arch, 0, *padded)
    program = seccomp.program(there, PID)
    at, held = 0, 0
    while True:
        code, true, false, k = program[at]
        at += 1
        if code == 0x20:
            (held,) = struct.unpack_from("<I", data, k)
        elif code == 0x54:
            held &= k
        elif code == 0x06:
            return k
        else:
            outcome = {0x15: held == k, 0x35: held >= k, 0x45: bool(held & k)}[code]
            at += true if outcome else false


def verdict(machine, name, *arguments):
    answer = decide(machine, syscalls.number(name, syscalls.MACHINES[machine]), *arguments)
    return "allow" if answer == ALLOW else errno.errorcode[answer & 0xFFFF]


both = pytest.mark.parametrize("machine", syscalls.MACHINES)


@both
@pytest.mark.parametrize("name", ["read", "mmap", "futex", "clock_gettime", "recvmsg", "exit_group"])
def test_what_a_decoder_needs_is_allowed(machine, name):
    assert verdict(machine, name) == "allow"


@both
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", (THREAD,), "allow"),
        ("clone", (FORK,), "EPERM"),
        ("clone", (0x4111,), "EPERM"),  # vfork
        ("openat", (0, 0, os.O_RDONLY | os.O_CLOEXEC), "allow"),
        ("openat", (0, 0, os.O_WRONLY), "EACCES"),
        ("openat", (0, 0, os.O_RDWR), "EACCES"),
        ("openat", (0, 0, os.O_RDONLY | os.O_CREAT), "EACCES"),
        ("openat", (0, 0, os.O_RDONLY | os.O_TRUNC), "EACCES"),
        ("openat", (0, 0, os.O_TMPFILE), "EACCES"),
        ("mmap", (0, 0, 3, 0x22), "allow"),  # private, anonymous
        ("mmap", (0, 0, 1, 0x01), "allow"),  # shared, of a file
        ("mmap", (0, 0, 3, 0x21), "ENOMEM"),  # shared, anonymous
        ("mmap", (0, 0, 3, 0x23), "ENOMEM"),  # MAP_SHARED_VALIDATE
        ("fcntl", (0, 3), "allow"),
        ("fcntl", (0, 1030), "allow"),
        ("fcntl", (0, 8), "EPERM"),  # F_SETOWN
        ("fcntl", (0, 6), "EPERM"),  # F_SETLK
        ("fcntl", (0, 1024), "EPERM"),  # F_SETLEASE
        ("kill", (PID, 9), "allow"),
        ("kill", (PID + 1, 9), "EPERM"),
        ("kill", (0, 9), "EPERM"),
        ("kill", (0xFFFFFFFF, 9), "EPERM"),
        ("tgkill", (PID, 99, 6), "allow"),
        ("tgkill", (1, 1, 9), "EPERM"),
        ("prlimit64", (0, 7, 0, 1), "allow"),
        ("prlimit64", (0, 7, 1, 0), "EPERM"),
        ("prlimit64", (0, 7, 1 << 32, 0), "EPERM"),
        ("prctl", (4, 1), "EPERM"),
        ("seccomp", (1,), "EPERM"),
        ("capset", (), "EPERM"),
    ],
)
def test_a_call_is_judged_by_its_arguments(machine, name, arguments, expected):
    assert verdict(machine, name, *arguments) == expected


@both
@pytest.mark.parametrize("number", [425, 434, 435, 437, 444, 10_000, 0x40000000, 0x40000000 + 57])
def test_calls_younger_than_the_table_do_not_exist(machine, number):
    """io_uring_setup, pidfd_open, clone3, openat2, landlock, what comes later, and x86's x32 table."""
    assert decide(machine, number) == 0x00050000 | errno.ENOSYS


@both
def test_another_architecture_is_killed(machine):
    assert decide(machine, 1, arch=0x40000003) == KILL


@pytest.mark.parametrize(
    ("name", "x86_64", "aarch64"),
    [
        ("socket", 41, 198),
        ("socketpair", 53, 199),
        ("connect", 42, 203),
        ("bind", 49, 200),
        ("accept4", 288, 242),
        ("execve", 59, 221),
        ("execveat", 322, 281),
        ("ptrace", 101, 117),
        ("process_vm_readv", 310, 270),
        ("bpf", 321, 280),
        ("keyctl", 250, 219),
        ("mount", 165, 40),
        ("unshare", 272, 97),
        ("setns", 308, 268),
        ("userfaultfd", 323, 282),
        ("perf_event_open", 298, 241),
        ("memfd_create", 319, 279),
        ("unlinkat", 263, 35),
        ("renameat2", 316, 276),
        ("fchmodat", 268, 53),
        ("truncate", 76, 45),
        ("ioctl", 16, 29),
        ("tkill", 200, 130),
    ],
)
def test_what_no_decoder_needs_is_refused(name, x86_64, aarch64):
    refused = 0x00050000 | errno.EPERM
    assert (decide("x86_64", x86_64), decide("aarch64", aarch64)) == (refused, refused)


@pytest.mark.parametrize(("name", "number"), [("open", 2), ("fork", 57), ("vfork", 58), ("creat", 85), ("unlink", 87)])
def test_the_old_calls_of_x86_are_refused(name, number):
    assert decide("x86_64", number) == 0x00050000 | errno.EPERM


def test_a_machine_without_a_table_gets_no_filter(monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert seccomp.install() is False
