from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.lists.invented import NOW, Clock, Given, agreement, bare, digest, entry, face, load, pdq

from kavalan.lists import (
    BusyError,
    Catalogue,
    DamagedError,
    Kind,
    LapsedError,
    ListError,
    NotAgreedError,
    Subject,
    UnknownListError,
    VotesMissingError,
    WrongFormatError,
    disk,
)
from kavalan.lists.readers import NsrlReader, VicsReader


@pytest.fixture
def catalogue(tmp_path):
    return Catalogue(tmp_path / "lists", Clock())


def hits(matcher, number):
    return matcher.match([Subject(id=1, sha1=digest("sha1", number))]).hits


def test_a_list_of_a_file_is_there_with_its_face_and_its_figures(catalogue):
    report = load(catalogue, [entry(1), entry(2)], face(agreement=agreement()))
    status = catalogue.status("known")
    assert catalogue.names() == ["known"]
    assert (report.entries, status.entries, status.state) == (2, 2, "gen-1+0")
    assert status.info == face(agreement=agreement())
    assert status.manifest.source.format == "given"
    assert len(status.manifest.source.sha256) == 64


def test_a_new_delivery_replaces_the_old_one_and_an_open_matcher_follows(catalogue):
    load(catalogue, [entry(1)])
    matcher = catalogue.open(["known"])
    assert hits(matcher, 1)[0].version == "2026-11"
    load(catalogue, [entry(2)], replace(face(), version="2026-12"))
    assert hits(matcher, 1) == ()
    assert (hits(matcher, 2)[0].version, hits(matcher, 2)[0].state) == ("2026-12", "gen-2+0")


def test_a_file_that_breaks_off_changes_nothing(catalogue):
    load(catalogue, [entry(1)])

    def broken():
        yield entry(2)
        raise WrongFormatError("file", "broken")

    with pytest.raises(WrongFormatError):
        load(catalogue, broken())
    assert catalogue.status("known").state == "gen-1+0"
    assert hits(catalogue.open(["known"]), 1)
    assert sorted(path.name for path in (catalogue._root / "known").iterdir()) == [
        "CURRENT",
        "gen-1",
        "journal-1",
        "lock",
    ]


def test_what_a_file_takes_back_is_not_in_the_list_nor_on_the_disk(catalogue):
    gone = entry(2, key="x", withdrawn=True, updated=NOW)
    load(catalogue, [entry(1), entry(2, key="x"), gone, entry(3, key="x", updated=NOW + timedelta(days=1))])
    matcher = catalogue.open(["known"])
    assert [bool(hits(matcher, n)) for n in (1, 2, 3)] == [True, False, True]
    assert not _stored(catalogue, digest("sha1", 2))
    assert catalogue.status("known").manifest.source.withdrawn == 1


def test_a_withdrawal_stands_wherever_it_stands_in_the_file(catalogue):
    load(catalogue, [entry(2, withdrawn=True), entry(2), bare(5, "pdq"), bare(5, "pdq", withdrawn=True)])
    assert catalogue.status("known").entries == 0


def _stored(catalogue, value):
    files = [path for path in catalogue._root.rglob("*") if path.is_file()]
    return [path for path in files if value in path.read_bytes()]


def test_withdrawn_bytes_leave_the_disk_at_the_next_compaction(catalogue):
    load(catalogue, [entry(n) for n in range(20)])
    values = [digest("md5", 7), digest("sha1", 7), digest("sha256", 7), pdq(7), b"key-7", bytes([7]) * 144]
    assert all(_stored(catalogue, value) for value in values)
    with catalogue.edit("known") as editor:
        assert editor.withdraw([entry(7)]) == 1
        editor.add([entry(99)])
        editor.withdraw([entry(99)])
        editor.compact()
    for value in [*values, digest("sha1", 99), pdq(99)]:
        assert not _stored(catalogue, value)
    assert catalogue.status("known").entries == 19


def test_indexes_hold_no_words_of_a_withdrawn_digest_either(catalogue):
    load(catalogue, [entry(n) for n in range(20)])
    words = [digest("sha1", 7)[n : n + 8] for n in (0, 4, 8, 12)] + [pdq(7)[n : n + 8] for n in range(0, 32, 8)]
    with catalogue.edit("known") as editor:
        editor.withdraw([entry(7)])
        editor.compact()
    assert not any(_stored(catalogue, word) or _stored(catalogue, word[::-1]) for word in words)


def test_a_lapsed_agreement_refuses_with_its_reference_and_date(tmp_path):
    clock = Clock()
    catalogue = Catalogue(tmp_path, clock)
    load(catalogue, [entry(1)], face(agreement=agreement(until=NOW + timedelta(hours=1))))
    matcher = catalogue.open(["known"])
    assert hits(matcher, 1)
    clock.advance(hours=1)
    with pytest.raises(LapsedError, match=r"MoU 12/2026 ended on 2026-11-21 11:00 UTC"):
        hits(matcher, 1)
    with pytest.raises(LapsedError):
        catalogue.open(["known"])


