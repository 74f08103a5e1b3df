"""Where the words beside a marked proof stand, and the leads that bring them there.

A lead runs between two lines to the edge of the text, then to its words; those of one side keep
one order throughout and so never cross (GB/T 14706-1993, 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from editorial.model.proof_drawing import DrawnMark, MarkedSheet
from editorial.model.style import TextRole
from editorial.render.pdf.paragraph import Lines, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

SIZES = ((10.0, 3.0), (8.5, 3.0), (7.0, 2.0), (6.0, 1.0), (5.0, 0.6))  # and room between
LEADING = 1.25
LANE = 112.0  # points for words, within the margin and beyond the paper
FAN = 16.0  # where leads spread to their words
NUMBER = 15.0  # for the number before the words
EDGE = 12.0  # kept free above and below
LEAST_GAP = 1.6
TOUCH = 2.0  # from a lead to the words


@dataclass(frozen=True, slots=True)
class Label:
    """`lead` is the height at which its lead leaves the text, `top` where its words begin."""

    mark: DrawnMark
    lines: Lines
    lead: float
    top: float

    @property
    def middle(self) -> float:
        return self.top + self.lines.leading / 2


@dataclass(frozen=True, slots=True)
class Side:
    """One margin. `edge` is where the text ends, `start` where words begin (their left edge),
    `beyond` how much wider than the paper the page has to be."""

    leftward: bool
    edge: float
    start: float
    beyond: float
    labels: tuple[Label, ...]


def sides_of(case: TypeCase, sheet: MarkedSheet, color: str) -> tuple[Side, ...]:
    """The margins that have anything in them."""
    found = []
    for leftward in (True, False):
        marks = [mark for mark in sheet.marks if mark.leftward == leftward]
        if marks:
            edge = sheet.left if leftward else sheet.right
            inside = edge if leftward else sheet.width - edge
            start = edge - FAN - LANE if leftward else edge + FAN
            beyond = max(0.0, LANE + FAN + TOUCH - inside)
            labels = tuple(_labels(case, marks, sheet.height, color))
            found.append(Side(leftward, edge, start, beyond, labels))
    return tuple(found)


def _labels(
    case: TypeCase, marks: Sequence[DrawnMark], height: float, color: str
) -> Sequence[Label]:
    leads = lead_heights(marks)
    order = sorted(marks, key=lambda mark: (leads[mark.number], mark.number))
    room = height - 2 * EDGE
    for size, between in SIZES:
        labels = list(_set(case, order, leads, size, color))
        if sum(tall(label) for label in labels) + between * (len(labels) - 1) <= room:
            return _stacked(labels, height, between)
    size = min(SIZES[-1][0], room / (len(order) * LEADING))
    return _stacked([_cut(case, each) for each in _set(case, order, leads, size, color)], height, 0)


def _set(
    case: TypeCase, order: Sequence[DrawnMark], leads: dict[int, float], size: float, color: str
) -> Iterator[Label]:
    look = TextRole(font="kai", size=size, leading=size * LEADING, align="left", color=color)
    for mark in order:
        lines = compose_text(case, mark.text, look, LANE - NUMBER - TOUCH)
        yield Label(mark, lines, leads[mark.number], 0.0)


def _cut(case: TypeCase, label: Label) -> Label:
    """A label of one line: on a page this full its end is in the list and in the remark."""
    text, lines = label.mark.text, label.lines
    while lines.count > 1:
        text = text[: len(text) * 2 // 3]
        lines = compose_text(case, f"{text}…", lines.look, LANE - NUMBER - TOUCH)
    return replace(label, lines=lines)


def tall(label: Label) -> float:
    return max(label.lines.height, label.lines.leading)


def _stacked(labels: list[Label], height: float, between: float) -> list[Label]:
    """As near to their leads as can be, none over another: pushed down, then up from the foot."""
    tops: list[float] = []
    least = EDGE
    for label in labels:
        tops.append(max(least, label.lead - label.lines.leading / 2))
        least = tops[-1] + tall(label) + between
    most = height - EDGE
    for index in range(len(labels) - 1, -1, -1):
        tops[index] = min(tops[index], most - tall(labels[index]))
        most = tops[index] - between
    return [replace(label, top=top) for label, top in zip(labels, tops, strict=True)]


def lead_heights(marks: Sequence[DrawnMark]) -> dict[int, float]:
    """Where each lead runs, by the mark's number: of several on one line the nearest to the
    margin is lowest, so that those from further in pass above its stem."""
    placed = [mark for mark in marks if mark.strips]
    found = {mark.number: mark.y for mark in marks if not mark.strips}
    placed.sort(key=lambda mark: mark.strips[0].top)
    for top, line in groupby(placed, key=lambda mark: round(mark.strips[0].top, 1)):
        own = sorted(line, key=_from_margin)
        gap = max(LEAST_GAP, min(mark.strips[0].gap for mark in own))
        for place, mark in enumerate(own, 1):
            found[mark.number] = top - gap * place / (len(own) + 1)
    return found


def _from_margin(mark: DrawnMark) -> float:
    return stem(mark) if mark.leftward else -stem(mark)


def stem(mark: DrawnMark) -> float:
    """Where the lead rises from the words: the middle of their first line."""
    strip = mark.strips[0]
    return (strip.left + strip.right) / 2
