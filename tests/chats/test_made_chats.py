"""The chats that `examples/chats.py` makes read as they were meant: what is expected is the maker's own record."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kavalan.chats import PASSIVE, Asked, ChatReader, Store, collect, open_exports

SCRIPT = Path(__file__).parents[2] / "examples" / "chats.py"


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """The truth, and the store of each chat by its title."""
    folder = tmp_path_factory.mktemp("district")
    subprocess.run([sys.executable, SCRIPT, "--out", folder, "--seed", "7"], check=True, capture_output=True)
    truth = json.loads((folder / "truth.json").read_text())
    stores = {}
    asked = Asked("FIR 1/2026", "A. Examiner", datetime(2026, 1, 1, tzinfo=UTC))
    with ChatReader() as reader:
        for one in truth:
            with open_exports(folder / one["file"]) as exports:
                stores[one["title"]] = collect(reader, exports[0], folder / "out", asked)
    return truth, stores


def claimed(collected):
    """The intervals that the store says, as the maker would."""
    with Store(collected.folder) as store:
        asked = (
            "SELECT a.name, m.role, m.since, m.until, m.since_by FROM memberships m"
            " JOIN accounts a ON a.id = m.account_id WHERE m.role != 'poster'"
        )
        # The exporter is called "you" in the middle of a line.
        return [("You" if who == "you" else who, *more) for who, *more in store.base.execute(asked)]


def test_everything_in_them_is_understood(district):
    truth, stores = district
    assert len(stores) == len(truth) == 35
    for collected in stores.values():
        assert collected.reading.understood == collected.reading.messages
        assert collected.reading.date_order.order == "dmy"


def test_intervals_that_have_evidence_are_true_and_none_is_missing(district):
    truth, stores = district
    right = wrong = missed = 0
    for one in truth:
        true = Counter((i["who"], i["role"], i["since"], i["until"]) for i in one["intervals"] if i["seen"])
        said = Counter(
            interval[:4] for interval in claimed(stores[one["title"]]) if interval[4] in {"stated", "implied"}
        )
        right += (true & said).total()
        wrong += (said - true).total()
        missed += (true - said).total()
    assert right > 500
    assert right / (right + wrong) >= 0.99
    assert right / (right + missed) >= 0.99


def test_who_was_there_before_the_export_begins_has_no_beginning(district):
    truth, stores = district
    late = [one for one in truth if not all(i["seen"] for i in one["intervals"])]
    assert late
    for one in late:
        unseen = {i["who"] for i in one["intervals"] if not i["seen"] and i["role"] == "member"}
        for who, _, since, _, since_by in claimed(stores[one["title"]]):
            assert who not in unseen or since_by != "seen" or since == ""


def test_one_account_administers_every_group(district):
    _, stores = district
    for collected in stores.values():
        assert ("Asha Boats", "admin") in {interval[:2] for interval in claimed(collected)}


def test_the_large_group_has_its_members_and_seven_foreign_prefixes(district):
    _, stores = district
    with Store(stores["Boats 0"].folder) as store:
        ever = store.base.execute(
            "SELECT count(DISTINCT account_id) FROM memberships WHERE role = 'member' AND since_by = 'stated'"
        ).fetchone()[0]
        prefixes = {code for (code,) in store.base.execute("SELECT DISTINCT number_prefix FROM accounts")}
        passive = store.base.execute("SELECT count(*) FROM memberships WHERE label = ?", (PASSIVE,)).fetchone()[0]
    # The maker's 217, and the exporter.
    assert ever == 218
    assert prefixes - {"", "IN"} == {"GB", "US", "AU", "IE", "FR", "SE", "DE"}
    assert passive > 100


def test_the_seller_is_found_by_how_they_are_paid(district):
    _, stores = district
    with Store(stores["Boats 1"].folder) as store:
        found = set(
            store.base.execute(
                "SELECT a.name, i.value FROM identifiers i JOIN accounts a ON a.id = i.sender_id WHERE i.kind = 'upi'"
            )
        )
    assert found == {("Net Seller", "netseller@okexample")}
