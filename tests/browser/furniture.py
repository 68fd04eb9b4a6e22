"""What stands in the workspace of the browser tests, put there by verbs; imported once Django is set up."""

from datetime import UTC, datetime, timedelta

from PIL import Image

from kavalan.casework.access.services import open_compartment
from kavalan.casework.accounts.services import enrol_officer, found_unit
from kavalan.casework.authority.models import Kind
from kavalan.casework.authority.rules import Activity, Grounds, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.worker import work_off

BADGE, NEWCOMER, PASSWORD = "KP-4821", "KP-5177", "a long walk by the backwaters"
NAMES = ("MO-1/2026", "MO-2/2026", "MO-3/2026")
PICTURES = 104
LONG_NAME = "notes on the exhibit, " + "copied by hand from the paper label, " * 3 + "in full.txt"


def draw(folder):
    """More pictures than a page of the list holds, one more that is cut, and a file that is none."""
    folder.mkdir()
    for number in range(PICTURES):
        scene = Image.linear_gradient("L").rotate(number * 3).resize((160, 120))
        scene.save(folder / f"IMG_{number:04}.jpg", quality=90)
    whole = (folder / "IMG_0000.jpg").read_bytes()
    (folder / "VID_0001.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / LONG_NAME).write_text("Two chargers, one SIM tray.\n")


def furnish(folder):
    """A unit, two officers, a warrant; an exhibit that was scanned, one that waits for it, one that nobody scans."""
    now = datetime.now(UTC)
    unit = found_unit(None, now, name="Cyber Cell, Malanad")
    officer = enrol_officer(None, now, badge=BADGE, name="Inspector Asha Varma", unit=unit, password=PASSWORD)
    enrol_officer(officer, now, badge=NEWCOMER, name="Sub-Inspector Joy Mathew", unit=unit, password=PASSWORD)
    scanned, waiting, unscanned = register(officer, folder, now)
    start_scan(officer, scanned.authority, scanned, now)
    work_off(decoders=1)
    start_scan(officer, waiting.authority, waiting, now)
    return {
        "badge": BADGE,
        "newcomer": NEWCOMER,
        "password": PASSWORD,
        "officer": officer.name,
        "unit": unit.name,
        "folder": str(folder),
        "exhibit": f"/exhibits/{scanned.public_id}/",
        "waiting": f"/exhibits/{waiting.public_id}/",
        "unscanned": f"/exhibits/{unscanned.public_id}/",
    }


def register(officer, folder, now):
    """The three exhibits, in one compartment, on one warrant."""
    room = open_compartment(officer, now, name="Seizure of 3 March")
    span = Span(now - timedelta(days=1), now + timedelta(days=30))
    grounds = Grounds({Activity.COLLECT: span, Activity.EXAMINE: span}, frozenset(NAMES))
    warrant = record_authority(officer, now, kind=Kind.WARRANT, reference="W 118/2026, Malanad", grounds=grounds)
    for number, name in enumerate(NAMES, start=1):
        source = folder / f"card-{number}"
        draw(source)
        draft = ExhibitDraft(name, source, room, "Memory card of a telephone, taken from the desk drawer")
        yield register_exhibit(officer, warrant, draft, now)
