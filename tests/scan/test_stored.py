"""What a source states of an item's digests, held against what was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pytest

from kavalan.scan.stored import checked
from kavalan.sources import Ending, Item


@dataclass
class _Found:
    md5: bytes
    sha256: bytes


CONTENT = b"a landscape"
FOUND = _Found(hashlib.md5(CONTENT, usedforsecurity=False).digest(), hashlib.sha256(CONTENT).digest())


def _item(*digests, ending=None):
    return Item(b"a", None, lambda: 0, digests=digests, ending=lambda: ending or Ending())


def test_a_digest_that_the_source_states_and_that_was_read_agrees():
    verdict = checked(_item(("md5", FOUND.md5), ("sha256", FOUND.sha256)), FOUND)
    assert verdict == Ending(f"md5 {FOUND.md5.hex()}, sha256 {FOUND.sha256.hex()}", True, None)


def test_one_digest_that_differs_is_named():
    verdict = checked(_item(("md5", FOUND.md5), ("sha256", bytes(32))), FOUND)
    assert verdict.agrees is False
    assert verdict.error == "its source states another sha256 than what was read has"


def test_digests_of_what_could_not_be_read_are_stated_and_not_compared():
    assert checked(_item(("md5", FOUND.md5)), None) == Ending(f"md5 {FOUND.md5.hex()}", None, None)


@pytest.mark.parametrize(("crc", "verdict"), [(True, True), (False, False), (None, None)])
def test_a_checksum_of_the_archive_is_judged_together_with_them(crc, verdict):
    ending = Ending("crc-32 00000000", crc)
    both = checked(_item(("md5", FOUND.md5), ending=ending), FOUND)
    assert (both.stored, both.agrees) == (f"crc-32 00000000, md5 {FOUND.md5.hex()}", verdict)


def test_an_item_of_which_nothing_is_stated_stays_as_it_is():
    assert checked(_item(), FOUND) == Ending()
