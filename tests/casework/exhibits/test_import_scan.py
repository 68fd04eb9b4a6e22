"""Taking in a scan that was made in the field."""

import json
import os
import shutil

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Content, Exhibit, FieldScan, Item
from kavalan.casework.exhibits.scan import ExhibitScan
from kavalan.casework.exhibits.services import SCAN, ExhibitDraft, import_scan, start_scan
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.workspace import scans_of, trusted_keys_of
from kavalan.scan.manifest import new_key, open_key, write_manifest
from tests.scan.made import facts, row, write_scan

from ..conftest import NOW, grounds


@pytest.fixture
def key(tmp_path):
    new_key(tmp_path / "examiner", b"word")
    return open_key(tmp_path / "examiner", b"word")


@pytest.fixture
def result(folder, key):
    """Seven items in three batches, signed."""
    out = folder / "MO-7 scan"
    write_manifest(out, facts(write_scan(out, [row(number) for number in range(1, 8)], []), 7), key)
    return out


@pytest.fixture
def trusted(workspace, key):
    (trusted_keys_of(workspace) / "examiner.pub").write_text(key.public.pem)


def take_in(people, result, reference="E-1", **more):
    draft = ExhibitDraft(reference, result, people.compartment, "a telephone", **more)
    return import_scan(people.alice, people.warrant, draft, NOW)


@pytest.fixture
def load(people, workspace):
    """Lets a worker load an import, and gives the job."""

    def run(exhibit):
        start_scan(people.alice, people.warrant, exhibit, NOW)
        # No decoder: nothing of a field scan is decoded here.
        work = ExhibitScan(workspace, None, then=lambda *_: None)
        return run_next({SCAN: work}, "one", lambda: NOW)

    return run


def test_items_are_loaded_as_they_were_found_in_the_field(people, result, trusted, load):
    exhibit = take_in(people, result)
    job = load(exhibit)
    assert (job.state, job.cursor, job.progress, job.fault) == (State.DONE, 3, 7, "")
    assert [bytes(path) for path in Item.objects.order_by("number").values_list("path", flat=True)] == [
        row(number).item.path for number in range(1, 8)
    ]
    assert Content.objects.count() == 7


def test_who_signed_is_kept_and_told_the_ledger(people, result, trusted, load, key, last_entry):
    exhibit = take_in(people, result)
    load(exhibit)
    field = FieldScan.objects.get()
    assert (field.signer, field.trusted, field.examiner) == (key.public.fingerprint, True, facts(0, 0).examiner)
    entry, said = last_entry()
    assert (entry.verb, said["signer"]) == ("scan.finish", key.public.fingerprint)


def test_the_ledger_names_the_manifest_that_was_taken_in(people, result, last_entry):
    take_in(people, result)
    entry, said = last_entry()
    assert (entry.verb, said["scan"]) == (
        "exhibit.import_scan",
        json.loads((result / "manifest.json").read_text())["scan"],
    )


def test_the_same_scan_is_refused_a_second_time_wherever_it_lies(people, result, folder):
    take_in(people, result)
    copy = folder / "copy"
    shutil.copytree(result, copy)
    for again in (result, copy):
        with pytest.raises(RefusedError, match="imported already"):
            take_in(people, again, "E-2")
    assert Exhibit.objects.count() == 1


def test_a_signer_who_is_not_trusted_is_refused_until_an_officer_takes_it_even_so(people, result, load, key):
    exhibit = take_in(people, result)
    job = load(exhibit)
    assert (job.state, "not trusted here" in job.fault, Item.objects.count()) == (State.REFUSED, True, 0)


def test_an_officer_may_take_an_unknown_signer(people, result, load, key):
    load(take_in(people, result, even_unknown=True))
    field = FieldScan.objects.get()
    assert (field.signer, field.trusted, Item.objects.count()) == (key.public.fingerprint, False, 7)


def test_what_was_altered_on_the_way_is_refused_and_named(people, result, trusted, load, workspace):
    batch = result / "batch-000002.parquet"
    exhibit = take_in(people, result)
    batch.write_bytes(batch.read_bytes()[:-1] + b"x")
    job = load(exhibit)
    assert (job.state, "batch-000002.parquet is altered" in job.fault) == (State.REFUSED, True)
    assert (Item.objects.count(), list(scans_of(workspace).iterdir())) == (0, [])


def test_it_goes_on_once_a_whole_copy_lies_there(people, result, trusted, load):
    batch = result / "batch-000002.parquet"
    whole = batch.read_bytes()
    exhibit = take_in(people, result)
    batch.write_bytes(whole[:-1] + b"x")
    load(exhibit)
    batch.write_bytes(whole)
    assert (load(exhibit).state, Item.objects.count()) == (State.DONE, 7)


def test_another_manifest_than_was_registered_is_refused(people, result, trusted, load, key):
    exhibit = take_in(people, result)
    write_manifest(result, facts(write_scan(result, [row(number) for number in range(1, 8)], []), 6), key)
    assert load(exhibit).state == State.REFUSED


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "no manifest that can be read"),
        ('{"format": "kavalan-scan-manifest-1"}', "no manifest that can be read"),
        (None, "no manifest that can be read"),
    ],
)
def test_a_folder_without_a_manifest_is_refused(people, folder, text, why):
    if text is not None:
        (folder / "manifest.json").write_text(text)
    with pytest.raises(RefusedError, match=why):
        take_in(people, folder)
    assert not Exhibit.objects.exists()


def test_a_key_file_that_is_none_is_named_rather_than_passed_over(people, result, workspace, load):
    (trusted_keys_of(workspace) / "examiner.pub").write_text("no key")
    job = load(take_in(people, result))
    assert (job.state, "folder of trusted keys" in job.fault) == (State.REFUSED, True)


def test_the_page_imports_it_and_says_who_made_it(client, people, result, folder, settings):
    settings.KAVALAN_EVIDENCE = (folder,)
    now = timezone.now()
    span = {"start": now - timezone.timedelta(days=1), "end": now + timezone.timedelta(days=1)}
    order = record_authority(people.alice, now, kind=Kind.WARRANT, reference="W 9", grounds=grounds("E-7", **span))
    client.force_login(people.alice)
    assert "MO-7 scan (result of a field scan)" in client.get("/exhibits/register/").text
    answer = client.post(
        "/exhibits/register/",
        {
            "covered": f"{order.public_id} E-7",
            "source": os.fsencode(result).hex(),
            "compartment": str(people.compartment.public_id),
        },
    )
    exhibit = Exhibit.objects.get()
    assert answer["Location"] == reverse("exhibit", args=[exhibit.public_id])
    page = client.get(answer["Location"]).text
    assert ("Scanned in the field" in page, exhibit.field_scan.examiner in page, "Not verified yet" in page) == (
        True,
        True,
        True,
    )
