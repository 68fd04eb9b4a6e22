"""The ranks of the desk's officers."""

from django.utils import translation

from kavalan.casework.accounts.ranks import ranks, title_of


def test_ranks_stand_from_the_lowest():
    orders = [rank.order for rank in ranks().values()]
    assert orders == sorted(orders)


def test_ranks_that_a_desk_may_have_recorded_are_still_known():
    # As they were in the first migration that records ranks.
    recorded = "cpo scpo asi si inspector dysp acp sp dig ig adgp dgp"
    assert set(ranks()) >= set(recorded.split())


def test_inspector_and_above_are_those_whom_the_it_act_lets_investigate():
    # IT Act, s. 78: an Inspector or above.
    above = [name for name, rank in ranks().items() if rank.order >= ranks()["inspector"].order]
    assert above == ["inspector", "dysp", "acp", "sp", "dig", "ig", "adgp", "dgp"]


def test_title_is_told_in_the_language_of_the_page():
    rank = ranks()["inspector"]
    with translation.override("en"):
        assert title_of(rank) == "Inspector of Police"
    with translation.override("hi"):
        assert title_of(rank) not in {"", "Inspector of Police"}
