import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lists.invented import Clock, agreement, bare, digest, entry, face, flipped, load, pdq

from kavalan.lists import Catalogue, Category, Flag, Kind, Limits, Method, Subject


@pytest.fixture
def catalogue(tmp_path):
    return Catalogue(tmp_path / "lists", Clock())


def subject(number, *kinds, **more):
    prints = {kind: pdq(number) if kind == "pdq" else digest(kind, number) for kind in kinds}
    return Subject(**{"id": number, **prints, **more})


def test_a_hit_says_all_that_is_known_of_it(catalogue):
    load(catalogue, [entry(1)], face(agreement=agreement()))
    (hit,) = catalogue.open(["known"]).match([subject(1, "sha1", "pdq", id=77, quality=80)]).hits
    assert (hit.subject, hit.list, hit.owner, hit.version, hit.state) == (
        77,
        "known",
        "Test Owner",
        "2026-11",
        "gen-1+0",
    )
    assert (hit.kind, hit.agreement, hit.key, hit.position) == (Kind.POSITIVE, "MoU 12/2026", "key-1", 1)
    assert (hit.categories, hit.flags) == ((Category("test/1", "1"),), Flag.DISTRIBUTED)
    assert (hit.subject_quality, hit.entry_quality) == (80, 90)


@pytest.mark.parametrize(
    ("asked", "method", "identical"),
    [
        (subject(1, "md5", "sha1", "sha256", "pdq"), Method.SHA256, True),
        (subject(1, "md5", "sha1", "pdq"), Method.SHA1, True),
        (subject(1, "md5", size=1001), Method.MD5_AND_SIZE, False),
        (subject(1, "md5"), Method.MD5, False),
        (subject(1, "pdq"), Method.NEAR, False),
    ],
)
def test_each_pair_is_one_hit_by_its_strongest_method(asked, method, identical, catalogue):
    load(catalogue, [entry(1)])
    (hit,) = catalogue.open(["known"]).match([asked]).hits
    assert (hit.method, hit.method.identical) == (method, identical)
    assert (hit.distance is not None) == (method is Method.NEAR)


def test_an_equal_md5_with_another_size_or_sha1_is_a_contradiction(catalogue):
    load(catalogue, [entry(1)])
    asked = [
        subject(1, "md5", size=5),
        Subject(id=2, md5=digest("md5", 1), sha1=digest("sha1", 99)),
        Subject(id=3, sha1=digest("sha1", 1), sha256=digest("sha256", 99)),
        subject(1, "md5", id=4),
    ]
    answer = catalogue.open(["known"]).match(asked)
    assert [(hit.subject, hit.contradicted) for hit in answer.hits] == [(1, True), (2, True), (3, True), (4, False)]
    assert (answer.tally.identical, answer.tally.md5_only) == (0, 1)


@pytest.mark.parametrize("bits", [0, 1, 16, 31, 32])
def test_near_is_up_to_the_radius_with_its_distance(bits, catalogue):
    load(catalogue, [bare(1, "pdq")])
    answer = catalogue.open(["known"]).match([Subject(id=1, pdq=flipped(pdq(1), bits))])
    assert [hit.distance for hit in answer.hits] == ([bits] if bits <= 31 else [])
    assert answer.tally.near == (bits <= 31)


def test_a_near_hit_through_a_turn_names_it_and_its_own_orientation_wins_when_nearer(catalogue):
    load(catalogue, [bare(1, "pdq")])
    turned = (("rotate90", flipped(pdq(1), 4)), ("flip", flipped(pdq(1), 8)))
    asked = [
        Subject(id=1, pdq=pdq(50), turned=turned),
        Subject(id=2, pdq=flipped(pdq(1), 2), turned=turned),
    ]
    hits = catalogue.open(["known"]).match(asked).hits
    assert [(hit.subject, hit.rotation, hit.distance) for hit in hits] == [(1, "rotate90", 4), (2, "", 2)]


@pytest.mark.parametrize(("asked", "why"), [({"quality": 49}, 1), ({"pdq": bytes(32)}, 1), ({"quality": 50}, 0)])
def test_flat_contents_and_those_of_low_quality_are_not_searched_and_counted(asked, why, catalogue):
    load(catalogue, [entry(1, pdq=bytes(32)), entry(2)])
    answer = catalogue.open(["known"]).match([Subject(**{"id": 1, "pdq": pdq(2), **asked})])
    assert answer.tally.not_near == why
    assert len(answer.hits) == 1 - why


