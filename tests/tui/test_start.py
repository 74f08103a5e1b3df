from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "docx",
    "reportlab",
    "uharfbuzz",
    "yaml",
    "git",
    "markdown_it",
    "tree_sitter",
    "editorial.store",
    "editorial.read",
    "editorial.desk.overview",
    "editorial.tui.dialogs.base",
    "textual.widgets._text_area",
)


def test_opening_imports_nothing_that_the_first_frame_does_not_need() -> None:
    code = f"import sys, editorial.tui.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
