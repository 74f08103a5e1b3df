"""Drafts for Word are without fault, and every fault we look for is found in a spoilt one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from editorial.model.book import Book, Part, numbered
from editorial.model.document import (
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
)
from editorial.model.style import FontConfig
from editorial.render.docx.book import book_docx
from editorial.store.schema import decode
from editorial.store.yamlio import parse
from tests.render.books import IMPRINT, STYLES, cell, mark, runs, style_of
from tests.render.docx_faults import docx_faults

DOCUMENT, NOTES, STYLE_PART = "word/document.xml", "word/footnotes.xml", "word/styles.xml"
TYPES, LINKS, SETTINGS = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/settings.xml"

# part, what is found there (as a regular expression), what takes its place, the fault told
SPOILT = {
    "not XML": (DOCUMENT, r"</w:p>", "", "Opening and ending tag mismatch"),
    "unknown element": (DOCUMENT, r"<w:r>", "<w:r><w:glitter/>", "glitter: not in the grammar"),
    "unknown attribute": (DOCUMENT, r"<w:p>", '<w:p w:mood="fine">', "p: knows no mood"),
    "value no kind allows": (
        STYLE_PART,
        r'<w:jc w:val="\w+"',
        '<w:jc w:val="up"',
        "jc: val cannot",
    ),
    "attribute lacking": (DOCUMENT, r'<w:bookmarkStart w:id="\d+"', "<w:bookmarkStart", "lacks id"),
    "paragraph out of order": (
        DOCUMENT,
        r"(<w:pStyle [^>]*/>)(<w:keepNext/>)",
        r"\2\1",
        "pPr: holds keepNext pStyle",
    ),
    "properties after text": (
        DOCUMENT,
        r"<w:p>(<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)(<w:r>.*?</w:r>)",
        r"<w:p>\2\1",
        "p: holds r pPr",
    ),
    "run out of order": (
        STYLE_PART,
        r"(<w:sz [^>]*/>)(<w:szCs [^>]*/>)",
        r"\2\1",
        "rPr: holds",
    ),
    "table without a grid": (DOCUMENT, r"<w:tblGrid>.*?</w:tblGrid>", "", "tbl: holds tblPr tr"),
    "cell without a paragraph": (
        DOCUMENT,
        r"(<w:tc><w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)<w:p>.*?</w:p></w:tc>",
        r"\1</w:tc>",
        "tc: holds tcPr",
    ),
    "section out of order": (
        DOCUMENT,
        r"(<w:pgSz [^>]*/>)(<w:pgMar [^>]*/>)",
        r"\2\1",
        "sectPr: holds",
    ),
    "settings out of order": (
        SETTINGS,
        r"(<w:settings[^>]*>)(.*)(<w:compat>.*</w:compat>)",
        r"\1\3\2",
        "settings: holds compat",
    ),
    "paragraph in a paragraph": (DOCUMENT, r"<w:r>", "<w:p/><w:r>", "p: holds"),
    "text where none can be": (DOCUMENT, r"<w:tblPr>", "<w:tblPr>字", "tblPr: has text"),
    "row too short": (
        DOCUMENT,
        r'<w:gridSpan w:val="2"/>',
        "",
        "a row of 2 columns in a grid of 3",
    ),
    "merge from nothing": (
        DOCUMENT,
        r'<w:vMerge w:val="restart"/>',
        "",
        "goes on from nothing above",
    ),
    "bookmark never closed": (DOCUMENT, r"<w:bookmarkEnd [^>]*/>", "", "never ends"),
    "bookmark ends twice": (DOCUMENT, r"(<w:bookmarkEnd [^>]*/>)", r"\1\1", "ends twice"),
    "bookmark named twice": (
        DOCUMENT,
        r'(<w:bookmarkStart [^>]*w:name=")[^"]+(".*?<w:bookmarkStart [^>]*w:name=")[^"]+',
        r"\1same\2same",
        "bookmark “same” twice",
    ),
    "name too long for Word": (
        DOCUMENT,
        r'(<w:bookmarkStart w:id="\d+" w:name=")',
        r"\1" + "x" * 41,
        "name cannot be",
    ),
    "link to nowhere": (DOCUMENT, r'w:anchor="', 'w:anchor="not_', "no bookmark not_"),
    "field left open": (
        DOCUMENT,
        r'<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "",
        "a field never ends",
    ),
    "field without a beginning": (
        DOCUMENT,
        r'<w:r><w:fldChar w:fldCharType="begin"[^>]*/></w:r>',
        "",
        "out of place",
    ),
    "style not there": (
        DOCUMENT,
        r'<w:pStyle w:val="[^"]+"',
        '<w:pStyle w:val="No"',
        "no paragraph style No",
    ),
    "style defined twice": (STYLE_PART, r"(<w:style [^>]*>.*?</w:style>)", r"\1\1", "twice"),
    "note without its text": (
        NOTES,
        r'<w:footnote w:id="1">.*?</w:footnote>',
        "",
        "footnote 1 is not",
    ),
    "note without its mark": (
        DOCUMENT,
        r'<w:footnoteReference w:id="1"/>',
        "",
        "footnote 1 has no mark",
    ),
    "two drawings of one id": (
        DOCUMENT,
        r"(<w:drawing>.*?</w:drawing>)",
        r"\1\1",
        "drawing 1 twice",
    ),
    "part without a type": (
        TYPES,
        r'<Override PartName="/word/styles.xml"[^>]*/>',
        "",
        "no content type",
    ),
    "type without a part": (TYPES, r"/word/styles.xml", "/word/style.xml", "typed but not there"),
    "relationship to nothing": (
        LINKS,
        r'Target="styles.xml"',
        'Target="s.xml"',
        "s.xml is not there",
    ),
    "relationship not asked for": (
        LINKS,
        r"<Relationship [^>]*styles.xml[^>]*/>",
        "",
        "nothing leads there",
    ),
    "relationship not given": (
        DOCUMENT,
        r'r:embed="[^"]+"',
        'r:embed="rId999"',
        "no relationship rId999",
    ),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """A draft in a style, with a piece of everything."""
    photo = tmp_path_factory.mktemp("photo") / "a.png"
    Image.new("RGB", (80, 40), "teal").save(photo)
    raw, _ = parse((STYLES / "fonts.yaml").read_text("utf-8"), "fonts.yaml")
    fonts = decode(FontConfig, raw, [])
    assert fonts
    value = full(photo)
    return cache(lambda name: book_docx(value, style_of(name), fonts).data)


def full(photo: Path) -> Book:
    head = (cell("城市", down=2), cell("指标", across=2), None)
    rows = (head, (None, cell("2017年"), cell("2018年")), (cell("甲"), cell("1"), cell("2")))
    blocks = (
        Heading(level=1, runs=runs("概况")),
        Entry(title="平台", runs=(*runs("2018年，见"), Run(kind="link", text="表", target="#b"))),
        Paragraph(runs=(*runs("增长"), mark("1"), Run(kind="superscript", text="2"))),
        Table(id="b", title="平台表", unit="个", rows=rows, header_rows=2),
        Figure(id="t", src="a.png", title="平台图", credit="示例"),
        Signature(text="示例单位"),
        Note(label="1", runs=runs("注释。")),
    )
    section = Part(id="01/01", level=2, title="平台", blocks=blocks, images={"a.png": photo})
    parts = (Part(id="01", level=1, title="科技"), section, replace(section, id="01/02"))
    return Book(imprint=IMPRINT, editorial_notes=("示例。",), parts=parts, numbers=numbered(parts))


def spoilt(data: bytes, name: str, found: str, put: str) -> bytes:
    """One part of the package changed at the first place where `found` is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each == name:
                text, times = re.subn(found, put, content.decode(), count=1, flags=re.DOTALL)
                assert times == 1, f"nothing to spoil in {name}"
                content = text.encode()
            new.writestr(each, content)
    return buffer.getvalue()


@pytest.mark.parametrize("style", ["review", "consult", "final", "booklet"])
def test_a_draft_has_no_fault(written: Callable[[str], bytes], style: str) -> None:
    assert docx_faults(written(style)) == []


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_draft_is_told(written: Callable[[str], bytes], case: str) -> None:
    name, found, put, fault = SPOILT[case]
    told = docx_faults(spoilt(written("review"), name, found, put))
    assert [line for line in told if fault in line], told
