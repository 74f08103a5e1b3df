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
from editorial.render.pdf.breaking import Asked, Broken, break_lines, natural_width
from editorial.render.pdf.classes import EM, Floats, Places, ruling
from editorial.render.pdf.emission import Dress, emit_lines
from editorial.render.pdf.fount import Fount
from editorial.render.pdf.line_costs import SHORT, WAYS
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
        self.waiting: list[PendingCopy] = []
        self.asked: list[PendingLines] = []


class PendingCopy:
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


class PendingLines:
    """Lines that are set together with all that are asked for; `width` in points is the measure
    they are broken to. `short`: rather fewer lines than whole words; `first`: the character they
    begin with."""

    __slots__ = ("_set", "copy", "first", "look", "short", "width")

    def __init__(
        self,
        copy: PendingCopy,
        look: TextRole,
        width: float,
        *,
        short: bool = False,
        first: int = 0,
    ) -> None:
        self.copy, self.look, self.width, self.short = copy, look, width, short
        self.first = first
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
    batches: dict[int, list[PendingLines]] = {}
    for lines in asked:
        batches.setdefault(id(lines.copy.matter), []).append(lines)
    for batch in batches.values():
        _set(batch)


def _set(batch: list[PendingLines]) -> None:
    matter = batch[0].copy.matter
    looks, of = _looks(batch)
    asked = _asked(batch, looks, of)
    broken = break_lines(matter, asked)
    spaced = space(matter, broken)
    sizes = np.array([look.size for look in looks])[of] / EM
    dresses = {
        number: _dress(lines)
        for number, lines in enumerate(batch)
        if len(lines.copy.typed.strips) > 1
    }
    shown = emit_lines(matter, broken, spaced, sizes, dresses)
    widths = natural_width(matter, broken.start, broken.stop) * sizes[broken.of]
    aligned = _lefts(batch, looks, of, asked, broken, widths)
    lefts = aligned - matter.left[broken.start] * sizes[broken.of]
    bounds = np.searchsorted(broken.of, np.arange(len(batch) + 1)).tolist()
    firsts = np.array([lines.copy.start for lines in batch], np.int64)
    begins = (broken.start - firsts[broken.of]).tolist()
    all_widths, all_lefts = widths.tolist(), lefts.tolist()
    for lines, a, b in zip(batch, bounds, bounds[1:], strict=False):
        boxes: tuple[PieceBox, ...] = ()
        if lines.copy.typed.boxed:
            boxes = tuple(_boxes(lines, a, b, matter, spaced, all_lefts))
        lines.take(SetLines(shown[a:b], all_lefts[a:b], all_widths[a:b], begins[a:b], boxes))


def _looks(batch: Sequence[PendingLines]) -> tuple[list[TextRole], Places]:
    """The looks of a batch, each once, for thousands of texts share a few; which each has."""
    looks = {id(lines.look): lines.look for lines in batch}
    place = {key: at for at, key in enumerate(looks)}
    return list(looks.values()), np.array([place[id(lines.look)] for lines in batch], np.int64)


def _asked(batch: Sequence[PendingLines], looks: Sequence[TextRole], of: Places) -> Asked:
    per_point = np.array([EM / look.size for look in looks])[of]
    room = np.array([lines.width for lines in batch]) * per_point
    indents = np.array([look.indent if _indents(look) else 0.0 for look in looks])[of] * EM
    return Asked(
        start=np.array([lines.copy.start + lines.first for lines in batch], np.int64),
        stop=np.array([lines.copy.stop for lines in batch], np.int64),
        first=np.maximum(room - indents, 1.0),
        room=np.maximum(room, 1.0),
        way=np.array([SHORT if each.short else WAYS[each.look.align] for each in batch], np.uint8),
    )


def _indents(look: TextRole) -> bool:
    return look.align in ("justify", "left")


def _dress(lines: PendingLines) -> Dress:
    copy, look = lines.copy, lines.look
    strips = copy.typed.strips
    fonts = tuple([copy.case.resource(strip.face) for strip in strips])
    return Dress(copy.start, copy.typed.own, strips, fonts, look.size, look.color)


def _lefts(
    batch: Sequence[PendingLines],
    looks: Sequence[TextRole],
    of: Places,
    asked: Asked,
    broken: Broken,
    widths: Floats,
) -> Floats:
    """Where lines begin by alignment and indent, in points."""
    spare = {"center": 0.5, "right": 1.0}
    shares = np.array([spare.get(look.align, 0.0) for look in looks])[of]
    rooms = np.array([lines.width for lines in batch])
    indents = np.array([look.indent * look.size if _indents(look) else 0.0 for look in looks])[of]
    first = broken.start == asked.start[broken.of]
    aligned = shares[broken.of] * (rooms[broken.of] - widths)
    placed: Floats = aligned + np.where(first, indents[broken.of], 0.0)
    return placed


def _boxes(
    lines: PendingLines,
    start: int,
    stop: int,
    matter: Matter,
    spaced: Spaced,
    lefts: Sequence[float],
) -> Iterator[PieceBox]:
    """Of the lines [start, stop) of all that are set."""
    boxed = [each for each in lines.copy.typed.strips if each.piece.link or each.piece.stroke]
    for number in range(start, stop):
        low, high = spaced.begins[number : number + 2].tolist()
        if low == high:
            continue
        begin = int(spaced.at[low]) - lines.copy.start
        end = begin + high - low
        here = [strip for strip in boxed if strip.start < end and strip.stop > begin]
        if not here:
            continue
        edges = _edges(matter, spaced, number) * (lines.look.size / EM)
        for strip in here:
            left = float(edges[max(strip.start - begin, 0)])
            right = float(edges[min(strip.stop, end) - begin])
            x = lefts[number]
            yield PieceBox(number - start, x + left, x + right, strip.piece)


def _edges(matter: Matter, spaced: Spaced, number: int) -> Floats:
    """Where the characters of a line begin and the last one ends, in thousandths of an em."""
    low, high = spaced.begins[number : number + 2]
    steps = matter.widths[spaced.at[low:high]] + spaced.opened[number]
    first, last = np.searchsorted(spaced.spots, (low, high))
    steps[spaced.spots[first:last] - low] += spaced.gaps[first:last]
    return np.concatenate([[0.0], np.cumsum(steps)])
