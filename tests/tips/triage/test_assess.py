"""Counting: every line shown, three scores apart, floors whatever the scores are."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.tips.triage import FACTS, Fact, assess, packaged_rules, read_rules

RULES = packaged_rules()
ANSWERS = st.dictionaries(st.sampled_from(FACTS), st.builds(Fact, st.none() | st.booleans()))


def weights(scale, facts):
    """By hand, from the file itself."""
    data = tomllib.loads((files("kavalan.tips.triage") / "data" / "rules.toml").read_text("utf-8"))
    lines = (line for line in data["line"] if line["scale"] == scale)
    return sum(line["weight"] for line in lines if facts.get(line["fact"], Fact()).answer)


@given(ANSWERS)
def test_a_score_is_the_sum_of_the_lines_that_are_answered_yes(facts):
    assessment = assess(facts, RULES)
    for scale in ("risk", "workability", "viewing"):
        score = getattr(assessment, scale)
        assert score.points == weights(scale, facts) == sum(line.points for line in score.lines)


@given(ANSWERS)
def test_every_line_is_shown_with_its_answer(facts):
    assessment = assess(facts, RULES)
    shown = [
        line.line for score in (assessment.risk, assessment.workability, assessment.viewing) for line in score.lines
    ]
    assert sorted(line.words for line in shown) == sorted(line.words for line in RULES.line)


@given(ANSWERS)
def test_an_answer_of_no_counts_as_little_as_an_unknown_one(facts):
    without = {name: fact for name, fact in facts.items() if fact.answer}
    assert assess(facts, RULES).risk.points == assess(without, RULES).risk.points


@pytest.mark.parametrize("floor", [floor.fact for floor in RULES.floor])
def test_each_floor_raises_by_itself_however_low_the_scores_are(floor):
    facts = {"only_proxies": Fact(True), "files_known": Fact(True), floor: Fact(True, ("x",))}
    (raised,) = assess(facts, RULES).urgent
    assert (raised.floor.fact, raised.fact.because) == (floor, ("x",))


@given(ANSWERS, st.none() | st.booleans(), st.none() | st.booleans())
def test_what_is_known_already_changes_nothing_but_viewing(facts, known, viral):
    before = assess(facts, RULES)
    after = assess(facts | {"files_known": Fact(known), "files_viral": Fact(viral)}, RULES)
    assert (before.risk, before.workability, before.urgent) == (after.risk, after.workability, after.urgent)


def test_how_much_is_unknown_is_said():
    assert assess({}, RULES).risk.unknown == len(assess({}, RULES).risk.lines)
    assert assess({"enticement": Fact(False)}, RULES).risk.unknown == len(assess({}, RULES).risk.lines) - 1


def changed(old, new):
    text = (files("kavalan.tips.triage") / "data" / "rules.toml").read_text("utf-8")
    assert old in text
    return text.replace(old, new).encode()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('fact = "enticement"', 'fact = "age"', "Invalid enum value"),
        ('fact = "enticement"', 'fact = "files_known"', "may count for viewing only"),
        ('fact = "solicitation"', 'fact = "enticement"', "counts twice"),
        ("weight = 40", "weight = 400", "<= 100"),
        ("reviewed = false", "reviewed = false\nextra = 1", "unknown field"),
    ],
)
def test_rules_that_do_not_hold_together_are_refused(old, new, why):
    with pytest.raises(ValueError, match=why):
        read_rules(changed(old, new))
