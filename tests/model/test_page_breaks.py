"""What breaks where a column or a page ends: rows of tables, paragraphs about tables, notes."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, pairwise
from random import Random

import pytest

from editorial.model.page_order import reading_orders
from editorial.model.proof_page import Rule, TypedPage, TypedProof, TypeRun
from editorial.model.proof_text import contents_sheets, proof_text
from editorial.model.text_match import changes, match
from editorial.model.text_moves import Ends
from tests.model.test_page_order import SIZE, column, page, run
from tests.model.test_page_rules import ruled


def text_of(*pages: TypedPage) -> str:
    return proof_text(TypedProof(pages=pages)).text


def sheet(number: int, *runs: TypeRun) -> TypedPage:
    return replace(page(*runs), sheet=number)


EDGES = (50.0, 100.0, 160.0, 220.0)
HEAD = (run(55, 700, "项目"), run(105, 700, "比上年增长", 9), run(165, 700, "金额"))
REST = (run(105, 112, "（％）", 9),)
ROW = (run(55, 130, "甲区"), run(105, 130, "十二"), run(165, 130, "卅四"))
BROKEN = (
    ruled(*HEAD, levels=(688, 705), uprights=EDGES),
    replace(ruled(*REST, *ROW, levels=(100, 118, 136), uprights=EDGES), sheet=2),
)
WHOLE = "项目比上年增长（％）金额甲区十二卅四"


def test_the_cells_of_a_row_that_breaks_at_the_foot_of_a_page_are_read_whole() -> None:
    assert text_of(*BROKEN) == WHOLE


def test_a_row_atop_a_page_is_no_rest_of_the_one_before() -> None:
    rows = (*(each._replace(y=112) for each in ROW[1:]), *ROW)
    below = replace(ruled(*rows, levels=(100, 118, 136), uprights=EDGES), sheet=2)
    assert text_of(BROKEN[0], below) == "项目比上年增长金额十二卅四甲区十二卅四"


MARK = run(50, 275, "①", 8)
REMARK = [run(50, 275, "注：" + "戊" * 17, 8), run(50, 289, "23.5人", 8)]


@pytest.mark.parametrize("small", [[MARK], REMARK], ids=["the mark of a note", "a remark"])
def test_small_type_at_the_end_of_the_text_is_no_note(small: list[TypeRun]) -> None:
    orders = reading_orders([page(*column(50, "甲"), *small)], SIZE)
    assert [each.text for each in orders[0].body[-len(small) :]] == [each.text for each in small]
    assert not orders[0].notes


def test_a_note_stands_below_a_rule() -> None:
    lined = replace(page(*column(50, "甲"), *REMARK), levels=(Rule(266, 50, 100),))
    assert reading_orders([lined], SIZE)[0].notes == tuple(REMARK)


TIGHT = [
    run(60 - 4 * (n % 2), 300 + 12.5 * n, word, 9)._replace(text=word)
    for n, word in enumerate(("项目", "东湖区", "西湖", "南沙县", "北桥"))
]
FIGURES = [
    run(x + 3 * ((n + x) % 3), 300 + 12.5 * n, f"{x}{n}", 9)
    for n in range(5)
    for x in (120, 180, 240)
]


def test_rows_of_a_table_without_lines_as_close_as_text_are_read_one_by_one() -> None:
    caption = [run(90, 276, "表一"), run(130, 276, "各区情况")]
    body = [run(50, 100 + 15 * n, "甲" * 30) for n in range(8)]
    texts = [
        each.text
        for each in reading_orders([page(*body, *caption, *TIGHT, *FIGURES)], SIZE)[0].body
    ]
    assert texts[texts.index("东湖区") :][:4] == ["东湖区", "1201", "1801", "2401"]


CONTENTS = ("工业概况", "农业概况", "商贸", "旅游", "教育", "卫生", "体育")


def test_page_numbers_without_leaders_tell_contents() -> None:
    lines = [run(50, 200 + 16 * n, title) for n, title in enumerate(CONTENTS)]
    numbers = [run(280, 200 + 16 * n, str(11 + 2 * n), 10) for n in range(len(CONTENTS))]
    pages = [page(*lines, *numbers), *(sheet(n, *column(50, "甲")) for n in range(2, 30))]
    proof = proof_text(TypedProof(pages=tuple(pages)))
    assert contents_sheets(proof) == {1}
    assert {proof.text[at] for at in proof.numbers} <= set("0123456789")


def test_places_of_an_index_that_go_on_in_the_next_line_are_page_numbers() -> None:
    texts = [f"{title}11a" for title in CONTENTS] + ["科技12a、13b、", "14a、15b"]
    rows = [run(50, 200 + 16 * n, text) for n, text in enumerate(texts)]
    pages = [*(sheet(n, *column(50, "甲")) for n in range(1, 9)), sheet(9, *rows)]
    proof = proof_text(TypedProof(pages=tuple(pages)))
    left = "".join(sign for at, sign in enumerate(proof.text) if at not in proof.numbers)
    assert left.endswith("".join((*CONTENTS, "科技")))


def lines(*texts: str) -> tuple[str, set[int]]:
    starts = {0}
    for above, _ in pairwise([*texts, ""]):
        starts.add(max(starts) + len(above))
    return "".join(texts), starts


FILLER = "".join(chr(0x4E00 + n) for n in range(9000))
LOST = "至年底全市有规模以上服务企业三十二家，从业人员八百一十七人，总产值九亿元。"
DOUBLED = "至年底全市有规模以上建材企业六十七家，从业人员四百八十八人，总产值五亿元。"


def test_a_sentence_lost_and_one_like_it_doubled_far_off_did_not_move() -> None:
    a, starts = lines(FILLER[:20], LOST, FILLER[20:], DOUBLED, FILLER[:30][::-1])
    b, starts2 = lines(FILLER[:20], FILLER[20:], DOUBLED, DOUBLED, FILLER[:30][::-1])
    found = changes(match(a, b, Ends(starts, starts2)))
    assert [(a[c.i : c.i2], b[c.j : c.j2]) for c in found] == [(LOST, ""), ("", DOUBLED)]


TABLE = "表一甲区一二乙区三四丙区五六"


@pytest.mark.parametrize("size", [1, 24], ids=["a character", "two lines"])
def test_a_paragraph_may_break_about_a_table_elsewhere(size: int) -> None:
    first, rest = FILLER[:50], FILLER[50:120]
    a, starts = lines(first, TABLE, rest)
    b, starts2 = lines(first + rest[:size], TABLE, rest[size:])
    assert changes(match(a, b, Ends(starts, starts2))) == []


@pytest.mark.parametrize("seed", range(40))
def test_notes_that_stand_elsewhere_keep_their_marks_of_punctuation(seed: int) -> None:
    dice = Random(seed)
    notes = ["注：" + FILLER[40 * n :][: dice.randint(8, 30)] + "。" for n in range(1, 6)]
    parts = [FILLER[1000 * n :][: dice.randint(20, 100)] + "。" for n in range(1, 6)]

    def laid() -> tuple[str, set[int]]:
        """Each note behind its paragraph, or at the end."""
        foot = {note for note in notes if dice.random() < 0.5}
        body = [
            (part, note if note not in foot else "")
            for part, note in zip(parts, notes, strict=True)
        ]
        return lines(*filter(None, chain(*body)), *(note for note in notes if note in foot))

    (a, starts), (b, starts2) = laid(), laid()
    assert changes(match(a, b, Ends(starts, starts2))) == []
