"""Where paragraphs of a form of their own stand, alike in PDF and Word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from editorial.model.document import Block, Break, Comment, Entry, Note, Paragraph
from editorial.model.style import DraftStyle, TextRole, role_of
from editorial.render.signing import DATE_FROM_RIGHT

CLOSING = ("signed", "dated")
AT_FOOT = (*CLOSING, "right")  # stand with the last lines of the text above
QUOTE_INSET = 2  # ems
ANNEX_INSET, ANNEX_LEAD = 2, "附件："
NAME_FROM_RIGHT = 2  # ems
LATIN_EM = 0.55
SHORT_VERSE = 12  # lines of a verse not broken over pages
TITLE_LINES = 4  # lines in the middle that stand with the text below
_ANNEX = re.compile(f"(?:{ANNEX_LEAD})?([0-9]+[.．、])")


def group_at(blocks: Sequence[Block], place: int) -> tuple[int, ...]:
    """The places of the verse, of the lines of the 落款, or of those at the right or in the middle
    that `place` is among."""
    return (*reversed([*_beside(blocks, place, -1)]), place, *_beside(blocks, place, 1))


def _beside(blocks: Sequence[Block], place: int, step: int) -> Iterator[int]:
    form = form_of(blocks[place])
    wanted = CLOSING if form in CLOSING else (form,)
    while 0 <= (place := place + step) < len(blocks):
        block = blocks[place]
        if form_of(block) in wanted:
            yield place
        elif not (isinstance(block, Comment | Note) or (isinstance(block, Break) and block.quoted)):
            return


def form_of(block: Block) -> str:
    return block.form if isinstance(block, Paragraph) else ""


def is_gap(block: Block) -> bool:
    """Whether it is the blank line between two stanzas."""
    return isinstance(block, Break) and block.quoted


def rows_under(blocks: Sequence[Block], place: int) -> int:
    """Lines of a verse, of a 落款, or of those at the right that must stand on the page of the one
    at `place`."""
    group = group_at(blocks, place)
    rest = len(group) - group.index(place) - 1
    if form_of(blocks[place]) not in CLOSING and len(group) > SHORT_VERSE:
        return 1 if place == group[0] or rest == 1 else 0
    return rest + sum(map(is_gap, blocks[place : group[-1]]))


def closing_rows(blocks: Sequence[Block], place: int) -> int:
    """Lines of the 落款, or at the right, directly below the block at `place`; 0 inside of one.
    Of many only the first."""
    if form_of(blocks[place]) in AT_FOOT:
        return 0
    rows = sum(1 for _ in _closing_under(blocks, place))
    return rows if rows <= SHORT_VERSE else 1


def leads_on(blocks: Sequence[Block], place: int) -> bool:
    """Whether a line in the middle stands with the text below: one of few above a paragraph."""
    group = group_at(blocks, place)
    below = (each for each in blocks[group[-1] + 1 :] if not isinstance(each, Comment | Note))
    return len(group) <= TITLE_LINES and isinstance(next(below, None), Paragraph | Entry)


def _closing_under(blocks: Sequence[Block], place: int) -> Iterator[int]:
    for at in range(place + 1, len(blocks)):
        if form_of(blocks[at]) in AT_FOOT:
            yield at
        elif not isinstance(blocks[at], Comment | Note):
            return


def middle_of(measure: float, widths: Sequence[float], em: float) -> float:
    """Where the middle of a 落款 stands from the left edge: the date, the last of `widths`, four
    ems from the right, the names centred over it, and two ems from the right if they are longer
    (GB/T 9704-2012, 7.3.5)."""
    half = max(widths) / 2
    wanted = min(
        measure - DATE_FROM_RIGHT * em - widths[-1] / 2, measure - NAME_FROM_RIGHT * em - half
    )
    return max(wanted, min(half, measure / 2))


def annex_number(text: str) -> str:
    """1． of 附件：1．某表, 2． of 2．某表."""
    found = _ANNEX.match(text)
    return found[1] if found else ""


def quote_look(style: DraftStyle, fonts: Collection[str]) -> TextRole:
    """The role `quote`; in the face of the body where `fonts`, some of one's own, lack it."""
    look = role_of(style, "quote")
    return look if look.font in fonts else replace(look, font=style.roles["body"].font)


def ems(text: str) -> float:
    """About how wide a text is on one line."""
    return sum(LATIN_EM if char.isascii() else 1.0 for char in text)
