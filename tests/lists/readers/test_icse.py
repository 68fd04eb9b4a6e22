import pytest
from tests.lists.readers.formats import ICSE_HEADER

from kavalan.lists.errors import WrongFormatError
from kavalan.lists.model import Category, Flag
from kavalan.lists.readers import IcseReader, Report

MD5 = "0cc175b9c0f1b6a831c399e269772661"
SHA1 = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
ROW = f"{MD5};{SHA1};{'AB' * 16};{'0C' * 144};bGFjZQ==;IMG-1;Y;N;Y;Testseries;Op Test;Agency;3;True;Video;Yes"


def read(path, *lines, header=ICSE_HEADER):
    path.write_text("\n".join([header, *lines]) + "\n")
    report = Report()
    return list(IcseReader().read(path, report)), report


def test_a_full_row_is_taken_over_without_names(tmp_path):
    (entry,), report = read(tmp_path / "i", ROW + ";")
    assert (entry.md5.hex(), entry.sha1.hex(), entry.key, entry.position) == (MD5, SHA1, "IMG-1", 2)
    assert entry.categories == (Category("interpol-baseline", "yes"),)
    assert entry.flags == Flag.DISTRIBUTED | Flag.OFFENDER_IDENTIFIED | Flag.SERIES | Flag.VIDEO
    assert {o.kind: len(o.value) for o in entry.opaque} == {"PhotoDNA": 144, "ZZ40": 32, "Lace": 8}
    assert not any(word in repr(entry) for word in ("Testseries", "Agency", "Op Test"))
    assert report.faulty == 0


def test_the_empty_column_that_exports_append_is_accepted_and_a_full_one_is_not(tmp_path):
    entries, report = read(tmp_path / "i", ROW, ROW + ";", ROW + ";x")
    assert len(entries) == 2
    assert [fault.position for fault in report.faults] == [4]


def test_columns_may_stand_in_any_order(tmp_path):
    (entry,), _ = read(tmp_path / "i", f"No;x1;{SHA1};{MD5}", header="Baseline;Image ID;SHA1;MD5")
    assert (entry.md5.hex(), entry.key, entry.categories[0].code) == (MD5, "x1", "no")


def test_an_md5_of_33_digits_leaves_the_sha1_to_match(tmp_path):
    (entry,), report = read(tmp_path / "i", ROW.replace(MD5, MD5 + "0"))
    assert (entry.md5, entry.sha1.hex()) == (None, SHA1)
    assert "33 characters" in report.faults[0].reason


def test_a_short_row_is_a_fault(tmp_path):
    entries, report = read(tmp_path / "i", f"{MD5};{SHA1}")
    assert entries == []
    assert report.faults[0].position == 2


def test_a_header_without_baseline_is_not_icse(tmp_path):
    with pytest.raises(WrongFormatError):
        read(tmp_path / "i", ROW, header=ICSE_HEADER.replace("Baseline", "Other"))


def test_a_quoted_series_may_hold_separators_and_line_ends(tmp_path):
    (first, second), report = read(tmp_path / "i", ROW.replace("Testseries", '"a;b\nc"'), ROW)
    assert (first.position, second.position) == (2, 4)
    assert report.faulty == 0


def test_a_quote_that_is_never_closed_costs_one_line(tmp_path):
    entries, report = read(tmp_path / "i", ROW.replace("Testseries", '"open'), *[ROW] * 80)
    assert len(entries) == 80
    assert [fault.position for fault in report.faults] == [2]
