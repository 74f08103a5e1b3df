"""A register as a Word file: tables on lying A4, the head repeated, free columns to write in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from editorial.model.register import RegisterTable, Value
from editorial.model.style import A4, FontConfig, TextRole
from editorial.render.docx.looks import BASIC, LANGUAGE, WordStyle, run_look
from editorial.render.docx.package import Properties, Relations, word_part
from editorial.render.docx.plain import exact_look, plain_docx, ruled
from editorial.render.docx.tables import row_xml, shared_out, table_xml
from editorial.render.docx.wordml import (
    NAMESPACES,
    ON,
    TWIPS,
    field,
    paragraph,
    properties,
    run,
    twips,
    val,
)
from editorial.render.titles import spaced_width

HEIGHT, WIDTH = A4  # it lies
SIDE, TOP, FOOT = 12.0, 16.0, 15.0
MEASURE = twips(WIDTH - 2 * SIDE)
TITLE = TextRole(font="xbs", size=18, leading=28, align="center")
UNDER = TextRole(font="song", size=10, leading=16, align="center")
NOTE = TextRole(font="song", size=8, leading=12, align="left")
CELL = TextRole(font="song", size=8, leading=11, align="left")
HEAD = TextRole(font="hei", size=8, leading=11, align="center")
PAD = 45  # twips beside the text of a cell
LEAST, MOST, NARROW = 2.6, 24.0, 6.5  # ems of a column; up to the last its text is centred
FIRM, LEAST_SHARE = 10.5, 7.0  # ems kept on one line; what a long text has at the least
FREE, HEADING, EMPTY, ROOM, FIGURES = 2.6, 4.6, 5.0, 0.5, 0.06
ROW = 480  # twips a row has at the least, for a hand
ROLES = (
    ("Title", "标题", TITLE),
    ("Under", "编制单位", UNDER),
    ("Normal", "Normal", CELL),
    ("Note", "注", NOTE),
    ("CellHead", "表头", HEAD),
    ("Cell", "表格", CELL),
)


def register_docx(
    tables: Sequence[RegisterTable], fonts: FontConfig, day: date, author: str
) -> bytes:
    """A .docx with every table beginning on a page of its own; the same tables, the same bytes."""
    relations = Relations()
    foot = word_part("footer1", "footer", f"<w:ftr {NAMESPACES}>{_folio()}</w:ftr>")
    references = "".join(
        f'<w:footerReference w:type="{use}" r:id="{relations.add("footer", "footer1.xml")}"/>'
        for use in ("default", "even")
    )
    blocks = [block for place, table in enumerate(tables) for block in _set(table, place)]
    return plain_docx(
        "".join(blocks) + _section(references),
        _styles(fonts),
        run_look(fonts, CELL, lang=LANGUAGE),
        fonts,
        Properties(title="、".join(table.title for table in tables), author=author, day=day),
        relations=relations,
        outside=(foot,),
    )


def _set(table: RegisterTable, place: int) -> list[str]:
    new_page = {"pageBreakBefore": ON} if place else {}
    note = [paragraph(run(f"注：{table.note}"), "Note")] if table.note else []
    if not table.rows:
        note = [paragraph(run("没有登记。"), "Note")]
    return [
        paragraph(run(table.title), "Title", **new_page),
        paragraph(run(table.office), "Under"),
        _table(table),
        *note,
    ]


def _table(table: RegisterTable) -> str:
    edges = _edges(table)
    wide = [_wish(table, place) > NARROW for place in range(len(table.columns))]
    rows = [_row(table.columns, edges, "CellHead", [False] * len(wide), head=True)]
    rows += [_row([_words(value) for value in row], edges, "Cell", wide) for row in table.rows]
    return table_xml(edges, "".join(rows), "Lined", PAD, table.title)


def _edges(table: RegisterTable) -> list[int]:
    """Dates, numbers and names have what they need, long texts share the rest."""
    em = CELL.size * TWIPS
    ems = [_wish(table, place) for place in range(len(table.columns))]
    firm = sum(wish * em + 2 * PAD for wish in ems if wish <= FIRM)
    long = sum(wish > FIRM for wish in ems)
    share = (MEASURE - firm) / long if long else 0.0
    if share < LEAST_SHARE * em:
        return shared_out(MEASURE, [wish * em + 2 * PAD for wish in ems])
    given = [min(wish * em + 2 * PAD, share if wish > FIRM else MEASURE) for wish in ems]
    return shared_out(MEASURE, given)


def _wish(table: RegisterTable, place: int) -> float:
    """Ems on one line; a column for a hand has its heading's, one that is empty some more."""
    texts = [line for row in table.rows for line in _words(row[place]).split("\n")]
    head = min(HEADING, max(_ems(line) for line in table.columns[place].split("\n")))
    if place in table.free:
        return min(head, FREE)
    return min(MOST, max(LEAST, head, *map(_ems, texts))) if any(texts) else max(head, EMPTY)


def _ems(text: str) -> float:
    """Figures are wider than half an em, and a line that just fits may yet be broken."""
    return spaced_width(text) + FIGURES * sum(sign.isascii() for sign in text) + ROOM


def _words(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _row(
    texts: Sequence[str],
    edges: Sequence[int],
    style: str,
    wide: Sequence[bool],
    *,
    head: bool = False,
) -> str:
    cells = "".join(
        _cell(text, stop - start, style, "" if left else "center")
        for text, left, (start, stop) in zip(texts, wide, pairwise(edges), strict=True)
    )
    return row_xml(cells, head=head, height=ROW)


def _cell(text: str, length: int, style: str, side: str) -> str:
    look = f'<w:tcPr><w:tcW w:w="{length}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    aligned = {"jc": val(side)} if side else {}
    content = "".join(paragraph(run(line), style, **aligned) for line in text.split("\n"))
    return f"<w:tc>{look}{content}</w:tc>"


def _folio() -> str:
    words = run("第") + field("PAGE", "1") + run("页　共") + field("NUMPAGES", "1") + run("页")
    return paragraph(words, "Note", jc=val("center"))


def _section(references: str) -> str:
    side, foot = twips(SIDE), twips(FOOT)
    margins = f'w:top="{twips(TOP)}" w:right="{side}" w:bottom="{foot}" w:left="{side}"'
    size = f'w:w="{twips(WIDTH)}" w:h="{twips(HEIGHT)}" w:orient="landscape"'
    return properties(
        "sectPr",
        ("footerReference", references),
        ("pgSz", size),
        ("pgMar", f'{margins} w:header="{twips(8)}" w:footer="{twips(8)}" w:gutter="0"'),
        ("cols", 'w:space="425"'),
    )


def _styles(fonts: FontConfig) -> tuple[WordStyle, ...]:
    roles = (
        WordStyle(id=style_id, name=name, look=_look(style_id, role, fonts))
        for style_id, name, role in ROLES
    )
    return (*BASIC, *roles, ruled("Lined", "登记表"))


def _look(style_id: str, role: TextRole, fonts: FontConfig) -> str:
    more = {"keepNext": ON} if style_id in ("Title", "Under") else {}
    more |= {"outlineLvl": val(0)} if style_id == "Title" else {}
    before, after = 3 * (style_id == "Note"), 3 * (style_id == "Under")
    return exact_look(role, fonts, before=before, after=after, **more)
