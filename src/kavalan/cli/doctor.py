"""`kavalan doctor`: whether this machine, and a workspace, do what Kavalan relies on."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kavalan.cli.desk import desk_errors

# A picture is drawn, written and hashed in each. HEIC is asked for by name, since nothing here writes it.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_MEMORY_FLOOR = 4 << 30
_DISK_FLOOR = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found.

    Attributes:
        subject: what was looked at.
        text: what was seen.
        cure: what to do about it; None where nothing is wrong.
    """

    subject: str
    text: str
    cure: str | None = None


def doctor(
    workspace: Annotated[
        Path | None, typer.Option("--workspace", envvar="KAVALAN_WORKSPACE", help="Look at this workspace too.")
    ] = None,
) -> None:
    """Say what this machine grants and what is wrong with it and with a workspace, each fault with its cure.

    Exit code: 0 when nothing is wrong, 1 when something is, 2 when the workspace is none.
    """
    faults = 0
    for look in (_sandbox, _pictures, _heic, _videos, _assets, _memory, _disk):
        for finding in look():
            faults += _tell(finding.subject, finding.text, finding.cure)
    if workspace is not None:
        faults += _workspace(workspace)
    raise typer.Exit(1 if faults else 0)


def _tell(subject: str, text: str, cure: str | None) -> bool:
    typer.echo(f"{'FAULT' if cure else 'ok':5}  {subject:9}  {text}")
    if cure:
        typer.echo(f"{'':18}{cure}")
    return cure is not None


def _workspace(path: Path) -> int:
    """How many faults a workspace has."""
    with desk_errors():
        from kavalan.casework.workspace import configure

        configure(path)
        from kavalan.casework.health import examine

        found = examine(path, datetime.now(UTC))
        return sum(_tell(finding.subject, finding.text, finding.cure) for finding in found)


def _sandbox() -> Iterator[Finding]:
    from kavalan.sandbox import SandboxError, probe

    try:
        granted = probe()
    except SandboxError as error:
        yield Finding(
            "sandbox", str(error), "decoders cannot run at all; reinstall Kavalan, or check what the text names"
        )
        return
    cure = "needs Linux 5.13 or newer with Landlock among its security modules (boot with lsm=landlock,...) and seccomp"
    yield Finding("sandbox", str(granted), None if granted.complete else cure)


@dataclass(frozen=True, slots=True)
class _Sample:
    """A drawn file in memory, which a fingerprinter opens like any other."""

    name: str
    content: bytes
    refusal: None = None

    def open(self) -> int:
        from kavalan.sandbox import sealed

        with sealed(self.content) as stream:
            return os.dup(stream.fileno())


def _hashed(samples: list[_Sample], cure: str) -> Iterator[Finding]:
    """Hash the samples in the sandbox: a decoder that is missing, or that confinement breaks, shows here."""
    from kavalan.fingerprint import Fingerprinter

    with Fingerprinter(workers=1) as fingerprinter:
        for reading in fingerprinter.read(samples):
            found = reading.fingerprint
            well = reading.error is None and found is not None and (found.pdq or found.frames)
            text = "decodes" if well else reading.error or "does not decode"
            yield Finding(reading.item.name, text, None if well else cure)


def _pictures() -> Iterator[Finding]:
    from PIL import Image

    picture = Image.radial_gradient("L").convert("RGB")
    samples = []
    for name in _FORMATS:
        stream = io.BytesIO()
        try:
            picture.save(stream, name)
        except (KeyError, OSError):
            yield Finding(
                name,
                "this Pillow cannot write it",
                "install Pillow from its own wheel: pip install --force-reinstall pillow",
            )
        else:
            samples.append(_Sample(name, stream.getvalue()))
    yield from _hashed(samples, "install Pillow and simplejpeg from their own wheels: pip install --force-reinstall")


def _heic() -> Iterator[Finding]:
    import pi_heif

    decoders = pi_heif.libheif_info()["decoders"]
    cure = None if any("265" in str(name) for name in decoders) else "install pi-heif from its own wheel"
    yield Finding("HEIC", f"libheif {pi_heif.libheif_version()}", cure)


def _videos() -> Iterator[Finding]:
    import av
    import numpy as np

    stream = io.BytesIO()
    with av.open(stream, "w", format="matroska") as container:
        track = container.add_stream("mpeg4", rate=5)
        track.width, track.height, track.pix_fmt = 128, 128, "yuv420p"
        ramp = np.add.outer(np.arange(128, dtype=np.uint8), np.arange(128, dtype=np.uint8))
        container.mux(track.encode(av.VideoFrame.from_ndarray(np.dstack([ramp] * 3), "rgb24")))
        container.mux(track.encode())
    yield from _hashed(
        [_Sample("video", stream.getvalue())], "install PyAV from its own wheel: pip install --force-reinstall av"
    )


def _assets() -> Iterator[Finding]:
    from importlib.resources import files
    from importlib.util import find_spec

    if find_spec("kavalan.casework") is None:
        yield Finding("pages", "not on a field kit")
        return
    built = files("kavalan.casework") / "static" / "kavalan" / "manifest.json"
    if built.is_file():
        yield Finding("pages", "styles and script are built")
    else:
        yield Finding(
            "pages", "styles and script are not built", "run `make demo` once in the checkout, or install the wheel"
        )


def _memory() -> Iterator[Finding]:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cure = (
        f"have {_MEMORY_FLOOR >> 30} GiB or more; large pictures may be reported as too large"
        if size < _MEMORY_FLOOR
        else None
    )
    yield Finding("memory", f"{size / (1 << 30):.1f} GiB, {os.cpu_count()} processors", cure)


def _disk() -> Iterator[Finding]:
    where = tempfile.gettempdir()
    state = os.statvfs(where)
    free = state.f_bavail * state.f_frsize
    yield Finding(
        "disk", f"{free / (1 << 30):.1f} GiB free in {where}", "free some space there" if free < _DISK_FLOOR else None
    )
