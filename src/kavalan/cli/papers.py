"""`kavalan paper`: printed papers from data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from kavalan.papers import Paper

_P = TypeVar("_P", bound="Paper")

app = typer.Typer(help="Printed papers: list them, make one from its data.", no_args_is_help=True)

_MOST_BYTES = 16 * 2**20


@contextmanager
def _paper_errors() -> Iterator[None]:
    """A fault ends the program with its text and exit code 2, not with a trace."""
    from kavalan.papers import PaperError

    try:
        yield
    except (PaperError, OSError) as error:
        typer.echo(f"kavalan: {error}", err=True)
        raise typer.Exit(2) from error


@app.command("list")
def list_papers() -> None:
    """List every paper: its id, title, languages, version, and whether its words are reviewed."""
    from kavalan.papers import PAPERS, form

    for kind in PAPERS:
        one = form(kind.form_id)
        languages = ", ".join(
            f"{wording.language} ({'' if wording.reviewed else 'not '}reviewed)" for wording in one.wording
        )
        typer.echo(f"{one.id}\t{one.title}\tversion {one.version}\t{languages}")


@app.command("custody")
def custody(
    data: Annotated[Path, typer.Argument(metavar="DATA.json", help="The data; docs/papers.md describes it.")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help="Where the paper goes; never overwritten.")],
) -> None:
    """Make the sequence of custody of an exhibit as PDF/A.

    Exit code: 0 when it was made, 2 when not.
    """
    from kavalan.papers import CustodySequence
    from kavalan.sandbox import printable

    paper = _made(CustodySequence, data, out)
    _tell(out, paper, f"exhibit {printable(paper.exhibit.number)}, {len(paper.events)} events")


@app.command("transfer")
def transfer(
    data: Annotated[Path, typer.Argument(metavar="DATA.json", help="The data; docs/papers.md describes it.")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help="Where the paper goes; never overwritten.")],
) -> None:
    """Make the letter with which a report is handed over, with its slip, as PDF/A.

    Exit code: 0 when it was made, 2 when not.
    """
    from kavalan.papers import TransferLetter
    from kavalan.sandbox import printable

    paper = _made(TransferLetter, data, out)
    _tell(out, paper, f"report {printable(paper.reference)}")


@app.command("zero-fir")
def zero_fir(
    data: Annotated[Path, typer.Argument(metavar="DATA.json", help="The data; docs/papers.md describes it.")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help="Where the paper goes; never overwritten.")],
) -> None:
    """Make the letter with an FIR that was registered irrespective of the area, as PDF/A.

    Exit code: 0 when it was made, 2 when not.
    """
    from kavalan.papers import ZeroFirLetter
    from kavalan.sandbox import printable

    paper = _made(ZeroFirLetter, data, out)
    _tell(out, paper, f"FIR {printable(paper.fir)}")


def _made(kind: type[_P], data: Path, out: Path) -> _P:
    """The paper of a file, set and written."""
    from kavalan.papers import DataError, read, render

    with _paper_errors():
        try:
            paper = read(kind, _bounded(data))
        except DataError as error:
            message = f"{data}: {error}"
            raise DataError(message) from error
        _write_new(out, render(paper))
    return paper


def _tell(out: Path, paper: Paper, about: str) -> None:
    from kavalan.papers import grouped

    typer.echo(f"{out}: {paper.form.title}, {about}")
    typer.echo(f"SHA-256 of its data: {grouped(paper.digest)}")


def _bounded(path: Path) -> bytes:
    from kavalan.papers import DataError

    with path.open("rb") as file:
        text = file.read(_MOST_BYTES + 1)
    if len(text) > _MOST_BYTES:
        message = f"more than {_MOST_BYTES} bytes; the data of a paper is smaller"
        raise DataError(message)
    return text


def _write_new(path: Path, content: bytes) -> None:
    """The file is there whole or not at all, and nothing is overwritten."""
    from kavalan.papers import PaperError

    try:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        message = f"{path} is there already and is not overwritten; name another file"
        raise PaperError(message) from error
    except OSError:
        path.unlink(missing_ok=True)
        raise
