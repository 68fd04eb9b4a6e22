class _Partition:
    offset: int
    size: int

class Disk:
    partitions: list[_Partition]
    def __init__(self, fh: object, sector_size: int = 512) -> None: ...
