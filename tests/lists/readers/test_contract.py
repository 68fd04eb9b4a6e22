"""The battery: what holds for every reader of hash lists. A new format is one more line in `formats.FORMATS`."""

from __future__ import annotations

import random
import tracemalloc
from contextlib import nullcontext, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lists.readers.formats import FORMATS, Format, Row

from kavalan.lists.errors import ListError, TruncatedError, WrongFormatError
from kavalan.lists.model import Entry
from kavalan.lists.readers import Report, detect

DIGITS = {"md5": 32, "sha1": 40, "sha256": 64, "pdq": 64}
every = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
some = pytest.mark.parametrize("form", [f for f in FORMATS if f.codes], ids=lambda form: form.name)
fuzzed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def hashes(form: Format, count: int, seed: int = 1) -> list[str]:
    numbers = random.Random(seed)  # noqa: S311 -- invented hashes, the same in every run
    return [f"{numbers.getrandbits(4 * DIGITS[form.kind]):0{DIGITS[form.kind]}x}" for _ in range(count)]


def read(form: Format, path) -> tuple[list[Entry], Report]:
    report = Report()
    return list(form.reader.read(path, report)), report


def values(form: Format, entries: list[Entry]) -> list[str]:
    return [getattr(entry, form.kind).hex() for entry in entries]


@every
def test_hashes_come_out_in_the_order_of_the_file_in_either_case(form, tmp_path):
    path, wanted = tmp_path / "list", hashes(form, 20)
    form.write(path, [Row(text.upper() if n % 2 else text) for n, text in enumerate(wanted)])
    entries, report = read(form, path)
    assert values(form, entries) == wanted
    assert (report.entries, report.faulty, report.withdrawals) == (20, 0, 0)


@every
def test_positions_rise_and_name_each_entry_once(form, tmp_path):
    form.write(tmp_path / "list", [Row(text) for text in hashes(form, 5)])
    positions = [entry.position for entry in read(form, tmp_path / "list")[0]]
    assert positions == list(range(positions[0], positions[0] + 5))


@every
def test_a_list_without_entries_is_read_as_empty(form, tmp_path):
    if form.name == "hma":
        pytest.skip("a state file without lines is an empty file, which says nothing of its format")
    form.write(tmp_path / "list", [])
    assert read(form, tmp_path / "list")[0] == []


@every
def test_a_byte_order_mark_is_accepted(form, tmp_path):
    if not form.text:
        pytest.skip("a binary format has no byte order mark")
    path, wanted = tmp_path / "list", hashes(form, 3)
    form.write(path, [Row(text) for text in wanted])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert values(form, read(form, path)[0]) == wanted


@every
def test_utf_16_is_refused_with_a_clear_word(form, tmp_path):
    (tmp_path / "list").write_bytes("MD5;SHA1\n".encode("utf-16"))
    with pytest.raises(WrongFormatError):
        read(form, tmp_path / "list")


