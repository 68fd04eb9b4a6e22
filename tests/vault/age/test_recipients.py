import re

import pytest

from kavalan.vault.age import Identity, Passphrase, Recipient, Stanza, decrypt, encrypt, write_header
from kavalan.vault.age.header import to_base64
from kavalan.vault.errors import KeyTextError, NoKeyError, NotAgeError

SAMPLES = [b"", b"a", bytes(65535), bytes(65536), bytes(65537), bytes(131072), b"\xff" * 200_000]


def test_keys_are_written_as_pyrage_writes_them(pyrage):
    for _ in range(20):
        peer = pyrage.x25519.Identity.generate()
        own = Identity.parse(str(peer))
        assert own.text == str(peer)
        assert own.recipient.text == str(peer.to_public())


@pytest.mark.parametrize("data", SAMPLES, ids=len)
def test_pyrage_opens_our_files(data, pyrage):
    own = Identity.generate()
    sealed = encrypt(data, [Identity.generate().recipient, own.recipient])
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(own.text)]) == data


@pytest.mark.parametrize("data", SAMPLES, ids=len)
def test_we_open_files_of_pyrage(data, pyrage):
    own = Identity.generate()
    others = [Identity.generate().recipient, own.recipient]
    sealed = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(one.text) for one in others])
    assert decrypt(sealed, own, "test") == data


def test_pyrage_opens_what_our_passphrase_locks(pyrage):
    assert pyrage.passphrase.decrypt(encrypt(b"text", [Passphrase(b"swordfish", 6)]), "swordfish") == b"text"


def test_our_passphrase_opens_what_pyrage_locks(pyrage):
    assert decrypt(pyrage.passphrase.encrypt(b"text", "swordfish"), Passphrase(b"swordfish"), "test") == b"text"


@pytest.mark.parametrize("data", SAMPLES, ids=len)
def test_stock_age_opens_our_files(data, age, tmp_path):
    own = Identity.generate()
    (tmp_path / "key").write_text(own.text)
    assert age("-d", "-i", tmp_path / "key", input=encrypt(data, [own.recipient])) == data


@pytest.mark.parametrize("data", SAMPLES, ids=len)
def test_we_open_files_of_stock_age(data, age):
    own = Identity.generate()
    assert decrypt(age("-r", own.recipient.text, input=data), own, "test") == data


def test_another_key_opens_nothing():
    sealed = encrypt(b"text", [Identity.generate().recipient])
    with pytest.raises(NoKeyError):
        decrypt(sealed, Identity.generate(), "test")


def test_another_passphrase_opens_nothing():
    with pytest.raises(NoKeyError):
        decrypt(encrypt(b"text", [Passphrase(b"one", 4)]), Passphrase(b"other"), "test")


def test_passphrase_beside_another_key_is_refused():
    own = Identity.generate()
    sealed = encrypt(b"text", [Passphrase(b"one", 4), own.recipient])
    with pytest.raises(NotAgeError, match="forbids"):
        decrypt(sealed, Passphrase(b"one"), "test")


def test_passphrase_that_asks_for_more_than_a_gibibyte_is_refused():
    sealed = encrypt(b"text", [Passphrase(b"one", 4)])
    for work in (b"21", b"99", b"100", b"0", b"04", b"+4", b"4x"):
        with pytest.raises(NotAgeError, match="cost"):
            decrypt(re.sub(rb"( \S{22}) 4\n", rb"\1 " + work + b"\n", sealed), Passphrase(b"one"), "test")


def test_share_of_low_order_is_refused():
    stanza = Stanza("X25519", (to_base64(bytes(32)),), bytes(32))
    with pytest.raises(NotAgeError, match="deceive"):
        decrypt(write_header(bytes(16), [stanza]), Identity.generate(), "test")


@pytest.mark.parametrize(
    "stanza",
    [
        Stanza("X25519", (), bytes(32)),
        Stanza("X25519", (to_base64(bytes(31)),), bytes(32)),
        Stanza("X25519", (to_base64(bytes(32)), "more"), bytes(32)),
        Stanza("X25519", ("!",), bytes(32)),
        Stanza("X25519", (to_base64(b"\x09" + bytes(31)),), bytes(33)),
    ],
)
def test_stanza_of_wrong_form_is_refused(stanza):
    with pytest.raises(NotAgeError):
        decrypt(write_header(bytes(16), [stanza]), Identity.generate(), "test")


def test_unknown_kind_of_recipient_is_passed_over():
    own, file_key = Identity.generate(), bytes(range(16))
    header = write_header(file_key, [Stanza("someone-else", ("x",), b"y"), own.recipient.wrap(file_key)])
    sealed = encrypt(b"", [own.recipient])
    with pytest.raises(NotAgeError):
        decrypt(header.replace(b"someone-else", b"scrypt"), Passphrase(b"x"), "test")
    assert own.unwrap([Stanza("someone-else", (), b""), own.recipient.wrap(file_key)], "test") == file_key
    assert decrypt(sealed, own, "test") == b""


@pytest.mark.parametrize(
    "text", ["", "age1", "AGE-SECRET-KEY-1QQQQ", Identity(bytes(32)).recipient.text, "hallo", "1", "äöü"]
)
def test_what_is_no_secret_key_is_refused_without_being_repeated(text):
    with pytest.raises(KeyTextError) as refused:
        Identity.parse(text)
    assert len(text) < 5 or text not in str(refused.value)


def test_secret_key_is_no_recipient():
    with pytest.raises(KeyTextError):
        Recipient.parse(Identity.generate().text)


def test_secrets_are_not_in_their_representation():
    own = Identity.generate()
    assert repr(own) == "Identity()"
    assert "swordfish" not in repr(Passphrase(b"swordfish"))
