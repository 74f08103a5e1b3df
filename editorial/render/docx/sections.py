"""Page set-up: paper, mirrored margins, columns, line numbers, one `w:sectPr` a section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import floor
from typing import Literal, TypeAlias

from editorial.errors import EditorialError
from editorial.model.book import Imprint
from editorial.model.style import DraftStyle
from editorial.render.docx.looks import CIRCLED, look_of
from editorial.render.docx.wordml import TWIPS, properties, twips, val
from editorial.values import dataclass

Begins: TypeAlias = Literal["nextPage", "oddPage", "continuous"]
LEAST_EMS = 10
SLACK = 40  # twips; without some, a rounding costs the last line of a page
HEAD_ABOVE, FOLIO_BELOW, EDGE = 10, 9, 5  # mm above and below the text, and from the edge
COVER_SIDE = 22
LINE_NUMBER_GAP = 170


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and type area in twips.

    `measure` is the width text is set in, a whole number of body ems: that of one column where
    there are two. `pitch` is the leading of the body text.
    """

    width: int
    height: int
    top: int
    bottom: int
    inner: int
    outer: int
    measure: int
    columns: int = 1
    gap: int = 0
    pitch: int = 312

    @property
    def depth(self) -> int:
        return self.height - self.top - self.bottom


def whole(page: Page) -> Page:
    """The same paper set in one column."""
    across = page.columns * (page.measure + page.gap) - page.gap
    return replace(page, measure=across, columns=1)


def cover_page(page: Page) -> Page:
    """The same paper with the margins of a cover: its text stands in the middle."""
    side = twips(COVER_SIDE)
    measure = page.width - 2 * side
    margins = {"top": side, "bottom": side, "inner": side, "outer": side}
    return replace(page, measure=measure, columns=1, **margins)


def lying_page(page: Page) -> Page:
    """The same paper lying, its head at the binding side: for tables wider than it is."""
    return replace(
        page,
        width=page.height,
        height=page.width,
        top=page.inner,
        bottom=page.outer,
        inner=page.top,
        outer=page.bottom,
        measure=page.depth,
        columns=1,
    )


def label_of(imprint: Imprint, style: DraftStyle) -> str:
    """评议稿, without brackets."""
    return (imprint.label or style.label).strip("（）()")


def page_of(style: DraftStyle) -> Page:
    """The same type area as the PDF: columns of whole ems, pages of whole lines; what is left
    over goes to the inner margin and the foot."""
    body, margins = look_of(style, "body"), style.margins
    width, height = (twips(length) for length in style.paper[:2])
    em, pitch, gap = body.size * TWIPS, round(body.leading * TWIPS), twips(style.column_gap)
    top, outer = twips(margins.top), twips(margins.outer)
    across = width - twips(margins.inner) - outer - (style.columns - 1) * gap
    ems = floor(across / style.columns / em + 0.01)
    fall = height - top - twips(margins.bottom)
    lines = floor(fall / pitch + 0.01)
    if min(ems, lines) < LEAST_EMS:
        raise EditorialError(
            "稿样样式的页边距过大，版心放不下文字",
            hint=f"请检查样式 {style.id or style.title} 的 paper 与 margins",
        )
    measure = round(ems * em)
    return Page(
        width=width,
        height=height,
        top=top,
        bottom=height - top - lines * pitch - min(SLACK, max(0, fall - lines * pitch)),
        inner=width - outer - style.columns * (measure + gap) + gap,
        outer=outer,
        measure=measure,
        columns=style.columns,
        gap=gap,
        pitch=pitch,
    )


def section_xml(
    page: Page, references: str = "", begins: Begins = "nextPage", *, every: int = 0
) -> str:
    """sectPr; margins are mirrored by the settings, so left means the binding side.

    `references` point at heads and feet; none: those of the section before go on. `every`
    n-th line is numbered, 0 none.
    """
    head = max(twips(EDGE), page.top - twips(HEAD_ABOVE))
    foot = max(twips(EDGE), page.bottom - twips(FOLIO_BELOW))
    margins = (
        f'w:top="{page.top}" w:right="{page.outer}" w:bottom="{page.bottom}" w:left="{page.inner}"'
        f' w:header="{head}" w:footer="{foot}" w:gutter="0"'
    )
    lies = ' w:orient="landscape"' if page.width > page.height else ""
    lines = f'w:countBy="{every}" w:distance="{LINE_NUMBER_GAP}" w:restart="newPage"'
    # Header and footer references stand first in the schema, already in order.
    heads = [("headerReference", references)] if references else []
    return properties(
        "sectPr",
        *heads,
        ("footnotePr", f"<w:footnotePr>{CIRCLED}</w:footnotePr>"),
        ("type", val(begins)),
        ("pgSz", f'w:w="{page.width}" w:h="{page.height}"{lies}'),
        ("pgMar", margins),
        *([("lnNumType", lines)] if every else []),
        ("cols", _columns(page)),
        ("docGrid", f'w:type="lines" w:linePitch="{page.pitch}"'),
    )


def _columns(page: Page) -> str:
    if page.columns == 1:
        return 'w:space="425"'
    return f'w:num="{page.columns}" w:equalWidth="1" w:space="{page.gap}"'


def numbered_apart(block: str) -> str:
    """A block whose sections number their pages i, ii, iii."""
    return block.replace("<w:cols ", '<w:pgNumType w:fmt="lowerRoman"/><w:cols ')


def numbered_anew(blocks: Sequence[str]) -> list[str]:
    """Blocks whose first section begins with page 1, on the right."""
    first = next(place for place, block in enumerate(blocks) if "<w:cols " in block)
    anew = blocks[first].replace("<w:cols ", '<w:pgNumType w:start="1"/><w:cols ', 1)
    anew = anew.replace('<w:type w:val="nextPage"/>', '<w:type w:val="oddPage"/>', 1)
    return [*blocks[:first], anew, *blocks[first + 1 :]]


THIN = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def closed(blocks: list[str], section: str) -> list[str]:
    """Blocks of a section with its sectPr in the last paragraph, where Word looks for it."""
    last = blocks[-1] if blocks else ""
    if "<w:sectPr>" in last:  # what lies has closed its own
        return blocks
    if last.startswith("<w:p><w:pPr>") and last.count("<w:p>") == 1:
        return [*blocks[:-1], last.replace("</w:pPr>", f"{section}</w:pPr>", 1)]
    if last.startswith("<w:p>") and last.count("<w:p>") == 1:
        return [*blocks[:-1], f"<w:p><w:pPr>{section}</w:pPr>{last[len('<w:p>') :]}"]
    return [*blocks, thin(section)]


def thin(look: str = "") -> str:
    """A paragraph one point high, for what must stand in a paragraph of its own."""
    quiet = '<w:suppressLineNumbers/><w:snapToGrid w:val="0"/>'
    return f"<w:p><w:pPr>{quiet}{THIN}{look}</w:pPr></w:p>"
