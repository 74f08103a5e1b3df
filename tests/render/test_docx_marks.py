"""What a Word draft carries for the way home and for those who answer: marks, comments, and
last year's text beside."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from editorial.model.book import Beside, Book, Part
from editorial.model.document import (
    Block,
    Cell,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
)
from editorial.model.origin import HEADING, Origin, mark_name
from editorial.model.queries import Query
from editorial.model.sheet import Sheet
from editorial.read.docx_marks import MarkedBlock, read_marks
from editorial.render.docx.book import book_docx
from editorial.render.docx.galley import FIRST_COMMENT as FIRST
from editorial.render.docx.letter import letter_docx
from tests.render.test_book_docx import FONTS, IMPRINT, STYLE

ORIGIN = Origin(
    workspace="8db9c9c0ffee", volume="gba-2019", draft="03", edition="2", commit="0123abcd"
)
SECTION = "01/01"


def words(text: str) -> Runs:
    return (Run(text=text),)


def cell(text: str) -> Cell:
    return Cell(runs=words(text))


BLOCKS: tuple[Block, ...] = (
    Heading(runs=words("平台建设")),
    Entry(title="重点实验室", runs=(Run(text="新增15个"), Run(kind="note", target="1"))),
    Paragraph(runs=(Run(text="其中"), Run(kind="emphasis", text="材料领域"), Run(text="3个。"))),
    Table(id="b", title="平台情况表", rows=((cell("项目"), cell("数")), (cell("中心"), cell("7")))),
    Figure(id="t", src="none.png", title="分布图"),
    Signature(text="深圳科创局　许示例"),
    Note(label="1", runs=words("含筹建。")),
)


def part(*blocks: Block, id: str = SECTION, places: tuple[int, ...] = ()) -> Part:
    return Part(id=id, level=2, title="平台", blocks=blocks, places=places)


def book(*blocks: Block, queries: dict[int, tuple[Query, ...]] | None = None) -> Book:
    asked = {(SECTION, place): each for place, each in (queries or {}).items()}
    chapter = Part(id="01", level=1, title="科技创新")
    parts = (chapter, part(*(blocks or BLOCKS)))
    return Book(imprint=IMPRINT, parts=parts, origin=ORIGIN, queries=asked)


def built(value: Book) -> bytes:
    return book_docx(value, STYLE, FONTS).data


def opened(value: Book) -> WordDocument:
    return docx.Document(io.BytesIO(built(value)))


def file(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def query(number: int, text: str, about: str = "") -> Query:
    return Query(
        number=number,
        kind="存疑",
        text=text,
        words=about,
        author="示例市志办",
        day=date(2020, 3, 5),
    )


def commented(value: Book) -> list[tuple[str, str]]:
    """(words the comment stands at, what it says) of every comment, by number."""
    data = built(value)
    document = file(data, "word/document.xml")
    said = re.findall(r"<w:comment .*?</w:comment>", file(data, "word/comments.xml"))
    return [
        (_plain(_between(document, number)), _plain(comment))
        for number, comment in enumerate(said, FIRST)
    ]


def _between(document: str, number: int) -> str:
    start = document.index(f'<w:commentRangeStart w:id="{number}"/>')
    return document[start : document.index(f'<w:commentRangeEnd w:id="{number}"/>')]


def _plain(xml: str) -> str:
    return re.sub(r"<[^>]*>", "", xml)


# Marks


def test_every_block_is_found_again_by_its_mark() -> None:
    marks = read_marks(built(book()))
    assert marks.origin == ORIGIN
    assert marks.blocks == tuple(
        MarkedBlock(name=mark_name(node, place), text=text)
        for node, place, text in (
            ("01", HEADING, "科技创新"),
            (SECTION, HEADING, "平台"),
            (SECTION, 0, "平台建设"),
            (SECTION, 1, "【重点实验室】　新增15个"),
            (SECTION, 2, "其中材料领域3个。"),
            (SECTION, 3, "表1-1　平台情况表"),
            (SECTION, 4, "图1-1　分布图"),
            (SECTION, 5, "（深圳科创局　许示例）"),
        )
    )


def test_blocks_of_an_extract_keep_their_places_in_the_text() -> None:
    few = part(BLOCKS[2], BLOCKS[5], places=(2, 5))
    marks = read_marks(built(replace(book(), parts=(few,))))
    names = [block.name for block in marks.blocks]
    assert names == [mark_name(SECTION, place) for place in (HEADING, 2, 5)]


def test_a_book_without_origin_has_no_marks() -> None:
    data = built(replace(book(), origin=None))
    assert (read_marks(data).origin, read_marks(data).blocks) == (None, ())
    assert "docProps/custom.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist()


def test_no_two_bookmarks_share_a_number_or_a_name() -> None:
    document = file(built(book()), "word/document.xml")
    found = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"', document)
    assert len({number for number, _ in found}) == len({name for _, name in found}) == len(found)
    assert sorted(re.findall(r'<w:bookmarkEnd w:id="(\d+)"', document)) == sorted(
        number for number, _ in found
    )


def test_marks_add_nothing_a_reader_sees() -> None:
    with_marks, without = opened(book()), opened(replace(book(), origin=None))
    assert [p.text for p in with_marks.paragraphs] == [p.text for p in without.paragraphs]


def test_a_letter_knows_where_it_comes_from() -> None:
    origin = replace(ORIGIN, draft="", edition="", letter="0007")
    sheet = Sheet(
        letterhead="示例办",
        number="示志函〔2020〕1号",
        title="关于核实的函",
        addressee="示例局",
        body=((0, "请核实。"),),
        issuer="示例办",
        date="2020年3月5日",
        origin=origin,
    )
    assert read_marks(letter_docx(sheet, FONTS).data).origin == origin


@pytest.mark.external("soffice")
def test_marks_and_comments_survive_another_program(tmp_path: Path) -> None:
    value = book(queries={2: (query(1, "口径？", "材料领域"),)})
    saved = resaved(built(value), tmp_path)
    assert read_marks(saved) == read_marks(built(value))
    assert "口径？" in _plain(file(saved, "word/comments.xml"))


@pytest.mark.external("soffice")
def test_comments_leave_footnotes_in_place_in_another_program(tmp_path: Path) -> None:
    noted = (Run(text="甲"), Run(kind="note", target="1"))
    again = (Run(text="丙"), Run(kind="note", target="2"))
    notes = (Note(label="1", runs=words("注甲")), Note(label="2", runs=words("注丙")))
    between = {1: (query(1, "乙？"),)}
    text = (Paragraph(runs=noted), Paragraph(runs=words("乙")), Paragraph(runs=again), *notes)
    saved = resaved(built(book(*text, queries=between)), tmp_path)
    assert re.findall("注.", _plain(file(saved, "word/footnotes.xml"))) == ["注甲", "注丙"]


def resaved(data: bytes, folder: Path) -> bytes:
    """The file as LibreOffice writes it after opening it."""
    (folder / "file.docx").write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "docx", "--outdir"]
    subprocess.run(
        [*command, str(folder / "out"), str(folder / "file.docx")], check=True, capture_output=True
    )
    return (folder / "out" / "file.docx").read_bytes()


# Comments


def test_a_comment_stands_at_its_words() -> None:
    value = book(queries={2: (query(1, "是否含能源？", "材料领域"),)})
    assert commented(value) == [("材料领域", "1．〔存疑〕是否含能源？")]


@pytest.mark.parametrize(
    ("place", "about", "where"),
    [
        (2, "中材料领域3", "中材料领域3"),
        (2, "没有的字", "其中材料领域3个。"),
        (2, "", "其中材料领域3个。"),
        (3, "中心", "中心"),
        (3, "", "表1-1　平台情况表"),
        (1, "新增15个", "新增15个"),
        (HEADING, "", "平台"),
    ],
)
def test_a_comment_covers_words_across_runs_or_else_its_block(
    place: int, about: str, where: str
) -> None:
    assert commented(book(queries={place: (query(1, "？", about),)})) == [(where, "1．〔存疑〕？")]


def test_two_questions_about_the_same_words_stand_at_one_place_each() -> None:
    value = book(
        Paragraph(runs=words("甲待核，乙待核。")),
        queries={0: (query(1, "甲？", "待核"), query(2, "乙？", "待核"))},
    )
    document = file(built(value), "word/document.xml")
    assert [_plain(_between(document, number)) for number in (FIRST, FIRST + 1)] == ["待核", "待核"]
    first, second = f'commentRangeEnd w:id="{FIRST}"', f'RangeStart w:id="{FIRST + 1}"'
    assert document.index(first) < document.index(second)


def test_comments_tell_office_and_day_and_leave_the_text_alone() -> None:
    value = book(queries={2: (query(1, "<&>？", "领域"),)})
    (comment,) = re.findall(r"<w:comment [^>]*>", file(built(value), "word/comments.xml"))
    assert comment == (
        f'<w:comment w:id="{FIRST}" w:author="示例市志办"'
        ' w:date="2020-03-05T00:00:00Z" w:initials="编">'
    )
    assert [p.text for p in opened(value).paragraphs] == [p.text for p in opened(book()).paragraphs]


def test_a_book_without_questions_has_no_comments() -> None:
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(built(book()))).namelist()


# Last year beside


def beside(*last: Block) -> Book:
    value = book()
    old = part(*last, id="gba-2018:01/01")
    numbers = {
        ("gba-2018:01/01", index): "表9-9"
        for index, block in enumerate(last)
        if isinstance(block, Table)
    }
    numbers |= {(SECTION, 3): "表1-1", (SECTION, 4): "图1-1"}
    return replace(
        value, beside=Beside(title="示例年鉴2018", parts={SECTION: old}), numbers=numbers
    )


def rows(value: Book) -> list[tuple[str, ...]]:
    table = opened(value).tables[0]
    return [
        tuple("\n".join(p.text for p in each.paragraphs if p.text) for each in row.cells)
        for row in table.rows
    ]


def test_entries_of_one_title_stand_side_by_side() -> None:
    last = (
        Entry(title="2017年重点实验室", runs=words("12个。")),
        Entry(title="旧事", runs=words("旧。")),
    )
    assert rows(beside(*last)) == [
        ("上年：示例年鉴2018", "本年：示例年鉴2019"),
        ("—", "平台建设"),
        (
            "【2017年重点实验室】　12个。",
            "【重点实验室】　新增15个\n其中材料领域3个。\n表1-1　平台情况表\n【缺图：none.png】\n"
            "图1-1　分布图\n（深圳科创局　许示例）",
        ),
        ("【旧事】　旧。", "—"),
    ]


def test_last_years_text_has_no_marks_and_its_own_numbers() -> None:
    value = beside(Entry(title="旧事", runs=words("旧。")), BLOCKS[3])
    assert "表9-9　平台情况表" in "".join(left for left, _ in rows(value))
    assert read_marks(built(value)).blocks == read_marks(built(book())).blocks


def test_a_section_last_year_did_not_have_is_set_as_ever() -> None:
    alone = replace(book(), beside=Beside(title="示例年鉴2018"))
    assert [p.text for p in opened(alone).paragraphs] == [p.text for p in opened(book()).paragraphs]
