"""A workbook of plain tables (ECMA-376 part 1, SpreadsheetML), to be sorted, filtered, printed.

Written directly as strings, as the Word files are: the same tables give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil

from editorial.model.register import RegisterTable, Value
from editorial.render.docx.package import (
    DECLARATION,
    OFFICE,
    FilePart,
    Properties,
    Relations,
    packed,
)
from editorial.render.docx.wordml import escape
from editorial.render.titles import spaced_width

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EPOCH = date(1899, 12, 30)
TITLE_HEIGHT, LINE, PADDING = 24.0, 13.0, 6.0  # points
PAGE_WIDTH = 150.0  # characters that go on a printed A4 page
NARROW = 12.0  # characters; text of a column up to this is centred
# Places in cellXfs of _styles.
PLAIN, TITLE, UNDER, HEAD, TEXT, DAY, COUNT, NOTE, SHORT = range(9)
FIRST_ROW = 4  # title, office, head; then the rows
# Counted into by _xf.
FONTS = (
    '<fonts count="4"><font><sz val="10"/><name val="宋体"/><charset val="134"/></font>'
    '<font><b/><sz val="16"/><name val="宋体"/><charset val="134"/></font>'
    '<font><b/><sz val="10"/><name val="宋体"/><charset val="134"/></font>'
    '<font><sz val="9"/><color rgb="FF6B6B6B"/><name val="宋体"/><charset val="134"/></font>'
    "</fonts>"
)
FILLS = (
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill></fills>'
)
EDGES = "".join(
    f'<{side} style="thin"><color rgb="FF808080"/></{side}>'
    for side in ("left", "right", "top", "bottom")
)
BARE = "<border><left/><right/><top/><bottom/><diagonal/></border>"
BORDERS = f'<borders count="2">{BARE}<border>{EDGES}<diagonal/></border></borders>'


def workbook(tables: Sequence[RegisterTable], day: date, author: str) -> bytes:
    """One sheet for each table: head frozen and repeated in print, filters, landscape A4."""
    relations = Relations()
    sheets: list[str] = []
    names: list[str] = []
    for number, table in enumerate(tables, 1):
        part = relations.add("worksheet", f"worksheets/sheet{number}.xml")
        sheets.append(f'<sheet name="{escape(table.name)}" sheetId="{number}" r:id="{part}"/>')
        names += _defined(table, number - 1)
    relations.add("styles", "styles.xml")
    book = (
        f'<workbook {MAIN} xmlns:r="{OFFICE}/relationships"><bookViews><workbookView/></bookViews>'
        f"<sheets>{''.join(sheets)}</sheets><definedNames>{''.join(names)}</definedNames></workbook>"
    )
    parts = [
        _part("workbook", "sheet.main", book, relations),
        *(_part(f"worksheets/sheet{n}", "worksheet", _sheet(t)) for n, t in enumerate(tables, 1)),
        _part("styles", "styles", _styles()),
    ]
    title = "、".join(table.title for table in tables)
    return packed(parts, Properties(title=title, author=author, day=day))


def _part(name: str, kind: str, xml: str, relations: Relations | None = None) -> FilePart:
    return FilePart(
        name=f"xl/{name}.xml",
        type=f"{TYPE}.{kind}+xml",
        data=(DECLARATION + xml).encode(),
        relations=tuple(relations.listed) if relations else (),
    )


def _defined(table: RegisterTable, place: int) -> Iterator[str]:
    """The filter before the print titles: names are sorted."""
    sheet = "'" + escape(table.name).replace("'", "''") + "'"
    last = _column(len(table.columns) - 1)
    if table.rows:
        area = f"{sheet}!$A${FIRST_ROW - 1}:${last}${FIRST_ROW + len(table.rows) - 1}"
        name = 'name="_xlnm._FilterDatabase"'
        yield f'<definedName {name} localSheetId="{place}" hidden="1">{area}</definedName>'
    rows = f"{sheet}!${FIRST_ROW - 1}:${FIRST_ROW - 1}"
    columns = f"{sheet}!$A:${_column(table.held - 1)}"
    name = 'name="_xlnm.Print_Titles"'
    yield f'<definedName {name} localSheetId="{place}">{columns},{rows}</definedName>'


def _sheet(table: RegisterTable) -> str:
    last, end = _column(len(table.columns) - 1), FIRST_ROW + len(table.rows)
    above = ((table.title, TITLE), (table.office, UNDER))
    rows = [_row(at, [words], [look], TITLE_HEIGHT) for at, (words, look) in enumerate(above, 1)]
    head = _height(table.columns, table.widths)
    rows.append(_row(FIRST_ROW - 1, table.columns, [HEAD] * len(table.columns), head))
    for number, row in enumerate(table.rows, FIRST_ROW):
        looks = [_look(value, width) for value, width in zip(row, table.widths, strict=True)]
        rows.append(_row(number, row, looks, _height(row, table.widths)))
    if table.note:
        rows.append(_row(end, [f"注：{table.note}"], [NOTE]))
    area = f"A{FIRST_ROW - 1}:{last}{end - 1}"
    pane = (
        f'<pane xSplit="{table.held}" ySplit="{FIRST_ROW - 1}"'
        f' topLeftCell="{_column(table.held)}{FIRST_ROW}"'
        ' activePane="bottomRight" state="frozen"/>'
    )
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width + 1:g}" customWidth="1"/>'
        for n, width in enumerate(table.widths, 1)
    )
    pages = ceil(sum(table.widths) / PAGE_WIDTH)
    filters = f'<autoFilter ref="{area}"/>' if table.rows else ""
    return (
        f'<worksheet {MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>{filters}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3"'
        ' footer="0.35"/><pageSetup paperSize="9" pageOrder="overThenDown"'
        f' orientation="landscape" fitToWidth="{pages}" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第&amp;P页　共&amp;N页</oddFooter></headerFooter>"
        "</worksheet>"
    )


def _column(place: int) -> str:
    """A, B … Z, AA of a place counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _look(value: Value, width: float) -> int:
    if isinstance(value, date):
        return DAY
    if isinstance(value, int | float):
        return COUNT
    return SHORT if width <= NARROW else TEXT


