import base64
import json

import pytest
from tests.lists.readers.formats import CONTEXTS, photodna, vics

from kavalan.lists.errors import ListError, TooLargeError, WrongFormatError
from kavalan.lists.model import Category, Flag
from kavalan.lists.readers import Report, VicsReader

MD5 = "0CC175B9C0F1B6A831C399E269772661"
SHA1 = "86F7E437FAA5A7FCE15D1DDCB9EAEAEA377667B8"
SHA256 = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def read(path, media, version="2.0", kind="Media"):
    path.write_bytes(vics(version, kind, media))
    report = Report()
    return list(VicsReader().read(path, report)), report


def test_alternative_hashes_are_taken_by_whatever_spelling(tmp_path):
    listed = [
        {"HashName": "SHA-256", "HashValue": SHA256},
        {"HashName": "pdq", "HashValue": "f0" * 32},
        {"HashName": "Sha_1", "HashValue": SHA1},
        {"HashName": "TMK", "HashValue": "abc="},
    ]
    (entry,), report = read(tmp_path / "v", [{"MD5": MD5, "AlternativeHashes": listed}])
    assert (entry.md5.hex(), entry.sha1.hex()) == (MD5.lower(), SHA1.lower())
    assert (entry.sha256.hex(), entry.pdq) == (SHA256, b"\xf0" * 32)
    assert [(o.kind, o.value) for o in entry.opaque] == [("TMK", b"abc=")]
    assert report.faulty == 0


def test_photodna_is_kept_in_either_spelling_and_matches_nothing(tmp_path):
    media = [{"PhotoDNA": photodna(7)}, {"PhotoDNA": "07" * 144}]
    entries, report = read(tmp_path / "v", media)
    assert [e.opaque[0].value for e in entries] == [bytes([7]) * 144] * 2
    assert not any(e.matchable for e in entries)
    assert report.faulty == 0


def test_a_miniature_is_refused_counted_and_never_kept(tmp_path):
    picture = base64.b64encode(b"planted pixels" * 1000).decode()
    (entry,), report = read(tmp_path / "v", [{"MD5": MD5, "Miniature": picture, "Other": "x" * 5000}], "1.3")
    assert dict(report.refused) == {"Miniature": 1, "Other": 1}
    assert "planted" not in repr(entry)
    assert picture[:40] not in repr((entry, report))


def test_a_small_or_nested_miniature_is_refused_too(tmp_path):
    media = [
        {
            "MD5": MD5,
            "MediaFiles": [{"Miniature": "iVBORw0="}],
            "AlternativeHashes": [{"HashName": "x", "Miniature": "aa"}],
        }
    ]
    (_,), report = read(tmp_path / "v", media)
    assert report.refused["Miniature"] == 2


def test_an_empty_miniature_is_no_refusal(tmp_path):
    _, report = read(tmp_path / "v", [{"MD5": MD5, "Miniature": None}, {"MD5": MD5, "Miniature": ""}])
    assert not report.refused


@pytest.mark.parametrize(
    ("version", "kind", "scheme"),
    [("1.2", "Media", "vics/1.2"), ("1.3", "Cases", "vics/1.3"), ("2.0", "Cases", "vics/2.0/UK")],
)
def test_the_scheme_is_that_of_the_envelope(version, kind, scheme, tmp_path):
    (entry,), _ = read(tmp_path / "v", [{"MD5": MD5, "Category": 0}], version, kind)
    assert entry.categories == (Category(scheme, "0"),)


def test_a_null_category_is_none(tmp_path):
    (entry,), report = read(tmp_path / "v", [{"MD5": MD5, "Category": None}])
    assert entry.categories == ()
    assert report.faulty == 0


def test_flags_are_read_as_bool_text_or_null(tmp_path):
    media = {
        "MD5": MD5,
        "VictimIdentified": "True",
        "OffenderIdentified": None,
        "IsDistributed": True,
        "SelfGenerated": "false",
    }
    (entry,), report = read(tmp_path / "v", [media])
    assert entry.flags == Flag.VICTIM_IDENTIFIED | Flag.DISTRIBUTED
    assert report.faulty == 0


