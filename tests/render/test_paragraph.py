"""The rules of Chinese line composition, read back from finished pages."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.model.book import MissingGlyph
from editorial.model.style import Align, FontConfig, FontFile, FontRole, TextRole
from editorial.render.fonts import FontTable, locate
from editorial.render.pdf import breaking
from editorial.render.pdf.canvas import finished, open_canvas
from editorial.render.pdf.metadata import Metadata
from editorial.render.pdf.paragraph import Copy, Lines, Piece, compose
from editorial.render.pdf.typeset import TypeCase
from tests.render.small_pdf import squares

SIZE = 10.0
MEASURE = 30 * SIZE
LEFT = 50.0
BODY = TextRole(size=SIZE, leading=18, indent=2)
FLUSH = TextRole(size=SIZE, leading=18)

NOT_AT_START = set("、，；：。．！？”’）》〉」』】〕］｝〗·～％%‰℃/")
NOT_AT_END = set("“‘（《〈「『【〔［｛〖￥$/")
MARKS = set("、，；：。！？”）》“（《")


def role(label: str, *faces: FontFile) -> FontRole:
    return FontRole(label=label, word=label, faces=faces)


@pytest.fixture(scope="module")
def table() -> FontTable:
    """Only faces that every machine has, so that lines break alike everywhere."""
    song = (
        FontFile(file="NotoSerifSC-Regular.otf"),
        FontFile(file="NotoSansTC[wght].ttf", weight=400),
    )
    hei = FontFile(file="NotoSansSC[wght].ttf", weight=700)
    return locate(FontConfig(roles={"song": role("宋体", *song), "hei": role("黑体", hei)}))


@pytest.fixture
def case(table: FontTable) -> TypeCase:
    return TypeCase(table)


def varied_text(rng: random.Random) -> str:
    """About 250 characters with every kind of mark, number and foreign word."""

    def han(least: int, most: int) -> str:
        return "".join(chr(rng.randint(0x4E00, 0x4FFF)) for _ in range(rng.randint(least, most)))

    makers = (
        lambda: f"{rng.randint(1990, 2022)}年{rng.randint(1, 12)}月",
        lambda: f"{rng.random() * 1000:.2f}亿元",
        lambda: f"增长{rng.random() * 20:.1f}%",
        lambda: f"“{han(2, 6)}”",
        lambda: f"《{han(2, 9)}》（{han(2, 5)}）",
        lambda: f"：“‘{han(1, 4)}’{han(1, 4)}。”",
        lambda: "——" + han(1, 3),
        lambda: han(1, 3) + "……",
        lambda: rng.choice(("GDP", "R&D", "5G", "PM2.5", "Hong Kong", "COVID-19")),
        lambda: "千米/小时",
        lambda: f"{han(2, 3)}·{han(2, 3)}",
        lambda: f"{rng.randint(1, 9)}∶{rng.randint(1, 9)}",
        lambda: f"{rng.randint(1, 9)}～{rng.randint(10, 99)}万元",
    )
    text = ""
    while len(text) < 250:
        text += han(1, 12) + rng.choice(makers)() + rng.choice("，，，、；：。！？")
    return text[:-1] + "。"


def draw(case: TypeCase, paragraphs: list[Lines]) -> bytes:
    canvas = open_canvas((210, 297))
    top = 800.0
    for lines in paragraphs:
        if top - lines.height < 40:
            canvas.showPage()
            top = 800.0
        lines.draw(canvas, LEFT, top)
        top -= lines.height
    canvas.showPage()
    return finished(canvas, Metadata(title="样张", author="示例", date=None))


def chars_by_line(data: bytes) -> list[list[dict]]:
    with pdfplumber.open(BytesIO(data)) as document:
        lines: dict[tuple[int, float], list[dict]] = {}
        for number, page in enumerate(document.pages):
            for char in page.chars:
                lines.setdefault((number, round(char["matrix"][5], 1)), []).append(char)
    return list(lines.values())  # characters as they were drawn, from left to right


def boxes(case: TypeCase, text: str, look: TextRole = FLUSH) -> list[dict]:
    """The character boxes of a text short enough for one line."""
    (line,) = chars_by_line(draw(case, [compose(case, [Piece(text)], look, MEASURE)]))
    return line


@pytest.fixture(scope="module")
def paragraphs(table: FontTable) -> list[Lines]:
    rng = random.Random(20200305)
    case = TypeCase(table)
    return [compose(case, [Piece(varied_text(rng))], BODY, MEASURE) for _ in range(60)]


@pytest.fixture(scope="module")
def texts(paragraphs: list[Lines]) -> list[list[str]]:
    return [[lines.text_of(at) for at in range(lines.count)] for lines in paragraphs]


@pytest.fixture(scope="module")
def printed(table: FontTable, paragraphs: list[Lines]) -> list[list[dict]]:
    return chars_by_line(draw(TypeCase(table), paragraphs[:30]))


def test_no_line_starts_with_a_closing_mark(texts: list[list[str]]) -> None:
    assert not [line for lines in texts for line in lines[1:] if line[0] in NOT_AT_START]


def test_no_line_ends_with_an_opening_mark(texts: list[list[str]]) -> None:
    assert not [line for lines in texts for line in lines if line[-1] in NOT_AT_END]


def test_dashes_and_ellipses_stay_whole(texts: list[list[str]]) -> None:
    ends = [a[-1] + b[0] for lines in texts for a, b in pairwise(lines)]
    assert not {"——", "……", "⸺⸺"} & set(ends)


def test_numbers_units_and_words_stay_whole(texts: list[list[str]]) -> None:
    ends = [a[-1] + b[0] for lines in texts for a, b in pairwise(lines)]
    assert not [end for end in ends if re.fullmatch(r"[0-9A-Za-z.][0-9A-Za-z.%]", end)]


def test_no_paragraph_ends_with_a_lone_character(texts: list[list[str]]) -> None:
    assert not [lines[-1] for lines in texts if len(re.sub(r"[^\w]", "", lines[-1])) < 2]


def test_lines_hold_every_character(table: FontTable, texts: list[list[str]]) -> None:
    rng = random.Random(20200305)
    wanted = [varied_text(rng).replace("——", "⸺") for _ in range(60)]
    assert ["".join(lines).replace(" ", "") for lines in texts] == [
        text.replace(" ", "") for text in wanted
    ]


def test_lines_end_at_the_right_edge(paragraphs: list[Lines], printed: list[list[dict]]) -> None:
    last = [at == lines.count - 1 for lines in paragraphs[:30] for at in range(lines.count)]
    edges = [right_edge(line) for line, short in zip(printed, last, strict=True) if not short]
    assert max(abs(edge - LEFT - MEASURE) for edge in edges) < 0.05


def right_edge(line: list[dict]) -> float:
    """Of the ink frame: half of a mark at the line's end hangs out."""
    return line[-1]["x1"] - (SIZE / 2 if line[-1]["text"] in "、，；：。！？”’）》" else 0)


