"""The drop folder: nothing put there is lost, and nothing is taken in twice."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from kavalan.casework import keys
from kavalan.casework.intake.drop import folder_of, take_dropped
from kavalan.casework.intake.models import Delivery, Report
from kavalan.casework.intake.services import save_columns

from ..conftest import NOW
from .conftest import PARTNER, referral, table


@pytest.fixture
def folder(desk):
    """The desk's, as the first look makes it."""
    take_dropped(timezone.now())
    return folder_of(desk)


def look():
    """Once what was put there is complete."""
    return take_dropped(timezone.now() + timedelta(minutes=1))


def test_file_is_taken_in_and_a_receipt_that_names_nobody_lies_in_its_place(folder, work):
    (folder / "Tavik.json").write_bytes(referral(7))
    assert look() is None
    delivery = Delivery.objects.get()
    work()
    assert (delivery.via, delivery.entered_by, Report.objects.count()) == ("drop", None, 1)
    # In clear it lies nowhere any more.
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["Tavik.json.receipt.txt"]
    assert bytes(delivery.sha256).hex() in (folder / "done" / "Tavik.json.receipt.txt").read_text()


def test_file_that_is_still_being_written_waits(folder):
    (folder / "a.json").write_bytes(referral())
    (folder / "b.json.part").write_bytes(referral())
    take_dropped(timezone.now())
    assert (folder / "a.json").exists()
    look()
    assert (folder / "b.json.part").exists()
    assert Delivery.objects.count() == 1


def test_same_content_is_not_taken_in_twice_and_overwrites_nothing(folder):
    for _ in range(2):
        (folder / "a.json").write_bytes(referral())
        look()
    assert Delivery.objects.count() == 1
    assert {path.name for path in (folder / "done").iterdir()} == {"a.json.receipt.txt", "2-a.json.receipt.txt"}


def test_what_cannot_be_taken_in_is_moved_with_the_reason(folder, tmp_path):
    (tmp_path / "elsewhere.json").write_bytes(b"{}")
    (folder / "a.exe").write_bytes(b"MZ")
    (folder / "link.json").symlink_to(tmp_path / "elsewhere.json")
    os.mkfifo(folder / "pipe.json")
    look()
    reasons = {path.name: path.read_text() for path in (folder / "failed").glob("*.reason.txt")}
    assert reasons.keys() == {"a.exe.reason.txt", "link.json.reason.txt", "pipe.json.reason.txt"}
    assert "Its name does not tell what it is" in reasons["a.exe.reason.txt"]
    assert not Delivery.objects.exists()


def test_table_is_read_with_the_only_saved_columns_that_fit_and_waits_otherwise(people, desk, folder):
    (folder / "waits.csv").write_bytes(table(1))
    look()
    assert Delivery.objects.get().job is None
    save_columns(people.bob, NOW, desk=desk, name="A partner", columns=PARTNER)
    (folder / "fits.csv").write_bytes(table(2))
    look()
    assert Delivery.objects.latest("pk").columns.name == "A partner"


def test_without_keys_everything_stays_where_it_is(folder, unlocked):
    (folder / "a.json").write_bytes(referral())
    keys.hold(None)
    assert look() == "waits: nobody unlocked the keys"
    keys.hold(unlocked)
    assert (folder / "a.json").exists()
