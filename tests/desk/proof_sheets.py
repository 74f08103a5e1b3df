"""Proofs as a typesetter sends them, and remarks as PDF programs put them there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FACE = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, SIZE, LEADING = 80.0, 120.0, 10.5, 18.0
# The first page of 科技创新: a heading, then lines of the text of its 概况.
FIRST = (
    "【概况】2018年，示例区有研发机构120个，比上年增加12个。",
    "全年研发经费支出30亿元，比上年增加2亿元，均为示例。",
    "各单位报送的材料由编辑部核对，示例单位供稿。",
)
SECOND = (
    "【重点实验室】2018年，新增重点实验室15个，其中待补。",
    "示例单位的实验室设在示例区，均为示例。",
)


def proof_pdf(
    path: Path, pages: Sequence[Sequence[str]] = (), first: int = 21, front: Sequence[str] = ()
) -> Path:
    """Pages numbered from `first`, each a heading and lines 18 points apart, after a page i, ii,
    iii for every line of `front`."""
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for number, line in enumerate(front, 1):
        put(canvas, LEFT, TOP, SIZE, line)
        put(canvas, 290, 800, 9, "i" * number)
        canvas.showPage()
    heads = ("概况", "创新平台")
    for number, lines in enumerate(pages or (FIRST, SECOND)):
        put(canvas, LEFT, 90, 16, heads[number] if number < len(heads) else f"分目{number}")
        for place, line in enumerate(lines):
            put(canvas, LEFT, TOP + place * LEADING, SIZE, line)
        put(canvas, 290, 800, 9, str(first + number))
        canvas.showPage()
    canvas.save()
    return path


def put(canvas: Canvas, x: float, y: float, size: float, text: str) -> None:
    canvas.setFont(FACE, size)
    canvas.drawString(x, HEIGHT - y, text)


def box_of(line: int, text: str, words: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of words of a line, as a PDF has them; digits are half an em."""
    start = text.index(words)
    left = LEFT + wide(text[:start])
    base = HEIGHT - (TOP + line * LEADING)
    return left, base - 2, left + wide(words), base + 9


def wide(text: str) -> float:
    return sum(SIZE / 2 if char.isascii() else SIZE for char in text)


def remark(kind: str, box: Sequence[float], text: str = "", **more: Any) -> Dictionary:
    """As Acrobat writes it: quads from the upper left, right, then the lower ones."""
    left, bottom, right, top = box
    made = Dictionary(
        Type=Name.Annot,
        Subtype=Name("/" + kind),
        Rect=Array([left - 1, bottom - 1, right + 1, top + 1]),
        Contents=String(text),
        T=String("罗校"),
        M=String("D:20200310103000+08'00'"),
        F=4,
    )
    if kind in ("Highlight", "StrikeOut", "Underline", "Squiggly"):
        corners = ((left, top), (right, top), (left, bottom), (right, bottom))
        made[Name.QuadPoints] = Array([edge for corner in corners for edge in corner])
    for key, value in more.items():
        made["/" + key] = value
    return made


def with_remarks(path: Path, out: Path, *remarks: Dictionary, page: int = 0) -> Path:
    """`path` with remarks on one page; each may name another by its place as /IRT."""
    with pikepdf.open(path) as pdf:
        made = [pdf.make_indirect(each) for each in remarks]
        for each in made:
            if isinstance(each.get("/IRT"), int):
                each[Name.IRT] = made[int(each.IRT)]
        pdf.pages[page].obj[Name.Annots] = Array(made)
        pdf.save(out)
    return out
