"""The cells of a table with their copy, and how long each is on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from editorial.model.document import Table, plain
from editorial.render import grid, widths
from editorial.render.cell_looks import cell_role
from editorial.render.grid import Place, kind_of, signed
from editorial.render.pdf.breaking import natural_width
from editorial.render.pdf.classes import EM
from editorial.render.pdf.inline import Setting, changed, copy_of
from editorial.render.pdf.paragraph import Copy

Box: TypeAlias = grid.Box[Copy]
Cells: TypeAlias = grid.Cells[Copy]
Measured: TypeAlias = widths.Measured[Copy]


def cells_of(setting: Setting, table: Table, at: int = -1) -> Cells:
    """Every cell with its copy, spans cut where another cell or the edge stands in the way.
    `at` is the place of the table among the blocks of its part."""
    role = cell_role(setting.style, plain=table.plain).font
    return grid.filled(table, lambda place: _box(setting, role, place, at))


def _box(setting: Setting, role: str, place: Place, at: int) -> Box:
    row, column, across, down, runs = place
    text = runs[0].text if len(runs) == 1 and runs[0].kind == "text" else plain(runs)
    text = text.strip()
    kind = kind_of(runs, text)
    runs = signed(runs, kind)
    words = changed(setting, at, f"{row},{column}", runs)
    copy = copy_of(setting, words, role, tabular=kind == "number") if words else None
    if copy and not copy.text:
        copy = None
    return grid.Box(row, column, across, down, runs, kind if copy else "", copy)


def measured(cells: Cells) -> Measured:
    """All cells measured together."""
    copies = [box.copy for box in cells.boxes if box.copy]
    known = iter(_lengths(copies))
    lengths = [next(known) if box.copy else 0.0 for box in cells.boxes]
    return widths.measured(cells, lengths)


def _lengths(copies: Sequence[Copy]) -> list[float]:
    if not copies:
        return []
    matter = copies[0].matter
    if any(copy.matter is not matter for copy in copies):
        return [copy.length(1) for copy in copies]
    starts = np.array([copy.start for copy in copies], np.int64)
    stops = np.array([copy.stop for copy in copies], np.int64)
    lengths: list[float] = (natural_width(matter, starts, stops) / EM).tolist()
    return lengths