def test_conflicting_entries_are_hits_side_by_side(catalogue):
    load(catalogue, [bare(1, "md5", categories=(Category("s", code),)) for code in ("1", "2")])
    hits = catalogue.open(["known"]).match([subject(1, "md5")]).hits
    assert [hit.categories[0].code for hit in hits] == ["1", "2"]


def test_near_hits_are_recomputed_once_for_each_content_and_both_distances_stay(catalogue):
    load(catalogue, [bare(1, "pdq"), entry(2, pdq=flipped(pdq(1), 3)), entry(3)])
    asked: list[tuple[int, str]] = []

    def recompute(number, turn):
        asked.append((number, turn))
        return flipped(pdq(1), 1, seed=5) if number == 8 else None

    matcher = catalogue.open(["known"], recompute=recompute)
    subjects = [Subject(id=8, pdq=flipped(pdq(1), 6)), Subject(id=9, pdq=pdq(1)), subject(3, "sha1")]
    hits = matcher.match(subjects).hits
    assert sorted(asked) == [(8, ""), (9, "")]
    assert {(hit.subject, hit.recomputed) for hit in hits if hit.key is None} == {(8, 1), (9, None)}
    assert all(hit.distance is not None for hit in hits if hit.subject in {8, 9})


@pytest.mark.parametrize(
    ("negative", "asked", "suppressed"),
    [
        (bare(1, "sha1"), subject(1, "sha1"), True),
        (bare(1, "sha256"), subject(1, "sha1", "sha256"), True),
        (bare(1, "md5"), subject(1, "md5", "sha1"), False),
        (bare(1, "md5"), subject(1, "md5"), True),
        (bare(1, "pdq"), subject(1, "pdq"), True),
        (bare(1, "pdq"), subject(1, "sha1", "pdq"), False),
        (bare(2, "sha1"), subject(1, "sha1"), False),
    ],
)
def test_a_negative_list_suppresses_visibly_what_it_holds_as_strongly(negative, asked, suppressed, catalogue):
    load(catalogue, [entry(1)])
    load(catalogue, [negative], face("ours-not", Kind.NEGATIVE))
    answer = catalogue.open(["known", "ours-not"]).match([asked])
    (hit,) = [hit for hit in answer.hits if hit.list == "known"]
    assert hit.suppressed_by == (("ours-not",) if suppressed else ())
    assert answer.tally.suppressed == suppressed


def test_known_good_marks_the_unknown_only_and_never_hides_a_hit(catalogue):
    load(catalogue, [bare(1, "sha1")])
    load(catalogue, [bare(n, "sha1", "md5") for n in (1, 2, 3)], face("nsrl", Kind.KNOWN_GOOD))
    answer = catalogue.open(["known", "nsrl"]).match([subject(1, "sha1"), subject(2, "sha1"), subject(3, "md5")])
    assert [(hit.subject, hit.list, hit.suppressed_by) for hit in answer.hits] == [(1, "known", ())]
    assert [(mark.subject, mark.list, mark.method) for mark in answer.known] == [(2, "nsrl", Method.SHA1)]
    assert answer.tally.known_good == 1


def test_a_flood_on_one_entry_is_held_and_the_others_are_not(catalogue):
    load(catalogue, [bare(1, "pdq"), bare(2, "pdq")])
    matcher = catalogue.open(["known"], limits=Limits(near_flood=5))
    first = matcher.match([Subject(id=n, pdq=flipped(pdq(1), 2, n)) for n in range(4)])
    second = matcher.match([Subject(id=n, pdq=flipped(pdq(1), 2, n)) for n in range(4, 8)] + [subject(2, "pdq", id=90)])
    assert not any(hit.held for hit in first.hits)
    assert [hit.held for hit in second.hits] == [True] * 4 + [False]


def test_a_count_that_was_taken_up_holds_an_entry_as_the_earlier_matcher_would(catalogue):
    load(catalogue, [entry(1)])
    limits = Limits(near_flood=1, digest_flood=3)
    whole, again = (catalogue.open(["known"], limits=limits) for _ in range(2))
    asked = [subject(1, "sha1", id=n) for n in range(5)]
    expected = [whole.match([one]).hits[0] for one in asked]
    again.recall("known", expected[0].row, 3, near=False)
    assert [again.match([one]).hits[0] for one in asked[3:]] == expected[3:]


