"""Codes of an authenticator app, held against RFC 6238's vectors and a plain reading of it."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.accounts import totp

from .conftest import rfc6238

SECRET = b"12345678901234567890"
# RFC 6238, appendix B, SHA-1: of the eight digits there an app with six shows the last six.
VECTORS = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
AT = datetime(2026, 3, 1, 9, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize("seconds", VECTORS)
def test_codes_are_those_of_the_rfc(seconds):
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(SECRET, totp.step_at(at)) == VECTORS[seconds] == rfc6238(SECRET, at)


@given(st.binary(min_size=20, max_size=20), st.integers(0, 2**33))
def test_codes_agree_with_a_plain_reading_of_the_rfc(secret, seconds):
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(secret, totp.step_at(at)) == rfc6238(secret, at)


@pytest.mark.parametrize(("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_one_step_of_drift_is_taken_and_no_more(seconds, taken):
    code = rfc6238(SECRET, AT + timedelta(seconds=seconds))
    assert (totp.matching_step(SECRET, code, AT, 0) is not None) is taken


def test_code_of_a_used_step_is_not_taken_again():
    used = totp.matching_step(SECRET, rfc6238(SECRET, AT), AT, 0)
    assert totp.matching_step(SECRET, rfc6238(SECRET, AT), AT, used) is None
    following = AT + timedelta(seconds=30)
    assert totp.matching_step(SECRET, rfc6238(SECRET, following), AT, used) == used + 1


@pytest.mark.parametrize(
    ("typed", "code"), [(" 123 456\n", "123456"), ("12345", None), ("12345a", None), ("١٢٣٤٥٦", None)]
)
def test_six_digits_are_a_code_spaces_or_not(typed, code):
    assert totp.tidy_code(typed) == code


def test_address_in_the_qr_code_says_all_an_app_needs():
    parts = urlsplit(totp.otpauth_uri(SECRET, "KP 4821"))
    said = {key: value for key, (value,) in parse_qs(parts.query).items()}
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Kavalan:KP%204821")
    assert said == {
        "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "issuer": "Kavalan",
        "algorithm": "SHA1",
        "digits": "6",
        "period": "30",
    }


def test_secret_is_typed_in_groups_of_four():
    assert totp.typed_form(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_qr_code_asks_nothing_of_anybody_and_carries_no_style():
    svg = totp.qr_svg("otpauth://totp/x")
    assert svg.startswith("<svg")
    assert [word for word in ("style", "http", "script", "data:") if word in svg] == []
