"""A returned .docx: when it was saved, what it says, which boxes are ticked, what was filled in.

Answers stand in content controls tagged `reply:N`, in hidden bookmarks `_reply_N` round them
(LibreOffice drops the tags and keeps the bookmarks), or in the column 单位回复 of a table whose
rows are numbered: a row that holds a control or bookmark is that item, whatever number is typed
in it. Boxes may be controls, symbols or plain signs.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from lxml import etree

from editorial.errors import EditorialError
from editorial.model.item_answers import gathered
from editorial.model.origin import Origin
from editorial.model.reply_form import ReplyForm, read_ticks
from editorial.model.returns import ItemReply
from editorial.read.docx_marks import read_marks
from editorial.read.word_xml import (
    BODY,
    CORE,
    REMARKS,
    TAKEN_OUT,
    TWICE,
    LaidCell,
    goes_on,
    is_within,
    laid_cells,
    local,
    nodes_of,
    pieces,
    rows_of,
    symbol,
    tree_of,
    value,
    word_file,
)
from editorial.values import dataclass

MOST = 64 * 2**20  # bytes of one part unpacked
GONE = frozenset({*TAKEN_OUT, TWICE, "p"})  # a paragraph within one is one of its own
WORDS = frozenset({"t", "tab", "br", "cr", "sym"})
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
        with word_file(data) as archive:
            body = tree_of(archive, BODY, MOST)
            written = _written(archive)
            comments = _comments(archive)
    except EditorialError:
        return None
    text = "\n".join(_lines(body))
    form, answers = read_ticks(text, today), _answers(body)
    form = replace(form, items=answers.items, asked=answers.asked, extra=answers.extra)
    if answers.asked and comments:
        form = replace(form, remarks=(*form.remarks, REMARKED.format(comments)))
    pictures = sum(1 for node in body.iter("{*}drawing", "{*}pict") if _in_cell(node))
    return ReturnedPaper(origin=origin, written=written, text=text, form=form, pictures=pictures)


def _written(archive: zipfile.ZipFile) -> datetime | None:
    for each in nodes_of(archive, CORE):
        if local(each) == "modified" and each.text:
            try:
                at = datetime.fromisoformat(each.text.strip())
            except ValueError:
                return None
            return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None


def _comments(archive: zipfile.ZipFile) -> int:
    """How many remarks were written in the margin."""
    return len(nodes_of(archive, REMARKS))


def _in_cell(node: etree._Element) -> bool:
    """In a table; what stands there a second time for older programs is not counted."""
    return is_within(node, "tc") and not is_within(node, TWICE)


def _lines(node: etree._Element) -> Iterator[str]:
    """Text of every paragraph, text boxes and cells included, what is repeated for older
    programs left out."""
    for each in node.iter("{*}p"):
        if not is_within(each, TWICE):
            yield _words(each)


def _words(node: etree._Element) -> str:
    return "".join(_said(kind, piece) for kind, piece in pieces(node, WORDS, GONE))


def _said(kind: str, piece: etree._Element) -> str:
    if kind == "sym":
        return symbol(piece)
    return (piece.text or "") if kind == "t" else " "


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
    """Answers by number, how many numbers there were, and how many rows were added. Lists that
    answer one item differently are both kept."""
    found: dict[int, str] = {}
    for number, text in (*_in_controls(body), *_in_bookmarks(body)):
        found[number] = found.get(number) or text
    extra = 0
    typed: list[ItemReply] = []
    for table in body.iter("{*}tbl"):
        rows = tuple(_in_table(table))
        marked = {row.marked for row in rows} - {0}
        for row in rows:
            if row.marked:
                found[row.marked] = found.get(row.marked) or row.text
            elif row.typed not in marked:
                typed.append(ItemReply(number=row.typed, text=row.text))
            elif row.text:
                extra += 1
    ours = (ItemReply(number=number, text=text) for number, text in found.items())
    items = tuple(each for each in gathered((*ours, *typed)) if each.text)
    asked = found.keys() | {each.number for each in typed}
    return _Answers(items=items, asked=len(asked), extra=extra)


def _in_controls(body: etree._Element) -> Iterator[tuple[int, str]]:
    for control in body.iter("{*}sdt"):
        parts = {local(child): child for child in control}
        told = {local(child): child for child in parts.get("sdtPr", ())}
        tag = _TAG.fullmatch(value(told["tag"], "val")) if "tag" in told else None
        if tag and "sdtContent" in parts:
            yield int(tag[1]), "" if "showingPlcHdr" in told else _whole(parts["sdtContent"])


def _in_bookmarks(body: etree._Element) -> Iterator[tuple[int, str]]:
    open_: dict[str, int] = {}
    words: dict[int, list[str]] = {}
    for node in body.iter():
        kind, mark = local(node), value(node, "id")
        name = _BOOKMARK.fullmatch(value(node, "name")) if kind == "bookmarkStart" else None
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
    lines = [line.strip() for line in _lines(node)] or [_words(node).strip()]
    return "\n".join(line for line in lines if line)


def _in_table(table: etree._Element) -> Iterator[_Row]:
    """Its rows below the head, an answer that was merged downwards with each row it stands for."""
    rows = [list(laid_cells(row)) for row in rows_of(table)]
    heads = ((at, columns) for at, row in enumerate(rows) if (columns := _columns(row)))
    head, (number, reply) = next(heads, (len(rows), (0, 0)))
    seen: set[int] = set()
    above = ""
    for row in rows[head + 1 :]:
        first, answer = _at(row, number), _at(row, reply)
        if first is None or answer is None:
            continue
        above = above if goes_on(answer) else _whole(answer)
        typed = re.sub(r"[\s.．、]", "", _whole(first))
        marked = mark if (mark := _mark_in(row)) not in seen else 0  # a row copied keeps its tag
        seen.add(mark)
        counted = int(typed) if typed.isdecimal() and len(typed) <= DIGITS else 0
        if marked or counted:
            yield _Row(marked=marked, typed=counted, text=above)


def _columns(row: list[LaidCell]) -> tuple[int, int] | None:
    """Where the number and the answer stand, in a row that heads them."""
    names = {re.sub(r"\s", "", _whole(cell.node)): cell.column for cell in row}
    if REPLY_COLUMN in names:
        return names.get(NUMBER_COLUMN, 0), names[REPLY_COLUMN]
    heads = REPLY_HEADS | PLAIN_HEADS if names.keys() & ITEM_HEADS else REPLY_HEADS
    other = next((names[name] for name in names if name in heads), None)
    return (names[NUMBER_COLUMN], other) if NUMBER_COLUMN in names and other is not None else None


def _at(row: list[LaidCell], column: int) -> etree._Element | None:
    covering = (cell.node for cell in row if 0 <= column - cell.column < cell.across)
    return next(covering, None)


def _mark_in(row: list[LaidCell]) -> int:
    for node in (each for cell in row for each in cell.node.iter("{*}tag", "{*}bookmarkStart")):
        tag = local(node) == "tag"
        found = (_TAG if tag else _BOOKMARK).fullmatch(value(node, "val" if tag else "name"))
        if found:
            return int(found[1])
    return 0
