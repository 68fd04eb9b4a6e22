"""Of the browser tests' workspace what came as a file: a table that waits for somebody to say what its columns mean."""

import io
from datetime import timedelta

from kavalan.casework.intake.models import Desk
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import Parcel, begin_delivery
from kavalan.casework.vault.store import put

TABLE = b"""Ack No,Received on,User id,IP,Port,IP time,Remarks
N-1/2026,06/05/2026 14:30,u-1,203.0.113.5,4433,06/05/2026 02:30 pm,seen twice
N-2/2026,07/05/2026 09:00,u-2,203.0.113.9,,07/05/2026,
"""


def lay_intake(officer, now):
    """The address of the waiting table, and of the desk."""
    desk = Desk.objects.select_related("unit", "compartment").get(unit=officer.unit)
    parcel = Parcel(
        put(io.BytesIO(TABLE)), Form.TABLE, b"may.csv", now - timedelta(hours=1), sender="A partner, invented"
    )
    waiting = begin_delivery(officer, now, desk=desk, parcel=parcel)
    return {"table": f"/intake/deliveries/{waiting.public_id}/", "intake_desk": f"/intake/desks/{desk.public_id}/"}
