"""vPDQ text. The lines are from ThreatExchange's sample of a drawn pattern, `sample-hashes/pattern-hd-no-bar.txt`."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.fingerprint.record import Frame
from kavalan.fingerprint.vpdq import VpdqError, VpdqFrame, read_vpdq, write_vpdq

SAMPLE = """\
0,100,d3d8981ba52c59e79fb49295bed80905036b1dbe57b292c8ea4fb525f52c420e,0.000
1,100,d2d899daa62c5de7bebc9295ae580905016999aa57969ac0ee4bd50df52c5b0e,0.033
2,100,d258d9da847e59e7bebc9295aad009050169d9aa56a69a40ee5bd7ccf52c590e,0.067
"""
DIGITS = "d3d8981ba52c59e79fb49295bed80905036b1dbe57b292c8ea4fb525f52c420e"

FRAMES = st.builds(
    VpdqFrame,
    number=st.integers(0, 10**9),
    frame=st.builds(
        Frame,
        time=st.integers(0, 10**9).map(lambda milliseconds: milliseconds / 1000),
        pdq=st.binary(min_size=32, max_size=32),
        quality=st.integers(0, 100),
    ),
)


def read(text: str) -> list[VpdqFrame]:
    return list(read_vpdq(io.StringIO(text)))


def written(frames: list[VpdqFrame]) -> str:
    out = io.StringIO()
    write_vpdq(frames, out)
    return out.getvalue()


def test_the_references_sample_is_read():
    found = read(SAMPLE)
    assert [one.number for one in found] == [0, 1, 2]
    assert found[1].frame.time == 0.033
    assert found[0].frame.quality == 100
    assert found[0].frame.pdq.hex() == DIGITS


def test_the_references_sample_is_written_back_letter_for_letter():
    assert written(read(SAMPLE)) == SAMPLE


def test_times_are_rounded_to_milliseconds():
    assert written([VpdqFrame(number=1, frame=Frame(time=1 / 3, pdq=bytes(32), quality=7))]).endswith(",0.333\n")


@given(st.lists(FRAMES))
def test_what_is_written_is_read(frames):
    assert read(written(frames)) == frames


def test_windows_line_ends_blank_lines_and_capital_digits_are_read():
    assert read(SAMPLE.upper().replace("\n", "\r\n") + "\n\n") == read(SAMPLE)


@pytest.mark.parametrize(
    "line",
    [
        "hello",
        "1,100",
        f"1,101,{DIGITS},0.0",
        f"-1,100,{DIGITS},0.0",
        f"1,100,{DIGITS[:-1]},0.0",
        f"1,100,{DIGITS[:-1]}g,0.0",
        f"1,100,{DIGITS},-0.5",
        f"1,100,{DIGITS},nan",
        f"1,100,{DIGITS},1e9",
        f"1,100,{DIGITS},0.0,more",
        f"1,100,{DIGITS},0.0 " + "x" * 300,
        f"१,100,{DIGITS},0.0",
        f"{'9' * 400},100,{DIGITS},0.0",
    ],
)
def test_a_bad_line_is_named_by_its_number(line):
    frames = read_vpdq(io.StringIO(f"{SAMPLE}{line}\n"))
    assert len([next(frames) for _ in range(3)]) == 3
    with pytest.raises(VpdqError, match="line 4: "):
        next(frames)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    try:
        found = read(text)
    except VpdqError:
        return
    assert all(len(one.frame.pdq) == 32 for one in found)
