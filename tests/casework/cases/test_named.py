"""What parts of cases are called, for who may see them."""

from kavalan.casework.cases.models import Part
from kavalan.casework.cases.named import names_of
from kavalan.casework.cases.parting import parts_to_move
from kavalan.casework.cases.services import join, split_case
from kavalan.casework.exhibits.models import Content, Item
from kavalan.casework.exhibits.rules import Family, Seal
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.verbs import step

from ..conftest import NOW


@step(Content, Item, Part, *KEPT)
def lay_content(case, exhibit, officer):
    """A content of the exhibit as a part of the case."""
    content = Content.objects.create(sha256=bytes(32), md5=bytes(16), sha1=bytes(20), size=1, kind="text/plain")
    with brought_forward([exhibit.pk], exhibit.items.all()):
        facts = {"path": b"1.txt", "family": Family.OTHER, "content": content, "seal": Seal.OPEN}
        Item.objects.create(exhibit=exhibit, number=1, **facts)
    return Part.objects.create(case=case, kind="exhibits.content", object_id=content.pk, added_by=officer, added_at=NOW)


def test_a_content_is_named_through_an_exhibit_that_is_open_and_moves_like_the_rest(people, case, exhibit, report):
    part = lay_content(case, exhibit, people.alice)
    join(people.alice, NOW, case=case, joined=report)
    assert {words for _, words in parts_to_move(people.alice, case, NOW).values()} == {
        f"content {'0' * 16}",
        "report R-1",
    }
    new = split_case(people.alice, NOW, case=case, parts=[part], title="Nets", reason="another matter")
    assert new.parts.get().object_id == part.object_id
    things = [("exhibits.content", part.object_id), ("intake.report", report.pk)]
    assert not names_of(people.dora, things, NOW)
