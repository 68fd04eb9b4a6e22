"""Addresses of coins: valid ones made here of arbitrary bytes, and the vectors of EIP-55."""

import hashlib

import pytest

from kavalan.identifiers import Kind, Surety, find
from kavalan.identifiers.coins import bitcoin, ethereum, monero, tron

from .test_base58 import blocks, checked

KEY = hashlib.sha256(b"a lighthouse").digest()
# EIP-55, "Test Cases".
MIXED = [
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
]


@pytest.mark.parametrize("version", [0, 5])
def test_bitcoin_by_its_check_and_version(version):
    address = checked(bytes([version]) + KEY[:20])
    assert bitcoin(address) == address
    assert bitcoin(checked(bytes([7]) + KEY[:20])) is None
    assert bitcoin(checked(bytes([version]) + KEY[:19])) is None


def test_tron_by_its_check_and_version():
    address = checked(b"\x41" + KEY[:20])
    assert (address[0], tron(address), tron(checked(b"\0" + KEY[:20]))) == ("T", address, None)


@pytest.mark.parametrize("address", MIXED)
def test_ethereum_with_letters_in_both_cases_has_a_check(address):
    assert ethereum(address) == (address.lower(), Surety.CHECKED)
    assert ethereum(address.swapcase().replace("0X", "0x")) is None


def test_ethereum_in_one_case_only_has_the_form():
    assert ethereum(MIXED[0].lower()) == (MIXED[0].lower(), Surety.FORM)


@pytest.mark.parametrize(("version", "more"), [(18, 0), (42, 0), (19, 8)])
def test_monero_by_its_version_and_keccak(version, more):
    keccak = pytest.importorskip("Crypto.Hash.keccak", reason="pycryptodome is not installed")
    body = bytes([version]) + KEY + KEY[::-1] + KEY[:more]
    address = blocks(body + keccak.new(data=body, digest_bits=256).digest()[:4])
    assert monero(address) == address
    assert monero(address[:-1] + ("1" if address[-1] != "1" else "2")) is None
    assert [(one.kind, one.value) for one in find(f"to {address}.")] == [(Kind.MONERO, address)]


def test_each_is_found_in_a_text():
    addresses = [checked(b"\0" + KEY[:20]), checked(b"\x41" + KEY[:20]), MIXED[0]]
    kinds = [Kind.BITCOIN, Kind.TRON, Kind.ETHEREUM]
    assert [one.kind for one in find("pay to " + " or ".join(addresses))] == kinds
