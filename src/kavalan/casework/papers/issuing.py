"""Making a paper: its data from the ledger, its file into the vault, and then the verb that records it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.errors import RefusedError
from kavalan.casework.papers.custody import custody_of
from kavalan.casework.papers.services import MAY_ISSUE, issue_custody
from kavalan.casework.vault.store import put_printed, vault
from kavalan.papers import PaperError
from kavalan.papers.apart import render_apart

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.papers.models import IssuedPaper


def issue(officer: Officer, exhibit: Exhibit, at: datetime) -> IssuedPaper:
    """Issue the sequence of custody of an exhibit; some seconds for a long one.

    Raises:
        RefusedError: when the officer may not, the keys are locked, or the paper cannot be set; the text says why.
    """
    # Asked again by the verb; asked here so that nothing is set for who may not.
    if not MAY_ISSUE & roles_in(officer, exhibit.compartment_ids(), at):
        raise RefusedError("Only who works on the exhibit issues its papers.")
    vault()
    paper = custody_of(exhibit, officer, at)
    try:
        file = render_apart(paper)
    except PaperError as error:
        raise RefusedError(str(error)) from error
    return issue_custody(officer, at, exhibit=exhibit, paper=paper, stored=put_printed(BytesIO(file)))
