"""篇目 beside the text: 卷首, 彩页, 编后记; and titles that are printed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby, pairwise

import docx
import pdfplumber
import pytest
from docx.text.paragraph import Paragraph as Paragraph_

from editorial.model.book import Book, Part, chapter_numbers, numbered
from editorial.model.document import Block, Figure, Paragraph, Run, Table
from editorial.model.redline import BlockChange, Change, Redline
from editorial.model.volume import Matter
from editorial.render.chapters import folded
from editorial.render.listings import listed_figures, listed_tables
from editorial.render.pdf.book import book_pdf
from editorial.render.subject_index import subject_index
from tests.render.books import book, cell, faces, pages, style_of
from tests.render.word_books import W, built, tree

FRONT = (Matter.FRONT, Matter.PLATES, Matter.BACK)
FINAL = style_of("final")


def words(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text),))


def table(title: str, *, plain: bool = False) -> Table:
    rows = ((cell("主任"), cell("12")), (cell("副主任"), cell("7")))
    return Table(title=title, rows=rows, header_rows=0 if plain else 1, plain=plain)


def chapter(id: str, title: str, *blocks: Block, matter: Matter = Matter.TEXT) -> tuple[Part, ...]:
    return (
        Part(id=id, level=1, title=title, matter=matter),
        Part(id=f"{id}/01", level=2, title=f"{title}之一", blocks=blocks, matter=matter),
    )


def of(*parts: Part) -> Book:
    return replace(book(*parts), numbers=numbered(parts))


def mixed(matter: Matter) -> Book:
    return of(
        *chapter("00", "卷首", table("名单"), Figure(title="合影"), matter=matter),
        *chapter("01", "概况", table("人口表")),
        *chapter("02", "附记", words("示例文字。" * 60), matter=matter),
        *chapter("03", "工业", table("产值表"), Figure(title="厂房图")),
    )


@pytest.mark.parametrize("matter", FRONT)
def test_what_is_beside_the_text_takes_no_number(matter: Matter) -> None:
    whole = mixed(matter)
    assert chapter_numbers(whole.parts) == {"01": 1, "03": 2}
    assert [each.number for each in listed_tables(whole)] == ["表1-1", "表2-1"]
    assert [each.number for each in listed_figures(whole)] == ["图2-1"]
    shown = {entry.title for group in subject_index(whole, {}) for entry in group.entries}
    assert "概况之一" in shown
    assert not shown & {
        "卷首",
        "卷首之一",
        "附记",
        "名单（表）",
        "合影（图）",
    }


@pytest.mark.parametrize("matter", FRONT)
def test_there_is_no_index_of_what_is_beside_the_text_alone(matter: Matter) -> None:
    alone = of(*chapter("00", "卷首", words("示例文字。"), matter=matter))
    assert not any("主题索引" in page for page in pages(book_pdf(alone, FINAL, faces())))
    assert "主题索引" not in "".join(tree(built(alone, FINAL)).itertext())


def test_a_table_without_rules_may_be_empty() -> None:
    parts = chapter("01", "概况", words("前文。"), Table(plain=True), words("后文。"))
    assert "前文。后文。" in "".join(tree(built(of(*parts), FINAL)).itertext())


def test_dividers_are_those_of_the_text_by_its_numbers() -> None:
    shown = pages(book_pdf(mixed(Matter.FRONT), FINAL, faces()))
    assert [page for page in shown if page in ("1概况概况之一", "2工业工业之一")] == [
        "1概况概况之一",
        "2工业工业之一",
    ]
    assert not {"卷首卷首之一", "附记附记之一"} & set(shown)
    assert any(page.startswith("卷首卷首之一名单主任") for page in shown)
    numbers = [words for name, words in said(mixed(Matter.FRONT)) if name == "隔页序号"]
    assert numbers == ["1", "2"]


def said(whole: Book) -> list[tuple[str, str]]:
    """Style and text of every paragraph, also of those in tables."""
    opened = docx.Document(BytesIO(built(whole, FINAL)))
    found = (Paragraph_(each, opened) for each in opened.element.body.iter(f"{W}p"))
    return [(each.style.name, each.text) for each in found if each.style]


def test_what_is_beside_the_text_stands_in_one_column() -> None:
    whole = mixed(Matter.BACK)
    plain = tuple(replace(part, matter=Matter.TEXT) for part in whole.parts)
    assert widest_gap(whole) < 15 < widest_gap(replace(whole, parts=plain))
    cols = [each.get(f"{W}num") for each in tree(built(whole, FINAL)).iter(f"{W}cols")]
    assert [each for each, _ in groupby(cols)].count("2") == 3  # 目录, 概况, 工业


def widest_gap(whole: Book) -> float:
    """Points between two characters of a line of 附记."""
    with pdfplumber.open(BytesIO(book_pdf(whole, FINAL, faces()).data)) as pdf:
        page = next(each for each in pdf.pages if "示例文字" in each.extract_text())
        signs = [each for each in page.chars if each["text"] in "示例文字。"]
    lines: dict[int, list[float]] = {}
    for each in signs:
        lines.setdefault(round(each["top"]), []).append(each["x0"])
    gaps = (after - one for x in lines.values() for one, after in pairwise(sorted(x)))
    return max(gaps)


def test_captions_without_a_number_are_in_styles_no_list_gathers() -> None:
    named = said(mixed(Matter.PLATES))
    assert {("表题（不编号）", "名单"), ("图题（不编号）", "合影")} <= {*named}
    assert {("表题", "表1-1　人口表"), ("图题", "图2-1　厂房图")} <= {*named}


# Titles that are printed once


def preface(title: str = "序　言") -> Book:
    return of(
        Part(id="00", level=1, title="序言", matter=Matter.FRONT),
        Part(id="00/01", level=2, title=title, blocks=(words("盛世修志。"),), matter=Matter.FRONT),
        *chapter("01", "概况", words("示例。")),
    )


def test_a_title_of_a_chapter_and_its_only_section_is_printed_once() -> None:
    printed = book_pdf(preface(), FINAL, faces())
    assert "".join(pages(printed)).count("序言") == 2  # in the contents, and over its text
    starts = dict(printed.starts)
    assert starts["00"] == starts["00/01"]
    named = [(name, words) for name, words in said(preface()) if "序" in words]
    assert [name for name, _ in named] == ["篇目", "toc 1"]  # it stands before the contents


def test_other_sections_keep_their_titles() -> None:
    assert folded(preface("序言一")) == preface("序言一")
    two = preface()
    more = replace(two.parts[1], id="00/02", title="凡例")
    two = replace(two, parts=(*two.parts[:2], more, *two.parts[2:]))
    assert folded(two) == two


def test_in_a_redline_one_heading_stays_though_what_stood_under_it_goes() -> None:
    one = preface()
    gone = BlockChange(
        change=Change(kind="delete", author="林清", at=datetime(2020, 3, 5, tzinfo=UTC))
    )
    both = replace(one, redline=Redline(since="第1稿", parts={"00": gone, "00/01": gone}))
    assert len(folded(both).parts) == len(one.parts) - 1
    only = replace(one, redline=Redline(since="第1稿", parts={"00/01": gone}))
    assert folded(only).parts == folded(one).parts
    assert folded(only).redline == Redline(since="第1稿")


# Tables without rules


def test_a_plain_table_has_neither_number_nor_rules_nor_title() -> None:
    whole = of(*chapter("01", "概况", table("名单", plain=True), table("人口表")))
    assert [each.number for each in listed_tables(whole)] == ["表1-1"]
    assert not any("名单" in e.title for group in subject_index(whole, {}) for e in group.entries)
    shown = "".join(pages(book_pdf(whole, FINAL, faces())))
    assert "名单" not in shown
    assert "副主任" in shown
    root = tree(built(whole))
    looks = [each.get(f"{W}val") for each in root.iter(f"{W}tblStyle")]
    assert looks == ["PlainTable", "BookTable"]
    first = next(root.iter(f"{W}tbl"))
    assert not list(first.iter(f"{W}tcBorders"))
    assert {each.get(f"{W}val") for each in first.iter(f"{W}jc")} <= {"left", "both", "center"}


def test_a_long_plain_table_goes_on_without_a_word() -> None:
    rows = tuple((cell(f"单位{n}"), cell("示例人")) for n in range(120))
    whole = of(*chapter("01", "概况", Table(rows=rows, header_rows=0, plain=True)))
    shown = "".join(pages(book_pdf(whole, FINAL, faces())))
    assert "续表" not in shown
    assert "单位119" in shown
    assert "续表" not in "".join(tree(built(whole)).itertext())


# Cover and last page


def test_a_book_for_the_press_may_do_without_edition_and_colophon() -> None:
    usual = book_pdf(mixed(Matter.FRONT), FINAL, faces())
    bare = replace(FINAL, edition=False, colophon=False)
    printed = book_pdf(mixed(Matter.FRONT), bare, faces())
    assert printed.pages == usual.pages - 1
    assert "第2稿" in pages(usual)[0]
    assert "第2稿" not in "".join(pages(printed))
    assert "评议稿" in pages(usual)[0]
    assert "评议稿" not in pages(printed)[0]
    words = "".join(tree(built(mixed(Matter.FRONT), bare)).itertext())
    assert "第2稿" not in words
    assert "文稿版本" not in words
