"""Texts made ready and lines set, all that wait at once: arrays in, operators out.

Nothing is done for one paragraph alone. Text that is measured has all waiting copy made ready,
lines that are read have all waiting lines broken, spaced and written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from editorial.model.style import TextRole
from editorial.render.fonts import FontTable
from editorial.render.pdf.breaking import WAYS, Asked, Broken, break_lines, natural_width
from editorial.render.pdf.classes import EM, Floats, ruling
from editorial.render.pdf.emission import Dress, emit_lines
from editorial.render.pdf.fount import Fount
from editorial.render.pdf.matter import Matter, prepare
from editorial.render.pdf.spacing import Spaced, space
from editorial.render.pdf.typed import Piece, Typed
from editorial.values import dataclass

# Characters made ready in one row; more at once would only cost memory.
MOST_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class PieceBox:
    """A link, or words with a stroke, on one line: from and to in points from the left edge
    of the measure."""

    line: int
    left: float
    right: float
    piece: Piece


class SetLines(NamedTuple):
    """Lines as they are drawn: operators, x of the first character's box, natural width, and
    where each begins in the text; lengths in points."""

    shown: Sequence[str]
    lefts: Sequence[float]
    widths: Sequence[float]
    begins: Sequence[int]
    boxes: tuple[PieceBox, ...] = ()


class TypeCase(Fount):
    """The faces of one build, and the texts and lines that wait to be set together."""

    def __init__(self, table: FontTable, punctuation: str = "gb", *, strict: bool = False) -> None:
        super().__init__(table)
        self.ruling = ruling(punctuation, strict=strict)
        self.waiting: list[Waiting] = []
        self.asked: list[Asking] = []


class Waiting:
    """Text that is made ready together with all that waits in its case."""

    __slots__ = ("_matter", "case", "start", "typed")

    def __init__(self, case: TypeCase, typed: Typed) -> None:
        self.case, self.typed = case, typed
        self._matter: Matter | None = None
        self.start = 0
        case.waiting.append(self)

    @property
    def matter(self) -> Matter:
        """The row its characters stand in, from `start` on."""
        if self._matter is None:
            _prepare(self.case)
        assert self._matter is not None
        return self._matter

    @property
    def stop(self) -> int:
        """Where it ends in its matter, once it is ready."""
        return self.start + len(self.typed.text)

    def place(self, matter: Matter, start: int) -> None:
        """Called once, when it is made ready."""
        self._matter, self.start = matter, start


class Asking:
    """Lines that are set together with all that are asked for; `width` in points is the measure
    they are broken to."""

    __slots__ = ("_set", "copy", "look", "width")

    def __init__(self, copy: Waiting, look: TextRole, width: float) -> None:
        self.copy, self.look, self.width = copy, look, width
        self._set: SetLines | None = None
        copy.case.asked.append(self)

    @property
    def as_set(self) -> SetLines:
        if self._set is None:
            _set_asked(self.copy.case)
        assert self._set is not None
        return self._set

    def take(self, done: SetLines) -> None:
        """Called once, when the batch is set."""
        self._set = done


def _prepare(case: TypeCase) -> None:
    """Make ready all copy that waits, in rows of a bearable length."""
    waiting, case.waiting = case.waiting, []
    while waiting:
        room, count = MOST_AT_ONCE, 0
        for each in waiting:
            room -= len(each.typed.text)
            if room < 0 and count:
                break
            count += 1
        batch, waiting = waiting[:count], waiting[count:]
        matter = prepare([each.typed for each in batch], case.ruling)
        for each, start in zip(batch, matter.starts.tolist(), strict=False):
            each.place(matter, start)


def _set_asked(case: TypeCase) -> None:
    """Set all lines asked for so far."""
    _prepare(case)
    asked, case.asked = case.asked, []
    batches: dict[int, list[Asking]] = {}
    for lines in asked:
        batches.setdefault(id(lines.copy.matter), []).append(lines)
    for batch in batches.values():
        _set(batch)


def _set(batch: list[Asking]) -> None:
    matter = batch[0].copy.matter
    asked = _asked(batch)
    broken = break_lines(matter, asked)
    spaced = space(matter, broken)
    sizes = np.array([lines.look.size for lines in batch]) / EM
    dresses = {
        number: _dress(lines)
        for number, lines in enumerate(batch)
        if len(lines.copy.typed.strips) > 1
    }
    shown = emit_lines(matter, broken, spaced, sizes, dresses)
    widths = natural_width(matter, broken.start, broken.stop) * sizes[broken.of]
    lefts = _lefts(batch, asked, broken, widths) - matter.left[broken.start] * sizes[broken.of]
    bounds = np.searchsorted(broken.of, np.arange(len(batch) + 1)).tolist()
    begins = (broken.start - asked.start[broken.of]).tolist()
    all_widths, all_lefts = widths.tolist(), lefts.tolist()
    for number, lines in enumerate(batch):
        part = slice(bounds[number], bounds[number + 1])
        boxes: tuple[PieceBox, ...] = ()
        if lines.copy.typed.boxed:
            boxes = tuple(_boxes(lines, part, matter, spaced, all_lefts))
        lines.take(SetLines(shown[part], all_lefts[part], all_widths[part], begins[part], boxes))


def _asked(batch: Sequence[Asking]) -> Asked:
    looks = [lines.look for lines in batch]
    per_point = np.array([EM / look.size for look in looks])
    room = np.array([lines.width for lines in batch]) * per_point
    indents = np.array([look.indent if _indents(look) else 0.0 for look in looks]) * EM
    return Asked(
        start=np.array([lines.copy.start for lines in batch], np.int64),
        stop=np.array([lines.copy.stop for lines in batch], np.int64),
        first=np.maximum(room - indents, 1.0),
        room=np.maximum(room, 1.0),
        way=np.array([WAYS[look.align] for look in looks], np.uint8),
    )


def _indents(look: TextRole) -> bool:
    return look.align in ("justify", "left")


def _dress(lines: Asking) -> Dress:
    copy, look = lines.copy, lines.look
    strips = copy.typed.strips
    fonts = tuple(copy.case.resource(strip.face) for strip in strips)
    return Dress(copy.start, copy.typed.own, strips, fonts, look.size, look.color)


def _lefts(batch: Sequence[Asking], asked: Asked, broken: Broken, widths: Floats) -> Floats:
    """Where lines begin by alignment and indent, in points."""
    looks = [lines.look for lines in batch]
    spare = {"center": 0.5, "right": 1.0}
    shares = np.array([spare.get(look.align, 0.0) for look in looks])
    rooms = np.array([lines.width for lines in batch])
    indents = np.array([look.indent * look.size if _indents(look) else 0.0 for look in looks])
    first = broken.start == asked.start[broken.of]
    aligned = shares[broken.of] * (rooms[broken.of] - widths)
    placed: Floats = aligned + np.where(first, indents[broken.of], 0.0)
    return placed


def _boxes(
    lines: Asking, part: slice, matter: Matter, spaced: Spaced, lefts: Sequence[float]
) -> Iterator[PieceBox]:
    per_em = lines.look.size / EM
    for number in range(part.start, part.stop):
        low, high = spaced.begins[number : number + 2].tolist()
        if low == high:
            continue
        opened = float(spaced.opened[number])
        steps = matter.widths[spaced.at[low:high]] + opened
        first, last = np.searchsorted(spaced.spots, (low, high))
        steps[spaced.spots[first:last] - low] += spaced.gaps[first:last]
        ends = np.cumsum(steps)
        edges = np.concatenate([[0.0], ends]) * per_em
        offset = int(spaced.at[low]) - lines.copy.start
        for strip in lines.copy.typed.strips:
            first, stop = max(strip.start - offset, 0), min(strip.stop - offset, high - low)
            if (strip.piece.link or strip.piece.stroke) and first < stop:
                left, right = float(edges[first]), float(edges[stop])
                x = lefts[number]
                yield PieceBox(number - part.start, x + left, x + right, strip.piece)
