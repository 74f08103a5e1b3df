"""Notes at the foot of a column: what they need, what of them fits, what goes over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import floor

from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.items import Item, Rules, Text
from editorial.render.pdf.paragraph import Lines
from editorial.values import dataclass

NOTE_GAP, RULE_AT = 13.0, 8.0
RULE_SHARE, RULE_WEIGHT = 0.25, 0.4
NOTE_SPLITS = 5


@dataclass(frozen=True, slots=True)
class NoteLines:
    """Lines [start, stop) of a note, an element of the logical structure."""

    lines: Lines
    start: int
    stop: int
    tag: int


def foot_height(foot: Sequence[NoteLines]) -> float:
    """Points from the gap above the rule down to the last line."""
    if not foot:
        return 0.0
    return NOTE_GAP + sum((note.stop - note.start) * note.lines.leading for note in foot)


def least_height(new: Sequence[Lines], foot: Sequence[NoteLines]) -> float:
    """What notes new on a page need at once: all of it, but a long last one may run over."""
    if not new:
        return 0.0
    last = new[-1]
    running = 2 if last.count > NOTE_SPLITS else last.count
    height = sum(lines.height for lines in new[:-1]) + running * last.leading
    return height + (0.0 if foot else NOTE_GAP)


def parted(note: NoteLines, free: float) -> tuple[NoteLines | None, NoteLines | None]:
    """What of a note goes into `free` points, and what is left."""
    fits = max(0, floor(free / note.lines.leading + HAIR))
    cut = min(note.stop, note.start + fits)
    here = NoteLines(note.lines, note.start, cut, note.tag) if cut > note.start else None
    over = NoteLines(note.lines, cut, note.stop, note.tag) if cut < note.stop else None
    return here, over


def laid_foot(foot: Iterable[NoteLines], x: float, width: float, top: float) -> list[Item]:
    """Notes in place below a short rule; `top` is where the gap above it begins."""
    rule = (x, top + RULE_AT, x + RULE_SHARE * width, top + RULE_AT)
    items: list[Item] = [Rules(strokes=(rule,), weight=RULE_WEIGHT)]
    top += NOTE_GAP
    for note in foot:
        items.append(
            Text(lines=note.lines, x=x, top=top, start=note.start, stop=note.stop, tag=note.tag)
        )
        top += (note.stop - note.start) * note.lines.leading
    return items


def next_number(numbers: Mapping[str, str]) -> str:
    """① … ㊿ for the next note of a page; a page never holds more, yet ※ stands by."""
    number = len(numbers) + 1
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return "※"
