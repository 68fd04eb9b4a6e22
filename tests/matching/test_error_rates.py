"""What is quoted beside a near hit: the saved figures, the words, and the benchmark that made them."""

from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb
from pathlib import Path

import msgspec
import numpy as np
import pytest
from benchmarks import errors, unrelated
from benchmarks.drawn import KINDS, draw
from benchmarks.edits import EDITS, Copy, copies
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kavalan.matching.error_rates import BANDS, ErrorRates, error_rates, quote, upper_bound


def row(kinds, band):
    return next(row for row in error_rates().pairs if row.kinds == kinds and row.band == band)


def scene(seed):
    """Soft blotches in colour: quality enough to be matched."""
    blotches = np.random.default_rng(seed).integers(0, 256, (12, 16, 3), np.uint8)
    return Image.fromarray(blotches).resize((640, 480), Image.Resampling.BICUBIC)


# The bound.


@pytest.mark.parametrize(
    ("events", "trials", "published"),
    [(0, 10, 0.2589), (1, 10, 0.3942), (2, 10, 0.5069), (5, 10, 0.7776), (9, 10, 0.9949), (10, 10, 1.0)],
)
def test_upper_bound_is_that_of_the_tables_of_clopper_and_pearson(events, trials, published):
    assert upper_bound(events, trials) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(("events", "published"), [(0, 2.996), (1, 4.744), (2, 6.296), (3, 7.754), (10, 16.962)])
def test_upper_bound_of_rare_events_is_that_of_the_tables_for_poisson(events, published):
    assert upper_bound(events, 10**8) * 1e8 == pytest.approx(published, abs=1e-3)


def test_upper_bound_without_events_is_the_closed_form():
    assert upper_bound(0, 59) == pytest.approx(1 - 0.05 ** (1 / 59), rel=1e-12)


@given(st.data())
def test_so_few_events_have_a_chance_of_one_in_twenty_at_the_upper_bound(data):
    trials = data.draw(st.integers(2, 60))
    events = data.draw(st.integers(0, trials - 1))
    rate = Fraction(upper_bound(events, trials))
    chance = sum(comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(events + 1))
    assert float(chance) == pytest.approx(0.05, rel=1e-5)


@pytest.mark.parametrize(("events", "trials"), [(0, 0), (-1, 5), (6, 5)])
def test_upper_bound_refuses_counts_that_cannot_be(events, trials):
    with pytest.raises(ValueError, match=f"{events} events in {trials} trials"):
        upper_bound(events, trials)


# The saved figures.


def test_at_least_a_hundred_million_pairs_of_photographs_that_may_be_matched_were_compared():
    assert row(("photo", "photo"), 50).pairs + row(("photo", "photo"), 80).pairs >= 10**8


def test_every_pair_of_kinds_and_every_band_has_its_row():
    kinds = [pictures.kind for pictures in error_rates().pictures]
    assert set(kinds) == {"photo", *KINDS}
    wanted = [(a, b, band) for i, a in enumerate(kinds) for b in kinds[i:] for band in BANDS]
    assert [(*row.kinds, row.band) for row in error_rates().pairs] == wanted


def test_pairs_of_two_kinds_are_all_their_pictures_once():
    amount = {pictures.kind: sum(pictures.bands) for pictures in error_rates().pictures}
    for (a, of_a), (b, of_b) in combinations_with_replacement(amount.items(), 2):
        found = sum(row.pairs for row in error_rates().pairs if row.kinds == (a, b))
        if a != b:
            assert found == of_a * of_b
        elif a != "photo":  # each drawn picture is a source of its own
            assert found == comb(of_a, 2)


def test_pieces_of_one_photograph_were_not_compared():
    pieces = next(sum(pictures.bands) for pictures in error_rates().pictures if pictures.kind == "photo")
    assert sum(row(("photo", "photo"), band).pairs for band in BANDS) < comb(pieces, 2)


def test_counts_only_grow_with_the_radius_and_with_rotations():
    rates = error_rates()
    assert list(rates.radii) == sorted(set(rates.radii))
    for one in rates.pairs:
        assert len(one.upright) == len(one.turned) == len(one.sources_turned) == len(rates.radii)
        for counts in (one.upright, one.turned, one.sources_turned):
            assert list(counts) == sorted(counts)
        assert all(upright <= turned for upright, turned in zip(one.upright, one.turned, strict=True))
        assert all(near <= turned for near, turned in zip(one.sources_turned, one.turned, strict=True))
        assert one.turned[-1] <= one.pairs
        assert one.sources_turned[-1] <= one.sources <= one.pairs


