"""How Word sets paragraphs of a form of their own: style, indents, what they stay with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from editorial.model.document import Block, Entry, Form, Paragraph, plain
from editorial.model.style import role_of
from editorial.render.docx.galley import Scope
from editorial.render.docx.wordml import ON, TWIPS
from editorial.render.forms import (
    ANNEX_INSET,
    ANNEX_LEAD,
    AT_FOOT,
    CLOSING,
    annex_number,
    closing_rows,
    ems,
    form_of,
    group_at,
    is_gap,
    leads_on,
    middle_of,
    rows_under,
)

STYLES: Mapping[Form, str] = {
    "signed": "Closing",
    "dated": "Closing",
    "quote": "Quote",
    "verse": "Verse",
    "verse_title": "MiddleHead",
    "verse_author": "TitleNote",
    "head": "MiddleHead",
    "aside": "TitleNote",
    "salutation": "Salutation",
    "right": "RightLine",
    "center": "MiddleLine",
}


def form_look(scope: Scope, block: Block, index: int) -> tuple[str, dict[str, str]]:
    """The style of a block, and what it has beside it."""
    blocks, form = scope.part.blocks, form_of(block)
    look: dict[str, str] = {}
    if form in CLOSING:
        look["ind"] = _closing(scope, blocks, index)
    elif form == "verse":
        look["ind"] = _verse(scope, blocks, index)
    elif form in ("annex", "annexed") and isinstance(block, Paragraph):
        look["ind"] = _annex(scope, plain(block.runs), first=form == "annex")
    grouped = form == "verse" or form in AT_FOOT
    if (grouped and rows_under(blocks, index)) or _leads(blocks, block, index):
        look["keepNext"] = ON
    return (STYLES.get(block.form, "") if isinstance(block, Paragraph) else ""), look


def _leads(blocks: Sequence[Block], block: Block, index: int) -> bool:
    """Whether the last lines of a text, a gap in a verse, or a line in the middle stand with what
    is under it."""
    if is_gap(block) or (form_of(block) == "center" and leads_on(blocks, index)):
        return True
    return isinstance(block, Paragraph | Entry) and closing_rows(blocks, index) > 0


def _words(blocks: Sequence[Block], place: int) -> str:
    block = blocks[place]
    return plain(block.runs) if isinstance(block, Paragraph) else ""


def _em(scope: Scope, role: str) -> float:
    return role_of(scope.galley.style, role).size * TWIPS


def _closing(scope: Scope, blocks: Sequence[Block], place: int) -> str:
    em, measure = _em(scope, "body"), scope.galley.page.measure
    widths = [ems(_words(blocks, at)) * em for at in group_at(blocks, place)]
    width = ems(_words(blocks, place)) * em
    right = measure - middle_of(measure, widths, em) - width / 2
    return f'w:right="{max(0, round(right))}"'


def _verse(scope: Scope, blocks: Sequence[Block], place: int) -> str:
    em = _em(scope, "quote")
    widest = max(ems(_words(blocks, at)) for at in group_at(blocks, place)) * em
    left = max(0, round((scope.galley.page.measure - widest) / 2))
    return f'w:left="{left}" w:firstLineChars="0" w:firstLine="0"'


def _annex(scope: Scope, words: str, *, first: bool) -> str:
    em, number = _em(scope, "body"), ems(annex_number(words))
    left = (ANNEX_INSET + ems(ANNEX_LEAD) + number) * em
    hung = (number + (ems(ANNEX_LEAD) if first else 0)) * em
    return f'w:left="{round(left)}" w:hangingChars="0" w:hanging="{round(hung)}"'
