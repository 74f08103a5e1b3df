"""A returned .docx: when it was saved, what it says, which boxes are ticked, what was filled in.

Answers stand in content controls tagged `reply:N`, in hidden bookmarks `_reply_N` round them
(LibreOffice drops the tags and keeps the bookmarks), or in the column 单位回复 of a table whose
rows are numbered: a row that holds a control or bookmark is that item, whatever number is typed
in it. Boxes may be controls, symbols or plain signs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from lxml import etree

from editorial.errors import EditorialError
from editorial.model.origin import Origin
from editorial.model.reply_form import ReplyForm, read_ticks
from editorial.model.returns import ItemReply
from editorial.read.docx_marks import read_marks
from editorial.values import dataclass

MOST = 64 * 2**20  # bytes of one part unpacked
GONE = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
# Ticks as Word and WPS draw them with symbol fonts.
SYMBOLS = {
    ("wingdings", "fe"): "☑",
    ("wingdings", "fd"): "☒",
    ("wingdings", "fc"): "✓",
    ("wingdings", "fb"): "☒",
    ("wingdings", "a8"): "□",
    ("wingdings 2", "52"): "☑",
    ("wingdings 2", "53"): "☒",
    ("wingdings 2", "50"): "✓",
    ("wingdings 2", "a3"): "□",
}
REPLY_COLUMN, NUMBER_COLUMN = "单位回复", "序号"
REPLY_HEADS = frozenset({"单位意见", "单位答复", "回复意见", "答复意见"})
# Tables of a manuscript may have these: ours has heads of ITEM_HEADS beside.
PLAIN_HEADS = frozenset({"答复", "回复"})
ITEM_HEADS = frozenset({"篇目/章节", "篇目", "章节", "原文摘要", "需修改或补充内容", "需修改内容"})
DIGITS = 4
REMARKED = "有批注{}条，程序没有读，请看原件"
_TAG = re.compile(r"reply:(\d{1,4})")
_BOOKMARK = re.compile(r"_reply_(\d{1,4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPaper:
    """`written` is when it was last saved, by its own properties; `text` all it says;
    `pictures` how many stand in cells of its tables."""

    origin: Origin | None
    written: datetime | None
    text: str
    form: ReplyForm
    pictures: int = 0


def read_returned(data: bytes, today: date) -> ReturnedPaper | None:
    """None for what is no readable .docx: it is kept, only not looked into."""
    try:
        origin = read_marks(data).origin
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _tree(archive, "word/document.xml")
            written = _written(archive)
            comments = _comments(archive)
    except EditorialError:
        return None
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, ValueError):
        return None
    text = "\n".join(_lines(body))
    form, answers = read_ticks(text, today), _answers(body)
    form = replace(form, items=answers.items, asked=answers.asked, extra=answers.extra)
    if answers.asked and comments:
        form = replace(form, remarks=(*form.remarks, REMARKED.format(comments)))
    pictures = sum(1 for node in body.iter("{*}drawing", "{*}pict") if _in_cell(node))
    return ReturnedPaper(origin=origin, written=written, text=text, form=form, pictures=pictures)


def _tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    if archive.getinfo(name).file_size > MOST:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(name), parser)


def _written(archive: zipfile.ZipFile) -> datetime | None:
    if "docProps/core.xml" not in archive.namelist():
        return None
    for each in _tree(archive, "docProps/core.xml"):
        if _local(each) == "modified" and each.text:
            try:
                at = datetime.fromisoformat(each.text.strip())
            except ValueError:
                return None
            return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None


def _comments(archive: zipfile.ZipFile) -> int:
    """How many remarks were written in the margin."""
    if "word/comments.xml" not in archive.namelist():
        return 0
    return len(_tree(archive, "word/comments.xml"))


def _local(node: etree._Element) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(node: etree._Element, name: str) -> str:
    return next((str(v) for k, v in node.attrib.items() if str(k).endswith("}" + name)), "")


def _in_cell(node: etree._Element) -> bool:
    """In a table; what stands there a second time for older programs is not counted."""
    around = {_local(each) for each in node.iterancestors("{*}tc", "{*}Fallback")}
    return around == {"tc"}


def _lines(node: etree._Element) -> Iterator[str]:
    """Text of every paragraph, text boxes and cells included, what is repeated for older
    programs left out."""
    for each in node.iter():
        if _local(each) == "p" and next(each.iterancestors("{*}Fallback"), None) is None:
            yield "".join(_words(each))


def _words(node: etree._Element) -> Iterator[str]:
    for child in node.iterchildren():
        match _local(child):
            case "t":
                yield child.text or ""
            case "tab" | "br" | "cr":
                yield " "
            case "sym":
                char = _value(child, "char")[-2:].casefold()
                yield SYMBOLS.get((_value(child, "font").casefold(), char), "")
            case "p":
                pass  # a paragraph of its own, in a text box
            case kind if kind not in GONE and not kind.endswith("Pr"):
                yield from _words(child)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    column: int
    across: int
    node: etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    items: tuple[ItemReply, ...]
    asked: int
    extra: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """`marked` is the item whose control or bookmark it holds, `typed` the number in its cell;
    0 none."""

    marked: int
    typed: int
    text: str


def _answers(body: etree._Element) -> _Answers:
    """Answers by number, how many numbers there were, and how many rows were added."""
    found: dict[int, str] = {}
    for number, text in (*_in_controls(body), *_in_bookmarks(body)):
        found[number] = found.get(number) or text
    extra = 0
    for table in (node for node in body.iter() if _local(node) == "tbl"):
        rows = tuple(_in_table(table))
        marked = {row.marked for row in rows} - {0}
        for row in rows:
            if row.marked or row.typed not in marked:
                number = row.marked or row.typed
                found[number] = found.get(number) or row.text
            elif row.text:
                extra += 1
    items = tuple(ItemReply(number=n, text=t) for n, t in sorted(found.items()) if t)
    return _Answers(items=items, asked=len(found), extra=extra)


def _in_controls(body: etree._Element) -> Iterator[tuple[int, str]]:
    for control in (node for node in body.iter() if _local(node) == "sdt"):
        parts = {_local(child): child for child in control}
        told = {_local(child): child for child in parts.get("sdtPr", ())}
        tag = _TAG.fullmatch(_value(told["tag"], "val")) if "tag" in told else None
        if tag and "sdtContent" in parts:
            yield int(tag[1]), "" if "showingPlcHdr" in told else _whole(parts["sdtContent"])


def _in_bookmarks(body: etree._Element) -> Iterator[tuple[int, str]]:
    open_: dict[str, int] = {}
    words: dict[int, list[str]] = {}
    for node in body.iter():
        kind, mark = _local(node), _value(node, "id")
        name = _BOOKMARK.fullmatch(_value(node, "name")) if kind == "bookmarkStart" else None
        if name:
            open_[mark] = int(name[1])
            words.setdefault(int(name[1]), [])
        elif kind == "bookmarkEnd":
            open_.pop(mark, None)
        elif open_ and kind in ("t", "p"):
            for number in open_.values():
                words[number].append("\n" if kind == "p" else node.text or "")
    return ((number, "".join(each).strip()) for number, each in words.items())


def _whole(node: etree._Element) -> str:
    """All its paragraphs, or its words when it stands within one."""
    lines = [line.strip() for line in _lines(node)] or ["".join(_words(node)).strip()]
    return "\n".join(line for line in lines if line)


def _in_table(table: etree._Element) -> Iterator[_Row]:
    """Its rows below the head, an answer that was merged downwards with each row it stands for."""
    rows = [_laid(row) for row in _rows(table)]
    heads = ((at, columns) for at, row in enumerate(rows) if (columns := _columns(row)))
    head, (number, reply) = next(heads, (len(rows), (0, 0)))
    seen: set[int] = set()
    above = ""
    for row in rows[head + 1 :]:
        first, answer = _at(row, number), _at(row, reply)
        if first is None or answer is None:
            continue
        above = above if _goes_on(answer) else _whole(answer)
        typed = re.sub(r"[\s.．、]", "", _whole(first))
        marked = mark if (mark := _mark_in(row)) not in seen else 0  # a row copied keeps its tag
        seen.add(mark)
        counted = int(typed) if typed.isdecimal() and len(typed) <= DIGITS else 0
        if marked or counted:
            yield _Row(marked=marked, typed=counted, text=above)


def _columns(row: list[_Cell]) -> tuple[int, int] | None:
    """Where the number and the answer stand, in a row that heads them."""
    names = {re.sub(r"\s", "", _whole(cell.node)): cell.column for cell in row}
    if REPLY_COLUMN in names:
        return names.get(NUMBER_COLUMN, 0), names[REPLY_COLUMN]
    heads = REPLY_HEADS | PLAIN_HEADS if names.keys() & ITEM_HEADS else REPLY_HEADS
    other = next((names[name] for name in names if name in heads), None)
    return (names[NUMBER_COLUMN], other) if NUMBER_COLUMN in names and other is not None else None


def _laid(row: etree._Element) -> list[_Cell]:
    """Its cells by the column of the grid they begin in."""
    column = _number_at(row, "{*}trPr/{*}gridBefore", 0)
    laid = []
    for cell in _cells(row):
        across = _number_at(cell, "{*}tcPr/{*}gridSpan", 1)
        laid.append(_Cell(column=column, across=across, node=cell))
        column += across
    return laid


def _number_at(node: etree._Element, path: str, usual: int) -> int:
    found = node.find(path)
    value = _value(found, "val") if found is not None else ""
    return int(value) if value.isdecimal() else usual


def _at(row: list[_Cell], column: int) -> etree._Element | None:
    covering = (cell.node for cell in row if 0 <= column - cell.column < cell.across)
    return next(covering, None)


def _goes_on(cell: etree._Element) -> bool:
    """Whether it is merged with the cell above."""
    merged = cell.find("{*}tcPr/{*}vMerge")
    return merged is not None and _value(merged, "val") != "restart"


def _mark_in(row: list[_Cell]) -> int:
    for node in (each for cell in row for each in cell.node.iter("{*}tag", "{*}bookmarkStart")):
        tag = _local(node) == "tag"
        found = (_TAG if tag else _BOOKMARK).fullmatch(_value(node, "val" if tag else "name"))
        if found:
            return int(found[1])
    return 0


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (node for node in _unwrapped(table) if _local(node) == "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (node for node in _unwrapped(row) if _local(node) == "tc")


def _unwrapped(node: etree._Element) -> Iterator[etree._Element]:
    """Children, those inside a content control or a tracked insertion included."""
    for child in node.iterchildren():
        if _local(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _unwrapped(child)
        else:
            yield child
