"""How high the rows of a table are, and what it needs to begin on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from editorial.render import cell_looks
from editorial.render.pdf.flow import FootNote
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.panel import Panel, SetBox
from editorial.render.pdf.table_titles import title_height

WHOLE = 0.35
FEW_ROWS = 3
REPEATED_HEAD = 0.4
ROOM_TO_SPLIT = 6
GAP_REMARK = 3.0
LEAST_BEGUN = 2


def heights_of(panel: Panel) -> Sequence[float]:
    """Points of each row by the cells that end in it; tall spans add to their last row."""
    if not panel.heights:
        panel.heights.extend(_heights(panel))
    return panel.heights


def _heights(panel: Panel) -> list[float]:
    heights = _own_heights(panel)
    if not panel.cells.owners:
        return heights
    spans = [cell for row in panel.rows for cell in row if cell.box.down > 1]
    for cell in sorted(spans, key=last_row):
        last = last_row(cell)
        above = sum(heights[cell.box.row : last])
        heights[last] = max(heights[last], tall(panel, cell.deep) - above)
    return heights


def own_heights(panel: Panel) -> Sequence[float]:
    """Points of each row by the cells that stand in it alone."""
    return _own_heights(panel) if panel.cells.owners else heights_of(panel)


def is_ruled(panel: Panel) -> bool:
    """Whether rows below the head are parted by rules."""
    header = panel.cells.header
    if max(own_heights(panel)[header:], default=0.0) <= tall(panel, 1):
        return False
    body = panel.rows[header:]
    beside = [_deepest(cell for cell in row if cell.box.column) for row in body]
    return cell_looks.is_ruled(panel.numbers, [*map(_deepest, body)], beside)


def _own_heights(panel: Panel) -> list[float]:
    return [tall(panel, _deepest(row)) for row in panel.rows]


def _deepest(cells: Iterable[SetBox]) -> int:
    """Lines of the highest cell that stands in one row."""
    return max([1, *(cell.deep for cell in cells if cell.box.down == 1)])


def tall(panel: Panel, lines: int) -> float:
    """Points a cell of so many lines takes."""
    return lines * panel.look.leading + 2 * panel.pad


def last_row(cell: SetBox) -> int:
    return cell.box.row + cell.box.down - 1


def ends_of(panel: Panel) -> list[int]:
    """For each row the last one of the cells begun in it that hang together."""
    ends = list(range(len(panel.rows)))
    if panel.cells.owners:
        for row in reversed(range(len(ends))):
            for cell in panel.rows[row]:
                if cell.box.down > 1:
                    ends[row] = max(ends[row], *ends[row + 1 : row + cell.box.down])
    return ends


def notes_in(rows: Iterable[Sequence[SetBox]]) -> dict[str, FootNote]:
    """All notes these rows call for, by key."""
    noted = [cell.noted for row in rows for cell in row if cell.noted]
    return {note.key: note for passage in noted for _, note in passage.calls}


def notes_height(rows: Iterable[Sequence[SetBox]]) -> float:
    return sum(note.lines.height for note in notes_in(rows).values())


def rows_kept(panel: Panel, count: int) -> int:
    """The header, the first `count` rows and those that stand with them."""
    stop = min(panel.cells.header + count, len(panel.rows))
    return max([stop, *(last + 1 for last in panel.stays[panel.cells.header : stop])])


def repeated_height(panel: Panel, depth: float) -> float:
    """Of the header where the table goes on; 0 if it would leave no room for rows."""
    height = sum(heights_of(panel)[: panel.cells.header])
    notes = notes_height(panel.rows[: panel.cells.header])
    return height if height + notes <= REPEATED_HEAD * depth else 0.0


def remarks_height(panel: Panel) -> float:
    return sum(GAP_REMARK + remark.text.lines.height for remark in panel.remarks)


def above_height(panel: Panel) -> float:
    return panel.heading.look.before + title_height(panel.heading, panel.heading.title)


def whole_height(panel: Panel) -> float:
    return above_height(panel) + sum(heights_of(panel)) + remarks_height(panel)


def opening_height(panel: Panel, depth: float) -> float:
    """What must fit to begin: a small table whole, a large one with two rows at least."""
    heights, header = heights_of(panel), panel.cells.header
    total = whole_height(panel)
    few = len(heights) - header <= FEW_ROWS and total <= depth
    if few or total <= WHOLE * depth:
        return total + 2 * HAIR
    begun = min(
        sum(heights[header : rows_kept(panel, LEAST_BEGUN)]), ROOM_TO_SPLIT * panel.look.leading
    )
    return above_height(panel) + sum(heights[:header]) + begun
