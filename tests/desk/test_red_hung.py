"""核红 where LibreOffice hung a mark of punctuation over the edge, and did not draw it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from editorial.cli.proof_check import as_data
from editorial.desk.red_check import red_check_marks
from editorial.model.red_marks import RedMark

FACE = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FACE))

OLD = (
    "示例市本年新建示例道路十二条，",
    "比上年增加三条。全市森林覆盖率",
    "达到百分之四十二，新增绿地三百",
    "公顷，建成公园五座。年末常住人",
    "口一百二十万人，城镇化率提高。",
)
LOST = (
    "示例市本年新建示例道路十二条",  # a mark lost that no correction is about
    "比上年增加三条。全市森林覆盖",
    "率达到百分之四十二，新增绿地",
    "三百公顷，建成公园五座。年末",
    "常住人口一百二十万人，城镇化",
    "率提高。",
)


def drawn(path: Path, *lines: str) -> Path:
    canvas = Canvas(str(path))
    canvas.setProducer("LibreOffice 24.2")
    canvas.setFont(FACE, 10.5)
    for row, line in enumerate(lines):
        canvas.drawString(60, 760 - row * 16, line)
    canvas.save()
    return path


def checked(folder: Path, old: tuple[str, ...], new: tuple[str, ...], mark: RedMark) -> Any:
    before, after = drawn(folder / "old.pdf", *old), drawn(folder / "new.pdf", *new)
    told = as_data(red_check_marks(before, after, [mark]))
    return told["corrections"][0]["state"], told["unasked"]


CASES = {
    "put in at the end of a line": ("年末", "", "，", "常住人口一百", "done"),
    "put in within a line": ("年末常", "", "，", "住人口一百二", "undone"),
    "struck out, and still there": ("人，城镇化率提高", "。", "", "", "undone"),
}


@pytest.mark.parametrize(
    ("before", "old", "new", "after", "state"), CASES.values(), ids=list(CASES)
)
def test_a_mark_not_drawn_at_the_end_of_a_full_line_is_no_fault(
    tmp_path: Path, before: str, old: str, new: str, after: str, state: str
) -> None:
    mark = RedMark(id="1", page="1", before=before, old=old, new=new, after=after)
    assert checked(tmp_path, OLD, LOST, mark) == (state, [])


def test_a_mark_gone_where_a_line_is_not_full_is_told(tmp_path: Path) -> None:
    new = (*LOST[:-1], "率提高", "示例港全年货物吞吐量二千万吨")
    mark = RedMark(id="1", page="1", before="新建示例", old="道", new="道", after="路十二条")
    _, unasked = checked(tmp_path, (*OLD, "示例港全年货物吞吐量二千万吨"), new, mark)
    assert [(each["old"], each["new"]) for each in unasked] == [("。", "")]
