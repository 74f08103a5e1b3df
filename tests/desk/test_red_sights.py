"""核红 of proofs that are hard to read: set from the top down, without codes, with raised notes,
with rows of tables parted, with lists that know less than one side of a place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from reportlab.pdfgen.canvas import Canvas

from editorial.desk.red_check import red_check_marks
from editorial.errors import EditorialError
from editorial.model.red_marks import RedMark
from editorial.read.proof_type import read_type
from tests.desk.red_press import FACES
from tests.desk.test_red_check import FACE, PARKS, SIZE, TEXT, lines_of, mark, proof, told

Check = Callable[..., dict[str, Any]]


def changed(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["old"], each["new"]) for each in result["unasked"]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def run(old: str, new: str, *marks: RedMark) -> dict[str, Any]:
        before = proof(tmp_path / "old.pdf", old)
        after = proof(tmp_path / "new.pdf", new, width=23)
        return told(red_check_marks(before, after, marks))

    return run


WHOLE = {
    "a figure of a number": ("货值1933.5万元", "货值1983.5万元", ("1933.5", "1983.5")),
    "two figures far apart": ("货值123456.7元", "货值323456.9元", ("123456.7", "323456.9")),
    "a letter of a word": ("由 Greenway 承建", "由 Greenwai 承建", ("Greenway", "Greenwai")),
    "a figure gone": ("货值1933万元", "货值193万元", ("3", "")),
    "a figure for a Han character": ("货值19万元", "货值一9万元", ("1", "一")),
    "the figures of another number": ("占5.5%，12户", "占5.7%，12户", ("5.5", "5.7")),
}


@pytest.mark.parametrize(("old", "new", "words"), WHOLE.values(), ids=list(WHOLE))
def test_of_a_number_or_a_word_the_whole_is_told(
    check: Check, old: str, new: str, words: tuple[str, str]
) -> None:
    assert changed(check(f"{old}。{TEXT}", f"{new}。{TEXT}")) == [words]


def test_a_number_goes_on_in_the_next_line(check: Check) -> None:
    start = TEXT[:17]  # the old line ends after three figures more
    result = check(f"{start}193359吨。{TEXT}", f"{start}193859吨。{TEXT}")
    assert changed(result) == [("193359", "193859")]


# From the top down


def downwards(path: Path, text: str, height: int) -> Path:
    canvas = Canvas(str(path))
    canvas.setFont(FACE, SIZE)
    for number, line in enumerate(lines_of(text, height)):
        for step, char in enumerate(line):
            canvas.drawString(540 - 20 * number, 780 - 13 * step, char)
    canvas.save()
    return path


def test_type_set_from_the_top_down_is_read_so(tmp_path: Path) -> None:
    old = downwards(tmp_path / "old.pdf", TEXT, 30)
    new = downwards(tmp_path / "new.pdf", TEXT.replace("五座", "六座").replace("三百", "二百"), 27)
    checked = red_check_marks(old, new, [PARKS])
    result = told(checked)
    assert result["corrections"] == [{"id": "1", "state": "done", "found": "六"}]
    assert changed(result) == [("三", "二")]
    (box,) = checked.unasked[0].new_boxes
    at = TEXT.index("三百")
    assert abs(box.x - (540 - 20 * (at // 27))) < SIZE / 2
    assert abs(box.y - (841.9 - 780 + 13 * (at % 27) - SIZE)) < SIZE / 2


# Without codes


def coded(path: Path, text: str, code: Callable[[int], str]) -> Path:
    """A proof by typst whose font tells other characters than it shows."""
    source = f'#set text(font: "Noto Serif SC")\n{text}'
    typst.compile(source.encode(), output=str(path), font_paths=[str(FACES)])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                rows = thing.ToUnicode.read_bytes().decode("latin-1").split("\n")
                rows = [re.sub(r"> <\w+>\s*$", f"> <{code(n)}>", row) for n, row in enumerate(rows)]
                thing.ToUnicode = pdf.make_stream("\n".join(rows).encode("latin-1"))
        pdf.save(path)
    return path


def test_a_proof_without_codes_is_refused_like_a_scan(tmp_path: Path) -> None:
    bad = coded(tmp_path / "bad.pdf", TEXT, lambda n: f"{0xE000 + n:04X}")
    with pytest.raises(EditorialError, match="没有编码"):
        read_type(bad)


def test_a_proof_with_false_codes_is_not_the_same_book(tmp_path: Path) -> None:
    old = proof(tmp_path / "old.pdf", TEXT)
    bad = coded(tmp_path / "bad.pdf", TEXT, lambda n: f"{0x4E00 + 7 * n:04X}")
    with pytest.raises(EditorialError, match="对不上") as caught:
        red_check_marks(old, bad, [PARKS])
    assert "乱码" in (caught.value.hint or "")


def test_a_list_of_another_book_is_not_checked(tmp_path: Path) -> None:
    old, new = proof(tmp_path / "old.pdf", TEXT), proof(tmp_path / "new.pdf", TEXT)
    marks = [mark(f"无此文字{n}甲", "丑寅", "卯", "也没有此文字") for n in range(6)]
    with pytest.raises(EditorialError, match="改动单上的字"):
        red_check_marks(old, new, marks)


# Numbers of notes


def noted(path: Path, text: str, width: int) -> Path:
    """¹ stands for the number of a note, set hardly smaller than the text and raised."""
    canvas = Canvas(str(path))
    for row, line in enumerate(lines_of(text, width)):
        x = 60.0
        for char in line:
            small = char == "¹"
            canvas.setFont(FACE, 0.9 * SIZE if small else SIZE)
            canvas.drawString(x, 760 - 16 * row + 0.45 * SIZE * small, "1" if small else char)
            x += SIZE / 2 if small else SIZE
    canvas.save()
    return path


def test_a_raised_number_of_a_note_stays_in_its_line(tmp_path: Path) -> None:
    text = TEXT.replace("三条。", "三条¹。")
    old, new = noted(tmp_path / "old.pdf", text, 30), noted(tmp_path / "new.pdf", text, 26)
    assert told(red_check_marks(old, new, ()))["unasked"] == []


def test_a_place_is_found_with_a_note_in_it_and_a_mark_of_punctuation_lost(tmp_path: Path) -> None:
    text = TEXT.replace("三条。", "三条¹。").replace("十二条，", "十二条")
    old = noted(tmp_path / "old.pdf", text + TEXT, 30)
    new = noted(tmp_path / "new.pdf", text.replace("增加三条", "增加六条") + TEXT, 26)
    asked = mark("道路十二条，比上年增加", "三", "六", "条。全市森林", page="")
    result = told(red_check_marks(old, new, [asked]))
    assert result["corrections"][0]["state"] == "done"


# Tables and lists


def test_a_cell_parted_at_the_foot_of_a_column_is_the_same_cell(tmp_path: Path) -> None:
    def set_(path: Path, *rows: tuple[float, float, str]) -> Path:
        canvas = Canvas(str(path))
        canvas.setFont(FACE, SIZE)
        for n, line in enumerate(lines_of(TEXT[:80], 20)):
            canvas.drawString(60, 400 - 16 * n, line)
            canvas.drawString(310, 700 - 16 * n, line[::-1])
        for x, y, words in rows:
            canvas.drawString(x, y, words)
        canvas.save()
        return path

    row = [(60, 310, "市级会"), (130, 310, "1465"), (200, 310, "627")]
    above = [(60, 330, "全市会"), (130, 330, "2167"), (200, 330, "998")]
    whole = set_(tmp_path / "old.pdf", *above, *row, (60, 298, "议"))
    cut = set_(tmp_path / "new.pdf", *above, *row, (310, 740, "议"))
    assert told(red_check_marks(whole, cut, ()))["unasked"] == []


def test_a_place_known_from_one_side_alone_is_found_on_another_page(tmp_path: Path) -> None:
    def pages(path: Path, *texts: str) -> Path:
        canvas = Canvas(str(path))
        for text in texts:
            canvas.setFont(FACE, SIZE)
            for n, line in enumerate(lines_of(text, 30)):
                canvas.drawString(60, 760 - 16 * n, line)
            canvas.showPage()
        canvas.save()
        return path

    filler = [f"第{n}页另有文字若干行。建成公园五座。" for n in "甲乙丙丁戊己"]
    old = pages(tmp_path / "old.pdf", *filler, TEXT)
    new = pages(tmp_path / "new.pdf", *filler, TEXT.replace("公园五座", "公园六座"))
    asked = mark("新增绿地三百公顷，建成公园", "五", "六", "表7-2示例情况表项目", page="2")
    result = told(red_check_marks(old, new, [asked]))
    assert result["corrections"] == [{"id": "1", "state": "done", "found": "六"}]
    assert result["unasked"] == []


def test_a_mark_stays_where_its_words_stand(check: Check) -> None:
    """Not where, but for what it strikes out, the same words stand."""
    text = f"增长Riverside 5G减少。{TEXT}管理Riverside 5G。{TEXT}游客Riverside 5G。超过"
    result = check(text, text, mark("Riverside 5G", "。", "", ""))
    assert result["corrections"] == [{"id": "1", "state": "undone", "found": "。"}]


def test_a_sentence_put_in_before_one_that_begins_alike_is_done(check: Check) -> None:
    come = "新增绿地五百公顷，栽树三千株。"
    text = TEXT.replace("，新增绿地", "。新增绿地")
    asked = mark("盖率达到百分之四十二。", "", come, "新增绿地三百公顷，建成", page="")
    result = check(text, text.replace("四十二。", f"四十二。{come}"), asked)
    assert result["corrections"] == [{"id": "1", "state": "done", "found": come}]
    assert result["unasked"] == []


def test_what_is_put_in_one_character_off_is_wrong(check: Check) -> None:
    text = TEXT.replace("百分之四十二", "0.13%")
    asked = mark("市森林覆盖率达到0.", "", "约为", "13%，新增绿地三百", page="")
    result = check(text, text.replace("0.13", "0约为.13"), asked)
    assert [each["state"] for each in result["corrections"]] == ["wrong"]


def test_strong_context_on_the_page_named_outdoes_that_on_another(tmp_path: Path) -> None:
    def pages(path: Path, *texts: str) -> Path:
        canvas = Canvas(str(path))
        for text in texts:
            canvas.setFont(FACE, SIZE)
            for n, line in enumerate(lines_of(text, 30)):
                canvas.drawString(60, 760 - 16 * n, line)
            canvas.showPage()
        canvas.save()
        return path

    far = "示例县概况。另有一句：集装箱吞吐量全年进出口总额八千亿元。"
    here = f"示例市概况。{TEXT}注：全年进出口总额八百亿元，其中出口五百亿元。"
    filler = [f"第{n}页另有文字若干行。建成公园五座。" for n in "甲乙丙丁戊己"]
    old = pages(tmp_path / "old.pdf", here, *filler, far)
    new = pages(tmp_path / "new.pdf", here.replace("总额", "总素"), *filler, far)
    asked = mark("集装箱吞吐量全年进出口总", "额", "素", "八百亿元，其中出口五百亿")
    result = told(red_check_marks(old, new, [asked]))
    assert [each["state"] for each in result["corrections"]] == ["done"]
    assert result["unasked"] == []
