"""A 花脸稿 in Word: accepting all its changes gives the new draft, rejecting all the old one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from editorial.model.book import Book, Part, numbered
from editorial.model.document import Block, Cell, Entry, Note, Paragraph, Run, Table
from editorial.model.redline import BlockChange, Change, Redline, Stretch
from editorial.model.settling import accepted, printed, rejected
from editorial.model.style import ROLES, DraftStyle, FontConfig, FontRole, Margins, TextRole
from editorial.render.chapters import folded
from editorial.render.docx.book import book_docx
from editorial.render.docx.wordml import MAIN
from tests.render.docx_faults import docx_faults
from tests.render.docx_settled import Way, saved, told
from tests.render.tracked_books import (
    AT,
    IMPRINT,
    bound,
    edits,
    gathered,
    marked_edits,
    merged_book,
    merged_parts,
)

W = f"{{{MAIN}}}"
TRACKED = ("ins", "del", "moveFrom", "moveTo")
WORDS = {"song": "宋体", "song_bold": "宋体", "hei": "黑体", "kai": "楷体", "fang": "仿宋"}
FONTS = FontConfig(
    roles={
        role: FontRole(label=word, word=word, faces=())
        for role, word in (WORDS | {"xbs": "方正小标宋简体"}).items()
    }
)
STYLE = DraftStyle(
    title="评议稿样式",
    label="评议稿",
    paper=(210, 297),
    margins=Margins(top=27, bottom=25, inner=26, outer=50),
    roles={role: TextRole(size=10.5, leading=20, indent=2) for role in ROLES},
    contents=False,
)
SCRIPTS = 200


def written(book: Book, path: Path, style: DraftStyle = STYLE) -> Path:
    path.write_bytes(book_docx(book, style, FONTS).data)
    return path


@pytest.fixture(scope="module")
def scripts() -> list[tuple[Book, Book, Book]]:
    """None with a title printed once for a 篇目 and its 分目: old and new may differ in that."""
    found = gathered(SCRIPTS, edits())
    return [books for books in found if all(folded(book) == book for book in books)]


@pytest.fixture(scope="module")
def merged() -> Book:
    return merged_book(gathered(SCRIPTS, merged_parts()))


def plainly(lines: list[str]) -> list[str]:
    """Without telling headings from other paragraphs."""
    return [line.removeprefix("# ") for line in lines]


# Settled by other programs


@pytest.mark.external("pandoc")
def test_pandoc_settles_what_editors_did(
    scripts: list[tuple[Book, Book, Book]], tmp_path: Path
) -> None:
    marked = written(marked_edits(scripts), tmp_path / "marked.docx")
    old = written(bound(printed(old) for old, _, _ in scripts), tmp_path / "old.docx")
    new = written(bound(printed(new) for _, _, new in scripts), tmp_path / "new.docx")
    assert told(marked, "--track-changes=accept") == told(new)
    assert told(marked, "--track-changes=reject") == told(old)


@pytest.mark.external("pandoc")
@pytest.mark.parametrize("shown", [True, False])
def test_pandoc_settles_anything_merged(merged: Book, tmp_path: Path, shown: bool) -> None:
    style = replace(STYLE, show_marks=shown)
    marked = written(merged, tmp_path / "marked.docx", style)
    assert told(marked, "--track-changes=accept") == told(
        written(accepted(merged), tmp_path / "new.docx", style)
    )
    assert told(marked, "--track-changes=reject") == told(
        written(rejected(merged), tmp_path / "old.docx", style)
    )


@pytest.mark.external("pandoc", "soffice")
@pytest.mark.parametrize(("way", "settled"), [("Accept", accepted), ("Reject", rejected)])
def test_libreoffice_settles_anything_merged(
    merged: Book, tmp_path: Path, way: Way, settled: Callable[[Book], Book]
) -> None:
    marked = written(merged, tmp_path / "marked.docx")
    plain = written(settled(merged), tmp_path / "plain.docx")
    got = tmp_path / "got.docx"
    saved(tmp_path, [(marked, got, way)])
    assert plainly(told(got)) == plainly(told(plain))


# What is written

GONE = Change(kind="delete", author="示例复审", at=AT)
COME = Change(kind="insert", author="示例初审", at=AT)


def tree(book: Book, name: str = "word/document.xml", style: DraftStyle = STYLE) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(book_docx(book, style, FONTS).data)) as archive:
        return etree.fromstring(archive.read(name))


def one(*placed: tuple[Block, BlockChange], **of: BlockChange) -> Book:
    """A book of one section with these blocks; `heading` is what became of its heading."""
    blocks = tuple(block for block, _ in placed)
    parts = (
        Part(id="01", level=1, title="科技创新"),
        Part(id="01/01", level=2, title="平台", blocks=blocks),
    )
    changes = {("01/01", at): change for at, (_, change) in enumerate(placed)}
    heads = {"01/01": of["heading"]} if of else {}
    redline = Redline(since="第1稿", blocks=changes, parts=heads)
    return Book(imprint=IMPRINT, parts=parts, numbers=numbered(parts), redline=redline)


def put(text: str, change: Change | None = None, **run: Any) -> Stretch:
    return Stretch(run=Run(text=text, **run), change=change)


def reworded(*words: Stretch) -> tuple[Block, BlockChange]:
    return Paragraph(runs=tuple(each.run for each in words)), BlockChange(texts={"runs": words})


def texts(book: Book, tag: str, style: DraftStyle = STYLE) -> list[str]:
    return ["".join(each.itertext()) for each in tree(book, style=style).iter(f"{W}{tag}")]


def test_words_put_in_and_taken_out_have_author_and_date() -> None:
    book = one(reworded(put("甲"), put("乙", GONE), put("丙", COME)))
    assert [
        (each.tag.removeprefix(W), *each.values()[1:], "".join(each.itertext()))
        for each in tree(book).iter(f"{W}ins", f"{W}del")
    ] == [
        ("del", "示例复审", "2019-12-02T09:30:00Z", "乙"),
        ("ins", "示例初审", "2019-12-02T09:30:00Z", "丙"),
    ]


def test_a_paragraph_goes_with_its_mark() -> None:
    book = one((Paragraph(runs=(Run(text="甲"),)), BlockChange(change=GONE)))
    marks = tree(book).findall(f".//{W}pPr/{W}rPr/{W}del")
    assert [marks[0].getparent().getparent().getparent().findtext(f"{W}del//{W}delText")] == ["甲"]


def test_deleted_words_stand_under_their_own_name(merged: Book) -> None:
    document = tree(merged)
    assert document.findall(f".//{W}del//{W}t") == document.findall(f".//{W}ins//{W}delText") == []


def test_links_are_never_inside_a_change(merged: Book) -> None:
    document = tree(merged)
    wrong = [document.findall(f".//{W}{tag}//{W}hyperlink") for tag in TRACKED]
    assert (wrong, bool(document.findall(f".//{W}hyperlink/{W}ins"))) == ([[], [], [], []], True)


def test_every_number_is_used_once(merged: Book) -> None:
    ids = [
        each.get(f"{W}id")
        for name in ("word/document.xml", "word/footnotes.xml")
        for tag in (*TRACKED, "bookmarkStart", "moveFromRangeStart", "moveToRangeStart")
        for each in tree(merged, name).iter(f"{W}{tag}")
    ]
    assert len(ids) == len(set(ids)) > SCRIPTS


def test_nothing_offends_the_schema(merged: Book) -> None:
    assert docx_faults(book_docx(merged, STYLE, FONTS).data) == []


def test_same_redline_gives_same_bytes(merged: Book) -> None:
    assert book_docx(merged, STYLE, FONTS).data == book_docx(merged, STYLE, FONTS).data


def test_both_ends_of_a_move_bear_one_name() -> None:
    moved = (Paragraph(runs=(Run(text="甲"),)), Paragraph(runs=(Run(text="甲"),)))
    ends = (replace(GONE, move="1"), replace(COME, move="1"))
    book = one(*((block, BlockChange(change=end)) for block, end in zip(moved, ends, strict=True)))
    document = tree(book)
    names = [
        document.find(f".//{W}{end}RangeStart").get(f"{W}name") for end in ("moveFrom", "moveTo")
    ]
    assert (names, texts(book, "moveFrom"), texts(book, "moveTo")) == (
        ["move1"] * 2,
        ["", "甲"],
        ["", "甲"],
    )


def test_a_move_with_one_end_missing_is_a_deletion() -> None:
    book = one((Paragraph(runs=(Run(text="甲"),)), BlockChange(change=replace(GONE, move="1"))))
    assert (texts(book, "moveFrom"), texts(book, "del")) == ([], ["", "甲"])


def test_a_row_put_in_says_so() -> None:
    table = Table(rows=tuple((Cell(runs=(Run(text=text),)),) for text in "头甲乙"))
    rows = tree(one((table, BlockChange(rows={1: COME})))).iter(f"{W}tr")
    assert [("".join(row.itertext()), row.find(f"{W}trPr/{W}ins") is not None) for row in rows] == [
        ("头", False),
        ("甲", True),
        ("乙", False),
    ]


def test_an_open_point_cut_by_a_change_is_exchanged_whole() -> None:
    words = (put("投资【待补：数"), put("据", GONE), put("额", COME), put("】亿元"))
    book = one(reworded(*words))
    assert (texts(book, "del"), texts(book, "ins")) == (["【待补：数据】"], ["【待补：数额】"])


def test_a_mark_that_stays_may_call_another_note() -> None:
    old, new = (Note(label="1", runs=(Run(text=text),)) for text in ("旧注", "新注"))
    book = one(
        reworded(put("甲"), put("", kind="note", target="1")),
        (old, BlockChange(change=GONE)),
        (new, BlockChange(change=COME)),
    )
    notes = tree(book, "word/footnotes.xml")
    assert [
        (each.tag.removeprefix(W), "".join(each.itertext()))
        for each in notes.iter(f"{W}ins", f"{W}del")
    ] == [("del", "旧注"), ("ins", "新注")]


def test_the_title_of_a_part_taken_out_is_not_in_the_contents() -> None:
    book = one(heading=BlockChange(change=GONE))
    shown = texts(book, "sdtContent", replace(STYLE, contents=True))
    assert ["科技创新" in text and "平台" not in text for text in shown] == [True]


def test_an_entry_taken_out_is_not_in_the_index() -> None:
    book = one((Entry(title="示例展会"), BlockChange(change=GONE)))
    shown = "".join(tree(book, style=replace(STYLE, index=True)).itertext())
    assert shown.count("示例展会") == 1


def test_what_the_next_reader_changes_is_tracked_too() -> None:
    assert tree(one(), "word/settings.xml").find(f"{W}trackRevisions") is not None


def test_changes_of_one_hand_at_either_side_of_a_mark_that_stays_are_told_apart() -> None:
    """LibreOffice would take the mark away with them."""
    whole = (Paragraph(runs=(Run(text="乙"),)), BlockChange(change=COME))
    book = one(reworded(put("甲"), put("尾", COME)), whole)
    dates = [each.get(f"{W}date") for each in tree(book).iter(f"{W}ins")]
    assert dates == ["2019-12-02T09:30:00Z", *["2019-12-02T09:32:00Z"] * 2]


# Text as it is


def runs_of(*runs: Run) -> list[str]:
    part = Part(id="01", level=1, title="题", blocks=(Paragraph(runs=runs),))
    document = tree(Book(imprint=IMPRINT, parts=(part,)))
    heading = next(each for each in document.iter(f"{W}p") if "".join(each.itertext()) == "题")
    return [each.text or "" for each in heading.getnext().iter(f"{W}t")]


@pytest.mark.parametrize(
    "text",
    [
        "“双区”建设——完成投资12.5%……，见R&D",
        "  两头有空格  ",
        "葛\U000e0100城、e\u0301、\U00020bb7野家、ｱ゙",
        "a  b　　c\u00a0d\u2009e",
    ],
)
def test_text_is_one_run_and_every_sign_is_kept(text: str) -> None:
    assert runs_of(Run(text=text)) == [text]


def test_neighbours_that_look_the_same_are_one_run() -> None:
    bold = {"kind": "emphasis"}
    runs = (Run(text="甲"), Run(text="乙"), Run(text="丙", **bold), Run(text="丁", **bold))
    assert runs_of(*runs) == ["甲乙", "丙丁"]
