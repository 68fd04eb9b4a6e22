"""The photographs that `make` unpacks from Debian packages, without what is drawn among them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "debian" / "photos"

_PLASMA = (
    "BytheWater",
    "ColdRipple",
    "ColorfulCups",
    "DarkestHour",
    "EveningGlow",
    "FallenLeaf",
    "Grey",
    "Kite",
    "OneStandsOut",
    "Path",
)
# Looked at one by one: what of each package is photographed, not drawn or rendered, by the beginning of its path there.
_PHOTOGRAPHED = {
    "gcompris-qt-data": tuple(
        f"gcompris-qt/rcc/{name}" for name in ("categorization-", "details-", "erase-", "explore_")
    ),
    "gnome-control-center-data": ("pixmaps/faces/",),
    "lomiri-wallpapers-16.04": ("backgrounds/",),
    "lomiri-wallpapers-20.04": ("backgrounds/Kleiber",),
    "mate-backgrounds": ("backgrounds/mate/nature/",),
    "palapeli-data": ("palapeli/collection/",),
    "plasma-workspace-wallpapers": tuple(f"wallpapers/{name}/contents/images/" for name in _PLASMA),
}
_DRAWN = ("analogpattern_by", "umang_by")
_SHORTEST_SIDE = 240


def photographs() -> list[Path]:
    """JPEG and WebP photographs in a fixed order; none where `make` has not fetched them."""
    found = []
    for package, beginnings in _PHOTOGRAPHED.items():
        share = FOLDER / package / "usr" / "share"
        found += [path for path in sorted(share.rglob("*")) if str(path.relative_to(share)).startswith(beginnings)]
    return [path for path in found if _is_photograph(path)]


def _is_photograph(path: Path) -> bool:
    if path.suffix not in {".jpg", ".webp"} or path.is_symlink() or path.name.startswith(_DRAWN):
        return False
    with Image.open(path) as image:
        return min(image.size) >= _SHORTEST_SIDE
