"""tus 1.0.0, request by request, as tus.io says; its own client is in `test_client.py`."""

import base64
import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.accounts.models import DeskSession
from kavalan.casework.authority.services import withdraw_authority
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import State
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.uploads.models import Standing, Upload
from kavalan.casework.vault.models import What
from kavalan.casework.vault.store import vault
from kavalan.vault import parts

from ..conftest import DeskClient
from .conftest import CHUNK, content, work


def test_server_says_what_it_can(sender):
    answer = sender.ask("OPTIONS", reverse("uploads"), Tus_Resumable="")
    assert answer.status_code == 204
    assert (answer["Tus-Version"], answer["Tus-Resumable"]) == ("1.0.0", "1.0.0")
    assert answer["Tus-Extension"].split(",") == ["creation", "termination", "checksum", "expiration"]
    assert (answer["Tus-Max-Size"], answer["Tus-Checksum-Algorithm"]) == (str(1024 << 30), "sha1,sha256")


def test_file_that_comes_in_pieces_becomes_an_exhibit_and_its_copy_lies_in_the_vault(sender, people, law):
    data = content(200_000)
    address = sender.begun(len(data))
    first = sender.send(address, 0, data[:70_001])
    assert (first.status_code, first["Upload-Offset"]) == (204, "70001")
    assert sender.offset(address) == 70_001
    last = sender.send(address, 70_001, data[70_001:])
    assert (last.status_code, last["Upload-Offset"], sender.offset(address)) == (204, "200000", 200_000)
    exhibit = Exhibit.objects.get(reference="U-1")
    assert (exhibit.authority, exhibit.registered_by, bytes(exhibit.source)) == (law, people.alice, b"")
    assert exhibit.compartment_ids() == [people.compartment.pk]
    assert work().state == State.DONE
    kept = exhibit.safekeepings.get().content
    assert (kept.what, kept.size, bytes(kept.sha256)) == (What.EXHIBIT_COPY, 200_000, hashlib.sha256(data).digest())
    with vault().open(kept.name) as reader:
        assert reader.readall() == data


def test_ledger_tells_the_beginning_and_the_end_and_no_piece(sender, entries):
    before = entries()
    address = sender.begun(3 * CHUNK)
    for number in range(3):
        sender.send(address, number * CHUNK, content(CHUNK))
    verbs = [entry.verb for entry in LedgerEntry.objects.order_by("number")[before:]]
    assert verbs == ["upload.begin", "upload.finish"]


def test_empty_file_is_refused_at_once(sender):
    assert sender.create(0).status_code == 400


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_file_of_any_length_is_taken(sender, size):
    address, data = sender.begun(size), content(size)
    assert sender.send(address, 0, data).status_code == 204
    work()
    assert vault().find(hashlib.sha256(data).digest())


@pytest.mark.parametrize("offset", [0, 69_999, 70_001])
def test_other_offset_is_a_conflict_and_writes_nothing(sender, offset):
    address = sender.begun(200_000)
    sender.send(address, 0, content(70_000))
    assert sender.send(address, offset, b"x").status_code == 409
    assert sender.offset(address) == 70_000


def test_more_than_was_announced_is_refused(sender):
    address = sender.begun(10)
    assert sender.send(address, 0, b"x" * 11).status_code == 413
    assert sender.offset(address) == 0


def test_more_than_the_desk_takes_is_refused(sender, settings):
    settings.KAVALAN_UPLOAD_GIB = 1
    assert sender.create((1 << 30) + 1).status_code == 413
    settings.KAVALAN_UPLOAD_GIB = 1 << 30
    assert sender.create(1 << 59).status_code == 413


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_piece_with_its_checksum_is_taken_and_with_another_is_not(sender, algorithm):
    address, data = sender.begun(100_000), content(100_000)
    right = base64.b64encode(hashlib.new(algorithm, data).digest()).decode()
    wrong = sender.send(address, 0, data[:-1] + b"?", Upload_Checksum=f"{algorithm} {right}")
    assert (wrong.status_code, wrong.reason_phrase, sender.offset(address)) == (460, "Checksum Mismatch", 0)
    assert sender.send(address, 0, data, Upload_Checksum=f"{algorithm} {right}").status_code == 204


