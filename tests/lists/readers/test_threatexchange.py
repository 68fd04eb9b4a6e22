import pytest

from kavalan.lists.errors import WrongFormatError
from kavalan.lists.model import Category, Flag
from kavalan.lists.readers import Report, ThreatExchangeReader

PDQ = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"


def read(path, text):
    path.write_text(text)
    report = Report()
    return list(ThreatExchangeReader().read(path, report)), report


def test_the_export_of_the_command_line_tool_is_read_with_its_labels(tmp_path):
    text = (
        f"signal_type,signal_str,collab,category,tags\npdq,{PDQ},Sample,POSITIVE_CLASS,b a\nvideo_md5,{'ab' * 16},S,,\n"
    )
    (picture, video), report = read(tmp_path / "t", text)
    assert picture.pdq.hex() == PDQ
    assert picture.categories == (
        Category("threatexchange", "POSITIVE_CLASS"),
        Category("threatexchange/label", "a"),
        Category("threatexchange/label", "b"),
    )
    assert video.md5 == b"\xab" * 16
    assert report.faulty == 0


def test_a_negative_opinion_marks_the_entry_disputed(tmp_path):
    (entry,), _ = read(tmp_path / "t", f"signal_type,signal_str,collab,category,tags\npdq,{PDQ},S,NEGATIVE_CLASS,\n")
    assert entry.flags == Flag.DISPUTED


def test_other_signals_are_counted_and_not_kept(tmp_path):
    entries, report = read(
        tmp_path / "t", "signal_type,signal_str,collab,category,tags\nurl,https://a.invalid,S,,\nodd,x,S,,\n"
    )
    assert entries == []
    assert report.skipped == {"signal url": 1}
    assert [fault.position for fault in report.faults] == [3]


@pytest.mark.parametrize(
    ("line", "key", "labels"),
    [
        (PDQ, None, []),
        (f"{PDQ},77", "77", []),
        (f"77,{PDQ}", "77", []),
        (f"{PDQ},2002,2020-07-01T18:31:15+0000,x y", None, ["x", "y"]),
        (f"{PDQ},1001,2002,2020-07-01T18:31:15+0000,x", "1001", ["x"]),
        (f"pdq {PDQ}", None, []),
    ],
)
def test_lines_without_a_header_are_read_in_every_shape_of_the_tools(line, key, labels, tmp_path):
    (first, second), report = read(tmp_path / "t", f"{line}\n{line}\n")
    assert first.pdq.hex() == PDQ
    assert first.key == key
    assert [c.code for c in second.categories] == labels
    assert report.faulty == 0


def test_a_header_may_name_hash_id_and_quality(tmp_path):
    (entry,), _ = read(tmp_path / "t", f"id,hash,quality\n5,{PDQ},88\n")
    assert (entry.key, entry.pdq_quality) == ("5", 88)


def test_a_text_without_hashes_is_refused(tmp_path):
    with pytest.raises(WrongFormatError):
        read(tmp_path / "t", "name,address\na,b\n")


def test_what_the_peer_writes_is_read_back(tmp_path):
    peer = pytest.importorskip("threatexchange.cli.dataset.simple_serialization")
    rollup = pytest.importorskip("threatexchange.exchanges.clients.fb_threatexchange.descriptor").SimpleDescriptorRollup
    rows = [peer.HMASerialization(f"{n:064x}", "HASH_PDQ", f"{n}", rollup(9, "2020", {"l"})) for n in range(4)]
    peer.HMASerialization.store(tmp_path, rows)
    got = list(ThreatExchangeReader().read(tmp_path / "simple.HASH_PDQ.te", Report()))
    assert [(e.pdq.hex(), e.key) for e in got] == [(row.indicator, row.indicator_id) for row in rows]
