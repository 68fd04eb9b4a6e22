"""The instructions that Python cannot spell, and where machine code is kept."""

import os
import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kavalan.matching.kernels import LANES, kernel, lowest_bit, near_mask, popcount

words64 = st.integers(0, 2**64 - 1)
words16 = st.integers(0, 2**16 - 1)


@kernel
def _count(word):
    return popcount(word)


@kernel
def _lowest(word):
    return lowest_bit(word)


@kernel
def _mask(array, index, word, limit):
    return near_mask(array, index, word, limit)


@given(word=words64)
def test_popcount_counts_the_bits(word):
    assert _count(np.uint64(word)) == word.bit_count()


@given(word=st.integers(1, 2**32 - 1))
def test_lowest_bit_is_the_place_of_the_lowest_set_bit(word):
    assert _lowest(np.uint32(word)) == len(f"{word:b}") - len(f"{word:b}".rstrip("0"))


@given(array=st.lists(words16, min_size=LANES + 3, max_size=LANES + 3), word=words16, limit=st.integers(0, 16))
def test_near_mask_has_a_bit_for_each_near_word(array, word, limit):
    near = [(other ^ word).bit_count() <= limit for other in array[3:]]
    expected = sum(1 << place for place, is_near in enumerate(near) if is_near)
    assert _mask(np.array(array, np.uint16), 3, np.uint16(word), np.uint16(limit)) == expected


def test_a_kernel_works_where_nothing_can_be_cached(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from kavalan.matching.kernels import kernel\n@kernel\ndef f(x):\n    return x + 1\nprint(f(1))\n"
    )
    nowhere = {"NUMBA_CACHE_DIR": "/proc/none", "HOME": "/proc/none", "XDG_CACHE_HOME": "/proc/none"}
    code = f"exec(open({str(script)!r}).read())"  # no file of its own: Numba finds no place to cache in
    for command in ([sys.executable, str(script)], [sys.executable, "-c", code]):
        done = subprocess.run(command, env=os.environ | nowhere, capture_output=True, text=True, check=False)
        assert done.stdout == "2\n", done.stderr
