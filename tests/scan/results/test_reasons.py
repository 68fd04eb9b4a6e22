"""Each reason that a source, a decoder or the system gives is in the class that tells a reader what to do."""

from __future__ import annotations

import pytest

from kavalan.scan.results.reasons import CLASSES, class_of


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        ("encrypted, not read", "encrypted"),
        ("encrypted (AES), not read", "encrypted"),
        ("an Android backup encrypted with AES-256: nothing in it is read without its password", "encrypted"),
        ("its archive keeps crc-32 0badcafe, what was read has cbf43926", "stored checksum differs"),
        ("its source states another md5 than what was read has", "stored checksum differs"),
        ("changed while it was read", "changed while read"),
        ("grew while it was read", "changed while read"),
        ("used more than 60 s of processor time", "timeout or crash"),
        ("ended by SIGSEGV", "timeout or crash"),
        ("needed more than 1610612736 bytes", "timeout or crash"),
        ("refused: more comes out of it than may out of one of its size", "refused, out of bounds"),
        ("refused: deeper than 8 archives inside one another", "refused, out of bounds"),
        ("refused: its header states 90000 x 90000 pixels; the limit is 2, 3 a side", "refused, out of bounds"),
        ("symbolic link, not followed", "link or device"),
        ("named pipe, not read", "link or device"),
        ("folder cannot be listed: Permission denied", "no permission"),
        ("cannot be opened: Permission denied", "no permission"),
        ("cannot be opened: Input/output error", "device error"),
        ("compression method 99 (unknown), not read", "not supported"),
        ("an archive of a kind that is not read: RAR", "not supported"),
        ("truncated: image file is truncated", "damaged"),
        ("damaged after 17 bytes: wrong code", "damaged"),
        ("its list of files is damaged or cut off", "damaged"),
        ("it ends without its end mark: it may have been cut off", "damaged"),
        ("the header at byte 0 states a length that leads backwards; the rest was not read", "damaged"),
        ("its directory states 65535 entries and holds 13 that can be read", "damaged"),
        ("no header where one should be, at byte 0 (invalid header); read on from the next that is one", "damaged"),
        ("something nobody foresaw", "other"),
        (None, "other"),
    ],
)
def test_reason_is_in_its_class(why, reason):
    assert class_of(why, None) == reason
    assert reason in CLASSES


def test_stored_checksum_that_differs_is_told_before_anything_else():
    assert class_of("encrypted, not read", stored_agrees=False) == "stored checksum differs"
    assert class_of("encrypted, not read", stored_agrees=True) == "encrypted"
