"""Numbers of devices and of labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.custody.numbers import iccid_fault, imei_fault, label_in, label_text, new_label

# The example of GSMA's IMEI allocation guidelines (TS.06), and one of the Wikipedia article on IMEI.
IMEIS = ["490154203237518", "35-209900-176148-1"]


@pytest.mark.parametrize("imei", IMEIS)
def test_imei_whose_check_digit_fits_is_taken_however_it_is_written(imei):
    assert imei_fault(imei) is None


@pytest.mark.parametrize("imei", ["490154203237519", "49015420323751", "4901542032375180", "000000000000000", "४९", ""])
def test_what_is_no_imei_is_named(imei):
    assert imei_fault(imei)


@given(st.sampled_from(IMEIS), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_of_an_imei_is_always_seen(imei, place, by):
    digits = imei.replace("-", "")
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert imei_fault(wrong)


def luhn_by_hand(body):
    """The check digit, found by trying all ten: the sum of digits, every second doubled, ends in nought."""
    for last in "0123456789":
        digits = [int(digit) for digit in body + last][::-1]
        doubled = [sum(map(int, str(2 * digit))) if place % 2 else digit for place, digit in enumerate(digits)]
        if sum(doubled) % 10 == 0:
            return last
    raise AssertionError(body)


@given(st.from_regex(r"89[0-9]{16,17}", fullmatch=True))
def test_number_of_a_sim_card_is_taken_with_its_check_digit_alone(body):
    right = luhn_by_hand(body)
    assert iccid_fault(body + right) is None
    assert iccid_fault(body + str((int(right) + 1) % 10))


def test_number_that_is_no_sim_cards_is_named():
    assert iccid_fault("490154203237518")


@given(st.integers(0, 11), st.integers(1, 9))
def test_label_is_read_back_and_a_wrong_digit_seen(place, by):
    label = new_label()
    assert label_in(label_text(label)) == label_in(label) == label_in(f" kv{label}\n") == label
    assert label_in(label[:place] + str((int(label[place]) + by) % 10) + label[place + 1 :]) is None


@given(st.integers(0, 10))
def test_two_digits_that_changed_places_are_seen(place):
    label = new_label()
    turned = label[:place] + label[place + 1] + label[place] + label[place + 2 :]
    assert turned == label or label_in(turned) is None


def test_check_digits_of_a_label_are_those_of_the_standard():
    # ISO/IEC 7064 MOD 97-10: the whole number leaves one.
    assert int(new_label()) % 97 == 1


@pytest.mark.parametrize("text", ["", "KV", "KV 1234", "https://example.org", "१२३४५६७८९०१२"])
def test_what_is_no_label_is_none(text):
    assert label_in(text) is None
