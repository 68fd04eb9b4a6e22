"""Every tool that rows depend on says its version."""

from __future__ import annotations

import re
from importlib.metadata import version

from kavalan.scan.tools import tools


def test_versions_are_told_of_everything_that_decodes():
    told = tools()
    assert {"kavalan", "python", "pyav", "ffmpeg", "libheif", "pi-heif", "pillow", "libjpeg-turbo"} <= told.keys()
    assert all(re.match(r"\d|x86_64|aarch64", text) for text in told.values())
    assert told["polars"] == version("polars")
