"""Matching as a scan goes on, and again."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connections

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.exhibits.services import finish_scan
from kavalan.casework.hits.models import Hit, Rematch, ScanMatching
from kavalan.casework.hits.rules import Method
from kavalan.casework.hits.services import REMATCH, cancel_rematch, start_rematch
from kavalan.casework.hits.work import Rematching
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.worker import run_next
from kavalan.lists import Entry, Kind

from ..conftest import NOW
from ..exhibits.batches import row
from .conftest import away, entry, hashed, picture

# Before the lease on the scan ends.
LATER_ON = NOW + timedelta(minutes=1)


def standings(exhibit):
    return [Standing(value) for value in exhibit.items.order_by("number").values_list("standing", flat=True)]


def test_batch_is_matched_when_it_is_loaded(exhibit, make_list, take_in, say):
    make_list("known", entry(7, b"one", key="k-7"))
    found = take_in([row(b"a", b"one"), row(b"b", b"two")])
    said = say(found[b"a"], "list_name", "owner", "version", "entry_key", "entry_position", "method", "categories")
    assert said == [("known", "Example Exchange", "2026-02", "k-7", 7, Method.SHA256, [["demo/1", "A"]])]
    assert (say(found[b"b"], "method"), standings(exhibit)) == ([], [Standing.IDENTICAL, Standing.UNKNOWN])


def test_batch_that_was_matched_is_not_matched_again(exhibit, make_list, take_in, say):
    rows = [row(b"a", b"one")]
    take_in(rows)
    make_list("known", entry(1, b"one"))
    found = take_in(rows)
    assert (say(found[b"a"], "method"), ScanMatching.objects.get().contents) == ([], 1)


def test_only_the_contents_of_its_own_batch_are_asked_about(exhibit, make_list, take_in):
    take_in([row(b"a", b"one"), row(b"b", b"two")])
    take_in([row(b"c", b"three")], number=2)
    assert (ScanMatching.objects.get().contents, ScanMatching.objects.get().batch) == (3, 2)


def test_content_found_before_stands_at_its_new_item_too(exhibit, make_list, take_in):
    make_list("known", entry(1, b"one"))
    take_in([row(b"a", b"one")])
    take_in([row(b"again", b"one")], number=2)
    assert (standings(exhibit), Hit.objects.count()) == ([Standing.IDENTICAL] * 2, 1)


def test_rematch_finds_what_a_new_list_knows_without_the_files(exhibit, make_list, take_in, rematch, say, folder):
    found = take_in([picture(b"%d.jpg" % number, number) for number in range(5)])
    make_list("new", Entry(position=1, pdq=away(hashed(3000), 9)), Entry(position=2, pdq=away(hashed(4005), 4)))
    folder.rmdir()
    job = rematch(LATER_ON)
    assert (job.state, job.progress, job.cursor) == (State.DONE, 5, 3)
    assert say(found[b"3.jpg"], "method", "distance", "rotation", "found_at") == [(Method.NEAR, 9, "", LATER_ON)]
    assert say(found[b"4.jpg"], "distance", "rotation") == [(4, "flipy")]
    assert standings(exhibit)[2:] == [Standing.UNKNOWN, Standing.NEAR, Standing.NEAR]


def test_rematch_of_what_did_not_change_writes_no_hit(make_list, take_in, rematch):
    make_list("known", entry(1, b"one"), entry(2, b"two"))
    take_in([row(b"a", b"one"), row(b"b", b"two")])
    before = list(Hit.objects.order_by("pk").values())
    job = rematch(LATER_ON)
    assert (job.rematch.found, job.rematch.withdrawn, list(Hit.objects.order_by("pk").values())) == (0, 0, before)


def test_withdrawn_entry_leaves_a_struck_hit_and_no_standing(exhibit, make_list, catalogue, take_in, rematch, say):
    make_list("known", entry(1, b"one"), entry(2, b"two"))
    found = take_in([row(b"a", b"one"), row(b"b", b"two")])
    with catalogue.edit("known") as editor:
        editor.withdraw([entry(1, b"one")])
    assert rematch(LATER_ON).rematch.withdrawn == 1
    assert say(found[b"a"], "method", "withdrawn_at") == [(Method.SHA256, LATER_ON)]
    assert standings(exhibit) == [Standing.WITHDRAWN, Standing.IDENTICAL]


def test_entry_that_comes_back_is_a_new_hit_beside_the_struck_one(make_list, catalogue, take_in, rematch, say):
    make_list("known", entry(1, b"one"))
    found = take_in([row(b"a", b"one")])
    with catalogue.edit("known") as editor:
        editor.withdraw([entry(1, b"one")])
    rematch(LATER_ON)
    make_list("known", entry(1, b"one"))
    rematch(LATER_ON + timedelta(minutes=1))
    both = sorted(say(found[b"a"], "found_at", "withdrawn_at"), key=lambda said: said[0])
    assert both == [(NOW, LATER_ON), (LATER_ON + timedelta(minutes=1), None)]


def test_removed_list_strikes_its_hits(make_list, catalogue, take_in, rematch, say):
    make_list("known", entry(1, b"one"))
    found = take_in([row(b"a", b"one")])
    catalogue.remove("known")
    rematch(LATER_ON)
    assert say(found[b"a"], "withdrawn_at") == [(LATER_ON,)]


def test_lapsed_list_neither_finds_nor_strikes_and_is_named(make_list, agreed, take_in, rematch, say):
    make_list("known", entry(1, b"one"), agreement=agreed(until=LATER_ON))
    found = take_in([row(b"a", b"one")])
    job = rematch(LATER_ON)
    (asked,) = job.rematch.lists
    assert (asked["asked"], "ended on 2026-03-01 09:01 UTC" in asked["refusal"]) == (0, True)
    assert say(found[b"a"], "withdrawn_at") == [(None,)]


def test_list_that_names_other_units_is_not_asked_and_named(make_list, agreed, take_in, say):
    make_list("theirs", entry(1, b"one"), agreement=agreed("Hill Unit"))
    make_list("ours", entry(1, b"one"), agreement=agreed("Coastal Unit"))
    found = take_in([row(b"a", b"one")])
    assert say(found[b"a"], "list_name", "agreement") == [("ours", "MoU 3/2025")]
    ours, theirs = ScanMatching.objects.get().lists
    assert (ours["refusal"], "does not name the unit Coastal Unit" in theirs["refusal"]) == ("", True)


def test_damaged_list_is_named_and_the_others_are_asked(make_list, catalogue, workspace, take_in, say):
    make_list("known", entry(1, b"one"))
    make_list("damaged", entry(1, b"one"))
    (workspace / "lists" / "damaged" / "CURRENT").write_text("nonsense")
    found = take_in([row(b"a", b"one")])
    assert say(found[b"a"], "list_name") == [("known",)]
    assert "restore the list" in ScanMatching.objects.get().lists[0]["refusal"]


def test_list_that_comes_while_a_scan_runs_is_known_to_be_asked_in_part(make_list, take_in):
    take_in([row(b"a", b"one")])
    make_list("late", entry(1, b"two"))
    take_in([row(b"b", b"two")], number=2)
    matching = ScanMatching.objects.get()
    assert (matching.contents, matching.lists[0]["asked"]) == (2, 1)


def test_negative_list_suppresses_and_both_stay_to_be_seen(exhibit, make_list, take_in, rematch, say):
    make_list("known", entry(1, b"one"))
    found = take_in([row(b"a", b"one")])
    make_list("cleared", entry(1, b"one", categories=()), kind=Kind.NEGATIVE)
    rematch(LATER_ON)
    assert say(found[b"a"], "list_name", "suppressed_by") == [("cleared", []), ("known", ["cleared"])]
    assert standings(exhibit) == [Standing.SUPPRESSED]


def test_known_good_marks_only_what_no_other_list_knows(exhibit, make_list, take_in):
    make_list("known", entry(1, b"one"))
    make_list("system", entry(1, b"one", ("sha1",)), entry(2, b"two", ("sha1",)), kind=Kind.KNOWN_GOOD)
    take_in([row(b"a", b"one"), row(b"b", b"two")])
    assert standings(exhibit) == [Standing.IDENTICAL, Standing.KNOWN_GOOD]


def test_md5_with_another_sha1_is_contradicted(exhibit, make_list, take_in):
    make_list("known", entry(1, b"one", ("md5",), sha1=b"\x01" * 20), entry(2, b"two", ("md5",)))
    take_in([row(b"a", b"one"), row(b"b", b"two")])
    assert standings(exhibit) == [Standing.CONTRADICTED, Standing.MD5_ONLY]


def test_flood_on_one_entry_is_held_from_its_first_hit_on(exhibit, make_list, take_in):
    make_list("known", Entry(position=1, pdq=hashed(1)))
    crowd = [picture(b"%03d.jpg" % n, n, pdq=away(hashed(1), n % 20), rotations=None) for n in range(101)]
    take_in(crowd[:60])
    assert set(standings(exhibit)) == {Standing.NEAR}
    take_in(crowd[60:], number=2)
    assert (set(standings(exhibit)), Hit.objects.filter(held=True).count()) == ({Standing.HELD}, 101)


def test_other_units_contents_are_not_asked_about(people, make_list, take_in, catalogue, say):
    found = take_in([row(b"a", b"one")])
    make_list("known", entry(1, b"one"))
    rematch = start_rematch(people.charlie, LATER_ON)
    run_next({REMATCH: Rematching(catalogue)}, "another", lambda: LATER_ON)
    assert (say(found[b"a"], "method"), Rematch.objects.get(pk=rematch.pk).contents) == ([], 0)


def test_rematch_interrupted_after_any_batch_goes_on_where_it_was(people, make_list, take_in, catalogue):
    take_in([row(b"%d" % number, b"%d" % number) for number in range(6)])
    make_list("known", *(entry(number, b"%d" % number) for number in range(6)))

    asked = []

    class Interrupted(Rematching):
        def load(self, job, batch, now):
            asked.append(batch.contents)
            super().load(job, batch, now)
            raise KeyboardInterrupt  # as when the process is told to end

    job = start_rematch(people.alice, LATER_ON).job
    for name in ("one", "two"):
        with pytest.raises(KeyboardInterrupt):
            run_next({REMATCH: Interrupted(catalogue, batch_contents=2)}, name, lambda: LATER_ON)
    run_next({REMATCH: Rematching(catalogue, batch_contents=2)}, "three", lambda: LATER_ON)
    done = Job.objects.select_related("rematch").get(pk=job.pk)
    assert (done.state, done.rematch.contents, done.rematch.found) == (State.DONE, 6, 6)
    assert [len(set(asked)), Hit.objects.count()] == [2, 6]


KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
from datetime import datetime
from kavalan.casework.hits import loader
from kavalan.casework.hits.services import REMATCH
from kavalan.casework.hits.work import Rematching
from kavalan.casework.jobs.worker import run_next
from kavalan.lists import Catalogue
now = datetime.fromisoformat(sys.argv[3])
note, loads = loader._note, []
def killed(*arguments):
    note(*arguments)
    loads.append(1)
    if len(loads) == 2:
        os.kill(os.getpid(), signal.SIGKILL)  # in the middle of the second transaction
loader._note = killed
run_next({REMATCH: Rematching(Catalogue(Path(sys.argv[1])), batch_contents=2)}, "killed", lambda: now)
"""


