"""What is handed to a worker: a file opened anew, a pipe, sealed memory; nothing else."""

import os
import socket
from pathlib import Path

import pytest

from kavalan.sandbox import SourceError, sealed
from kavalan.sandbox.source import descriptor
from tests.sandbox.tasks import Ask


def test_sealed_bytes_cannot_be_changed_any_more():
    with sealed(b"a drawn square") as held:
        with pytest.raises(PermissionError):
            os.write(held.fileno(), b"other")
        with pytest.raises(PermissionError):
            os.ftruncate(held.fileno(), 1)
        assert held.read() == b"a drawn square"


def test_a_file_that_the_caller_may_write_is_handed_over_to_read_only(tmp_path, pool_of):
    path = tmp_path / "evidence"
    path.write_bytes(b"as it came")
    with path.open("r+b") as held, pool_of("write_through_source") as pool:
        assert "Bad file descriptor" in pool.run(held, Ask()).failure.detail
    assert path.read_bytes() == b"as it came"


def test_a_file_is_read_from_its_first_byte_and_the_callers_position_stays(tmp_path, pool_of):
    path = tmp_path / "lines"
    path.write_bytes(b"first second")
    with path.open("rb", buffering=0) as held, pool_of("read") as pool:
        held.seek(6)
        assert pool.run(held, Ask()).record.text == "first second"
        assert held.read() == b"second"


def test_a_socket_is_refused():
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(SourceError, match="neither a file nor a pipe"), descriptor(ours):
        pass


def test_a_directory_is_refused(tmp_path):
    held = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(SourceError, match="neither a file nor a pipe"), descriptor(held):
        pass
    os.close(held)


def test_a_device_that_never_ends_is_refused():
    with Path("/dev/zero").open("rb") as zeros, pytest.raises(SourceError), descriptor(zeros):
        pass