def test_marks_keep_half_an_em(printed: list[list[dict]]) -> None:
    advances = [
        b["x0"] - a["x0"] for line in printed for a, b in pairwise(line) if a["text"] in MARKS
    ]
    assert min(advances) >= SIZE / 2 - 0.05


def test_han_do_not_overlap_nor_drift_apart(printed: list[list[dict]]) -> None:
    gaps = [
        b["x0"] - a["x1"]
        for line in printed
        for a, b in pairwise(line)
        if "一" <= a["text"] <= "鿿" and "一" <= b["text"] <= "鿿"
    ]
    assert -0.02 <= min(gaps) <= max(gaps) < 0.34 * SIZE


def test_han_and_latin_stand_apart(printed: list[list[dict]]) -> None:
    gaps = [
        b["x0"] - a["x1"]
        for line in printed
        for a, b in pairwise(line)
        if ("一" <= a["text"] <= "鿿" and b["text"].isascii() and b["text"].isdigit())
    ]
    assert SIZE / 8 - 0.05 <= min(gaps) <= max(gaps) <= SIZE / 3 + 0.34 * SIZE


@pytest.mark.parametrize("pair", ["》，", "。”", "：“", "）（", "（《", "”，", "》》"])
def test_adjacent_marks_are_squeezed(case: TypeCase, pair: str) -> None:
    first, second = boxes(case, f"国{pair}国")[1:3]
    assert second["x0"] - first["x0"] == pytest.approx(SIZE / 2, abs=0.01)


@pytest.mark.parametrize(("text", "start"), [("国家", 2.0), ("【国家】", 1.5), ("“国", 1.5)])
def test_first_line_is_indented(case: TypeCase, text: str, start: float) -> None:
    assert boxes(case, text, BODY)[0]["x0"] == pytest.approx(LEFT + start * SIZE, abs=0.01)


def test_indent_typed_with_spaces_is_not_doubled(case: TypeCase) -> None:
    assert compose(case, [Piece("　　国家")], BODY, MEASURE).text_of(0) == "国家"


def test_a_typed_space_is_not_added_to_the_gap(case: TypeCase) -> None:
    typed = compose(case, [Piece("在 2025 年")], BODY, MEASURE)
    assert typed.width_of(0) == compose(case, [Piece("在2025年")], BODY, MEASURE).width_of(0)


def test_interpunct_takes_half_an_em(case: TypeCase) -> None:
    before, _, after = boxes(case, "乔·布")
    assert after["x0"] - before["x1"] == pytest.approx(SIZE / 2, abs=0.02)