@pytest.mark.parametrize("checksum", ["md5 AAAA", "sha256 !", "sha256"])
def test_checksum_that_is_not_known_is_refused(sender, checksum):
    expected = 460 if checksum == "sha256" else 400
    assert sender.send(sender.begun(10), 0, b"x" * 10, Upload_Checksum=checksum).status_code == expected


def test_other_version_of_tus_is_refused(sender):
    address = sender.begun(10)
    for method, where in (("POST", reverse("uploads")), ("HEAD", address), ("PATCH", address), ("DELETE", address)):
        answer = sender.ask(method, where, Tus_Resumable="0.2.2")
        assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "application/octet-stream"}, 415),
        ({"Upload_Offset": "-1"}, 400),
        ({"Upload_Offset": ""}, 400),
    ],
)
def test_piece_that_is_sent_otherwise_is_refused(sender, headers, status):
    address = sender.begun(10)
    given = {"Upload_Offset": "0", "data": b"x"} | headers
    assert sender.ask("PATCH", address, **given).status_code == status


@pytest.mark.parametrize("length", ["", "many", "-1"])
def test_length_must_be_known(sender, length):
    assert sender.ask("POST", reverse("uploads"), Upload_Length=length).status_code == 400


def test_metadata_in_another_form_is_refused(sender):
    answer = sender.ask("POST", reverse("uploads"), Upload_Length="1", Upload_Metadata="a !")
    assert answer.status_code == 400


def test_exhibit_that_no_authority_names_is_refused_with_the_reason(sender):
    answer = sender.create(10, "E-99")
    assert (answer.status_code, b"No authority in force" in answer.content) == (403, True)


def test_one_exhibit_is_sent_once(sender):
    sender.begun(10)
    assert b"being sent already" in sender.create(10).content


def test_another_officer_does_not_learn_that_there_is_an_upload(sender, people):
    address = sender.begun(10)
    sender.client.force_login(people.bob)
    assert [sender.ask(method, address).status_code for method in ("HEAD", "PATCH", "DELETE", "GET")] == [404] * 4
    assert Upload.objects.get().standing == Standing.COMING


def test_upload_that_was_given_up_is_gone(sender):
    address = sender.begun(200_000)
    sender.send(address, 0, content(CHUNK))
    assert sender.ask("DELETE", address).status_code == 204
    assert [sender.ask(method, address).status_code for method in ("HEAD", "DELETE")] == [410, 410]
    assert sender.send(address, CHUNK, b"x").status_code == 410
    assert vault().parts.numbers() == set()


def test_upload_that_became_an_exhibit_is_not_given_up(sender):
    address = sender.begun(3)
    sender.send(address, 0, b"abc")
    assert sender.ask("DELETE", address).status_code == 403
    assert Exhibit.objects.filter(reference="U-1").exists()


def test_piece_that_comes_again_after_the_end_is_a_conflict_or_nothing(sender):
    address = sender.begun(3)
    sender.send(address, 0, b"abc")
    assert sender.send(address, 0, b"abc").status_code == 409
    assert sender.send(address, 3, b"").status_code == 204


def test_two_who_send_at_once_are_told_to_wait(sender):
    address = sender.begun(10)
    with vault().parts.open(Upload.objects.get().number):
        assert sender.ask("HEAD", address).status_code == 423
        assert sender.send(address, 0, b"x").status_code == 423


def test_full_disk_is_told_and_what_came_before_it_stays(sender, monkeypatch):
    address, data = sender.begun(4 * CHUNK), content(4 * CHUNK)
    sender.send(address, 0, data[:CHUNK])

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(parts, "write_all", full)
        answer = sender.send(address, CHUNK, data[CHUNK:])
    assert (answer.status_code, b"No space left" in answer.content) == (507, True)
    at = sender.offset(address)
    assert CHUNK <= at <= 2 * CHUNK
    assert sender.send(address, at, data[at:]).status_code == 204
    work()
    assert vault().find(hashlib.sha256(data).digest())


