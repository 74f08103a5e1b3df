"""The columns of every table of nodes, in one place.

A column has a fixed width in cells and shows from a certain terminal width on; the title
takes what is left. The bar of an axis is a tint under its own text, as in a spreadsheet's
data bars: it costs no width, needs no special character, and the figures say it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rich.cells import cell_len
from rich.text import Text

from editorial.model.board import AxisCell, Row
from editorial.tui.cells import fit
from editorial.values import dataclass

GAP = 1
TITLE_MIN = 16
TITLE_MAX = 44
TITLE_LEAST = 14
AXIS_MIN = 6
MARGIN = 2
UNREAD = "读不了"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` in cells without the gap behind it; 0 stands for the title's share.

    `since`: the terminal width it shows from; `spare`: its turn to go when titles are squeezed.
    """

    key: str
    heading: str
    width: int = 0
    since: int = 0
    spare: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tints:
    """Colours of the present theme, as #rrggbb."""

    partly: str
    whole: str
    alarm: str
    faint: str
    accent: str


AXES = (
    ("supply", "供稿"),
    ("editing", "编审"),
    ("letters", "函件"),
    ("opinions", "意见"),
    ("production", "校对"),
)
AXIS_KEYS = frozenset(key for key, _ in AXES)

CHAPTERS = (
    Column(key="title", heading="篇目"),
    Column(key="supply", heading="供稿", width=14),
    Column(key="editing", heading="编审", width=14),
    Column(key="letters", heading="函件", width=12),
    Column(key="opinions", heading="意见", width=12),
    Column(key="production", heading="校对", width=14),
    Column(key="overdue", heading="逾期", width=4),
    Column(key="chars", heading="字数", width=8, since=110, right=True),
    Column(key="editor", heading="责任编辑", width=8, since=110),
    Column(key="due", heading="截稿", width=10, since=110),
)

SECTIONS = (
    Column(key="title", heading="分目"),
    Column(key="supply", heading="供稿", width=12),
    Column(key="editing", heading="编审", width=10),
    Column(key="letters", heading="函件", width=10),
    Column(key="opinions", heading="意见", width=12),
    Column(key="production", heading="校对", width=12),
    Column(key="overdue", heading="逾期", width=4),
    Column(key="editor", heading="责编", width=6, spare=1),
    Column(key="due", heading="截稿", width=5, spare=2),
    Column(key="chars", heading="字数", width=7, since=110, right=True),
    Column(key="units", heading="供稿单位", width=14, since=110),
)


