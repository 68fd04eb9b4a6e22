"""Landlock grants reading beneath what is named, and nothing else."""

import subprocess
import sys

import pytest

from kavalan.sandbox import landlock

# A process of its own: Landlock cannot be taken off again.
INSIDE = """
import ctypes, os, socket, sys
from pathlib import Path
from kavalan.sandbox import landlock
folder = Path(sys.argv[1])
readable, secret = folder / "readable", folder / "secret"
ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
already = secret.open("rb")
print(landlock.restrict([readable, folder / "absent"]) == landlock.version())

def attempt(action):
    try:
        action()
    except PermissionError:
        return "refused"
    return "done"

def connect():
    with socket.socket() as unused:
        try:
            unused.connect(("127.0.0.1", 9))
        except ConnectionRefusedError:
            pass

print(attempt((readable / "hill").read_bytes))
print(attempt(lambda: os.listdir(readable)))
print(attempt((secret).read_bytes))
print(attempt(lambda: os.listdir(folder)))
print(attempt(lambda: (readable / "hill").write_bytes(b"")))
print(attempt((readable / "hill").unlink))
print(attempt(lambda: (readable / "new").mkdir()))
print(attempt(already.read))
print(attempt(connect))
"""


@pytest.mark.usefixtures("needs_landlock")
def test_reading_beneath_what_is_named_is_all_that_is_left(tmp_path):
    (tmp_path / "readable").mkdir()
    (tmp_path / "readable" / "hill").write_bytes(b"a hill")
    (tmp_path / "secret").write_bytes(b"invented")
    said = subprocess.run([sys.executable, "-c", INSIDE, tmp_path], capture_output=True, text=True, check=True).stdout
    restricted, read, listed, secret, parent, written, removed, made, already, connected = said.split()
    assert (restricted, read, listed, already) == ("True", "done", "done", "done")
    assert {secret, parent, written, removed, made} == {"refused"}
    assert connected == ("refused" if landlock.version() >= 4 else "done")
