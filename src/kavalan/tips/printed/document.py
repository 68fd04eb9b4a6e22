"""A PDF as a tip.

The text is read by four small modules of our own over pikepdf, which is here anyway and opens, repairs and decrypts:
pdfminer.six would add a second parser of the whole format to what hostile bytes reach, for what a referral needs least,
its layout analysis. What they say is held to poppler's `pdftotext` in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import msgspec
import pikepdf
from pikepdf.exceptions import PikepdfError

from kavalan.tips.errors import TipError
from kavalan.tips.model import Unread
from kavalan.tips.printed.page import lines_of
from kavalan.tips.printed.referral import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.tips.model import Tip
    from kavalan.tips.printed.page import Line

_PAGES = 5000
_HOSTILE = (PikepdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, ArithmeticError)
"""What pikepdf raises for an object that is not what it should be."""


def read_print(source: BinaryIO) -> Tip:
    """What a referral's print says.

    Raises:
        TipError: it is no PDF, needs a password, has no text, or nowhere calls itself a CyberTipline report.
    """
    unread: list[Unread] = []
    try:
        with pikepdf.open(source, access_mode=pikepdf.AccessMode.stream, suppress_warnings=True) as document:
            lines = list(_lines(document, unread))
    except pikepdf.PasswordError as error:
        raise TipError("it is encrypted: it needs its password") from error
    except (*_HOSTILE, OSError) as error:
        # It begins with what pikepdf calls the file, which has no name here.
        message = f"it cannot be read as a PDF: {str(error).rpartition(': ')[2][:300]}"
        raise TipError(message) from error
    if not lines:
        raise TipError("its pages hold no text, as a scan's do not: read it and type in what it says")
    tip = read_lines(lines)
    if tip is None:
        raise TipError("it is a PDF, but no CyberTipline referral: nowhere it says `CyberTipline Report`")
    return msgspec.structs.replace(tip, unread=(*unread, *tip.unread))


def _lines(document: pikepdf.Pdf, unread: list[Unread]) -> Iterator[Line]:
    """All pages' lines; a page that cannot be read costs itself."""
    for number, page in enumerate(document.pages, 1):
        if number > _PAGES:
            unread.append(Unread(f"page {number}", "it has more pages than are read"))
            return
        try:
            yield from lines_of(page, number)
        except _HOSTILE as error:
            unread.append(Unread(f"page {number}", f"{type(error).__name__}: {str(error)[:200]}"))
