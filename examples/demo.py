"""`make demo`: a unit, an officer, an authority, five hash lists and four exhibits, scanned and matched, then served.

Everybody and everything in it is invented; its pictures are landscapes, animals and things from Debian packages.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kavalan.casework import workspace
from known import EXCHANGE, make_lists, withdraw
from material import CARD, FIELD, STICK, TELEPHONE, furnish
from office import SUPERVISOR, staff, take_in

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.exhibits.models import Exhibit

FOLDER = Path(__file__).resolve().parent.parent / "build" / "demo"
EVIDENCE = FOLDER / "evidence"
WORKSPACE = FOLDER / "workspace"
PASSPHRASE = FOLDER / "passphrase of the desk"
BADGE = "KP-1001"
NAME = "Inspector Asha Varma"
UNIT = "Child Protection Cell, Malanad"
WARRANT = "W 118/2026, Malanad"
EXHIBITS = {
    "MO-1/2026": (CARD, "Memory card of a telephone, taken from the desk drawer"),
    "MO-2/2026": (TELEPHONE, "Extraction of that telephone"),
    "MO-3/2026": (STICK, "Image of a stick, found in a coat"),
    "MO-4/2026": ("scan of the other card", "Card of another telephone, scanned on the spot"),
}
console = Console(highlight=False)


def main() -> int:
    """Make it, scan it, say what was found, and serve it unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-serve", action="store_true", help="stop before serving")
    parser.add_argument("--bind", default="127.0.0.1:8000", help="where to serve (%(default)s)")
    asked = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    with console.status("Laying out exhibits of benign photographs"):
        furnish(EVIDENCE)
    os.environ["KAVALAN_EVIDENCE"] = str(EVIDENCE)
    found_workspace()
    with console.status("Making hash lists of a few of these photographs"):
        taken_back = make_lists(workspace.lists_of(WORKSPACE), EVIDENCE / CARD, UNIT)
    scan_in_the_field()
    password = secrets.token_urlsafe(9)
    officer, exhibits = found(password)
    uri, recovery = give_app(officer)
    head, of_head = staff(officer)
    app_of_head = give_app(head)
    read_reports(officer)
    for exhibit in exhibits:
        scan(officer, exhibit)
    for exhibit in exhibits:
        report(exhibit)
    withdraw(workspace.lists_of(WORKSPACE), taken_back)
    rematch(officer)
    report_known(exhibits[0])
    report_record()
    if not asked.no_serve:
        console.print(f"\nThe desk is at http://{asked.bind}/   sign in: {BADGE} / {password}   (Ctrl-C stops it)")
        console.print(f"Then a code of an authenticator app that was given {uri}", soft_wrap=True)
        console.print(f"or, once, the recovery code {recovery}")
        console.print(
            f"Supervisor of the intake: {SUPERVISOR} / {of_head}, {app_of_head[0]}, or {app_of_head[1]}", soft_wrap=True
        )
        serve(asked.bind)
    return 0


def found_workspace() -> None:
    """The workspace, its keys and its vault; the passphrase lies beside it, as it never should but here."""
    from kavalan.casework import founding
    from kavalan.vault import Ceremony

    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key or "")
    passphrase = secrets.token_urlsafe(12)
    PASSPHRASE.write_text(f"{passphrase}\n")
    founding.found_workspace(WORKSPACE, passphrase.encode(), ceremony)


def serve(bind: str) -> NoReturn:
    """Become the desk: what making it has loaded does not stay in memory."""
    command = [sys.executable, "-m", "kavalan", "serve", "--workspace", str(WORKSPACE), "--bind", bind]
    command += ["--passphrase-file", str(PASSPHRASE)]
    os.execv(sys.executable, command)  # noqa: S606 no shell: an argument list of our own


def scan_in_the_field() -> None:
    """An examiner scans a card where it was found, signs the result, and the desk trusts the examiner's key."""
    passphrase, key = FOLDER / "passphrase", FOLDER / "examiner.pem"
    passphrase.write_text("three grey herons\n")
    kavalan("keys", "new", key, "--passphrase-file", passphrase)
    shutil.copy(f"{key}.pub", workspace.trusted_keys_of(WORKSPACE) / "examiner.pub")
    named = ("--authority", WARRANT, "--examiner", NAME, "--unit", UNIT, "--lists", EXCHANGE, "--profile", "triage")
    signed = ("--key", key, "--passphrase-file", passphrase, "--catalogue", workspace.lists_of(WORKSPACE))
    out = EVIDENCE / EXHIBITS["MO-4/2026"][0]
    with console.status("Scanning a card in the field"):
        kavalan("scan", FOLDER / FIELD, "--out", out, *named, *signed, "--progress", "none")
    console.print(f"Scanned in the field: {out / 'report.html'}")


