"""The `editorial` command, also as `python -m editorial`."""

from __future__ import annotations

from typing import NoReturn

from editorial.memory import for_a_command


def run() -> NoReturn:
    """The command as a process of its own."""
    for_a_command()  # before its modules are loaded: half of what a short command does
    from editorial.cli.main import run as command

    command()


if __name__ == "__main__":
    run()
