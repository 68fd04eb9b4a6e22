"""The text of a page where it stands, as runs and then as lines (ISO 32000-2, 9.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import pikepdf

from kavalan.tips.printed.font import Font

_OPERATORS = "q Q cm Do BMC BDC EMC BT ET Tf Td TD Tm T* Tj TJ ' \" Tc Tw Tz TL Ts"
_DEPTH = 8
_RUNS = 200_000
_WORD = 0.15
"""Of the letters' size: a gap between runs that parts words."""
_CELL = 1.2
"""Of the letters' size: a gap that parts columns."""
_SAME_LINE = 0.4
"""Of the letters' size: how far apart baselines of one line may be."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Run(NamedTuple):
    """Text in one go.

    Attributes:
        x: where it begins, in points from the left.
        y: its baseline, in points from below.
        end: where it ends.
        size: of its letters.
        text: what it says.
    """

    x: float
    y: float
    end: float
    size: float
    text: str


class Line(NamedTuple):
    """A line of a page.

    Attributes:
        page: from 1.
        number: from 1 on its page, from above.
        cells: its text, parted where columns are.
    """

    page: int
    number: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole line."""
        return "  ".join(self.cells)

    @property
    def where(self) -> str:
        """Its place, for people."""
        return f"page {self.page}, line {self.number}"


def lines_of(page: pikepdf.Page, number: int) -> Iterator[Line]:
    """The lines of a page from above, each from the left.

    Args:
        page: of an open document.
        number: its number, from 1.
    """
    reader = _Reader()
    reader.read(page.obj, page.obj.get("/Resources") or page.resources, _IDENTITY, 0)
    count = 0
    for runs in _rows(reader.runs):
        if cells := tuple(_cells(runs)):
            count += 1
            yield Line(number, count, cells)


