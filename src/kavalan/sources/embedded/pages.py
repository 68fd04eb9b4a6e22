"""The pages of an SQLite database, and the rows in its B-trees, read one page at a time from a descriptor.

Format: https://www.sqlite.org/fileformat2.html. SQLite itself is not asked: it would need a file system, which a
reader has not, or the whole database in memory; and it obeys a schema that the maker of the database wrote. Here
nothing of the schema runs, a damaged page costs its own rows, and a database of any size takes a few hundred pages of
memory.
"""

from __future__ import annotations

import os
import struct
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from kavalan.sources.archive.passage import CHUNK, DamagedError, told

MAGIC = b"SQLite format 3\0"
_INDEX, _TABLE, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13
_DEPTH = 20  # BTCURSOR_MAX_DEPTH of SQLite
_LEAST_USABLE = 480
_CACHED = 256
_LARGEST = (1 << 31) - 1
_TICK = 4096
# What may be read of pages to find rows, for each byte of the file: cells that share overflow pages are read again.
_REREAD = 64
_REREAD_FREE = 64 << 20
_REASONS = 3

Step: TypeAlias = "int | Cell | None"


class Cell(NamedTuple):
    """A row as it lies in its tree.

    Attributes:
        key: its rowid; of a row that has none, its number in the order of the tree, from 1.
        payload: the record.
    """

    key: int | None
    payload: Payload