def test_every_edit_was_measured_on_the_same_photographs():
    recall = error_rates().recall
    assert [one.edit for one in recall] == list(EDITS)
    assert len({one.copies for one in recall}) == 1
    for one in recall:
        assert one.upright <= one.turned <= one.copies - one.too_poor
        assert one.median <= one.ninetieth <= one.furthest


def test_figures_say_when_how_and_on_what_they_were_measured():
    rates = error_rates()
    assert rates.command == f"python -m benchmarks.errors --save {rates.measured}"
    assert {"pillow", "simplejpeg", "libjpeg_turbo", "webp", "numpy"} <= set(rates.versions)
    assert "mate-backgrounds" in rates.packages


def test_the_page_shows_the_saved_figures():
    rates = error_rates()
    lines = (Path(__file__).resolve().parents[2] / "docs" / "error-rates.md").read_text().splitlines()
    cells = [[cell.strip().replace(",", "") for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    at = [rates.radii.index(radius) for radius in (0, 16, 24, 31, 36, 40)]
    bands = {0: "< 50", 50: "50–79", 80: "80–100"}
    shown = [row for row in rates.pairs if " – ".join(row.kinds) in {line[0] for line in cells}]
    assert len({row.kinds for row in shown}) == 9  # within each kind, and photographs with the others
    for row in shown:
        found = [line for line in cells if line[:2] == [" – ".join(row.kinds), bands[row.band]]]
        assert row.band == 0 or len(found) == 1
        for line in found:
            assert line[2:9] == [str(row.pairs), *(str(row.turned[place]) for place in at)]
            assert line[10] == str(row.upright[rates.radii.index(31)])
    for one in rates.recall:
        figures = [one.upright, one.turned, one.median, one.ninetieth, one.furthest]
        assert [one.edit.replace(",", ""), *map(str, figures)] in cells


# The words.


@pytest.fixture
def figures(monkeypatch):
    """Figures made up so that each band and radius can be told from every other."""
    pairs = [
        {
            "kinds": [kind, kind],
            "band": band,
            "pairs": pairs,
            "upright": [0, 0, 0],
            "turned": turned,
            "sources": 9,
            "sources_turned": [0, 0, 0],
        }
        for kind, band, pairs, turned in [
            ("photo", 0, 10_000, [11, 12, 13]),
            ("photo", 50, 2_000_000, [0, 1, 2022]),
            ("photo", 80, 130_000_000, [0, 0, 3]),
            ("flat", 0, 1_000, [71, 72, 73]),
            ("flat", 50, 1_100, [74, 75, 76]),
            ("flat", 80, 1_200, [77, 78, 179]),
        ]
    ]
    made = msgspec.convert(
        {
            "measured": "2026-01-01",
            "command": "",
            "versions": {},
            "packages": [],
            "radii": [0, 16, 31],
            "recall_radius": 31,
            "pictures": [{"kind": "photo", "sources": 42, "bands": [1, 2, 3]}],
            "pairs": pairs,
            "recall": [],
        },
        ErrorRates,
    )
    monkeypatch.setattr("kavalan.matching.error_rates.error_rates", lambda: made)


@pytest.mark.parametrize(
    ("quality", "said"),
    [
        (
            100,
            "130,000,000 pairs of pieces of 42 unrelated benign photographs, the poorer of quality 80 or more, 3 lay",
        ),
        (80, "the poorer of quality 80 or more, 3 lay within 31 bits"),
        (79, "the poorer of quality 50 to 79, 2,022 lay within 31 bits"),
        (50, "the poorer of quality 50 to 79, 2,022 lay within 31 bits"),
        (49, "the poorer of quality 0 to 49, which is never matched, 13 lay within 31 bits"),
        (
            0,
            "of drawn gradients and stripes, the poorer of quality 0 to 49, which is never matched, 73 lay",
        ),
        (50, "of 1,100 pairs of drawn gradients and stripes, the poorer of quality 50 to 79, 76 lay"),
    ],
)
def test_quote_takes_the_band_of_the_quality(figures, quality, said):
    assert said in quote(31, quality)


@pytest.mark.parametrize(
    ("radius", "said"),
    [
        (0, "Near, 0 bits apart. Of 2,000,000 pairs"),
        (0, "none lay within 0 bits"),
        (1, "Near, 1 bit apart"),
        (1, "1 lay within 16 bits"),
        (16, "1 lay within 16 bits"),
        (17, "2,022 lay within 31 bits"),
    ],
)
def test_quote_takes_the_next_greater_radius_that_was_measured(figures, radius, said):
    assert said in quote(radius, 60)


def test_quote_without_a_quality_takes_for_each_kind_the_matched_band_that_speaks_against_the_hit(figures):
    said = quote(31, None)
    assert "As a quality is not known, the less favourable figures are given" in said
    assert "quality 50 to 79, 2,022 lay" in said
    assert "stripes, the poorer of quality 80 or more, 179 lay" in said


def test_quote_names_the_upper_bound(figures):
    # Garwood's table: 3 events, 7.754; over 130 million.
    assert "rate at most 6.0 × 10⁻⁸, 95 %, if the pairs are taken for independent" in quote(31, 90)


def test_quote_rounds_the_upper_bound_up(figures):
    # 2.996 over 130 million is 2.304e-8; Garwood's 4.744 over 2 million 2.372e-6.
    assert "rate at most 2.4 × 10⁻⁸," in quote(16, 90)
    assert "rate at most 2.4 × 10⁻⁶," in quote(16, 60)


def test_quote_leaves_the_decision_to_a_person(figures):
    assert "not the chance that this hit is wrong: a near hit is a lead, and a person compares" in quote(31, 90)


@pytest.mark.parametrize(("radius", "quality"), [(-1, 90), (32, 90), (8, 101), (8, -1)])
def test_quote_refuses_what_was_not_measured(figures, radius, quality):
    with pytest.raises(ValueError, match=r"no error rate was measured|a PDQ quality is 0 to 100"):
        quote(radius, quality)


@pytest.mark.parametrize("quality", [None, 0, 50, 80, 100])
def test_every_radius_that_is_searched_can_be_quoted_from_the_saved_figures(quality):
    for radius in range(32):
        assert f"{radius} bit" in quote(radius, quality)


# The benchmark.


def some_pictures(amount, seed):
    """Hashes close enough together for every distance to occur, in few groups, of all bands."""
    rng = np.random.default_rng(seed)
    turned = np.repeat(rng.integers(0, 256, (1, 8, 32), np.uint8), amount, axis=0)
    turned[:, :, : rng.integers(1, 32)] = rng.integers(0, 256, (amount, 8, 1), np.uint8)
    kind = rng.choice(["photo", "logo"], amount)
    group = rng.integers(0, 6, amount) + 10 * (kind == "logo")
    return unrelated.Unrelated(kind, rng.integers(0, 101, amount), turned, group)


def plainly(pictures, left, right, band):
    """Distances of all pairs of unrelated pictures of two kinds in a band: (upright, best of eight, sources)."""
    found = []
    for i in range(len(pictures.kind)):
        for j in range(len(pictures.kind)):
            if (pictures.kind[i], pictures.kind[j]) != (left, right) or (left == right and j <= i):
                continue
            poorer = min(pictures.quality[i], pictures.quality[j])
            if pictures.group[i] == pictures.group[j] or max(begin for begin in BANDS if begin <= poorer) != band:
                continue
            apart = np.bitwise_count(pictures.turned[i] ^ pictures.turned[j, 0]).sum(axis=1)
            found.append((int(apart[0]), int(apart.min()), frozenset({pictures.group[i], pictures.group[j]})))
    return found


@settings(deadline=None, max_examples=20)
@given(amount=st.integers(0, 24), seed=st.integers(0, 10**6))
def test_every_pair_is_counted_once_at_its_distance(amount, seed):
    pictures = some_pictures(amount, seed)
    for left, right in (("photo", "photo"), ("photo", "logo")):
        for found in errors.pairs_of(pictures, left, right):
            expected = plainly(pictures, left, right, found.band)
            assert found.pairs == len(expected)
            assert found.upright == tuple(sum(pair[0] <= radius for pair in expected) for radius in errors.RADII)
            assert found.sources == len({pair[2] for pair in expected})


@settings(deadline=None, max_examples=20)
@given(amount=st.integers(0, 24), seed=st.integers(0, 10**6))
def test_rotations_of_one_of_two_pictures_are_tried(amount, seed):
    # All pictures turn alike here, so that it does not matter which of the two is turned.
    pictures = some_pictures(amount, seed)
    flips = np.random.default_rng(seed).integers(0, 256, (8, 32), np.uint8)
    flips[0] = 0
    pictures = pictures._replace(turned=pictures.turned[:, :1] ^ flips)
    for left, right in (("photo", "photo"), ("photo", "logo")):
        for found in errors.pairs_of(pictures, left, right):
            expected = plainly(pictures, left, right, found.band)
            near = [[pair for pair in expected if pair[1] <= radius] for radius in errors.RADII]
            assert found.turned == tuple(map(len, near))
            assert found.sources_turned == tuple(len({pair[2] for pair in pairs}) for pairs in near)


def test_a_small_run_is_saved_and_read_again(tmp_path):
    pieces = [("photo", n, piece) for n in range(2) for piece in unrelated.pieces(np.asarray(scene(n).convert("L")))]
    drawn = [(kind, 10 + place, draw(kind, 0)) for place, kind in enumerate(KINDS)]
    pictures = unrelated.hashed(iter(pieces + drawn))
    rates = errors.measure(pictures, {name: [copy] for name, copy in copies(scene(3)).items()}, "2026-01-01")
    errors.save(rates, tmp_path / "rates.json")
    assert msgspec.json.decode((tmp_path / "rates.json").read_bytes(), type=ErrorRates) == rates
    assert sum(row.pairs for row in rates.pairs if row.kinds == ("photo", "photo")) == (len(pieces) // 2) ** 2
    assert [one.edit for one in rates.recall] == list(EDITS)


def test_a_small_run_is_printed(capsys):
    pictures = unrelated.hashed(iter([("flat", n, draw("flat", n)) for n in range(3)]))
    errors.show(errors.measure(pictures, {"mirror": [Copy(quality=90, upright=120, turned=2)]}, ""))
    printed = capsys.readouterr().out
    assert "flat - flat" in printed
    assert "of all: 3" in printed
    assert "mirror" in printed


def test_a_copy_too_poor_to_be_matched_is_not_found():
    found = errors.recall_of("blur", [Copy(49, 0, 0), Copy(50, 32, 31), Copy(90, 31, 30), Copy(90, 32, 32)])
    assert (found.copies, found.too_poor, found.upright, found.turned) == (4, 1, 1, 2)
    assert (found.median, found.ninetieth, found.furthest) == (30, 32, 32)


@pytest.mark.parametrize("kind", list(KINDS))
def test_one_number_draws_one_picture_and_another_another(kind):
    assert np.array_equal(draw(kind, 7), draw(kind, 7))
    assert not np.array_equal(draw(kind, 7), draw(kind, 8))


def test_pieces_of_one_cut_do_not_overlap_and_none_is_small():
    luma = np.arange(400 * 300, dtype=np.uint32).reshape(400, 300)  # every pixel another
    pieces = list(unrelated.pieces(luma))
    assert len(pieces) == 1 + 4 + 9
    assert min(min(piece.shape) for piece in pieces) >= unrelated.LEAST_SIDE
    for cut in (pieces[1:5], pieces[5:]):
        seen = np.concatenate([piece.ravel() for piece in cut])
        assert len(np.unique(seen)) == len(seen)


def test_copies_of_one_photograph_are_one_group(tmp_path):
    copy, original = next(iter(unrelated.COPIES.items()))
    paths = [tmp_path / f"{name}.webp" for name in ("other", copy, "another", original)]
    groups = unrelated.groups_of(paths)
    assert groups[1] == groups[3]
    assert len(set(groups)) == 3


def test_an_edit_is_measured_from_the_photograph_itself():
    found = copies(scene(5))
    assert found["JPEG quality 80"].upright <= 8
    assert found["mirror"].upright > 60
    assert found["mirror"].turned < 31


def test_a_photograph_that_may_not_be_matched_has_no_copies():
    assert copies(Image.new("RGB", (300, 200), "navy")) == {}
