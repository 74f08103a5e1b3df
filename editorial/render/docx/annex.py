"""附件 of a letter: its mark, its title and the list of items a unit fills in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import ceil
from types import MappingProxyType

from editorial.model.sheet import Annex
from editorial.render.columns import shared, wish
from editorial.render.docx import letterstyles as measure
from editorial.render.docx.controls import control
from editorial.render.docx.tables import row_xml, shared_out, table_xml
from editorial.render.docx.wordml import TWIPS, paragraph, run, val
from editorial.render.titles import spaced_width, title_lines, width_of

TITLE_EMS, LYING_EMS = 19.0, 28.0
MANY_COLUMNS = 6  # more than these are set smaller
NARROW = 5.0  # ems; columns up to this are centred
LEAST_COLUMN, EMPTY_COLUMN, MOST_COLUMN = 2.0, 8.0, 40.0
MOST_ROWS = 10_000
MARGINS = 200  # twips, both sides of a cell and a little more
NEAR = f'w:before="0" w:after="120" w:line="{measure.TITLE_LEADING}" w:lineRule="exact"'
THIN = 'w:before="0" w:after="0" w:line="20" w:lineRule="exact"'


def annex_names(annexes: Sequence[object]) -> list[str]:
    """附件 when there is one, else 附件1, 附件2 …"""
    if len(annexes) == 1:
        return ["附件"]
    return [f"附件{number}" for number in range(1, len(annexes) + 1)]


def set_title(title: str, ems: float = TITLE_EMS) -> str:
    return "<w:r><w:br/></w:r>".join(run(line) for line in title_lines(title, ems))


def set_annex(annex: Annex, name: str) -> list[str]:
    """The heading, then the table."""
    return [
        *set_heading(annex.title, name, wide=annex.wide),
        _table(annex, int(name.removeprefix("附件") or 1)),
        paragraph("", spacing=THIN),
    ]


def set_heading(title: str, name: str, *, wide: bool = False) -> list[str]:
    """附件 on line 1 at left, its title centred on line 3 (clause 7.3.7); closer to it on pages
    that lie, which are low."""
    near = {"spacing": NEAR} if wide else {}
    return [
        paragraph(run(name), "AnnexMark"),
        paragraph(set_title(title, LYING_EMS if wide else TITLE_EMS), "AnnexTitle", **near),
    ]


def _table(annex: Annex, place: int) -> str:
    """The head repeated on every page; columns left free have room for a hand, and in one of
    them the unit replies."""
    if not annex.columns:
        return ""
    crowded = len(annex.columns) > MANY_COLUMNS
    em = (measure.CROWDED if crowded else measure.CELL) * TWIPS
    width = measure.DEPTH if annex.wide else measure.MEASURE
    wanted = [_ems(annex, column) for column in range(len(annex.columns))]
    if annex.blank >= 0:
        room = (width - MARGINS * len(wanted)) / em
        given = accumulate((ems * em + MARGINS for ems in shared(wanted, room)), initial=0.0)
        edges = [round(edge) for edge in given]
    else:
        edges = shared_out(width, _widened([em * ems + MARGINS for ems in wanted], em, width))
    sides = ["center" if ems <= NARROW else "" for ems in wanted]
    head, text = ("SmallHead", "SmallText") if crowded else ("TableHead", "TableText")
    rows = [_row(annex.columns, edges, head, sides, head=True)]
    asked = _asked(annex)
    for number, row in enumerate(annex.rows, 1):
        blank = {asked: _reply(annex, place, number, asked)} if asked >= 0 else {}
        rows.append(_row(row, edges, text, sides, blank))
    return table_xml(edges, "".join(rows), "AnnexTable")


def _asked(annex: Annex) -> int:
    """The column that waits for an answer: the one named, else a last one that is empty."""
    last = len(annex.columns) - 1
    if annex.blank >= 0 or not annex.rows:
        return annex.blank
    return -1 if any(row[last:] and row[last] for row in annex.rows) else last


def _reply(annex: Annex, place: int, number: int, column: int) -> str:
    """A blank tagged `reply:ITEM`, in a second 附件 and after `reply:PLACE:ITEM`."""
    first = annex.rows[number - 1][:1]
    item = (first[0] if len(annex.columns) > 1 and first else "") or str(number)
    tag = f"reply:{item}" if place == 1 else f"reply:{place}:{item}"
    return control(place * MOST_ROWS + number, tag, f"第{item}项{annex.columns[column]}")


def _widened(lengths: Sequence[float], em: float, width: int) -> list[float]:
    """Room left over goes to the columns with text or with room to write, not to 序号."""
    narrow = NARROW * em + MARGINS
    wide = sum(length for length in lengths if length > narrow)
    spare = max(0.0, width - sum(lengths))
    if not wide:
        return list(lengths)
    return [length * (1 + spare / wide) if length > narrow else length for length in lengths]


def _row(
    texts: Sequence[str],
    edges: Sequence[int],
    style: str,
    sides: Sequence[str],
    blank: Mapping[int, str] = MappingProxyType({}),
    *,
    head: bool = False,
) -> str:
    """`blank` is what stands in some cells instead of their text."""
    filled = [run(text) for text in [*texts, *[""] * len(sides)][: len(sides)]]
    for column, words in blank.items():
        filled[column] = words
    cells = (
        _cell(words, stop - start, style, side)
        for words, side, (start, stop) in zip(filled, sides, pairwise(edges), strict=True)
    )
    return row_xml("".join(cells), head=head)


def _cell(words: str, length: int, style: str, side: str) -> str:
    look = f'<w:tcPr><w:tcW w:w="{length}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    aligned = {"jc": val(side)} if side else {}
    return f"<w:tc>{look}{paragraph(words, style, **aligned)}</w:tc>"


def _ems(annex: Annex, column: int) -> float:
    """What a column asks for; a long text takes several lines instead of more room."""
    cells = [row[column] for row in annex.rows if column < len(row)]
    longest = max(map(spaced_width, cells), default=0.0)
    if annex.blank >= 0:
        return wish(annex, column, longest)
    if not longest:
        return EMPTY_COLUMN
    head = ceil(width_of(annex.columns[column]) / 2)  # set in two lines if it must
    return min(max(longest, head, LEAST_COLUMN), MOST_COLUMN)
