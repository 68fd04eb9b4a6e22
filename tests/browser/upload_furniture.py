"""An officer of a unit of her own who sends large files: one is begun already, and jobs of hers rest."""

from datetime import timedelta

from kavalan.casework.access.services import open_compartment
from kavalan.casework.accounts.services import enrol_officer, found_unit
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.uploads.services import UploadDraft, begin_upload, record_received
from kavalan.casework.vault.store import vault

SENDER = "KP-9310"
BEGUN, NEW, BY_PROGRAM = "U-1/2026", "U-2/2026", "U-3/2026"


def lay_uploads(officer, password, now):
    """The officer, and what tests must know."""
    unit = found_unit(officer, now, name="Cyber Cell, Kadavu")
    sender = enrol_officer(officer, now, badge=SENDER, name="Sub-Inspector Rema Thomas", unit=unit, password=password)
    room = open_compartment(sender, now, name="Seizure at the ferry")
    span = Span(now - timedelta(days=1), now + timedelta(days=30))
    grounds = Grounds(dict.fromkeys((Activity.COLLECT, Activity.EXAMINE), span), frozenset({BEGUN, NEW, BY_PROGRAM}))
    warrant = record_authority(sender, now, kind=Kind.WARRANT, reference="W 31/2026, Kadavu", grounds=grounds)
    upload = begin_upload(sender, warrant, UploadDraft(BEGUN, room, b"telephone.zip", 900_000_000), now)
    with vault().parts.open(upload.number) as part:
        part.write(bytes(400_000))
        part.save()
    record_received(upload, 400_000, now)
    return sender, {
        "upload": f"/uploads/{upload.public_id}/",
        "warrant_of_uploads": str(warrant.public_id),
        "room_of_uploads": str(room.public_id),
    }
