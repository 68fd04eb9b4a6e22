"""Issuing letters about a report that is handed over."""

from dataclasses import replace
from io import BytesIO

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.routing.issuing import Fir, issue, letter_of
from kavalan.casework.routing.services import issue_letter, offer_transfer
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.vault.store import put_printed, vault
from kavalan.papers import render
from tests.papers.required import fonts_built

from ..conftest import NOW
from .conftest import tell_of

ROW = "Kavalan: cyber-kannur, 2025-10-19"
FIR = Fir("Harbour station", "0/7/2026", NOW, ("IT Act s. 67B",))


@pytest.fixture
def outside(people, report, unlocked):
    to = Receiver("Hill station, invented", None, ROW)
    return offer_transfer(people.bob, NOW, report=report, to=to, reason="it lies in the hills")


def stored():
    return put_printed(BytesIO(b"%PDF-1.7 a letter"))


@fonts_built
def test_the_file_in_the_vault_shows_what_the_desk_knows(people, outside):
    made = issue(people.bob, outside, NOW, fir=None)
    with vault().open(made.kept.name) as file:
        assert file.read() == render(letter_of(people.bob, outside, NOW, fir=None))
    assert (made.form, made.number) == ("transfer", 1)


def test_letters_are_numbered_by_form(people, outside):
    for fir, number in ((None, 1), (FIR, 1), (None, 2)):
        letter = letter_of(people.bob, outside, NOW, fir=fir)
        assert issue_letter(people.bob, NOW, transfer=outside, letter=letter, stored=stored()).number == number


def test_a_child_stands_there_by_pseudonym(people, report, outside):
    child = {"kind": Kind.CHILD, "compartment": report.desk.compartment, "particulars": Particulars("Zelphine")}
    identity = seal_identity(people.alice, NOW, **child)
    tell_of(report, "victim", identity)
    tell_of(report, "reported")
    assert letter_of(people.bob, outside, NOW, fir=None).children == (str(identity),)


def test_the_row_stands_there_with_its_source_and_how_sure_it_is(people, outside):
    ground = letter_of(people.bob, outside, NOW, fir=None).ground
    assert (ground.row, ground.certainty) == (ROW, "S")
    assert "PTI" in ground.source


def test_without_a_row_none_is_named(people, outside):
    outside.row = ""
    assert letter_of(people.bob, outside, NOW, fir=None).ground is None


def test_a_zero_fir_is_quoted(people, outside):
    letter = letter_of(people.bob, outside, NOW, fir=replace(FIR, sections=("a", "b")), place="Idukki")
    assert (letter.form_id, letter.fir, letter.sections, letter.place) == ("zero-fir", "0/7/2026", ("a", "b"), "Idukki")


def test_another_officers_letter_is_refused(people, outside):
    letter = letter_of(people.alice, outside, NOW, fir=None)
    with pytest.raises(RefusedError, match="another officer's"):
        issue_letter(people.bob, NOW, transfer=outside, letter=letter, stored=stored())


def test_the_receiver_issues_none(people, outside, hill):
    with pytest.raises(RefusedError, match="Only who works"):
        issue(people.charlie, outside, NOW, fir=None)
