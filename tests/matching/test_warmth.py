"""After `warm` no question waits for a compiler."""

import subprocess
import sys

ASKED_AFTER_WARM = """
import numpy as np
from kavalan.matching import DigestIndex, HammingIndex, VideoIndex, lookup, probe, stacks, tables, union, warm

def compiled():
    kernels = {kernel for module in (lookup, probe, tables, union) for kernel in vars(module).values()
               if hasattr(kernel, "nopython_signatures")}
    return {(kernel.__name__, str(signature)) for kernel in kernels for signature in kernel.nopython_signatures}

warm()
before = compiled()
rng = np.random.default_rng(1)
hashes, ids = rng.integers(0, 256, (9000, 32), dtype=np.uint8), np.arange(9000)
hashes[:2000] = hashes[0]
hashes[2000:4000] = hashes[0] ^ np.packbits(rng.random((2000, 256)) < 0.02, axis=1)
index = HammingIndex.build(hashes, ids)
index.remove(ids[5000:5001])
index.add(hashes[:1], np.array([10_000]))
for radius in (0, 31, 64):
    index.range_search(hashes[::100], radius)
stacks(hashes)
VideoIndex.build(ids // 10, hashes, np.full(9000, 90)).find(hashes[:5], np.full(5, 90))
for algorithm, width in (("md5", 16), ("sha1", 20), ("sha256", 32)):
    DigestIndex.build(algorithm, hashes[:, :width], ids).find(hashes[:5, :width])
assert index.info().crowded, "the crowd was not set apart"
print(len(before) > 10, sorted(compiled() - before))
"""


def test_nothing_is_compiled_after_warm():
    done = subprocess.run([sys.executable, "-c", ASKED_AFTER_WARM], capture_output=True, text=True, check=True)
    assert done.stdout == "True []\n"
