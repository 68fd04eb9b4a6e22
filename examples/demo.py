"""`make demo`: a unit, an officer, an authority, five hash lists and an exhibit, scanned and matched, then served.

Everybody and everything in it is invented; its pictures are landscapes, animals and things from Debian packages.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kavalan.casework import workspace
from known import make_lists, withdraw
from material import furnish

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.exhibits.models import Exhibit

FOLDER = Path(__file__).resolve().parent.parent / "build" / "demo"
BADGE = "KP-1001"
UNIT = "Child Protection Cell, Malanad"
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
    lists = workspace.lists_of(FOLDER / "workspace")
    with console.status("Making hash lists of a few of these photographs"):
        taken_back = make_lists(lists, FOLDER / "exhibit", UNIT)
    scan(officer, exhibit, files)
    report(exhibit)
    withdraw(lists, taken_back)
    rematch(officer)
    report_known(exhibit)
    report_record()
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
    unit = found_unit(None, now, name=UNIT)
    officer = enrol_officer(None, now, badge=BADGE, name="Inspector Asha Varma", unit=unit, password=password)
    compartment = open_compartment(officer, now, name="Seizure of 14 March")
    span = Span(now, now + timedelta(days=30))
    grounds = Grounds({Activity.COLLECT: span, Activity.EXAMINE: span}, frozenset({"MO-1/2026"}))
    warrant = record_authority(officer, now, kind=Kind.WARRANT, reference="W 118/2026, Malanad", grounds=grounds)
    description = "Memory card of a telephone, taken from the desk drawer"
    draft = ExhibitDraft("MO-1/2026", FOLDER / "exhibit", compartment, description)
    return officer, register_exhibit(officer, warrant, draft, now)


def scan(officer: Officer, exhibit: Exhibit, files: int) -> None:
    """Ask for the scan, and be the worker that does it."""
    from django.utils import timezone

    from kavalan.casework.exhibits.services import start_scan
    from kavalan.casework.worker import work_off

    started = timezone.now()
    start_scan(officer, exhibit.authority, exhibit, started)
    with watched("Fingerprinting it in the sandbox", files):
        (job,) = work_off()
    seconds = (timezone.now() - started).total_seconds()
    console.print(f"Scan {job.get_state_display().lower()} in {seconds:.1f} s: {job.progress} items")


@contextmanager
def watched(what: str, total: int) -> Iterator[None]:
    """Show how many items the job has done, as the desk shows it, while the block runs."""
    from django.db import connection

    from kavalan.casework.jobs.models import Job

    ended = threading.Event()

    def watch() -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("items"))
        with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
            task = progress.add_task(what, total=total)
            while not ended.wait(0.3):
                done = Job.objects.order_by("-pk").values_list("progress", flat=True).first()
                progress.update(task, completed=done)
        connection.close()

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def rematch(officer: Officer) -> None:
    """The owner of a list took an entry back: everything is matched again, and nothing decoded."""
    from django.utils import timezone

    from kavalan.casework.hits.services import start_rematch
    from kavalan.casework.worker import work_off

    again = start_rematch(officer, timezone.now())
    with console.status("An entry was withdrawn: matching again what is stored"):
        work_off(decoders=1)
    again.refresh_from_db()
    console.print(
        f"\nOne entry was withdrawn by its owner; {again.contents} contents were matched again without reading a file: "
        f"{again.withdrawn} hit withdrawn, {again.found} new"
    )


def report(exhibit: Exhibit) -> None:
    """What was found."""
    from django.db.models import Count

    from kavalan.casework.exhibits.selectors import counts

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
    report_known(exhibit)


def report_known(exhibit: Exhibit) -> None:
    """What is known of it: three figures that are never added up, the doubts, and the lists that were not asked."""
    from kavalan.casework.exhibits.rules import Standing
    from kavalan.casework.exhibits.selectors import figures
    from kavalan.casework.hits.selectors import question

    known = figures([exhibit])[exhibit.pk]
    console.print("Known material:")
    for standing, count in known.sure + known.doubtful:
        console.print(f"  {count:3} {standing.label}")
    shipped = exhibit.items.filter(standing=Standing.KNOWN_GOOD).count()
    console.print(f"  {shipped:3} of the others: {Standing.KNOWN_GOOD.label}")
    for one in question(exhibit).refused:
        console.print(f"  Not matched: {one['name']}: {one['refusal']}", style="yellow", markup=False)


def report_record() -> None:
    """Whether the record holds, and how evidence was confined."""
    from kavalan.casework.ledger.selectors import verify_ledger
    from kavalan.sandbox import probe

    verdict = verify_ledger()
    console.print(f"Ledger: {verdict.entries} entries, {'the chain holds' if verdict.holds else verdict.faults}")
    console.print(f"Sandbox: {probe()}")


if __name__ == "__main__":
    sys.exit(main())
