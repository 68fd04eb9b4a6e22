"""Alice's desk, at which Bob takes reports in, and what comes to it."""

import io
import json

import pytest

from kavalan.casework.intake.reading import DeliveryReading
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import READ, Parcel, begin_delivery
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.vault.store import put
from kavalan.lists import Catalogue
from kavalan.tips import Columns

from ..conftest import NOW
from ..reports import open_intake


@pytest.fixture
def desk(people, unlocked):
    """The desk of the Coastal Unit: Alice supervises it, Bob takes reports in."""
    return open_intake(people)


def person(**said):
    """Somebody who was reported, as a referral has it."""
    return {"espUserId": "u-1", "espService": "Example Messenger", **said}


def referral(number=1, *, reported=None, victims=(), files=(), details=(), **more):
    """A referral as police receive it; people and numbers are invented."""
    return json.dumps(
        {
            "reportId": number,
            "dateReceived": "2026-02-27T10:00:00Z",
            "reportedInformation": {
                "reportingEsp": {"espName": "Example Messenger"},
                "incidentSummary": {"incidentType": "Online Enticement of Children for Sexual Acts"},
                "reportedPeople": {"reportedPersons": [person() if reported is None else reported]},
                "childVictims": {"childVictims": list(victims)},
                "uploadedFiles": {"uploadedFiles": list(files)},
                "additionalInformations": [{"value": text} for text in details],
            },
            **more,
        }
    ).encode()


def table(rows):
    """A partner's table of made-up rows."""
    lines = [f"N-{number},198.51.100.{number % 250},u-{number},seen {number} times" for number in range(1, rows + 1)]
    return "\n".join(["Ack No,IP,User id,Remarks", *lines]).encode()


MEANING = {"Ack No": "number", "IP": "ip", "User id": "account", "Remarks": "note"}
PARTNER = Columns(MEANING, "Asia/Kolkata")


def parcel(data, form=Form.CYBERTIPLINE, name=b"report.json", **more):
    """A file in the vault."""
    return Parcel(put(io.BytesIO(data)), form, name, NOW, **more)


@pytest.fixture
def work(workspace):
    """Do the next job."""
    with DeliveryReading(Catalogue(workspace / "lists", lambda: NOW)) as reading:
        yield lambda: run_next({READ: reading}, "worker", lambda: NOW)


@pytest.fixture
def take(people, desk, work):
    """Take a file in and read it; returns the delivery as it then stands."""

    def taken(data, form=Form.CYBERTIPLINE, **more):
        delivery = begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(data, form, **more))
        work()
        delivery.refresh_from_db()
        return delivery

    return taken
