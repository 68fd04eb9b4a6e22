"""Entering a seizure: all of it or none, one entry for the batch."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.clocks.models import Clock
from kavalan.casework.custody.chain import Where
from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.models import CustodyEvent, Device, DraftRow, Seizure
from kavalan.casework.custody.numbers import label_in
from kavalan.casework.custody.services import begin_draft, enter_seizure, load_rows, save_row
from kavalan.casework.custody.telling import bring_up
from kavalan.casework.errors import RefusedError

from ..conftest import LATER, NOW
from .conftest import MEMO, RECORDING, SEARCH, row

IMEI = "490154203237518"


def test_things_are_registered_with_their_seals_and_who_holds_them(people, seized):
    assert [(one.reference, one.seal, one.holder, one.where, one.gaps) for one in seized] == [
        (f"{MEMO}/{number}", f"S-{number}", people.alice, Where.HELD, 0) for number in (1, 2, 3)
    ]
    assert {one.covered_by for one in seized} == {MEMO}
    assert all(label_in(one.label) for one in seized)
    assert len({one.label for one in seized}) == 3


def test_one_entry_of_the_ledger_tells_of_the_whole_batch(seized, last_entry):
    entry, said = last_entry()
    event = CustodyEvent.objects.get()
    assert (entry.verb, entry.subject, said["things"]) == ("seizure.enter", event.public_id, 3)
    assert event.handled.count() == 3


def test_what_was_typed_is_kept_no_longer_once_it_is_entered(draft, seized):
    draft.refresh_from_db()
    assert (DraftRow.objects.count(), draft.seizure) == (0, Seizure.objects.get())


def test_event_keeps_when_it_happened_and_when_it_was_entered(seized):
    event = CustodyEvent.objects.get()
    assert (event.at, event.entered_at, event.late_by) == (SEARCH, NOW, None)


def test_columns_of_lists_are_what_the_events_come_to(seized):
    before = Device.objects.order_by("pk").values()
    told = list(before)
    from kavalan.casework.guard import writing

    with writing(frozenset({"custody_device"})):
        bring_up(list(Device.objects.all()))
    assert list(before.all()) == told


def test_nothing_is_entered_while_a_row_is_at_fault(people, warrant, draft, entries):
    save_row(draft, people.alice, row(1))
    save_row(draft, people.alice, row(2, imei=IMEI[:-1] + "9"))
    before = entries()
    with pytest.raises(RefusedError, match="1 rows are at fault"):
        enter_seizure(people.alice, warrant, draft, NOW)
    assert (Device.objects.count(), Seizure.objects.count(), DraftRow.objects.count(), entries()) == (0, 0, 2, before)


def test_number_that_is_wrong_on_the_thing_itself_is_taken_as_it_stands(people, warrant, draft):
    save_row(draft, people.alice, row(1, imei="123456789012345", as_shown="on"))
    enter_seizure(people.alice, warrant, draft, NOW)
    device = Device.objects.get()
    assert (device.imei, device.as_shown) == ("123456789012345", True)


def test_thing_that_the_authority_names_itself_is_covered_by_its_own_name(people, warrant, draft):
    save_row(draft, people.alice, row(1, reference="E-1"))
    enter_seizure(people.alice, warrant, draft, NOW)
    assert Device.objects.get().scope_reference() == "E-1"


def test_authority_that_has_lapsed_lets_nothing_be_entered(people, warrant, draft):
    save_row(draft, people.alice, row(1))
    with pytest.raises(RefusedError, match="ended on"):
        enter_seizure(people.alice, warrant, draft, LATER)


def test_other_officers_draft_is_not_entered(people, warrant, draft, dora):
    save_row(draft, people.alice, row(1))
    with pytest.raises(RefusedError, match="Another officer"):
        enter_seizure(dora, warrant, draft, NOW)


def test_recording_and_recorded_reasons_begin_what_the_law_sets(people, warrant):
    memo = Memo(SEARCH, recording=RECORDING, reasons_at=SEARCH - timedelta(hours=1))
    chosen = {"authority": warrant, "compartment": people.compartment, "reference": MEMO}
    draft = begin_draft(people.alice, NOW, memo=memo, **chosen)
    save_row(draft, people.alice, row(1))
    enter_seizure(people.alice, warrant, draft, NOW)
    clocks = {clock.name: (clock.started_at, clock.due_at, clock.matter) for clock in Clock.objects.all()}
    reasons = SEARCH - timedelta(hours=1)
    assert clocks == {
        "bnss-105": (SEARCH, None, warrant),
        "bnss-185-5": (reasons, reasons + timedelta(hours=48), warrant),
    }


def test_somebody_else_may_have_seized(people, warrant):
    memo = Memo(SEARCH, seized_by_words="PEN 55101, Town Station")
    chosen = {"authority": warrant, "compartment": people.compartment, "reference": MEMO}
    draft = begin_draft(people.alice, NOW, memo=memo, **chosen)
    save_row(draft, people.alice, row(1))
    enter_seizure(people.alice, warrant, draft, NOW)
    device = Device.objects.get()
    assert (device.holder, device.held_by) == (None, "PEN 55101, Town Station")


def test_three_hundred_things_take_few_queries(people, warrant, draft):
    load_rows(draft, people.alice, [row(number) for number in range(1, 301)])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        enter_seizure(people.alice, warrant, draft, NOW)
    assert Device.objects.count() == 300
    assert len(asked) <= 40
