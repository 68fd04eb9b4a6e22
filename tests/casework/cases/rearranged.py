"""How cases are put together in tests: with what a supervisor is shown first said back."""

from kavalan.casework.cases.models import Rearrangement
from kavalan.casework.cases.selectors import parts_of
from kavalan.casework.cases.services import merge_cases, undo_rearrangement
from kavalan.casework.cases.sight import gaining
from kavalan.casework.intake.models import Report

from ..conftest import NOW


def numbers(case):
    """Of the reports that are in a case now."""
    return sorted(part.object_id for part in parts_of(case, Report))


def shown(sources, into):
    """The grants that the page of a merge lists."""
    return [one.public_id for some in gaining(sources, into, NOW).values() for one in some]


def merge(officer, into, *merged, let_in=()):
    """Merge, having read who gains sight of what; what was made of each."""
    merge_cases(officer, NOW, into=into, merged=merged, reason="one matter", seen=shown(merged, into), let_in=let_in)
    made = Rearrangement.objects.filter(case__in=merged, other=into, undone_at__isnull=True)
    return list(made.order_by("pk"))


def undo(officer, made):
    """Undo it, having read the same."""
    made = Rearrangement.objects.select_related("case", "other").get(pk=made.pk)
    seen = shown([made.other], made.case) if made.sort == "split" else ()
    return undo_rearrangement(officer, NOW, rearrangement=made, reason="two matters", seen=seen)