def test_dash_takes_two_ems_and_is_copied_as_typed(case: TypeCase) -> None:
    before, *dash, after = boxes(case, "国——家")
    assert after["x0"] - before["x1"] == pytest.approx(2 * SIZE, abs=0.01)
    assert "".join(char["text"] for char in dash) == "——"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("-3.5", "−3.5"),
        ("最低-3.5℃", "最低−3.5℃"),
        ("增长-1.2%，降至-8", "增长−1.2%，降至−8"),
        ("（-12.6）", "（−12.6）"),
        ("附件-1", "附件-1"),
        ("30元-50.5元", "30元-50.5元"),
        ("2平方公里-3.5平方公里", "2平方公里-3.5平方公里"),
        ("2月气温-2.1℃", "2月气温−2.1℃"),
        ("12.5元/吨-13.5元/吨", "12.5元/吨-13.5元/吨"),
        ("30万平方公里-50.5万平方公里", "30万平方公里-50.5万平方公里"),
        ("1.5亿多元-2.5亿元", "1.5亿多元-2.5亿元"),
        ("20升-30.5升", "20升-30.5升"),
        ("指数98.5，增速-1.5%", "指数98.5，增速−1.5%"),
        ("30平方米-50.5平方米", "30平方米-50.5平方米"),
        ("2018-2019", "2018-2019"),
        ("COVID-19", "COVID-19"),
        ("电话020-8123", "电话020-8123"),
    ],
)
def test_a_hyphen_typed_for_a_minus_sign_is_drawn_as_one(
    case: TypeCase, text: str, drawn: str
) -> None:
    lines = compose(case, [Piece(text)], FLUSH, MEASURE)
    assert lines.text_of(0) == drawn
    assert "".join(char["text"] for char in boxes(case, text)) == text


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("增加值=总产出-中间投入", "增加值=总产出−中间投入"),
        ("降低率=(1-本年能耗/上年能耗)×100%", "降低率=(1−本年能耗/上年能耗)×100%"),
        ("增速=（本年-上年）/上年×100%", "增速=（本年−上年）/上年×100%"),
        ("净增=（甲-乙）-（丙-丁）", "净增=（甲−乙）−（丙−丁）"),
        ("差额=12-5=7，比重=100%-甲", "差额=12−5=7，比重=100%−甲"),
        ("总额=工资（含奖金、津贴）-税额", "总额=工资（含奖金、津贴）−税额"),
        ("（本年数-上年数）÷上年数×100%", "（本年数−上年数）÷上年数×100%"),
        ("代号=A-B", "代号=A-B"),
        ("日期=2018-01", "日期=2018-01"),
        ("年龄段=15-59岁", "年龄段=15-59岁"),
        ("比重=5-8%", "比重=5-8%"),
        ("电话=020-0000-0001", "电话=020-0000-0001"),
        ("甲=乙，京-广铁路", "甲=乙，京-广铁路"),
        ("https://example.org/?a=示-例", "https://example.org/?a=示-例"),
    ],
)
def test_a_hyphen_in_an_equation_is_drawn_as_a_minus_sign(
    case: TypeCase, text: str, drawn: str
) -> None:
    lines = compose(case, [Piece(text)], FLUSH, 400)
    assert lines.text_of(0) == drawn
    if not drawn.startswith("https"):
        assert "".join(char["text"] for char in boxes(case, text)) == text


def test_a_minus_sign_in_an_equation_stands_close_to_both_sides(case: TypeCase) -> None:
    for text, at in (("甲=乙-丙", 3), ("甲=（乙）-（丙）", 5), ("甲=1-丙", 3)):
        before, minus, after = boxes(case, text)[at - 1 : at + 2]
        assert minus["x0"] - before["x1"] == pytest.approx(0, abs=0.01)
        assert after["x0"] - minus["x1"] == pytest.approx(0, abs=0.01)


def test_only_the_beginning_of_a_text_makes_a_minus_sign(case: TypeCase) -> None:
    lines = compose(case, [Piece("2018", role="hei"), Piece("-2019年")], FLUSH, MEASURE)
    assert lines.text_of(0) == "2018-2019年"


def test_a_minus_sign_stands_apart_from_han_and_close_to_its_number(case: TypeCase) -> None:
    han, minus, figure = boxes(case, "至-3")[:3]
    assert minus["x0"] - han["x1"] == pytest.approx(SIZE / 4, abs=0.01)
    assert figure["x0"] - minus["x1"] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("quote", ["“", "《"])
def test_text_after_a_run_in_heading_begins_alike_before_every_character(
    case: TypeCase, quote: str
) -> None:
    def ink(text: str) -> float:
        last = boxes(case, text)[-2]
        return last["x0"] + (SIZE / 2 if last["text"] == quote else 0) - boxes(case, text)[2]["x0"]

    assert ink(f"【题】　{quote}国") == pytest.approx(ink("【题】　国家"), abs=0.01)


def test_the_em_after_a_run_in_heading_opens_before_the_line(case: TypeCase) -> None:
    """What is left over at the end of the first line, less than a quarter em, goes into it."""
    text = "【题】　" + "国" * 40
    lines = compose(case, [Piece(text)], FLUSH, 15.2 * SIZE)
    first = chars_by_line(draw(case, [lines]))[0]
    close, gap, begun, *rest = first[2:]
    assert gap["x0"] - close["x0"] == pytest.approx(0.7 * SIZE, abs=0.01)
    assert rest[0]["x0"] - begun["x1"] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("ems", [14.7, 14.9, 15.1, 15.4, 30.0])
def test_what_follows_the_number_of_a_list_stands_at_one_distance(
    case: TypeCase, ems: float
) -> None:
    for number in ("1.", "12."):
        text = number + "国家、" * 8
        line = chars_by_line(draw(case, [compose(case, [Piece(text)], FLUSH, ems * SIZE)]))[0]
        stop, first = line[len(number) - 1 : len(number) + 1]
        assert first["x0"] - stop["x1"] == pytest.approx(SIZE / 4, abs=0.01)


@pytest.mark.parametrize("mark", ["。", "，", "”", "）"])
def test_a_note_mark_stands_close_to_the_mark_before_it(case: TypeCase, mark: str) -> None:
    pieces = [Piece(f"国{mark}"), Piece("①", shift="sup"), Piece("家")]
    (line,) = chars_by_line(draw(case, [compose(case, pieces, FLUSH, MEASURE)]))[:1] or [[]]
    note = next(char for char in line if char["text"] == "①")
    before = next(char for char in line if char["text"] == mark)
    assert note["x0"] - before["x0"] == pytest.approx(SIZE / 2, abs=0.01)


def test_the_number_of_a_table_stays_with_its_word(case: TypeCase) -> None:
    for ems in range(8, 24):
        lines = compose(case, [Piece("国家情况良好（见表12-2、图3-1），" * 3)], FLUSH, ems * SIZE)
        for at in range(lines.count):
            assert lines.text_of(at)[-1] not in "表图"


