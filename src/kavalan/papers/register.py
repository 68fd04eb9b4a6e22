"""Every paper there is."""

from __future__ import annotations

from kavalan.papers.closing import OperationClosing
from kavalan.papers.custody import CustodySequence
from kavalan.papers.labels import LabelSheet
from kavalan.papers.letters import TransferLetter, ZeroFirLetter
from kavalan.papers.model import Paper

PAPERS: tuple[type[Paper], ...] = (
    CustodySequence,
    LabelSheet,
    OperationClosing,
    TransferLetter,
    ZeroFirLetter,
)
