"""Believable phone extractions of nothing but drawn pictures: UFDR, iTunes backup, Android backup.

The UFDR is that of the demo (`examples/telephone.py`). Everything in them is invented. Each maker returns what it made;
what it wrote of each file is in `FILES`.
"""

from __future__ import annotations

import hashlib
import io
import plistlib
import sqlite3
import tarfile
import zlib
from pathlib import Path

from examples.telephone import TAKEN, Filed, Shared, make_ufdr
from PIL import Image, ImageDraw


def drawn(number: int) -> bytes:
    """A JPEG of a disc on a gradient, another one for each number."""
    picture = Image.linear_gradient("L").resize((160, 120)).convert("RGB")
    at = 10 + 13 * number % 100
    ImageDraw.Draw(picture).ellipse((at, 20, at + 40, 60), fill=(40 * number % 256, 90, 200))
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=85)
    return held.getvalue()


FILES = (
    Filed("/private/var/mobile/Media/DCIM/100APPLE/IMG_0001.JPG", drawn(1)),
    Filed("/private/var/mobile/Media/DCIM/100APPLE/IMG_0002.JPG", drawn(2)),
    Filed("/private/var/mobile/Media/WhatsApp/Media/ചിത്രം.jpg", drawn(3)),
    Filed("/private/var/mobile/Media/DCIM/100APPLE/IMG_0004.JPG", drawn(4), "Deleted"),
    Filed("/private/var/mobile/Library/Notes/note.txt", "ഒരു കുറിപ്പ്\n".encode()),
)


MESSAGES = (Shared("file-0", True), Shared("file-1", False), Shared("file-2", True, True))


def ufdr(path: Path, files=FILES, messages=MESSAGES) -> Path:
    """The UFDR of these files."""
    return make_ufdr(path, files, messages)


# --- iTunes and Finder backups --------------------------------------------------------------------------------------


def domain_of(filed: Filed) -> tuple[str, str]:
    """Domain and path in it, as a backup divides a device's files."""
    for domain, root in (("CameraRollDomain", "/private/var/mobile/"), ("HomeDomain", "/private/var/mobile/")):
        path = filed.device.removeprefix(root)
        if domain == "HomeDomain" or path.startswith("Media/"):
            return domain, path
    raise AssertionError


def file_id(domain: str, path: str) -> str:
    return hashlib.sha1(f"{domain}-{path}".encode(), usedforsecurity=False).hexdigest()


def archived(filed: Filed, path: str, **changed) -> bytes:
    """The `file` column of Manifest.db: an MBFile of NSKeyedArchiver."""
    seconds = int(TAKEN.timestamp())
    facts = {
        "$class": plistlib.UID(3),
        "LastModified": seconds,
        "LastStatusChange": seconds + 1,
        "Birth": seconds - 1,
        "Size": len(filed.content),
        "Mode": 0o100644,
        "RelativePath": plistlib.UID(2),
        "Digest": hashlib.sha1(filed.content, usedforsecurity=False).digest(),
    } | changed
    objects = ["$null", facts, path, {"$classname": "MBFile", "$classes": ["MBFile", "NSObject"]}]
    archive = {
        "$version": 100000,
        "$archiver": "NSKeyedArchiver",
        "$top": {"root": plistlib.UID(1)},
        "$objects": objects,
    }
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)


def backup_plists(folder: Path, *, encrypted: bool = False) -> None:
    (folder / "Info.plist").write_bytes(plistlib.dumps({"Device Name": "invented", "Product Type": "iPhone0,0"}))
    plist = {"IsEncrypted": encrypted, "Version": "10.0"}
    (folder / "Manifest.plist").write_bytes(plistlib.dumps(plist, fmt=plistlib.FMT_BINARY))
    (folder / "Status.plist").write_bytes(plistlib.dumps({"SnapshotState": "finished"}))


def manifest_db(path: Path, rows) -> Path:
    """Manifest.db of (fileID, domain, relativePath, flags, blob)."""
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB)"
        )
        database.execute("CREATE INDEX FilesDomainIdx ON Files(domain)")
        database.execute("CREATE INDEX FilesRelativePathIdx ON Files(relativePath)")
        database.execute("CREATE INDEX FilesFlagsIdx ON Files(flags)")
        database.execute("CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB)")
        database.executemany("INSERT INTO Files VALUES (?, ?, ?, ?, ?)", rows)
    database.close()
    return path


def itunes_backup(folder: Path, files=FILES) -> Path:
    """The folder of a backup from iOS 10 on, not encrypted."""
    folder.mkdir(parents=True)
    backup_plists(folder)
    rows = [(file_id("CameraRollDomain", "Media"), "CameraRollDomain", "Media", 2, b"")]
    for filed in files:
        domain, path = domain_of(filed)
        name = file_id(domain, path)
        (folder / name[:2]).mkdir(exist_ok=True)
        (folder / name[:2] / name).write_bytes(filed.content)
        rows.append((name, domain, path, 1, archived(filed, path)))
    manifest_db(folder / "Manifest.db", rows)
    return folder


def old_backup(folder: Path, files=FILES) -> Path:
    """The folder of a backup before iOS 10: files side by side, listed in Manifest.mbdb."""
    folder.mkdir(parents=True)
    backup_plists(folder)
    listed = b"mbdb\x05\x00"
    for filed in files:
        domain, path = domain_of(filed)
        (folder / file_id(domain, path)).write_bytes(filed.content)
        for text in (
            domain.encode(),
            path.encode(),
            b"",
            hashlib.sha1(filed.content, usedforsecurity=False).digest(),
            b"",
        ):
            listed += len(text).to_bytes(2) + text if text else b"\xff\xff"
        seconds = int(TAKEN.timestamp())
        listed += (0o100644).to_bytes(2) + bytes(8) + bytes(8)
        listed += b"".join(time.to_bytes(4) for time in (seconds, seconds, seconds - 1))
        listed += len(filed.content).to_bytes(8) + b"\x04\x00"
    (folder / "Manifest.mbdb").write_bytes(listed)
    return folder


# --- Android backups ------------------------------------------------------------------------------------------------

APPS = {
    "apps/example.gallery/_manifest": b"1\nexample.gallery\n",
    "apps/example.gallery/f/pictures/one.jpg": drawn(5),
    "apps/example.gallery/db/gallery.db": b"a database",
    "apps/example.gallery/sp/settings.xml": b"<map/>",
    "apps/example.gallery/ef/two.jpg": drawn(6),
    "shared/0/DCIM/Camera/three.jpg": drawn(7),
}


def android_backup(path: Path, files=APPS, *, version: int = 5, compressed: bool = True) -> Path:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), int(TAKEN.timestamp())
            archive.addfile(member, io.BytesIO(content))
    data = zlib.compress(held.getvalue()) if compressed else held.getvalue()
    path.write_bytes(b"ANDROID BACKUP\n%d\n%d\nnone\n" % (version, compressed) + data)
    return path
