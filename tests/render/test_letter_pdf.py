"""The letter format of GB/T 9704-2012, clause 10.1, measured on the finished page."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from editorial.desk.annexes import BLANKS, TICKS
from editorial.model.book import MissingGlyph, Printed
from editorial.model.sheet import Annex, AnswerForm, Sheet
from editorial.model.style import FontConfig, FontFile, FontRole
from editorial.render.fonts import FontTable, locate
from editorial.render.pdf.letter import letter_pdf
from tests.render.pdf_quality import complaints

MM = 25.4 / 72
NEAR = 0.3
EM = 156 / 28
CLAUSE = "示例文字一段，用来检验翻页时段落不在页首页末留下单独一行，也不让署名独占一页。"

ANNEX = Annex(
    title="修改补充事项清单",
    columns=("序号", "篇目", "原文摘要", "需修改或补充内容", "单位回复"),
    rows=tuple(
        (str(row), "科技创新", f"第{row}处原文，2018年为示例数据。" * 3, "请核实并注明来源。", "")
        for row in range(1, 31)
    ),
)
SHEET = Sheet(
    letterhead="示例市地方志编纂委员会办公室",
    number="示志函〔2020〕12号",
    title="关于商请修改补充《粤港澳大湾区城市群年鉴（2019）》有关稿件内容的函",
    addressee="示例市科学技术局",
    body=(
        (0, "贵局供稿的篇目已经评议，现将有关事项函告如下："),
        (1, "一、修改补充内容"),
        (2, "（一）核实数据。请以统计部门公布的数据为准，注明口径与年度。"),
        (0, "国" * 100),
        *((0, CLAUSE * count) for count in (2, 3, 4, 2, 3)),
        (0, "请予支持为盼。"),
    ),
    issuer="示例市地方志编纂委员会办公室",
    date="2020年3月5日",
    remark="联系人：某某，电话：020-00000000",
    cc=("示例市人民政府办公厅", "示例市档案馆"),
    annexes=(ANNEX,),
    keywords=("年鉴",),
)


@pytest.fixture(scope="module")
def table() -> FontTable:
    """Only faces that every machine has."""
    song = FontFile(file="NotoSerifSC-Regular.otf")
    hei = FontFile(file="NotoSansSC[wght].ttf", weight=700)
    faces = {"song": song, "hei": hei, "kai": song, "fang": song, "xbs": hei}
    return locate(
        FontConfig(
            roles={
                name: FontRole(label=name, word=name, faces=(face,)) for name, face in faces.items()
            }
        )
    )


@pytest.fixture(scope="module")
def printed(table: FontTable) -> Printed:
    return letter_pdf(SHEET, table)


@pytest.fixture(scope="module")
def pages(printed: Printed) -> list[pdfplumber.page.Page]:
    return pdfplumber.open(BytesIO(printed.data)).pages


def lines_of(page: pdfplumber.page.Page) -> list[tuple[float, str]]:
    """Baseline in millimetres from the top, and the text, of every line on the page."""
    lines: dict[float, list[dict]] = {}
    for char in page.chars:
        baseline = (float(page.height) - char["matrix"][5]) * MM
        lines.setdefault(round(baseline, 1), []).append(char)
    return [
        (y, "".join(c["text"] for c in sorted(chars, key=lambda c: c["x0"])))
        for y, chars in sorted(lines.items())
    ]


def text_of(page: pdfplumber.page.Page) -> str:
    return re.sub(r"\s", "", "".join(text for _, text in lines_of(page)))


def line_with(page: pdfplumber.page.Page, text: str) -> list[dict]:
    """The characters of the line holding `text`, from left to right."""
    for y, line in lines_of(page):
        if text in line:
            bottom = float(page.height) - y / MM
            chars = [c for c in page.chars if abs(c["matrix"][5] - bottom) < 1]
            return sorted(chars, key=lambda c: c["x0"])
    raise AssertionError(text)


def rules(page: pdfplumber.page.Page) -> list[tuple[float, ...]]:
    """x from, x to, top and bottom of the red rules, in millimetres."""
    red = [rect for rect in page.rects if rect["non_stroking_color"] == (1, 0, 0)]
    return [tuple(rect[side] * MM for side in ("x0", "x1", "top", "bottom")) for rect in red]


def test_issuers_mark_begins_30_mm_down_and_ends_4_mm_over_the_rule(
    pages: list[pdfplumber.page.Page],
) -> None:
    dots = 200
    image = pages[0].to_image(resolution=dots).original.convert("RGB").crop((0, 0, 1654, 500))
    red = [
        y
        for y in range(image.height)
        if any(image.getpixel((x, y))[1] < 128 for x in range(300, 1354, 2))
    ]
    rule = rules(pages[0])[0][2]
    mark = [y for y in red if y * 25.4 / dots < rule - 1]
    assert mark[0] * 25.4 / dots == pytest.approx(30, abs=NEAR)
    assert (mark[-1] + 1) * 25.4 / dots == pytest.approx(rule - 4, abs=NEAR)


def test_rules_are_170_mm_thick_over_thin_and_thin_over_thick(
    pages: list[pdfplumber.page.Page],
) -> None:
    drawn = rules(pages[0])
    assert [(x0, x1) for x0, x1, _, _ in drawn] == [pytest.approx((20, 190), abs=NEAR)] * 4
    assert [bottom - top > 0.5 for _, _, top, bottom in drawn] == [True, False, False, True]
    assert drawn[3][3] == pytest.approx(297 - 20, abs=NEAR)


def test_rules_are_on_the_first_page_only(pages: list[pdfplumber.page.Page]) -> None:
    assert [len(rules(page)) for page in pages[1:]] == [0] * (len(pages) - 1)


def test_number_is_flush_right_under_the_rule(pages: list[pdfplumber.page.Page]) -> None:
    line = line_with(pages[0], "示志函")
    assert line[-1]["x1"] * MM == pytest.approx(184, abs=NEAR)
    assert line[-1]["top"] * MM == pytest.approx(rules(pages[0])[1][3] + 4.94, abs=NEAR)


def test_no_number_yet_prints_a_grey_reminder(table: FontTable) -> None:
    letter = letter_pdf(replace(SHEET, number="", annexes=()), table)
    with pdfplumber.open(BytesIO(letter.data)) as document:
        line = line_with(document.pages[0], "签发时编号")
    assert {tuple(char["non_stroking_color"]) for char in line} == {(0.502, 0.502, 0.502)}


def test_title_stands_two_lines_under_the_number(pages: list[pdfplumber.page.Page]) -> None:
    number, title = line_with(pages[0], "示志函"), line_with(pages[0], "关于商请")
    assert (title[0]["top"] - number[0]["bottom"]) * MM == pytest.approx(2 * 225 / 22, abs=NEAR)


@pytest.mark.parametrize(
    "title", ["关于征求意见的函", "关于" + "示例" * 10 + "的函", "关于" + "示例" * 26 + "的函"]
)
def test_one_blank_line_lies_under_a_title_of_any_length(table: FontTable, title: str) -> None:
    with pdfplumber.open(BytesIO(letter_pdf(replace(SHEET, title=title), table).data)) as document:
        page = document.pages[0]
    addressee = line_with(page, SHEET.addressee[:4])[0]
    over = [char["bottom"] for char in page.chars if char["bottom"] < addressee["top"]]
    # A line and the half of the space between two on either side.
    assert (addressee["top"] - max(over)) * MM == pytest.approx(13.0, abs=0.6)


def test_a_full_line_has_28_characters(pages: list[pdfplumber.page.Page]) -> None:
    full = [text for page in pages[:2] for _, text in lines_of(page) if set(text) == {"国"}]
    assert [len(text) for text in full][1:3] == [28, 28]


def test_text_stands_on_22_lines_in_156_by_225_mm(table: FontTable) -> None:
    plain = replace(SHEET, annexes=(), cc=(), body=((0, "国" * 28 * 60),))
    with pdfplumber.open(BytesIO(letter_pdf(plain, table).data)) as document:
        page = document.pages[1]
    type_area = [char for char in page.chars if char["text"] == "国"]
    baselines = sorted({round(char["matrix"][5], 2) for char in type_area})
    pitches = {round((b - a) * MM, 2) for a, b in pairwise(baselines)}
    assert len(baselines) == 22
    assert pitches == {10.23}
    assert min(char["x0"] for char in type_area) * MM == pytest.approx(28, abs=NEAR)
    assert max(char["x1"] for char in type_area) * MM == pytest.approx(184, abs=NEAR)


def test_folios_stand_outside_from_page_2(pages: list[pdfplumber.page.Page]) -> None:
    folios = [
        [round(c["x0" if number % 2 else "x1"] * MM) for c in page.chars if c["top"] * MM > 265]
        for number, page in enumerate(pages)
    ]
    assert folios[0] == []
    assert folios[1][0] == pytest.approx(28 + 14 * MM, abs=1)
    assert folios[2][-1] == pytest.approx(184 - 14 * MM, abs=1)


def test_date_stands_four_in_with_the_name_centred_over_it(
    pages: list[pdfplumber.page.Page],
) -> None:
    page = next(page for page in pages if "2020年3月5日" in text_of(page))
    date, name = line_with(page, "年3月"), line_with(page, SHEET.issuer)
    middle = (date[0]["x0"] + date[-1]["x1"]) / 2
    assert (name[0]["x0"] + name[-1]["x1"]) / 2 == pytest.approx(middle, abs=0.5)
    assert (184 - date[-1]["x1"] * MM) / EM == pytest.approx(4, abs=0.1)


@pytest.mark.parametrize(("length", "lines"), [(2, 1), (8, 1), (14, 1), (17, 1), (26, 2), (50, 3)])
def test_a_name_of_any_length_stays_on_the_paper(table: FontTable, length: int, lines: int) -> None:
    office = ("示例市人民政府推进粤港澳大湾区城市群建设工作领导小组办公室" * 2)[:length]
    sheet = replace(SHEET, annexes=(), issuer=office, cc=())
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        page = next(page for page in document.pages if sheet.date in text_of(page))
        drawn = [line_with(page, text) for _, text in lines_of(page)]
    at = next(n for n, line in enumerate(drawn) if sheet.date in said(line))
    name, date = drawn[at - lines : at], drawn[at]
    assert "".join(map(said, name)) == office
    assert max(line[-1]["x1"] for line in name) * MM < 184 + NEAR
    assert max(map(len, name)) <= 20
    right = (184 - date[-1]["x1"] * MM) / EM
    assert right == pytest.approx(4, abs=0.1) if length <= 13 else right >= 3.9


def said(line: list[dict]) -> str:
    return "".join(char["text"] for char in line)


@pytest.mark.parametrize("lines", range(3, 9))
@pytest.mark.parametrize("copies", [("示例市档案馆",), ("示例市人民政府办公室，示例市档案馆",) * 4])
def test_copies_never_stand_on_a_page_alone(
    table: FontTable, lines: int, copies: tuple[str, ...]
) -> None:
    body = tuple((0, f"第{number}件事请核实。") for number in range(lines))
    sheet = replace(SHEET, annexes=(), body=body, cc=copies)
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        last = text_of(document.pages[-1])
    assert "抄送：" in last
    assert f"第{lines - 1}件事" in last
    assert sheet.date in last


@pytest.mark.parametrize("paragraphs", range(2, 9))
def test_name_and_date_never_stand_without_text(table: FontTable, paragraphs: int) -> None:
    sheet = replace(SHEET, annexes=(), body=((0, CLAUSE * 2),) * paragraphs)
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        page = next(page for page in document.pages if SHEET.date in text_of(page))
        assert "示例文字" in text_of(page) or "独占一页" in text_of(page)


@pytest.mark.parametrize("lines", range(6, 12))
def test_a_heading_is_not_left_at_the_foot(table: FontTable, lines: int) -> None:
    body = (*(((0, "国" * 20),) * lines), (1, "一、要求"), (0, CLAUSE * 3))
    with pdfplumber.open(BytesIO(letter_pdf(replace(SHEET, body=body), table).data)) as document:
        last = [lines_of(page)[-1][1] for page in document.pages]
    assert "一、要求" not in last


def test_levels_have_their_own_faces(pages: list[pdfplumber.page.Page]) -> None:
    assert "NotoSansSC" in line_with(pages[0], "一、修改补充内容")[0]["fontname"]


def test_annex_begins_a_page_and_repeats_its_header(pages: list[pdfplumber.page.Page]) -> None:
    tables = [page for page in pages if "需修改或补充内容" in text_of(page)]
    assert text_of(tables[0]).startswith("附件修改补充事项清单序号篇目")
    assert all(text_of(page).startswith("序号篇目") for page in tables[1:])
    assert len(tables) > 1


def test_table_stays_in_the_type_area(pages: list[pdfplumber.page.Page]) -> None:
    cells = [rect for page in pages[2:] for rect in page.rects]
    assert min(cell["x0"] for cell in cells) * MM == pytest.approx(28, abs=NEAR)
    assert max(cell["x1"] for cell in cells) * MM == pytest.approx(184, abs=NEAR)
    assert max(cell["bottom"] for cell in cells) * MM <= 262 + NEAR


def test_a_row_taller_than_a_page_is_carried_on(table: FontTable) -> None:
    tall = Annex(title="清单", columns=("序号", "内容"), rows=(("1", "国" * 3000), ("2", "家")))
    letter = letter_pdf(replace(SHEET, annexes=(tall,), body=((0, "请阅。"),)), table)
    with pdfplumber.open(BytesIO(letter.data)) as document:
        assert "".join(map(text_of, document.pages)).count("国") == 3000


def test_copies_close_the_last_page(pages: list[pdfplumber.page.Page]) -> None:
    line = line_with(pages[-1], "抄送：")
    assert line[0]["x0"] * MM == pytest.approx(28 + 14 * MM, abs=NEAR)
    assert line[0]["bottom"] * MM == pytest.approx(262, abs=1.5)


@pytest.mark.parametrize("partners", [(), ("示例市档案馆",), ("示例市档案馆", "示例市统计局")])
def test_the_room_of_every_seal_is_free(table: FontTable, partners: tuple[str, ...]) -> None:
    """A circle of 45 mm round name and date: nothing is in it but names and date."""
    sheet = replace(SHEET, annexes=(), issuer="示例市地方志办公室", partners=partners)
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        page = next(page for page in document.pages if SHEET.date in text_of(page))
        names = [line_with(page, name) for name in (sheet.issuer, *partners)]
        date = line_with(page, "年3月")
        own = {id(char) for line in (*names, date) for char in line}
        for line in names:
            under = [char for char in line if char["text"].strip()]
            below = date if line is names[-1] or line == names[-1] else under
            y = (under[0]["top"] + below[0]["bottom"]) / 2
            for x in middles(line, [sheet.issuer, *partners]):
                inside = [char for char in page.chars if reached(char, x, y)]
                assert [char["text"] for char in inside if id(char) not in own] == []
    assert len(middles(names[0], [sheet.issuer, *partners])) >= 1


def middles(line: list[dict], names: list[str]) -> list[float]:
    """Where the names of a line have their middle."""
    text = "".join(char["text"] for char in line)
    found = [(text.find(name), len(name)) for name in names if name in text]
    return [(line[at]["x0"] + line[at + size - 1]["x1"]) / 2 for at, size in found]


def reached(char: dict, x: float, y: float) -> bool:
    """Whether the em box of a character comes within 22.5 mm of a point."""
    dx = max(char["x0"] - x, x - char["x1"], 0.0)
    top, bottom = char["bottom"] - char["size"], char["bottom"]
    dy = max(top - y, y - bottom, 0.0)
    return bool((dx * dx + dy * dy) ** 0.5 * MM < 22.5)


def test_seals_of_a_joint_letter_do_not_touch(table: FontTable) -> None:
    partners = ("示例市档案馆", "示例市统计局", "示例市教育局", "示例市水利局")
    sheet = replace(SHEET, annexes=(), issuer="示例市地方志办公室", partners=partners)
    names = [sheet.issuer, *partners]
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        page = document.pages[-1]
        lines = {id(line[0]): line for line in (line_with(page, name) for name in names)}
        places = [
            (x * MM, line[0]["top"] * MM) for line in lines.values() for x in middles(line, names)
        ]
    assert len(places) == 5
    gaps = [((a - c) ** 2 + (b - d) ** 2) ** 0.5 for (a, b), (c, d) in combinations(places, 2)]
    assert min(gaps) > 45
    assert min(x for x, _ in places) - 22.5 >= 28 - NEAR
    assert max(x for x, _ in places) + 22.5 <= 184 + NEAR


@pytest.mark.parametrize("lines", range(12))
def test_names_of_a_joint_letter_are_not_parted(table: FontTable, lines: int) -> None:
    """Wherever the text ends, the three names and the date stand on one page, with text."""
    partners = ("示例市档案馆", "示例市统计局")
    body = tuple((0, f"第{number}件事请核实。") for number in range(lines))
    sheet = replace(SHEET, annexes=(), issuer="示例市地方志办公室", partners=partners, body=body)
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        pages = [text_of(page) for page in document.pages]
    last = next(text for text in pages if SHEET.date in text)
    assert [name in last for name in partners] == [True, True]
    assert sheet.issuer in last
    assert not lines or f"第{lines - 1}件事" in last


def test_a_joint_letter_bears_the_mark_of_its_host_alone(table: FontTable) -> None:
    sheet = replace(SHEET, annexes=(), letterhead="示例市地方志办公室", partners=("示例市档案馆",))
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        red = [c["text"] for c in document.pages[0].chars if c["non_stroking_color"] == (1, 0, 0)]
    assert "".join(red) == "示例市地方志办公室"


def test_marks_stand_at_the_left_in_the_line_of_the_number_and_below(table: FontTable) -> None:
    sheet = replace(SHEET, annexes=(), marks=("机密★1年", "特急"))
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        page = document.pages[0]
        number, first, second = (line_with(page, x) for x in ("示志函", "机密", "特急"))
        title = line_with(page, "关于商请")
    assert first[0]["x0"] * MM == pytest.approx(28, abs=NEAR)
    assert second[0]["x0"] * MM == pytest.approx(28, abs=NEAR)
    assert first[0]["matrix"][5] == pytest.approx(number[-1]["matrix"][5], abs=0.5)
    assert (second[0]["top"] - first[0]["top"]) * MM == pytest.approx(225 / 22, abs=NEAR)
    assert (title[0]["top"] - second[0]["bottom"]) * MM == pytest.approx(2 * 225 / 22, abs=NEAR)


def test_a_wide_annex_lies_with_its_head_at_the_left_edge(table: FontTable) -> None:
    sheet = replace(SHEET, annexes=(replace(ANNEX, wide=True, blank=4),), body=((0, "请阅。"),))
    data = letter_pdf(replace(sheet, cc=()), table).data
    with pikepdf.open(BytesIO(data)) as document:
        turned = [int(page.get("/Rotate", 0)) for page in document.pages]
        boxes = {tuple(round(float(x)) for x in page.MediaBox) for page in document.pages}
    assert (turned[0], set(turned[1:]), boxes) == (0, {90}, {(0, 0, 595, 842)})
    with pdfplumber.open(BytesIO(data)) as document:
        page = document.pages[1]
        cells = page.rects
        assert (float(page.width) * MM, float(page.height) * MM) == (
            pytest.approx(297, abs=NEAR),
            pytest.approx(210, abs=NEAR),
        )
    assert min(cell["x0"] for cell in cells) * MM == pytest.approx(35, abs=NEAR)
    assert max(cell["x1"] for cell in cells) * MM == pytest.approx(260, abs=NEAR)
    assert max(cell["bottom"] for cell in cells) * MM <= 184 + NEAR


@pytest.mark.parametrize("before", range(14, 29))
def test_a_mail_address_is_never_broken(table: FontTable, before: int) -> None:
    mail = "nianjian-bianji@example.org"
    sheet = replace(SHEET, annexes=(), body=((0, "国" * before + mail + "。"),))
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        lines = [text for page in document.pages for _, text in lines_of(page)]
    assert [text for text in lines if mail in text.replace(" ", "")] != []


@pytest.mark.parametrize("before", range(17, 29))
def test_a_telephone_number_is_never_broken(table: FontTable, before: int) -> None:
    phone = "020-0000-0021"
    sheet = replace(SHEET, annexes=(), remark="", body=((0, "国" * before + phone + "。"),))
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        lines = [text for page in document.pages for _, text in lines_of(page)]
    assert [text for text in lines if phone in text.replace(" ", "")] != []


def test_five_pages_are_numbered_through_the_annexes(table: FontTable) -> None:
    sheet = replace(SHEET, body=((0, "国" * 28 * 60),), annexes=(ANNEX,), cc=())
    with pdfplumber.open(BytesIO(letter_pdf(sheet, table).data)) as document:
        feet = [lines_of(page)[-1][1].replace(" ", "") for page in document.pages]
    assert len(feet) >= 5
    assert feet[1:] == [f"—{number}—" for number in range(2, len(feet) + 1)]


def test_the_form_is_printed_with_a_box_for_every_answer(table: FontTable) -> None:
    form = AnswerForm(title="回执", to="某办", matter="来函收悉。", ticks=TICKS, blanks=BLANKS)
    with pdfplumber.open(BytesIO(letter_pdf(replace(SHEET, annexes=(form,)), table).data)) as found:
        page = found.pages[-1]
        boxes = [r for r in page.rects if abs(r["width"] - r["height"]) < 0.5]
        text = text_of(page)
    assert len(boxes) == 3
    assert [each for each in TICKS if each.before not in text] == []


def test_every_word_is_printed(pages: list[pdfplumber.page.Page]) -> None:
    text = "".join(map(text_of, pages))
    wanted = (SHEET.addressee + "：", SHEET.issuer, SHEET.date, f"（{SHEET.remark}）", *SHEET.cc)
    wanted += tuple(text for level, text in SHEET.body if level)
    assert not [part for part in wanted if part not in text]
    assert all(f"第{row}处" in text.replace("\n", "") for row in range(1, 31))


def test_file_carries_title_author_and_language(printed: Printed) -> None:
    with pikepdf.open(BytesIO(printed.data)) as document:
        info = (str(document.docinfo.Title), str(document.docinfo.Author), str(document.Root.Lang))
        assert str(document.docinfo.CreationDate) == "D:20200305000000+08'00'"
    assert info == (SHEET.title, SHEET.issuer, "zh-CN")


def test_a_letter_not_yet_signed_is_of_no_day(table: FontTable) -> None:
    with pikepdf.open(BytesIO(letter_pdf(replace(SHEET, date=""), table).data)) as document:
        assert "/CreationDate" not in document.docinfo


def test_a_letter_is_fit_for_the_archive(printed: Printed, tmp_path: Path) -> None:
    path = tmp_path / "公函.pdf"
    path.write_bytes(printed.data)
    assert [each for each in complaints(path) if "19005" in each[0]] == []


def test_lent_characters_are_reported(table: FontTable) -> None:
    letter = letter_pdf(replace(SHEET, annexes=(), body=((0, "姓名\U0001f600。"),)), table)
    assert letter.missing == (MissingGlyph(role="fang", char="\U0001f600", drawn=""),)


def test_two_builds_are_equal(table: FontTable, printed: Printed) -> None:
    assert letter_pdf(SHEET, table) == printed


@pytest.mark.parametrize("empty", ["title", "letterhead", "addressee", "issuer", "date", "remark"])
def test_an_empty_slot_does_not_stop_the_letter(table: FontTable, empty: str) -> None:
    sheet = replace(SHEET, annexes=(), body=(), **{empty: ""})
    assert letter_pdf(sheet, table).pages == 1
