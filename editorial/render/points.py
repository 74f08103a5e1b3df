"""Figures of a table under their decimal points: how far each reaches before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from editorial.render.grid import Box, Cells, W, raised


def before_points(
    cells: Cells[W], lengths: Sequence[float], numbers: frozenset[int]
) -> list[float]:
    """Ems before the decimal point of every figure that stands under others; -1: none.
    `lengths` of the cells in ems, `numbers` the columns of figures."""
    header = cells.header
    return [
        _before_point(box, length)
        if box.kind == "number" and box.row >= header and box.across == 1 and box.column in numbers
        else -1.0
        for box, length in zip(cells.boxes, lengths, strict=True)
    ]


def _before_point(box: Box[W], length: float) -> float:
    """Ems of a figure before its decimal point, or before what follows its last digit."""
    if not box.copy:
        return 0.0
    text = box.copy.text
    text = text[: len(text) - raised(box.runs)]
    at = text.find(".")
    if at < 0:
        at = text.find("．")
    if at < 0:
        if len(box.runs) == 1 and text[-1].isdecimal():
            return length
        # A digit that no face has prints as a blank box: the figure ends with its last sign.
        digits = [place for place, char in enumerate(text) if char.isdecimal()]
        at = digits[-1] + 1 if digits else len(text)
    return min(length, box.copy.length(1, at))


def widest_parts(
    cells: Cells[W], lengths: Sequence[float], befores: Sequence[float]
) -> Mapping[int, tuple[float, float]]:
    """By column of figures, ems of the widest part before the point and from it on."""
    parts: dict[int, tuple[float, float]] = {}
    for box, length, before in zip(cells.boxes, lengths, befores, strict=True):
        if before >= 0:
            most, after = parts.get(box.column, (0.0, 0.0))
            if before > most or length - before > after:
                parts[box.column] = (max(most, before), max(after, length - before))
    return parts
