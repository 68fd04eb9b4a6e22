"""Printed papers: typst documents made of frozen data, the same bytes for the same data."""

from kavalan.papers.closing import Counted, District, OperationClosing
from kavalan.papers.custody import CustodySequence, Entry, Event, Exhibit, Officer
from kavalan.papers.errors import DataError, FontsMissingError, PaperError
from kavalan.papers.fonts import missing_fonts
from kavalan.papers.labels import Label, LabelSheet
from kavalan.papers.letters import File, Ground, Letter, TransferLetter, ZeroFirLetter
from kavalan.papers.model import Form, Paper, Wording, form, read
from kavalan.papers.register import PAPERS
from kavalan.papers.text import grouped
from kavalan.papers.typeset import render

__all__ = [
    "PAPERS",
    "Counted",
    "CustodySequence",
    "DataError",
    "District",
    "Entry",
    "Event",
    "Exhibit",
    "File",
    "FontsMissingError",
    "Form",
    "Ground",
    "Label",
    "LabelSheet",
    "Letter",
    "Officer",
    "OperationClosing",
    "Paper",
    "PaperError",
    "TransferLetter",
    "Wording",
    "ZeroFirLetter",
    "form",
    "grouped",
    "missing_fonts",
    "read",
    "render",
]
