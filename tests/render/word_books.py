"""Books for tests of the Word draft: how they are made, set and read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from lxml import etree

from editorial.model.book import Book, Imprint, Part
from editorial.model.document import (
    Block,
    Cell,
    Figure,
    Run,
    Table,
)
from editorial.model.style import (
    ROLES,
    DraftStyle,
    FontConfig,
    FontRole,
    Margins,
    TextRole,
)
from editorial.render.docx.book import book_docx
from editorial.render.docx.wordml import MAIN

W = f"{{{MAIN}}}"
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
    notice="内部资料　注意保存",
)
IMPRINT = Imprint(
    title="示例年鉴2019",
    label="评议稿",
    edition=2,
    date=date(2020, 3, 5),
    office="示例市地方志办公室",
    commit="0123456789abcdef",
)


def words(text: str) -> tuple[Run, ...]:
    return (Run(text=text),)


def cell(text: str, across: int = 1, down: int = 1) -> Cell:
    return Cell(runs=words(text), across=across, down=down)


def mark(label: str) -> Run:
    return Run(kind="note", target=label)


def section(*blocks: Block, images: dict[str, Path] | None = None, **more: str) -> Part:
    pending = tuple(more.values())
    return Part(
        id="01/01", level=2, title="平台", blocks=blocks, images=images or {}, pending=pending
    )


def book(*parts: Part) -> Book:
    chapter = Part(id="01", level=1, title="科技创新")
    return Book(imprint=IMPRINT, editorial_notes=("本稿供评议。",), parts=(chapter, *parts))


def built(value: Book, style: DraftStyle = STYLE) -> bytes:
    return book_docx(value, style, FONTS).data


def opened(value: Book, style: DraftStyle = STYLE) -> WordDocument:
    return docx.Document(io.BytesIO(built(value, style)))


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(files(data)[name])


def styled(value: Book) -> list[tuple[str, str]]:
    """Style name and text of the section's own paragraphs."""
    all_ = [(each.style.name, each.text) for each in opened(value).paragraphs if each.style]
    start = all_.index(("分目", "平台")) + 1
    stop = next(place for place, (name, _) in enumerate(all_) if name == "版本记录")
    return all_[start:stop]


def table_of(*rows: tuple[Cell | None, ...], header_rows: int = 1) -> Book:
    return book(section(Table(title="投资情况表", rows=rows, header_rows=header_rows)))


def spans(value: Book) -> list[list[tuple[str, str, str]]]:
    """Text, gridSpan and vMerge of each cell."""
    return [
        [("".join(each.itertext()), *merges(each)) for each in row.iter(f"{W}tc")]
        for row in tree(built(value)).iter(f"{W}tr")
    ]


def merges(each: etree._Element) -> tuple[str, str]:
    across, down = (each.find(f"{W}tcPr/{W}{name}") for name in ("gridSpan", "vMerge"))
    return (
        "" if across is None else str(across.get(f"{W}val")),
        "" if down is None else str(down.get(f"{W}val", "continue")),
    )


def shown(path: Path, *sources: str) -> Book:
    figures = (Figure(src=source, title=f"题{source}") for source in sources)
    return book(section(*figures, images=dict.fromkeys(sources, path)))


def media(data: bytes) -> list[str]:
    return [name for name in files(data) if name.startswith("word/media/")]


def looks(data: bytes) -> list[etree._Element]:
    return list(tree(data).iter(f"{W}sectPr"))


def attribute(look: etree._Element, name: str, of: str) -> str:
    found = look.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}{of}", ""))


TWO = replace(
    STYLE, columns=2, column_gap=8, margins=Margins(top=27, bottom=25, inner=20, outer=20)
)
