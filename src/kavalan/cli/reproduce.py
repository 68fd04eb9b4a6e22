"""`kavalan scan --reproduce`: the same scan again, with the same means, and whether it gives the same rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kavalan.lists import Catalogue
    from kavalan.scan import ScanFacts, ScanRequest
    from kavalan.scan.facts import ListFacts
    from kavalan.scan.manifest import Manifest

_DIFFERENT, _STOPPED = 1, 3
# These follow from when and how the scan was run, and change no row by themselves.
_OF_THE_RUN = frozenset({"batch_rows"})


@dataclass(frozen=True, slots=True)
class Again:
    """A scan that is to be repeated.

    Attributes:
        folder: where it lies.
        manifest: what it was.
        lists: of its lists, those that can be asked now.
    """

    folder: Path
    manifest: Manifest
    lists: tuple[str, ...]

    def request(self, source: Path | None, out: Path, who: tuple[str | None, str | None], workers: int) -> ScanRequest:
        """What to ask: as it was asked then, where nothing else is said.

        Args:
            source: where it lies now; None for where it lay.
            out: the folder of the new scan.
            who: authority and examiner of the repetition; those of the scan where none are named.
            workers: decoding processes.
        """
        from kavalan.scan import ScanRequest

        manifest = self.manifest
        return ScanRequest(
            source=source or Path(_path(manifest)),
            out=out,
            authority=who[0] or manifest.authority,
            examiner=who[1] or manifest.examiner,
            unit=manifest.unit,
            profile=manifest.profile,
            lists=self.lists,
            seen_before=tuple(Path(one.path) for one in manifest.seen_before if Path(one.path).is_dir()),
            radius=int(manifest.parameters["radius"]),
            workers=workers,
            batch_rows=int(manifest.parameters["batch_rows"]),
            triage_at=_triage_at(manifest),
        )

    def judged(self, facts: ScanFacts, out: Path) -> int:
        """Say whether the rows are the same; the exit code."""
        from kavalan.scan.manifest import differences, told

        if facts.end == "stopped":
            return _STOPPED
        for name in sorted({*facts.parameters, *self.manifest.parameters} - _OF_THE_RUN):
            then, now = (held.get(name, "absent") for held in (self.manifest.parameters, facts.parameters))
            if then != now:
                typer.echo(f"the parameter {name} was {then} and is {now}")
        first = self.folder, self.manifest.counts.batches
        comparison = differences(first, (out, facts.counts.batches))
        for sentence in told(comparison):
            typer.echo(sentence)
        return 0 if comparison.identical else _DIFFERENT


def again(path: Path, catalogue: Catalogue | None, *, even_so: bool) -> Again:
    """Open a scan that is to be repeated.

    Args:
        path: its manifest, or its folder.
        catalogue: of the lists; None where there is none.
        even_so: go on though programs or lists are not those of then; each difference is said.

    Raises:
        ManifestError: it is none, was altered, or programs or lists differ.
    """
    from kavalan.scan.manifest import AlteredError, DifferentToolsError, changed_means, verify
    from kavalan.scan.tools import tools

    folder = path if path.is_dir() else path.parent
    verdict = verify(folder)
    if verdict.faults:
        raise AlteredError(folder, verdict.faults)
    manifest = verdict.manifest
    lists = tuple(_lists(manifest, catalogue))
    changed = (*changed_means(manifest, tools(), lists), *_lost(manifest))
    if changed and not even_so:
        raise DifferentToolsError(path, changed)
    for sentence in changed:
        typer.echo(f"kavalan: even so: {sentence}", err=True)
    return Again(folder, manifest, tuple(one.name for one in lists))


def _lists(manifest: Manifest, catalogue: Catalogue | None) -> Iterator[ListFacts]:
    from kavalan.scan import RefusedError
    from kavalan.scan.hits import list_facts
    from kavalan.scan.manifest import ManifestError

    held = set(catalogue.names()) if catalogue else set()
    for one in manifest.lists:
        if catalogue and one.name in held:
            try:
                yield from list_facts(catalogue, [one.name], manifest.unit)
            except RefusedError as error:
                raise ManifestError(f"the list {one.name} cannot be asked", str(error)) from error


def _lost(manifest: Manifest) -> Iterator[str]:
    for one in manifest.seen_before:
        if not Path(one.path).is_dir():
            yield f"the earlier scan {one.path}, whose contents were marked, is not there"


def _triage_at(manifest: Manifest) -> datetime | None:
    from kavalan.scan.triage import RECENT

    since = manifest.parameters.get("triage.since")
    return datetime.fromisoformat(since) + RECENT if since else None


def _path(manifest: Manifest) -> str:
    return os.fsdecode(bytes.fromhex(manifest.source.path))
