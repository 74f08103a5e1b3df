"""The Word letter as LibreOffice sets it, read back in millimetres: GB/T 9704-2012, 10.1."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from editorial.model.style import FontConfig, FontFile, FontRole
from editorial.render.docx.letter import letter_docx
from editorial.render.fonts import FONT_PACKAGES, locate
from editorial.render.pdf.letter import mark_ink
from tests.render.test_letter_docx import FORM, LYING, SHEET
from tests.render.test_letter_pdf import MM, NEAR, line_with, lines_of, text_of

pytestmark = pytest.mark.external("soffice")

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
MAPPED = {"宋体": SERIF, "楷体": SERIF, "仿宋": SERIF, "黑体": SANS, "方正小标宋简体": SANS}
XBS = FontRole(
    label="小标宋",
    word="方正小标宋简体",
    faces=(FontFile(file="NotoSansSC[wght].ttf", weight=400),),
)
CONFIG = FontConfig(
    roles={
        "xbs": XBS,
        **{
            role: FontRole(label=word, word=word, faces=())
            for role, word in {
                "song": "宋体",
                "song_bold": "宋体",
                "hei": "黑体",
                "kai": "楷体",
                "fang": "仿宋",
            }.items()
        },
    }
)
CLAUSE = "示例文字一段，用来检验各页的行距、版心和页码，也检验署名不独占一页。"
LETTER = replace(
    SHEET,
    body=((0, CLAUSE * 3), (1, "一、内容"), *((0, CLAUSE * 4),) * 4, (0, "请予支持为盼。")),
    annexes=(LYING, FORM),
    cc=("示例市档案馆",),
)


def fontconfig(folder: Path) -> Path:
    """The faces the program brings with it stand for the office's: the machine may have none."""
    places = [find_spec(name) for name in FONT_PACKAGES]
    folders = [str(Path(spec.origin).parent) for spec in places if spec and spec.origin]
    dirs = "".join(f"<dir>{each}</dir>" for each in folders)
    maps = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{face}</string></edit></match>'
        for name, face in MAPPED.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"{dirs}<cachedir>{folder}/cache</cachedir>{maps}</fontconfig>",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[pdfplumber.page.Page]:
    folder = tmp_path_factory.mktemp("office")
    ink = mark_ink(locate(CONFIG), LETTER.letterhead)
    (folder / "a.docx").write_bytes(letter_docx(LETTER, CONFIG, ink).data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, "a.docx"],
        cwd=folder,
        env=os.environ | {"FONTCONFIG_FILE": str(fontconfig(folder))},
        check=True,
        capture_output=True,
        timeout=240,
    )
    return pdfplumber.open(BytesIO((folder / "a.pdf").read_bytes())).pages


def red_lines(page: pdfplumber.page.Page) -> list[tuple[float, float, float, float]]:
    """x from, x to, top and bottom of the red rules, each once, from above."""
    found = {
        (
            round(line["x0"] * MM, 2),
            round(line["x1"] * MM, 2),
            round((line["top"] - line["linewidth"] / 2) * MM, 2),
            round((line["bottom"] + line["linewidth"] / 2) * MM, 2),
        )
        for line in page.lines
        if line["stroking_color"] == (1, 0, 0)
    }
    return sorted(found, key=lambda each: each[2])


def ink_of_the_mark(page: pdfplumber.page.Page, above: float) -> tuple[float, float]:
    """Where the red ink over a height begins and ends, mm."""
    dots = 300
    image = page.to_image(resolution=dots).original.convert("RGB")
    limit = round(above * dots / 25.4)
    red = [
        y
        for y in range(limit)
        if any(image.getpixel((x, y))[1] < 128 for x in range(400, image.width - 400, 2))
    ]
    return red[0] * 25.4 / dots, (red[-1] + 1) * 25.4 / dots


def test_issuers_mark_begins_30_mm_down_and_the_rule_is_4_mm_below(
    pages: list[pdfplumber.page.Page],
) -> None:
    rule = red_lines(pages[0])[0][2]
    top, bottom = ink_of_the_mark(pages[0], rule - 0.5)
    assert (top, rule - bottom) == (pytest.approx(30, abs=NEAR), pytest.approx(4, abs=NEAR))


