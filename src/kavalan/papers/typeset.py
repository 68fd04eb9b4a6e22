"""Data into a PDF: typst sets a template, and what people wrote reaches it as data, never as markup."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import typst

from kavalan.papers.errors import PaperError
from kavalan.papers.fonts import check_fonts, fonts, shown_characters
from kavalan.papers.text import displayable, grouped

if TYPE_CHECKING:
    from collections.abc import Container

    from kavalan.papers.model import Paper

_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


def render(paper: Paper) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1: the same bytes for the same data, on any machine.

    Raises:
        FontsMissingError: the fonts are not built.
        PaperError: it cannot be set; the text is typst's.
    """
    check_fonts()
    form = paper.form
    content = {
        "form": {"id": form.id, "title": form.title, "version": form.version},
        "labels": form.labels,
        "unreviewed": [wording.language for wording in form.wording if not wording.reviewed],
        "digest": grouped(paper.digest),
        "fields": paper.fields(),
    }
    given = json.dumps(_shown(content, shown_characters()), ensure_ascii=True)
    with as_file(files("kavalan.papers") / "templates") as templates:
        try:
            return typst.compile(
                templates / f"{form.id}.typ",
                root=templates,
                font_paths=fonts(),
                ignore_system_fonts=True,
                sys_inputs={"paper": given},
                pdf_standards=_STANDARDS,
                timestamp=int(paper.prepared_at.timestamp()),
            )
        except typst.TypstError as error:
            message = f"{form.id} cannot be set: {error.message}"
            raise PaperError(message) from error


def _shown(value: object, characters: Container[int]) -> object:
    """All text of it made displayable, keys left alone: they are the template's."""
    match value:
        case str():
            return displayable(value, characters)
        case dict():
            return {key: _shown(part, characters) for key, part in value.items()}
        case list() | tuple():
            return [_shown(part, characters) for part in value]
        case _:
            return value
