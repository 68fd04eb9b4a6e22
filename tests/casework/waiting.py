"""What stands on an officer's first page, for the tests of every room."""

from kavalan.casework.mydesk.sort import Shelf
from kavalan.casework.mydesk.waiting import waits_for

from .conftest import NOW


def waiting(officer, now=NOW, since=None, shelf=None):
    """All of it, or what stands under one heading."""
    found = waits_for(officer, now, since)
    return [wait for each in (Shelf if shelf is None else [shelf]) for wait in found[each]]
