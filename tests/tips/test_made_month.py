"""The month that `examples/tips.py` makes reads as it was meant: what is expected is the maker's own record of it."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kavalan.tips import TipReader, open_bundle, read_columns

SCRIPT = Path(__file__).parents[2] / "examples" / "tips.py"
ENDINGS = {".json": "cybertipline", ".csv": "table", ".eml": "mail", ".pdf": "print"}


def made(folder, *more):
    subprocess.run([sys.executable, SCRIPT, "--out", folder, *more], check=True, capture_output=True)
    return json.loads((folder / "record.json").read_text())


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """The folder, the record, and of each file what was read: tips with how many files came, and why not all was."""
    folder = tmp_path_factory.mktemp("month")
    record = made(folder, "--tips", "80", "--seed", "7")
    columns = read_columns(folder / "columns.toml")
    found = {}
    with TipReader() as reader:
        for path in sorted((folder / "tips").rglob("*.*")):
            found[str(path.relative_to(folder / "tips"))] = _read(reader, path, columns)
    return folder, record, found


def _read(reader, path, columns):
    with path.open("rb") as file:
        if path.suffix == ".zip":
            with open_bundle(file.fileno(), reader) as bundle:
                tips = [(one.tip, sum(map(bool, one.came))) for one in bundle.referrals]
                return tips, [
                    *(reason for _, reason in bundle.reasons),
                    *(one.fault for one in bundle.members if one.fault),
                ]
        form = ENDINGS[path.suffix]
        tips = [(tip, 0) for tip in reader.read(file, form, columns if form == "table" else None)]
        return tips, [reader.failure.detail] if reader.failure else []


def test_every_tip_is_read_with_its_number_sender_and_time(month):
    _, record, found = month
    put = Counter((one["where"], one["number"], one["sender"], one["received"]) for one in record["tips"])
    read = Counter(
        (where, tip.number, tip.sender, tip.received.utc.isoformat())
        for where, (tips, _) in found.items()
        if not where.startswith("malformed")
        for tip, _ in tips
    )
    assert read == put


def test_accounts_and_pictures_are_those_that_were_put_in(month):
    _, record, found = month
    for one in record["tips"]:
        tip = next(
            tip
            for tip, _ in found[one["where"]][0]
            if tip.number == one["number"] and tip.received.utc.isoformat() == one["received"]
        )
        if one["form"] != "mail":
            accounts = [person.account.id for person in tip.persons if person.role == "reported"]
            assert accounts == ([one["account"]] if one["account"] else [])
        assert [file.md5 for file in tip.files] == one["pictures"]


def test_files_that_came_are_found(month):
    _, record, found = month
    put = Counter((one["where"], one["number"], one["came"]) for one in record["tips"] if one["form"] == "bundle")
    read = Counter(
        (where, tip.number, came)
        for where, (tips, _) in found.items()
        if where.startswith("bundles")
        for tip, came in tips
    )
    assert read == put


def test_everything_malformed_says_that_it_is(month):
    _, record, found = month
    for name in record["malformed"]:
        tips, why = found[f"malformed/{name}"]
        assert why or name in {"no referral.zip", "cut.eml"} or any(tip.unread or tip.leftovers for tip, _ in tips), (
            name
        )


def test_a_quarter_is_of_one_sender_who_names_nobody(month):
    _, record, _ = month
    worthless = [one for one in record["tips"] if one["sort"] == "worthless"]
    assert {(one["sender"], one["account"]) for one in worthless} == {("Example Memes", "")}
    assert len(worthless) > len(record["tips"]) // 8


def test_the_same_seed_makes_the_same_month(month, tmp_path):
    folder, _, _ = month
    made(tmp_path, "--tips", "80", "--seed", "7")
    files = [path.relative_to(folder) for path in folder.rglob("*.*")]
    assert all((folder / path).read_bytes() == (tmp_path / path).read_bytes() for path in files)
