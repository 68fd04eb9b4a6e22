"""The versions of everything that a scan's rows depend on."""

from __future__ import annotations

import mmap
import platform
import re
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import av
import pi_heif
from PIL import features

import kavalan

_TURBO = re.compile(rb"libjpeg-turbo version ([0-9.]+)")


def tools() -> dict[str, str]:
    """Name to version; a version that a package does not tell is `unknown`."""
    packages = {
        name: version(name) for name in ("msgspec", "numba", "numpy", "pi-heif", "pillow", "polars", "simplejpeg")
    }
    return {
        "kavalan": kavalan.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "pyav": av.__version__,
        "ffmpeg": av.ffmpeg_version_info,
        "libheif": pi_heif.libheif_version(),
        "libjpeg-turbo": _libjpeg_turbo(),
        "libjpeg-turbo (pillow)": features.version("libjpeg_turbo") or "unknown",
        **packages,
    }


def _libjpeg_turbo() -> str:
    """Of the library within simplejpeg, which does not tell it: it stands in the compiled file."""
    spec = find_spec("simplejpeg._jpeg")
    if spec is None or spec.origin is None:
        return "unknown"
    with Path(spec.origin).open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = _TURBO.search(data)
        return found[1].decode("ascii") if found else "unknown"
