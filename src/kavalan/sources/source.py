"""A source: files as they lie, each archive among them followed by what is in it, as one stream that can be resumed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from kavalan.sources.archive.descent import Archive, Descent
from kavalan.sources.chosen import Chosen
from kavalan.sources.diskimage import Beside, image_of
from kavalan.sources.folder import beside_file, file_below, open_beside, walk_folder
from kavalan.sources.item import Item
from kavalan.sources.limits import SourceLimits
from kavalan.sources.place import Place, parse, shown
from kavalan.sources.trace import Mention

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def open_source(path: Path, *, limits: SourceLimits | None = None) -> Source:
    """A folder, or one file, which may be an archive, as a source.

    with open_source(Path("exhibit.zip")) as source:
        for item in source.items():
            ...

    Raises:
        FileNotFoundError: there is nothing of that name.
        NotADirectoryError: it is neither a folder nor a file.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist, or may not be seen")
    if not (path.is_dir() or path.is_file()):
        raise NotADirectoryError(f"{path} is neither a folder nor a file")
    return Source(path, limits or SourceLimits())


class Source:
    """Files of a folder, or one file, with all that is in them. Belongs to the thread that enters it.

    Attributes:
        path: the folder or the file.
        limits: what its archives may unfold to; what it yields depends on them.
    """

    def __init__(self, path: Path, limits: SourceLimits) -> None:
        self.path = path
        self.limits = limits
        # Once and for all: a folder that is gone must not be taken for a file.
        self._folder = path.is_dir()
        self._descent = Descent(limits)

    def __enter__(self) -> Self:
        """Nothing is read before it is asked for."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the readers of archives."""
        self._descent.__exit__(kind, error, trace)

    def items(self, after: bytes | None = None, chosen: Chosen | None = None) -> Iterator[Item]:
        """Everything in the source that is not a folder, in an order that a second pass repeats.

        An archive is an item of its own; its members follow it. An item's bytes are there until the next item is asked
        for: an archive is read once, from its start to its end. One pass at a time.

        A folder that is a backup is followed by one item more where its manifest and its files differ.

        Memory: the names of one folder per level of depth, `SourceLimits.spool` for each level of archives, and eight
        bytes a member of each archive that is open, the latter in its reader.

        Args:
            after: resume behind the item of this path, as yielded before. Archives are passed over to that place: a
                ZIP by its directory, a compressed one by unpacking it again.
            chosen: the part of the source that is wanted, None for all of it. What is in a file of a folder belongs to
                the part of that file. Where the source is one file, its members are divided, what is in a member goes
                with it, and the file itself and what could not be read of it come with the last part. Files of other
                parts are not opened; `after` must be of the same part.

        Raises:
            NotADirectoryError: the folder is gone.
            FileNotFoundError: the one file is gone.
            ValueError: `after` is no path of an item.
            kavalan.sandbox.StartError: no reader can be started.
        """
        top: bytes | None = None
        if after is not None:
            place = parse(after)
            top = place.parts[0].name
            if place.rest and not top:
                return  # what a backup that is the whole source has to say in its end
            yield from self._resumed(top, Place(place.parts[1:], place.rest), chosen)
        whole = self._folder
        for item in self._files(top):
            taken = chosen is None or (_takes(chosen, item) if whole else chosen.last)
            if taken:
                yield item
            if taken or not whole:
                yield from self._inside(item, None, chosen)

    def mentions(self) -> list[Mention]:
        """What databases among the items have said of other files since this was last asked.

        A database is read as a whole whenever its item is passed, so that after a resumption some come again.
        """
        return self._descent.mentions()

    def _resumed(self, top: bytes, further: Place, chosen: Chosen | None) -> Iterator[Item]:
        if further.rest and not further.parts:
            return
        item = file_below(self._root, top) if self._folder else self._one_file()
        if item is not None:
            yield from self._inside(item, further if further.parts else None, chosen)

    def _inside(self, item: Item, after: Place | None, chosen: Chosen | None) -> Iterator[Item]:
        if item.refusal is not None or self._segment_of(item) is not None:
            return
        try:
            descriptor = item.open()
        except OSError:
            return  # who reads the item has been told
        if not isinstance(descriptor, int):
            return
        try:
            members = None if self._folder else chosen
            archive = Archive(item.path, item.path, descriptor, 1, self._beside(item.path))
            yield from self._descent.items(archive, after, members)
        finally:
            os.close(descriptor)

    def _segment_of(self, item: Item) -> bytes | None:
        """The image that a file is a later segment of, with which it is read."""
        if item.refusal is not None or not self._folder:
            return None
        return image_of(item.path.rsplit(b"/", 1)[-1], partial(open_beside, self._root, item.path))

    def _beside(self, path: bytes) -> Beside | None:
        """Opens what lies beside a file, for an image in segments."""
        return partial(open_beside, self._root, path)

    @property
    def _root(self) -> Path:
        return self.path if self._folder else self.path.resolve().parent

    def _files(self, after: bytes | None) -> Iterator[Item]:
        if self._folder:
            for item in walk_folder(self.path, after=after, stated=True):
                first = self._segment_of(item)
                yield item if first is None else replace(item, remarks=(*item.remarks, f"segment of {shown(first)}"))
        elif after is None:
            yield self._one_file()

    def _one_file(self) -> Item:
        path = os.fsencode(self.path.resolve())
        item = file_below(self._root, os.path.basename(path))
        if item is None:
            raise FileNotFoundError(f"{self.path} is not there any more")
        return beside_file(self._root, replace(item, path=os.path.basename(path)))


def _takes(chosen: Chosen, item: Item) -> bool:
    modified = None if item.modified is None else (item.modified - _EPOCH) // timedelta(microseconds=1)
    return chosen.takes(item.path, item.original, modified)


class LentSource(Source):
    """One file that lies nowhere as it is: whoever holds it encrypted lends a descriptor of its bytes.

    Args:
        name: the file's; its item has it as path, as `open_source` gives a file of that name.
        opened: opens the bytes for reading; the caller closes the descriptor.
        modified: last change of the content, where that is known.
        limits: what its archives may unfold to.
    """

    def __init__(
        self,
        name: bytes,
        opened: Callable[[], int],
        *,
        modified: datetime | None = None,
        limits: SourceLimits | None = None,
    ) -> None:
        super().__init__(Path(os.fsdecode(name)), limits or SourceLimits())
        self._folder = False
        self._item = Item(os.path.basename(name), modified, opened)

    def _one_file(self) -> Item:
        return self._item

    def _beside(self, _path: bytes) -> Beside | None:
        """Nothing lies beside it."""
        return None
