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
    CLOSING,
    Group,
    annex_number,
    closing_rows,
    ems,
    form_of,
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
    group = scope.groups.get(index)
    if group and form in CLOSING:
        look["ind"] = _closing(scope, group, index)
    elif group and form == "verse":
        look["ind"] = _verse(scope, group)
    elif form in ("annex", "annexed") and isinstance(block, Paragraph):
        look["ind"] = _annex(scope, plain(block.runs), first=form == "annex")
    kept = group and form != "center" and rows_under(blocks, group, index)
    if kept or _leads(blocks, block, index, group):
        look["keepNext"] = ON
    return (STYLES.get(block.form, "") if isinstance(block, Paragraph) else ""), look


def _leads(blocks: Sequence[Block], block: Block, index: int, group: Group | None) -> bool:
    """Whether the last lines of a text, a gap in a verse, or a line in the middle stand with what
    is under it."""
    if is_gap(block) or (group and form_of(block) == "center" and leads_on(blocks, group)):
        return True
    return isinstance(block, Paragraph | Entry) and closing_rows(blocks, index) > 0


def _em(scope: Scope, role: str) -> float:
    return role_of(scope.galley.style, role).size * TWIPS


def _closing(scope: Scope, group: Group, place: int) -> str:
    em, measure = _em(scope, "body"), scope.galley.page.measure
    widths = [each * em for each in group.widths]
    width = widths[group.places.index(place)]
    right = measure - middle_of(measure, widths, em) - width / 2
    return f'w:right="{max(0, round(right))}"'


def _verse(scope: Scope, group: Group) -> str:
    widest = max(group.widths) * _em(scope, "quote")
    left = max(0, round((scope.galley.page.measure - widest) / 2))
    return f'w:left="{left}" w:firstLineChars="0" w:firstLine="0"'


def _annex(scope: Scope, words: str, *, first: bool) -> str:
    em, number = _em(scope, "body"), ems(annex_number(words))
    left = (ANNEX_INSET + ems(ANNEX_LEAD) + number) * em
    hung = (number + (ems(ANNEX_LEAD) if first else 0)) * em
    return f'w:left="{round(left)}" w:hangingChars="0" w:hanging="{round(hung)}"'
