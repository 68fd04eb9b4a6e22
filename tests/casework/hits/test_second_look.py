"""Near hits are looked at again, by a full decode as the reference does it."""

import zipfile

import numpy as np
import pytest
from PIL import Image

from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.scan import ExhibitScan
from kavalan.casework.exhibits.services import SCAN, start_scan
from kavalan.casework.hits import second_look
from kavalan.casework.hits.models import Hit
from kavalan.casework.hits.second_look import SecondLook
from kavalan.casework.hits.work import BatchMatching
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.rules import HEARTBEAT
from kavalan.casework.jobs.worker import run_next
from kavalan.fingerprint import Fingerprinter, fingerprint_file
from kavalan.lists import Entry
from tests.pictures import landscape

from ..conftest import NOW
from .conftest import away

pdqhash = pytest.importorskip("pdqhash", reason="pdqhash is not installed: it says what the reference computes")


@pytest.fixture(scope="module")
def decoders():
    with (
        Fingerprinter(workers=1, rotations=True) as usual,
        Fingerprinter(workers=1, rotations=True, exact=True) as exact,
    ):
        yield usual, exact


@pytest.fixture
def scan(people, exhibit, catalogue, workspace, decoders):
    """Scans E-1 and matches it."""

    def run():
        start_scan(people.alice, people.warrant, exhibit, NOW)
        with BatchMatching(catalogue, lambda: NOW) as matching:
            return run_next({SCAN: ExhibitScan(workspace, decoders[0], matching)}, "one", lambda: NOW)

    return run


def reference(path):
    """The eight hashes that the reference computes of a picture."""
    hashes, _ = pdqhash.compute_dihedral(np.asarray(Image.open(path).convert("RGB")))
    return [np.packbits(bits).tobytes() for bits in hashes]


def apart(left, right):
    return (int.from_bytes(left) ^ int.from_bytes(right)).bit_count()


def test_both_distances_are_kept(scan, folder, make_list):
    landscape(1600, 1200).save(folder / "a.jpg", quality=85)
    listed = away(reference(folder / "a.jpg")[5], 11)
    make_list("known", Entry(position=1, pdq=listed))
    usual = fingerprint_file(folder / "a.jpg")
    assert scan().state == State.DONE
    hit = Hit.objects.get()
    assert (hit.rotation, hit.recomputed) == ("flipy", 11)
    assert abs(hit.distance - 11) <= apart(usual.pdq, reference(folder / "a.jpg")[0]) + 4


def test_member_of_an_archive_is_found_again(scan, folder, make_list):
    landscape(640, 480).save(folder / "a.png")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("note.txt", "a note")
        archive.write(folder / "a.png", "in/a.png")
    listed = away(reference(folder / "a.png")[0], 7)
    (folder / "a.png").unlink()
    make_list("known", Entry(position=1, pdq=listed))
    scan()
    assert [hit.recomputed for hit in Hit.objects.all()] == [7]


@pytest.fixture
def look(people, exhibit, folder, scan, decoders):
    """A second look at E-1, which was scanned; counts how often it said that it lives."""
    landscape(640, 480).save(folder / "a.jpg", quality=85)
    landscape(640, 480, seed=3).save(folder / "b.jpg", quality=85)
    scan()
    said = []
    look = SecondLook(exhibit, lambda: decoders[1], lambda: said.append(1))
    return look, said, list(Item.objects.order_by("number").values_list("content", flat=True))


def test_each_picture_is_decoded_once_for_all_turns(look):
    again, said, (first, _) = look
    assert again(first, "") != again(first, "rotate90")
    assert len(said) == 1


def test_picture_that_is_another_now_is_not_taken_for_the_one_that_was_matched(look, folder):
    again, _, (first, second) = look
    landscape(640, 480, seed=9).save(folder / "a.jpg", quality=85)
    (folder / "b.jpg").unlink()
    assert (again(first, ""), again(second, "")) == (None, None)


def test_only_so_many_of_one_question_are_decoded(look, monkeypatch):
    monkeypatch.setattr(second_look, "MOST", 1)
    again, _, (first, second) = look
    assert (again(first, "") is None, again(second, "")) == (False, None)
    again.begin()
    assert again(second, "") is not None


def test_worker_says_that_it_lives_while_it_looks(
    people, exhibit, folder, catalogue, make_list, workspace, decoders, monkeypatch
):
    for number in range(4):
        landscape(320, 240, seed=number).save(folder / f"{number}.jpg", quality=85)
        make_list("known", Entry(position=number + 1, pdq=reference(folder / f"{number}.jpg")[0]))
    told = []
    monkeypatch.setattr("kavalan.casework.hits.work.renew", lambda job, now: told.append(now))
    times = [NOW + number * HEARTBEAT / 2 for number in range(1000)]
    start_scan(people.alice, people.warrant, exhibit, NOW)
    with BatchMatching(catalogue, iter(times).__next__) as matching:
        run_next({SCAN: ExhibitScan(workspace, decoders[0], matching)}, "one", lambda: NOW)
    assert told == [times[2], times[4]]
