"""The ranks as data."""

from kavalan.casework.accounts.ranks import ranks


def test_every_rank_says_from_where_it_is_known_and_how_surely():
    assert all(rank.source and rank.certainty in {"source", "check"} for rank in ranks().values())


def test_ranks_stand_from_the_lowest():
    orders = [rank.order for rank in ranks().values()]
    assert orders == sorted(orders)


def test_inspector_and_above_are_those_whom_the_it_act_lets_investigate():
    # IT Act, s. 78: an Inspector or above.
    assert {code for code, rank in ranks().items() if rank.order >= ranks()["inspector"].order} == {
        "inspector",
        "dysp",
        "acp",
        "sp",
        "dig",
        "ig",
        "adgp",
        "dgp",
    }
