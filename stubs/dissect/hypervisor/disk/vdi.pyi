from typing import BinaryIO

class VDI:
    size: int
    type: int
    def __init__(self, fh: object) -> None: ...
    def open(self) -> BinaryIO: ...
