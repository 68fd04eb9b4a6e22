"""Registering exhibits."""

import os

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.exhibits.selectors import visible_exhibits
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit

from ..conftest import NOW


def register(people, folder, reference="E-1", actor=None):
    draft = ExhibitDraft(reference, folder, people.compartment, "a memory card")
    return register_exhibit(actor or people.alice, people.warrant, draft, NOW)


def test_exhibit_keeps_what_was_said_and_lies_in_its_compartment(people, folder, last_entry):
    exhibit = register(people, folder)
    assert (exhibit.reference, bytes(exhibit.source)) == ("E-1", os.fsencode(folder))
    assert exhibit.compartment_ids() == [people.compartment.pk]
    assert list(visible_exhibits(people.bob, NOW)) == [exhibit]
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said["source"]) == ("exhibit.register", exhibit.public_id, bytes(folder).hex())


def test_folder_whose_name_is_not_text_is_kept_byte_for_byte(people, folder):
    odd = folder / os.fsdecode(b"card\xff")
    odd.mkdir()
    assert bytes(register(people, odd).source) == os.fsencode(folder) + b"/card\xff"


def test_exhibit_that_the_authority_does_not_name_is_refused(people, folder):
    with pytest.raises(RefusedError, match="does not name E-9"):
        register(people, folder, "E-9")


def test_missing_folder_is_refused(people, folder):
    with pytest.raises(RefusedError, match="no file or folder"):
        register(people, folder / "nowhere")


def test_file_is_an_exhibit_as_a_folder_is(people, folder):
    (folder / "telephone.zip").write_bytes(b"PK")
    assert bytes(register(people, folder / "telephone.zip").source) == os.fsencode(folder / "telephone.zip")


def test_what_does_not_lie_where_evidence_lies_is_refused(people, folder, workspace, settings):
    settings.KAVALAN_EVIDENCE = (folder,)
    (folder / "way out").symlink_to(workspace)
    for elsewhere in (workspace / "secret-key", folder / "way out" / "secret-key", folder / ".." / "workspace"):
        with pytest.raises(RefusedError, match="does not lie where evidence lies"):
            register(people, elsewhere)
    assert not Exhibit.objects.exists()


def test_second_exhibit_of_the_same_reference_is_refused(people, folder, exhibit):
    with pytest.raises(RefusedError, match="registered already"):
        register(people, folder)
    assert Exhibit.objects.count() == 1


@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_who_is_no_examiner_there_registers_nothing(people, folder, who):
    with pytest.raises(RefusedError, match="Your role"):
        register(people, folder, actor=getattr(people, who))
    assert not Exhibit.objects.exists()
