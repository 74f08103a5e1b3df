"""齐、清、定: each lack is found, and told with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from editorial.desk.drafting import new_letter
from editorial.desk.handover import handover
from editorial.desk.keep import keep
from editorial.desk.letters import letters
from editorial.desk.move import move
from editorial.desk.office import Desk
from editorial.desk.opinions import add_opinion
from editorial.desk.proof_corrections import correct
from editorial.desk.proofs import issue_proof
from editorial.desk.rounds import open_round
from editorial.errors import Refused
from editorial.model.handover import Lack, Virtue
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem
from editorial.model.proofs import Correction
from tests.conftest import Said
from tests.desk.pressed import AT, BOOK, TEXT, approved, change, made_ready

DAY = AT.date()
NODE = "01-keji/02-pingtai"
RENCAI = f"{BOOK}/chapters/01-keji/03-rencai.md"


@pytest.fixture
def ready(desk: Desk) -> Desk:
    made_ready(desk)
    return desk


def add(desk: Desk, text: str, path: str = RENCAI) -> None:
    file = desk.root / path
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    keep(desk, "添")


def told(desk: Desk) -> list[tuple[Virtue, str, int]]:
    return [(each.virtue, each.node, each.line) for each in lacks(desk)]


def lacks(desk: Desk) -> tuple[Lack, ...]:
    return handover(desk, DAY).lacks


def test_a_book_that_lacks_nothing_is_complete_clear_and_final(ready: Desk) -> None:
    found = handover(ready, DAY)
    assert (found.lacks, found.sections, found.tables, found.figures) == ((), 5, 1, 0)
    assert found.characters > 100


def test_the_sample_as_it_stands_lacks_supply_and_has_a_gap(desk: Desk) -> None:
    assert [(each.virtue, each.place, each.message) for each in lacks(desk)] == [
        (Virtue.COMPLETE, NODE, "广州科技局的供稿未到（已下达）"),
        (Virtue.FINAL, f"{NODE}:1", "正文尚有“待补。”"),
    ]


# 齐


def test_a_section_without_text_is_missing(ready: Desk) -> None:
    (ready.root / RENCAI).write_text("%% 等稿\n", "utf-8")
    keep(ready, "空")
    assert [(e.node, e.message) for e in lacks(ready)] == [("01-keji/03-rencai", "“人才”没有正文")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (':::figure{#tu-1-1 src="figures/没有.png" title="图"}\n', 3, "没有图片文件"),
        (':::table{#biao-1-2 title="空表"}\n| 甲 | 乙 |\n---\n|  |  |\n:::\n', 3, "没有内容"),
        (":::table{#biao-1-2}\n| 甲 | 乙 |\n---\n| 1 | 2 |\n:::\n", 3, "表没有标题"),
    ],
)
def test_a_table_or_figure_that_is_not_there_is_missing(
    ready: Desk, text: str, line: int, words: str
) -> None:
    add(ready, "\n" + text)
    (lack,) = lacks(ready)
    assert (lack.virtue, lack.place) == (Virtue.COMPLETE, f"01-keji/03-rencai:{line}")
    assert words in lack.message


def test_a_figure_without_a_title_is_told_once(ready: Desk) -> None:
    add(ready, '\n:::figure{#tu-1-1 src="figures/没有.png"}\n')
    told = [(each.virtue, each.message) for each in lacks(ready) if "文件" not in each.message]
    assert told == [(Virtue.COMPLETE, "图没有标题")]


def test_a_reference_to_a_table_that_is_not_in_the_book_is_missing(ready: Desk) -> None:
    add(ready, "\n见[表1-1](#biao-1-1)和[表9-9](#biao-9-9)。\n")
    assert [each.message for each in lacks(ready)] == ["“表9-9”指的表或图（#biao-9-9）不在书中"]


def test_front_matter_and_placeholders_are_asked_for(ready: Desk) -> None:
    path = f"{BOOK}/volume.yaml"
    change(
        ready,
        path,
        "editorial_notes:\n- 本书为示例，内容全部虚构。\n",
        "placeholders: [02-jichu]\n",
    )
    keep(ready, "改")
    assert [(e.node, e.message) for e in lacks(ready)] == [
        ("xiao-2019", "没有编辑说明"),
        ("02-jichu", "还是占位，没有确认"),
    ]


# 清


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<<<<<<< HEAD\n甲。\n=======\n乙。\n>>>>>>> 1234567\n", "有未解决的合并冲突"),
        ("指标\t2024年\t2025年\n示例\t1\t2\n", "像是从表格粘贴来的（2行）"),
    ],
)
def test_what_nobody_meant_to_be_printed_is_not_clear(ready: Desk, text: str, words: str) -> None:
    (ready.root / RENCAI).write_text(text, "utf-8")
    found = [(each.virtue, each.place) for each in lacks(ready) if words in each.message]
    assert found == [(Virtue.CLEAR, "01-keji/03-rencai:1")]


def picture(desk: Desk, width: int, data: bytes = b"") -> None:
    folder = desk.root / BOOK / "chapters/01-keji/figures"
    folder.mkdir()
    if data:
        (folder / "a.png").write_bytes(data)
    else:
        Image.new("RGB", (width, 400), (9, 99, 199)).save(folder / "a.png")
    add(desk, '\n:::figure{#tu-1-1 src="figures/a.png" title="示例图"}\n')


@pytest.mark.parametrize(
    ("width", "data", "words"),
    [(400, b"", "不够清晰：宽400像素"), (0, b"no picture", "无法读取：文件不是图片")],
)
def test_a_picture_that_will_not_print_well_is_not_clear(
    ready: Desk, width: int, data: bytes, words: str
) -> None:
    picture(ready, width, data)
    (lack,) = lacks(ready)
    assert (lack.virtue, lack.node) == (Virtue.CLEAR, "01-keji/03-rencai")
    assert words in lack.message


def test_a_picture_of_enough_dots_is_clear(ready: Desk) -> None:
    picture(ready, 1300)
    assert lacks(ready) == ()


def test_a_character_no_font_has_is_not_clear(ready: Desk) -> None:
    add(ready, "\n用字\U0001b170生僻。\n")
    (lack,) = lacks(ready)
    assert (lack.virtue, lack.place) == (Virtue.CLEAR, "01-keji/03-rencai:3")
    assert "U+1B170" in lack.message


def test_marking_that_does_not_read_is_not_clear(ready: Desk) -> None:
    add(ready, '\n:::table{#biao-1-3 title="没完"}\n| 甲 |\n---\n| 1 |\n')
    assert {each.virtue for each in lacks(ready)} == {Virtue.CLEAR}
    assert all(each.node == "01-keji/03-rencai" and each.line for each in lacks(ready))


# 定


def test_an_opinion_a_letter_and_a_red_mark_left_open_are_not_final(ready: Desk) -> None:
    open_round(ready, "评议会", at=AT)
    add_opinion(ready, "01", NODE, "数字有误", at=AT, by="专家甲")
    item = LetterItem(section=NODE, request="请核实")
    due = date(2020, 3, 20)
    new_letter(ready, kind=LetterKind.REVISE, unit="sz-kcj", items=(item,), due=due, at=AT)
    issue_proof(ready, "一校", at=AT)
    correct(ready, "01", Correction(page=1, old="甲", new="乙"), at=AT)
    (letter,) = letters(ready)
    assert [(e.virtue, e.node) for e in lacks(ready)] == [
        (Virtue.FINAL, NODE),
        (Virtue.FINAL, f"letter {letter.id}"),
        (Virtue.FINAL, "proofs/01"),
    ]


def test_what_is_not_kept_is_not_final(ready: Desk) -> None:
    change(ready, TEXT, "15个", "16个")
    assert told(ready) == [(Virtue.FINAL, TEXT, 0)]


def test_the_book_is_not_handed_over_while_anything_lacks(desk: Desk) -> None:
    approved(desk)
    add(desk, "\n人数【待补】。\n")
    with pytest.raises(Refused) as refused:
        move(desk, ("xiao-2019",), "发稿", at=AT)
    (blocker,) = refused.value.blockers
    assert (blocker.node, blocker.guard) == ("01-keji/03-rencai", "handover final")
    assert move(desk, ("xiao-2019",), "发稿", at=AT, force=True, note="印厂补").commit


def test_a_letter_that_is_open_is_told_once(ready: Desk) -> None:
    item = LetterItem(section=NODE, request="请核实")
    new_letter(ready, kind=LetterKind.REVISE, unit="sz-kcj", items=(item,), due=DAY, at=AT)
    open_round(ready, "评议会", at=AT)
    add_opinion(ready, "01", NODE, "请核实", at=AT, by="甲")
    with pytest.raises(Refused) as refused:
        move(ready, ("xiao-2019",), "发稿", at=AT)
    told = [each.message for each in refused.value.blockers]
    assert sum("号拟稿" in each for each in told) == 1
    assert sum("01/001" in each for each in told) == 1


def test_the_command_tells_each_lack_with_its_place(
    desk: Desk, editorial: Callable[..., Said], tmp_path: Path
) -> None:
    said = editorial("handover")
    assert said.code == 1
    assert f"  {NODE}　广州科技局的供稿未到（已下达）" in said.out.splitlines()
    made_ready(desk)
    assert editorial("handover").code == 0
