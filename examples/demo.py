"""`make demo`: three units in the midst of work, five hash lists and four exhibits, scanned and matched, then served.

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

import cases
import docket
import search_day
import things
from desks import open_desks
from kavalan.casework import workspace
from known import EXCHANGE, make_lists, withdraw
from material import CARD, FIELD, furnish
from office import take_in
from overheard import STORES, read_chats
from people import EXAMINER, MALANAD, SignIn, enrol
from story import World, tell
from today import work_through

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.exhibits.models import Exhibit

FOLDER = Path(__file__).resolve().parent.parent / "build" / "demo"
EVIDENCE = FOLDER / "evidence"
WORKSPACE = FOLDER / "workspace"
PASSPHRASE = FOLDER / "passphrase of the desk"
SIGN_INS = FOLDER / "sign-ins"
NAME = "Sub-Inspector Rekha Pillai"
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
        taken_back = make_lists(workspace.lists_of(WORKSPACE), EVIDENCE / CARD, MALANAD)
    scan_in_the_field()
    read_chats_of_a_district()
    world, sign_ins = begin()
    with console.status("Telling of the months before: cases, a search day, exhibits"):
        exhibits = tell_months(world)
    officer = world.officers[EXAMINER]
    read_reports(world)
    for exhibit in exhibits:
        scan(officer, exhibit)
    for exhibit in exhibits:
        report(exhibit)
    withdraw(workspace.lists_of(WORKSPACE), taken_back)
    rematch(officer)
    report_known(exhibits[0])
    report_record()
    show_sign_ins(sign_ins)
    if not asked.no_serve:
        console.print(f"\nThe desk is at http://{asked.bind}/   (Ctrl-C stops it). What to look at: docs/tour.md")
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
    named = (
        "--authority",
        things.WARRANT,
        "--examiner",
        NAME,
        "--unit",
        MALANAD,
        "--lists",
        EXCHANGE,
        "--profile",
        "triage",
    )
    signed = ("--key", key, "--passphrase-file", passphrase, "--catalogue", workspace.lists_of(WORKSPACE))
    out = EVIDENCE / things.BROUGHT
    with console.status("Scanning a card in the field"):
        kavalan("scan", FOLDER / FIELD, "--out", out, *named, *signed, "--progress", "none")
    console.print(f"Scanned in the field: {out / 'report.html'}")


def read_chats_of_a_district() -> None:
    """The district's chats, which the desk does not show yet, for the command line."""
    with console.status("Reading chats of 35 groups in three forms"):
        told = list(read_chats(FOLDER, things.WARRANT, NAME))
    for line in told:
        console.print(f"  {line}", markup=False)
    console.print(f'Ask them: kavalan chats search {FOLDER / STORES} --words "spare net"', soft_wrap=True)


def kavalan(*arguments: str | Path) -> None:
    """Run the command line."""
    command = [sys.executable, "-m", "kavalan", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def begin() -> tuple[World, list[SignIn]]:
    """The units as they were founded months ago: officers, ranks, roles, desks, and the series of their cases."""
    from django.utils import timezone

    from kavalan.casework import keys

    keys.hold(keys.unlock(WORKSPACE, PASSPHRASE.read_bytes().strip()))
    now = timezone.now()
    world = World(now, now - timedelta(days=docket.OPENED))
    sign_ins = enrol(world)
    open_desks(world)
    cases.number_cases(world)
    return world, sign_ins


def tell_months(world: World) -> list[Exhibit]:
    """What happened until today: cases, a search day, exhibits; the exhibits, which nobody has scanned yet."""
    from kavalan.casework.cases.models import Case
    from kavalan.casework.operations.models import Site

    registered: list[Exhibit] = []
    tell(world, [*cases.stories(world), *search_day.stories(world), *things.stories(world, EVIDENCE, registered)])
    console.print(f"{Case.objects.count()} cases of two units, and a search day at {Site.objects.count()} sites")
    return registered


def show_sign_ins(sign_ins: list[SignIn]) -> None:
    """Who may sign in with what; the addresses for authenticator apps are long and lie in a file."""
    table = Table("who", "duty", "badge", "password", "recovery code, once", box=None)
    for one in sign_ins:
        table.add_row(one.officer.name, one.duty, one.officer.badge, one.password, one.code)
    console.print(table)
    SIGN_INS.write_text("".join(f"{one.officer.badge} {one.address}\n" for one in sign_ins))
    console.print(f"For an authenticator app instead of the codes: {SIGN_INS}", soft_wrap=True)


def read_reports(world: World) -> None:
    """Take in made reports in the forms in which they come, malformed ones among them, and say what became of them."""
    from django.db.models import Count, Sum
    from django.utils import timezone

    from kavalan.casework.intake.models import Delivery, Report
    from kavalan.casework.intake.rules import Lane
    from kavalan.casework.worker import work_off

    started = timezone.now()
    with console.status("Making a month of reports and taking them in"):
        files, malformed = take_in(world, FOLDER / "month")
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
    world.at = timezone.now()
    work_through(world)


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
