"""A scan reads the copy in the vault: what was sent lies nowhere else, and what lies elsewhere may have changed."""

import zipfile
from io import BytesIO

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.scan import ExhibitScan
from kavalan.casework.exhibits.services import SCAN, ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.reading import sources_of
from kavalan.casework.safekeeping.services import KEEP
from kavalan.casework.safekeeping.work import Keeping
from kavalan.casework.uploads.services import UploadDraft, begin_upload, finish_upload
from kavalan.casework.vault.store import vault
from kavalan.fingerprint import Fingerprinter
from kavalan.sources import open_source

from ..conftest import NOW
from .conftest import source_of


def archive():
    """A ZIP with a text and, within another ZIP, a second one."""
    inner, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("deep.txt", b"the harbour at night")
    with zipfile.ZipFile(outer, "w") as made:
        made.writestr("a.txt", b"a heron")
        made.writestr("b.zip", inner.getvalue())
    return outer.getvalue()


def silent(_size):
    """Nobody wants to know."""


def read(exhibit):
    """Path and bytes' length of everything in an exhibit's source."""
    with sources_of(exhibit, silent) as opened, opened() as source:
        return [item.path for item in source.items()]


@pytest.fixture
def sent(people, unlocked):
    """E-2, an archive that was sent and not yet taken into the vault."""
    data = archive()
    upload = begin_upload(
        people.alice, people.warrant, UploadDraft("E-2", people.compartment, b"p.zip", len(data)), NOW
    )
    with vault().parts.open(upload.number) as part:
        part.write(data)
        part.finish()
    return finish_upload(people.alice, people.warrant, upload, NOW).exhibit


@pytest.fixture
def stored(people, folder):
    """E-2, the same archive where evidence lies."""
    path = folder.parent / "p.zip"
    path.write_bytes(archive())
    return register_exhibit(people.alice, people.warrant, ExhibitDraft("E-2", path, people.compartment), NOW)


def test_what_was_sent_is_scanned_from_the_vault_with_all_that_is_in_it(people, sent, workspace, tmp_path):
    start_scan(people.alice, people.warrant, sent, NOW)
    with Fingerprinter(workers=1, rotations=True) as fingerprinter:
        works = {KEEP: Keeping(), SCAN: ExhibitScan(workspace, fingerprinter, then=lambda *_: None)}
        assert [run_next(works, "worker", lambda: NOW).state for _ in range(2)] == [State.DONE] * 2
    path = tmp_path / "p.zip"
    path.write_bytes(archive())
    with open_source(path) as source:
        expected = [item.path for item in source.items()]
    assert [bytes(item.path) for item in Item.objects.order_by("number")] == expected
    assert len(expected) == 4
    assert not Item.objects.exclude(error="").exists()


def test_what_was_sent_and_is_not_taken_in_yet_is_not_read_from_elsewhere(sent, tmp_path, monkeypatch):
    (tmp_path / "somebody else's.txt").write_text("not the exhibit")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RefusedError, match="still being taken in"):
        read(sent)


def test_copy_is_read_though_the_original_has_changed_or_is_gone(stored, keep):
    keep(stored, Way.COPY)
    before = read(stored)
    source_of(stored).write_bytes(b"another content")
    assert read(stored) == before
    source_of(stored).unlink()
    assert read(stored) == before
    assert len(before) == 4


def test_what_is_held_in_place_is_read_there(stored, keep):
    keep(stored, Way.HELD)
    source_of(stored).unlink()
    with pytest.raises(FileNotFoundError):
        read(stored)


def test_copy_that_does_not_fit_into_memory_is_read_where_it_lies(stored, keep, settings):
    keep(stored, Way.COPY)
    settings.KAVALAN_CLEAR_GIB = 0
    assert len(read(stored)) == 4
    source_of(stored).unlink()
    with pytest.raises(FileNotFoundError):
        read(stored)


def test_copy_that_does_not_fit_and_lies_nowhere_else_is_refused_with_what_to_do(sent, settings):
    run_next({KEEP: Keeping()}, "worker", lambda: NOW)
    settings.KAVALAN_CLEAR_GIB = 0
    with pytest.raises(RefusedError, match="KAVALAN_CLEAR_GIB"):
        read(sent)


def test_image_that_may_go_on_in_files_beside_it_is_read_where_it_lies(people, folder, keep):
    path = folder.parent / "disk.E01"
    path.write_bytes(b"the first of two")
    draft = ExhibitDraft("E-2", path, people.compartment)
    exhibit = register_exhibit(people.alice, people.warrant, draft, NOW)
    keep(exhibit, Way.COPY)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        read(exhibit)


def test_altered_copy_is_not_read_at_all(stored, keep):
    kept = keep(stored, Way.COPY).content
    path = vault().blobs.path(kept.name)
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(RefusedError, match="cannot be read"):
        read(stored)


def test_nothing_of_a_copy_is_in_clear_on_a_disk_while_it_is_read(stored, keep, tmp_path, monkeypatch):
    keep(stored, Way.COPY)
    source_of(stored).unlink()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with sources_of(stored, silent) as opened, opened() as source:
        for _ in source.items():
            files = [path for path in tmp_path.rglob("*") if path.is_file()]
            assert [path for path in files if b"a heron" in path.read_bytes()] == []
