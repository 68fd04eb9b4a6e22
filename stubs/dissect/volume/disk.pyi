class _Partition:
    number: int
    offset: int
    size: int

class Disk:
    partitions: list[_Partition]
    def __init__(self, fh: object) -> None: ...