@every
def test_a_cut_file_gives_what_stood_before_the_cut_and_says_so(form, tmp_path):
    path, wanted = tmp_path / "list", hashes(form, 40)
    form.write(path, [Row(text) for text in wanted])
    whole = path.read_bytes()
    for cut in range(len(whole) - 1, len(whole) // 2, -max(1, len(whole) // 60)):
        path.write_bytes(whole[:cut])
        report, got = Report(), []
        with pytest.raises(TruncatedError, match="again") if form.closed else nullcontext():
            got.extend(form.reader.read(path, report))
        assert values(form, got) == wanted[: len(got)]
        assert len(got) < len(wanted) or report.faulty == 0


@every
def test_a_missing_file_is_a_list_error(form, tmp_path):
    with pytest.raises(ListError, match="cannot be opened"):
        read(form, tmp_path / "absent")


@every
def test_another_format_is_refused_by_name(form, tmp_path):
    for other in FORMATS:
        if form.reader.format in {other.reader.format, "columns"}:
            continue
        other.write(tmp_path / "list", [Row(text) for text in hashes(other, 3)])
        with pytest.raises(WrongFormatError, match=form.reader.format):
            read(form, tmp_path / "list")


@every
def test_the_format_is_told_by_content(form, tmp_path):
    form.write(tmp_path / "list", [Row(text) for text in hashes(form, 3)])
    if form.reader.format == "columns":
        with pytest.raises(WrongFormatError, match="mapping"):
            detect(tmp_path / "list")
    else:
        assert detect(tmp_path / "list").format == form.reader.format


@every
@pytest.mark.parametrize("bad", ["zz", "0", "", "not a hash at all", "g" * 64])
def test_a_bad_hash_costs_its_own_line_and_is_shown_with_its_position(form, bad, tmp_path):
    path, wanted = tmp_path / "list", hashes(form, 5)
    form.write(path, [Row(text) for text in wanted])
    right = [entry.position for entry in read(form, path)[0]]
    form.write(path, [Row(text) for text in [*wanted[:2], bad, *wanted[3:]]])
    entries, report = read(form, path)
    assert values(form, entries) == [*wanted[:2], *wanted[3:]]
    assert report.faulty == 1
    assert {fault.position for fault in report.faults} == {right[2]}
    assert not bad or all(bad not in fault.reason for fault in report.faults if len(bad) > 2)


@every
def test_duplicates_are_kept(form, tmp_path):
    text = hashes(form, 1)[0]
    form.write(tmp_path / "list", [Row(text)] * 3)
    assert values(form, read(form, tmp_path / "list")[0]) == [text] * 3


@some
def test_conflicting_categories_are_kept_side_by_side_with_their_scheme(form, tmp_path):
    text = hashes(form, 1)[0]
    form.write(tmp_path / "list", [Row(text, code) for code in form.codes])
    got = [[(c.scheme, c.code) for c in entry.categories] for entry in read(form, tmp_path / "list")[0]]
    assert got == [form.categories(code) for code in form.codes]


@every
def test_progress_tells_bytes_up_to_the_size_of_the_file(form, tmp_path):
    form.write(tmp_path / "list", [Row(text) for text in hashes(form, 30_000)])
    told: list[tuple[int, int]] = []
    list(form.reader.read(tmp_path / "list", Report(), lambda done, total: told.append((done, total))))
    size = (tmp_path / "list").stat().st_size
    assert len(told) >= size >> 20
    assert told == sorted(told)
    assert told[-1] == (size, size)


@every
def test_memory_does_not_grow_with_the_file(form, tmp_path):
    def peak(count: int) -> int:
        form.write(tmp_path / "list", [Row(text) for text in hashes(form, count)])
        report = Report()
        tracemalloc.start()
        try:
            for _ in form.reader.read(tmp_path / "list", report):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(20_000) < peak(2_000) + 300_000


@every
@fuzzed
@given(edits=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4), st.integers(0, 12)), min_size=1, max_size=8))
def test_damage_gives_entries_and_counted_faults_or_a_list_error(form, edits, tmp_path):
    path = tmp_path / "list"
    form.write(path, [Row(text, form.codes[0] if form.codes else None) for text in hashes(form, 12)])
    data = bytearray(path.read_bytes())
    for where, new, gone in edits:
        at = int(where * len(data))
        data[at : at + gone] = new
    path.write_bytes(data)
    check(form, path)


@every
@fuzzed
@given(data=st.binary(max_size=400))
def test_noise_after_a_true_beginning_gives_entries_or_a_list_error(form, data, tmp_path):
    path = tmp_path / "list"
    form.write(path, [Row(text) for text in hashes(form, 3)])
    path.write_bytes(path.read_bytes()[: -max(1, len(data))] + data)
    check(form, path)


def check(form: Format, path) -> None:
    report = Report()
    got = []
    with suppress(ListError):
        got.extend(form.reader.read(path, report))
    assert report.entries == len(got)
    for entry in got:
        assert isinstance(entry, Entry)
        for kind, digits in DIGITS.items():
            assert getattr(entry, kind) is None or len(getattr(entry, kind)) == digits // 2
        assert all(category.scheme and category.code for category in entry.categories)
