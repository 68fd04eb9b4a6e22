"""Tasks that workers run in these tests: each does one thing, most of them bad."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec


class Ask(msgspec.Struct, frozen=True):
    text: str = ""
    number: int = 0


class Say(msgspec.Struct, frozen=True):
    text: str = ""
    number: int = 0


class Other(msgspec.Struct, frozen=True):
    text: list[str]


def read(source, request):
    return Say(source.read().decode(), request.number)


def pid(source, request):
    return Say(number=os.getpid())


def count(source, request):
    for number in range(request.number):
        yield Say(number=number)


def count_then_raise(source, request):
    yield from count(source, request)
    raise ValueError("the rest is damaged")


def endless(source, request):
    while True:
        yield Say("more")


def long(source, request):
    return Say("x" * request.number)


def raises(source, request):
    raise ValueError(request.text)


def by_text(source, request):
    """What the request names; one pool can so mix good items and bad ones."""
    return globals()[request.text](source, request)


def bomb(source, request):
    held = []
    while True:
        held.append(bytearray(32 << 20))


def spin(source, request):
    while True:
        pass


def spin_in_steps(source, request):
    for number in range(request.number):
        until = time.process_time() + 0.4
        while time.process_time() < until:
            pass
        yield Say(number=number)


def spin_on(source, request):
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    spin(source, request)


def sleep(source, request):
    time.sleep(3600)


def sleep_a_little(source, request):
    time.sleep(request.number / 1000)
    return Say(source.read().decode(), request.number)


def segfault(source, request):
    ctypes.string_at(0)


def kill_itself(source, request):
    os.kill(os.getpid(), signal.SIGKILL)


def abort(source, request):
    os.abort()


def leave(source, request):
    os._exit(3)


def fork(source, request):
    child = os.fork()
    if child == 0:
        os._exit(0)
    return Say(number=child)


def start_program(source, request):
    subprocess.run(["/bin/true"], check=True)
    return Say()


def execute(source, request):
    os.execv("/bin/true", ["true"])  # noqa: S606 - that it is refused is what is tested


def open_socket(source, request):
    with socket.socket(getattr(socket, request.text), socket.SOCK_STREAM):
        return Say()


def write_to(source, request):
    with Path(request.text).open("wb", buffering=0) as outside:
        return Say(number=outside.write(b"x"))


def write_through_source(source, request):
    return Say(number=os.write(source.fileno(), b"changed"))


def read_path(source, request):
    return Say(Path(request.text).read_text())


def signal_process(source, request):
    os.kill(request.number, 0)
    return Say()


def raise_memory_limit(source, request):
    resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return Say()


def open_many(source, request):
    held = [os.dup(source.fileno()) for _ in range(request.number)]
    return Say(number=len(held))


def run_thread(source, request):
    said = []
    thread = threading.Thread(target=lambda: said.append(source.read().decode()))
    thread.start()
    thread.join()
    return Say(said[0])


def import_late(source, request):
    __import__(request.text)
    return Say(request.text)


def state(source, request):
    """The worker's environment, directory and open descriptors, one line each."""
    return Say("\n".join([*sorted(os.environ), str(Path.cwd()), str(len(sys.argv))]))


def descriptors(source, request):
    """How many descriptors below 64 are open."""
    return Say(number=sum(1 for each in range(64) if _is_open(each)))


def _is_open(descriptor):
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _channel():
    """The worker's socket, as a subverted decoder would find it."""
    return next(each for each in range(3, 64) if _is_open(each) and stat.S_ISSOCK(os.fstat(each).st_mode))


def send_raw(source, request):
    os.write(_channel(), bytes.fromhex(request.text))
    time.sleep(3600)


def close_channel(source, request):
    os.close(_channel())
    time.sleep(3600)


def answer_with_another_type(source, request):
    return Other(["not", "text"])


def pour(source, request):
    """As many bytes as asked for, in pieces of a thousand, between two records."""
    yield Say("begin")
    for at in range(0, request.number, 1000):
        yield bytes(min(1000, request.number - at))
    yield Say("end")


def pid_in_a_stream(source, request):
    yield pid(source, request)


def read_all(source, request, *beside):
    """The first bytes of the item, then of each file beside it."""
    for each in (source, *beside):
        yield Say(each.read(100).decode())
    yield Say(number=sum(1 for each in range(1024) if _is_open(each)))


def pour_then_raise(source, request):
    yield from pour(source, request)
    raise ValueError("the rest is damaged")


def pour_then_segfault(source, request):
    yield from pour(source, request)
    segfault(source, request)


def pour_endlessly(source, request):
    while True:
        yield bytes(1 << 20)


def drip(source, request):
    """Content as a subverted worker would send it: a byte at a time."""
    channel = _channel()
    while True:
        os.write(channel, b"\1\0\0\0\x09x")
