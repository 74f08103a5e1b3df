"""并排的图: a table without rules, a picture with its caption in each cell; portraits: a frame at
the right edge, which text runs round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from editorial.model.document import Entry, Figure, Paragraph, plain
from editorial.model.figure_rows import is_beside_portrait, row_crosses, sizes_in_row
from editorial.render.docx.galley import Scope
from editorial.render.docx.looks import look_of
from editorial.render.docx.tables import row_xml, table_xml
from editorial.render.docx.wordml import MM, ON, TWIPS, paragraph, twips

GAP, LOWEST, NARROWEST, UNKNOWN = (
    4.0,
    40.0,
    14.0,
    4 / 3,
)  # millimetres; a frame for what is missing lies
ASIDE, LEAST, LEAST_EMS = 25.0, 15.0, 10  # millimetres; of the text beside it
SHORT_TEXT = 240  # characters: may be lower than a portrait


def in_row(scope: Scope, figures: Sequence[Figure], tallest: int) -> list[Figure]:
    """The figures as wide as each is in their row; `tallest` in twips."""
    measure = scope.galley.page.measure / MM
    sizes = sizes_in_row(_shapes(scope, figures), measure, GAP, tallest / MM, figures[0].width)
    return [replace(figure, width=width) for figure, (width, _) in zip(figures, sizes, strict=True)]


def is_wide_row(scope: Scope, figures: Sequence[Figure]) -> bool:
    """Whether it needs more than one column of several."""
    measure = scope.galley.page.measure / MM
    return row_crosses(_shapes(scope, figures), measure, GAP, LOWEST, figures[0].width)


def _shapes(scope: Scope, figures: Sequence[Figure]) -> list[float]:
    return [_shape(scope, figure) for figure in figures]


def _shape(scope: Scope, figure: Figure) -> float:
    path = scope.part.images.get(figure.src)
    picture = scope.galley.pictures.take(path) if path else None
    return picture.width / picture.height if picture else UNKNOWN


def row_of(figures: Sequence[Figure], cells: Sequence[Sequence[str]]) -> list[str]:
    """The paragraphs of each figure in a cell as wide as it; the gap belongs to the cell before
    it."""
    gaps = [*(GAP for _ in figures[1:]), 0.0]
    widths = [twips(figure.width + gap) for figure, gap in zip(figures, gaps, strict=True)]
    edges = [0, *accumulate(widths)]
    set_ = (
        _cell(pieces, stop - start, twips(gap))
        for pieces, (start, stop), gap in zip(cells, pairwise(edges), gaps, strict=True)
    )
    row = row_xml("".join(set_), head=False)
    return [table_xml(edges, row, "PlainTable", 0), paragraph("", "TableEnd")]


def _cell(pieces: Sequence[str], width: int, gap: int) -> str:
    margin = f'<w:tcMar><w:right w:w="{gap}" w:type="dxa"/></w:tcMar>'
    look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{margin}</w:tcPr>'
    return f"<w:tc>{look}{''.join(pieces)}</w:tc>"


def set_aside(scope: Scope, figure: Figure) -> tuple[Figure, dict[str, str]]:
    """A picture with room for text at its left, and what sets its paragraphs in a frame there;
    where there can be none it stands in the middle above the text."""
    page, em = scope.galley.page, look_of(scope.galley.style, "body").size * TWIPS
    most = (page.measure - twips(GAP) - LEAST_EMS * em) / MM
    narrow = replace(figure, width=max(min(figure.width or ASIDE, most), LEAST))
    return narrow, {"framePr": _frame(narrow.width)} if _has_frames(scope) else {}


def _frame(width: float) -> str:
    return (
        f'w:w="{twips(width)}" w:hSpace="{twips(GAP)}" w:wrap="around" w:vAnchor="text" '
        'w:hAnchor="text" w:xAlign="right" w:y="1"'
    )


def _has_frames(scope: Scope) -> bool:
    """Not in columns, which programs level without looking after frames; nor in a 花脸稿, or
    beside last year's text."""
    galley = scope.galley
    return galley.page.columns == 1 and galley.redline is None and galley.beside is None


def beside_frame(scope: Scope, index: int) -> dict[str, str]:
    """What keeps the text at `index` with the frame beside it: else that would hang out of the
    page. A short one is kept with what follows."""
    blocks = scope.part.blocks
    if not is_beside_portrait(blocks, index) or not _has_frames(scope):
        return {}
    block = blocks[index]
    words = plain(block.runs) if isinstance(block, Entry | Paragraph) else ""
    return {"keepLines": ON} | ({"keepNext": ON} if len(words) < SHORT_TEXT else {})
