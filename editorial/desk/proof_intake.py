"""Corrections as they come in: a table, a marked PDF, a Word file → entries to be placed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from editorial.desk.proof_page import PageText, found_at, plain
from editorial.errors import BadData, EditorialError, Problem, unreadable
from editorial.model.proof_signs import Sign, find_sign, sign_for
from editorial.model.proof_typing import (
    Entry,
    cause_named,
    inserted_words,
    remark_change,
    typed_entries,
)
from editorial.model.proofs import Correction, typed_page
from editorial.read.proof_marks import DRAWN, MarkGroup, PdfMark, read_pdf_marks
from editorial.read.proof_word import WordMark, read_word_marks
from editorial.read.rows import read_rows
from editorial.read.words import decoded
from editorial.values import dataclass

HEADS = {
    "page": ("folio", "page", "页", "页码"),
    "line": ("line", "行", "行号", "行次"),
    "mark": ("mark", "符号", "校对符号", "sign"),
    "before": ("before", "前文"),
    "old": ("old", "原文", "误", "原字", "错"),
    "new": ("new", "改为", "正", "改成", "应为"),
    "after": ("after", "后文"),
    "cause": ("cause", "起因", "原因"),
    "fault": ("fault", "差错类别", "类别", "class"),
    "by": ("by", "校对人", "校对", "提出人"),
    "section": ("section", "分目", "篇目"),
    "note": ("note", "说明", "备注"),
}
HEAD_ROWS = 10  # rows among which the head is looked for
PLACE_ROOM = 40  # characters about a mark within which the words it names are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Entries, and in words what could not be read as one."""

    entries: tuple[Entry, ...]
    told: tuple[str, ...] = ()


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error


def taken_from(path: Path, pages: tuple[PageText, ...]) -> Taken:
    """By the kind of file: .pdf with remarks, .docx, .csv and .xlsx tables, .txt as typed."""
    match path.suffix.lower():
        case ".pdf":
            return marked_pdf(path, pages)
        case ".docx":
            return from_word(read_bytes(path), path.name)
        case ".csv" | ".xlsx":
            return Taken(entries=table_entries(read_bytes(path), path.name))
        case ".txt" | "":
            text = decoded(read_bytes(path))
            return Taken(entries=_from(typed_entries(text, path.name), path.name))
        case kind:
            hint = "可读：带批注的 .pdf、.docx，表格 .csv、.xlsx，逐行录入的 .txt"
            raise EditorialError(f"不认识“{kind}”文件", where=str(path), hint=hint)


def _from(entries: tuple[Entry, ...], name: str) -> tuple[Entry, ...]:
    return tuple(
        replace(each, correction=replace(each.correction, origin=f"{name} {each.where}"))
        for each in entries
    )


def table_entries(data: bytes, name: str) -> tuple[Entry, ...]:
    """Rows under a head that may name its columns in any order. BadData tells faults by row."""
    rows = read_rows(data, name)
    head, columns = _head(rows, name)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        cells = {k: row[at].strip() if at < len(row) else "" for k, at in columns.items()}
        if not any(cells.get(key) for key in ("old", "new", "mark", "note")):
            continue
        made = _row(cells, f"第{number}行", name)
        if isinstance(made, str):
            problems.append(Problem(file=name, line=number, message=made))
        else:
            entries.append(made)
    if problems:
        raise BadData(tuple(problems), hint="改好表格再录")
    return tuple(entries)


def _head(rows: tuple[tuple[str, ...], ...], name: str) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows[:HEAD_ROWS]):
        cells = [cell.strip().casefold() for cell in row]
        found = {
            key: next(cells.index(word) for word in words if word in cells)
            for key, words in HEADS.items()
            if set(words) & set(cells)
        }
        if "page" in found and {"old", "new"} <= set(found):
            return number, found
    hint = "表头要有 page、old、new（或 页、原文、改为）；可加 line、before、after、mark"
    raise EditorialError("表里找不到表头", where=name, hint=hint)


