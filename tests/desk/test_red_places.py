"""核红: marks found where the proof differs from the list, and what only follows from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from editorial.cli.proof_check import as_data
from editorial.desk.red_check import red_check_marks
from editorial.model.red_marks import RedMark
from tests.desk.test_red_check import FACE, SIZE, proof
from tests.desk.test_red_hard import FIRST, FOURTH, SECOND, THIRD, mark, typeset

TEXT = FIRST + SECOND + THIRD


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., Any]:
    def run(old: str, new: str, *marks: RedMark) -> Any:
        before = proof(tmp_path / "old.pdf", old)
        return as_data(red_check_marks(before, proof(tmp_path / "new.pdf", new, width=23), marks))

    return run


def state(result: Any) -> tuple[str, list[Any]]:
    return result["corrections"][0]["state"], result["unasked"]


def test_an_insertion_on_the_wrong_side_of_marks_of_punctuation_is_wrong(
    check: Callable[..., Any],
) -> None:
    old = TEXT.replace("五座。", "（五座）；")
    new = old.replace("（五座）；", "（五座约）；")
    asked = mark("公园（五座）；", "", "约", "年末常住")
    assert check(old, new, asked)["corrections"][0]["state"] == "wrong"


def test_a_sentence_is_struck_out_with_the_marks_it_begins_and_ends_with(
    check: Callable[..., Any],
) -> None:
    old = TEXT.replace("五座。", "五座。（三）示例年报另发。")
    asked = mark("建成公园五座。", "（三）示例年报，另发。", "", "年末常住人口")
    assert state(check(old, TEXT, asked)) == ("done", [])


def test_a_number_that_lost_its_point_is_found_by_one_side(check: Callable[..., Any]) -> None:
    old = TEXT.replace("五座。", "5414座。")
    asked = mark("三百公顷，建成公园", "541.4", "57", "座①注文另见")
    assert state(check(old, old.replace("5414", "57"), asked)) == ("done", [])


def test_of_two_places_the_one_whose_words_go_on_behind_a_table_is_meant(tmp_path: Path) -> None:
    table = "表一甲区一二乙区三四"
    first, second = (
        "十五个国家。建成公园五座。" + FOURTH,
        THIRD + "建成公园五座。" + table + "新增床位六百张。",
    )
    between = [(TEXT[9 * n :] * 3,) for n in range(1, 6)]
    old = typeset(tmp_path / "old.pdf", (first,), *between, (second,))
    came = second.replace("五座。表", "五座；表")
    new = typeset(tmp_path / "new.pdf", (first,), *between, (came,), width=23)
    asked = mark("十五个国家。建成公园五座", "。", "；", "新增床位六百张", page="1")
    assert state(as_data(red_check_marks(old, new, [asked]))) == ("done", [])


def test_what_comes_beside_a_mark_done_wrongly_is_of_that_mark(check: Callable[..., Any]) -> None:
    old = TEXT.replace("五座。", "2956座，另5089座。")
    asked = mark("建成公园", "2956", "518.86", "座，另")
    result = check(old, old.replace("2956座", "695265座"), asked)
    assert state(result) == ("wrong", [])
    old = TEXT.replace("五座。", "甲2956508977乙。")
    asked = mark("建成公园甲", "2956", "518.86", "508977")
    assert state(check(old, old.replace("甲2956", "甲695265"), asked)) == ("wrong", [])


HEADS = (
    "工业概况",
    "农业生产",
    "商贸流通",
    "旅游资源",
    "教育事业",
    "卫生健康",
    "体育赛事",
    "档案工作",
    "气象服务",
)


def book(path: Path, heads: tuple[str, ...], width: int) -> Path:
    """Contents without leaders, a leaf with the heads of the chapter, the text, an index in the
    order of the heads."""
    canvas = Canvas(str(path))

    def sheet(*lines: tuple[float, float, str]) -> None:
        canvas.setFont(FACE, SIZE)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.showPage()

    sheet(*((60, 700 - 16 * n, head) for n, head in enumerate(heads)),
          *((300, 700 - 16 * n, str(3 + n)) for n in range(len(heads))))  # fmt: skip
    sheet(*((200, 500 - 30 * n, head) for n, head in enumerate(heads)))
    for number, head in enumerate(heads):
        text = (TEXT + FOURTH)[7 * number :] * 2
        rows = [text[at : at + width] for at in range(0, len(text), width)]
        sheet((60, 720, head), *((60, 690 - 16 * n, row) for n, row in enumerate(rows)))
    ends = [f"{head}{3 + heads.index(head)}a" for head in sorted(heads)]
    sheet(*((60, 700 - 16 * n, end) for n, end in enumerate(ends)))
    canvas.save()
    return path


def test_lists_that_follow_a_heading_are_no_change_of_their_own(tmp_path: Path) -> None:
    now = tuple(head.replace("农业", "种植") for head in HEADS)
    old, new = book(tmp_path / "old.pdf", HEADS, 20), book(tmp_path / "new.pdf", now, 23)
    asked = mark("", "农业", "种植", "生产", page="4")
    result = as_data(red_check_marks(old, new, [asked]))
    assert state(result) == ("done", [])
    spoilt = tuple(head.replace("体育", "文娱") for head in now)
    third = book(tmp_path / "third.pdf", spoilt, 23)
    told = as_data(red_check_marks(old, third, [asked]))["unasked"]
    changes = [(each["page"], each["old"], each["new"]) for each in told]
    assert changes == [(2, "体育", "文娱"), (9, "体育", "文娱")]  # the leaf and the chapter