def kavalan(*arguments: str | Path) -> None:
    """Run the command line."""
    command = [sys.executable, "-m", "kavalan", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def found(password: str) -> tuple[Officer, list[Exhibit]]:
    """A unit, an officer, a warrant, and the exhibits it covers: each by a verb, each an entry in the ledger."""
    from django.utils import timezone

    from kavalan.casework.access.services import open_compartment
    from kavalan.casework.accounts.services import enrol_officer, found_unit
    from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
    from kavalan.casework.authority.services import record_authority
    from kavalan.casework.exhibits.field_claim import is_result
    from kavalan.casework.exhibits.services import ExhibitDraft, import_scan, register_exhibit

    now = timezone.now()
    unit = found_unit(None, now, name=UNIT)
    officer = enrol_officer(None, now, badge=BADGE, name=NAME, unit=unit, password=password)
    compartment = open_compartment(officer, now, name="Seizure of 14 March")
    span = Span(now, now + timedelta(days=30))
    grounds = Grounds({Activity.COLLECT: span, Activity.EXAMINE: span}, frozenset(EXHIBITS))
    warrant = record_authority(officer, now, kind=Kind.WARRANT, reference=WARRANT, grounds=grounds)
    registered = []
    for reference, (name, description) in EXHIBITS.items():
        draft = ExhibitDraft(reference, EVIDENCE / name, compartment, description)
        into = import_scan if is_result(draft.source) else register_exhibit
        registered.append(into(officer, warrant, draft, now))
    return officer, registered


def give_app(officer: Officer) -> tuple[str, str]:
    """What an authenticator app scans to sign in as the officer, and a recovery code for whoever has no app at hand."""
    from django.utils import timezone

    from kavalan.casework.accounts import totp
    from kavalan.casework.accounts.keeping import new_recovery_codes
    from kavalan.casework.accounts.services import confirm_authenticator, draft_authenticator

    now, codes = timezone.now(), new_recovery_codes()
    secret = draft_authenticator(officer=officer, now=now)
    confirm_authenticator(officer, now, code=totp.code_at(secret, totp.step_at(now)), recovery_codes=codes)
    return totp.otpauth_uri(secret, officer.badge), codes[0]


def read_reports(officer: Officer) -> None:
    """Take in made reports in the forms in which they come, malformed ones among them, and say what became of them."""
    from django.db.models import Count, Sum
    from django.utils import timezone

    from kavalan.casework import keys
    from kavalan.casework.intake.models import Delivery, Report
    from kavalan.casework.intake.rules import Lane
    from kavalan.casework.worker import work_off

    keys.hold(keys.unlock(WORKSPACE, PASSPHRASE.read_bytes().strip()))
    started = timezone.now()
    with console.status("Making a month of reports and taking them in"):
        files, malformed = take_in(officer, FOLDER / "month")
    with console.status("Reading them in the sandbox"):
        work_off(decoders=1)
    seconds = (timezone.now() - started).total_seconds()
    told = Delivery.objects.aggregate(reports=Sum("reports"), duplicates=Sum("duplicates"))
    faulty = Delivery.objects.exclude(fault="").count()
    console.print(
        f"Intake: {told['reports']} reports out of {files} files in {seconds:.1f} s, {told['duplicates']} of them came "
        f"before; {malformed} files are malformed on purpose, {faulty} could not be read to their end"
    )
    for lane, count in Report.objects.values_list("lane").annotate(Count("pk")).order_by("lane"):
        console.print(f"  {count:3} {Lane(lane).label}")


def scan(officer: Officer, exhibit: Exhibit) -> None:
    """Ask for the scan, and be the worker that does it."""
    from django.utils import timezone

    from kavalan.casework.exhibits.services import start_scan
    from kavalan.casework.worker import work_off

    started = timezone.now()
    start_scan(officer, exhibit.authority, exhibit, started)
    with watched(f"{exhibit.reference}: {exhibit.description}"):
        (job,) = work_off()
    seconds = (timezone.now() - started).total_seconds()
    console.print(
        f"{exhibit}: {exhibit.description}: {job.get_state_display()} in {seconds:.1f} s, {job.progress} items"
    )
    if job.fault:
        raise SystemExit(job.fault)


@contextmanager
def watched(what: str) -> Iterator[None]:
    """Show how many items the job has done, as the desk shows it, while the block runs."""
    from django.db import connection

    from kavalan.casework.jobs.models import Job

    ended = threading.Event()

    def watch() -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed} items"))
        with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
            task = progress.add_task(what, total=None)
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
    """What was found in an exhibit."""
    from django.db.models import Count

    from kavalan.casework.exhibits.selectors import counts

    console.print(f"\n[bold]{exhibit}[/bold]  {exhibit.description}")
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
