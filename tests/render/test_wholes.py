"""Numbers, codes, formulas and signs: what stays whole, what stands beside what."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from editorial.model.style import Align
from editorial.render.fonts import FontTable
from editorial.render.pdf.cell_words import words_kept
from editorial.render.pdf.fount import Shift
from editorial.render.pdf.paragraph import Copy, Piece, compose
from editorial.render.pdf.typeset import TypeCase
from tests.render.test_paragraph import FLUSH, SIZE, boxes, case, chars_by_line, draw, told
from tests.render.test_paragraph import table as table  # the fixture

__all__ = ["case"]


def every_width(case: TypeCase, text: str, whole: str) -> None:
    """`whole` stands on one line, wherever it falls."""
    for lead in range(12, 24):
        made = told(case, "示" * lead + text, 24, "justify")
        assert any(whole in line for line in made), made


@pytest.mark.parametrize("number", ["6.617 4", "0.000 012 5", "12 345.678 9", "3.141 592 65"])
def test_a_number_with_spaces_between_decimals_stays_whole(case: TypeCase, number: str) -> None:
    held = number.replace(" ", "\u00a0")
    every_width(case, f"兑{number}元人民币。", held)
    for lead in range(12, 24):
        lines = compose(case, [Piece("示" * lead + number + "元人民币")], FLUSH, 24 * SIZE)
        for line in chars_by_line(draw(case, [lines])):
            gaps = [b["x0"] - a["x1"] for a, b in pairwise(line) if b["text"].isspace()]
            assert max(gaps, default=0) < 0.01


@pytest.mark.parametrize("text", ["1.5 3人", "3.125 2018年", "1.234 5.678"])
def test_numbers_side_by_side_are_no_decimals(case: TypeCase, text: str) -> None:
    assert compose(case, [Piece(text)], FLUSH, 300).text_of(0) == text


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("-5~-2℃", "−5～−2℃"),
        ("海拔-12~-8米", "海拔−12～−8米"),
        ("海拔-12至8米", "海拔−12至8米"),
        ("0~-0.6米", "0～−0.6米"),
        ("气温-5~10℃", "气温−5～10℃"),
        ("8~10米", "8～10米"),
        ("10%~20%", "10%～20%"),
        ("100万元~200万元", "100万元～200万元"),
        ("附件-1", "附件-1"),
        ("按~5键", "按~5键"),
        ("a~1", "a~1"),
    ],
)
def test_a_tilde_between_figures_is_drawn_as_the_sign_of_a_range(
    case: TypeCase, text: str, drawn: str
) -> None:
    assert compose(case, [Piece(text)], FLUSH, 300).text_of(0) == drawn


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("（4×300兆瓦）", "兆瓦"),
        ("3×1.5万千瓦时", "千瓦时"),
        ("2.5吉瓦时", "吉瓦时"),
        ("24万千伏安", "千伏安"),
        ("100千米/小时", "小时"),
        ("35微克/立方米", "立方米"),
        ("2.5立方米/秒", "立方米"),
        ("1 800元/平方千米", "平方千米"),
        ("86公顷", "公顷"),
        ("12.5亿美元/人", "美元"),
    ],
)
@pytest.mark.parametrize("align", ["justify", "left"])
def test_no_unit_is_broken(case: TypeCase, text: str, unit: str, align: Align) -> None:
    """However little room there is: a line ends before it, or before its figure."""
    for ems in range(9, 23):
        for lead in range(ems):
            made = told(case, "示" * lead + text + "示例" * 6, ems, align)
            assert any(unit in line for line in made), made


@pytest.mark.external("pdftotext")
def test_a_range_is_copied_as_typed(case: TypeCase, tmp_path: Path) -> None:
    import subprocess

    text = "水深8~10米、20～30米，气温-5~-2℃"
    page = tmp_path / "page.pdf"
    page.write_bytes(draw(case, [compose(case, [Piece(text)], FLUSH, 300)]))
    out = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == text


def test_a_range_in_a_column_head_is_copied_as_typed(case: TypeCase) -> None:
    kept = words_kept(Copy(case, [Piece("2014~2018年增加值")], "song"), 4)
    assert kept.text == "2014～2018年增加值"
    assert kept.typed.told == "2014~2018年增加值"


@pytest.mark.parametrize(
    "text", ["上年=100", "互联网+政务", "烟酒↑2", "衣着↓0", "数<0", "x>示", "β-胡萝卜", "示#非农"]
)
def test_signs_stand_close_to_both_sides(case: TypeCase, text: str) -> None:
    sign = next(at for at, char in enumerate(text) if char in "=+↑↓<>-#")
    line = boxes(case, text)
    before, here, after = line[sign - 1 : sign + 2]
    assert here["x0"] - before["x1"] == pytest.approx(0, abs=0.01)
    assert after["x0"] - here["x1"] == pytest.approx(0, abs=0.01)


def test_signs_stay_on_their_line(case: TypeCase) -> None:
    for lead in range(8, 20):
        made = told(case, "示" * lead + "指数（上年=100），#非农业“5G+工业”<3次", 16, "justify")
        assert not any(line[0] in "=+" for line in made), made
        assert not any(line[-1] in "#<" for line in made), made


def test_a_signed_number_may_begin_a_line(case: TypeCase) -> None:
    assert told(case, "增减分别为，+5.6%", 6, "justify")[1] == "+5.6%"


def test_no_line_is_left_with_one_character_before_a_telephone_number(case: TypeCase) -> None:
    text = (
        "【电话】　坐标为东经113°15′53.2″、北纬23°07′43.6″；面积7 434.4平方千米；"
        "电话020-0000-0001、（020）0000-0001、400-000-0000转8；手机138-0000-0000；邮编510000。"
    )
    for ems in range(16, 30):
        made = told(case, text, ems, "justify")
        assert all(len(line) > 4 for line in made[:-1]), made
        assert not any(line.startswith("-") for line in made), made


@pytest.mark.parametrize("lead", [16, 18, 19])
def test_a_line_does_not_end_short_after_one_character(case: TypeCase, lead: int) -> None:
    text = "示" * lead + "020-0000-0001，示例示例示Internationalization"
    made = told(case, text, 20, "justify")
    assert all(len(line) > 1 for line in made), made


def formula(text: str, shift: Shift = "sub") -> list[Piece]:
    """`Co~0.1~Mn~0.1~` as pieces."""
    return [Piece(part, shift=shift if odd % 2 else "") for odd, part in enumerate(text.split("~"))]


@pytest.mark.parametrize("text", ["LiNi~0.8~Co~0.1~Mn~0.1~O~2~", "KAl(SO~4~)~2~·12H~2~O"])
@pytest.mark.parametrize("ems", [3.5, 4, 5, 6])
def test_a_formula_is_broken_before_an_element(case: TypeCase, text: str, ems: float) -> None:
    lines = compose(case, formula(text), replace(FLUSH, align="left"), ems * SIZE)
    made = [lines.text_of(at) for at in range(lines.count)]
    assert all(line[0] in "LNCMOKASH(" for line in made), made
    assert not any(line.endswith("·") for line in made), made


def test_an_equation_is_broken_after_its_signs(case: TypeCase) -> None:
    for lead in range(12):
        pieces = [Piece("示" * lead), *formula("CaCO~3~+2HCl=CaCl~2~+H~2~O+CO~2~，示例")]
        lines = compose(case, pieces, FLUSH, 12 * SIZE)
        made = [lines.text_of(at) for at in range(lines.count)]
        ends = [line[-1] + after[0] for line, after in pairwise(made)]
        assert all(end[0] in "+=" or not end.isascii() for end in ends), made


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("执行标准GB/T 15834—2011《标点符号用法》。", "GB/T 15834—2011"),
        ("耗电多少kW·h，", "kW·h"),
        ("明矾KAl·12H，", "KAl·12H"),
    ],
)
def test_codes_and_sizes_stay_whole(case: TypeCase, text: str, whole: str) -> None:
    every_width(case, text, whole)


def test_a_size_is_not_parted_before_its_sign(case: TypeCase) -> None:
    for lead in range(12, 24):
        made = told(case, "示" * lead + "每节180米×37.95米×11.4米，", 24, "justify")
        assert not any(line[0] == "×" for line in made), made


def test_the_space_in_the_number_of_a_standard_does_not_open(case: TypeCase) -> None:
    space = case.face("song").widths[" "] / 1000 * SIZE
    for lead in range(12, 24):
        lines = compose(case, [Piece("示" * lead + "GB/T 15834—2011标点")], FLUSH, 24 * SIZE)
        for line in chars_by_line(draw(case, [lines])):
            for a, b in pairwise([char for char in line if char["text"] != " "]):
                if a["text"] + b["text"] == "T1":
                    assert b["x0"] - a["x1"] == pytest.approx(space, abs=0.02)


def test_no_line_begins_with_the_hyphen_of_a_code(case: TypeCase, table: FontTable) -> None:
    for lead in range(4, 20):
        made = told(case, "示" * lead + "书号ISBN 978-7-000-00000-2，定价", 14, "justify")
        assert not any(line.startswith("-") for line in made), made
