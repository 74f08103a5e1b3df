"""Tables: heavy rules above and below, merged cells, a head that repeats on every page.

Word cannot print 续表 by itself, so a table that may go on over a page has its caption in its
own repeated head: the first row, without rules, in the style 表题. A low one stays whole and has
its caption in a paragraph above. Notes typed as last rows stand below, in the style 表注.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from editorial.model.document import Runs, Table, plain
from editorial.model.finding import Finding
from editorial.render.cell_looks import cell_role, is_ruled
from editorial.render.docx.cells import (
    Text,
    band,
    hung,
    looks_of,
    row_cells,
    row_sign,
    texts_of,
)
from editorial.render.docx.galley import Galley, Scope
from editorial.render.docx.inline import set_runs
from editorial.render.docx.looks import look_of
from editorial.render.docx.sections import Page, lying_page, section_xml, thin
from editorial.render.docx.wordml import TWIPS, escape, paragraph, properties, run, val
from editorial.render.grid import Cells, cut, remark_labels, stays_of
from editorial.render.segments import divided, stub_columns
from editorial.render.titles import width_of
from editorial.render.widths import Fit, Measured, fit, forced, is_easy, lines_of, measured
from editorial.values import dataclass

WHOLE = 0.4  # of the page's depth: lower tables are not parted, nor are higher heads repeated
DEEP = 0.3  # of it: rows deeper than this may break
ROW_PAD = 3.0  # points above and below the text of a row, as the table style has them
KEPT_ABOVE, KEPT_BELOW = 3, 2  # rows that stay together where a table begins and ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """All columns of a table or some of them."""

    table: Measured[Text]
    fit: Fit
    first: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a table is set: in how many pieces, and whether it lies on pages of its own."""

    pieces: tuple[Piece, ...]
    lies: bool = False


def set_table(scope: Scope, table: Table, above: Sequence[str], end: str, number: str) -> list[str]:
    """The table under the paragraphs `above`, title first, then unit, and before the paragraph
    `end`: Word joins two tables that touch. What had to be done to make it fit goes to the
    findings. A table without cells leaves its title."""
    galley, cells = scope.galley, texts_of(table, remarks=scope.change is None)
    if not cells.columns:
        return list(above)
    way = _way(galley, cells)
    name = f"{number}　{table.title}".strip("　")
    galley.findings.extend(_faults(scope.part.id, table, name, way))
    page = lying_page(galley.page) if way.lies else galley.page
    set_: list[str] = []
    for piece in way.pieces:
        look = "TableTitle" if number else "TableTitleLoose"
        more = [] if table.plain else [paragraph(run(f"续{number or '表'}"), look)]
        set_ += [*_grid(scope, piece, page, above if piece.first else more, name), end]
    remarks = [*_remarks(scope, cells.remarks)]
    set_[-1:] = [*remarks, end]
    return _turned(galley, page, set_) if way.lies else set_


def _remarks(scope: Scope, remarks: Sequence[Runs]) -> Iterator[str]:
    """Lines below the first begin under the first words after the label."""
    size = look_of(scope.galley.style, "table_cell").size
    for runs, (ems, count) in zip(remarks, remark_labels(remarks), strict=True):
        label = width_of(plain(runs).strip()[:count])
        yield paragraph(set_runs(scope, runs), "TableNote", ind=hung(ems + label, label, size))


def _turned(galley: Galley, page: Page, pieces: list[str]) -> list[str]:
    """On pages that lie, between the sections of the text before and after."""
    every = galley.style.line_numbers
    before = section_xml(galley.page, galley.running, every=every)
    return [thin(before), *pieces, thin(section_xml(page, galley.running))]


# Fitting


def is_wide(scope: Scope, table: Table) -> bool:
    """Whether it needs more than one column of several: smaller type, or rows of many lines."""
    page, size = scope.galley.page, cell_role(scope.galley.style, plain=table.plain).size
    cells = _measured(texts_of(table, remarks=True))
    found = fit(cells, size, page.measure / TWIPS)
    return not (found and found.size == size and is_easy(cells, found))


def _way(galley: Galley, cells: Cells[Text]) -> Way:
    """As the PDF does it: in type as small as it must be, lying on pages of its own, or some
    columns at a time."""
    page, size = galley.page, cell_role(galley.style, plain=cells.plain).size
    width, table = page.measure / TWIPS, _measured(cells)
    if found := fit(table, size, width):
        return Way(pieces=(Piece(table=table, fit=found),))
    if galley.running and (found := fit(table, size, page.depth / TWIPS)):
        return Way(pieces=(Piece(table=table, fit=found),), lies=True)
    stubs = stub_columns(table, size, width)
    groups = divided(table, stubs, size, width)
    pieces = (_piece(cells, group, size, width, first=not at) for at, group in enumerate(groups))
    return Way(pieces=tuple(pieces))


def _piece(
    cells: Cells[Text], group: Sequence[int], size: float, width: float, *, first: bool
) -> Piece:
    table = _measured(cut(cells, group))
    found = fit(table, size, width) or forced(table, size, width)
    return Piece(table=table, fit=found, first=first)


