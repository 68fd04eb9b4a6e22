"""Files of law that do not hold together are refused, by name and with the reason."""

import pytest

from kavalan.law import MalformedLawError, load_law

STATED = 'text = "t"\ncertainty = "V"\nsource = "s"\nreviewed = false\n'
ACT = f"""\
[act]
id = "new"
title = "New Act"
since = 2024-07-01
[act.stated]
{STATED}"""
OLD = ACT.replace('"new"', '"old"').replace("since = 2024-07-01", "until = 2024-06-30")
CODES = f"""\
[[code]]
id = "procedure"
acts = ["old", "new"]
[code.decided_by]
{STATED}"""
RANKS = f"""\
ladder = "some-police"
[[rank]]
id = "si"
title = "Sub-Inspector"
short = "SI"
order = 2
[rank.stated]
{STATED}[[rank]]
id = "asi"
title = "Assistant Sub-Inspector"
short = "ASI"
order = 1
[rank.stated]
{STATED}"""


def section(*periods):
    text = '[[section]]\nnumber = "1"\ntitle = "t"\n'
    return text + "".join(f"[[section.version]]\n{period}\n[section.version.demands]\n{STATED}" for period in periods)


def clock(period="since = 2024-07-01", length='{ unit = "hours", number = 24, journey = "counted" }', name="a-clock"):
    tables = "".join(f"[clock.{table}]\n{STATED}" for table in ("length_stated", "actor", "demands"))
    trigger = f'[clock.trigger]\nevent = "some.event"\n[clock.trigger.stated]\n{STATED}'
    head = f'[[clock]]\nid = "{name}"\nprovision = "p"\nnature = "duty"\nruns_for = ["police"]\n'
    return f"{head}{period}\nlength = {length}\n{tables}{trigger}"


def investigator(period="since = 2024-07-01", ladder="some-police", least="si"):
    head = f'[[investigator]]\nprovision = "p"\nladder = "{ladder}"\nleast = "{least}"\nbinds = ["police"]\n'
    return f"{head}{period}\n[investigator.demands]\n{STATED}"


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "codes.toml": CODES,
        "acts/new.toml": ACT,
        "acts/old.toml": OLD,
        "ranks/some.toml": RANKS,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def change(folder, name, text):
    (folder / name).write_text(text)
    return folder


def test_sound_files_are_read(folder):
    law = load_law(change(folder, "acts/new.toml", ACT + section("since = 2024-07-01") + clock()))
    assert set(law.acts) == {"new", "old"}
    assert set(law.sections) == {("new", "1")}
    assert set(law.clocks) == {"a-clock"}
    assert [rank.id for rank in law.ladders["some-police"]] == ["asi", "si"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ACT.replace('"V"', '"X"'), r"Invalid enum value 'X'"),
        (ACT.replace('certainty = "V"\n', ""), "missing required field `certainty`"),
        (ACT.replace("reviewed = false\n", ""), "missing required field `reviewed`"),
        (ACT.replace('source = "s"', 'source = ""'), "length >= 1"),
        (ACT + "nonsense = 1\n", "unknown field `nonsense`"),
        (ACT.replace("2024-07-01", '"July"'), "Invalid|Expected"),
        (ACT + "[[", "Expected|Invalid|Unclosed"),
        (ACT.replace('"new"', '"old"'), "old is there already"),
        (ACT + investigator("since = 2024-06-30"), "investigator begins before its act"),
        (ACT + investigator(least="dsp"), "some-police has no rank dsp"),
        (ACT + investigator(ladder="other"), "other has no rank si"),
        (ACT + section("since = 2024-06-30"), "section 1 begins before its act"),
        (ACT + section(""), "section 1 begins before its act"),
        (ACT + section("since = 2025-01-02\nuntil = 2025-01-01"), "ends on 2025-01-01, before it begins"),
        (
            ACT + section("since = 2025-01-01\nuntil = 2025-02-01", "since = 2025-02-01"),
            "overlap: one version ends on 2025-02-01, the next begins on 2025-02-01",
        ),
        (
            ACT + section("since = 2025-01-01\nuntil = 2025-02-01", "since = 2025-02-03"),
            "gap: one version ends on 2025-02-01, the next begins on 2025-02-03",
        ),
        (ACT + section("since = 2024-07-01") * 2, "is there already"),
        (ACT + clock() + clock(), "only the last version may be without an end"),
        (ACT + clock() + clock(name="other") + clock(), "a-clock is there already"),
        (ACT + clock(length='{ unit = "hours", number = 0, journey = "counted" }'), ">= 1"),
        (ACT + clock(length='{ unit = "hours", number = 24 }'), "missing required field `journey`"),
        (ACT + clock(length='{ unit = "days", number = 3, count = "working" }'), "Invalid enum value 'working'"),
        (ACT + clock(length='{ unit = "fortnights", number = 1 }'), "Invalid value 'fortnights'"),
        (ACT + clock().replace("some.event", "Some Event"), "regex"),
        (ACT + clock().replace('["police"]', "[]"), "length >= 1"),
        (ACT + clock().replace('["police"]', '["army"]'), "Invalid enum value 'army'"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(folder, text, why):
    with pytest.raises(MalformedLawError, match=why) as refused:
        load_law(change(folder, "acts/new.toml", text))
    assert ".toml: " in str(refused.value)


def test_a_section_that_outlives_its_act_is_refused(folder):
    with pytest.raises(MalformedLawError, match=r"old\.toml: section 1 ends after its act"):
        load_law(change(folder, "acts/old.toml", OLD + section("since = 2020-01-01")))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (CODES.replace('"new"', '"newer"'), "no file for the act newer"),
        (CODES.replace('"old", "new"', '"new", "old"'), "only the last version"),
        (CODES * 2, "procedure is there already"),
        (CODES.replace('["old", "new"]', "[]"), "length >= 1"),
    ],
)
def test_a_code_whose_acts_do_not_follow_one_another_is_refused(folder, text, why):
    with pytest.raises(MalformedLawError, match=why):
        load_law(change(folder, "codes.toml", text))


def test_a_gap_between_the_acts_of_a_code_is_refused(folder):
    with pytest.raises(MalformedLawError, match="procedure: gap"):
        load_law(change(folder, "acts/old.toml", OLD.replace("2024-06-30", "2024-06-29")))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (RANKS.replace('"asi"', '"si"'), "si is there already"),
        (RANKS.replace("order = 1", "order = 1\nsince = 2020-01-02\nuntil = 2020-01-01"), "asi: ends on 2020-01-01"),
    ],
)
def test_a_ladder_with_a_fault_is_refused(folder, text, why):
    with pytest.raises(MalformedLawError, match=why):
        load_law(change(folder, "ranks/some.toml", text))


def test_two_files_of_one_ladder_are_refused(folder):
    with pytest.raises(MalformedLawError, match="some-police is there already"):
        load_law(change(folder, "ranks/two.toml", RANKS))


def test_missing_codes_are_named(folder):
    (folder / "codes.toml").unlink()
    with pytest.raises(MalformedLawError, match=r"codes\.toml: "):
        load_law(folder)
