"""The rows of a seizure that is being typed in: read from a table, judged, repeated; plain functions."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kavalan.casework.custody.models import Device, Handled
from kavalan.casework.custody.numbers import digits_of, iccid_fault, imei_fault
from kavalan.casework.custody.words import Isolation, SealState, Sort
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

Row = dict[str, str]

_OF_DEVICE = ("reference", "sort", "make", "model", "serial", "imei", "imei_2", "iccid", "as_shown")
_OF_EVENT = ("seal", "seal_state", "isolation", "note")
FIELDS = (*_OF_DEVICE, *_OF_EVENT)
"""What a row says, in the order of a table's columns."""
REPEATED = ("sort", "make", "model", "isolation", "seal_state")
"""What the next row takes from the one before."""
_NUMBERS = {"imei": imei_fault, "imei_2": imei_fault, "iccid": iccid_fault}
_CHOICES = {"sort": Sort, "seal_state": SealState, "isolation": Isolation}
_TRUE = {"1", "yes", "true", "x", "on"}
_LAST_NUMBER = re.compile(r"(\d+)(\D*)$")
MOST_ROWS = 1000
_MOST_TEXT = 1_000_000


def tidy(said: Mapping[str, str]) -> Row:
    """A row as it is kept: no space around, numbers without what stands between their digits, nothing empty."""
    row = {name: " ".join(str(said.get(name, "")).split()) for name in FIELDS}
    row |= {name: digits_of(row[name]) for name in _NUMBERS}
    row["as_shown"] = "yes" if row["as_shown"].lower() in _TRUE else ""
    return {name: text for name, text in row.items() if text}


def row_faults(row: Row) -> list[str]:
    """What keeps a row from being taken, whatever the others say."""
    faults = [] if row.get("reference") else [_("It has no reference.")]
    for name, choices in _CHOICES.items():
        if row.get(name, "") not in choices.values or (name == "sort" and not row.get(name)):
            faults.append(_("%(field)s: one of %(choices)s.") % {"field": name, "choices": _listed(choices.values)})
    if not row.get("as_shown"):
        faults += [why for name, fault in _NUMBERS.items() if (said := row.get(name)) and (why := fault(said))]
    for name, text in row.items():
        model = Device if name in _OF_DEVICE else Handled
        most = getattr(model._meta.get_field(name), "max_length", None)
        if most is not None and len(text) > most:
            faults.append(_("%(field)s: at most %(most)d characters.") % {"field": name, "most": most})
    return faults


def faults_of(rows: Mapping[int, Row], taken: Collection[str], covered: Collection[str] | None) -> dict[int, list[str]]:
    """What keeps each row from being taken, by its number; rows without fault are not in it.

    Args:
        rows: all of the draft, by their numbers.
        taken: references that are registered already on the same authority.
        covered: what the authority names; None where it names the memo itself, and so whatever stands on it.
    """
    twice = {name: _twice(row.get(name, "") for row in rows.values()) for name in ("reference", "imei", "seal")}
    words = {
        "reference": _("Another row has this reference."),
        "imei": _("Another row has this IMEI."),
        "seal": _("Another row has this seal."),
    }
    found = {}
    for number, row in rows.items():
        faults = row_faults(row)
        faults += [words[name] for name, doubled in twice.items() if row.get(name) in doubled]
        reference = row.get("reference", "")
        if reference in taken:
            faults.append(_("This reference is registered already."))
        if reference and covered is not None and reference not in covered:
            faults.append(_("The authority names neither this reference nor the memo's."))
        if faults:
            found[number] = faults
    return found


def read_table(text: str) -> list[Row]:
    """The rows of a table whose first line names its columns; separated by commas, semicolons or tabs.

    Raises:
        RefusedError: it has no columns that are known, unknown ones beside them, or too much of anything.
    """
    if len(text) > _MOST_TEXT:
        raise RefusedError("This table is too long: at most %(most)d rows at once.", most=MOST_ROWS)
    lines = text.lstrip("\ufeff").splitlines()
    head = next((line for line in lines if line.strip()), "")
    reader = csv.reader(lines, delimiter=max("\t;,", key=head.count), strict=True)
    try:
        table = [cells for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise RefusedError("This table cannot be read: %(why)s", why=str(error)) from error
    columns = [name.strip().lower().replace(" ", "_") for name in table[0]] if table else []
    if "reference" not in columns or set(columns) - set(FIELDS) or len(set(columns)) != len(columns):
        raise RefusedError("The first line names the columns: reference, and any of %(names)s.", names=_listed(FIELDS))
    if len(table) > MOST_ROWS + 1:
        raise RefusedError("This table is too long: at most %(most)d rows at once.", most=MOST_ROWS)
    if any(len(cells) > len(columns) for cells in table[1:]):
        raise RefusedError("A row of this table has more cells than there are columns.")
    return [tidy(dict(zip(columns, cells, strict=False))) for cells in table[1:]]


def next_row(last: Row | None) -> Row:
    """What the next row begins with: what is mostly the same, and the reference counted on."""
    if last is None:
        return {}
    row = {name: last[name] for name in REPEATED if name in last}
    return row | {"reference": counted_on(last.get("reference", ""))}


def counted_on(reference: str) -> str:
    """The reference after this one: its last number one more, as many digits."""
    found = _LAST_NUMBER.search(reference)
    if found is None:
        return ""
    return f"{reference[: found.start()]}{int(found[1]) + 1:0{len(found[1])}}{found[2]}"


def _twice(texts: Iterable[str]) -> set[str]:
    return {text for text, times in Counter(texts).items() if text and times > 1}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(filter(None, names))
