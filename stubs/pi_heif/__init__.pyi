from typing import IO

from PIL.ImageFile import ImageFile

class HeifImageFile(ImageFile):
    def __init__(self, fp: IO[bytes]) -> None: ...
    def _open(self) -> None: ...