def test_of_a_series_only_its_presence_is_kept(tmp_path):
    (entry,), _ = read(tmp_path / "v", [{"MD5": MD5, "Series": "Testseries", "MimeType": "video/mp4"}])
    assert entry.flags == Flag.SERIES | Flag.VIDEO
    assert "Testseries" not in repr(entry)


def test_names_and_paths_never_come_out(tmp_path):
    media = {
        "MD5": MD5,
        "Comments": "secret-a",
        "Tags": "secret-b",
        "MediaFiles": [{"FileName": "secret-c", "MD5": SHA1}],
    }
    entries, report = read(tmp_path / "v", [media], kind="Cases")
    assert "secret" not in repr((entries, report))


def test_size_may_be_a_number_or_text(tmp_path):
    entries, _ = read(tmp_path / "v", [{"MD5": MD5, "MediaSize": 12}, {"MD5": MD5, "MediaSize": "34"}])
    assert [e.size for e in entries] == [12, 34]


def test_a_bad_side_field_costs_only_itself(tmp_path):
    (entry,), report = read(tmp_path / "v", [{"MD5": MD5, "SHA1": "short", "MediaSize": -1, "DateUpdated": "soon"}])
    assert entry.md5.hex() == MD5.lower()
    assert (entry.sha1, entry.size, entry.updated) == (None, None, None)
    assert [fault.reason.split(":")[0] for fault in report.faults] == ["sha1", "MediaSize", "DateUpdated"]
    assert report.faulty == 1


def test_two_different_hashes_of_one_kind_are_a_fault(tmp_path):
    listed = [{"HashName": "MD5", "HashValue": "11" * 16}]
    (entry,), report = read(tmp_path / "v", [{"MD5": MD5, "AlternativeHashes": listed}])
    assert entry.md5.hex() == MD5.lower()
    assert "two different" in report.faults[0].reason


def test_odata_noise_is_passed_over(tmp_path):
    media = [{"odata.id": "x", "Nav@odata.navigationLinkUrl": "y", "MD5": MD5}]
    entries, report = read(tmp_path / "v", media, "1.3")
    assert len(entries) == 1
    assert report.faulty == 0


@pytest.mark.parametrize(
    "text",
    [
        '{"value": []}',
        '{"odata.metadata": "http://example.invalid/DataModels/1.3.xml#Media", "value": []}',
        '{"odata.metadata": "http://github.com/ICMEC/ProjectVic/DataModels/9.9.xml#Media", "value": []}',
        '{"odata.metadata": "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media"}',
        "[]",
        "",
    ],
)
def test_json_without_the_envelope_of_vics_is_refused(text, tmp_path):
    (tmp_path / "v").write_text(text)
    with pytest.raises(WrongFormatError):
        list(VicsReader().read(tmp_path / "v", Report()))


def test_a_value_without_end_is_refused_before_it_fills_the_memory(tmp_path):
    key, context = CONTEXTS["1.3"]
    with (tmp_path / "v").open("w") as file:
        file.write(json.dumps({key: context.format("Media")})[:-1] + ', "value": [{"Comments": "')
        for _ in range(40):
            file.write("a" * (1 << 20))
    with pytest.raises(TooLargeError):
        list(VicsReader().read(tmp_path / "v", Report()))


@pytest.mark.parametrize("inside", ["[" * 5000, '{"a":' * 5000])
@pytest.mark.parametrize("field", ["Exifs", "AlternativeHashes"])
def test_deep_nesting_is_refused(inside, field, tmp_path):
    data = vics("1.3", "Media", [{"MD5": MD5, field: "HERE"}]).decode().replace('"HERE"', inside)
    (tmp_path / "v").write_text(data)
    with pytest.raises(ListError):
        list(VicsReader().read(tmp_path / "v", Report()))


def test_a_record_of_countless_hashes_is_refused(tmp_path):
    with pytest.raises(TooLargeError):
        read(tmp_path / "v", [{"MD5": MD5, "AlternativeHashes": [{"HashName": "x", "HashValue": "y"}] * 5000}])


def test_low_quality_and_flat_hashes_are_counted(tmp_path):
    media = [{"AlternativeHashes": [{"HashName": "PDQ", "HashValue": value * 32}]} for value in ("00", "ff", "f0")]
    _, report = read(tmp_path / "v", media)
    assert report.not_near == {"flat": 2}
