"""What is done with the first proof of the small book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from editorial.desk.office import Act, Desk
from editorial.desk.proof_corrections import take_in, type_in
from editorial.desk.proofs import find_proof
from editorial.errors import BadData
from editorial.model.proofs import Correction
from tests.desk.proof_sheets import FIRST, box_of, with_remarks

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
GAIKUANG, PINGTAI = "01-keji/01-gaikuang", "01-keji/02-pingtai"
BOX = box_of(1, FIRST[1], "30亿元")


def typed(desk: Desk, text: str) -> tuple[Correction, ...]:
    type_in(desk, "01", text, at=AT)
    return find_proof(desk, "01").corrections


def marked(desk: Desk, pdf: Path, *remarks: pikepdf.Dictionary) -> Act:
    return take_in(desk, "01", with_remarks(pdf, pdf.with_name("批.pdf"), *remarks), at=AT)


def one(desk: Desk) -> Correction:
    (correction,) = find_proof(desk, "01").corrections
    return correction


def faults(refused: pytest.ExceptionInfo[BadData]) -> list[str]:
    return [str(problem) for problem in refused.value.problems]
