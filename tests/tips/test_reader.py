"""Reading files of tips in the sandbox."""

import json

import pytest

from kavalan.tips import Columns, TipReader


@pytest.fixture(scope="module")
def reader():
    with TipReader() as one:
        yield one


@pytest.fixture
def reading(reader, tmp_path):
    def read(data, form, columns=None):
        path = tmp_path / "tip"
        path.write_bytes(data)
        with path.open("rb") as file:
            return list(reader.read(file, form, columns))

    return read


def test_a_referral_with_a_byte_order_mark(reader, reading):
    (tip,) = reading(
        b"\xef\xbb\xbf" + json.dumps({"reportId": "1", "reportedInformation": {}}).encode(), "cybertipline"
    )
    assert (tip.number, reader.failure) == ("1", None)


@pytest.mark.parametrize(
    ("data", "why"), [(b"{", "no JSON"), (b"[" * 100_000, "no JSON"), (b'{"reportId": 1}', "no CyberTipline referral")]
)
def test_what_is_no_referral_is_refused_with_the_reason(reader, reading, data, why):
    assert reading(data, "cybertipline") == []
    assert why in reader.failure.detail


def test_a_failure_does_not_outlive_its_file(reader, reading):
    reading(b"{", "cybertipline")
    reading(b"From: a@example.org\n\nx", "mail")
    assert reader.failure is None


def test_a_table_comes_row_by_row(reader, reading):
    columns = Columns({"No": "number"}, "UTC")
    tips = reading(b"No\n" + b"".join(b"%d\n" % number for number in range(3000)), "table", columns)
    assert [tip.number for tip in tips] == [str(number) for number in range(3000)]


def test_a_table_whose_header_lacks_a_column_says_so(reader, reading):
    assert reading(b"Name\nA\n", "table", Columns({"No": "number"}, "UTC")) == []
    assert "there is no column 'No'" in reader.failure.detail


def test_a_table_needs_the_meaning_of_its_columns(reader, reading):
    assert reading(b"No\n1\n", "table") == []
    assert "without the meaning" in reader.failure.detail
