"""The pages of custody: a thing from the list to its time line, a hand-over, a seizure typed in."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.authority.models import Permit
from kavalan.casework.custody.models import CustodyEvent, Device, Draft, Seizure
from kavalan.casework.custody.words import What, Where
from kavalan.casework.guard import writing

from .conftest import MEMO, row

IMEI = "490154203237518"


@pytest.fixture
def in_force(warrant):
    """The warrant holds today."""
    with writing(frozenset({"authority_permit"})):
        Permit.objects.update(valid_until=timezone.now() + timedelta(days=1))


@pytest.fixture
def signed_in(client, people):
    client.force_login(people.alice)
    return client


def moment(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%S")


def ask_draft(client, draft, do, **said):
    return client.post(reverse("seizure-draft", args=[draft.public_id]), {"do": do, **said}, follow=True)


def text_of(answer):
    return answer.content.decode()


def test_empty_list_teaches_what_to_do(signed_in):
    assert "Nothing is in custody yet" in text_of(signed_in.get("/devices/"))


def test_list_shows_things_with_their_holders_and_filters_by_where_they_are(signed_in, seized):
    assert f"{MEMO}/3" in text_of(signed_in.get("/devices/?where=held"))
    assert "No thing of this sort" in text_of(signed_in.get("/devices/?where=lab"))


def test_scanned_label_leads_to_its_thing(signed_in, seized):
    answer = signed_in.get("/devices/", {"label": seized[1].label_text})
    assert answer.url == f"/devices/{seized[1].public_id}/"


def test_label_of_what_one_may_not_see_leads_nowhere(client, people, seized):
    client.force_login(people.charlie)
    assert "No thing that you may see" in text_of(client.get("/devices/", {"label": seized[0].label}))


def test_thing_says_that_its_custody_has_no_gap(signed_in, seized):
    page = text_of(signed_in.get(f"/devices/{seized[0].public_id}/"))
    assert "No gap" in page
    assert "S-1" in page


def test_seizure_is_typed_in_a_field_at_a_time_and_registered(signed_in, in_force, people, warrant):
    begun = signed_in.post(
        "/seizures/new/",
        {
            "authority": warrant.public_id,
            "compartment": people.compartment.public_id,
            "reference": MEMO,
            "at": moment(timezone.now() - timedelta(hours=1)),
        },
    )
    draft = Draft.objects.get()
    assert begun.url == f"/seizures/drafts/{draft.public_id}/"
    # Enter after the IMEI: what is typed is kept, and the seal is next.
    page = text_of(ask_draft(signed_in, draft, "next", reference=f"{MEMO}/1", sort="phone", imei=IMEI))
    assert "half typed" in page
    assert 'id="id_seal"' in page.split("autofocus")[0].rsplit("<input", 1)[1] + page.split("autofocus")[1][:60]
    assert draft.rows.count() == 0
    ask_draft(signed_in, draft, "next", reference=f"{MEMO}/1", sort="phone", imei=IMEI, seal="S-1")
    assert draft.rows.get().said["seal"] == "S-1"
    page = text_of(signed_in.get(begun.url))
    assert f'value="{MEMO}/2"' in page
    signed_in.post(f"/seizures/drafts/{draft.public_id}/enter/")
    assert (Device.objects.get().imei, Seizure.objects.get().reference) == (IMEI, MEMO)


def test_fault_stands_beside_its_row_and_the_row_is_typed_anew(signed_in, draft):
    page = text_of(ask_draft(signed_in, draft, "keep", **row(1, imei=IMEI[:-1] + "9")))
    assert "does not fit the others" in page
    assert "disabled" in page
    page = text_of(ask_draft(signed_in, draft, "drop-1"))
    assert (draft.rows.count(), 'value="490154203237519"' in page) == (0, True)


def test_table_is_taken_shown_with_its_faults_and_taken_back(signed_in, draft):
    table = "reference;sort;imei\nA-1;phone;490154203237518\nA-1;boat;\n"
    page = text_of(ask_draft(signed_in, draft, "table", table=table))
    assert page.count("Another row has this reference.") == 2
    assert draft.rows.count() == 2
    ask_draft(signed_in, draft, "take_back")
    assert draft.rows.count() == 0


def test_table_comes_as_a_file_too(signed_in, draft):
    file = SimpleUploadedFile("things.csv", "\ufeffreference,sort\nSM 12/2026/1,phone\n".encode())
    ask_draft(signed_in, draft, "table", file=file)
    assert draft.rows.get().said == {"reference": "SM 12/2026/1", "sort": "phone"}


def test_table_that_cannot_be_read_says_why(signed_in, draft):
    answer = ask_draft(signed_in, draft, "table", table="colour\nred\n")
    assert (answer.status_code, "names the columns" in text_of(answer)) == (409, True)


def test_draft_is_nobody_elses(client, draft, dora):
    client.force_login(dora)
    assert client.get(f"/seizures/drafts/{draft.public_id}/").status_code == 404


def test_draft_is_thrown_away(signed_in, draft):
    ask_draft(signed_in, draft, "keep", **row(1))
    signed_in.post(f"/seizures/drafts/{draft.public_id}/discard/")
    assert "Thrown away" in text_of(signed_in.get(f"/seizures/drafts/{draft.public_id}/"))


def test_receiver_accepts_what_was_handed_over(client, people, dora, seized):
    client.force_login(people.alice)
    given = {"device": [one.public_id for one in seized[:2]], "to": dora.public_id, "at": moment(timezone.now())}
    offered = client.post("/hand-overs/new/", given)
    client.force_login(dora)
    assert offered.url in text_of(client.get("/"))
    client.post(f"{offered.url}accept/", {"device": seized[0].public_id, "at": moment(timezone.now())})
    assert [one.holder for one in Device.objects.order_by("pk")] == [dora, people.alice, people.alice]
    assert "open" in text_of(client.get(offered.url))


def test_all_that_an_officer_has_is_chosen_at_once(client, people, seized):
    client.force_login(people.alice)
    page = text_of(client.get("/hand-overs/new/?all=1"))
    assert [f'name="device" value="{one.public_id}"' in page for one in seized] == [True, True, True]


def test_declined_hand_over_leaves_the_thing_where_it_was(client, people, dora, offer, seized):
    client.force_login(dora)
    client.post(f"/hand-overs/{offer.public_id}/decline/", {"device": seized[0].public_id, "why": "not there"})
    first, second, _ = Device.objects.order_by("pk")
    assert (first.offer, first.holder, second.offer) == (None, people.alice, offer)


def test_signed_slip_is_kept_and_its_digest_shown(signed_in, people, offer, seized, unlocked):
    slip = SimpleUploadedFile("slip.pdf", b"%PDF-1.4 a signed slip")
    said = {"device": seized[0].public_id, "at": moment(timezone.now()), "file": slip}
    signed_in.post(f"/hand-overs/{offer.public_id}/slip/", said)
    kept = CustodyEvent.objects.get(what=What.SLIP).slip
    assert kept.sha256_hex in text_of(signed_in.get(f"/hand-overs/{offer.public_id}/"))
    assert kept.sha256_hex in text_of(signed_in.get(f"/devices/{seized[0].public_id}/"))


def test_event_is_entered_for_several_things_at_once(signed_in, in_force, seized):
    said = {"what": "lab_out", "device": [one.public_id for one in seized], "taker_words": "FSL", "reference": "F 9"}
    signed_in.post("/devices/enter/", {**said, "at": moment(timezone.now())})
    assert {one.where for one in Device.objects.all()} == {Where.LAB}
    assert CustodyEvent.objects.filter(what=What.LAB_OUT).count() == 1


def test_correction_stands_beside_the_wrong_entry(signed_in, seized):
    event = CustodyEvent.objects.get()
    address = f"/devices/{seized[0].public_id}/correct/?event={event.public_id}"
    assert 'value="S-1"' in text_of(signed_in.get(address))
    signed_in.post(address, {"at": moment(event.at), "seal": "S-11", "why": "misread"})
    page = text_of(signed_in.get(f"/devices/{seized[0].public_id}/"))
    assert "a correction" in page
    assert Device.objects.get(pk=seized[0].pk).seal == "S-11"


def test_gap_is_named_on_the_page_of_the_thing(signed_in, in_force, people, seized):
    said = {"what": "stored", "device": seized[0].public_id, "place": "Store 2", "seal": "S-99"}
    signed_in.post("/devices/enter/", {**said, "at": moment(timezone.now())})
    page = text_of(signed_in.get(f"/devices/{seized[0].public_id}/"))
    assert "1 gap in its custody" in page
    assert "Another seal than the one that was put on" in page
    assert f"{MEMO}/1" in text_of(signed_in.get("/devices/?gaps=1"))


def test_clock_of_the_device_is_shown_with_how_surely_it_is_known(signed_in, in_force, seized):
    now = timezone.now().replace(microsecond=0)
    said = {"what": "clock_read", "device": seized[0].public_id, "at": moment(now), "step": "60", "within": "0"}
    signed_in.post("/devices/enter/", {**said, "shown_at": moment(now + timedelta(minutes=7))})
    assert "7 minutes 30 seconds ahead, give or take 30 seconds" in text_of(
        signed_in.get(f"/devices/{seized[0].public_id}/")
    )


def test_recording_is_added_and_forwarded(signed_in, seized):
    seizure = seized[0].seizure
    address = f"/seizures/{seizure.public_id}/"
    signed_in.post(f"{address}recordings/", {"sha256": "ab" * 32})
    assert "Not recorded as forwarded" in text_of(signed_in.get(address))
    recording = seizure.recordings.get()
    said = {"to": "JMFC, Harbour", "at": moment(timezone.now() - timedelta(minutes=1))}
    signed_in.post(f"/recordings/{recording.public_id}/forward/", said)
    assert "Forwarded to JMFC, Harbour" in text_of(signed_in.get(address))


def test_exhibit_says_from_which_thing_it_was_made(signed_in, people, seized, folder):
    from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit

    from ..conftest import NOW

    draft = ExhibitDraft("E-1", folder, people.compartment)
    exhibit = register_exhibit(people.alice, seized[0].authority, draft, NOW)
    page = f"/devices/{seized[0].public_id}/"
    assert "An exhibit was made from it" in text_of(signed_in.get(page))
    signed_in.post(f"{page}draw/", {"exhibit": exhibit.public_id, "part": "whole"})
    assert f"/exhibits/{exhibit.public_id}/" in text_of(signed_in.get(page))
    assert page in text_of(signed_in.get(f"/exhibits/{exhibit.public_id}/"))


def test_labels_come_as_a_pdf(signed_in, seized):
    answer = signed_in.get(f"/seizures/{seized[0].seizure.public_id}/labels/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert io.BytesIO(answer.content)