class _Reader:
    """Follows the text operators of a page and of the forms that it shows."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._fonts: dict[tuple[int, int], Font] = {}

    def read(self, content: pikepdf.Object, resources: object, matrix: Matrix, depth: int) -> None:
        """Collect the runs of a page's, or a form's, content."""
        stack: list[tuple[Matrix, _Text]] = []
        marked: list[tuple[int, str]] = []
        text = _Text()
        for instruction in pikepdf.parse_content_stream(content, _OPERATORS):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "q":
                stack.append((matrix, text.copy()))
            elif operator == "Q" and stack:
                matrix, text = stack.pop()
            elif operator == "cm" and len(operands) == 6:
                matrix = _product(_matrix(operands), matrix)
            elif operator in {"BMC", "BDC"}:
                marked.append((len(self.runs), _actual(resources, operands)))
            elif operator == "EMC":
                self._instead(*marked.pop() if marked else (0, ""))
            elif operator == "Do" and depth < _DEPTH:
                self._form(_named(resources, "/XObject", operands), resources, matrix, depth)
            elif operator == "Tf" and len(operands) == 2:
                text.font, text.size = self._font(_named(resources, "/Font", operands)), float(operands[1])
            elif len(self.runs) < _RUNS:
                self.runs += text.heed(operator, operands, matrix)

    def _instead(self, first: int, actual: str) -> None:
        """Put the text that a document gives for its glyphs in their place (ISO 32000-2, 14.9.4)."""
        runs = self.runs[first:]
        if actual and runs:
            self.runs[first:] = [runs[0]._replace(text=actual, end=max(run.end for run in runs))]

    def _form(self, form: object, resources: object, matrix: Matrix, depth: int) -> None:
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
            own = form.get("/Matrix")
            inner = _product(_matrix(list(own)), matrix) if isinstance(own, pikepdf.Array) and len(own) == 6 else matrix
            self.read(form, form.get("/Resources", resources), inner, depth + 1)

    def _font(self, font: object) -> Font | None:
        if not isinstance(font, pikepdf.Dictionary):
            return None
        if font.objgen == (0, 0):
            return Font(font)
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = Font(font)
        return self._fonts[font.objgen]


class _Text:
    """The text state."""

    def __init__(self) -> None:
        self.font: Font | None = None
        self.size = 0.0
        self._matrix = self._line = _IDENTITY
        # Between letters, between words, from line to line, above the baseline; how wide, in hundredths.
        self._set = {"Tc": 0.0, "Tw": 0.0, "TL": 0.0, "Ts": 0.0, "Tz": 100.0}

    def copy(self) -> _Text:
        """The state as it is now."""
        other = _Text()
        other.__dict__.update(self.__dict__, _set=self._set.copy())
        return other

    def heed(self, operator: str, operands: Sequence[pikepdf.Object], outer: Matrix) -> Iterator[Run]:
        """Follow an operator; what it shows comes out."""
        match operator, operands:
            case "BT", _:
                self._matrix = self._line = _IDENTITY
            case (("Td" | "TD"), [x, y]):
                self._move(float(x), float(y))
                self._set["TL"] = -float(y) if operator == "TD" else self._set["TL"]
            case "Tm", [_, _, _, _, _, _]:
                self._matrix = self._line = _matrix(operands)
            case (("Tc" | "Tw" | "TL" | "Ts" | "Tz"), [number]):
                self._set[operator] = float(number)
            case "T*", _:
                self._move(0, -self._set["TL"])
            case _:
                yield from self._shown(operator, operands, outer)

    def _shown(self, operator: str, operands: Sequence[pikepdf.Object], outer: Matrix) -> Iterator[Run]:
        match operator, operands:
            case "Tj", [shown]:
                yield from self._show([shown], outer)
            case "TJ", [pikepdf.Array() as shown]:
                yield from self._show(list(shown), outer)
            case "'", [shown]:
                self._move(0, -self._set["TL"])
                yield from self._show([shown], outer)
            case '"', [words, between, shown]:
                self._set |= {"Tw": float(words), "Tc": float(between)}
                self._move(0, -self._set["TL"])
                yield from self._show([shown], outer)

    def _move(self, x: float, y: float) -> None:
        self._matrix = self._line = _product((1, 0, 0, 1, x, y), self._line)

    def _show(self, parts: Sequence[pikepdf.Object], outer: Matrix) -> Iterator[Run]:
        """One run for each part that letters are not pushed far from."""
        for part in parts:
            if not isinstance(part, pikepdf.String):
                self._advance(-float(part) / 1000 * self.size)
            elif self.font is not None:
                x, y, size = self._place(outer)
                said = []
                for glyph in self.font.glyphs(bytes(part)):
                    said.append(glyph.text)
                    wider = self._set["Tc"] + (self._set["Tw"] if glyph.space else 0)
                    self._advance(glyph.width * self.size + wider)
                yield Run(x, y, self._place(outer)[0], size, "".join(said))

    def _advance(self, by: float) -> None:
        self._matrix = _product((1, 0, 0, 1, by * self._set["Tz"] / 100, 0), self._matrix)

    def _place(self, outer: Matrix) -> tuple[float, float, float]:
        matrix = _product((1, 0, 0, 1, 0, self._set["Ts"]), _product(self._matrix, outer))
        return matrix[4], matrix[5], abs(self.size * (matrix[3] or matrix[1]))


def _rows(runs: Sequence[Run]) -> Iterator[list[Run]]:
    row: list[Run] = []
    for run in sorted((run for run in runs if run.text.strip()), key=lambda run: (-run.y, run.x)):
        if row and row[0].y - run.y > _SAME_LINE * max(run.size, 1):
            yield sorted(row)
            row = []
        row.append(run)
    if row:
        yield sorted(row)


def _cells(runs: Sequence[Run]) -> Iterator[str]:
    """The cells of a row: runs that follow closely are one word, those further on are parted."""
    said, end = "", 0.0
    for run in runs:
        gap = (run.x - end) / max(run.size, 1)
        if said and gap > _CELL:
            yield from filter(None, [" ".join(said.split())])
            said = ""
        said += (" " if said and gap > _WORD else "") + run.text
        end = run.end
    yield from filter(None, [" ".join(said.split())])


def _named(resources: object, family: str, operands: Sequence[pikepdf.Object]) -> object:
    held = resources.get(family) if isinstance(resources, pikepdf.Dictionary) else None
    return held.get(str(operands[0])) if isinstance(held, pikepdf.Dictionary) and operands else None


def _actual(resources: object, operands: Sequence[pikepdf.Object]) -> str:
    """What a stretch of marked content really says; empty where that is not told."""
    facts: object = operands[1] if len(operands) == 2 else None
    if isinstance(facts, pikepdf.Name):
        facts = _named(resources, "/Properties", operands[1:])
    said = facts.get("/ActualText") if isinstance(facts, pikepdf.Dictionary) else None
    return str(said) if isinstance(said, pikepdf.String) else ""


def _matrix(numbers: Sequence[pikepdf.Object]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