def _row(cells: dict[str, str], where: str, name: str) -> Entry | str:
    page, line = typed_page(cells.get("page", "")), cells.get("line", "")
    if page is None:
        return f"页码“{cells['page']}”不是数" if cells.get("page") else "没有写页码"
    number, in_file = page
    if line and not line.isdecimal():
        return f"行号“{line}”不是数"
    old, new = cells.get("old", ""), cells.get("new", "")
    sign = find_sign(cells["mark"]) if cells.get("mark") else sign_for(old, new)
    if sign is None:
        return f"没有“{cells['mark']}”这个校对符号"
    if sign is Sign.INSERT and not (old or new):
        return "没有写改什么"
    cause = cause_named(cells["cause"]) if cells.get("cause") else Correction(page=1).cause
    if cause is None:
        return f"没有“{cells['cause']}”这个起因（排版差错、原稿差错、改动）"
    correction = Correction(
        page=0 if in_file else number,
        line=int(line or 0),
        mark=sign,
        old=old,
        new=new,
        cause=cause,
        origin=f"{name} {where}",
        before=cells.get("before", ""),
        after=cells.get("after", ""),
        fault=cells.get("fault", ""),
        by=cells.get("by", ""),
        section=cells.get("section", ""),
        note=cells.get("note", ""),
    )
    return Entry(correction=correction, where=where, sheet=number if in_file else 0)


def from_word(data: bytes, name: str) -> Taken:
    """Tracked changes and remarks; their page is found by their words."""
    marks = read_word_marks(data)
    if not marks:
        hint = "用审阅里的“修订”或“批注”标出，再录"
        raise EditorialError("这份 Word 文件里没有修订，也没有批注", where=name, hint=hint)
    return Taken(entries=tuple(_word_entry(mark, name) for mark in marks))


def _word_entry(mark: WordMark, name: str) -> Entry:
    where = f"第{mark.number}处"
    bare = Correction(
        page=0, before=mark.before, after=mark.after, by=mark.by, origin=f"{name} {where}"
    )
    if mark.remark:
        made = remark_change(mark.remark, mark.old, bare, bare_words=False)
    else:
        sign = sign_for(mark.old, mark.new)
        made = replace(bare, old=mark.old, new=mark.new, mark=sign)
    return Entry(correction=made, where=where)


def marked_pdf(path: Path, pages: tuple[PageText, ...]) -> Taken:
    """Remarks of a PDF program on this very proof."""
    groups = read_pdf_marks(path)
    if not groups:
        hint = "请用阅读器的高亮、删除线、插入符或附注标出，存盘后再录"
        raise EditorialError("这份 PDF 里没有批注", where=str(path), hint=hint)
    entries: list[Entry] = []
    told: list[str] = []
    for number, group in enumerate(groups, 1):
        first = group.marks[0]
        page = pages[first.sheet - 1] if first.sheet <= len(pages) else None
        made = _read(_turned(group, page), page) if page else "不在这份校样上"
        where = f"PDF第{first.sheet}面批注{number}"
        if isinstance(made, str):
            told.append(f"{where}{made}")
        else:
            origin = f"{path.name} {first.name or where}"
            named = replace(made.correction, by=first.by, origin=origin, note=_note(made, first))
            entries.append(replace(made, where=where, correction=named))
    return Taken(entries=tuple(entries), told=tuple(told))


