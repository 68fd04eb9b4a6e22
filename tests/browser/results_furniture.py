"""Ways to look at results that somebody has to ask for first: a file of them, a list thinned by an earlier exhibit."""

from kavalan.casework.accounts.models import Officer
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.exhibits.services import thin_exhibit
from kavalan.casework.exports.models import Export, Form
from kavalan.casework.exports.services import ask_for_export, make_export


def ask_for_results(badge, scanned, later, now):
    """Have a file of the known pictures made, and the later exhibit thinned; a worker must do both then."""
    asker = Officer.objects.select_related("unit").get(badge=badge)
    make_export(asker, scanned.authority, scanned, now, form=Form.CSV, filters="family=picture&known=1")
    exhibit = Exhibit.objects.get(public_id=later.strip("/").split("/")[-1])
    thin_exhibit(asker, now, exhibit=exhibit, earlier=[scanned])


def ask_to_give(badge, now):
    """Ask a supervisor for the file that was made."""
    asker = Officer.objects.select_related("unit").get(badge=badge)
    export = Export.objects.select_related("exhibit", "kept", "job").get()
    ask_for_export(asker, now, export, "For the court of Malanad, its letter of 4 March")
