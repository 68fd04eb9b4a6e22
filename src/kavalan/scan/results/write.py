"""All results of a scan, in the order in which one needs the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kavalan.scan.results.figures import figures
from kavalan.scan.results.mentions import told_of_items
from kavalan.scan.results.parts import Parts, write_table, written
from kavalan.scan.results.report import write_report
from kavalan.scan.results.stacking import STACKS, stack_unknown, with_places
from kavalan.scan.results.standing import Standing, standings
from kavalan.scan.results.tables import HITS_TOLD, ITEMS, PLACES, UNREAD, hits_told, items_told, unread_told
from kavalan.scan.results.vics import write_vics

if TYPE_CHECKING:
    from pathlib import Path

    from kavalan.scan.facts import ScanFacts


def write_results(out: Path, facts: ScanFacts) -> None:
    """Write the results of a scan beside its batches; of a scan that stopped, what there is.

    The same batches and facts give the same results, and what an earlier call wrote is replaced, file by file, each
    whole or not at all. Memory: one batch, some ten bytes an item, some 200 bytes for each unknown picture or video,
    and what is mentioned in databases.

    Args:
        out: the scan's folder, as `kavalan.scan.layout` has it.
        facts: of the scan.

    Raises:
        OSError: the disk is full or may not be written.
    """
    parts = Parts(out)
    standing = standings(parts)
    stacked = stack_unknown(parts, standing)
    places = np.zeros(parts.items, np.uint8)
    write_table(out / "items.parquet", ITEMS, items_told(parts, standing, stacked.of_item, places))
    write_table(out / "stacks.parquet", STACKS, iter([with_places(stacked, places, PLACES)]))
    told = told_of_items(parts, standing >= Standing.NEGATIVE)
    write_table(out / "hits.parquet", HITS_TOLD, hits_told(parts, told))
    write_table(out / "unread.parquet", UNREAD, unread_told(parts))
    written(out / "hits.vics.json", lambda path: write_vics(path, out / "hits.parquet", facts))
    found = figures(out, facts, alike=stacked.alike)
    written(out / "summary.json", lambda path: path.write_bytes(found.encode()))
    written(out / "report.html", lambda path: write_report(path, out, facts, found))
