"""Saying from which thing an exhibit was made."""

import pytest

from kavalan.casework.custody.services import draw_exhibit
from kavalan.casework.custody.words import Part
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit

from ..conftest import NOW


def test_one_thing_gives_several_exhibits_and_each_comes_from_one(people, seized, folder):
    draft = ExhibitDraft("E-1", folder, people.compartment)
    first = register_exhibit(people.alice, people.warrant, draft, NOW)
    second = register_exhibit(people.alice, people.warrant, ExhibitDraft("E-2", folder, people.compartment), NOW)
    draw_exhibit(people.alice, NOW, device=seized[0], exhibit=first, part=Part.WHOLE)
    draw_exhibit(people.alice, NOW, device=seized[0], exhibit=second, part=Part.SIM)
    assert [one.exhibit for one in seized[0].drawn.order_by("pk")] == [first, second]
    with pytest.raises(RefusedError, match="already from which thing"):
        draw_exhibit(people.alice, NOW, device=seized[1], exhibit=first, part=Part.WHOLE)
