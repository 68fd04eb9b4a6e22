"""The figures of an operation, each with its definition: a number is never shown without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Words = str | Promise
Counts = dict[str, dict[str, int]]
"""For each figure its count by district id, the total under the empty one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the board and the closing report.

    Attributes:
        id: how it is kept.
        label: what it is called.
        definition: what is counted, and what is not.
        by_district: whether it is told for each district, and so a column of the board.
    """

    id: str
    label: Words
    definition: Words
    by_district: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with its total, and how it stood at an earlier closing where that differs."""

    figure: Figure
    total: int
    before: int | None = None


FIGURES: Final[Sequence[Figure]] = (
    Figure(
        "sites",
        _("Planned"),
        _("Sites that were taken in for this operation and not taken back, whether they were searched or not."),
    ),
    Figure(
        "waiting",
        _("To search"),
        _("Planned sites of which nothing is told yet. After closing: sites that were not searched."),
    ),
    Figure(
        "searched",
        _("Searched"),
        _(
            "Sites of which an officer told that they were searched, that nothing was found, that things were seized, "
            "or that somebody was arrested. A site that was searched twice counts once."
        ),
    ),
    Figure("nothing", _("Nothing found"), _("Searched sites of which an officer told that nothing was found.")),
    Figure(
        "seized",
        _("Seized"),
        _(
            "Searched sites of which an officer told that things were seized. It counts sites, not things, and does "
            "not wait for the seizure to be entered in custody."
        ),
    ),
    Figure(
        "with_arrest",
        _("With an arrest"),
        _("Sites at which, as an officer told, at least one person was arrested."),
    ),
    Figure(
        "arrests",
        _("Persons arrested"),
        _(
            "The sum of the persons whom officers told as arrested at sites of this operation. It is never inferred "
            "from a case, a seizure or an account. Somebody who was arrested at two sites, or told twice, counts twice "
            "until an officer corrects it; an arrest is no charge and no finding."
        ),
    ),
    Figure(
        "seizures",
        _("Seizures"),
        _("Seizures that were entered in custody and linked to a site of this operation."),
    ),
    Figure(
        "things",
        _("Things"),
        _("Things on those seizures: a telephone and the card taken out of it are two where both are listed."),
    ),
    Figure(
        "no_warrant",
        _("Without a warrant"),
        _(
            "Planned sites for which the table named no warrant. Whether the reasons that the law then asks for (BNSS "
            "s. 185) were recorded, custody tells with the seizure."
        ),
        by_district=False,
    ),
    Figure(
        "warrants",
        _("Warrants"),
        _("Warrants that the tables of sites named, each once, however many sites it is for."),
        by_district=False,
    ),
    Figure(
        "warrants_recorded",
        _("Warrants recorded as authorities"),
        _("Those warrants that were linked to an authority recorded at this desk."),
        by_district=False,
    ),
    Figure("teams", _("Teams"), _("Teams that the tables of sites named."), by_district=False),
    Figure(
        "cases",
        _("Cases"),
        _("Cases that are in the operation now, of whichever unit and stage. A site may belong to none of them."),
        by_district=False,
    ),
    Figure(
        "dropped",
        _("Sites taken back"),
        _("Sites that were taken in and taken back before anything was told of them. No other figure counts them."),
        by_district=False,
    ),
    Figure(
        "corrected",
        _("Entries corrected"),
        _("Entries about sites that another entry replaced or took back. Both stay readable on the site’s page."),
        by_district=False,
    ),
    Figure(
        "late",
        _("Entered late"),
        _("Entries about sites that were made later after the event than the limit of custody allows."),
        by_district=False,
    ),
)
DISTRICT_FIGURES: Final = tuple(figure for figure in FIGURES if figure.by_district)


def rows_of(now: Counts, before: Counts | None = None) -> list[Row]:
    """Every figure with its total, and the total that a closing kept where that is another."""
    rows = []
    for figure in FIGURES:
        total, kept = total_of(now, figure.id), None if before is None else total_of(before, figure.id)
        rows.append(Row(figure, total, kept if kept != total else None))
    return rows


def total_of(counts: Mapping[str, Mapping[str, int]], figure: str) -> int:
    """The total of a figure; nothing where none was counted."""
    return counts.get(figure, {}).get("", 0)
