"""The pages of uploads."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from kavalan.casework.authority.models import Permit
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.guard import writing
from kavalan.casework.uploads.models import Standing, Upload

from .conftest import content


def page(client):
    return client.get(reverse("upload-exhibit")).content.decode()


def test_page_offers_what_authorities_name_and_says_where_to_put_it_without_script(sender):
    text = page(sender.client)
    assert "U-1: warrant W 8/2026" in text
    assert "<noscript>" in text
    assert reverse("register-exhibit") in text


def test_what_is_being_sent_is_listed_and_no_longer_offered(sender):
    address = sender.begun(200_000)
    sender.send(address, 0, content(100_000))
    text = page(sender.client)
    assert f'data-address="{address}"' in text
    assert "U-1: warrant" not in text
    assert "phone.zip" in text


def test_page_of_one_says_how_far_it_is(sender):
    address = sender.begun(200_000)
    sender.send(address, 0, content(100_000))
    assert "(50 %)" in sender.client.get(address).content.decode()


def test_file_whose_name_would_write_into_the_page_is_shown_safely(sender):
    sender.begun(10)
    with writing(frozenset({"uploads_upload"})):
        Upload.objects.update(name=b"<script>\xff\x1b[31m")
    text = page(sender.client)
    assert "<script>\xff" not in text
    assert "\x1b" not in text


def test_who_has_no_authority_is_told_what_to_do_first(client, people, unlocked):
    client.force_login(people.alice)
    assert "Nothing can be sent yet" in page(client)


def test_desk_without_keys_says_so(client, people, law):
    client.force_login(people.alice)
    assert "Send it" not in page(client)


def test_what_came_whole_on_an_authority_that_had_lapsed_is_made_an_exhibit_once_it_is_in_order(sender, law):
    address, now = sender.begun(3), timezone.now()
    with writing(frozenset({"authority_permit"})):
        Permit.objects.filter(authority=law).update(valid_until=now - timedelta(minutes=1))
    sender.send(address, 0, b"abc")
    assert Upload.objects.get().standing == Standing.COMING
    assert sender.client.post(f"{address}finish/").status_code == 409
    with writing(frozenset({"authority_permit"})):
        Permit.objects.filter(authority=law).update(valid_until=now + timedelta(days=1))
    answer = sender.client.post(f"{address}finish/")
    made = Exhibit.objects.get(reference="U-1")
    assert answer["Location"] == sender.client.get(address)["Location"] == reverse("exhibit", args=[made.public_id])


def test_what_has_not_come_whole_is_no_exhibit(sender):
    address = sender.begun(10)
    assert sender.client.post(f"{address}finish/").status_code == 409
    assert not Exhibit.objects.exists()
