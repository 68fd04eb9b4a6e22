"""Readers that a hostile archive has taken over."""

from __future__ import annotations

import ctypes

from kavalan.sources.archive.records import Begin, End, Still


def crash(source, request):
    yield Begin(b"good")
    yield b"bytes"
    yield End()
    yield Begin(b"cut")
    yield b"byt"
    yield bytes(1 << 20)
    ctypes.string_at(0)


def content_first(source, request):
    yield b"bytes of nothing"
    yield End()


def end_first(source, request):
    yield End()


def begin_twice(source, request):
    yield Begin(b"one")
    yield Begin(b"two")


def stops_inside(source, request):
    yield Begin(b"one")
    yield b"bytes"


def gives_too_much(source, request):
    yield Begin(b"one")
    for _ in range(100):
        yield bytes(1 << 20)
    yield End()


def charges(source, request):
    yield Still(1 << 60)
