"""Writing onto a stick: FAT and exFAT keep no links, no rights, not every name, and FAT no file of 4 GiB."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from kavalan.sandbox import printable
from kavalan.scan.kit.errors import KitError

_MOST_BYTES: Final = (1 << 32) - 1
_UNWRITABLE = re.compile(r'[\x00-\x1f\x7f"*:<>?\\|]|[. ]$')
# DOS kept these for devices, with any ending, and Windows still does.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class Stick:
    """A folder that may lie on a stick; files only ever come to it.

    Args:
        root: empty or not there.

    Raises:
        KitError: there is something in it.
    """

    def __init__(self, root: Path) -> None:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise KitError(root, "is not an empty folder; name a new one on the stick")
        root.mkdir(parents=True, exist_ok=True)
        self.root = root.resolve()  # as the loader names the libraries that it finds beside a module
        self._taken: dict[str, str] = {}

    def copy(self, source: Path, name: str) -> None:
        """Copy a file's bytes; a link's are those of what it leads to.

        Args:
            source: the file.
            name: its place on the stick, parts separated by `/`.

        Raises:
            KitError: the stick cannot hold it.
            OSError: it cannot be read or written.
        """
        size = source.stat().st_size
        if size > _MOST_BYTES:
            raise KitError(source, f"has {size} bytes, and a stick with FAT holds files below 4 GiB only")
        shutil.copyfile(source, self._placed(name))

    def write(self, name: str, data: bytes) -> None:
        """Write a small file.

        Raises:
            KitError: the stick cannot hold its name.
            OSError: it cannot be written.
        """
        self._placed(name).write_bytes(data)

    def _placed(self, name: str) -> Path:
        for part in name.split("/"):
            if _UNWRITABLE.search(part) or _DEVICE.fullmatch(part) or len(part.encode("utf-16-le")) > 510:
                raise KitError(printable(name), "is a name that FAT cannot hold")
        self._claim(name)
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _claim(self, name: str) -> None:
        """FAT tells no capital letters from small ones: a second spelling of a name would replace the first."""
        parts = name.split("/")
        for count in range(1, len(parts) + 1):
            place = "/".join(parts[:count])
            held = self._taken.setdefault(place.casefold(), place)
            if held != place or (count == len(parts) and (self.root / name).exists()):
                raise KitError(printable(name), f"cannot lie beside {printable(held)} on a stick")
