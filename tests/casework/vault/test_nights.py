"""The vault is read again by night: once a night, by whatever worker, and what is found stays."""

from datetime import timedelta
from io import BytesIO

from kavalan.casework import keys
from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import release
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.vault.models import Kept, Rehash, VaultFault
from kavalan.casework.vault.rehash import Rehashing
from kavalan.casework.vault.services import rehash_if_due
from kavalan.casework.vault.store import put, vault

from ..conftest import NOW
from .conftest import NIGHT, keep, night, run


def break_blob(kept):
    path = vault().blobs.path(kept.name)
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def open_faults():
    return dict(VaultFault.objects.filter(cured_at__isnull=True).values_list("name", "what"))


def test_each_night_reads_once_and_says_so_in_the_ledger(paper):
    job = night()
    assert (job.state, job.officer) == (State.DONE, None)
    assert Rehash.objects.get().read == paper.size
    assert rehash_if_due(NIGHT + timedelta(hours=1)) is None
    assert run() is None
    verbs = LedgerEntry.objects.order_by("-number").values_list("verb", flat=True)
    assert list(verbs[:2]) == ["rehash.finish", "rehash.begin"]


def test_nothing_is_read_by_day(paper):
    assert rehash_if_due(NIGHT.replace(hour=7)) is None
    assert not Rehash.objects.exists()


def test_vault_that_is_locked_is_not_read_and_it_is_told(paper):
    keys.hold(None)
    assert "locked" in rehash_if_due(NIGHT)
    assert not Rehash.objects.exists()


def test_altered_blob_is_a_fault_until_it_is_whole_again(paper):
    before = vault().blobs.path(paper.name).read_bytes()
    break_blob(paper)
    night()
    assert list(open_faults()) == [paper.name]
    night(NIGHT + timedelta(days=1))
    assert VaultFault.objects.get().found_at == NIGHT
    vault().blobs.path(paper.name).write_bytes(before)
    night(NIGHT + timedelta(days=2))
    assert open_faults() == {}
    assert VaultFault.objects.get().cured_at == NIGHT + timedelta(days=2)


def test_blob_that_is_gone_is_missing_even_where_the_register_was_lost(paper):
    put(BytesIO(b"another, so that there is something to read"))
    vault().blobs.path(paper.name).unlink()
    vault().register.remove(paper.name)
    night()
    assert "missing" in open_faults()[paper.name]


def test_blob_that_no_record_names_is_counted(paper):
    put(BytesIO(b"the verb that would have named it was refused"))
    night()
    assert Rehash.objects.get().unnamed == 1


def test_what_was_destroyed_is_no_fault(people, paper):
    other = keep(people.alice, NOW, stored=put(BytesIO(b"stays")), unit=people.alice.unit)
    vault().destroy(paper.name)
    with writing(frozenset({"vault_kept"})):
        Kept.objects.filter(pk=paper.pk).update(doomed_at=NOW, destroyed_at=NOW)
    night()
    assert open_faults() == {}
    assert Rehash.objects.get().read == other.size


def test_night_that_a_worker_left_is_gone_on_with_and_not_begun_again(paper):
    assert rehash_if_due(NIGHT) is None
    work, job = Rehashing(), Job.objects.get()
    with writing(frozenset({"jobs_job"})):
        Job.objects.update(state=State.RUNNING, worker="dead", attempts=1)
    job.refresh_from_db()
    first = next(work.batches(job, lambda: NIGHT))
    work.load(job, first, NIGHT)
    release(job)
    assert run(NIGHT + timedelta(minutes=9)).state == State.DONE
    assert Rehash.objects.get().read == paper.size
