"""The demo's exhibits: benign photographs as they might lie on a telephone, edited copies, a video, broken files.

A memory card as a folder, with archives inside one another, a document and a mail in it; the extraction of a telephone;
the image of a stick with a deleted file; and a card that is scanned in the field.
"""

from __future__ import annotations

import io
import random
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import cycle
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageEnhance, ImageOps

from disk_image import make_disk
from telephone import Filed, Shared, make_ufdr

PHOTOS = Path(__file__).resolve().parent.parent / ".cache" / "debian" / "photos"
_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
CAMERA = Path("DCIM") / "Camera"
FORWARDED = 6
"""Every how many photographs one is sent through a messenger, which makes it smaller."""


CARD, TELEPHONE, STICK, FIELD = "card", "telephone.ufdr", "stick.img", "card of the other telephone"


def furnish(evidence: Path) -> None:
    """Lay out the exhibits in a new folder: what is scanned here, and beside it what is scanned in the field.

    Photographs come from the unpacked Debian packages; where those are missing, drawn landscapes stand in.
    """
    folder = evidence / CARD
    camera = folder / CAMERA
    camera.mkdir(parents=True)
    photographs = list(_photographs()) or list(_drawn(evidence.parent / "drawn"))
    for number, photograph in enumerate(photographs, start=1):
        shutil.copyfile(photograph, camera / f"IMG_{number:04d}{photograph.suffix}")
    _forward(sorted(camera.iterdir())[::FORWARDED], folder / "WhatsApp" / "Media" / "WhatsApp Images")
    _film(camera / "VID_0001.mp4")
    _break(min(camera.glob("*.jpg")), folder / "Download")
    # The first ones, of which the demo's lists know a few.
    pictures = sorted(path for path in camera.iterdir() if path.suffix in _SUFFIXES)[:24]
    _nest(pictures[:6], folder / "Download")
    _enclose(pictures[6:8], folder / "Documents")
    _extract(pictures[8:16], evidence / TELEPHONE)
    _image(pictures[12:18], evidence / STICK)
    # Where the examiner is, not where evidence lies: its scan is brought, not the card.
    _copy(pictures[16:24], evidence.parent / FIELD)


def _photographs() -> Iterator[Path]:
    for path in sorted(PHOTOS.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file() and not path.is_symlink():
            yield path


def _drawn(folder: Path) -> Iterator[Path]:
    """Hills under a sky, for a machine without the photographs."""
    folder.mkdir()
    for number in range(40):
        noise = np.random.default_rng(number)
        across = np.linspace(0, 6, 640)
        hills = 240 + 60 * np.sin(across * noise.uniform(0.5, 2) + noise.uniform(0, 6)) + 20 * np.sin(across * 7)
        picture = np.where(np.arange(480)[:, None, None] > hills[None, :, None], (60, 110, 50), (130, 170, 230))
        rough = picture + noise.normal(0, 12, (480, 640, 1))
        path = folder / f"{number:03d}.jpg"
        Image.fromarray(rough.clip(0, 255).astype(np.uint8)).save(path, quality=90)
        yield path


def _forward(photographs: list[Path], folder: Path) -> None:
    """What a messenger and a thumb do to a picture: smaller, recompressed, cropped, mirrored, brighter."""
    folder.mkdir(parents=True)
    edits = cycle((_smaller, _recompressed, _cropped, ImageOps.mirror, _brighter))
    for number, (path, edit) in enumerate(zip(photographs, edits, strict=False), start=1):
        with Image.open(path) as picture:
            edited = edit(picture.convert("RGB"))
        edited.save(folder / f"IMG-20260314-WA{number:04d}.jpg", quality=60)


def _smaller(picture: Image.Image) -> Image.Image:
    return ImageOps.contain(picture, (800, 800))


def _recompressed(picture: Image.Image) -> Image.Image:
    return picture


def _cropped(picture: Image.Image) -> Image.Image:
    return ImageOps.crop(picture, min(picture.size) // 25)


def _brighter(picture: Image.Image) -> Image.Image:
    return ImageEnhance.Brightness(picture).enhance(1.25)


def _film(path: Path) -> None:
    """Six seconds of a disc that rises over hills."""
    rows, columns = np.mgrid[:360, :640]
    ground = rows > 250 + 30 * np.sin(columns / 60)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=15)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        for count in range(90):
            picture = np.full((360, 640, 3), (140, 180, 235), np.uint8)
            picture[(columns - 420) ** 2 + (rows - 330 + 3 * count) ** 2 < 45**2] = (250, 210, 90)
            picture[ground] = (70, 120, 60)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode())


def _break(photograph: Path, folder: Path) -> None:
    """Files that do not read as they should: cut, scrambled, empty, misnamed, and one that is a link."""
    folder.mkdir()
    whole = photograph.read_bytes()
    (folder / "cut short.jpg").write_bytes(whole[: len(whole) // 2])
    noise = random.Random(1)  # noqa: S311 - the same noise every time
    (folder / "scrambled.png").write_bytes(b"\x89PNG\r\n\x1a\n" + noise.randbytes(5000))
    (folder / "empty.jpg").touch()
    shutil.copyfile(photograph, folder / "invoice.pdf")
    (folder / "notes.txt").write_text("Buy rice, call the electrician.\n")
    (folder / "shortcut.jpg").symlink_to("../DCIM/Camera/VID_0001.mp4")


def _nest(pictures: list[Path], folder: Path) -> None:
    """A backup in an archive in an archive."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as inner:
        for path in pictures:
            inner.add(path, f"2019/{path.name}")
    with zipfile.ZipFile(folder / "old telephone.zip", "w") as outer:
        outer.writestr("backup/pictures.tar.gz", held.getvalue())
        outer.writestr("read me.txt", "Everything from the old telephone.\n")


def _enclose(pictures: list[Path], folder: Path) -> None:
    """A document with a picture on its page, and a mail with one attached."""
    folder.mkdir()
    with Image.open(pictures[0]) as picture:
        picture.convert("RGB").save(folder / "garden.pdf")
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "The view", "anil@example.org", "beena@example.org"
    mail.set_content("From the hill.\n")
    mail.add_attachment(pictures[1].read_bytes(), "image", "x-picture", filename=f"view{pictures[1].suffix}")
    (folder / "the view.eml").write_bytes(bytes(mail))


def _extract(pictures: list[Path], path: Path) -> None:
    """An extraction with its report: the first picture was sent on, the last one deleted."""
    folders = ("DCIM/100APPLE", "WhatsApp/Media")
    filed = [
        Filed(
            f"/private/var/mobile/Media/{folders[number % 2]}/{picture.name}",
            picture.read_bytes(),
            "Deleted" if picture is pictures[-1] else "Intact",
        )
        for number, picture in enumerate(pictures)
    ]
    make_ufdr(path, filed, [Shared("file-0", from_owner=True, forwarded=True), Shared("file-1", from_owner=False)])


def _image(pictures: list[Path], path: Path) -> None:
    """A stick: pictures in a folder, one of them deleted."""
    files = {f"Holiday pictures/{picture.name}": picture.read_bytes() for picture in pictures}
    clusters = 1000 + sum(len(content) // 2048 + 2 for content in files.values())
    make_disk(path, files, [list(files)[2]], clusters=max(4200, clusters))


def _copy(pictures: list[Path], folder: Path) -> None:
    camera = folder / CAMERA
    camera.mkdir(parents=True)
    for path in pictures:
        shutil.copyfile(path, camera / path.name)
