"""Files that Alice sends on a warrant that is in force today."""

import base64
import random
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.safekeeping.services import KEEP
from kavalan.casework.safekeeping.work import Keeping
from kavalan.casework.uploads.models import Upload

from ..conftest import grounds

STREAM = "application/offset+octet-stream"
CHUNK = 65536


def content(size, seed=7):
    return random.Random(seed).randbytes(size)  # noqa: S311 no secret


def encoded(**said):
    """`Upload-Metadata`."""
    pairs = {name: value if isinstance(value, bytes) else value.encode() for name, value in said.items()}
    return ",".join(f"{name} {base64.b64encode(value).decode()}" for name, value in pairs.items())


def work():
    """Do the next job."""
    return run_next({KEEP: Keeping()}, "worker", timezone.now)


@pytest.fixture
def law(people):
    """A warrant for U-1 and U-2, in force today."""
    now = timezone.now()
    allowed = grounds("U-1", "U-2", start=now - timedelta(days=1), end=now + timedelta(days=1))
    return record_authority(people.alice, now, kind=Kind.WARRANT, reference="W 8/2026", grounds=allowed)


class Sender:
    """A browser that speaks tus, by hand."""

    def __init__(self, client, people, law):
        self.client, self.people, self.law = client, people, law

    def ask(self, method, address, **headers):
        data, kind = headers.pop("data", b""), headers.pop("content_type", STREAM)
        sent = {
            name.replace("_", "-"): value for name, value in ({"Tus_Resumable": "1.0.0"} | headers).items() if value
        }
        if method == "PATCH":
            # Django's client says neither of a request without a body.
            sent |= {"Content-Type": kind, "Content-Length": str(len(data))}
        return self.client.generic(method, address, data, content_type=kind, headers=sent)

    def create(self, size, reference="U-1", **headers):
        said = {
            "covered": f"{self.law.public_id} {reference}",
            "compartment": str(self.people.compartment.public_id),
            "filename": "phone.zip",
        }
        return self.ask("POST", reverse("uploads"), Upload_Length=str(size), Upload_Metadata=encoded(**said), **headers)

    def begun(self, size, reference="U-1"):
        answer = self.create(size, reference)
        assert answer.status_code == 201, answer.content
        return answer["Location"]

    def send(self, address, offset, data, **headers):
        return self.ask("PATCH", address, data=data, Upload_Offset=str(offset), **headers)

    def offset(self, address):
        return int(self.ask("HEAD", address)["Upload-Offset"])


@pytest.fixture
def sender(client, people, law, unlocked):
    """Alice's."""
    client.force_login(people.alice)
    return Sender(client, people, law)


@pytest.fixture
def upload(sender):
    """One of 200,000 bytes, of which nothing has come."""
    sender.begun(200_000)
    return Upload.objects.select_related("authority__unit", "compartment").get()
