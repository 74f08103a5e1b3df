"""The rows of a table over as many pages as they need, 续表 on each.

A row is cut only when it is taller than a page; then its cells, as those over many rows do,
keep a cursor of the lines already set, and every page takes what fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import partial

from editorial.model.finding import Finding
from editorial.render.pdf.borders import Stretch, rules_of
from editorial.render.pdf.flow import Flow, Passage, fresh, room, set_anchor, skip
from editorial.render.pdf.footnotes import add_note, least_notes, number_calls
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.heights import (
    GAP_REMARK,
    ROOM_TO_SPLIT,
    ends_of,
    heights_of,
    is_ruled,
    last_row,
    notes_in,
    opening_height,
    own_heights,
    remarks_height,
    repeated_height,
    tall,
)
from editorial.render.pdf.items import Text
from editorial.render.pdf.notes import least_height
from editorial.render.pdf.pages import settle, turn
from editorial.render.pdf.panel import Panel, SetBox, tagged
from editorial.render.pdf.remarks import set_remark
from editorial.render.pdf.table_titles import left_of, set_title, title_height
from editorial.render.pdf.tags import ARTIFACT
from editorial.values import dataclass

GROUP = 0.2
LEAST_ROWS = 2
REPEATED_LINES = 3
NAMED = 29  # characters of its name a table is told of by


@dataclass(slots=True, kw_only=True)
class Open:
    """A cell being set: its lines before `cursor` are on earlier pages, its top at `since`."""

    cell: SetBox
    tag: int
    since: float
    cursor: int = 0


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A panel on its way through the pages. `own`: heights of its rows without the cells over
    several; `begun`: body rows in this column; `carried`: what 续表 takes before its rows;
    `told`: of a header too tall."""

    flow: Flow
    panel: Panel
    own: Sequence[float]
    ends: Sequence[int]
    tags: Sequence[Sequence[int]]
    repeated: float
    ruled: bool
    stretch: Stretch = field(default_factory=Stretch)
    open: list[Open] = field(default_factory=list)
    begun: int = 0
    cut: int = -1
    told: bool = False

    @property
    def x(self) -> float:
        """Left edge of the table."""
        return left_of(self.flow, self.panel)

    @property
    def carried(self) -> float:
        heading = self.panel.heading
        return title_height(heading, heading.more) + self.repeated


def set_panel(flow: Flow, panel: Panel, anchor: str) -> None:
    """Place a panel under the waiting headings."""
    settle(flow, opening_height(panel, flow.frame.depth))
    skip(flow, panel.heading.look.before)
    set_anchor(flow, anchor)
    with flow.tags.inside("Table" if panel.rows else "Div"):
        with flow.tags.inside("Caption") as caption:
            set_title(flow, panel, panel.heading.title, caption)
        sheet = Sheet(
            flow=flow,
            panel=panel,
            own=own_heights(panel),
            ends=ends_of(panel),
            tags=tuple(tagged(flow.tags, panel)),
            repeated=repeated_height(panel, flow.frame.depth),
            ruled=is_ruled(panel),
        )
        for row in range(len(panel.rows)):
            _set_row(sheet, row)
    _close(sheet)
    left = left_of(flow, panel) - flow.left
    for remark in panel.remarks:
        skip(flow, GAP_REMARK)
        set_remark(flow, remark, left)


# Rows


def _set_row(sheet: Sheet, row: int) -> None:
    """A row where it fits, or as many pages as its height asks for."""
    if _must_turn(sheet, row):
        _continue(sheet, row)
    _place(sheet, row, sheet.tags[row])
    sheet.begun += row >= sheet.panel.cells.header


def _place(sheet: Sheet, row: int, tags: Sequence[int]) -> None:
    space = room(sheet.flow) + HAIR
    if not sheet.open and sheet.ends[row] == row and sheet.own[row] <= space:
        _set_plain(sheet, row, tags)
    else:
        _set_open(sheet, row, tags)


def _must_turn(sheet: Sheet, row: int) -> bool:
    """Whether a row goes to the next page: it does not fit, or its fellows would be parted
    from it. The first row of a page stays, and one too tall for any page begins here."""
    if not _may_turn(sheet, row):
        return False
    need = _need(sheet, row)
    if need + _notes(sheet, row) > room(sheet.flow) + HAIR:
        begins = room(sheet.flow) >= ROOM_TO_SPLIT * sheet.panel.look.leading
        return not begins or need <= sheet.flow.frame.depth - sheet.carried
    if _leaves_fellows(sheet, row):
        return True
    if sheet.begun < LEAST_ROWS:
        return False
    return _leaves_one(sheet, row, need) or _cuts_group(sheet, row)


def _may_turn(sheet: Sheet, row: int) -> bool:
    """Rows stand here already, and not the repeated header alone."""
    header = sheet.panel.cells.header
    return len(sheet.stretch.rows) > (header if sheet.repeated and row >= header else 0)


def _need(sheet: Sheet, row: int) -> float:
    """Height of a row whose own cells are not open yet."""
    return max(sheet.own[row], _need_open(sheet, row))


