"""The intake's pages, as officers use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.intake.models import ColumnMapping, Delivery, Report
from kavalan.casework.intake.rules import Form

from ..reports import lay_reports
from .conftest import MEANING, referral, table

CALL = {
    "danger_now": "yes",
    "speaks": "no",
    "access": "unknown",
    "self_harm": "unknown",
    "way": "phone",
    "arrived_at": "2026-03-01T10:00",
    "happened": "Zelphine Okwaramba is kept from school by her uncle, reach +91 98470 12345",
    "child_name": "Zelphine Okwaramba",
    "reported_name": "an uncle",
    "reported_account": "@uncle",
    "caller_name": "Meera Pillai",
    "caller_phone": "+91 98470 12345",
    "confidential": "on",
}


@pytest.fixture
def at_desk(client, people, desk):
    """Bob's browser."""
    client.force_login(people.bob)
    return client


def test_list_begins_with_the_urgent_then_the_riskiest_and_pages_on(at_desk, desk, monkeypatch):
    monkeypatch.setattr("kavalan.casework.intake.selectors.REPORTS_A_PAGE", 2)
    for lane, risk in (("ordinary", 90), ("urgent", 5), ("ordinary", 90), ("urgent", 40)):
        lay_reports(desk, 1, lane=lane, risk=risk)
    first = at_desk.get("/intake/").context["page"]
    second = at_desk.get(f"/intake/?after={first.after}").context["page"]
    assert [one.reference for one in first.reports] == ["R-4", "R-2"]
    assert [one.reference for one in second.reports] == ["R-3", "R-1"]
    assert second.after is None


def test_filters_hold_together_and_number_of_queries_does_not_grow(at_desk, desk):
    lay_reports(desk, 3, sender="A partner", standing="taken")
    with CaptureQueriesContext(connection) as few:
        at_desk.get("/intake/?standing=taken")
    lay_reports(desk, 20, sender="A partner", standing="taken", form="mail")
    with CaptureQueriesContext(connection) as many:
        page = at_desk.get("/intake/?standing=taken").context["page"]
    assert len(many) == len(few)
    assert len(page.reports) == 23
    assert len(at_desk.get("/intake/?standing=all&form=mail&sender=a+p").context["page"].reports) == 20
    assert not at_desk.get("/intake/?standing=taken&sender=nobody").context["page"].reports


def test_supervisor_opens_the_desk_of_a_unit_that_has_none(client, people):
    client.force_login(people.bob)
    assert "has no intake desk yet" in client.get("/intake/").content.decode()
    assert client.post("/intake/desk/").status_code == 409


def test_uploaded_referral_is_kept_read_and_shown(at_desk, desk, work):
    upload = SimpleUploadedFile("a.json", referral(7, files=[{"filename": "<b>x</b>.jpg", "viewedByEsp": "true"}]))
    asked = {"desk": desk.public_id, "uploads": [upload], "arrived_at": "2026-03-01T10:00"}
    answer = at_desk.post("/intake/take-in/", asked)
    delivery = Delivery.objects.get()
    assert answer["Location"] == f"/intake/deliveries/{delivery.public_id}/"
    work()
    page = at_desk.get(f"/reports/{Report.objects.get().public_id}/").content.decode()
    assert "R 1/2026" in page
    assert "&lt;b&gt;x&lt;/b&gt;.jpg" in page
    assert "Nobody here has opened any of them" in page


