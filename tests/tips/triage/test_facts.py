"""What a tip says, line by line; what it does not say stays unknown."""

from datetime import UTC, datetime, timedelta

import pytest

from kavalan.tips import Account, Capture, File, Leftover, Moment, Person, Tip
from kavalan.tips.triage import FACTS, UNKNOWN, Fact, facts_of, packaged_rules

NOW = datetime(2026, 11, 22, tzinfo=UTC)
VALUES = packaged_rules().values
AT = Moment("then", NOW - timedelta(days=1))


def facts(answers=None, minors=(), **fields):
    return facts_of(Tip(form="cybertipline", **fields), VALUES, NOW, answers, minors)


def test_an_empty_tip_says_nothing():
    assert all(fact == UNKNOWN for fact in facts().values())


def test_only_known_facts_are_told():
    assert set(facts(answers={"danger_now": False})) <= set(FACTS)


@pytest.mark.parametrize(
    ("fields", "name", "because"),
    [
        ({"escalation": "soon"}, "escalated_by_sender", "escalation"),
        ({"priority": "1 Urgent"}, "escalated_by_clearing_house", "priority: Urgent"),
        ({"annotations": ("spam", "sextortion")}, "sextortion", "annotations: sextortion"),
        ({"annotations": ("csamSolicitation",)}, "solicitation", "annotations: csamSolicitation"),
        ({"incident": "Online Enticement of Children for Sexual Acts"}, "enticement", "incident"),
        ({"persons": (Person("victim", account=Account(id="u")),)}, "victim_named", "persons[0].account"),
        ({"persons": (Person("recipient", name="A"),)}, "recipient_named", "persons[0].name"),
        ({"persons": (Person("reported", phones=("+447700900123",)),)}, "reported_named", "persons[0].phones"),
        ({"persons": (Person("reported", account=Account(id="u")),)}, "account_named", "persons[0].account"),
        ({"received": AT}, "still_kept", "received"),
        ({"files": (File(name="a"),)}, "files_given", "files[0]"),
        ({"files": (File(tags=("viral",)),)}, "files_viral", "tags: viral"),
        ({"files": (File(tags=("livestreaming",)),)}, "live_abuse", "tags: livestreaming"),
        ({"files": (File(seen_by_sender=False),)}, "files_unseen", "files[0]"),
    ],
)
def test_a_line_that_says_so_is_named(fields, name, because):
    assert facts(**fields)[name] == Fact(True, (because,))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"incident": "Misleading Domain Name"}, "enticement"),
        ({"received": Moment("long ago", NOW - timedelta(days=366))}, "still_kept"),
        ({"files": (File(seen_by_sender=True),)}, "files_unseen"),
    ],
)
def test_what_is_said_otherwise_is_a_no(fields, name):
    assert facts(**fields)[name].answer is False


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"received": Moment("last week")}, "still_kept"),
        ({"files": (File(seen_by_sender=False), File())}, "files_unseen"),
        ({"annotations": ("spam",)}, "sextortion"),
        ({"persons": (Person("reported", account=Account(id="u")),)}, "reported_named"),
        ({"persons": (Person("reported", captures=(Capture("IP Address", "203.0.113.5", "1"),)),)}, "traced"),
    ],
)
def test_what_is_left_open_is_unknown(fields, name):
    assert facts(**fields)[name] == UNKNOWN


def traced(*captures):
    return facts(persons=(Person("victim"), Person("reported", captures=captures)))


def test_an_address_with_its_port_is_another_thing_than_one_without():
    without = Capture("IP Address", "203.0.113.5", at=AT)
    with_port = Capture("IP Address", "203.0.113.5", "4433", AT)
    assert traced(without)["traced_without_port"] == Fact(True, ("persons[1].captures[0]",))
    found = traced(without, with_port)
    assert found["traced"] == Fact(True, ("persons[1].captures[1]",))
    assert found["traced_without_port"] == UNKNOWN


@pytest.mark.parametrize(("said", "answer"), [((True, True), True), ((True, False), False), ((True, None), None)])
def test_only_proxies_where_each_is_thought_to_be_one(said, answer):
    captures = (Capture("IP Address", "203.0.113.5", at=AT, possible_proxy=one) for one in said)
    assert traced(*captures)["only_proxies"].answer is answer


def test_what_a_person_answered_goes_first():
    assert facts({"escalated_by_sender": False}, escalation="soon")["escalated_by_sender"] == Fact(False, ("answered",))


def test_an_answer_can_be_taken_back_to_unknown():
    assert facts({"escalated_by_sender": None}, escalation="soon")["escalated_by_sender"].answer is None


def test_one_proxy_among_others_is_said():
    captures = tuple(Capture("IP Address", "203.0.113.5", at=AT, possible_proxy=one) for one in (False, True))
    assert traced(*captures)["a_proxy"] == Fact(True, ("persons[1].captures[1]",))


@pytest.mark.parametrize(("value", "answer"), [("true", True), ("false", None)])
def test_an_account_that_was_in_other_hands_is_told_from_what_was_not_understood(value, answer):
    left = Leftover("reportedInformation.reportedPeople.reportedPersons[0].compromisedAccount", value)
    assert facts(leftovers=(left,))["account_compromised"].answer is answer


def test_that_somebody_who_may_be_a_child_can_be_found_is_not_counted():
    account, capture = Account(id="u"), Capture("IP Address", "203.0.113.5", "4433", AT)
    both = Person("reported", name="A", account=account, captures=(capture,))
    counted = facts(minors={0}, persons=(both, both))
    alone = facts(minors={0}, persons=(both,))
    for name in ("reported_named", "account_named", "traced"):
        assert counted[name].because[0].startswith("persons[1]")
        assert alone[name] == UNKNOWN