def _measured(cells: Cells[Text]) -> Measured[Text]:
    return measured(cells, [box.copy.ems if box.copy else 0.0 for box in cells.boxes])


def _faults(where: str, table: Table, name: str, way: Way) -> Iterator[Finding]:
    """What had to be done to make the table fit, as the PDF says it."""
    columns, count = max(map(len, table.rows), default=0), len(way.pieces)
    said: list[tuple[str, str, str]] = []
    if way.lies:
        message = f"共{columns}栏，版心排不下，已转排在卧页上"
        said.append(("B02", message, "可减少栏目，或分成两个表"))
    if count > 1:
        message = f"共{columns}栏，卧页也排不下，已分成{count}段排"
        said.append(("B03", message, "可减少栏目，或分成几个表"))
    for code, message, hint in said:
        text = f"{name or '无题的表'}：{message}"
        yield Finding(code=code, message=text, where=where, span=table.span, hint=hint)


# One grid


def _grid(scope: Scope, piece: Piece, page: Page, above: Sequence[str], name: str) -> list[str]:
    """Caption and grid. The estimated height of its rows tells where it may break."""
    table, depth = piece.table, page.depth / TWIPS
    plain, lines = table.cells.plain, lines_of(table, piece.fit)
    wished = cell_role(scope.galley.style, plain=plain)
    leading = wished.leading * piece.fit.size / wished.size
    heights = [count * leading + ROW_PAD for count in lines]
    low = sum(heights) <= WHOLE * depth
    repeated = sum(heights[: table.cells.header]) <= WHOLE * depth
    inside = not (low or plain) and repeated and scope.change is None
    edges = [round(edge * TWIPS) for edge in piece.fit.edges]
    kept = looks_of(scope, table, piece.fit, edges)
    rows = [row_xml(band("".join(above), edges), head=True)] if inside else []
    loose = replace(kept, kept=False)
    whole = range(len(heights) - 1) if low else _kept(table.cells)
    for row, (boxes, height) in enumerate(zip(row_cells(table), heights, strict=True)):
        looks = kept if row in whole else loose
        rows.append(
            row_xml(
                "".join(looks.cell(scope, each, row) for each in boxes),
                head=row < table.cells.header and repeated,
                breaks=height > DEEP * depth,
                change=row_sign(scope, row),
            )
        )
    beside = lines_of(table, piece.fit, stubs=False)[table.cells.header :]
    ruled = is_ruled(table.numbers, lines[table.cells.header :], beside)
    style = "PlainTable" if plain else "RuledTable" if ruled or not low else "BookTable"
    xml = table_xml(edges, "".join(rows), style, round(piece.fit.pad * TWIPS), name)
    return [xml] if inside else [*above, xml]


def _kept(cells: Cells[Text]) -> set[int]:
    """Rows that stay with the next: where a long table begins and ends, and those that head
    others."""
    rows, groups = cells.rows, enumerate(stays_of(cells))
    first = range(min(cells.header + KEPT_ABOVE, rows) - 1)
    grouped = (row for start, last in groups for row in range(start, last))
    return {*first, *grouped, *range(max(rows - KEPT_BELOW, 0), rows - 1)}


# WordprocessingML


def table_xml(
    edges: Sequence[int], rows: str, style: str, pad: int | None = None, name: str = ""
) -> str:
    """`edges` are the column edges in twips, from 0 to the width of the table; `pad` is the
    space beside the text of a cell, if not that of the style; `name` is for screen readers."""
    grid = "".join(f'<w:gridCol w:w="{stop - start}"/>' for start, stop in pairwise(edges))
    sides = "".join(f'<w:{side} w:w="{pad}" w:type="dxa"/>' for side in ("left", "right"))
    look = properties(
        "tblPr",
        ("tblStyle", val(style)),
        ("tblW", f'w:w="{edges[-1]}" w:type="dxa"'),
        ("jc", val("center")),
        ("tblLayout", 'w:type="fixed"'),
        *([] if pad is None else [("tblCellMar", f"<w:tblCellMar>{sides}</w:tblCellMar>")]),
        *([("tblCaption", val(escape(name)))] if escape(name) else []),
    )
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def row_xml(
    cells: str, *, head: bool, breaks: bool = False, height: int = 0, change: str = ""
) -> str:
    """`height` in twips at the least; `change` as `row_sign` tells it."""
    look = "" if breaks else "<w:cantSplit/>"
    look += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    look += ("<w:tblHeader/>" if head else "") + change
    return f"<w:tr><w:trPr>{look}</w:trPr>{cells}</w:tr>" if look else f"<w:tr>{cells}</w:tr>"


def shared_out(measure: float, wanted: Sequence[float]) -> list[int]:
    """Column edges from 0 to `measure`: small columns as wide as they want, the wide ones alike.

    If all wishes can be met, what is left over is shared in proportion.
    """
    widths, left = [0.0] * len(wanted), measure
    modest_first = sorted(range(len(wanted)), key=lambda column: wanted[column])
    for served, column in enumerate(modest_first):
        widths[column] = min(wanted[column], left / (len(wanted) - served))
        left -= widths[column]
    scale = measure / sum(widths)
    return [0, *(round(reached * scale) for reached in accumulate(widths))]
