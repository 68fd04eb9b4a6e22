"""Intervals of membership and roles: each end by its evidence, nothing filled in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.chats import PASSIVE, Act, Intervals, Rostered, Step
from kavalan.chats.model import FORMER


def intervals(*steps):
    """Steps as (act, actor, targets...), one a minute."""
    made = [Step(n, f"t{n}", "c", act, actor, tuple(targets)) for n, (act, actor, *targets) in enumerate(steps)]
    return [
        (one.account_id, one.role, one.since, one.since_by, one.until, one.until_by)
        for one in Intervals().take(made)
        if one.role != "poster"
    ]


def test_who_creates_a_group_administers_it():
    assert intervals((Act.CREATED, "a")) == [
        ("a", "member", "t0", "stated", "", "open"),
        ("a", "creator", "t0", "stated", "", "open"),
        ("a", "admin", "t0", "implied", "", "open"),
    ]


def test_who_is_first_seen_writing_was_there_before_for_an_unknown_time():
    assert intervals(("", "a")) == [("a", "member", "", "seen", "", "open")]


def test_who_leaves_is_no_administrator_any_more():
    said = intervals((Act.CREATED, "a"), (Act.ADDED, "a", "b"), (Act.PROMOTED, "", "b"), (Act.LEFT, "b"))
    assert ("b", "member", "t1", "stated", "t3", "stated") in said
    assert ("b", "admin", "t2", "stated", "t3", "stated") in said


def test_who_is_demoted_without_having_been_promoted_was_an_administrator_before():
    assert ("b", "admin", "", "seen", "t0", "stated") in intervals((Act.DEMOTED, "", "b"))


def test_who_removes_somebody_can_only_be_an_administrator():
    said = intervals((Act.REMOVED, "a", "b"))
    assert ("a", "admin", "", "act", "", "open") in said
    assert ("b", "member", "", "seen", "t0", "stated") in said


def test_who_is_added_twice_left_unseen_between():
    assert intervals((Act.ADDED, "a", "b"), (Act.ADDED, "a", "b"))[0] == ("b", "member", "t0", "stated", "", "unknown")


def test_a_change_of_number_carries_the_roles_over():
    steps = [
        Step(0, "t0", "c", Act.PROMOTED, "", ("old",)),
        Step(1, "t1", "c", Act.NUMBER_CHANGED, "", ("new",), "old"),
    ]
    said = {(one.account_id, one.role, one.until) for one in Intervals().take(steps)}
    assert said == {("old", "member", "t1"), ("old", "admin", "t1"), ("new", "member", ""), ("new", "admin", "")}


def test_who_was_added_by_another_and_never_wrote_is_said_to_be_passive():
    steps = [Step(0, "t0", "c", Act.ADDED, "a", ("b", "d")), Step(1, "t1", "c", "", "d")]
    labels = {one.account_id: one.label for one in Intervals().take(steps) if one.role == "member"}
    assert labels["b"] == PASSIVE
    assert labels["d"] == ""


def test_each_end_names_the_message_that_proves_it():
    steps = [Step(7, "t7", "c", Act.ADDED, "a", ("b",)), Step(9, "t9", "c", Act.LEFT, "b")]
    one = next(one for one in Intervals().take(steps) if one.account_id == "b")
    assert (one.since_seq, one.until_seq) == (7, 9)


def test_who_a_list_says_was_there_once_is_there_no_more_and_nobody_knows_since_when():
    rows = [Rostered("c", account, FORMER, "list, active 0") for account in ("a", "b")]
    said = [
        (one.account_id, one.role, one.since_by, one.until, one.until_by, one.roster)
        for one in Intervals().take([Step(0, "t0", "c", "", "a")], rows)
        if one.role != "poster"
    ]
    assert said == [
        ("a", "member", "seen", "", "ended", "list, active 0"),
        ("b", "member", "roster", "", "ended", "list, active 0"),
    ]


_ACTS = [Act.CREATED, Act.ADDED, Act.JOINED, Act.LEFT, Act.REMOVED, Act.PROMOTED, Act.DEMOTED, Act.SETTING, ""]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_ACTS), st.sampled_from("abc"), st.sampled_from("abc")), max_size=40))
def test_nobody_is_twice_the_same_at_once(acts):
    steps = [Step(n, f"{n:04}", "c", act, actor, (target,)) for n, (act, actor, target) in enumerate(acts)]
    last = {}
    for one in sorted(Intervals().take(steps), key=lambda each: each.first_seq):
        before = last.get((one.account_id, one.role))
        assert before is None or before.last_seq <= one.first_seq
        assert one.first_seq <= one.last_seq
        assert one.until_seq is None or one.until_seq == one.last_seq
        last[one.account_id, one.role] = one
    written = sum(act == "" for act, _, _ in acts)
    assert sum(one.posts for one in Intervals().take(steps) if one.role == "member") == written


def test_a_list_of_members_confirms_what_lines_said_and_tells_of_those_of_whom_no_line_does():
    steps = [Step(0, "t0", "c", "created", "asha"), Step(1, "t1", "c", "added", "asha", ("ravi",))]
    rosters = [
        Rostered("c", "asha", "creator", "list, rank 2"),
        Rostered("c", "quiet", "member", "list, rank 0", since="before"),
        Rostered("c", "ravi", "member", "past", until="later"),
    ]
    found = {(one.account_id, one.role): one for one in Intervals().take(steps, rosters)}
    assert set(found) == {
        ("asha", "creator"), ("asha", "admin"), ("asha", "member"), ("ravi", "member"), ("quiet", "member"),
    }  # fmt: skip
    assert [
        (one.since_by, one.until_by, one.roster) for one in map(found.get, [("asha", "admin"), ("quiet", "member")])
    ] == [
        ("implied", "roster", "list, rank 2"),
        ("roster", "roster", "list, rank 0"),
    ]
    assert (found["quiet", "member"].since, found["quiet", "member"].first_seq) == ("before", None)
    assert (found["ravi", "member"].until, found["ravi", "member"].until_by) == ("later", "roster")


def test_who_makes_a_group_and_is_named_among_its_first_members_does_not_come_twice():
    steps = [Step(0, "t0", "c", "created", "asha"), Step(0, "t0", "c", "added", "asha", ("asha", "ravi"))]
    found = [(one.account_id, one.role, one.until_by) for one in Intervals().take(steps)]
    assert sorted(found) == [
        ("asha", "admin", "open"), ("asha", "creator", "open"), ("asha", "member", "open"), ("ravi", "member", "open"),
    ]  # fmt: skip


def test_a_list_of_those_who_left_adds_nothing_where_a_line_said_so():
    steps = [Step(0, "t0", "c", "joined", "ravi"), Step(1, "t1", "c", "left", "ravi")]
    (found,) = Intervals().take(steps, [Rostered("c", "ravi", "member", "past", until="t1")])
    assert (found.until, found.until_by, found.until_seq) == ("t1", "stated", 1)


def test_who_sends_on_is_a_forwarder_only_by_the_messengers_own_word():
    steps = [Step(0, "t0", "c", "", "asha"), Step(1, "t1", "c", "", "ravi", forwarded=True)]
    found = {(one.account_id, one.role): one.posts for one in Intervals().take(steps)}
    assert found["ravi", "forwarder"] == 1
    assert ("asha", "forwarder") not in found
