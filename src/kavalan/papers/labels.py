"""A sheet of labels for things in custody: a code to scan, the number that it holds, a reference; no names."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
import segno

from kavalan.papers.model import Paper, Short

Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Z0-9 ]{1,32}$")]
_MOST_LABELS = 1000


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One label.

    Attributes:
        code: what its QR code holds, and stands under it for who must type it.
        reference: of the thing, as its memo has it.
    """

    code: Code
    reference: Short


class LabelSheet(Paper, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels to be printed.

    Attributes:
        size: `a4` for sheets of 24 labels of 70 by 37 mm, `roll` for one label of 50 by 25 mm after the other.
        labels: in the order in which they are printed.
    """

    form_id: ClassVar[str] = "labels"

    size: Literal["a4", "roll"]
    labels: Annotated[tuple[Label, ...], msgspec.Meta(min_length=1, max_length=_MOST_LABELS)]

    def fields(self) -> dict[str, object]:
        """Each label with the dark modules of its code, row by row, as the first column and the length of each run."""
        return {
            "size": self.size,
            "labels": [
                {"code": label.code, "reference": label.reference, "runs": _runs(label.code)} for label in self.labels
            ],
        }


def _runs(text: str) -> list[list[list[int]]]:
    # M: fifteen parts in a hundred may be lost to a fold or a scratch.
    code = segno.make(text, error="m", micro=False)
    return [_runs_of(row) for row in code.matrix]


def _runs_of(row: bytes | bytearray) -> list[list[int]]:
    runs: list[list[int]] = []
    for column, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == column:
            runs[-1][1] += 1
        elif dark:
            runs.append([column, 1])
    return runs
