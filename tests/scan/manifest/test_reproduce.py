"""Two scans side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.scan.made import NOW, facts, hit, known, row, write_scan

from kavalan.scan.manifest import MANIFEST, changed_means, differences, read_manifest, told, write_manifest

ROWS = [row(number) for number in range(1, 8)]


@pytest.fixture
def pair(tmp_path):
    """Compare seven rows with others."""

    def compared(rows, hits=(), *, cut=3, mentions=()):
        first = tmp_path / "first", write_scan(tmp_path / "first", ROWS, [hit(2)])
        second = tmp_path / "second", write_scan(tmp_path / "second", rows, hits or [hit(2)], mentions, cut=cut)
        return differences(first, second)

    return compared


@pytest.mark.parametrize("cut", [1, 2, 3, 7])
def test_the_same_rows_are_identical_however_they_are_cut(pair, cut):
    found = pair(ROWS, cut=cut)
    assert found.identical
    assert (found.items.rows, found.hits.rows) == (7, 1)
    assert list(told(found))[-1] == "IDENTICAL"


def with_pdq(bits):
    fingerprint = ROWS[4].fingerprint
    import msgspec

    return replace(ROWS[4], fingerprint=msgspec.structs.replace(fingerprint, pdq=bits.to_bytes(32), pdq_quality=90))


def test_one_bit_is_named_with_its_item_and_column(tmp_path):
    sides = []
    for name, bits in (("first", 5), ("second", 4)):
        rows = [*ROWS[:4], with_pdq(bits), *ROWS[5:]]
        sides.append((tmp_path / name, write_scan(tmp_path / name, rows)))
    found = differences(*sides)
    assert not found.identical
    assert dict(found.items.columns) == {"pdq": 1}
    (text,) = found.items.first
    assert text.startswith("DCIM/00005.jpg: pdq was ")
    assert text.endswith("5 and is " + "0" * 63 + "4")


@pytest.mark.parametrize("gone", [0, 3, 6])
def test_a_row_that_is_not_there_again_is_named_and_the_others_are_the_same(pair, gone):
    found = pair(ROWS[:gone] + ROWS[gone + 1 :]).items
    assert (found.rows, found.only_first, found.only_second) == (6, 1, 0)
    assert found.first == [f"DCIM/{gone + 1:05d}.jpg: only in the first"]


def test_a_row_that_is_new_is_named(pair):
    found = pair([*ROWS[:2], row(99), *ROWS[2:]]).items
    assert (found.rows, found.only_first, found.only_second) == (7, 0, 1)


def test_sources_without_a_common_row_are_all_difference(pair):
    found = pair([row(number) for number in range(100, 109)]).items
    assert (found.rows, found.only_first, found.only_second) == (0, 7, 9)


def test_last_access_is_no_difference_for_reading_changes_it(pair):
    assert pair([replace(one, item=replace(one.item, accessed=NOW)) for one in ROWS]).identical


def test_another_time_of_change_is_a_difference(pair):
    found = pair([replace(one, item=replace(one.item, modified=None)) for one in ROWS])
    assert dict(found.items.columns) == {"modified": 7}


def test_a_hit_more_and_a_hit_changed_are_named(pair):
    found = pair(ROWS, [hit(2, entry_quality=80), hit(6)])
    assert (found.hits.only_second, dict(found.hits.columns)) == (1, {"entry_quality": 1})
    assert not found.identical


def test_hits_are_the_same_although_their_items_have_moved(pair):
    found = pair([row(99), *ROWS], [hit(2, item=3)])
    assert found.hits.none


def test_mentions_are_compared_whatever_their_batch_and_however_often_said(tmp_path):
    one = {"container": b"a.db", "subject": b"x.jpg", "act": "sent", "evidence": "table t", "at": None, "count": 1}
    sides = []
    for name, cut in (("first", 2), ("second", 7)):
        sides.append((tmp_path / name, write_scan(tmp_path / name, ROWS, mentions=[one], cut=cut)))
    assert differences(*sides).identical


def test_a_mention_more_is_a_difference(pair):
    one = {"container": b"a.db", "subject": b"x.jpg", "act": "sent", "evidence": "table t", "at": None, "count": 1}
    found = pair(ROWS, mentions=[one])
    assert (found.mentions.only_first, found.mentions.only_second) == (0, 1)
    assert not found.identical


@pytest.fixture
def manifest(tmp_path):
    write_manifest(tmp_path, facts(write_scan(tmp_path, ROWS), 7), None)
    return read_manifest(tmp_path / MANIFEST)


def test_the_same_means_change_nothing(manifest):
    assert list(changed_means(manifest, manifest.tools, manifest.lists)) == []


def test_another_decoder_and_another_list_are_named(manifest):
    tools = manifest.tools | {"pyav": "18.2.0", "numba": "0.68.1"}
    said = list(changed_means(manifest, tools, [known(sha256="cd" * 32, state="gen-1+1")]))
    assert said[:2] == ["numba was absent and is 0.68.1", "pyav was 18.1.0 and is 18.2.0"]
    assert said[2].startswith("the list known was version 2026-11 in state gen-1+0 (abababababab) and is ")


def test_a_list_that_is_gone_and_one_that_is_new_are_named(manifest):
    said = list(changed_means(manifest, manifest.tools, [known(name="other")]))
    assert said == ["the list known is not there", "the list other was not asked"]
