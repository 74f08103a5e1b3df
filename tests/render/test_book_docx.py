"""The Word draft holds the book's words in the styles an editor knows."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from editorial.errors import EditorialError
from editorial.model.book import Book, Part
from editorial.model.document import (
    Block,
    Break,
    Cell,
    Comment,
    Document,
    Entry,
    Figure,
    Form,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
    printed_text,
)
from editorial.model.style import (
    DraftStyle,
    FontConfig,
)
from editorial.render.docx.book import book_docx
from editorial.render.docx.wordml import ORDERS
from tests.render.word_books import (
    FONTS,
    IMPRINT,
    STYLE,
    TWO,
    W,
    book,
    built,
    cell,
    files,
    mark,
    media,
    opened,
    section,
    shown,
    spans,
    styled,
    table_of,
    tree,
    words,
)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.new("RGB", (80, 40), "teal").save(path)
    return path


# Words and styles


def test_blocks_become_paragraphs_of_their_styles() -> None:
    value = book(
        section(
            Entry(title="概况", runs=words("2018年，示例平台建成。")),
            Paragraph(runs=words("另起一段。")),
            Heading(runs=words("合作")),
            Heading(runs=words("协作"), level=2),
            Comment(text="不印"),
            Break(),
            Signature(text="示例局　某某"),
        )
    )
    assert styled(value) == [
        ("Normal", "【概况】　2018年，示例平台建成。"),
        ("Normal", "另起一段。"),
        ("次分目", "合作"),
        ("二级次分目", "协作"),
        ("Normal", ""),
        ("供稿人", "（示例局　某某）"),
    ]


def test_tables_and_figures_carry_number_and_title(photo: Path) -> None:
    value = book(
        section(
            Table(title="投资情况表", unit="亿元", rows=((cell("甲"),), (cell("1"),))),
            Figure(src="a.png", title="示例走廊", credit="示例者 摄"),
            images={"a.png": photo},
        )
    )
    assert styled(value) == [
        ("表题", "表1-1　投资情况表"),
        ("表单位", "单位：亿元"),
        ("表后", ""),
        ("图", ""),
        ("图题", "图1-1　示例走廊（示例者　摄）"),
    ]


def test_the_credit_of_a_figure_is_in_the_face_of_notes(photo: Path) -> None:
    figure = Figure(src="a.png", title="走廊", credit="示例 摄")
    data = built(book(section(figure, images={"a.png": photo})))
    runs = tree(data).iter(f"{W}r")
    named = {
        "".join(each.itertext()): each.find(f"{W}rPr/{W}rStyle") is not None
        for each in runs
        if "走廊" in "".join(each.itertext()) or "示例　摄" in "".join(each.itertext())
    }
    assert named == {"图1-1　走廊": False, "（示例　摄）": True}
    sheet = tree(data, "word/styles.xml")
    note, credit = (
        sheet.find(f".//{W}style[@{W}styleId='{name}']//{W}rFonts").get(f"{W}eastAsia")
        for name in ("FootnoteText", "FigureCredit")
    )
    assert note == credit


def test_entry_title_has_a_character_style() -> None:
    value = book(section(Entry(title="概况", runs=words("文。"))))
    entry = next(each for each in opened(value).paragraphs if each.text.startswith("【"))
    assert [(run.text, run.style.name) for run in entry.runs if run.style] == [
        ("【概况】", "条目标题"),
        ("　文。", "Default Paragraph Font"),
    ]


def test_headings_go_down_by_level() -> None:
    value = book(Part(id="g", level=2, title="第一章"), Part(id="s", level=3, title="高速铁路"))
    titles = [
        (each.text, each.style.name, each._p.pPr.find(f"{W}outlineLvl").get(f"{W}val"))
        for each in opened(value).paragraphs
        if each.style and each.style.name in ("篇目", "章", "分目")
    ]
    assert titles == [
        ("科技创新", "篇目", "0"),
        ("第一章", "章", "1"),
        ("高速铁路", "分目", "2"),
    ]


def test_cover_names_title_label_edition_office_and_date() -> None:
    texts = [each.text for each in opened(book()).paragraphs]
    assert [text for text in texts if text][:6] == [
        "内部资料　注意保存",
        "示例年鉴2019",
        "（评议稿）",
        "第2稿",
        "示例市地方志办公室",
        "2020年3月5日",
    ]


def test_colophon_tells_the_version_of_the_text() -> None:
    value = replace(book(), imprint=replace(IMPRINT, dirty=True))
    assert "文稿版本　　0123456789（含未提交的修改）" in [
        each.text for each in opened(value).paragraphs
    ]


def test_all_four_slots_of_a_style_name_a_face() -> None:
    fonts = tree(built(book()), "word/styles.xml").find(f"{W}docDefaults//{W}rFonts")
    assert fonts is not None
    assert {name: fonts.get(f"{W}{name}") for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "ascii": "Times New Roman",
        "hAnsi": "Times New Roman",
        "eastAsia": "宋体",
        "cs": "Times New Roman",
    }


def test_quotes_ask_for_the_chinese_face() -> None:
    xml = built(book(section(Paragraph(runs=words("“双区”建设")))))
    quoted = next(run for run in tree(xml).iter(f"{W}r") if "“" in "".join(run.itertext()))
    assert quoted.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"


# Notes


def test_every_mark_has_its_footnote() -> None:
    value = book(
        section(
            Paragraph(runs=(*words("甲"), mark("1"), *words("乙"), mark("2"))),
            Note(label="1", runs=words("注一。")),
            Note(label="2", runs=words("注二。")),
        )
    )
    notes = list(tree(built(value), "word/footnotes.xml"))
    assert ["".join(note.itertext()) for note in notes] == ["", "", "　注一。", "　注二。"]


def test_the_mark_of_a_note_on_a_title_stands_before_the_gap() -> None:
    note = Note(label="1", runs=words("注。"))
    value = book(section(Entry(title="绿道", runs=(mark("1"), *words("文。"))), note))
    entry = next(p for p in tree(built(value)).iter(f"{W}p") if "绿道" in "".join(p.itertext()))
    said = [
        "①" if run.find(f"{W}footnoteReference") is not None else "".join(run.itertext())
        for run in entry.iter(f"{W}r")
    ]
    assert "".join(said) == "【绿道】①　文。"


def test_marks_point_at_notes_in_order() -> None:
    value = book(
        section(
            Paragraph(runs=(mark("b"), mark("a"))),
            Note(label="a", runs=words("甲注")),
            Note(label="b", runs=words("乙注")),
        )
    )
    references = tree(built(value)).iter(f"{W}footnoteReference")
    assert [each.get(f"{W}id") for each in references] == ["1", "2"]


def test_note_without_mark_comes_after_the_text() -> None:
    value = book(section(Note(label="9", runs=words("孤注。")), Paragraph(runs=words("正文。"))))
    assert styled(value) == [("Normal", "正文。"), ("footnote text", "〔9〕孤注。")]


def test_mark_without_note_stays_visible() -> None:
    assert styled(book(section(Paragraph(runs=(*words("甲"), mark("7")))))) == [("Normal", "甲7")]


# Tables


def test_merged_cells_span_columns_and_rows() -> None:
    value = table_of(
        (cell("市", down=2), cell("经费", across=2), None),
        (None, cell("2017年"), cell("2018年")),
        (cell("甲"), cell("1"), cell("2")),
        header_rows=2,
    )
    assert spans(value) == [
        [("市", "", "restart"), ("经费", "2", "")],
        [("", "", "continue"), ("2017年", "", ""), ("2018年", "", "")],
        [("甲", "", ""), ("1", "", ""), ("2", "", "")],
    ]


def test_block_of_cells_merges_both_ways() -> None:
    value = table_of((cell("大", across=2, down=2), None), (None, None), header_rows=0)
    assert spans(value) == [[("大", "2", "restart")], [("", "2", "continue")]]


def test_spans_that_do_not_fit_lose_no_text() -> None:
    value = table_of((cell("甲", across=9, down=9), cell("乙")), (cell("丙"),))
    assert [[text for text, *_ in row] for row in spans(value)] == [["甲", "乙"], ["丙", ""]]


def test_head_repeats_and_rows_hold_together() -> None:
    value = table_of((cell("头"),), (cell("1"),), (cell("2"),))
    rows = [
        [child.tag.removeprefix(W) for child in row.find(f"{W}trPr")]
        for row in tree(built(value)).iter(f"{W}tr")
    ]
    assert rows == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]]


def test_columns_of_numbers_are_set_at_right() -> None:
    value = table_of((cell("市"), cell("数")), (cell("甲"), cell("1.5")), (cell("乙"), cell("—")))
    sides = [
        each.get(f"{W}val") for each in tree(built(value)).findall(f".//{W}tc/{W}p/{W}pPr/{W}jc")
    ]
    assert sides == ["left", "right", "left"]


def test_empty_table_leaves_its_title() -> None:
    assert styled(table_of()) == [("表题", "表1-1　投资情况表")]


# Pictures


def test_picture_shown_twice_is_stored_once(photo: Path) -> None:
    data = built(shown(photo, "a.png", "a.png"))
    assert (media(data), files(data)["word/document.xml"].count(b"<pic:pic>")) == (
        ["word/media/image1.png"],
        2,
    )


def test_equal_pictures_under_two_names_are_stored_once(photo: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.png"
    other.write_bytes(photo.read_bytes())
    figures = (Figure(src="a"), Figure(src="b"))
    value = book(section(*figures, images={"a": photo, "b": other}))
    assert media(built(value)) == ["word/media/image1.png"]


def test_picture_has_its_title_as_description(photo: Path) -> None:
    xml = files(built(shown(photo, "a.png")))["word/document.xml"].decode()
    assert re.findall('descr="(.*?)"', xml) == ["题a.png"]


def test_picture_keeps_its_shape(photo: Path) -> None:
    xml = files(built(shown(photo, "a.png")))["word/document.xml"].decode()
    width, height = re.findall('<wp:extent cx="(.*?)" cy="(.*?)"/>', xml)[0]
    assert int(width) == 2 * int(height)


def test_photo_turned_by_the_camera_stands_upright(tmp_path: Path) -> None:
    path, mark_ = tmp_path / "a.jpg", Image.Exif()
    mark_[0x0112] = 6
    Image.new("RGB", (80, 40), "teal").save(path, exif=mark_)
    (name,) = media(data := built(shown(path, "a.jpg")))
    with Image.open(io.BytesIO(files(data)[name])) as picture:
        assert picture.size == (40, 80)


@pytest.mark.parametrize(
    ("content", "said"), [(b"not a picture", "【图片无法读取：a.png】"), (None, "【缺图：a.png】")]
)
def test_missing_picture_is_said(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "a.png"
    if content:
        path.write_bytes(content)
    assert styled(shown(path, "figures/a.png"))[0] == ("图", said)


# Links, marks, letters out


def links(value: Book) -> list[tuple[str, str | None]]:
    return [
        ("".join(each.itertext()), each.get(f"{W}anchor"))
        for each in tree(built(value)).iter(f"{W}hyperlink")
        if not str(each.get(f"{W}anchor")).startswith("_Toc")
    ]


def referring(target: str) -> Book:
    table = Table(id="biao-3-1", rows=((cell("甲"),),))
    return book(section(table, Paragraph(runs=(Run(kind="link", text="见表", target=target),))))


def test_cross_reference_leads_to_its_table() -> None:
    assert links(referring("#biao-3-1")) == [("见表", "biao_3_1")]


def test_every_anchor_has_its_bookmark() -> None:
    document = tree(built(referring("#biao-3-1")))
    anchors = {each.get(f"{W}anchor") for each in document.iter(f"{W}hyperlink")}
    names = {each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")}
    assert anchors <= names


@pytest.mark.parametrize("target", ["#nowhere", "javascript:x", "http://[bad", "https://"])
def test_link_that_leads_nowhere_is_plain_text(target: str) -> None:
    assert links(referring(target)) == []


def test_address_becomes_a_relationship() -> None:
    rels = files(built(referring("https://example.org/数据?a=1&b=2")))
    assert (
        b'Target="https://example.org/%E6%95%B0%E6%8D%AE?a=1&amp;b=2" TargetMode="External"'
        in rels["word/_rels/document.xml.rels"]
    )


OPEN_POINT = book(section(Paragraph(runs=words("甲【待补：数据】乙"))))


@pytest.mark.parametrize(("show", "struck"), [(True, ["【待补：数据】"]), (False, [])])
def test_open_points_stand_out_in_marked_drafts(show: bool, struck: list[str]) -> None:
    document = opened(OPEN_POINT, replace(STYLE, show_marks=show))
    runs = [run for each in document.paragraphs for run in each.runs]
    assert [run.text for run in runs if run.font.highlight_color] == struck


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("甲【待补：数据】乙", "甲＿＿乙"),
        ("甲【存疑：以公报为准】乙", "甲乙"),
        ("甲【示例】待补乙", "甲【示例】待补乙"),
    ],
)
def test_open_points_stay_in_the_dark_for_other_readers(text: str, printed: str) -> None:
    blocks = (
        Paragraph(runs=words(text)),
        Paragraph(runs=(Run(kind="link", text=text, target="https://example.org/"),)),
        Table(title=text, rows=((cell(text),),)),
        Figure(src="缺.png", title=text),
        Signature(text=text),
    )
    document = tree(built(book(section(*blocks)), replace(STYLE, show_marks=False)))
    said = "".join(each.text or "" for each in document.iter(f"{W}t"))
    assert said.count(printed) == len(blocks) + 1


@pytest.mark.parametrize(
    ("show", "beside"), [(True, ["未复函件：示志函〔2020〕12号"]), (False, [])]
)
def test_letters_out_stand_beside_the_heading(show: bool, beside: list[str]) -> None:
    value = book(section(number="示志函〔2020〕12号"))
    texts = [each.text for each in opened(value, replace(STYLE, show_marks=show)).paragraphs]
    assert [text for text in texts if text.startswith("未复函件")] == beside


# The file


def test_same_book_gives_same_bytes(photo: Path) -> None:
    assert built(shown(photo, "a.png")) == built(shown(photo, "a.png"))


def test_properties_are_dated_by_the_imprint() -> None:
    assert opened(book()).core_properties.created.date() == IMPRINT.date


RICH = replace(
    TWO,
    copy_number=True,
    recto=True,
    dividers=True,
    lists=True,
    index=True,
    toc_levels=3,
    line_numbers=5,
    opinion_form=True,
)


@pytest.mark.parametrize("style", [STYLE, RICH], ids=["plain", "rich"])
def test_properties_stand_in_schema_order(photo: Path, style: DraftStyle) -> None:
    value = book(
        *shown(photo, "a.png").parts[1:],
        replace(OPEN_POINT.parts[1], id="01/02", pending=("1号",)),
        replace(table_of((cell("甲", across=2), None)).parts[1], id="01/03"),
    )
    data = files(built(value, style))
    wrong = [
        (element.tag, [child.tag for child in element])
        for name, content in data.items()
        if name.startswith("word/") and name.endswith(".xml")
        for element in etree.fromstring(content).iter()
        if not in_order(element)
    ]
    assert wrong == []


def in_order(element: etree._Element) -> bool:
    order = ORDERS.get(str(element.tag).removeprefix(W), "").split()
    places = [order.index(str(child.tag).removeprefix(W)) for child in element] if order else []
    return places == sorted(places)


@pytest.mark.parametrize("style", [STYLE, RICH], ids=["plain", "rich"])
def test_numbers_of_bookmarks_and_pictures_are_unique(photo: Path, style: DraftStyle) -> None:
    document = tree(built(shown(photo, "a.png", "b.png"), style))
    for name in (f"{W}bookmarkStart", "{*}docPr"):
        ids = [each.get(f"{W}id") or each.get("id") for each in document.iter(name)]
        assert len(ids) == len(set(ids))


def test_style_without_a_role_is_refused() -> None:
    roles = {name: role for name, role in STYLE.roles.items() if name != "chapter"}
    with pytest.raises(EditorialError, match="chapter"):
        built(book(), replace(STYLE, roles=roles))


def test_fonts_without_a_role_are_refused() -> None:
    with pytest.raises(EditorialError, match="hei"):
        book_docx(book(), STYLE, FontConfig(roles={"song": FONTS.roles["song"]}))


# Any text at all

TEXTS = st.text(st.characters(codec=None), max_size=12)
RUNS = st.lists(
    st.builds(
        Run,
        kind=st.sampled_from(("text", "emphasis", "superscript", "subscript", "link")),
        text=TEXTS,
        target=TEXTS,
    ),
    max_size=3,
).map(tuple)
BLOCKS = st.one_of(
    st.builds(Paragraph, runs=RUNS),
    st.builds(Paragraph, runs=RUNS, form=st.sampled_from(get_args(Form))),
    st.just(Break(quoted=True)),
    st.builds(Entry, title=TEXTS, runs=RUNS),
    st.builds(Heading, level=st.integers(1, 20), runs=RUNS),
    st.builds(Signature, text=TEXTS),
    st.builds(Figure, id=TEXTS, title=TEXTS, src=TEXTS, beside=st.booleans(), aside=st.booleans()),
    st.builds(
        Table,
        id=TEXTS,
        title=TEXTS,
        header_rows=st.integers(0, 3),
        rows=st.lists(
            st.lists(
                st.none()
                | st.builds(Cell, runs=RUNS, across=st.integers(1, 4), down=st.integers(1, 4)),
                max_size=3,
            ).map(tuple),
            max_size=3,
        ).map(tuple),
    ),
)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def visible(text: str) -> str:
    return re.sub(r"\s", "", UNPRINTABLE.sub("", text))


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=4))
def test_no_text_breaks_the_file_or_gets_lost(blocks: list[Block]) -> None:
    document = tree(built(book(section(*blocks))))
    set_ = visible("".join(each.text or "" for each in document.iter(f"{W}t")))
    lines = printed_text(Document(blocks=tuple(blocks))).splitlines()
    assert [line for line in map(visible, lines) if line not in set_] == []


def test_control_characters_are_left_out() -> None:
    value = book(section(Paragraph(runs=words("前\x00\x01\x0b\ud800\uffff后"))))
    assert styled(value) == [("Normal", "前后")]


@pytest.mark.external("pandoc")
def test_pandoc_reads_every_line(tmp_path: Path) -> None:
    blocks: tuple[Block, ...] = (
        Entry(title="概况", runs=(*words("2018年，“双区”建设——完成投资12.5%。"), mark("1"))),
        Paragraph(runs=(*words("见"), Run(kind="link", text="表1-1", target="#b"), *words("。"))),
        Table(id="b", title="投资情况表", unit="亿元", rows=((cell("市"), cell("数")),)),
        Note(label="1", runs=words("按年鉴口径统计。")),
        Signature(text="示例局　某某"),
    )
    path = tmp_path / "a.docx"
    path.write_bytes(built(book(section(*blocks))))
    command = ["pandoc", "-t", "plain", "--wrap=none", str(path)]
    read = visible(subprocess.run(command, capture_output=True, check=True).stdout.decode())
    lines = printed_text(Document(blocks=blocks)).splitlines()
    assert [line for line in map(visible, lines) if line not in read] == []
