"""The slip says the checkpoint in a way that people, scanners and `verify` read alike."""

import html
import re
import shutil
import subprocess

import pytest
import segno

from kavalan.casework.ledger.slip import slip
from kavalan.ledger import noted, statements_in

from ..conftest import NOW


@pytest.fixture
def note(signing):
    return signing.checkpoint()


@pytest.fixture
def page(signing, note):
    return slip(note, signing.key.public, NOW)


def test_checkpoint_is_read_back_from_the_page(note, page):
    assert statements_in(html.unescape(page), "the slip", outside=True) == [noted(note, "the slip", outside=True)]


def test_root_stands_there_in_sixteen_groups_of_four(note, page):
    groups = re.findall(r"<td>([0-9a-f]{4})</td>", page)
    assert (len(groups), "".join(groups)) == (16, note.checkpoint.root.hex())


def test_size_and_fingerprint_stand_there_as_they_are_read_out(signing, note, page):
    assert f'<p class="size">{note.checkpoint.size}</p>' in page
    for line in signing.key.public.spoken.splitlines():
        assert line in page


def test_nothing_is_loaded_from_anywhere(page):
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|url\(|@import", page)


def test_qr_code_holds_the_signed_text(note, page, tmp_path):
    zbar = shutil.which("zbarimg")
    if zbar is None:
        pytest.skip("no zbarimg here to read the code with (Debian's zbar-tools)")
    path = re.search(r'<path[^>]* d="([^"]+)"', page)[1]
    made = segno.make(note.text, error="m", micro=False, encoding="utf-8")
    assert path in made.svg_inline(scale=4, border=4, omitsize=True)
    made.save(tmp_path / "code.png", scale=6, border=4)
    done = subprocess.run([zbar, "--raw", "-q", tmp_path / "code.png"], capture_output=True, check=True)
    assert done.stdout.decode().strip() == note.text.strip()
