"""What lies in the database opens only where it was sealed, with the keys of the workspace."""

import shutil
import subprocess

import pytest

from kavalan.casework import keys
from kavalan.casework.guard import writing
from kavalan.casework.identities.models import SealedVersion
from kavalan.casework.identities.rules import Kind, Particulars, packed, unpacked
from kavalan.casework.identities.sealing import BrokenSealError, same_person, seal, unseal
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.keys import LockedError
from kavalan.vault.age import encrypt

from ..conftest import NOW
from .conftest import CHILD


def change(**values):
    with writing(frozenset({"identities_sealedversion"})):
        SealedVersion.objects.filter(number=1).update(**values)
    return SealedVersion.objects.first()


def test_it_opens_where_it_was_sealed(child):
    assert unseal(child.versions.get()) == CHILD


def test_one_moved_to_another_identity_is_refused(people, child):
    other = seal_identity(
        people.bob, NOW, kind=Kind.CHILD, compartment=people.compartment, particulars=Particulars("Tavik Melorin")
    )
    mine, theirs = child.versions.get(), other.versions.get()
    with writing(frozenset({"identities_sealedversion"})):
        SealedVersion.objects.filter(pk=theirs.pk).update(sealed=mine.sealed, seal=mine.seal)
    with pytest.raises(BrokenSealError, match="changed or put in another place"):
        unseal(other.versions.get())


def test_one_numbered_anew_is_refused(child):
    with pytest.raises(BrokenSealError):
        unseal(change(number=2))


def test_any_flipped_byte_is_refused(child):
    blob = bytes(child.versions.get().sealed)
    for place in (0, len(blob) // 2, len(blob) - 1):
        with pytest.raises(BrokenSealError):
            unseal(change(sealed=blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]))


def test_one_made_by_who_knows_only_the_recipients_is_refused(child, unlocked):
    forged = encrypt(packed(Particulars("Somebody Else")), unlocked.vault.recipients)
    with pytest.raises(BrokenSealError):
        unseal(change(sealed=forged))


def test_without_the_keys_nothing_is_sealed_or_opened(child):
    version = child.versions.get()
    keys.hold(None)
    with pytest.raises(LockedError):
        unseal(version)
    with pytest.raises(LockedError):
        seal(CHILD, child.public_id, 1)


def test_the_recovery_key_opens_it_with_the_stock_program(child, unlocked, tmp_path):
    age = shutil.which("age")
    if age is None:
        pytest.skip("the program age is not installed: Debian's package age")
    (tmp_path / "id").write_text(unlocked.vault.identity.text)
    (tmp_path / "blob").write_bytes(child.versions.get().sealed)
    plain = subprocess.run(
        [age, "-d", "-i", tmp_path / "id", tmp_path / "blob"], check=True, stdout=subprocess.PIPE
    ).stdout
    assert unpacked(plain) == CHILD


def test_digest_of_the_same_person_is_equal_in_one_compartment_only(people, unlocked):
    here, there = people.compartment, type(people.compartment)(name="another")
    told = same_person(CHILD, here)
    assert told == same_person(Particulars("zelphine  okwaramba", born="2016", notes="x"), here)
    assert told != same_person(CHILD, there)
    assert told != same_person(Particulars(CHILD.name), here)
