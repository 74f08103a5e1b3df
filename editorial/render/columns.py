"""Columns of an 附件: what each asks for and what it gets, in ems, for PDF and DOCX alike."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from editorial.model.sheet import Annex

# A column this narrow is centred; one with nothing in it is for the reader to fill in.
SHORT, BLANK, HEADING, LONG = 5.0, 6.0, 5.0, 40.0
ANSWER = 36.0


def texts_of(annex: Annex, column: int) -> list[str]:
    return [row[column] for row in annex.rows if row[column].strip()]


def wish(annex: Annex, column: int, widest: float) -> float:
    """Ems the column would take, its `widest` text on one line. One that is empty: `BLANK`, for
    the reader to fill in, more where his answer is waited for, and little where nothing is."""
    heading = annex.columns[column]
    if column == annex.blank:
        return ANSWER
    if not texts_of(annex, column):
        return min(len(heading), HEADING) if annex.blank >= 0 else max(BLANK, float(len(heading)))
    return max(widest, min(len(heading), HEADING))


def shared(wishes: Sequence[float], room: float) -> list[float]:
    """Short columns get what they wish, the long ones the rest by the root of their length."""
    short = [wish if wish <= BLANK else 0.0 for wish in wishes]
    weights = [sqrt(min(wish, LONG)) if wish > BLANK else 0.0 for wish in wishes]
    if sum(weights) == 0:
        return [wish * room / sum(wishes) for wish in wishes]
    rest = max(room - sum(short), room / 3)
    squeeze = (room - rest) / sum(short) if sum(short) else 0.0
    return [
        fixed * min(1.0, squeeze) if fixed else rest * weight / sum(weights)
        for fixed, weight in zip(short, weights, strict=True)
    ]
