"""意见表 come back: our own form as Word, WPS or LibreOffice saved it, a table somebody made, a
workbook. Blanks are known by their tags (`opinion:3:text`) or hidden bookmarks, else by the
heads of their columns; whatever else the paper says is handed over as lines."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import pairwise

from lxml import etree

from editorial.model.opinion_rows import GridCell, GridRow, Head, Said, head_of, said_in
from editorial.model.origin import Origin
from editorial.model.reply_form import TICKED
from editorial.read.docx_marks import read_marks
from editorial.read.rows import Sheet, read_sheets
from editorial.read.word_xml import (
    BODY,
    CORE,
    REMARKS,
    TAKEN_OUT,
    TWICE,
    goes_on,
    is_within,
    laid_cells,
    local,
    nodes_of,
    rows_of,
    symbol,
    tree_of,
    value,
    word_file,
)
from editorial.values import dataclass

HEADED = 4
GONE = frozenset({*TAKEN_OUT, TWICE})
_BLANK = re.compile(r"opinion[:_](\d{1,5})[:_]([a-z]+)")
_COPY = re.compile(r"(?:本号|编号本?)?\s*[:：]?\s*第?\s*(\d{1,4})\s*号")
_SIGNED = re.compile(
    r"(?:填表人|审读人|审稿人|评议人|专家)(?:签名|签字|姓名)?\s*[：:]\s*([^\s　\d年月日：:]{2,20})"
)
_ASPECTS = re.compile(r"^（政治、体例[^）]*方面）\s*")
_VERDICT = re.compile(rf"[{TICKED}]\s*([^\s　□☐▢◻{TICKED}]{{2,12}})")
LABELS = {
    "填表人": "person",
    "审读人": "person",
    "审稿人": "person",
    "评议人": "person",
    "专家姓名": "person",
    "姓名": "person",
    "单位": "unit",
    "工作单位": "unit",
    "填表单位": "unit",
    "总体评价": "overall",
    "总体意见": "overall",
    "总体印象": "overall",
    "总评": "overall",
    "结论": "verdict",
    "编号": "copy",
    "本号": "copy",
    "编号本": "copy",
}
ASKED = frozenset({"职务职称", "联系电话", "审读篇目", "填表日期", "日期"})
OURS = re.compile(
    r"填表说明|\d\.\s*(?:类别填|一处意见填一行|请于.*前交回)|填表人签名|.{0,6}意见表$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionForm:
    """`person` and `unit` who filled it in, `copy` the number of the copy it was in, 0 unknown;
    `lines` is all text outside its tables, of a draft that beside the form; `left` are words
    in the tables that are no opinion, `remarks` every remark with its author."""

    origin: Origin | None = None
    person: str = ""
    unit: str = ""
    copy: int = 0
    reader: str = ""
    overall: str = ""
    verdict: str = ""
    rows: tuple[Said, ...] = ()
    lines: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    draft: bool = False


@dataclass(slots=True)
class _Read:
    """What has been read of a file so far."""

    told: dict[str, str] = field(default_factory=dict)
    rows: list[Said] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    head: Head | None = None
    tables: int = 0


def read_opinion_sheets(data: bytes, name: str) -> OpinionForm:
    """A workbook or a .csv. EditorialError for what is neither."""
    read = _Read()
    lines: list[str] = []
    for number, sheet in enumerate(read_sheets(data, name), 1):
        grid = tuple(_laid(sheet))
        rows = said_in(grid, f"表{number}")
        told = _told(grid)
        read.rows += rows.said
        read.told = told | read.told
        if rows.head is None:
            lines += ["　".join(c.text for c in row if c.text.strip()) for row in grid]
        else:
            read.left += _untold(rows.left, told)
    return _form(read, tuple(line for line in lines if line))


def table_rows(data: bytes, name: str) -> tuple[GridRow, ...]:
    """All rows of a workbook, a .csv or the tables of a .docx."""
    if name.casefold().endswith(".docx"):
        with word_file(data, name) as archive:
            body = tree_of(archive, BODY)
        return tuple(row for table in body.iter("{*}tbl") for row in _grid(table))
    return tuple(row for sheet in read_sheets(data, name) for row in _laid(sheet))


def _laid(sheet: Sheet) -> Iterator[GridRow]:
    """Rows of a sheet with its merged cells as one cell each."""
    covered = {
        (row, column): (top, left, right)
        for top, left, bottom, right in sheet.joined
        for row in range(top, min(bottom + 1, len(sheet.rows)))
        for column in range(left, right + 1)
    }
    width = max(map(len, sheet.rows), default=0)
    for number, cells in enumerate(sheet.rows):
        row: list[GridCell] = []
        for column in range(width):
            text = cells[column] if column < len(cells) else ""
            top, left, right = covered.get((number, column), (number, column, column))
            if left == column:
                below = top < number
                across = right - left + 1
                row.append(GridCell(text=text, column=column, across=across, below=below))
        yield tuple(row) if any(c.text.strip() or c.below for c in row) else ()


def read_opinion_form(data: bytes) -> OpinionForm:
    """A .docx. EditorialError when it is none."""
    marks = read_marks(data)
    with word_file(data) as archive:
        body = tree_of(archive, BODY)
        keywords = _keywords(archive)
        remarks = tuple(_remarks(archive))
    read = _Read()
    draft = bool(marks.blocks)
    if keywords:
        read.told["keywords"] = keywords
    for table in body.iter("{*}tbl"):
        _take(read, table, draft=draft)
    outside = _beside_form(body) if draft else _outside(body)
    lines = tuple(filter(None, (line.strip() for line in outside)))
    form = _form(read, lines)
    return replace(form, origin=marks.origin, remarks=remarks, draft=draft)


def _form(read: _Read, lines: tuple[str, ...]) -> OpinionForm:
    told = read.told
    number = _COPY.search(told.get("copy", "") or told.get("keywords", ""))
    plain = told.get("copy", "")
    signed = next((m[1] for line in lines if (m := _SIGNED.search(line))), "")
    ticked = _VERDICT.findall(told.get("verdict", ""))
    return OpinionForm(
        person=told.get("person", "") or signed,
        unit=told.get("unit", ""),
        copy=int(number[1]) if number else int(plain) if plain.isdecimal() else 0,
        reader=told.get("keywords", "").partition("号")[2].strip("　 ") if number else "",
        overall=_ASPECTS.sub("", told.get("overall", "")).strip(),
        verdict=ticked[0] if len(ticked) == 1 else "",
        rows=tuple(read.rows),
        lines=lines,
        left=tuple(read.left),
    )


def _keywords(archive: zipfile.ZipFile) -> str:
    """Where a numbered copy says whose it is: 3号　专家甲."""
    told = (each.text or "" for each in nodes_of(archive, CORE) if local(each) == "keywords")
    return next(told, "")


def _remarks(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for comment in nodes_of(archive, REMARKS):
        lines = (_words(paragraph).strip() for paragraph in comment.iter("{*}p"))
        yield "\n".join(line for line in lines if line), value(comment, "author")


# Tables


def _take(read: _Read, table: etree._Element, *, draft: bool) -> None:
    grid = tuple(_grid(table))
    read.tables += 1
    tagged = any(cell.role for row in grid for cell in row)
    least = HEADED if draft else 2  # tables of the book itself may have columns called alike
    headed = any(len(set((head_of(row) or {}).values())) >= least for row in grid)
    width = max((cell.column + cell.across for row in grid for cell in row), default=0)
    known = read.head.roles if read.head else {}
    goes_on = bool(known) and width == max(known) + 1 and (tagged or not draft)
    told = _told(grid) if not draft or _is_ours(table) else {}
    if tagged or headed or goes_on:
        start = read.head if goes_on and not headed else None
        rows = said_in(grid, f"表{read.tables}", start)
        read.rows += rows.said
        read.head = rows.head or read.head
        read.left += _untold(rows.left, told)
    read.told = told | read.told
    for name, words in _asked(table):
        read.told[name] = words or read.told.get(name, "")


def _told(grid: tuple[GridRow, ...]) -> dict[str, str]:
    """What stands to the right of a label, or after it, above the opinions."""
    told: dict[str, str] = {}
    for row in grid:
        if head_of(row):
            break
        for label, beside in pairwise(row):
            name = LABELS.get(_label(label.text))
            if name and beside.text.strip():
                told.setdefault(name, beside.text.strip())
        for cell in row:
            label_, colon, words = cell.text.replace(":", "：").partition("：")
            name = LABELS.get(_label(label_))
            if name and colon and words.strip():
                told.setdefault(name, words.strip())
    return told


def _label(text: str) -> str:
    return re.sub(r"[\s　：:]", "", text)


def _untold(left: Iterable[str], told: Mapping[str, str]) -> Iterator[str]:
    """Words of a table that are neither opinions nor told already."""
    for words in left:
        plain = _label(words)
        known = plain in LABELS or plain in ASKED or plain.endswith("表")
        if not known and not any(each in words for each in told.values()):
            yield words


def _asked(table: etree._Element) -> Iterator[tuple[str, str]]:
    """The blanks above the opinions by their own names."""
    for number, name, words in _controls(table):
        if number == "0":
            yield name, words


def _grid(table: etree._Element) -> Iterator[GridRow]:
    for row in rows_of(table):
        cells: list[GridCell] = []
        for laid in laid_cells(row):
            below = goes_on(laid.node)
            bare = GridCell(text="", column=laid.column, across=laid.across, below=below)
            cells += _filled(bare, laid.node)
        yield tuple(cells) if any(c.text or c.below for c in cells) else ()


def _filled(bare: GridCell, cell: etree._Element) -> Iterator[GridCell]:
    """A cell with its words; one joined from several blanks as a cell for each, the words
    between them with the opinion."""
    text = _words(cell).strip()
    blanks = tuple(_blanks(cell))
    roles = tuple(dict.fromkeys(role for role, _ in blanks))
    if len(roles) < 2:
        parts = tuple(words for _, words in blanks if words)
        yield replace(bare, text=text, role=_role(cell), parts=parts)
        return
    for _, words in blanks:
        text = text.replace(words, "", 1)
    chief = "text" if "text" in roles else roles[-1]
    for at, role in enumerate(roles):
        own = [words for other, words in blanks if other == role]
        loose = [text.strip()] if role == chief else []
        words = "\n".join(filter(None, (*own, *loose)))
        yield replace(bare, text=words, column=bare.column + at, across=1, role=role)


def _blanks(cell: etree._Element) -> Iterator[tuple[str, str]]:
    """Role and words of each blank of the numbered opinions in a cell."""
    for number, role, words in _controls(cell):
        if number != "0":
            yield role, words


def _controls(node: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Number, role and words of the controls that are blanks of our form."""
    for control in node.iter("{*}sdt"):
        tag = next((value(each, "val") for each in control.iter("{*}tag")), "")
        if blank := _BLANK.fullmatch(tag):
            yield blank[1], blank[2], _words(control).strip()


