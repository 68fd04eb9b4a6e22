"""`report.xml`: what is taken of it, and what it may not do."""

from __future__ import annotations

import hashlib

import pytest
from examples.telephone import TAKEN, file_element, message_element, report
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.extractions import FILES, MESSAGES

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.extraction.listing import Listing
from kavalan.sources.extraction.ufdr import NoReportError, ReportReader, member_name, moment, recognises

MICROSECONDS = int(TAKEN.timestamp()) * 1_000_000


def read(document: bytes, *, step: int = 1000) -> tuple[Listing, ReportReader]:
    listing = Listing()
    reader = ReportReader(listing)
    for at in range(0, len(document), step):
        reader.feed(document[at : at + step])
    reader.feed(b"", last=True)
    listing.settle()
    return listing, reader


def one(listing: Listing, name: bytes):
    (number,) = listing.find(name)
    return listing.listed(number), listing.traces(number)


def test_a_file_is_listed_with_its_path_times_digests_and_state():
    listing, _ = read(report("".join(file_element(number, filed) for number, filed in enumerate(FILES))))
    found, _ = one(listing, b"files/Image/3_IMG_0004.JPG")
    assert found.original == FILES[3].device.encode()
    assert (found.state, found.modified, found.created, found.accessed) == ("deleted", *[MICROSECONDS] * 3)
    assert found.sha256 == hashlib.sha256(FILES[3].content).digest()
    assert found.md5 == hashlib.md5(FILES[3].content, usedforsecurity=False).digest()


@pytest.mark.parametrize(
    ("stated", "state"),
    [("Intact", "allocated"), ("Deleted", "deleted"), ("Unknown", "unknown"), ("", "unknown"), ("Trash", "allocated")],
)
def test_the_state_of_a_file_is_that_of_the_report(stated, state):
    element = file_element(0, FILES[0]).replace('deleted="Intact"', f'deleted="{stated}"')
    found, traces = one(read(report(element))[0], b"files/Image/0_IMG_0001.JPG")
    assert found.state == state
    assert [trace.act for trace in traces] == (["trashed"] if stated == "Trash" else [])


def test_an_attachment_was_sent_received_or_forwarded_by_the_direction_of_its_message():
    files = "".join(file_element(number, filed) for number, filed in enumerate(FILES))
    messages = "".join(message_element(number, shared) for number, shared in enumerate(MESSAGES))
    listing, _ = read(report(files, messages))
    acts = [[trace.act for trace in listing.traces(number)] for number in range(listing.files)]
    assert acts == [["sent"], ["received"], ["forwarded"], [], []]
    (trace,) = listing.traces(2)
    assert trace.evidence == (
        'report.xml: attached to InstantMessage msg-2 of WhatsApp, from the owner of the phone, labelled "Forwarded"'
    )
    assert trace.at == 1_709_373_600_000_000


def test_an_attachment_without_the_id_of_a_file_is_found_by_its_extracted_path():
    message = message_element(0, MESSAGES[0]).replace('file_id="file-0"', "")
    message = message.replace(
        'name="Filename" type="String"><value type="String">x.jpg',
        'name="attachment_extracted_path" type="String"><value type="String">files\\Image\\0_IMG_0001.JPG',
    )
    listing, _ = read(report(file_element(0, FILES[0]), message))
    assert [trace.act for trace in listing.traces(0)] == ["sent"]


def test_a_message_whose_sender_is_not_said_leaves_no_trace():
    message = message_element(0, MESSAGES[0]).replace("IsPhoneOwner", "Identifier")
    listing, _ = read(report(file_element(0, FILES[0]), message))
    assert listing.traces(0) == ()


def test_a_digest_or_a_time_that_is_none_is_remarked():
    element = file_element(0, FILES[0], MD5="not hex", SHA256="00ff").replace("+00:00<", "<")
    found, _ = one(read(report(element))[0], b"files/Image/0_IMG_0001.JPG")
    assert (found.md5, found.sha256, found.modified) == (None, None, None)
    assert "its report states a MD5 that is none" in found.remarks
    assert "its report states a SHA256 that is none" in found.remarks
    assert any("ModifyTime" in remark for remark in found.remarks)


def test_a_file_that_is_nowhere_is_counted():
    _, reader = read(report(file_element(0, FILES[0], local="") + file_element(1, FILES[1])))
    assert reader.unnamed == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_report_is_read_in_the_encoding_it_states(encoding):
    document = (
        report(file_element(2, FILES[2]))
        .decode()
        .replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    )
    encoded = document.encode(encoding)
    assert recognises(encoded[: 1 << 16])
    found, _ = one(read(encoded)[0], "files/Image/2_ചിത്രം.jpg".encode())
    assert found.original == FILES[2].device.encode()


@pytest.mark.parametrize("document", [b"<report/>", report("", namespace="urn:other"), b"<project/>"])
def test_another_document_is_no_report(document):
    with pytest.raises(NoReportError):
        read(document)


BOMB = '<!DOCTYPE project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE project [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE, "<!DOCTYPE project SYSTEM 'http://invented.example/x.dtd'>"])
def test_a_document_type_ends_the_reading(head):
    with pytest.raises(DamagedError, match="document type"):
        read(report(file_element(0, FILES[0]), head=head))


def test_an_endless_tag_ends_the_reading():
    with pytest.raises(DamagedError, match="one tag is longer"):
        read(report("@").split(b"@")[0] + b'<file path="' + b"x" * (20 << 20), step=1 << 18)


def test_endless_nesting_ends_the_reading():
    with pytest.raises(DamagedError, match="nested deeper"):
        read(report('<model type="Chat">' * 100_000))


def test_what_stood_before_the_damage_is_listed():
    listing = Listing()
    reader = ReportReader(listing)
    with pytest.raises(DamagedError):
        reader.feed(report(file_element(0, FILES[0])).split(b"</taggedFiles>")[0] + b"</wrong>")
    listing.settle()
    assert listing.find(b"files/Image/0_IMG_0001.JPG") == [0]


def test_a_local_path_of_windows_names_a_member():
    assert member_name("files\\Image\\a b.jpg") == b"files/Image/a b.jpg"
    assert member_name(".\\files\\x") == member_name("/files/x") == b"files/x"


def test_only_times_with_a_zone_are_times():
    assert moment("2024-03-01T08:30:15.000+00:00") == MICROSECONDS
    assert moment("2024-03-01T14:00:15+05:30") == MICROSECONDS
    assert moment("2024-03-01T08:30:15") is None
    assert moment("31/03/2012 23:18:10(UTC+0)") is None


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1), max_size=20),
    st.integers(1, 500),
)
def test_every_file_is_found_by_its_name_however_the_report_comes(names, step):
    """Paths with quotes, angles and letters of any script; CDATA cannot hold its own end."""
    names = [name for name in names if name.strip() and "]]>" not in name and "\ufffe" not in name]
    names = [name for name in names if "\uffff" not in name]
    elements = "".join(file_element(number, FILES[0], local=f"f\\{name}") for number, name in enumerate(names))
    listing, reader = read(report(elements), step=step)
    assert (listing.files, reader.unnamed) == (len(names), 0)
    for number, name in enumerate(names):
        assert number in listing.find(member_name(f"f\\{name}".strip()))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 2000), st.data())
def test_no_bytes_break_the_reader(noise, at, data):
    document = report(file_element(0, FILES[0]), message_element(0, MESSAGES[0]))
    try:
        read(document[:at] + noise + document[at + data.draw(st.integers(0, 50)) :])
    except (DamagedError, NoReportError):
        return
