import os

from kavalan.vault.folder.spool import Spool


def test_what_is_put_aside_comes_back_and_lies_nowhere_in_clear(tmp_path):
    spool = Spool(tmp_path)
    for _ in range(1000):
        spool.write(b"canary " * 100)
    assert spool.size == 700_000
    os.fsync(spool._handle)
    assert list(tmp_path.iterdir()) == []
    assert b"canary" not in os.pread(spool._handle, 800_000, 0)
    assert b"".join(spool.pieces()) == b"canary " * 100_000
    spool.close()
