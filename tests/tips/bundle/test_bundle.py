"""Bundles: which referrals a ZIP holds, and which of its members are their files."""

import hashlib
import io
import json
import os
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.sources import shown
from kavalan.tips import TipError, TipReader, open_bundle
from tests.tips.printed.prints import SUMMARY, compiled

PICTURE, OTHER = b"\x89PNG harbour" * 50, b"\x89PNG boats" * 70


@pytest.fixture(scope="module")
def opened():
    with TipReader() as reader:
        yield lambda source: open_bundle(source, reader)


def md5(data):
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def referral(number, *files, **more):
    uploaded = [{"filename": name, "verificationHash": digest, "viewedByEsp": None} for name, digest in files]
    document = {"reportId": number, "reportedInformation": {"uploadedFiles": {"uploadedFiles": uploaded}}} | more
    return b"\xef\xbb\xbf" + json.dumps(document).encode()


def packed(*members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


@pytest.fixture
def told(opened):
    """What a bundle says: members with their use, referrals with their files, reasons."""

    def tell(data):
        with opened(io.BytesIO(data)) as bundle:
            return said(bundle)

    return tell


def said(bundle):
    uses = [(shown(member.path), member.use) for member in bundle.members]
    came = [(one.tip.number, [len(each) for each in one.came]) for one in bundle.referrals]
    return uses, came, [reason for _, reason in bundle.reasons]


def test_a_file_is_known_by_its_md5_whatever_its_name(told):
    data = packed(
        ("9/report.json", referral(9, ("a.png", md5(PICTURE)))), ("9/files/zz.bin", PICTURE), ("a.png", OTHER)
    )
    uses, came, reasons = told(data)
    assert uses == [("9/report.json", "referral"), ("9/files/zz.bin", "file"), ("a.png", "stray")]
    assert (came, reasons) == ([("9", [1])], [])


def test_a_file_that_came_has_the_digest_that_was_measured_and_one_that_did_not_is_told(opened):
    data = packed(("r.json", referral(9, ("a", md5(PICTURE)), ("b", md5(OTHER)), ("c", None))), ("x", PICTURE))
    with opened(io.BytesIO(data)) as bundle:
        tip = bundle.referrals[0].tip
    assert [file.sha256 for file in tip.files] == [hashlib.sha256(PICTURE).hexdigest(), "", ""]
    assert [one.where for one in tip.unread] == ["files[1]", "files[2]"]
    assert "no MD5 is given" in tip.unread[1].why


def test_several_referrals_in_one_and_a_file_of_two_of_them(told):
    files = [("a", md5(PICTURE))]
    data = packed(("1/r.json", referral(1, *files)), ("2/r.json", referral(2, *files)), ("x", PICTURE))
    assert told(data)[1] == [("1", [1]), ("2", [1])]


def test_a_file_that_lies_there_twice_is_found_twice(told):
    data = packed(("r.json", referral(1, ("a", md5(PICTURE)))), ("x", PICTURE), ("y", PICTURE))
    assert told(data)[1] == [("1", [2])]


def test_archives_in_the_archive_are_gone_through_where_they_matter(told):
    inner = packed(("r.json", referral(1, ("a", md5(PICTURE)))), ("x", PICTURE))
    uses, came, _ = told(packed(("one.zip", inner), ("book.docx", packed(("word/document.xml", b"<w/>")))))
    assert uses == [
        ("one.zip", "archive"),
        ("one.zip » r.json", "referral"),
        ("one.zip » x", "file"),
        ("book.docx", "stray"),
    ]
    assert came == [("1", [1])]


def test_what_was_uploaded_is_no_referral_even_where_it_reads_as_one(told):
    false = referral(666)
    hidden = packed(("r.json", referral(667)))
    data = packed(("r.json", referral(1, ("a", md5(false)), ("b", md5(hidden)))), ("a", false), ("b.zip", hidden))
    uses, came, _ = told(data)
    assert [use for _, use in uses] == ["referral", "file", "file"]
    assert came == [("1", [1, 1])]


def test_what_looks_like_a_referral_and_is_none_says_why(opened):
    with opened(io.BytesIO(packed(("cut.json", referral(1)[:40]), ("other.json", b"{}")))) as bundle:
        assert bundle.referrals == ()
        assert ["no JSON" in one.why_no_referral for one in bundle.members] == [True, False]
        assert "no CyberTipline referral" in bundle.members[1].why_no_referral


def test_digests_are_those_of_the_bytes_and_the_bytes_come_out(opened, tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(packed(("r.json", referral(1)), ("x", PICTURE), ("y", b"")))
    with path.open("rb") as file, opened(file.fileno()) as bundle:
        given = {number: content.read() for number, content in bundle.contents()}
        for number, member in enumerate(bundle.members):
            data = given[number]
            assert member.size == len(data)
            assert [member.md5, member.sha1, member.sha256] == [
                hashlib.new(name, data).digest() for name in ("md5", "sha1", "sha256")
            ]
        assert given == {0: referral(1), 1: PICTURE, 2: b""}


def test_some_are_asked_for_and_some_are_left_half_read(opened):
    data = packed(("r.json", referral(1)), ("x", os.urandom(1 << 20)), ("y", PICTURE))
    with opened(io.BytesIO(data)) as bundle:
        assert [(number, content.read(3)) for number, content in bundle.contents([0, 2])] == [
            (0, b"\xef\xbb\xbf"),
            (2, PICTURE[:3]),
        ]


def test_a_pass_that_is_left_does_not_disturb_the_next(opened):
    data = packed(("r.json", referral(1)), ("x", PICTURE), ("y", OTHER))
    with opened(io.BytesIO(data)) as bundle:
        left = bundle.contents()
        assert next(left)[0] == 0
        assert [content.read() for _, content in bundle.contents([1, 2])] == [PICTURE, OTHER]


def test_a_bundle_that_changes_is_refused(opened):
    held = io.BytesIO(packed(("r.json", referral(1)), ("x", b"a" * 9)))
    with opened(held) as bundle:
        held.seek(0)
        held.write(packed(("r.json", referral(1)), ("x", b"b" * 9)))
        with pytest.raises(TipError, match="changed"):
            [content.read() for _, content in bundle.contents([1])]


def test_encrypted_members_are_told_and_the_others_read(opened):
    data = bytearray(packed(("secret", b"x" * 40), ("r.json", referral(1))))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.index(mark) + place
        data[at : at + 2] = struct.pack("<H", struct.unpack("<H", data[at : at + 2])[0] | 1)
    with opened(io.BytesIO(data)) as bundle:
        assert bundle.members[0].fault == "encrypted (ZIP), not read"
        assert (bundle.members[0].sha256, bundle.members[1].use) == (b"", "referral")


def test_names_that_lead_outside_are_only_names(opened):
    with opened(io.BytesIO(packed(("../../etc/x", b"1"), ("a\0b", b"2"), ("A" * 60_000, b"3")))) as bundle:
        assert "its path leads upwards" in bundle.members[0].remarks
        assert len(bundle.members) == 3


def test_a_bomb_is_cut_and_named(opened):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros", "w", force_zip64=True) as out:
            for _ in range(100):
                out.write(bytes(1 << 20))
        archive.writestr("r.json", referral(1))
    with opened(held) as bundle:
        assert "refused" in bundle.members[0].fault
        assert bundle.members[1].use == "referral"


def test_thousands_of_members(opened):
    data = packed(("r.json", referral(1, ("a", md5(b"1234")))), *((f"{n}", f"{n}".encode()) for n in range(1500)))
    with opened(io.BytesIO(data)) as bundle:
        assert len(bundle.members) == 1501
        assert bundle.members[bundle.referrals[0].came[0][0]].path == b"1234"


def test_a_file_that_cannot_be_read_on_is_told(opened):
    class Failing(io.BytesIO):
        def read(self, size=-1):
            if self.tell() < 100:
                raise OSError("the disk refuses")
            return super().read(size)

    with opened(Failing(packed(("r.json", referral(1)), ("x", PICTURE)))) as bundle:
        assert any("the disk refuses" in reason for _, reason in bundle.reasons)


WHOLE = packed(("r.json", referral(1, ("a", md5(PICTURE)))), ("in.zip", packed(("x", PICTURE))), ("y", OTHER))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(WHOLE)), st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=3))
def test_whatever_is_wrong_with_it_something_is_said(opened, end, changes):
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value
    with opened(io.BytesIO(data[:end])) as bundle:
        assert bundle.members or bundle.reasons
        for number, content in bundle.contents():
            assert len(content.read()) == bundle.members[number].size


PRINT = compiled(SUMMARY)


def test_a_print_is_a_referral_where_no_json_of_its_number_is_there(told):
    uses, came, _ = told(packed(("p.pdf", PRINT), ("9.json", referral(9))))
    assert [use for _, use in uses] == ["referral", "referral"]
    assert came == [("123456", []), ("9", [])]


def test_beside_its_json_a_print_is_only_its_print(told):
    uses, came, _ = told(packed(("p.pdf", PRINT), ("r.json", referral(123456))))
    assert [use for _, use in uses] == ["print", "referral"]
    assert came == [("123456", [])]
