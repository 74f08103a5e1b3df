"""评议意见表: one leaf at the end of a draft, filled in by hand and sent back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from editorial.model.book import Imprint
from editorial.model.style import TextRole, role_of
from editorial.render.opinion import (
    ASPECTS,
    COLUMNS,
    DATED,
    FIELD_SHARES,
    FIELDS,
    LABEL,
    SCOPE,
    SIGNER,
    VERDICTS,
    name_of,
    notes_of,
    scope_of,
    title_of,
)
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.cover import label_of
from editorial.render.pdf.inline import Setting, plain_passage
from editorial.render.pdf.items import Anchor, Rules, Stroke, Text
from editorial.render.pdf.pages import Flow, Frame, Page, left_edge, turn
from editorial.render.pdf.tags import Tags
from editorial.render.titles import width_of
from editorial.values import dataclass

OPINION_FORM = "opinion-form"
SIDE, TOP, BOTTOM = 20 * MM, 20 * MM, 18 * MM
WIDEST_SIDE = 0.1
TITLE_ROW, NAME_ROW, FIELD_ROW, HEAD_ROW = 11 * MM, 10.5 * MM, 10 * MM, 9 * MM
OVERALL_ROW, NOTE_ROW, SIGNED_ROW = 36 * MM, 5.2 * MM, 16 * MM
OPINION_ROW = 13.5 * MM  # two lines of handwriting
SIGNED_SHARE, SIGNED_FOOT = 0.35, 0.7
GAP, PAD = 4 * MM, 1.5 * MM
FRAME_WEIGHT, GRID_WEIGHT = 0.9, 0.4
COLUMN_HEAD = "/O/Table/Scope/Column"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text in the middle of the height of a box, from the upper left corner of the paper."""

    text: str
    look: TextRole
    x: float
    y: float
    width: float
    height: float
    tag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    title: TextRole
    cell: TextRole
    label: TextRole
    left: TextRole
    note: TextRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One side of the leaf: the room on it in points, what is written and ruled on it."""

    page: Page
    tags: Tags
    looks: Looks
    x: float
    width: float
    bottom: float
    words: list[Words]
    frames: list[Stroke]
    lines: list[Stroke]


def set_opinion_form(flow: Flow, setting: Setting, imprint: Imprint) -> None:
    """Both sides of a leaf, without head or folio; it begins on a right-hand page.

    A blank page is put in when the pages of `flow`, the first a right-hand one, call for it.
    """
    if len(flow.pages) % 2:
        turn(flow, plain=True)
    looks, frame = _looks(setting), flow.frame
    front, back = (_sheet(flow, looks) for _ in range(2))
    front.page.items.append(Anchor(name=OPINION_FORM, top=-frame.top))
    y = _set_top(front, setting, imprint)
    notes = notes_of(setting.style, imprint.office)
    foot = GAP + len(notes) * NOTE_ROW
    count = _set_opinions(front, y, front.bottom - foot, 1)
    _set_notes(front, notes)
    _set_opinions(back, _set_more(back, setting, imprint), back.bottom - SIGNED_ROW, count)
    _set_signed(back)
    _place((front, back), setting, frame)


def _looks(setting: Setting) -> Looks:
    cell = role_of(setting.style, "form_cell")
    title = setting.style.roles["front_title"]
    note = replace(setting.style.roles["note"], indent=0, align="left")
    return Looks(
        title=replace(title, indent=0, align="center"),
        cell=cell,
        label=replace(cell, font="hei"),
        left=replace(cell, align="left"),
        note=note,
    )


def _sheet(flow: Flow, looks: Looks) -> Sheet:
    frame = flow.frame
    side = min(SIDE, WIDEST_SIDE * frame.width)
    return Sheet(
        page=turn(flow, plain=True),
        tags=flow.tags,
        looks=looks,
        x=side,
        width=frame.width - 2 * side,
        bottom=frame.height - BOTTOM,
        words=[],
        frames=[],
        lines=[],
    )


def _set_top(sheet: Sheet, setting: Setting, imprint: Imprint) -> float:
    """Title, name of the draft, who fills it in, what he thinks on the whole; depth reached."""
    looks, y = sheet.looks, TOP
    title, name = _names(setting, imprint)
    for text, look, height in ((title, looks.title, TITLE_ROW), (name, looks.cell, NAME_ROW)):
        _write(sheet, text, look, sheet.x, y, sheet.width, height)
        y += height
    top = y
    for row in FIELDS:
        _set_fields(sheet, row, y, {SCOPE: scope_of(imprint)})
        y += FIELD_ROW
    _set_labelled(sheet, "总体评价", y, OVERALL_ROW)
    inner = sheet.x + LABEL * sheet.width + PAD
    wide = (1 - LABEL) * sheet.width - 2 * PAD
    _write(sheet, ASPECTS, looks.note, inner, y, wide, 2 * NOTE_ROW)
    y += OVERALL_ROW
    _set_labelled(sheet, "结　　论", y, FIELD_ROW)
    _write(sheet, VERDICTS, looks.left, inner, y, wide, FIELD_ROW)
    y += FIELD_ROW
    sheet.frames.extend(_grid(sheet.x, (sheet.width,), top, (y - top,)))
    return y + GAP


def _set_more(sheet: Sheet, setting: Setting, imprint: Imprint) -> float:
    """What the back is the back of, left and right above its table; depth reached."""
    title, name = _names(setting, imprint)
    note = sheet.looks.note
    for text, look in ((f"{title}（续）", note), (name, replace(note, align="right"))):
        _write(sheet, text, look, sheet.x, TOP, sheet.width, NOTE_ROW)
    return TOP + NOTE_ROW + PAD


def _names(setting: Setting, imprint: Imprint) -> tuple[str, str]:
    label = label_of(imprint, setting.style)
    return title_of(label), name_of(imprint, label)


def _set_fields(sheet: Sheet, labels: Sequence[str], y: float, known: Mapping[str, str]) -> None:
    """A row of labels, each with a blank to its right unless its answer is known."""
    label, x, widths = LABEL * sheet.width, sheet.x, []
    for text, share in zip(labels, FIELD_SHARES, strict=True):
        _write(sheet, text, sheet.looks.label, x, y, label, FIELD_ROW)
        blank = share * sheet.width - label
        if said := known.get(text, ""):
            _write_within(sheet, said, x + label + PAD, y, blank - 2 * PAD, FIELD_ROW)
        widths += [label, blank]
        x += share * sheet.width
    sheet.lines.extend(_grid(sheet.x, widths, y, (FIELD_ROW,)))


def _write_within(sheet: Sheet, text: str, x: float, y: float, width: float, height: float) -> None:
    """On one line, or smaller on several."""
    look = sheet.looks.cell
    if width_of(text) * look.size > width:
        look = replace(sheet.looks.note, align="center")
    _write(sheet, text, look, x, y, width, height)


def _set_signed(sheet: Sheet) -> None:
    """Who fills it in, a line to sign on, and when."""
    y, look = sheet.bottom - SIGNED_ROW, sheet.looks.left
    _write(sheet, SIGNER, look, sheet.x, y, sheet.width, SIGNED_ROW)
    _write(sheet, DATED, replace(look, align="right"), sheet.x, y, sheet.width, SIGNED_ROW)
    start = sheet.x + width_of(SIGNER) * look.size
    foot = y + SIGNED_ROW / 2 + SIGNED_FOOT * look.size
    sheet.lines.append((start, foot, start + SIGNED_SHARE * sheet.width, foot))


def _set_labelled(sheet: Sheet, text: str, y: float, height: float) -> None:
    label = LABEL * sheet.width
    _write(sheet, text, sheet.looks.label, sheet.x, y, label, height)
    sheet.lines.extend(_grid(sheet.x, (label, sheet.width - label), y, (height,)))


def _set_opinions(sheet: Sheet, top: float, bottom: float, first: int) -> int:
    """Numbered rows for opinions from `top` to `bottom`; the number of the next one."""
    share = sheet.width / sum(width for _, width in COLUMNS)
    widths = [width * share for _, width in COLUMNS]
    room = max(bottom - top - HEAD_ROW, 0)
    rows = int(room / OPINION_ROW)
    height = room / max(rows, 1)
    with sheet.tags.inside("Table"):
        _set_columns(sheet, top, widths)
        for row in range(rows):
            y, number = top + HEAD_ROW + row * height, str(first + row)
            with sheet.tags.inside("TR"):
                _write(sheet, number, sheet.looks.cell, sheet.x, y, widths[0], height, "TD")
                for _ in widths[1:]:
                    sheet.tags.add("TD")
    heights = (HEAD_ROW, *[height] * rows)
    sheet.lines.extend(_grid(sheet.x, widths, top, heights))
    sheet.frames.extend(_grid(sheet.x, (sheet.width,), top, (sum(heights),)))
    return first + rows


def _set_columns(sheet: Sheet, top: float, widths: Sequence[float]) -> None:
    edges = accumulate(widths, initial=sheet.x)
    with sheet.tags.inside("TR"):
        for (text, _), x, width in zip(COLUMNS, edges, widths, strict=False):
            _write(sheet, text, sheet.looks.label, x, top, width, HEAD_ROW, "TH", COLUMN_HEAD)


def _set_notes(sheet: Sheet, notes: Sequence[str]) -> None:
    y = sheet.bottom - len(notes) * NOTE_ROW
    for index, text in enumerate(notes):
        x = sheet.x + (5 * sheet.looks.note.size if index else 0)
        width = sheet.x + sheet.width - x
        _write(sheet, text, sheet.looks.note, x, y, width, NOTE_ROW)
        y += NOTE_ROW


def _write(
    sheet: Sheet,
    text: str,
    look: TextRole,
    x: float,
    y: float,
    width: float,
    height: float,
    role: str = "P",
    attributes: str = "",
) -> None:
    tag = sheet.tags.add(role, attributes=attributes)
    words = Words(text=text, look=look, x=x, y=y, width=width, height=height, tag=tag)
    sheet.words.append(words)


def _grid(
    x: float, widths: Sequence[float], y: float, heights: Sequence[float]
) -> Iterator[Stroke]:
    """The rules of a table of these columns and rows."""
    xs, ys = list(accumulate(widths, initial=x)), list(accumulate(heights, initial=y))
    yield from ((xs[0], depth, xs[-1], depth) for depth in ys)
    yield from ((at, ys[0], at, ys[-1]) for at in xs)


def _place(sheets: Sequence[Sheet], setting: Setting, frame: Frame) -> None:
    """Composed all at once, then put where they belong on a right and a left page."""
    ready = [
        [plain_passage(setting, each.text, each.look, each.width).lines for each in sheet.words]
        for sheet in sheets
    ]
    for number, (sheet, texts) in enumerate(zip(sheets, ready, strict=True), 1):
        edge, top = left_edge(frame, number), frame.top
        for each, lines in zip(sheet.words, texts, strict=True):
            x, y = each.x - edge, each.y + (each.height - lines.height) / 2 - top
            text = Text(lines=lines, x=x, top=y, stop=lines.count, tag=each.tag)
            sheet.page.items.append(text)
        for strokes, weight in ((sheet.lines, GRID_WEIGHT), (sheet.frames, FRAME_WEIGHT)):
            # Level rules close the corners of the frame.
            over = [weight / 2 if b == d else 0 for _, b, _, d in strokes]
            moved = tuple(
                (a - edge - end, b - top, c - edge + end, d - top)
                for (a, b, c, d), end in zip(strokes, over, strict=True)
            )
            sheet.page.items.append(Rules(strokes=moved, weight=weight))
