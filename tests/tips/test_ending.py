import pytest

from kavalan.tips import BUNDLE, FORMS, form_told_by


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        (".json", "cybertipline"),
        (".PDF", "print"),
        (".zip", "bundle"),
        (".eml", "mail"),
        (".csv", "table"),
        (".tsv", "table"),
        (".docx", ""),
        ("", ""),
    ],
)
def test_ending_tells_the_form(ending, form):
    assert form_told_by(ending) == form
    assert form in {*FORMS, BUNDLE, ""}
