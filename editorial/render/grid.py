"""The cells of a table in their places, before any width is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count, repeat, takewhile
from typing import Generic, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from editorial.model.document import Cell, Run, Runs, Table, plain
from editorial.model.marks import BLANKS, INDENT, POINT, REMARK, REMARK_SIGN
from editorial.values import dataclass

# Digits of other scripts are words: a face may lack them.
DIGIT = "[0-9０-９]"
# What a note under the table tells of: 6.78*, 12①.
SIGN = r"\s?[*＊※†‡△▲#＃①-⑳]{1,3}"
NUMBER = re.compile(
    rf"[-+−－＋±]?{DIGIT}(?:{DIGIT}|[,， \u2009\u00a0])*(?:[.．]{DIGIT}+)?[%％‰]?(?:{SIGN})?"
)
CODE = re.compile(rf"0{DIGIT}+(?:{SIGN})?")  # 020, 0763
DASHES = re.compile(rf"[—–\-－…⋯／/〃]+(?:{SIGN})?")
UNKNOWN = ("不详", "无")
REMARK_INDENT, STARS = 2, re.compile(r"([*＊]{1,3})")

MOST_INDENT = 6
WIDE_SIGNS = {"－": "-", "＋": "+"}
# Rows under a heading one, fewer than which are not parted.
FEW_FELLOWS = 3

Kind: TypeAlias = Literal["number", "blank", "text", ""]
Grid: TypeAlias = Sequence[Sequence[Cell | None]]
EMPTY = Cell()


class Words(Protocol):
    """The text of a cell, of which a renderer knows how long it is."""

    @property
    def text(self) -> str: ...

    def length(self, size: float, upto: int | None = None) -> float:
        """Points on one line at `size`; of the first `upto` characters, if that is given."""


W = TypeVar("W", bound=Words)


class Box(NamedTuple, Generic[W]):
    """A cell at its place, `across` and `down` cut to the grid. No `copy`: nothing to print.
    `indent`: ems its words are set in, further than others of their column.

    A tuple because a volume has twelve thousand cells.
    """

    row: int
    column: int
    across: int
    down: int
    runs: Runs
    kind: Kind
    copy: W | None
    indent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells(Generic[W]):
    """All cells of a table, row by row. `remarks`: 注：… that stand under its foot.

    `owners[row][column]` is the index of the box there; empty where no cell spans. One that is
    `plain` has no rules; all its cells are texts that begin at the left and on top.
    """

    boxes: tuple[Box[W], ...]
    rows: int
    columns: int
    header: int
    remarks: tuple[Runs, ...] = ()
    owners: tuple[tuple[int, ...], ...] = ()
    plain: bool = False


Place: TypeAlias = tuple[int, int, int, int, Runs]


def filled(table: Table, boxed: Callable[[Place], Box[W]], *, remarks: bool = True) -> Cells[W]:
    """The cells of a table, each made a box by `boxed`; spans are cut where another cell or
    the edge stands in the way. Without `remarks`, notes typed as last rows stay rows."""
    columns = max(map(len, table.rows), default=0)
    rows, noted = _parted(table, columns) if remarks else (table.rows, ())
    spans = any(cell and (cell.across > 1 or cell.down > 1) for row in rows for cell in row)
    places = _spanning(rows, columns) if spans else _single(rows, columns)
    boxes = tuple(boxed(place) for place in places)
    if table.plain:
        boxes = tuple(box._replace(kind="text") if box.kind else box for box in boxes)
    header = _header_rows(table.header_rows, len(rows), boxes)
    return Cells(
        boxes=_set_in(boxes, header) if any(map(_indent, boxes)) else boxes,
        rows=len(rows),
        columns=columns,
        header=header,
        remarks=noted,
        owners=_owners(boxes, len(rows), columns) if spans else (),
        plain=table.plain,
    )


def _set_in(boxes: Sequence[Box[W]], header: int) -> tuple[Box[W], ...]:
    """As far as words stand behind those of their column; a blank before all of them is none."""
    least: dict[int, int] = {}
    for box in boxes:
        if _may_be_set_in(box, header):
            least[box.column] = min(_indent(box), least.get(box.column, MOST_INDENT))
    return tuple(
        box._replace(indent=min(_indent(box), MOST_INDENT) - least[box.column])
        if _may_be_set_in(box, header)
        else box
        for box in boxes
    )


def _may_be_set_in(box: Box[W], header: int) -> bool:
    return box.kind == "text" and box.across == 1 and box.row >= header


def _indent(box: Box[W]) -> int:
    text = box.runs[0].text if box.runs else ""
    return len(text) - len(text.lstrip(INDENT))


def inset(box: Box[W]) -> Runs:
    """The runs of a cell behind as many blanks as they are set in."""
    if not _indent(box):
        return box.runs
    first, *rest = box.runs
    text = box.indent * INDENT + first.text.lstrip(INDENT)
    return (replace(first, text=text), *rest)


def kind_of(runs: Runs, text: str) -> Kind:
    """Of a cell; `text` is what it says without outer blanks. Marks raised at the end of a figure
    are none of it: 6.78^①^."""
    bare = text[: len(text) - raised(runs)]
    if NUMBER.fullmatch(bare):
        return "text" if bare[0] == "0" and CODE.fullmatch(bare) else "number"
    return "blank" if is_dash(bare) or bare in UNKNOWN else "text"


def raised(runs: Runs) -> int:
    """How many characters at the end of a text are marks raised behind it."""
    marks = (len(run.text) for run in takewhile(_is_mark, reversed(runs)) if run.kind != "note")
    return sum(marks)


def _is_mark(run: Run) -> bool:
    return run.kind in ("note", "superscript")


def is_dash(text: str) -> bool:
    """—, …: nothing is told here."""
    return DASHES.fullmatch(text) is not None


def signed(runs: Runs, kind: Kind) -> Runs:
    """The runs of a figure, a wide sign before it made the usual one: －1.5 is −1.5."""
    first = runs[0].text.lstrip() if kind == "number" and runs else ""
    if first[:1] not in WIDE_SIGNS:
        return runs
    return (replace(runs[0], text=WIDE_SIGNS[first[0]] + first[1:]), *runs[1:])


def stays_of(cells: Cells[W]) -> tuple[int, ...]:
    """For each row the last one that stands on a page with it: a row that heads others, for
    nothing but its stub is filled, goes with the first of them, and none of them is alone."""
    stays, end, heads = list(range(cells.rows)), cells.rows, _heading_rows(cells)
    for row in sorted(heads, reverse=True):
        first = row + 1
        if first in heads:
            stays[row] = stays[first]
        elif end - first < FEW_FELLOWS:
            stays[row] = end - 1
        else:
            stays[row], stays[end - 2] = first, end - 1
        end = row
    return tuple(stays)


def _heading_rows(cells: Cells[W]) -> set[int]:
    """Rows with words in their first cell only, before others with more."""
    filled, stubs = [0] * cells.rows, [False] * cells.rows
    for box in cells.boxes:
        if box.copy:
            for row in range(box.row, box.row + box.down):
                filled[row] += 1
            stubs[box.row] |= box.column == 0 and box.down == 1 and box.kind == "text"
    bare = [each == 1 and stub for each, stub in zip(filled, stubs, strict=True)]
    heads = {row for row in range(cells.header, cells.rows) if bare[row]}
    if cells.columns < 2 or 2 * len(heads) > cells.rows:
        return set()
    last = next(row for row in reversed(range(cells.rows + 1)) if row - 1 not in heads)
    return {row for row in heads if row < last}


def _parted(table: Table, columns: int) -> tuple[Grid, tuple[Runs, ...]]:
    """The rows, and the notes on the whole table typed as its last rows."""
    rows, remarks, points = table.rows, list[Runs](), list[Runs]()
    listed = columns < 2 or table.plain  # * and ① begin items there
    for last in range(len(rows) - 1, max(1, table.header_rows) - 1, -1):
        runs = _alone(rows, last, columns)
        text = plain(runs).strip()
        if REMARK.fullmatch(text) or (
            not listed and _signed(table, text, [*rows[last - 1][:1], *points])
        ):
            remarks, points, rows = [runs, *points, *remarks], [], rows[:last]
        elif POINT.match(text):
            points.insert(0, runs)
        else:
            break
    return rows, tuple(remarks)


def _signed(table: Table, text: str, beside: Sequence[Cell | Runs | None]) -> bool:
    """Whether a row is a note that begins with ① or *. Several of them where nothing calls for
    notes are rows: ①总人口, ②男, ③女."""
    if not REMARK_SIGN.match(text):
        return False
    others = (each.runs if isinstance(each, Cell) else each for each in beside if each)
    several = any(REMARK_SIGN.match(plain(runs).strip()) for runs in others)
    return not several or _calls(table)


def _calls(table: Table) -> bool:
    """Whether a ① or * in the title or a cell calls for a note below."""
    cells = (plain(cell.runs).strip() for row in table.rows for cell in row if cell)
    inside = (text for text in cells if REMARK_SIGN.fullmatch(text) or not REMARK_SIGN.match(text))
    return any(map(REMARK_SIGN.search, (table.title, *inside)))


def _alone(rows: Grid, at: int, columns: int) -> Runs:
    """What stands first in a row, if there is nothing else in it."""
    first, *others = (*rows[at], None)[: columns + 1]
    if first is None or first.down > 1:
        return ()
    held = any(cell and plain(cell.runs).strip() for cell in others)
    return () if held or any(map(_reaches, rows, repeat(at), count())) else first.runs


def remark_labels(remarks: Sequence[Runs]) -> Iterator[tuple[int, int]]:
    """Of each, ems before its first line and how many characters of it are 注：1. and the like:
    the points of 注：1.… stand under the first, all others under each other."""
    under = 0
    for runs in remarks:
        text = plain(runs).strip()
        head = REMARK.fullmatch(text) or STARS.match(text)
        own = len(head[1]) if head else 0
        point = POINT.match(text, own)
        yield REMARK_INDENT + (0 if head else under), point.end() if point else own
        if head:
            under = own if point else 0


def parted(runs: Runs, count: int) -> tuple[Runs, Runs]:
    """The first `count` characters of a text, and the rest of it; nothing and all where the
    first run is shorter than they are."""
    first = runs[0].text.lstrip(BLANKS)
    if len(first) <= count or runs[0].kind != "text":
        return (), runs
    return (
        (replace(runs[0], text=first[:count]),),
        (replace(runs[0], text=first[count:].lstrip(BLANKS)), *runs[1:]),
    )


def _reaches(row: Sequence[Cell | None], last: int, at: int) -> bool:
    return at < last and any(cell and at + cell.down > last for cell in row)


def _single(rows: Grid, columns: int) -> list[Place]:
    """Places of a grid without spans; a short row is filled up."""
    return [
        (at, column, 1, 1, cell.runs if cell else ())
        for at, row in enumerate(rows)
        for column, cell in enumerate((*row, *(None,) * (columns - len(row))))
    ]


def _spanning(rows: Grid, columns: int) -> list[Place]:
    places: list[Place] = []
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        for column in range(columns):
            cell = cells[column] if column < len(cells) else None
            if cell is None and (row, column) in covered:
                continue
            cell = cell or EMPTY
            across, down = _extent(rows, row, column, columns, cell, covered)
            covered.update((row + r, column + c) for r in range(down) for c in range(across))
            places.append((row, column, across, down, cell.runs))
    return places


def _extent(
    rows: Grid, row: int, column: int, columns: int, cell: Cell, covered: set[tuple[int, int]]
) -> tuple[int, int]:
    def free(r: int, c: int) -> bool:
        taken = rows[r][c] if c < len(rows[r]) else None
        return taken is None and (r, c) not in covered

    across = down = 1
    while across < cell.across and column + across < columns and free(row, column + across):
        across += 1
    while (
        down < cell.down
        and row + down < len(rows)
        and all(free(row + down, column + c) for c in range(across))
    ):
        down += 1
    return across, down


def _header_rows(header: int, rows: int, boxes: Sequence[Box[W]]) -> int:
    """The header as given, and as far down as its cells reach; never the whole table."""
    for box in boxes:
        if box.row >= header:
            break
        header = max(header, box.row + box.down)
    return header if header < rows else 0


def _owners(boxes: Sequence[Box[W]], rows: int, columns: int) -> tuple[tuple[int, ...], ...]:
    owners = [[-1] * columns for _ in range(rows)]
    for index, box in enumerate(boxes):
        for row in range(box.row, box.row + box.down):
            owners[row][box.column : box.column + box.across] = [index] * box.across
    return tuple(map(tuple, owners))


def cut(cells: Cells[W], columns: Sequence[int]) -> Cells[W]:
    """The table with these columns only, a cell over columns left out made narrower."""
    place = {column: at for at, column in enumerate(columns)}
    boxes = []
    for box in cells.boxes:
        held = [c for c in range(box.column, box.column + box.across) if c in place]
        if held:
            across = len(held)
            boxes.append(box._replace(column=place[held[0]], across=across))
    return Cells(
        boxes=tuple(boxes),
        rows=cells.rows,
        columns=len(columns),
        header=cells.header,
        owners=_owners(boxes, cells.rows, len(columns)) if cells.owners else (),
        plain=cells.plain,
    )


def number_columns(cells: Cells[W]) -> frozenset[int]:
    """Columns that hold figures, and hardly anything else."""
    numbers, others = [0] * cells.columns, [0] * cells.columns
    for box in cells.boxes:
        if box.row >= cells.header and box.across == 1:
            numbers[box.column] += box.kind == "number"
            others[box.column] += box.kind == "text"
    return frozenset(
        column
        for column, (count, other) in enumerate(zip(numbers, others, strict=True))
        if count and count >= 4 * other
    )
