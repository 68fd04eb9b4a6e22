"""`kavalan tips read`: what is shown, and how it ends."""

import json
import subprocess
import sys
import zipfile

import pytest

REFERRAL = {"reportId": 7, "reportedInformation": {"newThing": "kept\u202e"}}


@pytest.fixture
def run(tmp_path):
    def run(*arguments, verb="read"):
        return subprocess.run(
            [sys.executable, "-m", "kavalan", "tips", verb, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )

    return run


def test_what_was_not_understood_stands_beside_what_was(run, tmp_path):
    (tmp_path / "r.json").write_text(json.dumps(REFERRAL))
    done = run("r.json")
    assert done.stdout == (
        "r.json\n  form: cybertipline\n  number: 7\n"
        "  leftovers\n    where: reportedInformation.newThing\n    value: kept\\u202e\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_one_object_a_line(run, tmp_path):
    (tmp_path / "r.json").write_text(json.dumps(REFERRAL))
    told = json.loads(run("r.json", "--json").stdout)
    assert (told["file"], told["number"], told["leftovers"][0]["value"]) == ("r.json", "7", "kept\u202e")


def test_a_preview_stops_and_goes_on_with_the_next_file(run, tmp_path):
    (tmp_path / "c.toml").write_text('zone = "UTC"\n[meaning]\nNo = "number"\n')
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("No\n" + "".join(f"{number}\n" for number in range(5000)))
    done = run("a.csv", "b.csv", "--columns", "c.toml", "--most", "2", "--json")
    assert [json.loads(line)["number"] for line in done.stdout.splitlines()] == ["0", "1", "0", "1"]
    assert (done.returncode, done.stderr) == (0, "")


def test_a_row_that_cannot_be_read_ends_with_1(run, tmp_path):
    (tmp_path / "c.toml").write_text('zone = "UTC"\n[meaning]\nNo = "number"\n')
    (tmp_path / "a.csv").write_text("No\n1,2\n")
    assert run("a.csv", "--columns", "c.toml").returncode == 1


@pytest.mark.parametrize(
    ("name", "data", "more", "why"),
    [
        ("r.json", "{", (), "r.json: TipError: it is no JSON"),
        ("r.bin", "", (), "its name does not tell its form"),
        ("r.csv", "No\n", (), "--columns FILE"),
        ("r.csv", "No\n", ("--columns", "c.toml"), "c.toml"),
        ("r.json", "{}", ("--form", "fax"), "no such form"),
    ],
)
def test_what_cannot_be_read_is_told_and_ends_with_2(run, tmp_path, name, data, more, why):
    (tmp_path / name).write_text(data)
    (tmp_path / "c.toml").write_text('zone = "Kerala"\n[meaning]\nNo = "number"\n')
    done = run(name, *more)
    assert done.returncode == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_told(run):
    done = run("none.json")
    assert (done.returncode, "none.json" in done.stderr) == (2, True)


def test_the_first_look_shows_each_line_and_what_it_rests_on(run, tmp_path):
    said = {"incidentType": "Child Sex Tourism", "escalateToHighPriority": "soon"}
    referral = {"reportId": 7, "reportedInformation": {"incidentSummary": said}}
    (tmp_path / "r.json").write_text(json.dumps(referral))
    told = run("r.json", verb="look").stdout.splitlines()
    assert told[:4] == [
        "r.json: 7",
        "  urgent: the sender asks for haste (yes, escalation)",
        "  risk 40, 3 of 5 unknown",
        "      +0  a child is approached: no, incident",
    ]
    assert "     +40  the incident names an offence in person: yes, incident" in told


def test_of_a_bundle_the_referrals_and_what_belongs_to_none(run, tmp_path):
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("7/r.json", json.dumps(REFERRAL))
        archive.writestr("7/note", "n")
    told = run("b.zip", "--json")
    referral, stray = map(json.loads, told.stdout.splitlines())
    assert (referral["file"], referral["number"]) == ("b.zip » 7/r.json", "7")
    assert (stray["file"], stray["use"], stray["size"]) == ("b.zip » 7/note", "stray", 1)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_folder_is_read_file_by_file_and_a_bad_one_costs_itself(run, tmp_path):
    for name, data in {
        "in/a/1.json": json.dumps(REFERRAL),
        "in/b.json": "{",
        "in/c.eml": "From: a@example.org\n\nx",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(data)
    done = run("in", "--json")
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == ["in/a/1.json", "in/c.eml"]
    assert (done.returncode, "in/b.json" in done.stderr) == (2, True)
