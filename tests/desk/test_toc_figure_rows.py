"""读校目录: captions of pictures side by side, over two lines each, are found and in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from editorial.desk.toc_check import toc_check

FACE, BODY, SMALL = "STSong-Light", 10.0, 8.0
LEFT, RIGHT, HEIGHT = 60.0, 320.0, 842.0
LINE = "示例市本年新建示例道路，示例单位供稿。"
TITLES = {
    1: ("图1-1　示例公园开放当日", "市民入园游览"),
    2: ("图1-2　示例大桥通车当日", "车流的情况"),
    3: ("图1-3　示例学校开学当日", "学生入校"),
    4: ("图1-4　示例社区运动会上", "颁奖的情况"),
    5: ("图1-5　示例河道清淤以前", "的河面"),
    6: ("图1-6　示例河道清淤以后", "的河面"),
}
# Captions by the place of their left edge, row by row.
ROWS = (((1, 60.0), (2, 190.0), (3, 320.0), (4, 450.0)), ((5, 60.0), (6, 320.0)))
NEAR = (((1, 60.0), (2, 170.0), (3, 280.0)), ((4, 60.0), (5, 170.0), (6, 280.0)))


def pressed(path: Path, rows: tuple[tuple[tuple[int, float], ...], ...], listed: list[int]) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    canvas = Canvas(str(path), pagesize=(595, HEIGHT), invariant=1)

    def put(x: float, y: float, size: float, text: str) -> None:
        canvas.setFont(FACE, size)
        canvas.drawString(x, HEIGHT - y, text)

    put(270, 100, 20, "图目录")
    for place, number in enumerate(listed):
        put(LEFT, 140 + 18 * place, BODY, "".join(TITLES[number]) + "…………")
        put(500, 140 + 18 * place, BODY, "1")
    canvas.showPage()
    for sheet in (1, 2, 3):
        for x in (LEFT, RIGHT):
            for place in range(20):
                put(x, 400 + 16 * place, BODY, LINE)
        put(280, 800, 9, f"· {sheet} ·")
        if sheet == 1:
            _put_captions(put, rows)
        canvas.showPage()
    canvas.save()
    return path


def _put_captions(
    put: Callable[[float, float, float, str], None],
    rows: tuple[tuple[tuple[int, float], ...], ...],
) -> None:
    """Of those near one another a typesetter puts down line by line."""
    for place, row in enumerate(rows):
        words = [(turn, x, TITLES[number][turn]) for number, x in row for turn in (0, 1)]
        for turn, x, told in sorted(words) if rows is NEAR else words:
            put(x, 200 + 100 * place + 12 * turn, SMALL, told)


@pytest.mark.parametrize("rows", [ROWS, NEAR], ids=["across the columns", "read as one line"])
def test_a_row_of_pictures_is_no_fault(
    tmp_path: Path, rows: tuple[tuple[tuple[int, float], ...], ...]
) -> None:
    path = pressed(tmp_path / "样.pdf", rows, [1, 2, 3, 4, 5, 6])
    assert [each.message for each in toc_check(path).findings] == []


def test_captions_listed_in_another_order_are_told(tmp_path: Path) -> None:
    path = pressed(tmp_path / "样.pdf", ROWS, [1, 2, 4, 3, 5, 6])
    (found,) = toc_check(path).findings
    assert found.message.endswith("与书中次序不同")


def test_a_caption_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = pressed(tmp_path / "样.pdf", (ROWS[0], ROWS[1][:1]), [1, 2, 3, 4, 5, 6])
    (found,) = toc_check(path).findings
    assert "图1-6" in found.message
