"""`make demo`: a workspace with one unit, one officer, one authority and one exhibit, scanned, then served.

Everybody and everything in it is invented; its pictures are landscapes, animals and things from Debian packages.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from kavalan.casework import workspace
from material import furnish

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.exhibits.models import Exhibit

FOLDER = Path(__file__).resolve().parent.parent / "build" / "demo"
BADGE = "KP-1001"
console = Console(highlight=False)


def main() -> int:
    """Make it, scan it, say what was found, and serve it unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-serve", action="store_true", help="stop before serving")
    parser.add_argument("--bind", default="127.0.0.1:8000", help="where to serve (%(default)s)")
    asked = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    with console.status("Laying out an exhibit of benign photographs"):
        files = furnish(FOLDER / "exhibit")
    console.print(f"An exhibit of {files} files in {FOLDER / 'exhibit'}")
    workspace.create_workspace(FOLDER / "workspace")
    workspace.configure(FOLDER / "workspace")
    workspace.migrate()
    password = secrets.token_urlsafe(9)
    officer, exhibit = found(password)
    scan(officer, exhibit)
    report(exhibit)
    if not asked.no_serve:
        console.print(f"\nThe desk is at http://{asked.bind}/   sign in: {BADGE} / {password}   (Ctrl-C stops it)")
        workspace.serve(asked.bind)
    return 0


def found(password: str) -> tuple[Officer, Exhibit]:
    """A unit, an officer, a warrant, and the exhibit it covers: each by a verb, each an entry in the ledger."""
    from django.utils import timezone

    from kavalan.casework.access.services import open_compartment
    from kavalan.casework.accounts.services import enrol_officer, found_unit
    from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
    from kavalan.casework.authority.services import record_authority
    from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit

    now = timezone.now()
    unit = found_unit(None, now, name="Child Protection Cell, Malanad")
    officer = enrol_officer(None, now, badge=BADGE, name="Inspector Asha Varma", unit=unit, password=password)
    compartment = open_compartment(officer, now, name="Seizure of 14 March")
    span = Span(now, now + timedelta(days=30))
    grounds = Grounds({Activity.COLLECT: span, Activity.EXAMINE: span}, frozenset({"MO-1/2026"}))
    warrant = record_authority(officer, now, kind=Kind.WARRANT, reference="W 118/2026, Malanad", grounds=grounds)
    description = "Memory card of a telephone, taken from the desk drawer"
    draft = ExhibitDraft("MO-1/2026", FOLDER / "exhibit", compartment, description)
    return officer, register_exhibit(officer, warrant, draft, now)


def scan(officer: Officer, exhibit: Exhibit) -> None:
    """Ask for the scan, and be the worker that does it."""
    from django.utils import timezone

    from kavalan.casework.exhibits.services import start_scan
    from kavalan.casework.worker import work_off

    started = timezone.now()
    start_scan(officer, exhibit.authority, exhibit, started)
    with console.status("Fingerprinting it in the sandbox"):
        (job,) = work_off()
    seconds = (timezone.now() - started).total_seconds()
    console.print(f"Scan {job.get_state_display().lower()} in {seconds:.1f} s: {job.progress} items")


def report(exhibit: Exhibit) -> None:
    """What was found, and whether the record holds."""
    from django.db.models import Count

    from kavalan.casework.exhibits.selectors import counts
    from kavalan.casework.ledger.selectors import verify_ledger
    from kavalan.sandbox import probe

    table = Table("kind", "items", box=None)
    for kind, items in exhibit.items.values_list("content__kind").annotate(items=Count("id")).order_by("-items"):
        table.add_row(kind or "not read at all", str(items))
    console.print(table)
    total = counts(exhibit)
    console.print(
        f"{total.pictures} pictures, {total.videos} videos, {total.other} others; {total.unread} not wholly read:"
    )
    for item in exhibit.items.exclude(error="").order_by("number"):
        console.print(f"  {item.shown_path}: {item.error}", markup=False)
    verdict = verify_ledger()
    console.print(f"Ledger: {verdict.entries} entries, {'the chain holds' if verdict.holds else verdict.faults}")
    console.print(f"Sandbox: {probe()}")


if __name__ == "__main__":
    sys.exit(main())