def _need_open(sheet: Sheet, row: int) -> float:
    """What the cells ending in this row still need below the current depth."""
    lacking = (_lacking(sheet, each) for each in sheet.open if last_row(each.cell) == row)
    return max([tall(sheet.panel, 1), *lacking])


def _lacking(sheet: Sheet, each: Open) -> float:
    """What the rest of a cell needs below the current depth."""
    lines = each.cell.deep - each.cursor
    return tall(sheet.panel, lines) - (sheet.flow.y - each.since)


def _notes(sheet: Sheet, *rows: int) -> float:
    """What the notes need that the cells begun in these rows call for first on this page."""
    called, known = notes_in(sheet.panel.rows[row] for row in rows), sheet.flow.pages[-1].numbers
    new = [note.lines for key, note in called.items() if key not in known]
    return least_height(new, sheet.flow.foot)


def _leaves_fellows(sheet: Sheet, row: int) -> bool:
    """Whether this row fits, but not those that stand with it: a heading row, and those below."""
    last = sheet.panel.stays[row]
    if last == row:
        return False
    both = sum(heights_of(sheet.panel)[row : last + 1]) + _notes(sheet, *range(row, last + 1))
    return room(sheet.flow) + HAIR < both <= sheet.flow.frame.depth - sheet.carried


def _leaves_one(sheet: Sheet, row: int, need: float) -> bool:
    """Whether this row fits, but the last one would stand alone overleaf."""
    last = len(sheet.panel.rows) - 1
    if row != last - 1:
        return False
    both = need + heights_of(sheet.panel)[last] + remarks_height(sheet.panel)
    both += _notes(sheet, row, last)
    return room(sheet.flow) + HAIR < both <= sheet.flow.frame.depth - sheet.carried


def _cuts_group(sheet: Sheet, row: int) -> bool:
    """Whether rows that hang together begin here, and fit better overleaf."""
    end = sheet.ends[row]
    if end == row or sheet.open:
        return False
    heights, space = heights_of(sheet.panel), room(sheet.flow) + HAIR
    group = sum(heights[row : end + 1])
    few = space < sum(heights[row : row + LEAST_ROWS])
    return few or space < group <= GROUP * sheet.flow.frame.depth


# Rows in one piece


def _set_plain(sheet: Sheet, row: int, tags: Sequence[int]) -> None:
    """A row no other hangs together with, and all of it in this place."""
    flow, leading = sheet.flow, sheet.panel.look.leading
    page, top, height = flow.pages[-1], flow.y, sheet.own[row]
    flow.y = bottom = top + height
    sheet.stretch.rows.append((row, top, bottom))
    x = sheet.x
    for cell, tag in zip(sheet.panel.rows[row], tags, strict=True):
        if cell.lines:
            count = cell.deep
            above = _above(sheet, height, count)
            page.items += _texts(cell, x, leading, top + above, tag, 0, count)
            if cell.noted:
                _call_notes(flow, cell.noted, 0, count)


def _above(sheet: Sheet, height: float, count: int) -> float:
    """Points over so many lines in a cell: they stand in its middle, in a plain table on top."""
    panel = sheet.panel
    return panel.pad if panel.cells.plain else (height - count * panel.look.leading) / 2


def _texts(
    cell: SetBox, x: float, leading: float, top: float, tag: int, start: int, stop: int
) -> list[Text]:
    """Lines [start, stop) of a cell; `x` is the left edge of the table."""
    x += cell.x
    if cell.lines and not cell.below:
        return [Text(lines=cell.lines, x=x, top=top, start=start, stop=stop, tag=tag)]
    return [
        Text(lines=lines, x=x, top=top + above * leading, start=first, stop=last, tag=tag)
        for lines, first, last, above in cell.parts(start, stop)
    ]


def _call_notes(flow: Flow, noted: Passage, start: int, stop: int) -> None:
    for note in number_calls(flow.pages[-1], noted, start, stop):
        add_note(flow, note, flow.y)


# Cells over several rows, rows over several pages


def _set_open(sheet: Sheet, row: int, tags: Sequence[int]) -> None:
    """Open the cells of a row and take as many pages as its height asks for."""
    flow = sheet.flow
    for cell, tag in zip(sheet.panel.rows[row], tags, strict=True):
        sheet.open.append(Open(cell=cell, tag=tag, since=flow.y))
        if cell.noted and cell.box.down > 1 and tall(sheet.panel, cell.deep) <= room(flow):
            _call_notes(flow, cell.noted, 0, cell.deep)
    while _is_cut(sheet, row):
        _set_piece(sheet, row)
        _continue(sheet, row)
    top = flow.y
    flow.y += _need_open(sheet, row)
    sheet.stretch.rows.append((row, top, flow.y))
    for each in [each for each in sheet.open if last_row(each.cell) == row]:
        _set_cell(sheet, each, each.cell.deep)
        sheet.open.remove(each)


