from collections.abc import Iterator, Sequence

class Volume:
    name: str | None
    number: int
    size: int
    def seek(self, offset: int, whence: int = 0) -> int: ...
    def read(self, length: int = -1) -> bytes: ...

class VolumeSystem:
    __type__: str
    volumes: list[Volume]

def is_lvm_volume(volume: object) -> bool: ...
def open_lvm(volumes: Sequence[object]) -> Iterator[VolumeSystem]: ...
