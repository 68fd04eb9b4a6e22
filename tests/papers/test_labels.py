"""Labels: what their codes hold, read back as a scanner does."""

import shutil
import subprocess

import pytest
from tests.papers.label_sheets import CODES, sheet
from tests.papers.required import fonts_built

from kavalan.papers import DataError, LabelSheet, read, render


def pages_of(pdf, folder):
    """Each page as a picture."""
    painter = shutil.which("pdftoppm")
    if painter is None:
        pytest.skip("no pdftoppm here to paint the labels with (Debian's poppler-utils)")
    subprocess.run([painter, "-r", "200", "-png", "-", folder / "page"], input=pdf, check=True)
    return sorted(folder.glob("page*.png"))


@fonts_built
def test_each_code_is_read_back_by_a_scanner(tmp_path):
    zbar = shutil.which("zbarimg")
    if zbar is None:
        pytest.skip("no zbarimg here to read the codes with (Debian's zbar-tools)")
    pages = pages_of(render(sheet()), tmp_path)
    done = subprocess.run([zbar, "--raw", "-q", *pages], capture_output=True, check=True)
    assert tuple(done.stdout.decode().splitlines()) == CODES[:3]


@fonts_built
def test_a4_takes_twenty_four_on_a_page(tmp_path):
    assert len(pages_of(render(sheet("a4", CODES[:24])), tmp_path)) == 1


@fonts_built
def test_the_twenty_fifth_begins_another_page(tmp_path):
    assert len(pages_of(render(sheet("a4", CODES[:25])), tmp_path)) == 2


def test_code_holds_nothing_but_capitals_digits_and_spaces():
    with pytest.raises(DataError):
        read(
            LabelSheet,
            b'{"prepared_at": "2026-03-01T00:00:00Z", "size": "a4", "labels": [{"code": "Asha K.", "reference": "1"}]}',
        )