class Payload:
    """The bytes of a record: some in its cell, the rest in a chain of pages.

    Attributes:
        size: of all of them.
    """

    __slots__ = ("_chain", "_local", "_next", "_pages", "size")

    def __init__(self, pages: Pages, local: bytes, size: int, overflow: int) -> None:
        self.size = size
        self._pages = pages
        self._local = local
        self._next = overflow
        self._chain = array("I")

    def read(self, at: int, count: int) -> bytes:
        """Bytes from a place on.

        Raises:
            DamagedError: the chain breaks off.
        """
        count = min(count, self.size - at)
        found = self._local[at : at + count]
        if len(found) == count:
            return found
        parts, left, at = [found], count - len(found), max(0, at - len(self._local))
        room = self._pages.usable - 4
        while left > 0:
            content = self._pages.page(self._linked(at // room))[4:]
            piece = content[at % room : min(room, at % room + left)]
            parts.append(piece)
            at, left = at + len(piece), left - len(piece)
        return b"".join(parts)

    def pieces(self, at: int, count: int) -> Iterator[bytes]:
        """The same in pieces, for what is large.

        Raises:
            DamagedError: the chain breaks off.
        """
        for start in range(at, at + count, CHUNK):
            self._pages.forgive(CHUNK)
            yield self.read(start, min(CHUNK, at + count - start))

    def _linked(self, index: int) -> int:
        """The page of the chain at a place; those before it are remembered, four bytes each."""
        while len(self._chain) <= index:
            if not self._next:
                raise DamagedError("its chain of overflow pages breaks off")
            self._chain.append(self._next)
            self._pages.spend()
            self._next = int.from_bytes(self._pages.page(self._next)[:4], "big")
        return self._chain[index]


class Damage:
    """What could not be read, in few words."""

    def __init__(self) -> None:
        self._reasons: list[str] = []
        self._more = 0

    def note(self, reason: str) -> None:
        """Remember a reason, or only count it."""
        if len(self._reasons) < _REASONS:
            self._reasons.append(reason)
        else:
            self._more += 1

    def reason(self) -> str | None:
        """All of it as one text; None where there is nothing."""
        more = f"; and {self._more} more" if self._more else ""
        return told("; ".join(self._reasons) + more) if self._reasons else None


class Pages:
    """The pages of one database.

    Attributes:
        length: bytes of the file.
        usable: bytes of a page that hold anything.
        encoding: of its texts, as Python names it.
        damage: what could not be read so far.
    """

    def __init__(self, descriptor: int) -> None:
        """Read the header.

        Raises:
            DamagedError: it states what no database can have.
        """
        self._descriptor = descriptor
        self.length = os.fstat(descriptor).st_size
        head = os.pread(descriptor, 100, 0)
        if len(head) < 100 or not head.startswith(MAGIC):
            raise DamagedError("no header of an SQLite database")
        stated = int.from_bytes(head[16:18], "big")
        self._size = 1 << 16 if stated == 1 else stated
        self.usable = self._size - head[20]
        if self._size < 512 or self._size & (self._size - 1) or self.usable < _LEAST_USABLE:
            raise DamagedError(f"pages of {self._size} bytes, {head[20]} of them reserved, are in no database")
        self.encoding = {2: "utf-16-le", 3: "utf-16-be"}.get(int.from_bytes(head[56:60], "big"), "utf-8")
        self.damage = Damage()
        self._left = _REREAD_FREE + _REREAD * self.length
        self._cached = lru_cache(_CACHED)(self._fetch)
        # Where each tree was last searched: what is looked up next is near, since tables are filled side by side.
        self._leaves: dict[int, _Node] = {}

    @property
    def first_is_tree(self) -> bool:
        """Whether the first page is the root of a table, as it is in every database that is not encrypted."""
        page = os.pread(self._descriptor, 101, 0)
        return len(page) > 100 and page[100] in {_TABLE, _TABLE_LEAF}

    def page(self, number: int) -> bytes:
        """The usable bytes of a page, counted from 1.

        Raises:
            DamagedError: there is no such page.
        """
        return self._cached(number)

    def forgive(self, count: int) -> None:
        """Bytes that are about to be read and are said, which bounds them already."""
        self._left += 2 * count + self._size

    def spend(self) -> None:
        """Count one page more that is read to find something.

        Raises:
            DamagedError: they are too many.
        """
        self._left -= self._size
        if self._left < 0:
            raise DamagedError("its rows share more pages than any database's do")

    def _fetch(self, number: int) -> bytes:
        self.spend()
        start = (number - 1) * self._size
        found = os.pread(self._descriptor, self.usable, start) if 0 <= start < self.length else b""
        if len(found) < self.usable:
            raise DamagedError(f"page {number} is not there")
        return found

    def unseen(self) -> bytearray:
        """A bit for each page, none set yet."""
        return bytearray(min(self.length // self._size, 1 << 32) // 8 + 1)

    def cells(self, root: int, seen: bytearray, least: int = 0) -> Iterator[Cell | None]:
        """The rows of a tree in its order; None from time to time, so that the caller can say that it goes on.

        Args:
            root: its first page.
            seen: the pages that have been read in this pass, which no other tree may lead to; more are added.
            least: rows of a table with fewer bytes are left out.
        """
        ordinal = pages = 0
        stack: list[Iterator[Step]] = [iter((root,))]
        while stack:
            step = next(stack[-1], 0)
            if step == 0:
                stack.pop()
            elif isinstance(step, Cell) and step.key is None:
                ordinal += 1
                yield step._replace(key=ordinal)
            elif not isinstance(step, int):
                yield step
            elif self._enters(step, seen, len(stack)):
                stack.append(self._steps(step, least))
                pages += 1
                if pages % _CACHED == 0:
                    yield None

    def _enters(self, number: int, seen: bytearray, depth: int) -> bool:
        """Whether a page is to be read: it is there, and for the first time."""
        at, bit = (number - 1) >> 3, 1 << ((number - 1) & 7)
        if number < 1 or at >= len(seen) or depth > _DEPTH:
            self.damage.note(f"a tree leads to page {number}, where it cannot go on")
            return False
        if seen[at] & bit:
            self.damage.note(f"a tree leads to page {number} twice")
            return False
        seen[at] |= bit
        return True

    def _steps(self, number: int, least: int) -> Iterator[Step]:
        """What is on a page in order: pages below it, by number, and rows."""
        try:
            node = _Node(self, number)
            yield from node.steps(least)
        except (DamagedError, IndexError) as error:
            self.damage.note(str(error) if isinstance(error, DamagedError) else f"page {number} is damaged")

    def find(self, root: int, rowid: int) -> Payload | None:
        """The row of a table by its rowid; None where there is none, or its place cannot be read."""
        number = root
        try:
            last = self._leaves.get(root)
            if last is not None and last.spans(rowid):
                found = last.find(rowid)
                return None if isinstance(found, int) else found
            for _ in range(_DEPTH):
                node = _Node(self, number)
                found = node.find(rowid)
                if not isinstance(found, int):
                    self._leaves[root] = node
                    return found
                number = found
        except (DamagedError, IndexError):
            self.damage.note(f"a row could not be looked up: page {number} is damaged")
        return None


class _Node:
    """A page of a tree.

    Raises:
        DamagedError: the page is none.
    """

    def __init__(self, pages: Pages, number: int) -> None:
        self._pages = pages
        self._number = number
        self._page = pages.page(number)
        start = 100 if number == 1 else 0
        self._kind = self._page[start]
        if self._kind not in {_INDEX, _TABLE, _INDEX_LEAF, _TABLE_LEAF}:
            raise DamagedError(f"page {number} is of no tree")
        inner = self._kind in {_INDEX, _TABLE}
        self._count = int.from_bytes(self._page[start + 3 : start + 5], "big")
        self._right = int.from_bytes(self._page[start + 8 : start + 12], "big") if inner else 0
        self._places = start + (12 if inner else 8)
        if self._places + 2 * self._count > len(self._page):
            raise DamagedError(f"page {number} has no room for its rows")

    def steps(self, least: int) -> Iterator[Step]:
        """Pages below and rows, in order."""
        used = 0
        places: tuple[int, ...] = struct.unpack_from(f">{self._count}H", self._page, self._places)
        for index, place in enumerate(places, 1):
            if self._kind in {_INDEX, _TABLE}:
                yield self._child(place)
            if self._kind != _TABLE:
                cell, taken = self._read(place, least)
                used += taken
                if used > len(self._page):
                    raise DamagedError(f"rows overlap on page {self._number}")
                if cell is not None:
                    yield cell
            if index % _TICK == 0:
                yield None
        if self._right:
            yield self._right

    def find(self, rowid: int) -> int | Payload | None:
        """The page below where a row must be, or the row."""
        if self._kind == _TABLE:
            index = self._first(rowid)
            return self._right if index == self._count else self._child(self._place(index))
        if self._kind != _TABLE_LEAF:
            raise DamagedError(f"page {self._number} is of no table")
        index = self._first(rowid)
        if index == self._count or self._key(index) != rowid:
            return None
        cell, _ = self._cell(self._place(index), 0)
        return cell.payload if cell else None

    def spans(self, rowid: int) -> bool:
        """Whether a row with that rowid can only be on this page of rows."""
        return self._count > 0 and self._key(0) <= rowid <= self._key(self._count - 1)

    def _first(self, rowid: int) -> int:
        """The first cell whose key is not smaller."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < rowid:
                low = middle + 1
            else:
                high = middle
        return low

    def _place(self, index: int) -> int:
        at = self._places + 2 * index
        return int.from_bytes(self._page[at : at + 2], "big")

    def _key(self, index: int) -> int:
        place = self._place(index)
        behind = place + 4 if self._kind == _TABLE else varint(self._page, place)[1]
        return signed(varint(self._page, behind)[0])

    def _child(self, place: int) -> int:
        return int.from_bytes(self._page[place : place + 4], "big") or -1

    def _read(self, place: int, least: int) -> tuple[Cell | None, int]:
        """The same, None also where the row is damaged."""
        try:
            return self._cell(place, least)
        except IndexError:
            self._pages.damage.note(f"a row of page {self._number} leads out of it")
            return None, 0

    def _cell(self, place: int, least: int) -> tuple[Cell | None, int]:
        """A row, None where it is smaller than wanted, and the bytes it takes of the page."""
        size, at = varint(self._page, place + 4 if self._kind == _INDEX else place)
        key = None
        if self._kind == _TABLE_LEAF:
            unsigned, at = varint(self._page, at)
            key = signed(unsigned)
        here = self._here(size)
        end = at + here + (4 if here < size else 0)
        if end > len(self._page) or size > _LARGEST:
            raise IndexError
        if size < least and key is not None:
            return None, end - place
        overflow = int.from_bytes(self._page[end - 4 : end], "big") if here < size else 0
        return Cell(key, Payload(self._pages, self._page[at : at + here], size, overflow)), end - place

    def _here(self, size: int) -> int:
        """How many bytes of a record are in its cell (section 1.6)."""
        usable = self._pages.usable
        most = usable - 35 if self._kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        fewest = (usable - 12) * 32 // 255 - 23
        some = fewest + (size - fewest) % (usable - 4)
        return some if some <= most else fewest


def varint(held: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes (section 1.6), and the place behind it.

    Raises:
        IndexError: it leads out of the bytes.
    """
    value = held[at]
    if value < 0x80:
        return value, at + 1
    value &= 0x7F
    for behind in range(at + 1, at + 8):
        byte = held[behind]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, behind + 1
    return value << 8 | held[at + 8], at + 9


def signed(value: int) -> int:
    """A number of 64 bits in two's complement."""
    return value - (1 << 64) if value >> 63 else value
