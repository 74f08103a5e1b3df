"""评议意见表: one leaf at the end of a draft, filled in by hand and sent back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from editorial.model.book import Imprint
from editorial.model.style import TextRole
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
    notes_of,
    scope_of,
)
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.flow import Flow, Page
from editorial.render.pdf.frame import Frame, left_edge
from editorial.render.pdf.inline import Setting, plain_lines
from editorial.render.pdf.items import Anchor, Rules, Stroke, Text
from editorial.render.pdf.opinion_sizes import (
    GAP,
    NOTE_ROW,
    OVERALL,
    PAD,
    VERDICT,
    Heights,
    Looks,
    drawn_in,
    edge_of,
    fitted,
    names_of,
    note_indent,
    side_of,
    within,
)
from editorial.render.pdf.pages import turn
from editorial.render.pdf.tags import Tags
from editorial.render.titles import width_of
from editorial.values import dataclass

OPINION_FORM = "opinion-form"
BOTTOM, SIGNED_ROW = 18 * MM, 16 * MM
OPINION_ROW = 13.5 * MM  # two lines of handwriting
SIGNED_SHARE, SIGNED_FOOT = 0.35, 0.7
FRAME_WEIGHT, GRID_WEIGHT = 0.9, 0.4
COLUMN_HEAD = "/O/Table/Scope/Column"


class Box(NamedTuple):
    """From the upper left corner of the paper; points."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text in the middle of the height of its box."""

    text: str
    look: TextRole
    box: Box
    tag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One side of the leaf: the room on it in points, what is written and ruled on it."""

    page: Page
    tags: Tags
    looks: Looks
    x: float
    width: float
    top: float
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
    frame = flow.frame
    looks, heights = fitted(setting, imprint, frame)
    front, back = (_sheet(flow, looks) for _ in range(2))
    front.page.items.append(Anchor(name=OPINION_FORM, top=-frame.top))
    y = _set_top(front, setting, imprint, heights)
    foot = GAP + sum(heights.notes)
    count = _set_opinions(front, y, front.bottom - foot, 1, heights.head)
    _set_notes(front, notes_of(setting.style, imprint.office), heights.notes)
    y = _set_more(back, setting, imprint)
    _set_opinions(back, y, back.bottom - SIGNED_ROW, count, heights.head)
    _set_signed(back)
    _place((front, back), setting, frame)


def _sheet(flow: Flow, looks: Looks) -> Sheet:
    frame = flow.frame
    side = side_of(frame)
    return Sheet(
        page=turn(flow, plain=True),
        tags=flow.tags,
        looks=looks,
        x=side,
        width=frame.width - 2 * side,
        top=edge_of(frame),
        bottom=frame.height - min(BOTTOM, edge_of(frame)),
        words=[],
        frames=[],
        lines=[],
    )


def _set_top(sheet: Sheet, setting: Setting, imprint: Imprint, heights: Heights) -> float:
    """Title, name of the draft, who fills it in, what he thinks on the whole; depth reached."""
    looks, y = sheet.looks, sheet.top
    title, name = names_of(setting, imprint)
    for text, look, height, role in (
        (title, looks.title, heights.title, "H1"),
        (name, looks.cell, heights.name, "P"),
    ):
        _write(sheet, text, look, Box(sheet.x, y, sheet.width, height), role)
        y += height
    top = y
    for row, height in zip(FIELDS, heights.fields, strict=True):
        _set_fields(sheet, row, y, height, {SCOPE: scope_of(imprint)})
        y += height
    _set_labelled(sheet, OVERALL, y, heights.overall)
    inner = sheet.x + LABEL * sheet.width + PAD
    wide = (1 - LABEL) * sheet.width - 2 * PAD
    _write(sheet, ASPECTS, looks.note, Box(inner, y, wide, heights.aspects))
    y += heights.overall
    _set_labelled(sheet, VERDICT, y, heights.verdict)
    verdicts = drawn_in(VERDICTS, looks.left, wide)
    _write(sheet, verdicts, looks.left, Box(inner, y, wide, heights.verdict))
    y += heights.verdict
    sheet.frames.extend(_grid(sheet.x, (sheet.width,), top, (y - top,)))
    return y + GAP


def _set_more(sheet: Sheet, setting: Setting, imprint: Imprint) -> float:
    """What the back is the back of, left and right above its table; depth reached."""
    title, name = names_of(setting, imprint)
    note, more = sheet.looks.note, f"{title}（续）"
    right = replace(note, align="right")
    beside = (width_of(more) + 1) * note.size
    room = sheet.width - beside
    height = max(NOTE_ROW, plain_lines(setting, name, right, room).height)
    _write(sheet, more, note, Box(sheet.x, sheet.top, sheet.width, NOTE_ROW))
    _write(sheet, name, right, Box(sheet.x + beside, sheet.top, room, height))
    return sheet.top + height + PAD


def _set_fields(
    sheet: Sheet, labels: Sequence[str], y: float, height: float, known: Mapping[str, str]
) -> None:
    """A row of labels, each with a blank to its right unless its answer is known."""
    label, x, widths = LABEL * sheet.width, sheet.x, []
    for text, share in zip(labels, FIELD_SHARES, strict=True):
        _write_label(sheet, text, Box(x, y, label, height))
        blank = share * sheet.width - label
        if said := known.get(text, ""):
            room = blank - 2 * PAD
            look = within(sheet.looks, said, room)
            _write(sheet, said, look, Box(x + label + PAD, y, room, height))
        widths += [label, blank]
        x += share * sheet.width
    sheet.lines.extend(_grid(sheet.x, widths, y, (height,)))


def _set_signed(sheet: Sheet) -> None:
    """Who fills it in, a line to sign on, and when."""
    y, look = sheet.bottom - SIGNED_ROW, sheet.looks.left
    box = Box(sheet.x, y, sheet.width, SIGNED_ROW)
    _write(sheet, SIGNER, look, box)
    _write(sheet, DATED, replace(look, align="right"), box)
    start = sheet.x + width_of(SIGNER) * look.size
    foot = y + SIGNED_ROW / 2 + SIGNED_FOOT * look.size
    sheet.lines.append((start, foot, start + SIGNED_SHARE * sheet.width, foot))


def _set_labelled(sheet: Sheet, text: str, y: float, height: float) -> None:
    label = LABEL * sheet.width
    _write_label(sheet, text, Box(sheet.x, y, label, height))
    sheet.lines.extend(_grid(sheet.x, (label, sheet.width - label), y, (height,)))


def _set_opinions(sheet: Sheet, top: float, bottom: float, first: int, head: float) -> int:
    """Numbered rows for opinions from `top` to `bottom`, if there is room for any; the number
    of the next one."""
    share = sheet.width / sum(width for _, width in COLUMNS)
    widths = [width * share for _, width in COLUMNS]
    room = bottom - top - head
    rows = int(room / OPINION_ROW)
    if rows < 1:
        return first
    height = room / rows
    with sheet.tags.inside("Table"):
        _set_columns(sheet, top, widths, head)
        for row in range(rows):
            y, number = top + head + row * height, str(first + row)
            with sheet.tags.inside("TR"):
                box = Box(sheet.x, y, widths[0], height)
                _write(sheet, number, sheet.looks.cell, box, "TD")
                for _ in widths[1:]:
                    sheet.tags.add("TD")
    heights = (head, *[height] * rows)
    sheet.lines.extend(_grid(sheet.x, widths, top, heights))
    sheet.frames.extend(_grid(sheet.x, (sheet.width,), top, (sum(heights),)))
    return first + rows


def _set_columns(sheet: Sheet, top: float, widths: Sequence[float], height: float) -> None:
    edges = accumulate(widths, initial=sheet.x)
    with sheet.tags.inside("TR"):
        for (text, _), x, width in zip(COLUMNS, edges, widths, strict=False):
            _write_label(sheet, text, Box(x, top, width, height), "TH", COLUMN_HEAD)


def _set_notes(sheet: Sheet, notes: Sequence[str], heights: Sequence[float]) -> None:
    y = sheet.bottom - sum(heights)
    for index, (text, height) in enumerate(zip(notes, heights, strict=True)):
        indent = note_indent(sheet.looks, index)
        box = Box(sheet.x + indent, y, sheet.width - indent, height)
        _write(sheet, text, sheet.looks.note, box)
        y += height


def _write_label(sheet: Sheet, text: str, box: Box, role: str = "P", attributes: str = "") -> None:
    look = sheet.looks.label
    _write(sheet, drawn_in(text, look, box.width), look, box, role, attributes)


def _write(
    sheet: Sheet, text: str, look: TextRole, box: Box, role: str = "P", attributes: str = ""
) -> None:
    tag = sheet.tags.add(role, attributes=attributes)
    sheet.words.append(Words(text=text, look=look, box=box, tag=tag))


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
        [plain_lines(setting, each.text, each.look, each.box.width) for each in sheet.words]
        for sheet in sheets
    ]
    for number, (sheet, texts) in enumerate(zip(sheets, ready, strict=True), 1):
        edge, top = left_edge(frame, number), frame.top
        for each, lines in zip(sheet.words, texts, strict=True):
            x, y, _, height = each.box
            middle = y + (height - lines.height) / 2 - top
            sheet.page.items.append(Text(lines=lines, x=x - edge, top=middle, tag=each.tag))
        for strokes, weight in ((sheet.lines, GRID_WEIGHT), (sheet.frames, FRAME_WEIGHT)):
            # Level rules close the corners of the frame.
            over = [weight / 2 if b == d else 0 for _, b, _, d in strokes]
            moved = tuple(
                (a - edge - end, b - top, c - edge + end, d - top)
                for (a, b, c, d), end in zip(strokes, over, strict=True)
            )
            sheet.page.items.append(Rules(strokes=moved, weight=weight))
