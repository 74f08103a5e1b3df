"""How long the text of each cell is, set on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from editorial.render import widths
from editorial.render.pdf.breaking import natural_width
from editorial.render.pdf.classes import EM
from editorial.render.pdf.grid import Cells
from editorial.render.pdf.paragraph import Copy

Measured: TypeAlias = widths.Measured[Copy]


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
    widths: list[float] = (natural_width(matter, starts, stops) / EM).tolist()
    return widths