def _is_cut(sheet: Sheet, row: int) -> bool:
    ending = [each for each in sheet.open if last_row(each.cell) == row]
    if all(each.cursor >= each.cell.deep for each in ending):
        return False
    notes = sum(_notes_of(sheet.flow, each, each.cell.deep) for each in ending)
    return _need_open(sheet, row) + notes > room(sheet.flow) + HAIR


def _notes_of(flow: Flow, each: Open, stop: int) -> float:
    noted = each.cell.noted
    return least_notes(flow, noted, each.cursor, stop) if noted else 0.0


def _set_piece(sheet: Sheet, row: int) -> None:
    """Fill the page with a piece of a row too tall for it, and with the notes called there."""
    flow, panel = sheet.flow, sheet.panel
    top, space = flow.y, room(flow)
    height = space
    while height > tall(panel, 1) and height + _piece_notes(sheet, height) > space + HAIR:
        height -= panel.look.leading
    if sheet.cut != row:
        sheet.cut = row
        ending = (each for each in sheet.open if last_row(each.cell) == row)
        tallest = max(ending, key=partial(_lacking, sheet)).cell.box.row
        message = f"第{tallest + 1}行太高，一页排不下，已分在前后页"
        flow.findings.append(_tall(panel, message, "这样长的文字宜移到表外"))
    flow.y = top + max(height, tall(panel, 1))
    sheet.stretch.rows.append((row, top, flow.y))


def _tall(panel: Panel, message: str, hint: str) -> Finding:
    name = panel.name if len(panel.name) <= NAMED else f"{panel.name[:NAMED]}…"
    return Finding(
        code="B05",
        message=f"{name}：{message}",
        where=panel.part,
        span=panel.span,
        hint=hint,
    )


def _piece_notes(sheet: Sheet, height: float) -> float:
    return sum(
        _notes_of(sheet.flow, each, _reach(sheet, each, sheet.flow.y + height))
        for each in sheet.open
    )


def _reach(sheet: Sheet, each: Open, bottom: float) -> int:
    """How far the lines of a cell come that goes on below `bottom`."""
    space = bottom - each.since - 2 * sheet.panel.pad
    return min(each.cell.deep, each.cursor + max(0, int(space / sheet.panel.look.leading + HAIR)))


def _set_cell(sheet: Sheet, each: Open, stop: int) -> None:
    """Lines from the cursor up to `stop`, in the middle of the cell as far as it has come."""
    flow, leading = sheet.flow, sheet.panel.look.leading
    if stop > each.cursor:
        whole = each.cursor == 0 and stop == each.cell.deep
        free = flow.y - each.since
        top = each.since + (_above(sheet, free, stop) if whole else sheet.panel.pad)
        flow.pages[-1].items += _texts(
            each.cell, sheet.x, leading, top, each.tag, each.cursor, stop
        )
        if each.cell.noted:
            _call_notes(flow, each.cell.noted, each.cursor, stop)
    each.cursor = stop


def _part_cell(sheet: Sheet, each: Open, row: int) -> None:
    """Set what fits of a cell that goes on; a short one will be said again overleaf, unless it
    ends in a row that is cut, for which there might never be an end of saying it again."""
    reach = _reach(sheet, each, sheet.flow.y)
    whole = each.cursor == 0 and reach >= each.cell.deep
    _set_cell(sheet, each, reach)
    ends = sheet.cut == row == last_row(each.cell)
    if whole and each.cell.box.down > 1 and each.cell.deep <= REPEATED_LINES and not ends:
        each.cursor, each.tag = 0, ARTIFACT


def _continue(sheet: Sheet, row: int) -> None:
    """Close the page and go on under 续表 and the header on the next."""
    flow, panel, cells = sheet.flow, sheet.panel, sheet.open
    for each in cells:
        _part_cell(sheet, each, row)
    _close(sheet)
    turn(flow)
    least = sheet.carried + ROOM_TO_SPLIT * panel.look.leading
    while room(flow) < least and not fresh(flow):
        turn(flow)
    set_title(flow, panel, panel.heading.more, ARTIFACT)
    sheet.stretch, sheet.open, sheet.begun = Stretch(), [], 0
    if row >= panel.cells.header:
        _repeat_header(sheet)
    else:
        _tell_header(sheet, "表头太高，分在前后页")
    for each in cells:
        each.since = flow.y
    sheet.open = cells


def _repeat_header(sheet: Sheet) -> None:
    """Where it leaves room for rows; else it is told of once."""
    panel = sheet.panel
    if sheet.repeated:
        for row in range(panel.cells.header):
            _place(sheet, row, [ARTIFACT] * len(panel.rows[row]))
    elif panel.cells.header:
        _tell_header(sheet, "表头太高，续表上没有重印")


def _tell_header(sheet: Sheet, message: str) -> None:
    if not sheet.told:
        sheet.told = True
        sheet.flow.findings.append(_tall(sheet.panel, message, "请减少表头的文字"))


def _close(sheet: Sheet) -> None:
    items = sheet.flow.pages[-1].items
    items.extend(rules_of(sheet.panel, sheet.stretch, sheet.x, ruled=sheet.ruled))
