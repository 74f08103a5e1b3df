"""Whatever a manuscript holds, Word opens the draft, and what was odd is said."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from editorial.model.book import Book, Part, Printed
from editorial.model.document import (
    Block,
    Cell,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
)
from editorial.render.docx.book import book_docx
from tests.render.books import IMPRINT, cell, mark, runs, section, style_of
from tests.render.docx_faults import docx_faults
from tests.render.test_book_docx import FONTS, W, tree

CONTROLS = "前\x00\x01\x0b\x1f\ufffe\ud800后"
META = "甲<乙>&丙\"'</w:t>]]><!--"
LINK = Run(kind="link", text="见表", target="#biao-1")


def in_every_place(text: str) -> tuple[Block, ...]:
    """A text wherever a block holds one."""
    return (
        Heading(runs=runs(text)),
        Entry(title=text, runs=(*runs(text), mark(text))),
        Paragraph(runs=(Run(kind="link", text=text, target=text), *runs(text))),
        Table(id=text, title=text, unit=text, rows=((cell(text),), (cell(text),))),
        Figure(id=text, src=text, title=text, credit=text),
        Note(label=text, runs=runs(text)),
        Signature(text=text),
    )


def nested() -> Iterator[Block]:
    """Headings twenty deep, notes that call themselves and each other, links in notes."""
    yield from (Heading(level=level, runs=(*runs(f"第{level}级"), LINK)) for level in range(1, 21))
    yield Paragraph(runs=(mark("1"), *(Run(kind="emphasis", text="强"),) * 200, mark("2")))
    yield Note(label="1", runs=(*runs("注一"), mark("1"), mark("2"), LINK))
    yield Note(label="2", runs=(mark("1"),))


def overlapping() -> Table:
    """Spans beyond the edge, over one another and over nothing, rows of all lengths."""
    wide = Cell(runs=runs("甲"), across=99, down=99)
    return Table(
        header_rows=9, rows=((wide, wide, None), (None, wide), (), (None,), (wide, cell("乙")))
    )


BAD: dict[str, tuple[tuple[Block, ...], list[str]]] = {
    "control characters": (in_every_place(CONTROLS), ["L11"] * 7),
    "signs of XML": (in_every_place(META), []),
    "absurd nesting": (tuple(nested()), []),
    "a note mark without its note": ((Paragraph(runs=(*runs("甲"), mark("9"))),), []),
    "a title of eighty signs": ((Entry(title="长" * 80, runs=runs("文。")),), ["L03"]),
    "forty figures": ((Paragraph(runs=runs("编号" + "7" * 40 + "。")),), ["L04"]),
    "spans that overlap": ((overlapping(),), []),
    "a table without cells": ((Table(title="空表"), Table(rows=((),))), []),
    "a cell longer than a page": (
        (Table(rows=((cell("名"), cell("文")), (cell("甲"), cell("长文。" * 1000)))),),
        [],
    ),
    "nothing": ((), ["L02"]),
    "blanks": (in_every_place("　 "), []),
    "signs of the upper planes": (in_every_place("𠮷𣗋😀👨‍👩‍👧"), []),
    "both directions": (in_every_place("甲\u202eabc\u202cعربي"), []),  # Word knows them
    "forms of their own": (in_every_place("葛\U000e0100明"), []),
}


def printed(*blocks: Block) -> Printed:
    return book_docx(section(*blocks), style_of("review"), FONTS)


@pytest.mark.parametrize("name", BAD)
def test_file_is_sound_whatever_stands_in_it(name: str) -> None:
    data = printed(*BAD[name][0]).data
    assert docx_faults(data) == []
    docx.Document(io.BytesIO(data))


@pytest.mark.parametrize("name", BAD)
def test_what_was_odd_is_said(name: str) -> None:
    blocks, codes = BAD[name]
    assert [each.code for each in printed(*blocks).findings] == codes


def test_control_characters_are_named() -> None:
    (found,) = printed(Paragraph(runs=runs("前\x01\x01后"))).findings
    assert found.message == "有2个控制字符印不出来，已略去：U+0001"


def test_text_beside_them_stays() -> None:
    text = "".join(
        each.text or "" for each in tree(printed(*in_every_place(CONTROLS)).data).iter(f"{W}t")
    )
    assert text.count("前后") >= 8


def test_empty_chapter_is_said() -> None:
    value = Book(imprint=IMPRINT, parts=(Part(id="c", level=1, title="空篇"),))
    found = book_docx(value, style_of("review"), FONTS)
    assert ([each.code for each in found.findings], docx_faults(found.data)) == (["L01"], [])


@pytest.mark.external("soffice")
def test_libreoffice_opens_all_of_it(tmp_path: Path) -> None:
    blocks = (
        *(block for each, _ in BAD.values() for block in each),
        Paragraph(runs=runs("末段。")),
    )
    (tmp_path / "a.docx").write_bytes(printed(*blocks).data)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "a.docx"], check=True, capture_output=True
    )
    assert "末段。" in (tmp_path / "a.txt").read_text("utf-8")