def test_authority_that_lapsed_meanwhile_keeps_what_came_and_makes_no_exhibit(sender, people, law):
    address = sender.begun(3)
    withdraw_authority(people.alice, timezone.now(), authority=law, reason="by the court")
    answer = sender.send(address, 0, b"abc")
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "3")
    assert not Exhibit.objects.filter(reference="U-1").exists()
    page = sender.ask("GET", address)
    assert "has come whole, and is no exhibit yet" in page.content.decode()
    refused = sender.client.post(f"{address}finish/")
    assert (refused.status_code, "withdrawn" in refused.content.decode()) == (409, True)


def test_upload_says_until_when_it_is_waited_for(sender, settings):
    settings.KAVALAN_UPLOAD_DAYS = 3
    answer = sender.create(10)
    due = (timezone.now() + timedelta(days=3)).strftime("%a, %d %b %Y")
    assert answer["Upload-Expires"].startswith(due)


def test_workspace_that_may_hold_no_pictures_takes_nothing(sender, monkeypatch):
    monkeypatch.setattr(type(vault()), "media_free", property(lambda _: True))
    assert b"media-free" in sender.create(10).content


class TestForgery:
    """A page of somebody else's that makes Alice's browser send something."""

    @pytest.fixture
    def browser(self, sender, people):
        guarded = DeskClient(enforce_csrf_checks=True)
        guarded.force_login(people.alice)
        return guarded

    @pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
    def test_nothing_is_done_without_the_token_of_the_page(self, sender, browser, method):
        address = reverse("uploads") if method == "POST" else sender.begun(10)
        before = Upload.objects.values().get() if method != "POST" else None
        sender.client = browser
        assert sender.ask(method, address, Upload_Offset="0", data=b"x", Upload_Length="1").status_code == 403
        assert (Upload.objects.values().first()) == before

    def test_token_that_comes_from_elsewhere_does_not_help(self, sender, browser):
        address = sender.begun(10)
        token = browser.get(reverse("upload-exhibit")).context["csrf_token"]
        sender.client = browser
        here = {"X_CSRFToken": str(token), "data": b"x"}
        assert sender.send(address, 0, **here, Origin="https://elsewhere.example").status_code == 403
        assert sender.send(address, 0, **here).status_code == 204

    def test_no_answer_lets_another_origin_in(self, sender):
        answer = sender.ask("OPTIONS", reverse("uploads"), Origin="https://elsewhere.example")
        assert [name for name in answer.headers if name.startswith("Access-Control")] == []


def lock():
    """Lock the desk, as after a quarter of an hour without anybody."""
    with writing(frozenset({"accounts_desksession"})):
        DeskSession.objects.update(locked_at=timezone.now())


def test_locked_desk_takes_the_rest_of_what_was_begun_and_nothing_else(sender):
    address = sender.begun(2 * CHUNK)
    lock()
    assert sender.send(address, 0, content(2 * CHUNK)).status_code == 204
    assert [sender.ask(*one).status_code for one in (("DELETE", address), ("GET", address))] == [302, 302]
    assert sender.create(10, "U-2").status_code == 302


def test_pieces_that_come_are_nobodys_presence(sender):
    address, long_ago = sender.begun(10), timezone.now() - timedelta(minutes=10)
    with writing(frozenset({"accounts_desksession"})):
        DeskSession.objects.update(last_seen=long_ago)
    sender.send(address, 0, b"x")
    assert DeskSession.objects.get().last_seen == long_ago


def test_who_is_signed_out_sends_nothing(sender):
    address = sender.begun(10)
    sender.client = Client()
    assert sender.send(address, 0, b"x").status_code == 302