def test_rules_are_170_mm_thick_over_thin_and_thin_over_thick(
    pages: list[pdfplumber.page.Page],
) -> None:
    drawn = red_lines(pages[0])
    assert [(x0, x1) for x0, x1, _, _ in drawn] == [pytest.approx((20, 190), abs=NEAR)] * 4
    assert [bottom - top > 0.5 for _, _, top, bottom in drawn] == [True, False, False, True]
    assert drawn[3][3] == pytest.approx(277, abs=NEAR)


def test_rules_are_on_the_first_page_only(pages: list[pdfplumber.page.Page]) -> None:
    assert [len(red_lines(page)) for page in pages[1:]] == [0] * (len(pages) - 1)


def em_top(chars: list[dict]) -> float:
    """Millimetres down to the em box of a line."""
    base = chars[0]["matrix"][5]
    return (842 - 0.11 - base - 0.88 * chars[0]["size"]) * MM


def test_number_is_flush_right_under_the_rule(pages: list[pdfplumber.page.Page]) -> None:
    line = line_with(pages[0], "示志函")
    assert line[-1]["x1"] * MM == pytest.approx(184, abs=NEAR)
    assert em_top(line) == pytest.approx(red_lines(pages[0])[1][3] + 4.94, abs=NEAR)


def test_title_stands_two_lines_under_the_number(pages: list[pdfplumber.page.Page]) -> None:
    number, title = line_with(pages[0], "示志函"), line_with(pages[0], "关于商请")
    below = em_top(number) + number[0]["size"] * MM
    assert em_top(title) - below == pytest.approx(2 * 225 / 22, abs=NEAR)


def test_text_keeps_the_pitch_and_the_sides_of_the_grid(pages: list[pdfplumber.page.Page]) -> None:
    lines = [y for y, text in lines_of(pages[1]) if "示例文字" in text or "检验" in text]
    pitches = [b - a for a, b in pairwise(lines) if b - a < 15]
    assert pitches == [pytest.approx(225 / 22, abs=NEAR)] * len(pitches)
    chars = [char for char in pages[1].chars if char["top"] * MM < 262]
    assert min(char["x0"] for char in chars) * MM == pytest.approx(28, abs=NEAR)


def test_folio_stands_7_mm_under_the_type_area(pages: list[pdfplumber.page.Page]) -> None:
    assert [line for line in lines_of(pages[0]) if "—" in line[1]] == []
    folio = line_with(pages[1], "— 2 —")
    dash = (842 - 0.11 - folio[0]["matrix"][5] - 0.27 * folio[0]["size"]) * MM
    assert dash == pytest.approx(262 + 7, abs=NEAR)
    assert folio[0]["x0"] * MM == pytest.approx(28 + 14 * MM, abs=NEAR)


def test_date_stands_four_characters_in_with_the_name_over_it(
    pages: list[pdfplumber.page.Page],
) -> None:
    page = next(page for page in pages if SHEET.date in text_of(page))
    date, name = line_with(page, "2020"), line_with(page, SHEET.issuer)
    middle = (date[0]["x0"] + date[-1]["x1"]) / 2
    assert (name[0]["x0"] + name[-1]["x1"]) / 2 == pytest.approx(middle, abs=0.5)
    assert name[-1]["x1"] * MM <= 184 - 2 * 156 / 28 + NEAR


def test_the_list_lies_and_the_form_stands(pages: list[pdfplumber.page.Page]) -> None:
    shapes = [page.width > page.height for page in pages]
    lying = shapes.index(True)
    assert shapes == [number == lying for number in range(len(pages))]
    assert "修改补充事项清单" in text_of(pages[lying])
    assert "按期报送" in text_of(pages[-1])


def test_copies_stand_at_the_foot_of_the_last_page(pages: list[pdfplumber.page.Page]) -> None:
    line = line_with(pages[-1], "抄送：")
    assert line[0]["bottom"] * MM == pytest.approx(262, abs=2)
