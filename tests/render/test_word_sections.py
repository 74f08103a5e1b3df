"""The Word draft has what the PDF has: contents, lists, columns, heads, numbered copies."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from lxml import etree

from editorial.model.book import Book, CopyMark, Part
from editorial.model.document import (
    Entry,
    Heading,
    Paragraph,
    Run,
    Table,
)
from editorial.model.style import (
    DraftStyle,
    Running,
    TextRole,
)
from editorial.model.style import Heads as RunningHeads
from editorial.render.docx.book import book_docx
from tests.render.word_books import (
    FONTS,
    STYLE,
    TWO,
    W,
    attribute,
    book,
    built,
    cell,
    files,
    looks,
    opened,
    section,
    styled,
    tree,
    words,
)

# Pages


def test_each_chapter_runs_its_title_above_its_pages() -> None:
    value = book(Part(id="02", level=1, title="交通"))
    heads = [each.header.paragraphs[0].text for each in opened(value).sections[1:]]
    assert heads == ["编辑说明", "目录", "科技创新", "交通", ""]


def test_even_pages_bear_the_book() -> None:
    head = opened(book()).sections[1].even_page_header.paragraphs[0].text
    assert head == "示例年鉴2019　评议稿　第2稿"


def test_foot_counts_pages() -> None:
    foot = opened(book()).sections[1].footer.paragraphs[0]
    fields = [each.text for each in foot._p.iter(f"{W}instrText")]
    assert (foot.text, fields) == ("第1页　共1页", [" PAGE ", " NUMPAGES "])


def test_margins_are_mirrored_and_the_outer_is_for_notes() -> None:
    data = built(book())
    margins = tree(data).findall(f".//{W}pgMar")[1]
    assert tree(data, "word/settings.xml").find(f"{W}mirrorMargins") is not None
    assert margins.get(f"{W}right") == str(round(50 * 1440 / 25.4))


def test_contents_hold_titles_and_pages() -> None:
    data = built(book(section()))
    assert listed(data, "TOC") == [("TOC1", "科技创新4"), ("TOC2", "平台4")]


def listed(data: bytes, styles: str) -> list[tuple[str, str]]:
    """Style and text of each line of the lists whose styles begin so."""
    lines = [
        (look.get(f"{W}val", ""), "".join(text.text or "" for text in line.iter(f"{W}t")))
        for line in tree(data).iter(f"{W}p")
        if (look := line.find(f"{W}pPr/{W}pStyle")) is not None
    ]
    return [(name, text) for name, text in lines if name.startswith(styles)]


def test_extract_of_one_section_has_no_contents() -> None:
    value = replace(book(), parts=(section(),), editorial_notes=())
    assert tree(built(value)).find(f".//{W}sdt") is None


def instructions(data: bytes) -> list[str]:
    return [(each.text or "").strip() for each in tree(data).iter(f"{W}instrText")]


ENTRY = Entry(title="概况", runs=words("建成。"))


def test_contents_down_to_entries_list_them_with_their_pages() -> None:
    a_page = Paragraph(runs=words("建成。" * 400))
    value = book(section(ENTRY, a_page, Heading(runs=words("合作"))))
    data = built(value, replace(STYLE, toc_levels=3))
    assert listed(data, "TOC") == [
        ("TOC1", "科技创新4"),
        ("TOC2", "平台4"),
        ("TOC3", "概况4"),
        ("TOC3", "合作5"),
    ]


def test_word_finds_the_entries_when_it_makes_the_contents_anew() -> None:
    said = instructions(built(book(section(ENTRY)), replace(STYLE, toc_levels=3)))
    assert ('TOC \\o "1-3" \\h \\z \\u \\f c' in said, 'TC "概况" \\f c \\l 3' in said) == (
        True,
        True,
    )


def test_contents_list_headings_by_their_level_and_entries_under_them() -> None:
    blocks = (ENTRY, Heading(runs=words("合作")), Heading(level=2, runs=words("园区")), ENTRY)
    data = built(book(section(*blocks)), replace(STYLE, toc_levels=3))
    assert "".join(name for name, _ in listed(data, "TOC")) == "TOC1TOC2TOC3TOC3TOC4TOC5"
    said = instructions(data)
    assert [each for each in said if each.startswith("TC ")] == [
        'TC "概况" \\f c \\l 3',
        'TC "概况" \\f c \\l 5',
    ]
    assert 'TOC \\o "1-5" \\h \\z \\u \\f c' in said


def test_a_long_title_of_the_contents_and_the_index_hangs_by_less_than_a_character() -> None:
    """Where it hangs is a tab stop, at which a title of one character must not stop."""
    data = built(book(section()))
    sheet = tree(data, "word/styles.xml")
    for name in ("TOC1", "TOC2", "TOC6", "Index1"):
        look = sheet.find(f".//{W}style[@{W}styleId='{name}']")
        size = int(look.find(f".//{W}sz").get(f"{W}val")) * 10
        assert size / 2 < int(look.find(f".//{W}ind").get(f"{W}hanging")) < size


def test_a_style_without_contents_has_none() -> None:
    assert tree(built(book(section()), replace(STYLE, contents=False))).find(f".//{W}sdt") is None


def with_table(*, id_: str = "") -> Book:
    return book(section(ENTRY, Table(id=id_, title="投资情况表", rows=((cell("甲"),),))))


def test_lists_hold_the_captions_as_they_stand_and_their_pages() -> None:
    data = built(with_table(), replace(STYLE, lists=True))
    assert listed(data, "TableofFigures") == [("TableofFigures", "表1-1　投资情况表5")]
    assert 'TOC \\h \\z \\t "表题,1"' in instructions(data)


def test_every_page_asked_for_has_its_bookmark() -> None:
    data = built(with_table(), replace(STYLE, lists=True, toc_levels=3, index=True))
    asked = {said.split()[1] for said in instructions(data) if said.startswith(("PAGEREF", "REF"))}
    names = {each.get(f"{W}name") for each in tree(data).iter(f"{W}bookmarkStart")}
    assert (len(asked), asked - names) == (5, set())


def test_a_reference_repeats_the_number_of_its_table() -> None:
    link = Paragraph(runs=(Run(kind="link", text="见表1-1", target="#t"),))
    value = book(section(Table(id="t", title="投资", rows=((cell("甲"),),)), link))
    data = built(value)
    marked = tree(data).xpath(
        "//*[local-name()='bookmarkStart'][@*[.='t']]/following-sibling::*[1]"
    )
    assert ("REF t \\h" in instructions(data), "".join(marked[0].itertext())) == (True, "表1-1")
    assert styled(value)[-1] == ("Normal", "见表1-1")


# Sections


def test_only_the_text_has_line_numbers() -> None:
    data = built(book(section(ENTRY)), replace(STYLE, line_numbers=5))
    assert [attribute(look, "lnNumType", "countBy") for look in looks(data)] == [
        "",
        "",
        "",
        "5",
        "",
    ]


def test_chapters_begin_on_right_hand_pages_where_the_style_says_so() -> None:
    data = built(book(section(ENTRY)), replace(STYLE, recto=True))
    begins = [attribute(look, "type", "val") for look in looks(data)]
    assert begins == ["nextPage", "nextPage", "nextPage", "oddPage", "nextPage"]


def test_a_divider_names_the_chapter_and_its_sections() -> None:
    document = opened(book(section(ENTRY)), replace(STYLE, dividers=True, recto=True))
    said = [
        (each.style.name, each.text)
        for each in document.paragraphs
        if each.style and each.style.name.startswith("隔页") and each.text
    ]
    assert said == [("隔页序号", "1"), ("隔页标题", "科技创新"), ("隔页分目", "平台")]


def test_a_divider_bears_neither_head_nor_folio() -> None:
    look = opened(book(section(ENTRY)), replace(STYLE, dividers=True)).sections[3]
    around = (look.header, look.footer, look.even_page_header, look.even_page_footer)
    assert [each.paragraphs[0].text for each in around] == ["", "", "", ""]


def columns(data: bytes) -> list[tuple[str, str]]:
    return [
        (attribute(look, "type", "val"), attribute(look, "cols", "num")) for look in looks(data)[2:]
    ]


def test_text_stands_in_two_even_columns_below_the_title_of_its_chapter() -> None:
    value = replace(book(section(ENTRY)), editorial_notes=())
    assert columns(built(value, TWO)) == [
        ("continuous", "2"),  # the contents
        ("nextPage", ""),  # the title
        ("continuous", "2"),
        ("continuous", ""),  # makes the columns even
        ("nextPage", ""),  # the colophon
    ]


def test_the_last_paragraph_of_even_columns_alone_may_leave_a_line_alone() -> None:
    body = tree(built(book(section(ENTRY, Paragraph(runs=(Run(text="末段。"),)))), TWO))
    free = [
        "".join(each.itertext())
        for each in body.iter(f"{W}p")
        if each.find(f"{W}pPr/{W}widowControl") is not None
    ]
    assert free == ["末段。"]


def test_a_table_wider_than_a_column_crosses_both() -> None:
    heads = tuple(cell(f"统计指标{n}") for n in range(9))
    table = Table(title="宽表", rows=(heads, tuple(cell(f"{n}345.6") for n in range(9))))
    value = replace(book(section(ENTRY, table, ENTRY)), editorial_notes=())
    assert columns(built(value, TWO))[2:5] == [
        ("continuous", "2"),
        ("continuous", ""),
        ("continuous", "2"),
    ]


def test_no_section_of_a_chapter_lacks_its_paragraph() -> None:
    body = tree(built(book(section(ENTRY)), TWO)).find(f"{W}body")
    assert body is not None
    assert [child.tag for child in body if child.tag == f"{W}sectPr"] == [f"{W}sectPr"]
    assert body[-1].tag == f"{W}sectPr"


# Heads and folios


@pytest.mark.parametrize(
    ("says", "head"),
    [
        ("book", "示例年鉴2019　评议稿　第2稿"),
        ("chapter", "科技创新"),
        ("section", "科技创新"),
        ("", ""),
    ],
)
def test_right_hand_pages_say_what_the_style_wants(says: Running, head: str) -> None:
    style = replace(STYLE, heads=RunningHeads(left="", right=says))
    text = opened(book(section(ENTRY)), style).sections[3]
    assert (text.header.paragraphs[0].text, text.even_page_header.paragraphs[0].text) == (head, "")


def test_word_puts_the_section_of_the_page_into_the_head() -> None:
    style = replace(STYLE, heads=RunningHeads(left="book", right="section"))
    head = opened(book(section(ENTRY)), style).sections[3].header.paragraphs[0]
    assert [each.text for each in head._p.iter(f"{W}instrText")] == [' STYLEREF "分目" ']


@pytest.mark.parametrize("grouped", [True, False])
def test_word_puts_the_chapter_within_a_part_into_the_head(grouped: bool) -> None:
    style = replace(STYLE, heads=RunningHeads(left="book", right="group"))
    value = book(section(ENTRY))
    if grouped:
        first, *others = value.parts
        group = Part(id="keji/g1", level=2, title="第一章　示例")
        value = replace(value, parts=(first, group, *(replace(each, level=3) for each in others)))
    head = opened(value, style).sections[3].header.paragraphs[0]
    fields = [each.text for each in head._p.iter(f"{W}instrText")]
    assert (fields, head.text) == ([' STYLEREF "章" '] * grouped, "科技创新")


def test_foot_follows_the_pattern_of_the_style() -> None:
    foot = opened(book(section(ENTRY)), replace(STYLE, folio="— {page} —")).sections[3].footer
    fields = [each.text for each in foot.paragraphs[0]._p.iter(f"{W}instrText")]
    assert (foot.paragraphs[0].text, fields) == ("— 1 —", [" PAGE "])


def test_cover_and_last_page_are_bare() -> None:
    sections = opened(book(section(ENTRY))).sections
    shown = [(each.header.paragraphs[0].text, each.footer.paragraphs[0].text) for each in sections]
    assert (shown[0], shown[-1]) == (("", ""), ("", ""))


# Numbered copies

READERS = (
    CopyMark(number="01", reader="林清（示例）", unit="示例市志办"),
    CopyMark(number="02", reader="王丙（示例）"),
)
NUMBERED = replace(STYLE, copy_number=True)


def copy_of(index: int, value: Book | None = None) -> bytes:
    printed = book_docx(value or book(section(ENTRY)), NUMBERED, FONTS, marks=READERS)
    assert printed.copies is not None
    return printed.copies(index)


def cover_rows(data: bytes) -> list[str]:
    return [each.text.strip() for each in docx.Document(io.BytesIO(data)).paragraphs[:3]]


def test_cover_leaves_a_blank_for_the_copy_number() -> None:
    assert cover_rows(built(book(), NUMBERED))[0] == "内部资料　注意保存\t第　　　号"


def test_a_copy_tells_number_and_reader_on_its_cover() -> None:
    assert cover_rows(copy_of(0))[:2] == [
        "内部资料　注意保存\t第　01　号",
        "林清（示例）（示例市志办）",
    ]


def test_every_header_of_a_copy_bears_its_mark() -> None:
    heads = [data for name, data in files(copy_of(1)).items() if "/header" in name]
    assert {b'string="02\xe3\x80\x80\xe7\x8e\x8b\xe4\xb8\x99' in head for head in heads} == {True}


def test_copies_differ_in_cover_headers_and_properties_alone() -> None:
    plain, copy = files(built(book(section(ENTRY)), NUMBERED)), files(copy_of(0))
    changed = {name for name in plain if plain[name] != copy[name]}
    assert list(plain) == list(copy)
    assert {name.rstrip("0123456789.xml") for name in changed} == {
        "word/document",
        "word/header",
        "docProps/core",
    }


def test_a_copy_says_nothing_of_another_reader() -> None:
    assert not any("林清".encode() in data for data in files(copy_of(1)).values())


def test_the_same_copy_is_the_same_bytes() -> None:
    assert copy_of(1) == copy_of(1)


# The template


def named(style: DraftStyle = STYLE) -> dict[str, etree._Element]:
    styles = tree(built(book(section(ENTRY)), style), "word/styles.xml").iter(f"{W}style")
    return {attribute(each, "name", "val"): each for each in styles}


def test_an_editor_knows_the_styles_by_their_names() -> None:
    own = "篇目 章 分目 次分目 供稿人 条目标题 表题 表单位 表头 表格文字 表注 图题 书名 稿名"
    assert set(own.split()) - set(named()) == set()


def test_words_own_styles_show_chinese_names_too() -> None:
    also = {name: attribute(each, "aliases", "val") for name, each in named().items()}
    assert {name: also[name] for name in ("footnote text", "header", "footer", "toc 1")} == {
        "footnote text": "脚注",
        "header": "书眉,页眉",
        "footer": "页码,页脚",
        "toc 1": "目录1",
    }


def test_headings_take_whole_lines_of_the_page() -> None:
    roles = STYLE.roles | {"section": TextRole(size=14, leading=24, before=20, after=8)}
    spacing = named(replace(STYLE, roles=roles))["分目"].find(f"{W}pPr/{W}spacing")
    assert spacing is not None
    taken = sum(int(spacing.get(f"{W}{side}", "0")) for side in ("before", "line", "after"))
    assert taken == 3 * 400


def test_pages_are_ruled_in_lines_of_the_body() -> None:
    grids = {
        (attribute(look, "docGrid", "type"), attribute(look, "docGrid", "linePitch"))
        for look in looks(built(book(section(ENTRY))))
    }
    assert grids == {("lines", "400")}


def test_a_page_holds_the_lines_the_pdf_has() -> None:
    look = looks(built(book(section(ENTRY))))[1]
    height = int(attribute(look, "pgSz", "h"))
    margins = sum(int(attribute(look, "pgMar", side)) for side in ("top", "bottom"))
    assert (height - margins) // 400 == 34
