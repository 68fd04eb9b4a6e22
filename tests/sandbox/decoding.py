"""The decoders that Kavalan puts into its workers, each as a task that answers a digest of what it decoded."""

from __future__ import annotations

import hashlib

import av
import numpy as np
import pi_heif
import simplejpeg
from PIL import Image

from tests.sandbox.tasks import Say


def _say(*pixels):
    return Say(
        hashlib.sha256(b"".join(np.ascontiguousarray(each).tobytes() for each in pixels)).hexdigest(), len(pixels)
    )


def pillow(source, request):
    with Image.open(source) as picture:
        return _say(np.asarray(picture.convert("RGB")))


def jpeg(source, request):
    return _say(simplejpeg.decode_jpeg(source.read(), min_factor=8, min_width=64, min_height=64))


def heif(source, request):
    return _say(np.asarray(pi_heif.open_heif(source).to_pillow()))


def video(source, request):
    with av.open(source) as container:
        container.streams.video[0].thread_type = "AUTO"
        return _say(*(frame.to_ndarray(format="gray") for frame in container.decode(video=0)))


def matrices(source, request):
    numbers = np.frombuffer(source.read(), dtype=np.uint8)[: 300 * 300].reshape(300, 300).astype(np.float32)
    return _say(numbers @ numbers.T)
