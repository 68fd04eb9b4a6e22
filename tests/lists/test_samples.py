import importlib.util
from pathlib import Path

import pytest

from kavalan.lists.readers import ColumnReader, Columns, Report, detect

SAMPLES = Path(__file__).parents[2] / "examples" / "lists"
COUNTS = {
    "vics.json": (12, 0),
    "icse.csv": (12, 0),
    "ncmec.xml": (13, 1),
    "stopncii.json": (12, 1),
    "threatexchange.csv": (12, 0),
}


@pytest.mark.parametrize("name", COUNTS)
def test_each_sample_reads_without_fault(name):
    report = Report()
    entries = list(detect(SAMPLES / name).read(SAMPLES / name, report))
    assert (len(entries), report.withdrawals, report.faulty) == (*COUNTS[name], 0)


def test_the_text_of_digests_reads_through_a_mapping():
    assert len(list(ColumnReader(Columns.one_hash_per_line()).read(SAMPLES / "digests.txt", Report()))) == 12


def test_the_samples_are_what_their_script_writes(tmp_path):
    spec = importlib.util.spec_from_file_location("make", SAMPLES / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    make.main(tmp_path)
    for path in tmp_path.iterdir():
        assert (SAMPLES / path.name).read_bytes() == path.read_bytes()
