"""核红 by machine where lists and proofs are not as one would wish."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from editorial.cli.proof_check import as_data
from editorial.desk.red_check import red_check, red_check_marks
from editorial.model.red_marks import RedMark

FACE, SIZE, STEP = "STSong-Light", 10, 16
pdfmetrics.registerFont(UnicodeCIDFont(FACE))

FIRST = "示例市本年新建示例道路十二条，比上年增加三条。全市森林覆盖率达到百分之四十二。"
SECOND = "新增绿地三百公顷，建成公园五座。年末常住人口一百二十万人，城镇化率稳步提高。"
THIRD = "示例港全年货物吞吐量二千万吨，集装箱吞吐量八十万标准箱，航线通达十五个国家。"
FOURTH = "示例大学招收新生六千人，毕业四千人，科研经费三亿元，获发明专利二百一十项。"
COLUMNS = ["id", "page", "before", "old", "new", "after"]


def typeset(path: Path, *pages: tuple[str, ...], width: int = 20) -> Path:
    """Pages of paragraphs, their first lines set in by two characters."""
    canvas = Canvas(str(path))
    for paragraphs in pages:
        canvas.setFont(FACE, SIZE)
        row = 0
        for text in ("　　" + each for each in paragraphs):
            for at in range(0, len(text), width):
                line = text[at : at + width]
                x = 60 + (len(line) - len(line.lstrip("　"))) * SIZE
                canvas.drawString(x, 760 - row * STEP, line.lstrip("　"))
                row += 1
        canvas.showPage()
    canvas.save()
    return path


def mark(before: str, old: str, new: str, after: str, page: str = "1", id: str = "1") -> RedMark:
    return RedMark(id=id, page=page, before=before, old=old, new=new, after=after)


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    def run(old: list[tuple[str, ...]], new: list[tuple[str, ...]], *marks: RedMark) -> Any:
        before = typeset(tmp_path / "old.pdf", *old)
        after = typeset(tmp_path / "new.pdf", *new, width=23)
        return as_data(red_check_marks(before, after, marks))

    return run


def states(result: dict[str, Any]) -> list[str]:
    return [each["state"] for each in result["corrections"]]


@pytest.mark.parametrize("page", ["1", "0", ""], ids=["told wrongly", "nought", "not told"])
def test_of_same_words_on_many_pages_the_changed_ones_are_those_meant(
    check: Callable[..., dict[str, Any]], page: str
) -> None:
    old = [(FIRST, SECOND), (THIRD,), (FOURTH, SECOND)]
    new = [(FIRST, SECOND), (THIRD,), (FOURTH, SECOND.replace("五座", "六座"))]
    result = check(old, new, mark("公顷，建成公园", "五", "六", "座。年末常住", page))
    assert states(result) == ["done"]
    assert not result["unasked"]


BITTEN = {
    "a substitution": (mark("建成公园", "五", "六", "座。年末"), "公园五座", "公园六"),
    "a deletion": (mark("新增绿地", "三百", "", "公顷，"), "绿地三百公", "绿地"),
    "an insertion": (mark("常住人口", "", "约", "一百二十万"), "人口一百", "人口约百"),
}


@pytest.mark.parametrize(("asked", "was", "came"), BITTEN.values(), ids=list(BITTEN))
def test_a_mark_that_took_its_neighbour_along_is_done_wrongly(
    check: Callable[..., dict[str, Any]], asked: RedMark, was: str, came: str
) -> None:
    new = SECOND.replace(was, came)
    result = check([(FIRST, SECOND, THIRD)], [(FIRST, new, THIRD)], asked)
    assert states(result) == ["wrong"]
    assert not result["unasked"]


def test_a_mark_carried_out_close_by_instead_is_done_wrongly(
    check: Callable[..., dict[str, Any]],
) -> None:
    asked = mark("十二条，比上年", "", "大约", "增加三条")
    new = FIRST.replace("十二条", "十二大约条")
    result = check([(FIRST, SECOND)], [(new, SECOND)], asked)
    assert states(result) == ["wrong"]
    assert not result["unasked"]


def test_two_insertions_on_either_side_of_a_break_are_both_done(
    check: Callable[..., dict[str, Any]],
) -> None:
    marks = (
        mark("", "", "本年，", "新增绿地三百公顷", id="2"),
        mark("百分之四十二。", "", "均达标。", "", id="1"),
    )
    new = (FIRST + "均达标。", "本年，" + SECOND)
    result = check([(FIRST, SECOND)], [new], *marks)
    assert states(result) == ["done", "done"]
    assert not result["unasked"]


def test_a_mark_half_carried_out_is_no_fault_of_the_next(
    check: Callable[..., dict[str, Any]],
) -> None:
    marks = (
        mark("百分之四十二。", "", "均已达标", "", id="1"),
        mark("", "新增", "建成", "绿地三百公顷", id="2"),
    )
    new = (FIRST + "均已", SECOND.replace("新增", "建成"))
    assert states(check([(FIRST, SECOND)], [new], *marks)) == ["wrong", "done"]


def test_a_sentence_put_in_unasked_beside_a_mark_leaves_it_done(
    check: Callable[..., dict[str, Any]],
) -> None:
    more = "城区绿化投入三亿元。"
    result = check(
        [(FIRST, SECOND)],
        [(FIRST + more, "本年，" + SECOND)],
        mark("", "", "本年，", "新增绿地三百公顷"),
    )
    assert states(result) == ["done"]
    assert [(each["old"], each["new"]) for each in result["unasked"]] == [("", more)]


def test_a_paragraph_moved_unasked_is_told(check: Callable[..., dict[str, Any]]) -> None:
    five = FIRST.replace("本年", "去年").replace("十二", "二十一")
    old = [(FIRST, SECOND, THIRD, FOURTH, five)]
    new = [(FIRST, THIRD, FOURTH, SECOND, five)]
    told = check(old, new)["unasked"]
    assert {each["old"] or each["new"] for each in told} == {SECOND}
    assert len(told) == 2


def test_a_sentence_gone_is_told_whole(check: Callable[..., dict[str, Any]]) -> None:
    new = SECOND.replace("年末常住人口一百二十万人，城镇化率稳步提高。", "")
    result = check([(FIRST, SECOND, THIRD)], [(FIRST, new, THIRD)])
    assert [each["old"] for each in result["unasked"]] == [
        "年末常住人口一百二十万人，城镇化率稳步提高。"
    ]


def turned(path: Path, *, shown: bool) -> Path:
    """Pages with their type running upwards; `shown` level by turning the pages."""
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for page in document.pages:
            width, height = (float(each) for each in page.MediaBox[2:])
            page.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.MediaBox = [0, 0, height, width]
            page.Rotate = 90 if shown else 0
        document.save(path)
    return path


@pytest.mark.parametrize("shown", [True, False], ids=["shown level", "shown turned"])
def test_pages_that_lie_on_their_side_are_read_in_order(tmp_path: Path, *, shown: bool) -> None:
    old = turned(typeset(tmp_path / "old.pdf", (FIRST, SECOND), (THIRD, FOURTH)), shown=shown)
    new = typeset(tmp_path / "new.pdf", (FIRST, SECOND), (THIRD, FOURTH), width=23)
    listed = tmp_path / "list.csv"
    listed.write_text(",".join(COLUMNS) + "\n1,1,建成公园,五,六,座。年末\n", encoding="utf-8")
    result = as_data(red_check(old, new, listed))
    assert states(result) == ["undone"]
    assert not result["unasked"]


@pytest.mark.parametrize("part", [";", "\t"], ids=["semicolons", "tabs"])
@pytest.mark.parametrize("code", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_list_parted_by_other_marks_is_read(tmp_path: Path, part: str, code: str) -> None:
    listed = tmp_path / "list.csv"
    with listed.open("w", encoding=code, newline="") as file:
        writer = csv.writer(file, delimiter=part)
        writer.writerows([COLUMNS, ["1", "1", "建成公园", "五", "六", "座。\n年末"]])
    proof = typeset(tmp_path / "old.pdf", (FIRST, SECOND))
    assert states(as_data(red_check(proof, proof, listed))) == ["undone"]