def test_a_page_holds_no_number_pdf_cannot_read(case: TypeCase) -> None:
    """Differences of places leave 2e-15, which is no number in PDF (ISO 32000-1, 7.3.3)."""
    look = TextRole(size=7.5, leading=12.5, align="center")
    small = [Piece("面积"), Piece("km"), Piece("27", shift="sup"), Piece("万元" * 9)]
    for lines in [compose(case, small, look, tenths / 10) for tenths in range(160, 400)]:
        numbers = re.sub(r"<\w*>", "", lines.operators(LEFT, 800))
        assert not re.search(r"\de[-+]?\d", numbers)


def test_where_a_text_stands_in_the_row_does_not_show(case: TypeCase) -> None:
    """Lengths of all that stands before it add up exactly: a book set in other parts, or on
    other machines, comes out the same to the byte."""
    for number in range(40):
        figures = Copy(case, [Piece(f"{number}1,111.7")], "hei", tabular=True)
        Copy(case, [Piece("每秒3m"), Piece("-1", shift="sup"), Piece("，A·B‘示例’")], "song")
    grains = figures.matter.reach * 2.0**20
    assert (grains == np.rint(grains)).all()


def test_note_mark_follows_its_word(case: TypeCase) -> None:
    pieces = [Piece("国" * 27), Piece("①", shift="sup"), Piece("家国家国")]
    lines = compose(case, pieces, FLUSH, 27 * SIZE)
    assert "①" not in [lines.text_of(at)[0] for at in range(lines.count)]


def test_note_marks_know_their_line(case: TypeCase) -> None:
    pieces = [Piece("国" * 40), Piece("①", shift="sup", note="a")]
    assert compose(case, pieces, FLUSH, MEASURE).calls == ((1, "a"),)


def test_part_of_a_paragraph_is_drawn_from_its_top(case: TypeCase) -> None:
    canvas = open_canvas((210, 297))
    lines = compose(case, [Piece("国" * 100)], FLUSH, MEASURE)
    lines.draw(canvas, LEFT, 800, 1, 3)
    canvas.showPage()
    data = finished(canvas, Metadata(title="样张", author="示例", date=None))
    tops = sorted({round(line[0]["matrix"][5], 2) for line in chars_by_line(data)})
    assert tops == [pytest.approx(800 - 27 - 3.8), pytest.approx(800 - 9 - 3.8)]


@pytest.mark.parametrize(("align", "x"), [("left", 0), ("center", 13.5), ("right", 27)])
def test_short_lines_are_aligned(case: TypeCase, align: Align, x: float) -> None:
    look = TextRole(size=SIZE, leading=18, align=align)
    assert boxes(case, "国家史", look)[0]["x0"] == pytest.approx(LEFT + x * SIZE, abs=0.01)


def test_centred_lines_are_even(case: TypeCase) -> None:
    look = TextRole(size=SIZE, leading=18, align="center")
    lines = compose(case, [Piece("国" * 34)], look, MEASURE)
    assert abs(lines.width_of(0) - lines.width_of(1)) <= 2 * SIZE


@pytest.mark.parametrize(
    ("title", "torn"),
    [
        ("表 2-3　2018年粤港澳大湾区经济总量与产业构成情况表", "大湾区"),
        ("表 3-1　2018年粤港澳大湾区科技创新主要指标情况表", "大湾区"),
        ("图 4-1　2017—2018年粤港澳大湾区九市基础设施投资", "粤港澳"),
    ],
)
def test_centred_lines_do_not_end_inside_a_word(case: TypeCase, title: str, torn: str) -> None:
    look = TextRole(size=SIZE, leading=18, align="center")
    lines = compose(case, [Piece(title)], look, 20 * SIZE)
    texts = [lines.text_of(at) for at in range(lines.count)]
    assert len(texts) == 2
    assert sum(torn in text for text in texts) == 1


def test_ragged_lines_do_not_end_inside_a_word(case: TypeCase) -> None:
    look = TextRole(size=SIZE, leading=18, align="left")
    lines = compose(case, [Piece("横琴片区新设立澳资企业行业情况表（2018年）")], look, 14 * SIZE)
    assert lines.text_of(0).endswith("行业")


def test_address_breaks_at_its_marks(case: TypeCase) -> None:
    address = "https://www.example.gov.cn/zwgk/zcwj/2019/content_5366593.html?from=time&id=2"
    lines = compose(case, [Piece("详见" + address + "网站。")], FLUSH, 20 * SIZE)
    broken = [lines.text_of(at) for at in range(lines.count)]
    assert "".join(broken) == f"详见{address}网站。"
    assert not [line for line in broken if line[-1] in "/-" or line[0] in ".?&"]
    assert [line[0] for line in broken[1:-1]] == ["/"]


def test_a_long_mail_address_breaks_at_its_marks(case: TypeCase) -> None:
    for lead in range(8):
        text = "示" * lead + "yearbook-editorial@statistics.example.gov.cn。"
        lines = compose(case, [Piece(text)], FLUSH, 19 * SIZE)
        for at in range(lines.count - 1):
            seam = lines.text_of(at)[-1] + lines.text_of(at + 1)[0]
            assert not re.fullmatch("[a-z]{2}", seam), lines.text_of(at)


