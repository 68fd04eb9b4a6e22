"""`python -m kavalan`: the command line where its script is not on the PATH."""

from kavalan.cli.main import run

run()
