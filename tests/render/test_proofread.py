"""The proofreader itself: silent about a good book, and each spoilt one named by its rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from editorial.model.style import FontConfig, FontFile, FontRole
from editorial.render.fonts import locate
from tests.render.proof.fault import tally
from tests.render.proof.good import GOOD, HEAD, SCIENCE, WORKS
from tests.render.proof.proofread import faults_of, proofread, read_proof
from tests.render.proof.sheet import (
    HEIGHT,
    LEFT,
    RIGHT,
    WIDTH,
    Metal,
    Sheet,
    Small,
    Words,
    bind,
    cast,
    changed,
    with_page,
    without,
)
from tests.render.proof.spoil import Step, rewritten
from tests.render.proof.text import lent_faults, text_faults

Spoil = Callable[[Small], Small]


def face_path() -> Path:
    face = FontFile(file="NotoSansSC[wght].ttf", weight=400)
    role = FontRole(label="黑体", word="黑体", faces=(face,))
    return locate(FontConfig(roles={"hei": role})).faces("hei")[0].path


@pytest.fixture(scope="module")
def metal() -> Metal:
    """A real face with the characters of the book and of all that spoils it."""
    chars = {char for sheet in GOOD.sheets for words in sheet.words for char in words.text}
    return cast(face_path(), "".join(sorted(chars | set("0123456789／/②条％吐从起到止次至"))))


def found(pdf: pikepdf.Pdf) -> dict[str, int]:
    return tally(faults_of(read_proof(pdf)))


def test_a_good_book_has_no_fault(metal: Metal) -> None:
    assert found(bind(GOOD, metal)) == {}


# Every way to spoil it


def spoilt(find: str, **how: Any) -> Spoil:
    return lambda book: changed(book, find, **how)


def both(first: Spoil, second: Spoil) -> Spoil:
    return lambda book: second(first(book))


def broken(above: str, below: str) -> Spoil:
    """The last paragraph with its last line but one ending and its last beginning so."""
    return both(
        spoilt("物吞吐", text=f"物吞吐量达到示例，比上年增长{above}"),
        spoilt("著①", text=f"{below}①示例局负责日常管理", raised=(len(below),)),
    )


def overprinted(book: Small) -> Small:
    extra = Words(text="示例", x=LEFT, y=290, size=9)
    return with_page(book, 1, words=(*book.sheets[0].words, extra))


def linked(book: Small, *pages: int) -> Small:
    jumps = tuple(replace(j, page=p) for j, p in zip(book.sheets[0].jumps, pages, strict=False))
    return with_page(book, 1, jumps=jumps)


def listing(book: Small, page: str) -> Small:
    """The contents say another page for the second chapter."""
    words = (replace(w, text=page) if w.text == "3" else w for w in book.sheets[0].words)
    return with_page(book, 1, words=tuple(words))


def retitled(book: Small) -> Small:
    words = (replace(w, text="设施基础") if w.size == 15 else w for w in book.sheets[2].words)
    return with_page(book, 3, words=tuple(words))


def marked(*entries: tuple[str, int, float]) -> Spoil:
    return lambda book: replace(book, outline=entries)


ONE, TWO = GOOD.outline
SPOILT: tuple[tuple[str, str, Spoil], ...] = (
    ("L1", "逗号在行首", spoilt("创新工作。", text="，创新工作。")),
    ("L1", "百分号在行首", spoilt("各篇说明。", text="％，各篇说明。")),
    ("L1", "注码在行首", spoilt("著①", text="①示例局负责日常管理工作。", raised=(0,))),
    ("L2", "书名号在行尾", spoilt("率提高", text="率提高，示例公司参与建设的项目获得《")),
    ("L2", "斜线在行尾", spoilt("率提高", text="率提高，示例公司参与建设的项目获得/")),
    ("L3", "破折号拆开", broken("示—", "—示例")),
    ("L3", "破折号不足两字", spoilt("行①", nudges={10: 0.4, 11: -0.2, 12: -0.2})),
    ("L3", "省略号中间断开", spoilt("人数增加", nudges={5: 0.2})),
    ("L4", "数字拆开", broken("显1", "2示例")),
    ("L4", "小数拆开", broken("显1.", "2示例")),
    ("L4", "西文词拆开", broken("显G", "DP示例")),
    ("L4", "数与单位拆开", broken("显12", "万吨")),
    ("P1", "相邻标点未挤压", spoilt("表彰。", text="表彰，（示例）。", squeeze=False)),
    (
        "P2",
        "行尾标点占满一字",
        spoilt("率提高", text="率提高，示例公司参与建设项目获得，", trim_right=False),
    ),
    ("P3", "段首引号未去空", spoilt("“科技强市”", trim_left=False)),
    ("P3", "行首书名号未去空", spoilt("创新工作。", text="《条例》。", trim_left=False)),
    ("M1", "汉字与数字相连", spoilt("各篇说明。", text="各篇2018年说明。", gap=0.0)),
    ("M1", "标点与数字之间有空", spoilt("表彰。", text="表彰，15个。", nudges={3: 0.3})),
    ("R1", "右边不齐", spoilt("率提高", right=RIGHT - 4)),
    ("R1", "左边不齐", spoilt("率提高", x=LEFT + 3)),
    ("R1", "伸出版心", spoilt("各篇说明。", text="各篇说明书中数字以统计部门公布的为准参考。")),
    ("R2", "字相叠", spoilt("篇目排列", nudges={2: -0.1})),
    ("R2", "疏密不匀", spoilt("篇目排列", nudges={2: 0.1})),
    ("R2", "字距过大", spoilt("书中数字", text="书中数字以统计部门公布")),
    ("R2", "两行相叠", overprinted),
    ("R3", "缩进不足", spoilt("书中数字", x=LEFT + 17)),
    ("R3", "缩进过多", spoilt("书中数字", x=LEFT + 30)),
    ("R4", "独字成行", spoilt("创新工作。", text="新。")),
    ("N1", "注文缺", lambda book: without(book, "第二篇的注文")),
    ("N1", "注码不符", spoilt("第二篇的注文", text="②　第二篇的注文。")),
    ("N1", "注文无注码", spoilt("著①", text="著，示例局（某处）负责日常管理。", raised=())),
    ("C1", "目录页码不实", partial(listing, page="5")),
    ("C1", "链接到别页", lambda book: linked(book, 2, 2)),
    ("C1", "没有链接", lambda book: linked(book, 2)),
    ("C1", "标题与目录不同", retitled),
    ("C1", "书签缺一条", marked(ONE)),
    ("C1", "书签颠倒", marked(TWO, ONE)),
    ("C1", "书签到别页", marked((ONE[0], 3, ONE[2]), TWO)),
    ("C1", "页码印错", spoilt("第3页", text="第4页")),
    ("T1", "续表无表头", lambda book: without(book, *HEAD, page=3)),
    ("T1", "续表未标", lambda book: without(book, "续表1-1")),
    ("F1", "画出缺字形", spoilt("篇目排列", missing=(2,))),
)


@pytest.mark.parametrize(
    ("rule", "spoil"), [(r, s) for r, _, s in SPOILT], ids=[f"{r}-{what}" for r, what, _ in SPOILT]
)
def test_a_spoilt_book_breaks_that_rule_and_no_other(metal: Metal, rule: str, spoil: Spoil) -> None:
    assert set(found(bind(spoil(GOOD), metal))) == {rule}


# However the page is written


def sideways(steps: list[Step]) -> list[Step]:
    """The whole page a quarter to the left."""
    return [([0, 1, -1, 0, WIDTH, 0], "cm"), *steps]


def in_a_form(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    form = pdf.make_stream(
        page.Contents.read_bytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, WIDTH, HEIGHT],
        Resources=page.Resources,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=form))
    page.Contents = pdf.make_stream(b"q 1 0 0 1 0 0 cm /X0 Do Q")


BAD = changed(GOOD, "各篇说明。", text="，各篇2018年说明。", gap=0.0)


def test_a_page_drawn_by_a_form_is_read(metal: Metal) -> None:
    pdf = bind(BAD, metal)
    in_a_form(pdf)
    assert set(found(pdf)) == {"L1", "M1"}


def test_a_page_in_several_streams_is_read(metal: Metal) -> None:
    pdf = bind(BAD, metal)
    data = pdf.pages[0].obj.Contents.read_bytes().split(b"\n")
    halves = (data[:40], data[40:])
    pdf.pages[0].obj.Contents = pikepdf.Array(pdf.make_stream(b"\n".join(h)) for h in halves)
    assert set(found(pdf)) == {"L1", "M1"}


def test_text_set_sideways_is_read(metal: Metal) -> None:
    pdf = bind(BAD, metal)
    rewritten(pdf, 1, sideways)
    faults = faults_of(read_proof(pdf))
    assert {"L1", "M1"} <= {fault.rule for fault in faults if fault.page == 1}


def test_slanted_text_is_a_watermark(metal: Metal) -> None:
    pdf = bind(BAD, metal)
    rewritten(pdf, 1, lambda steps: [([0.8, 0.6, -0.6, 0.8, 0, 0], "cm"), *steps])
    assert not [fault for fault in faults_of(read_proof(pdf)) if fault.rule in ("L1", "M1")]


# Fonts and text


def no_map(font: pikepdf.Object) -> None:
    del font.ToUnicode


def no_file(font: pikepdf.Object) -> None:
    del font.DescendantFonts[0].FontDescriptor.FontFile2


def whole(font: pikepdf.Object) -> None:
    font.BaseFont = pikepdf.Name("/Small")


@pytest.mark.parametrize("change", [no_map, no_file, whole])
def test_a_font_that_is_not_embedded_subset_and_mapped_is_a_fault(
    metal: Metal, change: Callable[[pikepdf.Object], None]
) -> None:
    pdf = bind(GOOD, metal)
    change(pdf.pages[0].obj.Resources.Font.F1)
    assert {fault.rule for fault in read_proof(pdf).faults} == {"F1"}


def test_a_standard_font_is_a_fault_even_if_nothing_is_set_in_it(metal: Metal) -> None:
    pdf = bind(GOOD, metal)
    helvetica = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.pages[0].obj.Resources.Font.F9 = pdf.make_indirect(helvetica)
    assert [fault.text for fault in read_proof(pdf).faults] == ["Helvetica"]


SOURCE = ["".join(lines).replace("①", "") for lines in (*SCIENCE, *WORKS)]


@pytest.mark.external("pdftotext")
def test_every_text_of_the_source_is_looked_for(metal: Metal, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    bind(GOOD, metal).save(good)
    bind(changed(GOOD, "物吞吐", text="物吐吞量达到1200万吨，比上年增长显"), metal).save(bad)
    assert [tally(text_faults(path, SOURCE)) for path in (good, bad)] == [{}, {"F2": 1}]


@pytest.mark.external("pdftotext")
def test_a_text_may_run_over_to_the_next_page(metal: Metal, tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    words = (Words(text="从本页起", x=LEFT, y=60), Words(text="到次页止。", x=LEFT, y=380))
    bind(Small(sheets=tuple(Sheet(words=(each,)) for each in words)), metal).save(path)
    assert tally(text_faults(path, ["从本页起到次页止。"])) == {}
    assert tally(text_faults(path, ["从本页起至次页止。"])) == {"F2": 1}


def lent(book: Small, metal: Metal, source: str, report: dict[str, str]) -> dict[str, int]:
    pages = read_proof(bind(book, metal)).pages
    return tally(lent_faults((line for page in pages for line in page.lines), [source], report))


def test_a_glyph_lent_by_another_face_must_be_in_the_report(metal: Metal) -> None:
    other = Words(text="甲", x=LEFT, y=100, face="F2")
    book = with_page(GOOD, 1, words=(*GOOD.sheets[0].words, other))
    assert lent(book, metal, "甲", {}) == {"F3": 1}
    assert lent(book, metal, "甲", {"甲": "Other"}) == {}


def test_a_character_nowhere_drawn_must_be_in_the_report(metal: Metal) -> None:
    assert lent(GOOD, metal, "示例𠮷", {}) == {"F3": 1}
    assert lent(GOOD, metal, "示例𠮷", {"𠮷": ""}) == {}


# The negative control


@pytest.fixture(scope="module")
def naive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What reportlab makes of Chinese by itself."""
    path = tmp_path_factory.mktemp("naive") / "naive.pdf"
    pdfmetrics.registerFont(TTFont("Naive", str(face_path())))
    style = ParagraphStyle("body", fontName="Naive", fontSize=10, leading=16, firstLineIndent=20)
    style.wordWrap, style.alignment = "CJK", TA_JUSTIFY
    side = (595.28 - 400) / 2 - 6  # the frame has six points of padding
    document = SimpleDocTemplate(str(path), leftMargin=side, rightMargin=side, title="样张")
    document.build([Paragraph(naive_text(number), style) for number in range(60)])
    return path


def naive_text(number: int) -> str:
    said = (
        "“科技强市”工程",
        "《条例》（示例）",
        "GDP增长8.3%",
        "12.5亿元",
        "千米/小时",
        "（含港区）、",
    )
    words = (
        said[(number * 5 + at * 7) % 6] + "示例市全年推进各项工作"[: 3 + (at * number) % 8]
        for at in range(17)
    )
    return "，".join(words) + "。"


def test_naive_setting_breaks_most_rules(naive: Path) -> None:
    faults = tally(proofread(naive))
    assert {"L1", "L2", "L4", "P1", "P3", "M1", "R1", "F1"} <= set(faults)
    assert min(faults["M1"], faults["P1"], faults["R1"]) > 100
