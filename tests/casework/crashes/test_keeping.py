"""A worker that is killed while it copies an exhibit into the vault: the next begins anew, and nothing is left over."""

import random
import time
import zipfile

from django.utils import timezone

from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import MOST_ATTEMPTS
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import keep_exhibit
from kavalan.casework.vault.models import Kept
from kavalan.casework.vault.store import vault

from .conftest import faults, kills, restores
from .life import Life

WORK = """
import sys
import django
django.setup()
from kavalan.casework import keys, worker
keys.take_over()
sys.path.append(sys.argv[1])
print("begins", flush=True)
for job in worker.do_jobs(1):
    print(job.state, flush=True)
"""
FILES = 12


def test_copy_whose_workers_are_killed_is_whole_and_the_only_one(people, shared, in_force, handed, tmp_path):
    chance = random.Random(23)  # noqa: S311 no secret
    left, number = kills(2), 0
    while left:
        number += 1
        folder = shared / "evidence" / f"stick {number}"
        folder.mkdir()
        files = {f"{file:02}": chance.randbytes(chance.choice((3, 1_000_000))) for file in range(FILES)}
        for name, data in files.items():
            (folder / name).write_bytes(data)
        now, draft = timezone.now(), ExhibitDraft(f"E-{number}", folder, people.compartment)
        exhibit = register_exhibit(people.alice, in_force, draft, now)
        keeping = keep_exhibit(people.alice, in_force, exhibit, now, way=Way.COPY)
        # A job that kills three workers is given up, and rightly.
        for _ in range(min(left, MOST_ATTEMPTS - 1)):
            life = Life(WORK, shared, handed)
            time.sleep(chance.uniform(0.2, 1.2))
            life.kill(alone=left % 2 == 0)
            left -= 1
        Life(WORK, shared, handed).process.communicate()
        keeping.refresh_from_db()
        assert Job.objects.get(pk=keeping.job_id).state == State.DONE
        with vault().open(keeping.content.name) as reader, zipfile.ZipFile(reader) as copy:
            assert {name: copy.read(name) for name in copy.namelist()} == files
        verbs = LedgerEntry.objects.filter(verb__in=("exhibit.keep", "keeping.finish", "keeping.stop"))
        said = list(verbs.order_by("number").values_list("verb", flat=True))
        assert said == ["exhibit.keep", "keeping.finish"] * number
        assert sorted(vault().names()) == sorted(Kept.objects.values_list("name", flat=True))
        assert Kept.objects.count() == 2 * number
        assert faults(shared) == []
    assert restores(shared, tmp_path)
