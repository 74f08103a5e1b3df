"""核红 by machine on bare files: the old proof, the new one, the list of corrections."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from editorial.model.proof_text import proof_text
from editorial.model.red_check import check_red
from editorial.model.red_marks import RedMark
from editorial.model.red_verdict import RedChecked
from editorial.read.proof_type import read_type
from editorial.read.red_list import read_red_list


def red_check(old: Path, new: Path, corrections: Path) -> RedChecked:
    """Each correction of the list done, undone or wrong in `new`, and what else was changed.

    EditorialError: a file that is missing, damaged, locked, empty or without text; a list
    without its columns.
    """
    return red_check_marks(old, new, read_red_list(corrections))


def red_check_marks(old: Path, new: Path, marks: Sequence[RedMark]) -> RedChecked:
    """The same with marks at hand, those of a 校样 in the workspace for one."""
    return check_red(marks, proof_text(read_type(old)), proof_text(read_type(new)))
