"""Remarks put on a proof in a PDF program: Acrobat, Foxit, WPS, Preview and their like.

ISO 32000-1, 12.5.6.2 (markup annotations): `IRT` with `RT` = Group makes two annotations one,
a replacement being a struck text and a caret; `IRT` alone is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pikepdf
from pikepdf import Name, String

from editorial.errors import EditorialError, is_folder
from editorial.values import dataclass

WORDS = frozenset({"Highlight", "StrikeOut", "Underline", "Squiggly"})
POINTS = frozenset({"Caret", "Text", "FreeText"})
DRAWN = frozenset(
    [
        "Ink",
        "Line",
        "Square",
        "Circle",
        "Polygon",
        "PolyLine",
        "Stamp",
        "Redact",
        "FileAttachment",
        "Sound",
    ]
)
HIDDEN = 2  # of the flags; answers that only tell a state are hidden, and are read
TURNED_DOWN = frozenset({"Rejected", "Cancelled"})
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
REVIEW = frozenset({"Accepted", "Rejected", "Cancelled", "Completed", "None"})
_SIGNED = re.compile(r",\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*$")  # LibreOffice adds the day
_TAG = re.compile(r"<[^>]*>")
MARKED = (b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")
_HAN_BYTES = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfMark:
    """One annotation. `boxes` are the words marked, left top right bottom in points from the
    left and top of the trimmed page; `point` is where a callout points, else the middle of
    `edges`, what it covers. `answers` were given to it; `refused` when its state says so."""

    sheet: int
    kind: str
    boxes: tuple[tuple[float, float, float, float], ...]
    point: tuple[float, float]
    text: str
    by: str
    day: str
    name: str
    edges: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    answers: tuple[str, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkGroup:
    """Annotations that say one thing together, the main one first."""

    marks: tuple[PdfMark, ...]

    def kinds(self) -> frozenset[str]:
        return frozenset(mark.kind for mark in self.marks)


@dataclass(frozen=True, slots=True)
class _Raw:
    number: tuple[int, int]
    mark: PdfMark
    reply_to: tuple[int, int] | None
    grouped: bool
    state: str
    stated: bool


def opened_pdf(path: Path) -> pikepdf.Pdf:
    """The file as it is, or EditorialError saying why it cannot be opened."""
    try:
        pdf = pikepdf.open(path)
    except FileNotFoundError:
        hint = "请检查文件名和所在目录"
        raise EditorialError("没有这个文件", where=str(path), hint=hint) from None
    except OSError as error:
        message = "是目录，不是文件" if is_folder(path) else "读不了这个文件"
        raise EditorialError(message, where=str(path), hint="请检查文件名和权限") from error
    except pikepdf.PasswordError as error:
        hint = "请先用密码打开，另存为不加密的 PDF"
        raise EditorialError("这份 PDF 加了密码，打不开", where=str(path), hint=hint) from error
    except pikepdf.PikepdfError as error:
        hint = "请用 PDF 阅读器打开看看"
        raise EditorialError("不是 PDF，或文件已损坏", where=str(path), hint=hint) from error
    if not len(pdf.pages):
        raise EditorialError("这份 PDF 一页也没有", where=str(path), hint="请向排版公司另要一份")
    return pdf


def count_sheets(path: Path) -> int:
    with opened_pdf(path) as pdf:
        return len(pdf.pages)


def read_pdf_marks(path: Path) -> tuple[MarkGroup, ...]:
    """Remarks page by page, from the top down. EditorialError for what is no sound PDF."""
    with opened_pdf(path) as pdf:
        return tuple(
            group
            for sheet, page in enumerate(pdf.pages, 1)
            for group in _grouped(list(_raw_marks(page, sheet)))
        )


def _raw_marks(page: pikepdf.Page, sheet: int) -> Iterator[_Raw]:
    left, top = float(page.trimbox[0]), float(page.trimbox[3])
    annotations = page.obj.get(Name.Annots)
    if not isinstance(annotations, pikepdf.Array):
        return
    for index, each in enumerate(annotations):
        if isinstance(each, pikepdf.Dictionary) and (mark := _mark(each, sheet, left, top)):
            target = each.get("/IRT")
            yield _Raw(
                number=each.objgen if each.is_indirect else (-index - 1, 0),
                mark=mark,
                reply_to=target.objgen if isinstance(target, pikepdf.Dictionary) else None,
                grouped=str(each.get("/RT", "")) == "/Group",
                state=_state(each),
                stated="/State" in each,
            )


def _state(source: pikepdf.Dictionary) -> str:
    """What a reader set it to in a review; a tick of Marked says nothing of it."""
    state = _words(source, "/State")
    return state if state in REVIEW else ""


def _mark(source: pikepdf.Dictionary, sheet: int, left: float, top: float) -> PdfMark | None:
    kind = str(source.get("/Subtype", "")).removeprefix("/")
    flags = source.get("/F", 0)
    hidden = isinstance(flags, int) and flags & HIDDEN and "/IRT" not in source
    if kind not in WORDS | POINTS | DRAWN or hidden:
        return None
    edges = _numbers(source.get("/Rect"))
    if len(edges) != 4:
        return None
    x0, x1 = sorted((edges[0] - left, edges[2] - left))
    y0, y1 = sorted((top - edges[1], top - edges[3]))
    boxes = tuple(_boxes(_numbers(source.get("/QuadPoints")), left, top))
    callout = _numbers(source.get("/CL"))
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    return PdfMark(
        sheet=sheet,
        kind=kind,
        boxes=boxes or (((x0, y0, x1, y1),) if kind in WORDS else ()),
        point=(callout[0] - left, top - callout[1]) if len(callout) >= 4 else middle,
        text=_contents(source),
        by=_SIGNED.sub("", _words(source, "/T")),
        day=_day(_words(source, "/M") or _words(source, "/CreationDate")),
        name=_words(source, "/NM"),
        edges=(x0, y0, x1, y1),
    )


def _boxes(
    numbers: tuple[float, ...], left: float, top: float
) -> Iterator[tuple[float, float, float, float]]:
    """Programs disagree on the order of the four corners; their extent is the same."""
    for start in range(0, len(numbers) - 7, 8):
        xs, ys = numbers[start : start + 8 : 2], numbers[start + 1 : start + 8 : 2]
        yield min(xs) - left, top - max(ys), max(xs) - left, top - min(ys)


def _numbers(value: object) -> tuple[float, ...]:
    if not isinstance(value, pikepdf.Array):
        return ()
    try:
        return tuple(float(each) for each in value)
    except (TypeError, ValueError):
        return ()


def _words(source: pikepdf.Dictionary, key: str) -> str:
    """A text string, or the stream a long one may be."""
    value = source.get(key)
    if isinstance(value, pikepdf.Stream):
        value = String(value.read_bytes())
    return _decoded(value).strip("\x00 \r\n\t") if isinstance(value, pikepdf.String) else ""


def _decoded(value: pikepdf.String) -> str:
    """As the standard has it, unless a program wrote bare UTF-8 or GBK, which show themselves."""
    data = bytes(value)
    if data.isascii() or data.startswith(MARKED):
        return str(value)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace") if _HAN_BYTES.fullmatch(data) else str(value)


def _contents(source: pikepdf.Dictionary) -> str:
    """Contents, or the rich text where a program wrote nothing else; lines of one break."""
    text = _words(source, "/Contents")
    if not text:
        text = unescape(_TAG.sub("", _words(source, "/RC").replace("</p>", "\n"))).strip()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _day(text: str) -> str:
    found = _DATE.match(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError:
        return ""


def _grouped(raws: list[_Raw]) -> Iterator[MarkGroup]:
    """Groups in the order their first stands on the page; answers go with what they answer."""
    known = {raw.number: raw for raw in raws}
    members: dict[tuple[int, int], list[_Raw]] = {}
    for raw in raws:
        root = _root(raw, known)
        members.setdefault(root.number, []).append(raw)
    groups = [_group(known[root], own) for root, own in members.items()]
    yield from sorted(groups, key=lambda group: _order(group.marks[0]))


def _root(raw: _Raw, known: dict[tuple[int, int], _Raw]) -> _Raw:
    """What it answers at last; a ring of answers, as damaged files have, ends where it began."""
    seen = {raw.number}
    while raw.reply_to in known and raw.reply_to not in seen:
        assert raw.reply_to is not None
        raw = known[raw.reply_to]
        seen.add(raw.number)
    return min((known[n] for n in seen), key=lambda r: r.number) if raw.reply_to in seen else raw


def _group(root: _Raw, own: list[_Raw]) -> MarkGroup:
    parts = [raw for raw in own if raw is root or raw.grouped]
    answers = [raw for raw in own if raw not in parts]
    states = [raw.state for raw in own if raw.state]
    told = tuple(raw.mark.text for raw in answers if raw.mark.text and not raw.stated)
    main = replace(root.mark, answers=told, refused=bool(states) and states[-1] in TURNED_DOWN)
    return MarkGroup(marks=(main, *(raw.mark for raw in parts if raw is not root)))


def _order(mark: PdfMark) -> tuple[float, float]:
    box = mark.boxes[0] if mark.boxes else (*mark.point, 0.0, 0.0)
    return box[1], box[0]