def test_a_renewed_agreement_matches_again_at_once(tmp_path):
    clock = Clock()
    catalogue = Catalogue(tmp_path, clock)
    load(catalogue, [entry(1)], face(agreement=agreement(until=NOW + timedelta(hours=1))))
    matcher = catalogue.open(["known"])
    clock.advance(hours=2)
    with catalogue.edit("known") as editor:
        editor.change_info(face(agreement=agreement(until=NOW + timedelta(days=1))))
    assert hits(matcher, 1)


def test_an_agreement_that_names_units_refuses_others(catalogue):
    load(catalogue, [entry(1)], face(agreement=agreement(units=("unit-a", "unit-b"))))
    assert hits(catalogue.open(["known"], "unit-b"), 1)
    for unit in ("unit-c", None):
        with pytest.raises(NotAgreedError, match="does not name"):
            catalogue.open(["known"], unit)


def test_a_list_of_two_votes_takes_additions_only_with_two_people(catalogue):
    catalogue.create(face(two_votes=True))
    with catalogue.edit("known") as editor:
        for votes in ((), ("a",), ("a", "a")):
            with pytest.raises(VotesMissingError):
                editor.add([entry(1)], votes)
        editor.add([entry(1)], ("a", "b"))
        assert editor.withdraw([entry(1)]) == 1
    with pytest.raises(VotesMissingError):
        load(catalogue, [entry(1)], face(two_votes=True))


@pytest.mark.parametrize(("reader", "kind"), [(NsrlReader(), Kind.POSITIVE), (VicsReader(), Kind.KNOWN_GOOD)])
def test_known_good_lists_and_victims_lists_are_never_mixed_up(reader, kind, catalogue, tmp_path):
    with pytest.raises(ListError, match="list is ever made of the format"):
        catalogue.load(face(kind=kind), reader, tmp_path / "none")


def test_an_unknown_list_is_named(catalogue):
    for act in (catalogue.status, catalogue.verify, catalogue.remove, lambda name: catalogue.open([name])):
        with pytest.raises(UnknownListError, match="absent"):
            act("absent")


@pytest.mark.parametrize("name", ["../x", "", "A", "a/b", ".hidden", "x" * 65])
def test_a_name_that_could_leave_the_directory_is_refused(name, catalogue):
    with pytest.raises(ListError):
        catalogue.status(name)
    with pytest.raises(ListError):
        face(name)


def test_a_list_is_created_once(catalogue):
    catalogue.create(face())
    with pytest.raises(ListError, match="already"):
        catalogue.create(face())


def test_a_removed_list_leaves_nothing(catalogue):
    load(catalogue, [entry(1)])
    matcher = catalogue.open(["known"])
    catalogue.remove("known")
    assert catalogue.names() == []
    assert not (catalogue._root / "known").exists()
    with pytest.raises(UnknownListError):
        hits(matcher, 1)


def test_a_second_writer_waits_and_is_told_when_it_takes_too_long(catalogue):
    load(catalogue, [entry(1)])
    with catalogue.edit("known"), pytest.raises(BusyError, match="known"), catalogue.edit("known", wait=0.05):
        pass


def test_what_is_withdrawn_during_a_long_import_stays_withdrawn(catalogue):
    load(catalogue, [entry(1), entry(2)])

    def slow():
        yield entry(1)
        with catalogue.edit("known") as editor:
            editor.withdraw([entry(1)])
            editor.add([entry(9)])
        yield entry(2)

    load(catalogue, slow())
    matcher = catalogue.open(["known"])
    assert [bool(hits(matcher, n)) for n in (1, 2, 9)] == [False, True, True]


def test_an_import_over_a_list_that_was_compacted_meanwhile_is_refused(catalogue):
    load(catalogue, [entry(1)])

    def slow():
        with catalogue.edit("known") as editor:
            editor.compact()
        yield entry(2)

    with pytest.raises(BusyError, match="again"):
        load(catalogue, slow())
    assert hits(catalogue.open(["known"]), 1)