def test_more_files_than_the_desk_takes_at_once_are_refused_with_a_page(at_desk, desk, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    uploads = [SimpleUploadedFile(f"{number}.json", referral(number)) for number in range(3)]
    answer = at_desk.post("/intake/take-in/", {"uploads": uploads})
    assert answer.status_code == 400
    assert "send it in smaller parts" in answer.text
    assert not Delivery.objects.exists()


def test_file_of_no_known_kind_is_not_taken_in(at_desk, desk):
    upload = SimpleUploadedFile("a.exe", b"MZ")
    asked = {"desk": desk.public_id, "uploads": [upload], "arrived_at": "2026-03-01T10:00"}
    answer = at_desk.post("/intake/take-in/", asked)
    assert answer.status_code == 422
    assert "its name does not tell what it is" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_larger_upload_is_pointed_to_the_drop_folder(at_desk, desk, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    asked = {"desk": desk.public_id, "uploads": [SimpleUploadedFile("a.json", bytes(2000))], "arrived_at": ""}
    answer = at_desk.post("/intake/take-in/", asked)
    assert "Put it into the drop folder" in answer.content.decode()


def test_table_waits_is_previewed_and_read_with_columns_that_are_saved(at_desk, desk, work):
    asked = {
        "desk": desk.public_id,
        "uploads": [SimpleUploadedFile("a.csv", table(3))],
        "arrived_at": "2026-03-01T10:00",
    }
    at_desk.post("/intake/take-in/", asked)
    delivery = Delivery.objects.get()
    assert delivery.job is None
    address = f"/intake/deliveries/{delivery.public_id}/columns/"
    assert at_desk.get(address).context["head"].header == tuple(MEANING)
    said = {"name": "A partner", "zone": "Asia/Kolkata", "order": "dmy", "skip": "0"}
    assert "Say of one column at least" in at_desk.post(address, said | {"look": ""}).text
    said |= {f"column_{number}": means for number, means in enumerate(MEANING.values())}
    shown = at_desk.post(address, said | {"look": ""}).context["preview"]
    assert ("persons[0].account.id", "u-1") in shown.reports[0]
    assert not ColumnMapping.objects.exists()
    assert at_desk.post(address, said | {"take": ""}).status_code == 302
    work()
    assert ColumnMapping.objects.get().columns["meaning"] == MEANING
    assert Report.objects.count() == 3


def test_call_is_entered_with_what_was_answered_and_no_name_in_clear(at_desk, desk):
    answer = at_desk.post("/intake/call/", CALL | {"desk": desk.public_id})
    report = Report.objects.get()
    assert answer["Location"] == f"/reports/{report.public_id}/"
    assert (report.form, report.answers, report.lane) == (
        Form.PHONE,
        {"danger_now": True, "child_reports": False},
        "urgent",
    )
    page = at_desk.get(answer["Location"]).content.decode()
    told = str(report.tip) + page
    for name in ("Zelphine", "Okwaramba", "Meera", "Pillai", "98470 12345", "+919847012345"):
        assert name not in told
    assert report.persons.filter(identity__isnull=False).count() == 2


def test_channel_is_kept_as_text_and_never_a_link(at_desk, desk):
    said = {
        "desk": desk.public_id,
        "danger_now": "unknown",
        "arrived_at": "2026-03-01T10:00",
        "platform": "Example Messenger",
        "handle": "@harbour_lights",
        "link": "https://example.org/harbour_lights",
        "members": "1200",
        "administrators": "@first\n@second",
        "basis": "GD 4/2026",
        "happened": "Offers of files",
        "screenshot": "ab" * 32,
    }
    answer = at_desk.post("/intake/channel/", said)
    report = Report.objects.get()
    page = at_desk.get(answer["Location"]).content.decode()
    assert 'href="https://example.org' not in page
    values = set(report.namings.filter(strong=True).values_list("indicator__value", flat=True))
    assert {"example messenger @harbour_lights", "example messenger @first", "ab" * 32} <= values
    assert report.persons.count() == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/intake/rule-11/", {"noticed_on": "a telephone in repair", "happened": "pictures were seen"}),
        ("/intake/address/", {"addresses": "http://example.onion/a\nexample.org/b"}),
    ],
)
def test_other_forms_are_entered(at_desk, desk, address, said):
    common = {"desk": desk.public_id, "danger_now": "no", "arrived_at": "2026-03-01T10:00"}
    assert at_desk.post(address, common | said).status_code == 302
    assert Report.objects.get().answers == {"danger_now": False}


def test_receipt_has_reference_and_digest_and_no_name(at_desk, desk, take):
    delivery = take(referral(7, reported={"firstName": "Tavik", "espUserId": "u-1"}))
    for address in (
        f"/reports/{Report.objects.get().public_id}/receipt/",
        f"/intake/deliveries/{delivery.public_id}/receipt/",
    ):
        page = at_desk.get(address).content.decode()
        assert delivery.kept.sha256_hex in page
        assert "Tavik" not in page
