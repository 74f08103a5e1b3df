"""`python -m editorial` is the `editorial` command."""

from editorial.cli.main import run

run()
