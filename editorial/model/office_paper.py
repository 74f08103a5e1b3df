"""单、表、纪要: an office's paper as its parts, set the same way in PDF, Word and on a sheet."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypeVar

from editorial.model.register import RegisterTable
from editorial.values import dataclass

T = TypeVar("T")
KEY_WIDTH = 10.0  # characters
Look: TypeAlias = Literal[
    "lead", "head", "text", "note", "letter", "addressee", "signature", "gap", "count"
]
Side: TypeAlias = Literal["left", "center"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A paragraph. `lead` stands over a table, `letter` is the text of a letter, `gap` a blank
    line, `count` the head line with the totals."""

    text: str
    look: Look = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`share` of the width beside its neighbours'."""

    title: str
    share: float
    side: Side = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a grid. A `banner` has one text across all columns and heads what follows; one
    `joined` belongs to the line above: both stay together, with one cell in the shared columns.
    `height` in millimetres at the least, for a hand; `key` names its record, on a sheet only."""

    cells: tuple[str, ...]
    banner: bool = False
    joined: bool = False
    height: float = 0.0
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with its head on every page; `shared` are the places of the columns in which
    joined lines that say the same have one cell; `name` that of its sheet in a workbook, `key`
    the title of the column that has the keys there, second of all."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    shared: tuple[int, ...] = ()
    name: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    text: str
    share: float
    label: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """Boxes side by side over the whole width; `height` in millimetres at the least."""

    boxes: tuple[Box, ...]
    height: float = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    rows: tuple[FormRow, ...]


Block: TypeAlias = Words | Grid | Form


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePaper:
    """`under` stands below the title at either side, `mark` in the upper corner, `foot` beside
    the number of the page. `wide` lies on the paper."""

    title: str
    blocks: tuple[Block, ...]
    under: tuple[str, str] = ("", "")
    mark: str = ""
    foot: str = ""
    wide: bool = False


def labelled(*pairs: tuple[str, str], label: float = 12.0, height: float = 9.0) -> FormRow:
    """Label and value by turns, the values sharing what `label` percent each leaves."""
    value = (100.0 - label * len(pairs)) / len(pairs)
    boxes = (
        box
        for name, text in pairs
        for box in (Box(text=name, share=label, label=True), Box(text=text, share=value))
    )
    return FormRow(boxes=tuple(boxes), height=height)


def as_register(paper: OfficePaper, grid: Grid, office: str, note: str = "") -> RegisterTable:
    """The grid as a sheet: banners are left out, so that its rows can be sorted and filtered."""
    rows = tuple(
        _keyed(grid, tuple(_value(cell) for cell in line.cells), line.key)
        for line in grid.lines
        if not line.banner
    )
    whole = sum(column.share for column in grid.columns)
    return RegisterTable(
        name=grid.name or paper.title[:31],
        title=paper.title,
        office=office,
        columns=_keyed(grid, tuple(column.title for column in grid.columns), grid.key),
        widths=_keyed(
            grid, tuple(max(5.0, 150 * column.share / whole) for column in grid.columns), KEY_WIDTH
        ),
        rows=rows,
        note=note,
    )


def _keyed(grid: Grid, row: tuple[T, ...], key: T) -> tuple[T, ...]:
    """With the key as the second cell, on a sheet that has keys."""
    return (*row[:1], key, *row[1:]) if grid.key else row


def _value(cell: str) -> str | int:
    plain = cell.isascii() and cell.isdecimal() and (cell == "0" or cell[0] != "0")
    return int(cell) if plain and len(cell) < 10 else cell
