"""Where paragraphs of a form of their own stand, alike in PDF and Word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from editorial.model.document import Block, Break, Comment, Entry, Note, Paragraph, plain
from editorial.model.style import DraftStyle, TextRole, role_of
from editorial.render.signing import DATE_FROM_RIGHT
from editorial.values import dataclass

CLOSING = ("signed", "dated")
AT_FOOT = (*CLOSING, "right")  # stand with the last lines of the text above
GROUPED = (*AT_FOOT, "verse", "center")
QUOTE_INSET = 2  # ems
ANNEX_INSET, ANNEX_LEAD = 2, "附件："
NAME_FROM_RIGHT = 2  # ems
LATIN_EM = 0.55
SHORT_VERSE = 12  # lines of a verse not broken over pages
TITLE_LINES = 4  # lines in the middle that stand with the text below
_ANNEX = re.compile(f"(?:{ANNEX_LEAD})?([0-9]+[.．、])")


@dataclass(frozen=True, slots=True)
class Group:
    """The places of the lines of one verse, one 落款, or those at the right or in the middle one
    after another, and about how many ems wide each is."""

    places: tuple[int, ...]
    widths: tuple[float, ...]


def groups_of(blocks: Sequence[Block]) -> dict[int, Group]:
    """The groups, by the place of each of their lines."""
    made: dict[int, Group] = {}
    for place, block in enumerate(blocks):
        if place not in made and form_of(block) in GROUPED:
            places = (place, *_after(blocks, place))
            group = Group(places, tuple(ems(_words(blocks[at])) for at in places))
            made |= dict.fromkeys(places, group)
    return made


def _words(block: Block) -> str:
    return plain(block.runs) if isinstance(block, Paragraph) else ""


def _after(blocks: Sequence[Block], place: int) -> Iterator[int]:
    form = form_of(blocks[place])
    wanted = CLOSING if form in CLOSING else (form,)
    for at in range(place + 1, len(blocks)):
        block = blocks[at]
        if form_of(block) in wanted:
            yield at
        elif not (isinstance(block, Comment | Note) or is_gap(block)):
            return


def form_of(block: Block) -> str:
    return block.form if isinstance(block, Paragraph) else ""


def is_gap(block: Block) -> bool:
    """Whether it is the blank line between two stanzas."""
    return isinstance(block, Break) and block.quoted


def rows_under(blocks: Sequence[Block], group: Group, place: int) -> int:
    """Lines of `group` that must stand on the page of the one at `place`."""
    first, last = group.places[0], group.places[-1]
    if form_of(blocks[place]) not in CLOSING and len(group.places) > SHORT_VERSE:
        return 1 if place in (first, *group.places[-2:-1]) else 0
    rest = len(group.places) - group.places.index(place) - 1
    return rest + sum(map(is_gap, blocks[place:last]))


def closing_rows(blocks: Sequence[Block], place: int) -> int:
    """Lines of the 落款, or at the right, directly below the block at `place`; 0 inside of one.
    Of many only the first."""
    if form_of(blocks[place]) in AT_FOOT:
        return 0
    rows = sum(1 for _ in _closing_under(blocks, place))
    return rows if rows <= SHORT_VERSE else 1


def leads_on(blocks: Sequence[Block], group: Group) -> bool:
    """Whether lines in the middle stand with the text below: few above a paragraph."""
    after = (blocks[at] for at in range(group.places[-1] + 1, len(blocks)))
    below = (each for each in after if not isinstance(each, Comment | Note))
    return len(group.places) <= TITLE_LINES and isinstance(next(below, None), Paragraph | Entry)


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
