"""Things in custody in the workspace of the browser tests: one with a gap, one handed over, one at a laboratory."""

from datetime import timedelta

from kavalan.casework.access.models import Compartment
from kavalan.casework.accounts.models import Officer
from kavalan.casework.authority.rules import Activity, Grounds, Span
from kavalan.casework.authority.rules import Kind as Paper
from kavalan.casework.authority.services import record_authority
from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.models import Device
from kavalan.casework.custody.services import (
    Things,
    add_recording,
    begin_draft,
    draw_exhibit,
    enter_seizure,
    examine_things,
    load_rows,
    offer_things,
    record_event,
)
from kavalan.casework.custody.telling import Found, Party, Told
from kavalan.casework.custody.words import Part, SealState, What

MEMO, NEXT = "SM 7/2026", "SM 8/2026"
IMEIS = ("490154203237518", "352099001761481", "")


def seize(officer, receiver, room, exhibit, today):
    """Three telephones, of which the exhibit is one's image; another memo is being typed in. Their addresses."""
    # On an authority that has lapsed since: what it names does not stand among what may be registered today.
    now = today - timedelta(hours=2)
    search, span = now - timedelta(hours=5), Span(today - timedelta(days=1), today - timedelta(hours=1))
    grounds = Grounds({Activity.COLLECT: span, Activity.EXAMINE: span}, frozenset({MEMO, NEXT}))
    warrant = record_authority(officer, now, kind=Paper.WARRANT, reference="W 121/2026, Malanad", grounds=grounds)
    rows = [
        {
            "reference": f"{MEMO}/{number}",
            "sort": "phone",
            "make": "Fairtone",
            "model": "Z 4",
            "seal": f"MLD {number:04}",
        }
        | {"imei": imei, "isolation": "faraday"}
        for number, imei in enumerate(IMEIS, 1)
    ]
    memo = Memo(search, "House by the canal, ward 12", witnesses=2)
    chosen = {"authority": warrant, "compartment": Compartment.objects.get(pk=room)}
    draft = begin_draft(officer, now, reference=MEMO, memo=memo, **chosen)
    load_rows(draft, officer, rows)
    event = enter_seizure(officer, warrant, draft, now)
    first, second, third = Device.objects.select_related("seizure").order_by("pk")
    add_recording(officer, now, seizure=first.seizure, sha256="5e" * 32)
    draw_exhibit(officer, now, device=first, exhibit=exhibit, part=Part.WHOLE)
    odd = Found("MLD 9999", SealState.INTACT)
    record_event(officer, now, devices=[first], told=Told(What.STORED, now, place="Malkhana, shelf 4", found=odd))
    offer = offer_things(officer, now, devices=[second], to=Party(receiver), moment=now)
    giver, laboratory = Party(officer), Party(words="FSL, Thiruvananthapuram")
    sent = Told(What.LAB_OUT, now, giver, laboratory, reference="FSL 211/2026", due_at=now + timedelta(days=60))
    examine_things(officer, warrant, Things([third]), now, told=sent)
    typing = begin_draft(officer, now, reference=NEXT, memo=memo, **chosen)
    load_rows(typing, officer, [{"reference": "SM 8/2026/1", "sort": "phone", "imei": "490154203237519"}])
    return {
        "device": f"/devices/{first.public_id}/",
        "correction": f"/devices/{first.public_id}/correct/?event={event.public_id}",
        "hand-over": f"/hand-overs/{offer.public_id}/",
        "typing": f"/seizures/drafts/{typing.public_id}/",
        "seizure": f"/seizures/{first.seizure.public_id}/",
        "recording": str(first.seizure.recordings.get().public_id),
    }


def receiver_of(badge):
    """The officer of that badge."""
    return Officer.objects.select_related("unit").get(badge=badge)
