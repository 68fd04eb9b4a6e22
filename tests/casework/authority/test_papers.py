"""Which files are papers: told from their bytes, whatever they are called."""

import hashlib

import pytest

from kavalan.casework.authority.papers import take
from kavalan.casework.errors import RefusedError
from kavalan.casework.keys import LockedError
from kavalan.casework.vault.store import vault

from .conftest import PDF, a_paper

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (JPEG + b"pixels", "image/jpeg"),
        (PNG + b"pixels", "image/png"),
        (b"II*\x00\x08\x00\x00\x00", "image/tiff"),
        (b"Order of 3 March: until 3 June.\n", "text/plain"),
    ],
)
def test_paper_lies_in_the_vault_under_its_own_sha256_and_kind(people, unlocked, content, kind):
    taken = take(a_paper(content, name="x.exe", said="application/x-msdownload"), "order of 3 March")
    assert (taken.stored.sha256, taken.stored.size) == (hashlib.sha256(content).digest(), len(content))
    assert (taken.media_type, taken.title) == (kind, "order of 3 March")
    with vault().open(taken.stored.name) as reader:
        assert reader.read(len(content) + 1) == content


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 docx", b"MZ\x90\x00\x03\x00\x00\x00", b"<html><script>1</script>"]
)
def test_what_is_no_paper_is_refused_whatever_it_is_called(people, unlocked, content):
    with pytest.raises(RefusedError, match="no paper of these kinds: PDF, JPEG"):
        take(a_paper(content))


def test_nothing_is_taken_while_the_keys_are_locked(people):
    with pytest.raises(LockedError):
        take(a_paper())
