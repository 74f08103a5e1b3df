"""Marks of Markdown and HTML, which are no marks here and would be printed; and of ours, what is
mistyped so that it is none."""

from __future__ import annotations

import re
from itertools import groupby

from editorial.model.marks import COMMENT
from editorial.read.reading import Reading

_LISTS = re.compile("\n[ \t\u3000]*[-+*] ")
LISTED = re.compile(r"[-+*] (?=\S)")
TAG = re.compile(
    r"<(?<!\\<)/?(?i:a|b|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|span|strong|sub|sup|table|td"
    r"|th|tr|u|ul)(?:\s[^<>]*)?/?>"
)
PICTURE = re.compile(r"!(?<!\\!)\[[^\]]*\]\([^)]*\)")
TURNED = re.compile(r"(?<!\\)(?:\\\\)*\\\r?$", re.MULTILINE)
UNPARTED = re.compile(r"^>(?=[㐀-鿿豈-﫿〇“‘《【])", re.MULTILINE)
_LIST = "删去行首的记号，一行就是一段；要编号的写“（1）”“①”"
_SINGLE = (
    ("<", "M21", TAG, "HTML 标记", "删去；上标写 10^8^，下标写 CO~2~，强调写 *强调*，一行就是一段"),
    ("![", "M22", PICTURE, "Markdown 的图", "写成 :::figure{…}，见“写正文”的“图”"),
    (
        ">",
        "M24",
        UNPARTED,
        "行首的",
        "是引文、诗文的，“>”后面空一格；就要这个符号的，写“＞”或“\\>”",
    ),
    ("\\", "M23", TURNED, "行末的反斜杠", "删去；一行就是一段，诗文各行前面写“> ”"),
)


def check_markdown(text: str, reading: Reading) -> None:
    """Lists, and the first of every other kind of mark."""
    if _LISTS.search(text):
        _check_lists(reading)
    for sign, code, mark, what, hint in _SINGLE:
        if sign in text and mark.search(text):
            _check_mark(reading, code, mark, what, hint)


def _check_lists(reading: Reading) -> None:
    written = (line for line in reading.lines if line.text)
    for listed, group in groupby(written, key=lambda line: bool(LISTED.match(line.text))):
        lines = [*group]
        if listed and len(lines) > 1:
            told = f"像是 Markdown 的列表（{len(lines)}行），行首的记号会印出来"
            reading.complain("M20", told, lines[0], _LIST)


def _check_mark(reading: Reading, code: str, mark: re.Pattern[str], what: str, hint: str) -> None:
    found = [
        (line, match[0])
        for line in reading.lines
        if not line.text.startswith(COMMENT) and (match := mark.search(line.text))
    ]
    if found:
        line, said = found[0]
        more = f"（共{len(found)}行）" if len(found) > 1 else ""
        reading.complain(code, f"{what}“{said[:20]}”会照样印出来{more}", line, hint)
