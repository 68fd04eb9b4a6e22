"""A media-free workspace never holds a picture: planted ones are looked for in all that it writes and answers.

And in any workspace the bytes of media lie in clear nowhere, also where a copy of the evidence is kept.
"""

import base64
import io
import re
import zipfile
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image, PngImagePlugin

from kavalan.casework import keys
from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import keep_exhibit
from kavalan.casework.vault.models import Kept
from kavalan.casework.worker import work_off
from kavalan.casework.workspace import vault_of
from kavalan.vault import create_vault

from ..conftest import grounds
from ..reports import open_intake
from ..test_access_matrix import routes

CANARY = b"kavalan canary 5e0c1f, written in a file and nowhere else"
PIXELS = bytes((x * 37 + y * 101 + 7 * c) % 251 for y in range(24) for x in range(24) for c in range(3))


def picture(kind):
    """A drawn pattern, with the canary in a comment."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", CANARY.decode())
    out = io.BytesIO()
    options = {"PNG": {"pnginfo": info}, "JPEG": {"comment": CANARY, "quality": 90}, "GIF": {"comment": CANARY}}
    Image.frombytes("RGB", (24, 24), PIXELS).save(out, kind, **options.get(kind, {}))
    return out.getvalue()


def plant():
    """Files of all sorts that are pictures, or have one in them."""
    png, jpeg = picture("PNG"), picture("JPEG")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as folder:
        folder.writestr("inside.png", png)
        folder.writestr("note.txt", CANARY)
    mail = EmailMessage()
    mail.set_content(CANARY.decode())
    mail.add_attachment(jpeg, maintype="image", subtype="jpeg", filename="inside.jpg")
    page = b'<img src="data:image/png;base64,' + base64.b64encode(png) + b'">' + CANARY
    return {
        "a.png": png,
        "b.jpg": jpeg,
        "c.gif": picture("GIF"),
        "d.bmp": picture("BMP"),
        "raw pixels.bin": PIXELS + CANARY,
        "e.zip": archive.getvalue(),
        "f.eml": bytes(mail),
        "g.html": page,
        "h.txt": page,
    }


def needles():
    """What of it would be recognised: pieces of files and pixels, as they are, in hex, in base64 however it falls."""
    row = PIXELS[147:195]
    found = {CANARY, row, b"".join(row[at : at + 3][::-1] for at in range(0, 48, 3))}
    for data in (picture("PNG"), picture("JPEG"), picture("GIF")):
        found |= {data[-90:-20]}
    encoded = {base64.b64encode(data[skip:])[4:44] for data in found for skip in range(3)}
    return found | encoded | {data.hex().encode()[:80] for data in found}


def holds(data):
    return [needle for needle in needles() if needle in data]


def test_every_planted_file_would_be_recognised():
    assert [name for name, data in plant().items() if not holds(data)] == []


def rows():
    """The database as its own bytes and, for one that has no file, as what it tells of its rows."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return open(connection.settings_dict["NAME"], "rb").read()  # noqa: PTH123 read whole, at once
    from django.apps import apps

    values = [row for model in apps.get_models() for row in model._base_manager.values_list()]
    return repr([[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in values]).encode()


def told(client):
    """What every route answers to a plain GET, about everything that pages link to."""
    known, answers = set(), []
    for route in sorted(routes(), key=lambda route: len(route.pattern.converters)):
        numbered = "number" in route.pattern.converters
        tried = ["1"] if numbered else sorted(known) if route.pattern.converters else [None]
        for one in tried:
            answer = client.get(reverse(route.name, args=[one] if one else []))
            if answer.status_code == 405:
                break  # a form's, whatever it is about
            data = b"".join(answer) if answer.streaming else answer.content
            answers.append(data)
            known |= set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", data.decode(errors="replace")))
    return answers


@pytest.fixture
def planted(people, folder, tmp_path, monkeypatch):
    """E-1, a folder of pictures, and a folder for temporary files of this test's own."""
    for name, data in plant().items():
        (folder / name).write_bytes(data)
    (folder / f"{PIXELS[:40].hex()}.png").write_bytes(picture("PNG"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    now = timezone.now()
    law = grounds("E-1", start=now, end=now + timedelta(days=30))
    warrant = record_authority(people.alice, now, kind=Kind.WARRANT, reference="W 8/2026", grounds=law)
    return register_exhibit(people.alice, warrant, ExhibitDraft("E-1", folder, people.compartment), now)


@pytest.fixture(params=[True, False], ids=["media-free", "any"])
def media_free(request, test_keys, workspace):
    create_vault(vault_of(workspace), test_keys[1].vault, media_free=request.param)
    keys.hold(test_keys[1])
    yield request.param
    keys.hold(None)


def test_no_planted_byte_is_written_or_answered(client, people, planted, media_free, workspace, tmp_path):
    alice, now = people.alice, timezone.now()
    client.force_login(alice)
    start_scan(alice, planted.authority, planted, now)
    if media_free:
        with pytest.raises(RefusedError, match="media-free"):
            keep_exhibit(alice, planted.authority, planted, now, way=Way.COPY)
    else:
        keep_exhibit(alice, planted.authority, planted, now, way=Way.COPY)
    work_off(decoders=1)
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}
    assert planted.items.filter(content__isnull=False).count() >= 10
    answers = told(client)
    assert len(answers) > 30
    if media_free:
        answers += [upload(client, planted.authority, name, data) for name, data in plant().items()]
        assert not Kept.objects.exists()
    found = [holds(answer) for answer in answers]
    assert [one for one in found if one] == []
    for place in (workspace, tmp_path / "tmp"):
        assert [path for path in place.rglob("*") if path.is_file() and holds(path.read_bytes())] == []
    assert holds(rows()) == []


def upload(client, warrant, name, data):
    """Bring a planted file as a paper of an authority; it is refused, and the page says why."""
    file = SimpleUploadedFile(name, data, "text/plain")
    answer = client.post(reverse("add-paper", args=[warrant.public_id]), {"file": file, "title": "order"})
    assert answer.status_code in {409, 422}
    assert "media-free" in answer.text or "no paper of these kinds" in answer.text
    return answer.content


def test_a_media_free_desk_says_what_it_takes_before_anybody_brings_it(client, people, planted, test_keys, workspace):
    create_vault(vault_of(workspace), test_keys[1].vault, media_free=True)
    open_intake(people)
    client.force_login(people.alice)
    page = reverse("take-in")
    assert "media-free" not in client.get(page).text
    keys.hold(test_keys[1])
    assert "media-free and takes plain text alone" in client.get(page).text
    keys.hold(None)


def test_media_free_workspace_keeps_a_plain_text_as_a_paper(client, people, planted, test_keys, workspace):
    create_vault(vault_of(workspace), test_keys[1].vault, media_free=True)
    keys.hold(test_keys[1])
    client.force_login(people.alice)
    file = SimpleUploadedFile("order.txt", b"Order of 3 March: until 3 June.\n", "text/plain")
    client.post(reverse("add-paper", args=[planted.authority.public_id]), {"file": file, "title": "order"})
    keys.hold(None)
    assert Kept.objects.get().media_type == "text/plain"
