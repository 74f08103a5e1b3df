"""Runs of type as they are read where a file tells the width of characters badly."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from editorial.read.proof_type import read_type
from tests.read.test_proof_pdf import LINES, RARE, SECOND, TOLD, coded

FACE = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FACE))


def test_words_told_by_actual_text_are_not_parted_from_what_follows(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "样.pdf"))
    canvas.setFont(FACE, 10)
    line = canvas.beginText(60, 700)
    line.setFont(FACE, 10)
    line._code.append("/Span <</ActualText <FEFF62E86B3E4E07>>> BDC")
    line.textOut("拨款万")
    line._code.append("EMC")
    line.textOut("元，用于示例道路建设。")
    canvas.drawText(line)
    canvas.drawString(60, 680, "示例区全年新建示例道路十二条，比上年增加三条。")
    canvas.save()
    runs = read_type(tmp_path / "样.pdf").pages[0].runs
    assert runs[0].text == "拨款万元，用于示例道路建设。"


def test_a_rare_character_is_one_and_moves_nothing(tmp_path: Path) -> None:
    path = coded(tmp_path / "样.pdf", LINES % b"<00030001000400010005000600070008>", TOLD)
    first, second = read_type(path).pages[0].runs
    assert (first.text, second.text) == (f"村{RARE}建{RARE}设情况农", SECOND.text)
    assert first.lefts == tuple(100 + 14.0 * n for n in range(8))