def test_verify_reads_what_was_written(catalogue):
    load(catalogue, [entry(n) for n in range(9)])
    told = []
    catalogue.verify("known", lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    path = catalogue._root / "known" / "gen-1" / "sha1.values"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(DamagedError):
        catalogue.verify("known")


class Crash(BaseException):
    """The program stops here."""


@pytest.mark.parametrize("act", ["load", "compact", "create"])
def test_a_crash_at_any_step_leaves_the_old_list_or_the_new_one(act, tmp_path, monkeypatch):
    steps = 0
    limit = 0

    def counted(real):
        def step(*args):
            nonlocal steps
            steps += 1
            if steps > limit:
                raise Crash
            return real(*args)

        return step

    real = {name: getattr(disk, name) for name in ("sync_file", "sync_directory", "rename", "write_atomic", "remove")}
    done = False
    while not done:
        limit += 1
        root = tmp_path / str(limit)
        catalogue = Catalogue(root, Clock())
        if act != "create":
            load(catalogue, [bare(1, "sha1"), bare(2, "sha1")])
            with catalogue.edit("known") as editor:
                editor.withdraw([bare(2, "sha1")])
                editor.add([bare(3, "sha1")])
        steps = 0
        for name, function in real.items():
            monkeypatch.setattr(disk, name, counted(function))
        try:
            _act(catalogue, act)
            done = True
        except Crash:
            pass
        monkeypatch.undo()
        _check_after_crash(root, act)
    assert limit > 10


def _act(catalogue, act):
    if act == "load":
        load(catalogue, [bare(4, "sha1")])
    elif act == "create":
        catalogue.create(face())
    else:
        with catalogue.edit("known") as editor:
            editor.compact()


def _check_after_crash(root, act):
    catalogue = Catalogue(root, Clock())
    old = {"load": [True, False, True, False], "compact": [True, False, True, False], "create": None}[act]
    new = {"load": [False, False, False, True], "compact": [True, False, True, False], "create": [False] * 4}[act]
    if catalogue.names():
        matcher = catalogue.open(["known"])
        assert [bool(hits(matcher, n)) for n in (1, 2, 3, 4)] in [old, new]
        catalogue.verify("known")
        with catalogue.edit("known") as editor:
            editor.compact()
    else:
        assert old is None
        catalogue.create(face())
    with catalogue.edit("known") as editor:
        editor.add([bare(5, "sha1")])
    assert hits(catalogue.open(["known"]), 5)
    left = {path.name.split("-")[0] for path in (root / "known").iterdir()}
    assert left == {"CURRENT", "gen", "journal", "lock"}


def test_the_name_of_the_generation_cut_at_every_byte_is_itself_or_told(catalogue, tmp_path):
    for number in range(10):
        load(catalogue, [entry(number)], replace(face(), version=str(number)))
    path = tmp_path / "lists" / "known" / "CURRENT"
    whole = path.read_bytes()
    assert whole == b"gen-10\n"
    for cut in range(len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.raises(DamagedError, match="restore the list"):
            catalogue.status("known")
    path.write_bytes(whole[:-1])
    assert catalogue.status("known").state == "gen-10+0"


def test_progress_of_an_import_is_told(catalogue):
    told = []
    catalogue.load(face(), Given([entry(1)]), Path(__file__), progress=lambda *at: told.append(at))
    assert told[-1][0] == told[-1][1] > 0


def test_a_copy_answers_as_the_list_does_and_is_the_same_content(catalogue, tmp_path):
    load(catalogue, [entry(1), entry(2)])
    with catalogue.edit("known") as editor:
        editor.withdraw([entry(1)])
    copied = catalogue.copy("known", tmp_path / "stick")
    matcher = Catalogue(tmp_path / "stick", Clock()).open(["known"])
    assert (hits(matcher, 1), len(hits(matcher, 2))) == ((), 1)
    assert copied.sha256 == catalogue.status("known").sha256


def test_a_copy_never_takes_the_place_of_another_list(catalogue, tmp_path):
    load(catalogue, [entry(1)])
    catalogue.copy("known", tmp_path / "stick")
    with pytest.raises(ListError, match="already"):
        catalogue.copy("known", tmp_path / "stick")


def test_a_list_whose_agreement_has_ended_is_not_copied(tmp_path):
    clock = Clock()
    catalogue = Catalogue(tmp_path / "lists", clock)
    load(catalogue, [entry(1)], face(agreement=agreement(until=NOW + timedelta(days=1))))
    clock.now = NOW + timedelta(days=2)
    with pytest.raises(LapsedError):
        catalogue.copy("known", tmp_path / "stick")


def test_content_is_named_alike_in_two_workspaces_and_otherwise_after_a_change(catalogue, tmp_path):
    other = Catalogue(tmp_path / "elsewhere", Clock())
    for one in (catalogue, other):
        load(one, [entry(1), entry(2)])
    before = catalogue.status("known").sha256
    assert other.status("known").sha256 == before
    with catalogue.edit("known") as editor:
        editor.withdraw([entry(1)])
    assert catalogue.status("known").sha256 != before


def test_a_list_that_is_held_still_is_named_file_by_file_and_changed_by_nobody(catalogue):
    catalogue.create(face("ours"))
    with catalogue.still("ours") as paths:
        assert {"CURRENT", "journal-1"} < {path.name for path in paths}
        assert all(path.is_file() for path in paths)
        with pytest.raises(BusyError), catalogue.edit("ours", wait=0):
            pytest.fail("it was changed")
