"""An account is named by a paper in more than one spelling."""

import pytest

from kavalan.casework.authority.rules import Account, Activity, Grounds, Kind, Span, fault
from kavalan.casework.authority.scope import KnownAccount

from ..conftest import LATER, NOW


@pytest.mark.parametrize(
    ("known", "paper"),
    [
        (KnownAccount("phone", "+910000000001"), Account("phone", "+910000000001")),
        (KnownAccount("account", "example messenger U-1"), Account("Example", "Messenger U-1")),
        (KnownAccount("account", "example messenger U-1"), Account("account", "example messenger U-1")),
    ],
)
def test_paper_names_it_by_kind_and_value_or_by_service_and_id(known, paper):
    assert known.among([Account("other", "x"), paper])


@pytest.mark.parametrize(
    ("known", "paper"),
    [
        (KnownAccount("account", "example messenger U-1"), Account("Example", "Messenger u-1")),
        (KnownAccount("account", "example messenger U-1"), Account("Other", "Messenger U-1")),
        (KnownAccount("phone", "+910000000001"), Account("email", "+910000000001")),
        (KnownAccount("", ""), Account("phone", "+910000000001")),
    ],
)
def test_another_id_service_or_kind_is_another_account(known, paper):
    assert not known.among([paper])


def test_paper_that_only_lets_watch_accounts_names_no_exhibit():
    accounts = frozenset({Account("phone", "+910000000001")})
    assert fault(Grounds({Activity.WATCH: Span(NOW, LATER)}, frozenset(), accounts), Kind.WARRANT) is None
    more = {Activity.WATCH: Span(NOW, LATER), Activity.EXAMINE: Span(NOW, LATER)}
    assert "names its exhibits" in fault(Grounds(more, frozenset(), accounts), Kind.WARRANT)
