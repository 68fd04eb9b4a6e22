"""The register of reviewed translations and what it says of a language."""

import struct
from datetime import date

import pytest
from django.utils import translation

from kavalan.casework.look import reviews
from kavalan.casework.look.reviews import Reviewed, is_reviewed, register, review_of
from kavalan.casework.look.templatetags.look import legal, told

TEXT, SAID = "Sign out", "പുറത്തുകടക്കുക"


@pytest.fixture
def approved(monkeypatch):
    """Sets what the register holds."""

    def hold(*held):
        monkeypatch.setattr(reviews, "register", lambda: held)
        for function in (reviews.reviewed, reviews.review_of):
            function.cache_clear()

    yield hold
    monkeypatch.undo()
    for function in (reviews.reviewed, reviews.review_of):
        function.cache_clear()


def test_the_committed_register_is_readable():
    assert all(one.translation for one in register())


def test_english_needs_no_review():
    assert review_of("en") is None
    assert is_reviewed("en", TEXT, TEXT)


def test_the_approval_is_of_one_translation_and_ends_with_it(approved):
    approved(Reviewed("ml", TEXT, SAID, "Official Language Section", date(2026, 1, 31)))
    assert is_reviewed("ml", TEXT, SAID)
    assert not is_reviewed("ml", TEXT, "മറ്റൊന്ന്")
    assert not is_reviewed("hi", TEXT, SAID)


def test_a_reviewed_legal_text_stands_alone(approved):
    approved(Reviewed("ml", TEXT, SAID, "Official Language Section", date(2026, 1, 31)))
    with translation.override("ml"):
        assert legal(TEXT) == SAID


def test_texts_of_a_catalogue_are_counted_without_its_heading(tmp_path, monkeypatch, approved):
    approved()
    folder = tmp_path / "ml" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(struct.pack("<7I", 0x950412DE, 0, 8, 28, 28, 0, 28))
    monkeypatch.setattr(reviews, "LOCALE", tmp_path)
    review = review_of("ml")
    assert (review.read, review.texts, review.whole) == (0, 7, False)


def test_what_work_wrote_down_is_told_in_the_language_of_the_page_or_marked_as_english():
    with translation.override("ml"):
        assert told("This badge is taken.") not in {"", "This badge is taken."}
        assert told("disk <full>") == '<span lang="en">disk &lt;full&gt;</span>'
    assert told("disk <full>") == "disk &lt;full&gt;"
    assert told("") == ""
