"""What `examples/chats.py` makes in every form reads as it was meant: what is expected is the maker's own record."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kavalan.chats import PASSIVE, Store

EXAMPLES = Path(__file__).parents[2] / "examples"
FORMS = {
    "whatsapp-text": "whatsapp-text",
    "whatsapp-text with files": "whatsapp-zip",
    "whatsapp-android": "whatsapp-android",
    "whatsapp-android (old)": "whatsapp-android-old",
    "whatsapp-ios": "whatsapp-ios",
    "telegram-json": "telegram-json",
    "telegram-html": "telegram-html",
    "telegram-dump": "telegram-dump",
    "telegram-android": "telegram-android",
    "discord-json": "discord",
    "meta-json Facebook": "facebook",
    "meta-json Instagram": "instagram",
    "ufdr": "ufdr",
    "leapp-tsv": "leapp",
    "email": "mail",
    "table of calls": "tables",
    "table of a bank": "tables",
}
"""What is weighed, and the maker's name for it."""


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """The folder, with the sources and a store of each."""
    folder = tmp_path_factory.mktemp("made") / "district"
    run("chats.py", "--out", folder, "--seed", "7", "--forms", *dict.fromkeys(FORMS.values()))
    return folder


@pytest.fixture(scope="module")
def weighed(district):
    """What came back of each form."""
    told = json.loads(run("weigh_chats.py", district, "--json"))
    return {one["form"]: one for one in told}


@pytest.fixture(params=sorted(FORMS))
def form(request, weighed):
    return weighed[request.param]


def run(script, *arguments):
    return subprocess.run(
        [sys.executable, EXAMPLES / script, *arguments], check=True, capture_output=True, encoding="utf-8"
    ).stdout


def store_of(district, title):
    """Of the text of this chat."""
    truth = json.loads((district / "truth.json").read_text())
    (source,) = [one for one in truth["sources"] if one["given"].endswith(".txt") and title in one["sees"]]
    digest = hashlib.sha256((district / source["given"]).read_bytes()).hexdigest()
    return district / "stores" / digest[:16]


def test_every_message_is_there(form):
    true, read = form["messages"]
    assert read == true


def test_words_are_told_with_who_wrote_them_and_when(form):
    true, told = form["said"]
    assert told == true


def test_words_that_answer_others_are_told_with_these(form):
    true, told = form["answers"]
    assert told == true


def test_claims_about_who_was_there_are_true(form):
    wrong = form["wrong"]
    assert form["right"] >= 0.99 * (form["right"] + len(wrong)), wrong[:5]
    assert form["right"] > 0 or not form["true"]


def test_no_interval_that_the_source_states_is_missing(form):
    assert form["dated"] >= 0.99 * form["evident"]


def test_who_is_there_in_the_end_is_told_where_the_source_has_a_list(form):
    true, told = form["listed"]
    assert told == true


def test_what_was_passed_on_is_told_where_the_source_says_so(form):
    for true, told in (form["passed_on"], form["forwarders"]):
        assert told == true


def test_files_are_told_by_the_digests_that_the_source_has_or_states(form):
    true, told = form["files"]
    assert told == true


def test_one_account_administers_every_group(district, weighed):
    titles = json.loads((district / "truth.json").read_text())["groups"]
    assert len(titles) == 35
    for title in titles:
        with Store(store_of(district, title)) as store:
            administer = store.base.execute(
                "SELECT a.name FROM memberships m JOIN accounts a ON a.id = m.account_id WHERE m.role = 'admin'"
            ).fetchall()
        assert ("Asha Boats",) in administer


def test_the_large_group_has_its_members_and_seven_foreign_prefixes(district, weighed):
    with Store(store_of(district, "Boats 0")) as store:
        ever = store.base.execute(
            "SELECT count(DISTINCT account_id) FROM memberships WHERE role = 'member' AND since_by = 'stated'"
        ).fetchone()[0]
        prefixes = {code for (code,) in store.base.execute("SELECT DISTINCT number_prefix FROM accounts")}
        passive = store.base.execute("SELECT count(*) FROM memberships WHERE label = ?", (PASSIVE,)).fetchone()[0]
    # The maker's 217, and whose telephone it is.
    assert ever == 218
    assert prefixes - {"", "IN"} == {"GB", "US", "AU", "IE", "FR", "SE", "DE"}
    assert passive > 100


def test_what_a_channel_says_of_its_size_stands_beside_the_members_that_are_known(district, weighed):
    (source,) = (district / "telegram").iterdir()
    with Store(district / "stores" / hashlib.sha256(source.read_bytes()).hexdigest()[:16]) as store:
        known, stated, by = store.base.execute(
            "SELECT known_members, stated_members, stated_by FROM conversations WHERE title = 'Harbour notices'"
        ).fetchone()
    assert (known, stated) == (0, 38_000)
    assert by


def test_the_seller_is_found_by_how_they_are_paid(district, weighed):
    with Store(store_of(district, "Boats 1")) as store:
        found = set(
            store.base.execute(
                "SELECT a.name, i.value FROM identifiers i JOIN accounts a ON a.id = i.sender_id WHERE i.kind = 'upi'"
            )
        )
    assert ("Net Seller", "netseller@okexample") in found