def _is_ours(table: etree._Element) -> bool:
    """Whether it has a blank of our form."""
    return any(_blank(node) for node in table.iter("{*}tag", "{*}bookmarkStart"))


def _blank(node: etree._Element) -> re.Match[str] | None:
    kind = "val" if local(node) == "tag" else "name"
    return _BLANK.fullmatch(value(node, kind).lstrip("_"))


def _role(cell: etree._Element) -> str:
    """What its blank says a cell of the numbered opinions holds."""
    for node in cell.iter("{*}tag", "{*}bookmarkStart"):
        blank = _blank(node)
        if blank and blank[1] != "0":
            return blank[2]
    return ""


def _words(node: etree._Element) -> str:
    """Text with every change accepted, a line each paragraph; tables of opinions within a cell
    are read by themselves."""
    words: list[str] = []
    for child in node.iterchildren():
        match local(child):
            case "t":
                words.append(child.text or "")
            case "tab":
                words.append(" ")
            case "br" | "cr":
                words.append("\n")
            case "sym":
                words.append(symbol(child))
            case "p":
                words.append(_words(child) + "\n")
            case "tbl" if any(head_of(row) for row in _grid(child)):
                pass
            case kind if kind not in GONE and not kind.endswith("Pr"):
                words.append(_words(child))
    return "".join(words)


def _outside(body: etree._Element) -> Iterator[str]:
    """Paragraphs that stand in no table."""
    for paragraph in body.iter("{*}p"):
        if not is_within(paragraph, "tbl", *GONE):
            yield _words(paragraph)


def _beside_form(body: etree._Element) -> Iterator[str]:
    """What was written on the leaf of the form at the end of a draft, beside its tables."""
    ours = next((table for table in body.iter("{*}tbl") if _is_ours(table)), None)
    while ours is not None:
        words = _words(ours) if local(ours) in ("p", "sdt") else ""
        yield from (line for line in words.split("\n") if not OURS.match(line.strip()))
        ours = ours.getnext()
