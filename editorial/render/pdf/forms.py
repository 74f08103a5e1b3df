"""Paragraphs of a form of their own, composed: 落款, verse, quotations, lines in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from editorial.model.document import Block, Paragraph, plain
from editorial.model.style import TextRole
from editorial.render.forms import (
    ANNEX_INSET,
    ANNEX_LEAD,
    CLOSING,
    QUOTE_INSET,
    Group,
    annex_number,
    closing_rows,
    ems,
    form_of,
    groups_of,
    leads_on,
    middle_of,
    quote_look,
    rows_under,
)
from editorial.render.pdf.flow import Head, Passage
from editorial.render.pdf.inline import Setting, changed, notes_of, pieces_of
from editorial.render.pdf.paragraph import Lines, compose
from editorial.render.pdf.steps import Title, Words

HEAD_SPACE = 0.5  # of a line, above 第一章　总则
TITLES = ("head", "aside", "verse_title", "verse_author")


def form_steps(setting: Setting, blocks: Sequence[Block], width: float) -> dict[int, Words | Title]:
    """The paragraphs that have a form, by their place."""
    made: dict[int, Words | Title] = {}
    groups = groups_of(blocks)
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.form and place not in made:
            group = groups.get(place)
            if group and (block.form in CLOSING or block.form == "verse"):
                made |= _group(setting, blocks, group, width)
            else:
                made[place] = _alone(setting, blocks, place, width, group)
    return made


def closing_under(setting: Setting, blocks: Sequence[Block], place: int) -> float:
    """Points of the 落款 that the last lines of the text at `place` stand with."""
    return closing_rows(blocks, place) * setting.style.roles["body"].leading


def _look(setting: Setting, form: str) -> TextRole:
    """The type of a form, without indent."""
    style = setting.style
    body, quote = style.roles["body"], quote_look(style, setting.case.table.config.roles)
    match form:
        case "head" | "verse_title":
            return replace(body, font=style.emphasis, indent=0, align="center")
        case "aside" | "verse_author":
            return replace(quote, indent=0, align="center")
        case "verse":
            return replace(quote, indent=0, align="left")
        case "signed" | "dated" | "right":
            return replace(body, indent=0, align="right")
        case "center":
            return replace(body, indent=0, align="center")
        case "quote":
            return quote
        case _:
            return replace(body, indent=0)


def _passage(
    setting: Setting, blocks: Sequence[Block], place: int, look: TextRole, width: float
) -> Passage:
    block = blocks[place]
    assert isinstance(block, Paragraph)
    runs = changed(setting, place, "runs", block.runs)
    lines = compose(setting.case, pieces_of(setting, runs), look, width)
    return Passage(lines=lines, notes=notes_of(setting, runs))


def _alone(
    setting: Setting, blocks: Sequence[Block], place: int, width: float, group: Group | None
) -> Words | Title:
    block = blocks[place]
    assert isinstance(block, Paragraph)
    look, left = _look(setting, block.form), 0.0
    if block.form in TITLES or (group and block.form == "center" and leads_on(blocks, group)):
        above = HEAD_SPACE * look.leading if block.form == "head" else 0
        text = _passage(setting, blocks, place, look, width)
        return Title(head=Head(passage=text, before=above, after=0, role="P"))
    if block.form == "quote":
        left = QUOTE_INSET * look.size
    elif block.form in ("annex", "annexed"):
        words = plain(block.runs)
        number = ems(annex_number(words))
        left = (ANNEX_INSET + ems(ANNEX_LEAD) + number) * look.size
        hung = number + (ems(ANNEX_LEAD) if block.form == "annex" else 0)
        look = replace(look, indent=-hung)
    text = _passage(setting, blocks, place, look, width - left)
    if left:
        text = replace(text, inset=lambda: left)
    rows = rows_under(blocks, group, place) if group and block.form == "right" else 0
    tail = rows * look.leading + closing_under(setting, blocks, place)
    return Words(text=text, tail=tail)


def _group(
    setting: Setting, blocks: Sequence[Block], group: Group, width: float
) -> dict[int, Words | Title]:
    """The lines of a verse or of a 落款, placed by the longest of them."""
    texts = [
        _passage(setting, blocks, place, _look(setting, form_of(blocks[place])), width)
        for place in group.places
    ]
    whole = [text.lines for text in texts]
    verse = form_of(blocks[group.places[0]]) == "verse"
    middle = cache(partial(_verse_inset, whole))
    return {
        place: Words(
            text=replace(
                text,
                inset=middle if verse else partial(_closing_inset, text.lines, whole),
            ),
            tail=rows_under(blocks, group, place) * text.lines.leading
            + closing_under(setting, blocks, place),
        )
        for place, text in zip(group.places, texts, strict=True)
    }


def _verse_inset(whole: Sequence[Lines]) -> float:
    """What centres the longest line, and all begin with it."""
    widest = max((lines.width_of(at) for lines in whole for at in range(lines.count)), default=0)
    return max(0.0, (whole[0].width - widest) / 2)


def _closing_inset(lines: Lines, whole: Sequence[Lines]) -> float:
    """From where a line ends at the right edge; a name that takes several stays there."""
    if lines.count != 1:
        return 0.0
    width, widths = lines.width_of(0), [each.width_of(0) for each in whole if each.count]
    middle = middle_of(lines.width, widths, lines.look.size)
    return middle + width / 2 - lines.width