@pytest.mark.parametrize("number", ["7 775.71", "1 024", "1 234 567.5"])
def test_a_number_with_spaces_between_thousands_stays_whole(case: TypeCase, number: str) -> None:
    text = f"示例{number}亿元，增长。"
    held = number.replace(" ", "\u00a0")
    for lead in range(18, 31):
        lines = compose(case, [Piece("示" * lead + text)], FLUSH, MEASURE)
        assert any(held in lines.text_of(at) for at in range(lines.count))
        drawn = chars_by_line(draw(case, [lines]))
        spaces = [char["width"] for line in drawn for char in line if char["text"].isspace()]
        gaps = [
            b["x0"] - a["x1"] for line in drawn for a, b in pairwise(line) if b["text"].isspace()
        ]
        assert spaces
        assert max(gaps) < 0.01


def test_years_and_other_numbers_side_by_side_are_no_thousands(case: TypeCase) -> None:
    assert compose(case, [Piece("2018 100人")], FLUSH, MEASURE).text_of(0) == "2018 100人"


def test_an_address_is_torn_only_where_no_mark_is_near(case: TypeCase) -> None:
    address = "https://www.example.gov.cn/zwgk/fggw/zhengcewenjian/2019/content_5366593.html"
    for lead in range(20):
        lines = compose(case, [Piece("示" * lead + address)], FLUSH, 36 * SIZE)
        seam = lines.text_of(0)[-1] + lines.text_of(1)[0]
        assert not re.fullmatch("[a-z]{2}", seam), lines.text_of(0)


def test_a_line_ends_short_before_an_address_is_torn_inside_a_word(case: TypeCase) -> None:
    text = (
        "数据详见“示例统计信息网”（https://tjj.example.gov.cn/tjgb/qstjgb/content/post_9567759.html"
        "?from=timeline&isappinstalled=0#section-4）和《2023年国民经济和社会发展统计公报》。"
    )
    lines = compose(case, [Piece(text)], BODY, 22 * SIZE)
    seams = [lines.text_of(at)[-1] + lines.text_of(at + 1)[0] for at in range(lines.count - 1)]
    assert not any(re.fullmatch("[a-z]{2}", seam) for seam in seams), seams


@pytest.mark.parametrize("word", ["Internationalization", "Telecommunications", "Guangdong-Hong"])
def test_a_long_foreign_word_is_not_torn(case: TypeCase, word: str) -> None:
    for lead in range(20):
        lines = compose(case, [Piece("示" * lead + word + "项目在示例市启动。")], FLUSH, MEASURE)
        assert any(word in lines.text_of(at) for at in range(lines.count))


@pytest.mark.parametrize("word", ["H₂O", "CO₂", "10⁻³", "x⁴", "3½", "km²"])
def test_typed_superscripts_and_the_like_belong_to_their_word(case: TypeCase, word: str) -> None:
    line = boxes(case, word)
    assert all(after["x0"] - before["x1"] < 0.01 for before, after in pairwise(line))
    for lead in range(26, 31):
        lines = compose(case, [Piece("示" * lead + word + "项目在示例市。")], FLUSH, MEASURE)
        told = [unicodedata.normalize("NFKC", lines.text_of(at)) for at in range(lines.count)]
        assert any(unicodedata.normalize("NFKC", word) in line for line in told)


@pytest.mark.external("pdftotext")
def test_typed_subscripts_no_face_has_are_figures_made_small(
    case: TypeCase, tmp_path: Path
) -> None:
    import subprocess

    text = "减排CO₂和10⁻³克"
    page = tmp_path / "page.pdf"
    page.write_bytes(draw(case, [compose(case, [Piece(text)], FLUSH, MEASURE)]))
    assert case.missing == ()
    out = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True, text=True)
    assert re.sub(r"\s", "", out.stdout) == text
    sizes = {char["text"]: char["size"] for char in boxes(case, "O₂⁻³")}
    assert sizes == {"O": SIZE, "2": 0.6 * SIZE, "-": 0.6 * SIZE, "3": 0.6 * SIZE}


def test_a_superscript_of_two_letters_is_no_figure_made_small(case: TypeCase) -> None:
    lines = compose(case, [Piece("商标™和H₂O")], FLUSH, MEASURE)
    assert lines.text_of(0) == "商标™和H2O"


@pytest.mark.external("pdftotext")
@pytest.mark.parametrize(
    ("text", "copied"),
    [("甲–乙‒丙", "甲–乙–丙"), ("示例⽔库", "示例水库"), ("⼒学", "力学")],
)
def test_of_characters_with_one_glyph_the_common_one_is_copied(
    case: TypeCase, tmp_path: Path, text: str, copied: str
) -> None:
    import subprocess

    page = tmp_path / "page.pdf"
    page.write_bytes(draw(case, [compose(case, [Piece(text)], FLUSH, MEASURE)]))
    out = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == copied


