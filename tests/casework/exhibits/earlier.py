"""Exhibits with items as a test says, and thinning one by others."""

from kavalan.casework.exhibits.models import Content, Exhibit, Item
from kavalan.casework.exhibits.rules import Family
from kavalan.casework.exhibits.services import THIN, thin_exhibit
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.exhibits.thinning_work import ThinningWork
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.privilege.models import PrivilegeSeal
from kavalan.casework.verbs import step

from ..conftest import NOW

SAME = {"content": 1, "seal": 0, "standing": 0, "error": ""}
OTHER = {**SAME, "content": 2}


@step(Item, Content, Exhibit, PrivilegeSeal, Job, *KEPT)
def fill(exhibits, lots):
    """Items as they are given, and scans that have come to their end."""
    for model in (Item, *KEPT):
        model.objects.all().delete()
    for number in range(1, 5):
        facts = {"sha256": bytes([number]) * 32, "md5": b"", "sha1": b"", "size": 1, "kind": "image/jpeg"}
        Content.objects.get_or_create(pk=number, defaults=facts)
    for exhibit, items in zip(exhibits, lots, strict=True):
        with brought_forward([exhibit.pk], exhibit.items.all()):
            Item.objects.bulk_create(
                Item(exhibit=exhibit, number=number, path=b"", family=Family.PICTURE, content_id=content, **more)
                for number, item in enumerate(items, start=1)
                for content, more in [(item["content"], {k: v for k, v in item.items() if k != "content"})]
            )
        if exhibit.scan is None:
            exhibit.scan = Job.objects.create(kind="exhibit.scan", state=State.DONE, created_at=NOW)
            type(exhibit).objects.filter(pk=exhibit.pk).update(scan=exhibit.scan)


def thin(people, exhibit, *earlier):
    thin_exhibit(people.alice, NOW, exhibit=exhibit, earlier=earlier)
    return run_next({THIN: ThinningWork()}, "worker", lambda: NOW)
