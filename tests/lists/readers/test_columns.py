import pytest

from kavalan.lists.errors import WrongFormatError
from kavalan.lists.model import Category
from kavalan.lists.readers import ColumnReader, Columns, Report

MD5 = "0cc175b9c0f1b6a831c399e269772661"
SHA1 = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
SHA256 = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def read(path, text, columns):
    path.write_text(text)
    report = Report()
    return list(ColumnReader(columns).read(path, report)), report


def test_every_mapped_column_is_taken(tmp_path):
    columns = Columns(
        scheme="s", delimiter="\t", md5="m", sha1="s1", sha256="s2", pdq="p", pdq_quality="q", photodna="dna",
        key="id", category="cat", size="len", withdrawn="gone",
    )  # fmt: skip
    names = ["m", "s1", "s2", "p", "q", "dna", "id", "cat", "len", "gone"]
    line = [MD5, SHA1, SHA256, "f0" * 32, "77", "0a" * 144, "k1", "c1", "99", "yes"]
    (entry,), report = read(tmp_path / "c", "\t".join(names) + "\n" + "\t".join(line) + "\n", columns)
    assert (entry.md5.hex(), entry.sha1.hex(), entry.sha256.hex(), entry.pdq.hex()) == (MD5, SHA1, SHA256, "f0" * 32)
    assert (entry.pdq_quality, entry.key, entry.size, entry.withdrawn) == (77, "k1", 99, True)
    assert entry.opaque[0].value == b"\x0a" * 144
    assert entry.categories == (Category("s", "c1"),)
    assert report.faulty == 0


def test_plain_text_takes_each_digest_by_its_length(tmp_path):
    text = f"{MD5}\n{SHA1}  *file name.jpg\n\n# a comment\n{SHA256.upper()}\n1234\n"
    entries, report = read(tmp_path / "c", text, Columns.one_hash_per_line())
    assert [(e.md5 or e.sha1 or e.sha256).hex() for e in entries] == [MD5, SHA1, SHA256]
    assert [e.position for e in entries] == [1, 2, 5]
    assert [fault.position for fault in report.faults] == [6]


def test_columns_by_number_need_no_header(tmp_path):
    (entry,), _ = read(tmp_path / "c", f"a;{SHA1}\n", Columns(delimiter=";", header=False, sha1=1))
    assert entry.sha1.hex() == SHA1


def test_a_header_without_the_mapped_column_is_refused_by_its_name(tmp_path):
    with pytest.raises(WrongFormatError, match="md5sum"):
        read(tmp_path / "c", "a,b\n1,2\n", Columns(md5="md5sum"))


def test_json_is_not_read_as_columns(tmp_path):
    with pytest.raises(WrongFormatError):
        read(tmp_path / "c", '{"a": 1}', Columns(md5=0))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({}, "no column"),
        ({"md5": 0, "category": 1}, "scheme"),
        ({"md5": "a", "header": False}, "by number"),
        ({"md5": 0, "delimiter": "||"}, "one character"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_when_it_is_made(wrong, why):
    with pytest.raises(ValueError, match=why):
        Columns(**wrong)


def test_low_quality_is_counted_and_kept(tmp_path):
    columns = Columns(header=False, pdq=0, pdq_quality=1)
    entries, report = read(tmp_path / "c", f"{'f0' * 32},49\n{'f0' * 32},50\n{'f0' * 32},\n", columns)
    assert [e.pdq_quality for e in entries] == [49, 50, None]
    assert report.not_near == {"quality below 50": 1}


def test_an_overlong_line_costs_one_line(tmp_path):
    text = f"{MD5}\n{'x' * (3 << 20)}\n{SHA1}\n"
    entries, report = read(tmp_path / "c", text, Columns.one_hash_per_line())
    assert [e.position for e in entries] == [1, 3]
    assert [fault.position for fault in report.faults] == [2]
