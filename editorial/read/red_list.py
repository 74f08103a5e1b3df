"""改动单: a list of corrections, .csv or .xlsx, with one named column for each thing told."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from pathlib import Path

from editorial.errors import BadData, EditorialError, Problem, unreadable
from editorial.model.red_marks import RedMark
from editorial.read.rows import read_rows

COLUMNS = {
    "id": ("编号", "序号"),
    "page": ("页", "页码"),
    "before": ("前文", "上文"),
    "old": ("原文", "原字"),
    "new": ("改为", "改字"),
    "after": ("后文", "下文"),
}


def read_red_list(path: Path) -> tuple[RedMark, ...]:
    """The corrections of `path` in order. UTF-8 (with or without a mark), GB18030 or UTF-16;
    fields parted by commas, semicolons or tabs, as spreadsheets of other countries do.

    EditorialError for a file that cannot be read or lacks a column; BadData names the lines of
    corrections that tell neither what to change nor into what, or no number.
    """
    try:
        rows = read_rows(_with_commas(path.read_bytes()), str(path))
    except OSError as error:
        raise unreadable(error, path) from error
    head = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if head is None:
        raise EditorialError("改动单是空的", where=str(path), hint=_hint())
    columns = _columns(rows[head], path)
    marks, problems = [], []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        if not any(cell.strip() for cell in row):
            continue
        told = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        told["page"] = unicodedata.normalize("NFKC", told["page"]).strip()
        mark = RedMark(**{**told, "id": told["id"].strip()}, line=number)
        if not mark.id:
            problems.append(Problem(file=str(path), line=number, key="id", message="没有编号"))
        if not mark.old and not mark.new:
            message = "old 和 new 都空着，不知道改什么"
            problems.append(Problem(file=str(path), line=number, message=message))
        marks.append(mark)
    if problems:
        raise BadData(tuple(problems), hint="改正这些行再核")
    return tuple(marks)


def _with_commas(data: bytes) -> bytes:
    """A list parted by other marks, told by its first line, with commas instead."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        data = data.decode("utf-16", errors="replace").encode()
    first = data.split(b"\n", 1)[0]
    mark = next((each for each in (";", "\t") if each.encode() in first), "")
    if b"," in first or not mark or data[:4] == b"PK\x03\x04":
        return data
    text = io.StringIO(data.decode("latin-1"), newline="")  # bytes of no encoding are these marks
    out = io.StringIO(newline="")
    csv.writer(out).writerows(csv.reader(text, delimiter=mark))
    return out.getvalue().encode("latin-1")


def _columns(row: tuple[str, ...], path: Path) -> dict[str, int]:
    names = [cell.strip().lower() for cell in row]
    found = {
        name: next((at for at, cell in enumerate(names) if cell in (name, *others)), -1)
        for name, others in COLUMNS.items()
    }
    missing = [name for name, at in found.items() if at < 0]
    if missing:
        words = "、".join(missing)
        raise EditorialError(f"改动单缺这几列：{words}", where=str(path), hint=_hint())
    return found


def _hint() -> str:
    return f"第一行写列名：{','.join(COLUMNS)}"
