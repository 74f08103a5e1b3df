"""Files written whole: what was killed while writing leaves nothing for ever."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from editorial.store.files import BESIDE, put

LEFT, OTHER = BESIDE.format("0123abcd"), ".0123abcd.tmp"


@pytest.mark.parametrize(("name", "hours", "stays"), [(LEFT, 25, 0), (LEFT, 2, 1), (OTHER, 25, 1)])
def test_what_a_killed_one_left_goes_with_the_next(
    tmp_path: Path, name: str, hours: float, stays: int
) -> None:
    """What is newer may be being written, and what others call so is theirs."""
    left = tmp_path / name
    left.write_bytes(b"%PDF")
    then = time.time() - hours * 3600
    os.utime(left, (then, then))
    put(tmp_path / "a.pdf", b"%PDF-1.7")
    assert (left.exists(), (tmp_path / "a.pdf").read_bytes()) == (bool(stays), b"%PDF-1.7")
