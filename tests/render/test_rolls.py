"""Lists of names in cells."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest

from editorial.model.document import Entry, Paragraph, Run
from editorial.render.pdf.composing import body_text
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.paragraph import Piece, compose
from editorial.render.pdf.rolls import in_cells, names_of, stranger_in
from editorial.render.pdf.typeset import TypeCase
from tests.render.books import faces, laid, letters, runs, section, set_letters, style_of
from tests.render.test_paragraph import BODY, LEFT, SIZE, case, chars_by_line, draw
from tests.render.test_paragraph import table as table  # the fixture

__all__ = ["case"]

MEASURE = 22 * SIZE
NAMES = (
    "赵　示　钱示例　孙例　李例示　周一示　欧阳示例　吴示　郑例　阿卜杜拉·示例　司徒　示　褚　例"
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (NAMES, 11),
        ("获奖名单：" + NAMES, 11),
        ("孙例（女，苗族）　施　例（回族）　张例示　孔一示　曹示", 5),
        ("示例市人民代表大会常务委员会委员（24名，按姓氏笔画排列）：" + NAMES, 11),
        ("司徒　示　褚　例　卫　示　欧阳　示　蒋　例", 5),
        ("李□□　李××　李　□　李达*　〔日〕山田示例　钱示例", 6),
        ("□是　□否　□党员　□团员　□群众", 0),
        ("*　*　*　*　*", 0),
        ("3×4　5×6　7×8　9×10　2×3", 0),
        ("赵　示　钱示例　孙例　李例示", 0),
        ("示例市地处三角洲北缘　河网密布　气候温和　四季常青　示例", 0),
        ("书　记：李示例", 0),
        ("赵　示　钱示例　孙例　李例示　周　欧阳示例。", 0),
    ],
)
def test_a_list_of_names_is_known(text: str, names: int) -> None:
    found = names_of(text)
    assert len(found[1:]) == names
    assert not found or "".join(found) == text


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        (NAMES + "　李达、　" + NAMES, "李达、"),
        ("获奖名单：" + NAMES + "　李A", "李A"),
        (NAMES + "　李A　李B　李C", ""),
        (NAMES + "　" + NAMES, ""),
        ("　".join(["3×4"] * 20), ""),
    ],
)
def test_what_keeps_a_list_from_being_one_is_named(text: str, odd: str) -> None:
    assert stranger_in(text) == odd


def names_set(case: TypeCase, text: str) -> list[list[dict]]:
    pieces, look = in_cells([], [Piece(text)], BODY, MEASURE)
    return chars_by_line(draw(case, [compose(case, pieces, look, MEASURE)]))


def test_names_stand_under_one_another(case: TypeCase) -> None:
    """Each begins at one of five places, 4.75 ems apart, the last name of a full line ending at
    the right edge; none is parted."""
    lines = names_set(case, NAMES + "　" + NAMES)
    assert len(lines) == 5
    surnames = {name[0] for name in NAMES.split("　") if len(name) > 1} | set("赵吴司褚")
    for line in lines:
        starts = [(char["x0"] - LEFT) / SIZE for char in line if char["text"] in surnames]
        assert all(min(start % 4.75, -start % 4.75) < 0.01 for start in starts), starts
        assert line[0]["text"] in surnames
    assert lines[0][-1]["x1"] - LEFT == pytest.approx(MEASURE, abs=0.05)


def test_a_name_of_two_characters_is_opened_to_three(case: TypeCase) -> None:
    line = names_set(case, NAMES)[0]
    at = next(at for at, char in enumerate(line) if char["text"] == "孙")
    assert line[at + 1]["x0"] - line[at]["x1"] == pytest.approx(SIZE, abs=0.01)


def test_names_after_a_lead_stand_in_the_cells_of_the_lines_below(case: TypeCase) -> None:
    first, *rest = names_set(case, "获奖名单：" + NAMES)
    assert (first[0]["x0"] - LEFT) / SIZE == pytest.approx(2, abs=0.01)
    at = next(char for char in first if char["text"] == "赵")
    assert (at["x0"] - LEFT) / SIZE == pytest.approx(9.5, abs=0.01)
    assert all(line[0]["x0"] == pytest.approx(LEFT, abs=0.01) for line in rest)


def ems_of(name: str) -> float:
    return len(name) - name.count("·") / 2 + (len(name.partition("（")[0]) == 2)


def cells_taken(name: str) -> int:
    """Of 4.75 ems each, with what leads to it in two more."""
    *lead, name = name.split("：")
    return 2 * len(lead) + ceil((ems_of(name) + 0.4) / 4.75)


@pytest.mark.parametrize("count", range(8, 40, 3))
def test_every_line_is_full_unless_the_next_name_is_too_long(case: TypeCase, count: int) -> None:
    tail = "阿卜杜拉·示例　盘示例（女，瑶族）　欧阳示例　司马例　李示（女）　古丽·示例（维吾尔族）"
    names = [*["孙示例"] * count, *tail.split("　")]
    pieces, look = in_cells([], [Piece("获奖名单：" + "　".join(names))], BODY, MEASURE)
    lines = compose(case, pieces, look, MEASURE)
    rows = [lines.text_of(at).rstrip("　").split("　") for at in range(lines.count)]
    assert [name for row in rows for name in row] == ["获奖名单：孙示例", *names[1:]]
    for row, below in pairwise(rows):
        assert sum(map(cells_taken, row)) * 4.75 + ems_of(below[0]) > 22, rows


def test_a_long_lead_has_its_line_to_itself(case: TypeCase) -> None:
    """Rather than one name behind a hole at its end."""
    first, second, *_ = names_set(case, "示例市劳动模范（40名）：" + NAMES)
    assert "".join(char["text"] for char in first) == "示例市劳动模范（40名）："
    assert second[0]["x0"] == pytest.approx(LEFT, abs=0.01)


def test_a_lead_longer_than_a_line_is_broken_like_text(case: TypeCase) -> None:
    lead = "2025年度示例市“三八”红旗手标兵和红旗手获得者名单（24名）："
    pieces, look = in_cells([], [Piece(lead + NAMES)], BODY, MEASURE)
    lines = compose(case, pieces, look, MEASURE)
    assert lines.width_of(0) > 18 * SIZE
    assert lines.text_of(0) + lines.text_of(1) == lead


@pytest.mark.parametrize("ems", range(13, 23))
def test_few_names_are_not_broken_either(case: TypeCase, ems: int) -> None:
    names = ["赵示例（女）", "钱例", "孙　示", "阿卜杜拉·示例"]
    for lead in ("", "示例市奖章获得者：", "主任"):
        pieces, look = in_cells(
            [Piece("【奖章获得者】　")], [Piece(lead + "　".join(names))], BODY, 1
        )
        lines = compose(case, pieces, look, ems * SIZE)
        made = [lines.text_of(at) for at in range(lines.count)]
        whole = names[1:] if lead == "主任" else names
        assert all(any(name in line for line in made) for name in whole), made


def test_names_after_the_title_of_an_entry_stand_in_cells_too(case: TypeCase) -> None:
    lead = [Piece("【获奖名单】", role="hei"), Piece("　")]
    pieces, look = in_cells(lead, [Piece(NAMES)], BODY, MEASURE)
    first, *rest = chars_by_line(draw(case, [compose(case, pieces, look, MEASURE)]))
    assert (first[0]["x0"] - LEFT) / SIZE == pytest.approx(1.5, abs=0.01)
    at = next(char for char in first if char["text"] == "赵")
    assert (at["x0"] - LEFT) / SIZE == pytest.approx(9.5, abs=0.01)
    assert all(line[0]["x0"] == pytest.approx(LEFT, abs=0.01) for line in rest)


@pytest.mark.external("pdftotext")
def test_a_list_is_copied_as_typed(case: TypeCase, tmp_path: Path) -> None:
    import subprocess

    pieces, look = in_cells([], [Piece(NAMES)], BODY, MEASURE)
    page = tmp_path / "page.pdf"
    page.write_bytes(draw(case, [compose(case, pieces, look, MEASURE)]))
    out = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True, text=True)
    copied = "　".join(line.strip("　 ") for line in out.stdout.strip().splitlines() if line)
    assert copied.replace("\f", "") == NAMES


def test_names_of_a_paragraph_and_of_an_entry_are_set_so() -> None:
    setting = Setting(case=TypeCase(faces()), style=style_of("review"))
    paragraph = Paragraph(runs=(Run(text=NAMES),))
    entry = Entry(title="获奖名单", runs=(Run(text=NAMES),))
    for block in (paragraph, entry):
        lines = body_text(setting, 0, block, MEASURE).lines
        assert lines.look.align == "left"
        assert lines.copy.text.endswith(NAMES)
        assert all(strip.piece.cell for strip in lines.copy.typed.strips[-11:])


@pytest.mark.parametrize("text", ["东　南　西　北　中", "赵　钱　孙　李　周", "甲　乙　丙　丁　戊"])
def test_single_characters_set_apart_are_printed_as_they_are(text: str) -> None:
    done = laid(section(Paragraph(runs=runs(text))), style_of("final"), faces())
    assert not letters(text) - set_letters(done)