def test_an_em_space_of_word_spoils_no_ideographic_space(case: TypeCase) -> None:
    page = draw(case, [compose(case, [Piece("甲　乙\u2003丙")], FLUSH, MEASURE)])
    with pikepdf.open(BytesIO(page)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        cmaps = b"".join(f.ToUnicode.read_bytes() for f in fonts.values() if "/ToUnicode" in f)
    assert b"<3000>" in cmaps
    assert b"<2003>" not in cmaps


@pytest.mark.parametrize("opened", ["«Le Monde»", "‹Le Monde›"])
def test_quotation_marks_of_other_tongues_do_not_stand_at_the_wrong_edge(
    case: TypeCase, opened: str
) -> None:
    for lead in range(20, 31):
        lines = compose(case, [Piece("示" * lead + f"法国{opened}报道示例市。")], FLUSH, MEASURE)
        for at in range(lines.count):
            assert lines.text_of(at)[0] not in "»›"
            assert lines.text_of(at)[-1] not in "«‹"


def test_an_accent_typed_apart_is_set_with_its_letter(case: TypeCase) -> None:
    whole = "café résumé Señor"
    apart = unicodedata.normalize("NFD", whole)
    assert compose(case, [Piece(apart)], FLUSH, MEASURE).text_of(0) == whole
    lengths = [Copy(case, [Piece(text)], "song").length(SIZE) for text in (whole, apart)]
    assert lengths[0] == lengths[1]


def test_han_that_normal_forms_would_change_stay_as_typed(case: TypeCase) -> None:
    assert compose(case, [Piece("示例﨑塚")], FLUSH, MEASURE).text_of(0) == "示例﨑塚"


@pytest.mark.parametrize("sign", "±≥≤≈＞＜")
def test_a_sign_before_a_number_stays_with_it(case: TypeCase, sign: str) -> None:
    for lead in range(28, 31):
        lines = compose(case, [Piece("示" * lead + f"{sign}0.5％以内。")], FLUSH, MEASURE)
        assert not lines.text_of(0).endswith(sign)
    line = boxes(case, f"误差{sign}05以内")
    assert abs(line[3]["x0"] - line[2]["x1"]) < 0.01


@pytest.mark.parametrize("sign", "±≥≤＞＜＋＝≈×")
def test_a_sign_between_figures_does_not_touch_them(case: TypeCase, sign: str) -> None:
    face = case.face("song")
    line = boxes(case, f"5{sign}3")
    inked = [face.ink(each) for each in ("5", sign, "3")]
    edges = [
        (char["x0"] + ink[0] * SIZE / 1000, char["x0"] + ink[2] * SIZE / 1000)
        for char, ink in zip(line, inked, strict=True)
    ]
    assert all(after[0] - before[1] > 0.03 * SIZE for before, after in pairwise(edges)), edges


def test_a_long_code_is_broken_at_its_hyphens(case: TypeCase) -> None:
    for code in ("978-7-5218-0345-6", "2018-2019/2019-2020"):
        for lead in range(11, 21):
            lines = compose(case, [Piece("示" * lead + code + "号" * 9)], FLUSH, 22 * SIZE)
            first, second = lines.text_of(0), lines.text_of(1)
            assert not (first[-1].isdigit() and second[0].isdigit()), first


def test_spaces_between_words_open_before_all_else(case: TypeCase) -> None:
    text = "示例Greater Bay Area与示例市" + "示" * 30
    for width in (28.8, 29.2, 29.6):
        line = chars_by_line(draw(case, [compose(case, [Piece(text)], FLUSH, width * SIZE)]))[0]
        assert abs(line[1]["x0"] - line[0]["x1"]) < 0.01 * SIZE


def test_straight_quotes_stand_close_to_what_they_hold(case: TypeCase) -> None:
    line = boxes(case, '示例"引文"示例')
    gaps = [round((b["x0"] - a["x1"]) / SIZE, 2) for a, b in pairwise(line)]
    assert gaps[1:6] == [0.25, 0, 0, 0, 0.25]


def test_missing_glyph_is_lent_and_recorded(case: TypeCase) -> None:
    compose(case, [Piece("人名𠀡。")], FLUSH, MEASURE)
    assert case.missing == (MissingGlyph(role="song", char="𠀡", drawn="NotoSansTC-W400"),)


def test_impossible_glyph_is_drawn_as_geta_and_recorded(case: TypeCase) -> None:
    line = boxes(case, "国\U0001f600家")
    assert [char["text"] for char in line] == ["国", "〓", "家"]
    assert case.missing == (MissingGlyph(role="song", char="\U0001f600", drawn=""),)


def test_a_private_sign_of_the_office_is_drawn_from_its_own_face(tmp_path: Path) -> None:
    """Rare names are often typed as signs of planes 15 and 16, which the office's face has."""
    signs = "\U000f0001\U00100002"
    (tmp_path / "own.ttf").write_bytes(squares(alphabet=f"1国{signs}"))
    config = FontConfig(roles={"song": role("宋体", FontFile(file="own.ttf"))})
    case = TypeCase(locate(config, (tmp_path,)))
    line = boxes(case, f"国{signs}国")
    assert [char["text"] for char in line] == ["国", *signs, "国"]
    assert [char["width"] for char in line] == [SIZE] * 4


@pytest.mark.external("pdftotext")
def test_text_can_be_copied_out(case: TypeCase, tmp_path: Path) -> None:
    import subprocess

    rng = random.Random(7)
    text = varied_text(rng)
    page = tmp_path / "page.pdf"
    page.write_bytes(draw(case, [compose(case, [Piece(text + "\U0001f600")], BODY, MEASURE)]))
    out = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True, text=True)
    assert re.sub(r"\s", "", out.stdout) == re.sub(r"\s", "", text) + "\U0001f600"


@pytest.mark.external("pdftotext")
def test_a_radical_does_not_spoil_the_character_it_looks_like(
    case: TypeCase, tmp_path: Path
) -> None:
    import subprocess

    page = tmp_path / "page.pdf"
    text = "第一章长江日报一则⻓⽇⼀"
    page.write_bytes(draw(case, [compose(case, [Piece(text)], BODY, MEASURE)]))
    out = subprocess.run(["pdftotext", page, "-"], capture_output=True, check=True, text=True)
    assert out.stdout.startswith("第一章长江日报一则")


