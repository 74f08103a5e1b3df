"""送文单 on one page, with everything that is handed over and room to sign."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from editorial.desk.fonts import font_table
from editorial.desk.office import Desk
from editorial.model.slip import Slip
from editorial.render.pdf.slip import slip_pdf
from editorial.store.looks import load_fonts

SLIP = Slip(
    office="示例市地方志办公室",
    fields=(("发文字号", "示志函〔2020〕12号"), ("主送", "示例市科学技术局")),
    papers=("公函.pdf", "稿件摘录.docx"),
    blanks=("签收人", "签收日期"),
    note="请签收后把本单退回。",
)


def said(desk: Desk, slip: Slip) -> list[str]:
    data = slip_pdf(slip, font_table(desk, load_fonts(desk.workspace.files))).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        return ["".join(page.extract_text().split()) for page in pdf.pages]


@pytest.mark.parametrize(
    "words", ["示志函〔2020〕12号", "示例市科学技术局", "1公函.pdf1", "签收人", "退回"]
)
def test_the_page_tells_what_is_handed_over(desk: Desk, words: str) -> None:
    (page,) = said(desk, SLIP)
    assert words in page


def test_many_papers_run_on_and_none_is_lost(desk: Desk) -> None:
    names = tuple(f"附件{number:03}.pdf" for number in range(100))
    pages = said(desk, replace(SLIP, papers=names))
    assert len(pages) > 1
    assert all(name in "".join(pages) for name in names)
    assert "签收日期" in pages[-1]


def test_the_same_slip_gives_the_same_bytes(desk: Desk) -> None:
    table = font_table(desk, load_fonts(desk.workspace.files))
    assert slip_pdf(SLIP, table).data == slip_pdf(SLIP, table).data
