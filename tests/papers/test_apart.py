"""A paper that is set in a process of its own."""

import pytest

from kavalan.papers import FontsMissingError, PaperError, render
from kavalan.papers.apart import render_apart

from .custodies import custody


def test_it_gives_the_same_bytes_as_setting_it_here():
    paper = custody()
    try:
        here = render(paper)
    except FontsMissingError as missing:
        pytest.skip(str(missing))
    assert render_apart(paper) == here


def test_what_went_wrong_there_is_told_here(monkeypatch):
    paper = custody()
    monkeypatch.setattr(type(paper), "form_id", "custody-of-nothing")
    with pytest.raises(PaperError):
        render_apart(paper)
