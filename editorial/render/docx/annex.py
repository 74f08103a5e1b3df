"""附件 of a letter: its mark, its title and the list of items a unit fills in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from editorial.model.sheet import Annex
from editorial.render.docx import letterstyles as measure
from editorial.render.docx.tables import row_xml, shared_out, table_xml
from editorial.render.docx.wordml import TWIPS, paragraph, run, val
from editorial.render.titles import title_lines, width_of

TITLE_EMS = 19.0
MANY_COLUMNS = 6  # more than these are set smaller
NARROW = 5.0  # ems; columns up to this are centred
LEAST_COLUMN, EMPTY_COLUMN, MOST_COLUMN = 2.0, 8.0, 40.0
MARGINS = 200  # twips, both sides of a cell and a little more
THIN = 'w:before="0" w:after="0" w:line="20" w:lineRule="exact"'


def annex_names(annexes: Sequence[Annex]) -> list[str]:
    """附件 when there is one, else 附件1, 附件2 …"""
    if len(annexes) == 1:
        return ["附件"]
    return [f"附件{number}" for number in range(1, len(annexes) + 1)]


def set_title(title: str) -> str:
    return "<w:r><w:br/></w:r>".join(run(line) for line in title_lines(title, TITLE_EMS))


def set_annex(annex: Annex, name: str) -> list[str]:
    """附件 on line 1 at left, its title centred on line 3, then the table (clause 7.3.7)."""
    return [
        paragraph(run(name), "AnnexMark"),
        paragraph(set_title(annex.title), "AnnexTitle"),
        _table(annex),
        paragraph("", spacing=THIN),
    ]


def _table(annex: Annex) -> str:
    """The head repeated on every page; columns left free have room for a hand."""
    if not annex.columns:
        return ""
    crowded = len(annex.columns) > MANY_COLUMNS
    em = (measure.CROWDED if crowded else measure.CELL) * TWIPS
    wanted = [_ems(annex, column) for column in range(len(annex.columns))]
    edges = shared_out(measure.MEASURE, _widened([em * ems + MARGINS for ems in wanted], em))
    sides = ["center" if ems <= NARROW else "" for ems in wanted]
    head, text = ("SmallHead", "SmallText") if crowded else ("TableHead", "TableText")
    rows = [_row(annex.columns, edges, head, sides, head=True)]
    rows += [_row(row, edges, text, sides) for row in annex.rows]
    return table_xml(edges, "".join(rows), "AnnexTable")


def _widened(lengths: Sequence[float], em: float) -> list[float]:
    """Room left over goes to the columns with text or with room to write, not to 序号."""
    narrow = NARROW * em + MARGINS
    wide = sum(length for length in lengths if length > narrow)
    spare = max(0.0, measure.MEASURE - sum(lengths))
    if not wide:
        return list(lengths)
    return [length * (1 + spare / wide) if length > narrow else length for length in lengths]


def _row(
    texts: Sequence[str],
    edges: Sequence[int],
    style: str,
    sides: Sequence[str],
    *,
    head: bool = False,
) -> str:
    filled = [*texts, *[""] * len(sides)][: len(sides)]
    cells = (
        _cell(text, stop - start, style, side)
        for text, side, (start, stop) in zip(filled, sides, pairwise(edges), strict=True)
    )
    return row_xml("".join(cells), head=head)


def _cell(text: str, length: int, style: str, side: str) -> str:
    look = f'<w:tcPr><w:tcW w:w="{length}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    aligned = {"jc": val(side)} if side else {}
    return f"<w:tc>{look}{paragraph(run(text), style, **aligned)}</w:tc>"


def _ems(annex: Annex, column: int) -> float:
    """What a column asks for; a long text takes several lines instead of more room."""
    cells = [row[column] for row in annex.rows if column < len(row)]
    longest = max(map(width_of, cells), default=0.0)
    if not longest:
        return EMPTY_COLUMN
    head = ceil(width_of(annex.columns[column]) / 2)  # set in two lines if it must
    return min(max(longest, head, LEAST_COLUMN), MOST_COLUMN)
