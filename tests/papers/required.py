"""What tests of papers need that a machine may lack."""

import shutil

import pytest

from kavalan.papers import missing_fonts

fonts_built = pytest.mark.skipif(bool(missing_fonts()), reason="the fonts of papers are not built (make assets)")
pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext (Debian: poppler-utils)")
