"""A proof issued of the small book."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.desk.office import Desk
from editorial.desk.proofs import find_proof, issue_proof
from editorial.model.proofs import ProofJob
from tests.desk.proof_sheets import proof_pdf
from tests.desk.proof_work import AT


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return proof_pdf(tmp_path / "一校样.pdf")


@pytest.fixture
def job(desk: Desk, pdf: Path) -> ProofJob:
    issue_proof(desk, "一校", ("01-keji",), at=AT, file=pdf, typesetter="示例排版")
    return find_proof(desk, "01")