def laid_out(columns: Sequence[Column], width: int, rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns that show in a table `width` cells wide, every width set.

    An axis takes what its fullest cell needs and the title the rest. Where titles do not fit,
    axes give up the blank before their figures; then spare columns go; at last the widest axes
    are cut. Where there is plenty, all axes grow.
    """
    shown = [column for column in columns if column.since <= width]
    wanted = MARGIN + max((cell_len(row.title) for row in rows), default=0)
    widths = _widths(shown, rows, blank=1)
    if _rest(widths, width) < wanted:
        widths = _widths(shown, rows, blank=0)
    for column in sorted(shown, key=lambda column: column.spare):
        if column.spare and _rest(widths, width) < min(wanted, TITLE_MIN):
            del widths[column.key]
    while _rest(widths, width) < TITLE_MIN and max(widths[key] for key in AXIS_KEYS) > AXIS_MIN:
        widths[max(AXIS_KEYS, key=lambda key: widths[key])] -= 1
    for key in reversed([each.key for each in shown if each.key in AXIS_KEYS][1:]):
        if _rest(widths, width) < min(
            wanted, TITLE_LEAST
        ):  # a phone's width: figures of the line below tell
            del widths[key]
    extra = max(0, min(_rest(widths, width) - TITLE_MAX, len(AXES) * 6)) // len(AXES)
    widths |= {key: widths[key] + extra for key in AXIS_KEYS & widths.keys()}
    widths["title"] = _rest(widths, width)
    return tuple(replace(each, width=widths[each.key]) for each in shown if each.key in widths)


def fitting(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """Which of the columns show in `width` cells: spare ones go in their turn, till all fit."""
    left = list(range(len(columns)))
    spare = [at for at in left if columns[at].spare]
    for at in sorted(spare, key=lambda at: columns[at].spare):
        if sum(columns[each].width + GAP for each in left) > width:
            left.remove(at)
    return tuple(left)


def _widths(columns: Sequence[Column], rows: Sequence[Row], blank: int) -> dict[str, int]:
    return {column.key: _needed(column, rows, blank) for column in columns}


def _rest(widths: dict[str, int], width: int) -> int:
    """What all other columns leave to the title."""
    return width - sum(widths.values()) + widths["title"] - GAP * len(widths)


def _needed(column: Column, rows: Sequence[Row], blank: int) -> int:
    if column.key not in AXIS_KEYS:
        return column.width
    full = max((_axis_width(getattr(row, column.key), blank) for row in rows), default=0)
    return max(cell_len(column.heading), min(full, column.width))


def _axis_width(cell: AxisCell, blank: int) -> int:
    count = count_of(cell)
    return cell_len(cell.label) + (len(count) + blank if count else 0)


def count_of(cell: AxisCell) -> str:
    """`3/12`; nothing for a single thing, whose label says it all."""
    return f"{cell.done}/{cell.total}" if cell.total > 1 else ""


def heading(column: Column) -> str:
    indent = " " * MARGIN if column.key == "title" else ""
    return aligned(indent + column.heading, column)


def cells(
    row: Row,
    columns: Sequence[Column],
    tints: Tints,
    names: Mapping[str, str],
    *,
    marked: bool,
    depth: int = 0,
) -> list[Text]:
    """One line of the table, each cell exactly as wide as its column; `names` of units by id."""
    return [_cell(row, column, tints, names, marked, depth) for column in columns]


def _cell(
    row: Row,
    column: Column,
    tints: Tints,
    names: Mapping[str, str],
    marked: bool,
    depth: int,
) -> Text:
    if column.key == "title":
        sign = "!" if row.faults else ""
        return title_text(row.title, column.width, tints, marked=marked, depth=depth, sign=sign)
    if row.faults and row.kind == "section" and column.key == AXES[0][0]:
        return Text(fit(UNREAD, column.width), style=f"bold {tints.alarm}")
    if column.key in AXIS_KEYS:
        return axis_text(getattr(row, column.key), column.width, tints)
    if column.key == "overdue":
        return Text(fit(overdue_label(row), column.width), style=f"bold {tints.alarm}")
    return Text(aligned(_plain(row, column, names), column))


def _plain(row: Row, column: Column, names: Mapping[str, str]) -> str:
    match column.key:
        case "chars":
            return f"{row.chars:,}" if row.chars else ""
        case "due":
            return due_label(row.due, column.width)
        case "units":
            return "、".join(names.get(unit, unit) for unit in row.units)
        case _:
            return row.editor


def aligned(text: str, column: Column) -> str:
    """The text in exactly the width of its column."""
    if column.right:
        return " " * (column.width - cell_len(text)) + text
    return fit(text, column.width)


def title_text(
    title: str, width: int, tints: Tints, *, marked: bool, depth: int = 0, sign: str = ""
) -> Text:
    """`*创新平台` when marked; a `sign` stands behind the mark."""
    lead = ("*" if marked else " ") + (sign or " ")
    text = Text(fit(lead + "  " * depth + title, width))
    if marked:
        text.stylize(f"bold {tints.accent}")
    if sign:
        text.stylize(f"bold {tints.alarm}", 1, 2)
    return text


def axis_text(cell: AxisCell, width: int, tints: Tints) -> Text:
    """`初审   3/12` over a tint that covers done/total of the width."""
    if not cell.total:
        return Text(fit(cell.label or "-", width), style="" if cell.label else tints.faint)
    count = count_of(cell)
    return barred(fit(cell.label, width - len(count)) + count, cell.done / cell.total, tints)


def barred(words: str, share: float, tints: Tints) -> Text:
    """The words over a tint that covers that share of their width."""
    text = Text(words)
    tint = tints.whole if share == 1 else tints.partly
    if tint:
        text.stylize(f"on {tint}", 0, _chars_within(words, round(cell_len(words) * share)))
    return text


def _chars_within(text: str, width: int) -> int:
    """How many characters make up at least `width` cells; a tint cannot split a character."""
    used = 0
    for index, char in enumerate(text):
        if used >= width:
            return index
        used += cell_len(char)
    return len(text)


def overdue_label(row: Row) -> str:
    return f"逾{row.overdue}" if row.overdue else ""


def due_label(due: date | None, width: int) -> str:
    if due is None:
        return ""
    return due.isoformat() if width >= 10 else f"{due:%m-%d}"


def count_label(name: str, cell: AxisCell) -> str:
    """`供稿 86/250` for the summary line."""
    return f"{name} {cell.done}/{cell.total}" if cell.total else f"{name} -"
