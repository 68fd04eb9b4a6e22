"""What a unit's lists know of the files of reports, by the digests that senders give."""

from datetime import timedelta

import pytest

from kavalan.casework.intake.known import KnownFiles
from kavalan.lists import Agreement, Catalogue, Category, Entry, Kind, ListInfo
from kavalan.tips import File

from ..conftest import NOW

SOUGHT, OTHER = bytes.fromhex("ab" * 16), bytes.fromhex("cd" * 16)


@pytest.fixture
def catalogue(tmp_path):
    return Catalogue(tmp_path / "lists", lambda: NOW)


def make(catalogue, name, kind=Kind.POSITIVE, agreement=None):
    facts = {"owner": "Example Exchange", "version": "1", "obtained": NOW}
    catalogue.create(ListInfo(name=name, kind=kind, agreement=agreement, **facts))
    with catalogue.edit(name) as editor:
        editor.add([Entry(position=1, categories=(Category("demo/1", "A"),), md5=SOUGHT)])


FILES = [File(md5=SOUGHT.hex()), File(md5=OTHER.hex()), File(name="without a digest"), File(md5="none")]


def test_file_is_known_or_not_and_nothing_is_said_of_one_without_a_digest(catalogue):
    make(catalogue, "sought")
    assert KnownFiles(catalogue, "Coastal Unit").ask(FILES, NOW) == [True, False, None, None]


def test_nothing_is_said_where_no_list_may_be_asked(catalogue):
    make(catalogue, "good", Kind.KNOWN_GOOD)
    lapsed = Agreement(reference="MoU", purpose="p", units=("Coastal Unit",), until=NOW - timedelta(days=1))
    make(catalogue, "lapsed", agreement=lapsed)
    assert KnownFiles(catalogue, "Coastal Unit").ask(FILES, NOW) == [None] * len(FILES)
