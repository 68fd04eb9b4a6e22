"""The pages of authorities, of what lapses, and of overrides."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.authority.models import Authority, Override
from kavalan.casework.authority.rules import Account, Activity, DataKind, Kind
from kavalan.casework.authority.selectors import grounds_of
from kavalan.casework.authority.services import record_authority
from kavalan.casework.vault.models import Kept

from ..conftest import NOW, grounds
from .conftest import PDF, a_paper

RECORD = "/authorities/record/"
ASKED = {
    "kind": "consent",
    "reference": "C 4/2026",
    "giver": "P-17",
    "exhibits": "E-3\n E-4 \n\n",
    "accounts": "chirp 42",
    "kinds": ["picture", "message"],
    "first_examine": "2026-03-01",
    "last_examine": "2026-03-31",
}


def test_it_records_what_was_typed_from_first_to_last_day_in_the_desks_zone(client, people):
    client.force_login(people.alice)
    answer = client.post(RECORD, ASKED)
    made = Authority.objects.get(reference="C 4/2026")
    assert (answer.status_code, answer["Location"]) == (302, reverse("authority", args=[made.public_id]))
    said = grounds_of(made)
    assert (said.exhibits, said.accounts) == ({"E-3", "E-4"}, {Account("chirp", "42")})
    assert said.kinds == {DataKind.PICTURE, DataKind.MESSAGE}
    span = said.activities[Activity.EXAMINE]
    assert (span.start.isoformat(), span.end.isoformat()) == ("2026-02-28T18:30:00+00:00", "2026-03-31T18:30:00+00:00")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"giver": "Meena Pillai"}, "never by a name"),
        ({"exhibits": "everything"}, "authority for everything"),
        ({"last_examine": ""}, "no end is left open"),
        ({"data_first": "2026-01-01"}, "no end is left open"),
        ({"accounts": "chirp"}, "a platform, a space, and an id"),
        ({"reference": "W 7/2026"}, "recorded already"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_the_reason(client, people, changed, why):
    client.force_login(people.alice)
    answer = client.post(RECORD, ASKED | changed)
    assert (answer.status_code, why in answer.text, Authority.objects.count()) == (422, True, 1)


def test_list_teaches_when_it_is_empty_and_names_what_the_unit_has(client, people):
    client.force_login(people.charlie)
    assert "No authority is recorded yet" in client.get("/authorities/").text
    client.force_login(people.dora)
    page = client.get("/authorities/").text
    assert ("warrant W 7/2026" in page, "E-1, E-2" in page, "(ended)" in page) == (True, True, True)


def test_uploaded_paper_is_kept_and_comes_back_as_a_recorded_download(client, people, unlocked, last_entry):
    client.force_login(people.alice)
    assert client.post(RECORD, ASKED | {"file": a_paper()}).status_code == 302
    made = Authority.objects.get(reference="C 4/2026")
    address = reverse("authority", args=[made.public_id])
    page = client.get(address).text
    assert (hashlib.sha256(PDF).hexdigest() in page, "Menon" in page) == (True, False)
    client.post(reverse("add-paper", args=[made.public_id]), {"file": a_paper(PDF + b"2"), "title": "until <June>"})
    assert "until &lt;June&gt;" in client.get(address).text
    kept = made.papers.earliest("pk").kept
    client.force_login(people.dora)
    answer = client.post(reverse("give-kept", args=[kept.public_id]))
    assert last_entry()[0].verb == "kept.give"
    assert b"".join(answer.streaming_content) == PDF
    client.force_login(people.charlie)
    assert client.post(reverse("give-kept", args=[kept.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["record-authority", "add-paper"])
def test_what_is_too_large_or_no_paper_is_told_and_not_kept(client, people, unlocked, settings, name):
    client.force_login(people.alice)
    address = RECORD if name == "record-authority" else reverse(name, args=[people.warrant.public_id])
    answer = client.post(address, ASKED | {"file": a_paper(b"MZ\x90\x00\x03\x00\x00\x00"), "title": "a"})
    assert (answer.status_code in {409, 422}, "no paper of these kinds" in answer.text) == (True, True)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
    answer = client.post(address, ASKED | {"file": a_paper(PDF * 2000), "title": "a"})
    assert (answer.status_code, "larger than 2 MB" in answer.text) == (422, True)
    assert (Kept.objects.count(), Authority.objects.count()) == (0, 1)


def test_nobody_types_a_reports_own_authority(client, people):
    client.force_login(people.alice)
    assert client.post(RECORD, ASKED | {"kind": "preliminary"}).status_code == 422
    assert Authority.objects.count() == 1


def test_withdrawal_stands_on_the_page(client, people):
    client.force_login(people.dora)
    client.post(reverse("withdraw-authority", args=[people.warrant.public_id]), {"reason": "by P-17"})
    page = client.get(reverse("authority", args=[people.warrant.public_id])).text
    assert ("by P-17. It permits nothing any more" in page, "Record the withdrawal" in page) == (True, False)


def test_what_lapses_soon_stands_on_the_first_page_and_on_its_own(client, people):
    now = timezone.now()
    said = grounds("E-5", start=now, end=now + timedelta(days=3))
    soon = record_authority(people.alice, now, kind=Kind.FIR, reference="F 5/2026", grounds=said)
    for address, words in (("/", "lapses soon"), (reverse("authority", args=[soon.public_id]), "Lapses soon")):
        client.force_login(people.dora)
        assert words in client.get(address).text
        client.force_login(people.charlie)
        assert "F 5/2026" not in client.get(address).text


def test_supervisors_declare_and_review_on_the_exhibits_page_of_overrides(client, people, exhibit):
    grant(people.alice, NOW, compartment=people.compartment, to=people.bob, role=Role.SUPERVISOR)
    address, review = (
        reverse("overrides", args=[exhibit.public_id]),
        reverse("review-override", args=[exhibit.public_id]),
    )
    client.force_login(people.alice)
    assert "There was no override" in client.get(address).text
    assert client.post(address, {"activity": "examine", "reason": "a child in danger"}).status_code == 302
    override = Override.objects.get()
    said = {"override": str(override.public_id), "answer": "reject", "reason": "there was time"}
    assert client.post(review, said).status_code == 409
    client.force_login(people.bob)
    assert client.post(review, said).status_code == 302
    assert "there was time" in client.get(address).text


def test_who_is_no_supervisor_declares_nothing_on_the_page(client, people, exhibit):
    client.force_login(people.bob)
    answer = client.post(reverse("overrides", args=[exhibit.public_id]), {"activity": "examine", "reason": "now"})
    assert (answer.status_code, Override.objects.exists()) == (409, False)
