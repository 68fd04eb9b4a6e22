import numpy as np
from numpy.typing import NDArray
from typing_extensions import Buffer

def decode_jpeg_header(data: Buffer, *, strict: bool = ...) -> tuple[int, int, str, str]: ...
def decode_jpeg(
    data: Buffer,
    colorspace: str = ...,
    *,
    min_height: int = ...,
    min_width: int = ...,
    strict: bool = ...,
) -> NDArray[np.uint8]: ...
