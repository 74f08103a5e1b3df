"""What comes after a step of a 篇目: how much text, and with which notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice

from editorial.render.pdf.floats import Ahead, Movable
from editorial.render.pdf.flow import FootNote, Passage
from editorial.render.pdf.notes import NOTE_GAP
from editorial.render.pdf.steps import Beside, End, Step, Title, Words

# A text of no more lines is not parted.
WHOLE_LINES = 3


def ahead_of(steps: Sequence[Step], index: int) -> Ahead:
    """What a table or figure at this step asks about."""
    return Ahead(
        here=partial(following, steps, index),
        beyond=partial(following, steps, index, whole=True),
        notes=partial(_notes, steps, index),
    )


def following(steps: Sequence[Step], index: int, most: float, *, whole: bool = False) -> float:
    """Points of text between a step and the end of its part, or of the `whole` 篇目; enough
    when above `most`."""
    height = 0.0
    for place in range(index + 1, len(steps)):
        match steps[place]:
            case Words(text=text):
                height += text.lines.height
            case Beside(lines=lines, texts=texts):
                height += lines * texts[0].text.lines.leading
            case Title(head=head, depth=-1):
                height += head.passage.lines.height
            case End() if not whole:
                break
        if height > most:
            break
    return height


def _notes(steps: Sequence[Step], index: int, start: float, stop: float) -> float:
    """Height of the notes that so much text after a step calls for."""
    called: dict[str, FootNote] = {}
    inside = at = 0.0
    for step in islice(steps, index + 1, None):
        match step:
            case Movable():  # it may stand there, with notes of its own
                inside += step.notes() if at >= start else 0.0
                at += step.height()
            case Words(text=text):
                called |= _called(text, start - at, stop - at)
                at += text.lines.height
            case Beside(lines=lines, texts=texts):
                for each in texts:
                    called |= _called(each.text, start - at, stop - at)
                at += lines * texts[0].text.lines.leading
            case Title(head=head):
                at += head.before
                called |= _called(head.passage, start - at, stop - at)
                at += head.passage.lines.height + head.after
        if at >= stop:
            break
    height = inside + sum(note.lines.height for note in called.values())
    return NOTE_GAP * bool(height) + height


def _called(text: Passage, start: float, stop: float) -> dict[str, FootNote]:
    """The notes called for so many points below the beginning of a text."""
    leading = text.lines.leading
    return {note.key: note for at, note in text.calls if start <= at * leading < stop}


def has_text(steps: Sequence[Step]) -> bool:
    """Whether there is a text or a heading among them."""
    return any(isinstance(step, Words | Beside | Title) for step in steps)


def fellows_of(steps: Sequence[Step], index: int) -> float:
    """Points of the next text that stand with a text of a single line under a heading."""
    step, after = steps[index], steps[index + 1] if index + 1 < len(steps) else None
    if not isinstance(step, Words) or not isinstance(after, Words):
        return 0.0
    if step.text.lines.count != 1 or step.signed:
        return 0.0
    lines = after.text.lines
    return lines.leading * (lines.count if lines.count <= WHOLE_LINES else 2)
