"""Videos by their frames, against the two loops of vpdq's `matchHash` written plainly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.matching import HammingIndex, IndexFileError, VideoIndex, compare, frames_to_match
from tests.matching.conftest import turned

RNG = np.random.default_rng(3)
SCENES = RNG.integers(0, 256, (60, 32), dtype=np.uint8)
GOOD = np.full(60, 100)


def shares(query, video, radius):
    """As vpdq: filter by quality, drop repeated frames, count those with a partner, both ways."""
    kept = [{frame.tobytes() for frame, quality in zip(*side, strict=True) if quality >= 50} for side in (query, video)]
    left, right = ([np.frombuffer(frame, np.uint8) for frame in sorted(side)] for side in kept)

    def found(frames, others):
        near = (any(np.bitwise_count(one ^ other).sum(dtype=int) <= radius for other in others) for one in frames)
        return sum(near) / len(frames) if frames else 0.0

    return found(left, right), found(right, left)


def test_a_clip_is_wholly_in_its_film_and_the_film_partly_in_the_clip():
    clip, film = (SCENES[10:20], GOOD[:10]), (SCENES[:40], GOOD[:40])
    assert compare(clip, film) == (1.0, 0.25)
    assert compare(film, clip) == (0.25, 1.0)


def test_frames_of_low_quality_do_not_count():
    quality = np.array([100, 49, 50, 0])
    assert frames_to_match(SCENES[:4], quality).tolist() == sorted(SCENES[[0, 2]].tolist())
    assert compare((SCENES[:4], quality), (SCENES[1:2], GOOD[:1])) == (0.0, 0.0)


def test_repeated_frames_count_once():
    still = np.repeat(SCENES[:1], 500, axis=0)
    assert compare((np.concatenate((still, SCENES[1:2])), np.full(501, 90)), (SCENES[:1], GOOD[:1])) == (0.5, 1.0)


@settings(max_examples=40, deadline=None)
@given(data=st.data(), radius=st.integers(0, 40))
def test_the_shares_are_those_of_the_two_loops(data, radius):
    def video():
        rows = data.draw(st.lists(st.integers(0, 8), max_size=12))
        bits = data.draw(st.sets(st.integers(0, 255), max_size=35))
        quality = data.draw(st.lists(st.sampled_from([0, 49, 50, 100]), min_size=len(rows), max_size=len(rows)))
        return turned(SCENES[rows], bits), np.array(quality, np.int64)

    query, films = video(), [video() for _ in range(3)]
    index = VideoIndex.build(
        np.repeat([30, 10, 20], [len(film[1]) for film in films]),
        np.concatenate([film[0] for film in films]),
        np.concatenate([film[1] for film in films]),
    )
    expected = [(*shares(query, film, radius), name) for film, name in zip(films, (30, 10, 20), strict=True)]
    ranked = sorted((row for row in expected if row[0]), key=lambda row: (-row[0], -row[1], row[2]))
    found = index.find(*query, radius)
    rows = zip(found.query_share.tolist(), found.video_share.tolist(), found.video.tolist(), strict=True)
    assert list(rows) == ranked


def test_a_video_without_a_good_frame_is_left_out():
    index = VideoIndex.build(np.array([5, 6]), SCENES[:2], np.array([10, 90]))
    assert len(index) == 1
    assert index.find(SCENES[:2], GOOD[:2]).video.tolist() == [6]


def test_a_saved_index_opens_and_answers_the_same(tmp_path):
    index = VideoIndex.build(np.repeat([7, 8], 30), SCENES, GOOD)
    index.save(tmp_path)
    opened = VideoIndex.open(tmp_path)
    for before, after in zip(index.find(SCENES[:45], GOOD[:45]), opened.find(SCENES[:45], GOOD[:45]), strict=True):
        assert before.tolist() == after.tolist()


def test_files_that_do_not_belong_together_are_refused(tmp_path):
    VideoIndex.build(np.repeat([7, 8], 30), SCENES, GOOD).save(tmp_path)
    HammingIndex.build(SCENES[:5], np.arange(5)).save(tmp_path / "frames")
    with pytest.raises(IndexFileError, match="does not belong to the frames"):
        VideoIndex.open(tmp_path)


def test_an_empty_index_finds_nothing():
    index = VideoIndex.build(np.zeros(0, np.int64), SCENES[:0], GOOD[:0])
    assert index.find(SCENES, GOOD).video.size == 0


def test_columns_of_unlike_length_are_refused():
    with pytest.raises(ValueError, match="2 video ids of int64, 3 hashes"):
        VideoIndex.build(np.array([1, 2]), SCENES[:3], GOOD[:3])