def _turned(group: MarkGroup, page: PageText) -> MarkGroup:
    """Its places on the page turned back, as those of the words are."""
    if not page.turn:
        return group

    def back(x: float, y: float) -> tuple[float, float]:
        match page.turn:
            case 1:
                return page.width - y, x
            case 2:
                return page.width - x, page.height - y
            case _:
                return y, page.height - x

    def box(edges: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        (x0, y0), (x1, y1) = back(*edges[:2]), back(*edges[2:])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    marks = (
        replace(
            mark,
            boxes=tuple(map(box, mark.boxes)),
            point=back(*mark.point),
            edges=box(mark.edges),
        )
        for mark in group.marks
    )
    return MarkGroup(marks=tuple(marks))


def _note(entry: Entry, first: PdfMark) -> str:
    answers = "；".join(f"答：{each}" for each in first.answers)
    return "；".join(each for each in (entry.correction.note, answers) if each)


def _read(group: MarkGroup, page: PageText) -> Entry | str:
    """The entry, or why there is none."""
    first = group.marks[0]
    if first.refused:
        return "已标为不改，没有录"
    if group.kinds() <= DRAWN:
        how = "是附上的文件" if first.kind == "FileAttachment" else "是手画的，程序读不出"
        return f"{how}{_said(first)}，请看图录入"
    text = next((mark.text for mark in group.marks if mark.text), "")
    start, stop = _words(group, page)
    if stop > start:
        return _on_words(group, page, start, stop, text)
    if first.kind == "Caret":
        return _at_caret(first, page, text)
    if any(mark.boxes for mark in group.marks):
        return f"下面没有文字{_said(first)}，请看图录入"
    return _beside(first, page, text)


def _said(mark: PdfMark) -> str:
    return f"（“{mark.text}”）" if mark.text else ""


def _words(group: MarkGroup, page: PageText) -> tuple[int, int]:
    spans = [page.under(*box) for mark in group.marks for box in mark.boxes]
    spans = [span for span in spans if span[1] > span[0]]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else (0, 0)


def _on_words(group: MarkGroup, page: PageText, start: int, stop: int, text: str) -> Entry | str:
    old, kinds = page.text[start:stop], group.kinds()
    if plain(text) == plain(old):  # programs may copy the words marked into the remark
        text = ""
    bare = Correction(page=0)
    if "StrikeOut" in kinds and not text:
        made = replace(bare, old=old, mark=Sign.DELETE)
    elif {"StrikeOut", "Caret"} <= kinds:
        made = replace(bare, old=old, new=text, mark=Sign.CORRECT)
    elif not text:
        return f"只标出“{old}”，没有写意见"
    else:
        made = remark_change(text, old, bare, bare_words=True)
    return _entry(made, page, start, stop)


def _entry(made: Correction, page: PageText, start: int, stop: int) -> Entry:
    """On the words the remark stands at, or on those of them that it names."""
    if not made.old:
        return Entry(correction=made, where="", sheet=page.sheet, start=stop, stop=stop)
    if plain(made.old) != plain(page.text[start:stop]):
        low, high = max(0, start - PLACE_ROOM), stop + PLACE_ROOM
        inside = plain(page.text[start:stop]).find(plain(made.old))
        near = plain(page.text[low:high]).find(plain(made.old))
        if inside < 0 and near < 0:
            return Entry(correction=made, where="", sheet=page.sheet)
        start = start + inside if inside >= 0 else low + near
        stop = start + len(plain(made.old))
    return Entry(correction=made, where="", sheet=page.sheet, start=start, stop=stop)


def _at_caret(mark: PdfMark, page: PageText, text: str) -> Entry | str:
    left, top, right, _ = mark.edges  # its point stands in the line, its feet below
    gap = page.gap_at((left + right) / 2, top)
    if not text:
        return "是插入符，没有写插入什么"
    if gap is None:
        return f"不在任何一行文字上{_said(mark)}，请看图录入"
    made = Correction(page=0, mark=Sign.INSERT, new=inserted_words(text))
    return Entry(correction=made, where="", sheet=page.sheet, start=gap, stop=gap)


def _beside(mark: PdfMark, page: PageText, text: str) -> Entry | str:
    """A note or a text box: it names the words itself, or is for people to read."""
    if not text:
        return "是空的"
    made = remark_change(text, "", Correction(page=0), bare_words=False)
    gap = page.gap_at(*mark.point)
    if made.old:
        found = _nearest(page, plain(made.old), gap)
        if found is not None:
            stop = found + len(plain(made.old))
            return Entry(correction=made, where="", sheet=page.sheet, start=found, stop=stop)
    if made.mark is Sign.INSERT and gap is not None and not _for_words(text):
        return Entry(correction=made, where="", sheet=page.sheet, start=gap, stop=gap)
    told = replace(made, mark=Sign.EXPLAIN, old="", new="", before="", note=text)
    return Entry(correction=told, where="", sheet=page.sheet)


def _for_words(text: str) -> bool:
    """改为甲, beside the text: of which words it does not say."""
    return remark_change(text, "字", Correction(page=0), bare_words=False).mark is Sign.CORRECT


def _nearest(page: PageText, words: str, gap: int | None) -> int | None:
    places = list(found_at(plain(page.text), words))
    return min(places, key=lambda place: abs(place - (gap or 0)), default=None)
