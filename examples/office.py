"""The demo's intake: a month of made reports that are taken in; workers then read them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from people import INTAKE
from story import World
from tips import COLUMNS, TIPS, make_month

REPORTS = 150
"""Made reports, besides the malformed ones: what a unit gets in a week or two."""


def take_in(world: World, folder: Path) -> tuple[int, int]:
    """Make a month of reports below a folder and take every file of it in; workers then read them.

    Returns:
        How many files were taken in, and how many of them are malformed.
    """
    from django.utils import timezone

    from kavalan.casework.intake.rules import form_of
    from kavalan.casework.intake.services import Parcel, begin_delivery, save_columns
    from kavalan.casework.vault.store import put
    from kavalan.tips import read_columns

    record = make_month(folder, tips=REPORTS)
    officer, desk = world.officers[INTAKE], world.desks[INTAKE]
    columns = save_columns(
        officer, timezone.now(), desk=desk, name="A partner, invented", columns=read_columns(folder / COLUMNS)
    )
    files = sorted(path for path in (folder / TIPS).rglob("*") if path.is_file())
    for path in files:
        form = form_of(path.suffix)
        if form is None:
            continue
        with path.open("rb") as file:
            stored = put(file)
        now = timezone.now()
        parcel = Parcel(
            stored,
            form,
            path.name.encode(),
            now - timedelta(hours=2),
            columns=columns if path.suffix == ".csv" else None,
        )
        begin_delivery(officer, now, desk=desk, parcel=parcel)
    return len(files), len(record["malformed"])
