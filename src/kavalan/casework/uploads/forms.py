"""What a browser says of a file that it is about to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.selectors import openings
from kavalan.casework.uploads.rules import mark_of, name_of, text_of
from kavalan.casework.uploads.services import UploadDraft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Authority


class DraftForm:
    """`Upload-Metadata`: `covered`, an authority and the exhibit that it names; `compartment`; and what is said of it.

    Args:
        officer: who sends it.
        now: aware UTC.
        said: the metadata.

    Raises:
        RefusedError: there is no such authority, exhibit or compartment for this officer now.
    """

    def __init__(self, officer: Officer, now: datetime, said: Mapping[str, bytes]) -> None:
        opened = openings(officer, now)
        covers = {f"{cover.authority.public_id} {cover.reference}": cover for cover in opened.covers}
        rooms = {str(room.public_id): room for room in opened.rooms}
        covered, room = covers.get(text_of(said, "covered", 200)), rooms.get(text_of(said, "compartment", 36))
        if covered is None:
            raise RefusedError(
                "No authority in force permits your unit to collect this exhibit, or it is registered already."
            )
        if room is None:
            raise RefusedError("Choose a compartment in which you examine.")
        self.authority: Authority = covered.authority
        self._said, self._reference, self._room = said, covered.reference, room

    def draft(self, size: int) -> UploadDraft:
        """The file, of so many bytes."""
        said = self._said
        return UploadDraft(
            self._reference, self._room, name_of(said), size, text_of(said, "description", 400), mark_of(said)
        )
