"""Notes the lines of a column call for: the height they need, how they come to its foot."""

from __future__ import annotations

from math import inf

from editorial.render.pdf.flow import Flow, FootNote, Page, Passage
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.notes import (
    NOTE_GAP,
    NoteLines,
    foot_height,
    least_height,
    next_number,
    parted,
)


def least_notes(flow: Flow, passage: Passage, start: int, stop: int) -> float:
    """What the notes of these lines take of the room of text: all they need, but a long last one
    may run over."""
    if not passage.notes:
        return 0
    new = [note.lines for note in _new(flow.pages[-1], passage, start, stop)]
    return above_foot(flow, least_height(new, flow.foot))


def above_foot(flow: Flow, height: float) -> float:
    """What is left of `height` points of notes once the white under short columns is filled; no
    page has it where they do not fit below what stands at the foot."""
    white = (flow.under if flow.below else flow.bottom - flow.limit) - foot_height(flow.foot)
    over = max(0.0, height - max(0.0, white))
    return inf if flow.below and over > HAIR else over


def begun_notes(flow: Flow, passage: Passage, start: int, stop: int) -> float:
    """Height that is enough to begin them: the first runs over, the others follow it."""
    new = _new(flow.pages[-1], passage, start, stop)
    return above_foot(flow, least_height([note.lines for note in new[:1]], flow.foot))


def _new(page: Page, passage: Passage, start: int, stop: int) -> list[FootNote]:
    """The notes these lines call for that are not on the page yet."""
    called = {note.key: note for line, note in passage.calls if start <= line < stop}
    return [note for key, note in called.items() if key not in page.numbers]


def number_calls(page: Page, passage: Passage, start: int, stop: int) -> tuple[FootNote, ...]:
    """Give the notes these lines call for their numbers on this page; those new to it."""
    new = tuple(_new(page, passage, start, stop))
    for note in new:
        page.numbers[note.key] = next_number(page.numbers)
    return new


def add_note(flow: Flow, note: FootNote, above: float) -> None:
    """A note at the foot of the column, as far as it fits under the depth `above`."""
    lines = note.lines
    lay_note(flow, NoteLines(lines, 0, lines.count, flow.tags.note()), above)


def lay_note(flow: Flow, note: NoteLines, above: float) -> None:
    """As many lines of a note as fit under `above`; the rest spills to the next column."""
    gap = 0 if flow.foot else NOTE_GAP
    space = flow.bottom - above
    free = (min(space, flow.under) if flow.below else space) - foot_height(flow.foot) - gap
    here, over = parted(note, 0 if flow.spill else free)
    if here:
        flow.foot.append(here)
    if over:
        flow.spill.append(over)