def test_worker_killed_in_the_middle_of_a_batch_leaves_it_to_the_next(
    people, exhibit, job, make_list, take_in, catalogue, workspace
):
    take_in([row(b"%d" % number, b"%d" % number) for number in range(6)])
    finish_scan(people.alice, people.warrant, exhibit, NOW, job=job)
    make_list("known", *(entry(number, b"%d" % number) for number in range(6)))
    again = start_rematch(people.alice, LATER_ON).job
    name = str(connections["default"].settings_dict["NAME"])
    command = [sys.executable, "-c", KILLED, str(workspace / "lists"), name, LATER_ON.isoformat()]
    known = dict(os.environ) | {"KAVALAN_WORKSPACE": str(workspace)}
    ended = subprocess.run(command, env=known, check=False, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert (Rematch.objects.get().contents, Hit.objects.count()) == (2, 2)
    after = LATER_ON + LEASE + timedelta(seconds=1)
    run_next({REMATCH: Rematching(catalogue, batch_contents=2)}, "next", lambda: after)
    done = Job.objects.get(pk=again.pk)
    assert (done.state, Rematch.objects.get().contents, Hit.objects.count()) == (State.DONE, 6, 6)
    assert list(Item.objects.values_list("standing", flat=True).distinct()) == [Standing.IDENTICAL]


def test_cancelled_rematch_stops_before_its_next_batch(people, make_list, take_in, catalogue):
    take_in([row(b"%d" % number, b"%d" % number) for number in range(6)])

    class Cancelled(Rematching):
        def load(self, job, batch, now):
            super().load(job, batch, now)
            if not Job.objects.get(pk=job.pk).cancel_asked:
                cancel_rematch(people.bob, now, rematch=job.rematch)

    job = start_rematch(people.alice, LATER_ON).job
    run_next({REMATCH: Cancelled(catalogue, batch_contents=2)}, "one", lambda: LATER_ON)
    done = Job.objects.select_related("rematch").get(pk=job.pk)
    assert (done.state, done.rematch.contents) == (State.CANCELLED, 2)


def test_second_rematch_waits_for_the_first(people):
    start_rematch(people.alice, NOW)
    with pytest.raises(RefusedError, match="under way"):
        start_rematch(people.bob, NOW)
