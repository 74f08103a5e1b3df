"""Letters of one, two and five pages keep the measures of GB/T 9704-2012, 10.1, in PDF and in the
Word file as LibreOffice sets it."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page

from editorial.desk.annexes import BLANKS, TICKS
from editorial.model.sheet import Annex, AnswerForm, Sheet
from editorial.render.docx.letter import form_docx, letter_docx
from editorial.render.fonts import FontTable
from editorial.render.pdf.letter import form_pdf, letter_pdf, mark_ink
from tests.render.test_letter_office import CONFIG, em_top, fontconfig, ink_of_the_mark, red_lines
from tests.render.test_letter_pdf import MM, NEAR, line_with, lines_of, rules, table, text_of

__all__ = ["table"]
ROW = 225 / 22
FORM = AnswerForm(
    title="回执",
    to="示例市人民政府地方志办公室",
    matter="《关于商请修改补充〈示例江大湾区城市群年鉴2019〉内容的函》（示志函〔2020〕1号）收悉。",
    ticks=TICKS,
    blanks=BLANKS,
    note="请在所选的一项前打“√”。",
    apart=True,
)
ONE = Sheet(
    letterhead="示例市人民政府地方志办公室",
    number="示志函〔2020〕1号",
    title="关于商请修改补充《示例江大湾区城市群年鉴2019》内容的函",
    addressee="示例市科技创新局（示例）",
    body=(
        (
            0,
            "《示例江大湾区城市群年鉴2019》已形成初稿。内部复审发现部分数据与统计资料不一致。"
            "现商请贵局核改：",
        ),
        (0, "“科技创新中心建设”篇“创新平台”（第21页）：请核实平台数量，并补充2018年末数据。"),
        (
            0,
            "请以2018年为准，注明资料来源，加盖公章，于2020年3月19日前函复，"
            "电子文档发至linqing@example.org。联系人：林清，电话：000-0000-0021。",
        ),
        (0, "请予支持为盼。"),
    ),
    issuer="示例市人民政府地方志办公室",
    date="2020年3月5日",
    annexes=(FORM,),
)
CLAUSE = (0, "示例文字一段，用来检验各页的行距、版心和页码，也检验署名不独占一页。" * 4)
HEADS = tuple((1, f"{number}、“科技创新”篇“创新平台”。请核实后补充。") for number in "一二三")
LIST = Annex(
    title="修改补充事项清单",
    columns=("序号", "篇目/章节", "需修改或补充内容", "单位回复", "备注"),
    rows=tuple(
        (f"{n}", "科技创新 创新平台", "请核实并注明来源。" * 4, "", "") for n in range(1, 13)
    ),
    wide=True,
    blank=3,
)
LONG = (ONE.body[0], *HEADS, CLAUSE, CLAUSE, *ONE.body[2:])
SHEETS = {
    1: ONE,
    2: replace(ONE, body=(ONE.body[0], *HEADS, CLAUSE, *ONE.body[2:])),
    5: replace(ONE, body=LONG, annexes=(LIST, replace(FORM, apart=False)), cc=("示例市档案馆",)),
}
LENGTHS = tuple(SHEETS)


def office(folder: Path, papers: dict[str, bytes]) -> dict[str, list[Page]]:
    """Word files as LibreOffice prints them, all at one go."""
    for name, data in papers.items():
        (folder / f"{name}.docx").write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    files = [f"{name}.docx" for name in papers]
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
        cwd=folder,
        env=os.environ | {"FONTCONFIG_FILE": str(fontconfig(folder))},
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: opened((folder / f"{name}.pdf").read_bytes()) for name in papers}


def opened(data: bytes) -> list[Page]:
    return pdfplumber.open(BytesIO(data)).pages


@pytest.fixture(scope="module")
def pdfs(table: FontTable) -> dict[str, list[Page]]:
    made = {f"{n}": opened(letter_pdf(sheet, table).data) for n, sheet in SHEETS.items()}
    return made | {"form": opened(form_pdf(ONE, table, 0).data)}


@pytest.fixture(scope="module")
def words(table: FontTable, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    ink = mark_ink(table, ONE.letterhead)
    papers = {f"{n}": letter_docx(sheet, CONFIG, ink).data for n, sheet in SHEETS.items()}
    papers["form"] = form_docx(ONE, CONFIG, 0).data
    return office(tmp_path_factory.mktemp("office"), papers)


WAYS = ["pdfs", pytest.param("words", marks=pytest.mark.external("soffice"))]


@pytest.fixture(params=WAYS)
def printed(request: pytest.FixtureRequest) -> dict[str, list[Page]]:
    found: dict[str, list[Page]] = request.getfixturevalue(request.param)
    return found


def red(page: Page) -> list[tuple[float, ...]]:
    """x from, x to, top and bottom of the red rules, from above, in millimetres."""
    return sorted(rules(page) or red_lines(page), key=lambda each: each[2])


def measured(page: Page) -> dict[str, float]:
    """What clause 10.1 sets for the first page, in millimetres."""
    drawn = red(page)
    top, bottom = ink_of_the_mark(page, drawn[0][2] - 0.5)
    number, title = line_with(page, "示志函"), line_with(page, "关于商请")
    under_number = em_top(number) + number[0]["size"] * MM
    return {
        "mark": top,
        "mark to rule": drawn[0][2] - bottom,
        "rule from": min(each[0] for each in drawn),
        "rule to": max(each[1] for each in drawn),
        "lower rule": drawn[-1][3],
        "rule to number": em_top(number) - max(each[3] for each in drawn[:2]),
        "number to": number[-1]["x1"] * MM,
        "number to title": em_top(title) - under_number,
    }


STANDARD = {
    "mark": 30.0,
    "mark to rule": 4.0,
    "rule from": 20.0,
    "rule to": 190.0,
    "lower rule": 277.0,
    "rule to number": 7 / 8 * 16 * MM,
    "number to": 184.0,
    "number to title": 2 * ROW,
}


@pytest.mark.parametrize("length", LENGTHS)
def test_a_letter_has_as_many_pages_as_its_words_need(
    printed: dict[str, list[Page]], length: int
) -> None:
    assert len(printed[f"{length}"]) == length


@pytest.mark.parametrize("length", LENGTHS)
def test_the_first_page_keeps_the_measures(printed: dict[str, list[Page]], length: int) -> None:
    assert measured(printed[f"{length}"][0]) == pytest.approx(STANDARD, abs=NEAR)


@pytest.mark.parametrize("length", LENGTHS)
def test_rules_are_thick_outside_and_on_the_first_page_only(
    printed: dict[str, list[Page]], length: int
) -> None:
    first, *others = printed[f"{length}"]
    assert [bottom - top > 0.5 for _, _, top, bottom in red(first)] == [True, False, False, True]
    assert [len(red(page)) for page in others] == [0] * (length - 1)


@pytest.mark.parametrize("length", LENGTHS)
def test_text_keeps_the_pitch_and_stays_in_the_type_area(
    printed: dict[str, list[Page]], length: int
) -> None:
    for page in printed[f"{length}"]:
        body = [(y, words) for y, words in lines_of(page) if y < 262 and page.width < page.height]
        pitches = [b - a for (a, _), (b, _) in pairwise(body) if 9 < b - a < 11.5]
        assert pitches == pytest.approx([ROW] * len(pitches), abs=NEAR)
    first = [char for char in printed[f"{length}"][0].chars if char["top"] * MM > 100]
    assert min(char["x0"] for char in first) * MM >= 28 - NEAR
    assert max(char["bottom"] for char in first) * MM <= 262 + NEAR


@pytest.mark.parametrize("length", LENGTHS)
def test_the_first_page_has_no_number_and_the_others_have_theirs_7_mm_below(
    printed: dict[str, list[Page]], length: int
) -> None:
    first, *others = printed[f"{length}"]
    assert [words for _, words in lines_of(first) if "—" in words] == []
    for number, page in enumerate(others, 2):
        if page.width < page.height:
            folio = line_with(page, f"— {number} —")
            dash = (float(page.height) - folio[0]["matrix"][5] - 0.27 * folio[0]["size"]) * MM
            assert dash == pytest.approx(262 + 7, abs=NEAR)
            edge = folio[0]["x0"] if number % 2 == 0 else page.width - folio[-1]["x1"]
            assert edge * MM == pytest.approx((28 if number % 2 == 0 else 26) + 14 * MM, abs=NEAR)


@pytest.mark.parametrize("length", LENGTHS)
def test_the_seal_has_its_room(printed: dict[str, list[Page]], length: int) -> None:
    """45 mm across about name and date; nothing else within, not even the lower rule."""
    page = next(each for each in printed[f"{length}"] if ONE.date in text_of(each))
    lines = {words.replace(" ", ""): y for y, words in lines_of(page)}
    middle = (lines[ONE.issuer] + lines[ONE.date]) / 2 - 2
    near = [
        w for w, y in lines.items() if w not in (ONE.issuer, ONE.date) and abs(y - middle) < 22.5
    ]
    assert near == []
    assert all(each[2] > middle + 22.5 or each[3] < middle - 22.5 for each in red(page))


def test_copies_stand_at_the_foot_of_the_last_page(printed: dict[str, list[Page]]) -> None:
    line = line_with(printed["5"][-1], "抄送：")
    assert line[0]["bottom"] * MM == pytest.approx(262, abs=2)


def test_a_form_that_lies_apart_bears_the_number_of_its_letter(
    printed: dict[str, list[Page]],
) -> None:
    (page,) = printed["form"]
    assert text_of(page).startswith("示志函〔2020〕1号附件回执")
    assert "按期报送" not in "".join(map(text_of, printed["1"]))
    assert "附件：回执" in text_of(printed["1"][0])


def test_only_the_last_lines_go_over_with_name_and_date(table: FontTable) -> None:
    """The page of the signature bears text (7.3.5.4), and the page before it is used."""
    for items in range(2, 8):
        body = (ONE.body[0], *[ONE.body[1]] * items, *ONE.body[2:])
        data = letter_pdf(replace(ONE, body=body), table).data
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = [text_of(page) for page in pdf.pages]
        if "2020年3月5日" not in pages[0]:
            assert "请予支持为盼" in pages[1]
            assert len(re.findall("请以2018年为准", pages[0])) == (items < 5), items
