"""类目隔页: a quiet full page before a 篇目."""

from __future__ import annotations

from collections.abc import Sequence

from editorial.model.book import Part
from editorial.model.style import DraftStyle
from editorial.render.docx.front import fitted, set_fitted
from editorial.render.docx.looks import look_of
from editorial.render.docx.sections import Page
from editorial.render.docx.wordml import TWIPS, paragraph, run, twips

TITLE_AT = 0.30
TITLE_SHARE = 0.3
NUMBER_SHARE, NUMBER_GAP, STROKE, GAP = 0.5, 3, 22, 9  # of the title's leading; mm


def divider(
    style: DraftStyle, page: Page, number: int, part: Part, titles: Sequence[str]
) -> list[str]:
    """Number (0: none) and title of a 篇目, a stroke, its 分目 if the page has room for all."""
    look, small = look_of(style, "divider"), look_of(style, "divider_section")
    title = fitted(part.title, look, page.measure / TWIPS, TITLE_SHARE * page.depth / TWIPS)
    digits = look.leading * NUMBER_SHARE * TWIPS + twips(NUMBER_GAP)
    above = round(TITLE_AT * page.depth - digits)
    used = TITLE_AT * page.depth + len(title.lines) * title.leading * TWIPS + 2 * twips(GAP)
    fits = used + len(titles) * small.leading * TWIPS <= page.depth
    side = (page.measure - twips(STROKE)) // 2
    return [
        paragraph(
            run(str(number or "")), "DividerNumber", spacing=f'w:before="{above}" w:after="0"'
        ),
        set_fitted(title, look, "DividerTitle", NUMBER_GAP * 72 / 25.4),
        paragraph("", "DividerStroke", ind=f'w:left="{side}" w:right="{side}"'),
        *(paragraph(run(each), "DividerSection") for each in titles if fits),
    ]
