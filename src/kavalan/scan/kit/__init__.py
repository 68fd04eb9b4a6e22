"""The field kit: a scan from a stick, on a machine without network and without Python."""

from kavalan.scan.kit.errors import KitError
from kavalan.scan.kit.make import Kit, ListCopy, make_kit, try_kit
from kavalan.scan.kit.verify import KitVerdict, verify_kit

__all__ = ["Kit", "KitError", "KitVerdict", "ListCopy", "make_kit", "try_kit", "verify_kit"]
