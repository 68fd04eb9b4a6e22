"""The plan: budgets that add up, probes that are counted right, and the condition that makes it exact."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.matching.plan import masks, plan, ring


@pytest.mark.parametrize("radius", range(65))
def test_the_budgets_add_up_to_one_more_than_the_radius(radius):
    assert ring(radius).budgets.sum() == radius + 1


@pytest.mark.parametrize("radius", range(65))
def test_each_chunk_looks_up_every_word_within_its_share(radius):
    expected = [sum(comb(16, bits) for bits in range(budget)) for budget in ring(radius).budgets]
    assert ring(radius).probes.tolist() == expected


def test_the_masks_are_all_words_of_up_to_four_bits_the_fewest_first():
    words, bits = masks()
    assert sorted(words.tolist()) == [word for word in range(65536) if word.bit_count() <= 4]
    assert bits.tolist() == sorted(word.bit_count() for word in words.tolist())


@given(distances=st.lists(st.integers(0, 16), min_size=16, max_size=16))
def test_whatever_lies_within_the_radius_is_led_to_by_some_chunk(distances):
    radius = sum(distances)
    if radius <= 64:
        budget = ring(radius).budgets
        assert any(
            distances[i] < budget[i] and distances[i] + distances[(i + 1) % 16] < budget[i] + budget[(i + 1) % 16]
            for i in range(16)
        )


def test_few_rows_are_scanned_and_many_walked():
    assert plan(31, 100).name == "scan"
    assert plan(31, 1_000_000).name == "pigeonring, 272 probes"
    assert plan(0, 1_000_000).name == "pigeonring, 1 probes"


def test_the_masks_and_budgets_cannot_be_written_to():
    assert not any(array.flags.writeable for array in (*masks(), ring(31).budgets, ring(31).probes))


def test_masks_are_sixteen_bit_words():
    assert [array.dtype for array in masks()] == [np.uint16, np.uint16]
