"""What goes with a file of results: what it is of, under which authority, and what is not in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import override

from kavalan.casework.exhibits.facets import holds
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.exports.models import Form
from kavalan.casework.exports.rules import LEFT_OUT_WORDS, in_words
from kavalan.sandbox import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.exhibits.models import Tally
    from kavalan.casework.exports.models import Export

_ABOUT = """\
Exhibit           {exhibit}
Authority         {authority}
Which items       {which}
Items             {items}
Made              {made}, for {officer}

What is not in it, of the items of this exhibit:
{left_out}

It names files and states digests; it holds no file and no picture. A hit is a lead: a person confirms it.
Texts that a spreadsheet would take for a formula stand behind an apostrophe ('), and what does not print is escaped.
Times are UTC, as the source states them.
"""


def left_out(tallies: Sequence[Tally], export: Export, items: int) -> dict[str, int]:
    """How many items of the exhibit are not in the file and why; what the filters pass over was not asked for."""
    asked = export.filter
    opened = [tally for tally in tallies if tally.seal == Seal.OPEN]
    found = {
        "sealed": sum(tally.items for tally in tallies if tally.seal == Seal.OUTSIDE),
        "privileged": sum(tally.items for tally in tallies if tally.seal == Seal.PRIVILEGED),
    }
    wanted = sum(tally.items for tally in opened if holds(tally, asked))
    if asked.thinned:
        every = sum(tally.items for tally in opened if holds(tally, replace(asked, thinned=False)))
        found["thinned"] = every - wanted
    if export.form == Form.VICS:
        found["unknown"] = max(0, wanted - items)
    return {reason: count for reason, count in found.items() if count}


def about(export: Export, items: int, without: Mapping[str, int], now: datetime) -> bytes:
    """A text for people, in English as the file's columns are."""
    with override("en"):
        lines = [f"{count:>12}  {LEFT_OUT_WORDS[reason]}" for reason, count in without.items()]
        which = ", ".join(in_words(export.filter)) or "all open items"
    told = _ABOUT.format(
        exhibit=printable(export.exhibit.reference),
        authority=printable(str(export.exhibit.authority)),
        which=which,
        items=items,
        made=now.isoformat(timespec="seconds"),
        officer=printable(str(export.asked_by)),
        left_out="\n".join(lines) or "           0",
    )
    return told.encode()
