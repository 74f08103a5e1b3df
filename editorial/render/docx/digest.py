"""《每日供稿进度情况》 as a Word file of one page, to be touched up before it is handed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate, pairwise

from editorial.model.book import Printed
from editorial.model.digest import DigestPage, Figure, Part
from editorial.model.sheet import Annex
from editorial.model.style import A4, FontConfig, TextRole
from editorial.render.digest import (
    BETWEEN,
    BOOK,
    CHANGE,
    FOOT,
    GAP,
    HEAD,
    ISSUE,
    LABEL,
    LEFT,
    NOTE,
    RED,
    RULE_GAP,
    RULES,
    SIDE,
    TEXT,
    TITLE,
    TOP,
    VALUE,
    WIDTH,
    headed,
    widths,
)
from editorial.render.docx.annex import THIN
from editorial.render.docx.looks import BASIC, LANGUAGE, WordStyle, run_look
from editorial.render.docx.package import FilePart, Properties, Relations, word_part
from editorial.render.docx.plain import exact_look, plain_docx, ruled
from editorial.render.docx.tables import row_xml, shared_out, table_xml
from editorial.render.docx.wordml import (
    NAMESPACES,
    ON,
    TWIPS,
    paragraph,
    properties,
    run,
    tab,
    twips,
    val,
)
from editorial.render.titles import width_of

MEASURE = twips(WIDTH)
CELL = TextRole(font="song", size=9, leading=13, align="center")
CELL_HEAD = TextRole(font="hei", size=9, leading=13, align="center")
MARGINS = 160  # twips, both sides of a cell and a little more
LEAST, MOST = 2.2, 14.0  # ems of a column
BOX_PAD = 60
PADS = (40, 60, 40, 60)
ROLES = (
    ("Title", "标题", TITLE),
    ("Issue", "期号", ISSUE),
    ("Side", "编发单位和日期", SIDE),
    ("Book", "书名", BOOK),
    ("Label", "数字名称", LABEL),
    ("Value", "数字", VALUE),
    ("Change", "增减", CHANGE),
    ("Part", "部分标题", replace(HEAD, before=GAP * 3)),
    ("Normal", "Normal", TEXT),
    ("Note", "注", NOTE),
    ("CellHead", "表头", CELL_HEAD),
    ("Cell", "表格", CELL),
)


def digest_docx(page: DigestPage, fonts: FontConfig, day: date) -> Printed:
    """A .docx of the page; the same page gives the same bytes."""
    relations = Relations()
    outside = (("header", _top(page)), ("footer", _foot(page)))
    references = "".join(
        f'<w:{kind}Reference w:type="{use}" r:id="{relations.add(kind, part.name[5:])}"/>'
        for kind, part in outside
        for use in ("default", "even")
    )
    blocks = [*_head(page), _band(page.figures), paragraph("", spacing=THIN)]
    for place, part in enumerate(page.parts):
        blocks += _part(headed(place, part), part)
    data = plain_docx(
        "".join(blocks) + _section(references),
        _styles(fonts),
        run_look(fonts, TEXT, lang=LANGUAGE),
        fonts,
        Properties(title=f"{page.title}{page.issue}", author=page.office, day=day),
        relations=relations,
        outside=(part for _, part in outside),
    )
    return Printed(data=data)


def _head(page: DigestPage) -> list[str]:
    right = f'<w:tabs><w:tab w:val="right" w:pos="{MEASURE}"/></w:tabs>'
    thick, thin = (round(weight / 25.4 * 72 * 8) for weight in RULES)
    # Word draws a thick-thin pair itself; its gap cannot be told, so two edges of a thin line are.
    rule = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{RED}"/>'
        for side, size in (("top", thick), ("bottom", thin))
    )
    gap = f'w:before="40" w:after="120" w:line="{twips(RULE_GAP)}" w:lineRule="exact"'
    return [
        paragraph(run(page.title), "Title"),
        paragraph(run(page.issue), "Issue"),
        paragraph(run(page.office) + tab() + run(page.date), "Side", tabs=right),
        paragraph("", "Note", pBdr=f"<w:pBdr>{rule}</w:pBdr>", spacing=gap),
        paragraph(run(page.book), "Book"),
    ]


def _band(figures: Sequence[Figure]) -> str:
    edges = [0, *(twips(reached) for reached in accumulate(widths(len(figures))))]
    cells = "".join(
        _cell(_figure(figure), stop - start)
        for figure, (start, stop) in zip(figures, pairwise(edges), strict=True)
    )
    return table_xml(edges, row_xml(cells, head=False), "Band", BOX_PAD)


def _figure(figure: Figure) -> str:
    value = run(figure.value, color=val(RED)) if figure.alarm else run(figure.value)
    return "".join(
        (
            paragraph(run(figure.label), "Label"),
            paragraph(value, "Value"),
            paragraph(run(figure.change), "Change"),
        )
    )


def _cell(content: str, length: int, align: str = "center") -> str:
    look = f'<w:tcPr><w:tcW w:w="{length}" w:type="dxa"/><w:vAlign w:val="{align}"/></w:tcPr>'
    return f"<w:tc>{look}{content}</w:tc>"


def _part(title: str, part: Part) -> list[str]:
    blocks = [paragraph(run(title), "Part"), *(paragraph(run(line)) for line in part.lines)]
    if part.tables:
        blocks += [_beside(part.tables), paragraph("", spacing=THIN)]
    return blocks


def _beside(tables: Sequence[Annex]) -> str:
    """Tables side by side stand in the cells of one without rules."""
    if len(tables) == 1:
        return _table(tables[0], MEASURE)
    gap = twips(BETWEEN)
    width = (MEASURE - gap * (len(tables) - 1)) // len(tables)
    lengths = [length for _ in tables for length in (width, gap)][:-1]
    edges = [0, *accumulate(lengths)]
    end = paragraph("", spacing=THIN)
    cells = [_cell(_table(table, width) + end, width, "top") for table in tables]
    between = _cell(end, gap, "top")
    return table_xml(edges, row_xml(between.join(cells), head=False), "Beside", 0)


def _table(annex: Annex, measure: int) -> str:
    """The first column, which holds names, has what the numbers leave."""
    first, *rest = (_ems(annex, column) for column in range(len(annex.columns)))
    numbers = [ems * CELL.size * TWIPS + MARGINS for ems in rest]
    least = first * CELL.size * TWIPS + MARGINS
    edges = shared_out(measure, [max(least, measure - sum(numbers)), *numbers])
    rows = [_row(annex.columns, edges, "CellHead", head=True)]
    rows += [_row(row, edges, "Cell") for row in annex.rows]
    return table_xml(edges, "".join(rows), "Lined")


def _row(texts: Sequence[str], edges: Sequence[int], style: str, *, head: bool = False) -> str:
    """Names stand at left, numbers in the middle."""
    sides = ["" if head else "left", *[""] * (len(texts) - 1)]
    cells = (
        _cell(paragraph(run(text), style, **({"jc": val(side)} if side else {})), stop - start)
        for text, side, (start, stop) in zip(texts, sides, pairwise(edges), strict=True)
    )
    return row_xml("".join(cells), head=head)


def _ems(annex: Annex, column: int) -> float:
    texts = (annex.columns[column], *(row[column] for row in annex.rows))
    return min(max(LEAST, *map(width_of, texts)), MOST)


def _top(page: DigestPage) -> FilePart:
    words = paragraph(run(page.mark), "Note", jc=val("right"))
    return word_part("header1", "header", f"<w:hdr {NAMESPACES}>{words}</w:hdr>")


def _foot(page: DigestPage) -> FilePart:
    rule = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="{RED}"/></w:pBdr>'
    words = paragraph(run(f"注：{page.note}"), "Note", pBdr=rule)
    return word_part("footer1", "footer", f"<w:ftr {NAMESPACES}>{words}</w:ftr>")


def _section(references: str) -> str:
    width, height = map(twips, A4)
    side, foot = twips(LEFT), twips(FOOT)
    margins = f'w:top="{twips(TOP)}" w:right="{side}" w:bottom="{foot}" w:left="{side}"'
    return properties(
        "sectPr",
        ("headerReference", references),
        ("pgSz", f'w:w="{width}" w:h="{height}"'),
        ("pgMar", f'{margins} w:header="{twips(TOP - 8)}" w:footer="{twips(9)}" w:gutter="0"'),
        ("cols", 'w:space="425"'),
    )


# Styles


def _styles(fonts: FontConfig) -> tuple[WordStyle, ...]:
    roles = (
        WordStyle(id=style_id, name=name, look=_look(style_id, role, fonts))
        for style_id, name, role in ROLES
    )
    beside = WordStyle(id="Beside", name="并列", kind="table", based="TableNormal")
    tables = (ruled(each, name, PADS) for each, name in (("Band", "数字栏"), ("Lined", "统计表")))
    return (*BASIC, *roles, *tables, beside)


def _look(style_id: str, role: TextRole, fonts: FontConfig) -> str:
    """Lines of exact height: the page is counted out to stay one."""
    more = {"keepNext": ON, "outlineLvl": val(0)} if style_id == "Part" else {}
    return exact_look(role, fonts, before=role.before, after=0, **more)
