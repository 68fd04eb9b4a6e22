import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from tests.lists.readers.formats import ncmec

from kavalan.lists.errors import ListError, TooLargeError, WrongFormatError
from kavalan.lists.model import Category, Flag
from kavalan.lists.readers import NcmecReader, Report

MD5 = "a1" * 16
HEAD = "<member id='42'>Example</member><timestamp>2017-10-24T15:00:00Z</timestamp><id>{}</id>"


def image(name, fingerprints, tag="image", more=""):
    return f"<{tag}>{HEAD.format(name)}{more}<fingerprints>{fingerprints}</fingerprints></{tag}>"


def read(path, *records):
    path.write_bytes(ncmec(records))
    report = Report()
    return list(NcmecReader().read(path, report)), report


def test_all_fingerprints_are_kept_and_the_known_ones_matched(tmp_path):
    parts = f"<md5>{MD5}</md5><sha1>{'b2' * 20}</sha1><pdna>{'0c' * 144}</pdna><pdq>{'f0' * 32}</pdq>"
    parts += "<netclean>n1</netclean>"
    (entry,), report = read(tmp_path / "n", image("i", parts, more="<classification>A1</classification>"))
    assert (entry.md5.hex(), entry.sha1.hex(), entry.pdq.hex()) == (MD5, "b2" * 20, "f0" * 32)
    assert [(o.kind, len(o.value)) for o in entry.opaque] == [("PhotoDNA", 144), ("netclean", 2)]
    assert (entry.key, entry.categories) == ("42/i", (Category("ncmec", "A1"),))
    assert entry.updated == datetime(2017, 10, 24, 15, tzinfo=UTC)
    assert report.faulty == 0


@pytest.mark.parametrize(("tag", "flags"), [("deletedImage", Flag(0)), ("deletedVideo", Flag.VIDEO)])
def test_a_deleted_record_withdraws_by_its_key(tag, flags, tmp_path):
    (entry,), report = read(tmp_path / "n", f"<{tag}>{HEAD.format('x9')}</{tag}>")
    assert (entry.withdrawn, entry.key, entry.flags) == (True, "42/x9", flags)
    assert (report.withdrawals, report.faulty) == (1, 0)


def test_a_fingerprint_by_reference_is_counted_and_not_followed(tmp_path):
    parts = f'<md5>{MD5}</md5><tmk-pdqf rel="self" href="/v2/entries/1/fingerprints/TMK_PDQF"/>'
    (_,), report = read(tmp_path / "n", image("i", parts, "video"))
    assert report.skipped == {"tmk-pdqf by reference": 1}


def test_a_vote_against_marks_the_entry_disputed(tmp_path):
    vote = '<feedback><negativeFeedback type="Md5"><reasons/></negativeFeedback></feedback>'
    (entry,), _ = read(tmp_path / "n", image("i", f"<md5>{MD5}</md5>", more=vote))
    assert entry.flags == Flag.DISPUTED


def test_a_document_type_is_refused_and_no_entity_expanded(tmp_path):
    data = (
        ncmec([image("i", "<md5>&a;</md5>")])
        .decode()
        .replace("<queryResult", '<!DOCTYPE q [<!ENTITY a "b">]><queryResult')
    )
    (tmp_path / "n").write_text(data)
    with pytest.raises(ListError, match="document type"):
        list(NcmecReader().read(tmp_path / "n", Report()))


def test_another_namespace_is_refused(tmp_path):
    (tmp_path / "n").write_bytes(ncmec([]).replace(b"hashsharing/v2", b"hashsharing/v9"))
    with pytest.raises(WrongFormatError):
        list(NcmecReader().read(tmp_path / "n", Report()))


def test_a_record_without_end_is_refused(tmp_path):
    with pytest.raises(TooLargeError):
        read(tmp_path / "n", image("i", "<junk>" + "<a/>" * 2_000_000 + "</junk>"))


def test_the_peers_own_sample_reads_the_same(tmp_path):
    client = pytest.importorskip("threatexchange.exchanges.clients.ncmec.hash_api")
    records = [
        image(f"i{n}", f"<md5>{n:032x}</md5><sha1>{n:040x}</sha1>", more="<classification>B1</classification>")
        for n in range(5)
    ]
    data = ncmec([*records, f"<deletedImage>{HEAD.format('gone')}</deletedImage>"])
    plain = data.replace(b' xmlns="https://hashsharing.ncmec.org/hashsharing/v2"', b"")
    root = ET.fromstring(plain)  # noqa: S314 -- written above
    peer = client.GetEntriesResponse.from_xml(client._XMLWrapper(root), 0).updates
    (tmp_path / "n").write_bytes(data)
    mine = list(NcmecReader().read(tmp_path / "n", Report()))
    assert [(f"{p.member_id}/{p.id}", p.deleted) for p in peer] == [(e.key, e.withdrawn) for e in mine]
    assert [p.fingerprints.get("sha1") for p in peer] == [e.sha1.hex() if e.sha1 else None for e in mine]
