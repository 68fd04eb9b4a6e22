"""Against the reference over real photographs: the requirement is mean <= 0.7 and max <= 10 bits over at least 150."""

import io
from statistics import mean

import numpy as np
import pytest
from benchmarks.photographs import FOLDER, photographs
from PIL import Image
from tests.fingerprint.slow_pdq import distance

from kavalan.fingerprint import MATCHABLE_QUALITY
from kavalan.fingerprint.picture import hash_picture

pdqhash = pytest.importorskip("pdqhash", reason="peer pdqhash is not installed: `make test` says how to get it")
PHOTOGRAPHS = photographs()
# The largest take the reference seconds; the benchmark hashes them too.
SMALL_ENOUGH = 7_000_000


@pytest.mark.skipif(
    not PHOTOGRAPHS, reason=f"no photographs in {FOLDER}: `make test` fetches them from Debian packages"
)
def test_at_least_150_photographs_lie_within_ten_bits_of_pdqhash_and_their_mean_within_seven_tenths():
    apart, quality_apart = [], []
    for path in PHOTOGRAPHS:
        content = as_jpeg(path)
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > SMALL_ENOUGH:
                continue
            bits, quality = pdqhash.compute(np.asarray(image.convert("RGB")))
        if quality >= MATCHABLE_QUALITY:
            ours = hash_picture(io.BytesIO(content), "image/jpeg")
            apart.append(distance(ours.pdq, np.packbits(bits.astype(np.uint8)).tobytes()))
            quality_apart.append(abs(ours.quality - quality))
    assert len(apart) >= 150
    assert mean(apart) <= 0.7
    assert max(apart) <= 10
    assert max(quality_apart) <= 3


def as_jpeg(path):
    if path.suffix == ".jpg":
        return path.read_bytes()
    file = io.BytesIO()
    with Image.open(path) as image:
        image.convert("RGB").save(file, "JPEG", quality=90)
    return file.getvalue()