def _height(values: Sequence[Value], widths: Sequence[float]) -> float:
    """Points a row needs: not every program works it out by itself."""
    counts = [
        sum(ceil(max(1.0, 2 * spaced_width(line) / width)) for line in value.split("\n"))
        for value, width in zip(values, widths, strict=True)
        if isinstance(value, str)
    ]
    return LINE * max(counts, default=1) + PADDING


def _row(number: int, values: Sequence[Value], looks: Sequence[int], height: float = 0) -> str:
    cells = "".join(
        _cell(f"{_column(place)}{number}", value, look)
        for place, (value, look) in enumerate(zip(values, looks, strict=True))
    )
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{cells}</row>'


def _cell(place: str, value: Value, look: int) -> str:
    """Words are words, whatever sign they begin with: no cell is a formula."""
    if value is None or value == "":
        return f'<c r="{place}" s="{look}"/>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{look}"><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{look}"><v>{value}</v></c>'
    words = "&#10;".join(escape(line) for line in value.split("\n"))
    text = f'<is><t xml:space="preserve">{words}</t></is>'
    return f'<c r="{place}" s="{look}" t="inlineStr">{text}</c>'


def _styles() -> str:
    looks = "".join(
        (
            _xf(),
            _xf(font=1, side="left"),
            _xf(font=3, side="left"),
            _xf(font=2, fill=2, border=1, side="center", wrap=True),
            _xf(border=1, side="left", wrap=True),
            _xf(border=1, side="center", form=164),
            _xf(border=1, side="center"),
            _xf(font=3, side="left"),
            _xf(border=1, side="center", wrap=True),
        )
    )
    return (
        f'<styleSheet {MAIN}><numFmts count="1">'
        '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f'{FONTS}{FILLS}{BORDERS}<cellStyleXfs count="1">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="9">{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _xf(
    *,
    font: int = 0,
    fill: int = 0,
    border: int = 0,
    side: str = "",
    wrap: bool = False,
    form: int = 0,
) -> str:
    kinds = f'numFmtId="{form}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
    applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"'
    turn = ' wrapText="1"' if wrap else ""
    aligned = f'<alignment horizontal="{side}" vertical="center"{turn}/>' if side else ""
    return f'<xf {kinds} {applied} applyAlignment="1">{aligned}</xf>'
