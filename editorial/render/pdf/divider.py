"""类目隔页: a quiet full page before a 篇目."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editorial.model.book import Part
from editorial.model.style import role_of
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.cover import fitted, height_of, scaled, stack
from editorial.render.pdf.flow import Flow, Page
from editorial.render.pdf.inline import Setting, plain_lines
from editorial.render.pdf.items import Rules
from editorial.render.pdf.pages import turn
from editorial.render.pdf.paragraph import Lines

TITLE_AT = 0.30
TITLE_SHARE = 0.3
NUMBER_SHARE, NUMBER_COLOR = 0.5, "7F7F7F"
NUMBER_GAP, STROKE, GAP = 3 * MM, 22 * MM, 9 * MM


def set_divider(
    flow: Flow, setting: Setting, part: Part, *, number: int = 0, sections: Sequence[str] = ()
) -> Page:
    """A page with the title of `part`, its number above (0: none) and its 分目 below.

    The page carries neither head nor folio. More 分目 than the page has room for are
    left to the contents.
    """
    page = turn(flow, plain=True)
    frame, look = flow.frame, role_of(setting.style, "divider")
    small = scaled(look, NUMBER_SHARE)
    digits = str(number) if number else ""
    above = plain_lines(setting, digits, replace(small, color=NUMBER_COLOR), frame.measure)
    listed = _section_lines(setting, sections, frame.measure)
    title = fitted(setting, part.title, look, frame.measure, TITLE_SHARE * frame.depth)
    top = TITLE_AT * frame.depth
    stack(flow, (above,), 0, top - above.height - NUMBER_GAP)
    y = stack(flow, title, 0, top) + GAP
    middle = frame.measure / 2
    stroke = (middle - STROKE / 2, y, middle + STROKE / 2, y)
    page.items.append(Rules(strokes=(stroke,), weight=0.6))
    if y + GAP + height_of(listed) <= frame.depth:
        y += GAP
        for lines in listed:
            y = stack(flow, (lines,), 0, y)
    return page


def _section_lines(setting: Setting, sections: Sequence[str], width: float) -> list[Lines]:
    look = role_of(setting.style, "divider_section")
    return [plain_lines(setting, title, look, width) for title in sections]
