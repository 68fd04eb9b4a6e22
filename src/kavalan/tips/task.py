"""The task that runs in the sandbox: read one file of tips. Only workers import it."""

from __future__ import annotations

import zoneinfo
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from kavalan.tips.errors import TipError
from kavalan.tips.formats import cybertipline, mail, table
from kavalan.tips.formats.document import parsed
from kavalan.tips.printed import referral as printed
from kavalan.tips.request import LONGEST_DOCUMENT, Request
from kavalan.tips.storable import storable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.tips.model import Tip

# The machine's own zones lie where a confined process may not look; those of the package `tzdata` do not.
zoneinfo.reset_tzpath(())


def read(source: BinaryIO, request: Request) -> Iterator[Tip]:
    """The tips of one file, each as it can be stored.

    Raises:
        TipError: it is not what it was said to be.
    """
    return map(storable, _tips(source, request))


def _tips(source: BinaryIO, request: Request) -> Iterator[Tip]:
    match request.form:
        case cybertipline.FORM:
            yield _referral(source)
        case printed.FORM:
            yield _printed(source)
        case mail.FORM:
            yield mail.read_mail(source)
        case table.FORM if request.columns is not None:
            yield from table.read_table(source, request.columns)
        case _:
            message = f"{request.form}: no such form, or a table without the meaning of its columns"
            raise TipError(message)


def _referral(source: BinaryIO) -> Tip:
    data = source.read(LONGEST_DOCUMENT + 1)
    if len(data) > LONGEST_DOCUMENT:
        message = f"it is longer than {LONGEST_DOCUMENT >> 20} MiB, which no referral is"
        raise TipError(message)
    document = parsed(data)
    if not cybertipline.looks_like_one(document):
        raise TipError("it is JSON, but no CyberTipline referral: it has no `reportId` and `reportedInformation`")
    try:
        return cybertipline.read_document(document)
    except RecursionError as error:
        raise TipError("it is nested deeper than can be read") from error


def _printed(source: BinaryIO) -> Tip:
    # Imported when first needed: only a worker that is given a PDF has use for what reads one.
    tip: Tip = import_module("kavalan.tips.printed.document").read_print(source)
    return tip