def test_digests_have_a_flood_of_their_own(catalogue):
    load(catalogue, [entry(1)])
    matcher = catalogue.open(["known"], limits=Limits(near_flood=1, digest_flood=3))
    answers = [matcher.match([subject(1, "sha1", id=n)]) for n in range(5)]
    assert [answer.hits[0].held for answer in answers] == [False, False, False, True, True]


def test_too_many_hits_of_one_content_are_cut_and_counted_strongest_kept(catalogue):
    load(catalogue, [bare(1, "pdq", key=f"k{n}") for n in range(50)] + [entry(1, pdq=flipped(pdq(1), 8))])
    matcher = catalogue.open(["known"], limits=Limits(hits=10))
    answer = matcher.match([subject(1, "sha256", "pdq")])
    assert len(answer.hits) == 10
    assert answer.hits[0].method is Method.SHA256
    (cut,) = answer.cut
    assert (cut.subject, cut.list) == (1, "known")
    assert cut.left_out >= 41


def test_identical_md5_and_near_are_three_figures(catalogue):
    load(catalogue, [entry(n) for n in range(9)])
    asked = [
        subject(1, "sha1", "md5", "pdq"),
        subject(2, "md5", "pdq"),
        subject(3, "pdq"),
        subject(4, "pdq"),
        subject(50, "sha1"),
    ]
    tally = catalogue.open(["known"]).match(asked).tally
    assert (tally.subjects, tally.identical, tally.md5_only, tally.near) == (5, 1, 1, 2)


def test_a_stream_is_answered_in_batches(catalogue):
    load(catalogue, [entry(n) for n in range(0, 100, 10)])
    answers = list(catalogue.open(["known"]).match_all((subject(n, "sha1") for n in range(95)), size=20))
    assert [answer.tally.subjects for answer in answers] == [20, 20, 20, 20, 15]
    assert [hit.subject for answer in answers for hit in answer.hits] == list(range(0, 95, 10))


def test_a_digest_of_a_wrong_length_is_refused(catalogue):
    load(catalogue, [entry(1)])
    with pytest.raises(ValueError, match="16 bytes"):
        catalogue.open(["known"]).match([Subject(id=1, md5=b"short")])


def test_one_hash_alone_is_found(catalogue):
    load(catalogue, [bare(1, "pdq")])
    assert catalogue.open(["known"]).match([subject(1, "pdq")]).hits


pictures = st.builds(
    lambda base, bits, seed: flipped(pdq(base), bits, seed), st.integers(0, 3), st.integers(0, 40), st.integers(0, 9)
)


@settings(max_examples=15, deadline=None)
@given(
    listed=st.lists(st.tuples(pictures, st.integers(0, 100)), min_size=1, max_size=20),
    added=st.lists(st.tuples(pictures, st.integers(0, 100)), max_size=10),
    gone=st.sets(st.integers(0, 29)),
    asked=st.lists(pictures, min_size=1, max_size=8),
)
def test_near_hits_are_those_of_a_plain_comparison(listed, added, gone, asked, tmp_path_factory):
    catalogue = Catalogue(tmp_path_factory.mktemp("l"), Clock())
    every = [_entry(n, value, q) for n, (value, q) in enumerate(listed + added)]
    load(catalogue, every[: len(listed)])
    with catalogue.edit("known") as editor:
        editor.add(every[len(listed) :])
        editor.withdraw(one for one in every if one.position in gone)
    got = catalogue.open(["known"]).match([Subject(id=n, pdq=value) for n, value in enumerate(asked)]).hits
    wanted = {
        (n, one.key, distance)
        for n, value in enumerate(asked)
        for one in every
        if one.position not in gone
        and one.pdq_quality >= 50
        and (distance := (int.from_bytes(value) ^ int.from_bytes(one.pdq)).bit_count()) <= 31
    }
    assert {(hit.subject, hit.key, hit.distance) for hit in got} == wanted


def _entry(number, value, quality):
    return entry(number, pdq=value, pdq_quality=quality)


def test_ten_thousand_contents_meet_the_rows_that_numpy_finds(catalogue):
    numbers = np.random.default_rng(3)
    listed = [bare(int(n), "sha1") for n in numbers.choice(5000, 500, replace=False)]
    load(catalogue, listed)
    asked = [int(n) for n in numbers.choice(5000, 2000)]
    (answer,) = catalogue.open(["known"]).match_all([subject(n, "sha1", id=place) for place, n in enumerate(asked)])
    assert {hit.subject for hit in answer.hits} == {
        p for p, n in enumerate(asked) if n in {one.position for one in listed}
    }
