"""Saying what the columns of a waiting table mean."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import begin_delivery, read_with_columns, save_columns

from ..conftest import NOW
from .conftest import PARTNER, parcel, table


def test_waiting_table_is_read_once_its_columns_are_said(people, desk):
    delivery = begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(table(1), Form.TABLE))
    columns = save_columns(people.bob, NOW, desk=desk, name="A partner", columns=PARTNER)
    told = read_with_columns(people.bob, NOW, delivery=delivery, columns=columns)
    assert (told.job.state, told.columns) == ("waiting", columns)
    with pytest.raises(RefusedError, match="no table that waits"):
        read_with_columns(people.bob, NOW, delivery=told, columns=columns)
