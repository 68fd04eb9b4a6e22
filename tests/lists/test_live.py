import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.lists.invented import bare, digest, entry, face, load
from tests.lists.stress import run

from kavalan.lists import Catalogue, DamagedError, MovedError, Subject, journal
from kavalan.lists.live import LiveList

ROOT = Path(__file__).parents[2]
CHANGE = """
import sys
from pathlib import Path
from kavalan.lists import Catalogue
from tests.lists.invented import bare
act, root = sys.argv[1:]
with Catalogue(Path(root)).edit("known") as editor:
    if act == "add":
        editor.add([bare(7, "sha1")])
    elif act == "withdraw":
        editor.withdraw([bare(7, "sha1")])
    else:
        editor.compact()
"""


def elsewhere(act, root):
    subprocess.run([sys.executable, "-c", CHANGE, act, str(root)], cwd=ROOT, check=True)


def test_what_another_process_changes_is_seen_at_the_next_batch(tmp_path):
    catalogue = Catalogue(tmp_path)
    load(catalogue, [bare(1, "sha1")])
    matcher = catalogue.open(["known"])
    seen = []
    for act in ("add", "compact", "withdraw", "add", "withdraw", "compact"):
        elsewhere(act, tmp_path)
        hits = matcher.match([Subject(id=n, sha1=digest("sha1", n)) for n in (1, 7)]).hits
        seen.append([hit.subject for hit in hits])
    assert seen == [[1, 7], [1, 7], [1], [1, 7], [1], [1]]


def test_two_writers_and_four_readers_at_once_give_no_wrong_answer(tmp_path):
    done = run(tmp_path, 4)
    assert done["write"] > 4
    assert done["read"] > 8


def test_a_reader_takes_over_only_what_is_new(tmp_path):
    catalogue = Catalogue(tmp_path)
    load(catalogue, [entry(1)])
    live = LiveList(tmp_path / "known")
    assert live.refresh() is False
    with catalogue.edit("known") as editor:
        editor.add([entry(2), entry(3)])
    assert live.refresh() is True
    assert (live.state, len(live)) == ("gen-1+2", 3)
    assert live.refresh() is False


def test_added_entries_answer_like_compiled_ones(tmp_path):
    catalogue = Catalogue(tmp_path)
    load(catalogue, [entry(n) for n in range(5)])
    with catalogue.edit("known") as editor:
        for n in range(5, 15):
            editor.add([entry(n)])
    live = LiveList(tmp_path / "known")
    assert list(live.entries(np.array([12, 3, 14]))) == [entry(12), entry(3), entry(14)]
    assert live.with_key("key-12") == [12]
    assert [bytes(value) for value in live.pdq(np.array([12, 3]))] == [entry(12).pdq, entry(3).pdq]
    assert live.records(np.array([12, 3]))["size"].tolist() == [1012, 1003]


def test_an_unfinished_record_of_a_crashed_writer_is_passed_over(tmp_path):
    catalogue = Catalogue(tmp_path)
    load(catalogue, [bare(1, "sha1")])
    with catalogue.edit("known") as editor:
        editor.add([bare(2, "sha1")])
    path = tmp_path / "known" / "journal-1"
    with path.open("ab") as file:
        file.write(journal.encode(journal.Add(bare(9, "sha1")), 2)[:-5])
    live = LiveList(tmp_path / "known")
    assert len(live) == 2
    with catalogue.edit("known") as editor:
        editor.add([bare(3, "sha1")])
    live.refresh()
    assert len(live) == 3


@pytest.mark.parametrize("name", ["journal-1", "CURRENT"])
def test_damage_is_told_and_nothing_is_matched(name, tmp_path):
    catalogue = Catalogue(tmp_path)
    catalogue.create(face())
    with catalogue.edit("known") as editor:
        editor.add([entry(1)])
        editor.add([entry(2)])
    path = tmp_path / "known" / name
    data = bytearray(path.read_bytes())
    data[min(60, 2)] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedError):
        LiveList(tmp_path / "known")


def test_a_pinned_list_keeps_to_its_state_whatever_is_changed(tmp_path):
    catalogue = Catalogue(tmp_path)
    load(catalogue, [bare(1, "sha1")])
    with catalogue.edit("known") as editor:
        editor.add([bare(2, "sha1")])
        editor.add([bare(3, "sha1")])
    matcher = catalogue.open(["known"], states={"known": "gen-1+1"})
    asked = [Subject(id=n, sha1=digest("sha1", n)) for n in (1, 2, 3, 7)]
    assert [hit.subject for hit in matcher.match(asked).hits] == [1, 2]
    elsewhere("add", tmp_path)
    answer = matcher.match(asked)
    assert [(hit.subject, hit.state) for hit in answer.hits] == [(1, "gen-1+1"), (2, "gen-1+1")]


def test_a_state_that_is_no_longer_there_is_refused(tmp_path):
    catalogue = Catalogue(tmp_path)
    load(catalogue, [bare(1, "sha1")])
    for state in ("gen-1+1", "gen-2+0", "nonsense"):
        with pytest.raises(MovedError, match="no longer the state"):
            catalogue.open(["known"], states={"known": state})


def test_a_pinned_list_has_the_name_of_the_content_of_its_state(tmp_path):
    catalogue = Catalogue(tmp_path)
    load(catalogue, [bare(1, "sha1")])
    before = catalogue.status("known").sha256
    elsewhere("add", tmp_path)
    assert LiveList(tmp_path / "known", pinned="gen-1+0").sha256() == before
    assert LiveList(tmp_path / "known", pinned="gen-1+1").sha256() == catalogue.status("known").sha256
