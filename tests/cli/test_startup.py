"""Start-up is a feature: heavy libraries are imported by the act that needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    *("textual", "rich", "docx", "reportlab", "uharfbuzz", "fontTools", "git", "PIL", "lxml"),
    *("numpy", "pikepdf", "pypdfium2"),
}
CODE = """
import sys
from editorial.cli.main import main
code = main(sys.argv[1:])
heavy = sorted({name.split(".")[0] for name in sys.modules})
print("", code, *heavy, file=sys.stderr)
"""


def loaded(folder: Path, *args: str) -> set[str]:
    """Top-level modules a command has loaded when it is done."""
    call = [sys.executable, "-c", CODE, *args]
    done = subprocess.run(call, cwd=folder, capture_output=True, encoding="utf-8", check=True)
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0", done.stderr
    return set(modules)


@pytest.mark.parametrize(
    "command",
    [
        ("status", "--json"),
        ("move", "机场", "--to", "初审"),
        ("log",),
        ("verify",),
        ("letter", "list"),
        ("--version",),
    ],
)
def test_a_plain_command_loads_no_heavy_library(workspace: Path, command: tuple[str, ...]) -> None:
    assert loaded(workspace, *command) & HEAVY == set()
