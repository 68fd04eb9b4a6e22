import json

import pytest
from tests.lists.readers.formats import stopncii

from kavalan.lists.model import Category, Flag
from kavalan.lists.readers import Report, StopNciiReader

PDQ = "2afc4a5c09628a7961c14d436493bba66b89b831453baa1d556ba385554daa82"


def record(**changes):
    return {
        "lastModtimestamp": 1625167804,
        "hashValue": PDQ,
        "hashStatus": "Active",
        "signalType": "ImagePDQ",
        **changes,
    }


def read(path, *records):
    path.write_bytes(stopncii(records))
    report = Report()
    return list(StopNciiReader().read(path, report)), report


def test_an_active_hash_is_taken_with_its_status_and_time(tmp_path):
    (entry,), _ = read(
        tmp_path / "s", record(caseNumbers={"x": "Active"}, CSPFeedbacks=[{"source": "Test", "tags": ["t"]}])
    )
    assert (entry.pdq.hex(), entry.categories) == (PDQ, (Category("stopncii", "Active"),))
    assert entry.updated.isoformat() == "2021-07-01T19:30:04+00:00"
    assert not entry.withdrawn


@pytest.mark.parametrize("status", ["Withdrawn", "Deleted"])
def test_a_hash_that_was_taken_back_withdraws(status, tmp_path):
    (taken, gone), report = read(tmp_path / "s", record(), record(hashStatus=status))
    assert gone.withdrawn
    assert gone.key == taken.key
    assert report.withdrawals == 1


def test_texts_and_addresses_are_counted_and_never_kept(tmp_path):
    value = "https://example.invalid/secret"
    entries, report = read(
        tmp_path / "s", record(signalType="URL", hashValue=value), record(signalType="Text", hashValue="secret")
    )
    assert entries == []
    assert report.skipped == {"signalType URL": 1, "signalType Text": 1}
    assert "secret" not in repr(report)


def test_a_video_is_known_by_its_md5(tmp_path):
    (entry,), _ = read(tmp_path / "s", record(signalType="VideoMD5", hashValue="ab" * 16))
    assert (entry.md5, entry.pdq, entry.flags) == (b"\xab" * 16, None, Flag.VIDEO)


@pytest.mark.parametrize(
    "wrong", [{"hashStatus": "Gone"}, {"signalType": "ImageX"}, {"hashStatus": None}, {"hashValue": 5}]
)
def test_words_that_are_not_known_are_faults(wrong, tmp_path):
    entries, report = read(tmp_path / "s", record(**wrong), record())
    assert len(entries) == 1
    assert report.faults[0].position == 1


def test_several_answers_in_one_file_are_one_list(tmp_path):
    answers = [{"hashRecords": [record()]}, {"hashRecords": [record(), record()]}]
    (tmp_path / "s").write_text(json.dumps(answers))
    assert len(list(StopNciiReader().read(tmp_path / "s", Report()))) == 3