def test_a_space_that_does_not_break_spoils_no_other(case: TypeCase) -> None:
    page = draw(case, [compose(case, [Piece("World\u00a0Bank and others")], BODY, MEASURE)])
    with pikepdf.open(BytesIO(page)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        cmaps = [font.ToUnicode.read_bytes() for font in fonts.values() if "/ToUnicode" in font]
    assert any(b"<0020>" in each for each in cmaps)
    assert not any(b"<00A0>" in each for each in cmaps)


def test_links_have_the_boxes_of_their_words(case: TypeCase) -> None:
    pieces = [Piece("见"), Piece("网站", link="https://example.com/a", color="0000cc")]
    ((box, target),) = compose(case, pieces, FLUSH, MEASURE).boxes(LEFT, 800)
    assert target == "https://example.com/a"
    assert box[::2] == pytest.approx((LEFT + 10, LEFT + 30), abs=0.1)


def test_only_subsets_of_used_faces_are_embedded(case: TypeCase) -> None:
    pieces = [Piece("【题】", role="hei"), Piece("正文，2018年。")]
    data = draw(case, [compose(case, pieces, BODY, MEASURE)])
    with pikepdf.open(BytesIO(data)) as document:
        fonts = document.pages[0].Resources.Font.values()
        assert sorted(re.sub("/[A-Z]{6}[+]", "", str(font.BaseFont)) for font in fonts) == [
            "NotoSansSC-W700",
            "NotoSerifSC-Regular-Identity-H",
        ]
        assert all("/ToUnicode" in font for font in fonts)
    assert len(data) < 12_000


def test_two_builds_are_equal(table: FontTable) -> None:
    def build() -> bytes:
        case = TypeCase(table)
        pieces = [Piece("【题】", role="hei"), Piece(varied_text(random.Random(3)))]
        return draw(case, [compose(case, pieces, BODY, MEASURE)])

    assert build() == build()


@given(
    text=st.text(alphabet=st.characters(codec=None), max_size=60)
    | st.text("“（《，。》）1a/ —…·　", max_size=60),
    ems=st.floats(0.2, 40),
    look=st.sampled_from(["justify", "left", "right", "center"]),
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_string_can_be_set(table: FontTable, text: str, ems: float, look: Align) -> None:
    case = TypeCase(table)
    role = TextRole(size=SIZE, leading=18, indent=2, align=look)
    lines = compose(case, [Piece(text), Piece(text, shift="sup")], role, ems * SIZE)
    assert draw(case, [lines]).startswith(b"%PDF")


def test_a_mail_address_is_not_torn_inside_a_word(case: TypeCase) -> None:
    text = "请加盖公章后函复我办，电子文档请一并发送至" + "所" * 6 + "zhouwen@example.org，谢谢。"
    lines = compose(case, [Piece(text)], FLUSH, MEASURE)
    assert "zhouwen@" in lines.text_of(1)


@pytest.mark.parametrize("align", ["left", "center", "justify"])
@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("国际标准ISO9001:2015认证", 6.5, ("国际标准", "ISO9001:2015", "认证")),
        ("文号（国办发〔2018〕12号）", 6.2, ("〔2018〕12号）", "〔2018〕")),
        ("《按季度报送进展》2012年9月4日", 6.2, ("2012年9月", "年9月4日")),
    ],
)
def test_what_fits_no_line_leaves_the_lines_before_it_full(
    case: TypeCase, align: Align, text: str, ems: float, lines: tuple[str, ...]
) -> None:
    made = told(case, text, ems, align)
    assert all(len(line) > 1 for line in made)
    assert any(line in made for line in lines)


@pytest.mark.parametrize("align", ["left", "center", "justify"])
def test_a_word_cut_by_force_leaves_no_mark_at_the_wrong_edge(case: TypeCase, align: Align) -> None:
    for ems in np.arange(2.5, 9, 0.25):
        for text in ("文号（国办发〔2018〕12号）。", "（共计1234567890123号），《示例》"):
            made = told(case, text, float(ems), align)
            assert not any(line[0] in NOT_AT_START for line in made[1:]), made
            assert not any(line[-1] in NOT_AT_END for line in made[:-1]), made


def told(case: TypeCase, text: str, ems: float, align: Align) -> list[str]:
    look = replace(FLUSH, align=align)
    lines = compose(case, [Piece(text)], look, ems * SIZE)
    return [lines.text_of(number) for number in range(lines.count)]


def test_a_line_is_not_left_short_where_the_one_before_can_give_a_word(case: TypeCase) -> None:
    text = (
        "【牙雕博览会举办】　2024年10月22—28日，第7届示例市牙雕博览会在桐埠区鸣同坪举行，"
        "市发展改革委主办，接待观众18.1万人次。印发《示例市乡村建设三年行动方案》"
        "（示府办〔2024〕90号），明确重点改革推进。"
    )
    lines = compose(case, [Piece(text)], BODY, 22 * SIZE)
    assert all(lines.width_of(line) > 19 * SIZE for line in range(1, lines.count - 1))


def test_a_number_is_parted_from_its_unit_before_a_line_is_spaced_out(case: TypeCase) -> None:
    text = "上半年，全市社会消费品零售总额1112.3亿元，比上年同期增长。"
    lines = compose(case, [Piece(text)], BODY, 22 * SIZE)
    assert lines.text_of(0).endswith("1112.3亿")
    (first, *_) = chars_by_line(draw(case, [lines]))
    assert first[-1]["x1"] == pytest.approx(LEFT + 22 * SIZE, abs=0.2)


