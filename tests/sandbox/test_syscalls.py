"""The table of system call numbers is the kernel's."""

import errno
import os
import re
from pathlib import Path

import pytest

from kavalan.sandbox import syscalls

HEADERS = {
    "x86_64": [Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), Path("/usr/include/asm/unistd_64.h")],
    "aarch64": [Path("/usr/include/asm-generic/unistd.h")],
}


def published(machine):
    """Names and numbers in the kernel's own header, whichever machine this is."""
    header = next((path for path in HEADERS[machine] if path.exists()), None)
    if header is None:
        pytest.skip(f"no kernel header for {machine} (Debian: linux-libc-dev)")
    text = header.read_text()
    shared = {name: int(number) for name, number in re.findall(r"#define __NR3264_(\w+) (\d+)", text)}
    alias = {name: shared[of] for name, of in re.findall(r"#define __NR_(\w+) __NR3264_(\w+)", text) if of in shared}
    return alias | {name: int(number) for name, number in re.findall(r"#define __NR_(\w+)\s+(\d+)", text)}


@pytest.mark.parametrize("name", syscalls.MACHINES)
def test_every_number_is_the_one_in_the_kernels_header(name):
    numbers = published(name)
    machine = syscalls.MACHINES[name]
    assert {call: syscalls.number(call, machine) for call in syscalls.NUMBERS} == {
        call: numbers.get(call) for call in syscalls.NUMBERS
    }


@pytest.mark.parametrize("name", syscalls.MACHINES)
def test_numbers_from_the_first_shared_one_on_are_alike_on_both_machines(name):
    numbers = published(name)
    assert numbers["pidfd_send_signal"] == syscalls.FIRST_SHARED


def test_a_call_is_made():
    assert syscalls.call("getpid") == os.getpid()


def test_a_call_that_fails_raises_the_kernels_error():
    with pytest.raises(OSError, match="fcntl: Bad file descriptor") as caught:
        syscalls.call("fcntl", -1, 1, 0)
    assert caught.value.errno == errno.EBADF


def test_an_unknown_machine_has_no_calls(monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "s390x")
    with pytest.raises(OSError, match="no system call number for s390x") as caught:
        syscalls.call("getpid")
    assert caught.value.errno == errno.ENOSYS
