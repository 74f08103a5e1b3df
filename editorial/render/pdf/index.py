"""主题索引 on pages: narrow columns, letters, titles with the pages and columns they stand at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from editorial.model.style import TextRole, role_of
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.columns import set_columns
from editorial.render.pdf.flow import Flow, Passage, fresh, room, skip
from editorial.render.pdf.frame import HAIR, Columns, Frame, columns_of
from editorial.render.pdf.inline import Setting, plain_passage
from editorial.render.pdf.items import Jump, PagesOf
from editorial.render.pdf.pages import pour, turn
from editorial.render.pdf.parts import block_anchor, part_anchor
from editorial.render.subject_index import PART, IndexEntry, IndexGroup
from editorial.values import dataclass

COLUMN_EMS = 17
MOST_COLUMNS = 3
LOCATOR_EMS = 3.2
SINGLE_EMS = 4.6  # with two dots before it
HANG = 1.0
LEADER_GAP = 3.0
KEEP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A letter, or a title with the anchors it leads to; `narrow` is the title set so that
    any line of it leaves room for its place."""

    text: Passage
    look: TextRole
    names: tuple[str, ...] = ()
    narrow: Passage | None = None


def set_index(flow: Flow, setting: Setting, groups: Sequence[IndexGroup]) -> None:
    """The index below what stands on the page begun; which pages it names is painted later."""
    look = role_of(setting.style, "index_entry")
    columns = index_columns(flow.frame, look, setting.style.column_gap * MM)
    rows = tuple(_rows(setting, groups, columns.width))

    def set_row(index: int, _: int) -> None:
        _set_row(flow, rows[index], look.leading)

    with flow.tags.inside("Index"):
        set_columns(flow, columns, 0, len(rows), set_row)


def index_columns(frame: Frame, look: TextRole, gap: float) -> Columns:
    """As many as leave each some 17 characters, three at most."""
    count = int((frame.measure + gap) / (COLUMN_EMS * look.size + gap))
    return columns_of(frame.measure, max(1, min(count, MOST_COLUMNS)), gap)


def _rows(setting: Setting, groups: Sequence[IndexGroup], width: float) -> Iterator[Row]:
    letter, entry = (role_of(setting.style, name) for name in ("index_letter", "index_entry"))
    for group in groups:
        yield Row(text=plain_passage(setting, group.letter, letter, width), look=letter)
        for each in group.entries:
            yield _row(setting, each, entry, width)


def _row(setting: Setting, entry: IndexEntry, look: TextRole, width: float) -> Row:
    """One place stands on the title's last line; several may go below it."""
    names = tuple(
        part_anchor(name) if place == PART else block_anchor(name, place)
        for name, place in entry.anchors
    )
    hung, hang = replace(look, align="left", indent=-HANG), HANG * look.size
    text = plain_passage(setting, entry.title, hung, width - hang)
    narrow = None
    if len(names) == 1:
        kept = SINGLE_EMS * look.size
        narrow = plain_passage(setting, entry.title, hung, width - hang - kept)
    return Row(text=text, look=look, names=names, narrow=narrow)


def _set_row(flow: Flow, row: Row, line: float) -> None:
    if not row.names:
        _set_letter(flow, row, line)
    elif row.text.lines.count:
        _set_title(flow, row)


def _set_title(flow: Flow, row: Row) -> None:
    """A title on one page, its places on its last line or below; it hangs by its first line."""
    hang, locator = HANG * row.look.size, LOCATOR_EMS * row.look.size
    text, leading = row.text, row.look.leading
    if row.narrow and _end(row.text, hang) + SINGLE_EMS * row.look.size > flow.measure:
        text = row.narrow
    lines, end = text.lines, _end(text, hang)
    per_line = max(1, int((flow.measure - hang) / locator))
    needed = LEADER_GAP + len(row.names) * locator
    beside = len(row.names) == 1 or end + needed <= flow.measure
    below = () if beside else _in_lines(row.names, per_line)
    height = (lines.count + len(below)) * leading
    if height > room(flow) and not fresh(flow):
        turn(flow)
    with flow.tags.inside("P") as tag:
        pour(flow, text, x=hang)
    if beside:
        _set_locators(flow, row, row.names, flow.y - leading, end, tag)
    for names in below:
        _set_locators(flow, row, names, flow.y, hang, tag)
        flow.y += leading


def _end(text: Passage, hang: float) -> float:
    """Where the last line of a title ends in its column."""
    lines = text.lines
    return lines.width_of(lines.count - 1) + (hang if lines.count > 1 else 0)


def _in_lines(names: tuple[str, ...], most: int) -> tuple[tuple[str, ...], ...]:
    return tuple(names[at : at + most] for at in range(0, len(names), most))


def _set_locators(
    flow: Flow, row: Row, names: tuple[str, ...], top: float, end: float, tag: int
) -> None:
    """Flush right, dots from where the title ends."""
    left, measure, look = flow.left, flow.measure, row.look
    flow.pages[-1].items += [
        Jump(name=names[0], x=left, top=top, width=measure, height=look.leading, tag=tag),
        PagesOf(
            names=names,
            start=left + end + LEADER_GAP,
            right=left + measure,
            width=measure - end,
            top=top,
            role="index_entry",
            tag=tag,
        ),
    ]


def _set_letter(flow: Flow, row: Row, line: float) -> None:
    """A letter and the first titles under it; titles stand level in all columns."""
    look = row.look
    height = row.text.lines.height + look.after
    if look.before + height + KEEP * look.leading > room(flow) and not fresh(flow):
        turn(flow)
    before = look.before if flow.y > flow.top else 0
    depth = ceil((flow.y - flow.top + before + height) / line - HAIR) * line
    flow.y = flow.top + depth - height
    with flow.tags.inside("H2"):
        pour(flow, row.text)
    skip(flow, look.after)