def test_a_line_that_can_only_be_opened_is_not_left_short(case: TypeCase) -> None:
    text = "示" * 16 + "Telecom-munications" + "示" * 30
    lines = compose(case, [Piece(text)], FLUSH, 22 * SIZE)
    (first, *_) = chars_by_line(draw(case, [lines]))
    assert first[-1]["x1"] == pytest.approx(LEFT + 22 * SIZE, abs=0.2)


@pytest.mark.parametrize("ems", [22, 35])
def test_lines_of_foreign_names_are_not_spaced_out(case: TypeCase, ems: int) -> None:
    text = (
        "【英文混排】　The World Health Organization (WHO)、United Nations Educational, "
        "Scientific and Cultural Organization（UNESCO）、International Telecommunication Union等。"
    )
    lines = compose(case, [Piece(text)], BODY, ems * SIZE)
    for line in chars_by_line(draw(case, [lines])):
        inked = [char for char in line if char["text"].strip()]
        gaps = [
            b["x0"] - a["x1"] for a, b in pairwise(inked) if a["text"] + b["text"] in "英文混排"
        ]
        assert all(gap < 0.26 * SIZE for gap in gaps)


def test_a_line_before_a_long_address_ends_short(case: TypeCase) -> None:
    address = "https://www.example.gov.cn/zwgk/2018/0312/content_5273455.htm"
    text = f"【并按季度报R&D若干】　报送（{address}）印发。"
    lines = compose(case, [Piece(text)], BODY, 22 * SIZE)
    assert lines.text_of(0).endswith("报送")


def test_a_mark_before_the_em_of_a_run_in_heading_is_half_at_a_line_end(case: TypeCase) -> None:
    text = "【印发进一步加强城市群区域协同发展若干】　2018年末，全市有各类平台若干个。"
    lines = compose(case, [Piece(text)], BODY, 22 * SIZE)
    (first, *_) = chars_by_line(draw(case, [lines]))
    assert first[-1]["text"] == "】"
    assert first[-1]["x1"] == pytest.approx(LEFT + 22.5 * SIZE, abs=0.2)


@pytest.mark.parametrize(
    "unit", ["万平方千米", "亿千瓦时", "万人次", "毫克", "个百分点", "千多亿元", "万余户", "公里"]
)
def test_a_number_is_not_parted_from_any_of_its_unit(case: TypeCase, unit: str) -> None:
    for lead in range(16, 30):
        for setting in ("示" * lead, "示例，（示）" * (lead // 4) + "示" * (lead % 4)):
            made = told(case, f"{setting}12.8{unit}，居全省前列。", 30, "justify")
            whole = any(f"12.8{unit}" in line for line in made)
            assert whole or (len(unit) > 2 and made[0].endswith("12.8" + unit[0])), made


def test_a_long_unit_is_parted_before_a_line_is_spaced_out(case: TypeCase) -> None:
    text = "上半年，全市房屋建筑施工面积236.4万平方米，比上年同期增长。"
    assert told(case, text, 20, "justify")[0].endswith("236.4万")


def test_a_space_at_a_line_end_gives_nothing(case: TypeCase) -> None:
    """It is not set: what the mark before it could give up beside it is none of the line's."""
    luck = random.Random(1)
    pieces = [*"甲乙丙丁戊己庚" * 3, *"，。；）（", "2018年", "12.5亿元", "（甲）　", "，　", "”　"]
    for _ in range(60):
        texts = ["".join(luck.choices(pieces, k=60)) for _ in range(4)]
        ems = luck.choice([15, 20, 30])
        drawn = draw(case, [compose(case, [Piece(text)], FLUSH, ems * SIZE) for text in texts])
        for line in chars_by_line(drawn):
            last = [char for char in line if char["text"].strip()][-1]
            half = SIZE / 2 if last["text"] in "，。；）”" else 0
            assert last["x1"] - half < LEFT + ems * SIZE + 0.3


def test_long_text_that_fits_no_line_is_broken_in_time(case: TypeCase) -> None:
    """As many ways are followed in a long text as in a short one."""
    luck = random.Random(3)
    words = ["甲乙", "12345678亿元", "〔2018〕12号", "2019年12月5日", "（乙）", "，", "“丙”", "GDP"]
    text = "".join(luck.choices(words, k=6000))
    look = replace(FLUSH, align="left")
    fronts: list[int] = []
    held = breaking._held

    def watched(*told: Any) -> Any:
        front = held(*told)
        fronts.append(len(front.of))
        return front

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(breaking, "_held", watched)
        lines = compose(case, [Piece(text)], look, 5 * SIZE)
        assert lines.count > 1000
    assert max(fronts) < 100


def test_a_text_set_ragged_first_is_justified_as_ever(case: TypeCase) -> None:
    text = "2014—2018年示例市统计公报与经济社会发展情况综述" * 6
    copy, ragged = Copy(case, [Piece(text)], FLUSH.font), replace(FLUSH, align="left")
    for width in range(100, 260, 7):
        other = Copy(case, [Piece(text)], FLUSH.font)
        assert copy.lines(ragged, width).count
        one, two = copy.lines(FLUSH, width), other.lines(FLUSH, width)
        assert [*map(one.text_of, range(one.count))] == [*map(two.text_of, range(two.count))]
