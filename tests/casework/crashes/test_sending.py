"""An upload whose server is killed: what was acknowledged is not asked for again, and all of it becomes an exhibit."""

import hashlib
import random
import time

from django.utils import timezone

from kavalan.casework.jobs.models import State
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.uploads.models import Standing, Upload
from kavalan.casework.uploads.services import UploadDraft, begin_upload, finish_upload
from kavalan.casework.uploads.sweeping import sweep_uploads
from kavalan.casework.vault.models import Kept
from kavalan.casework.vault.store import vault
from kavalan.casework.worker import work_off

from .conftest import faults, kills, last_words, restores, start

SEND = """
import random, sys
import django
django.setup()
from kavalan.casework import keys
from kavalan.casework.accounts.models import Officer
from kavalan.casework.uploads.models import Upload
from tests.casework.conftest import DeskClient
keys.take_over()
address, seed, size = f"/uploads/{sys.argv[1]}/", sys.argv[2], int(sys.argv[3])
data = random.Random(seed).randbytes(size)
chance = random.Random()
client = DeskClient(SERVER_NAME="127.0.0.1")
client.force_login(Officer.objects.get(badge="alice"))
version = {"Tus-Resumable": "1.0.0"}
print("begins", flush=True)
at = int(client.head(address, headers=version)["Upload-Offset"])
print(at, flush=True)
while at < size:
    piece = data[at : at + chance.choice((1, 40_000, 65_536, 300_000, 1_000_000))]
    sent = {"Upload-Offset": str(at), "Content-Length": str(len(piece))}
    kind = "application/offset+octet-stream"
    answer = client.generic("PATCH", address, piece, content_type=kind, headers=version | sent)
    at = int(answer["Upload-Offset"])
    print(at, flush=True)
print("whole", flush=True)
"""
SIZE = 4_000_003


def test_file_whose_server_is_killed_while_it_comes_is_whole_and_asked_for_once(
    people, shared, in_force, handed, tmp_path
):
    chance = random.Random(29)  # noqa: S311 no secret
    left, number = kills(3), 0
    while left:
        number += 1
        now, draft = timezone.now(), UploadDraft(f"E-{number}", people.compartment, b"phone.zip", SIZE)
        upload = begin_upload(people.alice, in_force, draft, now)
        acknowledged, whole = 0, False
        while not whole:
            process = start(SEND, upload.public_id, number, SIZE, workspace=shared, handed=handed)
            if left:
                time.sleep(chance.uniform(0.0, 0.25))
                left -= 1
            else:
                process.wait()
            told = [words[0] for words in last_words(process)]
            whole = "whole" in told
            offsets = [int(one) for one in told if one != "whole"]
            assert offsets == sorted(offsets)
            # The first is where it stands after the kill: never before what was acknowledged.
            assert not offsets or offsets[0] >= acknowledged
            acknowledged = max([acknowledged, *offsets])
            assert list(Upload.objects.filter(standing=Standing.COMING, received__gt=SIZE)) == []
            whole = whole or acknowledged == SIZE
        upload.refresh_from_db()
        if upload.standing == Standing.COMING:
            # Killed between its last byte and the verb: the page offers to make it an exhibit.
            assert vault().parts.has_come(upload.number)
            finish_upload(people.alice, in_force, upload, timezone.now())
        (job,) = work_off(1)
        assert job.state == State.DONE
        data = random.Random(str(number)).randbytes(SIZE)  # noqa: S311 no secret
        kept = Upload.objects.get(pk=upload.pk).exhibit.safekeepings.get().content
        assert bytes(kept.sha256) == hashlib.sha256(data).digest()
        with vault().open(kept.name) as reader:
            assert reader.readall() == data
    verbs = LedgerEntry.objects.filter(verb__startswith="upload.").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["upload.begin", "upload.finish"] * number
    sweep_uploads(timezone.now())
    assert vault().parts.numbers() == set()
    assert sorted(vault().names()) == sorted(Kept.objects.values_list("name", flat=True))
    assert faults(shared) == []
    assert restores(shared, tmp_path)
